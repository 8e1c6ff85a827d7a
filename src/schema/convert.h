/* Cells to values and back, by the declaration of their column. */
#ifndef SCHEMA_CONVERT_H
#define SCHEMA_CONVERT_H

#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/buf.h"

/* Reads the sheets of `book` that `schema` knows into rows (AB_ROWS) or one row (AB_SETTINGS), all
 * memory in `arena`. An HXL row under the header is skipped. Every flaw goes to `issues`: unknown and
 * missing tables and columns, cells that do not convert, dangling and duplicate ids. A row with flaws is
 * still a row (its bad cells as if empty). `rows` has schema->count elements. NO_MEMORY only. */
ab_status ab__data_read(const ab_schema *schema, const ab_book *book, ab_arena *arena,
                        ab_rows *rows, ab_issues *issues, ab_error *err);
/* The same for a book that has some of the tables only: none is missed, and whether the rows exist that
 * a cell names is not judged. */
ab_status ab__data_read_alone(const ab_schema *schema, const ab_book *book, ab_arena *arena,
                              ab_rows *rows, ab_issues *issues, ab_error *err);

/* The cell of `column` in `row`, as it would be written in a CSV file, added to `out`; nothing for a value
 * that is not known. Ids of other tables come from `data`. Numbers have at most 15 digits. */
void ab__cell_write(const ab_data *data, const ab_column *column, const void *row, ab_buf *out);
/* The number of a NUMBER or COUNT in the cell's unit, 15 digits; NaN if not known. */
double ab__cell_number(const ab_column *column, const void *row);
/* Is the cell's value unknown (NaN, -1, "", AB_TIME_NONE, an empty list, no shape)? */
bool ab__cell_empty(const ab_column *column, const void *row);

/* What the column expects, for messages and manuals: "a whole number of people, 0 to 50,000,000". */
void ab__column_expects(const ab_column *column, ab_buf *out);

/* The id of row `row` of `table` (its ID column), or "#LINE" where the table has none. */
const char *ab__row_id(const ab_data *data, int32_t table, int32_t row, char spare[24]);
/* The row of `table` with this id, or -1. Linear. */
int32_t ab__row_find(const ab_data *data, int32_t table, const char *id);

#endif
