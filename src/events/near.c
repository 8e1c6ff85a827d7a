/* Distances from points of events to roads, places and hubs, and what they are worth. */
#include "events/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geodesic.h"

/* Assumed: how far from a road, and from the middle of a place, an event is felt (standard deviations). */
static const double road_reach_m = 2000, place_reach_m = 3000;
static const double cut = 3; /* standard deviations */

/* A felt share of exp(-x²/2r²) at a distance x, and a position with a normal error of spread σ, give on average
 * (r/s) exp(-d²/2s²) with s² = r² + σ², for each direction in which the distance can differ: one across a straight road, two around
 * a point. */
static double width_m(bool line, double spread_m)
{
    return hypot(line ? road_reach_m : place_reach_m, spread_m);
}

double ab__event_bears_frac(bool line, double away_m, double spread_m)
{
    double s = width_m(line, spread_m), share = (line ? road_reach_m : place_reach_m) / s;

    if (away_m > cut * s)
        return 0;
    return (line ? share : share * share) * exp(-away_m * away_m / (2 * s * s));
}

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_point(const void *a, const void *b)
{
    const ab__event *x = *(const ab__event *const *)a, *y = *(const ab__event *const *)b;
    int order = compare(x->lon_deg, y->lon_deg);

    order = order != 0 ? order : compare(x->lat_deg, y->lat_deg);
    order = order != 0 ? order : compare(x->spread_m, y->spread_m);
    order = order != 0 ? order : compare(y->stop_prob, x->stop_prob);
    order = order != 0 ? order : (x->first_day > y->first_day) - (x->first_day < y->first_day);
    return order != 0 ? order : strcmp(x->id, y->id);
}

bool ab__event_points_make(const ab__event *const *events, int32_t count, ab_arena *arena,
                           ab__event_points *out)
{
    *out = (ab__event_points){.at = AB_NEW(arena, ab__event_point, count),
                              .event = AB_NEW(arena, const ab__event *, count)};
    if (out->at == NULL || out->event == NULL)
        return false;
    for (int32_t i = 0; i < count; i++)
        out->event[i] = events[i];
    qsort(out->event, (size_t)count, sizeof(const ab__event *), by_point);
    for (int32_t i = 0; i < count; i++) {
        const ab__event *event = out->event[i];
        ab__event_point *last = out->count > 0 ? &out->at[out->count - 1] : NULL;
        if (last != NULL && compare(last->lon_deg, event->lon_deg) == 0 &&
            compare(last->lat_deg, event->lat_deg) == 0 &&
            compare(last->spread_m, event->spread_m) == 0)
            last->count++;
        else
            out->at[out->count++] =
                (ab__event_point){.lon_deg = event->lon_deg,
                                  .lat_deg = event->lat_deg,
                                  .spread_m = event->spread_m,
                                  .road_reach_m = cut * width_m(true, event->spread_m),
                                  .place_reach_m = cut * width_m(false, event->spread_m),
                                  .first = i,
                                  .count = 1};
    }
    return true;
}

/* What a subject, or a segment of it, takes up, in degrees. */
typedef struct box {
    double west, east, south, north;
} box;

static box box_of(const double *lon_lat_deg, int32_t count)
{
    box b = {INFINITY, -INFINITY, INFINITY, -INFINITY};
    for (int32_t v = 0; v < count; v++) {
        const double *at = &lon_lat_deg[(ptrdiff_t)2 * v];
        b.west = fmin(b.west, at[0]);
        b.east = fmax(b.east, at[0]);
        b.south = fmin(b.south, at[1]);
        b.north = fmax(b.north, at[1]);
    }
    return b;
}

/* No more than the distance from a point to what lies in the box: exact distances are dear, and most are not needed. */
static double least_away_m(const box *b, const ab__event_point *point)
{
    static const double least_m_per_degree =
        108000; /* of latitude, and of longitude on the equator, and 2 % for the curve */
    double middle = (b->west + b->east) / 2, half = (b->east - b->west) / 2;
    /* Shortest lines bend towards the pole: by half² sin cos / 2 where half is small, less than half² / 3 up to 45 degrees. */
    double bend = half * half * (3.14159265358979 / 180) / 3;
    double north = fmax(point->lat_deg - b->north, b->south - point->lat_deg) - bend;
    double highest = fmax(fabs(point->lat_deg), fmax(fabs(b->south), fabs(b->north)));

    north = north > 0 ? north * least_m_per_degree : 0;
    if (highest > 80 || half > 45)
        return 0;
    double aside = fabs(remainder(point->lon_deg - middle, 360)) - half;
    aside = aside > 0 ? fmin(aside, 60) * least_m_per_degree * cos(highest * 3.14159265358979 / 180)
                      : 0;
    /* Far to the side, the way over the pole side is shorter than along the parallel: only near is it as in the plane. */
    return aside < 500000 ? sqrt(north * north + aside * aside) : north;
}

static double segment_least_m(const double *lon_lat_deg, const ab__event_point *point)
{
    box b = box_of(lon_lat_deg, 2);

    return least_away_m(&b, point);
}

static double segment_away_m(const double *at, const ab__event_point *point)
{
    double along;

    return ab__segment_m(point->lon_deg, point->lat_deg, at[0], at[1], at[2], at[3], &along);
}

/* The distance to the line, exact where it is at most `reach_m`. The segment that may be nearest comes first: most others need not
 * be looked at then. */
static double away_from_line_m(const ab_shape *shape, const ab__event_point *point, double reach_m)
{
    const double *nearest = NULL;
    double least_m = INFINITY;

    for (int32_t p = 0; p < shape->part_count; p++)
        for (int32_t v = shape->part_start[p]; v + 1 < shape->part_start[p + 1]; v++) {
            const double *at = &shape->lon_lat_deg[(ptrdiff_t)2 * v];
            double m = segment_least_m(at, point);
            nearest = m < least_m ? at : nearest;
            least_m = fmin(least_m, m);
        }
    if (least_m > reach_m)
        return INFINITY;
    double away_m = segment_away_m(nearest, point);
    for (int32_t p = 0; p < shape->part_count; p++)
        for (int32_t v = shape->part_start[p]; v + 1 < shape->part_start[p + 1]; v++) {
            const double *at = &shape->lon_lat_deg[(ptrdiff_t)2 * v];
            if (at != nearest && segment_least_m(at, point) <= fmin(away_m, reach_m))
                away_m = fmin(away_m, segment_away_m(at, point));
        }
    return away_m;
}

static int32_t near_road(const ab_shape *shape, ab__event_points *points, ab__event_near *near)
{
    box b = box_of(shape->lon_lat_deg, shape->part_start[shape->part_count]);
    int32_t count = 0;

    for (int32_t i = 0; i < points->count; i++) {
        ab__event_point *point = &points->at[i];
        if (least_away_m(&b, point) > point->road_reach_m)
            continue;
        double away_m = away_from_line_m(shape, point, point->road_reach_m);
        double bears = ab__event_bears_frac(true, away_m, point->spread_m);
        point->road_frac = fmax(point->road_frac, bears);
        if (bears > 0)
            near[count++] = (ab__event_near){i, away_m, bears};
    }
    return count;
}

static int32_t near_place(double lon_deg, double lat_deg, const ab__event_points *points,
                          ab__event_near *near)
{
    box b = {lon_deg, lon_deg, lat_deg, lat_deg};
    int32_t count = 0;

    for (int32_t i = 0; i < points->count; i++) {
        const ab__event_point *point = &points->at[i];
        if (least_away_m(&b, point) > point->place_reach_m)
            continue;
        double away_m = ab__geodesic_m(lon_deg, lat_deg, point->lon_deg, point->lat_deg);
        double bears = ab__event_bears_frac(false, away_m, point->spread_m);
        if (bears > point->road_frac)
            near[count++] = (ab__event_near){i, away_m, bears};
    }
    return count;
}

int32_t ab__event_points_near(const ab_operation *op, ab_ref subject, ab__event_points *points,
                              ab__event_near *near)
{
    if (subject.table == AB_TABLE_roads)
        return near_road(&op->roads.at[subject.row].shape, points, near);
    if (subject.table == AB_TABLE_places) {
        const ab_place *place = &op->places.at[subject.row];
        return near_place(place->lon_deg, place->lat_deg, points, near);
    }
    const ab_hub *hub = &op->hubs.at[subject.row];
    return near_place(hub->lon_deg, hub->lat_deg, points, near);
}
