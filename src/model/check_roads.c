/* Hubs and places against the roads that are drawn. To a place off all of them the plan goes by a straight line,
 * and from a hub off all of them no lorry leaves: either the road is not drawn, or the position is wrong. Where
 * longitude and latitude are nearly alike (the Levant), a swapped position looks like any other, and may even lie
 * near a road: the wrong one. */
#include <math.h>

#include "model/road_lines.h"

/* Segments compared; larger operations go without. */
static const double PAIRS_MOST = 2e9;
/* A place nearer than NEAR_M to a road belongs to it. One farther off is asked for its mirror if that lies
 * MIRROR_TIMES nearer to a road: an honest place seldom has a road there. */
static const double NEAR_M = 1000, MIRROR_TIMES = 20;

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

static void judge_end(ab_check *check, const ab_road_lines *lines, int32_t table, int32_t row)
{
    const ab_operation *op = check->op;
    double lon_deg, lat_deg, snap_m = op->settings->snap_m;
    if (!ab__check_position(check, table, row, &lon_deg, &lat_deg))
        return;
    ab_near_road own = ab__road_lines_near(lines, lon_deg, lat_deg), mirror = {INFINITY, -1, -1};
    bool off = own.away_m > snap_m;
    if (off || own.away_m > NEAR_M)
        mirror = fabs(lon_deg) <= 90 ? ab__road_lines_near(lines, lat_deg, lon_deg) : mirror;
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
    ab_road_lines lines;
    double ends = (double)op->hubs.count + op->places.count;
    if (!has_lorries(op, -1) || !all_sound(check) || ends * ab__road_lines_most(op) > PAIRS_MOST ||
        !ab__road_lines_of(check, &lines) || lines.count == 0)
        return;
    for (int32_t h = 0; h < op->hubs.count; h++)
        if (has_lorries(op, h))
            judge_end(check, &lines, AB_TABLE_hubs, h);
    for (int32_t p = 0; p < op->places.count; p++)
        judge_end(check, &lines, AB_TABLE_places, p);
}
