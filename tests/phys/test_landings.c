/* Landings by tables beside the reference, draw by draw; and what must hold of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "phys/design.h"

enum { CASES = 500, PASSES = 300, LOADS = 20, LANDINGS = PASSES * LOADS };

typedef struct cloud {
    ab_landings l;
    float e[LANDINGS], n[LANDINGS], along[LANDINGS], across[LANDINGS], time[LANDINGS], speed[LANDINGS];
    unsigned char failed[LANDINGS];
} cloud;

static cloud *cloud_new(int32_t passes)
{
    cloud *c = calloc(1, sizeof *c);
    assert_non_null(c);
    c->l = (ab_landings){passes, LOADS, c->e, c->n, c->along, c->across, c->time, c->speed, c->failed};
    return c;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The asked-for figures, on a part of the design that bench/drop runs whole. */
static void as_reference(void **state)
{
    (void)state;
    static double away_m[CASES], late_s[CASES];
    static design_case c;
    int slow = 0;
    for (int32_t i = 0; i < CASES; i++) {
        design_make(i, &c);
        ab_arena *arena = ab__arena_new();
        const ab_landing_table *table = ab__landings_table(&c.drop, arena);
        assert_non_null(table);
        slow += ab__landings_slow(table);
        design_landing fast, sure;
        assert_true(design_fast(&c, table, i, i % 2, 2, &fast));
        assert_true(design_reference(&c, table, i, i % 2, 1e-10, &sure));
        away_m[i] = hypot(fast.east_m - sure.east_m, fast.north_m - sure.north_m);
        late_s[i] = fabs(fast.time_s - sure.time_s);
        ab__arena_free(arena);
    }
    qsort(away_m, CASES, sizeof *away_m, rising);
    qsort(late_s, CASES, sizeof *late_s, rising);
    printf("%d cases, %d integrated: 99 %% within %.2f m and %.3f s, all within %.2f m\n", CASES, slow, away_m[CASES * 99 / 100],
           late_s[CASES * 99 / 100], away_m[CASES - 1]);
    assert_true(away_m[CASES * 99 / 100] < 3 && away_m[CASES - 1] < 10);
    assert_true(late_s[CASES * 99 / 100] < 0.1);
    assert_true(slow < CASES / 20);
}

/* The same bits for any division of the passes, and by the portable loops. */
static void check_divided(bool quasi)
{
    static design_case c;
    design_make(4, &c);
    c.drop.quasi = quasi;
    ab_arena *arena = ab__arena_new();
    const ab_landing_table *table = ab__landings_table(&c.drop, arena);
    cloud *whole = cloud_new(PASSES), *part = cloud_new(PASSES), *plain = cloud_new(PASSES);
    assert_true(ab__landings_from(table, 9, 1000, &whole->l));
    static const int32_t cuts[] = {0, 1, 33, 34, 130, PASSES};
    for (int i = 0; i < 5; i++) {
        int32_t from = cuts[i] * LOADS;
        ab_landings l = {cuts[i + 1] - cuts[i], LOADS, part->e + from, part->n + from, part->along + from, part->across + from,
                         part->time + from, part->speed + from, part->failed + from};
        assert_true(ab__landings_draw(&c.drop, 9, 1000 + cuts[i], &l));
    }
    for (int32_t p = 0; p < PASSES; p += AB_LANES) {
        ab_lanes lanes = {table, table->member, 9, 1000 + p, 1, PASSES - p < AB_LANES ? PASSES - p : AB_LANES};
        ab__lanes_land_plain(&lanes, p, &plain->l);
    }
    const cloud *others[] = {part, plain};
    for (int i = 0; i < 2; i++) {
        assert_memory_equal(whole->e, others[i]->e, sizeof whole->e);
        assert_memory_equal(whole->across, others[i]->across, sizeof whole->across);
        assert_memory_equal(whole->time, others[i]->time, sizeof whole->time);
        assert_memory_equal(whole->speed, others[i]->speed, sizeof whole->speed);
        assert_memory_equal(whole->failed, others[i]->failed, sizeof whole->failed);
    }
    free(whole);
    free(part);
    free(plain);
    ab__arena_free(arena);
}

static void same_however_divided(void **state)
{
    (void)state;
    check_divided(false);
    check_divided(true);
}

/* ---- Quasi-random draws ---- */

/* Draw by draw they are the same landings as those of the reference. */
static void quasi_as_reference(void **state)
{
    (void)state;
    static design_case c;
    for (int32_t i = 0; i < 45; i++) {
        design_make(i, &c);
        c.drop.quasi = true;
        ab_arena *arena = ab__arena_new();
        const ab_landing_table *table = ab__landings_table(&c.drop, arena);
        design_landing fast, sure;
        assert_non_null(table);
        assert_true(design_fast(&c, table, i, i % 2, 2, &fast) && design_reference(&c, table, i, i % 2, 1e-10, &sure));
        if (hypot(fast.east_m - sure.east_m, fast.north_m - sure.north_m) > 10)
            fail_msg("case %d is %.1f m off", i, hypot(fast.east_m - sure.east_m, fast.north_m - sure.north_m));
        ab__arena_free(arena);
    }
}

/* The error of the wind keeps its spread at each level and its correlation between levels, and does not mix east and north. */
static void quasi_wind_is_the_same_process(void **state)
{
    (void)state;
    enum { DRAWN = 1 << 13 };
    static design_case c;
    design_make(1, &c);
    c.drop.quasi = true;
    c.drop.release_msl_m = c.drop.ground_msl_m + 3000;
    c.drop.scatter.wind_rms_mps = 4;
    c.drop.scatter.wind_correlation_m = 1500;
    ab_arena *arena = ab__arena_new();
    const ab_landing_table *table = ab__landings_table(&c.drop, arena);
    int32_t last = table->error.count - 1, pairs[][2] = {{0, 0}, {last, last}, {last / 2, last / 2}, {0, 4}, {0, last}, {last / 2, last}};
    enum { PAIRS = sizeof pairs / sizeof *pairs };
    double of_e[PAIRS] = {0}, of_n[PAIRS] = {0}, mixed[PAIRS] = {0}, mean = 0;
    for (int64_t pass = 0; pass < DRAWN; pass++) {
        ab_drawn d;
        ab__landing_drawn(table, 5, pass, 0, &d);
        mean += d.error_e_mps[last / 2] / DRAWN;
        for (int i = 0; i < PAIRS; i++) {
            of_e[i] += d.error_e_mps[pairs[i][0]] * d.error_e_mps[pairs[i][1]] / DRAWN;
            of_n[i] += d.error_n_mps[pairs[i][0]] * d.error_n_mps[pairs[i][1]] / DRAWN;
            mixed[i] += d.error_e_mps[pairs[i][0]] * d.error_n_mps[pairs[i][1]] / DRAWN;
        }
    }
    assert_true(fabs(mean) < 0.05);
    for (int i = 0; i < PAIRS; i++) {
        double apart_m = table->error.height_msl_m[pairs[i][1]] - table->error.height_msl_m[pairs[i][0]], expected = 8 * exp(-apart_m / 1500);
        assert_true(fabs(of_e[i] - expected) < 0.4 && fabs(of_n[i] - expected) < 0.4 && fabs(mixed[i]) < 0.4);
    }
    ab__arena_free(arena);
}

/* Every second pass, or every fourth, scatters as all do: nothing else that is drawn by the number of a pass goes in step with the points. */
static void quasi_passes_keep_no_step(void **state)
{
    (void)state;
    static design_case c;
    static const double calm[DESIGN_LEVELS];
    design_make(1, &c);
    c.drop.quasi = true;
    c.drop.release_msl_m = c.drop.ground_msl_m + 5000;
    c.drop.scatter.wind_rms_mps = 4;
    c.drop.scatter.wind_correlation_m = 1500;
    c.air.wind_e_mps = c.air.wind_n_mps = calm;
    cloud *all = cloud_new(PASSES);
    for (uint64_t seed = 1; seed <= 5; seed++) {
        double away[4] = {0};
        assert_true(ab__landings_draw(&c.drop, seed, 0, &all->l));
        for (int32_t p = 0; p < PASSES; p++)
            away[p % 4] += hypot((double)all->e[p * LOADS], (double)all->n[p * LOADS]) / (PASSES / 4);
        double mean = (away[0] + away[1] + away[2] + away[3]) / 4;
        for (int k = 0; k < 4; k++)
            assert_true(fabs(away[k] / mean - 1) < 0.25);
        assert_true(fabs((away[0] + away[2]) / (2 * mean) - 1) < 0.18);
    }
    free(all);
}

static double share_within(const cloud *c, double radius_m)
{
    int32_t in = 0;
    for (int i = 0; i < LANDINGS; i++)
        in += hypot((double)c->e[i], (double)c->n[i]) < radius_m;
    return (double)in / LANDINGS;
}

/* Of 64 seeds: the mean share within the radius, and how it spreads. */
static void shares(const ab_drop_case *drop, double radius_m, double *mean, double *sd)
{
    enum { SEEDS = 64 };
    ab_arena *arena = ab__arena_new();
    const ab_landing_table *table = ab__landings_table(drop, arena);
    cloud *c = cloud_new(PASSES);
    double sum = 0, squares = 0;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        assert_true(ab__landings_from(table, 100 + seed, INT64_C(1) << 32, &c->l));
        double share = share_within(c, radius_m);
        sum += share;
        squares += share * share;
    }
    *mean = sum / SEEDS;
    *sd = sqrt(fmax(0, squares / SEEDS - *mean * *mean));
    free(c);
    ab__arena_free(arena);
}

/* The same chance, known better: with one wind, and with members. */
static void quasi_draws_err_less(void **state)
{
    (void)state;
    static design_case c;
    ab_air member[3];
    design_make(1, &c);
    c.drop.release_msl_m = c.drop.ground_msl_m + 5000;
    c.drop.scatter.wind_rms_mps = 4;
    c.drop.scatter.wind_correlation_m = 1500;
    static const double calm[DESIGN_LEVELS];
    c.air.wind_e_mps = c.air.wind_n_mps = calm;
    for (int m = 0; m < 3; m++)
        member[m] = c.air;
    c.drop.air = member;
    for (c.drop.members = 1; c.drop.members <= 3; c.drop.members += 2) {
        double plain, plain_sd, quasi, quasi_sd;
        c.drop.quasi = false;
        shares(&c.drop, 400, &plain, &plain_sd);
        c.drop.quasi = true;
        shares(&c.drop, 400, &quasi, &quasi_sd);
        printf("%d members: chance %.4f +- %.4f plain, %.4f +- %.4f quasi-random\n", c.drop.members, plain, plain_sd, quasi, quasi_sd);
        assert_true(plain > 0.2 && plain < 0.8);
        assert_true(fabs(plain - quasi) < 4 * plain_sd / 8);
        assert_true(quasi_sd < plain_sd / 2);
    }
}

static void without_scatter(void **state)
{
    (void)state;
    static design_case c;
    design_make(0, &c);
    c.drop.scatter = (ab_scatter){0};
    cloud *all = cloud_new(PASSES);
    assert_true(ab__landings_draw(&c.drop, 1, 0, &all->l));
    double h = c.heading_deg * 0.017453292519943295, e, n;
    ab_air_point top = ab__air_at(&c.air, c.drop.release_msl_m);
    ab_release r = {c.drop.release_msl_m, top.wind_e_mps + c.drop.airspeed_mps * sin(h),
                    top.wind_n_mps + c.drop.airspeed_mps * cos(h), 0, c.drop.gravity_mps2};
    ab_touchdown t;
    assert_true(ab__descent(&c.drop.body, &c.air, &r, c.drop.ground_msl_m, &t));
    ab__landings_at(&all->l, 0, c.heading_deg, &e, &n);
    assert_true(hypot(e - t.east_m, n - t.north_m) < 0.02 && fabs((double)all->time[0] - t.time_s) < 1e-3);
    double speed = sqrt(t.speed_e_mps * t.speed_e_mps + t.speed_n_mps * t.speed_n_mps + t.speed_up_mps * t.speed_up_mps);
    assert_true(fabs((double)all->speed[0] - speed) < 0.01);
    for (int i = 1; i < LANDINGS; i++)
        assert_true(all->e[i] == all->e[0] && all->along[i] == all->along[0] && !all->failed[i]);
    free(all);
}

/* Each error alone spreads landings by what it is. */
static void spread(const float *x, int count, double *mean, double *sd)
{
    double sum = 0, squares = 0;
    for (int i = 0; i < count; i++)
        sum += (double)x[i];
    *mean = sum / count;
    for (int i = 0; i < count; i++)
        squares += ((double)x[i] - *mean) * ((double)x[i] - *mean);
    *sd = sqrt(squares / count);
}

static void spreads(void **state)
{
    (void)state;
    static design_case c;
    cloud *all = cloud_new(PASSES);
    double mean, sd;
    design_make(9, &c);
    c.drop.scatter = (ab_scatter){.gust_m = 25};
    assert_true(ab__landings_draw(&c.drop, 2, 0, &all->l));
    spread(all->e, LANDINGS, &mean, &sd);
    assert_true(fabs(sd / 25 - 1) < 0.05);
    c.drop.scatter = (ab_scatter){.exit_timing_s = 0.5, .exit_interval_s = 0};
    assert_true(ab__landings_draw(&c.drop, 2, 0, &all->l));
    spread(all->along, LANDINGS, &mean, &sd);
    assert_true(fabs(sd / (0.5 * c.drop.airspeed_mps) - 1) < 0.05);
    c.drop.scatter = (ab_scatter){.aim_position_m = 40};
    assert_true(ab__landings_draw(&c.drop, 2, 0, &all->l));
    spread(all->across, LANDINGS, &mean, &sd);
    assert_true(fabs(sd / 40 - 1) < 0.15); /* one draw a pass */
    for (int k = 1; k < LOADS; k++)
        assert_true(all->across[k] == all->across[0]);
    free(all);
}

/* By a wind error that is one over all heights the drift's spread is that of wind times time. */
static void wind_error(void **state)
{
    (void)state;
    static design_case c;
    enum { MANY = 4000 };
    design_make(0, &c);
    c.drop.release_msl_m = c.drop.ground_msl_m + 3000;
    double before = INFINITY;
    for (double length_m = 1e7; length_m > 400; length_m = length_m > 1e6 ? 3000 : length_m / 2) {
        c.drop.scatter = (ab_scatter){.wind_rms_mps = 4, .wind_correlation_m = length_m};
        static float x[6][MANY];
        static unsigned char failed[MANY];
        ab_landings l = {MANY, 1, x[0], x[1], x[2], x[3], x[4], x[5], failed};
        assert_true(ab__landings_draw(&c.drop, 3, 0, &l));
        double mean, sd;
        spread(x[0], MANY, &mean, &sd);
        if (length_m > 1e6)
            assert_true(fabs(sd / (4 / sqrt(2) * (double)x[4][0]) - 1) < 0.04);
        assert_true(sd < before);
        before = sd;
    }
}

/* Shares that fail: the Beta's mean, and its spread from pass to pass. */
static void failures(void **state)
{
    (void)state;
    static design_case c;
    design_make(1, &c);
    cloud *all = cloud_new(PASSES);
    c.drop.scatter = (ab_scatter){.fail_alpha = 2, .fail_beta = 18};
    double sum = 0, squares = 0, bare_s = 0;
    int rounds = 20, failed = 0;
    for (int r = 0; r < rounds; r++) {
        assert_true(ab__landings_draw(&c.drop, 4, r * PASSES, &all->l));
        for (int p = 0; p < PASSES; p++) {
            double share = 0;
            for (int k = 0; k < LOADS; k++) {
                share += all->failed[p * LOADS + k] / (double)LOADS;
                if (all->failed[p * LOADS + k]) {
                    bare_s = (double)all->time[p * LOADS + k];
                    failed++;
                }
            }
            sum += share;
            squares += share * share;
        }
    }
    double passes = PASSES * rounds, mean = sum / passes, var = squares / passes - mean * mean;
    /* Beta-binomial: n a b (a + b + n) / ((a + b)^2 (a + b + 1)) / n^2. */
    double expected = 2.0 * 18 * (20 + LOADS) / (20.0 * 20 * 21) / LOADS;
    assert_true(fabs(mean - 0.1) < 0.005 && fabs(var / expected - 1) < 0.1);
    ab_body bare = c.drop.body;
    bare.stage_count = 0;
    ab_release r = {c.drop.release_msl_m, 0, 0, 0, c.drop.gravity_mps2};
    ab_touchdown t;
    assert_true(failed > 0 && ab__descent(&bare, &c.air, &r, c.drop.ground_msl_m, &t));
    assert_true(fabs(bare_s - t.time_s) < 0.3 * t.time_s);
    free(all);
}

/* Members take turns. */
static void members(void **state)
{
    (void)state;
    static design_case a, b;
    design_make(18, &a);
    design_make(18, &b);
    for (int i = 0; i < DESIGN_LEVELS; i++)
        b.e[i] += 10;
    ab_air both[] = {a.air, b.air};
    cloud *of_both = cloud_new(PASSES), *of_a = cloud_new(PASSES), *of_b = cloud_new(PASSES);
    assert_true(ab__landings_draw(&a.drop, 5, 7, &of_a->l));
    assert_true(ab__landings_draw(&b.drop, 5, 7, &of_b->l));
    a.drop.members = 2;
    a.drop.air = both;
    assert_true(ab__landings_draw(&a.drop, 5, 7, &of_both->l));
    for (int p = 0; p < PASSES; p++) {
        const cloud *same = (p + 7) % 2 ? of_b : of_a;
        assert_memory_equal(of_both->e + p * LOADS, same->e + p * LOADS, LOADS * sizeof(float));
        assert_memory_equal(of_both->time + p * LOADS, same->time + p * LOADS, LOADS * sizeof(float));
    }
    free(of_both);
    free(of_a);
    free(of_b);
}

static void flaws(void **state)
{
    (void)state;
    static design_case c;
    cloud *all = cloud_new(1);
    design_make(0, &c);
    ab_drop_case bad[6];
    for (int i = 0; i < 6; i++)
        bad[i] = c.drop;
    bad[0].body.mass_kg = -1;
    bad[1].release_msl_m = bad[1].ground_msl_m;
    bad[2].members = 0;
    bad[3].scatter.drag_frac = -0.1;
    bad[4].scatter.wind_correlation_m = 0;
    bad[5].airspeed_mps = NAN;
    for (int i = 0; i < 6; i++)
        assert_false(ab__landings_draw(&bad[i], 1, 0, &all->l));
    assert_false(ab__landings_draw(&c.drop, 1, -1, &all->l));
    assert_true(ab__landings_draw(&c.drop, 1, 0, &all->l));
    free(all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_reference), cmocka_unit_test(same_however_divided), cmocka_unit_test(without_scatter),
        cmocka_unit_test(spreads),      cmocka_unit_test(wind_error),           cmocka_unit_test(failures),
        cmocka_unit_test(members),      cmocka_unit_test(flaws),
        cmocka_unit_test(quasi_as_reference), cmocka_unit_test(quasi_wind_is_the_same_process), cmocka_unit_test(quasi_draws_err_less),
        cmocka_unit_test(quasi_passes_keep_no_step),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
