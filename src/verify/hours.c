/* Hours in which a trip may leave: the hub is at work, and what was agreed lasts until it is there
 * (docs/models/trips.md). Time is cut wherever something may change; between two cuts nothing does. */
#include <math.h>
#include <stdlib.h>

#include "verify/prover.h"

enum { DAY_S = 86400 };

typedef AB_VEC(ab_time) ab_cuts;

/* One trip's hours. */
typedef struct hours {
    ab_prover *prover;
    const ab_told_trip *trip;
    bool within; /* only while an agreement that gives leave is in force */
    ab_cuts cuts;
} hours;

static void cut(hours *h, ab_time time, ab_time from, ab_time until)
{
    if (time <= from || time >= until)
        return;
    ab_time *kept = AB_PUSH(&h->cuts);
    if (kept)
        *kept = time;
    else
        h->prover->failed = true;
}

static ab_time local_midnight(const ab_operation *op, ab_time time)
{
    ab_time offset_s = llround(op->settings->utc_offset_s);
    return (ab_time)(floor((double)(time + offset_s) / DAY_S) * DAY_S) - offset_s;
}

static int32_t begins_s(int32_t clock_s)
{
    return clock_s < 0 ? 0 : clock_s;
}

static int32_t ends_s(int32_t clock_s)
{
    return clock_s < 0 ? DAY_S : clock_s;
}

/* Is the clock between the two hours? */
static bool clock_is(const ab_operation *op, ab_time now, int32_t from_s, int32_t until_s)
{
    ab_time clock_s = now - local_midnight(op, now);
    return clock_s >= begins_s(from_s) && clock_s < ends_s(until_s);
}

static bool all_day(const ab_agreement *a)
{
    return begins_s(a->daily_from_s) == 0 && ends_s(a->daily_until_s) == DAY_S;
}

static bool binds(const hours *h, int32_t agreement)
{
    return ab__agreement_binds(h->prover->op, agreement, h->trip->place, h->trip->means, h->trip->depart);
}

/* Cuts [from, until) where the hub opens or closes, and where agreements or their hours begin or end. */
static void make_cuts(hours *h, ab_time from, ab_time until)
{
    const ab_operation *op = h->prover->op;
    const ab_hub *hub = &op->hubs.at[h->trip->hub];

    for (ab_time day = local_midnight(op, from); day < until; day += DAY_S) {
        cut(h, day, from, until);
        cut(h, day + begins_s(hub->opens_s), from, until);
        cut(h, day + ends_s(hub->closes_s), from, until);
        for (int32_t i = 0; i < op->agreements.count; i++) {
            if (!binds(h, i))
                continue;
            cut(h, day + begins_s(op->agreements.at[i].daily_from_s), from, until);
            cut(h, day + ends_s(op->agreements.at[i].daily_until_s), from, until);
        }
    }
    for (int32_t i = 0; i < op->agreements.count; i++) {
        if (!binds(h, i))
            continue;
        cut(h, op->agreements.at[i].from, from, until);
        cut(h, op->agreements.at[i].until, from, until);
        cut(h, ab__agreement_usable(op, i), from, until);
    }
}

/* Hours are those of any agreement in force that states some; leave is that of any that can be used. */
static bool is_agreed(const hours *h, ab_time now)
{
    const ab_operation *op = h->prover->op;
    bool stated = false, in_hours = false, leave = false;

    for (int32_t i = 0; i < op->agreements.count; i++) {
        const ab_agreement *a = &op->agreements.at[i];
        if (!binds(h, i) || now < a->from || (a->until != AB_TIME_NONE && now >= a->until))
            continue;
        bool lets = a->kind == AB_AGREED_CORRIDOR || a->kind == AB_AGREED_CLEARANCE;
        leave = leave || (lets && now >= ab__agreement_usable(op, i));
        stated = stated || !all_day(a);
        in_hours = in_hours || (!all_day(a) && clock_is(op, now, a->daily_from_s, a->daily_until_s));
    }
    return (in_hours || !stated) && (leave || !h->within);
}

static int by_time(const void *a, const void *b)
{
    const ab_time *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The cuts in order, with both ends. */
static void cut_up(hours *h, ab_time from, ab_time until)
{
    h->cuts.count = 0;
    make_cuts(h, from, until);
    ab_time *first = AB_PUSH(&h->cuts), *last = AB_PUSH(&h->cuts);
    if (!first || !last) {
        h->prover->failed = true;
        return;
    }
    h->cuts.at[h->cuts.count - 2] = from;
    h->cuts.at[h->cuts.count - 1] = until;
    qsort(h->cuts.at, (size_t)h->cuts.count, sizeof *h->cuts.at, by_time);
}

/* Seconds of [start, end) in which it may leave, if it takes `way_s` in agreed hours. */
static ab_time departures_s(hours *h, ab_time start, ab_time end, ab_time way_s)
{
    const ab_operation *op = h->prover->op;
    const ab_hub *hub = &op->hubs.at[h->trip->hub];
    ab_time open_s = 0, agreed_until = AB_TIME_NONE;

    cut_up(h, start, end + way_s);
    for (int32_t i = h->cuts.count - 2; i >= 0 && !h->prover->failed; i--) {
        ab_time from = h->cuts.at[i], until = h->cuts.at[i + 1];
        if (from == until)
            continue;
        if (!is_agreed(h, from)) {
            agreed_until = AB_TIME_NONE;
            continue;
        }
        agreed_until = agreed_until == AB_TIME_NONE ? until : agreed_until;
        ab_time last = agreed_until - way_s;
        last = last < until ? last : until;
        last = last < end ? last : end;
        if (last > from && clock_is(op, from, hub->opens_s, hub->closes_s))
            open_s += last - from;
    }
    return open_s;
}

static bool agreed_sometime(hours *h, ab_time from, ab_time until)
{
    bool agreed = false;

    cut_up(h, from, until);
    for (int32_t i = 0; i + 1 < h->cuts.count && !h->prover->failed; i++)
        agreed = agreed || (h->cuts.at[i] < h->cuts.at[i + 1] && is_agreed(h, h->cuts.at[i]));
    return agreed;
}

double ab__open_frac(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave)
{
    const ab_vehicle *vehicle = &prover->op->vehicles.at[trip->vehicle];
    ab_time start = ab_period_start(prover->op, trip->depart), end = ab_period_start(prover->op, trip->depart + 1);
    bool road = trip->means == AB_MEANS_ROAD;
    double nights = road ? ab__rests(vehicle->turnround_s / 2 + trip->one_way_s, vehicle->duty_s_per_day) : 0;
    hours h = {.prover = prover, .trip = trip, .within = leave->state == AB__LEAVE_GIVEN && !leave->by_request};
    bool open = true;

    for (int32_t night = 1; night <= nights && open; night++)
        open = agreed_sometime(&h, start + (ab_time)night * DAY_S, start + (ab_time)(night + 1) * DAY_S);
    ab_time way_s = road && nights == 0 ? (ab_time)ceil(trip->one_way_s - 1e-6) : 0;
    ab_time open_s = open ? departures_s(&h, start, end, way_s) : 0;
    AB_VEC_FREE(&h.cuts);
    return end > start ? (double)open_s / (double)(end - start) : 0;
}

ab_time ab__hub_at_work(const ab_operation *op, int32_t hub, int32_t t)
{
    const ab_hub *at = &op->hubs.at[hub];
    ab_time start = ab_period_start(op, t), end = ab_period_start(op, t + 1);

    if (clock_is(op, start, at->opens_s, at->closes_s))
        return start;
    for (ab_time day = local_midnight(op, start); day < end; day += DAY_S) {
        ab_time opens = day + begins_s(at->opens_s);
        if (opens > start && opens < end && clock_is(op, opens, at->opens_s, at->closes_s))
            return opens;
    }
    return AB_TIME_NONE;
}
