#include "access/answer.h"

#include <math.h>

/* The share of requests that waited so long which are still to be answered. */
static double to_come(double ever, double mean_days, double waited_days)
{
    double left = ever * exp(-waited_days / mean_days);
    return left / (1 - ever + left);
}

ab__answering ab__answering_learn(const ab__wait *wait, int32_t count, ab__answering before, double ever_cases,
                                  double days_cases)
{
    enum { MOST_ROUNDS = 10000 };
    static const double still = 1e-12;
    ab__answering now = {.ever = before.ever, .mean_days = before.mean_days};
    for (int32_t i = 0; i < count; i++) {
        now.seen += wait[i].weight;
        now.answered += wait[i].answered ? wait[i].weight : 0;
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
        double answers = 0, days = 0;
        for (int32_t i = 0; i < count; i++) {
            double part = wait[i].answered ? 1 : to_come(now.ever, now.mean_days, wait[i].days);
            answers += wait[i].weight * part;
            days += wait[i].weight * part * (wait[i].days + (wait[i].answered ? 0 : now.mean_days));
        }
        double ever = (ever_cases * before.ever + answers) / (ever_cases + now.seen);
        double mean_days = (days_cases * before.mean_days + days) / (days_cases + answers);
        bool stands = fabs(ever - now.ever) < still && fabs(mean_days - now.mean_days) < still * mean_days;
        now.ever = ever;
        now.mean_days = mean_days;
        if (stands) {
            break;
        }
    }
    return now;
}

double ab__answer_prob(ab__answering answering, double waited_days, double more_days)
{
    return to_come(answering.ever, answering.mean_days, waited_days) * -expm1(-more_days / answering.mean_days);
}
