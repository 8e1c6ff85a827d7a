/* That a place lies in the area of its P-code: the area of that code, or of the longest one that it begins
 * with. Where there is no polygon, the area's centre and size stand in for it. */
#include <math.h>
#include <string.h>

#include "base/c_locale.h"
#include "geo/geodesic.h"
#include "geo/wkt.h"
#include "model/check.h"

/* How far from its centre an area reaches, in radii of a circle as large. Of the polygons of Syria's 14
 * governorates (Natural Earth) the longest reaches 2.97; of 272 sub-districts' centres in their districts the
 * outermost lies at 2.12, and the 18 places of examples/syria-2016 at 1.61 at most. */
static const double REACH_RADII = 3;
/* Borders are drawn, and positions rounded, to about so much. */
static const double SLACK_M = 1000;
static const double PI = 3.14159265358979323846;

static double outside_polygon_m(const ab_area *area, double lon_deg, double lat_deg)
{
    ab_wkt polygon = {AB_WKT_POLYGON, area->shape.part_count, area->shape.part_start,
                      area->shape.lon_lat_deg};
    if (ab__polygon_holds(&polygon, lon_deg, lat_deg))
        return 0;
    double least_m = INFINITY, along;
    for (int32_t part = 0; part < polygon.part_count; part++)
        for (int32_t v = polygon.part_start[part]; v + 1 < polygon.part_start[part + 1]; v++) {
            const double *a = polygon.lon_lat_deg + 2 * (size_t)v;
            least_m =
                fmin(least_m, ab__segment_m(lon_deg, lat_deg, a[0], a[1], a[2], a[3], &along));
        }
    return least_m;
}

/* Metres from the area, as far as it is known; NaN where nothing says where it lies. */
static double outside_m(const ab_area *area, double lon_deg, double lat_deg)
{
    if (area->shape.kind == AB_SHAPE_POLYGON)
        return outside_polygon_m(area, lon_deg, lat_deg);
    if (isnan(area->lon_deg) || isnan(area->lat_deg) || isnan(area->area_m2))
        return NAN;
    double from_centre_m = ab__geodesic_m(lon_deg, lat_deg, area->lon_deg, area->lat_deg);
    return fmax(0, from_centre_m - REACH_RADII * sqrt(area->area_m2 / PI));
}

static int compare(const char *id, const char *code, size_t size)
{
    int order = strncmp(id, code, size);
    return order != 0 ? order : id[size] != '\0';
}

/* The first of the areas whose code is the first `size` letters of `code`, or index->count. */
static int32_t first_of(const ab_index *index, const char *code, size_t size)
{
    int32_t low = 0, high = index->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (compare(index->at[middle].id, code, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < index->count && compare(index->at[low].id, code, size) == 0 ? low : index->count;
}

static void check_place(ab_check *check, const ab_index *index, int32_t row)
{
    const ab_place *place = &check->op->places.at[row];
    int32_t first = index->count;
    double lon_deg, lat_deg;
    if (!ab__check_position(check, AB_TABLE_places, row, &lon_deg, &lat_deg))
        return;
    size_t size = strlen(place->pcode);
    for (; size > 1 && first == index->count; size--)
        first = first_of(index, place->pcode, size);
    if (first == index->count)
        return;
    const ab_area *area = &check->op->areas.at[index->at[first].row];
    double least_m = INFINITY; /* from the nearest part of the area */
    for (int32_t i = first; i < index->count && strcmp(index->at[i].id, index->at[first].id) == 0;
         i++)
        least_m =
            fmin(least_m, outside_m(&check->op->areas.at[index->at[i].row], lon_deg, lat_deg));
    if (!(least_m > SLACK_M) || isinf(least_m))
        return;
    char hint[96];
    (void)ab__c_snprintf(hint, sizeof hint, "%.9g %.9g lies %.0f km outside it: which is wrong?",
                         lon_deg, lat_deg, least_m / 1000);
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_PCODE_ELSEWHERE,
                                  .table = AB_TABLE_places,
                                  .row = row,
                                  .column = AB_COL_place_pcode,
                                  .hint = hint},
                     "the code of the area in which the place lies, not of %s%s%s", area->pcode,
                     area->name[0] != '\0' ? ", " : "", area->name);
}

void ab__check_areas(ab_check *check)
{
    int32_t count = check->op->areas.count;
    ab_index index = {.at = AB_NEW(check->work, ab_index_entry, count)};
    if (index.at == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t r = 0; r < count; r++)
        if (check->op->areas.at[r].pcode[0] != '\0')
            index.at[index.count++] = (ab_index_entry){check->op->areas.at[r].pcode, r};
    ab__index_sort(&index);
    for (int32_t r = 0; r < check->op->places.count; r++)
        check_place(check, &index, r);
}
