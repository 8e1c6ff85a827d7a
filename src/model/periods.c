#include <math.h>

#include "airbridge/operation.h"

/* Whole seconds: a third of an hour is 1,200 s though 0.3333 h is not. */
static ab_time period_s(const ab_operation *op)
{
    return llround(op->settings->period_s);
}

ab_time ab_period_start(const ab_operation *op, int32_t t)
{
    return t < op->period_count ? op->settings->start + t * period_s(op) : op->settings->end;
}

double ab_period_days(const ab_operation *op, int32_t t)
{
    return (double)(ab_period_start(op, t + 1) - ab_period_start(op, t)) / 86400.0;
}

int32_t ab_period_of(const ab_operation *op, ab_time time)
{
    if (time < op->settings->start)
        return -1;
    if (time >= op->settings->end)
        return op->period_count;
    return (int32_t)((time - op->settings->start) / period_s(op));
}

/* Seconds that period t shares with [from, until). */
static ab_time shared_s(const ab_operation *op, int32_t t, ab_time from, ab_time until)
{
    ab_time first = ab_period_start(op, t), last = ab_period_start(op, t + 1);
    return (last < until ? last : until) - (first > from ? first : from);
}

int32_t ab_period_of_day(const ab_operation *op, ab_time day)
{
    ab_time from = day - (ab_time)llround(op->settings->utc_offset_s), until = from + 86400;
    if (until <= op->settings->start)
        return -1;
    if (from >= op->settings->end)
        return op->period_count;
    int32_t first = ab_period_of(op, from), best = first < 0 ? 0 : first;
    for (int32_t t = best + 1; t < op->period_count && ab_period_start(op, t) < until; t++)
        if (shared_s(op, t, from, until) > shared_s(op, best, from, until))
            best = t;
    return best;
}
