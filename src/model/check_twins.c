/* Hubs, and places, that lie at the same point: mostly one thing entered twice. */
#include <math.h>
#include <stdlib.h>

#include "geo/geodesic.h"
#include "model/check.h"

static const double NEAR_M = 50;
/* A little more than NEAR_M in degrees of latitude, of which the shortest is 110,574 m. */
static const double BAND_DEG = 0.0005;
static const double DEG = 3.14159265358979323846 / 180;
/* Crowds a little farther apart than near would be compared each with each. */
enum { COMPARED_MOST = 20000000 };

/* Points are sorted into bands of latitude, and by longitude within a band: what is near lies in the
 * same band or the next ones, and not many steps away. */
typedef struct site {
    int64_t band;
    double lon_deg, lat_deg;
    int32_t row;
} site;

typedef struct sites {
    site *at;
    int32_t count;
} sites;

static int by_band(const void *left, const void *right)
{
    const site *a = left, *b = right;
    if (a->band != b->band)
        return a->band < b->band ? -1 : 1;
    if (a->lon_deg != b->lon_deg)
        return a->lon_deg < b->lon_deg ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

/* The first site at or after (band, lon). */
static int32_t first_from(const sites *in, int64_t band, double lon_deg)
{
    int32_t low = 0, high = in->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        const site *at = &in->at[middle];
        if (at->band < band || (at->band == band && at->lon_deg < lon_deg))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A row before this one's that lies within NEAR_M, or -1; none is found once `budget` is spent. */
static int32_t earlier_near(const sites *in, const site *of, int64_t *budget)
{
    /* A degree of longitude is cos(lat) as long; at the poles every longitude is near. */
    double width_deg = BAND_DEG / fmax(cos((fabs(of->lat_deg) + BAND_DEG) * DEG), BAND_DEG / 360);
    for (int64_t band = of->band - 1; band <= of->band + 1; band++) {
        for (int32_t i = first_from(in, band, of->lon_deg - width_deg);
             i < in->count && in->at[i].band == band &&
             in->at[i].lon_deg <= of->lon_deg + width_deg && *budget > 0;
             i++, --*budget) {
            const site *other = &in->at[i];
            if (other->row < of->row &&
                ab__geodesic_m(of->lon_deg, of->lat_deg, other->lon_deg, other->lat_deg) <= NEAR_M)
                return other->row;
        }
    }
    return -1;
}

static void check_table(ab_check *check, int32_t table, int32_t lon, int32_t lat)
{
    int32_t count = check->data.rows[table].count;
    sites all = {AB_NEW(check->work, site, count), 0};
    if (all.at == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t r = 0; r < count; r++) {
        double lon_deg = ab__check_si(check, table, r, lon);
        double lat_deg = ab__check_si(check, table, r, lat);
        if (!isnan(lon_deg) && !isnan(lat_deg))
            all.at[all.count++] = (site){(int64_t)floor(lat_deg / BAND_DEG), lon_deg, lat_deg, r};
    }
    qsort(all.at, (size_t)all.count, sizeof *all.at, by_band);
    int64_t budget = COMPARED_MOST;
    for (int32_t i = 0; i < all.count; i++) {
        int32_t other = earlier_near(&all, &all.at[i], &budget);
        if (other < 0)
            continue;
        const ab_row_head *head = ab__check_row(check, table, other);
        ab_buf hint = AB_BUF_INIT, found = AB_BUF_INIT;
        ab__buf_printf(&hint, "line %d lies there already", (int)head->line);
        ab__buf_printf(&found, "%.9g %.9g", all.at[i].lon_deg, all.at[i].lat_deg);
        ab__check_raise(check, (ab_finding){.code = AB_ISSUE_SAME_PLACE_TWICE,
                                            .table = table,
                                            .row = all.at[i].row,
                                            .column = lon,
                                            .expected = "a point of its own, 50 m from any other",
                                            .found = ab__buf_text(&found),
                                            .hint = ab__buf_text(&hint)});
        ab__buf_free(&hint);
        ab__buf_free(&found);
    }
}

void ab__check_twins(ab_check *check)
{
    check_table(check, AB_TABLE_hubs, AB_COL_hub_lon_deg, AB_COL_hub_lat_deg);
    check_table(check, AB_TABLE_places, AB_COL_place_lon_deg, AB_COL_place_lat_deg);
}
