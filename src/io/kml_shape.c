#include "io/kml_shape.h"

#include <math.h>

#include "base/number.h"

static void add_vertex(ab_buf *out, double lon_deg, double lat_deg, int digits)
{
    char lon[AB_NUMBER_CAP], lat[AB_NUMBER_CAP];

    ab__buf_printf(out, "%s,%s ", ab__number_format_n(lon_deg, digits, lon),
                   ab__number_format_n(lat_deg, digits, lat));
}

static void add_coordinates(ab_buf *out, const ab_shape *shape, int32_t part)
{
    enum { AS_GIVEN = 17 };

    ab__buf_add(out, "<coordinates>");
    for (int32_t i = shape->part_start[part]; i < shape->part_start[part + 1]; i++)
        add_vertex(out, shape->lon_lat_deg[2 * i], shape->lon_lat_deg[2 * i + 1], AS_GIVEN);
    ab__buf_add(out, "</coordinates>");
}

void ab__kml_shape(ab_buf *out, const ab_shape *shape)
{
    if (shape->kind == AB_SHAPE_POINT) {
        ab__buf_add(out, "<Point>");
        add_coordinates(out, shape, 0);
        ab__buf_add(out, "</Point>");
    } else if (shape->kind == AB_SHAPE_LINE) {
        ab__buf_add(out, "<LineString><tessellate>1</tessellate>");
        add_coordinates(out, shape, 0);
        ab__buf_add(out, "</LineString>");
    } else {
        ab__buf_add(out, "<Polygon><tessellate>1</tessellate>");
        for (int32_t part = 0; part < shape->part_count; part++) {
            const char *side = part == 0 ? "outerBoundaryIs" : "innerBoundaryIs";
            ab__buf_printf(out, "<%s><LinearRing>", side);
            add_coordinates(out, shape, part);
            ab__buf_printf(out, "</LinearRing></%s>", side);
        }
        ab__buf_add(out, "</Polygon>");
    }
}

void ab__kml_circle(ab_buf *out, const double *center_deg, double people, bool filled)
{
    enum { CORNERS = 24, DIGITS = 9 };
    static const double PI = 3.14159265358979323846, M_PER_DEG = 111200;
    double radius_deg = (300 + 10 * sqrt(fmax(people, 0))) / M_PER_DEG;

    if (!filled)
        radius_deg *= 1.2;
    ab__buf_add(out, filled ? "<Polygon><tessellate>1</tessellate><outerBoundaryIs>"
                              "<LinearRing><coordinates>"
                            : "<LineString><tessellate>1</tessellate><coordinates>");
    for (int corner = 0; corner <= CORNERS; corner++) {
        double angle = 2 * PI * (corner % CORNERS) / CORNERS;
        add_vertex(out, center_deg[0] + radius_deg * cos(angle) / cos(center_deg[1] * PI / 180),
                   center_deg[1] + radius_deg * sin(angle), DIGITS);
    }
    ab__buf_add(out, filled ? "</coordinates></LinearRing></outerBoundaryIs></Polygon>"
                            : "</coordinates></LineString>");
}
