/* An operation whose relaxation is solved nearly (bench/plan, the first size): what is told is still a bound. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "../../bench/made.h"
#include "airbridge/plan.h"

/* Least Z of the relaxation by CLP, exactly, of the same programme: every offer open or proved useless. */
static const double OPTIMUM = 42068439.6;

static void bound_is_one_and_near_the_optimum(void **state)
{
    (void)state;
    const made_size size = {5, 40, 30, 3, 1};
    ab_error err = AB_ERROR_INIT;
    ab_book *book = made_book(&size);
    ab_operation *op = made_read(book);
    ab_need *need;
    ab_access *access;
    ab_routes *routes;
    ab_trips *trips;
    ab_plan *plan;
    assert_int_equal(ab_need_make(op, &need, &err), AB_OK);
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    assert_int_equal(ab_routes_make(op, &routes, &err), AB_OK);
    assert_int_equal(ab_trips_make(op, access, routes, NULL, &trips, &err), AB_OK);
    assert_int_equal(ab_plan_make(op, need, access, routes, trips, NULL, &plan, &err), AB_OK);
    assert_true(plan->bound <= OPTIMUM * (1 + 1e-6));
    /* A thousandth of what a plan can change, and as much again for what stays closed. */
    assert_true(plan->bound >= OPTIMUM - 2e-3 * plan->hunger_change);
    assert_true(plan->objective >= OPTIMUM);
    assert_true(plan->gap_frac < 0.02);
    ab_plan_free(plan);
    ab_trips_free(trips);
    ab_routes_free(routes);
    ab_access_free(access);
    ab_need_free(need);
    ab_operation_free(op);
    ab_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bound_is_one_and_near_the_optimum)};
    return cmocka_run_group_tests_name("plan/vast", tests, NULL, NULL);
}
