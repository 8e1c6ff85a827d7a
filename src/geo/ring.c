/* Points in rings (declared in wkt.h). */
#include <assert.h>
#include <stddef.h>

#include "geo/wkt.h"

typedef enum ring_side { OUTSIDE, ON_EDGE, INSIDE } ring_side;

static bool between(double value, double a, double b)
{
    return (a <= value && value <= b) || (b <= value && value <= a);
}

/* By the number of edges that a ray to the east crosses. An edge holds its southern end and not its northern
 * one, so that a ray through a vertex counts right. */
static ring_side side_of(const double *lon_lat_deg, int32_t count, double lon_deg, double lat_deg)
{
    bool inside = false;
    for (int32_t i = 0; i < count; i++) {
        const double *a = lon_lat_deg + 2 * (size_t)(i > 0 ? i - 1 : count - 1);
        const double *b = lon_lat_deg + 2 * (size_t)i;
        /* Twice the area of the triangle a, b, point: positive where the point lies left of a to b. */
        double area = (b[0] - a[0]) * (lat_deg - a[1]) - (b[1] - a[1]) * (lon_deg - a[0]);
        if (area == 0 && between(lon_deg, a[0], b[0]) && between(lat_deg, a[1], b[1]))
            return ON_EDGE;
        bool northward = a[1] <= lat_deg && lat_deg < b[1];
        bool southward = b[1] <= lat_deg && lat_deg < a[1];
        if ((northward && area > 0) || (southward && area < 0))
            inside = !inside;
    }
    return inside ? INSIDE : OUTSIDE;
}

bool ab__ring_holds(const double *lon_lat_deg, int32_t count, double lon_deg, double lat_deg)
{
    return side_of(lon_lat_deg, count, lon_deg, lat_deg) != OUTSIDE;
}

bool ab__ring_encloses(const double *lon_lat_deg, int32_t count, double lon_deg, double lat_deg)
{
    return side_of(lon_lat_deg, count, lon_deg, lat_deg) == INSIDE;
}

bool ab__polygon_holds(const ab_wkt *polygon, double lon_deg, double lat_deg)
{
    assert(polygon->kind == AB_WKT_POLYGON);
    for (int32_t part = 0; part < polygon->part_count; part++) {
        int32_t start = polygon->part_start[part];
        ring_side side = side_of(polygon->lon_lat_deg + 2 * (size_t)start,
                                 polygon->part_start[part + 1] - start, lon_deg, lat_deg);
        /* The first ring is the outer one, the others are holes, whose edge belongs to the polygon. */
        if (side == (part == 0 ? OUTSIDE : INSIDE))
            return false;
    }
    return true;
}
