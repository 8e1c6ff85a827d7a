/* The sun, the plane, and contours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <math.h>

#include "drop/plane.h"
#include "drop/region.h"
#include "drop/sun.h"
#include "geo/geodesic.h"
#include "geo/wkt.h"

static const double PI = 3.14159265358979323846;

static double elevation(const char *at, double lon_deg, double lat_deg)
{
    ab_time t;
    assert_true(ab_time_parse(at, &t, NULL));
    return ab__sun_elevation_deg(t, lon_deg, lat_deg);
}

static void the_sun_stands_where_almanacs_say(void **state)
{
    (void)state;
    /* At the pole it stands as high as its declination; Meeus, example 25.a: -7.78507. */
    assert_true(fabs(elevation("1992-10-13T00:00Z", 0, 90) + 7.785) < 0.02);
    /* Solstices: 23.44 degrees; noon at Greenwich on 2030-06-21 comes two minutes late. */
    assert_true(fabs(elevation("2030-06-21T12:02Z", 0, 23.44) - 90) < 0.1);
    assert_true(fabs(elevation("2030-12-21T12:00Z", 0, 90) + 23.44) < 0.02);
    assert_true(elevation("2030-03-02T00:00Z", 0, 34) < -40);
    /* An equinox: up for half a day, and as high at noon as the latitude leaves over (to 0.4 degrees: it moves). */
    assert_true(fabs(elevation("2030-03-20T12:07Z", 0, 34) - 56) < 0.4);
    assert_true(fabs(elevation("2030-03-20T06:07Z", 0, 0)) < 0.4);
}

static void the_plane_is_the_ellipsoid_near_by(void **state)
{
    (void)state;
    for (double lat = -70; lat <= 70; lat += 20) {
        ab__plane plane = ab__plane_at(179.95, lat);
        for (int k = 0; k < 8; k++) {
            double e = 20000 * cos(k * PI / 4), n = 20000 * sin(k * PI / 4), lon2, lat2, e2, n2;
            ab__plane_from(&plane, e, n, &lon2, &lat2);
            assert_true(lon2 <= 180 && lon2 >= -180);
            assert_true(fabs(ab__geodesic_m(179.95, lat, lon2, lat2) - 20000) < 0.01 * 20000);
            ab__plane_to(&plane, lon2, lat2, &e2, &n2);
            assert_true(fabs(e - e2) < 1e-6 && fabs(n - n2) < 1e-6);
        }
    }
}

static double gauss(uint64_t *seed)
{
    double sum = 0;
    for (int i = 0; i < 12; i++) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        sum += (double)(*seed >> 40) / (1 << 24);
    }
    return sum - 6;
}

/* Is a point in an odd number of rings? */
static bool within(const ab_region *r, double lon, double lat)
{
    const double *ring = r->lon_lat_deg;
    bool in = false;
    for (int32_t k = 0; k < r->ring_count; ring += 2 * r->ring_points[k++]) {
        in ^= ab__ring_holds(ring, r->ring_points[k], lon, lat);
        assert_true(ring[0] == ring[2 * r->ring_points[k] - 2] && ring[1] == ring[2 * r->ring_points[k] - 1]);
    }
    return in;
}

enum { POINTS = 60000 };

static void check_regions(const float *e, const float *n, int64_t points, double area90_m2, int32_t rings)
{
    static const double holds[3] = {0.5, 0.9, 0.95};
    ab_arena *arena = ab__arena_new();
    ab__plane plane = ab__plane_at(40, 35);
    ab_region region[3];
    assert_true(ab__regions_of(&plane, e, n, points, holds, 3, arena, arena, region));
    for (int k = 0; k < 3; k++) {
        double in = 0, lon, lat;
        for (int64_t i = 0; i < points; i++) {
            ab__plane_from(&plane, (double)e[i], (double)n[i], &lon, &lat);
            in += within(&region[k], lon, lat);
        }
        if (fabs(in / (double)points - holds[k]) > 0.015)
            fail_msg("the region for %g holds %g", holds[k], in / (double)points);
        assert_true(region[k].area_m2 > 0 && (k == 0 || region[k].area_m2 > region[k - 1].area_m2));
    }
    if (area90_m2 > 0)
        assert_true(fabs(region[1].area_m2 / area90_m2 - 1) < 0.1);
    if (rings > 0)
        assert_int_equal(region[0].ring_count, rings);
    ab__arena_free(arena);
}

static void regions_hold_their_share(void **state)
{
    (void)state;
    static float e[POINTS], n[POINTS];
    uint64_t seed = 7;
    for (int i = 0; i < POINTS; i++) {
        e[i] = (float)(300 * gauss(&seed));
        n[i] = (float)(150 * gauss(&seed));
    }
    check_regions(e, n, POINTS, -2 * PI * 300 * 150 * log(0.1), 0);
    for (int i = 0; i < POINTS; i++) /* two heaps */
        e[i] += i % 2 ? 5000 : 0;
    check_regions(e, n, POINTS, 0, 2);
    for (int i = 0; i < POINTS; i++) { /* a ring has a hole */
        double a = 2 * PI * i / POINTS, r = 1000 + 60 * gauss(&seed);
        e[i] = (float)(r * cos(a));
        n[i] = (float)(r * sin(a));
    }
    check_regions(e, n, POINTS, 0, 0);
}

static void one_landing_has_a_region(void **state)
{
    (void)state;
    static const double holds[3] = {0.5, 0.9, 0.95};
    float e = 12, n = -7;
    ab_arena *arena = ab__arena_new();
    ab__plane plane = ab__plane_at(40, 35);
    ab_region region[3];
    assert_true(ab__regions_of(&plane, &e, &n, 1, holds, 3, arena, arena, region));
    for (int k = 0; k < 3; k++)
        assert_true(region[k].ring_count == 1 && region[k].area_m2 > 0 && region[k].area_m2 < 400);
    ab__arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sun_stands_where_almanacs_say),
        cmocka_unit_test(the_plane_is_the_ellipsoid_near_by),
        cmocka_unit_test(regions_hold_their_share),
        cmocka_unit_test(one_landing_has_a_region),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
