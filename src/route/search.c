#include "route/search.h"

#include <math.h>

enum { NEVER = -1, DONE = -2 };

bool ab__search_make(const ab__graph *graph, ab_arena *arena, ab__search *out)
{
    size_t nodes = (size_t)graph->node_count;
    ab__search search = {.graph = graph};
    search.duration_s = AB_NEW(arena, double, nodes);
    search.distance_m = AB_NEW(arena, double, nodes);
    search.key_s = AB_NEW(arena, double, nodes);
    search.from_node = AB_NEW(arena, int32_t, nodes);
    search.from_arc = AB_NEW(arena, int32_t, nodes);
    search.heap = AB_NEW(arena, int32_t, nodes);
    search.heap_at = AB_NEW(arena, int32_t, nodes);
    search.touched = AB_NEW(arena, int32_t, nodes);
    if (search.duration_s == NULL || search.distance_m == NULL || search.key_s == NULL ||
        search.from_node == NULL || search.from_arc == NULL || search.heap == NULL ||
        search.heap_at == NULL || search.touched == NULL) {
        return false;
    }
    for (size_t n = 0; n < nodes; n++) {
        search.duration_s[n] = INFINITY;
        search.distance_m[n] = INFINITY;
        search.heap_at[n] = NEVER;
    }
    *out = search;
    return true;
}

static void clear(ab__search *search)
{
    for (int32_t i = 0; i < search->touched_count; i++) {
        int32_t node = search->touched[i];
        search->duration_s[node] = INFINITY;
        search->distance_m[node] = INFINITY;
        search->heap_at[node] = NEVER;
    }
    search->touched_count = 0;
    search->heap_count = 0;
}

static bool before(const ab__search *search, int32_t a, int32_t b)
{
    if (search->key_s[a] != search->key_s[b]) {
        return search->key_s[a] < search->key_s[b];
    }
    if (search->distance_m[a] != search->distance_m[b]) {
        return search->distance_m[a] < search->distance_m[b];
    }
    return a < b;
}

static void put(ab__search *search, int32_t at, int32_t node)
{
    search->heap[at] = node;
    search->heap_at[node] = at;
}

static void rise(ab__search *search, int32_t node)
{
    int32_t at = search->heap_at[node];
    while (at > 0 && before(search, node, search->heap[(at - 1) / 2])) {
        put(search, at, search->heap[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    put(search, at, node);
}

static int32_t take_first(ab__search *search)
{
    int32_t first = search->heap[0], last = search->heap[--search->heap_count], at = 0;
    search->heap_at[first] = DONE;
    while (search->heap_count > 0) {
        int32_t child = 2 * at + 1;
        if (child + 1 < search->heap_count &&
            before(search, search->heap[child + 1], search->heap[child])) {
            child++;
        }
        if (child >= search->heap_count || !before(search, search->heap[child], last)) {
            put(search, at, last);
            break;
        }
        put(search, at, search->heap[child]);
        at = child;
    }
    return first;
}

/* A step along an arc, or the start, as a label of the node that it reaches. */
typedef struct label {
    double duration_s, distance_m;
    int32_t from_node, from_arc;
} label;

static void reach(ab__search *search, const ab__errand *errand, int32_t node, label way)
{
    if (search->heap_at[node] == NEVER) {
        search->touched[search->touched_count++] = node;
        search->heap_at[node] = search->heap_count++;
    }
    search->duration_s[node] = way.duration_s;
    search->distance_m[node] = way.distance_m;
    search->key_s[node] = way.duration_s + (errand->to_go_s != NULL ? errand->to_go_s[node] : 0);
    search->from_node[node] = way.from_node;
    search->from_arc[node] = way.from_arc;
    rise(search, node);
}

static void leave(ab__search *search, const ab__errand *errand, int32_t node)
{
    const ab__graph *graph = search->graph;
    for (int32_t a = graph->arc_start[node]; a < graph->arc_start[node + 1]; a++) {
        const ab__arc *arc = &graph->arc[a];
        bool avoided = errand->avoid != NULL && arc->road >= 0 && errand->avoid[arc->road];
        bool astray = errand->to_go_s != NULL && errand->to_go_s[arc->to] == INFINITY;
        if (search->heap_at[arc->to] == DONE || avoided || astray) {
            continue;
        }
        label way = {search->duration_s[node] + arc->duration_s,
                     search->distance_m[node] + arc->length_m, node, a};
        double known_s = search->duration_s[arc->to], known_m = search->distance_m[arc->to];
        if (way.duration_s < known_s || (way.duration_s == known_s && way.distance_m < known_m)) {
            reach(search, errand, arc->to, way);
        }
    }
}

void ab__search_run(ab__search *search, const ab__errand *errand)
{
    clear(search);
    reach(search, errand, errand->source, (label){0, 0, -1, -1});
    while (search->heap_count > 0) {
        int32_t node = take_first(search);
        if (node == errand->target) {
            break;
        }
        leave(search, errand, node);
    }
}
