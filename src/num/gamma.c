#include "num/gamma.h"

#include <assert.h>
#include <math.h>

/* ln of the gamma function, x > 0: shifted up to where Stirling's series (DLMF 5.11.1) is good to the
 * last bits. The C library's lgamma writes to a global, so threads could not share it. */
double ab__log_gamma(double x)
{
    static const double coefficient[] = {1.0 / 12,   -1.0 / 360,        1.0 / 1260, -1.0 / 1680,
                                         1.0 / 1188, -691.0 / 360360.0, 1.0 / 156};
    const double half_log_two_pi = 0.91893853320467274178;
    double shift = 1;
    while (x < 12) {
        shift *= x;
        x += 1;
    }
    double series = 0;
    for (int k = 6; k >= 0; k--) {
        series = series / (x * x) + coefficient[k];
    }
    return (x - 0.5) * log(x) - x + half_log_two_pi + series / x - log(shift);
}

/* x^shape e^-x / Gamma(shape) */
static double front(double shape, double x)
{
    return exp(shape * log(x) - x - ab__log_gamma(shape));
}

/* P by its series, DLMF 8.11.4: all terms positive, quick below the mean. */
static double lower_series(double shape, double x)
{
    double term = 1 / shape, sum = term;
    for (double k = 1; term > sum * 1e-17 && k < 1e7; k++) {
        term *= x / (shape + k);
        sum += term;
    }
    return front(shape, x) * sum;
}

/* 1 - P by its continued fraction, DLMF 8.9.2, worked out as by Lentz. */
static double upper_fraction(double shape, double x)
{
    const double tiny = 1e-300;
    double b = x + 1 - shape, c = 1 / tiny, d = 1 / b, f = d;
    for (double k = 1; k < 1e7; k++) {
        double a = -k * (k - shape);
        b += 2;
        d = a * d + b;
        d = 1 / (fabs(d) < tiny ? tiny : d);
        c = b + a / c;
        c = fabs(c) < tiny ? tiny : c;
        f *= c * d;
        if (fabs(c * d - 1) < 1e-16) {
            break;
        }
    }
    return front(shape, x) * f;
}

double ab__gamma_cdf(double shape, double x)
{
    assert(shape > 0 && x >= 0);
    if (x <= 0) {
        return 0;
    }
    return x < shape + 1 ? lower_series(shape, x) : 1 - upper_fraction(shape, x);
}

double ab__gamma_quantile(double shape, double prob)
{
    assert(prob >= 0 && prob < 1);
    if (prob <= 0) {
        return 0;
    }
    /* Bisection, as for the beta distribution: slow, and sure for every shape. */
    double low = 0, high = shape + 1;
    while (ab__gamma_cdf(shape, high) < prob) {
        high *= 2;
    }
    for (int i = 0; i < 1100; i++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) {
            break;
        }
        if (ab__gamma_cdf(shape, middle) < prob) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low + (high - low) / 2;
}
