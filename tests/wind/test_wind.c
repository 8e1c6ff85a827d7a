#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "airbridge/wind.h"
#include "support/small.h"
#include "wind/error.h"

enum { TIMES = 3, MEMBERS = 2, LEVELS = 6, LATS = 3, LONS = 4, CELLS = TIMES * MEMBERS * LEVELS * LATS * LONS, H = 3600 };

static ab_time noon(void)
{
    ab_time t;
    assert_true(ab_time_parse("2030-03-02T12:00Z", &t, NULL));
    return t;
}

/* A wind that is linear in all that is interpolated, so that the answer is known at every point. */
static double linear_mps(double time_h, double lon_deg, double lat_deg, int member)
{
    return 3 + 0.5 * time_h + 2 * (lon_deg - 36) - 4 * (lat_deg - 34) + 1.5 * member;
}

typedef struct world {
    ab_forecast_grid grid;
    ab_forecast forecast;
    ab_time valid_at[TIMES];
    double pressure_pa[LEVELS];
    float e[CELLS], n[CELLS], height[CELLS], temp[CELLS];
} world;

static void make_world(world *w, double west_deg)
{
    static const double levels_pa[LEVELS] = {95000, 85000, 70000, 58000, 47000, 40000}, levels_m[LEVELS] = {500, 1500, 3000, 4500, 6000, 7200};
    memcpy(w->pressure_pa, levels_pa, sizeof levels_pa);
    for (int32_t t = 0; t < TIMES; t++)
        w->valid_at[t] = noon() + (t - 1) * 6 * (ab_time)H;
    for (int32_t i = 0; i < CELLS; i++) {
        int32_t lon = i % LONS, lat = i / LONS % LATS, level = i / (LONS * LATS) % LEVELS;
        int32_t member = i / (LONS * LATS * LEVELS) % MEMBERS, t = i / (LONS * LATS * LEVELS * MEMBERS);
        w->e[i] = (float)linear_mps((t - 1) * 6, 36 + lon * 0.5, 33 + lat * 0.5, member);
        w->n[i] = (float)(level * 2);
        w->height[i] = (float)levels_m[level];
        w->temp[i] = (float)(290 - 8 * level);
    }
    w->grid = (ab_forecast_grid){.times = TIMES, .members = MEMBERS, .levels = LEVELS, .lats = LATS, .lons = LONS,
                                 .valid_at = w->valid_at, .issued_at = noon() - 24 * (ab_time)H, .kind = AB_WIND_FORECAST,
                                 .pressure_pa = w->pressure_pa, .lon_deg = west_deg, .lat_deg = 33, .step_lon_deg = 0.5,
                                 .step_lat_deg = 0.5, .wind_e_mps = w->e, .wind_n_mps = w->n, .height_msl_m = w->height,
                                 .temp_k = w->temp};
    w->forecast = (ab_forecast){.grid = &w->grid, .source = "gfs.grib2"};
}

static ab_wind_column *ask(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                           char reason[256])
{
    ab_wind_column *out;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_wind_at(op, forecast, lon_deg, lat_deg, at, 600, 6000, &out, reason, &err), AB_OK);
    assert_true(out || reason[0]);
    return out;
}

static void refuses(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                    const char *because)
{
    char reason[256];
    ab_wind_column *c = ask(op, forecast, lon_deg, lat_deg, at, reason);
    assert_null(c);
    if (!strstr(reason, because))
        fail_msg("expected \"%s\" in: %s", because, reason);
}

static void a_linear_field_comes_back_as_it_is(void **state)
{
    (void)state;
    static world w;
    char reason[256];
    ab_operation *op = small_operation("");
    for (int wrapped = 0; wrapped < 2; wrapped++) {
        make_world(&w, wrapped ? 36 - 360 : 36);
        for (double lon = 36; lon <= 37.5; lon += 0.17)
            for (double lat = 33; lat <= 34; lat += 0.13)
                for (int h = -6; h <= 6; h += 3) {
                    ab_wind_column *c = ask(op, &w.forecast, lon, lat, noon() + h * (ab_time)H, reason);
                    assert_int_equal(c->levels, LEVELS);
                    assert_int_equal(c->members, MEMBERS);
                    for (int i = 0; i < LEVELS * MEMBERS; i++)
                        assert_true(fabs(c->wind_e_mps[i] - linear_mps(h, lon, lat, i / LEVELS)) < 1e-5);
                    assert_true(fabs(c->wind_n_mps[2] - 4) < 1e-9 && fabs(c->height_msl_m[5] - 7200) < 1e-6);
                    assert_true(fabs(c->covers_from_msl_m - 500) < 1e-6 && fabs(c->covers_until_msl_m - 7200) < 1e-6);
                    assert_true(fabs(c->density_kg_m3[0] - 95000 / (287.05287 * 290)) < 1e-9 && !c->assumed_density);
                    assert_int_equal((int64_t)c->age_s, (24 + h) * H);
                    ab_wind_free(c);
                }
    }
    ab_operation_free(op);
}

static void nothing_is_extrapolated(void **state)
{
    (void)state;
    static world w;
    ab_operation *op = small_operation("");
    char reason[256];
    make_world(&w, 36);
    refuses(op, NULL, 36.5, 33.5, noon(), "nothing says what the wind is");
    refuses(op, &w.forecast, 35.9, 33.5, noon(), "does not cover 35.900 E");
    refuses(op, &w.forecast, 36.5, 34.1, noon(), "does not cover");
    refuses(op, &w.forecast, 36.5, 33.5, noon() + 19 * H, "within 12 h");
    ab_wind_free(ask(op, &w.forecast, 36.5, 33.5, noon() + 17 * H, reason));
    for (int i = 0; i < CELLS; i++) /* without the upper levels it ends at 3,000 m */
        if (i / (LONS * LATS) % LEVELS >= 3)
            w.e[i] = NAN;
    refuses(op, &w.forecast, 36.5, 33.5, noon(), "from 500 to 3000 m");
    make_world(&w, 36);
    for (int i = 0; i < CELLS; i++)
        if (i / (LONS * LATS) % LEVELS == 0)
            w.height[i] = NAN;
    refuses(op, &w.forecast, 36.5, 33.5, noon(), "from 1500 to 7200 m");
    ab_operation_free(op);
}

/* A forecast that is there and is not used says why, whether something else is or nothing. */
static void a_forecast_that_is_passed_over_says_why(void **state)
{
    (void)state;
    static world w;
    char reason[256];
    static const char *const kinds[] = {"assumed", "dropsonde"};
    for (int k = 0; k < 2; k++) {
        char rows[600];
        (void)snprintf(rows, sizeof rows,
                       "[wind]\nvalid_at,kind,lon_deg,lat_deg,height_msl_m,wind_e_mps,wind_n_mps\n"
                       "2030-03-02T12:00Z,%s,36.5,33.5,500,5,0\n2030-03-02T12:00Z,%s,36.5,33.5,1900,6,0\n"
                       "2030-03-02T12:00Z,%s,36.5,33.5,3500,7,0\n2030-03-02T12:00Z,%s,36.5,33.5,5000,8,0\n"
                       "2030-03-02T12:00Z,%s,36.5,33.5,6500,9,0\n",
                       kinds[k], kinds[k], kinds[k], kinds[k], kinds[k]);
        ab_operation *op = small_operation(rows);
        make_world(&w, 36);
        ab_wind_column *c = ask(op, &w.forecast, 36.5, 33.5, noon(), reason);
        assert_int_equal(c->kind, k == 0 ? AB_WIND_FORECAST : AB_WIND_DROPSONDE);
        assert_true(k == 0 ? !reason[0] : strstr(reason, "gfs.grib2 is expected to err by") != NULL);
        ab_wind_free(c);
        make_world(&w, 40);
        c = ask(op, &w.forecast, 36.5, 33.5, noon(), reason);
        assert_true(c->kind != AB_WIND_FORECAST && strstr(reason, "gfs.grib2 does not cover 36.500 E"));
        ab_wind_free(c);
        refuses(op, &w.forecast, 20, 33.5, noon(), "gfs.grib2 does not cover 20.000 E");
        ab_operation_free(op);
    }
}

static void densities_that_nobody_measured_are_marked(void **state)
{
    (void)state;
    static world w;
    char reason[256];
    ab_operation *op = small_operation("");
    make_world(&w, 36);
    w.grid.temp_k = NULL;
    ab_wind_column *c = ask(op, &w.forecast, 36.5, 33.5, noon(), reason);
    assert_true(c->assumed_density);
    assert_true(fabs(c->density_kg_m3[1] - 1.0581) < 1e-3); /* ICAO Doc 7488 at 1,500 m */
    ab_wind_free(c);
    ab_operation_free(op);
}

static void errors_are_those_that_were_measured(void **state)
{
    (void)state;
    double sonde = ab__wind_rms_mps(AB_WIND_DROPSONDE, 900, 900, 10e3);
    assert_true(sonde > 1.5 && sonde < 2);
    double old = ab__wind_rms_mps(AB_WIND_SOUNDING, 1.5 * H, 1.5 * H, 75e3);
    assert_true(old > 3.5 && old < 4);
    double day = ab__wind_rms_mps(AB_WIND_FORECAST, 24 * H, 0, 0);
    assert_true(day >= 3.5 && day <= 4.5);
    for (int d = 1; d < 5; d++) {
        double more = ab__wind_rms_mps(AB_WIND_FORECAST, (d + 1) * 24.0 * H, 0, 0) - ab__wind_rms_mps(AB_WIND_FORECAST, d * 24.0 * H, 0, 0);
        assert_true(more >= 0.5 && more <= 0.8);
    }
    assert_true(ab__wind_rms_mps(AB_WIND_CLIMATOLOGY, 0, 0, 0) == 8 && ab__wind_rms_mps(AB_WIND_ASSUMED, 0, 0, 0) == 8);
    /* Older, farther: never better; and never worse than the season. */
    for (double s = 0; s < 200e3; s += 5e3)
        for (int kind = AB_WIND_FORECAST; kind <= AB_WIND_DROPSONDE; kind++) {
            double here = ab__wind_rms_mps((ab_wind_kind)kind, s, s, s);
            assert_true(here <= ab__wind_rms_mps((ab_wind_kind)kind, s + 600, s + 600, s + 1e3) && here <= 8);
        }
}

#define HEAD "[wind]\nvalid_at,issued_at,kind,lon_deg,lat_deg,height_msl_m,wind_e_mps,wind_n_mps,temp_k,pressure_pa\n"
#define SEASON \
    "2020-03-02T12:00Z,,climatology,36.5,34,100,1,0,,\n2020-03-02T12:00Z,,climatology,36.5,34,5000,1,0,,\n" \
    "2020-03-02T12:00Z,,climatology,36.5,34,9000,1,0,,\n"
#define SONDE_AT(height, e, air) "2030-03-02T11:30Z,,dropsonde,36.5,34," height "," e ",2," air "\n"
#define SONDE \
    SONDE_AT("200", "20", "290,98000") SONDE_AT("2000", "30", "280,80000") SONDE_AT("4000", "40", "270,62000") \
    SONDE_AT("6000", "50", "255,47000") SONDE_AT("8000", "60", "240,36000")

static void the_source_that_errs_least_is_used(void **state)
{
    (void)state;
    static world w;
    char reason[256];
    ab_operation *op = small_operation(HEAD SEASON SONDE);
    make_world(&w, 36);
    ab_wind_column *c = ask(op, &w.forecast, 36.5, 34, noon(), reason);
    assert_int_equal(c->kind, AB_WIND_DROPSONDE);
    assert_true(c->rms_mps < 2 && c->wind_e_mps[0] == 20 && c->age_s == 1800 && c->away_m < 1);
    assert_non_null(strstr(c->source, "line 5"));
    ab_wind_free(c);
    c = ask(op, &w.forecast, 36.5, 34, noon() + 5 * H, reason); /* by then the forecast knows better */
    assert_int_equal(c->kind, AB_WIND_FORECAST);
    assert_true(c->rms_mps >= 2 && c->rms_mps < 2.5); /* on top of two members */
    ab_wind_free(c);
    c = ask(op, NULL, 36.5, 34, noon() + 40 * H, reason); /* and later only the season does */
    assert_int_equal(c->kind, AB_WIND_CLIMATOLOGY);
    assert_true(c->rms_mps == 8 && c->assumed_density);
    ab_wind_free(c);
    c = ask(op, NULL, 38.5, 34, noon(), reason); /* 185 km beside it */
    assert_true(c->kind == AB_WIND_DROPSONDE && c->rms_mps > 5 && c->away_m > 180e3);
    ab_wind_free(c);
    ab_operation_free(op);
}

#define ISSUED "2030-03-02T00:00Z"
#define ROW(time, issued, height, e) time "," issued ",forecast,36.5,34," height "," e ",0,,\n"
#define PROFILE(time, issued, e) \
    ROW(time, issued, "200", e) ROW(time, issued, "2000", e) ROW(time, issued, "4000", e) ROW(time, issued, "5500", e) ROW(time, issued, "7000", e)
#define HOUR(h, e) PROFILE("2030-03-02T" h ":00Z", ISSUED, e)

static void rows_are_interpolated_in_time(void **state)
{
    (void)state;
    char reason[256];
    ab_operation *op = small_operation(HEAD HOUR("12", "5") HOUR("18", "17"));
    ab_wind_column *c = ask(op, NULL, 36.5, 34, noon() + 2 * H, reason);
    assert_true(c->levels == 5 && fabs(c->wind_e_mps[0] - 9) < 1e-12 && fabs(c->wind_e_mps[4] - 9) < 1e-12);
    assert_true(c->age_s == 14 * H);
    ab_wind_free(c);
    refuses(op, NULL, 36.5, 34, noon() + 19 * H, "within 12 h");
    ab_operation_free(op);
}

/* Between times that lie far apart the error is that of the nearer one, and a time of which one level is told tells nothing. */
static void hours_that_are_missing_widen_the_error(void **state)
{
    (void)state;
    char reason[256];
    ab_operation *near = small_operation(HEAD HOUR("09", "5") HOUR("15", "5"));
    ab_operation *far = small_operation(HEAD HOUR("01", "5") PROFILE("2030-03-03T00:00Z", ISSUED, "5"));
    ab_operation *thin = small_operation(HEAD HOUR("01", "5") ROW("2030-03-02T12:00Z", ISSUED, "200", "9") PROFILE("2030-03-03T00:00Z", ISSUED, "5"));
    ab_operation *alone = small_operation(HEAD HOUR("01", "5") ROW("2030-03-02T12:00Z", ISSUED, "200", "9"));
    ab_operation *none = small_operation(HEAD ROW("2030-03-02T12:00Z", ISSUED, "200", "9"));
    double exact_mps = ab__wind_rms_mps(AB_WIND_FORECAST, 12 * H, 0, 0);
    ab_wind_column *c = ask(near, NULL, 36.5, 34, noon(), reason);
    assert_true(fabs(c->rms_mps - exact_mps) < 1e-12);
    ab_wind_free(c);
    c = ask(far, NULL, 36.5, 34, noon() + H / 2, reason); /* 11.5 h from either */
    assert_true(fabs(c->rms_mps - ab__wind_rms_mps(AB_WIND_FORECAST, 12.5 * H, 8.5 * H, 0)) < 1e-12 && c->rms_mps > 7);
    double apart_mps = c->rms_mps;
    ab_wind_free(c);
    c = ask(thin, NULL, 36.5, 34, noon() + H / 2, reason);
    assert_true(c->levels == 5 && fabs(c->rms_mps - apart_mps) < 1e-12 && fabs(c->wind_e_mps[0] - 5) < 1e-12);
    assert_non_null(strstr(c->source, "without 1 time of too few levels"));
    ab_wind_free(c);
    c = ask(alone, NULL, 36.5, 34, noon(), reason); /* 11 h after the last that is told */
    assert_true(fabs(c->rms_mps - ab__wind_rms_mps(AB_WIND_FORECAST, 12 * H, 11 * H, 0)) < 1e-12);
    ab_wind_free(c);
    refuses(none, NULL, 36.5, 34, noon(), "fewer than two levels");
    /* Two hours of which each has a gap do not fill each other's. */
    ab_operation *gaps = small_operation(HEAD ROW("2030-03-02T10:00Z", ISSUED, "200", "5") ROW("2030-03-02T10:00Z", ISSUED, "3400", "5")
                                         ROW("2030-03-02T10:00Z", ISSUED, "7000", "5") ROW("2030-03-02T14:00Z", ISSUED, "200", "5")
                                         ROW("2030-03-02T14:00Z", ISSUED, "1800", "5") ROW("2030-03-02T14:00Z", ISSUED, "5200", "5")
                                         ROW("2030-03-02T14:00Z", ISSUED, "7000", "5"));
    refuses(gaps, NULL, 36.5, 34, noon(), "no wind between");
    ab_operation_free(gaps);
    ab_operation_free(near);
    ab_operation_free(far);
    ab_operation_free(thin);
    ab_operation_free(alone);
    ab_operation_free(none);
}

/* A forecast of which nobody says when it was issued may be a week old; an analysis is as old as the time that it is for. */
static void a_forecast_without_an_issue_is_not_new(void **state)
{
    (void)state;
    static world w;
    char reason[256];
    ab_operation *op = small_operation(HEAD PROFILE("2030-03-02T12:00Z", "", "5"));
    ab_wind_column *c = ask(op, NULL, 36.5, 34, noon(), reason);
    assert_true(c->kind == AB_WIND_FORECAST && isnan(c->age_s) && c->rms_mps == 8 && !c->analysis);
    ab_wind_free(c);
    make_world(&w, 36);
    w.grid.issued_at = AB_TIME_NONE;
    c = ask(op, &w.forecast, 36.5, 33.5, noon(), reason);
    assert_true(isnan(c->age_s) && c->rms_mps == 8);
    ab_wind_free(c);
    w.grid.analysis = true;
    w.grid.members = 1;
    c = ask(op, &w.forecast, 36.5, 33.5, noon() + 8 * H, reason);
    assert_true(c->analysis && c->age_s == 2 * H && c->rms_mps < 5);
    ab_wind_free(c);
    ab_operation_free(op);
    op = small_operation("[operation]\nkey,value\nname,now\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nas_of,2030-03-02T11:00Z\n" HEAD);
    c = ask(op, &w.forecast, 36.5, 33.5, noon(), reason); /* that of noon is not made yet */
    assert_true(c->age_s == 6 * H && fabs(c->wind_e_mps[0] - linear_mps(-6, 36.5, 33.5, 0)) < 1e-5);
    ab_wind_free(c);
    ab_operation_free(op);
    op = small_operation("[operation]\nkey,value\nname,now\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nas_of,2030-03-02T05:00Z\n" HEAD);
    refuses(op, &w.forecast, 36.5, 33.5, noon(), "analysed later than now");
    ab_operation_free(op);
}

#define LEVEL(kind, height) "2030-03-02T12:00Z,2030-03-02T06:00Z," kind ",36.5,34," height ",5,0,,\n"

static void heights_that_are_missing_are_not_bridged(void **state)
{
    (void)state;
    char reason[256];
    ab_operation *gap = small_operation(HEAD LEVEL("forecast", "500") LEVEL("forecast", "2500") LEVEL("forecast", "4501") LEVEL("forecast", "6400"));
    ab_operation *above = small_operation(HEAD LEVEL("forecast", "500") LEVEL("forecast", "2500") LEVEL("forecast", "4500") LEVEL("forecast", "6000")
                                          LEVEL("forecast", "9000"));
    ab_operation *season = small_operation(HEAD LEVEL("climatology", "500") LEVEL("climatology", "1500") LEVEL("climatology", "6400"));
    ab_operation *wide = small_operation(HEAD LEVEL("climatology", "500") LEVEL("climatology", "1300") LEVEL("climatology", "6400"));
    refuses(gap, NULL, 36.5, 34, noon(), "no wind between 2500 and 4501 m");
    ab_wind_free(ask(above, NULL, 36.5, 34, noon(), reason)); /* nobody falls through it */
    ab_wind_free(ask(season, NULL, 36.5, 34, noon(), reason));
    refuses(wide, NULL, 36.5, 34, noon(), "no wind between 1300 and 6400 m");
    ab_operation_free(gap);
    ab_operation_free(above);
    ab_operation_free(season);
    ab_operation_free(wide);
}

static void what_was_said_later_is_not_known(void **state)
{
    (void)state;
    static world w;
    ab_operation *op = small_operation("[operation]\nkey,value\nname,now\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"
                                       "as_of,2030-03-01T00:00Z\n" HEAD SONDE);
    make_world(&w, 36);
    refuses(op, NULL, 36.5, 34, noon(), "later than now");
    refuses(op, &w.forecast, 36.5, 34, noon(), "later than now");
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_linear_field_comes_back_as_it_is),
        cmocka_unit_test(nothing_is_extrapolated),
        cmocka_unit_test(a_forecast_that_is_passed_over_says_why),
        cmocka_unit_test(densities_that_nobody_measured_are_marked),
        cmocka_unit_test(errors_are_those_that_were_measured),
        cmocka_unit_test(the_source_that_errs_least_is_used),
        cmocka_unit_test(rows_are_interpolated_in_time),
        cmocka_unit_test(hours_that_are_missing_widen_the_error),
        cmocka_unit_test(a_forecast_without_an_issue_is_not_new),
        cmocka_unit_test(heights_that_are_missing_are_not_bridged),
        cmocka_unit_test(what_was_said_later_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
