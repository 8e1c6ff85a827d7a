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

/* Does an agreement in force let the trip through by now, rather than only bind it? */
static bool lets_through(const ab_operation *op, int32_t row, ab_time now, ab_time *next)
{
    ab_agreement_kind kind = (ab_agreement_kind)op->agreements.at[row].kind;
    ab_time usable_from = ab_access_usable_from(op, row);
    no_later_than(next, now, usable_from);
    return now >= usable_from && (kind == AB_AGREED_CORRIDOR || kind == AB_AGREED_CLEARANCE);
}

/* Agreements that follow one another, or share a day between them, each open their own hours. One that
 * states no hours does not lift those of another. */
static bool agreed(const ab_operation *op, const ab__hours *trip, ab_time now, ab_time *next)
{
    ab_time utc_offset_s = llround(op->settings->utc_offset_s);
    bool stated = false, open = false, let = false;
    for (int32_t i = 0; i < trip->agreements.count; i++) {
        int32_t row = trip->agreements.at[i].row;
        const ab_agreement *agreement = &op->agreements.at[row];
        daily hours = daily_hours(agreement->daily_from_s, agreement->daily_until_s);
        bool hour = hours_open(hours, now, utc_offset_s, next);
        if (in_force(agreement, now, next)) {
            bool all_day = hours.from_s == 0 && hours.until_s == DAY_S;
            let = lets_through(op, row, now, next) || let;
            stated = stated || !all_day;
            open = open || (!all_day && hour);
        }
    }
    return (open || !stated) && (let || !trip->within);
}

/* From `now` on, which is agreed: the end of the agreed hours, at most `limit`. */
static ab_time agreed_until(const ab_operation *op, const ab__hours *trip, ab_time now,
                            ab_time limit)
{
    while (now < limit) {
        ab_time next = limit;
        if (!agreed(op, trip, now, &next)) {
            break;
        }
        now = next;
    }
    return now;
}

static bool agreed_sometime(const ab_operation *op, const ab__hours *trip, ab_time from,
                            ab_time until)
{
    for (ab_time now = from, next; now < until; now = next) {
        next = until;
        if (agreed(op, trip, now, &next)) {
            return true;
        }
    }
    return false;
}

/* ---- The hub's hours ---- */

static bool hub_open(const ab_operation *op, int32_t hub, ab_time now, ab_time *next)
{
    daily hours = daily_hours(op->hubs.at[hub].opens_s, op->hubs.at[hub].closes_s);
    return hours_open(hours, now, llround(op->settings->utc_offset_s), next);
}

static ab_time hub_open_s(const ab_operation *op, int32_t hub, ab_time from, ab_time until)
{
    ab_time open_s = 0;
    for (ab_time now = from, next; now < until; now = next) {
        next = until;
        open_s += hub_open(op, hub, now, &next) ? next - now : 0;
    }
    return open_s;
}

ab_time ab__hub_opens(const ab_operation *op, int32_t hub, int32_t t)
{
    ab_time end = ab_period_start(op, t + 1);
    for (ab_time now = ab_period_start(op, t), next; now < end; now = next) {
        next = end;
        if (hub_open(op, hub, now, &next)) {
            return now;
        }
    }
    return AB_TIME_NONE;
}

/* ---- Departures ---- */

double ab__work_frac(const ab_operation *op, int32_t hub, const ab__hours *trip, int32_t t)
{
    ab_time start = ab_period_start(op, t), end = ab_period_start(op, t + 1), open_s = 0;
    for (int32_t night = 1; night <= trip->nights; night++) {
        ab_time day = start + (ab_time)night * DAY_S;
        if (!agreed_sometime(op, trip, day, day + DAY_S)) {
            return 0;
        }
    }
    for (ab_time now = start, next; now < end; now = next) {
        next = end;
        if (agreed(op, trip, now, &next)) {
            next = agreed_until(op, trip, now, end + trip->way_s);
            ab_time last = next - trip->way_s;
            open_s += hub_open_s(op, hub, now, last < end ? last : end);
        }
    }
    return end > start ? (double)open_s / (double)(end - start) : 0;
}

int32_t ab__nights(double work_s, double duty_s)
{
    return (int32_t)fmax(0, ceil(work_s / duty_s) - 1);
}

double ab__elapsed_s(double work_s, double duty_s)
{
    double nights = ab__nights(work_s, duty_s);
    return nights * DAY_S + work_s - nights * duty_s;
}
