#include "num/beta.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "num/gamma.h"

/* The continued fraction DLMF 8.17.22, by the modified method of Lentz. It converges fast for
 * x < (a + 1) / (a + b + 2). */
static double continued_fraction(double a, double b, double x)
{
    const double tiny = 1e-300;
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < tiny ? tiny : d);
    double f = d;
    for (int m = 1; m < 10000; m++) {
        for (int odd = 0; odd < 2; odd++) {
            double step = odd ? -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
                              : m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 + step * d;
            c = 1 + step / c;
            d = 1 / (fabs(d) < tiny ? tiny : d);
            c = fabs(c) < tiny ? tiny : c;
            f *= c * d;
        }
        if (fabs(c * d - 1) < 1e-16) {
            break;
        }
    }
    return f;
}

double ab__beta_cdf(double a, double b, double x)
{
    assert(a > 0 && b > 0 && x >= 0 && x <= 1);
    if (x <= 0 || x >= 1) {
        return x <= 0 ? 0 : 1;
    }
    double log_front = ab__log_gamma(a + b) - ab__log_gamma(a) - ab__log_gamma(b) + a * log(x) + b * log1p(-x);
    /* I_x(a, b) = 1 - I_{1-x}(b, a), DLMF 8.17.4, to stay where the fraction converges. */
    if (x < (a + 1) / (a + b + 2)) {
        return exp(log_front) * continued_fraction(a, b, x) / a;
    }
    return 1 - exp(log_front) * continued_fraction(b, a, 1 - x) / b;
}

double ab__beta_quantile(double a, double b, double prob)
{
    assert(prob >= 0 && prob <= 1);
    if (prob <= 0 || prob >= 1) {
        return prob <= 0 ? 0 : 1;
    }
    /* Bisection: slow, and sure for every shape, also those whose density is infinite at an end. */
    double low = 0, high = 1;
    for (int i = 0; i < 1100; i++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) {
            break;
        }
        if (ab__beta_cdf(a, b, middle) < prob) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low + (high - low) / 2;
}
