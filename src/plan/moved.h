/* What is past: movements before `as_of`, and transfers of the plan before that left by then. It fills places, empties
 * hubs and keeps vehicles on the road; docs/models/plan.md, "Again tomorrow". */
#ifndef PLAN_MOVED_H
#define PLAN_MOVED_H

#include "airbridge/plan.h"
#include "airbridge/trips.h"
#include "plan/hunger.h"

struct ab_arena;

/* Offloaded in a place in period t. */
typedef struct ab_arrived {
    int32_t place, commodity, t;
    double mass_kg;
} ab_arrived;

typedef struct ab_moved {
    int32_t arrived_count;
    const ab_arrived *arrived;
    int32_t commodities, periods;
    double *left_t; /* [(hub * commodities + commodity) * periods + t] net of what came back or in */
    double *busy_h; /* [vehicle * periods + t] hours of trips that left before; what is past is not counted */
} ab_moved;

/* `previous` may be NULL. False: out of memory. */
bool ab__moved_make(ab_moved *moved, const ab_operation *op, const ab_trips *trips, const ab_previous *previous,
                    struct ab_arena *arena);
/* Lowers what comes into a hub's stock in each period, came_t[periods], by what has left. No more leaves than is there: of
 * more, the check of the operation has told. */
void ab__moved_take(const ab_moved *moved, int32_t hub, int32_t commodity, double *came_t);
/* Tonnes that have left the hub so far; no less than 0. */
double ab__moved_out_t(const ab_moved *moved, int32_t hub, int32_t commodity);
/* First period in which the commodity came to the hub by a past transfer; periods: never. */
int32_t ab__moved_first_in(const ab_moved *moved, int32_t hub, int32_t commodity);
/* Adds what was offloaded. */
void ab__moved_arrive(const ab_moved *moved, const ab_operation *op, const ab_need *need, ab_arrivals *arrivals);

#endif
