#include "route/network.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/geodesic.h"

/* Nearer to a segment's end than this share of it, an end joins the vertex itself. */
static const double at_vertex_frac = 1e-9;
/* A degree of latitude is at least this long anywhere on WGS84. */
static const double least_m_per_degree = 110500;
static const double degree = 3.14159265358979323846 / 180;

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

/* ---- Vertices, nodes, segments ---- */

static int vertex_order(const void *a, const void *b)
{
    const ab__vertex *x = a, *y = b;
    int order = compare(x->lat_deg, y->lat_deg);
    order = order != 0 ? order : compare(x->lon_deg, y->lon_deg);
    order = order != 0 ? order : (x->road > y->road) - (x->road < y->road);
    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static int32_t count_vertices(const ab_operation *op)
{
    int32_t count = 0;
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        count += shape->kind == AB_SHAPE_LINE ? shape->part_start[shape->part_count] : 0;
    }
    return count;
}

static void collect_vertices(const ab_operation *op, ab__vertex *vertex)
{
    int32_t count = 0;
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        int32_t end = shape->kind == AB_SHAPE_LINE ? shape->part_start[shape->part_count] : 0;
        for (int32_t v = 0; v < end; v++, count++) {
            vertex[count] =
                (ab__vertex){shape->lon_lat_deg[2 * v], shape->lon_lat_deg[2 * v + 1], r, count};
        }
    }
}

/* Nodes are runs of vertices at one position; node_of[number] is the node of a vertex. */
static void number_nodes(ab__network *network, int32_t *node_of)
{
    for (int32_t i = 0; i < network->vertex_count; i++) {
        const ab__vertex *v = &network->vertex[i], *before = i > 0 ? v - 1 : NULL;
        if (before == NULL || before->lon_deg != v->lon_deg || before->lat_deg != v->lat_deg) {
            network->first_vertex[network->node_count++] = i;
        }
        node_of[v->number] = network->node_count - 1;
    }
    network->first_vertex[network->node_count] = network->vertex_count;
    network->vertex_node_count = network->node_count;
}

static void make_segments(const ab_operation *op, const int32_t *node_of, ab__network *network)
{
    int32_t number = 0;
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        for (int32_t part = 0; shape->kind == AB_SHAPE_LINE && part < shape->part_count; part++) {
            for (int32_t v = shape->part_start[part]; v < shape->part_start[part + 1]; v++) {
                int32_t node = node_of[number++];
                bool last = v + 1 == shape->part_start[part + 1];
                if (!last && node_of[number] != node) {
                    network->segment[network->segment_count++] =
                        (ab__segment){r, node, node_of[number]};
                }
            }
        }
    }
}

bool ab__network_make(const ab_operation *op, ab_arena *arena, ab__network *out)
{
    int32_t count = count_vertices(op);
    ab__network network = {.vertex_count = count};
    network.vertex = AB_NEW(arena, ab__vertex, count);
    network.first_vertex = AB_NEW(arena, int32_t, (size_t)count + 1);
    network.segment = AB_NEW(arena, ab__segment, count);
    int32_t *node_of = AB_NEW(arena, int32_t, (size_t)count + 1);
    if (network.vertex == NULL || network.first_vertex == NULL || network.segment == NULL ||
        node_of == NULL) {
        return false;
    }
    collect_vertices(op, network.vertex);
    if (count > 0) {
        qsort(network.vertex, (size_t)count, sizeof *network.vertex, vertex_order);
    }
    number_nodes(&network, node_of);
    make_segments(op, node_of, &network);
    *out = network;
    return true;
}

/* ---- Joining hubs and places ---- */

/* Could a point of the segment lie within reach_deg of latitude of here? Says yes too often rather than
 * too seldom. A segment is a geodesic: between its ends it runs nearer to the pole than both, by about
 * span^2 sin(2 lat) / 16 (radians) on a sphere; twice the greatest of that is allowed for. */
static bool may_be_near(const ab__vertex *a, const ab__vertex *b, double lon_deg, double lat_deg,
                        double reach_deg)
{
    double span_deg = fabs(a->lon_deg - b->lon_deg);
    double reach_lat_deg = reach_deg + 0.0022 * span_deg * span_deg;
    double reach_lon_deg = 2 * reach_lat_deg / fmax(cos(lat_deg * degree), 0.01);
    return fmin(a->lat_deg, b->lat_deg) <= lat_deg + reach_lat_deg &&
           fmax(a->lat_deg, b->lat_deg) >= lat_deg - reach_lat_deg &&
           fmin(a->lon_deg, b->lon_deg) <= lon_deg + reach_lon_deg &&
           fmax(a->lon_deg, b->lon_deg) >= lon_deg - reach_lon_deg;
}

/* The nearest segment, and where on it; of equally near ones that of the first road by id. */
static bool nearest(const ab_operation *op, const ab__network *network, double lon_deg,
                    double lat_deg, ab__join *join)
{
    double snap_m = op->settings->snap_m, reach_deg = snap_m / least_m_per_degree;
    bool found = false;
    for (int32_t s = 0; s < network->segment_count; s++) {
        const ab__segment *segment = &network->segment[s];
        const ab__vertex *a = ab__node_vertex(network, segment->from);
        const ab__vertex *b = ab__node_vertex(network, segment->to);
        if (!may_be_near(a, b, lon_deg, lat_deg, reach_deg)) {
            continue;
        }
        double along_frac;
        double leg_m = ab__segment_m(lon_deg, lat_deg, a->lon_deg, a->lat_deg, b->lon_deg,
                                     b->lat_deg, &along_frac);
        bool nearer = !found || leg_m < join->leg_m;
        bool tie = found && leg_m == join->leg_m &&
                   strcmp(op->roads.at[segment->road].id,
                          op->roads.at[network->segment[join->segment].road].id) < 0;
        if (leg_m <= snap_m && (nearer || tie)) {
            found = true;
            join->segment = s;
            join->along_frac = along_frac;
            join->leg_m = leg_m;
        }
    }
    return found;
}

/* Makes the joint a vertex where it is one, else a new point on the segment. */
static void place_join(const ab__network *network, ab__join *join)
{
    const ab__segment *segment = &network->segment[join->segment];
    bool at_from = join->along_frac <= at_vertex_frac;
    bool at_to = join->along_frac >= 1 - at_vertex_frac;
    const ab__vertex *a = ab__node_vertex(network, segment->from);
    const ab__vertex *b = ab__node_vertex(network, segment->to);
    if (at_from || at_to) {
        join->segment = -1;
        join->node = at_from ? segment->from : segment->to;
        return;
    }
    ab__geodesic_between(a->lon_deg, a->lat_deg, b->lon_deg, b->lat_deg, join->along_frac,
                         &join->lon_deg, &join->lat_deg);
    join->node = -1;
}

static int join_order(const void *a, const void *b)
{
    const ab__join *x = a, *y = b;
    int order = compare(x->lat_deg, y->lat_deg);
    order = order != 0 ? order : compare(x->lon_deg, y->lon_deg);
    return order != 0 ? order : (x->end > y->end) - (x->end < y->end);
}

static int join_order_along(const void *a, const void *b)
{
    const ab__join *x = a, *y = b;
    int order = (x->segment > y->segment) - (x->segment < y->segment);
    order = order != 0 ? order : compare(x->along_frac, y->along_frac);
    return order != 0 ? order : (x->node > y->node) - (x->node < y->node);
}

bool ab__network_join(const ab_operation *op, ab_arena *arena, ab__network *network)
{
    int32_t hubs = op->hubs.count, ends = hubs + op->places.count;
    network->join = AB_NEW(arena, ab__join, ends);
    if (network->join == NULL) {
        return false;
    }
    for (int32_t i = 0; i < ends; i++) {
        double lon_deg = i < hubs ? op->hubs.at[i].lon_deg : op->places.at[i - hubs].lon_deg;
        double lat_deg = i < hubs ? op->hubs.at[i].lat_deg : op->places.at[i - hubs].lat_deg;
        ab__join join = {.end = i};
        if (nearest(op, network, lon_deg, lat_deg, &join)) {
            place_join(network, &join);
            network->join[network->join_count++] = join;
        }
    }
    size_t count = (size_t)network->join_count;
    if (count > 0) {
        qsort(network->join, count, sizeof *network->join, join_order);
    }
    for (size_t i = 0; i < count; i++) {
        if (network->join[i].segment >= 0) {
            network->join[i].node = network->node_count++;
        }
    }
    if (count > 0) {
        qsort(network->join, count, sizeof *network->join, join_order_along);
    }
    return true;
}
