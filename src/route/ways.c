#include "route/ways.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a way along very many roads, alternatives are looked for around those that it follows longest. */
enum { TRIED_ALONE = 24, TRIED_IN_PAIRS = 12 };

bool ab__ways_make(const ab_operation *op, const ab__graph *graph, const ab__graph *back,
                   ab_arena *arena, ab__ways *out)
{
    *out = (ab__ways){.graph = graph};
    out->to_go_s = AB_NEW(arena, double, graph->node_count);
    out->avoid = AB_NEW(arena, bool, op->roads.count);
    out->stretch_m = AB_NEW(arena, double, op->roads.count);
    out->node = AB_NEW(arena, int32_t, graph->node_count);
    out->road = AB_NEW(arena, int32_t, graph->node_count);
    return out->to_go_s != NULL && out->avoid != NULL && out->stretch_m != NULL &&
           out->node != NULL && out->road != NULL && ab__search_make(graph, arena, &out->search) &&
           ab__search_make(back, arena, &out->back);
}

/* Times to the place with every road open are never more than with some avoided, so that they guide every
 * search for an alternative; rounding leaves it right to the last bits. */
void ab__ways_toward(ab__ways *ways, int32_t to_end)
{
    ways->target = ways->graph->end_node[to_end];
    assert(ways->target >= 0);
    ab__search_run(&ways->back, &(ab__errand){.source = ways->target, .target = -1});
    for (int32_t n = 0; n < ways->graph->node_count; n++) {
        ways->to_go_s[n] = ways->back.duration_s[n];
    }
}

static void search(ab__ways *ways, int32_t from, const bool *avoid)
{
    ab__search_run(&ways->search, &(ab__errand){from, ways->target, avoid, ways->to_go_s});
}

/* A way as found, with its roads by how long it follows them. */
typedef struct found_way {
    ab_path path;
    int32_t tried[TRIED_ALONE]; /* rows of roads, longest stretch first */
    int32_t tried_count;
} found_way;

/* ---- Keeping a way ---- */

static bool same_position(const double *a, const double *b)
{
    return a[0] == b[0] && a[1] == b[1];
}

/* The nodes of the last search's way into ways->node, from the source. */
static int32_t trace(ab__ways *ways)
{
    int32_t count = 0;
    for (int32_t node = ways->target; node >= 0; node = ways->search.from_node[node]) {
        ways->node[count++] = node;
    }
    for (int32_t i = 0; i < count / 2; i++) {
        int32_t other = ways->node[count - 1 - i];
        ways->node[count - 1 - i] = ways->node[i];
        ways->node[i] = other;
    }
    return count;
}

/* Roads of the traced way into ways->road, each once, in the order met; fills stretch_m for them. */
static int32_t list_roads(ab__ways *ways, int32_t node_count)
{
    int32_t count = 0;
    for (int32_t i = 1; i < node_count; i++) {
        const ab__arc *arc = &ways->graph->arc[ways->search.from_arc[ways->node[i]]];
        bool known = arc->road < 0;
        for (int32_t k = count - 1; k >= 0 && !known; k--) {
            known = ways->road[k] == arc->road;
        }
        if (!known) {
            ways->road[count++] = arc->road;
        }
        if (arc->road >= 0) {
            ways->stretch_m[arc->road] += arc->length_m;
        }
    }
    return count;
}

/* The roads followed longest; of equal ones, the one met first. Clears stretch_m again. */
static void choose_tried(ab__ways *ways, int32_t road_count, found_way *out)
{
    out->tried_count = 0;
    for (int32_t i = 0; i < road_count; i++) {
        int32_t road = ways->road[i], at = out->tried_count;
        while (at > 0 && ways->stretch_m[out->tried[at - 1]] < ways->stretch_m[road]) {
            at--;
        }
        if (at < TRIED_ALONE) {
            out->tried_count += out->tried_count < TRIED_ALONE;
            size_t moved = (size_t)(out->tried_count - 1 - at);
            memmove(&out->tried[at + 1], &out->tried[at], moved * sizeof *out->tried);
            out->tried[at] = road;
        }
    }
    for (int32_t i = 0; i < road_count; i++) {
        ways->stretch_m[ways->road[i]] = 0;
    }
}

/* The last search's way, with arrays in `arena`. false: out of memory. */
static bool keep(ab__ways *ways, ab_arena *arena, found_way *out)
{
    int32_t nodes = trace(ways), roads = list_roads(ways, nodes), points = 0;
    choose_tried(ways, roads, out);
    int32_t *road = AB_NEW(arena, int32_t, roads);
    double *lon_lat_deg = AB_NEW(arena, double, 2 * (size_t)nodes);
    if (road == NULL || lon_lat_deg == NULL) {
        return false;
    }
    for (int32_t i = 0; i < roads; i++) {
        road[i] = ways->road[i];
    }
    for (int32_t i = 0; i < nodes; i++) {
        const double *at = &ways->graph->lon_lat_deg[2 * ways->node[i]];
        if (points == 0 || !same_position(at, &lon_lat_deg[2 * (points - 1)])) {
            lon_lat_deg[2 * points] = at[0];
            lon_lat_deg[2 * points + 1] = at[1];
            points++;
        }
    }
    out->path = (ab_path){.drawn = true,
                          .distance_m = ways->search.distance_m[ways->target],
                          .duration_s = ways->search.duration_s[ways->target],
                          .road_count = roads,
                          .road = road,
                          .point_count = points,
                          .lon_lat_deg = lon_lat_deg};
    return true;
}

/* ---- Alternatives ---- */

/* Two roads to avoid; the second may be -1. */
typedef struct detour {
    int32_t a, b;
    double duration_s, distance_m;
} detour;

/* Is the way that avoids roads a and b faster than the best detour? Then it is the best. */
static void try_detour(ab__ways *ways, int32_t from, int32_t a, int32_t b, detour *best)
{
    ways->avoid[a] = true;
    if (b >= 0) {
        ways->avoid[b] = true;
    }
    search(ways, from, ways->avoid);
    ways->avoid[a] = false;
    if (b >= 0) {
        ways->avoid[b] = false;
    }
    double duration_s = ways->search.duration_s[ways->target];
    double distance_m = ways->search.distance_m[ways->target];
    if (duration_s < best->duration_s ||
        (duration_s == best->duration_s && distance_m < best->distance_m)) {
        *best = (detour){a, b, duration_s, distance_m};
    }
}

static bool follows(const found_way *way, int32_t road)
{
    for (int32_t i = 0; i < way->path.road_count; i++) {
        if (way->path.road[i] == road) {
            return true;
        }
    }
    return false;
}

/* The fastest way that avoids at least one road of `first` and, unless NULL, one of `second`. */
static bool alternative(ab__ways *ways, int32_t from, const found_way *first,
                        const found_way *second, ab_arena *arena, found_way *out, bool *found)
{
    detour best = {-1, -1, INFINITY, INFINITY};
    for (int32_t i = 0; i < first->tried_count; i++) {
        int32_t a = first->tried[i];
        if (second == NULL || follows(second, a)) {
            try_detour(ways, from, a, -1, &best);
            continue;
        }
        for (int32_t k = 0; i < TRIED_IN_PAIRS && k < second->tried_count && k < TRIED_IN_PAIRS;
             k++) {
            if (!follows(first, second->tried[k])) {
                try_detour(ways, from, a, second->tried[k], &best);
            }
        }
    }
    *found = isfinite(best.duration_s);
    if (!*found) {
        return true;
    }
    /* Its steps are gone with the later searches: search once more. */
    best.duration_s = best.distance_m = INFINITY;
    try_detour(ways, from, best.a, best.b, &best);
    return keep(ways, arena, out);
}

bool ab__ways_find(ab__ways *ways, int32_t from_end, ab_arena *arena, ab_path out[AB__WAYS_MOST],
                   int32_t *count)
{
    int32_t from = ways->graph->end_node[from_end];
    found_way found[AB__WAYS_MOST];
    *count = 0;
    assert(from >= 0);
    bool more = isfinite(ways->to_go_s[from]), fine = true;
    if (more) {
        search(ways, from, NULL);
        fine = keep(ways, arena, &found[0]);
    }
    while (fine && more) {
        out[*count] = found[*count].path;
        ++*count;
        if (*count == AB__WAYS_MOST) {
            break;
        }
        const found_way *second = *count > 1 ? &found[1] : NULL;
        fine = alternative(ways, from, &found[0], second, arena, &found[*count], &more);
    }
    return fine;
}
