#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/draw.h"
#include "geo/geodesic.h"

static void assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("found %.9f, expected %.9f within %g", found, expected, tolerance);
}

static void distances_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        double lon1_deg, lat1_deg, lon2_deg, lat2_deg, distance_m, tolerance_m;
    } cases[] = {
        /* Test set of GeographicLib (Karney 2013), computed there in high precision; 1e-7 m: rounding. */
        {-139.44815, 35.60777, -69.95921, -11.17491, 8935244.5604818305, 1e-7},
        {106.05087, 55.52454, 197.18234, 77.03196, 4105086.1713924406, 1e-7},
        {142.59065, -21.97856, 98.56635, 41.84138, 8394328.894657671, 1e-7},
        /* Manual of GeodSolve: New York Kennedy to Singapore Changi, printed to the metre. */
        {-(73 + 46 / 60. + 44 / 3600.), 40 + 38 / 60. + 23 / 3600., 103 + 59 / 60. + 22 / 3600.,
         1 + 21 / 60. + 33 / 3600., 15347628, 0.5},
        /* WGS84 (NGA.STND.0036): quarter of a meridian; a degree of the equator is a pi / 180. */
        {36, 0, 36, 90, 10001965.7293, 1e-4},
        {36, 0, 37, 0, 6378137 * 3.14159265358979323846 / 180, 1e-7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_near(ab__geodesic_m(cases[i].lon1_deg, cases[i].lat1_deg, cases[i].lon2_deg,
                                   cases[i].lat2_deg),
                    cases[i].distance_m, cases[i].tolerance_m);
}

/* Kennedy to Heathrow: 3,451 miles in the tables of airlines. A percent, because airports are kilometres
 * wide; degrees in the wrong order would be thousands of kilometres off. */
static void longitude_comes_first(void **state)
{
    (void)state;
    assert_near(ab__geodesic_m(-73.78, 40.64, -0.45, 51.47), 5554e3, 55e3);
}

/* Simpson's rule over the radius of curvature of the meridian, a (1 - e²) / (1 - e² sin²)^(3/2): shares
 * nothing with the series under test. 1e-5 m: the rule's own error on 2,000 pieces is far less. */
static void along_a_meridian_the_distance_is_the_integral_of_the_curvature(void **state)
{
    (void)state;
    const double f = 1 / 298.257223563;
    const double e2 = f * (2 - f);
    const double deg = 3.14159265358979323846 / 180;
    for (double north_deg = -80; north_deg <= 85; north_deg += 15) {
        const double south_deg = -85;
        const int pieces = 2000;
        double step = (north_deg - south_deg) * deg / pieces;
        double sum = 0;
        for (int i = 0; i <= pieces; i++) {
            double sine = sin(south_deg * deg + i * step);
            double weight = i == 0 || i == pieces ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * 6378137 * (1 - e2) / pow(1 - e2 * sine * sine, 1.5);
        }
        assert_near(ab__geodesic_m(38, south_deg, 38, north_deg), sum * step / 3, 1e-5);
    }
}

static void distance_is_symmetric_and_has_its_bounds(void **state)
{
    (void)state;
    uint64_t draws = 1;
    for (int i = 0; i < 5000; i++) {
        double lon[3], lat[3];
        for (int j = 0; j < 3; j++) {
            lon[j] = draw_between(&draws, -180, 180);
            lat[j] = draw_between(&draws, -90, 90);
        }
        double there_m = ab__geodesic_m(lon[0], lat[0], lon[1], lat[1]);
        assert_near(ab__geodesic_m(lon[1], lat[1], lon[0], lat[0]), there_m, 1e-6);
        assert_true(there_m > 0 && there_m <= 2.01e7);
        double detour_m = ab__geodesic_m(lon[0], lat[0], lon[2], lat[2]) +
                          ab__geodesic_m(lon[2], lat[2], lon[1], lat[1]);
        assert_true(there_m <= detour_m + 1e-6);
        assert_true(ab__geodesic_m(lon[0], lat[0], lon[0], lat[0]) == 0);
        assert_near(ab__geodesic_m(lon[0] + 360, lat[0], lon[1], lat[1]), there_m, 1e-6);
    }
}

static void opposite_points_are_half_the_globe_apart(void **state)
{
    (void)state;
    assert_near(ab__geodesic_m(0, -90, 0, 90), 20003931.4586, 1e-4);
    /* On the equator the shortest way to the other side leads over a pole. */
    assert_near(ab__geodesic_m(0, 0, 180, 0), 20003931.4586, 1e-4);
    /* The antimeridian is no border. */
    assert_near(ab__geodesic_m(179.5, 0, -179.5, 0), ab__geodesic_m(36, 0, 37, 0), 1e-6);
}

static void a_point_between_parts_the_way(void **state)
{
    (void)state;
    uint64_t draws = 2;
    for (int i = 0; i < 3000; i++) {
        double lon1 = draw_between(&draws, -180, 180), lat1 = draw_between(&draws, -89, 89);
        double lon2 = draw_between(&draws, -180, 180), lat2 = draw_between(&draws, -89, 89);
        double frac = draw_between(&draws, 0, 1);
        double lon = 0, lat = 0;
        ab__geodesic_between(lon1, lat1, lon2, lat2, frac, &lon, &lat);
        double whole_m = ab__geodesic_m(lon1, lat1, lon2, lat2);
        assert_near(ab__geodesic_m(lon1, lat1, lon, lat), frac * whole_m, 1e-5);
        assert_near(ab__geodesic_m(lon, lat, lon2, lat2), (1 - frac) * whole_m, 1e-5);
        assert_true(lon >= -180 && lon <= 180);
    }
}

static void the_ends_of_a_line_are_exact(void **state)
{
    (void)state;
    double lon = 0, lat = 0;
    ab__geodesic_between(38.1, 34.2, 40.3, 35.4, 0, &lon, &lat);
    assert_true(lon == 38.1 && lat == 34.2);
    ab__geodesic_between(38.1, 34.2, 40.3, 35.4, 1, &lon, &lat);
    assert_true(lon == 40.3 && lat == 35.4);
}

/* The nearest point by golden-section search; distance to a point along a geodesic of less than half the
 * globe has one minimum where the point is near. */
static double nearest_m(double lon, double lat, const double ends[4], double *along_frac)
{
    const double golden = 0.6180339887498949;
    double low = 0, high = 1;
    double best_m = INFINITY;
    for (int i = 0; i < 80; i++) {
        double at[2] = {high - golden * (high - low), low + golden * (high - low)};
        double distance_m[2];
        for (int j = 0; j < 2; j++) {
            double at_lon, at_lat;
            ab__geodesic_between(ends[0], ends[1], ends[2], ends[3], at[j], &at_lon, &at_lat);
            distance_m[j] = ab__geodesic_m(lon, lat, at_lon, at_lat);
        }
        best_m = fmin(best_m, fmin(distance_m[0], distance_m[1]));
        *(distance_m[0] < distance_m[1] ? &high : &low) = at[distance_m[0] < distance_m[1] ? 1 : 0];
    }
    *along_frac = (low + high) / 2;
    return best_m;
}

static void check_segments(double reach_deg, double relative, int count)
{
    uint64_t draws = 3;
    for (int i = 0; i < count; i++) {
        double lat = draw_between(&draws, -60, 60);
        double lon = draw_between(&draws, -180, 180);
        double wide_deg = reach_deg / cos(lat * 3.14159265358979323846 / 180);
        double ends[4];
        for (int j = 0; j < 4; j += 2) {
            ends[j] = lon + draw_between(&draws, -wide_deg, wide_deg);
            ends[j + 1] = lat + draw_between(&draws, -reach_deg, reach_deg);
        }
        double along = -1, expected_along = -1;
        double found_m = ab__segment_m(lon, lat, ends[0], ends[1], ends[2], ends[3], &along);
        double expected_m = nearest_m(lon, lat, ends, &expected_along);
        double length_m = ab__geodesic_m(ends[0], ends[1], ends[2], ends[3]);
        /* 0.2 m: the search's own resolution beside a flat minimum */
        assert_near(found_m, expected_m, relative * expected_m + 0.2);
        assert_true(along >= 0 && along <= 1);
        assert_near(along * length_m, expected_along * length_m,
                    relative * (length_m + expected_m) + 20);
    }
}

static void a_point_finds_the_nearest_place_on_a_road(void **state)
{
    (void)state;
    check_segments(0.9, 1e-4, 400); /* about 100 km */
    check_segments(6, 1e-3, 400);   /* about 1,000 km to a corner */
}

static void beyond_its_ends_a_road_is_as_far_as_its_end(void **state)
{
    (void)state;
    double along = -1;
    assert_near(ab__segment_m(35, 34, 36, 34, 37, 34, &along), ab__geodesic_m(35, 34, 36, 34),
                1e-9);
    assert_true(along == 0);
    assert_near(ab__segment_m(38, 34, 36, 34, 37, 34, &along), ab__geodesic_m(38, 34, 37, 34),
                1e-9);
    assert_true(along == 1);
}

static void a_road_without_length_is_a_point(void **state)
{
    (void)state;
    double along = -1;
    assert_near(ab__segment_m(36, 34, 36.5, 34.5, 36.5, 34.5, &along),
                ab__geodesic_m(36, 34, 36.5, 34.5), 1e-9);
    assert_true(along == 0);
    assert_near(ab__segment_m(36, 34, 36, 34, 36, 34, &along), 0, 0);
}

static void a_point_on_the_road_is_no_distance_from_it(void **state)
{
    (void)state;
    uint64_t draws = 4;
    for (int i = 0; i < 300; i++) {
        double lon1 = draw_between(&draws, 36, 38), lat1 = draw_between(&draws, 33, 35);
        double lon2 = draw_between(&draws, 36, 38), lat2 = draw_between(&draws, 33, 35);
        double frac = draw_between(&draws, 0, 1);
        double lon = 0, lat = 0, along = -1;
        ab__geodesic_between(lon1, lat1, lon2, lat2, frac, &lon, &lat);
        assert_near(ab__segment_m(lon, lat, lon1, lat1, lon2, lat2, &along), 0,
                    1); /* the ellipsoid is no sphere */
        assert_near(along, frac, 1e-4);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distances_are_the_published_ones),
        cmocka_unit_test(longitude_comes_first),
        cmocka_unit_test(along_a_meridian_the_distance_is_the_integral_of_the_curvature),
        cmocka_unit_test(distance_is_symmetric_and_has_its_bounds),
        cmocka_unit_test(opposite_points_are_half_the_globe_apart),
        cmocka_unit_test(a_point_between_parts_the_way),
        cmocka_unit_test(the_ends_of_a_line_are_exact),
        cmocka_unit_test(a_point_finds_the_nearest_place_on_a_road),
        cmocka_unit_test(beyond_its_ends_a_road_is_as_far_as_its_end),
        cmocka_unit_test(a_road_without_length_is_a_point),
        cmocka_unit_test(a_point_on_the_road_is_no_distance_from_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
