/* The ground about a zone as a plane: metres east and north of the zone's middle. */
#ifndef DROP_PLANE_H
#define DROP_PLANE_H

#include <stdbool.h>
#include <stdint.h>

#include "airbridge/operation.h"
#include "base/arena.h"

/* Within 30 km of the middle distances are right to 0.3 %, by the radii of curvature of WGS84 there. */
typedef struct ab__plane {
    double lon_deg, lat_deg;
    double m_per_lon_deg, m_per_lat_deg;
} ab__plane;

ab__plane ab__plane_at(double lon_deg, double lat_deg);
void ab__plane_to(const ab__plane *plane, double lon_deg, double lat_deg, double *east_m, double *north_m);
void ab__plane_from(const ab__plane *plane, double east_m, double north_m, double *lon_deg, double *lat_deg);

/* A polygon with its holes. */
typedef struct ab__ground {
    int32_t rings;
    const int32_t *start;    /* [rings + 1], vertices; rings are closed */
    double *east_north_m;    /* [2 * vertices] */
    double west_m, south_m, east_m, north_m; /* around it */
} ab__ground;

/* false: out of memory. */
bool ab__ground_of(const ab__plane *plane, const ab_shape *shape, ab_arena *arena, ab__ground *out);
/* Points on the edge belong to either side. */
bool ab__ground_holds(const ab__ground *ground, double east_m, double north_m);
/* To the nearest point of any of its rings. */
double ab__ground_edge_m(const ab__ground *ground, double east_m, double north_m);
/* Between two polygons; 0: they touch. */
double ab__ground_apart_m(const ab__ground *a, const ab__ground *b);
/* The middle of a shape's outer ring, by area. */
void ab__shape_middle(const ab_shape *shape, double *lon_deg, double *lat_deg);

#endif
