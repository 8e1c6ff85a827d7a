/* Cells that are read, cells that are not, and what is then said. */
#include <math.h>

#include "schema/world.h"

static void tabs_and_line_breaks_in_a_text_are_one_space(void **state)
{
    (void)state;
    /* The help of these tests ends a row at a line feed, so that a carriage return stands for it. */
    reading of = read_cell("text", "call\t\r first, \r then");
    assert_silent(of.issues);
    assert_string_equal(things_of(&of)->text, "call  first,   then");
    forget(&of);
    of = read_cell("list", "a\tb; c");
    assert_silent(of.issues);
    assert_string_equal(things_of(&of)->list.at[0], "a b");
    forget(&of);
}

static void a_control_character_in_a_text_is_refused(void **state)
{
    (void)state;
    assert_flaw("text", "up\x1b[2J", AB_ISSUE_CONTROL_CHARACTER,
                "things.csv:2: text: expected a text without control characters; found "
                "\"up\\x1B[2J\"; write it again: it may hold what nobody sees");
    assert_flaw("list", "a; b\x7f;c", AB_ISSUE_CONTROL_CHARACTER,
                "things.csv:2: list: expected a text without control characters; found "
                "\"a; b\\x7F;c\"; write it again: it may hold what nobody sees");
}

static void numbers_are_kept_in_si(void **state)
{
    (void)state;
    reading of = read_cell("length_km", " 3.5 ");
    assert_silent(of.issues);
    assert_true(things_of(&of)->length_m == 3500);
    forget(&of);
}

static void a_number_that_is_none_is_refused(void **state)
{
    (void)state;
    assert_flaw("length_km", "12k", AB_ISSUE_NOT_A_NUMBER,
                "things.csv:2: length_km: expected a number of km, 0 to 500; found \"12k\"");
    assert_flaw("people", "12.5", AB_ISSUE_NOT_A_NUMBER,
                "things.csv:2: people: expected a whole number of people, 0 or more; found "
                "\"12.5\"; if it is in thousands, write 12500");
    assert_flaw("length_km", "nan", AB_ISSUE_NOT_A_NUMBER,
                "things.csv:2: length_km: expected a number of km, 0 to 500; found \"nan\"");
    assert_flaw("length_km", "0x10", AB_ISSUE_NOT_A_NUMBER,
                "things.csv:2: length_km: expected a number of km, 0 to 500; found \"0x10\"");
}

static void a_number_outside_its_range_is_refused(void **state)
{
    (void)state;
    assert_flaw("length_km", "500.001", AB_ISSUE_OUT_OF_RANGE,
                "things.csv:2: length_km: expected a number of km, 0 to 500; found \"500.001\"");
    assert_flaw("length_km", "-1", AB_ISSUE_OUT_OF_RANGE,
                "things.csv:2: length_km: expected a number of km, 0 to 500; found \"-1\"");
    assert_flaw("people", "-1", AB_ISSUE_OUT_OF_RANGE,
                "things.csv:2: people: expected a whole number of people, 0 or more; found \"-1\"");
    reading of = read_cell("length_km", "500");
    assert_silent(of.issues);
    forget(&of);
}

static void a_decimal_comma_is_refused_with_the_number_as_it_should_be_written(void **state)
{
    (void)state;
#define KM     "things.csv:2: length_km: expected a number of km, 0 to 500; found "
#define PEOPLE "things.csv:2: people: expected a whole number of people, 0 or more; found "
    static const int32_t comma = AB_ISSUE_DECIMAL_COMMA;
    assert_flaw("length_km", "3,5", comma, KM "\"3,5\"; write 3.5 with a point");
    assert_flaw("length_km", "1.234,5", comma, KM "\"1.234,5\"; write 1234.5 with a point");
    assert_flaw("length_km", "1,234.5", comma, KM "\"1,234.5\"; write 1234.5 with a point");
    assert_flaw("length_km", "1,234,567", comma,
                KM "\"1,234,567\"; write 1234567 without separators");
    assert_flaw("length_km", "12 000", comma, KM "\"12 000\"; write 12000 without separators");
    assert_flaw("length_km", "-0,25", comma, KM "\"-0,25\"; write -0.25 with a point");
    assert_flaw("people", "12,000", comma, PEOPLE "\"12,000\"; write 12000 without separators");
    assert_flaw("people",
                "12\xE2\x80\xAF"
                "000",
                comma,
                PEOPLE "\"12\xE2\x80\xAF"
                       "000\"; write 12000 without separators");
}

static void a_comma_that_may_mean_either_is_read_as_the_column_takes_it(void **state)
{
    (void)state;
    assert_flaw("length_km", "1,234", AB_ISSUE_DECIMAL_COMMA,
                KM "\"1,234\"; write 1.234: 1234 is out of range");
    assert_flaw("people", "1,250", AB_ISSUE_DECIMAL_COMMA,
                PEOPLE "\"1,250\"; write 1250: 1.250 is no whole number");
    assert_flaw("people", "1.250", AB_ISSUE_DECIMAL_COMMA,
                PEOPLE "\"1.250\"; write 1250: 1.250 is no whole number");
}

static void twelve_thousand_people_with_a_point_are_not_read_as_twelve(void **state)
{
    (void)state;
    assert_flaw("people", "12.000", AB_ISSUE_DECIMAL_COMMA,
                PEOPLE "\"12.000\"; write 12000 without separators");
    reading of = read_cell("people", "42000.0"); /* as spreadsheets write whole numbers */
    assert_silent(of.issues);
    assert_int_equal(things_of(&of)->people, 42000);
    forget(&of);
}

static void flags_are_yes_or_no(void **state)
{
    (void)state;
#define FLAG "things.csv:2: flag: expected yes or no; found "
    reading of = read_cell("flag", "yes");
    assert_int_equal(things_of(&of)->flag, 1);
    forget(&of);
    of = read_cell("flag", "FALSE"); /* as spreadsheets write it */
    assert_int_equal(things_of(&of)->flag, 0);
    forget(&of);
    assert_flaw("flag", "1", AB_ISSUE_UNKNOWN_CODE, FLAG "\"1\"; write yes");
    assert_flaw("flag", "0", AB_ISSUE_UNKNOWN_CODE, FLAG "\"0\"; write no");
    assert_flaw("flag", "perhaps", AB_ISSUE_UNKNOWN_CODE, FLAG "\"perhaps\"");
}

static void a_word_that_the_column_does_not_know_comes_with_the_nearest_one(void **state)
{
    (void)state;
#define COLOUR "things.csv:2: colour: expected red, green or dark blue; found "
    assert_flaw("colour", "gren", AB_ISSUE_UNKNOWN_CODE,
                COLOUR "\"gren\"; did you mean \"green\"?");
    assert_flaw("colour", "rde", AB_ISSUE_UNKNOWN_CODE, COLOUR "\"rde\"; did you mean \"red\"?");
    assert_flaw("colour", "ochre", AB_ISSUE_UNKNOWN_CODE, COLOUR "\"ochre\"");
    assert_flaw("paints", "red; dark bleu", AB_ISSUE_UNKNOWN_CODE,
                "things.csv:2: paints: expected red, green or dark blue, with ';' between them; "
                "found \"dark bleu\"; did you mean \"dark blue\"?");
    reading of = read_cell("paints", "dark blue;red ; red");
    assert_silent(of.issues);
    assert_int_equal(things_of(&of)->paints, 5);
    forget(&of);
}

static void a_time_must_have_a_zone(void **state)
{
    (void)state;
#define TIME "things.csv:2: time: expected a time with its zone, as 2030-03-01T06:00Z; found "
    assert_flaw("time", "2030-03-01T06:00", AB_ISSUE_TIME_WITHOUT_ZONE,
                TIME "\"2030-03-01T06:00\"; add its zone: 2030-03-01T06:00Z if it is UTC");
    assert_flaw("time", "2030-03-01 06:00", AB_ISSUE_TIME_WITHOUT_ZONE,
                TIME "\"2030-03-01 06:00\"; add its zone: 2030-03-01T06:00Z if it is UTC");
    reading of = read_cell("time", "2030-03-01T06:00+03:00");
    assert_silent(of.issues);
    assert_int_equal(things_of(&of)->time, 1898564400);
    forget(&of);
}

static void what_is_no_time_is_refused_with_what_is_wrong(void **state)
{
    (void)state;
    assert_flaw("time", "2030-03-01", AB_ISSUE_NOT_A_TIME,
                TIME "\"2030-03-01\"; write 2030-03-01T00:00Z if its first moment is meant, in "
                     "UTC");
    assert_flaw("time", "2030-03-01 06:00Z", AB_ISSUE_NOT_A_TIME,
                TIME "\"2030-03-01 06:00Z\"; write 2030-03-01T06:00Z");
    assert_flaw("time", "2030-02-30T06:00Z", AB_ISSUE_NOT_A_TIME,
                TIME "\"2030-02-30T06:00Z\"; that month has no such day");
    assert_flaw("time", "01.03.2030", AB_ISSUE_NOT_A_TIME,
                "things.csv:2: time: expected a time as 2016-02-12T06:00Z; found \"01.03.2030\"");
    assert_flaw("clock", "7:00", AB_ISSUE_NOT_A_TIME,
                "things.csv:2: clock: expected a time of day as 06:00; found \"7:00\"");
}

static void a_day_has_no_time(void **state)
{
    (void)state;
    assert_flaw("day", "2030-03-01T06:00Z", AB_ISSUE_NOT_A_TIME,
                "things.csv:2: day: expected a day, as 2030-03-01; found \"2030-03-01T06:00Z\"; "
                "write the day alone, 2030-03-01, without a time");
    assert_flaw("day", "2030-3-1", AB_ISSUE_NOT_A_TIME,
                "things.csv:2: day: expected a day as 2016-02-12; found \"2030-3-1\"");
    reading of = read_cell("day", "2030-03-01");
    assert_silent(of.issues);
    assert_int_equal(things_of(&of)->day, 1898553600);
    forget(&of);
}

static void an_id_has_lower_case_letters_digits_and_three_signs(void **state)
{
    (void)state;
#define ID                                                                                         \
    "things.csv:2: id: expected an id of lower-case letters, digits, '-', '_' and '.'; found "
    reading of = read_world(NULL, NULL, "id\nUpper Town\nzürich\nok-1_b.2\n");
    assert_says(of.issues, AB_ISSUE_BAD_ID, ID "\"Upper Town\"; write upper_town");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_BAD_ID), 2);
    assert_int_equal(ab_issues_count(of.issues), 2);
    assert_string_equal(things_of(&of)[2].id, "ok-1_b.2");
    forget(&of);
}

static void an_id_that_stands_twice_names_the_first_line(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id\na\nb\na\na\n");
    assert_says(of.issues, AB_ISSUE_DUPLICATE_ID,
                "things.csv:4: id: expected an id that no other row has; found \"a\"; line 2 has "
                "it already");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_DUPLICATE_ID), 2);
    forget(&of);
}

static void a_reference_is_found_in_whatever_order_the_tables_come(void **state)
{
    (void)state;
    reading of =
        read_world(NULL, "id\nann\nbob\n", "id|owner|subject\na|bob|thing:b\nb|ann|owner:ann\n");
    assert_silent(of.issues);
    const thing *things = things_of(&of);
    assert_int_equal(things[0].owner, 1);
    assert_int_equal(things[0].subject.table, THINGS);
    assert_int_equal(things[0].subject.row, 1);
    assert_int_equal(things[1].subject.table, OWNERS);
    assert_int_equal(things[1].subject.row, 0);
    forget(&of);
}

static void a_reference_to_no_row_comes_with_the_nearest_id(void **state)
{
    (void)state;
    assert_flaw("owner", "anm", AB_ISSUE_DANGLING_REF,
                "things.csv:2: owner: expected the id of a row of owners; found \"anm\"; did you "
                "mean \"ann\"?");
    assert_flaw("owner", "zoe", AB_ISSUE_DANGLING_REF,
                "things.csv:2: owner: expected the id of a row of owners; found \"zoe\"");
}

static void a_reference_into_a_missing_optional_table_dangles(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id|owner\na|ann\n");
    assert_says(of.issues, AB_ISSUE_DANGLING_REF,
                "things.csv:2: owner: expected the id of a row of owners; found \"ann\"");
    forget(&of);
}

static void the_flaw_of_a_table_is_not_told_again_for_each_reference_to_it(void **state)
{
    (void)state;
    reading of = read_world(NULL, "name\nAnn\n", "id|owner|scope\na|ann|ann\nb|bob|red\n");
    assert_says(of.issues, AB_ISSUE_MISSING_COLUMN,
                "owners.csv:1: id: expected a column of this name: an id of lower-case letters, "
                "digits, '-', '_' and '.'");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget(&of);
}

static void a_row_with_a_bad_id_can_still_be_referred_to(void **state)
{
    (void)state;
    reading of = read_world(NULL, "id\nAnn\n", "id|owner\na|Ann\n");
    assert_int_equal(ab_issues_count(of.issues), 1);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_BAD_ID), 1);
    forget(&of);
}

static void a_subject_is_a_table_in_the_singular_and_an_id(void **state)
{
    (void)state;
#define SUBJECT "things.csv:2: subject: expected table:id, the table in the singular; found "
    assert_flaw("subject", "ann", AB_ISSUE_BAD_SUBJECT,
                SUBJECT "\"ann\"; did you mean \"owner:ann\"?");
    assert_flaw("subject", "owners:ann", AB_ISSUE_BAD_SUBJECT,
                SUBJECT "\"owners:ann\"; did you mean \"owner:ann\"?");
    assert_flaw("subject", "onwer:ann", AB_ISSUE_BAD_SUBJECT,
                SUBJECT "\"onwer:ann\"; did you mean \"owner:ann\"?");
    assert_flaw("subject", "what", AB_ISSUE_BAD_SUBJECT, SUBJECT "\"what\"");
    assert_flaw("subject", "owner:anm", AB_ISSUE_DANGLING_REF,
                "things.csv:2: subject: expected the id of a row of owners; found \"owner:anm\"; "
                "did you mean \"ann\"?");
    reading of = read_cell("subjects", "owner:bob; thing:a;");
    assert_silent(of.issues);
    assert_int_equal(things_of(&of)->subjects.count, 2);
    assert_int_equal(things_of(&of)->subjects.at[0].row, 1);
    forget(&of);
}

static void a_scope_names_rows_or_whole_kinds(void **state)
{
    (void)state;
    reading of = read_cell("scope", "dark blue; bob");
    assert_silent(of.issues);
    const ab_refs *scope = &things_of(&of)->scope;
    assert_int_equal(scope->count, 2);
    assert_int_equal(scope->at[0].table, -1);
    assert_int_equal(scope->at[0].row, 2);
    assert_int_equal(scope->at[1].table, OWNERS);
    assert_int_equal(scope->at[1].row, 1);
    forget(&of);
    assert_flaw("scope", "red; gren", AB_ISSUE_DANGLING_REF,
                "things.csv:2: scope: expected ids of owners, or red, green or dark blue, with ';' "
                "between them; found \"gren\"; did you mean \"green\"?");
}

static void a_shape_is_well_known_text_with_the_longitude_first(void **state)
{
    (void)state;
    reading of = read_cell("wkt", "LINESTRING(36 34.5,36.7 34.3)");
    assert_silent(of.issues);
    const ab_shape *shape = &things_of(&of)->shape;
    assert_int_equal(shape->kind, AB_SHAPE_LINE);
    assert_int_equal(shape->part_count, 1);
    assert_int_equal(shape->part_start[1], 2);
    assert_true(shape->lon_lat_deg[2] == 36.7);
    forget(&of);
    assert_flaw("wkt", "LINESTRING(36 134.5,36.7 34.3)", AB_ISSUE_BAD_WKT,
                "things.csv:2: wkt: expected a latitude from -90 to 90: longitude comes first "
                "(byte 15 of the cell); found \"LINESTRING(36 134.5,36.7 34.3)\"");
}

static void an_empty_cell_is_not_known_or_its_standard(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id|length_km|people|certainty_prob\na| ||\n");
    assert_silent(of.issues);
    const thing *t = things_of(&of);
    assert_true(isnan(t->length_m));
    assert_int_equal(t->people, -1);
    assert_true(t->certainty_prob == 0.25);
    assert_int_equal(t->flag, 0);
    assert_int_equal(t->clock_s, 86400);
    assert_int_equal(t->time, AB_TIME_NONE);
    assert_int_equal(t->subject.row, -1);
    assert_int_equal(t->owner, -1);
    assert_int_equal(t->colour, -1);
    assert_string_equal(t->text, "said nothing");
    assert_int_equal(t->shape.kind, AB_SHAPE_NONE);
    assert_int_equal(t->head.given, 1u << THING_ID);
    assert_int_equal(t->head.line, 2);
    forget(&of);
}

static void a_required_cell_may_not_be_empty(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id|text\n|hello\n");
    assert_says(of.issues, AB_ISSUE_MISSING_VALUE,
                "things.csv:2: id: expected an id of lower-case letters, digits, '-', '_' and '.'; "
                "found nothing");
    assert_int_equal(of.rows[THINGS].count, 1);
    forget(&of);
}

static void a_bad_cell_is_as_if_empty_and_its_row_stays(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL, "id|certainty_prob|people\na|often|7\n");
    assert_int_equal(ab_issues_count(of.issues), 1);
    assert_true(things_of(&of)->certainty_prob == 0.25);
    assert_int_equal(things_of(&of)->people, 7);
    forget(&of);
}

static void the_spaces_of_spreadsheets_are_trimmed(void **state)
{
    (void)state;
    reading of = read_world(NULL, NULL,
                            "\xC2\xA0id |text\t\n \xC2\xA0"
                            "a \xC2\xA0| two  words \n");
    assert_silent(of.issues);
    assert_string_equal(things_of(&of)->id, "a");
    assert_string_equal(things_of(&of)->text, "two  words");
    forget(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tabs_and_line_breaks_in_a_text_are_one_space),
        cmocka_unit_test(a_control_character_in_a_text_is_refused),
        cmocka_unit_test(numbers_are_kept_in_si),
        cmocka_unit_test(a_number_that_is_none_is_refused),
        cmocka_unit_test(a_number_outside_its_range_is_refused),
        cmocka_unit_test(a_decimal_comma_is_refused_with_the_number_as_it_should_be_written),
        cmocka_unit_test(a_comma_that_may_mean_either_is_read_as_the_column_takes_it),
        cmocka_unit_test(twelve_thousand_people_with_a_point_are_not_read_as_twelve),
        cmocka_unit_test(flags_are_yes_or_no),
        cmocka_unit_test(a_word_that_the_column_does_not_know_comes_with_the_nearest_one),
        cmocka_unit_test(a_time_must_have_a_zone),
        cmocka_unit_test(what_is_no_time_is_refused_with_what_is_wrong),
        cmocka_unit_test(a_day_has_no_time),
        cmocka_unit_test(an_id_has_lower_case_letters_digits_and_three_signs),
        cmocka_unit_test(an_id_that_stands_twice_names_the_first_line),
        cmocka_unit_test(a_reference_is_found_in_whatever_order_the_tables_come),
        cmocka_unit_test(a_reference_to_no_row_comes_with_the_nearest_id),
        cmocka_unit_test(a_reference_into_a_missing_optional_table_dangles),
        cmocka_unit_test(the_flaw_of_a_table_is_not_told_again_for_each_reference_to_it),
        cmocka_unit_test(a_row_with_a_bad_id_can_still_be_referred_to),
        cmocka_unit_test(a_subject_is_a_table_in_the_singular_and_an_id),
        cmocka_unit_test(a_scope_names_rows_or_whole_kinds),
        cmocka_unit_test(a_shape_is_well_known_text_with_the_longitude_first),
        cmocka_unit_test(an_empty_cell_is_not_known_or_its_standard),
        cmocka_unit_test(a_required_cell_may_not_be_empty),
        cmocka_unit_test(a_bad_cell_is_as_if_empty_and_its_row_stays),
        cmocka_unit_test(the_spaces_of_spreadsheets_are_trimmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
