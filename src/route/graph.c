#include "route/graph.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "geo/geodesic.h"
#include "route/network.h"

/* Vertices of different roads that lie nearer to one another than this meet. */
static const double meet_m = 30;
/* Between a hub or place and its road, convoys crawl. Assumed. */
static const double leg_speed_mps = 15 / 3.6;
static const double least_m_per_degree = 110500;
static const double degree = 3.14159265358979323846 / 180;

/* An arc with the node that it leaves. */
typedef struct drawn_arc {
    int32_t from;
    ab__arc arc;
    const char *road_id; /* "" where there is none */
} drawn_arc;

typedef struct builder {
    const ab_operation *op;
    const ab__network *network;
    int32_t *end_node;
    double *lon_lat_deg;
    AB_VEC(drawn_arc) arcs;
} builder;

static bool add_arc(builder *b, int32_t from, int32_t to, int32_t road, double length_m,
                    double speed_mps)
{
    drawn_arc *drawn = AB_PUSH(&b->arcs);
    if (drawn != NULL) {
        *drawn = (drawn_arc){from,
                             {to, road, length_m, length_m / speed_mps},
                             road >= 0 ? b->op->roads.at[road].id : ""};
    }
    return drawn != NULL;
}

static bool add_both(builder *b, int32_t from, int32_t to, int32_t road, double length_m,
                     double speed_mps)
{
    return add_arc(b, from, to, road, length_m, speed_mps) &&
           add_arc(b, to, from, road, length_m, speed_mps);
}

/* A piece of a road from one node to the next; against a one-way road nobody drives. */
static bool add_piece(builder *b, int32_t from, int32_t to, int32_t row, double length_m)
{
    const ab_road *road = &b->op->roads.at[row];
    double speed_mps = isnan(road->speed_mps) ? b->op->settings->road_speed_mps : road->speed_mps;
    return add_arc(b, from, to, row, length_m, speed_mps) &&
           (road->oneway == 1 || add_arc(b, to, from, row, length_m, speed_mps));
}

/* Each segment, cut where ends join it. Joins are sorted by segment, then along it. */
static bool add_segments(builder *b)
{
    const ab__network *network = b->network;
    int32_t j = 0;
    while (j < network->join_count && network->join[j].segment < 0) {
        j++;
    }
    for (int32_t s = 0; s < network->segment_count; s++) {
        const ab__segment *segment = &network->segment[s];
        const ab__vertex *from = ab__node_vertex(network, segment->from);
        const ab__vertex *to = ab__node_vertex(network, segment->to);
        double length_m = ab__geodesic_m(from->lon_deg, from->lat_deg, to->lon_deg, to->lat_deg);
        int32_t node = segment->from;
        double done_frac = 0;
        for (; j < network->join_count && network->join[j].segment == s; j++) {
            const ab__join *join = &network->join[j];
            double piece_m = (join->along_frac - done_frac) * length_m;
            if (!add_piece(b, node, join->node, segment->road, piece_m)) {
                return false;
            }
            node = join->node;
            done_frac = join->along_frac;
        }
        if (!add_piece(b, node, segment->to, segment->road, (1 - done_frac) * length_m)) {
            return false;
        }
    }
    return true;
}

static bool share_a_road(const ab__network *network, int32_t a, int32_t b)
{
    for (int32_t i = network->first_vertex[a]; i < network->first_vertex[a + 1]; i++) {
        for (int32_t k = network->first_vertex[b]; k < network->first_vertex[b + 1]; k++) {
            if (network->vertex[i].road == network->vertex[k].road) {
                return true;
            }
        }
    }
    return false;
}

/* Joins nodes of different roads that are less than meet_m apart. They stay two nodes with a short way
 * between, so that finely drawn roads do not collapse. Nodes are sorted by latitude. */
static bool add_meetings(builder *b)
{
    const ab__network *network = b->network;
    double reach_deg = meet_m / least_m_per_degree;
    for (int32_t n = 0; n < network->vertex_node_count; n++) {
        const ab__vertex *v = ab__node_vertex(network, n);
        double reach_lon_deg = reach_deg / fmax(cos(v->lat_deg * degree), 1e-6);
        for (int32_t m = n + 1; m < network->vertex_node_count; m++) {
            const ab__vertex *w = ab__node_vertex(network, m);
            if (w->lat_deg - v->lat_deg > reach_deg) {
                break;
            }
            if (fabs(w->lon_deg - v->lon_deg) > reach_lon_deg || share_a_road(network, n, m)) {
                continue;
            }
            double gap_m = ab__geodesic_m(v->lon_deg, v->lat_deg, w->lon_deg, w->lat_deg);
            if (gap_m < meet_m && !add_both(b, n, m, -1, gap_m, leg_speed_mps)) {
                return false;
            }
        }
    }
    return true;
}

/* The hubs and places themselves, each at the end of its leg from the road. */
static bool add_ends(builder *b)
{
    const ab_operation *op = b->op;
    double speed_mps = fmin(leg_speed_mps, op->settings->road_speed_mps);
    for (int32_t i = 0; i < op->hubs.count + op->places.count; i++) {
        b->end_node[i] = -1;
    }
    for (int32_t j = 0; j < b->network->join_count; j++) {
        const ab__join *join = &b->network->join[j];
        int32_t node = b->network->node_count + join->end;
        b->end_node[join->end] = node;
        if (!add_both(b, node, join->node, -1, join->leg_m, speed_mps)) {
            return false;
        }
    }
    return true;
}

static void place_nodes(builder *b)
{
    const ab_operation *op = b->op;
    const ab__network *network = b->network;
    double *at = b->lon_lat_deg;
    for (int32_t n = 0; n < network->vertex_node_count; n++) {
        at[2 * n] = ab__node_vertex(network, n)->lon_deg;
        at[2 * n + 1] = ab__node_vertex(network, n)->lat_deg;
    }
    for (int32_t j = 0; j < network->join_count; j++) {
        const ab__join *join = &network->join[j];
        if (join->segment >= 0) {
            at[2 * join->node] = join->lon_deg;
            at[2 * join->node + 1] = join->lat_deg;
        }
    }
    for (int32_t i = 0; i < op->hubs.count + op->places.count; i++) {
        int32_t place = i - op->hubs.count, node = network->node_count + i;
        at[2 * node] = place < 0 ? op->hubs.at[i].lon_deg : op->places.at[place].lon_deg;
        at[2 * node + 1] = place < 0 ? op->hubs.at[i].lat_deg : op->places.at[place].lat_deg;
    }
}

static int arc_order(const void *a, const void *b)
{
    const drawn_arc *x = a, *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    if (x->arc.to != y->arc.to) {
        return x->arc.to < y->arc.to ? -1 : 1;
    }
    if (x->arc.duration_s != y->arc.duration_s) {
        return x->arc.duration_s < y->arc.duration_s ? -1 : 1;
    }
    int order = strcmp(x->road_id, y->road_id);
    return order != 0 ? order
                      : (x->arc.length_m > y->arc.length_m) - (x->arc.length_m < y->arc.length_m);
}

static bool index_arcs(builder *b, int32_t node_count, ab_arena *arena, ab__graph *out)
{
    int32_t count = b->arcs.count;
    int32_t *start = AB_NEW(arena, int32_t, (size_t)node_count + 1);
    ab__arc *arc = AB_NEW(arena, ab__arc, count);
    if (start == NULL || arc == NULL) {
        return false;
    }
    if (count > 0) {
        qsort(b->arcs.at, (size_t)count, sizeof *b->arcs.at, arc_order);
    }
    for (int32_t i = 0; i < count; i++) {
        start[b->arcs.at[i].from + 1]++;
        arc[i] = b->arcs.at[i].arc;
    }
    for (int32_t n = 0; n < node_count; n++) {
        start[n + 1] += start[n];
    }
    *out = (ab__graph){node_count, b->lon_lat_deg, start, arc, b->end_node};
    return true;
}

static void turn_round(builder *b)
{
    for (int32_t i = 0; i < b->arcs.count; i++) {
        drawn_arc *drawn = &b->arcs.at[i];
        int32_t from = drawn->from;
        drawn->from = drawn->arc.to;
        drawn->arc.to = from;
    }
}

bool ab__graph_make(const ab_operation *op, ab_arena *arena, ab__graph *out, ab__graph *back)
{
    ab__network network;
    if (!ab__network_make(op, arena, &network) || !ab__network_join(op, arena, &network)) {
        return false;
    }
    int32_t ends = op->hubs.count + op->places.count;
    int32_t node_count = network.node_count + ends;
    builder b = {.op = op, .network = &network};
    b.end_node = AB_NEW(arena, int32_t, ends);
    b.lon_lat_deg = AB_NEW(arena, double, 2 * (size_t)node_count);
    bool fine = b.end_node != NULL && b.lon_lat_deg != NULL;
    if (fine) {
        place_nodes(&b);
    }
    fine = fine && add_segments(&b) && add_meetings(&b) && add_ends(&b) &&
           index_arcs(&b, node_count, arena, out);
    turn_round(&b);
    fine = fine && index_arcs(&b, node_count, arena, back);
    AB_VEC_FREE(&b.arcs);
    return fine;
}
