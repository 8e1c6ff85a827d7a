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

bool ab_known_at(const ab_operation *op, ab_time time)
{
    const ab_settings *settings = op->settings;
    return time < settings->end && (settings->as_of == AB_TIME_NONE || time <= settings->as_of);
}

void ab_periods_of_day(const ab_operation *op, ab_time day, int32_t *from, int32_t *until)
{
    ab_time begins = day - (ab_time)llround(op->settings->utc_offset_s);
    int32_t first = op->period_count, last = -1;
    for (int32_t t = 0; t < op->period_count; t++) {
        ab_time start = ab_period_start(op, t),
                middle = start + (ab_period_start(op, t + 1) - start) / 2;
        if (middle >= begins && middle < begins + 86400) {
            first = t < first ? t : first;
            last = t;
        }
    }
    int32_t noon = ab_period_of(op, begins + 43200);
    if (last < 0 && noon >= 0 && noon < op->period_count)
        first = last = noon;
    *from = first;
    *until = last < 0 ? first : last + 1;
}

int32_t ab_first_departure(const ab_operation *op)
{
    /* No periods: start, end or their length could not be read. */
    if (op->period_count == 0 || op->settings->as_of <= op->settings->start)
        return 0;
    int32_t t = ab_period_of(op, op->settings->as_of);
    return t < op->period_count && ab_period_start(op, t) < op->settings->as_of ? t + 1 : t;
}

bool ab_movement_is_past(const ab_operation *op, int32_t movement, int32_t *t)
{
    int32_t first = ab_first_departure(op), until;
    if (first == 0)
        return false;
    ab_time day = op->movements.at[movement].date;
    ab_periods_of_day(op, day, t, &until);
    /* A long period may hold days before `as_of` and days after it. */
    ab_time begins = day - (ab_time)llround(op->settings->utc_offset_s);
    bool has_begun = op->settings->period_s <= 86400 || begins < op->settings->as_of;
    return *t < until && *t < first && has_begun;
}
