/* Shapes, drop zones, P-codes: what a planner sees on a map. */
#include "model/mini.h"

static void assert_shape(const char *table, int line, const char *wkt, int32_t code)
{
    read_operation of = read_mini_cell(table, line, "wkt", wkt);
    if (ab_issues_count(of.issues) != 1 || ab_issues_at(of.issues, 0)->code != code) {
        print_issues(of.issues);
        fail_msg("%s:%d %s is not the one flaw %d", table, line, wkt, (int)code);
    }
    assert_int_equal(ab_issues_at(of.issues, 0)->line, line);
    assert_string_equal(ab_issues_at(of.issues, 0)->column, "wkt");
    forget_operation(&of);
}

static void a_polygon_goes_once_round_its_ground(void **state)
{
    (void)state;
    assert_shape("exclusions", 2, "POLYGON((38.5 34.1,38.7 34.3,38.7 34.1,38.5 34.3,38.5 34.1))",
                 AB_ISSUE_RING_CROSSES);
    assert_shape("dropzones", 2, "POLYGON((38.42 34.18,38.44 34.18,38.46 34.18,38.42 34.18))",
                 AB_ISSUE_NO_EXTENT);
    assert_shape("exclusions", 2, "POLYGON((38.5 34.1,38.5 34.1,38.5 34.1,38.5 34.1))",
                 AB_ISSUE_NO_EXTENT);
    /* either direction, and a hole where it belongs */
    assert_cell_sound("exclusions", 2, "wkt",
                      "POLYGON((38.5 34.1,38.5 34.3,38.7 34.3,38.7 34.1,38.5 34.1),"
                      "(38.55 34.15,38.6 34.15,38.6 34.2,38.55 34.15))");
}

static void a_hole_lies_in_its_polygon(void **state)
{
    (void)state;
    assert_shape("exclusions", 2,
                 "POLYGON((38.5 34.1,38.7 34.1,38.7 34.3,38.5 34.3,38.5 34.1),"
                 "(38.8 34.15,38.9 34.15,38.9 34.2,38.8 34.15))",
                 AB_ISSUE_HOLE_OUTSIDE);
}

static void a_vertex_given_twice_is_noted_and_a_road_of_one_point_refused(void **state)
{
    (void)state;
    assert_shape("roads", 3, "LINESTRING(36.7 34.3,36.95 34.22,36.95 34.22,37.2 34.1)",
                 AB_ISSUE_REPEATED_POINT);
    read_operation of = read_mini_cell("roads", 5, "wkt", "LINESTRING(36 34.5,36 34.5)");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_NO_EXTENT), 1);
    assert_int_equal(ab_issues_of(of.issues, AB_ERROR_FLAW), 1);
    forget_operation(&of);
}

static void a_zone_lies_near_its_place_on_free_ground(void **state)
{
    (void)state;
    assert_shape("dropzones", 3, "POLYGON((37.0 33.9,37.02 33.9,37.02 33.92,37.0 33.92,37.0 33.9))",
                 AB_ISSUE_ZONE_AWAY);
    assert_shape("dropzones", 2,
                 "POLYGON((38.40 34.18,38.46 34.18,38.46 34.21,38.40 34.21,38.40 34.18))",
                 AB_ISSUE_ZONE_EXCLUDED); /* a kilometre into the town */
    assert_shape("dropzones", 3,
                 "POLYGON((37.2 34.1,37.2003 34.1,37.2003 34.1003,37.2 34.1003,37.2 34.1))",
                 AB_ISSUE_ZONE_SMALL);
    /* 14 km away, and with an edge in common with the town */
    assert_cell_sound("dropzones", 2, "wkt",
                      "POLYGON((38.41 34.19,38.46 34.19,38.46 34.21,38.41 34.21,38.41 34.19))");
}

static void nothing_stands_in_water_or_mines_but_places_are_built_up(void **state)
{
    (void)state;
    read_operation of = read_mini_cell("exclusions", 3, "kind", "mined");
    assert_says(of.issues, AB_ISSUE_IN_EXCLUSION,
                "places.csv:4: lon_deg: expected a position on ground that is not mined; found "
                "\"town\"; correct the position, or the polygon");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
    assert_cell_sound("exclusions", 3, "kind", "built-up");
}

static void p_codes_have_letters_and_digits(void **state)
{
    (void)state;
    assert_cell_flaw("places", 2, "pcode", "70002", AB_ISSUE_BAD_PCODE,
                     "put the country's letters before it; a spreadsheet may have taken a leading "
                     "zero from it, too");
    assert_cell_flaw("places", 2, "pcode", "SY-07", AB_ISSUE_BAD_PCODE, "");
    assert_cell_flaw("places", 2, "pcode", "XX", AB_ISSUE_BAD_PCODE, "");
    assert_cell_sound("places", 2, "pcode", "C4364");
    assert_cell_sound("places", 2, "pcode", "IQG11");
    assert_cell_sound("places", 2, "pcode", "");
    assert_cell_flaw("places", 3, "pcode", "XX0101", AB_ISSUE_PCODE_TWICE,
                     "line 2 has it already; right for an area that both lie in");
}

#define AREAS "pcode|name|level|lon_deg|lat_deg|area_km2|wkt\n"

static void assert_areas(const char *areas, const char *message)
{
    ab_book *book = mini_book(NULL, 0);
    add_sheet(book, "areas", areas);
    read_operation of = read_sheets(book);
    if (message == NULL)
        assert_silent(of.issues);
    else
        assert_says(of.issues, AB_ISSUE_PCODE_ELSEWHERE, message);
    assert_true(ab_issues_count(of.issues) <= 1);
    forget_operation(&of);
    ab_book_free(book);
}

static void a_place_lies_in_the_area_of_its_p_code(void **state)
{
    (void)state;
    /* three places within 80 km of the middle; only XX0102 has an area of its own */
    assert_areas(AREAS "XX01|Valley|1|37.5|34.2|20000|\nXX0102|Ridge|2|37.25|34.1|100|\n", NULL);
    assert_areas(
        AREAS "XX01|Valley|1|37.5|34.2|20000|\nXX0102|Ridge|2|37.6|34.1|100|\n",
        "places.csv:3: pcode: expected the code of the area in which the place lies, not of "
        "XX0102, Ridge; found \"XX0102\"; 37.2 34.1 lies 20 km outside it: which is wrong?");
    assert_areas(AREAS "XX0102||2||||POLYGON((37.1 34,37.3 34,37.3 34.2,37.1 34.2,37.1 34))\n",
                 NULL);
    assert_areas(AREAS "XX0102||2||||POLYGON((37.21 34,37.3 34,37.3 34.2,37.21 34.2,37.21 34))\n",
                 NULL); /* 0.9 km: borders are not drawn so exactly */
    assert_areas(
        AREAS "XX0102||2||||POLYGON((37.3 34,37.4 34,37.4 34.2,37.3 34.2,37.3 34))\n",
        "places.csv:3: pcode: expected the code of the area in which the place lies, not of "
        "XX0102; found \"XX0102\"; 37.2 34.1 lies 9 km outside it: which is wrong?");
    /* an area of two parts */
    assert_areas(AREAS "XX0102||2||||POLYGON((37.3 34,37.4 34,37.4 34.2,37.3 34.2,37.3 34))\n"
                       "XX0102||2||||POLYGON((37.1 34,37.2 34,37.2 34.2,37.1 34.2,37.1 34))\n",
                 NULL);
    assert_areas(AREAS "YY01|Elsewhere|1|0|0|1|\nXX0102|Nowhere|2||||\n",
                 NULL); /* nothing is known */
}

static void a_place_has_people_and_is_cut_off_in_time(void **state)
{
    (void)state;
    static const table_text empty[] = {
        {"places", "id|lon_deg|lat_deg|population|cut_off_since\nupper|36.7|34.3|0|\n"
                   "ridge|37.2|34.1|9000|2030-03-11\nplain|38.4|34.2|5|2030-03-10\n"},
    };
    read_operation of = read_mini(empty, 1);
    assert_says(
        of.issues, AB_ISSUE_NOBODY_THERE,
        "places.csv:2: population: expected people who need something; found \"0\"; as it is, "
        "the place needs nothing and gets nothing");
    assert_says(of.issues, AB_ISSUE_CUT_OFF_LATER,
                "places.csv:3: cut_off_since: expected a day before the end of the operation, "
                "2030-03-11; found \"2030-03-11\"; as it is, the place counts as open");
    forget_operation(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_polygon_goes_once_round_its_ground),
        cmocka_unit_test(a_hole_lies_in_its_polygon),
        cmocka_unit_test(a_vertex_given_twice_is_noted_and_a_road_of_one_point_refused),
        cmocka_unit_test(a_zone_lies_near_its_place_on_free_ground),
        cmocka_unit_test(nothing_stands_in_water_or_mines_but_places_are_built_up),
        cmocka_unit_test(p_codes_have_letters_and_digits),
        cmocka_unit_test(a_place_lies_in_the_area_of_its_p_code),
        cmocka_unit_test(a_place_has_people_and_is_cut_off_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
