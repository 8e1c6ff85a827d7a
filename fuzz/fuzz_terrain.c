/* Any bytes as terrain, read in a child: a raster whose heights are heights, or refused with words. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "io/terrain.h"
#include "weather.h"

static void check_terrain(const ab_terrain *t)
{
    int64_t voids = 0;

    must(t->lons > 0 && t->lats > 0 && t->step_lon_deg > 0 && t->step_lat_deg < 0,
         "rows run from north to south");
    for (size_t i = 0; i < (size_t)t->lons * (size_t)t->lats; i++) {
        voids += isnan(t->height_msl_m[i]);
        must(isnan(t->height_msl_m[i]) || fabsf(t->height_msl_m[i]) <= 12000, "a height is one");
    }
    must(voids == t->voids - t->filled, "voids are counted");
    double corner = ab_terrain_height_m(t, t->lon_deg, t->lat_deg);
    must(isnan(corner) ? isnan(t->height_msl_m[0]) : (float)corner == t->height_msl_m[0],
         "a corner has its height");
    must(isnan(ab_terrain_height_m(t, t->lon_deg - t->step_lon_deg, t->lat_deg)),
         "nothing is known outside");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ab_buf bytes = AB_BUF_INIT;
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(100);
    ab_terrain *terrain = NULL;

    share_counters();
    ab__buf_add_n(&bytes, (const char *)data, size);
    must(issues != NULL && !bytes.failed, "there is memory");
    ab_status status = ab__terrain_read_shut_in("N35E036.hgt", &bytes, NULL, 5000, FUZZ_SECONDS,
                                                &terrain, issues, &err);
    must((status == AB_OK) == (terrain != NULL), "it is read, or refused");
    check_told(status, &err, issues);
    if (terrain != NULL)
        check_terrain(terrain);
    ab_terrain_free(terrain);
    ab_issues_free(issues);
    ab__buf_free(&bytes);
    return 0;
}
