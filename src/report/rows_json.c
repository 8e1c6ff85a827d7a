#include "report/rows_json.h"

#include <string.h>

#include "report/members.h"
#include "schema/convert.h"

void ab__json_cell(ab_json *json, const ab_data *data, const ab_column *column, const void *row)
{
    ab_buf cell = AB_BUF_INIT;

    if (column->type == AB_TYPE_NUMBER || column->type == AB_TYPE_COUNT) {
        ab__member_rounded(json, column->name, ab__cell_number(column, row));
        return;
    }
    ab__json_key(json, column->name);
    ab__cell_write(data, column, row, &cell);
    if (column->type == AB_TYPE_FLAG && !ab__cell_empty(column, row))
        ab__json_bool(json, strcmp(ab__buf_text(&cell), "yes") == 0);
    else
        ab__json_text(json, ab__cell_empty(column, row) ? NULL : ab__buf_text(&cell));
    json->out->failed = json->out->failed || cell.failed;
    ab__buf_free(&cell);
}

void ab__json_row(ab_json *json, const ab_data *data, int32_t table, const void *row, const char *but)
{
    const ab_table *declared = &data->schema->tables[table];

    for (int32_t c = 0; c < declared->column_count; c++)
        if (!but || strcmp(declared->columns[c].name, but) != 0)
            ab__json_cell(json, data, &declared->columns[c], row);
}

void ab__json_rows(ab_json *json, const char *key, const ab_data *data, int32_t table, const void *rows, int32_t count,
                   const char *but)
{
    const char *row = rows;

    ab__json_key(json, key);
    ab__json_array(json);
    for (int32_t i = 0; i < count; i++, row += data->schema->tables[table].row_size) {
        ab__json_object(json);
        ab__json_row(json, data, table, row, but);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}
