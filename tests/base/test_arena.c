#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static void memory_is_zeroed_and_aligned_for_any_type(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    for (size_t size = 1; size < 300; size++) {
        unsigned char *block = ab__arena_array(arena, size, 1);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(block[i], 0);
        memset(block, 0xFF, size);
    }
    ab__arena_free(arena);
}

static void blocks_of_all_sizes_never_overlap(void **state)
{
    (void)state;
    enum { BLOCKS = 400 };
    unsigned char *blocks[BLOCKS];
    size_t sizes[BLOCKS];
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    for (size_t i = 0; i < BLOCKS; i++) {
        sizes[i] = i % 7 == 0 ? 3000 * (i % 11) : i;
        blocks[i] = ab__arena_array(arena, sizes[i], 1);
        assert_non_null(blocks[i]);
        memset(blocks[i], (int)(i % 251) + 1, sizes[i]);
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        for (size_t j = 0; j < sizes[i]; j++)
            assert_int_equal(blocks[i][j], (int)(i % 251) + 1);
    }
    ab__arena_free(arena);
}

static void no_elements_are_still_a_pointer(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    assert_non_null(AB_NEW(arena, double, 0));
    ab__arena_free(arena);
}

static void a_size_that_overflows_is_out_of_memory(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    assert_null(ab__arena_array(arena, SIZE_MAX, 1));
    assert_null(ab__arena_array(arena, SIZE_MAX / 8 + 1, 8));
    assert_null(ab__arena_array(arena, SIZE_MAX / 2, 3));
    assert_null(ab__arena_text_n(arena, "x", SIZE_MAX));
    ab__arena_free(arena);
}

static void texts_are_copies(void **state)
{
    (void)state;
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    char own[] = "Deir ez-Zor";
    char *whole = ab__arena_text(arena, own);
    char *part = ab__arena_text_n(arena, own, 4);
    char *made = ab__arena_printf(arena, "%s: %.1f t", own, 20.5);
    assert_non_null(whole);
    assert_non_null(part);
    assert_non_null(made);
    memset(own, 'x', sizeof own - 1);
    assert_string_equal(whole, "Deir ez-Zor");
    assert_string_equal(part, "Deir");
    assert_string_equal(made, "Deir ez-Zor: 20.5 t");
    ab__arena_free(arena);
}

static void freeing_nothing_is_fine(void **state)
{
    (void)state;
    ab__arena_free(NULL);
}

/* Returns how many of the steps came back with memory. */
static int take_some(void)
{
    ab_arena *arena = ab__arena_new();
    if (arena == NULL)
        return 0;
    int taken = 1;
    taken += ab__arena_array(arena, 10, 10) != NULL;
    taken += ab__arena_array(arena, 100000, 1) != NULL;
    taken += ab__arena_printf(arena, "%5000d", 1) != NULL;
    ab__arena_free(arena);
    return taken;
}

static void any_allocation_may_fail_and_leaks_nothing(void **state)
{
    (void)state;
    int nth = 1;
    for (;; nth++) {
        ab__fail_allocation(nth);
        int taken = take_some();
        ab__fail_allocation(0);
        if (taken == 4)
            break;
        assert_int_equal(taken, nth == 1 ? 0 : 3);
    }
    assert_true(nth > 3);
}

static void only_the_named_allocation_fails(void **state)
{
    (void)state;
    ab__fail_allocation(2);
    void *first = ab__realloc(NULL, 8);
    assert_non_null(first);
    assert_null(ab__realloc(NULL, 8));
    first = ab__realloc(first, 16);
    assert_non_null(first);
    ab_arena *arena = ab__arena_new();
    assert_non_null(arena);
    ab__arena_free(arena);
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_is_zeroed_and_aligned_for_any_type),
        cmocka_unit_test(blocks_of_all_sizes_never_overlap),
        cmocka_unit_test(no_elements_are_still_a_pointer),
        cmocka_unit_test(a_size_that_overflows_is_out_of_memory),
        cmocka_unit_test(texts_are_copies),
        cmocka_unit_test(freeing_nothing_is_fine),
        cmocka_unit_test(any_allocation_may_fail_and_leaks_nothing),
        cmocka_unit_test(only_the_named_allocation_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
