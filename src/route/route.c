#include "airbridge/route.h"

#include "base/arena.h"
#include "base/vec.h"
#include "geo/geodesic.h"
#include "route/graph.h"
#include "route/ways.h"

typedef struct builder {
    const ab_operation *op;
    ab_arena *arena;
    ab__graph graph, back;
    ab__ways ways;
    AB_VEC(ab_path) paths;
} builder;

static bool air_distances(const ab_operation *op, ab_routes *routes)
{
    size_t hubs = (size_t)op->hubs.count, places = (size_t)op->places.count;
    double *air_m = AB_NEW(routes->arena, double, hubs *places);
    double *hub_air_m = AB_NEW(routes->arena, double, hubs *hubs);
    if (air_m == NULL || hub_air_m == NULL) {
        return false;
    }
    for (size_t h = 0; h < hubs; h++) {
        const ab_hub *hub = &op->hubs.at[h];
        for (size_t p = 0; p < places; p++) {
            const ab_place *place = &op->places.at[p];
            air_m[h * places + p] =
                ab__geodesic_m(hub->lon_deg, hub->lat_deg, place->lon_deg, place->lat_deg);
        }
        for (size_t k = 0; k < hubs; k++) {
            const ab_hub *other = &op->hubs.at[k];
            hub_air_m[h * hubs + k] =
                ab__geodesic_m(hub->lon_deg, hub->lat_deg, other->lon_deg, other->lat_deg);
        }
    }
    routes->hub_count = op->hubs.count;
    routes->place_count = op->places.count;
    routes->air_m = air_m;
    routes->hub_air_m = hub_air_m;
    return true;
}

static bool add_path(builder *b, const ab_path *path)
{
    ab_path *kept = AB_PUSH(&b->paths);
    if (kept != NULL) {
        *kept = *path;
    }
    return kept != NULL;
}

/* Where no road is drawn: the great circle, longer by road_factor, at road_speed_km_h. */
static bool add_undrawn(builder *b, int32_t hub, int32_t place, double air_m)
{
    const ab_hub *from = &b->op->hubs.at[hub];
    const ab_place *to = &b->op->places.at[place];
    double *lon_lat_deg = AB_NEW(b->arena, double, 4);
    if (lon_lat_deg == NULL) {
        return false;
    }
    lon_lat_deg[0] = from->lon_deg;
    lon_lat_deg[1] = from->lat_deg;
    lon_lat_deg[2] = to->lon_deg;
    lon_lat_deg[3] = to->lat_deg;
    double distance_m = air_m * b->op->settings->road_factor;
    return add_path(b, &(ab_path){.hub = hub,
                                  .place = place,
                                  .drawn = false,
                                  .distance_m = distance_m,
                                  .duration_s = distance_m / b->op->settings->road_speed_mps,
                                  .point_count = 2,
                                  .lon_lat_deg = lon_lat_deg});
}

static bool add_drawn(builder *b, int32_t hub, int32_t place)
{
    ab_path found[AB__WAYS_MOST];
    int32_t count;
    bool fine = ab__ways_find(&b->ways, hub, b->arena, found, &count);
    for (int32_t i = 0; fine && i < count; i++) {
        found[i].hub = hub;
        found[i].place = place;
        fine = add_path(b, &found[i]);
    }
    return fine;
}

static bool add_paths_to(builder *b, const ab_routes *routes, int32_t place)
{
    bool place_on_road = b->graph.end_node[routes->hub_count + place] >= 0;
    if (place_on_road) {
        ab__ways_toward(&b->ways, routes->hub_count + place);
    }
    bool fine = true;
    for (int32_t h = 0; h < routes->hub_count && fine; h++) {
        size_t pair = (size_t)h * (size_t)routes->place_count + (size_t)place;
        /* A place on a road that a hub does not connect to is a gap in the network, or a hub in the wrong
         * place; a straight line would hide it. */
        if (!place_on_road) {
            fine = add_undrawn(b, h, place, routes->air_m[pair]);
        } else if (b->graph.end_node[h] >= 0) {
            fine = add_drawn(b, h, place);
        }
    }
    return fine;
}

/* Place by place they were found, hub by hub they are wanted; the order of one pair stays. */
static ab_path *sorted(const builder *b, const ab_routes *routes)
{
    size_t hubs = (size_t)routes->hub_count;
    ab_path *path = AB_NEW(b->arena, ab_path, b->paths.count);
    int32_t *next = AB_NEW(b->arena, int32_t, hubs + 1);
    if (path == NULL || next == NULL) {
        return NULL;
    }
    for (int32_t i = 0; i < b->paths.count; i++) {
        next[b->paths.at[i].hub + 1]++;
    }
    for (size_t h = 0; h < hubs; h++) {
        next[h + 1] += next[h];
    }
    for (int32_t i = 0; i < b->paths.count; i++) {
        path[next[b->paths.at[i].hub]++] = b->paths.at[i];
    }
    return path;
}

static bool make_paths(const ab_operation *op, ab_routes *routes)
{
    builder b = {.op = op, .arena = routes->arena};
    ab_arena *scratch = ab__arena_new();
    bool fine = scratch != NULL && ab__graph_make(op, scratch, &b.graph, &b.back) &&
                ab__ways_make(op, &b.graph, &b.back, scratch, &b.ways);
    for (int32_t p = 0; p < routes->place_count && fine; p++) {
        fine = add_paths_to(&b, routes, p);
    }
    ab_path *path = fine ? sorted(&b, routes) : NULL;
    routes->path = path;
    routes->path_count = b.paths.count;
    AB_VEC_FREE(&b.paths);
    ab__arena_free(scratch);
    return path != NULL;
}

ab_status ab_routes_make(const ab_operation *op, ab_routes **out, ab_error *err)
{
    *out = NULL;
    ab_arena *arena = ab__arena_new();
    ab_routes *routes = arena != NULL ? AB_NEW(arena, ab_routes, 1) : NULL;
    if (routes != NULL) {
        routes->arena = arena;
    }
    if (routes == NULL || !air_distances(op, routes) || !make_paths(op, routes)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while looking for ways");
    }
    *out = routes;
    return AB_OK;
}

void ab_routes_free(ab_routes *routes)
{
    if (routes != NULL) {
        ab__arena_free(routes->arena);
    }
}
