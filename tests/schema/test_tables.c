/* Sheets, headers and rows: which are read, and what is said of the others. */
#include <stdlib.h>

#include "schema/sheet.h"
#include "schema/world.h"

static void a_table_that_no_stage_reads_is_a_warning_with_the_nearest_name(void **state)
{
    (void)state;
    reading of;
    ab_book *book = ab__book_new();
    add_sheet(book, "things", "id\na\n");
    add_sheet(book, "owner", "id\nann\n");
    assert_int_equal(read_book(&of, book), AB_OK);
    assert_says(of.issues, AB_ISSUE_UNKNOWN_TABLE,
                "owner.csv: expected a table that is known, or none; found \"owner\"; did you mean "
                "\"owners\"?");
    assert_int_equal(ab_issues_of(of.issues, AB_WARNING), 1);
    assert_int_equal(ab_issues_of(of.issues, AB_ERROR_FLAW), 0);
    forget(&of);
    ab_book_free(book);
}

static void of_two_tables_of_one_name_the_first_is_read(void **state)
{
    (void)state;
    reading of;
    ab_book *book = ab__book_new();
    add_sheet(book, "things", "id\na\n");
    add_sheet(book, "things", "id\nb\nc\n");
    assert_int_equal(read_book(&of, book), AB_OK);
    assert_int_equal(of.rows[THINGS].count, 1);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_UNKNOWN_TABLE), 1);
    forget(&of);
    ab_book_free(book);
}

static void a_table_that_must_be_there_is_missed(void **state)
{
    (void)state;
    reading of = read_world(NULL, "id\nann\n", NULL);
    assert_says(of.issues, AB_ISSUE_MISSING_TABLE,
                "things: expected the table things: what there is");
    assert_int_equal(ab_issues_count(of.issues), 1);
    assert_int_equal(of.rows[THINGS].count, 0);
    forget(&of);
}

static void a_table_may_not_be_empty_where_rows_are_needed(void **state)
{
    (void)state;
    reading of = read_world(NULL, "id|name\n", "id|text\n");
    assert_says(of.issues, AB_ISSUE_EMPTY_TABLE,
                "things.csv:1: expected a row or more under the header");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget(&of);
    of = read_world(NULL, "", "id\na\n");
    assert_says(of.issues, AB_ISSUE_EMPTY_TABLE, "owners.csv: expected a header");
    forget(&of);
}

static void that_a_table_is_empty_is_said_once(void **state)
{
    (void)state;
    ab_error err;
    ab_rows rows[TABLES];
    ab_arena *arena = ab__arena_new();
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = ab__book_new();
    add_sheet(book, "things", "");
    /* whoever read the container has said it */
    ab_issues_add(issues, &(ab_issue){.severity = AB_ERROR_FLAW,
                                      .code = AB_ISSUE_EMPTY_TABLE,
                                      .origin = "things.csv"});
    assert_int_equal(ab__data_read(&world, book, arena, rows, issues, &err), AB_OK);
    assert_int_equal(ab_issues_count(issues), 1);
    ab_book_free(book);
    ab_issues_free(issues);
    ab__arena_free(arena);
}

static void an_unknown_column_comes_with_the_nearest_name(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id|lenght_km|Text|whatever\na|3|x|y\n");
    assert_says(of.issues, AB_ISSUE_UNKNOWN_COLUMN,
                "things.csv:1: expected a column of things; found \"lenght_km\"; did you mean "
                "\"length_km\"?");
    assert_says(of.issues, AB_ISSUE_UNKNOWN_COLUMN,
                "things.csv:1: expected a column of things; found \"Text\"; did you mean "
                "\"text\"?");
    assert_says(of.issues, AB_ISSUE_UNKNOWN_COLUMN,
                "things.csv:1: expected a column of things; found \"whatever\"");
    assert_int_equal(ab_issues_count(of.issues), 3);
    forget(&of);
}

static void a_column_without_a_name_matters_only_if_it_holds_something(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id||text\na||x\nb| |y\n");
    assert_silent(of.issues);
    forget(&of);
    of = read_world(NULL, NULL, "id||text\na||x\nb|lost|y\n");
    assert_says(of.issues, AB_ISSUE_UNKNOWN_COLUMN,
                "things.csv:1: expected a column of things; found nothing");
    forget(&of);
}

static void a_column_that_stands_twice_is_told_and_its_first_one_read(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id|text|text\na|first|second\n");
    assert_says(of.issues, AB_ISSUE_DUPLICATE_COLUMN,
                "things.csv:1: text: expected each column once; found \"text\"");
    assert_string_equal(things_of(&of)->text, "first");
    forget(&of);
}

static void a_column_that_must_be_there_is_missed_once_and_not_for_each_row(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "text\nx\ny\n");
    assert_says(of.issues, AB_ISSUE_MISSING_COLUMN,
                "things.csv:1: id: expected a column of this name: an id of lower-case letters, "
                "digits, '-', '_' and '.'");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget(&of);
}

static void a_row_of_hashtags_under_the_header_is_no_data(void **state)
{
    (void)state;
    reading of = read_world(NULL, "id|name\n#loc+code|\nann|Ann\n", "id|text\n #x|#y\na|#no tag\n");
    assert_silent(of.issues);
    assert_int_equal(of.rows[OWNERS].count, 1);
    assert_int_equal(of.rows[THINGS].count, 1);
    assert_int_equal(things_of(&of)->head.line, 3);
    forget(&of);
    of = read_world(NULL, NULL, "id|text\na|x\n#b|#y\n"); /* only directly under the header */
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_BAD_ID), 1);
    forget(&of);
}

static void blank_rows_are_passed_over_and_lines_stay_true(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id|text\n|\na|x\n | \n|\nb|y\n");
    assert_silent(of.issues);
    assert_int_equal(of.rows[THINGS].count, 2);
    assert_int_equal(things_of(&of)[0].head.line, 3);
    assert_int_equal(things_of(&of)[1].head.line, 6);
    forget(&of);
}

static void all_flaws_are_told_at_once_in_the_order_of_the_sheet(void **state)
{
    (void)state;
    reading of =
        read_world(NULL, NULL, "people|flag|id|owner\nmany|si|A|x\n1|yes|b|\n-1|nein|c|y\n");
    static const char *const columns[] = {"people", "flag", "id",   "owner",
                                          "people", "flag", "owner"};
    static const int lines[] = {2, 2, 2, 2, 4, 4, 4};
    assert_int_equal(ab_issues_count(of.issues), 7);
    for (int i = 0; i < 7; i++) {
        assert_string_equal(ab_issues_at(of.issues, i)->column, columns[i]);
        assert_int_equal(ab_issues_at(of.issues, i)->line, lines[i]);
    }
    forget(&of);
}

static void a_table_longer_than_any_real_one_is_told_and_its_first_rows_read(void **state)
{
    (void)state;
    enum { COUNT = AB_ROWS_MOST + 2 };
    reading of;
    static const char *header[] = {"name"};
    const char **cells = calloc(COUNT, sizeof *cells);
    int32_t *lines = calloc(COUNT, sizeof *lines);
    for (int32_t r = 0; r < COUNT; r++) {
        cells[r] = r == 0 ? "#name" : "x";
        lines[r] = r + 2;
    }
    ab_book *book = ab__book_new();
    add_sheet(book, "things", "id\na\n");
    assert_true(ab__book_add(book, &(ab_sheet){.name = "owners",
                                               .origin = "owners.csv",
                                               .column_count = 1,
                                               .header = header,
                                               .header_line = 1,
                                               .row_count = COUNT,
                                               .cells = cells,
                                               .line = lines}));
    assert_int_equal(read_book(&of, book), AB_OK);
    assert_says(of.issues, AB_ISSUE_TOO_LONG,
                "owners.csv: expected at most 2,000,000 rows; found \"2000001\"");
    assert_int_equal(of.rows[OWNERS].count, AB_ROWS_MOST);
    forget(&of);
    ab_book_free(book);
    free(cells);
    free(lines);
}

static void many_wrong_names_cost_hints_and_not_minutes(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    ab_buf owners = AB_BUF_INIT, things = AB_BUF_INIT;
    ab__buf_add(&owners, "id\n");
    ab__buf_add(&things, "id|owner\n");
    for (int i = 0; i < COUNT; i++) {
        ab__buf_printf(&owners, "owner-number-%d\n", i);
        ab__buf_printf(&things, "t%d|ownre-number-%d\n", i, i);
    }
    reading of = read_world(NULL, ab__buf_text(&owners), ab__buf_text(&things));
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_DANGLING_REF), COUNT);
    assert_string_equal(ab_issues_at(of.issues, 0)->hint, "did you mean \"owner-number-0\"?");
    assert_string_equal(ab_issues_at(of.issues, COUNT - 1)->hint, "");
    forget(&of);
    ab__buf_free(&owners);
    ab__buf_free(&things);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_that_no_stage_reads_is_a_warning_with_the_nearest_name),
        cmocka_unit_test(of_two_tables_of_one_name_the_first_is_read),
        cmocka_unit_test(a_table_that_must_be_there_is_missed),
        cmocka_unit_test(a_table_may_not_be_empty_where_rows_are_needed),
        cmocka_unit_test(that_a_table_is_empty_is_said_once),
        cmocka_unit_test(an_unknown_column_comes_with_the_nearest_name),
        cmocka_unit_test(a_column_without_a_name_matters_only_if_it_holds_something),
        cmocka_unit_test(a_column_that_stands_twice_is_told_and_its_first_one_read),
        cmocka_unit_test(a_column_that_must_be_there_is_missed_once_and_not_for_each_row),
        cmocka_unit_test(a_row_of_hashtags_under_the_header_is_no_data),
        cmocka_unit_test(blank_rows_are_passed_over_and_lines_stay_true),
        cmocka_unit_test(all_flaws_are_told_at_once_in_the_order_of_the_sheet),
        cmocka_unit_test(a_table_longer_than_any_real_one_is_told_and_its_first_rows_read),
        cmocka_unit_test(many_wrong_names_cost_hints_and_not_minutes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
