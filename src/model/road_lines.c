#include "model/road_lines.h"

#include <math.h>
#include <stdlib.h>

#include "geo/geodesic.h"

static const double DEG = 3.14159265358979323846 / 180, M_PER_DEG = 111200;
/* Distances on a plane about a point lie within this share of those on the ground, as far as roads are looked for.
 * A segment is a shortest line and runs up to SAG_DEG times the square of its span in degrees beside the straight
 * one (see route/network.c). */
static const double PLANE_FRAC = 0.9, SAG_DEG = 0.0022;
/* Lines with vertices nearer to one another meet (route/graph.c). */
static const double MEET_M = 30;

double ab__road_lines_most(const ab_operation *op)
{
    double count = 0;
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        count += shape->kind == AB_SHAPE_LINE ? shape->part_start[shape->part_count] : 0;
    }
    return count;
}

static void add_line(ab_road_lines *out, const ab_shape *shape, int32_t part, int32_t road)
{
    for (int32_t v = shape->part_start[part]; v + 1 < shape->part_start[part + 1]; v++) {
        const double *at = shape->lon_lat_deg + 2 * (size_t)v;
        out->at[out->count++] =
            (ab_road_segment){at[0], at[1], at[2], at[3], road, out->line_count};
    }
    out->line_count++;
}

bool ab__road_lines_of(ab_check *check, ab_road_lines *out)
{
    const ab_operation *op = check->op;
    double most = ab__road_lines_most(op);
    *out = (ab_road_lines){
        .at = most > INT32_MAX / 2 ? NULL : AB_NEW(check->work, ab_road_segment, (int64_t)most)};
    if (out->at == NULL) {
        check->no_memory = true;
        return false;
    }
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        for (int32_t part = 0; shape->kind == AB_SHAPE_LINE && part < shape->part_count; part++)
            add_line(out, shape, part, r);
    }
    return true;
}

/* ---- What lies near ---- */

/* Metres on a plane about the point, in which a degree of longitude is as long as there. */
static double plane_m(const ab_road_segment *s, double lon_deg, double lat_deg)
{
    double scale = cos(lat_deg * DEG);
    double x1 = remainder(s->lon1_deg - lon_deg, 360) * scale, y1 = s->lat1_deg - lat_deg;
    double dx = remainder(s->lon2_deg - s->lon1_deg, 360) * scale, dy = s->lat2_deg - s->lat1_deg;
    double square = dx * dx + dy * dy;
    double along = square > 0 ? fmin(1, fmax(0, -(x1 * dx + y1 * dy) / square)) : 0;
    return M_PER_DEG * hypot(x1 + along * dx, y1 + along * dy);
}

/* No point of the straight line is nearer: quick, and enough to pass over most. */
static double apart_m(const ab_road_segment *s, double lat_deg)
{
    double south_deg = fmin(s->lat1_deg, s->lat2_deg), north_deg = fmax(s->lat1_deg, s->lat2_deg);
    return M_PER_DEG * fmax(south_deg - lat_deg, lat_deg - north_deg);
}

/* Across the date line far too much, which costs time and nothing else. */
static double sag_m(const ab_road_segment *s)
{
    double span_deg = s->lon2_deg - s->lon1_deg;
    return M_PER_DEG * SAG_DEG * span_deg * span_deg;
}

static double ground_m(const ab_road_segment *s, double lon_deg, double lat_deg)
{
    double along_frac;
    return ab__segment_m(lon_deg, lat_deg, s->lon1_deg, s->lat1_deg, s->lon2_deg, s->lat2_deg,
                         &along_frac);
}

/* On the ground for the few that may be nearest. */
ab_near_road ab__road_lines_near(const ab_road_lines *lines, double lon_deg, double lat_deg)
{
    int32_t first = 0;
    double best_m = INFINITY;
    for (int32_t i = 0; i < lines->count; i++) {
        if (apart_m(&lines->at[i], lat_deg) >= best_m)
            continue;
        double away_m = plane_m(&lines->at[i], lon_deg, lat_deg);
        if (away_m < best_m) {
            best_m = away_m;
            first = i;
        }
    }
    const ab_road_segment *nearest = &lines->at[first];
    ab_near_road best = {ground_m(nearest, lon_deg, lat_deg), nearest->road, nearest->line};
    for (int32_t i = 0; i < lines->count; i++) {
        const ab_road_segment *s = &lines->at[i];
        double may_be_m = best.away_m + sag_m(s);
        if (PLANE_FRAC * apart_m(s, lat_deg) >= may_be_m ||
            PLANE_FRAC * plane_m(s, lon_deg, lat_deg) >= may_be_m)
            continue;
        double away_m = ground_m(s, lon_deg, lat_deg);
        if (away_m < best.away_m)
            best = (ab_near_road){away_m, s->road, s->line};
    }
    return best;
}

/* ---- What hangs together ---- */

/* The end of a segment. */
typedef struct vertex {
    double lon_deg, lat_deg;
    int32_t line;
} vertex;

static int by_latitude(const void *left, const void *right)
{
    double a = ((const vertex *)left)->lat_deg, b = ((const vertex *)right)->lat_deg;
    return (a > b) - (a < b);
}

static int32_t root(int32_t *net, int32_t line)
{
    while (net[line] != line) {
        net[line] = net[net[line]];
        line = net[line];
    }
    return line;
}

static void join_meeting(int32_t *net, const vertex *v, int32_t count)
{
    double reach_deg = MEET_M / (M_PER_DEG * 0.99); /* a degree is 110.5 km at least */
    for (int32_t i = 0; i < count; i++) {
        double reach_lon_deg = reach_deg / fmax(cos(v[i].lat_deg * DEG), 1e-6);
        for (int32_t k = i + 1; k < count && v[k].lat_deg - v[i].lat_deg <= reach_deg; k++) {
            int32_t a = root(net, v[i].line), b = root(net, v[k].line);
            if (a != b && fabs(v[k].lon_deg - v[i].lon_deg) <= reach_lon_deg &&
                ab__geodesic_m(v[i].lon_deg, v[i].lat_deg, v[k].lon_deg, v[k].lat_deg) < MEET_M)
                net[b] = a;
        }
    }
}

bool ab__road_lines_join(ab_check *check, ab_road_lines *lines)
{
    vertex *v = AB_NEW(check->work, vertex, 2 * (int64_t)lines->count);
    lines->net = AB_NEW(check->work, int32_t, lines->line_count);
    if (v == NULL || lines->net == NULL) {
        check->no_memory = true;
        return false;
    }
    for (int32_t i = 0; i < lines->line_count; i++)
        lines->net[i] = i;
    for (int32_t i = 0; i < lines->count; i++) {
        const ab_road_segment *s = &lines->at[i];
        v[2 * i] = (vertex){s->lon1_deg, s->lat1_deg, s->line};
        v[2 * i + 1] = (vertex){s->lon2_deg, s->lat2_deg, s->line};
    }
    if (lines->count > 0)
        qsort(v, 2 * (size_t)lines->count, sizeof *v, by_latitude);
    join_meeting(lines->net, v, 2 * lines->count);
    for (int32_t i = 0; i < lines->line_count; i++)
        lines->net[i] = root(lines->net, i);
    return true;
}
