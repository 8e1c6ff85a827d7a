#include <math.h>

#include "model/mini.h"

static read_operation read_span(const char *end, const char *period_h)
{
    char text[200];
    (void)snprintf(text, sizeof text,
                   "key|value\nname|x\nstart|2030-03-01T00:00Z\nend|%s\nperiod_h|%s\n", end,
                   period_h);
    return read_mini_with("operation", text);
}

static void periods_divide_the_operation_and_the_last_may_be_shorter(void **state)
{
    (void)state;
    read_operation of = read_span("2030-03-03T12:00Z", "24");
    const ab_operation *op = of.op;
    ab_time start = op->settings->start;
    assert_int_equal(op->period_count, 3);
    assert_int_equal(ab_period_start(op, 0), start);
    assert_int_equal(ab_period_start(op, 2), start + 2 * 86400);
    assert_int_equal(ab_period_start(op, 3), op->settings->end);
    assert_true(ab_period_days(op, 1) == 1);
    assert_true(ab_period_days(op, 2) == 0.5);
    forget_operation(&of);
}

static void every_moment_lies_in_the_period_that_starts_before_it(void **state)
{
    (void)state;
    read_operation of = read_span("2030-03-03T12:00Z", "7.5");
    const ab_operation *op = of.op;
    assert_int_equal(op->period_count, 8);
    assert_int_equal(ab_period_of(op, op->settings->start - 1), -1);
    assert_int_equal(ab_period_of(op, op->settings->end), 8);
    assert_int_equal(ab_period_of(op, AB_TIME_NONE), -1);
    double days = 0;
    for (int32_t t = 0; t < op->period_count; t++) {
        assert_int_equal(ab_period_of(op, ab_period_start(op, t)), t);
        assert_int_equal(ab_period_of(op, ab_period_start(op, t + 1) - 1), t);
        days += ab_period_days(op, t);
    }
    assert_true(fabs(days - 2.5) < 1e-12);
    forget_operation(&of);
}

static void a_period_of_a_third_of_a_day_is_whole_seconds(void **state)
{
    (void)state;
    read_operation of = read_span("2030-03-03T00:00Z", "1.33333333");
    assert_int_equal(of.op->period_count, 36);
    assert_int_equal(ab_period_start(of.op, 1) - of.op->settings->start, 4800);
    forget_operation(&of);
}

static void an_operation_shorter_than_a_period_has_one(void **state)
{
    (void)state;
    read_operation of = read_span("2030-03-01T00:10Z", "24");
    assert_int_equal(of.op->period_count, 1);
    assert_int_equal(ab_period_start(of.op, 1), of.op->settings->end);
    forget_operation(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(periods_divide_the_operation_and_the_last_may_be_shorter),
        cmocka_unit_test(every_moment_lies_in_the_period_that_starts_before_it),
        cmocka_unit_test(a_period_of_a_third_of_a_day_is_whole_seconds),
        cmocka_unit_test(an_operation_shorter_than_a_period_has_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
