#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/comma.h"
#include "base/json.h"
#include "base/text.h"

static void members_and_elements_are_separated(void **state)
{
    (void)state;
    ab_buf out = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &out);
    ab__json_object(&json);
    ab__json_key(&json, "places");
    ab__json_array(&json);
    ab__json_text(&json, "upper");
    ab__json_object(&json);
    ab__json_object_end(&json);
    ab__json_array(&json);
    ab__json_array_end(&json);
    ab__json_array_end(&json);
    ab__json_key(&json, "mass_kg");
    ab__json_number(&json, 0.1);
    ab__json_key(&json, "trips");
    ab__json_count(&json, INT64_MIN);
    ab__json_key(&json, "feasible");
    ab__json_bool(&json, true);
    ab__json_key(&json, "late");
    ab__json_bool(&json, false);
    ab__json_key(&json, "reason");
    ab__json_text(&json, NULL);
    ab__json_object_end(&json);
    assert_string_equal(
        ab__buf_text(&out),
        "{\"places\": [\"upper\", {}, []], \"mass_kg\": 0.1, \"trips\": -9223372036854775808, "
        "\"feasible\": true, \"late\": false, \"reason\": null}");
    ab__buf_free(&out);
}

static void each_value_at_the_top_is_a_line(void **state)
{
    (void)state;
    ab_buf out = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &out);
    ab__json_count(&json, 1);
    ab__json_count(&json, 2);
    assert_string_equal(ab__buf_text(&out), "1\n2");
    ab__buf_free(&out);
}

static void unknown_numbers_are_null(void **state)
{
    (void)state;
    ab_buf out = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &out);
    ab__json_array(&json);
    ab__json_number(&json, NAN);
    ab__json_number(&json, INFINITY);
    ab__json_number(&json, -INFINITY);
    ab__json_number(&json, 1e-7);
    ab__json_array_end(&json);
    assert_string_equal(ab__buf_text(&out), "[null, null, null, 1e-07]");
    ab__buf_free(&out);
}

static void assert_written(const char *text, const char *expected)
{
    ab_buf out = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &out);
    ab__json_text(&json, text);
    assert_string_equal(ab__buf_text(&out), expected);
    ab__buf_free(&out);
}

static void texts_are_escaped(void **state)
{
    (void)state;
    assert_written("", "\"\"");
    assert_written("found \"12k\"", "\"found \\\"12k\\\"\"");
    assert_written("a\\b/c", "\"a\\\\b/c\"");
    assert_written("1\n2\r3\t4", "\"1\\n2\\r3\\t4\"");
    assert_written("\x01\x1F\x7F", "\"\\u0001\\u001f\x7F\"");
    assert_written("\xD8\xAD\xD9\x84\xD8\xA8", "\"\xD8\xAD\xD9\x84\xD8\xA8\"");
}

static void keys_are_escaped_too(void **state)
{
    (void)state;
    ab_buf out = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &out);
    ab__json_object(&json);
    ab__json_key(&json, "a\"\xFF");
    ab__json_bool(&json, true);
    ab__json_object_end(&json);
    assert_string_equal(ab__buf_text(&out), "{\"a\\\"\xEF\xBF\xBD\": true}");
    ab__buf_free(&out);
}

static void whatever_bytes_come_in_utf8_comes_out(void **state)
{
    (void)state;
    assert_written("caf\xE9!", "\"caf\xEF\xBF\xBD!\"");
    assert_written("\xE2\x82", "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    for (int first = 1; first < 256; first++) {
        for (int second = 1; second < 256; second++) {
            char text[] = {(char)first, (char)second, 'x', '\0'};
            ab_buf out = AB_BUF_INIT;
            ab_json json;
            ab__json_start(&json, &out);
            ab__json_text(&json, text);
            assert_int_equal(ab__utf8_bad(out.text, out.size), out.size);
            for (size_t i = 0; i < out.size; i++)
                assert_true((unsigned char)out.text[i] >= 0x20);
            ab__buf_free(&out);
        }
    }
}

static void numbers_have_points_under_a_decimal_comma(void **state)
{
    (void)state;
    if (!set_decimal_comma())
        skip();
    ab_buf out = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &out);
    ab__json_number(&json, 2.5);
    assert_string_equal(ab__buf_text(&out), "2.5");
    ab__buf_free(&out);
    (void)setlocale(LC_ALL, "C");
}

static void a_lack_of_memory_shows_in_the_buffer(void **state)
{
    (void)state;
    for (int nth = 1;; nth++) {
        ab_buf out = AB_BUF_INIT;
        ab_json json;
        ab__fail_allocation(nth);
        ab__json_start(&json, &out);
        ab__json_array(&json);
        for (int i = 0; i < 100; i++)
            ab__json_text(&json, "a place with a name");
        ab__json_array_end(&json);
        ab__fail_allocation(0);
        bool failed = out.failed;
        ab__buf_free(&out);
        if (!failed) {
            assert_true(nth > 3);
            break;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_and_elements_are_separated),
        cmocka_unit_test(each_value_at_the_top_is_a_line),
        cmocka_unit_test(unknown_numbers_are_null),
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(keys_are_escaped_too),
        cmocka_unit_test(whatever_bytes_come_in_utf8_comes_out),
        cmocka_unit_test(numbers_have_points_under_a_decimal_comma),
        cmocka_unit_test(a_lack_of_memory_shows_in_the_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
