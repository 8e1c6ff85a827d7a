/* Charts of one line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/spark.h"

static void signs_rise_with_what_they_show(void **state)
{
    (void)state;
    for (int utf8 = 0; utf8 < 2; utf8++) {
        for (int i = 0; i + 1 < 8; i++)
            assert_string_not_equal(ab__spark_sign(i / 8.0, utf8), ab__spark_sign((i + 1) / 8.0, utf8));
        assert_string_equal(ab__spark_sign(1, utf8), ab__spark_sign(0.9, utf8));
        assert_string_equal(ab__spark_sign(NAN, utf8), " ");
    }
    assert_string_equal(ab__spark_sign(0, true), "▁");
    assert_string_equal(ab__spark_sign(1, true), "█");
}

/* Where the screen is not of UTF-8 no byte is above 127; no line is wider than the screen. */
static void a_chart_keeps_to_its_screen(void **state)
{
    static double value[1000];
    (void)state;
    for (int32_t count = 1; count <= 1000; count = count * 3 + 1) {
        for (int32_t columns = 40; columns <= 160; columns += 40) {
            ab__spark_axis axis = {0, count * (ab_time)86400, count, {columns, false}};
            ab_buf line = AB_BUF_INIT;
            ab__spark(&line, &axis, "mean", value, sizeof *value);
            assert_true(ab__text_width(ab__buf_text(&line)) <= columns + 1);
            for (size_t i = 0; i < line.size; i++)
                assert_true((unsigned char)line.text[i] < 128);
            ab__buf_free(&line);
        }
    }
}

static void days_that_share_a_sign_show_their_mean(void **state)
{
    const double value[4] = {0, 1, 1, 1};
    ab__spark_axis axis = {0, 4 * 86400, 4, {80, false}};
    ab_buf line = AB_BUF_INIT;
    (void)state;
    assert_int_equal(ab__spark_share(&axis), 1);
    ab__spark(&line, &axis, "x", value, sizeof *value);
    assert_non_null(strstr(ab__buf_text(&line), "_@@@"));
    ab__buf_free(&line);
    axis.count = 100;
    assert_int_equal(ab__spark_share(&axis), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_rise_with_what_they_show),
        cmocka_unit_test(a_chart_keeps_to_its_screen),
        cmocka_unit_test(days_that_share_a_sign_show_their_mean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
