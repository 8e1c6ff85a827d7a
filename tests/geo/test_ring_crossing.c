/* Rings that cross themselves, compared with every pair of edges tried by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/orient.h"
#include "geo/ring_crossing.h"

enum { MOST = 64 };

static bool crosses(const double *ring, int32_t count)
{
    ab_ring_edge room[MOST];
    int64_t budget = 1000000;
    int32_t edges[2];
    return ab__ring_crossing(ring, count, room, &budget, edges);
}

static void a_point_on_a_line_is_on_it_however_the_numbers_round(void **state)
{
    (void)state;
    /* Kettner et al. 2008: around (0.5, 0.5) rounding alone gives the wrong side in many points. */
    const double b[2] = {12, 12}, c[2] = {24, 24};
    for (int i = 0; i < 64; i++)
        for (int j = 0; j < 64; j++) {
            const double ulp = 1.1102230246251565e-16;
            const double a[2] = {0.5 + i * ulp, 0.5 + j * ulp};
            int expected = (j > i) - (j < i); /* above the diagonal is left of it */
            assert_int_equal(ab__orient(b, c, a), expected);
            assert_int_equal(ab__orient(c, b, a), -expected);
        }
}

static void a_square_is_sound_and_a_bow_tie_is_not(void **state)
{
    (void)state;
    const double square[] = {0, 0, 1, 0, 1, 1, 0, 1, 0, 0},
                 clockwise[] = {0, 0, 0, 1, 1, 1, 1, 0, 0, 0};
    const double tie[] = {0, 0, 1, 1, 1, 0, 0, 1, 0, 0};
    assert_false(crosses(square, 5));
    assert_false(crosses(clockwise, 5)); /* the direction does not matter */
    assert_true(crosses(tie, 5));
}

static void an_edge_that_touches_or_turns_back_is_no_boundary(void **state)
{
    (void)state;
    const double touch[] = {0, 0, 2, 0, 2, 2, 1, 0, 0, 2, 0, 0};
    const double spike[] = {0, 0, 2, 0, 3, 0, 2, 0, 2, 2, 0, 2, 0, 0};
    const double twice[] = {0, 0, 1, 0, 1, 1, 0, 0, 0, 1, -1, 1, 0, 0};
    const double straight[] = {0, 0, 1, 0, 2, 0, 2, 2, 0, 2, 0, 0};
    assert_true(crosses(touch, 6));
    assert_true(crosses(spike, 7));
    assert_true(crosses(twice, 7));
    assert_false(crosses(straight, 6)); /* a vertex in the middle of a straight edge */
}

static bool meet(const double *a, const double *b, const double *c, const double *d)
{
    return ab__orient(a, b, c) * ab__orient(a, b, d) < 0 &&
           ab__orient(c, d, a) * ab__orient(c, d, b) < 0;
}

static void random_rings_cross_where_two_edges_do(void **state)
{
    (void)state;
    uint64_t seed = 1;
    int crossing = 0;
    for (int round = 0; round < 20000; round++) {
        double ring[2 * MOST];
        int32_t count = 5 + round % 4;
        for (int32_t i = 0; i < 2 * (count - 1); i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            ring[i] = (double)(seed >> 33) / 2147483648.0; /* so fine that none touches by chance */
        }
        ring[2 * (count - 1)] = ring[0];
        ring[2 * (count - 1) + 1] = ring[1];
        bool found = false;
        for (int32_t i = 0; i < count - 1; i++)
            for (int32_t j = i + 2; j < count - 1; j++)
                if (!(i == 0 && j == count - 2))
                    found |= meet(ring + 2 * i, ring + 2 * i + 2, ring + 2 * j, ring + 2 * j + 2);
        assert_int_equal(crosses(ring, count), found);
        crossing += found;
    }
    assert_true(crossing > 2000 && crossing < 18000); /* both answers were tried */
}

static void rings_overlap_by_ground_and_not_by_an_edge(void **state)
{
    (void)state;
    const double a[] = {0, 0, 2, 0, 2, 2, 0, 2, 0, 0}, beside[] = {2, 0, 4, 0, 4, 2, 2, 2, 2, 0};
    const double over[] = {1, 1, 3, 1, 3, 3, 1, 3, 1, 1},
                 within[] = {0.5, 0.5, 1, 0.5, 1, 1, 0.5, 0.5};
    int64_t budget = 1000, none = 10;
    assert_false(ab__rings_overlap(a, 5, beside, 5, &budget));
    assert_true(ab__rings_overlap(a, 5, over, 5, &budget));
    assert_true(ab__rings_overlap(a, 5, within, 4, &budget));
    assert_true(ab__rings_overlap(within, 4, a, 5, &budget));
    assert_true(ab__rings_overlap(a, 5, a, 5, &budget));
    assert_int_equal(budget, 1000 - 25 - 25 - 20 - 20 - 25);
    assert_false(ab__rings_overlap(a, 5, over, 5, &none)); /* no more than may be spent */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_on_a_line_is_on_it_however_the_numbers_round),
        cmocka_unit_test(a_square_is_sound_and_a_bow_tie_is_not),
        cmocka_unit_test(an_edge_that_touches_or_turns_back_is_no_boundary),
        cmocka_unit_test(random_rings_cross_where_two_edges_do),
        cmocka_unit_test(rings_overlap_by_ground_and_not_by_an_edge),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
