/* The linear programme: known optima, the sign of prices, warm starts, infeasible and unbounded ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "base/arena.h"
#include "num/lp.h"

static void assert_close(double found, double expected)
{
    assert_true(fabs(found - expected) <= 1e-9 * (1 + fabs(expected)));
}

static ab_lp_outcome solve(ab_lp *lp)
{
    ab_lp_outcome outcome;
    assert_int_equal(ab__lp_solve(lp, &outcome, NULL), AB_OK);
    return outcome;
}

/* Wyndor Glass, Hillier and Lieberman, Introduction to Operations Research, section 3.1: maximise
 * 3 x + 5 y, x <= 4, 2 y <= 12, 3 x + 2 y <= 18. Optimum 36 at (2, 6); prices 0, 3/2, 1. */
static ab_lp *wyndor(void)
{
    ab_lp *lp = ab__lp_new();
    int32_t x = ab__lp_col(lp, 0, AB_LP_INFINITY, -3), y = ab__lp_col(lp, 0, AB_LP_INFINITY, -5);
    int32_t plant1 = ab__lp_row(lp, -AB_LP_INFINITY, 4),
            plant2 = ab__lp_row(lp, -AB_LP_INFINITY, 12);
    int32_t plant3 = ab__lp_row(lp, -AB_LP_INFINITY, 18);
    ab__lp_at(lp, plant1, x, 1);
    ab__lp_at(lp, plant2, y, 2);
    ab__lp_at(lp, plant3, y, 2);
    ab__lp_at(lp, plant3, x, 3);
    return lp;
}

static void optimum_of_the_textbook(void **state)
{
    (void)state;
    ab_lp *lp = wyndor();
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_close(ab__lp_objective(lp), -36);
    assert_close(ab__lp_x(lp)[0], 2);
    assert_close(ab__lp_x(lp)[1], 6);
    assert_close(ab__lp_row_activity(lp)[0], 2);
    ab__lp_free(lp);
}

/* A limit that binds from above has a price that is not positive: one unit more lowers the cost. A
 * demand that binds from below has one that is not negative. */
static void price_is_change_of_objective_per_unit_of_bound(void **state)
{
    (void)state;
    ab_lp *lp = wyndor();
    solve(lp);
    assert_close(ab__lp_dual(lp)[0], 0);
    assert_close(ab__lp_dual(lp)[1], -1.5);
    assert_close(ab__lp_dual(lp)[2], -1);
    ab__lp_row_bounds(lp, 2, -AB_LP_INFINITY, 18.5);
    solve(lp);
    assert_close(ab__lp_objective(lp), -36.5);
    ab__lp_free(lp);

    lp = ab__lp_new();
    int32_t cheap = ab__lp_col(lp, 0, 3, 2), dear = ab__lp_col(lp, 0, AB_LP_INFINITY, 7);
    int32_t demand = ab__lp_row(lp, 10, AB_LP_INFINITY);
    ab__lp_at(lp, demand, cheap, 1);
    ab__lp_at(lp, demand, dear, 1);
    solve(lp);
    assert_close(ab__lp_dual(lp)[demand], 7);
    assert_close(ab__lp_reduced_cost(lp)[cheap], -5); /* at its upper bound: one more saves 5 */
    assert_close(ab__lp_reduced_cost(lp)[dear], 0);
    ab__lp_free(lp);
}

static void entries_at_one_place_are_summed(void **state)
{
    (void)state;
    ab_lp *lp = ab__lp_new();
    int32_t a = ab__lp_col(lp, 0, AB_LP_INFINITY, 1), b = ab__lp_col(lp, 0, 1, 1);
    int32_t r = ab__lp_row(lp, 6, AB_LP_INFINITY), q = ab__lp_row(lp, -AB_LP_INFINITY, 9);
    ab__lp_at(lp, q, a, 1);
    ab__lp_at(lp, r, a, 1);
    ab__lp_at(lp, r, b, 0.5);
    ab__lp_at(lp, r, a, 2);
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_int_equal(ab__lp_nonzeros(lp), 3);
    ab_lp_entries e = ab__lp_entries(lp, a);
    assert_int_equal(e.count, 2);
    assert_int_equal(e.row[0], r);
    assert_close(e.value[0], 3);
    assert_int_equal(e.row[1], q);
    assert_close(ab__lp_objective(lp), 2);
    ab__lp_free(lp);
}

static void changed_bounds_and_costs_are_solved_anew(void **state)
{
    (void)state;
    ab_lp *lp = wyndor();
    solve(lp);
    ab__lp_col_bounds(lp, 1, 0, 3); /* y <= 3: x = 4 */
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_close(ab__lp_objective(lp), -27);
    ab__lp_cost(lp, 0, 1); /* x costs now */
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_close(ab__lp_objective(lp), -15);
    ab__lp_cost(lp, 0, -3);
    ab__lp_col_bounds(lp, 1, 0, AB_LP_INFINITY);
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_close(ab__lp_objective(lp), -36);
    ab__lp_free(lp);
}

static void what_cannot_be_is_said_and_can_be_mended(void **state)
{
    (void)state;
    ab_lp *lp = wyndor();
    ab__lp_row_bounds(lp, 0, 5, 9);
    ab__lp_row_bounds(lp, 1, 8, 12);
    assert_int_equal(solve(lp), AB_LP_INFEASIBLE); /* 3·5 + 8 > 18 */
    ab__lp_row_bounds(lp, 0, -AB_LP_INFINITY, 4);
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_close(ab__lp_objective(lp), -36);
    ab__lp_row_bounds(lp, 0, 5, 9);
    assert_int_equal(solve(lp), AB_LP_INFEASIBLE);
    ab__lp_free(lp);
}

static void without_a_bottom_is_unbounded(void **state)
{
    (void)state;
    ab_lp *lp = ab__lp_new();
    int32_t x = ab__lp_col(lp, 0, AB_LP_INFINITY, -1), y = ab__lp_col(lp, 0, AB_LP_INFINITY, 0);
    int32_t r = ab__lp_row(lp, 0, 0);
    ab__lp_at(lp, r, x, 1);
    ab__lp_at(lp, r, y, -1);
    assert_int_equal(solve(lp), AB_LP_UNBOUNDED);
    ab__lp_free(lp);
}

static void columns_added_after_a_solve_take_part(void **state)
{
    (void)state;
    ab_lp *lp = wyndor();
    solve(lp);
    int32_t z = ab__lp_col(lp, 0, 1, -10);
    ab__lp_at(lp, 2, z, 1);
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_close(ab__lp_objective(lp), -45);
    ab__lp_free(lp);
}

static double noise(uint64_t *seed) /* splitmix64, in [0, 1) */
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

enum { SOURCES = 30, SINKS = 400 };

static ab_lp *transport(double lacking)
{
    uint64_t seed = 7;
    ab_lp *lp = ab__lp_new();
    for (int i = 0; i < SOURCES; i++)
        ab__lp_row(lp, -AB_LP_INFINITY, 2.0 * SINKS / SOURCES - lacking);
    for (int j = 0; j < SINKS; j++)
        ab__lp_row(lp, 1, AB_LP_INFINITY);
    for (int i = 0; i < SOURCES; i++)
        for (int j = 0; j < SINKS; j++) {
            int32_t c = ab__lp_col(lp, 0, AB_LP_INFINITY, 1 + noise(&seed));
            ab__lp_at(lp, i, c, 1);
            ab__lp_at(lp, SOURCES + j, c, 1);
        }
    return lp;
}

/* Weak and strong duality hold whatever the algorithm was. */
static void large_one_is_optimal_by_its_prices(void **state)
{
    (void)state;
    ab_lp *lp = transport(0);
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    const double *dual = ab__lp_dual(lp);
    double by_prices = 0;
    for (int r = 0; r < SOURCES + SINKS; r++) {
        assert_true(r < SOURCES ? dual[r] <= 1e-9 : dual[r] >= -1e-9);
        by_prices += dual[r] * (r < SOURCES ? 2.0 * SINKS / SOURCES : 1);
    }
    assert_true(fabs(by_prices - ab__lp_objective(lp)) < 1e-6);
    for (int c = 0; c < SOURCES * SINKS; c++)
        assert_true(ab__lp_reduced_cost(lp)[c] >= -1e-7);
    ab__lp_free(lp);
}

static void warm_start_finds_what_a_cold_start_finds(void **state)
{
    (void)state;
    ab_lp *warm = transport(0), *cold = transport(10);
    solve(warm);
    for (int i = 0; i < SOURCES; i++)
        ab__lp_row_bounds(warm, i, -AB_LP_INFINITY, 2.0 * SINKS / SOURCES - 10);
    assert_int_equal(solve(warm), AB_LP_OPTIMAL);
    assert_int_equal(solve(cold), AB_LP_OPTIMAL);
    assert_true(fabs(ab__lp_objective(warm) - ab__lp_objective(cold)) < 1e-6);
    ab__lp_free(warm);
    ab__lp_free(cold);
}

/* Columns that are fixed are not handed to the solver; prices and reduced costs are there for them all the
 * same: they tell whether opening one would help. */
static void closed_columns_have_reduced_costs_and_can_be_opened_again(void **state)
{
    (void)state;
    ab_lp *lp = transport(-30);
    solve(lp);
    double open_cost = ab__lp_objective(lp);
    for (int32_t c = 0; c < SOURCES * SINKS; c++)
        if (c / SINKS % 3 > 0)
            ab__lp_col_bounds(lp, c, 0, 0);
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_true(ab__lp_objective(lp) > open_cost + 1);
    for (int rounds = 0; rounds < 100; rounds++) {
        bool more = false;
        for (int32_t c = 0; c < SOURCES * SINKS; c++) {
            if (ab__lp_col_hi(lp, c) > 0 || ab__lp_reduced_cost(lp)[c] >= -1e-9)
                continue;
            ab__lp_col_bounds(lp, c, 0, AB_LP_INFINITY);
            more = true;
        }
        if (!more)
            break;
        assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    }
    assert_true(fabs(ab__lp_objective(lp) - open_cost) < 1e-6);
    ab__lp_free(lp);
}

static void a_row_of_fixed_columns_holds_or_does_not(void **state)
{
    (void)state;
    ab_lp *lp = wyndor();
    ab__lp_col_bounds(lp, 0, 4.5, 4.5); /* more than plant 1 can make */
    assert_int_equal(solve(lp), AB_LP_INFEASIBLE);
    ab__lp_col_bounds(lp, 0, 3, 3);
    assert_int_equal(solve(lp), AB_LP_OPTIMAL);
    assert_close(ab__lp_objective(lp), -9 - 22.5); /* y = (18 - 9) / 2 */
    assert_close(ab__lp_row_activity(lp)[0], 3);
    ab__lp_free(lp);
}

static void too_large_a_demand_is_infeasible(void **state)
{
    (void)state;
    ab_lp *lp = transport(15);
    assert_int_equal(solve(lp), AB_LP_INFEASIBLE);
    ab__lp_free(lp);
}

static void want_of_memory_is_reported(void **state)
{
    (void)state;
    bool finished = false;
    for (int64_t nth = 1; !finished; nth++) {
        ab__fail_allocation(nth);
        ab_lp *lp = ab__lp_new();
        if (!lp)
            continue;
        for (int i = 0; i < 20; i++) {
            int32_t c = ab__lp_col(lp, 0, 1, -1), r = ab__lp_row(lp, 0, 1);
            ab__lp_at(lp, r, c, 1);
        }
        ab_lp_outcome outcome;
        ab_status status = ab__lp_solve(lp, &outcome, NULL);
        assert_true(status == AB_OK || status == AB_NO_MEMORY);
        finished = status == AB_OK;
        ab__lp_free(lp);
    }
    ab__fail_allocation(0);
}

/* ---- What others define, and rows that wait ------------------------------------------------------------- */

static double draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (double)(*seed >> 11) * 0x1p-53;
}

/* A little of the planner's world: lorries carry goods from days' stocks, hours are few, some rows seldom bind. With
 * `plain`, all is told to CLP as it stands. */
static ab_lp *haulage(uint64_t seed, bool plain)
{
    enum { OFFERS = 12, DAYS = 4 };
    ab_lp *lp = ab__lp_new();
    int32_t stock[DAYS], hours[DAYS], left = -1;
    for (int d = 0; d < DAYS; d++) {
        double came = 5 + 20 * draw(&seed);
        stock[d] = ab__lp_row(lp, came, came);
        hours[d] = ab__lp_row(lp, -AB_LP_INFINITY, 3 + 10 * draw(&seed));
        if (left >= 0)
            ab__lp_at(lp, stock[d], left, -1);
        left = ab__lp_col(lp, 0, AB_LP_INFINITY, 0);
        ab__lp_at(lp, stock[d], left, 1);
        if (!plain && d + 1 < DAYS)
            ab__lp_defines(lp, stock[d], left);
    }
    for (int o = 0; o < OFFERS; o++) {
        int day = (int)(DAYS * draw(&seed));
        int32_t lorries = ab__lp_col(lp, 0, floor(1 + 3 * draw(&seed)), 0.01 * draw(&seed));
        int32_t carry = ab__lp_row(lp, -AB_LP_INFINITY, 0), volume = ab__lp_row(lp, -AB_LP_INFINITY, 0);
        ab__lp_at(lp, carry, lorries, -10);
        ab__lp_at(lp, volume, lorries, -12);
        ab__lp_at(lp, hours[day], lorries, 1 + 2 * draw(&seed));
        for (int c = 0; c < 2; c++) {
            int32_t load = ab__lp_col(lp, 0, 4 + 20 * draw(&seed), -1 - draw(&seed));
            ab__lp_at(lp, carry, load, 1);
            ab__lp_at(lp, volume, load, c == 0 ? 0.5 : 2.5);
            ab__lp_at(lp, stock[day], load, 1);
        }
        if (!plain) {
            ab__lp_defines(lp, carry, lorries);
            ab__lp_waits(lp, volume);
        }
    }
    return lp;
}

/* The same value, a solution that keeps every row, and prices that prove it: also after bounds are narrowed. */
static void what_is_left_out_changes_nothing(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        ab_lp *plain = haulage(seed, true), *lean = haulage(seed, false);
        for (int round = 0; round < 3; round++) {
            assert_int_equal(solve(plain), AB_LP_OPTIMAL);
            assert_int_equal(solve(lean), AB_LP_OPTIMAL);
            if (fabs(ab__lp_objective(plain) - ab__lp_objective(lean)) > 1e-6 * (1 + fabs(ab__lp_objective(plain))))
                fail_msg("seed %d, round %d: %.9g is not %.9g", (int)seed, round, ab__lp_objective(lean),
                         ab__lp_objective(plain));
            double priced = 0;
            for (int32_t r = 0; r < ab__lp_rows(lean); r++) {
                double a = ab__lp_row_activity(lean)[r], price = ab__lp_dual(lean)[r];
                assert_true(a <= ab__lp_row_hi(lean, r) + 1e-6 && a >= ab__lp_row_lo(lean, r) - 1e-6);
                priced += fabs(price) > 1e-9 ? price * a : 0;
            }
            for (int32_t c = 0; c < ab__lp_cols(lean); c++) {
                double x = ab__lp_x(lean)[c];
                assert_true(x <= ab__lp_col_hi(lean, c) + 1e-6 && x >= ab__lp_col_lo(lean, c) - 1e-6);
                priced += ab__lp_reduced_cost(lean)[c] * x;
            }
            assert_true(fabs(priced - ab__lp_objective(lean)) <= 1e-5 * (1 + fabs(priced)));
            /* One lorry goes for certain, another not at all. */
            int32_t first = 4 + 3 * round, second = 4 + 3 * (round + 5);
            ab__lp_col_bounds(plain, first, 0, 0);
            ab__lp_col_bounds(lean, first, 0, 0);
            ab__lp_col_bounds(plain, second, 0, 1);
            ab__lp_col_bounds(lean, second, 0, 1);
        }
        ab__lp_free(plain);
        ab__lp_free(lean);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_left_out_changes_nothing),
        cmocka_unit_test(optimum_of_the_textbook),
        cmocka_unit_test(price_is_change_of_objective_per_unit_of_bound),
        cmocka_unit_test(entries_at_one_place_are_summed),
        cmocka_unit_test(changed_bounds_and_costs_are_solved_anew),
        cmocka_unit_test(what_cannot_be_is_said_and_can_be_mended),
        cmocka_unit_test(without_a_bottom_is_unbounded),
        cmocka_unit_test(columns_added_after_a_solve_take_part),
        cmocka_unit_test(large_one_is_optimal_by_its_prices),
        cmocka_unit_test(warm_start_finds_what_a_cold_start_finds),
        cmocka_unit_test(closed_columns_have_reduced_costs_and_can_be_opened_again),
        cmocka_unit_test(a_row_of_fixed_columns_holds_or_does_not),
        cmocka_unit_test(too_large_a_demand_is_infeasible),
        cmocka_unit_test(want_of_memory_is_reported),
    };
    return cmocka_run_group_tests_name("num/lp", tests, NULL, NULL);
}
