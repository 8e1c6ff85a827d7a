/* The schemas, from tables.def and results.def. */
#include "airbridge/operation.h"
#include "model/labels.h"

enum { SCHEMA_VERSION = 1 };

/* clang-format off */
#define AB_TABLE(table, row, ...) static const ab_column columns_of_##row[] = {
#define AB_COLUMN(row, column_type, column, member, column_unit, ...) \
    {.name = #column, .type = AB_TYPE_##column_type, .offset = offsetof(ab_##row, member), \
     .unit = column_unit, .label = &ab__column_labels[ab__column_of_##row##_##member], __VA_ARGS__},
#define AB_TABLE_END(table, row) }; \
    _Static_assert(offsetof(ab_##row, head) == 0, "a row begins with its head"); \
    _Static_assert(sizeof columns_of_##row / sizeof columns_of_##row[0] <= 64, \
                   "ab_row_head.given has a bit for each column");
#include "airbridge/tables.def"
#include "airbridge/results.def"
#undef AB_TABLE
#undef AB_COLUMN
#undef AB_TABLE_END

#define DECLARED(table, row, table_form, is_required, is_result, table_meaning) \
    {.name = #table, .singular = #row, .form = table_form, .required = is_required, \
     .result = is_result, .meaning = table_meaning, .columns = columns_of_##row, \
     .column_count = sizeof columns_of_##row / sizeof columns_of_##row[0], \
     .row_size = sizeof(ab_##row), .label = &ab__table_labels[ab__table_of_##table]},
#define AB_COLUMN(...)
#define AB_TABLE_END(table, row)

#define AB_TABLE(table, row, form, required, meaning) \
    DECLARED(table, row, form, required, false, meaning)
static const ab_table input_tables[AB_INPUT_TABLES] = {
#include "airbridge/tables.def"
};
#undef AB_TABLE

#define AB_TABLE(table, row, form, required, meaning) \
    DECLARED(table, row, form, required, true, meaning)
static const ab_table result_tables[AB_RESULT_TABLES] = {
#include "airbridge/results.def"
};
/* clang-format on */

const ab_schema *ab_input_schema(void)
{
    static const ab_schema schema = {input_tables, AB_INPUT_TABLES, SCHEMA_VERSION};
    return &schema;
}

const ab_schema *ab_result_schema(void)
{
    static const ab_schema schema = {result_tables, AB_RESULT_TABLES, SCHEMA_VERSION};
    return &schema;
}
