#include "plan/evenly.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

/* Share of a package that counts as whole, and of a room that counts as there: rounding. */
static const double ROUNDING = 1e-9;

/* Parts of packages that bring the good to the level. */
static double part_t(const ab_good *good, double level_days)
{
    return fmin(fmax(0, level_days - good->left_days) * good->day_t, good->spare_t);
}

/* The next level from which on a good is loaded, or no more of it is there; most_days if there is none below. */
static double next_bend(const ab_good *good, int32_t count, double level_days, double most_days)
{
    double next = most_days;
    for (int32_t i = 0; i < count; i++) {
        double from = good[i].left_days, until = from + good[i].spare_t / good[i].day_t;
        if (from > level_days)
            next = fmin(next, from);
        else if (until > level_days)
            next = fmin(next, until);
    }
    return next;
}

/* What is used of the room at the level, and how fast more of it is from there. */
typedef struct use {
    double used, per_day;
} use;

static use use_of(const ab_good *good, int32_t count, ab_room room, double level_days)
{
    use u = {0, 0};
    for (int32_t i = 0; i < count; i++) {
        bool grows = good[i].left_days <= level_days && level_days < good[i].left_days + good[i].spare_t / good[i].day_t;
        u.used += part_t(&good[i], level_days) * good[i].takes[room];
        u.per_day += grows ? good[i].day_t * good[i].takes[room] : 0;
    }
    return u;
}

/* The level, between two bends, at which the first room is full; `until` if none is. */
static double full_before(const ab_good *good, int32_t count, const double *room, double level_days, double until)
{
    for (int r = 0; r < AB_ROOMS; r++) {
        use u = isfinite(room[r]) ? use_of(good, count, (ab_room)r, level_days) : (use){0, 0};
        if (u.per_day > 0)
            until = fmin(until, level_days + fmax(0, room[r] - u.used) / u.per_day);
    }
    return until;
}

/* The level that parts of packages would reach. */
static double level_of_parts(const ab_good *good, int32_t count, const double *room, double most_days)
{
    double level = 0;
    while (level < most_days) {
        double bend = next_bend(good, count, level, most_days), full = full_before(good, count, room, level, bend);
        level = full;
        if (full < bend)
            break;
    }
    return level;
}

static bool has_room(const ab_good *good, int32_t count, const double *room, const ab_good *more)
{
    for (int r = 0; r < AB_ROOMS; r++) {
        double used = more->package_t * more->takes[r];
        for (int32_t i = 0; i < count; i++)
            used += good[i].load_t * good[i].takes[r];
        if (used > room[r] + ROUNDING * room[r])
            return false;
    }
    return true;
}

/* Of the goods for a package of which there is room the one of which it would be used up first; NULL: there is none, or none below
 * most_days. */
static ab_good *next_package(ab_good *good, int32_t count, const double *room, double most_days)
{
    ab_good *best = NULL;
    double first = most_days;
    for (int32_t i = 0; i < count; i++) {
        double with = good[i].load_t + good[i].package_t, level = good[i].left_days + with / good[i].day_t;
        bool there = with <= good[i].spare_t + ROUNDING * good[i].package_t;
        if (there && level <= most_days && (!best || level < first) && has_room(good, count, room, &good[i])) {
            best = &good[i];
            first = level;
        }
    }
    return best;
}

double ab__load_evenly(ab_good *good, int32_t count, const double room[AB_ROOMS], double most_days)
{
    double level = level_of_parts(good, count, room, most_days), total_t = 0;
    for (int32_t i = 0; i < count; i++)
        good[i].load_t = good[i].package_t * floor(part_t(&good[i], level) / good[i].package_t + ROUNDING);
    for (ab_good *next; (next = next_package(good, count, room, most_days));)
        next->load_t = next->package_t * (round(next->load_t / next->package_t) + 1);
    for (int32_t i = 0; i < count; i++)
        total_t += good[i].load_t;
    return total_t;
}
