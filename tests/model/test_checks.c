/* What the operation as a whole must fulfil, check by check. */
#include "model/mini.h"

static void an_operation_ends_after_it_starts(void **state)
{
    (void)state;
    assert_mini_flaw("operation",
                     "key|value\nend|2030-03-01T00:00Z\nname|x\nstart|2030-03-01T00:00Z\n",
                     AB_ISSUE_ENDS_BEFORE_START,
                     "operation.csv:2: end: expected a time after start, 2030-03-01T00:00Z; found "
                     "\"2030-03-01T00:00Z\"");
}

static void a_plan_has_at_most_ten_years_of_days(void **state)
{
    (void)state;
    assert_mini_flaw("operation",
                     "key|value\nname|x\nstart|2030-03-01T00:00Z\nend|2030-08-01T00:00Z\n"
                     "period_h|1\n",
                     AB_ISSUE_TOO_MANY_PERIODS,
                     "operation.csv:5: period_h: expected a length that divides the operation into "
                     "at most 3660 periods, not 3672; found \"1\"; make the period longer, or the "
                     "operation shorter");
    assert_mini_sound("operation",
                      "key|value\nname|x\nstart|2030-03-01T00:00Z\nend|2030-07-31T12:00Z\n"
                      "period_h|1\n");
}

static void too_many_periods_of_a_default_length_name_no_line(void **state)
{
    (void)state;
    read_operation of = read_mini_with(
        "operation", "key|value\nname|x\nstart|2030-03-01T00:00Z\nend|2045-03-01T00:00Z\n");
    assert_says(of.issues, AB_ISSUE_TOO_MANY_PERIODS,
                "operation.csv: period_h: expected a length that divides the operation into at "
                "most 3660 periods, not 5479; found \"24\"; make the period longer, or the "
                "operation shorter");
    forget_operation(&of);
}

static void tables_of_a_newer_version_are_refused_with_both_versions(void **state)
{
    (void)state;
    assert_mini_flaw("operation",
                     "key|value\nname|x\nstart|2030-03-01T00:00Z\nend|2030-03-11T00:00Z\n"
                     "schema_version|2\n",
                     AB_ISSUE_NEWER_SCHEMA,
                     "operation.csv:5: schema_version: expected version 1 or lower, which this "
                     "Airbridge reads; found \"2\"; the other messages may follow from this; use "
                     "the Airbridge that wrote these tables, or a newer one");
}

#define AGREEMENT                                                                                  \
    "id|kind|from|until|daily_from|daily_until|link_group|link_people_ratio|subjects\n"

static void a_window_ends_after_it_starts(void **state)
{
    (void)state;
    assert_mini_flaw("agreements",
                     AGREEMENT "g1|pause|2030-03-03T00:00Z|2030-03-02T00:00Z|||||\n"
                               "g3|pause|2030-03-03T00:00Z||||||\n"
                               "g4|pause|2030-03-03T00:00Z||||||\n",
                     AB_ISSUE_ENDS_BEFORE_START,
                     "agreements.csv:2: until: expected a time after from, 2030-03-03T00:00Z; "
                     "found \"2030-03-02T00:00Z\"");
    assert_mini_flaw("access",
                     "id|subject|state|reported_at|from|until\n"
                     "a|place:upper|open|2030-03-01T00:00Z|2030-03-02T00:00Z|2030-03-02T00:00Z\n",
                     AB_ISSUE_ENDS_BEFORE_START,
                     "access.csv:2: until: expected a time after from, 2030-03-02T00:00Z; found "
                     "\"2030-03-02T00:00Z\"");
    assert_mini_flaw("requests",
                     "id|asked_at|place|reply|valid_from|valid_until\n"
                     "q|2030-03-01T00:00Z|upper|approved|2030-03-03T00:00Z|2030-03-02T00:00Z\n",
                     AB_ISSUE_ENDS_BEFORE_START,
                     "requests.csv:2: valid_until: expected a time after valid_from, "
                     "2030-03-03T00:00Z; found \"2030-03-02T00:00Z\"");
}

static void hours_of_the_day_end_after_they_start(void **state)
{
    (void)state;
    assert_mini_flaw("agreements",
                     AGREEMENT "g1|pause|2030-03-03T00:00Z||20:00|04:00|||\n"
                               "g3|pause|2030-03-03T00:00Z||20:00||||\n"
                               "g4|pause|2030-03-03T00:00Z|||04:00|||\n",
                     AB_ISSUE_ENDS_BEFORE_START,
                     "agreements.csv:2: daily_until: expected a time of day after daily_from, "
                     "20:00; found \"04:00\"; the end of the day is 24:00; write hours over "
                     "midnight as two agreements");
    assert_mini_flaw("hubs",
                     "id|lon_deg|lat_deg|runway_m|opens|closes\nport|36|34.5|||\n"
                     "field|36.9|33.9|2800|06:00|00:00\n",
                     AB_ISSUE_ENDS_BEFORE_START,
                     "hubs.csv:3: closes: expected a time of day after opens, 06:00; found "
                     "\"00:00\"; the end of the day is 24:00; leave both empty where work goes on "
                     "over midnight");
}

static void a_window_outside_the_operation_is_noted(void **state)
{
    (void)state;
    read_operation of =
        read_mini_with("agreements", AGREEMENT "g1|pause|2030-02-01T00:00Z|2030-03-01T00:00Z|||||\n"
                                               "g3|pause|2030-03-11T00:00Z||||||\n"
                                               "g4|pause|2030-02-01T00:00Z||||||\n");
    assert_says(of.issues, AB_ISSUE_OUTSIDE_OPERATION,
                "agreements.csv:2: until: expected a time after the start of the operation, "
                "2030-03-01T00:00Z; found \"2030-03-01T00:00Z\"; it has no effect on the plan");
    assert_says(of.issues, AB_ISSUE_OUTSIDE_OPERATION,
                "agreements.csv:3: from: expected a time before the end of the operation, "
                "2030-03-11T00:00Z; found \"2030-03-11T00:00Z\"; it has no effect on the plan");
    assert_int_equal(ab_issues_of(of.issues, AB_NOTE), 2);
    assert_non_null(of.op); /* notes do not stop anybody */
    forget_operation(&of);
    assert_mini_flaw("requests",
                     "id|asked_at|place|reply|valid_until\n"
                     "q|2030-01-01T00:00Z|upper|approved|2030-02-02T00:00Z\n",
                     AB_ISSUE_OUTSIDE_OPERATION,
                     "requests.csv:2: valid_until: expected a time after the start of the "
                     "operation, 2030-03-01T00:00Z; found \"2030-02-02T00:00Z\"; it has no effect "
                     "on the plan");
}

static void what_comes_too_late_or_ended_before_is_noted(void **state)
{
    (void)state;
    assert_mini_flaw("stocks",
                     "hub|commodity|mass_t|available_from\nport|flour|100|2030-03-12T00:00Z\n",
                     AB_ISSUE_OUTSIDE_OPERATION,
                     "stocks.csv:2: available_from: expected a time before the end of the "
                     "operation, 2030-03-11T00:00Z; found \"2030-03-12T00:00Z\"; it has no effect "
                     "on the plan");
    assert_mini_flaw("links",
                     "id|from_hub|to_hub|mode|mandate_until\nl|port|field|road|2030-02-01T00:00Z\n",
                     AB_ISSUE_OUTSIDE_OPERATION,
                     "links.csv:2: mandate_until: expected a time after the start of the "
                     "operation, 2030-03-01T00:00Z; found \"2030-02-01T00:00Z\"; it has no effect "
                     "on the plan");
}

static void a_commitment_is_dated_by_local_days(void **state)
{
    (void)state;
    /* the operation begins at 00:00Z, 03:00 local: of the last day of February nothing is left */
    assert_mini_flaw("commitments", "id|lock|date\nc1|fixed|2030-02-28\n",
                     AB_ISSUE_OUTSIDE_OPERATION,
                     "commitments.csv:2: date: expected a time after the start of the operation, "
                     "2030-03-01T00:00Z; found \"2030-02-28\"; no plan can keep it; are day, "
                     "month and year right?");
    /* of one that forbids, or is over, nothing follows */
    assert_mini_flaw("commitments", "id|lock|date\nc1|forbidden|2031-03-04\n",
                     AB_ISSUE_OUTSIDE_OPERATION,
                     "commitments.csv:2: date: expected a time before the end of the operation, "
                     "2030-03-11T00:00Z; found \"2031-03-04\"; it has no effect on the plan");
    assert_mini_flaw("commitments", "id|lock|state|date\nc1|fixed|done|2030-02-20\n",
                     AB_ISSUE_OUTSIDE_OPERATION,
                     "commitments.csv:2: date: expected a time after the start of the operation, "
                     "2030-03-01T00:00Z; found \"2030-02-20\"; it has no effect on the plan");
    assert_mini_sound("commitments", "id|lock|date\nc1|fixed|2030-03-01\n");
    assert_mini_sound("commitments", "id|lock|date\nc1|fixed|2030-03-11\n"); /* 00:00 to 03:00 */
}

#define PLACES "id|lon_deg|lat_deg|population_low|population|population_high\n"

static void low_best_and_high_estimates_are_in_this_order(void **state)
{
    (void)state;
    read_operation of = read_mini_with("places", PLACES "upper|36.7|34.3|43000|42000|45000\n"
                                                        "ridge|37.2|34.1||9000|8000\n"
                                                        "plain|38.4|34.2|5|5|5\n");
    assert_says(of.issues, AB_ISSUE_LOW_BEST_HIGH,
                "places.csv:2: population_low: expected at most population, 42000; found "
                "\"43000\"");
    assert_says(of.issues, AB_ISSUE_LOW_BEST_HIGH,
                "places.csv:3: population_high: expected at least population, 9000; found "
                "\"8000\"");
    assert_int_equal(ab_issues_count(of.issues), 2);
    forget_operation(&of);
}

static void the_least_of_a_span_is_not_above_its_greatest(void **state)
{
    (void)state;
    assert_mini_flaw("dropsystems", "id|kind|load_min_kg|load_max_kg|drag_area_m2\nhv|hv|500|300|25\n",
                     AB_ISSUE_OUT_OF_RANGE,
                     "dropsystems.csv:2: load_max_kg: expected at least load_min_kg, 500; found "
                     "\"300\"");
    assert_mini_flaw("dropsystems",
                     "id|kind|load_max_kg|drag_area_m2|drops_observed|failures_observed\nhv|hv|500|25|10|11\n",
                     AB_ISSUE_OUT_OF_RANGE,
                     "dropsystems.csv:2: failures_observed: expected at most drops_observed, 10; "
                     "found \"11\"");
}

#define VEHICLE                                                                                    \
    "id|mode|count|base|payload_t|speed_km_h|runway_needed_m|drop_speed_km_h|"                     \
    "payload_full_range_km|ferry_range_km\n"

static void an_aircraft_flies_no_shorter_when_empty(void **state)
{
    (void)state;
    assert_mini_flaw("vehicles",
                     VEHICLE
                     "truck|road|1|port|13|30||||\nil76|air|1|field|36|750|2000||3600|3000\n",
                     AB_ISSUE_OUT_OF_RANGE,
                     "vehicles.csv:3: ferry_range_km: expected at least payload_full_range_km, "
                     "3600; found \"3000\"");
}

static void a_vehicle_is_of_the_road_the_air_or_a_helicopter(void **state)
{
    (void)state;
    assert_mini_flaw(
        "vehicles", VEHICLE "truck|road|1|port|13|30||||\nil76|airdrop|1|field|36|750||||\n",
        AB_ISSUE_UNKNOWN_CODE,
        "vehicles.csv:3: mode: expected road, air or helicopter; found \"airdrop\"; "
        "write air: runway_needed_m says that it lands, drop_speed_km_h that it drops");
}

static void an_aeroplane_lands_or_drops_and_starts_from_a_runway(void **state)
{
    (void)state;
    read_operation of = read_mini_with("vehicles", VEHICLE "truck|road|1|port|13|30||||\n"
                                                           "a|air|1|field|36|750||||\n"
                                                           "b|air|1|port|36|750||320||\n"
                                                           "c|air|1|field|36|750|3000|||\n"
                                                           "d|air|1|field|36|750|2800|||\n");
    assert_says(of.issues, AB_ISSUE_CANNOT_LIFT,
                "vehicles.csv:3: runway_needed_m: expected the runway that it needs, or "
                "drop_speed_km_h; found nothing; as it is, it neither lands at a place nor drops");
    assert_says(of.issues, AB_ISSUE_CANNOT_LIFT,
                "vehicles.csv:4: base: expected a hub with a runway; found \"port\"; runway_m of "
                "that hub says none");
    assert_says(of.issues, AB_ISSUE_CANNOT_LIFT,
                "vehicles.csv:5: base: expected a hub with a runway of 3000 m or more; found "
                "\"field\"");
    assert_int_equal(ab_issues_of(of.issues, AB_WARNING), 3);
    assert_int_equal(ab_issues_count(of.issues), 3);
    forget_operation(&of);
}

static void a_vehicle_needs_a_hub_to_stand_at(void **state)
{
    (void)state;
    assert_cell_flaw("vehicles", 2, "base", "", AB_ISSUE_MISSING_VALUE, "");
}

static void a_link_leads_elsewhere(void **state)
{
    (void)state;
    assert_mini_flaw("links", "id|from_hub|to_hub|mode\nl|port|port|road\n", AB_ISSUE_SAME_ENDS,
                     "links.csv:2: to_hub: expected another hub than from_hub; found \"port\"");
}

static void a_linked_group_has_two_members(void **state)
{
    (void)state;
    assert_mini_flaw("agreements",
                     AGREEMENT "g1|pause|2030-03-03T00:00Z||||four|2|\n"
                               "g3|pause|2030-03-03T00:00Z||||pair|1|\n"
                               "g4|pause|2030-03-03T00:00Z||||pair|1|\n",
                     AB_ISSUE_LINK_GROUP_OF_ONE,
                     "agreements.csv:2: link_group: expected a group of two agreements or more; "
                     "found \"four\"; alone it binds nothing");
}

static void a_reply_comes_after_its_request(void **state)
{
    (void)state;
    read_operation of =
        read_mini_with("requests", "id|asked_at|place|reply_due|reply|reply_at\n"
                                   "q|2030-02-20T08:00Z|plain|2030-02-20T07:59Z|refused|"
                                   "2030-02-19T08:00Z\n"
                                   "r|2030-02-20T08:00Z|plain|2030-02-20T08:00Z|refused|"
                                   "2030-02-20T08:00Z\n");
    assert_says(of.issues, AB_ISSUE_REPLY_BEFORE_ASK,
                "requests.csv:2: reply_at: expected a time not before asked_at, "
                "2030-02-20T08:00Z; found \"2030-02-19T08:00Z\"");
    assert_says(of.issues, AB_ISSUE_REPLY_BEFORE_ASK,
                "requests.csv:2: reply_due: expected a time not before asked_at, "
                "2030-02-20T08:00Z; found \"2030-02-20T07:59Z\"");
    assert_int_equal(ab_issues_count(of.issues), 2);
    forget_operation(&of);
}

#define MOVEMENT "id|date|place|loaded_t|removed_t|offloaded_t|returned_t|lost_t\n"

static void no_more_comes_out_of_a_movement_than_was_loaded(void **state)
{
    (void)state;
    assert_mini_flaw("movements", MOVEMENT "m|2030-02-10|upper|60|10|45|5|2.5\n",
                     AB_ISSUE_MASS_BALANCE,
                     "movements.csv:2: loaded_t: expected at least what came out: 62.5 t; found "
                     "\"60\"; removed, offloaded, returned and lost are 2.5 t too much");
    assert_mini_sound("movements", MOVEMENT "m|2030-02-10|upper|0.9|0.1|0.5|0.2|0.1\n"
                                            "n|2030-02-10|upper||1|2|3|4\n"
                                            "o|2030-02-10|upper|5||||\n");
}

static void only_what_can_be_open_or_closed_is_a_subject(void **state)
{
    (void)state;
    assert_mini_flaw("access",
                     "id|subject|state|reported_at\n"
                     "a|vehicle:truck|open|2030-03-01T00:00Z\n",
                     AB_ISSUE_BAD_SUBJECT,
                     "access.csv:2: subject: expected place:ID, road:ID, hub:ID, link:ID or "
                     "exclusion:ID; found \"vehicle:truck\"");
    assert_mini_flaw("agreements",
                     AGREEMENT "g1|pause|2030-03-03T00:00Z||||||place:upper; dropzone:plain-east\n"
                               "g3|pause|2030-03-03T00:00Z||||||road:r1; hub:port\n"
                               "g4|pause|2030-03-03T00:00Z||||||link:l1; exclusion:town\n",
                     AB_ISSUE_BAD_SUBJECT,
                     "agreements.csv:2: subjects: expected place:ID, road:ID, hub:ID, link:ID or "
                     "exclusion:ID; found \"place:upper; dropzone:plain-east\"");
}

static void options_name_what_exists(void **state)
{
    (void)state;
    read_operation of = read_mini_with("options", "id|modes|agreements|vehicles\n"
                                                  "a|raod; all|not g11|truk; not  il76\n"
                                                  "b|not air|g1; g2|all\n");
    assert_says(of.issues, AB_ISSUE_UNKNOWN_CODE,
                "options.csv:2: modes: expected all, or of road, air, helicopter, airlift and "
                "airdrop those that may be used; found \"raod\"; did you mean \"road\"?");
    assert_says(of.issues, AB_ISSUE_UNKNOWN_CODE,
                "options.csv:3: modes: expected all, or of road, air, helicopter, airlift and "
                "airdrop those that may be used; found \"not air\"");
    assert_says(of.issues, AB_ISSUE_DANGLING_REF,
                "options.csv:2: agreements: expected all, ids of agreements, or `not` and an id; "
                "found \"not g11\"; did you mean \"g1\"?");
    assert_says(of.issues, AB_ISSUE_DANGLING_REF,
                "options.csv:2: vehicles: expected all, ids of vehicles, or `not` and an id; found "
                "\"truk\"; did you mean \"truck\"?");
    assert_int_equal(ab_issues_count(of.issues), 4);
    forget_operation(&of);
}

static void a_report_repeats_a_report_that_exists(void **state)
{
    (void)state;
    assert_mini_flaw(
        "access",
        "id|subject|state|reported_at|quotes\n"
        "a1|place:upper|open|2030-03-01T00:00Z|\n"
        "a2|place:upper|open|2030-03-01T00:00Z|a1\n"
        "a3|place:upper|open|2030-03-01T00:00Z|a01\n",
        AB_ISSUE_DANGLING_REF,
        "access.csv:4: quotes: expected the id of a row of access; found \"a01\"; did you "
        "mean \"a1\"?");
}

static void a_figure_that_says_nothing_alone_is_warned_of(void **state)
{
    (void)state;
    assert_mini_flaw("agreements",
                     AGREEMENT "g1|pause|2030-03-03T00:00Z|||||3|\n"
                               "g3|pause|2030-03-03T00:00Z||||||\n"
                               "g4|pause|2030-03-03T00:00Z||||||\n",
                     AB_ISSUE_RANGE_NOT_USED,
                     "agreements.csv:2: link_people_ratio: expected link_group beside it; found "
                     "\"3\"; without that it has no effect");
    /* a value that is there but wrong is told once */
    assert_mini_flaw("hubs",
                     "id|lon_deg|lat_deg|runway_m|runway_surface\n"
                     "port|36|34.5|long|sand\nfield|36.9|33.9|2800|\n",
                     AB_ISSUE_NOT_A_NUMBER,
                     "hubs.csv:2: runway_m: expected a number of m, 0 to 6,000; found \"long\"");
}

static void roads_are_lines_and_zones_are_polygons(void **state)
{
    (void)state;
    assert_mini_flaw("roads", "id|wkt\nr3|POLYGON((36 34,37 34,37 35,36 34))\n", AB_ISSUE_BAD_WKT,
                     "roads.csv:2: wkt: expected a LINESTRING, longitude before latitude; found "
                     "\"POLYGON((36 34,37 34,37 35,36 34))\"");
    assert_mini_flaw("dropzones", "id|place|wkt\nz|upper|POINT(36 34)\n", AB_ISSUE_BAD_WKT,
                     "dropzones.csv:2: wkt: expected a POLYGON, longitude before latitude; found "
                     "\"POINT(36 34)\"");
    assert_mini_flaw("exclusions", "id|kind|wkt\nz|water|LINESTRING(36 34,37 34)\n",
                     AB_ISSUE_BAD_WKT,
                     "exclusions.csv:2: wkt: expected a POLYGON, longitude before latitude; found "
                     "\"LINESTRING(36 34,37 34)\"");
}

#define TOWNS                                                                                      \
    "id|name|lon_deg|lat_deg|population\nupper|Upper town|36.7|34.3|42000\n"                       \
    "ridge|Ridge|37.2|34.1|9000\nplain|Plain|38.4|34.2|110000\n"

static void a_total_under_the_table_is_no_place(void **state)
{
    (void)state;
    /* with a position made up for it, nothing else is wrong with the row */
    assert_mini_flaw("places", TOWNS "total|Total|36.75|34.29|161000\n", AB_ISSUE_TOTAL_ROW,
                     "places.csv:5: expected a place, and no total of the rows above; found "
                     "\"total\"; its population: as much as all other rows together; if it adds up "
                     "the others, remove it, or all of them count twice");
    /* people round, and forget a row */
    assert_mini_flaw(
        "places", TOWNS "x|TOTAL G\xC3\x89N\xC3\x89RAL :|36.75|34.29|160000\n", AB_ISSUE_TOTAL_ROW,
        "places.csv:5: expected a place, and no total of the rows above; found "
        "\"TOTAL G\xC3\x89N\xC3\x89RAL :\"; if it adds up the others, remove it, or all "
        "of them count twice");
    /* without a word for it */
    assert_mini_flaw("places", TOWNS "x|Alles|36.75|34.29|161000\n", AB_ISSUE_TOTAL_ROW,
                     "places.csv:5: expected a place, and no total of the rows above; found "
                     "\"Alles\"; its population: as much as all other rows together; if it adds up "
                     "the others, remove it, or all of them count twice");
    assert_mini_sound("places", TOWNS "x|Totalville|36.75|34.29|161001\n");
    assert_mini_sound("places", TOWNS);
}

static void a_total_with_holes_is_told_beside_its_holes(void **state)
{
    (void)state;
    static const char *const words[] = {
        "Total", "Summe", "Totaux", "\xD8\xA7\xD9\x84\xD9\x85\xD8\xAC\xD9\x85\xD9\x88\xD8\xB9",
        "\xD8\xA7\xD9\x84\xD8\xA5\xD8\xAC\xD9\x85\xD8\xA7\xD9\x84\xD9\x8A"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char text[400];
        (void)snprintf(text, sizeof text, TOWNS "%s||||161000\n", words[i]);
        read_operation of = read_mini_with("places", text);
        assert_int_equal(count_of_code(of.issues, AB_ISSUE_TOTAL_ROW), 1);
        assert_int_equal(of.status, AB_FLAWED);
        forget_operation(&of);
    }
    read_operation of = read_mini_with("stocks", "hub|commodity|mass_t\nport|flour|300\n"
                                                 "field|flour|60\nTotal||360\n");
    assert_says(of.issues, AB_ISSUE_TOTAL_ROW,
                "stocks.csv:4: expected a stock, and no total of the rows above; found \"Total\"; "
                "its mass_t: as much as all other rows together; if it adds up the others, remove "
                "it, or all of them count twice");
    forget_operation(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operation_ends_after_it_starts),
        cmocka_unit_test(a_plan_has_at_most_ten_years_of_days),
        cmocka_unit_test(too_many_periods_of_a_default_length_name_no_line),
        cmocka_unit_test(tables_of_a_newer_version_are_refused_with_both_versions),
        cmocka_unit_test(a_window_ends_after_it_starts),
        cmocka_unit_test(hours_of_the_day_end_after_they_start),
        cmocka_unit_test(a_window_outside_the_operation_is_noted),
        cmocka_unit_test(what_comes_too_late_or_ended_before_is_noted),
        cmocka_unit_test(a_commitment_is_dated_by_local_days),
        cmocka_unit_test(low_best_and_high_estimates_are_in_this_order),
        cmocka_unit_test(the_least_of_a_span_is_not_above_its_greatest),
        cmocka_unit_test(an_aircraft_flies_no_shorter_when_empty),
        cmocka_unit_test(a_vehicle_is_of_the_road_the_air_or_a_helicopter),
        cmocka_unit_test(an_aeroplane_lands_or_drops_and_starts_from_a_runway),
        cmocka_unit_test(a_vehicle_needs_a_hub_to_stand_at),
        cmocka_unit_test(a_link_leads_elsewhere),
        cmocka_unit_test(a_linked_group_has_two_members),
        cmocka_unit_test(a_reply_comes_after_its_request),
        cmocka_unit_test(no_more_comes_out_of_a_movement_than_was_loaded),
        cmocka_unit_test(only_what_can_be_open_or_closed_is_a_subject),
        cmocka_unit_test(options_name_what_exists),
        cmocka_unit_test(a_report_repeats_a_report_that_exists),
        cmocka_unit_test(a_figure_that_says_nothing_alone_is_warned_of),
        cmocka_unit_test(roads_are_lines_and_zones_are_polygons),
        cmocka_unit_test(a_total_under_the_table_is_no_place),
        cmocka_unit_test(a_total_with_holes_is_told_beside_its_holes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
