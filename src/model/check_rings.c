/* The shapes of every table: lines that lead somewhere, polygons of which one can say what is inside. */
#include <math.h>

#include "base/number.h"
#include "geo/geodesic.h"
#include "geo/ring_crossing.h"
#include "geo/wkt.h"
#include "model/check.h"
#include "schema/find.h"

/* Comparisons of edges for all shapes together; later polygons go unchecked. A fraction of a second. */
static const int64_t EDGE_PAIRS_MOST = 20000000;
static const double LEAST_M = 1, LEAST_M2 = 1;
static const double M_PER_DEG = 111195; /* of a sphere of 6,371 km */
static const double DEG = 3.14159265358979323846 / 180;

/* A shape in its cell, and what may still be spent on it. */
typedef struct shaped {
    ab_check *check;
    int32_t table, row, column;
    int64_t *budget;
} shaped;

/* One part of a shape without the vertices that repeat the one before. */
typedef struct part {
    double *lon_lat_deg;
    int32_t count;
} part;

static void raise(const shaped *of, int32_t code, const char *expected, const double *at,
                  const char *hint)
{
    ab_buf found = AB_BUF_INIT;
    if (at != NULL)
        ab__buf_printf(&found, "%.9g %.9g", at[0], at[1]);
    ab__check_raise(of->check, (ab_finding){.code = code,
                                            .table = of->table,
                                            .row = of->row,
                                            .column = of->column,
                                            .expected = expected,
                                            .found = at == NULL ? NULL : ab__buf_text(&found),
                                            .hint = hint});
    ab__buf_free(&found);
}

/* false: out of memory (noted). `*repeated`: a vertex that was left out, if there is one. */
static bool part_of(const shaped *of, const ab_shape *shape, int32_t number,
                    const double **repeated, part *out)
{
    int32_t from = shape->part_start[number], until = shape->part_start[number + 1];
    out->count = 0;
    out->lon_lat_deg = AB_NEW(of->check->work, double, 2 * (size_t)(until - from));
    if (out->lon_lat_deg == NULL) {
        of->check->no_memory = true;
        return false;
    }
    for (int32_t v = from; v < until; v++) {
        const double *at = shape->lon_lat_deg + 2 * (size_t)v;
        if (v > from && at[-2] == at[0] && at[-1] == at[1]) {
            *repeated = at;
            continue;
        }
        out->lon_lat_deg[2 * (size_t)out->count] = at[0];
        out->lon_lat_deg[2 * (size_t)out->count + 1] = at[1];
        out->count++;
    }
    return true;
}

static double length_m(const part *line)
{
    double sum_m = 0;
    for (int32_t v = 1; v < line->count && sum_m < LEAST_M; v++) {
        const double *a = line->lon_lat_deg + 2 * (size_t)(v - 1);
        sum_m += ab__geodesic_m(a[0], a[1], a[2], a[3]);
    }
    return sum_m;
}

/* The ground between the first vertex and each edge, none taken away again: zero only where all vertices lie
 * on one line. As on a plane at the first vertex: good enough to tell a field from nothing. */
static double spread_m2(const part *ring)
{
    const double *first = ring->lon_lat_deg;
    double twice_deg2 = 0;
    for (int32_t v = 1; v + 1 < ring->count; v++) {
        const double *a = ring->lon_lat_deg + 2 * (size_t)v;
        twice_deg2 +=
            fabs((a[0] - first[0]) * (a[3] - first[1]) - (a[2] - first[0]) * (a[1] - first[1]));
    }
    return twice_deg2 / 2 * M_PER_DEG * M_PER_DEG * cos(first[1] * DEG);
}

static void check_ring(const shaped *of, const part *ring, bool outer)
{
    int32_t edges[2];
    ab_ring_edge *room = AB_NEW(of->check->work, ab_ring_edge, ring->count);
    if (room == NULL) {
        of->check->no_memory = true;
        return;
    }
    if (ring->count < 4 || spread_m2(ring) < LEAST_M2)
        raise(of, AB_ISSUE_NO_EXTENT, "a polygon of a square metre or more",
              outer ? NULL : ring->lon_lat_deg, "draw it again, around the ground that is meant");
    else if (ab__ring_crossing(ring->lon_lat_deg, ring->count, room, of->budget, edges))
        raise(of, AB_ISSUE_RING_CROSSES, "an edge that goes once round its ground",
              ring->lon_lat_deg + 2 * (size_t)edges[1],
              "near this vertex it meets itself: draw it again, vertex by vertex");
}

static void check_hole(const shaped *of, const part *outer, const part *hole)
{
    for (int32_t v = 0; v + 1 < hole->count; v++) {
        const double *at = hole->lon_lat_deg + 2 * (size_t)v;
        if (ab__ring_holds(outer->lon_lat_deg, outer->count, at[0], at[1]))
            continue;
        raise(of, AB_ISSUE_HOLE_OUTSIDE, "a hole inside the polygon", at,
              "give it a row of its own if it is ground that counts");
        return;
    }
}

static void format_without_repeats(const ab_shape *shape, ab_buf *out)
{
    char number[AB_NUMBER_CAP];
    bool polygon = shape->kind == AB_SHAPE_POLYGON;
    ab__buf_add(out, polygon ? "POLYGON((" : "LINESTRING(");
    for (int32_t p = 0; p < shape->part_count; p++)
        for (int32_t v = shape->part_start[p]; v < shape->part_start[p + 1]; v++) {
            const double *at = shape->lon_lat_deg + 2 * (size_t)v;
            bool first = v == shape->part_start[p];
            if (!first && at[-2] == at[0] && at[-1] == at[1])
                continue;
            ab__buf_add(out, first && p > 0 ? "), (" : first ? "" : ", ");
            ab__buf_add(out, ab__number_format(at[0], number));
            ab__buf_char(out, ' ');
            ab__buf_add(out, ab__number_format(at[1], number));
        }
    ab__buf_add(out, polygon ? "))" : ")");
}

/* The fix is the shape without them: what is drawn stays as it is. */
static void raise_repeated(const shaped *of, const ab_shape *shape, const double *at)
{
    ab_buf found = AB_BUF_INIT, fix = AB_BUF_INIT;
    ab__buf_printf(&found, "%.9g %.9g", at[0], at[1]);
    format_without_repeats(shape, &fix);
    ab__check_raise(of->check, (ab_finding){.code = AB_ISSUE_REPEATED_POINT,
                                            .table = of->table,
                                            .row = of->row,
                                            .column = of->column,
                                            .expected = "each vertex once",
                                            .found = ab__buf_text(&found),
                                            .hint = "remove one of the two",
                                            .fix = fix.failed ? NULL : ab__buf_text(&fix)});
    ab__buf_free(&found);
    ab__buf_free(&fix);
}

static void check_shape(const shaped *of, const ab_shape *shape)
{
    const double *repeated = NULL;
    part outer = {NULL, 0};
    if (shape->kind == AB_SHAPE_POINT)
        return;
    for (int32_t p = 0; p < shape->part_count; p++) {
        part at;
        if (!part_of(of, shape, p, &repeated, &at))
            return;
        if (shape->kind == AB_SHAPE_LINE) {
            if (length_m(&at) < LEAST_M)
                raise(of, AB_ISSUE_NO_EXTENT, "a line of a metre or more", NULL,
                      "draw it from where it starts to where it ends");
            continue;
        }
        check_ring(of, &at, p == 0);
        if (p == 0)
            outer = at;
        else
            check_hole(of, &outer, &at);
    }
    if (repeated != NULL)
        raise_repeated(of, shape, repeated);
}

void ab__check_rings(ab_check *check)
{
    int64_t budget = EDGE_PAIRS_MOST;
    for (int32_t t = 0; t < check->data.schema->count; t++) {
        const ab_table *table = &check->data.schema->tables[t];
        for (int32_t c = 0; c < table->column_count; c++)
            for (int32_t r = 0;
                 table->columns[c].type == AB_TYPE_WKT && r < check->data.rows[t].count; r++) {
                shaped of = {check, t, r, c, &budget};
                check_shape(&of, ab__value_at(&table->columns[c], ab__check_row(check, t, r)));
            }
    }
}
