#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "airbridge/time.h"
#include "base/draw.h"

static void times_are_utc_seconds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        ab_time time;
    } cases[] = {
        {"1970-01-01T00:00Z", 0},
        {"1970-01-01T00:00:01Z", 1},
        {"1969-12-31T23:59:59Z", -1},
        {"2016-02-12T06:00Z", 1455256800},
        {"2016-02-12T08:00+02:00", 1455256800},
        {"2016-02-11T20:30-09:30", 1455256800},
        {"2016-02-12T06:00-00:00", 1455256800},
        {"2000-02-29T12:00Z", 951825600},
        {"1900-01-01T00:00Z", -2208988800},
        {"2199-12-31T23:59:59Z", 7258118399},
        {"2016-01-01T14:00+14:00", 1451606400},
        {"2016-01-01T00:00:59Z", 1451606459},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ab_time t = 0;
        const char *why = NULL;
        if (!ab_time_parse(cases[i].text, &t, &why) || t != cases[i].time)
            fail_msg("%s gave %" PRId64 " (%s)", cases[i].text, t, why != NULL ? why : "read");
    }
}

static void a_refused_time_says_what_is_expected(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *says;
    } cases[] = {
        {"2016-02-12T06:00", "add Z for UTC"},
        {"2016-02-12T06:00:30", "add Z for UTC"},
        {"2016-02-12T06:00 Z", "Z for UTC"},
        {"2016-02-12T06:00z", "Z for UTC"},
        {"2016-02-12T06:00+0200", "+02:00"},
        {"2016-02-12T06:00+2:00", "+02:00"},
        {"2016-02-12T06:00+02", "+02:00"},
        {"2016-02-12T06:00+15:00", "14 hours"},
        {"2016-02-12T06:00-14:01", "14 hours"},
        {"2016-02-12T06:00+01:60", "14 hours"},
        {"2016-02-12T06:00ZZ", "nothing after"},
        {"2016-02-12T06:00Z ", "nothing after"},
        {"2016-02-12T24:00Z", "00:00 of the next day"},
        {"2016-02-12T25:00Z", "00 to 23"},
        {"2016-02-12T06:60Z", "00 to 59"},
        {"2016-02-12T06:00:60Z", "00 to 59"},
        {"2016-02-12T06:00:01.5Z", "whole seconds"},
        {"2016-02-12", "a time after the day"},
        {"2016-02-12 06:00Z", "a T between"},
        {"2016-02-12t06:00Z", "a T between"},
        {"2016-02-12T6:00Z", "2016-02-12T06:00Z"},
        {"2016-02-12T0600Z", "2016-02-12T06:00Z"},
        {"2016-02-12T06:00:Z", "2016-02-12T06:00Z"},
        {"12/02/2016 06:00", "2016-02-12T06:00Z"},
        {"12.02.2016", "2016-02-12T06:00Z"},
        {"", "2016-02-12T06:00Z"},
        {" 2016-02-12T06:00Z", "2016-02-12T06:00Z"},
        {"2016-13-12T06:00Z", "month from 01 to 12"},
        {"2016-00-12T06:00Z", "month from 01 to 12"},
        {"2016-02-30T06:00Z", "no such day"},
        {"2015-02-29T06:00Z", "no such day"},
        {"2100-02-29T06:00Z", "no such day"},
        {"2016-04-31T06:00Z", "no such day"},
        {"2016-04-00T06:00Z", "no such day"},
        {"1899-12-31T06:00Z", "1900 to 2199"},
        {"2200-01-01T06:00Z", "1900 to 2199"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ab_time t = 77;
        const char *why = NULL;
        if (ab_time_parse(cases[i].text, &t, &why) || t != 77 || why == NULL ||
            strstr(why, cases[i].says) == NULL)
            fail_msg("\"%s\": %s", cases[i].text, why != NULL ? why : "read");
        assert_false(ab_time_parse(cases[i].text, &t, NULL));
    }
}

static void a_day_is_its_first_second(void **state)
{
    (void)state;
    ab_time t = 0;
    const char *why = NULL;
    assert_true(ab_day_parse("2016-02-29", &t, &why));
    assert_int_equal(t, 1456704000);
    assert_true(ab_day_parse("1970-01-01", &t, NULL));
    assert_int_equal(t, 0);
    static const char *const refused[] = {
        "",           "2016-02-29Z", "2016-02-29T00:00Z", "2016-2-9",   "2016-02-30",
        "29.02.2016", "16-02-29",    "2016-02-29 ",       "1899-12-31", "2200-01-01"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        why = NULL;
        if (ab_day_parse(refused[i], &t, &why) || why == NULL)
            fail_msg("\"%s\" was read as a day", refused[i]);
    }
}

static void a_clock_reaches_to_the_end_of_the_day(void **state)
{
    (void)state;
    int32_t s = -1;
    const char *why = NULL;
    assert_true(ab_clock_parse("00:00", &s, &why));
    assert_int_equal(s, 0);
    assert_true(ab_clock_parse("07:30", &s, &why));
    assert_int_equal(s, 27000);
    assert_true(ab_clock_parse("24:00", &s, NULL));
    assert_int_equal(s, 86400);
    static const char *const refused[] = {"",     "7:30",  "24:01",    "25:00",  "12:60",
                                          "12",   "12:3",  "12:30:00", "12:30 ", "-1:00",
                                          "1230", "12.30", "6am"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        why = NULL;
        s = 77;
        if (ab_clock_parse(refused[i], &s, &why) || why == NULL || s != 77)
            fail_msg("\"%s\" was read as a time of day", refused[i]);
    }
}

static void times_are_written_in_utc_with_seconds_where_there_are_any(void **state)
{
    (void)state;
    char text[AB_TIME_TEXT_CAP];
    assert_string_equal(ab_time_format(0, text), "1970-01-01T00:00Z");
    assert_string_equal(ab_time_format(-1, text), "1969-12-31T23:59:59Z");
    assert_string_equal(ab_time_format(1455256800, text), "2016-02-12T06:00Z");
    assert_string_equal(ab_time_format(1455256801, text), "2016-02-12T06:00:01Z");
    assert_string_equal(ab_time_format(AB_TIME_NONE, text), "");
    assert_string_equal(ab_day_format(-1, text), "1969-12-31");
    assert_string_equal(ab_day_format(951868799, text), "2000-02-29");
    assert_string_equal(ab_day_format(AB_TIME_NONE, text), "");
    assert_string_equal(ab_clock_format(0, text), "00:00");
    assert_string_equal(ab_clock_format(27059, text), "07:30");
    assert_string_equal(ab_clock_format(86400, text), "24:00");
    assert_string_equal(ab_clock_format(-1, text), "");
}

static void the_ends_of_time_fit_the_text(void **state)
{
    (void)state;
    static const ab_time ends[] = {INT64_MAX, INT64_MIN + 1, -62167219201, 253402300800};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char text[AB_TIME_TEXT_CAP];
        ab_time_format(ends[i], text);
        assert_true(strlen(text) > 0 && text[strlen(text) - 1] == 'Z');
    }
}

static void each_day_follows_the_one_before(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    ab_time expected = -2208988800;
    for (int year = 1900; year <= 2199; year++) {
        for (int month = 1; month <= 12; month++) {
            bool leap = (year % 4 == 0 && year % 100 != 0) || year == 2000;
            int length = lengths[month - 1] + (month == 2 && leap ? 1 : 0);
            for (int day = 1; day <= length; day++) {
                char text[AB_TIME_TEXT_CAP], again[AB_TIME_TEXT_CAP];
                (void)snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
                ab_time t = 0;
                assert_true(ab_day_parse(text, &t, NULL));
                assert_int_equal(t, expected);
                assert_string_equal(ab_day_format(t + 86399, again), text);
                expected += 86400;
            }
        }
    }
}

static void times_read_back_and_agree_with_the_system(void **state)
{
    (void)state;
    uint64_t draws = 1;
    for (int i = 0; i < 20000; i++) {
        ab_time t = (ab_time)draw_between(&draws, -2208988800.0, 7258118400.0);
        char text[AB_TIME_TEXT_CAP], theirs[AB_TIME_TEXT_CAP];
        ab_time again = 0;
        assert_true(ab_time_parse(ab_time_format(t, text), &again, NULL));
        assert_int_equal(again, t);
        time_t seconds = (time_t)t;
        struct tm civil;
        assert_non_null(gmtime_r(&seconds, &civil));
        assert_true(strftime(theirs, sizeof theirs,
                             civil.tm_sec != 0 ? "%Y-%m-%dT%H:%M:%SZ" : "%Y-%m-%dT%H:%MZ",
                             &civil) > 0);
        assert_string_equal(text, theirs);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_utc_seconds),
        cmocka_unit_test(a_refused_time_says_what_is_expected),
        cmocka_unit_test(a_day_is_its_first_second),
        cmocka_unit_test(a_clock_reaches_to_the_end_of_the_day),
        cmocka_unit_test(times_are_written_in_utc_with_seconds_where_there_are_any),
        cmocka_unit_test(the_ends_of_time_fit_the_text),
        cmocka_unit_test(each_day_follows_the_one_before),
        cmocka_unit_test(times_read_back_and_agree_with_the_system),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
