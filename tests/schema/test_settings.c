/* Tables whose rows are keys and values. */
#include <math.h>

#include "schema/find.h"
#include "schema/world.h"

#define THINGS_TEXT "id\na\n"

static const frame *frame_of(const reading *of)
{
    return of->rows[FRAME].at;
}

static void settings_become_one_row(void **state)
{
    (void)state;
    reading of =
        read_world("key|value\nstart|2030-03-01T00:00Z\n title |Valley\nplain|\nstep_h|12\n", NULL,
                   THINGS_TEXT);
    assert_silent(of.issues);
    assert_int_equal(of.rows[FRAME].count, 1);
    assert_string_equal(frame_of(&of)->title, "Valley");
    assert_true(frame_of(&of)->step_s == 43200);
    assert_true(isnan(frame_of(&of)->plain));
    assert_int_equal(frame_of(&of)->head.given, 7); /* an empty value is not given */
    forget(&of);
}

static void source_and_note_may_stand_beside_a_setting(void **state)
{
    (void)state;
    reading of = read_world("key|value|source|note\n#a||#b|\nstart|2030-03-01T00:00Z|us|\n"
                            "title|Valley||why\n",
                            NULL, THINGS_TEXT);
    assert_silent(of.issues);
    const ab_remark *remarks = frame_of(&of)->head.remarks;
    assert_non_null(remarks);
    int32_t start = ab_table_find(&world_tables[FRAME], "start");
    int32_t title = ab_table_find(&world_tables[FRAME], "title");
    int32_t step = ab_table_find(&world_tables[FRAME], "step_h");
    assert_string_equal(remarks[start].source, "us");
    assert_string_equal(remarks[start].note, "");
    assert_string_equal(remarks[title].note, "why");
    assert_string_equal(remarks[step].source, "");
    forget(&of);
}

static void a_note_on_a_setting_that_is_not_given_says_nothing(void **state)
{
    (void)state;
    reading of = read_world("key|value|note\nstart|2030-03-01T00:00Z|\ntitle|Valley|\n"
                            "step_h||hours of a step\n",
                            NULL, THINGS_TEXT);
    assert_silent(of.issues);
    assert_null(frame_of(&of)->head.remarks);
    forget(&of);
}

static void a_control_character_in_the_source_of_a_setting_is_refused(void **state)
{
    (void)state;
    reading of = read_world("key|value|source\nstart|2030-03-01T00:00Z|u\x01s\ntitle|Valley|\n",
                            NULL, THINGS_TEXT);
    assert_int_equal(ab_issues_count(of.issues), 1);
    assert_int_equal(ab_issues_at(of.issues, 0)->code, AB_ISSUE_CONTROL_CHARACTER);
    assert_string_equal(ab_issues_at(of.issues, 0)->column, "source");
    assert_int_equal(ab_issues_at(of.issues, 0)->line, 2);
    forget(&of);
}

static void a_table_of_settings_that_is_missing_still_gives_its_standards(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, THINGS_TEXT);
    assert_silent(of.issues);
    assert_int_equal(of.rows[FRAME].count, 1);
    assert_true(frame_of(&of)->step_s == 86400);
    assert_int_equal(frame_of(&of)->head.given, 0);
    forget(&of);
}

static void an_unknown_key_comes_with_the_nearest_one(void **state)
{
    (void)state;
    reading of =
        read_world("key|value\nstart|2030-03-01T00:00Z\ntitel|x\ntitle|y\n", NULL, THINGS_TEXT);
    assert_says(of.issues, AB_ISSUE_UNKNOWN_SETTING,
                "frame.csv:3: key: expected the name of a setting; found \"titel\"; did you mean "
                "\"title\"?");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget(&of);
}

static void a_key_that_stands_twice_names_the_first_line(void **state)
{
    (void)state;
    reading of =
        read_world("key|value\ntitle|x\nstart|2030-03-01T00:00Z\ntitle|y\n", NULL, THINGS_TEXT);
    assert_says(of.issues, AB_ISSUE_DUPLICATE_SETTING,
                "frame.csv:4: key: expected each setting once; found \"title\"; line 2 has it "
                "already");
    assert_string_equal(frame_of(&of)->title, "x");
    forget(&of);
}

static void a_setting_with_a_flaw_names_its_line_and_key(void **state)
{
    (void)state;
    reading of = read_world("key|value\ntitle|\nstart|2030-03-01T00:00Z\nstep_h|1,5\n|7\n", NULL,
                            THINGS_TEXT);
    assert_says(of.issues, AB_ISSUE_MISSING_VALUE,
                "frame.csv:2: title: expected a text; found nothing");
    assert_says(of.issues, AB_ISSUE_DECIMAL_COMMA,
                "frame.csv:4: step_h: expected a number of h, 1 to 168; found \"1,5\"; write 1.5 "
                "with a point");
    assert_says(of.issues, AB_ISSUE_MISSING_VALUE,
                "frame.csv:5: key: expected the name of a setting; found nothing");
    assert_int_equal(ab_issues_count(of.issues), 3);
    forget(&of);
}

static void a_required_setting_is_missed(void **state)
{
    (void)state;
    reading of = read_world("key|value\ntitle|x\n", NULL, THINGS_TEXT);
    assert_says(of.issues, AB_ISSUE_MISSING_VALUE,
                "frame.csv: start: expected a time with its zone, as 2030-03-01T06:00Z; found "
                "nothing; add a row with this key");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget(&of);
}

static void settings_need_their_two_columns(void **state)
{
    (void)state;
    reading of = read_world("key|vlaue\ntitle|x\n", NULL, THINGS_TEXT);
    assert_says(of.issues, AB_ISSUE_MISSING_COLUMN,
                "frame.csv:1: value: expected the columns key and value");
    assert_says(
        of.issues, AB_ISSUE_UNKNOWN_COLUMN,
        "frame.csv:1: expected a column of frame; found \"vlaue\"; did you mean \"value\"?");
    assert_int_equal(ab_issues_count(of.issues), 2);
    forget(&of);
}

static void the_line_of_a_setting_is_found_again(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    add_sheet(book, "frame", "value| key \nx|title\n5| step_h\n");
    const ab_sheet *sheet = ab_book_find(book, "frame");
    assert_int_equal(ab__setting_line(sheet, "step_h"), 3);
    assert_int_equal(ab__setting_line(sheet, "step"), 0);
    ab_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(settings_become_one_row),
        cmocka_unit_test(source_and_note_may_stand_beside_a_setting),
        cmocka_unit_test(a_note_on_a_setting_that_is_not_given_says_nothing),
        cmocka_unit_test(a_control_character_in_the_source_of_a_setting_is_refused),
        cmocka_unit_test(a_table_of_settings_that_is_missing_still_gives_its_standards),
        cmocka_unit_test(an_unknown_key_comes_with_the_nearest_one),
        cmocka_unit_test(a_key_that_stands_twice_names_the_first_line),
        cmocka_unit_test(a_setting_with_a_flaw_names_its_line_and_key),
        cmocka_unit_test(a_required_setting_is_missed),
        cmocka_unit_test(settings_need_their_two_columns),
        cmocka_unit_test(the_line_of_a_setting_is_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
