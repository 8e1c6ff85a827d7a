/* Now: which period is the first to be planned, which movements are past, which commitments are over. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "airbridge/operation.h"

enum { HOUR_S = 3600, DAY_S = 86400 };
static const ab_time START = 1898553600; /* 2030-03-01T00:00Z */

static ab_settings settings;
static ab_movement movement;
static ab_commitment commitment;
static ab_operation op;

/* `days` in periods of so many hours. */
static void operation(int days, int period_h, ab_time as_of)
{
    settings = (ab_settings){.start = START, .end = START + (ab_time)days * DAY_S, .period_s = period_h * (double)HOUR_S, .as_of = as_of};
    movement = (ab_movement){.commitment = -1, .date = AB_TIME_NONE};
    commitment = (ab_commitment){.lock = AB_LOCK_FIXED, .date = AB_TIME_NONE, .vehicle = -1, .hub = -1, .place = -1, .commodity = -1};
    op = (ab_operation){.settings = &settings, .period_count = days * 24 / period_h};
    op.movements.at = &movement;
    op.movements.count = 1;
    op.commitments.at = &commitment;
    op.commitments.count = 1;
}

static void the_first_period_begins_at_now_or_after_it(void **state)
{
    (void)state;
    static const struct {
        ab_time as_of;
        int32_t first;
    } cases[] = {
        {AB_TIME_NONE, 0}, {0, 0}, {-DAY_S, 0}, {1, 1}, {6 * HOUR_S, 1}, {DAY_S, 1}, {DAY_S + 1, 2}, {9 * DAY_S, 9}, {9 * DAY_S + 1, 10}, {30 * DAY_S, 10},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        operation(10, 24, cases[i].as_of == AB_TIME_NONE ? AB_TIME_NONE : START + cases[i].as_of);
        assert_int_equal(ab_first_departure(&op), cases[i].first);
    }
    operation(10, 6, START + 7 * HOUR_S);
    assert_int_equal(ab_first_departure(&op), 2);
    op.period_count = 0; /* as where the length of a period could not be read */
    settings.period_s = NAN;
    assert_int_equal(ab_first_departure(&op), 0);
}

/* Whenever now is, a day is past for movements where departures of it are not planned any more. */
static void a_movement_is_past_where_its_day_is_not_planned(void **state)
{
    (void)state;
    for (int offset_h = -11; offset_h <= 13; offset_h++) {
        for (int hour = 1; hour < 240; hour += 7) {
            operation(10, 24, START + (ab_time)hour * HOUR_S);
            settings.utc_offset_s = offset_h * (double)HOUR_S;
            for (int day = -2; day < 13; day++) {
                int32_t t, from, until;
                movement.date = START + (ab_time)day * DAY_S;
                ab_periods_of_day(&op, movement.date, &from, &until);
                bool past = ab_movement_is_past(&op, 0, &t);
                assert_int_equal(past, from < until && from < ab_first_departure(&op));
                if (past)
                    assert_int_equal(t, from);
            }
        }
    }
}

/* In a week that holds now, what is dated behind now has not happened. */
static void a_long_period_is_not_past_beyond_now(void **state)
{
    (void)state;
    int32_t t;
    operation(28, 168, START + 9 * DAY_S);
    movement.date = START + 8 * DAY_S;
    assert_true(ab_movement_is_past(&op, 0, &t));
    assert_int_equal(t, 1);
    movement.date = START + 10 * DAY_S;
    assert_false(ab_movement_is_past(&op, 0, &t));
}

static void a_commitment_is_over_when_it_is_done_moved_or_past(void **state)
{
    (void)state;
    operation(10, 24, START + 4 * DAY_S);
    assert_false(ab_commitment_is_over(&op, 0));
    commitment.date = START + 3 * DAY_S;
    assert_true(ab_commitment_is_over(&op, 0));
    assert_false(ab_commitment_binds(&op, 0, 0, 0, 0, 3));
    commitment.date = START + 4 * DAY_S;
    assert_false(ab_commitment_is_over(&op, 0));
    assert_true(ab_commitment_binds(&op, 0, 0, 0, 0, 4));
    movement.commitment = 0;
    movement.date = START + 5 * DAY_S; /* cannot have happened */
    assert_false(ab_commitment_is_over(&op, 0));
    movement.date = START + 2 * DAY_S;
    assert_true(ab_commitment_is_over(&op, 0));
    movement.commitment = -1;
    commitment.state = AB_PROGRESS_DONE;
    assert_true(ab_commitment_is_over(&op, 0));
    settings.as_of = AB_TIME_NONE; /* nothing is past: what is done stays part of the plan */
    assert_false(ab_commitment_is_over(&op, 0));
    commitment.state = AB_PROGRESS_FAILED;
    assert_true(ab_commitment_is_over(&op, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_period_begins_at_now_or_after_it),
        cmocka_unit_test(a_movement_is_past_where_its_day_is_not_planned),
        cmocka_unit_test(a_long_period_is_not_past_beyond_now),
        cmocka_unit_test(a_commitment_is_over_when_it_is_done_moved_or_past),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
