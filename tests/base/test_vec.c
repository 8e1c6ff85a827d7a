#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/vec.h"

typedef struct stop {
    int32_t place;
    double mass_kg;
} stop;

static void pushed_elements_keep_their_order_and_start_as_zero(void **state)
{
    (void)state;
    AB_VEC(stop) stops = {0};
    for (int32_t i = 0; i < 1000; i++) {
        stop *added = AB_PUSH(&stops);
        assert_non_null(added);
        assert_int_equal(added->place, 0);
        assert_true(added->mass_kg == 0);
        *added = (stop){i, i * 0.5};
    }
    assert_int_equal(stops.count, 1000);
    for (int32_t i = 0; i < 1000; i++) {
        assert_int_equal(stops.at[i].place, i);
        assert_true(stops.at[i].mass_kg == i * 0.5);
    }
    AB_VEC_FREE(&stops);
    assert_null(stops.at);
    assert_int_equal(stops.count, 0);
    assert_int_equal(stops.cap, 0);
}

static void a_reused_place_is_zeroed_again(void **state)
{
    (void)state;
    AB_VEC(stop) stops = {0};
    stop *first = AB_PUSH(&stops);
    assert_non_null(first);
    *first = (stop){7, 7};
    stops.count = 0;
    stop *again = AB_PUSH(&stops);
    assert_non_null(again);
    assert_int_equal(again->place, 0);
    AB_VEC_FREE(&stops);
}

static void a_push_without_memory_keeps_what_was_there(void **state)
{
    (void)state;
    AB_VEC(int32_t) days = {0};
    ab__fail_allocation(2);
    int32_t *day = NULL;
    do {
        day = AB_PUSH(&days);
        if (day != NULL)
            *day = days.count;
    } while (day != NULL);
    ab__fail_allocation(0);
    assert_true(days.count > 0);
    for (int32_t i = 0; i < days.count; i++)
        assert_int_equal(days.at[i], i + 1);
    day = AB_PUSH(&days);
    assert_non_null(day);
    AB_VEC_FREE(&days);
}

static void more_elements_than_can_be_counted_are_refused(void **state)
{
    (void)state;
    void *at = NULL;
    int32_t count = INT32_MAX;
    int32_t cap = INT32_MAX;
    assert_int_equal(ab__vec_push(&at, &count, &cap, 1), 0);
    count = cap = 1 << 29;
    assert_int_equal(ab__vec_push(&at, &count, &cap, SIZE_MAX / 4), 0);
    assert_int_equal(count, 1 << 29);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pushed_elements_keep_their_order_and_start_as_zero),
        cmocka_unit_test(a_reused_place_is_zeroed_again),
        cmocka_unit_test(a_push_without_memory_keeps_what_was_there),
        cmocka_unit_test(more_elements_than_can_be_counted_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
