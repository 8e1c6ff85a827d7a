#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "flow/drops.h"

/* A square ring about (0, 0). */
static void square(double half_deg, double out[10])
{
    const double ring[10] = {-half_deg, -half_deg, half_deg, -half_deg, half_deg, half_deg, -half_deg, half_deg, -half_deg, -half_deg};

    memcpy(out, ring, sizeof ring);
}

/* An island in a hole of a region is a part of its own, whatever the order in which the rings come. */
static void rings_within_rings_are_holes_and_islands_by_turns(void **state)
{
    static const double orders[][3] = {{3, 2, 1}, {1, 2, 3}, {2, 3, 1}};
    const int32_t points[] = {5, 5, 5};

    (void)state;
    for (size_t o = 0; o < 3; o++) {
        ab_arena *arena = ab__arena_new();
        double rings[30];
        int32_t count;
        for (int r = 0; r < 3; r++)
            square(orders[o][r], rings + 10 * r);
        ab_region region = {0.9, 3, points, rings, 1};
        const ab_shape *shape = ab__region_shapes(arena, &region, &count);
        assert_non_null(shape);
        assert_int_equal(count, 2);
        for (int32_t i = 0; i < count; i++) {
            bool island = shape[i].lon_lat_deg[0] == -1;
            assert_int_equal(shape[i].part_count, island ? 1 : 2);
            assert_true(shape[i].lon_lat_deg[0] == (island ? -1 : -3));
            if (!island)
                assert_true(shape[i].lon_lat_deg[10] == -2);
            assert_int_equal(shape[i].part_start[shape[i].part_count], 5 * shape[i].part_count);
        }
        ab__arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rings_within_rings_are_holes_and_islands_by_turns)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
