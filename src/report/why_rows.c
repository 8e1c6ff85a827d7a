/* The rows behind a reason, found again by the names that the result's tables give them. */
#include <string.h>

#include "base/text.h"
#include "report/why.h"
#include "schema/convert.h"

enum { NAME_CAP = 160 };

typedef struct finder {
    const ab_data *input;
    ab_why_row_fn *each;
    void *context;
} finder;

static int32_t table_of(const ab_schema *schema, const char *singular)
{
    for (int32_t t = 0; t < schema->count; t++)
        if (strcmp(schema->tables[t].singular, singular) == 0)
            return t;
    return -1;
}

static const void *row_of(const ab_data *input, int32_t table, const char *id)
{
    const ab_rows *rows = &input->rows[table];
    size_t size = input->schema->tables[table].row_size;
    char spare[24];

    for (int32_t i = 0; i < rows->count; i++)
        if (strcmp(ab__row_id(input, table, i, spare), id) == 0)
            return (const char *)rows->at + (size_t)i * size;
    return NULL;
}

static bool find(void *context, const char *part, size_t size)
{
    finder *f = context;
    char name[NAME_CAP];

    if (size >= sizeof name)
        return true;
    memcpy(name, part, size);
    name[size] = '\0';
    char *colon = strchr(name, ':');
    if (!colon)
        return true;
    *colon = '\0';
    int32_t table = table_of(f->input->schema, name);
    const void *row = table >= 0 ? row_of(f->input, table, colon + 1) : NULL;
    *colon = ':';
    if (row)
        f->each(f->context, &f->input->schema->tables[table], name, row);
    return true;
}

void ab__why_rows(const ab_data *input, const char *because, ab_why_row_fn *each, void *context)
{
    finder f = {input, each, context};
    (void)ab__text_split(because, find, &f);
}

bool ab__why_tells(const ab_table *table, const void *row, int32_t column)
{
    const ab_type type = table->columns[column].type;
    return ab_given(row, column) && type != AB_TYPE_ID && type != AB_TYPE_WKT;
}

void ab__why_cells(const ab_data *input, const ab_table *table, const void *row, ab_buf *out)
{
    bool first = true;

    for (int32_t c = 0; c < table->column_count; c++) {
        const ab_column *column = &table->columns[c];
        if (!ab__why_tells(table, row, c))
            continue;
        ab__buf_printf(out, "%s%s ", first ? "" : "; ", column->name);
        ab__cell_write(input, column, row, out);
        first = false;
    }
}
