#include <string.h>

#include "base/buf.h"
#include "flow/result.h"
#include "schema/convert.h"

const char *ab__refs_text(ab_arena *arena, const ab_operation *op, ab_refs list, uint32_t tables)
{
    const ab_schema *schema = ab_input_schema();
    ab_data data = ab_operation_data(op);
    ab_buf text = AB_BUF_INIT;

    for (int32_t i = 0; i < list.count; i++) {
        ab_ref ref = list.at[i];
        char spare[24];
        if (ref.table < 0 || !((tables >> ref.table) & 1u))
            continue;
        ab__buf_printf(&text, "%s%s:%s", text.size ? "; " : "", schema->tables[ref.table].singular,
                       ab__row_id(&data, ref.table, ref.row, spare));
    }
    const char *kept = text.failed ? NULL : ab__arena_text(arena, ab__buf_text(&text));
    ab__buf_free(&text);
    return kept;
}

static ab_shape make_shape(ab_arena *arena, ab_shape_kind kind, const double *lon_lat_deg,
                           int32_t point_count)
{
    ab_shape none = {AB_SHAPE_NONE, 0, NULL, NULL};
    int32_t *part = AB_NEW(arena, int32_t, 2);
    double *points = AB_NEW(arena, double, 2 * point_count);

    if (!part || !points)
        return none;
    part[1] = point_count;
    memcpy(points, lon_lat_deg, 2 * (size_t)point_count * sizeof *points);
    return (ab_shape){kind, 1, part, points};
}

ab_shape ab__shape_point(ab_arena *arena, double lon_deg, double lat_deg)
{
    const double point[2] = {lon_deg, lat_deg};

    return make_shape(arena, AB_SHAPE_POINT, point, 1);
}

/* A way within one point is a line of no length, so that the layer stays one of lines. */
ab_shape ab__shape_line(ab_arena *arena, const double *lon_lat_deg, int32_t point_count)
{
    const double twice[4] = {lon_lat_deg[0], lon_lat_deg[1], lon_lat_deg[0], lon_lat_deg[1]};

    if (point_count == 1)
        return make_shape(arena, AB_SHAPE_LINE, twice, 2);
    return make_shape(arena, AB_SHAPE_LINE, lon_lat_deg, point_count);
}

const char *ab__way_word(const ab_stages *stages, const ab_trip_kind *kind)
{
    if (kind->path < 0)
        return "air";
    return stages->routes->path[kind->path].drawn ? "drawn" : "straight line";
}

ab_shape ab__shape_way(ab_arena *arena, const ab_stages *stages, const ab_trip_kind *kind)
{
    if (kind->path >= 0) {
        const ab_path *path = &stages->routes->path[kind->path];
        return ab__shape_line(arena, path->lon_lat_deg, path->point_count);
    }
    const ab_hub *hub = &stages->op->hubs.at[kind->hub];
    const ab_place *place = &stages->op->places.at[kind->place];
    const double ends[4] = {hub->lon_deg, hub->lat_deg, place->lon_deg, place->lat_deg};
    return ab__shape_line(arena, ends, 2);
}
