/* Drop zones: near their place, on ground that is free, large enough. And what lies where it must not. */
#include <math.h>

#include "base/c_locale.h"
#include "geo/geodesic.h"
#include "geo/ring_crossing.h"
#include "geo/wkt.h"
#include "model/check.h"

/* What falls must be fetched by people on foot, or by the few cars of a besieged place: 15 km is a day there
 * and back. On record are zones within some 8 km (data/facts/aircraft.csv: loads drift up to 5 km). */
static const double FETCHED_M = 15000;
/* WFP: 1 to 210 football fields by height of release, 0.7 to 150 hectares. */
static const double SMALLEST_HA = 0.7;
/* Compared with one another, or with a point; larger operations go without these warnings. */
static const int64_t EDGE_PAIRS_MOST = 20000000;
static const double M_PER_DEG = 111195; /* of a sphere of 6,371 km */
static const double DEG = 3.14159265358979323846 / 180;

static const double *outer_ring(const ab_shape *shape, int32_t *count)
{
    *count = shape->part_start[1];
    return shape->lon_lat_deg;
}

/* 0 inside. */
static double away_m(const ab_shape *zone, double lon_deg, double lat_deg)
{
    int32_t count;
    const double *ring = outer_ring(zone, &count);
    double least_m = INFINITY, along;
    if (ab__ring_holds(ring, count, lon_deg, lat_deg))
        return 0;
    for (int32_t v = 0; v + 1 < count; v++, ring += 2)
        least_m = fmin(least_m,
                       ab__segment_m(lon_deg, lat_deg, ring[0], ring[1], ring[2], ring[3], &along));
    return least_m;
}

static double area_ha(const ab_shape *zone)
{
    int32_t count;
    const double *ring = outer_ring(zone, &count);
    double twice_deg2 = 0;
    for (int32_t v = 1; v + 1 < count; v++) {
        const double *a = ring + 2 * (size_t)v;
        twice_deg2 += (a[0] - ring[0]) * (a[3] - ring[1]) - (a[2] - ring[0]) * (a[1] - ring[1]);
    }
    return fabs(twice_deg2) / 2 * M_PER_DEG * M_PER_DEG * cos(ring[1] * DEG) / 1e4;
}

static ab_finding in_zone(int32_t code, int32_t row, const char *found, const char *hint)
{
    return (ab_finding){.code = code,
                        .table = AB_TABLE_dropzones,
                        .row = row,
                        .column = AB_COL_dropzone_shape,
                        .found = found,
                        .hint = hint};
}

static void check_away(ab_check *check, int32_t row)
{
    const ab_dropzone *zone = &check->op->dropzones.at[row];
    if (zone->place < 0)
        return;
    double lon_deg, lat_deg;
    if (!ab__check_position(check, AB_TABLE_places, zone->place, &lon_deg, &lat_deg))
        return;
    double m = away_m(&zone->shape, lon_deg, lat_deg);
    if (m <= FETCHED_M)
        return;
    char found[64];
    (void)ab__c_snprintf(found, sizeof found, "%.0f km away", m / 1000);
    ab__check_expect(check,
                     in_zone(AB_ISSUE_ZONE_AWAY, row, found, "compare zone and place on the map"),
                     "a zone within %.0f km of %s, from where its loads are fetched",
                     FETCHED_M / 1000, check->op->places.at[zone->place].id);
}

static void check_small(ab_check *check, int32_t row)
{
    double ha = area_ha(&check->op->dropzones.at[row].shape);
    char found[64];
    if (ha >= SMALLEST_HA || ha <= 0)
        return; /* one without area is no polygon, which is said elsewhere */
    (void)ab__c_snprintf(found, sizeof found, "%.2g ha", ha);
    ab__check_expect(
        check, in_zone(AB_ISSUE_ZONE_SMALL, row, found, "most loads would fall outside it"),
        "%.2g hectares or more, a football field, the smallest zone in use", SMALLEST_HA);
}

static void check_overlap(ab_check *check, int32_t row, int64_t *budget)
{
    int32_t count, other_count;
    const double *ring = outer_ring(&check->op->dropzones.at[row].shape, &count);
    for (int32_t e = 0; e < check->op->exclusions.count; e++) {
        const ab_exclusion *exclusion = &check->op->exclusions.at[e];
        if (exclusion->shape.kind != AB_SHAPE_POLYGON)
            continue;
        const double *other = outer_ring(&exclusion->shape, &other_count);
        if (!ab__rings_overlap(ring, count, other, other_count, budget))
            continue;
        ab__check_expect(check,
                         in_zone(AB_ISSUE_ZONE_EXCLUDED, row, exclusion->id,
                                 "draw the zone without that ground"),
                         "ground outside every exclusion");
        return;
    }
}

/* Places are built-up by nature; nothing else should lie in an exclusion. */
static void check_inside(ab_check *check, int32_t table, int32_t row, int64_t *budget)
{
    int32_t count;
    double lon_deg, lat_deg;
    if (!ab__check_position(check, table, row, &lon_deg, &lat_deg))
        return;
    for (int32_t e = 0; e<check->op->exclusions.count && * budget> 0; e++) {
        const ab_exclusion *exclusion = &check->op->exclusions.at[e];
        if (exclusion->shape.kind != AB_SHAPE_POLYGON || exclusion->kind < 0 ||
            exclusion->kind == AB_EXCLUSION_BUILT_UP)
            continue;
        const double *ring = outer_ring(&exclusion->shape, &count);
        *budget -= count;
        if (!ab__ring_encloses(ring, count, lon_deg, lat_deg))
            continue;
        ab__check_expect(
            check,
            (ab_finding){.code = AB_ISSUE_IN_EXCLUSION,
                         .table = table,
                         .row = row,
                         .column = ab_table_find(&check->data.schema->tables[table], "lon_deg"),
                         .found = exclusion->id,
                         .hint = "correct the position, or the polygon"},
            "a position on ground that is not %s",
            ab_codes_exclusion_kind.codes[exclusion->kind].word);
        return;
    }
}

void ab__check_zones(ab_check *check)
{
    const ab_operation *op = check->op;
    int64_t budget = EDGE_PAIRS_MOST;
    for (int32_t r = 0; r < op->dropzones.count; r++) {
        if (op->dropzones.at[r].shape.kind != AB_SHAPE_POLYGON ||
            ab__check_told(check, AB_TABLE_dropzones, r, AB_COL_dropzone_shape))
            continue;
        check_away(check, r);
        check_small(check, r);
        check_overlap(check, r, &budget);
    }
    for (int32_t r = 0; r < op->hubs.count; r++)
        check_inside(check, AB_TABLE_hubs, r, &budget);
    for (int32_t r = 0; r < op->places.count; r++)
        check_inside(check, AB_TABLE_places, r, &budget);
}
