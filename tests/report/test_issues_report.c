/* Issues as a page: a column with one flaw in every cell is told once, and no line is lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/report.h"

static void add(ab_issues *issues, int32_t code, const char *origin, int32_t line,
                const char *column)
{
    ab_issues_add(issues, &(ab_issue){.severity = AB_ERROR_FLAW,
                                      .code = code,
                                      .origin = origin,
                                      .line = line,
                                      .column = column,
                                      .expected = "a time",
                                      .found = "1.3.30"});
}

/* The page, which the caller frees. */
static char *printed(ab_issues *issues)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    assert_int_equal(ab_issues_print(out, issues, NULL), AB_OK);
    assert_int_equal(fclose(out), 0);
    return text;
}

static int count_of(const char *text, const char *what)
{
    int count = 0;
    for (; (text = strstr(text, what)) != NULL; text += strlen(what))
        count++;
    return count;
}

static void cells_of_a_column_with_one_flaw_are_told_once_with_their_lines(void **state)
{
    static const int32_t lines[] = {9, 2, 4, 3, 7, 6, 20, 21};
    ab_issues *issues = ab_issues_new(0);

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        add(issues, AB_ISSUE_NOT_A_TIME, "access.csv", lines[i], "reported_at");
        if (i < 3) /* three are told one by one */
            add(issues, AB_ISSUE_NOT_A_TIME, "access.csv", lines[i], "from");
    }
    add(issues, AB_ISSUE_UNKNOWN_CODE, "access.csv", 4, "reported_at");
    add(issues, AB_ISSUE_NOT_A_TIME, "movements.csv", 3, "reported_at");
    char *page = printed(issues);
    assert_non_null(strstr(page, "access.csv:2: reported_at: expected a time; found \"1.3.30\" "
                                 "[error AB0208]\n  and 7 more cells of reported_at like it, in "
                                 "lines 3, 4, 6, 7, 9, 20, 21\n"));
    assert_int_equal(count_of(page, "[error AB0208]"), 1 + 3 + 1);
    assert_int_equal(count_of(page, "[error AB0210]"), 1);
    assert_non_null(strstr(page, "13 errors, 0 warnings, 0 notes"));
    free(page);
    ab_issues_free(issues);
}

static void long_runs_of_lines_are_told_by_their_ends(void **state)
{
    ab_issues *issues = ab_issues_new(0);

    (void)state;
    for (int32_t line = 2; line <= 5000; line++)
        if (line != 4000)
            add(issues, AB_ISSUE_TIME_WITHOUT_ZONE, "wind.csv", line, "valid_at");
    char *page = printed(issues);
    assert_non_null(strstr(page, "\n  and 4997 more cells of valid_at like it, in lines 3 to 3999, "
                                 "4001 to 5000\n"));
    free(page);
    ab_issues_free(issues);
}

static void other_peoples_names_lead_to_the_map(void **state)
{
    ab_issues *issues = ab_issues_new(0);

    (void)state;
    add(issues, AB_ISSUE_UNKNOWN_COLUMN, "places.csv", 1, "");
    char *page = printed(issues);
    assert_null(strstr(page, "airbridge map"));
    free(page);
    add(issues, AB_ISSUE_MISSING_COLUMN, "places.csv", 1, "population");
    page = printed(issues);
    assert_non_null(strstr(page, "`airbridge map`"));
    free(page);
    ab_issues_free(issues);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_a_column_with_one_flaw_are_told_once_with_their_lines),
        cmocka_unit_test(long_runs_of_lines_are_told_by_their_ends),
        cmocka_unit_test(other_peoples_names_lead_to_the_map),
    };
    return cmocka_run_group_tests_name("report/issues_report", tests, NULL, NULL);
}
