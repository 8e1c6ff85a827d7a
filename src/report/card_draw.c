/* Zone, exclusions, regions and the way of the aircraft on the map of a drop. */
#include <math.h>

#include "report/card_chart.h"
#include "report/figures.h"

/* ---- Shapes ---------------------------------------------------------------------------------------------- */

static void trace(const ab_chart *map, const ab_shape *shape)
{
    cairo_new_path(map->cr);
    cairo_set_fill_rule(map->cr, CAIRO_FILL_RULE_EVEN_ODD);
    for (int32_t p = 0; p < shape->part_count; p++) {
        cairo_new_sub_path(map->cr);
        for (int32_t i = shape->part_start[p]; i < shape->part_start[p + 1]; i++) {
            ab_xy at = ab__chart_on_page(map, ab__chart_metres(map, shape->lon_lat_deg[2 * i], shape->lon_lat_deg[2 * i + 1]));
            cairo_line_to(map->cr, at.x, at.y);
        }
        cairo_close_path(map->cr);
    }
}

/* Parallel lines at an angle over the box. */
static void rule(cairo_t *cr, ab_box box, double angle_deg, double apart)
{
    double reach = box.w + box.h, c = cos(angle_deg * AB_CHART_PI / 180), s = sin(angle_deg * AB_CHART_PI / 180);
    double x = box.x + box.w / 2, y = box.y + box.h / 2;

    for (double off = -reach / 2; off <= reach / 2; off += apart) {
        cairo_move_to(cr, x - off * s - reach * c, y + off * c - reach * s);
        cairo_line_to(cr, x - off * s + reach * c, y + off * c + reach * s);
    }
    cairo_stroke(cr);
}

void ab__chart_fill_exclusion(cairo_t *cr, ab_box box, int32_t kind)
{
    static const double tint[][3] = {{0.98, 0.90, 0.84}, {0.78, 0.78, 0.78}, {0.97, 0.90, 0.94}, {0.88, 0.94, 0.99}};
    static const double ink[][3] = {{0.62, 0.27, 0}, {0.4, 0.4, 0.4}, {0.5, 0.2, 0.4}, {0.1, 0.4, 0.62}};

    cairo_set_source_rgb(cr, tint[kind][0], tint[kind][1], tint[kind][2]);
    cairo_paint(cr);
    cairo_set_source_rgb(cr, ink[kind][0], ink[kind][1], ink[kind][2]);
    cairo_set_line_width(cr, 0.45);
    if (kind == AB_EXCLUSION_HELD)
        rule(cr, box, -45, 6);
    if (kind == AB_EXCLUSION_MINED) {
        rule(cr, box, -45, 6);
        rule(cr, box, 45, 6);
    }
    if (kind == AB_EXCLUSION_WATER)
        rule(cr, box, 0, 4);
}

const ab_exclusion *ab__chart_exclusions_of(const ab_chart *map, int32_t *count)
{
    *count = AB_RESULT_COUNT(map->view->input, exclusions);
    return AB_RESULT_ROWS(map->view->input, exclusions, ab_exclusion);
}

void ab__chart_draw_exclusions(const ab_chart *map)
{
    int32_t count;
    const ab_exclusion *exclusion = ab__chart_exclusions_of(map, &count);

    for (int32_t i = 0; i < count; i++) {
        cairo_save(map->cr);
        trace(map, &exclusion[i].shape);
        cairo_clip(map->cr);
        ab__chart_fill_exclusion(map->cr, map->box, exclusion[i].kind);
        cairo_restore(map->cr);
        trace(map, &exclusion[i].shape);
        cairo_set_source_rgb(map->cr, 0.25, 0.25, 0.25);
        cairo_set_line_width(map->cr, 0.7);
        cairo_stroke(map->cr);
    }
}

void ab__chart_draw_zone(const ab_chart *map, bool outline)
{
    if (!map->view->zone)
        return;
    trace(map, &map->view->zone->shape);
    if (!outline) {
        cairo_set_source_rgba(map->cr, 1, 1, 1, 0.75);
        cairo_fill(map->cr);
        return;
    }
    cairo_set_source_rgb(map->cr, 0, 0, 0);
    cairo_set_line_width(map->cr, 2);
    cairo_set_line_join(map->cr, CAIRO_LINE_JOIN_MITER);
    cairo_stroke(map->cr);
}

ab_region_kind ab__chart_region_of(double holds_prob)
{
    return holds_prob > 0.93 ? AB_REGION_95 : holds_prob > 0.6 ? AB_REGION_90 : AB_REGION_50;
}

void ab__chart_paint_region(cairo_t *cr, ab_region_kind region, bool alone)
{
    static const double dashes[][2] = {{1.2, 1.8}, {5, 2.5}, {1, 0}}, widths[] = {0.9, 1.1, 1.1}, on_others[] = {0.07, 0.14, 0.25},
                        by_itself[] = {0.07, 0.2, 0.4};

    cairo_set_source_rgba(cr, 0, 0.35, 0.6, alone ? by_itself[region] : on_others[region]);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, widths[region]);
    cairo_set_dash(cr, dashes[region], region == AB_REGION_50 ? 0 : 2, 0);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

void ab__chart_draw_footprints(const ab_chart *map)
{
    const ab_drop_view *view = map->view;

    for (int region = 0; region < AB_REGIONS; region++)
        for (int32_t i = 0; i < view->footprint_count; i++) {
            if (ab__chart_region_of(view->footprint[i].holds_prob) != (ab_region_kind)region)
                continue;
            trace(map, &view->footprint[i].shape);
            ab__chart_paint_region(map->cr, (ab_region_kind)region, false);
        }
}

/* ---- The aircraft's way ---------------------------------------------------------------------------------- */

void ab__chart_arrow_head(cairo_t *cr, ab_xy tip, ab_xy toward, double size)
{
    cairo_move_to(cr, tip.x, tip.y);
    cairo_line_to(cr, tip.x - size * toward.x - 0.42 * size * toward.y, tip.y - size * toward.y + 0.42 * size * toward.x);
    cairo_line_to(cr, tip.x - 0.72 * size * toward.x, tip.y - 0.72 * size * toward.y);
    cairo_line_to(cr, tip.x - size * toward.x + 0.42 * size * toward.y, tip.y - size * toward.y - 0.42 * size * toward.x);
    cairo_close_path(cr);
    cairo_fill(cr);
}

void ab__chart_stroke_line(cairo_t *cr, ab_xy from, ab_xy to, double width, const double *dash, int dashes)
{
    cairo_set_dash(cr, dash, dashes, 0);
    cairo_set_line_width(cr, width);
    cairo_move_to(cr, from.x, from.y);
    cairo_line_to(cr, to.x, to.y);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

void ab__chart_draw_release_mark(cairo_t *cr, ab_xy at)
{
    cairo_new_path(cr);
    cairo_arc(cr, at.x, at.y, 5, 0, 2 * AB_CHART_PI);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 1.6);
    cairo_stroke(cr);
    cairo_arc(cr, at.x, at.y, 1.6, 0, 2 * AB_CHART_PI);
    cairo_fill(cr);
}

void ab__chart_draw_landing_mark(cairo_t *cr, ab_xy at)
{
    for (int black = 0; black < 2; black++) { /* on a white edge */
        double grey = black ? 0 : 1, width = black ? 1.6 : 3.8, arm = black ? 5 : 6;
        cairo_set_source_rgb(cr, grey, grey, grey);
        ab__chart_stroke_line(cr, (ab_xy){at.x - arm, at.y}, (ab_xy){at.x + arm, at.y}, width, NULL, 0);
        ab__chart_stroke_line(cr, (ab_xy){at.x, at.y - arm}, (ab_xy){at.x, at.y + arm}, width, NULL, 0);
    }
}

double ab__chart_run_length(const ab_chart *map)
{
    return fmin(0.24 * map->box.w, 90);
}

void ab__chart_draw_stick(cairo_t *cr, ab_xy from, ab_xy to, ab_xy toward)
{
    cairo_set_source_rgb(cr, 1, 1, 1);
    ab__chart_stroke_line(cr, from, to, 5, NULL, 0);
    cairo_set_source_rgb(cr, 0, 0, 0);
    ab__chart_stroke_line(cr, from, to, 3, NULL, 0);
    ab__chart_stroke_line(cr, (ab_xy){to.x + 5 * toward.y, to.y - 5 * toward.x}, (ab_xy){to.x - 5 * toward.y, to.y + 5 * toward.x}, 2.2, NULL, 0);
}

void ab__chart_draw_way(const ab_chart *map)
{
    static const double dashed[] = {7, 4}, dotted[] = {1, 3};
    cairo_t *cr = map->cr;
    ab_xy release = ab__chart_on_page(map, ab__chart_release_m(map)), landing = ab__chart_on_page(map, ab__chart_landing_m(map)), last = ab__chart_on_page(map, ab__chart_last_release_m(map));
    ab_xy north_up = ab__chart_ahead(map), toward = {north_up.x, -north_up.y};
    double run = ab__chart_run_length(map);

    cairo_set_source_rgb(cr, 0, 0, 0);
    ab__chart_stroke_line(cr, release, landing, 1, dotted, 2);
    ab__chart_stroke_line(cr, last, (ab_xy){last.x + 2 * map->box.w * toward.x, last.y + 2 * map->box.w * toward.y}, 0.9, dashed, 2);
    if (ab__chart_has_stick(map))
        ab__chart_draw_stick(cr, release, last, toward);
    cairo_set_source_rgb(cr, 0, 0, 0);
    ab__chart_stroke_line(cr, (ab_xy){release.x - run * toward.x, release.y - run * toward.y},
                (ab_xy){release.x - 14 * toward.x, release.y - 14 * toward.y}, 2.6, NULL, 0);
    ab__chart_arrow_head(cr, (ab_xy){release.x - 6 * toward.x, release.y - 6 * toward.y}, toward, 13);
    ab__chart_draw_release_mark(cr, release);
    ab__chart_draw_landing_mark(cr, landing);
}
