/* Rice's distribution: closed forms, Marcum's series, more of one more of the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "num/rice.h"

static void near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("found %.17g, expected %.17g within %g", found, expected, tolerance);
}

static void ends_are_exact(void **state)
{
    (void)state;
    for (double limit = 0.1; limit < 20; limit += 0.7)
        near(ab__rice_above(0, 3, limit), exp(-limit * limit / 9), 1e-9); /* Rayleigh */
    assert_true(ab__rice_above(5, 0, 6) == 0 && ab__rice_above(7, 0, 6) == 1 && ab__rice_above(6, 0, 6) == 0);
    assert_true(ab__rice_above(5, 2, 0) == 1);
    near(ab__rice_above(1000, 20, 400), 1, 1e-9);
    near(ab__rice_above(400, 20, 1000), 0, 1e-9);
}

/* Q1(a, b) as a mixture: Poisson(a^2/2) of chi-square tails with 2 + 2k degrees. */
static double marcum(double a, double b)
{
    double poisson = exp(-a * a / 2), term = exp(-b * b / 2), tail = term, sum = 0;
    for (int k = 0; k < 400; k++) {
        sum += poisson * tail;
        poisson *= a * a / 2 / (k + 1);
        term *= b * b / 2 / (k + 1);
        tail += term;
    }
    return sum;
}

static void it_equals_the_series_of_marcum(void **state)
{
    (void)state;
    for (double rms = 0.5; rms < 9; rms *= 1.7)
        for (double mean = 0; mean < 12 * rms && mean < 15; mean += 1.3)
            for (double limit = 0.5; limit < 12 * rms && limit < 15; limit += 1.1)
                near(ab__rice_above(mean, rms, limit), marcum(mean / (rms / sqrt(2)), limit / (rms / sqrt(2))), 1e-9);
}

static void more_wind_is_more_chance(void **state)
{
    (void)state;
    for (double rms = 0.01; rms < 50; rms *= 3) {
        for (double mean = 0; mean < 50; mean += 0.5)
            assert_true(ab__rice_above(mean + 0.5, rms, 6.7) >= ab__rice_above(mean, rms, 6.7) - 1e-9);
        for (double limit = 0.1; limit < 50; limit += 0.5)
            assert_true(ab__rice_above(5, rms, limit + 0.5) <= ab__rice_above(5, rms, limit) + 1e-9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_exact),
        cmocka_unit_test(it_equals_the_series_of_marcum),
        cmocka_unit_test(more_wind_is_more_chance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
