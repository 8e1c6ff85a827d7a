#include "schema/world.h"

static void assert_expects(const ab_column *column, const char *text)
{
    ab_buf buf = AB_BUF_INIT;
    ab__column_expects(column, &buf);
    assert_string_equal(ab__buf_text(&buf), text);
    ab__buf_free(&buf);
}

static void assert_named_expects(const char *name, const char *text)
{
    assert_expects(&thing_columns[ab_table_find(&world_tables[THINGS], name)], text);
}

static void a_number_is_expected_in_its_unit_and_range(void **state)
{
    (void)state;
    assert_named_expects("length_km", "a number of km, 0 to 500");
    assert_named_expects("certainty_prob", "a probability, 0 to 1");
    assert_named_expects("people", "a whole number of people, 0 or more");
    assert_expects(&frame_columns[3], "a number");
    assert_expects(&(ab_column){.type = AB_TYPE_COUNT, .unit = "people", AB_RANGE(0, 5e7)},
                   "a whole number of people, 0 to 50,000,000");
    assert_expects(&(ab_column){.type = AB_TYPE_NUMBER, .unit = "kg", AB_RANGE(0.001, 20000)},
                   "a number of kg, 0.001 to 20,000");
    assert_expects(&(ab_column){.type = AB_TYPE_NUMBER, .unit = "share of the ration"},
                   "a share of the ration");
}

static void every_type_says_what_it_expects(void **state)
{
    (void)state;
    assert_named_expects("id", "an id of lower-case letters, digits, '-', '_' and '.'");
    assert_named_expects("text", "a text");
    assert_named_expects("owner", "the id of a row of owners");
    assert_named_expects("flag", "yes or no");
    assert_named_expects("colour", "red, green or dark blue");
    assert_named_expects("paints", "red, green or dark blue, with ';' between them");
    assert_named_expects("time", "a time with its zone, as 2030-03-01T06:00Z");
    assert_named_expects("day", "a day, as 2030-03-01");
    assert_named_expects("clock", "a time of day, 00:00 to 24:00");
    assert_named_expects("list", "texts, with ';' between them");
    assert_named_expects("subject", "table:id, the table in the singular");
    assert_named_expects("subjects", "table:id, the table in the singular, with ';' between them");
    assert_named_expects("scope",
                         "ids of owners, or red, green or dark blue, with ';' between them");
    assert_named_expects("wkt", "a POINT, LINESTRING or POLYGON in WKT, longitude before latitude");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_expected_in_its_unit_and_range),
        cmocka_unit_test(every_type_says_what_it_expects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
