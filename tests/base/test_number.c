#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/comma.h"
#include "base/draw.h"
#include "base/number.h"

static void numbers_are_read_as_the_nearest_double(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0},
        {"42000", 42000},
        {" 7 ", 7},
        {"\t7\r\n", 7},
        {"+3.25", 3.25},
        {"-0.5", -0.5},
        {"007", 7},
        {"0.1", 0.1},
        {"1e3", 1000},
        {"1E+3", 1000},
        {"25e-2", 0.25},
        {"1.7976931348623157e308", DBL_MAX},
        {"4.9406564584124654e-324", 0x1p-1074},
        {"1e-400", 0},
        /* Halfway between two doubles, and a hair above: the tail decides (exploringbinary.com). */
        {"9007199254740993", 9007199254740992.0},
        {"9007199254740993.0000000000000000000000000000001", 9007199254740994.0},
        {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = -1;
        assert_true(ab__number_parse(cases[i].text, &value));
        assert_true(value == cases[i].value);
    }
}

static void what_is_not_a_plain_number_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "",         " ",      "12k",   "1,5",      "1.234,5", "1 000",
        ".5",       "5.",     "1e",    "1e+",      "e5",      "--1",
        "+-1",      "+",      "-",     ".",        "0x10",    "0x",
        "1x",       "inf",    "-inf",  "infinity", "nan",     "NAN",
        "1e999",    "-1e999", "1_000", "1.2.3",    "1e2.5",   "\xC2\xA0\x31",
        "\xD9\xA1", "1\v",    "1.e3",  "0x1p3",    "nan(1)",  "1d5",
        "1f",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = -1;
        int64_t count = -1;
        if (ab__number_parse(cases[i], &value) || value != -1)
            fail_msg("\"%s\" was read as a number", cases[i]);
        if (strcmp(cases[i], "1e999") == 0 || strcmp(cases[i], "-1e999") == 0)
            continue;
        if (ab__count_parse(cases[i], &count) || count != -1)
            fail_msg("\"%s\" was read as a whole number", cases[i]);
    }
}

static void a_scan_stops_behind_the_number(void **state)
{
    (void)state;
    double value = 0;
    const char *text = "36.5 34.25,37 35";
    assert_ptr_equal(ab__number_scan(text, &value), text + 4);
    assert_true(value == 36.5);
    assert_null(ab__number_scan(" 1", &value));
    assert_null(ab__number_scan("(1", &value));
    assert_null(ab__number_scan("0x10 2", &value));
}

static void whole_numbers_are_exact_in_every_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value;
    } cases[] = {
        {"0", 0},
        {"-0", 0},
        {"42000", 42000},
        {"42000.0", 42000},
        {"4.2e4", 42000},
        {"420000e-1", 42000},
        {"0.00042e8", 42000},
        {" -12 ", -12},
        {"0e999999999999999999999", 0},
        {"0.000e-99999999999999999999", 0},
        {"9007199254740993", INT64_C(9007199254740993)},
        {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
        {"9.223372036854775807e18", INT64_MAX},
        {"000000000000000000000000000001", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = -1;
        if (!ab__count_parse(cases[i].text, &value) || value != cases[i].value)
            fail_msg("\"%s\" gave %" PRId64, cases[i].text, value);
    }
}

static void what_is_not_whole_or_too_large_is_no_count(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "0.5",
        "42000.1",
        "4.25e1",
        "1e-1",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "1e999999999999999999999",
        "1e-999999999999999999999",
        "18446744073709551616",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t value = -1;
        if (ab__count_parse(cases[i], &value) || value != -1)
            fail_msg("\"%s\" was read as a whole number", cases[i]);
    }
}

static void decimal_commas_and_separated_thousands_are_told_apart(void **state)
{
    (void)state;
    static const char *const with[] = {"1,5",
                                       "-1,5",
                                       " 0,25 ",
                                       "1.234,5",
                                       "12 000",
                                       ",5",
                                       "1,234",
                                       "1'000",
                                       "1.234.567",
                                       "1\xC2\xA0\x30\x30\x30",
                                       "1\xE2\x80\xAF\x30\x30\x30"};
    static const char *const without[] = {"",          " ",  "1.5",  "12",       "12k",
                                          "rice, oil", "1,", "A 1",  "1, 2",     "2016-02-12",
                                          ",",         "-",  "1..5", "road,air", "1\xC2"};
    for (size_t i = 0; i < sizeof with / sizeof *with; i++) {
        double value;
        if (!ab__number_has_comma(with[i]) || ab__number_parse(with[i], &value))
            fail_msg("no comma seen in \"%s\"", with[i]);
    }
    for (size_t i = 0; i < sizeof without / sizeof *without; i++) {
        if (ab__number_has_comma(without[i]))
            fail_msg("a comma seen in \"%s\"", without[i]);
    }
}

static void numbers_are_written_short(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {0.1, "0.1"},
        {1e-7, "1e-07"},
        {42000, "42000"},
        {1.0 / 3, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {-2.5, "-2.5"},
        {1e22, "1e+22"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {NAN, ""},
        {INFINITY, ""},
        {-INFINITY, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[AB_NUMBER_CAP];
        assert_ptr_equal(ab__number_format(cases[i].value, text), text);
        assert_string_equal(text, cases[i].text);
    }
}

static void every_double_reads_back_as_itself(void **state)
{
    (void)state;
    uint64_t draws = 1;
    for (int i = 0; i < 100000; i++) {
        double value = i % 2 == 0 ? draw_double(&draws) : draw_between(&draws, -1e6, 1e6);
        if (!isfinite(value))
            continue;
        char text[AB_NUMBER_CAP];
        double again = 0;
        if (!ab__number_parse(ab__number_format(value, text), &again) || again != value)
            fail_msg("%a was written as %s", value, text);
    }
}

static void fewer_digits_hide_what_a_change_of_unit_adds(void **state)
{
    (void)state;
    char text[AB_NUMBER_CAP];
    assert_string_equal(ab__number_format_n(0.1 + 0.2, 15, text), "0.3");
    assert_string_equal(ab__number_format_n(1.0 / 3, 4, text), "0.3333");
    assert_string_equal(ab__number_format_n(123456, 2, text), "1.2e+05");
    assert_string_equal(ab__number_format_n(0.5, 0, text), "0.5");
    assert_string_equal(ab__number_format_n(NAN, 3, text), "");
    uint64_t draws = 2;
    for (int i = 0; i < 10000; i++) {
        double tonnes = floor(draw_between(&draws, 0, 1e7)) / 1000;
        char plain[AB_NUMBER_CAP], converted[AB_NUMBER_CAP];
        ab__number_format(tonnes, plain);
        assert_string_equal(
            ab__number_format_n(tonnes * 1000 / 1000 * 0.45359237 / 0.45359237, 15, converted),
            plain);
    }
}

static void people_read_thousands_and_rounded_decimals(void **state)
{
    (void)state;
    static const struct {
        double value;
        int decimals;
        const char *text;
    } cases[] = {
        {0, 0, "0"},
        {999, 0, "999"},
        {1000, 0, "1,000"},
        {42000.5, 1, "42,000.5"},
        {-1234567.891, 2, "-1,234,567.89"},
        {999999.5, 0, "1,000,000"},
        {0.5, 0, "1"},
        {1.5, 0, "2"},
        {2.5, 0, "3"},
        {-2.5, 0, "-3"},
        {0.125, 2, "0.13"},
        {2.4999999999999996, 0, "2"},
        /* The double nearest to 1.005 lies below it, so this is no half. */
        {1.005, 2, "1.00"},
        {-0.4, 0, "0"},
        {-0.004, 2, "0.00"},
        {-0.0, 1, "0.0"},
        {486700, 0, "486,700"},
        {999999999999999, 9, "999,999,999,999,999.000000000"},
        {1e15, 0, "1e+15"},
        {1.5, -3, "2"},
        {0.25, 50, "0.250000000"},
        {NAN, 1, ""},
        {INFINITY, 1, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[AB_NUMBER_CAP];
        assert_string_equal(ab__number_people(cases[i].value, cases[i].decimals, text),
                            cases[i].text);
    }
}

static void figures_for_people_are_within_half_a_last_digit(void **state)
{
    (void)state;
    uint64_t draws = 3;
    for (int i = 0; i < 20000; i++) {
        int decimals = i % 4;
        double value = draw_between(&draws, -1e7, 1e7);
        char text[AB_NUMBER_CAP], plain[AB_NUMBER_CAP] = "";
        ab__number_people(value, decimals, text);
        for (char *from = text, *to = plain; *from != '\0'; from++) {
            if (*from != ',')
                *to++ = *from;
        }
        double again = 0;
        assert_true(ab__number_parse(plain, &again));
        /* 1e-9: the last bits of numbers about 1e7 */
        assert_true(fabs(again - value) <= 0.5 * pow(10, -decimals) + 1e-9);
    }
}

static void assert_shifts(const char *text, int places, const char *wanted)
{
    ab_buf out = AB_BUF_INIT;
    assert_true(ab__number_shift(text, places, &out));
    assert_string_equal(ab__buf_text(&out), wanted);
    ab__buf_free(&out);
}

static void a_power_of_ten_moves_the_point_and_keeps_the_digits(void **state)
{
    (void)state;
    assert_shifts("3000", -3, "3");
    assert_shifts("3125.50", -3, "3.1255");
    assert_shifts("12.5", -3, "0.0125");
    assert_shifts("0.1", 3, "100");
    assert_shifts("-0.05", 1, "-0.5");
    assert_shifts(" 007 ", 2, "700");
    assert_shifts("1.5e3", -3, "1.5");
    assert_shifts("0", -3, "0");
    assert_shifts("0.000", 3, "0");
    assert_shifts("123456789012345678901", -3, "123456789012345678.901");
    ab_buf out = AB_BUF_INIT;
    assert_false(ab__number_shift("12,5", -3, &out));
    assert_false(ab__number_shift("", -3, &out));
    assert_false(ab__number_shift("1e300", 3, &out));
    assert_int_equal(out.size, 0);
    int places;
    assert_true(ab__number_power_of_ten(0.001, &places));
    assert_int_equal(places, -3);
    assert_true(ab__number_power_of_ten(1, &places));
    assert_int_equal(places, 0);
    assert_false(ab__number_power_of_ten(0.45359237, &places));
    assert_false(ab__number_power_of_ten(-10, &places));
}

/* There and back again is the same number, to the last bit. */
static void a_point_moved_there_and_back_is_where_it_was(void **state)
{
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 20000; i++) {
        double value = draw_between(&seed, -1e6, 1e6), back;
        char text[AB_NUMBER_CAP];
        int places = (int)(draw_bits(&seed) % 25) - 12;
        ab_buf there = AB_BUF_INIT, again = AB_BUF_INIT;
        assert_true(ab__number_shift(ab__number_format(value, text), places, &there));
        assert_true(ab__number_shift(ab__buf_text(&there), -places, &again));
        assert_true(ab__number_parse(ab__buf_text(&again), &back));
        assert_true(back == value);
        ab__buf_free(&there);
        ab__buf_free(&again);
    }
}

static void check_points(void)
{
    char text[AB_NUMBER_CAP];
    double value = 0;
    assert_true(ab__number_parse("0.5", &value));
    assert_true(value == 0.5);
    assert_false(ab__number_parse("0,5", &value));
    assert_string_equal(ab__number_format(1234.5, text), "1234.5");
    assert_string_equal(ab__number_people(1234.5, 1, text), "1,234.5");
}

static void a_decimal_comma_of_the_locale_changes_nothing(void **state)
{
    (void)state;
    check_points();
    if (!set_decimal_comma())
        skip();
    check_points();
    (void)setlocale(LC_ALL, "C");
}

static void *read_and_write(void *wrong)
{
    uint64_t draws = 4;
    for (int i = 0; i < 5000; i++) {
        char text[AB_NUMBER_CAP];
        double value = draw_between(&draws, -1, 1);
        double again = 0;
        if (!ab__number_parse(ab__number_format(value, text), &again) || again != value)
            *(int *)wrong = 1;
    }
    return NULL;
}

static void threads_do_not_disturb_one_another(void **state)
{
    (void)state;
    pthread_t threads[4];
    int wrong[4] = {0};
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_and_write, &wrong[i]), 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(wrong[i], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_the_nearest_double),
        cmocka_unit_test(what_is_not_a_plain_number_is_refused),
        cmocka_unit_test(a_scan_stops_behind_the_number),
        cmocka_unit_test(whole_numbers_are_exact_in_every_spelling),
        cmocka_unit_test(what_is_not_whole_or_too_large_is_no_count),
        cmocka_unit_test(decimal_commas_and_separated_thousands_are_told_apart),
        cmocka_unit_test(numbers_are_written_short),
        cmocka_unit_test(every_double_reads_back_as_itself),
        cmocka_unit_test(fewer_digits_hide_what_a_change_of_unit_adds),
        cmocka_unit_test(people_read_thousands_and_rounded_decimals),
        cmocka_unit_test(figures_for_people_are_within_half_a_last_digit),
        cmocka_unit_test(a_power_of_ten_moves_the_point_and_keeps_the_digits),
        cmocka_unit_test(a_point_moved_there_and_back_is_where_it_was),
        cmocka_unit_test(a_decimal_comma_of_the_locale_changes_nothing),
        cmocka_unit_test(threads_do_not_disturb_one_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
