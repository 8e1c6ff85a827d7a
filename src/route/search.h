/* The fastest way through the road network (Dijkstra 1959; toward a target, Hart, Nilsson and Raphael 1968). */
#ifndef ROUTE_SEARCH_H
#define ROUTE_SEARCH_H

#include "base/arena.h"
#include "route/graph.h"

/* Room for one search at a time. */
typedef struct ab__search {
    const ab__graph *graph;
    double *duration_s, *distance_m; /* [node] from the source; infinite: not reached */
    double *key_s;                   /* [node] duration_s and the least that is still to go */
    int32_t *from_node, *from_arc;   /* [node] the last step of the way; -1 at the source */
    int32_t *heap, *heap_at;         /* nodes; [node] where in the heap, -1: never, -2: done */
    int32_t heap_count;
    int32_t *touched, touched_count;
} ab__search;

/* All memory in `arena`. false: out of memory. */
bool ab__search_make(const ab__graph *graph, ab_arena *arena, ab__search *out);

/* What one search looks for. `to_go_s` never says more than the time from a node to the target; infinite: it
 * does not lead there. */
typedef struct ab__errand {
    int32_t source, target; /* nodes; target -1: every node */
    const bool *avoid;      /* [rows of roads] roads not to be taken; NULL: none */
    const double *to_go_s;  /* [node]; NULL: nothing is known */
} ab__errand;

/* Fastest ways from the source, until the target is reached. Of equally fast ways always the same one, whatever
 * the order of rows; the shorter, where no to_go_s is given. */
void ab__search_run(ab__search *search, const ab__errand *errand);

#endif
