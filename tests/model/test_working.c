/* Spans that do not run at weekends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support/small.h"

enum { FRI_SAT = 1u << AB_WEEKDAY_FRI | 1u << AB_WEEKDAY_SAT };

static ab_time at_time(const char *text)
{
    ab_time t;
    assert_true(ab_time_parse(text, &t, NULL));
    return t;
}

/* Minute by minute. */
static ab_time plainly(uint32_t weekend, ab_time from, int minutes, ab_time offset_s)
{
    int step = minutes < 0 ? -60 : 60, left = minutes < 0 ? -minutes : minutes;
    while (left > 0) {
        ab_time local = from + offset_s + (step < 0 ? -60 : 0);
        int64_t weekday = (local / 86400 + AB_WEEKDAY_THU) % 7;
        left -= (weekend >> weekday & 1) == 0;
        from += step;
    }
    return from;
}

static void notice_over_a_weekend_takes_two_days_more(void **state)
{
    (void)state;
    ab_operation *op = small_operation("");
    /* 1 March 2030 is a Friday. */
    assert_int_equal(ab_working_from(op, 0, at_time("2030-02-28T12:00Z"), 86400), at_time("2030-03-01T12:00Z"));
    assert_int_equal(ab_working_from(op, FRI_SAT, at_time("2030-02-28T12:00Z"), 86400), at_time("2030-03-03T12:00Z"));
    assert_int_equal(ab_working_from(op, FRI_SAT, at_time("2030-03-03T12:00Z"), -86400), at_time("2030-02-28T12:00Z"));
    assert_int_equal(ab_working_from(op, FRI_SAT, at_time("2030-03-01T12:00Z"), 0), at_time("2030-03-01T12:00Z"));
    assert_int_equal(ab_working_from(op, 127, at_time("2030-03-01T12:00Z"), 60), INT64_MAX);
    assert_int_equal(ab_working_from(op, 127, at_time("2030-03-01T12:00Z"), -60), AB_TIME_NONE);
    ab_operation_free(op);
}

static void it_is_what_counting_minutes_gives(void **state)
{
    (void)state;
    ab_operation *op =
        small_operation("[operation]\nkey,value\nname,x\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nutc_offset_h,3.5\n");
    ab_time from = at_time("2030-02-27T07:13Z");
    for (int i = 0; i < 200; i++) {
        uint32_t weekend = (uint32_t)(i * 37 % 127);
        int minutes = (i * 311) % 6000 - 3000;
        assert_int_equal(ab_working_from(op, weekend, from + i * 4140, 60.0 * minutes), plainly(weekend, from + i * 4140, minutes, 12600));
    }
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notice_over_a_weekend_takes_two_days_more),
        cmocka_unit_test(it_is_what_counting_minutes_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
