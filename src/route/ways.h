/* The fastest way from a hub to a place, and its alternatives. */
#ifndef ROUTE_WAYS_H
#define ROUTE_WAYS_H

#include "airbridge/route.h"
#include "route/search.h"

enum { AB__WAYS_MOST = 3 };

/* Room for one pair of ends after the other. */
typedef struct ab__ways {
    const ab__graph *graph;
    ab__search search, back; /* `back`: over the arcs turned round */
    double *to_go_s;         /* [node] to the place that ab__ways_toward named */
    bool *avoid;             /* [rows of roads], all false between calls */
    double *stretch_m;       /* [rows of roads], all 0 between calls */
    int32_t *node, *road;    /* [nodes]: one way, from its end */
    int32_t target;          /* the node of that place */
} ab__ways;

/* All memory in `arena`. false: out of memory. */
bool ab__ways_make(const ab_operation *op, const ab__graph *graph, const ab__graph *back,
                   ab_arena *arena, ab__ways *out);

/* Names the end that is gone to (ends as in ab__graph). It lies near a road. */
void ab__ways_toward(ab__ways *ways, int32_t to_end);

/* Finds up to AB__WAYS_MOST ways from an end that lies near a road to the one named before, fastest first:
 * the fastest; the fastest that avoids a road of it; the fastest that avoids a road of each. Their lasting
 * arrays lie in `arena`; hub, place and drawn are left to the caller. *count is how many. false: out of memory. */
bool ab__ways_find(ab__ways *ways, int32_t from_end, ab_arena *arena, ab_path out[AB__WAYS_MOST],
                   int32_t *count);

#endif
