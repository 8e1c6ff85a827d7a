#include "model/redact.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "schema/find.h"

bool ab__audience_sees(ab_audience audience, ab_sensitivity sensitivity)
{
    switch (sensitivity) {
    case AB_OPEN:
        return true;
    case AB_INTERNAL:
        return audience != AB_AUDIENCE_PUBLIC;
    case AB_RESTRICTED:
        break;
    }
    return audience == AB_AUDIENCE_TEAM;
}

/* Makes the value of `column` in `row` unknown. */
static void forget(const ab_column *column, void *row)
{
    void *value = (char *)row + column->offset;

    switch (column->type) {
    case AB_TYPE_ID:
    case AB_TYPE_TEXT:
        *(ab_c_TEXT *)value = "";
        break;
    case AB_TYPE_NUMBER:
        *(ab_c_NUMBER *)value = NAN;
        break;
    case AB_TYPE_COUNT:
        *(ab_c_COUNT *)value = -1;
        break;
    case AB_TYPE_REF:
    case AB_TYPE_FLAG:
    case AB_TYPE_CODE:
    case AB_TYPE_CLOCK:
        *(int32_t *)value = -1;
        break;
    case AB_TYPE_CODES:
        *(ab_c_CODES *)value = 0;
        break;
    case AB_TYPE_TIME:
    case AB_TYPE_DAY:
        *(ab_time *)value = AB_TIME_NONE;
        break;
    case AB_TYPE_LIST:
        *(ab_list *)value = (ab_list){0, NULL};
        break;
    case AB_TYPE_SUBJECT:
        *(ab_ref *)value = (ab_ref){-1, -1};
        break;
    case AB_TYPE_SUBJECTS:
    case AB_TYPE_SCOPE:
        *(ab_refs *)value = (ab_refs){0, NULL};
        break;
    case AB_TYPE_WKT:
        *(ab_shape *)value = (ab_shape){AB_SHAPE_NONE, 0, NULL, NULL};
        break;
    }
}

/* Copies `from` to `to` without what may not be seen; the bits of `given` count the columns that are left. */
static void copy_row(const ab_table *table, ab_audience audience, const void *from, void *to)
{
    ab_row_head *head = to;
    int32_t kept = 0;

    memcpy(to, from, table->row_size);
    uint64_t given = head->given;
    head->given = 0;
    if (audience != AB_AUDIENCE_TEAM)
        head->remarks = NULL;
    for (int32_t c = 0; c < table->column_count; c++) {
        if (!ab__audience_sees(audience, table->columns[c].sensitivity))
            forget(&table->columns[c], to);
        else
            head->given |= (given >> c & 1u) << kept++;
    }
}

/* Is the row for this audience? One that does not say for whom it is, is for the team. */
static bool is_for(const ab_table *table, int32_t column, const void *row, ab_audience audience)
{
    if (column < 0)
        return true;
    assert(table->columns[column].codes == &ab_codes_audience);
    int32_t least = *(const ab_c_CODE *)ab__value_at(&table->columns[column], row);
    return least < 0 ? audience == AB_AUDIENCE_TEAM : least <= (int32_t)audience;
}

static bool redact_rows(const ab_table *table, const ab_rows *from, ab_audience audience,
                        ab_arena *arena, ab_rows *out)
{
    char *rows = ab__arena_array(arena, (size_t)from->count, table->row_size);
    int32_t column = ab_table_find(table, "audience"), count = 0;

    if (rows == NULL)
        return false;
    for (int32_t r = 0; r < from->count; r++) {
        const void *row = ab__row_at(from, table, r);
        if (is_for(table, column, row, audience))
            copy_row(table, audience, row, rows + (size_t)count++ * table->row_size);
    }
    *out = (ab_rows){rows, count};
    return true;
}

static bool redact_table(const ab_table *from, ab_audience audience, ab_arena *arena, ab_table *out)
{
    ab_column *columns = AB_NEW(arena, ab_column, from->column_count);
    int32_t count = 0;

    if (columns == NULL)
        return false;
    for (int32_t c = 0; c < from->column_count; c++) {
        if (ab__audience_sees(audience, from->columns[c].sensitivity))
            columns[count++] = from->columns[c];
    }
    *out = *from;
    out->columns = columns;
    out->column_count = count;
    return true;
}

ab_status ab__data_redact(const ab_data *data, ab_audience audience, ab_arena *arena, ab_data *out,
                          ab_error *err)
{
    int32_t count = data->schema->count;
    ab_schema *schema = AB_NEW(arena, ab_schema, 1);
    ab_table *tables = AB_NEW(arena, ab_table, count);
    ab_rows *rows = AB_NEW(arena, ab_rows, count);

    if (schema == NULL || tables == NULL || rows == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    for (int32_t t = 0; t < count; t++) {
        const ab_table *from = &data->schema->tables[t];
        if (!redact_table(from, audience, arena, &tables[t]) ||
            (tables[t].column_count > 0 &&
             !redact_rows(from, &data->rows[t], audience, arena, &rows[t])))
            return ab_fail(err, AB_NO_MEMORY, "out of memory");
    }
    *schema = (ab_schema){tables, count, data->schema->version};
    *out = (ab_data){schema, rows};
    return AB_OK;
}
