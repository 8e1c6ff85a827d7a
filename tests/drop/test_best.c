/* Of several drops the one that could be flown is thought of, and only if there is none the one of most value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "airbridge/drop.h"
#include "support/small.h"

static const char TABLES[] =
    "[places]\nid,lon_deg,lat_deg,population,cut_off_since,elev_msl_m\ntown,36.5,34,1000,2029-10-01,500\nfarm,36.9,34,10,,500\n"
    "[vehicles]\nid,mode,count,base,payload_t,pallets,speed_km_h,usd_per_h,turnround_h,duty_h_per_day,drop_speed_km_h\n"
    "plane,air,1,hub,20,20,500,100,2,12,260\n"
    "[dropsystems]\nid,kind,load_min_kg,load_max_kg,canopy,drag_area_m2,airspeed_max_km_h,release_min_agl_m,release_max_agl_m\n"
    "hv,hv,300,1000,ringslot,25,280,500,5000\n"
    "[dropzones]\nid,place,wkt\n"
    "near,town,\"POLYGON((36.49 33.99,36.51 33.99,36.51 34.01,36.49 34.01,36.49 33.99))\"\n"
    "far,town,\"POLYGON((36.59 33.99,36.61 33.99,36.61 34.01,36.59 34.01,36.59 33.99))\"\n"
    "field,farm,\"POLYGON((36.89 33.99,36.91 33.99,36.91 34.01,36.89 34.01,36.89 33.99))\"\n";

static const ab_wind_column wind = {.levels = 1};

/* A drop whose gates are met, but for a wind that only the season tells. */
static ab_airdrop drop_of(int32_t zone, double agl_m, double value_loads)
{
    ab_airdrop drop = {.zone = zone, .at = 1000, .release_agl_m = agl_m, .value_loads = value_loads, .inside = {0.8, 0.5, 1}, .wind = &wind,
                       .decides = AB_GATE_WIND};
    for (int32_t i = 0; i < AB_GATES; i++)
        drop.gate[i] = (ab_gate){AB_GATE_MET, NAN, NAN, "as it should be", {-1, -1}};
    drop.gate[AB_GATE_WIND].state = AB_GATE_NOT_KNOWN;
    return drop;
}

static const ab_airdrop *best(const ab_airdrop *drop, int32_t count)
{
    ab_airdrops drops = {.count = count, .drop = drop};
    return ab_airdrops_best(&drops, drop->zone, 0, 0, 0, 2000);
}

static void the_height_that_passes_goes_before_the_more_valuable(void **state)
{
    (void)state;
    static const ab_gate_kind judged[] = {AB_GATE_WIND, AB_GATE_HEIGHT, AB_GATE_HARM, AB_GATE_ZONE};
    for (size_t i = 0; i < sizeof judged / sizeof *judged; i++) {
        ab_airdrop drop[] = {drop_of(0, 500, 12), drop_of(0, 1000, 10), drop_of(0, 5000, 4)};
        drop[0].gate[judged[i]].state = AB_GATE_NOT_MET;
        assert_ptr_equal(best(drop, 3), &drop[1]);
        drop[1].gate[judged[i]].state = AB_GATE_NOT_MET;
        assert_ptr_equal(best(drop, 3), &drop[2]);
        drop[2].gate[judged[i]].state = AB_GATE_NOT_MET; /* all fail: the most valuable */
        assert_ptr_equal(best(drop, 3), &drop[0]);
    }
}

static void what_is_not_known_stands_between(void **state)
{
    (void)state;
    ab_airdrop drop[] = {drop_of(0, 500, 12), drop_of(0, 1000, 10), drop_of(0, 5000, 4)};
    drop[0].gate[AB_GATE_HARM].state = AB_GATE_NOT_MET;
    drop[1].gate[AB_GATE_HARM].state = AB_GATE_NOT_KNOWN;
    assert_ptr_equal(best(drop, 2), &drop[1]);
    assert_ptr_equal(best(drop, 3), &drop[2]);
    /* What can be had by the day changes nothing. */
    drop[2].gate[AB_GATE_CLEARANCE].state = AB_GATE_NOT_MET;
    assert_ptr_equal(best(drop, 3), &drop[2]);
    drop[2].wind = NULL;
    assert_ptr_equal(best(drop, 3), &drop[1]);
}

static ab_drop_verdict surveyed(const ab_operation *op, const ab_airdrop *drop, int32_t count, int32_t *zone)
{
    ab_airdrops drops = {.count = count, .drop = drop};
    ab_drop_survey *made;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_drop_survey_make(op, NULL, NULL, &drops, op->settings->start + 86400, &made, &err), AB_OK);
    assert_true(made->count == 2 && made->row[0].place == 0);
    *zone = made->row[0].zone;
    ab_drop_verdict verdict = made->row[0].verdict;
    ab_drop_survey_free(made);
    return verdict;
}

static void a_place_is_told_by_its_best_height_and_zone(void **state)
{
    (void)state;
    ab_operation *op = small_operation(TABLES);
    ab_airdrop drop[] = {drop_of(0, 500, 12), drop_of(0, 5000, 10), drop_of(1, 500, 3), drop_of(2, 500, 20)};
    int32_t zone;
    assert_int_equal(surveyed(op, drop, 4, &zone), AB_DROP_POSSIBLE);
    assert_int_equal(zone, 0);
    drop[0].gate[AB_GATE_ZONE].state = AB_GATE_NOT_MET;
    assert_int_equal(surveyed(op, drop, 4, &zone), AB_DROP_POSSIBLE);
    assert_int_equal(zone, 0);
    drop[1].gate[AB_GATE_HARM].state = AB_GATE_NOT_MET;
    drop[0].inside.mean = drop[1].inside.mean = 0.9;
    assert_int_equal(surveyed(op, drop, 4, &zone), AB_DROP_POSSIBLE);
    assert_int_equal(zone, 1);
    drop[2].gate[AB_GATE_HARM].state = AB_GATE_NOT_KNOWN;
    assert_int_equal(surveyed(op, drop, 4, &zone), AB_DROP_NOT_KNOWN);
    /* A wind that is not met is of its hour; a drop that only it stands against goes before those that are refused. */
    drop[2].gate[AB_GATE_HARM].state = AB_GATE_MET;
    drop[2].gate[AB_GATE_WIND].state = AB_GATE_NOT_MET;
    assert_int_equal(surveyed(op, drop, 4, &zone), AB_DROP_NOT_KNOWN);
    assert_int_equal(zone, 1);
    /* All are refused: of those the most valuable is told. Whether another zone could be drawn needs wind, and there is none. */
    drop[2].gate[AB_GATE_HARM].state = AB_GATE_NOT_MET;
    assert_int_equal(surveyed(op, drop, 4, &zone), AB_DROP_NOT_KNOWN);
    assert_int_equal(zone, 0);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_height_that_passes_goes_before_the_more_valuable),
        cmocka_unit_test(what_is_not_known_stands_between),
        cmocka_unit_test(a_place_is_told_by_its_best_height_and_zone),
    };
    return cmocka_run_group_tests_name("drop/best", tests, NULL, NULL);
}
