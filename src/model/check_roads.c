/* Hubs and places against the roads that are drawn. To a place off all of them the plan goes by a straight line,
 * and from a hub off all of them no lorry leaves: either the road is not drawn, or the position is wrong. Where
 * longitude and latitude are nearly alike (the Levant), a swapped position looks like any other, and may even lie
 * near a road: the wrong one. */
#include <math.h>

#include "geo/geodesic.h"
#include "model/check.h"

/* Segments compared; larger operations go without. */
static const double PAIRS_MOST = 2e9;
static const double DEG = 3.14159265358979323846 / 180, M_PER_DEG = 111200;
/* Distances on a plane about a point lie within this share of those on the ground, as far as roads are looked for.
 * A segment is a shortest line and runs up to SAG_DEG times the square of its span in degrees beside the straight
 * one (see route/network.c). */
static const double PLANE_FRAC = 0.9, SAG_DEG = 0.0022;
/* A place nearer than NEAR_M to a road belongs to it. One farther off is asked for its mirror if that lies
 * MIRROR_TIMES nearer to a road: an honest place seldom has a road there. */
static const double NEAR_M = 1000, MIRROR_TIMES = 20;

typedef struct segment {
    double lon1_deg, lat1_deg, lon2_deg, lat2_deg;
    int32_t road;
} segment;

typedef struct segments {
    segment *at;
    int32_t count;
} segments;

typedef struct nearest_road {
    double away_m;
    int32_t road;
} nearest_road;

static int64_t count_vertices(const ab_operation *op)
{
    int64_t count = 0;
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        count += shape->kind == AB_SHAPE_LINE ? shape->part_start[shape->part_count] : 0;
    }
    return count;
}

static void add_part(segments *out, const ab_shape *shape, int32_t part, int32_t road)
{
    for (int32_t v = shape->part_start[part]; v + 1 < shape->part_start[part + 1]; v++) {
        const double *at = shape->lon_lat_deg + 2 * (size_t)v;
        out->at[out->count++] = (segment){at[0], at[1], at[2], at[3], road};
    }
}

static bool segments_of(ab_check *check, segments *out)
{
    const ab_operation *op = check->op;
    int64_t most = count_vertices(op);
    *out = (segments){most > INT32_MAX ? NULL : AB_NEW(check->work, segment, most), 0};
    if (out->at == NULL) {
        check->no_memory = true;
        return false;
    }
    for (int32_t r = 0; r < op->roads.count; r++) {
        const ab_shape *shape = &op->roads.at[r].shape;
        for (int32_t part = 0; shape->kind == AB_SHAPE_LINE && part < shape->part_count; part++)
            add_part(out, shape, part, r);
    }
    return true;
}

/* Metres on a plane about the point, in which a degree of longitude is as long as there. */
static double plane_m(const segment *s, double lon_deg, double lat_deg)
{
    double scale = cos(lat_deg * DEG);
    double x1 = remainder(s->lon1_deg - lon_deg, 360) * scale, y1 = s->lat1_deg - lat_deg;
    double dx = remainder(s->lon2_deg - s->lon1_deg, 360) * scale, dy = s->lat2_deg - s->lat1_deg;
    double square = dx * dx + dy * dy;
    double along = square > 0 ? fmin(1, fmax(0, -(x1 * dx + y1 * dy) / square)) : 0;
    return M_PER_DEG * hypot(x1 + along * dx, y1 + along * dy);
}

static double sag_m(const segment *s)
{
    double span_deg = remainder(s->lon2_deg - s->lon1_deg, 360);
    return M_PER_DEG * SAG_DEG * span_deg * span_deg;
}

static double ground_m(const segment *s, double lon_deg, double lat_deg)
{
    double along_frac;
    return ab__segment_m(lon_deg, lat_deg, s->lon1_deg, s->lat1_deg, s->lon2_deg, s->lat2_deg,
                         &along_frac);
}

/* On the ground for the few that may be nearest. */
static nearest_road nearest(const segments *of, double lon_deg, double lat_deg)
{
    int32_t first = 0;
    double best_m = INFINITY;
    for (int32_t i = 0; i < of->count; i++) {
        double away_m = plane_m(&of->at[i], lon_deg, lat_deg);
        if (away_m < best_m) {
            best_m = away_m;
            first = i;
        }
    }
    nearest_road best = {ground_m(&of->at[first], lon_deg, lat_deg), of->at[first].road};
    for (int32_t i = 0; i < of->count; i++) {
        const segment *s = &of->at[i];
        if (PLANE_FRAC * plane_m(s, lon_deg, lat_deg) - sag_m(s) >= best.away_m)
            continue;
        double away_m = ground_m(s, lon_deg, lat_deg);
        if (away_m < best.away_m)
            best = (nearest_road){away_m, s->road};
    }
    return best;
}

static void raise_end(ab_check *check, int32_t code, int32_t table, int32_t row,
                      const char *expected, const char *hint)
{
    double lon_deg, lat_deg;
    ab_buf found = AB_BUF_INIT;
    (void)ab__check_position(check, table, row, &lon_deg, &lat_deg);
    ab__buf_printf(&found, "%.9g %.9g", lon_deg, lat_deg);
    ab__check_raise(check, (ab_finding){.code = code,
                                        .table = table,
                                        .row = row,
                                        .column = table == AB_TABLE_hubs ? AB_COL_hub_lon_deg
                                                                         : AB_COL_place_lon_deg,
                                        .expected = expected,
                                        .found = ab__buf_text(&found),
                                        .hint = hint,
                                        .only_warning = true});
    ab__buf_free(&found);
}

static void judge_end(ab_check *check, const segments *of, int32_t table, int32_t row)
{
    const ab_operation *op = check->op;
    double lon_deg, lat_deg, snap_m = op->settings->snap_m;
    if (!ab__check_position(check, table, row, &lon_deg, &lat_deg))
        return;
    nearest_road own = nearest(of, lon_deg, lat_deg), mirror = {INFINITY, -1};
    bool off = own.away_m > snap_m;
    if (off || own.away_m > NEAR_M)
        mirror = fabs(lon_deg) <= 90 ? nearest(of, lat_deg, lon_deg) : mirror;
    bool swapped = mirror.away_m <= snap_m && (off || mirror.away_m * MIRROR_TIMES <= own.away_m);
    if (!off && !swapped)
        return;
    ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
    ab__buf_printf(&hint, "the nearest, road:%s, is %.3g km away; ", op->roads.at[own.road].id,
                   own.away_m / 1000);
    if (swapped)
        ab__buf_printf(&hint, "is it %.9g %.9g, %.3g km from road:%s? longitude comes first",
                       lat_deg, lon_deg, mirror.away_m / 1000, op->roads.at[mirror.road].id);
    else
        ab__buf_add(&hint, table == AB_TABLE_hubs
                               ? "no lorry leaves from here until its road is drawn"
                               : "lorries would go by a straight line that nobody drew");
    if (off)
        ab__buf_printf(&expected, "a point within %.6g km (snap_km) of a road that is drawn",
                       snap_m / 1000);
    else
        ab__buf_add(&expected, "a point beside its road");
    raise_end(check, off ? AB_ISSUE_OFF_ROAD : AB_ISSUE_SWAPPED_COORDS, table, row,
              ab__buf_text(&expected), ab__buf_text(&hint));
    ab__buf_free(&expected);
    ab__buf_free(&hint);
}

/* Is a class of lorries based at the hub? `hub` < 0: at any. */
static bool has_lorries(const ab_operation *op, int32_t hub)
{
    for (int32_t v = 0; v < op->vehicles.count; v++)
        if (op->vehicles.at[v].mode == AB_MODE_ROAD && (hub < 0 || op->vehicles.at[v].base == hub))
            return true;
    return false;
}

/* Of a road that could not be read, or lies far away itself, something was said; what lies beside it would only
 * be told again. */
static bool all_sound(const ab_check *check)
{
    const ab_operation *op = check->op;
    for (int32_t r = 0; r < op->roads.count; r++) {
        bool unread = ab_given(&op->roads.at[r].head, AB_COL_road_shape) &&
                      op->roads.at[r].shape.kind == AB_SHAPE_NONE;
        if (unread || ab__check_told(check, AB_TABLE_roads, r, AB_COL_road_shape))
            return false;
    }
    return true;
}

void ab__check_roads(ab_check *check)
{
    const ab_operation *op = check->op;
    segments of;
    double ends = (double)op->hubs.count + op->places.count;
    if (!has_lorries(op, -1) || !all_sound(check) ||
        ends * (double)count_vertices(op) > PAIRS_MOST || !segments_of(check, &of) || of.count == 0)
        return;
    for (int32_t h = 0; h < op->hubs.count; h++)
        if (has_lorries(op, h))
            judge_end(check, &of, AB_TABLE_hubs, h);
    for (int32_t p = 0; p < op->places.count; p++)
        judge_end(check, &of, AB_TABLE_places, p);
}
