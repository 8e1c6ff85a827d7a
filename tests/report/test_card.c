#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "airbridge/report.h"
#include "report/drop_view.h"
#include "support/small.h"

/* One zone with every kind of exclusion near by, under a western wind. */
static const char PLAIN[] =
    "[dropzones]\nid,place,wkt,controller,elev_msl_m,source\n"
    "east,town,\"POLYGON((36.50 34.00,36.53 34.00,36.53 34.02,36.50 34.02,36.50 34.00))\",yes,250,made up\n"
    "[exclusions]\nid,kind,wkt,cost,source\n"
    "line,held by others,\"POLYGON((36.54 33.98,36.60 33.98,36.60 34.05,36.54 34.05,36.54 33.98))\",2,made up\n"
    "houses,built-up,\"POLYGON((36.46 33.99,36.49 33.99,36.49 34.01,36.46 34.01,36.46 33.99))\",20,made up\n"
    "field,mined,\"POLYGON((36.50 33.97,36.52 33.97,36.52 33.99,36.50 33.99,36.50 33.97))\",5,made up\n"
    "river,water,\"POLYGON((36.45 34.03,36.56 34.035,36.56 34.04,36.45 34.035,36.45 34.03))\",5,made up\n"
    "[vehicles]\nid,name,mode,count,base,payload_t,pallets,speed_km_h,drop_speed_km_h,exit_interval_s,source\n"
    "il76,Il-76,air,1,hub,36,26,750,320,0.8,made up\n"
    "[dropsystems]\nid,name,kind,load_max_kg,canopy,drag_area_m2,bare_drag_area_m2,canopies_in_stock,source\n"
    "hv,High velocity,hv,1000,ringslot,25,1.5,200,made up\n";

enum { GATES = 8, LEVELS = 16, CORNERS = 41 };

/* A result with one drop, written down by hand. */
typedef struct one_drop {
    ab_operation *op;
    ab_data input, results;
    ab_rows rows[AB_RESULT_TABLES];
    ab_drop_row drop[2];
    ab_gate_row gate[GATES];
    ab_footprint_row footprint[3];
    ab_drop_exclusion_row exclusion[4];
    ab_drop_wind_row wind[LEVELS];
    ab_stick_row stick;
    double ring[3][2 * CORNERS];
    int32_t parts[2];
} one_drop;

static void set_drop(one_drop *w)
{
    w->drop[0] = (ab_drop_row){
        .id = "d0001", .zone = "east", .place = "town", .vehicle = "il76", .dropsystem = "hv", .at = 1898931600,
        .go = 1, .decides = "", .release_lon_deg = 36.491, .release_lat_deg = 34.006, .release_msl_m = 4250, .release_agl_m = 4000,
        .heading_deg = 10, .airspeed_mps = 89, .loads = 26, .load_kg = 760, .inside_prob = 0.91, .inside_prob_low = 0.7,
        .inside_prob_high = 0.99, .failed_prob = 0.03, .failed_prob_low = 0.01, .failed_prob_high = 0.07, .recovered_prob = 0.8,
        .recovered_prob_low = 0.6, .recovered_prob_high = 0.95, .edge_prob = 0.1, .excluded_prob = 0.02, .harm_impact = 0.001,
        .harm_failed = 0.002, .harm_crowd = 0.0005, .people_assumed = 1, .value_loads = 20, .east_m = 2100, .north_m = 420,
        .fall_time_s = 171, .impact_speed_mps = 24.4, .impact_all_mps = 25, .impact_j = 226000, .wind_kind = "forecast", .wind_source = "gfs.grib2", .wind_passed_over = "",
        .wind_issued = 1898888400, .wind_age_s = 43200, .wind_away_m = 0, .wind_rms_mps = 3.5, .wind_correlation_m = 1500,
        .standard_air = 0, .samples = 4000, .seed = 1,
    };
    w->drop[1] = w->drop[0];
    w->drop[1].id = "d0002";
    w->drop[1].at += 3600;
    w->drop[1].go = 0;
    w->drop[1].decides = "wind";
}

static void set_footprints(one_drop *w)
{
    static const double holds[] = {0.5, 0.9, 0.95}, radius_deg[] = {0.004, 0.008, 0.01};

    w->parts[1] = CORNERS;
    for (int r = 0; r < 3; r++) {
        for (int i = 0; i < CORNERS; i++) {
            double angle = (i % (CORNERS - 1)) * 2 * 3.14159265358979 / (CORNERS - 1);
            w->ring[r][2 * i] = 36.5137 + 1.4 * radius_deg[r] * cos(angle);
            w->ring[r][2 * i + 1] = 34.0098 + radius_deg[r] * sin(angle);
        }
        w->footprint[r] = (ab_footprint_row){.drop = "d0001", .holds_prob = holds[r], .part = 1, .area_m2 = 1e6 * (r + 1),
                                             .shape = {AB_SHAPE_POLYGON, 1, w->parts, w->ring[r]}};
    }
}

static void set_details(one_drop *w)
{
    static const char *const gates[GATES] = {"wind", "zone", "harm", "clearance", "controller", "canopies", "daylight", "height"};
    static const char *const exclusions[] = {"line", "houses", "field", "river"};

    for (int i = 0; i < GATES; i++)
        w->gate[i] = (ab_gate_row){.drop = "d0001", .gate = gates[i], .state = i == 3 ? "not known" : i == 5 ? "not met" : "met",
                                   .value = NAN, .limit = NAN, .words = "what was found; what is asked", .because = "dropzone:east"};
    for (int i = 0; i < 4; i++)
        w->exclusion[i] = (ab_drop_exclusion_row){.drop = "d0001", .exclusion = exclusions[i], .kind = "held by others", .load_prob = 0.01};
    for (int i = 0; i < LEVELS; i++)
        w->wind[i] = (ab_drop_wind_row){.drop = "d0001", .height_msl_m = 250 + 300 * i, .wind_e_mps = 1.2 + 2.4 * i,
                                        .wind_n_mps = 0.3 * i, .spread_mps = 0, .density_kg_m3 = 1};
}

static void make(one_drop *w, int32_t drops)
{
    *w = (one_drop){.op = small_operation(PLAIN)};
    w->input = ab_operation_data(w->op);
    w->results = (ab_data){ab_result_schema(), w->rows};
    set_drop(w);
    set_footprints(w);
    set_details(w);
    w->rows[AB_TABLE_drops] = (ab_rows){w->drop, drops};
    w->rows[AB_TABLE_gates] = (ab_rows){w->gate, GATES};
    w->rows[AB_TABLE_footprints] = (ab_rows){w->footprint, 3};
    w->rows[AB_TABLE_drop_exclusions] = (ab_rows){w->exclusion, 4};
    w->rows[AB_TABLE_drop_winds] = (ab_rows){w->wind, LEVELS};
    w->stick = (ab_stick_row){.drop = "d0001", .exit_interval_s = 0.8, .last_exit_s = 20, .ground_speed_mps = 90, .track_deg = 14, .stick_m = 1800,
                              .length_90_m = 1700, .width_90_m = 380, .zone_length_m = 2200, .zone_area_m2 = 6e6, .passes = 1, .burst_prob = NAN,
                              .burst_prob_low = NAN, .burst_prob_high = NAN, .burst_assumed = -1};
    w->rows[AB_TABLE_sticks] = (ab_rows){&w->stick, 1};
}

static void put_path(const char *name, char path[512])
{
    const char *folder = getenv("TMPDIR");

    (void)snprintf(path, 512, "%s/%s", folder ? folder : "/tmp", name);
}

/* The file's bytes, freed by the caller. */
static char *bytes_of(const char *path, size_t *size)
{
    FILE *in = fopen(path, "rb");
    char *bytes = malloc(4 << 20);

    assert_non_null(in);
    assert_non_null(bytes);
    *size = fread(bytes, 1, 4 << 20, in);
    fclose(in);
    return bytes;
}

/* Draws the card twice, and gives its bytes if they are the same. */
static char *draw_twice(const one_drop *w, const char *name, size_t *size)
{
    ab_error err = AB_ERROR_INIT;
    char path[512];
    size_t again;

    put_path(name, path);
    if (ab_drop_card(path, &w->input, &w->results, "d0001", &err) != AB_OK)
        fail_msg("%s", err.message);
    char *first = bytes_of(path, size);
    assert_int_equal(ab_drop_card(path, &w->input, &w->results, "d0001", &err), AB_OK);
    char *second = bytes_of(path, &again);
    assert_int_equal(*size, again);
    assert_memory_equal(first, second, again);
    free(second);
    return first;
}

static void each_kind_of_file_is_what_it_says_and_the_same_each_time(void **state)
{
    static const struct {
        const char *name, *begins;
        size_t begins_size, least;
    } kinds[] = {{"card.pdf", "%PDF-1.", 7, 5000}, {"card.svg", "<?xml ", 6, 20000}, {"card.png", "\x89PNG\r\n\x1a\n", 8, 20000}};
    one_drop w;

    (void)state;
    make(&w, 1);
    for (size_t k = 0; k < 3; k++) {
        size_t size;
        char *bytes = draw_twice(&w, kinds[k].name, &size);
        assert_true(size > kinds[k].least);
        assert_memory_equal(bytes, kinds[k].begins, kinds[k].begins_size);
        free(bytes);
    }
    ab_operation_free(w.op);
}

/* A PNG's header has its size: A4 at 150 dots an inch. */
static void the_picture_is_a_page_at_150_dots_an_inch(void **state)
{
    one_drop w;
    size_t size;

    (void)state;
    make(&w, 1);
    unsigned char *bytes = (unsigned char *)draw_twice(&w, "page.png", &size);
    assert_int_equal(bytes[18] << 8 | bytes[19], 1241);
    assert_int_equal(bytes[22] << 8 | bytes[23], 1754);
    free(bytes);
    ab_operation_free(w.op);
}

/* One page, and no time but the drop's own. */
static void the_document_has_one_page_and_the_date_of_the_drop(void **state)
{
    one_drop w;
    size_t size;

    (void)state;
    make(&w, 1);
    char *bytes = draw_twice(&w, "date.pdf", &size);
    bytes[size - 1] = '\0';
    int pages = 0, dates = 0;
    for (size_t i = 0; i + 32 < size; i++) {
        pages += memcmp(bytes + i, "/Type /Page ", 12) == 0;
        dates += memcmp(bytes + i, "/CreationDate (20300305090000", 29) == 0;
    }
    assert_int_equal(pages, 1);
    assert_int_equal(dates, 1);
    free(bytes);
    ab_operation_free(w.op);
}

/* Where no wind is known there is no point to show, and the card says so instead of failing. */
static void a_drop_without_wind_has_a_card(void **state)
{
    one_drop w;
    size_t size;
    const double middle[] = {36.515, 34.01};
    const int32_t part[] = {0, 1};

    (void)state;
    make(&w, 1);
    w.drop[0].release_lon_deg = w.drop[0].release_lat_deg = w.drop[0].heading_deg = w.drop[0].east_m = NAN;
    w.drop[0].go = 0;
    w.drop[0].decides = "wind";
    w.drop[0].shape = (ab_shape){AB_SHAPE_POINT, 1, part, middle};
    w.rows[AB_TABLE_footprints].count = w.rows[AB_TABLE_drop_winds].count = w.rows[AB_TABLE_drop_exclusions].count = 0;
    free(draw_twice(&w, "unknown.png", &size));
    ab_operation_free(w.op);
}

static const char *stick_words(const one_drop *w, ab_buf *text)
{
    ab_drop_view view;

    ab__buf_clear(text);
    ab__drop_view(&w->input, &w->results, &w->drop[0], &view);
    ab__add_stick(text, &view);
    return ab__buf_text(text);
}

static void a_stick_is_told_with_what_to_do(void **state)
{
    one_drop w;
    ab_buf text = AB_BUF_INIT;

    (void)state;
    make(&w, 1);
    assert_string_equal(stick_words(&w, &text), "a stick of 1,800 m over the ground, 20.0 s from first to last exit; nine loads of ten need 1,700 m along the "
                                                "track and 380 m across it, and the zone has 2,200 m along it");
    w.stick.passes = 3;
    w.stick.interval_assumed = 1;
    assert_non_null(strstr(stick_words(&w, &text), "(assumed)"));
    assert_non_null(strstr(stick_words(&w, &text), ": fly it in 3 passes"));
    w.stick.passes = 0;
    assert_non_null(strstr(stick_words(&w, &text), ": a single load scatters wider, and more passes do not help"));
    w.drop[0].loads = 1;
    assert_null(strstr(stick_words(&w, &text), "a stick of"));
    w.rows[AB_TABLE_sticks].count = 0; /* a result of before there were any */
    assert_string_equal(stick_words(&w, &text), "");
    ab__buf_free(&text);
    ab_operation_free(w.op);
}

/* The same drop with one thing changed has another card: what is in the tables is on it. */
static void what_changes_is_on_the_card(void **state)
{
    one_drop w;
    size_t size, other;

    (void)state;
    for (int change = 0; change < 5; change++) {
        make(&w, 1);
        char *before = draw_twice(&w, "before.svg", &size);
        if (change == 0)
            w.stick.stick_m = 900;
        else if (change == 1)
            w.stick.track_deg = 20;
        else if (change == 2)
            w.stick.zone_area_m2 = 5e6;
        else if (change == 3)
            w.drop[0].wind_passed_over = "gfs.grib2 has nothing within 12 h of that time";
        else
            w.rows[AB_TABLE_footprints].count = 2; /* without that of 95 % */
        char *after = draw_twice(&w, "after.svg", &other);
        if (size == other && memcmp(before, after, size) == 0)
            fail_msg("change %d does not show", change);
        free(before);
        free(after);
        ab_operation_free(w.op);
    }
}

static void what_cannot_be_drawn_says_what_to_do(void **state)
{
    one_drop w;
    ab_error err = AB_ERROR_INIT;
    char path[512];
    struct stat file;

    (void)state;
    make(&w, 2);
    put_path("card.jpg", path);
    assert_int_equal(ab_drop_card(path, &w.input, &w.results, "d0001", &err), AB_USAGE);
    assert_non_null(strstr(err.message, ".pdf, .svg or .png"));
    put_path("none.pdf", path);
    assert_int_equal(ab_drop_card(path, &w.input, &w.results, NULL, &err), AB_USAGE);
    assert_non_null(strstr(err.message, "--zone east --vehicle il76 --dropsystem hv --at 2030-03-05T09:00Z --altitude 4000"));
    assert_int_equal(ab_drop_card(path, &w.input, &w.results, "d0009", &err), AB_USAGE);
    assert_int_not_equal(stat(path, &file), 0);
    ab_operation_free(w.op);
}

/* A wind that blows toward the east comes from the west. */
static void winds_are_told_by_where_they_come_from(void **state)
{
    (void)state;
    small_near(ab__wind_from_deg(10, 0), 270);
    small_near(ab__wind_from_deg(0, -10), 0);
    small_near(ab__wind_from_deg(-10, 0), 90);
    small_near(ab__wind_from_deg(0, 10), 180);
    small_near(ab__knots(1852.0 / 3600), 1);
    small_near(ab__feet(0.3048), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_file_is_what_it_says_and_the_same_each_time),
        cmocka_unit_test(the_picture_is_a_page_at_150_dots_an_inch),
        cmocka_unit_test(the_document_has_one_page_and_the_date_of_the_drop),
        cmocka_unit_test(a_drop_without_wind_has_a_card),
        cmocka_unit_test(a_stick_is_told_with_what_to_do),
        cmocka_unit_test(what_changes_is_on_the_card),
        cmocka_unit_test(what_cannot_be_drawn_says_what_to_do),
        cmocka_unit_test(winds_are_told_by_where_they_come_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
