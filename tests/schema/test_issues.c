#include <stdlib.h>

#include "schema/help.h"
#include "schema/issues.h"

static ab_issue population_flaw(int64_t line)
{
    return (ab_issue){.severity = AB_ERROR_FLAW,
                      .code = AB_ISSUE_NOT_A_NUMBER,
                      .origin = "places.csv",
                      .line = line,
                      .column = "population",
                      .expected = "a whole number of people, 0 or more",
                      .found = "12k"};
}

static void assert_formatted(const ab_issue *issue, const char *text)
{
    char line[1000];
    ab_issues *issues = ab_issues_new(0);
    ab_issues_add(issues, issue);
    size_t size = ab_issue_format(ab_issues_at(issues, 0), line, sizeof line);
    assert_string_equal(line, text);
    assert_int_equal(size, strlen(text));
    ab_issues_free(issues);
}

static void an_issue_says_where_and_what_was_expected_and_found(void **state)
{
    (void)state;
    ab_issue issue = population_flaw(14);
    assert_formatted(&issue, "places.csv:14: population: expected a whole number of people, 0 or "
                             "more; found \"12k\"");
    issue.hint = "did you mean 12000?";
    issue.byte_column = 7;
    assert_formatted(&issue, "places.csv:14:7: population: expected a whole number of people, 0 or "
                             "more; found \"12k\"; did you mean 12000?");
}

static void a_message_that_does_not_fit_is_cut_between_two_characters(void **state)
{
    (void)state;
    static const char whole[] = "p: expected \xC3\xA9\xE2\x82\xAC";
    ab_issues *issues = ab_issues_new(0);
    ab_issues_add(issues, &(ab_issue){.code = AB_ISSUE_MISSING_TABLE,
                                      .origin = "p",
                                      .expected = "\xC3\xA9\xE2\x82\xAC"});
    for (size_t cap = 1; cap <= sizeof whole; cap++) {
        char *line = malloc(cap);
        size_t fits = cap == sizeof whole ? 17 : cap < 14 ? cap - 1 : cap - 1 < 14 ? 12 : 14;
        assert_non_null(line);
        assert_int_equal(ab_issue_format(ab_issues_at(issues, 0), line, cap), sizeof whole - 1);
        assert_int_equal(strlen(line), fits);
        assert_memory_equal(line, whole, fits);
        free(line);
    }
    ab_issues_free(issues);
}

static void an_issue_of_a_whole_table_has_no_line_and_no_column(void **state)
{
    (void)state;
    assert_formatted(
        &(ab_issue){.code = AB_ISSUE_MISSING_TABLE, .origin = "places", .expected = "this table"},
        "places: expected this table");
}

static void an_issue_that_expects_nothing_particular_is_told_by_its_meaning(void **state)
{
    (void)state;
    assert_formatted(&(ab_issue){.code = AB_ISSUE_OPEN_QUOTE, .origin = "roads.csv", .line = 3},
                     "roads.csv:3: a quoted cell is never closed");
}

static void an_empty_cell_is_found_to_hold_nothing(void **state)
{
    (void)state;
    ab_issue issue = population_flaw(2);
    issue.found = "";
    assert_formatted(&issue, "places.csv:2: population: expected a whole number of people, 0 or "
                             "more; found nothing");
}

static void a_short_line_is_cut_and_the_whole_length_told(void **state)
{
    (void)state;
    char line[11];
    ab_issue issue = population_flaw(14);
    issue.hint = "";
    size_t size = ab_issue_format(&issue, line, sizeof line);
    assert_string_equal(line, "places.csv");
    assert_true(size > 80);
    assert_int_equal(ab_issue_format(&issue, NULL, 0), size);
}

static void what_was_found_can_be_printed_on_any_terminal(void **state)
{
    (void)state;
    ab_issue issue = {.code = AB_ISSUE_NOT_A_NUMBER, .origin = "a", .expected = "b"};
    issue.found = "red\x1b[31m\n\xff end";
    assert_formatted(&issue, "a: expected b; found \"red\\x1B[31m\\x0A\\xFF end\"");
    char longer[300];
    memset(longer, 'x', 119);
    memcpy(longer + 119, "\xC3\xA9 and more", 12);
    issue.found = longer;
    char text[400];
    (void)snprintf(text, sizeof text, "a: expected b; found \"%.119s…\"", longer);
    assert_formatted(&issue, text); /* the letter that is cut through goes as a whole */
}

static void issues_come_by_table_as_first_seen_then_by_line_then_by_column(void **state)
{
    (void)state;
    static const struct {
        const char *origin;
        int64_t line, byte_column;
    } in[] = {{"roads.csv", 9, 0}, {"hubs.csv", 3, 0}, {"roads.csv", 0, 0},
              {"roads.csv", 9, 4}, {"hubs.csv", 2, 0}, {"roads.csv", 9, 2}};
    static const int want[] = {2, 0, 5, 3, 4, 1};
    ab_issues *issues = ab_issues_new(0);
    for (int i = 0; i < 6; i++)
        ab_issues_add(issues, &(ab_issue){.origin = in[i].origin,
                                          .line = in[i].line,
                                          .byte_column = in[i].byte_column});
    for (int i = 0; i < 6; i++) {
        const ab_issue *issue = ab_issues_at(issues, i);
        assert_string_equal(issue->origin, in[want[i]].origin);
        assert_int_equal(issue->line, in[want[i]].line);
        assert_int_equal(issue->byte_column, in[want[i]].byte_column);
    }
    ab_issues_free(issues);
}

static void a_full_list_keeps_counting_and_gives_up_notes_before_errors(void **state)
{
    (void)state;
    ab_issues *issues = ab_issues_new(4);
    ab_issue issue = population_flaw(1);
    for (int i = 0; i < 10; i++) {
        issue.severity = i % 2 == 0 ? AB_NOTE : AB_WARNING;
        issue.line = i;
        ab_issues_add(issues, &issue);
    }
    issue.severity = AB_ERROR_FLAW;
    for (issue.line = 100; issue.line < 103; issue.line++)
        ab_issues_add(issues, &issue);
    assert_int_equal(ab_issues_count(issues), 4);
    assert_int_equal(ab_issues_of(issues, AB_NOTE), 5);
    assert_int_equal(ab_issues_of(issues, AB_WARNING), 5);
    assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW), 3);
    assert_int_equal(ab_issues_at(issues, 0)->severity, AB_WARNING);
    for (int i = 1; i < 4; i++) {
        assert_int_equal(ab_issues_at(issues, i)->severity, AB_ERROR_FLAW);
        assert_int_equal(ab_issues_at(issues, i)->line, 99 + i);
    }
    issue.line = 50; /* after the list was shown, too */
    ab_issues_add(issues, &issue);
    issue.line = 51;
    ab_issues_add(issues, &issue);
    assert_int_equal(ab_issues_at(issues, 0)->line, 50);
    assert_int_equal(ab_issues_at(issues, 0)->severity, AB_ERROR_FLAW);
    assert_int_equal(ab_issues_at(issues, 3)->line, 102);
    assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW), 5);
    ab_issues_free(issues);
}

static void every_code_has_a_name_a_meaning_and_its_own_number(void **state)
{
    (void)state;
    static const int32_t codes[] = {
#define AB_ISSUE(name, number, severity, meaning) number,
#include "airbridge/issues.def"
#undef AB_ISSUE
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        assert_non_null(ab_issue_name(codes[i]));
        assert_true(strlen(ab_issue_meaning(codes[i])) > 5);
        if (i > 0)
            assert_true(codes[i] > codes[i - 1]);
    }
    assert_null(ab_issue_name(999));
    assert_null(ab_issue_meaning(0));
    assert_int_equal(ab__issue_severity(AB_ISSUE_UNKNOWN_TABLE), AB_WARNING);
    assert_int_equal(ab__issue_severity(AB_ISSUE_OUTSIDE_OPERATION), AB_NOTE);
}

static void an_issue_for_which_there_is_no_memory_is_still_counted(void **state)
{
    (void)state;
    for (int64_t n = 1; n < 40; n++) {
        ab__fail_allocation(n);
        ab_issues *issues = ab_issues_new(0);
        if (issues != NULL) {
            ab_issue issue = population_flaw(1);
            issue.hint = "a hint";
            ab_issues_add(issues, &issue);
            assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW), 1);
            assert_in_range(ab_issues_count(issues), 0, 1);
        }
        ab__fail_allocation(0);
        ab_issues_free(issues);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_issue_says_where_and_what_was_expected_and_found),
        cmocka_unit_test(a_message_that_does_not_fit_is_cut_between_two_characters),
        cmocka_unit_test(an_issue_of_a_whole_table_has_no_line_and_no_column),
        cmocka_unit_test(an_issue_that_expects_nothing_particular_is_told_by_its_meaning),
        cmocka_unit_test(an_empty_cell_is_found_to_hold_nothing),
        cmocka_unit_test(a_short_line_is_cut_and_the_whole_length_told),
        cmocka_unit_test(what_was_found_can_be_printed_on_any_terminal),
        cmocka_unit_test(issues_come_by_table_as_first_seen_then_by_line_then_by_column),
        cmocka_unit_test(a_full_list_keeps_counting_and_gives_up_notes_before_errors),
        cmocka_unit_test(every_code_has_a_name_a_meaning_and_its_own_number),
        cmocka_unit_test(an_issue_for_which_there_is_no_memory_is_still_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
