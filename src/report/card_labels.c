/* Words on the map of a drop, where there is room for them. */
#include <math.h>
#include <stdio.h>

#include "geo/wkt.h"
#include "report/card_chart.h"

/* Places on the map, each way, at which is looked for room for a label. */
enum { SAMPLES = 30 };

static const double LABEL_SIZES = 15; /* labels wider than so many of their letters' heights end in "…" */

void ab__chart_take(const ab_chart *map, ab_box box)
{
    if (map->taken->count < AB_MOST_TAKEN)
        map->taken->box[map->taken->count++] = box;
}

static void take_mark(const ab_chart *map, ab_xy m, double radius)
{
    ab_xy at = ab__chart_on_page(map, m);

    ab__chart_take(map, (ab_box){at.x - radius, at.y - radius, 2 * radius, 2 * radius});
}

/* A line on the page. */
static void take_line(const ab_chart *map, ab_xy from, ab_xy to)
{
    const double step = 8, radius = 3;
    int steps = (int)(hypot(to.x - from.x, to.y - from.y) / step) + 1;

    for (int i = 0; i <= steps; i++) {
        double x = from.x + (to.x - from.x) * i / steps, y = from.y + (to.y - from.y) * i / steps;
        ab__chart_take(map, (ab_box){x - radius, y - radius, 2 * radius, 2 * radius});
    }
}

bool ab__chart_is_free(const ab_chart *map, ab_box box)
{
    const ab_box *other = map->taken->box;

    for (int i = 0; i < map->taken->count; i++)
        if (box.x < other[i].x + other[i].w && other[i].x < box.x + box.w && box.y < other[i].y + other[i].h && other[i].y < box.y + box.h)
            return false;
    return true;
}

/* Centred on `at`, moved so that it stays within the map. */
static ab_box box_about(const ab_chart *map, ab_xy at, double w, double h)
{
    return (ab_box){fmin(fmax(at.x - w / 2, map->box.x + 3), map->box.x + map->box.w - w - 3),
                    fmin(fmax(at.y - h / 2, map->box.y + 3), map->box.y + map->box.h - h - 3), w, h};
}

/* Written about `at`, or as near to it as there is room; where there is none, nowhere, unless it must be. */
static void label(const ab_chart *map, ab_xy at, const ab_words *how, const char *text, bool must)
{
    static const double rows[] = {0, 1, -1, 2, -2, 3, -3, 4, -4}, columns[] = {0, 0.55, -0.55, 1.1, -1.1};
    double w = fmin(ab__card_width(map->cr, how, text) + 2, LABEL_SIZES * how->size), h = 1.25 * how->size;
    ab_box box = box_about(map, at, w, h);
    bool found = false;

    for (size_t i = 0; !found && i < sizeof rows / sizeof *rows; i++)
        for (size_t k = 0; !found && k < sizeof columns / sizeof *columns; k++) {
            ab_box tried = box_about(map, (ab_xy){at.x + columns[k] * w, at.y + rows[i] * h}, w, h);
            found = ab__chart_is_free(map, tried);
            box = found ? tried : box;
        }
    if (!found && !must)
        return;
    ab__chart_take(map, box);
    ab__card_words(map->cr, box.x, box.y, box.w, how, text);
}

/* Does the shape, holes left out, hold a place on the page? */
static bool holds(const ab_chart *map, const ab_shape *shape, ab_xy at)
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

static ab_xy sample(const ab_chart *map, int i)
{
    return (ab_xy){map->box.x + (i % SAMPLES + 0.5) * map->box.w / SAMPLES, map->box.y + (i / SAMPLES + 0.5) * map->box.h / SAMPLES};
}

bool ab__chart_middle_shown(const ab_chart *map, const ab_shape *shape, ab_xy *out)
{
    ab_xy sum = {0, 0};
    int count = 0;
    double nearest = INFINITY;

    for (int i = 0; i < SAMPLES * SAMPLES; i++)
        if (holds(map, shape, sample(map, i))) {
            sum = (ab_xy){sum.x + sample(map, i).x, sum.y + sample(map, i).y};
            count++;
        }
    for (int i = 0; count > 0 && i < SAMPLES * SAMPLES; i++) {
        ab_xy at = sample(map, i);
        double away = hypot(at.x - sum.x / count, at.y - sum.y / count);
        if (away < nearest && holds(map, shape, at)) {
            nearest = away;
            *out = at;
        }
    }
    return count > 0;
}

static const ab_words NAMED = {.size = 8.5, .bold = true, .halo = true};

static void label_exclusions(const ab_chart *map)
{
    static const ab_words small = {.size = 6.8, .halo = true};
    int32_t count;
    const ab_exclusion *exclusion = ab__chart_exclusions_of(map, &count);
    ab_xy at;

    for (int32_t i = 0; i < count; i++)
        if (ab__chart_middle_shown(map, &exclusion[i].shape, &at))
            label(map, at, &small, exclusion[i].id, false);
}

static void label_zone(const ab_chart *map)
{
    double top = INFINITY;

    if (!map->view->zone)
        return;
    const ab_shape *zone = &map->view->zone->shape;
    for (int32_t i = 0; i < zone->part_start[1]; i++)
        top = fmin(top, ab__chart_on_page(map, ab__chart_metres(map, zone->lon_lat_deg[2 * i], zone->lon_lat_deg[2 * i + 1])).y);
    label(map, (ab_xy){ab__chart_on_page(map, (ab_xy){map->zone_m.x, 0}).x, top - 8}, &NAMED, map->view->zone->id, true);
}

/* Some points of the outlines in which nine of ten land. */
static void take_regions(const ab_chart *map)
{
    enum { POINTS = 40 };
    const ab_drop_view *view = map->view;

    for (int32_t i = 0; i < view->footprint_count; i++) {
        const ab_shape *shape = &view->footprint[i].shape;
        if (ab__chart_region_of(view->footprint[i].holds_prob) != AB_REGION_90)
            continue;
        int32_t step = shape->part_start[1] / POINTS + 1;
        for (int32_t k = 0; k < shape->part_start[1]; k += step)
            take_mark(map, ab__chart_metres(map, shape->lon_lat_deg[2 * k], shape->lon_lat_deg[2 * k + 1]), 3);
    }
}

static void take_way(const ab_chart *map)
{
    ab_xy release = ab__chart_on_page(map, ab__chart_release_m(map)), north_up = ab__chart_ahead(map);
    double run = ab__chart_run_length(map);

    take_mark(map, ab__chart_release_m(map), 7);
    take_mark(map, ab__chart_landing_m(map), 6);
    take_mark(map, ab__chart_last_release_m(map), 6);
    take_line(map, (ab_xy){release.x - run * north_up.x, release.y + run * north_up.y}, release);
    if (ab__chart_has_stick(map))
        take_line(map, release, ab__chart_on_page(map, ab__chart_last_release_m(map)));
}

static void label_way(const ab_chart *map)
{
    ab_xy release = ab__chart_on_page(map, ab__chart_release_m(map)), last = ab__chart_on_page(map, ab__chart_last_release_m(map)), north_up = ab__chart_ahead(map);
    ab_xy toward = {north_up.x, -north_up.y};
    double run = ab__chart_run_length(map), stick = hypot(last.x - release.x, last.y - release.y);
    /* across the run-in, on the side away from where the loads drift */
    double side = toward.x * -map->view->drop->north_m - toward.y * map->view->drop->east_m > 0 ? 1 : -1;
    ab_xy across = {side * toward.y, -side * toward.x};
    double other = stick < 70 ? -1 : 1; /* of a short stick the ends are named on two sides */
    char text[32];

    label(map, (ab_xy){release.x + 40 * across.x, release.y + 15 * across.y}, &NAMED, ab__chart_has_stick(map) ? "FIRST RELEASE" : "RELEASE", true);
    if (ab__chart_has_stick(map))
        label(map, (ab_xy){last.x + other * 20 * across.x, last.y + other * 15 * across.y}, &NAMED, "LAST", true);
    (void)snprintf(text, sizeof text, "track %03.0f\u00b0 true", fmod(round(ab__chart_track_deg(map)), 360));
    label(map, (ab_xy){release.x - 0.7 * run * toward.x + 46 * across.x, release.y - 0.7 * run * toward.y + 12 * across.y}, &NAMED, text, true);
}

void ab__chart_label_all(const ab_chart *map)
{
    if (ab__drop_is_known(map->view->drop)) {
        take_way(map);
        take_regions(map);
        label_way(map);
    }
    label_zone(map);
    label_exclusions(map);
}
