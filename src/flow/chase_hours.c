/* Working backwards from a departure: notice, loading, hours of hub and agreements. */
#include <math.h>

#include "flow/chase.h"

enum { DAY_S = 86400, STEP_S = 900 };

static int64_t day_of(ab_time local)
{
    int64_t day = local / DAY_S;
    return local % DAY_S < 0 ? day - 1 : day;
}

static bool within(int32_t from_s, int32_t until_s, ab_time local)
{
    ab_time clock_s = local - day_of(local) * DAY_S;
    return clock_s >= (from_s < 0 ? 0 : from_s) && clock_s < (until_s < 0 ? DAY_S : until_s);
}

static bool is_all_day(int32_t from_s, int32_t until_s)
{
    return from_s <= 0 && (until_s < 0 || until_s >= DAY_S);
}

/* In an hour that an agreement states, or none in force states hours. */
static bool agreed(const ab_operation *op, ab_refs agreements, ab_time at, ab_time local)
{
    bool stated = false;
    for (int32_t i = 0; i < agreements.count; i++) {
        const ab_agreement *a = &op->agreements.at[agreements.at[i].row];
        bool in_force = at >= a->from && (a->until == AB_TIME_NONE || at < a->until);
        if (!in_force || is_all_day(a->daily_from_s, a->daily_until_s))
            continue;
        if (within(a->daily_from_s, a->daily_until_s, local))
            return true;
        stated = true;
    }
    return !stated;
}

ab_time ab__chase_departure(const ab_operation *op, int32_t hub, ab_refs agreements, int32_t t)
{
    ab_time offset_s = (ab_time)llround(op->settings->utc_offset_s), start = ab_period_start(op, t);
    const ab_hub *from = &op->hubs.at[hub];
    for (ab_time at = start; at < ab_period_start(op, t + 1); at += STEP_S)
        if (within(from->opens_s, from->closes_s, at + offset_s) && agreed(op, agreements, at, at + offset_s))
            return at;
    return start;
}

ab_time ab__chase_loading(const ab_operation *op, int32_t hub, ab_time depart, double loading_s)
{
    enum { MOST_DAYS = 400 };
    const ab_hub *from = &op->hubs.at[hub];
    ab_time opens_s = from->opens_s < 0 ? 0 : from->opens_s, closes_s = from->closes_s < 0 ? DAY_S : from->closes_s;
    ab_time offset_s = (ab_time)llround(op->settings->utc_offset_s), left_s = (ab_time)ceil(loading_s);
    ab_time local = depart + offset_s;
    int64_t day = day_of(local - 1), last = day - MOST_DAYS;
    for (; left_s > 0 && day > last; day--) {
        ab_time end = local < day * DAY_S + closes_s ? local : day * DAY_S + closes_s, run = end - (day * DAY_S + opens_s);
        run = run > 0 ? run : 0;
        if (run >= left_s)
            return end - left_s - offset_s;
        left_s -= run;
        local = day * DAY_S;
    }
    return local - left_s - offset_s;
}

ab_time ab__chase_notice(const ab_operation *op, ab_refs agreements, ab_time depart, int32_t *by)
{
    ab_time first = depart;
    *by = -1;
    for (int32_t i = 0; i < agreements.count; i++) {
        int32_t row = agreements.at[i].row;
        const ab_agreement *a = &op->agreements.at[row];
        if (!(a->notice_s > 0))
            continue;
        ab_time told = ab_working_from(op, a->weekend, depart, -a->notice_s);
        if (told < first) {
            first = told;
            *by = row;
        }
    }
    return first;
}
