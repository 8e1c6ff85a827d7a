/* A book made ready for any container: what its sheets are declared as, their hashtags, and the version of
 * the schema that they follow. */
#ifndef IO_OUTGOING_H
#define IO_OUTGOING_H

#include <stdbool.h>

#include "airbridge/schema.h"
#include "base/arena.h"

typedef struct ab_out_column {
    const char *name;          /* as in the sheet's header */
    const char *tag;           /* its hashtag; "" none */
    const ab_column *declared; /* NULL: no column of a table that the schema has: text */
} ab_out_column;

typedef struct ab_out_sheet {
    const char *name;
    const char *origin;
    const ab_table *table; /* NULL: no table of the schema */
    int32_t column_count;
    const ab_out_column *columns;
    int32_t key, value; /* columns of a table of settings; -1: none */
    bool tagged;        /* some column has a hashtag */
    int64_t row_count;  /* of data: hashtags stand in the columns */
    const char *const *cells;
    const int32_t *line; /* 0: a row that was added */
    const ab_column **settings; /* per row: the setting that it is, NULL none; NULL: no table of settings */
} ab_out_sheet;

typedef struct ab_outgoing {
    const ab_schema *schema;
    int32_t count;
    ab_out_sheet *sheets;
    ab_arena *arena;   /* all of it, and what writers need besides */
    ab_issues *issues; /* what the container cannot hold */
} ab_outgoing;

/* Texts that need no change stay those of the book. NO_MEMORY only. */
ab_status ab__outgoing_make(const ab_book *book, const ab_schema *schema, ab_arena *arena,
                            ab_issues *issues, ab_outgoing *out, ab_error *err);

/* The name that a database gives it. */
static inline const char *ab__out_table_name(const ab_out_sheet *sheet)
{
    return sheet->table != NULL ? sheet->table->name : sheet->name;
}

static inline const char *ab__out_cell(const ab_out_sheet *sheet, int64_t row, int32_t column)
{
    return sheet->cells[row * sheet->column_count + column];
}

/* How the cell is declared; in a table of settings by the row's key. NULL: not. */
const ab_column *ab__out_declared(const ab_out_sheet *sheet, int64_t row, int32_t column);

/* The number that a cell of this declaration holds. false: it holds none, or none that every container keeps:
 * minus zero comes back as zero from most. */
bool ab__out_number(const ab_column *declared, const char *text, double *out);

/* The whole number that a cell of a COUNT holds. */
bool ab__out_count(const ab_column *declared, const char *text, int64_t *out);

/* Tells what the container does not take of this sheet; `row` -1: its header, `column` -1: the whole row. */
void ab__out_refuse(const ab_outgoing *out, const ab_out_sheet *sheet, int64_t row, int32_t column,
                    ab_issue issue);

#endif
