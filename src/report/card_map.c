/* The map of a drop, to scale. */
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "report/card_chart.h"

static void draw_ground(const ab_chart *map)
{
    ab__chart_draw_exclusions(map);
    ab__chart_draw_graticule(map, false);
    ab__chart_draw_zone(map, false);
    ab__chart_draw_footprints(map);
    ab__chart_draw_zone(map, true);
    if (ab__drop_is_known(map->view->drop))
        ab__chart_draw_way(map);
}

static void outline(cairo_t *cr, ab_box box, double width)
{
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

static ab_box page_box(const ab_chart *map, const ab_extent *all)
{
    ab_xy a = ab__chart_on_page(map, all->least), b = ab__chart_on_page(map, all->most);

    return (ab_box){a.x, b.y, b.x - a.x, a.y - b.y};
}

static double overlap(ab_box a, ab_box b)
{
    double w = fmin(a.x + a.w, b.x + b.w) - fmax(a.x, b.x), h = fmin(a.y + a.h, b.y + b.h) - fmax(a.y, b.y);

    return w > 0 && h > 0 ? w * h : 0;
}

/* The corner, clear of the scale and of north, that hides least of the zone and nothing of the drop; false: there is none. */
static bool inset_box(const ab_chart *map, const ab_extent *drop, double w, double h, ab_box *out)
{
    const double gap = 5, foot = 29;
    double left = map->box.x + gap, right = map->box.x + map->box.w - w - gap, top = map->box.y + gap, bottom = map->box.y + map->box.h - h - gap;
    const ab_box corners[] = {{right, bottom, w, h}, {left, top, w, h}, {left, bottom - foot, w, h}};
    ab_extent zone = AB_EXTENT_NOTHING;
    double least = INFINITY;

    if (map->view->zone)
        ab__chart_hold_shape(&zone, map, &map->view->zone->shape);
    for (size_t i = 0; i < sizeof corners / sizeof *corners; i++) {
        double hidden = map->view->zone ? overlap(corners[i], page_box(map, &zone)) : 0;
        if (overlap(corners[i], page_box(map, drop)) > 0 || hidden >= least)
            continue;
        least = hidden;
        *out = corners[i];
    }
    return isfinite(least);
}

/* Where releases and landings are small on the map, they are shown again enlarged. */
static void draw_inset(const ab_chart *map)
{
    static const ab_words how = {.size = 6.8, .halo = true};
    const double small = 75, w = 128, h = 104;
    ab_extent drop = AB_EXTENT_NOTHING;
    ab_chart inset = *map;
    ab_box box = {0};
    char text[64], a[AB_NUMBER_CAP];

    ab__chart_hold_drop(&drop, map);
    if (ab__chart_greater_side(&drop) * map->points_per_m > small || !inset_box(map, &drop, w, h, &box))
        return;
    inset.box = (ab_box){box.x, box.y + 11, w, h - 11};
    ab__chart_set_scale(&inset, &drop);
    ab__chart_take(map, box);
    cairo_save(map->cr);
    cairo_rectangle(map->cr, box.x, box.y, box.w, box.h);
    cairo_clip(map->cr);
    cairo_set_source_rgb(map->cr, 1, 1, 1);
    cairo_paint(map->cr);
    draw_ground(&inset);
    (void)snprintf(text, sizeof text, "enlarged, 1:%s", ab__number_people(inset.scale, 0, a));
    ab__card_words(map->cr, box.x + 4, box.y + 2, w - 8, &how, text);
    cairo_restore(map->cr);
    outline(map->cr, box, 1);
}

void ab__card_map(cairo_t *cr, const ab_drop_view *view, ab_box box, ab_box legend_box)
{
    ab_taken marks = {0};
    ab_chart map = {.cr = cr, .view = view, .box = box, .taken = &marks};
    const ab_shape *at = view->zone ? &view->zone->shape : &view->drop->shape;

    ab__chart_set_origin(&map, at->lon_lat_deg[0], at->lon_lat_deg[1]);
    ab__chart_fit(&map);
    cairo_save(cr);
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_clip(cr);
    draw_ground(&map);
    ab__chart_draw_north(&map);
    ab__chart_draw_scale(&map);
    if (ab__drop_is_known(view->drop))
        draw_inset(&map);
    ab__chart_label_all(&map);
    ab__chart_draw_graticule(&map, true);
    cairo_restore(cr);
    outline(cr, box, 1);
    ab__chart_draw_legend(&map, legend_box);
}
