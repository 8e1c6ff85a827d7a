/* Shapes: that each table has those of its kind. */
#include "model/check.h"
#include "schema/find.h"

typedef struct kinds {
    int32_t table, column;
    ab_shape_kind kind;
    const char *expected;
} kinds;

static const kinds shaped[] = {
    {AB_TABLE_roads, AB_COL_road_shape, AB_SHAPE_LINE, "a LINESTRING, longitude before latitude"},
    {AB_TABLE_dropzones, AB_COL_dropzone_shape, AB_SHAPE_POLYGON,
     "a POLYGON, longitude before latitude"},
    {AB_TABLE_exclusions, AB_COL_exclusion_shape, AB_SHAPE_POLYGON,
     "a POLYGON, longitude before latitude"},
};

static void check_row(ab_check *check, const kinds *of, int32_t row)
{
    const ab_shape *shape =
        ab__value_at(ab__check_column(of->table, of->column), ab__check_row(check, of->table, row));
    if (shape->kind != AB_SHAPE_NONE && shape->kind != of->kind)
        ab__check_raise(check, (ab_finding){.code = AB_ISSUE_BAD_WKT,
                                            .table = of->table,
                                            .row = row,
                                            .column = of->column,
                                            .expected = of->expected});
}

void ab__check_shapes(ab_check *check)
{
    for (size_t i = 0; i < sizeof shaped / sizeof shaped[0]; i++)
        for (int32_t r = 0; r < check->data.rows[shaped[i].table].count; r++)
            check_row(check, &shaped[i], r);
}
