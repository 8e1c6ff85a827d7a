/* An operation from its sheets. */
#include <math.h>
#include <stdlib.h>

#include "model/mini.h"
#include "schema/convert.h"
#include "schema/find.h"

static void a_sound_operation_is_read_without_a_word(void **state)
{
    (void)state;
    read_operation of = read_mini(NULL, 0);
    assert_silent(of.issues);
    const ab_operation *op = of.op;
    assert_string_equal(op->settings->name, "Mini: a made-up valley");
    assert_int_equal(op->period_count, 10);
    assert_int_equal(op->places.count, 3);
    assert_int_equal(op->places.at[1].population_high, 12000);
    assert_true(op->places.at[1].handling_kg_per_day == 10000);
    assert_int_equal(op->places.at[2].head.line, 4);
    assert_int_equal(op->stocks.at[5].commodity, 3);
    assert_int_equal(op->commodities.at[0].drop,
                     1 << AB_DROP_FREE | 1 << AB_DROP_HV | 1 << AB_DROP_LV);
    assert_int_equal(op->access.at[0].subject.table, AB_TABLE_roads);
    assert_int_equal(op->agreements.at[0].subjects.count, 2);
    assert_int_equal(op->agreements.at[0].daily_from_s, 7 * 3600);
    assert_int_equal(op->options.at[2].agreements.count, 3);
    forget_operation(&of);
}

static void what_is_given_is_told_from_what_is_a_default(void **state)
{
    (void)state;
    read_operation of = read_mini(NULL, 0);
    const ab_settings *settings = of.op->settings;
    assert_true(ab_given(&settings->head, AB_COL_settings_seed));
    assert_false(ab_given(&settings->head, AB_COL_settings_road_factor));
    assert_true(settings->road_factor == 1.4);
    assert_true(fabs(settings->road_speed_mps - 30 / 3.6) < 1e-12);
    assert_false(ab_given(&of.op->places.at[0].head, AB_COL_place_runway_m));
    assert_true(isnan(of.op->places.at[0].runway_m));
    forget_operation(&of);
}

/* The rows of `data` as sheets again: every cell that was given, in the order of `order` (NULL: as it
 * is). */
static ab_book *written(const ab_data *data, int32_t *const *order)
{
    ab_book *book = ab__book_new();
    for (int32_t t = 0; t < data->schema->count; t++) {
        const ab_table *table = &data->schema->tables[t];
        ab_buf text = AB_BUF_INIT;
        for (int32_t c = 0; c < table->column_count && table->form == AB_ROWS; c++)
            ab__buf_printf(&text, c == 0 ? "%s" : "|%s", table->columns[c].name);
        ab__buf_add(&text, table->form == AB_SETTINGS ? "key|value\n" : "\n");
        for (int32_t r = 0; r < data->rows[t].count; r++) {
            const void *row = ab__row_at(&data->rows[t], table, order == NULL ? r : order[t][r]);
            for (int32_t c = 0; c < table->column_count; c++) {
                if (table->form == AB_SETTINGS)
                    ab__buf_printf(&text, "%s|", table->columns[c].name);
                else if (c > 0)
                    ab__buf_char(&text, '|');
                if (ab_given(row, c))
                    ab__cell_write(data, &table->columns[c], row, &text);
                if (table->form == AB_SETTINGS)
                    ab__buf_char(&text, '\n');
            }
            if (table->form == AB_ROWS)
                ab__buf_char(&text, '\n');
        }
        assert_false(text.failed);
        add_sheet(book, table->name, ab__buf_text(&text));
        ab__buf_free(&text);
    }
    return book;
}

static void assert_same_row(const ab_data *a, int32_t a_row, const ab_data *b, int32_t b_row,
                            int32_t t)
{
    const ab_table *table = &a->schema->tables[t];
    const void *left = ab__row_at(&a->rows[t], table, a_row);
    const void *right = ab__row_at(&b->rows[t], table, b_row);
    assert_int_equal(((const ab_row_head *)left)->given, ((const ab_row_head *)right)->given);
    for (int32_t c = 0; c < table->column_count; c++) {
        ab_buf left_text = AB_BUF_INIT, right_text = AB_BUF_INIT;
        ab__cell_write(a, &table->columns[c], left, &left_text);
        ab__cell_write(b, &table->columns[c], right, &right_text);
        assert_string_equal(ab__buf_text(&left_text), ab__buf_text(&right_text));
        if (table->columns[c].type == AB_TYPE_NUMBER)
            assert_memory_equal(ab__value_at(&table->columns[c], left),
                                ab__value_at(&table->columns[c], right), sizeof(double));
        ab__buf_free(&left_text);
        ab__buf_free(&right_text);
    }
}

static void an_operation_that_is_written_and_read_back_is_the_same(void **state)
{
    (void)state;
    char before[65], after[65];
    ab_error err;
    read_operation of = read_mini(NULL, 0);
    ab_data data = ab_operation_data(of.op);
    ab_book *book = written(&data, NULL);
    read_operation again = read_sheets(book);
    assert_silent(again.issues);
    ab_data data_again = ab_operation_data(again.op);
    for (int32_t t = 0; t < data.schema->count; t++) {
        assert_int_equal(data.rows[t].count, data_again.rows[t].count);
        for (int32_t r = 0; r < data.rows[t].count; r++)
            assert_same_row(&data, r, &data_again, r, t);
    }
    assert_int_equal(ab_operation_digest(of.op, before, &err), AB_OK);
    assert_int_equal(ab_operation_digest(again.op, after, &err), AB_OK);
    assert_string_equal(before, after);
    ab_book_free(book);
    forget_operation(&again);
    forget_operation(&of);
}

static void permuted_rows_give_permuted_rows(void **state)
{
    (void)state;
    enum { ROWS = 16 };
    int32_t order[AB_INPUT_TABLES][ROWS];
    int32_t *orders[AB_INPUT_TABLES];
    read_operation of = read_mini(NULL, 0);
    ab_data data = ab_operation_data(of.op);
    srand(11);
    for (int32_t t = 0; t < AB_INPUT_TABLES; t++) {
        orders[t] = order[t];
        assert_true(data.rows[t].count <= ROWS);
        for (int32_t r = 0; r < data.rows[t].count; r++) {
            int32_t other = (int32_t)(rand() % (r + 1));
            order[t][r] = order[t][other];
            order[t][other] = r;
        }
    }
    ab_book *book = written(&data, orders);
    read_operation mixed = read_sheets(book);
    assert_silent(mixed.issues);
    ab_data mixed_data = ab_operation_data(mixed.op);
    for (int32_t t = 0; t < AB_INPUT_TABLES; t++)
        for (int32_t r = 0; r < data.rows[t].count; r++)
            assert_same_row(&data, order[t][r], &mixed_data, r, t);
    ab_book_free(book);
    forget_operation(&mixed);
    forget_operation(&of);
}

static void an_operation_with_an_error_is_none(void **state)
{
    (void)state;
    ab_error err;
    ab_operation *op;
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = mini_book(&(table_text){"stocks", "hub|commodity|mass_t\nport|flour|x\n"}, 1);
    assert_int_equal(ab_operation_read(book, &op, issues, &err), AB_FLAWED);
    assert_null(op);
    assert_string_equal(err.message, "the tables have 1 error");
    ab_book_free(book);
    ab_issues_free(issues);
    ab_operation_free(NULL);
}

static void an_error_that_the_container_had_counts_too(void **state)
{
    (void)state;
    ab_error err;
    ab_operation *op;
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = mini_book(NULL, 0);
    ab_issues_add(
        issues,
        &(ab_issue){.severity = AB_ERROR_FLAW, .code = AB_ISSUE_OPEN_QUOTE, .origin = "roads.csv"});
    assert_int_equal(ab_operation_read(book, &op, issues, &err), AB_FLAWED);
    ab_book_free(book);
    ab_issues_free(issues);
}

static void nothing_at_all_misses_every_table_that_is_needed(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    read_operation of = read_sheets(book);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_MISSING_TABLE), 6);
    assert_int_equal(ab_issues_count(of.issues), 6);
    forget_operation(&of);
    ab_book_free(book);
}

static void an_empty_table_is_told_once_and_not_for_each_name_in_it(void **state)
{
    (void)state;
    read_operation of = read_mini_with("hubs", "id|lon_deg|lat_deg\n");
    assert_says(of.issues, AB_ISSUE_EMPTY_TABLE,
                "hubs.csv:1: expected a row or more under the header");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
}

static void flaws_of_cells_and_of_the_whole_are_told_together(void **state)
{
    (void)state;
    const table_text flawed[] = {
        {"links", "id|from_hub|to_hub|mode\nl1|port|feild|rode\n"},
        {"requests", "id|asked_at|place|reply_due\nq|2030-02-20T08:00Z|uper|2030-02-10T08:00Z\n"},
        {"vehicles", "id|mode|count|base|payload_t|speed_km_h\nt|road|many|port|13|30\n"},
        {"movements", "id|date|place|loaded_t|lost_t\nm|2030-02-10|upper|1|2\n"},
    };
    read_operation of = read_mini(flawed, 4);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_DANGLING_REF), 3);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_UNKNOWN_CODE), 1);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_NOT_A_NUMBER), 1);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_REPLY_BEFORE_ASK), 1);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_MASS_BALANCE), 1);
    forget_operation(&of);
}

static void an_error_of_a_table_alone_is_not_hidden_by_names_that_other_tables_hold(void **state)
{
    (void)state;
    ab_buf text = AB_BUF_INIT;
    ab__buf_add(&text, "hub|commodity|mass_t\n");
    for (int i = 0; i < 10001; i++)
        ab__buf_add(&text, "elsewhere|something|1\n");
    ab__buf_add(&text, "elsewhere|something|12k\n");
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);
    add_sheet(book, "stocks", ab__buf_text(&text));
    assert_int_equal(ab_table_check(book, issues, NULL), AB_OK);
    assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW), 1);
    assert_int_equal(ab_issues_at(issues, 0)->code, AB_ISSUE_NOT_A_NUMBER);
    assert_int_equal(ab_issues_at(issues, 0)->line, 10003);
    ab_issues_free(issues);
    ab_book_free(book);
    ab__buf_free(&text);
}

static void settings_that_are_assumed_are_counted(void **state)
{
    (void)state;
    ab_remark remarks[AB_COLS_settings];
    for (int c = 0; c < AB_COLS_settings; c++)
        remarks[c] = (ab_remark){c == 3   ? "assumed: nobody asked"
                                 : c == 4 ? "an assumed one"
                                          : "",
                                 ""};
    assert_int_equal(ab_settings_assumed(&(ab_settings){.head.remarks = remarks}), 1);
    assert_int_equal(ab_settings_assumed(&(ab_settings){.head.remarks = NULL}), 0);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    ab_book *book = mini_book(NULL, 0);
    ab_status status = AB_NO_MEMORY;
    int64_t n = 1;
    int refused = 0;
    for (; n < 2000 && status != AB_OK; n++) {
        ab_error err = AB_ERROR_INIT;
        ab_operation *op = NULL;
        ab_issues *issues = ab_issues_new(0);
        ab__fail_allocation(n);
        status = ab_operation_read(book, &op, issues, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_NO_MEMORY || status == AB_OK);
        assert_int_equal(op == NULL, status != AB_OK);
        assert_int_equal(ab_issues_count(issues), 0);
        refused += status == AB_NO_MEMORY;
        ab_operation_free(op);
        ab_issues_free(issues);
    }
    assert_int_equal(status, AB_OK);
    assert_true(refused >= 5);
    ab_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_operation_is_read_without_a_word),
        cmocka_unit_test(what_is_given_is_told_from_what_is_a_default),
        cmocka_unit_test(an_operation_that_is_written_and_read_back_is_the_same),
        cmocka_unit_test(permuted_rows_give_permuted_rows),
        cmocka_unit_test(an_operation_with_an_error_is_none),
        cmocka_unit_test(an_error_that_the_container_had_counts_too),
        cmocka_unit_test(nothing_at_all_misses_every_table_that_is_needed),
        cmocka_unit_test(an_empty_table_is_told_once_and_not_for_each_name_in_it),
        cmocka_unit_test(flaws_of_cells_and_of_the_whole_are_told_together),
        cmocka_unit_test(an_error_of_a_table_alone_is_not_hidden_by_names_that_other_tables_hold),
        cmocka_unit_test(settings_that_are_assumed_are_counted),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
