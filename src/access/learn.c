#include "access/learn.h"

#include <math.h>

static const double decision_share = 0.3, usual_firmness = 8;
static const double firmness[] = {2, 4, 8, 16, 32};
/* Log-likelihood by which another must be better than the usual one. */
static const double tells = 1;
enum { FIRMNESSES = sizeof firmness / sizeof *firmness };

double ab__decision_weight(double count)
{
    return 1 / (1 + decision_share * fmax(0, count - 1));
}

static double pooled_mean(const ab__cases *group, int32_t count, int32_t which, ab__prior prior)
{
    double good = prior.mean * prior.cases, seen = prior.cases;
    for (int32_t g = 0; g < count; g++) {
        if (g != which) {
            good += group[g].good;
            seen += group[g].seen;
        }
    }
    return good / seen;
}

/* Of the cases as they came, in order: ln [B(a + good, b + seen - good) / B(a, b)]. */
static double log_likelihood(ab__cases cases, double a, double b)
{
    return lgamma(a + cases.good) + lgamma(b + cases.seen - cases.good) - lgamma(a + b + cases.seen) - lgamma(a) -
           lgamma(b) + lgamma(a + b);
}

static double all_likelihood(const ab__cases *group, int32_t count, ab__prior prior, double firm_cases)
{
    double sum = 0;
    for (int32_t g = 0; g < count; g++) {
        double mean = pooled_mean(group, count, g, prior);
        sum += log_likelihood(group[g], firm_cases * mean, firm_cases * (1 - mean));
    }
    return sum;
}

double ab__learn_firmness(const ab__cases *group, int32_t count, ab__prior prior)
{
    double usual = all_likelihood(group, count, prior, usual_firmness), best = usual_firmness, greatest = usual + tells;
    for (int f = 0; f < FIRMNESSES; f++) {
        double sum = all_likelihood(group, count, prior, firmness[f]);
        if (sum > greatest) {
            greatest = sum;
            best = firmness[f];
        }
    }
    return best;
}

ab__belief ab__learn(const ab__cases *group, int32_t count, int32_t which, ab__prior prior, double firm_cases)
{
    double mean = pooled_mean(group, count, which, prior);
    ab__cases own = which >= 0 ? group[which] : (ab__cases){0, 0};
    return (ab__belief){.a = firm_cases * mean + own.good,
                        .b = firm_cases * (1 - mean) + own.seen - own.good,
                        .pooled_mean = mean,
                        .firm_cases = firm_cases};
}
