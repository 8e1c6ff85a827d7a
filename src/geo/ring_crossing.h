/* Rings that cross themselves or one another. Plane in degrees; exact but for rings over the date line. */
#ifndef GEO_RING_CROSSING_H
#define GEO_RING_CROSSING_H

#include <stdbool.h>
#include <stdint.h>

/* Room for one edge of a ring, for the caller to provide. */
typedef struct ab_ring_edge {
    double west_deg, east_deg;
    int32_t number;
} ab_ring_edge;

/* Do two edges of a closed ring (first vertex = last, `count` vertices, none equal to the one before it) meet
 * but for the vertex that neighbours share? Edge i goes from vertex i to i + 1; the two are put into `edges`.
 * `room` has count - 1 elements. Each comparison of edges takes one from *budget; a ring for which it does not
 * suffice is taken as sound. */
bool ab__ring_crossing(const double *lon_lat_deg, int32_t count, ab_ring_edge *room,
                       int64_t *budget, int32_t edges[2]);

/* Do two closed rings have ground in common, more than an edge or a point? Takes count_a * count_b from
 * *budget, and says no where that does not suffice. */
bool ab__rings_overlap(const double *a_deg, int32_t count_a, const double *b_deg, int32_t count_b,
                       int64_t *budget);

#endif
