#include <math.h>

#include "trips/build.h"

enum { DAY_S = 86400 };

/* Hours of each day, local. The schema has them end after they begin. */
typedef struct daily {
    int32_t from_s, until_s;
} daily;

static daily daily_hours(int32_t from_s, int32_t until_s)
{
    return (daily){from_s < 0 ? 0 : from_s, until_s < 0 ? DAY_S : until_s};
}

static void no_later_than(ab_time *next, ab_time now, ab_time change)
{
    if (change > now && change < *next) {
        *next = change;
    }
}

/* Whether the hours are open at `now`; *next is brought forward to when that may change. */
static bool hours_open(daily hours, ab_time now, ab_time utc_offset_s, ab_time *next)
{
    ab_time clock_s = (now + utc_offset_s) % DAY_S;
    clock_s += clock_s < 0 ? DAY_S : 0;
    no_later_than(next, now, now + hours.from_s - clock_s);
    no_later_than(next, now, now + hours.until_s - clock_s);
    no_later_than(next, now, now + DAY_S - clock_s);
    return clock_s >= hours.from_s && clock_s < hours.until_s;
}

static bool in_force(const ab_agreement *agreement, ab_time now, ab_time *next)
{
    no_later_than(next, now, agreement->from);
    no_later_than(next, now, agreement->until); /* AB_TIME_NONE is before any time */
    return now >= agreement->from && (agreement->until == AB_TIME_NONE || now < agreement->until);
}

/* Agreements that follow one another, or share a day between them, each open their own hours. One that
 * states no hours does not lift those of another. */
static bool agreed(const ab_operation *op, ab_refs agreements, bool within, ab_time now,
                   ab_time utc_offset_s, ab_time *next)
{
    bool stated = false, open = false, forced = false;
    for (int32_t i = 0; i < agreements.count; i++) {
        const ab_agreement *agreement = &op->agreements.at[agreements.at[i].row];
        daily hours = daily_hours(agreement->daily_from_s, agreement->daily_until_s);
        bool hour = hours_open(hours, now, utc_offset_s, next);
        if (in_force(agreement, now, next)) {
            bool all_day = hours.from_s == 0 && hours.until_s == DAY_S;
            forced = true;
            stated = stated || !all_day;
            open = open || (!all_day && hour);
        }
    }
    return (open || !stated) && (forced || !within);
}

double ab__work_frac(const ab_operation *op, int32_t hub, ab_refs agreements, bool within,
                     int32_t t)
{
    ab_time start = ab_period_start(op, t), end = ab_period_start(op, t + 1), open_s = 0;
    ab_time utc_offset_s = llround(op->settings->utc_offset_s);
    daily hub_hours = daily_hours(op->hubs.at[hub].opens_s, op->hubs.at[hub].closes_s);
    for (ab_time now = start, next; now < end; now = next) {
        next = end;
        bool open = hours_open(hub_hours, now, utc_offset_s, &next);
        open = agreed(op, agreements, within, now, utc_offset_s, &next) && open;
        open_s += open ? next - now : 0;
    }
    return end > start ? (double)open_s / (double)(end - start) : 0;
}

double ab__elapsed_s(double work_s, double duty_s)
{
    double nights = fmax(0, ceil(work_s / duty_s) - 1);
    return nights * DAY_S + work_s - nights * duty_s;
}
