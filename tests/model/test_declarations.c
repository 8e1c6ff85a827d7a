#include "model/mini.h"

static void check_column(const ab_schema *schema, const ab_table *table, const ab_column *column)
{
    assert_true(column->offset >= sizeof(ab_row_head));
    assert_true(column->offset < table->row_size);
    assert_non_null(column->unit);
    assert_true(strlen(column->meaning) >= 2);
    assert_true(!column->ranged || column->least < column->greatest);
    assert_true(!column->required || column->standard == NULL);
    if (column->type == AB_TYPE_CODE || column->type == AB_TYPE_CODES)
        assert_true(column->codes->count > 0 && column->codes->count <= 32);
    if (column->type == AB_TYPE_REF || column->type == AB_TYPE_SCOPE) {
        int32_t refers = ab_schema_find(schema, column->refers);
        assert_true(refers >= 0);
        assert_true(ab_table_find(&schema->tables[refers], "id") >= 0);
    }
    for (const char *c = column->name; *c != '\0'; c++)
        assert_non_null(strchr("abcdefghijklmnopqrstuvwxyz0123456789_", *c));
}

static void check_table(const ab_schema *schema, const ab_table *table)
{
    int ids = 0;
    assert_true(table->column_count > 0 && table->column_count <= 64);
    for (int32_t c = 0; c < table->column_count; c++) {
        check_column(schema, table, &table->columns[c]);
        assert_int_equal(ab_table_find(table, table->columns[c].name), c); /* no name twice */
        ids += table->columns[c].type == AB_TYPE_ID;
    }
    assert_true(ids <= 1);
}

static void every_table_and_column_is_declared_whole(void **state)
{
    (void)state;
    const ab_schema *schemas[] = {ab_input_schema(), ab_result_schema()};
    for (int s = 0; s < 2; s++) {
        assert_int_equal(schemas[s]->version, 1);
        for (int32_t t = 0; t < schemas[s]->count; t++) {
            const ab_table *table = &schemas[s]->tables[t];
            check_table(schemas[s], table);
            assert_int_equal(ab_schema_find(schemas[s], table->name), t);
            assert_int_equal(table->result, s == 1);
        }
    }
}

static void a_declaration_says_what_its_line_says(void **state)
{
    (void)state;
    const ab_table *places = &ab_input_schema()->tables[AB_TABLE_places];
    assert_string_equal(places->name, "places");
    assert_string_equal(places->singular, "place");
    assert_true(places->required);
    const ab_column *handling = &places->columns[AB_COL_place_handling_kg_per_day];
    assert_string_equal(handling->name, "handling_t_per_day");
    assert_int_equal(handling->type, AB_TYPE_NUMBER);
    assert_int_equal(handling->offset, offsetof(ab_place, handling_kg_per_day));
    assert_true(handling->si == 1000);
    assert_true(handling->ranged && handling->greatest == 100000);
    assert_string_equal(handling->hxl, "#capacity+tonnes");
    assert_int_equal(ab_input_schema()->tables[AB_TABLE_operation].form, AB_SETTINGS);
    assert_int_equal(ab_schema_find(ab_result_schema(), "gaps"), AB_TABLE_gaps);
    assert_int_equal(ab_schema_find(ab_input_schema(), "gaps"), -1);
}

static void the_words_of_a_code_stand_in_the_order_of_its_enum(void **state)
{
    (void)state;
    assert_int_equal(ab_codes_mode.count, ab_mode_count);
    assert_string_equal(ab_codes_mode.name, "mode");
    assert_string_equal(ab_codes_mode.codes[AB_MODE_AIRDROP].word, "airdrop");
    assert_string_equal(ab_codes_lock.codes[AB_LOCK_AT_LEAST].word, "at least");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_and_column_is_declared_whole),
        cmocka_unit_test(a_declaration_says_what_its_line_says),
        cmocka_unit_test(the_words_of_a_code_stand_in_the_order_of_its_enum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
