/* route: ways over the ground and through the air, with length, time and the roads met. */
#ifndef AIRBRIDGE_ROUTE_H
#define AIRBRIDGE_ROUTE_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A way by road from a hub to a place. */
typedef struct ab_path {
    int32_t hub, place;
    bool drawn;               /* along `roads`; else great circle times road_factor */
    double distance_m;        /* one way, with the legs from the ends to the road */
    double duration_s;        /* one way, at road speeds (great circle: road_speed_km_h) */
    int32_t road_count;       /* rows of `roads` travelled, in order; 0 if not drawn */
    const int32_t *road;
    int32_t point_count;      /* the way as a line, lon, lat */
    const double *lon_lat_deg;
} ab_path;

typedef struct ab_routes {
    int32_t path_count;       /* ordered by hub, place, then duration */
    const ab_path *path;
    int32_t hub_count, place_count;
    const double *air_m;      /* great-circle distance hub to place [hub * place_count + place] */
    const double *hub_air_m;  /* hub to hub [from * hub_count + to] */
    struct ab_arena *arena;
} ab_routes;

/* For each hub and place: the fastest way along the roads and up to two alternatives that avoid a road
 * of the faster ones (so that a closed road does not close the place); if neither end is within snap_km
 * of a road or no way connects them, one great-circle way — but only where the place lies off every
 * road: a place whose roads merely do not connect to the hub gets none. Fails with NO_MEMORY only. */
AB_API ab_status ab_routes_make(const ab_operation *op, ab_routes **out, ab_error *err);
AB_API void ab_routes_free(ab_routes *routes);

#ifdef __cplusplus
}
#endif
#endif
