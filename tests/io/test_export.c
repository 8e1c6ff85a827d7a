/* What is exported, for people and for other programs. tests/cases/exports looks at whole plans. */
#include "io/support.h"
#include "model/mini.h"

#include <cpl_conv.h>
#include <cpl_minixml.h>
#include <math.h>

#include "airbridge/io.h"
#include "base/number.h"

/* Mini with a trip that goes 1 km and 3 km, days of one place, and what makes trouble in names. */
typedef struct world {
    char *folder;
    read_operation of;
    ab_data input, results;
    ab_rows rows[AB_RESULT_TABLES];
    ab_trip_row trip[2];
    ab_stock_day day[3];
    ab_figure figure[3];
    ab_fact fact;
} world;

static const char NASTY[] = "<b>&\"\x01;";

/* 0, 0.01 and 0.04 degrees east on the equator */
static const double way_deg[6] = {0, 0, 0.01, 0, 0.04, 0};
static const int32_t way_starts[2] = {0, 3}, point_starts[2] = {0, 1};

static void start(world *in)
{
    *in = (world){.folder = make_folder(), .of = read_mini(NULL, 0)};
    ab_time begin = in->of.op->settings->start;
    const ab_shape way = {AB_SHAPE_LINE, 1, way_starts, way_deg};

    for (int i = 0; i < 2; i++)
        in->trip[i] = (ab_trip_row){.id = i == 0 ? "t0001" : "t0002",
                                    .means = i == 0 ? "road" : "airdrop",
                                    .vehicle = "truck",
                                    .vehicles = 2,
                                    .hub = "port",
                                    .place = "upper",
                                    .to_hub = "",
                                    .link = "",
                                    .dropzone = "",
                                    .dropsystem = "",
                                    .depart = begin,
                                    .arrive = begin + (ab_time)86400 * 9,
                                    .mass_kg = 26000,
                                    .commitment = "",
                                    .permission = NASTY,
                                    .way = "",
                                    .roads = "",
                                    .shape = way};
    for (int i = 0; i < 3; i++)
        in->day[i] = (ab_stock_day){.place = "upper",
                                    .from = begin + (ab_time)86400 * i,
                                    .until = begin + (ab_time)86400 * (i + 1),
                                    .people = 42000,
                                    .eaten_frac = i < 2 ? 0.1 : 1,
                                    .shape = {AB_SHAPE_POINT, 1, point_starts, way_deg}};
    in->figure[0] = (ab_figure){.key = "people",
                                .value = 161000,
                                .unit = "people",
                                .meaning = "people there",
                                .audience = AB_AUDIENCE_PUBLIC};
    in->figure[1] = (ab_figure){.key = "worst",
                                .value = 7.25,
                                .unit = "days",
                                .meaning = "worst place",
                                .audience = AB_AUDIENCE_TEAM};
    in->rows[AB_TABLE_trips] = (ab_rows){in->trip, 2};
    in->rows[AB_TABLE_stock_days] = (ab_rows){in->day, 3};
    in->figure[2] = (ab_figure){.key = "feasible",
                                .value = 1,
                                .unit = "",
                                .meaning = "all commitments are kept",
                                .audience = AB_AUDIENCE_TEAM};
    in->fact = (ab_fact){.key = "answer",
                         .value = "c1 asks for too much",
                         .origin = "computed",
                         .audience = AB_AUDIENCE_TEAM};
    in->rows[AB_TABLE_summary] = (ab_rows){in->figure, 3};
    in->rows[AB_TABLE_provenance] = (ab_rows){&in->fact, 1};
    in->input = ab_operation_data(in->of.op);
    in->results = (ab_data){ab_result_schema(), in->rows};
}

static void end(world *in)
{
    forget_operation(&in->of);
    remove_folder(in->folder);
}

/* What is written, as text. */
static ab_buf exported(const world *in, ab_export_format format, ab_audience audience)
{
    char *path = path_in(in->folder, "export");
    const ab_export_options options = {.format = format, .audience = audience};

    assert_int_equal(ab_export_write(path, &options, &in->input, &in->results, NULL, NULL), AB_OK);
    ab_buf text = read_file(path);
    free(path);
    return text;
}

static CPLXMLNode *exported_xml(const world *in, ab_export_format format, ab_audience audience)
{
    ab_buf text = exported(in, format, audience);
    CPLXMLNode *tree = CPLParseXMLString(text.text);

    assert_non_null(tree);
    ab__buf_free(&text);
    return tree;
}

/* The first element called `name` at or below `node`, with a child `name` of value `value` if not NULL. */
static CPLXMLNode *find(CPLXMLNode *node, const char *element, const char *name)
{
    for (; node != NULL; node = node->psNext) {
        if (node->eType == CXT_Element && strcmp(node->pszValue, element) == 0 &&
            (name == NULL || strstr(CPLGetXMLValue(node, "name", ""), name) != NULL))
            return node;
        CPLXMLNode *below = find(node->psChild, element, name);
        if (below != NULL)
            return below;
    }
    return NULL;
}

/* ---- KML -------------------------------------------------------------------------------------- */

static void a_trip_in_kml_lasts_to_the_end_of_the_period_of_arrival(void **state)
{
    world in;

    (void)state;
    start(&in);
    CPLXMLNode *tree = exported_xml(&in, AB_EXPORT_KML, AB_AUDIENCE_TEAM);
    CPLXMLNode *trip = find(tree, "Placemark", "t0001");
    assert_non_null(trip);
    assert_string_equal(CPLGetXMLValue(trip, "name", ""), "t0001 road Port to Upper town");
    assert_string_equal(CPLGetXMLValue(trip, "TimeSpan.begin", ""), "2030-03-01T00:00:00Z");
    assert_string_equal(CPLGetXMLValue(trip, "TimeSpan.end", ""), "2030-03-11T00:00:00Z");
    assert_string_equal(CPLGetXMLValue(trip, "LineString.coordinates", ""), "0,0 0.01,0 0.04,0 ");
    CPLDestroyXMLNode(tree);
    end(&in);
}

/* Every style that a feature asks for is there, and drawn in a colour of its own. */
static void the_styles_of_kml_tell_road_from_air_and_hungry_from_fed(void **state)
{
    world in;

    (void)state;
    start(&in);
    CPLXMLNode *tree = exported_xml(&in, AB_EXPORT_KML, AB_AUDIENCE_TEAM);
    const char *road = CPLGetXMLValue(find(tree, "Placemark", "t0001"), "styleUrl", "");
    const char *air = CPLGetXMLValue(find(tree, "Placemark", "t0002"), "styleUrl", "");
    assert_string_not_equal(road, air);
    int places = 0, found = 0;
    CPLXMLNode *document = CPLGetXMLNode(tree, "=kml.Document");
    for (CPLXMLNode *style = document->psChild; style != NULL; style = style->psNext) {
        if (strcmp(style->pszValue, "Style") != 0)
            continue;
        const char *id = CPLGetXMLValue(style, "id", "");
        places += strncmp(id, "stock_days-", 11) == 0;
        if (strcmp(id, road + 1) == 0) {
            assert_string_equal(CPLGetXMLValue(style, "LineStyle.color", ""), "ffb27200");
            found++;
        }
        found += strcmp(id, air + 1) == 0;
    }
    assert_int_equal(found, 2);
    assert_int_equal(places, 5);
    CPLDestroyXMLNode(tree);
    end(&in);
}

/* Google Earth shows descriptions as HTML: what a cell holds must stay words there. */
static void what_people_wrote_is_no_html_in_a_balloon(void **state)
{
    world in;

    (void)state;
    start(&in);
    CPLXMLNode *tree = exported_xml(&in, AB_EXPORT_KML, AB_AUDIENCE_TEAM);
    CPLXMLNode *trip = find(tree, "Placemark", "t0001");
    const char *html = CPLGetXMLValue(trip, "description", "");
    assert_null(strstr(html, "<b>"));
    assert_non_null(strstr(html, "&lt;b&gt;&amp;"));
    assert_non_null(strstr(html, "<td>loaded, all vehicles (t)</td><td>26</td>"));
    CPLDestroyXMLNode(tree);
    end(&in);
}

/* ---- JSON ------------------------------------------------------------------------------------- */

static bool is_left(const double *at, int32_t count)
{
    double area = 0;

    for (int32_t i = 0; i + 1 < count; i++)
        area += at[2 * i] * at[2 * i + 3] - at[2 * i + 2] * at[2 * i + 1];
    return area > 0;
}

/* The numbers after `key` in `text`, up to `most`. */
static int32_t numbers_after(const char *text, const char *key, double *out, int32_t most)
{
    int32_t count = 0;
    const char *at = strstr(text, key);

    assert_non_null(at);
    for (at += strlen(key); count < most && *at != '}'; at++) {
        const char *past =
            strchr("-0123456789", *at) != NULL ? ab__number_scan(at, &out[count]) : NULL;
        if (past == NULL)
            continue;
        count++;
        at = past - 1;
    }
    return count;
}

/* RFC 7946, 3.1.6, however the operation draws it. */
static void rings_of_geojson_turn_left(void **state)
{
    static const char *const zones[] = {
        "id|place|wkt\nz|upper|POLYGON((36.7 34.3,36.71 34.3,36.71 34.31,36.7 34.31,36.7 34.3))\n",
        "id|place|wkt\nz|upper|POLYGON((36.7 34.3,36.7 34.31,36.71 34.31,36.71 34.3,36.7 34.3))\n",
    };

    (void)state;
    for (int i = 0; i < 2; i++) {
        world in;
        double at[10];
        start(&in);
        forget_operation(&in.of);
        in.of = read_mini_with("dropzones", zones[i]);
        in.input = ab_operation_data(in.of.op);
        ab_buf text = exported(&in, AB_EXPORT_GEOJSON, AB_AUDIENCE_TEAM);
        assert_int_equal(numbers_after(text.text, "\"Polygon\", \"coordinates\": ", at, 10), 10);
        assert_true(is_left(at, 5));
        ab__buf_free(&text);
        end(&in);
    }
}

static void numbers_and_times_of_geojson_are_no_texts(void **state)
{
    world in;

    (void)state;
    start(&in);
    ab_buf text = exported(&in, AB_EXPORT_GEOJSON, AB_AUDIENCE_TEAM);
    assert_non_null(strstr(text.text, "\"mass_t\": 26,"));
    assert_non_null(strstr(text.text, "\"depart\": \"2030-03-01T00:00:00Z\""));
    assert_non_null(strstr(text.text, "\"controller\": true"));
    assert_non_null(strstr(text.text, "\"layer\": \"in_dropzones\""));
    ab__buf_free(&text);
    end(&in);
}

/* A quarter of the way takes a quarter of the time. */
static void a_trip_of_czml_moves_evenly(void **state)
{
    world in;
    double at[12];

    (void)state;
    start(&in);
    ab_buf text = exported(&in, AB_EXPORT_CZML, AB_AUDIENCE_TEAM);
    const char *trip = strstr(text.text, "\"id\": \"trips/t0001\"");
    assert_non_null(trip);
    assert_int_equal(numbers_after(trip, "\"cartographicDegrees\": ", at, 12), 12);
    assert_true(at[0] == 0);
    assert_true(fabs(at[4] - 864000 / 4.0) <= 1);
    assert_true(at[8] == 864000);
    assert_true(at[5] == 0.01 && at[6] == 0 && at[7] == 0);
    ab__buf_free(&text);
    end(&in);
}

static void a_place_of_czml_changes_colour_when_its_share_changes(void **state)
{
    world in;

    (void)state;
    start(&in);
    ab_buf text = exported(&in, AB_EXPORT_CZML, AB_AUDIENCE_TEAM);
    assert_non_null(strstr(text.text,
                           "{\"interval\": \"2030-03-01T00:00:00Z/2030-03-03T00:00:00Z\", "
                           "\"rgba\": [165, 0, 38, 255]}, "
                           "{\"interval\": \"2030-03-03T00:00:00Z/2030-03-04T00:00:00Z\", "
                           "\"rgba\": [26, 152, 80, 255]}]"));
    ab__buf_free(&text);
    end(&in);
}

/* ---- GPX -------------------------------------------------------------------------------------- */

static void drivers_get_the_ways_that_are_driven(void **state)
{
    world in;

    (void)state;
    start(&in);
    CPLXMLNode *tree = exported_xml(&in, AB_EXPORT_GPX, AB_AUDIENCE_TEAM);
    assert_non_null(find(tree, "wpt", "Upper town"));
    CPLXMLNode *track = find(tree, "trk", "t0001");
    assert_non_null(track);
    assert_string_equal(CPLGetXMLValue(track, "name", ""),
                        "t0001 2030-03-01T00:00Z Port to Upper town, 26.00 t");
    assert_null(strstr(CPLGetXMLValue(track, "desc", ""), "straight line"));
    assert_null(find(tree, "trk", "t0002"));
    CPLDestroyXMLNode(tree);

    /* a line that nobody drew is no road to drive */
    in.trip[0].way = "straight line";
    tree = exported_xml(&in, AB_EXPORT_GPX, AB_AUDIENCE_TEAM);
    track = find(tree, "trk", "t0001");
    assert_non_null(strstr(CPLGetXMLValue(track, "desc", ""),
                           "NO ROAD IS DRAWN: this track is a straight line. "));
    CPLDestroyXMLNode(tree);
    end(&in);
}

/* ---- Books ------------------------------------------------------------------------------------ */

static void a_book_has_headers_hashtags_and_cells_of_what_may_be_seen(void **state)
{
    world in;
    ab_book *book = NULL;

    (void)state;
    start(&in);
    assert_int_equal(ab_data_book(&in.input, AB_AUDIENCE_PARTNERS, &book, NULL), AB_OK);
    const ab_sheet *places = ab_book_find(book, "places");
    assert_non_null(places);
    assert_int_equal(places->row_count, 1 + in.of.op->places.count);
    assert_string_equal(places->header[0], "id");
    assert_string_equal(places->cells[0], "#loc+code");
    assert_string_equal(places->cells[places->column_count], "upper");
    for (int32_t c = 0; c < places->column_count; c++)
        assert_string_not_equal(places->header[c], "stock_days");
    assert_null(ab_book_find(book, "dropzones"));
    ab_book_free(book);

    assert_int_equal(ab_data_book(&in.input, AB_AUDIENCE_TEAM, &book, NULL), AB_OK);
    read_operation again = read_sheets(book);
    assert_silent(again.issues);
    char before[65], after[65];
    assert_int_equal(ab_operation_digest(in.of.op, before, NULL), AB_OK);
    assert_int_equal(ab_operation_digest(again.op, after, NULL), AB_OK);
    assert_string_equal(before, after);
    forget_operation(&again);
    ab_book_free(book);
    end(&in);
}

/* Of a table exported as CSV. */
static ab_buf exported_table(const world *in, const char *table)
{
    char *path = path_in(in->folder, "tables"), *file = path_in(path, table);
    const ab_export_options options = {.format = AB_EXPORT_CSV, .audience = AB_AUDIENCE_TEAM};

    ab_issues *issues = ab_issues_new(0);

    assert_int_equal(ab_export_write(path, &options, &in->input, &in->results, issues, NULL),
                     AB_OK);
    ab_issues_free(issues);
    ab_buf text = read_file(file);
    free(file);
    free(path);
    return text;
}

static void a_spreadsheet_runs_nothing_that_people_wrote(void **state)
{
    static const struct {
        const char *written, *exported;
    } cells[] = {
        {"=HYPERLINK(1)", ",'=HYPERLINK(1),"},
        {"+1+cmd|x", ",'+1+cmd|x,"},
        {"@SUM(1)", ",'@SUM(1),"},
        {"-bridge down", ",'-bridge down,"},
        {"\t=1", ",'\t=1,"},
        {"\xEF\xBC\x9D"
         "1",
         ",'\xEF\xBC\x9D"
         "1,"},
        {"x;=1;y", ",x;'=1;y,"},
        {"-3.5", ",-3.5,"},
        {"a=b; -c", ",a=b; -c,"},
        {"it's", ",it's,"},
    };
    world in;

    (void)state;
    start(&in);
    for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++) {
        in.trip[0].permission = cells[i].written;
        ab_buf text = exported_table(&in, "trips.csv");
        if (strstr(ab__buf_text(&text), cells[i].exported) == NULL)
            fail_msg("%s is not exported as %s: %s", cells[i].written, cells[i].exported,
                     text.text);
        ab__buf_free(&text);
        /* what no spreadsheet opens has it as it stands */
        text = exported(&in, AB_EXPORT_GEOJSON, AB_AUDIENCE_TEAM);
        assert_null(strstr(text.text, "\"permission\": \"'"));
        ab__buf_free(&text);
    }
    end(&in);
}

/* ---- All of them ------------------------------------------------------------------------------ */

static void a_redacted_document_holds_figures_for_its_reader_and_no_rows(void **state)
{
    static const ab_export_format formats[] = {AB_EXPORT_KML, AB_EXPORT_GEOJSON, AB_EXPORT_GPX,
                                               AB_EXPORT_CZML};
    static const char *const hidden[] = {"2030", "Upper", "upper", "t0001", "Airfield",
                                         "7.25", "36.7",  "&lt;b", "Mini"};

    (void)state;
    for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++) {
        world in;
        start(&in);
        ab_buf text = exported(&in, formats[f], AB_AUDIENCE_PUBLIC);
        for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
            assert_null(strstr(text.text, hidden[i]));
        assert_non_null(strstr(text.text, "edacted for the public"));
        assert_non_null(strstr(text.text, formats[f] == AB_EXPORT_GEOJSON ? "161000" : "161,000"));
        ab__buf_free(&text);
        end(&in);
    }
}

static void want_of_memory_is_told_and_leaves_the_old_file(void **state)
{
    static const ab_export_format formats[] = {AB_EXPORT_KML, AB_EXPORT_GEOJSON, AB_EXPORT_GPX,
                                               AB_EXPORT_CZML, AB_EXPORT_CSV};
    world in;

    (void)state;
    start(&in);
    for (size_t f = 0; f < sizeof formats / sizeof formats[0]; f++) {
        const ab_export_options options = {.format = formats[f], .audience = AB_AUDIENCE_TEAM};
        bool folder = formats[f] == AB_EXPORT_CSV;
        char *path = path_in(in.folder, folder ? "tables" : "old");
        ab_status status = AB_NO_MEMORY;
        write_text(in.folder, "old", "old");
        for (int64_t n = 1; status != AB_OK; n += 1 + n / 8) {
            ab_issues *issues = ab_issues_new(0);
            ab__fail_allocation(n);
            status = ab_export_write(path, &options, &in.input, &in.results, issues, NULL);
            ab__fail_allocation(0);
            ab_issues_free(issues);
            assert_true(status == AB_OK || status == AB_NO_MEMORY);
            if (status == AB_OK || folder)
                continue;
            ab_buf bytes = read_file(path);
            assert_string_equal(bytes.text, "old");
            ab__buf_free(&bytes);
        }
        free(path);
    }
    end(&in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trip_in_kml_lasts_to_the_end_of_the_period_of_arrival),
        cmocka_unit_test(the_styles_of_kml_tell_road_from_air_and_hungry_from_fed),
        cmocka_unit_test(what_people_wrote_is_no_html_in_a_balloon),
        cmocka_unit_test(rings_of_geojson_turn_left),
        cmocka_unit_test(numbers_and_times_of_geojson_are_no_texts),
        cmocka_unit_test(a_trip_of_czml_moves_evenly),
        cmocka_unit_test(a_place_of_czml_changes_colour_when_its_share_changes),
        cmocka_unit_test(drivers_get_the_ways_that_are_driven),
        cmocka_unit_test(a_book_has_headers_hashtags_and_cells_of_what_may_be_seen),
        cmocka_unit_test(a_spreadsheet_runs_nothing_that_people_wrote),
        cmocka_unit_test(a_redacted_document_holds_figures_for_its_reader_and_no_rows),
        cmocka_unit_test(want_of_memory_is_told_and_leaves_the_old_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
