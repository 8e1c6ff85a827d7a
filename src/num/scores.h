/* How good forecasts are that are samples of points in a plane, held against where things came down. */
#ifndef NUM_SCORES_H
#define NUM_SCORES_H

#include <stdbool.h>
#include <stdint.h>

/* Energy score, in the unit of the coordinates; less is better. The mean distance from the sample to what happened, less half the
 * mean distance within the sample (Gneiting and Raftery 2007, Strictly Proper Scoring Rules, eq. 22), in the form that
 * does not favour samples of some size (Ferro 2014). For a single point (n = 1) it is the distance, so points and samples compare. */
double ab__scores_energy(const double *x, const double *y, int32_t n, double at_x, double at_y);

/* Probability integral transform of `at` in a sample: uniform over 0..1 if both are from one distribution. Ties, and the gap
 * between two draws, are divided by `tie`, a random number of 0..1 (0.5: the middle). */
double ab__scores_pit(const double *sample, int32_t n, double at, double tie);

/* The ellipse about the mean of a sample, of its covariance, that holds a share `prob` of it. */
typedef struct ab_ellipse {
    double mean_x, mean_y;
    double area;          /* square of the coordinates' unit */
    double radius_pit;    /* of the point's Mahalanobis radius among those of the sample: below prob if it is inside */
} ab_ellipse;

/* `room` is [n] for the radii. false: fewer than 8 draws, or all on one line. */
bool ab__scores_ellipse(const double *x, const double *y, int32_t n, double prob, double at_x, double at_y, double tie,
                        double *room, ab_ellipse *out);

/* Kolmogorov's distance of values from the uniform distribution over 0..1. Sorts them. */
double ab__scores_from_uniform(double *value, int32_t n);

/* A number made of items of which each counts as often as its weight says (0, 1, 2...). */
typedef double (*ab_weighted)(const void *context, const double *weight);

/* Interval of a statistic by the bootstrap (Efron 1979): whole groups are drawn anew, as items of one group are not independent.
 * group[item] is 0 to groups - 1. 5 % and 95 % points of `draws` statistics; NAN statistics (nothing drawn) are left out.
 * false: out of memory, or nothing to draw. */
bool ab__scores_bootstrap(const int32_t *group, int32_t items, int32_t groups, int32_t draws, uint64_t seed,
                          ab_weighted statistic, const void *context, double *lo, double *hi);

#endif
