#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "base/draw.h"
#include "geo/wkt.h"

/* A square with a notch from above, and its closing vertex. */
static const double notched[] = {0, 0, 4, 0, 4, 4, 3, 4, 2, 2, 1, 4, 0, 4, 0, 0};

static bool holds(double lon_deg, double lat_deg)
{
    return ab__ring_holds(notched, 8, lon_deg, lat_deg);
}

static void inside_is_inside_and_outside_is_outside(void **state)
{
    (void)state;
    assert_true(holds(1, 1));
    assert_true(holds(0.5, 3.9));
    assert_true(holds(3.5, 3.9));
    assert_false(holds(2, 3)); /* in the notch */
    assert_false(holds(-1, 1));
    assert_false(holds(5, 1));
    assert_false(holds(2, -1));
    assert_false(holds(2, 5));
}

static void an_edge_and_a_vertex_are_inside(void **state)
{
    (void)state;
    for (int32_t i = 0; i + 1 < 8; i++) {
        const double *a = notched + 2 * i;
        assert_true(holds(a[0], a[1]));
        assert_true(holds((a[0] + a[2]) / 2, (a[1] + a[3]) / 2));
    }
}

static void a_ray_through_a_vertex_counts_once(void **state)
{
    (void)state;
    assert_true(holds(0.5, 2)); /* meets the tip of the notch */
    assert_false(holds(-1, 2));
    assert_false(holds(-1, 0)); /* meets an edge along its length */
    assert_false(holds(-1, 4));
    assert_false(holds(2, 4)); /* between two edges of one height */
}

static void neither_direction_nor_closing_matters(void **state)
{
    (void)state;
    double reversed[16];
    for (int i = 0; i < 8; i++) {
        reversed[2 * i] = notched[2 * (7 - i)];
        reversed[2 * i + 1] = notched[2 * (7 - i) + 1];
    }
    uint64_t draws = 1;
    for (int i = 0; i < 2000; i++) {
        double lon = floor(draw_between(&draws, -4, 20)) / 4;
        double lat = floor(draw_between(&draws, -4, 20)) / 4;
        assert_int_equal(ab__ring_holds(reversed, 8, lon, lat), holds(lon, lat));
        assert_int_equal(ab__ring_holds(notched, 7, lon, lat), holds(lon, lat));
    }
}

/* Every point of the square is in one triangle or the other, and on both only along the diagonal. */
static void neighbours_leave_no_gap(void **state)
{
    (void)state;
    static const double lower[] = {0, 0, 3, 0, 3, 7, 0, 0};
    static const double upper[] = {0, 0, 3, 7, 0, 7, 0, 0};
    uint64_t draws = 2;
    for (int i = 0; i < 5000; i++) {
        double lon = draw_between(&draws, 0, 3);
        double lat = draw_between(&draws, 0, 7);
        bool below = ab__ring_holds(lower, 4, lon, lat);
        bool above = ab__ring_holds(upper, 4, lon, lat);
        assert_true(below || above);
        if (below && above)
            assert_true(fabs(3 * lat - 7 * lon) < 1e-12);
    }
}

static void a_hole_is_outside_but_its_edge_is_not(void **state)
{
    (void)state;
    static const double vertices[] = {0, 0, 9, 0, 9, 9, 0, 9, 0, 0, 2, 2, 4, 2,
                                      4, 4, 2, 4, 2, 2, 6, 6, 7, 6, 7, 7, 6, 6};
    static const int32_t starts[] = {0, 5, 10, 14};
    const ab_wkt polygon = {AB_WKT_POLYGON, 3, starts, vertices};
    assert_true(ab__polygon_holds(&polygon, 1, 1));
    assert_false(ab__polygon_holds(&polygon, 3, 3));
    assert_true(ab__polygon_holds(&polygon, 2, 3));
    assert_true(ab__polygon_holds(&polygon, 4, 4));
    assert_false(ab__polygon_holds(&polygon, 6.8, 6.4));
    assert_true(ab__polygon_holds(&polygon, 0, 0));
    assert_false(ab__polygon_holds(&polygon, 10, 3));
}

static void nothing_lies_in_no_ring(void **state)
{
    (void)state;
    assert_false(ab__ring_holds(notched, 0, 0, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inside_is_inside_and_outside_is_outside),
        cmocka_unit_test(an_edge_and_a_vertex_are_inside),
        cmocka_unit_test(a_ray_through_a_vertex_counts_once),
        cmocka_unit_test(neither_direction_nor_closing_matters),
        cmocka_unit_test(neighbours_leave_no_gap),
        cmocka_unit_test(a_hole_is_outside_but_its_edge_is_not),
        cmocka_unit_test(nothing_lies_in_no_ring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
