/* The road network as a graph: vertices of roads, the points where hubs and places join it, and the hubs and
 * places themselves. */
#ifndef ROUTE_GRAPH_H
#define ROUTE_GRAPH_H

#include "airbridge/operation.h"
#include "base/arena.h"

typedef struct ab__arc {
    int32_t to;
    int32_t road; /* row of `roads`; -1: from road to road, or from the road to an end */
    double length_m, duration_s;
} ab__arc;

/* Nodes are numbered by position, so that the order of rows does not matter. End i is hub i, or place
 * i - hubs.count. */
typedef struct ab__graph {
    int32_t node_count;
    const double *lon_lat_deg; /* [2 * node_count] */
    const int32_t *arc_start;  /* [node_count + 1] */
    const ab__arc *arc;        /* leaving a node, by (to, duration, id of road) */
    const int32_t *end_node;   /* [ends] the node of an end; -1: off every road */
} ab__graph;

/* `back` is the same network with every arc turned round. All memory in `arena`. false: out of memory. */
bool ab__graph_make(const ab_operation *op, ab_arena *arena, ab__graph *out, ab__graph *back);

#endif
