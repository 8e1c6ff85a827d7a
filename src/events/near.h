/* How much events in one point bear on the roads, places and hubs of an operation. */
#ifndef EVENTS_NEAR_H
#define EVENTS_NEAR_H

#include "events/event.h"

/* Events with one position that is known as well as theirs share the error of that position. */
typedef struct ab__event_point {
    double lon_deg, lat_deg, spread_m;
    int32_t first, count; /* its events, in the order of `ab__event_points.event` */
    double road_reach_m, place_reach_m; /* how far it is felt at most */
    double road_frac;     /* the most that it bears on any road */
} ab__event_point;

typedef struct ab__event_points {
    ab__event_point *at;
    int32_t count;
    const ab__event **event; /* by point, then the likeliest to stop convoys first, then by day and id: the order of rows does not matter */
} ab__event_points;

/* A point near a subject. */
typedef struct ab__event_near {
    int32_t point;
    double away_m;
    double bears_frac; /* share of its events that is felt there */
} ab__event_near;

/* Groups `count` events by point. false: out of memory. */
bool ab__event_points_make(const ab__event *const *events, int32_t count, ab_arena *arena, ab__event_points *out);

/* The share of an event that is felt on a road (`line`) or in a place or hub, `away_m` from where it is put and with that
 * error of its position: 1 were it there for certain. docs/models/events.md. 0 beyond three standard deviations. */
double ab__event_bears_frac(bool line, double away_m, double spread_m);

/* The points that bear on subject {table, row}, written to `near`, which has room for all points; returns how many. Roads come first:
 * they fill road_frac, and a place or hub hears only of what bears more on it than on any road. */
int32_t ab__event_points_near(const ab_operation *op, ab_ref subject, ab__event_points *points, ab__event_near *near);

#endif
