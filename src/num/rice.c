#include "num/rice.h"

#include <math.h>

static const double PI = 3.14159265358979323846;
enum { STEPS = 400 }; /* even, for Simpson's rule */

/* Where the component along the mean is a share of the circle's chord at the angle t, the one across it has the rest of the chord: erf. With limit sin t for the
 * component the ends of the chord, where the root has no slope, do no harm. Below 12 deviations there is nothing, so the steps lie where something is. */
double ab__rice_above(double mean, double rms, double limit)
{
    double sd = rms / sqrt(2), sum = 0;
    if (!(sd > 0))
        return mean > limit ? 1 : 0;
    if (!(limit > 0) || isinf(limit))
        return limit > 0 ? 0 : 1;
    double from = asin(fmax(-1, fmin(1, (mean - 12 * sd) / limit))), until = asin(fmax(-1, fmin(1, (mean + 12 * sd) / limit)));
    double step = (until - from) / STEPS;
    for (int i = 0; i <= STEPS; i++) {
        double t = from + i * step, along = (limit * sin(t) - mean) / sd, half_chord = limit * cos(t);
        double weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
        sum += weight * half_chord * exp(-along * along / 2) / (sqrt(2 * PI) * sd) * erf(half_chord / (sd * sqrt(2)));
    }
    return fmax(0, fmin(1, 1 - sum * step / 3));
}
