/* A sheet on its way to rows. */
#ifndef SCHEMA_SHEET_H
#define SCHEMA_SHEET_H

#include "schema/cell.h"

enum { AB_ROWS_MOST = 2000000 }; /* in one table; more is no plan that anybody could check */

/* `text` without spaces around it, those of spreadsheets included; NULL: out of memory (noted). */
const char *ab__trimmed(ab_reader *reader, const char *text);

/* Does the cell hold this word and nothing else, spaces around it apart? */
bool ab__cell_is(const char *text, const char *word);

/* The rows of a sheet that hold data: neither hashtags nor blank. */
typedef struct ab_sheet_rows {
    int32_t *at;
    int32_t count;
} ab_sheet_rows;
/* Reports a sheet with more than AB_ROWS_MOST rows and reads the first. false: out of memory (noted). */
bool ab__sheet_rows(ab_reader *reader, const ab_sheet *sheet, ab_sheet_rows *out);

/* The lines of the sheet that were said to have too many or too few cells. false: out of memory (noted). */
bool ab__sheet_ragged(ab_reader *reader, const ab_sheet *sheet, ab_sheet_rows *out);

/* For each column of the sheet its column of `table`, by name, or -1. Reports unknown and double columns.
 * NULL: out of memory (noted). */
int32_t *ab__header_match(ab_reader *reader, const ab_sheet *sheet, const ab_table *table);

static inline const char *ab__sheet_cell(const ab_sheet *sheet, int32_t row, int32_t column)
{
    return sheet->cells[(int64_t)row * sheet->column_count + column];
}

/* Row `row` of `table` as it is before any cell is read: defaults, and not known for the rest. */
void ab__row_blank(ab_reader *reader, const ab_table *table, void *row);

/* Reads `text`, trimmed, into the row's column `cell->column`, which is given unless `text` is empty. A
 * cell with flaws leaves the row as it was. */
void ab__row_store(ab_cell *cell, const char *text, void *row);

/* Reads a sheet of the form AB_SETTINGS into `row`, which is blank. */
void ab__settings_read(ab_reader *reader, const ab_table *table, const ab_sheet *sheet, void *row);

#endif
