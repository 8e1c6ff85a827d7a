/* The road nearest to a point, against every segment measured on the ground. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "geo/geodesic.h"
#include "model/road_lines.h"

enum { SEGMENTS = 40, WORLDS = 300 };

static double drawn(uint64_t *seed, double least, double greatest)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return least + (greatest - least) * (double)(*seed >> 40) / (double)(UINT64_C(1) << 24);
}

static double brute_force_m(const ab_road_lines *lines, double lon_deg, double lat_deg)
{
    double best_m = INFINITY, along_frac;
    for (int32_t i = 0; i < lines->count; i++) {
        const ab_road_segment *s = &lines->at[i];
        best_m = fmin(best_m, ab__segment_m(lon_deg, lat_deg, s->lon1_deg, s->lat1_deg, s->lon2_deg,
                                            s->lat2_deg, &along_frac));
    }
    return best_m;
}

/* Worlds of some degrees about a point anywhere but at the poles, on both sides of the date line too. */
static void the_nearest_road_is_the_nearest_of_all(void **state)
{
    uint64_t seed = 2030;
    ab_road_segment at[SEGMENTS];

    (void)state;
    for (int w = 0; w < WORLDS; w++) {
        double lon_deg = w % 10 == 0 ? 179.9 : drawn(&seed, -180, 180);
        double lat_deg = drawn(&seed, -65, 65), wide_deg = w % 3 == 0 ? 3 : 0.2;
        for (int i = 0; i < SEGMENTS; i++) {
            double lon1_deg = remainder(lon_deg + drawn(&seed, -wide_deg, wide_deg), 360);
            double lon2_deg = remainder(lon_deg + drawn(&seed, -wide_deg, wide_deg), 360);
            at[i] = (ab_road_segment){lon1_deg, lat_deg + drawn(&seed, -wide_deg, wide_deg),
                                      lon2_deg, lat_deg + drawn(&seed, -wide_deg, wide_deg),
                                      i,        i};
        }
        /* from one road to fewer and fewer of them, the rest farther away */
        const ab_road_lines lines = {.at = at, .count = 1 + w % SEGMENTS, .line_count = SEGMENTS};
        double lon = remainder(lon_deg + drawn(&seed, -wide_deg, wide_deg), 360);
        double lat = lat_deg + drawn(&seed, -wide_deg, wide_deg);
        double expected_m = brute_force_m(&lines, lon, lat);
        ab_near_road near = ab__road_lines_near(&lines, lon, lat);
        if (fabs(near.away_m - expected_m) > 1e-6)
            fail_msg("world %d: %g m away, not %g", w, near.away_m, expected_m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_road_is_the_nearest_of_all),
    };
    return cmocka_run_group_tests_name("model/road_lines", tests, NULL, NULL);
}
