/* Chances learnt from cases: what one group of cases shows, drawn towards what all others show. */
#ifndef ACCESS_LEARN_H
#define ACCESS_LEARN_H

#include <stdint.h>

/* Cases of one group: how many, and in how many of them it went well. Cases of one decision count as fewer
 * (ab__decision_weight), so neither need be whole. */
typedef struct ab__cases {
    double seen, good; /* 0 <= good <= seen */
} ab__cases;

/* What stands behind a stage before any case of the operation: a mean, and as how many cases it counts. */
typedef struct ab__prior {
    double mean, cases; /* 0 < mean < 1, cases > 0 */
} ab__prior;

/* Beta(a, b) over the chance of a group, and what made it. */
typedef struct ab__belief {
    double a, b;
    double pooled_mean; /* what the prior and all other groups say */
    double firm_cases;  /* as how many cases that counts here */
} ab__belief;

/* How many cases each of `count` cases counts that hang on one decision: 1 / (1 + 0.3 (count - 1)). Leave for
 * nineteen places on one day is one yes and a little more. The 0.3 is assumed. */
double ab__decision_weight(double count);

/* As how many cases the pooled mean counts in each group: 8 (assumed), or of 2, 4, 16 and 32 that which makes all groups
 * likeliest (beta-binomial), if they are e times as likely by it. Groups that differ much get little. */
double ab__learn_firmness(const ab__cases *group, int32_t count, ab__prior prior);

/* What is believed of group `which` of `count`; which = -1: of one of which no case was seen.
 *   pooled = (prior.mean prior.cases + good of others) / (prior.cases + seen of others)
 *   Beta(firm pooled + good, firm (1 - pooled) + seen - good) */
ab__belief ab__learn(const ab__cases *group, int32_t count, int32_t which, ab__prior prior, double firm_cases);

#endif
