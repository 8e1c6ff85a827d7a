/* The map of a drop, to scale. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "geo/wkt.h"
#include "report/card.h"
#include "report/figures.h"

static const double PI = 3.14159265358979323846, POINTS_PER_M = 72 / 0.0254;

/* World Geodetic System 1984 (NGA.STND.0036, table 3.1). */
static const double WGS84_A_M = 6378137, WGS84_F = 1 / 298.257223563;

/* Scales that people have rulers for. */
static const double SCALES[] = {2.5e3, 5e3, 7.5e3, 1e4, 1.5e4, 2e4, 2.5e4, 3e4, 4e4, 5e4, 7.5e4, 1e5, 1.5e5, 2e5, 2.5e5, 5e5, 1e6};

/* Places on the map, each way, at which is looked for room for a label. */
enum { SAMPLES = 30, MOST_TAKEN = 256 };

static const double LABEL_SIZES = 15; /* labels wider than so many of their letters' heights end in "…" */

typedef struct point {
    double x, y;
} point;

/* Where words and marks stand already: others keep off them. */
typedef struct taken {
    int count;
    ab_box box[MOST_TAKEN];
} taken;

/* The plane that touches the earth in the middle of the zone: right to a metre over the few tens of kilometres of a map. */
typedef struct chart {
    cairo_t *cr;
    const ab_drop_view *view;
    ab_box box;
    double lon_deg, lat_deg;     /* of the origin */
    double m_per_lon, m_per_lat; /* metres a degree there */
    point middle_m;              /* of the box */
    point zone_m;                /* of the zone */
    double scale, points_per_m;
    taken *taken;
} chart;

/* ---- Where things are ------------------------------------------------------------------------------------ */

static void set_origin(chart *map, double lon_deg, double lat_deg)
{
    double e2 = WGS84_F * (2 - WGS84_F), lat = lat_deg * PI / 180, w = sqrt(1 - e2 * sin(lat) * sin(lat));

    map->lon_deg = lon_deg;
    map->lat_deg = lat_deg;
    map->m_per_lat = WGS84_A_M * (1 - e2) / (w * w * w) * PI / 180;
    map->m_per_lon = WGS84_A_M / w * cos(lat) * PI / 180;
}

static point metres(const chart *map, double lon_deg, double lat_deg)
{
    return (point){(lon_deg - map->lon_deg) * map->m_per_lon, (lat_deg - map->lat_deg) * map->m_per_lat};
}

static point on_page(const chart *map, point m)
{
    return (point){map->box.x + map->box.w / 2 + (m.x - map->middle_m.x) * map->points_per_m,
                   map->box.y + map->box.h / 2 - (m.y - map->middle_m.y) * map->points_per_m};
}

static point release_m(const chart *map)
{
    return metres(map, map->view->drop->release_lon_deg, map->view->drop->release_lat_deg);
}

static point landing_m(const chart *map)
{
    point from = release_m(map);

    return (point){from.x + map->view->drop->east_m, from.y + map->view->drop->north_m};
}

static double track_deg(const chart *map)
{
    return map->view->stick ? map->view->stick->track_deg : map->view->drop->heading_deg;
}

/* Toward where the aircraft goes over the ground. */
static point ahead(const chart *map)
{
    double track = track_deg(map) * PI / 180;

    return (point){sin(track), cos(track)};
}

static bool has_stick(const chart *map)
{
    return map->view->stick && map->view->stick->stick_m > 0;
}

/* Where the last load leaves; of one load, where it does. */
static point last_release_m(const chart *map)
{
    point from = release_m(map), toward = ahead(map);
    double stick_m = has_stick(map) ? map->view->stick->stick_m : 0;

    return (point){from.x + stick_m * toward.x, from.y + stick_m * toward.y};
}

/* ---- What must be on it ---------------------------------------------------------------------------------- */

typedef struct extent {
    point least, most;
} extent;

static const extent NOTHING = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};

static void hold(extent *all, point m)
{
    all->least.x = fmin(all->least.x, m.x);
    all->least.y = fmin(all->least.y, m.y);
    all->most.x = fmax(all->most.x, m.x);
    all->most.y = fmax(all->most.y, m.y);
}

static void hold_shape(extent *all, const chart *map, const ab_shape *shape)
{
    for (int32_t i = 0; i < shape->part_start[shape->part_count]; i++)
        hold(all, metres(map, shape->lon_lat_deg[2 * i], shape->lon_lat_deg[2 * i + 1]));
}

/* Releases and landings. */
static void hold_drop(extent *all, const chart *map)
{
    for (int32_t i = 0; i < map->view->footprint_count; i++)
        hold_shape(all, map, &map->view->footprint[i].shape);
    hold(all, release_m(map));
    hold(all, landing_m(map));
    hold(all, last_release_m(map));
}

static double greater_side(const extent *all)
{
    return fmax(all->most.x - all->least.x, all->most.y - all->least.y);
}

/* The point of a segment that lies nearest to `to`. */
static point nearest_of(point a, point b, point to)
{
    double length2 = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
    double along = length2 > 0 ? ((to.x - a.x) * (b.x - a.x) + (to.y - a.y) * (b.y - a.y)) / length2 : 0;

    along = fmin(fmax(along, 0), 1);
    return (point){a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)};
}

/* Exclusions are vast; of those that begin near by a strip is shown, so that a crew sees what lies beside the zone. */
static void hold_exclusions(extent *all, const chart *map)
{
    const ab_exclusion *exclusion = AB_RESULT_ROWS(map->view->input, exclusions, ab_exclusion);
    double side = greater_side(all);
    point middle = {(all->least.x + all->most.x) / 2, (all->least.y + all->most.y) / 2};

    for (int32_t e = 0; e < AB_RESULT_COUNT(map->view->input, exclusions); e++) {
        const double *at = exclusion[e].shape.lon_lat_deg;
        point best = {INFINITY, INFINITY};
        for (int32_t i = 0; i + 1 < exclusion[e].shape.part_start[1]; i++) {
            point near = nearest_of(metres(map, at[2 * i], at[2 * i + 1]), metres(map, at[2 * i + 2], at[2 * i + 3]), middle);
            if (hypot(near.x - middle.x, near.y - middle.y) < hypot(best.x - middle.x, best.y - middle.y))
                best = near;
        }
        double away = hypot(best.x - middle.x, best.y - middle.y);
        if (away < side) /* and a little of what lies behind its edge */
            hold(all, (point){best.x + 0.06 * side * (best.x - middle.x) / fmax(away, 1), best.y + 0.06 * side * (best.y - middle.y) / fmax(away, 1)});
    }
}

/* The scale with a name at which all of it is shown, with a margin. */
static void set_scale(chart *map, const extent *all)
{
    size_t s = 0;

    map->middle_m = (point){(all->least.x + all->most.x) / 2, (all->least.y + all->most.y) / 2};
    double wanted = fmax((all->most.x - all->least.x) / map->box.w, (all->most.y - all->least.y) / map->box.h) * POINTS_PER_M / 0.84;
    while (s + 1 < sizeof SCALES / sizeof *SCALES && SCALES[s] < wanted)
        s++;
    map->scale = SCALES[s] < wanted ? ceil(wanted / 1e6) * 1e6 : SCALES[s];
    map->points_per_m = POINTS_PER_M / map->scale;
}

static void fit(chart *map)
{
    const ab_drop_view *view = map->view;
    extent all = NOTHING;

    if (view->zone) {
        hold_shape(&all, map, &view->zone->shape);
        map->zone_m = (point){(all.least.x + all.most.x) / 2, (all.least.y + all.most.y) / 2};
    }
    if (ab__drop_is_known(view->drop)) {
        hold_drop(&all, map);
        double run_m = 0.28 * greater_side(&all);
        point from = release_m(map), toward = ahead(map);
        hold(&all, (point){from.x - run_m * toward.x, from.y - run_m * toward.y});
    }
    if (all.least.x <= all.most.x)
        hold_exclusions(&all, map);
    if (!(all.least.x <= all.most.x))
        hold(&all, (point){0, 0});
    set_scale(map, &all);
}

/* ---- Shapes ---------------------------------------------------------------------------------------------- */

static void trace(const chart *map, const ab_shape *shape)
{
    cairo_new_path(map->cr);
    cairo_set_fill_rule(map->cr, CAIRO_FILL_RULE_EVEN_ODD);
    for (int32_t p = 0; p < shape->part_count; p++) {
        cairo_new_sub_path(map->cr);
        for (int32_t i = shape->part_start[p]; i < shape->part_start[p + 1]; i++) {
            point at = on_page(map, metres(map, shape->lon_lat_deg[2 * i], shape->lon_lat_deg[2 * i + 1]));
            cairo_line_to(map->cr, at.x, at.y);
        }
        cairo_close_path(map->cr);
    }
}

/* Parallel lines at an angle over the box. */
static void rule(cairo_t *cr, ab_box box, double angle_deg, double apart)
{
    double reach = box.w + box.h, c = cos(angle_deg * PI / 180), s = sin(angle_deg * PI / 180);
    double x = box.x + box.w / 2, y = box.y + box.h / 2;

    for (double off = -reach / 2; off <= reach / 2; off += apart) {
        cairo_move_to(cr, x - off * s - reach * c, y + off * c - reach * s);
        cairo_line_to(cr, x - off * s + reach * c, y + off * c + reach * s);
    }
    cairo_stroke(cr);
}

/* Told apart without colours: held slanted, built-up grey, mined crossed, water level. Within the clip. */
static void fill_exclusion(cairo_t *cr, ab_box box, int32_t kind)
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

static const ab_exclusion *exclusions_of(const chart *map, int32_t *count)
{
    *count = AB_RESULT_COUNT(map->view->input, exclusions);
    return AB_RESULT_ROWS(map->view->input, exclusions, ab_exclusion);
}

static void draw_exclusions(const chart *map)
{
    int32_t count;
    const ab_exclusion *exclusion = exclusions_of(map, &count);

    for (int32_t i = 0; i < count; i++) {
        cairo_save(map->cr);
        trace(map, &exclusion[i].shape);
        cairo_clip(map->cr);
        fill_exclusion(map->cr, map->box, exclusion[i].kind);
        cairo_restore(map->cr);
        trace(map, &exclusion[i].shape);
        cairo_set_source_rgb(map->cr, 0.25, 0.25, 0.25);
        cairo_set_line_width(map->cr, 0.7);
        cairo_stroke(map->cr);
    }
}

/* Below the footprint white, and above it its outline. */
static void draw_zone(const chart *map, bool outline)
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

/* Regions by how much they hold: 95 % dotted, 90 % dashed, 50 % whole. */
typedef enum region_kind { REGION_95, REGION_90, REGION_50, REGIONS } region_kind;

static region_kind region_of(double holds_prob)
{
    return holds_prob > 0.93 ? REGION_95 : holds_prob > 0.6 ? REGION_90 : REGION_50;
}

/* Fills and outlines the path. `alone`: nothing lies under it. */
static void paint_region(cairo_t *cr, region_kind region, bool alone)
{
    static const double dashes[][2] = {{1.2, 1.8}, {5, 2.5}, {1, 0}}, widths[] = {0.9, 1.1, 1.1}, on_others[] = {0.07, 0.14, 0.25},
                        by_itself[] = {0.07, 0.2, 0.4};

    cairo_set_source_rgba(cr, 0, 0.35, 0.6, alone ? by_itself[region] : on_others[region]);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, widths[region]);
    cairo_set_dash(cr, dashes[region], region == REGION_50 ? 0 : 2, 0);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

/* The wider first, so that the narrower lies on it. */
static void draw_footprints(const chart *map)
{
    const ab_drop_view *view = map->view;

    for (int region = 0; region < REGIONS; region++)
        for (int32_t i = 0; i < view->footprint_count; i++) {
            if (region_of(view->footprint[i].holds_prob) != (region_kind)region)
                continue;
            trace(map, &view->footprint[i].shape);
            paint_region(map->cr, (region_kind)region, false);
        }
}

/* ---- The aircraft's way ---------------------------------------------------------------------------------- */

static void arrow_head(cairo_t *cr, point tip, point toward, double size)
{
    cairo_move_to(cr, tip.x, tip.y);
    cairo_line_to(cr, tip.x - size * toward.x - 0.42 * size * toward.y, tip.y - size * toward.y + 0.42 * size * toward.x);
    cairo_line_to(cr, tip.x - 0.72 * size * toward.x, tip.y - 0.72 * size * toward.y);
    cairo_line_to(cr, tip.x - size * toward.x + 0.42 * size * toward.y, tip.y - size * toward.y - 0.42 * size * toward.x);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void stroke_line(cairo_t *cr, point from, point to, double width, const double *dash, int dashes)
{
    cairo_set_dash(cr, dash, dashes, 0);
    cairo_set_line_width(cr, width);
    cairo_move_to(cr, from.x, from.y);
    cairo_line_to(cr, to.x, to.y);
    cairo_stroke(cr);
    cairo_set_dash(cr, NULL, 0, 0);
}

static void draw_release_mark(cairo_t *cr, point at)
{
    cairo_new_path(cr);
    cairo_arc(cr, at.x, at.y, 5, 0, 2 * PI);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_fill_preserve(cr);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, 1.6);
    cairo_stroke(cr);
    cairo_arc(cr, at.x, at.y, 1.6, 0, 2 * PI);
    cairo_fill(cr);
}

static void draw_landing_mark(cairo_t *cr, point at)
{
    for (int black = 0; black < 2; black++) { /* on a white edge */
        double grey = black ? 0 : 1, width = black ? 1.6 : 3.8, arm = black ? 5 : 6;
        cairo_set_source_rgb(cr, grey, grey, grey);
        stroke_line(cr, (point){at.x - arm, at.y}, (point){at.x + arm, at.y}, width, NULL, 0);
        stroke_line(cr, (point){at.x, at.y - arm}, (point){at.x, at.y + arm}, width, NULL, 0);
    }
}

/* How long the run-in is drawn. */
static double run_length(const chart *map)
{
    return fmin(0.24 * map->box.w, 90);
}

/* From the first release to the last, with a bar across its end. */
static void draw_stick(cairo_t *cr, point from, point to, point toward)
{
    cairo_set_source_rgb(cr, 1, 1, 1);
    stroke_line(cr, from, to, 5, NULL, 0);
    cairo_set_source_rgb(cr, 0, 0, 0);
    stroke_line(cr, from, to, 3, NULL, 0);
    stroke_line(cr, (point){to.x + 5 * toward.y, to.y - 5 * toward.x}, (point){to.x - 5 * toward.y, to.y + 5 * toward.x}, 2.2, NULL, 0);
}

/* Solid to the release point, dashed beyond the stick; dotted what the loads drift. */
static void draw_way(const chart *map)
{
    static const double dashed[] = {7, 4}, dotted[] = {1, 3};
    cairo_t *cr = map->cr;
    point release = on_page(map, release_m(map)), landing = on_page(map, landing_m(map)), last = on_page(map, last_release_m(map));
    point north_up = ahead(map), toward = {north_up.x, -north_up.y};
    double run = run_length(map);

    cairo_set_source_rgb(cr, 0, 0, 0);
    stroke_line(cr, release, landing, 1, dotted, 2);
    stroke_line(cr, last, (point){last.x + 2 * map->box.w * toward.x, last.y + 2 * map->box.w * toward.y}, 0.9, dashed, 2);
    if (has_stick(map))
        draw_stick(cr, release, last, toward);
    cairo_set_source_rgb(cr, 0, 0, 0);
    stroke_line(cr, (point){release.x - run * toward.x, release.y - run * toward.y},
                (point){release.x - 14 * toward.x, release.y - 14 * toward.y}, 2.6, NULL, 0);
    arrow_head(cr, (point){release.x - 6 * toward.x, release.y - 6 * toward.y}, toward, 13);
    draw_release_mark(cr, release);
    draw_landing_mark(cr, landing);
}

/* ---- Words on it ----------------------------------------------------------------------------------------- */

static void take(const chart *map, ab_box box)
{
    if (map->taken->count < MOST_TAKEN)
        map->taken->box[map->taken->count++] = box;
}

static void take_mark(const chart *map, point m, double radius)
{
    point at = on_page(map, m);

    take(map, (ab_box){at.x - radius, at.y - radius, 2 * radius, 2 * radius});
}

/* A line on the page. */
static void take_line(const chart *map, point from, point to)
{
    const double step = 8, radius = 3;
    int steps = (int)(hypot(to.x - from.x, to.y - from.y) / step) + 1;

    for (int i = 0; i <= steps; i++) {
        double x = from.x + (to.x - from.x) * i / steps, y = from.y + (to.y - from.y) * i / steps;
        take(map, (ab_box){x - radius, y - radius, 2 * radius, 2 * radius});
    }
}

static bool is_free(const chart *map, ab_box box)
{
    const ab_box *other = map->taken->box;

    for (int i = 0; i < map->taken->count; i++)
        if (box.x < other[i].x + other[i].w && other[i].x < box.x + box.w && box.y < other[i].y + other[i].h && other[i].y < box.y + box.h)
            return false;
    return true;
}

/* Centred on `at`, moved so that it stays within the map. */
static ab_box box_about(const chart *map, point at, double w, double h)
{
    return (ab_box){fmin(fmax(at.x - w / 2, map->box.x + 3), map->box.x + map->box.w - w - 3),
                    fmin(fmax(at.y - h / 2, map->box.y + 3), map->box.y + map->box.h - h - 3), w, h};
}

/* Written about `at`, or as near to it as there is room; where there is none, nowhere, unless it must be. */
static void label(const chart *map, point at, const ab_words *how, const char *text, bool must)
{
    static const double rows[] = {0, 1, -1, 2, -2, 3, -3, 4, -4}, columns[] = {0, 0.55, -0.55, 1.1, -1.1};
    double w = fmin(ab__card_width(map->cr, how, text) + 2, LABEL_SIZES * how->size), h = 1.25 * how->size;
    ab_box box = box_about(map, at, w, h);
    bool found = false;

    for (size_t i = 0; !found && i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; !found && k < sizeof columns / sizeof *columns; k++) {
            ab_box tried = box_about(map, (point){at.x + columns[k] * w, at.y + rows[i] * h}, w, h);
            found = is_free(map, tried);
            box = found ? tried : box;
        }
    if (!found && !must)
        return;
    take(map, box);
    ab__card_words(map->cr, box.x, box.y, box.w, how, text);
}

/* Does the shape, holes left out, hold a place on the page? */
static bool holds(const chart *map, const ab_shape *shape, point at)
{
    double east_m = (at.x - map->box.x - map->box.w / 2) / map->points_per_m + map->middle_m.x;
    double north_m = (map->box.y + map->box.h / 2 - at.y) / map->points_per_m + map->middle_m.y;
    double lon_deg = map->lon_deg + east_m / map->m_per_lon, lat_deg = map->lat_deg + north_m / map->m_per_lat;

    for (int32_t p = 0; p < shape->part_count; p++) {
        int32_t from = shape->part_start[p];
        bool in = ab__ring_holds(shape->lon_lat_deg + 2 * from, shape->part_start[p + 1] - from, lon_deg, lat_deg);
        if (in != (p == 0))
            return false;
    }
    return true;
}

static point sample(const chart *map, int i)
{
    return (point){map->box.x + (i % SAMPLES + 0.5) * map->box.w / SAMPLES, map->box.y + (i / SAMPLES + 0.5) * map->box.h / SAMPLES};
}

/* A place in the midst of what the map shows of a shape; false: it shows next to nothing. */
static bool middle_shown(const chart *map, const ab_shape *shape, point *out)
{
    point sum = {0, 0};
    int count = 0;
    double nearest = INFINITY;

    for (int i = 0; i < SAMPLES * SAMPLES; i++)
        if (holds(map, shape, sample(map, i))) {
            sum = (point){sum.x + sample(map, i).x, sum.y + sample(map, i).y};
            count++;
        }
    for (int i = 0; count > 0 && i < SAMPLES * SAMPLES; i++) {
        point at = sample(map, i);
        double away = hypot(at.x - sum.x / count, at.y - sum.y / count);
        if (away < nearest && holds(map, shape, at)) {
            nearest = away;
            *out = at;
        }
    }
    return count > 0;
}

static const ab_words NAMED = {.size = 8.5, .bold = true, .halo = true};

static void label_exclusions(const chart *map)
{
    static const ab_words small = {.size = 6.8, .halo = true};
    int32_t count;
    const ab_exclusion *exclusion = exclusions_of(map, &count);
    point at;

    for (int32_t i = 0; i < count; i++)
        if (middle_shown(map, &exclusion[i].shape, &at))
            label(map, at, &small, exclusion[i].id, false);
}

static void label_zone(const chart *map)
{
    double top = INFINITY;

    if (!map->view->zone)
        return;
    const ab_shape *zone = &map->view->zone->shape;
    for (int32_t i = 0; i < zone->part_start[1]; i++)
        top = fmin(top, on_page(map, metres(map, zone->lon_lat_deg[2 * i], zone->lon_lat_deg[2 * i + 1])).y);
    label(map, (point){on_page(map, (point){map->zone_m.x, 0}).x, top - 8}, &NAMED, map->view->zone->id, true);
}

/* Some points of the outlines in which nine of ten land. */
static void take_regions(const chart *map)
{
    enum { POINTS = 40 };
    const ab_drop_view *view = map->view;

    for (int32_t i = 0; i < view->footprint_count; i++) {
        const ab_shape *shape = &view->footprint[i].shape;
        if (region_of(view->footprint[i].holds_prob) != REGION_90)
            continue;
        int32_t step = shape->part_start[1] / POINTS + 1;
        for (int32_t k = 0; k < shape->part_start[1]; k += step)
            take_mark(map, metres(map, shape->lon_lat_deg[2 * k], shape->lon_lat_deg[2 * k + 1]), 3);
    }
}

static void take_way(const chart *map)
{
    point release = on_page(map, release_m(map)), north_up = ahead(map);
    double run = run_length(map);

    take_mark(map, release_m(map), 7);
    take_mark(map, landing_m(map), 6);
    take_mark(map, last_release_m(map), 6);
    take_line(map, (point){release.x - run * north_up.x, release.y + run * north_up.y}, release);
    if (has_stick(map))
        take_line(map, release, on_page(map, last_release_m(map)));
}

static void label_way(const chart *map)
{
    point release = on_page(map, release_m(map)), last = on_page(map, last_release_m(map)), north_up = ahead(map);
    point toward = {north_up.x, -north_up.y};
    double run = run_length(map), stick = hypot(last.x - release.x, last.y - release.y);
    /* across the run-in, on the side away from where the loads drift */
    double side = toward.x * -map->view->drop->north_m - toward.y * map->view->drop->east_m > 0 ? 1 : -1;
    point across = {side * toward.y, -side * toward.x};
    double other = stick < 70 ? -1 : 1; /* of a short stick the ends are named on two sides */
    char text[32];

    label(map, (point){release.x + 40 * across.x, release.y + 15 * across.y}, &NAMED, has_stick(map) ? "FIRST RELEASE" : "RELEASE", true);
    if (has_stick(map))
        label(map, (point){last.x + other * 20 * across.x, last.y + other * 15 * across.y}, &NAMED, "LAST", true);
    (void)snprintf(text, sizeof text, "track %03.0f\u00b0 true", fmod(round(track_deg(map)), 360));
    label(map, (point){release.x - 0.7 * run * toward.x + 46 * across.x, release.y - 0.7 * run * toward.y + 12 * across.y}, &NAMED, text, true);
}

static void label_all(const chart *map)
{
    if (ab__drop_is_known(map->view->drop)) {
        take_way(map);
        take_regions(map);
        label_way(map);
    }
    label_zone(map);
    label_exclusions(map);
}

/* ---- Frame ----------------------------------------------------------------------------------------------- */

/* 40°04'30"E, without seconds where they are none. */
static void add_mark(char out[40], double seconds, char positive, char negative)
{
    long long s = llround(fabs(seconds));
    char side = seconds < 0 ? negative : positive;

    if (s % 60)
        (void)snprintf(out, 40, "%lld\u00b0%02lld'%02lld\"%c", s / 3600, s / 60 % 60, s % 60, side);
    else
        (void)snprintf(out, 40, "%lld\u00b0%02lld'%c", s / 3600, s / 60 % 60, side);
}

static double step_s(double span_deg)
{
    static const double steps[] = {5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200};
    size_t i = 0;

    while (i + 1 < sizeof steps / sizeof *steps && span_deg * 3600 / steps[i] > 4.5)
        i++;
    return steps[i];
}

/* Longitude or latitude at the edge, if nothing stands there. */
static void graticule_mark(const chart *map, point at, double seconds, char positive, char negative)
{
    static const ab_words how = {.size = 6, .grey = 0.2, .halo = true};
    char text[40];

    add_mark(text, seconds, positive, negative);
    ab_box box = {at.x, at.y, ab__card_width(map->cr, &how, text) + 1, 8};
    if (!is_free(map, box) || box.x + box.w > map->box.x + map->box.w || box.y + box.h > map->box.y + map->box.h)
        return;
    take(map, box);
    ab__card_words(map->cr, box.x, box.y, box.w, &how, text);
}

/* Lines, or the marks at their ends, which come last. */
static void draw_graticule(const chart *map, bool marks)
{
    double w_deg = map->box.w / map->points_per_m / map->m_per_lon, h_deg = map->box.h / map->points_per_m / map->m_per_lat;
    double west = map->lon_deg + map->middle_m.x / map->m_per_lon - w_deg / 2;
    double south = map->lat_deg + map->middle_m.y / map->m_per_lat - h_deg / 2, step;

    cairo_set_source_rgb(map->cr, 0.55, 0.55, 0.55);
    step = step_s(w_deg);
    for (double s = ceil(west * 3600 / step) * step; s < (west + w_deg) * 3600; s += step) {
        double x = map->box.x + (s / 3600 - west) / w_deg * map->box.w;
        if (marks)
            graticule_mark(map, (point){x + 1.5, map->box.y + 2}, s, 'E', 'W');
        else
            stroke_line(map->cr, (point){x, map->box.y}, (point){x, map->box.y + map->box.h}, 0.3, NULL, 0);
    }
    step = step_s(h_deg);
    for (double s = ceil(south * 3600 / step) * step; s < (south + h_deg) * 3600; s += step) {
        double y = map->box.y + map->box.h - (s / 3600 - south) / h_deg * map->box.h;
        if (marks)
            graticule_mark(map, (point){map->box.x + 2, y + 1}, s, 'N', 'S');
        else
            stroke_line(map->cr, (point){map->box.x, y}, (point){map->box.x + map->box.w, y}, 0.3, NULL, 0);
    }
}

static void draw_north(const chart *map)
{
    static const ab_words how = {.size = 9, .bold = true, .align = AB_ALIGN_CENTRE, .halo = true};
    point tip = {map->box.x + map->box.w - 17, map->box.y + 10};

    take(map, (ab_box){tip.x - 11, tip.y - 5, 22, 43});
    cairo_set_source_rgb(map->cr, 1, 1, 1);
    cairo_rectangle(map->cr, tip.x - 11, tip.y - 5, 22, 43);
    cairo_fill(map->cr);
    cairo_set_source_rgb(map->cr, 0, 0, 0);
    stroke_line(map->cr, (point){tip.x, tip.y + 4}, (point){tip.x, tip.y + 24}, 1.6, NULL, 0);
    arrow_head(map->cr, tip, (point){0, -1}, 12);
    ab__card_words(map->cr, tip.x - 12, tip.y + 24, 24, &how, "N");
}

/* The longest of 1, 2 and 5 times a power of ten that takes a third of the map. */
static double bar_m(const chart *map)
{
    double most = 0.34 * map->box.w / map->points_per_m, ten = pow(10, floor(log10(most)));

    return most >= 5 * ten ? 5 * ten : most >= 2 * ten ? 2 * ten : ten;
}

static void draw_scale(const chart *map)
{
    static const ab_words how = {.size = 6.8};
    double length_m = bar_m(map), length = length_m * map->points_per_m;
    double x = map->box.x + 8, y = map->box.y + map->box.h - 10;
    char text[96], a[AB_NUMBER_CAP], b[AB_NUMBER_CAP], c[AB_NUMBER_CAP];

    (void)snprintf(text, sizeof text, "%s m (%s ft)   1:%s on A4", ab__number_people(length_m, 0, a),
                   ab__number_people(ab__feet(length_m), 0, b), ab__number_people(map->scale, 0, c));
    ab_box box = {map->box.x + 2, y - 14, fmax(length, ab__card_width(map->cr, &how, text)) + 12, 22};
    take(map, box);
    cairo_set_source_rgb(map->cr, 1, 1, 1);
    cairo_rectangle(map->cr, box.x, box.y, box.w, box.h);
    cairo_fill(map->cr);
    cairo_set_source_rgb(map->cr, 0, 0, 0);
    cairo_rectangle(map->cr, x, y, length / 2, 4);
    cairo_fill(map->cr);
    cairo_set_line_width(map->cr, 0.8);
    cairo_rectangle(map->cr, x, y, length, 4);
    cairo_stroke(map->cr);
    ab__card_words(map->cr, x, y - 11, 200, &how, text);
}

/* ---- Legend ---------------------------------------------------------------------------------------------- */

typedef struct legend {
    cairo_t *cr;
    ab_box box;
    double x, y;
} legend;

/* Makes room for a sign of 16 points and its words, on the next line if need be; where the sign's box begins. */
static ab_box next_sign(legend *in, const char *text)
{
    static const ab_words how = {.size = 6.8};
    double width = ab__card_width(in->cr, &how, text) + 1;

    if (in->x + 19 + width > in->box.x + in->box.w) {
        in->x = in->box.x;
        in->y += 11;
    }
    ab_box sign = {in->x, in->y + 1, 15, 7.5};
    ab__card_words(in->cr, in->x + 18, in->y, width, &how, text);
    in->x += 18 + width + 8;
    return sign;
}

static void sign_line(legend *in, const char *text, double width, const double *dash, int dashes)
{
    ab_box sign = next_sign(in, text);
    double y = sign.y + sign.h / 2;

    cairo_set_source_rgb(in->cr, 0, 0, 0);
    stroke_line(in->cr, (point){sign.x, y}, (point){sign.x + sign.w, y}, width, dash, dashes);
}

static void sign_zone(legend *in)
{
    ab_box sign = next_sign(in, "drop zone");

    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    cairo_set_source_rgb(in->cr, 0, 0, 0);
    cairo_set_line_width(in->cr, 2);
    cairo_stroke(in->cr);
}

static void sign_region(legend *in, const char *text, region_kind region)
{
    ab_box sign = next_sign(in, text);

    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    paint_region(in->cr, region, true);
}

static void sign_stick(legend *in)
{
    ab_box sign = next_sign(in, "stick, first to last release");
    double y = sign.y + sign.h / 2;

    draw_stick(in->cr, (point){sign.x, y}, (point){sign.x + sign.w - 2, y}, (point){1, 0});
}

static void sign_release(legend *in)
{
    ab_box sign = next_sign(in, "release");

    draw_release_mark(in->cr, (point){sign.x + sign.w / 2, sign.y + sign.h / 2});
}

static void sign_landing(legend *in)
{
    ab_box sign = next_sign(in, "mean landing");

    draw_landing_mark(in->cr, (point){sign.x + sign.w / 2, sign.y + sign.h / 2});
}

static void sign_exclusion(legend *in, int32_t kind)
{
    ab_box sign = next_sign(in, ab_codes_exclusion_kind.codes[kind].word);

    cairo_save(in->cr);
    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    cairo_clip(in->cr);
    fill_exclusion(in->cr, sign, kind);
    cairo_restore(in->cr);
    cairo_rectangle(in->cr, sign.x, sign.y, sign.w, sign.h);
    cairo_set_source_rgb(in->cr, 0.25, 0.25, 0.25);
    cairo_set_line_width(in->cr, 0.7);
    cairo_stroke(in->cr);
}

static void draw_legend(const chart *map, ab_box box)
{
    static const double dotted[] = {1, 3};
    legend in = {map->cr, box, box.x, box.y};
    int32_t count;
    const ab_exclusion *exclusion = exclusions_of(map, &count);
    point at;

    sign_zone(&in);
    if (ab__drop_is_known(map->view->drop)) {
        sign_region(&in, "50 %", REGION_50);
        sign_region(&in, "90 %", REGION_90);
        sign_region(&in, "95 % of the landings", REGION_95);
        sign_line(&in, "track of the run-in", 2.6, NULL, 0);
        sign_release(&in);
        if (has_stick(map))
            sign_stick(&in);
        sign_landing(&in);
        sign_line(&in, "drift", 1, dotted, 2);
    }
    for (int32_t kind = 0; kind < ab_codes_exclusion_kind.count; kind++)
        for (int32_t i = 0; i < count; i++)
            if (exclusion[i].kind == kind && middle_shown(map, &exclusion[i].shape, &at)) {
                sign_exclusion(&in, kind);
                break;
            }
}

/* ---- All of it ------------------------------------------------------------------------------------------- */

static void draw_ground(const chart *map)
{
    draw_exclusions(map);
    draw_graticule(map, false);
    draw_zone(map, false);
    draw_footprints(map);
    draw_zone(map, true);
    if (ab__drop_is_known(map->view->drop))
        draw_way(map);
}

static void outline(cairo_t *cr, ab_box box, double width)
{
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_set_source_rgb(cr, 0, 0, 0);
    cairo_set_line_width(cr, width);
    cairo_stroke(cr);
}

static ab_box page_box(const chart *map, const extent *all)
{
    point a = on_page(map, all->least), b = on_page(map, all->most);

    return (ab_box){a.x, b.y, b.x - a.x, a.y - b.y};
}

static double overlap(ab_box a, ab_box b)
{
    double w = fmin(a.x + a.w, b.x + b.w) - fmax(a.x, b.x), h = fmin(a.y + a.h, b.y + b.h) - fmax(a.y, b.y);

    return w > 0 && h > 0 ? w * h : 0;
}

/* The corner, clear of the scale and of north, that hides least of the zone and nothing of the drop; false: there is none. */
static bool inset_box(const chart *map, const extent *drop, double w, double h, ab_box *out)
{
    const double gap = 5, foot = 29;
    double left = map->box.x + gap, right = map->box.x + map->box.w - w - gap, top = map->box.y + gap, bottom = map->box.y + map->box.h - h - gap;
    const ab_box corners[] = {{right, bottom, w, h}, {left, top, w, h}, {left, bottom - foot, w, h}};
    extent zone = NOTHING;
    double least = INFINITY;

    if (map->view->zone)
        hold_shape(&zone, map, &map->view->zone->shape);
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
static void draw_inset(const chart *map)
{
    static const ab_words how = {.size = 6.8, .halo = true};
    const double small = 75, w = 128, h = 104;
    extent drop = NOTHING;
    chart inset = *map;
    ab_box box = {0};
    char text[64], a[AB_NUMBER_CAP];

    hold_drop(&drop, map);
    if (greater_side(&drop) * map->points_per_m > small || !inset_box(map, &drop, w, h, &box))
        return;
    inset.box = (ab_box){box.x, box.y + 11, w, h - 11};
    set_scale(&inset, &drop);
    take(map, box);
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
    taken marks = {0};
    chart map = {.cr = cr, .view = view, .box = box, .taken = &marks};
    const ab_shape *at = view->zone ? &view->zone->shape : &view->drop->shape;

    set_origin(&map, at->lon_lat_deg[0], at->lon_lat_deg[1]);
    fit(&map);
    cairo_save(cr);
    cairo_rectangle(cr, box.x, box.y, box.w, box.h);
    cairo_clip(cr);
    draw_ground(&map);
    draw_north(&map);
    draw_scale(&map);
    if (ab__drop_is_known(view->drop))
        draw_inset(&map);
    label_all(&map);
    draw_graticule(&map, true);
    cairo_restore(cr);
    outline(cr, box, 1);
    draw_legend(&map, legend_box);
}
