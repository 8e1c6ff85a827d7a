/* Geometry. */
#include <stdio.h>

#include "geo/wkt.h"
#include "schema/cell.h"

static ab_shape_kind shape_kind(ab_wkt_kind kind)
{
    switch (kind) {
    case AB_WKT_POINT:
        return AB_SHAPE_POINT;
    case AB_WKT_LINE:
        return AB_SHAPE_LINE;
    case AB_WKT_POLYGON:
        return AB_SHAPE_POLYGON;
    }
    return AB_SHAPE_NONE;
}

bool ab__read_wkt(ab_cell *cell, const char *text, void *out)
{
    ab_wkt wkt;
    const char *why = NULL;
    int32_t at = 0;
    if (!ab__wkt_parse(text, cell->reader->arena, &wkt, &why, &at)) {
        if (why == ab__wkt_no_memory)
            return ab__cell_no_memory(cell);
        char placed[200];
        (void)snprintf(placed, sizeof placed, "%s (byte %d of the cell)", why, (int)at + 1);
        return ab__cell_refused(cell, AB_ISSUE_BAD_WKT, text, placed, "");
    }
    ab_shape_kind kind = shape_kind(wkt.kind), wanted = cell->column->shape;
    if (wanted != AB_SHAPE_NONE && kind != wanted)
        return ab__cell_flaw(cell, AB_ISSUE_BAD_WKT, NULL, text, NULL);
    *(ab_c_WKT *)out = (ab_shape){kind, wkt.part_count, wkt.part_start, wkt.lon_lat_deg};
    return true;
}
