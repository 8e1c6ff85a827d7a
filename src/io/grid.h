/* A sheet of a workbook on its way to a table: rows come with their numbers, cells with their columns, and
 * the header stands wherever people put it. */
#ifndef IO_GRID_H
#define IO_GRID_H

#include "io/sheet_maker.h"
#include "schema/match.h"

/* What spreadsheet programs have at most. */
enum { AB_GRID_ROWS_MAX = 1048576, AB_GRID_COLUMNS_MAX = 16384 };

typedef struct ab_grid_cell {
    int32_t column;   /* from 0 */
    const char *text; /* in the book's arena */
} ab_grid_cell;

typedef struct ab_grid_row {
    int32_t line;  /* from 1 */
    int32_t first; /* of grid->cell */
    int32_t count;
    int32_t names; /* cells that name a column */
} ab_grid_row;

/* Cells that were made one, in rows and columns as above, the last ones included. */
typedef struct ab_grid_merge {
    int32_t first_line, last_line, first_column, last_column;
} ab_grid_merge;

typedef struct ab_grid {
    ab_sheet_maker maker;
    const ab_table *table; /* that the sheet is for; NULL: none that is known */
    ab_columns columns;    /* what they are called, if there is a table */
    ab_arena *work;
    int32_t wkt;               /* column whose cells may be long; -1: none */
    bool found;                /* the header */
    int64_t seen;              /* cells so far, those without a column too */
    int32_t flaws;             /* cells without a column that were told */
    AB_VEC(ab_grid_row) row;   /* before the header was found; the last is the one at hand */
    AB_VEC(ab_grid_cell) cell; /* of these */
    AB_VEC(ab_grid_merge) merge;
} ab_grid;

/* The table that a sheet of this name is for, by its name or a label, without case and outer spaces; NULL: none.
 * `work` is for a while. false: out of memory. */
bool ab__grid_table(const ab_schema *schema, const char *name, ab_arena *work,
                    const ab_table **out);

/* A sheet called `name` of the workbook called `file`. false: out of memory. Ended with ab__grid_free, then too. */
bool ab__grid_start(ab_grid *grid, const ab_schema *schema, const char *file, const char *name,
                    ab_book *book, ab_issues *issues);

/* Begins the row with this number; a row without cells leaves no trace. false: out of memory. */
bool ab__grid_row(ab_grid *grid, int32_t line);
/* Adds a cell, right of those that the row has. false: out of memory. */
bool ab__grid_cell(ab_grid *grid, int32_t column, const char *text, size_t size);
/* The same of a cell that another row of the grid has. */
bool ab__grid_copy(ab_grid *grid, const ab_grid_cell *cell);
bool ab__grid_merge(ab_grid *grid, ab_grid_merge merge);

/* Adds the sheet to the book, unless it is empty and no table's. The header is the first row with the names or labels of
 * two columns, or the row above the hashtags, or else the first with one such name, or with two filled cells;
 * what stands above it is told. false: out of memory. */
bool ab__grid_end(ab_grid *grid);
void ab__grid_free(ab_grid *grid);

#endif
