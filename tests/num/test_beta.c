#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "num/beta.h"

static void near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance)) {
        fail_msg("found %.17g, expected %.17g within %g", found, expected, tolerance);
    }
}

/* Closed forms: I_x(1, b) = 1 - (1 - x)^b, I_x(a, 1) = x^a, I_x(1/2, 1/2) = 2/pi asin(sqrt x). */
static void the_distribution_equals_its_closed_forms(void **state)
{
    (void)state;
    const double x[] = {1e-6, 0.01, 0.2, 0.5, 0.77, 0.999};
    const double shape[] = {0.05, 0.9, 1, 3, 41, 113, 5000};
    for (int i = 0; i < 6; i++) {
        for (int k = 0; k < 7; k++) {
            near(ab__beta_cdf(1, shape[k], x[i]), -expm1(shape[k] * log1p(-x[i])), 1e-13);
            near(ab__beta_cdf(shape[k], 1, x[i]), pow(x[i], shape[k]), 1e-13);
        }
        near(ab__beta_cdf(0.5, 0.5, x[i]), 2 / 3.14159265358979323846 * asin(sqrt(x[i])), 1e-13);
    }
    near(ab__beta_cdf(2, 3, 0), 0, 0);
    near(ab__beta_cdf(2, 3, 1), 1, 0);
}

/* For whole a, b it is a tail of the binomial distribution (DLMF 8.17.5). */
static void the_distribution_equals_a_binomial_tail(void **state)
{
    (void)state;
    for (int a = 1; a <= 14; a++) {
        for (int b = 1; b <= 14; b++) {
            for (double x = 0.05; x < 1; x += 0.1) {
                int n = a + b - 1;
                double tail = 0, term = pow(1 - x, n);
                for (int j = 0; j <= n; j++) {
                    tail += j >= a ? term : 0;
                    term *= (n - j) * x / ((j + 1) * (1 - x));
                }
                near(ab__beta_cdf(a, b, x), tail, 1e-13);
            }
        }
    }
}

static void a_quantile_is_the_inverse_of_the_distribution(void **state)
{
    (void)state;
    const double shape[][2] = {{0.9, 29.1}, {14.35, 26.65}, {11.3, 101.7}, {6, 2},
                               {19, 1},     {0.05, 4},      {3, 0.02},     {4000, 7}};
    const double prob[] = {1e-9, 0.05, 0.5, 0.95, 0.999};
    for (int i = 0; i < 8; i++) {
        double before = -1;
        for (int k = 0; k < 5; k++) {
            double x = ab__beta_quantile(shape[i][0], shape[i][1], prob[k]);
            assert_true(x >= before && x >= 0 && x <= 1);
            before = x;
            if (x > 1e-280 && 1 - x > 1e-9) {
                near(ab__beta_cdf(shape[i][0], shape[i][1], x), prob[k], 1e-12);
            }
        }
    }
    near(ab__beta_quantile(1, 1, 0.05), 0.05, 1e-15);
    near(ab__beta_quantile(1, 2, 0.75), 0.5, 1e-15);
    near(ab__beta_quantile(2, 3, 0), 0, 0);
    near(ab__beta_quantile(2, 3, 1), 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_distribution_equals_its_closed_forms),
        cmocka_unit_test(the_distribution_equals_a_binomial_tail),
        cmocka_unit_test(a_quantile_is_the_inverse_of_the_distribution),
    };
    return cmocka_run_group_tests_name("num/beta", tests, NULL, NULL);
}
