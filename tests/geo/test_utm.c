#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "geo/utm.h"

static const double DEG = 3.14159265358979323846 / 180;

static void assert_near(double found, double expected, double tolerance)
{
    if (!(fabs(found - expected) <= tolerance))
        fail_msg("found %.6f, expected %.6f within %g", found, expected, tolerance);
}

static void assert_words(double angle_deg, char positive, char negative, const char *expected)
{
    ab_buf out = AB_BUF_INIT;

    ab__dms_add(&out, angle_deg, positive, negative);
    assert_string_equal(ab__buf_text(&out), expected);
    ab__buf_free(&out);
}

static void places_lie_where_they_are_published(void **state)
{
    (void)state;
    static const struct {
        double lon_deg, lat_deg;
        int zone;
        bool south;
        double east_m, north_m, tolerance_m;
    } cases[] = {
        /* Manual of GeoConvert (GeographicLib): 33.3 44.4 is 38n 444140.54 3684706.36. */
        {44.4, 33.3, 38, false, 444140.54, 3684706.36, 0.01},
        /* On the equator and the central meridian by definition: 500 km east, and 10,000 km north in the south. */
        {39, 0, 37, false, 500000, 0, 1e-6},
        {39, -1e-12, 37, true, 500000, 10000000, 1e-5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ab_utm utm;
        assert_true(ab__utm_from(cases[i].lon_deg, cases[i].lat_deg, &utm));
        assert_int_equal(utm.zone, cases[i].zone);
        assert_int_equal(utm.south, cases[i].south);
        assert_near(utm.east_m, cases[i].east_m, cases[i].tolerance_m);
        assert_near(utm.north_m, cases[i].north_m, cases[i].tolerance_m);
    }
}

/* The series of Krueger (1912) to the fourth order, as in Karney (2011), "Transverse Mercator with an accuracy of a few
 * nanometers", equations 7 to 11 and 35: shares nothing with PROJ but the ellipsoid. Better than a micrometre within a zone. */
static void krueger(double lon_deg, double lat_deg, int zone, double *east_m, double *north_m)
{
    const double f = 1 / 298.257223563, n = f / (2 - f), e = sqrt(f * (2 - f)), a = 6378137;
    const double alpha[] = {n / 2 - 2 * n * n / 3 + 5 * n * n * n / 16 + 41 * n * n * n * n / 180,
                            13 * n * n / 48 - 3 * n * n * n / 5 + 557 * n * n * n * n / 1440,
                            61 * n * n * n / 240 - 103 * n * n * n * n / 140, 49561 * n * n * n * n / 161280};
    double radius = a / (1 + n) * (1 + n * n / 4 + n * n * n * n / 64);
    double lambda = (lon_deg - (6 * zone - 183)) * DEG, tau = tan(lat_deg * DEG);
    double sigma = sinh(e * atanh(e * tau / hypot(1, tau)));
    double conformal = tau * hypot(1, sigma) - sigma * hypot(1, tau);
    double xi = atan2(conformal, cos(lambda)), eta = asinh(sin(lambda) / hypot(conformal, cos(lambda)));
    double x = eta, y = xi;

    for (int k = 1; k <= 4; k++) {
        y += alpha[k - 1] * sin(2 * k * xi) * cosh(2 * k * eta);
        x += alpha[k - 1] * cos(2 * k * xi) * sinh(2 * k * eta);
    }
    *east_m = 500000 + 0.9996 * radius * x;
    *north_m = 0.9996 * radius * y + (lat_deg < 0 ? 1e7 : 0);
}

static void everywhere_it_is_the_series_of_krueger(void **state)
{
    (void)state;
    for (double lat_deg = -79.5; lat_deg <= 83.5; lat_deg += 3.7)
        for (double lon_deg = -179.9; lon_deg <= 179.9; lon_deg += 2.3) {
            ab_utm utm;
            double east_m, north_m;
            assert_true(ab__utm_from(lon_deg, lat_deg, &utm));
            krueger(lon_deg, lat_deg, utm.zone, &east_m, &north_m);
            assert_near(utm.east_m, east_m, 1e-3);
            assert_near(utm.north_m, north_m, 1e-3);
        }
}

static void norway_and_svalbard_have_zones_of_their_own(void **state)
{
    static const struct {
        double lon_deg, lat_deg;
        int zone;
    } cases[] = {{4, 60, 32}, {4, 55, 31}, {2.9, 60, 31}, {8.9, 78, 31}, {9, 78, 33}, {21, 78, 35}, {33, 78, 37}, {41.9, 78, 37},
                 {42, 78, 38}, {180, 10, 1}, {-180, 10, 1}};
    ab_utm utm;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(ab__utm_from(cases[i].lon_deg, cases[i].lat_deg, &utm));
        assert_int_equal(utm.zone, cases[i].zone);
    }
    assert_true(ab__utm_from(0, 84, &utm));
    assert_false(utm.south);
    assert_false(ab__utm_from(0, 84.1, &utm));
    assert_false(ab__utm_from(0, -80.1, &utm));
    assert_false(ab__utm_from(NAN, 10, &utm));
}

/* The letter is the hemisphere: Baghdad lies in band S, and Goma in band M, which nobody is to take for a hemisphere. */
static void it_is_written_as_crews_read_it(void **state)
{
    static const struct {
        double lon_deg, lat_deg;
        const char *words;
    } cases[] = {{44.4, 33.3, "38N 444141 E 3684706 N"}, {29.23, -1.68, "35S "}, {39, 0, "37N 500000 E 0 N"}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ab_utm utm;
        ab_buf out = AB_BUF_INIT;
        assert_true(ab__utm_from(cases[i].lon_deg, cases[i].lat_deg, &utm));
        ab__utm_add(&out, &utm);
        assert_memory_equal(ab__buf_text(&out), cases[i].words, strlen(cases[i].words));
        ab__buf_free(&out);
    }
}

/* 59.99" is never shown as 60". */
static void seconds_never_reach_sixty(void **state)
{
    (void)state;
    assert_words(35.34, 'N', 'S', "35\u00b020'24.0\"N");
    assert_words(-0.5, 'E', 'W', "0\u00b030'00.0\"W");
    assert_words(12.9999999, 'N', 'S', "13\u00b000'00.0\"N");
    assert_words(-179.99999, 'E', 'W', "180\u00b000'00.0\"W");
    assert_words(0, 'E', 'W', "0\u00b000'00.0\"E");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_lie_where_they_are_published),
        cmocka_unit_test(everywhere_it_is_the_series_of_krueger),
        cmocka_unit_test(norway_and_svalbard_have_zones_of_their_own),
        cmocka_unit_test(it_is_written_as_crews_read_it),
        cmocka_unit_test(seconds_never_reach_sixty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
