/* The wind along the way of the loads: a front across it, through which a plain integration falls as foretold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "airbridge/drop.h"
#include "base/arena.h"
#include "drop/plane.h"
#include "phys/air.h"
#include "support/small.h"

enum { LEVELS = 7, SIDE = 9, CELLS = 2 * LEVELS * SIDE * SIDE };

#define OPERATION                                                                                                                       \
    "[places]\nid,lon_deg,lat_deg,population,cut_off_since\ntown,40.03,35.01,50000,2029-01-01\n[hubs]\nid,lon_deg,lat_deg\nhub,36,34\n" \
    "[vehicles]\nid,mode,count,base,payload_t,speed_km_h,pallets,drop_speed_km_h\nplane,air,2,hub,16,500,16,252\n"                      \
    "[dropsystems]\nid,kind,load_max_kg,canopy,drag_area_m2,release_min_agl_m,release_max_agl_m\nlv,lv,1000,flat circular,220,300,5000\n" \
    "[dropzones]\nid,place,wkt,controller,elev_msl_m\n"                                                                                 \
    "zone,town,\"POLYGON((39.99 34.99,40.01 34.99,40.01 35.01,39.99 35.01,39.99 34.99))\",yes,200\n"

typedef struct weather {
    ab_forecast_grid grid;
    ab_forecast forecast;
    ab_time valid_at[2];
    double pressure_pa[LEVELS];
    float e[CELLS], n[CELLS], height[CELLS];
} weather;

/* At all heights alike: 12 m/s over the zone, and so much more for each degree east. */
static double front_mps(double lon_deg, double per_deg)
{
    return 12 + per_deg * (lon_deg - 40);
}

/* Points every quarter of a degree about the zone. */
static void make_weather(weather *w, double per_deg, double west_deg)
{
    for (int32_t i = 0; i < CELLS; i++) {
        w->e[i] = (float)front_mps(west_deg + 0.25 * (i % SIDE), per_deg);
        w->n[i] = 0;
        w->height[i] = 190 + 1000 * (float)(i / (SIDE * SIDE) % LEVELS);
    }
    for (int32_t k = 0; k < LEVELS; k++)
        w->pressure_pa[k] = 99000 - 9000 * k;
    (void)ab_time_parse("2030-03-02T06:00Z", &w->valid_at[0], NULL);
    w->valid_at[1] = w->valid_at[0] + 6 * 3600;
    w->grid = (ab_forecast_grid){.times = 2, .members = 1, .levels = LEVELS, .lats = SIDE, .lons = SIDE, .valid_at = w->valid_at,
                                 .issued_at = w->valid_at[0] - 6 * 3600, .kind = AB_WIND_FORECAST, .pressure_pa = w->pressure_pa, .lon_deg = west_deg,
                                 .lat_deg = 34, .step_lon_deg = 0.25, .step_lat_deg = 0.25, .wind_e_mps = w->e, .wind_n_mps = w->n,
                                 .height_msl_m = w->height};
    w->forecast = (ab_forecast){.grid = &w->grid, .source = "front"};
}

static ab_airdrops *drops_in(const ab_operation *op, const weather *w)
{
    ab_access *access;
    ab_airdrops *drops;
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(0);
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    o.at = w->valid_at[0] + 3600;
    o.release_agl_m = 4000;
    o.heading_deg = 0;
    o.no_scatter = true;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    assert_int_equal(ab_airdrops_make(op, access, &w->forecast, NULL, &o, &drops, issues, &err), AB_OK);
    ab_access_free(access);
    ab_issues_free(issues);
    return drops;
}

/* East of the zone's middle where a load lands that falls at equilibrium through the front itself, in steps of 2 m. */
static double fallen_m(const ab_airdrop *drop, double per_deg)
{
    ab__plane plane = ab__plane_at(40, 35);
    double east_m, north_m, lon_deg, lat_deg;
    ab__plane_to(&plane, drop->release_lon_deg, drop->release_lat_deg, &east_m, &north_m);
    for (double height_m = drop->release_msl_m - 1; height_m > drop->release_msl_m - drop->release_agl_m; height_m -= 2) {
        double fall_mps = sqrt(2 * drop->load_kg * 9.797 / (ab__air_standard_density_kg_m3(height_m) * 220));
        ab__plane_from(&plane, east_m, north_m, &lon_deg, &lat_deg);
        east_m += front_mps(lon_deg, per_deg) * 2 / fall_mps;
    }
    return east_m;
}

static void loads_are_let_go_by_the_wind_that_they_fall_through(void **state)
{
    (void)state;
    static weather w;
    ab_operation *op = small_operation(OPERATION);
    const double steep[] = {0, 40, -40};
    for (size_t i = 0; i < sizeof steep / sizeof *steep; i++) {
        make_weather(&w, steep[i], 39);
        ab_airdrops *drops = drops_in(op, &w);
        const ab_airdrop *drop = &drops->drop[0];
        assert_true(drops->count == 1 && drop->wind && drop->wind->of_grid);
        double aimed_m = fallen_m(drop, steep[i]), drift_m = 12 * drop->fall_s;
        print_message("front of %.0f m/s a degree: drift %.0f m, off by %.0f m\n", steep[i], drift_m, aimed_m);
        assert_true(drift_m > 4500 && fabs(aimed_m) < 80);
        /* What one column over the zone would be off by. */
        double top_mps = drop->wind->wind_e_mps[drop->wind->levels - 1];
        assert_true(fabs(top_mps - 12) < 1e-4 ? steep[i] == 0 : (top_mps - 12) * steep[i] < 0 && fabs(top_mps - 12) > 1.5);
        assert_true(fabs(drop->wind->wind_e_mps[0] - 12) < 1e-4);
        ab_airdrops_free(drops);
    }
    ab_operation_free(op);
}

/* The zone lies in the westernmost cell and the way of the loads beyond it. */
static void a_grid_that_ends_on_the_way_tells_no_wind(void **state)
{
    (void)state;
    static weather w;
    ab_operation *op = small_operation(OPERATION);
    make_weather(&w, 0, 39.98);
    ab_airdrops *drops = drops_in(op, &w);
    assert_null(drops->drop[0].wind);
    assert_int_equal(drops->drop[0].decides, AB_GATE_WIND);
    assert_non_null(strstr(drops->drop[0].gate[AB_GATE_WIND].text, "on the way of the loads front does not cover"));
    ab_airdrops_free(drops);
    ab_operation_free(op);
}

static void memory_that_runs_out_is_told(void **state)
{
    (void)state;
    static weather w;
    ab_operation *op = small_operation(OPERATION);
    ab_access *access;
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(0);
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    int64_t nth = 1;
    make_weather(&w, 40, 39);
    o.at = w.valid_at[0] + 3600;
    o.release_agl_m = 4000;
    o.no_scatter = true;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    for (ab_status status = AB_NO_MEMORY; status != AB_OK; nth++) {
        ab_airdrops *drops;
        ab__fail_allocation(nth);
        status = ab_airdrops_make(op, access, &w.forecast, NULL, &o, &drops, issues, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && !drops));
        ab_airdrops_free(drops);
    }
    assert_true(nth > 20);
    ab_access_free(access);
    ab_issues_free(issues);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_are_let_go_by_the_wind_that_they_fall_through),
        cmocka_unit_test(a_grid_that_ends_on_the_way_tells_no_wind),
        cmocka_unit_test(memory_that_runs_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
