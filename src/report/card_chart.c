/* Where things lie on the map of a drop, and how much of the ground it shows. */
#include <math.h>

#include "report/card_chart.h"
#include "report/figures.h"

static const double POINTS_PER_M = 72 / 0.0254;

/* World Geodetic System 1984 (NGA.STND.0036, table 3.1). */
static const double WGS84_A_M = 6378137, WGS84_F = 1 / 298.257223563;

/* Scales that people have rulers for. */
static const double SCALES[] = {2.5e3, 5e3, 7.5e3, 1e4, 1.5e4, 2e4, 2.5e4, 3e4, 4e4, 5e4, 7.5e4, 1e5, 1.5e5, 2e5, 2.5e5, 5e5, 1e6};

/* ---- Where things are ------------------------------------------------------------------------------------ */

void ab__chart_set_origin(ab_chart *map, double lon_deg, double lat_deg)
{
    double e2 = WGS84_F * (2 - WGS84_F), lat = lat_deg * AB_CHART_PI / 180, w = sqrt(1 - e2 * sin(lat) * sin(lat));

    map->lon_deg = lon_deg;
    map->lat_deg = lat_deg;
    map->m_per_lat = WGS84_A_M * (1 - e2) / (w * w * w) * AB_CHART_PI / 180;
    map->m_per_lon = WGS84_A_M / w * cos(lat) * AB_CHART_PI / 180;
}

ab_xy ab__chart_metres(const ab_chart *map, double lon_deg, double lat_deg)
{
    return (ab_xy){(lon_deg - map->lon_deg) * map->m_per_lon, (lat_deg - map->lat_deg) * map->m_per_lat};
}

ab_xy ab__chart_on_page(const ab_chart *map, ab_xy m)
{
    return (ab_xy){map->box.x + map->box.w / 2 + (m.x - map->middle_m.x) * map->points_per_m,
                   map->box.y + map->box.h / 2 - (m.y - map->middle_m.y) * map->points_per_m};
}

ab_xy ab__chart_release_m(const ab_chart *map)
{
    return ab__chart_metres(map, map->view->drop->release_lon_deg, map->view->drop->release_lat_deg);
}

ab_xy ab__chart_landing_m(const ab_chart *map)
{
    ab_xy from = ab__chart_release_m(map);

    return (ab_xy){from.x + map->view->drop->east_m, from.y + map->view->drop->north_m};
}

double ab__chart_track_deg(const ab_chart *map)
{
    return map->view->stick ? map->view->stick->track_deg : map->view->drop->heading_deg;
}

ab_xy ab__chart_ahead(const ab_chart *map)
{
    double track = ab__chart_track_deg(map) * AB_CHART_PI / 180;

    return (ab_xy){sin(track), cos(track)};
}

bool ab__chart_has_stick(const ab_chart *map)
{
    return map->view->stick && map->view->stick->stick_m > 0;
}

ab_xy ab__chart_last_release_m(const ab_chart *map)
{
    ab_xy from = ab__chart_release_m(map), toward = ab__chart_ahead(map);
    double stick_m = ab__chart_has_stick(map) ? map->view->stick->stick_m : 0;

    return (ab_xy){from.x + stick_m * toward.x, from.y + stick_m * toward.y};
}

/* ---- What must be on it ---------------------------------------------------------------------------------- */

static void hold(ab_extent *all, ab_xy m)
{
    all->least.x = fmin(all->least.x, m.x);
    all->least.y = fmin(all->least.y, m.y);
    all->most.x = fmax(all->most.x, m.x);
    all->most.y = fmax(all->most.y, m.y);
}

void ab__chart_hold_shape(ab_extent *all, const ab_chart *map, const ab_shape *shape)
{
    for (int32_t i = 0; i < shape->part_start[shape->part_count]; i++)
        hold(all, ab__chart_metres(map, shape->lon_lat_deg[2 * i], shape->lon_lat_deg[2 * i + 1]));
}

void ab__chart_hold_drop(ab_extent *all, const ab_chart *map)
{
    for (int32_t i = 0; i < map->view->footprint_count; i++)
        ab__chart_hold_shape(all, map, &map->view->footprint[i].shape);
    hold(all, ab__chart_release_m(map));
    hold(all, ab__chart_landing_m(map));
    hold(all, ab__chart_last_release_m(map));
}

double ab__chart_greater_side(const ab_extent *all)
{
    return fmax(all->most.x - all->least.x, all->most.y - all->least.y);
}

/* The ab_xy of a segment that lies nearest to `to`. */
static ab_xy nearest_of(ab_xy a, ab_xy b, ab_xy to)
{
    double length2 = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
    double along = length2 > 0 ? ((to.x - a.x) * (b.x - a.x) + (to.y - a.y) * (b.y - a.y)) / length2 : 0;

    along = fmin(fmax(along, 0), 1);
    return (ab_xy){a.x + along * (b.x - a.x), a.y + along * (b.y - a.y)};
}

/* Exclusions are vast; of those that begin near by a strip is shown, so that a crew sees what lies beside the zone. */
static void hold_exclusions(ab_extent *all, const ab_chart *map)
{
    const ab_exclusion *exclusion = AB_RESULT_ROWS(map->view->input, exclusions, ab_exclusion);
    double side = ab__chart_greater_side(all);
    ab_xy middle = {(all->least.x + all->most.x) / 2, (all->least.y + all->most.y) / 2};

    for (int32_t e = 0; e < AB_RESULT_COUNT(map->view->input, exclusions); e++) {
        const double *at = exclusion[e].shape.lon_lat_deg;
        ab_xy best = {INFINITY, INFINITY};
        for (int32_t i = 0; i + 1 < exclusion[e].shape.part_start[1]; i++) {
            ab_xy near = nearest_of(ab__chart_metres(map, at[2 * i], at[2 * i + 1]), ab__chart_metres(map, at[2 * i + 2], at[2 * i + 3]), middle);
            if (hypot(near.x - middle.x, near.y - middle.y) < hypot(best.x - middle.x, best.y - middle.y))
                best = near;
        }
        double away = hypot(best.x - middle.x, best.y - middle.y);
        if (away < side) /* and a little of what lies behind its edge */
            hold(all, (ab_xy){best.x + 0.06 * side * (best.x - middle.x) / fmax(away, 1), best.y + 0.06 * side * (best.y - middle.y) / fmax(away, 1)});
    }
}

void ab__chart_set_scale(ab_chart *map, const ab_extent *all)
{
    size_t s = 0;

    map->middle_m = (ab_xy){(all->least.x + all->most.x) / 2, (all->least.y + all->most.y) / 2};
    double wanted = fmax((all->most.x - all->least.x) / map->box.w, (all->most.y - all->least.y) / map->box.h) * POINTS_PER_M / 0.84;
    while (s + 1 < sizeof SCALES / sizeof *SCALES && SCALES[s] < wanted)
        s++;
    map->scale = SCALES[s] < wanted ? ceil(wanted / 1e6) * 1e6 : SCALES[s];
    map->points_per_m = POINTS_PER_M / map->scale;
}

void ab__chart_fit(ab_chart *map)
{
    const ab_drop_view *view = map->view;
    ab_extent all = AB_EXTENT_NOTHING;

    if (view->zone) {
        ab__chart_hold_shape(&all, map, &view->zone->shape);
        map->zone_m = (ab_xy){(all.least.x + all.most.x) / 2, (all.least.y + all.most.y) / 2};
    }
    if (ab__drop_is_known(view->drop)) {
        ab__chart_hold_drop(&all, map);
        double run_m = 0.28 * ab__chart_greater_side(&all);
        ab_xy from = ab__chart_release_m(map), toward = ab__chart_ahead(map);
        hold(&all, (ab_xy){from.x - run_m * toward.x, from.y - run_m * toward.y});
    }
    if (all.least.x <= all.most.x)
        hold_exclusions(&all, map);
    if (!(all.least.x <= all.most.x))
        hold(&all, (ab_xy){0, 0});
    ab__chart_set_scale(map, &all);
}
