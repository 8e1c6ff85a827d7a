#include "schema/find.h"

#include <stdio.h>
#include <string.h>

#include "schema/convert.h"

int32_t ab_schema_find(const ab_schema *schema, const char *name)
{
    for (int32_t t = 0; t < schema->count; t++)
        if (strcmp(schema->tables[t].name, name) == 0)
            return t;
    return -1;
}

int32_t ab_table_find(const ab_table *table, const char *column)
{
    for (int32_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, column) == 0)
            return c;
    return -1;
}

int32_t ab__table_id_column(const ab_table *table)
{
    for (int32_t c = 0; c < table->column_count; c++)
        if (table->columns[c].type == AB_TYPE_ID)
            return c;
    return -1;
}

int32_t ab__schema_find_singular(const ab_schema *schema, const char *word, size_t size)
{
    for (int32_t t = 0; t < schema->count; t++) {
        const char *singular = schema->tables[t].singular;
        if (strlen(singular) == size && memcmp(singular, word, size) == 0)
            return t;
    }
    return -1;
}

int32_t ab__code_find(const ab_code_list *list, const char *word)
{
    for (int32_t i = 0; i < list->count; i++)
        if (strcmp(list->codes[i].word, word) == 0)
            return i;
    return -1;
}

int32_t ab__sheet_column(const ab_sheet *sheet, const char *name)
{
    for (int32_t c = 0; c < sheet->column_count; c++)
        if (strcmp(sheet->header[c], name) == 0)
            return c;
    return -1;
}

const char *ab__column_shown(const ab_sheet *sheet, const char *name)
{
    int32_t c = ab__sheet_column(sheet, name);
    return c < 0 ? name : ab__sheet_shown(sheet, c);
}

const char *ab__row_id(const ab_data *data, int32_t table, int32_t row, char spare[24])
{
    const ab_table *declared = &data->schema->tables[table];
    const void *at = ab__row_at(&data->rows[table], declared, row);
    int32_t c = ab__table_id_column(declared);
    if (c >= 0)
        return *(const char *const *)ab__value_at(&declared->columns[c], at);
    (void)snprintf(spare, 24, "#%d", (int)((const ab_row_head *)at)->line);
    return spare;
}

int32_t ab__row_find(const ab_data *data, int32_t table, const char *id)
{
    const ab_table *declared = &data->schema->tables[table];
    int32_t c = ab__table_id_column(declared);
    if (c < 0)
        return -1;
    for (int32_t r = 0; r < data->rows[table].count; r++) {
        const void *at = ab__row_at(&data->rows[table], declared, r);
        if (strcmp(*(const char *const *)ab__value_at(&declared->columns[c], at), id) == 0)
            return r;
    }
    return -1;
}
