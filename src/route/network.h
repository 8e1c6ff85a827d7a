/* The road network on its way to a graph: vertices, segments, and where ends join it. */
#ifndef ROUTE_NETWORK_H
#define ROUTE_NETWORK_H

#include "airbridge/operation.h"
#include "base/arena.h"

/* A vertex of a road. Vertices at the same position are one node. */
typedef struct ab__vertex {
    double lon_deg, lat_deg;
    int32_t road;
    int32_t number; /* in order of roads and their vertices */
} ab__vertex;

/* A straight piece of a road, from one of its vertices to the next. */
typedef struct ab__segment {
    int32_t road, from, to; /* nodes */
} ab__segment;

/* Where a hub or place joins a road: at a node, or at a point of a segment that becomes one. */
typedef struct ab__join {
    int32_t end;
    int32_t segment; /* -1: the road has a vertex there */
    double along_frac;
    double leg_m; /* from the end to the road */
    double lon_deg, lat_deg;
    int32_t node;
} ab__join;

typedef struct ab__network {
    int32_t vertex_count, segment_count, join_count;
    int32_t vertex_node_count; /* nodes that have vertices come first */
    int32_t node_count;        /* with those where ends join a segment */
    ab__vertex *vertex;        /* by position, then road; runs of one position are a node each */
    int32_t *first_vertex;     /* [vertex_node_count + 1] of each node, in `vertex` */
    ab__segment *segment;
    ab__join *join; /* of the ends that lie near a road; by segment, then along it */
} ab__network;

/* Vertices, nodes and segments of all roads. false: out of memory. */
bool ab__network_make(const ab_operation *op, ab_arena *arena, ab__network *out);

/* Joins every hub and place to the nearest road within snap_km and numbers the new nodes after those of the
 * vertices. false: out of memory. */
bool ab__network_join(const ab_operation *op, ab_arena *arena, ab__network *network);

/* The first vertex of a node that has some. */
static inline const ab__vertex *ab__node_vertex(const ab__network *network, int32_t node)
{
    return &network->vertex[network->first_vertex[node]];
}

#endif
