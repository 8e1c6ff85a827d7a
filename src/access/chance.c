#include "access/chance.h"

#include <math.h>

#include "num/beta.h"

ab_chance ab__chance_seen(double mean_prob, double cases)
{
    if (mean_prob <= 0 || mean_prob >= 1) {
        double end = mean_prob <= 0 ? 0 : 1;
        return (ab_chance){end, end, end};
    }
    double a = mean_prob * cases, b = (1 - mean_prob) * cases;
    return (ab_chance){.mean = mean_prob,
                       .low = fmin(mean_prob, ab__beta_quantile(a, b, 0.05)),
                       .high = fmax(mean_prob, ab__beta_quantile(a, b, 0.95))};
}

ab_chance ab__chance_both(ab_chance a, ab_chance b)
{
    return (ab_chance){a.mean * b.mean, a.low * b.low, a.high * b.high};
}
