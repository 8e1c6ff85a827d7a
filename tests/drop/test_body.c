/* Rows of dropsystems as bodies, and how surely they fall. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "drop/body.h"
#include "drop/scatter.h"

static ab_dropsystem system_of(ab_drop kind, ab_canopy canopy, double drag_area_m2)
{
    return (ab_dropsystem){.kind = (int32_t)kind, .canopy = (int32_t)canopy, .load_max_kg = 1000, .drag_area_m2 = drag_area_m2,
                           .bare_drag_area_m2 = NAN, .fill_time_s = NAN, .opening_delay_s = NAN, .reefed_drag_area_m2 = NAN,
                           .reefed_s = NAN, .open_agl_m = NAN, .exit_interval_s = NAN, .free_loss_frac = NAN, .drag_area_sd_frac = 0.07, .drops_observed = -1, .failures_observed = -1};
}

static void a_g12_fills_and_carries_air_as_measured(void **state)
{
    (void)state;
    ab_dropsystem g12 = system_of(AB_DROP_LV, AB_CANOPY_FLAT_CIRCULAR, 220);
    ab_body body = ab__drop_body(&g12, 998, 130 * 0.514444);
    assert_int_equal(body.stage_count, 1);
    assert_true(body.stage[0].exponent == 6 && body.stage[0].begins_s == 1 && body.stage[0].drag_area_m2 == 220);
    /* 64 ft at 130 kt: 2.4 to 2.7 s; some 700 kg of air move with it at sea level. */
    assert_true(body.stage[0].fill_time_s > 1.6 && body.stage[0].fill_time_s < 2.7);
    assert_true(fabs(body.stage[0].added_mass_m3 * 1.225 - 700) < 70);
    assert_true(fabs(body.bare_drag_area_m2 - 1.5) < 0.01);
    assert_null(ab__body_flaw(&body));
}

static void a_26_ft_ringslot_fills_in_a_second_and_a_half(void **state)
{
    (void)state;
    ab_dropsystem hv = system_of(AB_DROP_HV, AB_CANOPY_RINGSLOT, 0.56 * 49.3);
    ab_body body = ab__drop_body(&hv, 998, 140 * 0.514444);
    assert_true(body.stage[0].exponent == 1 && fabs(body.stage[0].fill_time_s - 1.54) < 0.1);
}

static void stages_are_data(void **state)
{
    (void)state;
    ab_dropsystem s = system_of(AB_DROP_LV, AB_CANOPY_FLAT_CIRCULAR, 220);
    s.reefed_drag_area_m2 = 20;
    s.reefed_s = 4;
    s.fill_time_s = 3;
    ab_body by_time = ab__drop_body(&s, 1000, 70);
    assert_true(by_time.stage_count == 2 && by_time.stage[0].drag_area_m2 == 20 && by_time.stage[1].begins_s == 5 &&
                isnan(by_time.stage[1].begins_agl_m) && by_time.stage[1].fill_time_s == 3);
    s.reefed_s = NAN;
    s.open_agl_m = 400;
    ab_body by_height = ab__drop_body(&s, 1000, 70);
    assert_true(by_height.stage_count == 2 && isnan(by_height.stage[1].begins_s) && by_height.stage[1].begins_agl_m == 400);
    assert_true(by_time.stage[0].added_mass_m3 < by_time.stage[1].added_mass_m3);
    assert_null(ab__body_flaw(&by_time));
    assert_null(ab__body_flaw(&by_height));
    ab_dropsystem sacks = system_of(AB_DROP_FREE, AB_CANOPY_NONE, NAN);
    ab_body sack = ab__drop_body(&sacks, 50, 70);
    assert_true(sack.stage_count == 0 && sack.bare_drag_area_m2 == 0.35);
}

typedef struct flawed {
    ab_drop kind;
    double drag_area_m2, reefed_m2, load_kg;
    int32_t column; /* -1: sound */
    const char *because;
} flawed;

static void a_canopy_that_cannot_carry_its_load_is_told(void **state)
{
    (void)state;
    static const flawed cases[] = {
        {AB_DROP_LV, 220, NAN, 1000, -1, "a G-12 under its load"},
        {AB_DROP_HV, 25, NAN, 1000, -1, "a ringslot under its load"},
        {AB_DROP_LV, 22, NAN, 1000, AB_COL_dropsystem_drag_area_m2, "30 m/s is no low velocity"},
        {AB_DROP_HV, 2.5, NAN, 1000, AB_COL_dropsystem_drag_area_m2, "80 m/s under a rag"},
        {AB_DROP_HV, NAN, NAN, 1000, AB_COL_dropsystem_drag_area_m2, "no drag area"},
        {AB_DROP_HV, 0, NAN, 1000, AB_COL_dropsystem_drag_area_m2, "no canopy"},
        {AB_DROP_LV, 220, 300, 1000, AB_COL_dropsystem_reefed_drag_area_m2, "more reefed than open"},
        {AB_DROP_LV, 220, 20, 1000, AB_COL_dropsystem_reefed_s, "reefed for ever"},
        {AB_DROP_FREE, NAN, NAN, 50, -1, "a sack"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const flawed *c = &cases[i];
        ab_dropsystem s = system_of(c->kind, AB_CANOPY_FLAT_CIRCULAR, c->drag_area_m2);
        ab__drop_flaw flaw = {.column = -1};
        s.reefed_drag_area_m2 = c->reefed_m2;
        bool found = ab__drop_body_flaw(&s, c->load_kg, 70, &flaw);
        if (found != (c->column >= 0) || flaw.column != c->column || (found && !flaw.expected[0]))
            fail_msg("%s: column %d, %s", c->because, flaw.column, found ? flaw.expected : "sound");
    }
}

static void failures_are_believed_by_their_record(void **state)
{
    (void)state;
    ab_dropsystem s = system_of(AB_DROP_HV, AB_CANOPY_RINGSLOT, 25);
    ab_vehicle v = {.exit_interval_s = NAN};
    ab_wind_column wind = {.rms_mps = 3, .correlation_m = 1500};
    ab_scatter unknown = ab__drop_scatter(NULL, &s, &v, &wind, 26);
    assert_true(fabs(unknown.fail_alpha / (unknown.fail_alpha + unknown.fail_beta) - 0.03) < 1e-12);
    assert_true(unknown.exit_interval_s == 0.4 && unknown.wind_rms_mps == 3 && unknown.wind_correlation_m == 1500);
    assert_true(unknown.drag_frac == 0.07 && unknown.drag_tail_frac > unknown.drag_frac && unknown.drag_tail_prob > 0);
    s.drops_observed = 21; /* 24 February 2016 over Deir ez-Zor */
    s.failures_observed = 4;
    ab_scatter seen = ab__drop_scatter(NULL, &s, &v, &wind, 26);
    assert_true(fabs(seen.fail_alpha / (seen.fail_alpha + seen.fail_beta) - 4.9 / 51) < 1e-12);
    /* The correlation of two loads of a pass, of which the batch has its part; and no record takes that away. */
    assert_true(fabs(1 / (seen.fail_alpha + seen.fail_beta + 1) - (1 / 52. + 51 / 52. / 31)) < 1e-12);
    s.drops_observed = 1000000;
    s.failures_observed = 30000;
    ab_scatter known = ab__drop_scatter(NULL, &s, &v, &wind, 26);
    assert_true(fabs(known.fail_alpha - 0.9) < 1e-3 && fabs(known.fail_alpha + known.fail_beta - 30) < 0.01);
    ab_dropsystem sacks = system_of(AB_DROP_FREE, AB_CANOPY_NONE, NAN);
    ab_scatter free_fall = ab__drop_scatter(NULL, &sacks, &v, &wind, 700);
    assert_true(free_fall.fail_alpha == 0 && fabs(free_fall.exit_interval_s * 699 - 4) < 1e-12);
}

/* The system's word before the aircraft's, whose interval is that of containers: sacks leave all within four seconds. */
static void loads_leave_as_the_row_says(void **state)
{
    (void)state;
    ab_dropsystem hv = system_of(AB_DROP_HV, AB_CANOPY_RINGSLOT, 25), sacks = system_of(AB_DROP_FREE, AB_CANOPY_NONE, NAN);
    ab_vehicle plane = {.exit_interval_s = 0.8}, unknown = {.exit_interval_s = NAN};
    assert_true(ab__exit_interval(&hv, &plane, 26).s == 0.8 && !ab__exit_interval(&hv, &plane, 26).assumed);
    assert_true(ab__exit_interval(&hv, &unknown, 26).s == 0.4 && ab__exit_interval(&hv, &unknown, 26).assumed);
    assert_true(ab__exit_interval(&sacks, &plane, 401).s == 0.01 && ab__exit_interval(&sacks, &plane, 401).assumed);
    assert_true(isfinite(ab__exit_interval(&sacks, &plane, 1).s));
    hv.exit_interval_s = sacks.exit_interval_s = 0.25;
    assert_true(ab__exit_interval(&hv, &plane, 26).s == 0.25 && ab__exit_interval(&sacks, &plane, 401).s == 0.25);
    assert_false(ab__exit_interval(&sacks, &plane, 401).assumed);
}

static void bags_burst_by_the_row_or_by_a_default_that_says_so(void **state)
{
    (void)state;
    ab_dropsystem hv = system_of(AB_DROP_HV, AB_CANOPY_RINGSLOT, 25), sacks = system_of(AB_DROP_FREE, AB_CANOPY_NONE, NAN);
    ab__burst burst = ab__burst_of(&sacks);
    assert_true(burst.frac == 0.03 && burst.assumed && fabs(burst.alpha / (burst.alpha + burst.beta) - 0.03) < 1e-12);
    sacks.free_loss_frac = 0.1;
    burst = ab__burst_of(&sacks);
    assert_true(burst.frac == 0.1 && !burst.assumed && fabs(burst.alpha / (burst.alpha + burst.beta) - 0.1) < 1e-12);
    sacks.free_loss_frac = 1;
    assert_true(ab__burst_of(&sacks).frac == 1 && ab__burst_of(&sacks).alpha == 0);
    assert_true(ab__burst_of(&hv).frac == 0 && ab__burst_of(&hv).alpha == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_g12_fills_and_carries_air_as_measured),
        cmocka_unit_test(a_26_ft_ringslot_fills_in_a_second_and_a_half),
        cmocka_unit_test(stages_are_data),
        cmocka_unit_test(a_canopy_that_cannot_carry_its_load_is_told),
        cmocka_unit_test(failures_are_believed_by_their_record),
        cmocka_unit_test(loads_leave_as_the_row_says),
        cmocka_unit_test(bags_burst_by_the_row_or_by_a_default_that_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
