/* Positions that do not lie with the others, and those that lie on one another. */
#include "base/buf.h"
#include "model/mini.h"

/* Lorries and an aeroplane, which reach everything; mini's helicopter and link are too short for wider worlds. */
#define FAR_REACHING                                                                               \
    {"links", NULL},                                                                               \
    {                                                                                              \
        "vehicles", "id|mode|count|base|payload_t|speed_km_h|runway_needed_m|drop_speed_km_h\n"    \
                    "truck|road|30|port|13|30||\nil76|air|1|field|36|750|2000|320\n"               \
    }

#define PLACES "id|lon_deg|lat_deg|population\n"

static void swapped_coordinates_are_told_with_those_that_fit(void **state)
{
    (void)state;
    /* Nepal, where longitude and latitude are far apart */
    static const table_text nepal[] = {
        {"hubs", "id|lon_deg|lat_deg|runway_m\nport|85.3|27.7|\nfield|85.4|27.7|3000\n"},
        {"places", PLACES "upper|85.9|27.9|1\nridge|27.8|85.7|1\nplain|86.1|27.6|1\n"},
        {"dropzones", NULL},
        {"exclusions", NULL},
        {"roads", "id|wkt\nr3|LINESTRING(85.3 27.7,85.9 27.9,86.1 27.6)\n"},
        {"agreements", NULL},
        {"options", NULL},
        {"wind", NULL},
        FAR_REACHING,
    };
    read_operation of = read_mini(nepal, 10);
    assert_says(of.issues, AB_ISSUE_SWAPPED_COORDS,
                "places.csv:3: lon_deg: expected a position near the others, about 85.3 27.7 "
                "(longitude, latitude); found \"27.8 85.7\"; did you mean 85.7 27.8? longitude "
                "comes first");
    assert_int_equal(ab_issues_count(of.issues), 1);
    assert_int_equal(of.status, AB_FLAWED);
    forget_operation(&of);
}

static void a_position_that_is_swapped_but_still_near_is_a_warning(void **state)
{
    (void)state;
    /* Syria lies where longitude and latitude are nearly alike */
    read_operation of = read_mini_with("places", PLACES "upper|34.3|36.7|1\nridge|37.2|34.1|1\n"
                                                        "plain|38.4|34.2|1\n");
    assert_says(of.issues, AB_ISSUE_SWAPPED_COORDS,
                "places.csv:2: lon_deg: expected a position near the others, about 36.9 34.2 "
                "(longitude, latitude); found \"34.3 36.7\"; is it 36.7 34.3? longitude comes "
                "first");
    assert_int_equal(ab_issues_of(of.issues, AB_WARNING), 1);
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
}

static void of_a_place_and_its_zone_in_the_mirror_the_place_is_told(void **state)
{
    (void)state;
    /* the drop zone lies at 38.4 34.2, where it belongs */
    read_operation of = read_mini_with("places", PLACES "upper|36.7|34.3|1\nridge|37.2|34.1|1\n"
                                                        "plain|34.2|38.4|1\n");
    int32_t told = 0;
    for (int32_t i = 0; i < ab_issues_count(of.issues); i++)
        told += ab_issues_at(of.issues, i)->code == AB_ISSUE_SWAPPED_COORDS;
    assert_int_equal(told, 1);
    assert_says(of.issues, AB_ISSUE_SWAPPED_COORDS,
                "places.csv:4: lon_deg: expected a position near the others, about 36.7 34.3 "
                "(longitude, latitude); found \"34.2 38.4\"; is it 38.4 34.2? longitude comes "
                "first");
    forget_operation(&of);
}

static void a_position_far_from_all_others_is_a_warning(void **state)
{
    (void)state;
    read_operation of = read_mini_with("places", PLACES "upper|0|0|1\nridge|37.2|34.1|1\n"
                                                        "plain|38.4|34.2|1\n");
    assert_says(of.issues, AB_ISSUE_FAR_AWAY,
                "places.csv:2: lon_deg: expected a position near the others, about 36.9 34.18 "
                "(longitude, latitude); found \"0 0\"");
    assert_int_equal(ab_issues_count(of.issues), 1);
    assert_non_null(of.op);
    forget_operation(&of);
}

static void a_line_of_many_wrong_vertices_is_told_once(void **state)
{
    (void)state;
    assert_mini_flaw("roads",
                     "id|wkt\nr1|LINESTRING(36 34.5,36.7 34.3)\nr3|LINESTRING(36.7 34.3,37.6 "
                     "64.25,38.4 64.2)\n",
                     AB_ISSUE_FAR_AWAY,
                     "roads.csv:3: wkt: expected a position near the others, about 37.2 34.18 "
                     "(longitude, latitude); found \"37.6 64.25\"");
}

static void wind_is_measured_near_the_operation(void **state)
{
    (void)state;
    assert_mini_flaw("wind",
                     "valid_at|lon_deg|lat_deg|height_msl_m|wind_e_mps|wind_n_mps\n"
                     "2030-03-04T06:00Z|-38.4|34.2|250|3|1\n",
                     AB_ISSUE_FAR_AWAY,
                     "wind.csv:2: lon_deg: expected a position near the others, about 36.9 34.2 "
                     "(longitude, latitude); found \"-38.4 34.2\"");
}

static void a_wide_operation_has_a_right_to_its_width(void **state)
{
    (void)state;
    static const table_text wide[] = {
        {"hubs", "id|lon_deg|lat_deg|runway_m\nport|30|30|\nfield|36|33.9|2800\n"},
        {"places", PLACES "upper|42|27|1\nridge|48|38|1\nplain|51|31|1\n"},
        {"dropzones", NULL},
        {"exclusions", NULL},
        {"wind", NULL},
        {"agreements", NULL},
        {"options", NULL},
        {"roads", "id|wkt\nr3|LINESTRING(30 30,42 27,51 31,48 38)\n"},
        FAR_REACHING,
    };
    read_operation of = read_mini(wide, 10);
    assert_silent(of.issues);
    forget_operation(&of);
}

static void the_date_line_is_no_distance(void **state)
{
    (void)state;
    static const table_text fiji[] = {
        {"hubs", "id|lon_deg|lat_deg|runway_m\nport|178.4|-18.1|\nfield|177.4|-17.8|3000\n"},
        {"places", PLACES "upper|-179.9|-16.9|1\nridge|179.9|-17|1\nplain|-179.2|-18.2|1\n"},
        {"dropzones", NULL},
        {"exclusions", NULL},
        {"wind", NULL},
        {"agreements", NULL},
        {"options", NULL},
        {"roads", "id|wkt\nr3|LINESTRING(178.4 -18.1,179.9 -17,-179.9 -16.9,-179.2 -18.2)\n"},
        FAR_REACHING,
    };
    read_operation of = read_mini(fiji, 10);
    assert_silent(of.issues);
    forget_operation(&of);
}

static void two_positions_do_not_say_which_is_wrong(void **state)
{
    (void)state;
    static const table_text two[] = {
        {"hubs", "id|lon_deg|lat_deg\nport|36|34.5\n"},
        {"places", PLACES "upper|126|-8|1\n"},
        {"links", NULL},
        {"stocks", "hub|commodity|mass_t\nport|flour|1\n"},
        {"dropzones", NULL},
        {"exclusions", NULL},
        {"wind", NULL},
        {"agreements", NULL},
        {"options", NULL},
        {"roads", NULL},
        {"access", NULL},
        {"requests", NULL},
        {"movements", NULL},
        {"commitments", NULL},
        {"vehicles", "id|mode|count|base|payload_t|speed_km_h\nt|road|1|port|13|30\n"},
    };
    read_operation of = read_mini(two, 15);
    assert_silent(of.issues);
    forget_operation(&of);
}

static void two_places_at_one_point_are_warned_of(void **state)
{
    (void)state;
    /* 0.0004 degrees of latitude are 44 m, 0.0005 are 55 m; of longitude 46 and 51 m at 34.1 N */
    read_operation of = read_mini_with("places", PLACES "upper|36.7|34.3|1\n"
                                                        "ridge|37.2|34.1|1\n"
                                                        "plain|38.4|34.2|1\n"
                                                        "a|37.2|34.1004|1\n"
                                                        "b|37.20055|34.1|1\n"
                                                        "c|36.7005|34.3|1\n"
                                                        "d|38.4|34.1995|1\n");
    assert_says(of.issues, AB_ISSUE_SAME_PLACE_TWICE,
                "places.csv:5: lon_deg: expected a point of its own, 50 m from any other; found "
                "\"37.2 34.1004\"; line 3 lies there already");
    assert_says(of.issues, AB_ISSUE_SAME_PLACE_TWICE,
                "places.csv:7: lon_deg: expected a point of its own, 50 m from any other; found "
                "\"36.7005 34.3\"; line 2 lies there already");
    assert_int_equal(ab_issues_count(of.issues), 2);
    forget_operation(&of);
}

static void a_hub_may_stand_in_a_place(void **state)
{
    (void)state;
    assert_mini_sound("places", PLACES "upper|36.9|33.9|1\nridge|37.2|34.1|1\nplain|38.4|34.2|1\n");
    assert_mini_flaw("hubs", "id|lon_deg|lat_deg|runway_m\nport|36.9|33.9|\nfield|36.9|33.9|2800\n",
                     AB_ISSUE_SAME_PLACE_TWICE,
                     "hubs.csv:3: lon_deg: expected a point of its own, 50 m from any other; found "
                     "\"36.9 33.9\"; line 2 lies there already");
}

static void the_poles_and_many_rows_at_one_point_are_no_trouble(void **state)
{
    (void)state;
    ab_buf text = AB_BUF_INIT;
    ab__buf_add(&text, PLACES "upper|10|90|1\nridge|-170|90|1\nplain|38.4|34.2|1\n");
    for (int i = 0; i < 20000; i++)
        ab__buf_printf(&text, "p%d|38.4|34.2|1\n", i);
    read_operation of = read_mini_with("places", ab__buf_text(&text));
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_SAME_PLACE_TWICE), 10000 - 2);
    assert_int_equal(ab_issues_of(of.issues, AB_WARNING),
                     20000 + 2); /* the two at the pole are far away */
    forget_operation(&of);
    ab__buf_free(&text);
}

/* Four towns of the Levant on one road, where 33 to 37 is a longitude and a latitude. */
#define LEVANT_ROAD "id|wkt\nr1|LINESTRING(36.3 33.5,36.7 34.0,36.7 34.75,37.15 36.2)\n"

static read_operation levant(const char *places, const char *roads)
{
    const table_text tables[] = {
        {"hubs", "id|lon_deg|lat_deg|runway_m\nport|36.3|33.5|\nfield|36.7|34|3000\n"},
        {"places", places},
        {"roads", roads},
        {"dropzones", NULL},
        {"exclusions", NULL},
        {"wind", NULL},
        {"access", NULL},
        {"agreements", NULL},
        {"options", NULL},
        FAR_REACHING,
    };
    return read_mini(tables, 11);
}

static void a_swapped_place_in_the_levant_is_told_by_its_road(void **state)
{
    (void)state;
    /* 34.75 36.7 lies off Tartus; the exclusions and roads around it keep it from being alone */
    read_operation of = levant(PLACES "upper|34.75|36.7|1\nridge|36.7|34.75|1\nplain|35.4|36.3|1\n",
                               LEVANT_ROAD "r2|LINESTRING(35.3 36.3,35.5 36.3)\n");
    assert_says(of.issues, AB_ISSUE_OFF_ROAD,
                "places.csv:2: lon_deg: expected a point within 5 km (snap_km) of a road that is "
                "drawn; found \"34.75 36.7\"; the nearest, road:r2, is 66.3 km away; is it 36.7 "
                "34.75, 0 km from road:r1? longitude comes first");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_OFF_ROAD), 1);
    assert_non_null(of.op);
    forget_operation(&of);
}

static void a_swapped_place_beside_a_wrong_road_is_told_by_its_own(void **state)
{
    (void)state;
    /* 3.3 km from the wrong road */
    read_operation of =
        levant(PLACES "upper|34.75|36.73|1\nridge|36.71|34.6|1\nplain|34.8|36.7|1\n",
               LEVANT_ROAD "r2|LINESTRING(34.7 36.7,34.8 36.7)\n"
                           "r3|LINESTRING(36.7 34.75,36.73 34.75,36.8 34.75)\n");
    assert_says(of.issues, AB_ISSUE_SWAPPED_COORDS,
                "places.csv:2: lon_deg: expected a point beside its road; found \"34.75 36.73\"; "
                "the nearest, road:r2, is 3.33 km away; is it 36.73 34.75, 0 km from road:r3? "
                "longitude comes first");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_SWAPPED_COORDS), 1);
    forget_operation(&of);
}

static void a_place_off_all_roads_is_told_how_far(void **state)
{
    (void)state;
    assert_mini_flaw("places", PLACES "upper|36.7|34.3|1\nridge|37.2|34.1|1\nplain|38.4|34.26|1\n",
                     AB_ISSUE_OFF_ROAD,
                     "places.csv:4: lon_deg: expected a point within 5 km (snap_km) of a road that "
                     "is drawn; found \"38.4 34.26\"; the nearest, road:r3, is 6.63 km away; "
                     "lorries would go by a straight line that nobody drew");
    /* 4.4 km are within the five that a place may lie off its road */
    assert_mini_sound("places",
                      PLACES "upper|36.7|34.3|1\nridge|37.2|34.1|1\nplain|38.4|34.24|1\n");
}

static void of_hubs_those_that_send_lorries_lie_on_roads(void **state)
{
    (void)state;
    assert_mini_flaw("hubs", "id|lon_deg|lat_deg|runway_m\nport|35.9|34.4|\nfield|36.9|33.8|2800\n",
                     AB_ISSUE_OFF_ROAD,
                     "hubs.csv:2: lon_deg: expected a point within 5 km (snap_km) of a road that "
                     "is drawn; found \"35.9 34.4\"; the nearest, road:r4, is 14.4 km away; no "
                     "lorry leaves from here until its road is drawn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(swapped_coordinates_are_told_with_those_that_fit),
        cmocka_unit_test(a_position_that_is_swapped_but_still_near_is_a_warning),
        cmocka_unit_test(of_a_place_and_its_zone_in_the_mirror_the_place_is_told),
        cmocka_unit_test(a_position_far_from_all_others_is_a_warning),
        cmocka_unit_test(a_line_of_many_wrong_vertices_is_told_once),
        cmocka_unit_test(wind_is_measured_near_the_operation),
        cmocka_unit_test(a_wide_operation_has_a_right_to_its_width),
        cmocka_unit_test(the_date_line_is_no_distance),
        cmocka_unit_test(two_positions_do_not_say_which_is_wrong),
        cmocka_unit_test(two_places_at_one_point_are_warned_of),
        cmocka_unit_test(a_hub_may_stand_in_a_place),
        cmocka_unit_test(a_swapped_place_in_the_levant_is_told_by_its_road),
        cmocka_unit_test(a_swapped_place_beside_a_wrong_road_is_told_by_its_own),
        cmocka_unit_test(a_place_off_all_roads_is_told_how_far),
        cmocka_unit_test(of_hubs_those_that_send_lorries_lie_on_roads),
        cmocka_unit_test(the_poles_and_many_rows_at_one_point_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
