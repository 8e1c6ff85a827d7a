/* Stock, vehicles, drops, agreements, commitments, reports and names: what the tables say of one another. */
#include "model/mini.h"

/* That mini with one cell replaced says this, as one of at most `most` issues. */
static void assert_told(const char *table, int line, const char *column, const char *text,
                        int32_t code, const char *at, int most)
{
    read_operation of = read_mini_cell(table, line, column, text);
    char words[2000];
    bool told = false;
    for (int32_t i = 0; i < ab_issues_count(of.issues); i++) {
        const ab_issue *issue = ab_issues_at(of.issues, i);
        (void)ab_issue_format(issue, words, sizeof words);
        told |= issue->code == code && strncmp(words, at, strlen(at)) == 0;
    }
    if (!told || ab_issues_count(of.issues) > most) {
        print_issues(of.issues);
        fail_msg("%s:%d %s \"%s\": not told once at %s", table, line, column, text, at);
    }
    forget_operation(&of);
}

static void figures_that_belong_together_agree(void **state)
{
    (void)state;
    /* 4 kcal/g of protein and 9 of fat are in flour, whatever else is */
    assert_told(
        "commodities", 2, "kcal_per_kg", "350", AB_ISSUE_UNLIKELY_FIGURE,
        "commodities.csv:2: kcal_per_kg: expected the energy of its fat and protein, 595 to 4075 "
        "kcal/kg; found \"350\"; if it is for 100 g, write 3500",
        1);
    assert_told("commodities", 2, "kcal_per_kg", "8500", AB_ISSUE_UNLIKELY_FIGURE,
                "commodities.csv:2: kcal_per_kg", 1);
    assert_cell_sound("commodities", 4, "kcal_per_kg", "9000");
    assert_told(
        "commodities", 2, "package_m3", "75", AB_ISSUE_UNLIKELY_FIGURE,
        "commodities.csv:2: package_m3: expected the volume of 50 kg, 0.01 to 3.3 m3; found \"75\"; "
        "if it is in litres, write 0.075",
        3);
    assert_told(
        "links", 2, "distance_km", "12000", AB_ISSUE_UNLIKELY_FIGURE,
        "links.csv:2: distance_km: expected at least the straight line, 106.3 km, and seldom 5 times "
        "that; found \"12000\"",
        1);
    assert_told("links", 2, "distance_km", "90", AB_ISSUE_UNLIKELY_FIGURE,
                "links.csv:2: distance_km", 1);
    assert_told(
        "links", 2, "duration_h", "240", AB_ISSUE_UNLIKELY_FIGURE,
        "links.csv:2: duration_h: expected the time for 120 km, 0.92 to 66.67 h; found \"240\"; if it "
        "is in minutes, write 4",
        1);
    assert_cell_sound("links", 2, "duration_h", "48");
}

static void stock_can_leave_its_hub(void **state)
{
    (void)state;
    static const table_text stranded[] = {
        {"links", "id|from_hub|to_hub|mode\nl1|field|port|road\n"},
        {"vehicles", "id|mode|count|base|payload_t|speed_km_h\ntruck|road|30|port|13|30\n"},
        {"agreements", NULL},
        {"options", NULL},
    };
    read_operation of = read_mini(stranded, 4);
    assert_silent(of.issues); /* by the link */
    forget_operation(&of);
    static const table_text no_link[] = {
        {"links", NULL},
        {"vehicles", "id|mode|count|base|payload_t|speed_km_h\ntruck|road|30|port|13|30\n"},
        {"agreements", NULL},
        {"options", NULL},
    };
    of = read_mini(no_link, 4);
    assert_says(
        of.issues, AB_ISSUE_STRANDED_STOCK,
        "stocks.csv:5: hub: expected a hub with vehicles, or with a link to one; found \"field\"; "
        "no vehicle is based there, and no link leads on");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_STRANDED_STOCK), 3);
    assert_int_equal(ab_issues_count(of.issues), 3);
    forget_operation(&of);
    assert_cell_flaw("stocks", 7, "certainty_prob", "0", AB_ISSUE_STRANDED_STOCK,
                     "it will never be there");
}

static void a_vehicle_lifts_a_package_and_comes_home(void **state)
{
    (void)state;
    /* the helicopter at the airfield takes 2 t and 15 m3; a kit of 2.5 t is beyond it */
    assert_told(
        "commodities", 5, "package_kg", "2500", AB_ISSUE_PACKAGE_TOO_HEAVY,
        "vehicles.csv:4: payload_t: expected a payload for a package of kit at its base, 2.5 t", 3);
    assert_told(
        "vehicles", 4, "payload_m3", "0.1", AB_ISSUE_PACKAGE_TOO_HEAVY,
        "vehicles.csv:4: payload_m3: expected room for a package of kit at its base, 0.2 m3", 1);
    assert_cell_sound("commodities", 5, "package_kg", "1000");
    /* the ridge is 36 km from the airfield */
    assert_told("vehicles", 4, "ferry_range_km", "60", AB_ISSUE_OUT_OF_RANGE,
                "vehicles.csv:4: ferry_range_km", 1);
    static const table_text forward[] = {
        {"hubs", "id|lon_deg|lat_deg|runway_m\nport|36|34.5|\nfield|34.5|33|2800\n"},
        {"links", NULL},
    };
    read_operation of = read_mini(forward, 2);
    assert_says(
        of.issues, AB_ISSUE_OUT_OF_REACH,
        "vehicles.csv:4: ferry_range_km: expected a range there and back to the nearest place, 500 km "
        "or more; found \"480\"; as it is, it cannot fly to any place and back");
    forget_operation(&of);
}

static void drops_fit_aircraft_packages_and_canopies(void **state)
{
    (void)state;
    assert_cell_flaw("dropsystems", 2, "canopies_in_stock", "0", AB_ISSUE_NO_CANOPIES,
                     "without canopies nothing is dropped by it");
    assert_cell_flaw("dropsystems", 3, "rigged_per_day", "0", AB_ISSUE_NO_CANOPIES,
                     "without rigging nothing is dropped by it");
    assert_cell_sound("dropsystems", 4, "canopies_in_stock", "0"); /* sacks need none */
    assert_told("dropsystems", 4, "load_max_kg", "45", AB_ISSUE_NOTHING_TO_DROP,
                "dropsystems.csv:4: load_max_kg: expected a load of a package or more", 1);
    assert_told(
        "vehicles", 3, "drop_speed_km_h", "400", AB_ISSUE_NOTHING_TO_DROP,
        "vehicles.csv:3: drop_speed_km_h: expected a speed at which some drop system may be released",
        1);
    static const table_text heavy[] = {
        {"dropsystems", "id|kind|load_min_kg|load_max_kg\nhv|hv|9000|9500\n"},
        {"vehicles",
         "id|mode|count|base|payload_t|speed_km_h|drop_speed_km_h\ntruck|road|30|port|13|30|\n"
         "c130|air|1|field|8|500|250\n"},
    };
    read_operation of = read_mini(heavy, 2);
    assert_says(
        of.issues, AB_ISSUE_NOTHING_TO_DROP,
        "dropsystems.csv:2: load_min_kg: expected at most 8000 kg, the greatest payload of an aircraft "
        "that drops; found \"9000\"; no aircraft lifts one load of it");
    forget_operation(&of);
}

/* The mini operation with an aircraft that may drop lv, under such a canopy; wind NULL: nobody says how it blows. */
static read_operation under_canopy(const char *column, const char *text, const char *wind)
{
    const table_text calm = {"wind", wind};
    ab_book *book = wind ? mini_book(NULL, 0) : mini_book(&calm, 1);
    put_cell(book, "vehicles", 3, "drop_speed_km_h", "270");
    put_cell(book, "dropsystems", 3, column, text);
    read_operation of = read_sheets(book);
    ab_book_free(book);
    return of;
}

static void a_canopy_bears_what_hangs_under_it(void **state)
{
    (void)state;
    static const char told[] = "dropsystems.csv:3: drag_area_m2: expected 94.74 m2 or more, for 1000 kg to fall by 13 m/s or less at "
                               "sea level; found \"22\"; compare load_max_kg and drag_area_m2 with the maker's sheet, or see the kind";
    read_operation of = under_canopy("drag_area_m2", "22", "as it is");
    assert_says(of.issues, AB_ISSUE_CANOPY_OVERLOADED, told);
    assert_int_equal(of.status, AB_FLAWED);
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
    of = under_canopy("drag_area_m2", "22", NULL); /* nothing is worked out by it then */
    assert_says(of.issues, AB_ISSUE_CANOPY_OVERLOADED, told);
    assert_int_equal(of.status, AB_OK);
    forget_operation(&of);
    of = under_canopy("drag_area_m2", "", "as it is");
    assert_says(of.issues, AB_ISSUE_CANOPY_OVERLOADED, "dropsystems.csv:3: drag_area_m2: expected the drag area of the open canopy; found nothing; compare load_max_kg and "
                "drag_area_m2 with the maker's sheet, or see the kind");
    forget_operation(&of);
    static const char *const sound[][2] = {{"drag_area_m2", "96"}, {"load_max_kg", "230"}};
    for (size_t i = 0; i < 2; i++) {
        of = under_canopy(sound[i][0], sound[i][1], "as it is");
        assert_silent(of.issues);
        forget_operation(&of);
    }
}

#define ASCENT "valid_at|issued_at|kind|lon_deg|lat_deg|height_msl_m|wind_e_mps|wind_n_mps|temp_k|source\n"
#define AT_6 "2030-03-04T06:00Z|2030-03-04T05:00Z|sounding|38.4|34.2|"

static void an_ascent_says_one_wind_of_a_height(void **state)
{
    (void)state;
    assert_mini_flaw("wind", ASCENT AT_6 "1000|6|2||made up\n" AT_6 "2000|9|2||made up\n" AT_6 "1000|6|12||made up\n", AB_ISSUE_WIND_TWICE,
                     "wind.csv:4: wind_n_mps: expected 2, as line 2 says, or a height or an ascent of its own; found \"12\"; line 2 has the "
                     "same kind, times, point and height: remove the wrong one");
    assert_mini_flaw("wind", ASCENT AT_6 "1000|6|2|280|made up\n" AT_6 "1000.0|6|2|250|made up\n", AB_ISSUE_WIND_TWICE,
                     "wind.csv:3: temp_k: expected 280, as line 2 says, or a height or an ascent of its own; found \"250\"; line 2 has the "
                     "same kind, times, point and height: remove the wrong one");
    /* another height, time, point, issue or kind; and what is said once */
    assert_mini_sound("wind", ASCENT AT_6 "1000|6|2||made up\n" AT_6 "1001|7|2||made up\n"
                              "2030-03-04T07:00Z|2030-03-04T05:00Z|sounding|38.4|34.2|1000|8|2||made up\n"
                              "2030-03-04T06:00Z|2030-03-04T05:00Z|sounding|38.5|34.2|1000|9|2||made up\n"
                              "2030-03-04T06:00Z|2030-03-04T04:00Z|sounding|38.4|34.2|1000|10|2||made up\n"
                              "2030-03-04T06:00Z|2030-03-04T05:00Z|dropsonde|38.4|34.2|1000|11|2||made up\n" AT_6
                              "1000|6|2|280|made up\n");
}

static void an_agreement_can_be_used_by_something(void **state)
{
    (void)state;
    assert_told("agreements", 3, "commodities", "water", AB_ISSUE_MATCHES_NOTHING,
                "agreements.csv:3: commodities: expected commodities of which there is stock", 1);
    assert_cell_sound("agreements", 3, "commodities", "food");
    static const table_text no_air[] = {
        {"vehicles", "id|mode|count|base|payload_t|speed_km_h\ntruck|road|30|port|13|30\n"},
        {"links", "id|from_hub|to_hub|mode\nl1|field|port|road\n"},
        {"options", NULL},
    };
    read_operation of = read_mini(no_air, 3);
    assert_says(
        of.issues, AB_ISSUE_MATCHES_NOTHING,
        "agreements.csv:3: mode: expected a mode for which there are vehicles; found \"air\"; as it "
        "is, nothing can use the agreement");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
    assert_told("agreements", 2, "quota_trips_per_day", "0", AB_ISSUE_MATCHES_NOTHING,
                "agreements.csv:2: quota_trips_per_day", 1);
}

static void linked_agreements_hold_on_the_same_days(void **state)
{
    (void)state;
    assert_told("agreements", 5, "from", "2030-03-09T00:00Z", AB_ISSUE_ENDS_BEFORE_START,
                "agreements.csv:5", 1);
    static const table_text apart[] = {
        {"agreements", "id|kind|subjects|mode|from|until|link_group\n"
                       "g1|corridor|place:upper|road|2030-03-03T00:00Z|2030-03-05T00:00Z|pair\n"
                       "g3|corridor|place:ridge|road|2030-03-05T00:00Z|2030-03-09T00:00Z|pair\n"
                       "g4|corridor|place:ridge|road|2030-03-04T00:00Z|2030-03-09T00:00Z|\n"},
    };
    read_operation of = read_mini(apart, 1);
    assert_says(
        of.issues, AB_ISSUE_LINKED_APART,
        "agreements.csv:3: from: expected days on which g1 of the same group holds, too; found "
        "\"2030-03-05T00:00Z\"; linked agreements are used only together");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
}

static void a_commitment_keeps_to_what_is_there(void **state)
{
    (void)state;
    assert_told(
        "commitments", 2, "mass_t", "301", AB_ISSUE_COMMITTED_STOCK,
        "commitments.csv:2: mass_t: expected at most 300 t in all, which is all the stock of flour that "
        "can come to port",
        1);
    /* all of the stock, though more than the upper town unloads in a day */
    assert_cell_flaw("commitments", 2, "mass_t", "300", AB_ISSUE_COMMITTED_HANDLING,
                     "see handling_t_per_day in places");
    assert_cell_sound("commitments", 2, "mass_t", "120");
    assert_told("commitments", 2, "trips", "31", AB_ISSUE_COMMITTED_FLEET,
                "commitments.csv:2: trips: expected at most 30 trips of truck on that day", 1);
    assert_cell_sound("commitments", 2, "trips", "30");
}

#define COMMITMENTS "id|lock|state|date|vehicle|hub|place|commodity|mass_t|trips\n"

static void a_commitment_leaves_from_where_its_vehicle_is_based(void **state)
{
    (void)state;
    assert_mini_flaw("commitments",
                     COMMITMENTS "c1|fixed|approved|2030-03-04|truck|field|upper|flour|60|5\n",
                     AB_ISSUE_COMMITTED_BASE,
                     "commitments.csv:2: hub: expected port, where truck is based; found "
                     "\"field\"; no plan can keep it; at field are based: il76, heli");
    assert_mini_flaw("commitments",
                     COMMITMENTS "c1|forbidden|approved|2030-03-04|il76|port|upper|||\n",
                     AB_ISSUE_COMMITTED_BASE,
                     "commitments.csv:2: hub: expected field, where il76 is based; found \"port\"; "
                     "so it forbids nothing; at port are based: truck");
    /* what has failed binds nobody */
    assert_mini_sound("commitments",
                      COMMITMENTS "c1|fixed|failed|2030-03-04|truck|field|upper|flour|60|5\n");
}

static void commitments_of_a_day_are_within_what_hub_and_place_handle(void **state)
{
    (void)state;
    /* 150 t are loaded at the airfield a day, 120 t unloaded at the upper town */
    assert_mini_flaw(
        "commitments",
        COMMITMENTS "c1|fixed|approved|2030-03-04|truck|port|upper|flour|60|5\n"
                    "c2|at least|approved|2030-03-04|truck|port|upper|lentils|60|5\n"
                    "c3|at most|approved|2030-03-04|truck|port|upper|lentils|60|5\n"
                    "c4|fixed|approved|2030-03-04|truck|port|upper|oil|1|1\n",
        AB_ISSUE_COMMITTED_HANDLING,
        "commitments.csv:5: mass_t: expected at most 120 t unloaded at upper in a day, "
        "all commitments of the day together; found \"121 t\"; see handling_t_per_day "
        "in places");
    assert_mini_flaw(
        "hubs",
        "id|lon_deg|lat_deg|runway_m|throughput_t_per_day\nport|36|34.5||64\n"
        "field|36.9|33.9|2800|\n",
        AB_ISSUE_COMMITTED_HANDLING,
        "commitments.csv:2: mass_t: expected at most 64 t loaded at port in a day, all "
        "commitments of the day together; found \"65 t\"; see throughput_t_per_day in "
        "hubs");
    /* five lorries of 13 t, of which nothing is said but that they go: a fifth of each */
    assert_mini_sound("places", "id|lon_deg|lat_deg|population|handling_t_per_day\n"
                                "upper|36.7|34.3|1|65\nridge|37.2|34.1|1|\nplain|38.4|34.2|1|\n");
    const table_text tight[] = {
        {"places", "id|lon_deg|lat_deg|population|handling_t_per_day\nupper|36.7|34.3|1|12\n"
                   "ridge|37.2|34.1|1|\nplain|38.4|34.2|1|\n"},
        {"commitments", COMMITMENTS "c1|fixed|approved|2030-03-04|truck|port|upper|||5\n"},
    };
    read_operation of = read_mini(tight, 2);
    assert_says(
        of.issues, AB_ISSUE_COMMITTED_HANDLING,
        "commitments.csv:2: trips: expected at most 12 t unloaded at upper in a day, all "
        "commitments of the day together; found \"13 t\"; see handling_t_per_day in places");
    forget_operation(&of);
}

static void a_commitment_by_road_goes_where_the_roads_lead(void **state)
{
    (void)state;
    /* r1 ends 20 m short of where r3 begins, then 90 m */
    static const char near[] = "id|wkt\nr1|LINESTRING(36 34.5,36.69 34.3)\n"
                               "r2|LINESTRING(36.6902 34.3,36.7 34.3,37.2 34.1)\n"
                               "r3|LINESTRING(36.7 34.3,38.4 34.2)\n";
    static const char apart[] = "id|wkt\nr1|LINESTRING(36 34.5,36.3 34.4)\n"
                                "r2|LINESTRING(36.301 34.4,36.7 34.3,37.2 34.1)\n"
                                "r3|LINESTRING(36.7 34.3,38.4 34.2)\n";
    assert_mini_sound("roads", near);
    assert_mini_flaw("roads", apart, AB_ISSUE_COMMITTED_NO_WAY,
                     "commitments.csv:2: place: expected a place to which drawn roads lead from "
                     "port; found \"upper\"; upper lies on road:r2, which does not hang together "
                     "with road:r1 at port: roads meet at vertices less than 30 m apart");
}

static void a_commitment_keeps_clear_of_closures(void **state)
{
    (void)state;
    static const char CLOSED[] =
        "id|subject|mode|state|from|until|reported_at|reliability|credibility\n"
        "a1|place:upper|road|closed|2030-03-03T00:00Z|2030-03-06T00:00Z|2030-02-28T10:00Z|B|2\n";
    read_operation of = read_mini_with("access", CLOSED);
    assert_says(
        of.issues, AB_ISSUE_COMMITTED_CLOSED,
        "commitments.csv:2: date: expected a day on which place:upper is not reported closed; found "
        "\"2030-03-04\"; the newest report says closed: move it, or add the report that opens the way");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
    /* a newer report, another day, another mode, or no weight */
    assert_mini_sound("access",
                      "id|subject|mode|state|from|until|reported_at|reliability|credibility\n"
                      "a1|place:upper|road|closed|2030-03-03T00:00Z||2030-02-28T10:00Z|B|2\n"
                      "a2|place:upper|road|open|2030-03-03T00:00Z||2030-02-28T11:00Z|B|2\n");
    assert_mini_sound(
        "access",
        "id|subject|mode|state|from|until|reported_at|reliability|credibility\n"
        "a1|place:upper|road|closed|2030-03-03T00:00Z|2030-03-03T20:00Z|2030-02-28T10:00Z|B|2\n");
    assert_mini_sound("access",
                      "id|subject|mode|state|from|until|reported_at|reliability|credibility\n"
                      "a1|place:upper|air|closed|2030-03-03T00:00Z||2030-02-28T10:00Z|B|2\n");
    assert_mini_sound("access",
                      "id|subject|mode|state|from|until|reported_at|reliability|credibility\n"
                      "a1|place:upper|road|closed|2030-03-03T00:00Z||2030-02-28T10:00Z|F|6\n");
    /* each of the roads that lead to the upper town: r1, r2 and r3 */
    of = read_mini_with("access", "id|subject|state|reported_at|reliability|credibility\n"
                                  "a1|road:r1|closed|2030-02-28T10:00Z|B|2\n"
                                  "a2|road:r2|closed|2030-02-28T10:00Z|B|2\n"
                                  "a3|road:r3|closed|2030-02-28T10:00Z|B|2\n");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_COMMITTED_CLOSED), 1);
    forget_operation(&of);
    assert_mini_sound("access", "id|subject|state|reported_at|reliability|credibility\n"
                                "a1|road:r1|closed|2030-02-28T10:00Z|B|2\n"
                                "a2|road:r3|closed|2030-02-28T10:00Z|B|2\n");
}

static void a_commitment_needs_somebodys_yes(void **state)
{
    (void)state;
    static const struct {
        const char *request;
        int32_t code;
        const char *message;
    } cases[] = {
        {"id|asked_at|place|reply|valid_from|valid_until\n", AB_ISSUE_COMMITTED_UNASKED,
         "nobody was asked: ask now"},
        {"id|asked_at|place|reply|valid_from|valid_until\nq|2030-02-20T08:00Z|upper|refused||\n",
         AB_ISSUE_COMMITTED_UNASKED, "every request for it was refused"},
        {"id|asked_at|place|reply|valid_from|valid_until\nq|2030-02-20T08:00Z|upper|||\n",
         AB_ISSUE_COMMITTED_UNASKED, "its request was never answered: chase the answer"},
        {"id|asked_at|place|reply|valid_from|valid_until\n"
         "q|2030-02-20T08:00Z|upper|approved|2030-03-05T00:00Z|2030-03-07T00:00Z\n",
         AB_ISSUE_COMMITTED_CLOSED, "what is agreed holds on other days"},
        {"id|asked_at|place|reply|valid_from|valid_until\n"
         "q|2030-02-20T08:00Z|upper|approved|2030-03-03T00:00Z|2030-03-07T00:00Z\n",
         AB_ISSUE_NONE, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const table_text tables[] = {
            {"agreements", NULL}, {"options", NULL}, {"requests", cases[i].request}};
        read_operation of = read_mini(tables, 3);
        bool none = cases[i].code == AB_ISSUE_NONE;
        if (ab_issues_count(of.issues) != (none ? 0 : 1) ||
            (!none && (ab_issues_at(of.issues, 0)->code != cases[i].code ||
                       strcmp(ab_issues_at(of.issues, 0)->hint, cases[i].message) != 0))) {
            print_issues(of.issues);
            fail_msg("case %d", (int)i);
        }
        forget_operation(&of);
    }
}

static void an_agreement_over_a_refused_place_is_noted(void **state)
{
    (void)state;
    read_operation of =
        read_mini_with("requests", "id|asked_at|place|reply|reply_at\n"
                                   "q|2030-02-20T08:00Z|ridge|refused|2030-02-26T12:00Z\n");
    assert_says(
        of.issues, AB_ISSUE_RELIES_ON_NO,
        "agreements.csv:2: subjects: expected places for which a request was approved, or nobody had to "
        "be asked; found \"ridge (refused)\"; which of the two holds at the checkpoint?");
    assert_int_equal(ab_issues_of(of.issues, AB_NOTE), 2); /* g1 and g4 */
    forget_operation(&of);
    assert_cell_flaw("requests", 3, "reply_due", "2030-02-27T08:00Z", AB_ISSUE_REPLY_OVERDUE,
                     "chase the answer, or record it");
}

static void what_is_said_in_the_future_is_told_with_the_end_or_now(void **state)
{
    (void)state;
    assert_cell_flaw("access", 2, "reported_at", "2031-02-20T10:00Z", AB_ISSUE_SAID_AFTER_END,
                     "nobody can know it yet, so the plan does not use it; is the year right?");
    assert_cell_flaw("requests", 2, "reply_at", "2031-02-26T12:00Z", AB_ISSUE_SAID_AFTER_END,
                     "nobody can know it yet, so the plan does not use it; is the year right?");
    read_operation of = read_mini_with(
        "operation", "key|value\nname|x\nstart|2030-03-01T00:00Z\nend|2030-03-11T00:00Z\n"
                     "as_of|2030-03-02T12:00Z\n");
    assert_says(of.issues, AB_ISSUE_SAID_LATER,
                "access.csv:3: reported_at: expected a time up to now (as_of), 2030-03-02T12:00Z; "
                "found \"2030-03-02T18:00Z\"; the plan does not know it yet");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_SAID_LATER), 1);
    forget_operation(&of);
}

static void a_report_is_of_these_days_and_has_weight(void **state)
{
    (void)state;
    assert_cell_flaw("access", 2, "from", "2031-02-20T00:00Z", AB_ISSUE_REPORT_TOO_LATE,
                     "it says nothing of the days that are planned");
    assert_mini_flaw(
        "access",
        "id|subject|state|reported_at|reliability|credibility\n"
        "a1|road:r3|closed|2030-02-20T10:00Z|F|6\n",
        AB_ISSUE_NO_WEIGHT,
        "access.csv:2: reliability: expected a report that can be judged, A to E and 1 to 5; found "
        "\"F\"; nothing else is known of it, so the plan knows nothing");
    assert_mini_sound("access", "id|subject|state|reported_at|reliability|credibility\n"
                                "a1|road:r3|closed|2030-02-20T10:00Z|F|6\n"
                                "a2|road:r3|closed|2030-02-21T10:00Z|C|3\n");
}

static void nothing_stands_twice_under_another_name(void **state)
{
    (void)state;
    assert_cell_flaw("places", 3, "name", "Upper-Town", AB_ISSUE_SAME_NAME,
                     "line 2 has it already");
    read_operation of = read_mini_cell("links", 2, "id", "l-1");
    assert_silent(of.issues); /* alone in its table */
    forget_operation(&of);
    assert_cell_flaw("dropsystems", 3, "id", "h_v", AB_ISSUE_LIKE_ID, "line 2 has one so like it");
    of = read_mini_with(
        "stocks", "hub|commodity|mass_t\nport|flour|300\nport|lentils|60\nport|flour|300.0\n");
    assert_says(of.issues, AB_ISSUE_SAME_ROW_TWICE,
                "stocks.csv:4: expected each row once; line 2 has it already");
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
    assert_cell_sound("stocks", 5, "mass_t", "300"); /* another hub */
}

static void a_row_without_a_source_is_noted_once_a_table(void **state)
{
    (void)state;
    assert_cell_flaw("stocks", 4, "source", "", AB_ISSUE_NO_SOURCE,
                     "1 of 6 rows do not say it, this one first");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_that_belong_together_agree),
        cmocka_unit_test(stock_can_leave_its_hub),
        cmocka_unit_test(a_vehicle_lifts_a_package_and_comes_home),
        cmocka_unit_test(drops_fit_aircraft_packages_and_canopies),
        cmocka_unit_test(a_canopy_bears_what_hangs_under_it),
        cmocka_unit_test(an_ascent_says_one_wind_of_a_height),
        cmocka_unit_test(an_agreement_can_be_used_by_something),
        cmocka_unit_test(linked_agreements_hold_on_the_same_days),
        cmocka_unit_test(a_commitment_keeps_to_what_is_there),
        cmocka_unit_test(a_commitment_leaves_from_where_its_vehicle_is_based),
        cmocka_unit_test(commitments_of_a_day_are_within_what_hub_and_place_handle),
        cmocka_unit_test(a_commitment_by_road_goes_where_the_roads_lead),
        cmocka_unit_test(a_commitment_keeps_clear_of_closures),
        cmocka_unit_test(a_commitment_needs_somebodys_yes),
        cmocka_unit_test(an_agreement_over_a_refused_place_is_noted),
        cmocka_unit_test(what_is_said_in_the_future_is_told_with_the_end_or_now),
        cmocka_unit_test(a_report_is_of_these_days_and_has_weight),
        cmocka_unit_test(nothing_stands_twice_under_another_name),
        cmocka_unit_test(a_row_without_a_source_is_noted_once_a_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
