#include "model/points.h"

#include <math.h>

#include "schema/find.h"

typedef struct pointed {
    int32_t table, lon, lat;
} pointed;

static const pointed by_columns[] = {
    {AB_TABLE_hubs, AB_COL_hub_lon_deg, AB_COL_hub_lat_deg},
    {AB_TABLE_places, AB_COL_place_lon_deg, AB_COL_place_lat_deg},
    {AB_TABLE_wind, AB_COL_wind_lon_deg, AB_COL_wind_lat_deg},
};

typedef struct shaped {
    int32_t table, column;
} shaped;

static const shaped by_shape[] = {
    {AB_TABLE_roads, AB_COL_road_shape},
    {AB_TABLE_dropzones, AB_COL_dropzone_shape},
    {AB_TABLE_exclusions, AB_COL_exclusion_shape},
};

enum {
    COLUMNS = sizeof by_columns / sizeof by_columns[0],
    SHAPES = sizeof by_shape / sizeof by_shape[0]
};

static const ab_shape *shape_at(const ab_check *check, const shaped *of, int32_t row)
{
    return ab__value_at(ab__check_column(of->table, of->column),
                        ab__check_row(check, of->table, row));
}

static int32_t vertices_of(const ab_shape *shape)
{
    return shape->kind == AB_SHAPE_NONE ? 0 : shape->part_start[shape->part_count];
}

static int64_t count_most(const ab_check *check)
{
    int64_t count = 0;
    for (int i = 0; i < COLUMNS; i++)
        count += check->data.rows[by_columns[i].table].count;
    for (int i = 0; i < SHAPES; i++)
        for (int32_t r = 0; r < check->data.rows[by_shape[i].table].count; r++)
            count += vertices_of(shape_at(check, &by_shape[i], r));
    return count;
}

static void add_columns(const ab_check *check, const pointed *of, ab_points *out)
{
    for (int32_t r = 0; r < check->data.rows[of->table].count; r++) {
        double lon_deg = ab__check_si(check, of->table, r, of->lon);
        double lat_deg = ab__check_si(check, of->table, r, of->lat);
        if (!isnan(lon_deg) && !isnan(lat_deg))
            out->at[out->count++] = (ab_point){lon_deg, lat_deg, of->table, r, of->lon, true};
    }
}

static void add_shapes(const ab_check *check, const shaped *of, ab_points *out)
{
    for (int32_t r = 0; r < check->data.rows[of->table].count; r++) {
        const ab_shape *shape = shape_at(check, of, r);
        const double *lon_lat_deg = shape->lon_lat_deg;
        for (int32_t v = 0; v < vertices_of(shape); v++, lon_lat_deg += 2)
            out->at[out->count++] =
                (ab_point){lon_lat_deg[0], lon_lat_deg[1], of->table, r, of->column, v == 0};
    }
}

bool ab__points_of(ab_check *check, ab_points *out)
{
    int64_t most = count_most(check);
    out->count = 0;
    out->at = most > INT32_MAX ? NULL : AB_NEW(check->work, ab_point, most);
    if (out->at == NULL) {
        check->no_memory = true;
        return false;
    }
    for (int i = 0; i < COLUMNS; i++)
        add_columns(check, &by_columns[i], out);
    for (int i = 0; i < SHAPES; i++)
        add_shapes(check, &by_shape[i], out);
    return true;
}
