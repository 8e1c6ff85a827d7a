/* Scores of samples: closed forms, what a proper score must prefer, and intervals that hold what they promise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "num/scores.h"

enum { DRAWS = 400, TRIALS = 400, MOST = 2000 };

static uint64_t state_of_draw = 7;

static double draw(void)
{
    state_of_draw = state_of_draw * 6364136223846793005u + 1442695040888963407u;
    return ((double)(state_of_draw >> 11) + 0.5) / 9007199254740992.0;
}

static double normal(void)
{
    double radius = sqrt(-2 * log(draw()));
    return radius * cos(6.283185307179586 * draw());
}

static void near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("found %.17g, expected %.17g within %g", found, expected, tolerance);
}

static void cloud(double *x, double *y, int32_t n, double sd_x, double sd_y)
{
    for (int32_t i = 0; i < n; i++) {
        double u = normal(), v = normal();
        x[i] = sd_x * u;
        y[i] = 0.6 * sd_y * u + 0.8 * sd_y * v;
    }
}

static void energy_of_points_is_by_hand(void **state)
{
    (void)state;
    const double x[] = {0, 6}, y[] = {0, 8};
    near(ab__scores_energy(x, y, 1, 3, 4), 5, 1e-12);
    /* mean of 5 and 5, less half the mean distance 10 of two draws */
    near(ab__scores_energy(x, y, 2, 3, 4), 0, 1e-12);
    near(ab__scores_energy(x, y, 2, 0, 0), 0, 1e-12);
    near(ab__scores_energy(x, y, 2, -6, -8), 10, 1e-12);
}

/* On a line it is the continuous ranked probability score, of a standard normal at 0: (sqrt 2 - 1) / sqrt pi. */
static void energy_on_a_line_is_the_known_score_of_a_normal(void **state)
{
    (void)state;
    static double x[MOST], y[MOST];
    double mean = 0;
    for (int t = 0; t < 20; t++) {
        for (int32_t i = 0; i < MOST; i++)
            x[i] = normal();
        mean += ab__scores_energy(x, y, MOST, 0, 0) / 20;
    }
    near(mean, (sqrt(2) - 1) / sqrt(3.14159265358979323846), 0.01);
}

/* Proper: on average nobody scores better than who tells the truth, neither the too sure nor the too vague. */
static void energy_prefers_the_true_spread(void **state)
{
    (void)state;
    const double told[] = {0.4, 1, 2.5};
    double mean[3] = {0};
    double x[DRAWS], y[DRAWS], ax, ay;
    for (int t = 0; t < TRIALS; t++) {
        cloud(&ax, &ay, 1, 1, 2);
        for (int k = 0; k < 3; k++) {
            cloud(x, y, DRAWS, told[k], 2 * told[k]);
            mean[k] += ab__scores_energy(x, y, DRAWS, ax, ay) / TRIALS;
        }
    }
    assert_true(mean[1] < mean[0] - 0.02);
    assert_true(mean[1] < mean[2] - 0.02);
}

static void pit_counts_what_is_below_and_divides_ties(void **state)
{
    (void)state;
    const double sample[] = {1, 2, 2, 5};
    near(ab__scores_pit(sample, 4, 0, 0.5), 0.1, 1e-12);
    near(ab__scores_pit(sample, 4, 9, 0.5), 0.9, 1e-12);
    near(ab__scores_pit(sample, 4, 2, 0), 0.2, 1e-12);
    near(ab__scores_pit(sample, 4, 2, 1), 0.8, 1e-12);
}

/* Of the same distribution: uniform, and nine of ten inside. Too sure: not. */
static void pit_and_ellipse_tell_the_calibrated_from_the_too_sure(void **state)
{
    (void)state;
    for (int sure = 0; sure < 2; sure++) {
        double x[DRAWS], y[DRAWS], room[DRAWS], ax, ay, pit[TRIALS];
        int inside = 0;
        for (int t = 0; t < TRIALS; t++) {
            cloud(x, y, DRAWS, sure ? 1.5 : 3, sure ? 2 : 4);
            cloud(&ax, &ay, 1, 3, 4);
            ab_ellipse e;
            assert_true(ab__scores_ellipse(x, y, DRAWS, 0.9, ax, ay, draw(), room, &e));
            pit[t] = e.radius_pit;
            inside += e.radius_pit <= 0.9;
        }
        double far = ab__scores_from_uniform(pit, TRIALS), critical = 1.63 / sqrt(TRIALS); /* Kolmogorov, 1 % */
        assert_true(sure ? far > 2 * critical : far < critical);
        assert_true(sure ? inside < 0.75 * TRIALS : fabs((double)inside / TRIALS - 0.9) < 0.05);
    }
}

/* Of a normal distribution: pi * chi-square's 90 % point with two degrees (4.605) * sd * sd * sqrt(1 - correlation^2). */
static void ellipse_has_the_area_of_a_normal(void **state)
{
    (void)state;
    static double x[MOST * 10], y[MOST * 10], room[MOST * 10];
    cloud(x, y, MOST * 10, 3, 4);
    ab_ellipse e;
    assert_true(ab__scores_ellipse(x, y, MOST * 10, 0.9, 0, 0, 0.5, room, &e));
    near(e.area, 3.14159265358979 * 4.60517 * 3 * 4 * 0.8, 6);
    near(e.mean_x, 0, 0.1);
    for (int i = 0; i < MOST; i++)
        y[i] = 2 * x[i];
    assert_false(ab__scores_ellipse(x, y, MOST, 0.9, 0, 0, 0.5, room, &e));
    assert_false(ab__scores_ellipse(x, y, 7, 0.9, 0, 0, 0.5, room, &e));
}

static void distance_from_uniform_is_by_hand(void **state)
{
    (void)state;
    double value[] = {0.9, 0.1, 0.5, 0.7};
    near(ab__scores_from_uniform(value, 4), 0.25, 1e-12);
    double all_low[] = {0, 0};
    near(ab__scores_from_uniform(all_low, 2), 1, 1e-12);
}

static double mean_of(const void *context, const double *weight)
{
    const double *value = context;
    double sum = 0, count = 0;
    for (int i = 0; i < 80; i++) {
        sum += weight[i] * value[i];
        count += weight[i];
    }
    return count > 0 ? sum / count : NAN;
}

/* Four items of a group are one and the same: an interval that took them as independent would be half as wide, and hold too seldom. */
static void bootstrap_of_groups_holds_the_truth_about_nine_times_of_ten(void **state)
{
    (void)state;
    int held = 0;
    for (int t = 0; t < 200; t++) {
        double value[80];
        int32_t group[80];
        for (int32_t i = 0; i < 80; i++) {
            group[i] = i / 4;
            value[i] = i % 4 == 0 ? normal() : value[i - 1];
        }
        double lo = NAN, hi = NAN;
        assert_true(ab__scores_bootstrap(group, 80, 20, 300, (uint64_t)t, mean_of, value, &lo, &hi));
        assert_true(lo <= hi);
        held += lo <= 0 && hi >= 0;
    }
    assert_in_range(held, 160, 196);
    double lo, hi;
    assert_false(ab__scores_bootstrap(NULL, 0, 0, 10, 1, mean_of, NULL, &lo, &hi));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(energy_of_points_is_by_hand),
        cmocka_unit_test(energy_on_a_line_is_the_known_score_of_a_normal),
        cmocka_unit_test(energy_prefers_the_true_spread),
        cmocka_unit_test(pit_counts_what_is_below_and_divides_ties),
        cmocka_unit_test(pit_and_ellipse_tell_the_calibrated_from_the_too_sure),
        cmocka_unit_test(ellipse_has_the_area_of_a_normal),
        cmocka_unit_test(distance_from_uniform_is_by_hand),
        cmocka_unit_test(bootstrap_of_groups_holds_the_truth_about_nine_times_of_ten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
