#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "num/gamma.h"

static void near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance)) {
        fail_msg("found %.17g, expected %.17g within %g", found, expected, tolerance);
    }
}

/* Closed forms: P(1, x) = 1 - e^-x, P(1/2, x) = erf(sqrt x) (DLMF 8.4.1). */
static void the_distribution_equals_its_closed_forms(void **state)
{
    (void)state;
    const double x[] = {1e-9, 0.01, 0.4, 1, 1.6, 3, 9, 30, 200};
    for (int i = 0; i < 9; i++) {
        near(ab__gamma_cdf(1, x[i]), -expm1(-x[i]), 1e-13);
        near(ab__gamma_cdf(0.5, x[i]), erf(sqrt(x[i])), 1e-13);
    }
    near(ab__gamma_cdf(3, 0), 0, 0);
}

/* For whole shapes it is the chance of at least so many events of a Poisson process (DLMF 8.4.10). */
static void the_distribution_equals_a_poisson_tail(void **state)
{
    (void)state;
    for (int shape = 1; shape <= 40; shape++) {
        for (double x = 0.3; x < 90; x *= 1.7) {
            double term = exp(-x), fewer = 0;
            for (int k = 0; k < shape; k++) {
                fewer += term;
                term *= x / (k + 1);
            }
            near(ab__gamma_cdf(shape, x), 1 - fewer, 1e-13);
        }
    }
}

static void a_quantile_is_the_inverse_of_the_distribution(void **state)
{
    (void)state;
    const double shape[] = {0.3, 1, 2, 3.5, 14, 300, 20000};
    const double prob[] = {1e-6, 0.05, 0.5, 0.95, 0.999};
    for (int i = 0; i < 7; i++) {
        double last = 0;
        for (int k = 0; k < 5; k++) {
            double x = ab__gamma_quantile(shape[i], prob[k]);
            assert_true(x > last);
            near(ab__gamma_cdf(shape[i], x), prob[k], 1e-11);
            last = x;
        }
    }
    near(ab__gamma_quantile(1, 0.95), -log(0.05), 1e-12);
    near(ab__gamma_quantile(2, 0), 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_distribution_equals_its_closed_forms),
        cmocka_unit_test(the_distribution_equals_a_poisson_tail),
        cmocka_unit_test(a_quantile_is_the_inverse_of_the_distribution),
    };
    return cmocka_run_group_tests_name("num/gamma", tests, NULL, NULL);
}
