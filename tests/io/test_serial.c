/* Numbers of days come out as the text that somebody typed. */
#include "io/support.h"

#include "io/serial.h"

static void a_format_tells_what_its_number_is(void **state)
{
    static const struct {
        const char *format;
        ab_shown shown;
    } known[] = {
        {"General", AB_SHOWN_NUMBER},
        {"0.00E+00", AB_SHOWN_NUMBER},
        {"#,##0.00", AB_SHOWN_NUMBER},
        {"\"day\" 0", AB_SHOWN_NUMBER},
        {"[Red]0;[Blue]-0", AB_SHOWN_NUMBER},
        {"0\\h", AB_SHOWN_NUMBER},
        {"yyyy\\-mm\\-dd", AB_SHOWN_DAY},
        {"d. mmmm yyyy", AB_SHOWN_DAY},
        {"mmm", AB_SHOWN_DAY},
        {"[$-409]dd/mm/yy;@", AB_SHOWN_DAY},
        {"yyyy\\-mm\\-dd\\Thh:mm:ss", AB_SHOWN_TIME},
        {"m/d/yy h:mm", AB_SHOWN_TIME},
        {"h:mm AM/PM", AB_SHOWN_CLOCK},
        {"[h]:mm:ss", AB_SHOWN_CLOCK},
        {"[HH]:MM", AB_SHOWN_CLOCK},
        {"mm:ss.0", AB_SHOWN_CLOCK},
    };

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (ab__format_shows(known[i].format) != known[i].shown)
            fail_msg("%s shows %d", known[i].format, (int)ab__format_shows(known[i].format));
    assert_int_equal(ab__format_number_shows(0), AB_SHOWN_NUMBER);
    assert_int_equal(ab__format_number_shows(14), AB_SHOWN_DAY);
    assert_int_equal(ab__format_number_shows(20), AB_SHOWN_CLOCK);
    assert_int_equal(ab__format_number_shows(22), AB_SHOWN_TIME);
    assert_int_equal(ab__format_number_shows(46), AB_SHOWN_CLOCK);
    assert_int_equal(ab__format_number_shows(49), AB_SHOWN_NUMBER);
}

static void expect(double days, ab_shown shown, bool from_1904, const char *text)
{
    ab_buf out = AB_BUF_INIT;

    assert_true(ab__serial_add(days, shown, from_1904, &out) == (text[0] != '\0'));
    assert_string_equal(ab__buf_text(&out), text);
    ab__buf_free(&out);
}

static void a_number_of_days_is_a_day_a_time_or_hours(void **state)
{
    (void)state;
    expect(42410, AB_SHOWN_DAY, false, "2016-02-10");
    expect(42410, AB_SHOWN_TIME, false, "2016-02-10T00:00:00");
    expect(42410.25, AB_SHOWN_TIME, false, "2016-02-10T06:00:00");
    expect(42410.25, AB_SHOWN_DAY, false, "2016-02-10T06:00:00");
    expect(42411.9999884259, AB_SHOWN_TIME, false, "2016-02-11T23:59:59");
    expect(0.25, AB_SHOWN_CLOCK, false, "06:00");
    expect(0.791655092592593, AB_SHOWN_CLOCK, false, "18:59:59");
    expect(1, AB_SHOWN_CLOCK, false, "24:00");
    expect(1.26041666666667, AB_SHOWN_CLOCK, false, "30:15");
    expect(42410 - 1462, AB_SHOWN_DAY, true, "2016-02-10");
    expect(61, AB_SHOWN_DAY, false, "1900-03-01");
    expect(59, AB_SHOWN_DAY, false, "1900-02-28");
    expect(-1, AB_SHOWN_DAY, false, "");
    expect(1e9, AB_SHOWN_DAY, false, "");
    expect(42410, AB_SHOWN_NUMBER, false, "");
}

/* Excel keeps 15 digits of the day: every second must survive that. */
static void every_second_of_a_day_survives(void **state)
{
    (void)state;
    for (int s = 0; s < 86400; s += 7) {
        char digits[32], expected[32];
        (void)snprintf(digits, sizeof digits, "%.15g", 42410 + s / 86400.0);
        (void)snprintf(expected, sizeof expected, "2016-02-10T%02d:%02d:%02d", s / 3600,
                       s / 60 % 60, s % 60);
        expect(strtod(digits, NULL), AB_SHOWN_TIME, false, expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_format_tells_what_its_number_is),
        cmocka_unit_test(a_number_of_days_is_a_day_a_time_or_hours),
        cmocka_unit_test(every_second_of_a_day_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
