/* Rows of tables as JSON objects: every column under its own name. */
#ifndef REPORT_ROWS_JSON_H
#define REPORT_ROWS_JSON_H

#include "airbridge/operation.h"
#include "base/json.h"

/* One cell as a member. */
void ab__json_cell(ab_json *json, const ab_data *data, const ab_column *column, const void *row);
/* All cells of a row of `table` as members, but for the column `but` (NULL: none is left out). */
void ab__json_row(ab_json *json, const ab_data *data, int32_t table, const void *row, const char *but);
/* A member `key` with an array of `count` rows that lie one behind the other. */
void ab__json_rows(ab_json *json, const char *key, const ab_data *data, int32_t table, const void *rows, int32_t count,
                   const char *but);

#endif
