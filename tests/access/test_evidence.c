#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/evidence.h"

enum { LISTS = 500 };

/* List i has i % 7 rows that no other list has in this order. */
static int32_t fill(ab_ref ref[7], int32_t i)
{
    for (int32_t k = 0; k < i % 7; k++) {
        ref[k] = (ab_ref){i % 3, i + k};
    }
    return i % 7;
}

static void equal_lists_are_kept_once_and_numbered_as_they_come(void **state)
{
    (void)state;
    ab__lists lists = {0};
    ab_ref ref[7];
    int32_t number[LISTS], next = 0;
    for (int32_t i = 0; i < LISTS; i++) {
        int32_t count = fill(ref, i);
        number[i] = ab__lists_keep(&lists, ref, count);
        bool seen = count == 0 && i > 0; /* the empty list comes again and again */
        assert_int_equal(number[i], seen ? 0 : next);
        next += !seen;
    }
    for (int32_t i = LISTS - 1; i >= 0; i--) {
        assert_int_equal(ab__lists_keep(&lists, ref, fill(ref, i)), number[i]);
    }
    ab_arena *arena = ab__arena_new();
    ab_refs *kept = ab__lists_copy(&lists, arena);
    ab__lists_free(&lists);
    for (int32_t i = 0; i < LISTS; i++) {
        int32_t count = fill(ref, i);
        assert_int_equal(kept[number[i]].count, count);
        for (int32_t k = 0; k < count; k++) {
            assert_int_equal(kept[number[i]].at[k].table, ref[k].table);
            assert_int_equal(kept[number[i]].at[k].row, ref[k].row);
        }
    }
    ab__arena_free(arena);
}

static void the_order_of_rows_makes_another_list(void **state)
{
    (void)state;
    ab__lists lists = {0};
    const ab_ref there[] = {{1, 2}, {3, 4}}, back[] = {{3, 4}, {1, 2}};
    assert_int_equal(ab__lists_keep(&lists, there, 2), 0);
    assert_int_equal(ab__lists_keep(&lists, back, 2), 1);
    assert_int_equal(ab__lists_keep(&lists, there, 1), 2);
    ab__lists_free(&lists);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_lists_are_kept_once_and_numbered_as_they_come),
        cmocka_unit_test(the_order_of_rows_makes_another_list),
    };
    return cmocka_run_group_tests_name("access/evidence", tests, NULL, NULL);
}
