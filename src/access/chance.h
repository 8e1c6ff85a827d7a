/* Chances with what is believed about them. */
#ifndef ACCESS_CHANCE_H
#define ACCESS_CHANCE_H

#include "airbridge/access.h"

/* A chance of this mean, believed as firmly as if `cases` like cases had been seen: the 5 % and 95 % points
 * of Beta(mean * cases, (1 - mean) * cases). A mean of 0 or 1 is certain. The mean always lies between
 * them, also where the distribution is so skewed that it would not. */
ab_chance ab__chance_seen(double mean_prob, double cases);

/* Both: the product of the means, and of the ends. That is wider than the interval of the product, on
 * purpose: the factors' errors may well go together. */
ab_chance ab__chance_both(ab_chance a, ab_chance b);

#define AB_CERTAIN ((ab_chance){1, 1, 1})

#endif
