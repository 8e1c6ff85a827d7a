/* When an answer comes, if it ever does. */
#ifndef ACCESS_ANSWER_H
#define ACCESS_ANSWER_H

#include <stdbool.h>
#include <stdint.h>

/* One request: how long until its answer, or how long it has waited by now without one. */
typedef struct ab__wait {
    double days;   /* 0 or more */
    double weight; /* over 0: as how many requests it counts */
    bool answered;
} ab__wait;

/* A share `ever` of requests is answered some day, and these after an exponential time. */
typedef struct ab__answering {
    double ever;      /* probability */
    double mean_days; /* of those that are answered */
    double seen;      /* weight of requests behind it, */
    double answered;  /* and of those of them that were answered */
} ab__answering;

/* The likeliest `ever` and `mean_days` where they are believed beforehand as if `ever_cases` requests and `days_cases`
 * answers had shown them; those that still wait count in part as answers to come:
 *   share to come of one that waited d days = ever e^(-d/mean) / (1 - ever + ever e^(-d/mean))
 * (expectation and maximisation, until nothing moves by more than 1e-12). */
ab__answering ab__answering_learn(const ab__wait *wait, int32_t count, ab__answering before, double ever_cases,
                                  double days_cases);

/* The chance that a request which waited `waited_days` without an answer is answered within `more_days` (0 or more). */
double ab__answer_prob(ab__answering answering, double waited_days, double more_days);

#endif
