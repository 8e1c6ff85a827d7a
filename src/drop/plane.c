#include "drop/plane.h"

#include <math.h>

static const double DEG = 3.14159265358979323846 / 180;
/* WGS84: semi-major axis and first eccentricity squared (NGA.STND.0036). */
static const double AXIS_M = 6378137, ECC2 = 6.69437999014e-3;

ab__plane ab__plane_at(double lon_deg, double lat_deg)
{
    double s = sin(lat_deg * DEG), w = sqrt(1 - ECC2 * s * s);
    double meridian_m = AXIS_M * (1 - ECC2) / (w * w * w), normal_m = AXIS_M / w;
    return (ab__plane){lon_deg, lat_deg, normal_m * cos(lat_deg * DEG) * DEG, meridian_m * DEG};
}

void ab__plane_to(const ab__plane *plane, double lon_deg, double lat_deg, double *east_m, double *north_m)
{
    *east_m = remainder(lon_deg - plane->lon_deg, 360) * plane->m_per_lon_deg;
    *north_m = (lat_deg - plane->lat_deg) * plane->m_per_lat_deg;
}

void ab__plane_from(const ab__plane *plane, double east_m, double north_m, double *lon_deg, double *lat_deg)
{
    *lon_deg = remainder(plane->lon_deg + east_m / plane->m_per_lon_deg, 360);
    *lat_deg = plane->lat_deg + north_m / plane->m_per_lat_deg;
}

bool ab__ground_of(const ab__plane *plane, const ab_shape *shape, ab_arena *arena, ab__ground *out)
{
    int32_t vertices = shape->part_start[shape->part_count];
    double *at = AB_NEW(arena, double, 2 * (size_t)vertices);
    if (!at)
        return false;
    *out = (ab__ground){shape->part_count, shape->part_start, at, INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int32_t i = 0; i < vertices; i++) {
        double *e = &at[2 * i], *n = &at[2 * i + 1];
        ab__plane_to(plane, shape->lon_lat_deg[2 * i], shape->lon_lat_deg[2 * i + 1], e, n);
        out->west_m = fmin(out->west_m, *e);
        out->east_m = fmax(out->east_m, *e);
        out->south_m = fmin(out->south_m, *n);
        out->north_m = fmax(out->north_m, *n);
    }
    return true;
}

bool ab__ground_holds(const ab__ground *g, double east_m, double north_m)
{
    bool in = false;
    if (east_m < g->west_m || east_m > g->east_m || north_m < g->south_m || north_m > g->north_m)
        return false;
    for (int32_t r = 0; r < g->rings; r++) {
        for (int32_t i = g->start[r]; i + 1 < g->start[r + 1]; i++) {
            const double *a = &g->east_north_m[2 * i], *b = a + 2;
            if ((a[1] > north_m) != (b[1] > north_m) &&
                east_m < a[0] + (b[0] - a[0]) * (north_m - a[1]) / (b[1] - a[1]))
                in = !in;
        }
    }
    return in;
}

static double segment_m(const double *a, const double *b, double x, double y)
{
    double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
    double along = length2 > 0 ? fmin(1, fmax(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length2)) : 0;
    return hypot(x - a[0] - along * dx, y - a[1] - along * dy);
}

double ab__ground_edge_m(const ab__ground *g, double east_m, double north_m)
{
    double least_m = INFINITY;
    for (int32_t r = 0; r < g->rings; r++)
        for (int32_t i = g->start[r]; i + 1 < g->start[r + 1]; i++)
            least_m = fmin(least_m, segment_m(&g->east_north_m[2 * i], &g->east_north_m[2 * i + 2], east_m, north_m));
    return least_m;
}

/* On which side of the line from a to b the point lies. */
static double side(const double *a, const double *b, const double *point)
{
    return (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0]);
}

static bool crosses(const double *a, const double *b, const double *c, const double *d)
{
    return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/* From the vertices of `from` to what `to` holds; 0 where an edge from one of them crosses its edge. */
static double vertices_m(const ab__ground *from, const ab__ground *to)
{
    double least_m = INFINITY;
    for (int32_t r = 0; r < from->rings; r++)
        for (int32_t i = from->start[r]; i + 1 < from->start[r + 1]; i++) {
            const double *a = &from->east_north_m[2 * i];
            least_m = ab__ground_holds(to, a[0], a[1]) ? 0 : fmin(least_m, ab__ground_edge_m(to, a[0], a[1]));
            for (int32_t q = 0; q < to->rings && least_m > 0; q++)
                for (int32_t k = to->start[q]; k + 1 < to->start[q + 1]; k++)
                    if (crosses(a, a + 2, &to->east_north_m[2 * k], &to->east_north_m[2 * k + 2]))
                        least_m = 0;
            if (!(least_m > 0))
                return 0;
        }
    return least_m;
}

double ab__ground_apart_m(const ab__ground *a, const ab__ground *b)
{
    return fmin(vertices_m(a, b), vertices_m(b, a));
}

void ab__shape_middle(const ab_shape *shape, double *lon_deg, double *lat_deg)
{
    const double *v = shape->lon_lat_deg;
    double area = 0, lon = 0, lat = 0;
    for (int32_t i = 0; i + 1 < shape->part_start[1]; i++) {
        double ax = remainder(v[2 * i] - v[0], 360), ay = v[2 * i + 1] - v[1];
        double bx = remainder(v[2 * i + 2] - v[0], 360), by = v[2 * i + 3] - v[1], cross = ax * by - bx * ay;
        area += cross;
        lon += (ax + bx) * cross;
        lat += (ay + by) * cross;
    }
    *lon_deg = v[0] + (area != 0 ? lon / (3 * area) : 0);
    *lat_deg = v[1] + (area != 0 ? lat / (3 * area) : 0);
}
