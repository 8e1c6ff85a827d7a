/* What the parts of the map on the card share: where things lie on it, and what each part draws. */
#ifndef REPORT_CARD_CHART_H
#define REPORT_CARD_CHART_H

#include <math.h>

#include "report/card.h"

#define AB_CHART_PI 3.14159265358979323846

/* Metres east and north of the origin, or points on the page from its top left. */
typedef struct ab_xy {
    double x, y;
} ab_xy;

enum { AB_MOST_TAKEN = 256 };

/* Where words and marks stand already: others keep off them. */
typedef struct ab_taken {
    int count;
    ab_box box[AB_MOST_TAKEN];
} ab_taken;

/* The plane that touches the earth in the middle of the zone: right to a metre over the few tens of kilometres of a map. */
typedef struct ab_chart {
    cairo_t *cr;
    const ab_drop_view *view;
    ab_box box;
    double lon_deg, lat_deg;     /* of the origin */
    double m_per_lon, m_per_lat; /* metres a degree there */
    ab_xy middle_m;              /* of the box */
    ab_xy zone_m;                /* of the zone */
    double scale, points_per_m;
    ab_taken *taken;
} ab_chart;

/* What must be on the map, in metres. */
typedef struct ab_extent {
    ab_xy least, most;
} ab_extent;
#define AB_EXTENT_NOTHING {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}}

/* Regions by how much they hold: 95 % dotted, 90 % dashed, 50 % whole. */
typedef enum ab_region_kind { AB_REGION_95, AB_REGION_90, AB_REGION_50, AB_REGIONS } ab_region_kind;

/* ---- card_chart.c: where things are, and what must be on the map ---- */

void ab__chart_set_origin(ab_chart *map, double lon_deg, double lat_deg);
ab_xy ab__chart_metres(const ab_chart *map, double lon_deg, double lat_deg);
ab_xy ab__chart_on_page(const ab_chart *map, ab_xy m);
ab_xy ab__chart_release_m(const ab_chart *map);
ab_xy ab__chart_landing_m(const ab_chart *map);
double ab__chart_track_deg(const ab_chart *map);
/* Toward where the aircraft goes over the ground. */
ab_xy ab__chart_ahead(const ab_chart *map);
bool ab__chart_has_stick(const ab_chart *map);
/* Where the last load leaves; of one load, where it does. */
ab_xy ab__chart_last_release_m(const ab_chart *map);
void ab__chart_hold_shape(ab_extent *all, const ab_chart *map, const ab_shape *shape);
/* Releases and landings. */
void ab__chart_hold_drop(ab_extent *all, const ab_chart *map);
double ab__chart_greater_side(const ab_extent *all);
/* The scale with a name at which all of it is shown, with a margin. */
void ab__chart_set_scale(ab_chart *map, const ab_extent *all);
void ab__chart_fit(ab_chart *map);

/* ---- card_draw.c: shapes, and the way of the aircraft ---- */

/* Told apart without colours: held slanted, built-up grey, mined crossed, water level. Within the clip. */
void ab__chart_fill_exclusion(cairo_t *cr, ab_box box, int32_t kind);
const ab_exclusion *ab__chart_exclusions_of(const ab_chart *map, int32_t *count);
void ab__chart_draw_exclusions(const ab_chart *map);
/* Below the footprint white, and above it its outline. */
void ab__chart_draw_zone(const ab_chart *map, bool outline);
ab_region_kind ab__chart_region_of(double holds_prob);
/* Fills and outlines the path. `alone`: nothing lies under it. */
void ab__chart_paint_region(cairo_t *cr, ab_region_kind region, bool alone);
/* The wider first, so that the narrower lies on it. */
void ab__chart_draw_footprints(const ab_chart *map);
void ab__chart_arrow_head(cairo_t *cr, ab_xy tip, ab_xy toward, double size);
void ab__chart_stroke_line(cairo_t *cr, ab_xy from, ab_xy to, double width, const double *dash, int dashes);
void ab__chart_draw_release_mark(cairo_t *cr, ab_xy at);
void ab__chart_draw_landing_mark(cairo_t *cr, ab_xy at);
/* How long the run-in is drawn. */
double ab__chart_run_length(const ab_chart *map);
/* From the first release to the last, with a bar across its end. */
void ab__chart_draw_stick(cairo_t *cr, ab_xy from, ab_xy to, ab_xy toward);
/* Solid to the release point, dashed beyond the stick; dotted what the loads drift. */
void ab__chart_draw_way(const ab_chart *map);

/* ---- card_labels.c: words, where there is room for them ---- */

void ab__chart_take(const ab_chart *map, ab_box box);
bool ab__chart_is_free(const ab_chart *map, ab_box box);
/* A place in the midst of what the map shows of a shape; false: it shows next to nothing. */
bool ab__chart_middle_shown(const ab_chart *map, const ab_shape *shape, ab_xy *out);
void ab__chart_label_all(const ab_chart *map);

/* ---- card_frame.c: degrees, north, scale and legend ---- */

/* Lines, or the marks at their ends, which come last. */
void ab__chart_draw_graticule(const ab_chart *map, bool marks);
void ab__chart_draw_north(const ab_chart *map);
void ab__chart_draw_scale(const ab_chart *map);
void ab__chart_draw_legend(const ab_chart *map, ab_box box);

#endif
