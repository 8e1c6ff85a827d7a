#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/comma.h"

static void a_new_buffer_is_an_empty_text(void **state)
{
    (void)state;
    ab_buf buf = AB_BUF_INIT;
    assert_string_equal(ab__buf_text(&buf), "");
    ab__buf_add(&buf, "");
    assert_non_null(buf.text);
    assert_string_equal(ab__buf_text(&buf), "");
    ab__buf_free(&buf);
    assert_string_equal(ab__buf_text(&buf), "");
}

static void texts_are_joined_in_order(void **state)
{
    (void)state;
    ab_buf buf = AB_BUF_INIT;
    ab__buf_add(&buf, "2 t ");
    ab__buf_add_n(&buf, "of rice", 2);
    ab__buf_char(&buf, ' ');
    ab__buf_printf(&buf, "%s by %d", "wheat", 7);
    assert_string_equal(ab__buf_text(&buf), "2 t of wheat by 7");
    assert_int_equal(buf.size, strlen("2 t of wheat by 7"));
    ab__buf_clear(&buf);
    assert_string_equal(ab__buf_text(&buf), "");
    ab__buf_add(&buf, "again");
    assert_string_equal(ab__buf_text(&buf), "again");
    ab__buf_free(&buf);
}

static void any_number_of_bytes_is_kept(void **state)
{
    (void)state;
    ab_buf buf = AB_BUF_INIT;
    for (int i = 0; i < 10000; i++) {
        if (i % 3 == 0)
            ab__buf_printf(&buf, "%d", i % 10);
        else
            ab__buf_char(&buf, (char)('0' + i % 10));
        assert_int_equal(buf.text[buf.size], '\0');
    }
    assert_false(buf.failed);
    assert_int_equal(buf.size, 10000);
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(buf.text[i], '0' + (int)(i % 10));
    ab__buf_free(&buf);
}

static void bytes_of_value_zero_are_kept(void **state)
{
    (void)state;
    ab_buf buf = AB_BUF_INIT;
    ab__buf_add_n(&buf, "a\0b", 3);
    assert_int_equal(buf.size, 3);
    assert_memory_equal(buf.text, "a\0b", 4);
    ab__buf_free(&buf);
}

static void numbers_have_points_under_a_decimal_comma(void **state)
{
    (void)state;
    if (!set_decimal_comma())
        skip();
    ab_buf buf = AB_BUF_INIT;
    ab__buf_printf(&buf, "%.2f %g", 0.25, 1.5);
    assert_string_equal(ab__buf_text(&buf), "0.25 1.5");
    ab__buf_free(&buf);
    char own[8];
    (void)snprintf(own, sizeof own, "%.1f", 0.5);
    assert_string_equal(own, "0,5"); /* the caller's locale is as it was */
    (void)setlocale(LC_ALL, "C");
}

static void after_a_failed_growth_nothing_more_is_added(void **state)
{
    (void)state;
    char long_text[200];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    ab_buf buf = AB_BUF_INIT;
    ab__buf_add(&buf, "kept");
    ab__fail_allocation(1);
    ab__buf_add(&buf, long_text);
    ab__fail_allocation(0);
    assert_true(buf.failed);
    ab__buf_add(&buf, "no");
    ab__buf_char(&buf, 'n');
    ab__buf_printf(&buf, "%d", 1);
    assert_string_equal(ab__buf_text(&buf), "kept");
    ab__buf_clear(&buf);
    assert_false(buf.failed);
    ab__buf_add(&buf, "usable");
    assert_string_equal(ab__buf_text(&buf), "usable");
    ab__buf_free(&buf);
}

static void a_first_growth_that_fails_leaves_an_empty_text(void **state)
{
    (void)state;
    ab_buf buf = AB_BUF_INIT;
    ab__fail_allocation(1);
    ab__buf_printf(&buf, "%d", 1);
    ab__fail_allocation(0);
    assert_true(buf.failed);
    assert_string_equal(ab__buf_text(&buf), "");
    ab__buf_free(&buf);
}

static void a_size_beyond_the_address_space_fails(void **state)
{
    (void)state;
    ab_buf buf = AB_BUF_INIT;
    ab__buf_add_n(&buf, "x", SIZE_MAX - 1);
    assert_true(buf.failed);
    ab__buf_free(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_buffer_is_an_empty_text),
        cmocka_unit_test(texts_are_joined_in_order),
        cmocka_unit_test(any_number_of_bytes_is_kept),
        cmocka_unit_test(bytes_of_value_zero_are_kept),
        cmocka_unit_test(numbers_have_points_under_a_decimal_comma),
        cmocka_unit_test(after_a_failed_growth_nothing_more_is_added),
        cmocka_unit_test(a_first_growth_that_fails_leaves_an_empty_text),
        cmocka_unit_test(a_size_beyond_the_address_space_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
