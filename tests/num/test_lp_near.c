/* Solving nearly: the textbook's optimum, random networks beside CLP's optimum, and bounds that no prices take past it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "num/lp.h"
#include "num/lp_parts.h"

enum { PROGRAMMES = 60, DAYS_MOST = 12, DEPOTS = 3, TOWNS = 5 };

static uint64_t state_of_draw = 1;

static double draw(void)
{
    state_of_draw = state_of_draw * 6364136223846793005u + 1442695040888963407u;
    return (double)(state_of_draw >> 11) / 9007199254740992.0;
}

/* Maximise 3 x + 5 y, x <= 4, 2 y <= 12, 3 x + 2 y <= 18 (Hillier and Lieberman, section 3.1): 36. */
static ab_lp *textbook(void)
{
    ab_lp *lp = ab__lp_new();
    int32_t x = ab__lp_col(lp, 0, AB_LP_INFINITY, -3), y = ab__lp_col(lp, 0, AB_LP_INFINITY, -5);
    static const double most[] = {4, 12, 18};
    static const double of_x[] = {1, 0, 3}, of_y[] = {0, 2, 2};
    for (int i = 0; i < 3; i++) {
        int32_t row = ab__lp_row(lp, -AB_LP_INFINITY, most[i]);
        if (of_x[i] > 0)
            ab__lp_at(lp, row, x, of_x[i]);
        if (of_y[i] > 0)
            ab__lp_at(lp, row, y, of_y[i]);
    }
    return lp;
}

/* Depots that send daily to towns that store what they do not eat, and pay for each day's need that is missed: as the
 * plan's programme is. */
static ab_lp *network(void)
{
    ab_lp *lp = ab__lp_new();
    int32_t days = 2 + (int32_t)(draw() * (DAYS_MOST - 1));
    int32_t eats[TOWNS][DAYS_MOST + 1], gives[DEPOTS], lorries[DAYS_MOST + 1];
    for (int d = 0; d < DEPOTS; d++)
        gives[d] = ab__lp_row(lp, -AB_LP_INFINITY, days * 3 * draw());
    for (int32_t t = 0; t < days; t++)
        lorries[t] = ab__lp_row(lp, -AB_LP_INFINITY, 4 + 4 * draw());
    for (int p = 0; p < TOWNS; p++) {
        int32_t left_before = -1;
        for (int32_t t = 0; t < days; t++) {
            double start = t == 0 ? draw() : 0, need = 0.5 + draw();
            eats[p][t] = ab__lp_row(lp, start, start);
            int32_t left = ab__lp_col(lp, 0, AB_LP_INFINITY, 0), eaten = ab__lp_col(lp, 0, need, -(1 + draw()) * (days - t));
            ab__lp_at(lp, eats[p][t], left, 1);
            ab__lp_at(lp, eats[p][t], eaten, 1);
            if (left_before >= 0)
                ab__lp_at(lp, eats[p][t], left_before, -1);
            left_before = left;
        }
    }
    for (int d = 0; d < DEPOTS; d++)
        for (int p = 0; p < TOWNS; p++)
            for (int32_t t = 0; t < days; t++) {
                int32_t sent = ab__lp_col(lp, 0, 8, 0.01 * draw());
                ab__lp_at(lp, gives[d], sent, 1);
                ab__lp_at(lp, lorries[t], sent, 0.5 + draw());
                ab__lp_at(lp, eats[p][t], sent, -(0.2 + 0.8 * draw()));
            }
    return lp;
}

static double optimum(ab_lp *lp)
{
    ab_lp_outcome outcome;
    assert_int_equal(ab__lp_solve(lp, &outcome, NULL), AB_OK);
    assert_int_equal(outcome, AB_LP_OPTIMAL);
    return ab__lp_objective(lp);
}

static void comes_as_near_the_textbook_as_asked(void **state)
{
    (void)state;
    ab_lp *lp = textbook();
    ab_lp_outcome outcome;
    /* Its columns have no bounds of their own: a row of each gives one. */
    assert_int_equal(ab__lp_nearly(lp, 0.01, &outcome, NULL), AB_OK);
    assert_int_equal(outcome, AB_LP_OPTIMAL);
    assert_true(fabs(ab__lp_objective(lp) + 36) < 0.02);
    assert_true(ab__lp_bound(lp) <= -36 + 1e-9 && ab__lp_bound(lp) > -36.02);
    assert_true(fabs(optimum(lp) + 36) < 1e-9);
    ab__lp_free(lp);
}

static void bound_and_value_enclose_the_optimum_of_clp(void **state)
{
    (void)state;
    for (int i = 0; i < PROGRAMMES; i++) {
        ab_lp *lp = network();
        double best = optimum(lp), off = 1e-3 * (1 + fabs(best));
        ab_lp_outcome outcome;
        assert_int_equal(ab__lp_nearly(lp, off, &outcome, NULL), AB_OK);
        assert_int_equal(outcome, AB_LP_OPTIMAL);
        assert_true(ab__lp_bound(lp) <= best + 1e-9 * (1 + fabs(best)));
        assert_true(ab__lp_bound(lp) >= best - 2 * off);
        assert_true(fabs(ab__lp_objective(lp) - best) <= 2 * off);
        ab__lp_free(lp);
    }
}

static void no_prices_take_the_bound_past_the_optimum(void **state)
{
    (void)state;
    for (int i = 0; i < PROGRAMMES; i++) {
        ab_lp *lp = network();
        ab_lp_part part;
        double best = optimum(lp);
        assert_true(ab__lp_part_make(&part, lp));
        double *hi = ab__realloc(NULL, (size_t)part.cols * sizeof *hi);
        double *dual = ab__realloc(NULL, (size_t)part.rows * sizeof *dual);
        assert_true(hi && dual && ab__lp_part_reach(&part, hi));
        for (int tries = 0; tries < 20; tries++) {
            double size = pow(10, 3 * draw() - 2);
            for (int32_t r = 0; r < part.rows; r++)
                dual[r] = size * (part.row_lo[r] == part.row_hi[r] ? 2 * draw() - 1 : -draw());
            ab__lp_part_settle(&part, dual);
            double bound = ab__lp_part_bound(&part, hi, dual);
            assert_true(isfinite(bound));
            assert_true(bound <= best + 1e-9 * (1 + fabs(best)));
        }
        free(hi);
        free(dual);
        ab__lp_part_free(&part);
        ab__lp_free(lp);
    }
}

static bool at_once(void *context)
{
    ++*(int *)context;
    return true;
}

static void leaves_off_when_told_to(void **state)
{
    (void)state;
    ab_lp *lp = network();
    ab_lp_outcome outcome;
    int asked = 0;
    ab__lp_stop_when(lp, at_once, &asked);
    assert_int_equal(ab__lp_nearly(lp, 1e-12, &outcome, NULL), AB_OK);
    assert_int_equal(outcome, AB_LP_STOPPED);
    assert_int_equal(asked, 1);
    ab__lp_free(lp);
}

/* A store that holds 30, through which 100 pass in one day: what is left is a column that its balance defines, the store's row was broken
 * by a solve before, and no limit of what is left is one of what comes. */
static void a_row_of_what_is_left_out_limits_nothing_else(void **state)
{
    (void)state;
    ab_lp *lp = ab__lp_new();
    ab_lp_outcome outcome;
    int32_t come = ab__lp_col(lp, 0, AB_LP_INFINITY, 0), go = ab__lp_col(lp, 0, 100, -1), left = ab__lp_col(lp, 0, AB_LP_INFINITY, 0);
    int32_t link = ab__lp_row(lp, -AB_LP_INFINITY, 200), balance = ab__lp_row(lp, 50, 50), store = ab__lp_row(lp, -AB_LP_INFINITY, 30);
    ab__lp_at(lp, link, come, 1);
    ab__lp_at(lp, link, go, 0.5);
    ab__lp_at(lp, balance, left, 1);
    ab__lp_at(lp, balance, come, -1);
    ab__lp_at(lp, balance, go, 1);
    ab__lp_at(lp, store, left, 1);
    ab__lp_defines(lp, balance, left);
    ab__lp_waits(lp, store);
    ab__lp_col_bounds(lp, go, 0, 0); /* 50 lie there, 30 may: the row is called, and nothing can be done */
    assert_int_equal(ab__lp_solve(lp, &outcome, NULL), AB_OK);
    assert_int_equal(outcome, AB_LP_INFEASIBLE);
    ab__lp_col_bounds(lp, go, 0, 100);
    ab_lp_part part;
    assert_true(ab__lp_part_make(&part, lp));
    double *hi = ab__realloc(NULL, (size_t)part.cols * sizeof *hi);
    assert_true(hi && ab__lp_part_reach(&part, hi));
    for (int32_t j = 0; j < part.cols; j++)
        if (part.col[j] == come)
            assert_true(hi[j] == 200);
    free(hi);
    ab__lp_part_free(&part);
    ab__lp_free(lp);
}

/* Nobody can take what there is not: no point keeps the rows, and none is told. */
static void says_so_when_it_does_not_get_there(void **state)
{
    (void)state;
    ab_lp *lp = ab__lp_new();
    int32_t x = ab__lp_col(lp, 0, 1, 1), row = ab__lp_row(lp, 2, AB_LP_INFINITY);
    ab_lp_outcome outcome;
    ab__lp_at(lp, row, x, 1);
    assert_int_equal(ab__lp_nearly(lp, 0.01, &outcome, NULL), AB_OK);
    assert_int_equal(outcome, AB_LP_STOPPED);
    assert_int_equal(ab__lp_solve(lp, &outcome, NULL), AB_OK);
    assert_int_equal(outcome, AB_LP_INFEASIBLE);
    ab__lp_free(lp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_as_near_the_textbook_as_asked),
        cmocka_unit_test(bound_and_value_enclose_the_optimum_of_clp),
        cmocka_unit_test(no_prices_take_the_bound_past_the_optimum),
        cmocka_unit_test(leaves_off_when_told_to),
        cmocka_unit_test(a_row_of_what_is_left_out_limits_nothing_else),
        cmocka_unit_test(says_so_when_it_does_not_get_there),
    };
    return cmocka_run_group_tests_name("num/lp_near", tests, NULL, NULL);
}
