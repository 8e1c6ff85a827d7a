#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/access.h"
#include "base/random.h"
#include "events/weigh.h"
#include "geo/geodesic.h"
#include "support/small.h"

/* ---- The kernel of distance ---- */

/* The mean over a normal error of `spread_m` of how much is felt `away_m` from a straight line, or from a point: by
 * quadrature, knowing nothing of the closed form. */
static double felt_on_average(bool line, double away_m, double spread_m)
{
    enum { STEPS = 400 };
    double reach_m = line ? 2000 : 3000, step = 16.0 / STEPS, sum = 0;

    for (int i = 0; i <= STEPS; i++) {
        double u = -8 + i * step, across = exp(-u * u / 2) / sqrt(2 * 3.14159265358979) * step;
        double x = away_m + u * spread_m;
        if (line) {
            sum += across * exp(-x * x / (2 * reach_m * reach_m));
            continue;
        }
        for (int j = 0; j <= STEPS; j++) {
            double v = -8 + j * step, y = v * spread_m;
            sum += across * exp(-v * v / 2) / sqrt(2 * 3.14159265358979) * step *
                   exp(-(x * x + y * y) / (2 * reach_m * reach_m));
        }
    }
    return sum;
}

static void the_kernel_is_the_mean_over_the_error_of_the_place(void **state)
{
    (void)state;
    const double spreads_m[] = {2000, 10000, 12500}, away_m[] = {0, 500, 2000, 5000, 8000};
    for (int s = 0; s < 3; s++)
        for (int d = 0; d < 5; d++)
            for (int line = 0; line < 2; line++) {
                double found = ab__event_bears_frac(line, away_m[d], spreads_m[s]);
                double mean = felt_on_average(line, away_m[d], spreads_m[s]);
                if (fabs(found - mean) > 1e-4)
                    fail_msg("%d: %g m, %g m: %g, not %g", line, away_m[d], spreads_m[s], found,
                             mean);
            }
}

static void nearer_weighs_more_and_beyond_three_deviations_nothing(void **state)
{
    (void)state;
    for (int line = 0; line < 2; line++) {
        double s = hypot(line ? 2000 : 3000, 10000), before = 1;
        for (double away_m = 0; away_m < 3 * s; away_m += 500) {
            double found = ab__event_bears_frac(line, away_m, 10000);
            assert_true(found > 0 && found < before);
            before = found;
        }
        assert_true(ab__event_bears_frac(line, 3 * s + 1, 10000) == 0);
        assert_true(ab__event_bears_frac(line, 0, 2000) > ab__event_bears_frac(line, 0, 10000));
        assert_true(ab__event_bears_frac(line, 0, 0) == 1);
    }
}

/* ---- The kernel of time ---- */

static ab__event lasting(int32_t days)
{
    return (ab__event){.id = "e",
                       .what = "",
                       .source = "",
                       .stop_prob = 0.3,
                       .first_day = 100,
                       .last_day = 100 + days - 1};
}

static void an_event_is_felt_on_three_days_however_well_they_are_known(void **state)
{
    (void)state;
    for (int32_t days = 1; days <= 366; days++) {
        ab__event event = lasting(days);
        int32_t from, until;
        ab__event_felt(&event, &from, &until);
        assert_true(from <= event.first_day && until > event.last_day);
        small_near(ab__event_day_prob(&event) * (until - from), 3);
    }
    ab__event known = lasting(1);
    assert_true(ab__event_day_prob(&known) == 1);
    ab__event year = lasting(366);
    assert_true(ab__event_day_prob(&year) < 0.01);
}

static void layers_go_by_how_well_the_day_is_known(void **state)
{
    (void)state;
    const struct {
        int32_t days;
        ab__event_layer layer;
    } known[] = {{1, AB_LAYER_DAYS},   {2, AB_LAYER_WEEKS},   {7, AB_LAYER_WEEKS},
                 {8, AB_LAYER_MONTHS}, {31, AB_LAYER_MONTHS}, {32, AB_LAYER_RATES},
                 {366, AB_LAYER_RATES}};
    for (int i = 0; i < 7; i++) {
        ab__event event = lasting(known[i].days);
        assert_int_equal(ab__event_layer_of(&event), known[i].layer);
    }
}

/* ---- Grades ---- */

/* The chance that a lone report of these grades leaves, as the access engine has it. */
static double left_open(ab__event_grade grade)
{
    char tables[600];
    snprintf(
        tables, sizeof tables,
        "[roads]\nid,wkt\nr1,\"LINESTRING(36 34,36.5 34)\"\n"
        "[access]\nid,subject,mode,state,from,until,reported_at,reliability,credibility\n"
        "a,road:r1,road,restricted,2030-03-01T00:00Z,2030-03-11T00:00Z,2030-03-01T00:00Z,%s,%s\n",
        ab_codes_reliability.codes[grade.reliability].word,
        ab_codes_credibility.codes[grade.credibility].word);
    ab_operation *op = small_operation(tables);
    ab_access *access = NULL;
    assert_int_equal(ab_access_make(op, &access, NULL), AB_OK);
    double chance = ab_access_way(access, AB_TABLE_roads, 0, 3)->pass.mean;
    ab_access_free(access);
    ab_operation_free(op);
    return chance;
}

static void a_grade_closes_about_as_much_as_the_chance_that_it_stands_for(void **state)
{
    (void)state;
    for (double p = 0.01; p < 0.5; p *= 1.2) {
        double open = left_open(ab__event_grade_of(p, AB_LAYER_DAYS));
        if (fabs(1 - open - p) > 0.5 * p)
            fail_msg("%g became %g", p, 1 - open);
    }
}

static void more_is_never_worth_less_and_never_better_than_d2(void **state)
{
    (void)state;
    double before = 1;
    for (double p = 0.011; p <= 1; p += 0.01) {
        double open = left_open(ab__event_grade_of(p, AB_LAYER_MONTHS));
        assert_true(open <= before);
        before = open;
    }
    ab__event_grade most = ab__event_grade_of(1, AB_LAYER_DAYS),
                    rate = ab__event_grade_of(1, AB_LAYER_RATES);
    assert_true(most.reliability == AB_RELIABILITY_D && most.credibility == AB_CREDIBILITY_2);
    assert_true(rate.reliability == AB_RELIABILITY_E && rate.credibility == AB_CREDIBILITY_3);
    assert_int_equal(ab__event_grade_of(0.0099, AB_LAYER_DAYS).reliability, -1);
}

/* ---- What is near what ---- */

enum { MANY = 300 };

static void no_box_hides_what_is_near(void **state)
{
    (void)state;
    static const char *const roads[] = {"LINESTRING(36 34,36.5 34,37 34.4)",
                                        "LINESTRING(179.9 -16,179.99 -16.2)",
                                        "LINESTRING(-179.99 -16.2,-179.8 -16.4)",
                                        "LINESTRING(20 69.5,21 69.9)",
                                        "LINESTRING(20 84,40 86)",
                                        "LINESTRING(-170 10,170 10)",
                                        "LINESTRING(10 65,50 65)",
                                        "LINESTRING(10 -70,30 -70,31 -71)"};
    static const double middle[][2] = {{36.5, 34}, {180, -16.2}, {-180, -16.2}, {20.5, 69.7},
                                       {30, 85},   {0, 10},      {30, 66.5},    {20, -70.5}};
    for (int r = 0; r < 8; r++) {
        char tables[200];
        snprintf(tables, sizeof tables, "[roads]\nid,wkt\nr1,\"%s\"\n", roads[r]);
        ab_operation *op = small_operation(tables);
        ab_arena *arena = ab__arena_new();
        ab__event event[MANY];
        const ab__event *at[MANY];
        for (int i = 0; i < MANY; i++) {
            double lon =
                middle[r][0] + 8 * (ab__random_uniform(7, (uint64_t)r, (uint64_t)(2 * i)) - 0.5);
            event[i] = (ab__event){.id = "e", .what = "", .source = "", .stop_prob = 0.3};
            event[i].lon_deg = lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon;
            event[i].lat_deg =
                middle[r][1] +
                4 * (ab__random_uniform(7, (uint64_t)r, (uint64_t)(2 * i + 1)) - 0.5);
            event[i].spread_m = i % 2 ? 2000 : 50000;
            at[i] = &event[i];
        }
        ab__event_points points;
        ab__event_near near[MANY];
        assert_true(ab__event_points_make(at, MANY, arena, &points));
        int32_t count = ab__event_points_near(op, (ab_ref){AB_TABLE_roads, 0}, &points, near),
                next = 0;
        const ab_shape *shape = &op->roads.at[0].shape;
        for (int32_t p = 0; p < points.count; p++) {
            double away_m = INFINITY, along;
            for (int v = 0; v + 1 < shape->part_start[1]; v++) {
                const double *c = &shape->lon_lat_deg[2 * v];
                away_m = fmin(away_m, ab__segment_m(points.at[p].lon_deg, points.at[p].lat_deg,
                                                    c[0], c[1], c[2], c[3], &along));
            }
            double bears = ab__event_bears_frac(true, away_m, points.at[p].spread_m);
            bool is_near = next < count && near[next].point == p;
            if (is_near != (bears > 0))
                fail_msg("%s: a point %g m away is%s near", roads[r], away_m,
                         is_near ? "" : " not");
            if (is_near)
                small_near(near[next++].bears_frac, bears);
        }
        assert_int_equal(next, count);
        ab__arena_free(arena);
        ab_operation_free(op);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_kernel_is_the_mean_over_the_error_of_the_place),
        cmocka_unit_test(nearer_weighs_more_and_beyond_three_deviations_nothing),
        cmocka_unit_test(an_event_is_felt_on_three_days_however_well_they_are_known),
        cmocka_unit_test(layers_go_by_how_well_the_day_is_known),
        cmocka_unit_test(a_grade_closes_about_as_much_as_the_chance_that_it_stands_for),
        cmocka_unit_test(more_is_never_worth_less_and_never_better_than_d2),
        cmocka_unit_test(no_box_hides_what_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
