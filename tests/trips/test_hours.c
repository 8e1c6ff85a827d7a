#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "support/small.h"
#include "trips/build.h"

static void a_trip_longer_than_a_days_duty_rests_overnight(void **state)
{
    (void)state;
    small_near(ab__elapsed_s(0, 36000), 0);
    small_near(ab__elapsed_s(5 * 3600, 10 * 3600), 5 * 3600);
    small_near(ab__elapsed_s(10 * 3600, 10 * 3600), 10 * 3600);
    small_near(ab__elapsed_s(11 * 3600, 10 * 3600), 25 * 3600);
    small_near(ab__elapsed_s(30 * 3600, 10 * 3600), (48 + 10) * 3600);
    small_near(ab__elapsed_s(30 * 3600, 24 * 3600), 30 * 3600);
}

#define SETTINGS                                                                                   \
    "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"         \
    "utc_offset_h,3\n"

/* The share of a period in which trips of `way_h` and so many nights may depart, when the hub works `opens` to
 * `closes` under all agreements in `rows`. */
static double way_frac(const char *opens, const char *closes, const char *rows, int32_t t,
                       double way_h, int32_t nights)
{
    char tables[2000];
    snprintf(tables, sizeof tables,
             SETTINGS "[hubs]\nid,lon_deg,lat_deg,opens,closes\nhub,36,34,%s,%s\n"
                      "[agreements]\nid,kind,from,until,daily_from,daily_until\n%s",
             opens, closes, rows);
    ab_operation *op = small_operation(tables);
    ab_ref all[4];
    ab_refs agreements = {op->agreements.count, all};
    for (int32_t i = 0; i < op->agreements.count; i++) {
        all[i] = (ab_ref){AB_TABLE_agreements, i};
    }
    ab__hours hours = {agreements, true, (ab_time)(way_h * 3600), nights};
    double frac = ab__work_frac(op, 0, &hours, t);
    ab_operation_free(op);
    return frac;
}

static double work_frac(const char *opens, const char *closes, const char *rows, int32_t t)
{
    return way_frac(opens, closes, rows, t, 0, 0);
}

static void departures_need_the_hub_at_work_in_the_hours_agreed(void **state)
{
    (void)state;
    const char truce[] = "g1,corridor,2030-03-01T00:00Z,,07:00,17:00\n";
    small_near(work_frac("06:00", "20:00", truce, 0), 10.0 / 24);
    small_near(work_frac("12:00", "20:00", truce, 0), 5.0 / 24);
    small_near(work_frac("18:00", "20:00", truce, 0), 0);
    small_near(work_frac("", "", "g1,corridor,2030-03-01T00:00Z,,,\n", 0), 1);
}

static void an_agreement_without_hours_does_not_lift_those_of_another(void **state)
{
    (void)state;
    const char both[] = "g1,corridor,2030-03-01T00:00Z,,07:00,17:00\n"
                        "g2,corridor,2030-03-01T00:00Z,,,\n";
    small_near(work_frac("", "", both, 0), 10.0 / 24);
}

static void hours_over_midnight_are_two_agreements(void **state)
{
    (void)state;
    const char night[] = "g1,corridor,2030-03-01T00:00Z,,22:00,24:00\n"
                         "g2,corridor,2030-03-01T00:00Z,,00:00,04:00\n";
    small_near(work_frac("", "", night, 1), 6.0 / 24);
}

static void a_window_that_begins_within_the_period_counts_from_then(void **state)
{
    (void)state;
    /* 09:00 to 15:00 UTC is 12:00 to 18:00 local. */
    const char pause[] = "g1,corridor,2030-03-04T09:00Z,2030-03-04T15:00Z,,\n";
    small_near(work_frac("", "", pause, 3), 6.0 / 24);
    small_near(work_frac("06:00", "14:00", pause, 3), 2.0 / 24);
    small_near(work_frac("", "", pause, 2), 0);
}

static void agreements_that_follow_one_another_leave_no_gap(void **state)
{
    (void)state;
    const char two[] = "g1,corridor,2030-03-01T00:00Z,2030-03-04T12:00Z,,\n"
                       "g2,corridor,2030-03-04T12:00Z,2030-03-06T00:00Z,,\n";
    small_near(work_frac("", "", two, 3), 1);
}

static void a_convoy_must_be_there_before_the_hours_agreed_end(void **state)
{
    (void)state;
    const char day[] = "g1,corridor,2030-03-01T00:00Z,,07:00,17:00\n";
    small_near(way_frac("", "", day, 1, 4, 0), 6.0 / 24);
    small_near(way_frac("", "", day, 1, 9.5, 0), 0.5 / 24);
    small_near(way_frac("", "", day, 1, 10.5, 0), 0);
    /* The hub binds the departure only: it may close while the convoy is under way. */
    small_near(way_frac("06:00", "09:00", day, 1, 4, 0), 2.0 / 24);
    small_near(way_frac("12:00", "20:00", day, 1, 4, 0), 1.0 / 24);
}

static void the_way_may_go_on_over_midnight_and_over_the_end_of_a_period(void **state)
{
    (void)state;
    /* Agreed 22:00 to 04:00 local; periods begin at 03:00 local. */
    const char night[] = "g1,corridor,2030-03-01T00:00Z,,22:00,24:00\n"
                         "g2,corridor,2030-03-01T00:00Z,,00:00,04:00\n";
    small_near(way_frac("", "", night, 1, 2, 0), 4.0 / 24);
    small_near(way_frac("", "", night, 1, 5.5, 0), 0.5 / 24);
    small_near(way_frac("", "", night, 1, 6.5, 0), 0);
    /* Without hours a trip may start at any time; one that is longer than the agreement may not. */
    small_near(way_frac("", "", "g1,corridor,2030-03-01T00:00Z,,,\n", 1, 20, 0), 1);
    const char pause[] = "g1,corridor,2030-03-04T09:00Z,2030-03-04T15:00Z,,\n";
    small_near(way_frac("", "", pause, 3, 4, 0), 2.0 / 24);
    small_near(way_frac("", "", pause, 3, 7, 0), 0);
}

static void who_rests_overnight_needs_hours_on_each_day(void **state)
{
    (void)state;
    const char days[] = "g1,corridor,2030-03-01T00:00Z,2030-03-05T00:00Z,07:00,17:00\n";
    small_near(way_frac("", "", days, 1, 0, 2), 10.0 / 24);
    small_near(way_frac("", "", days, 3, 0, 0), 10.0 / 24);
    small_near(way_frac("", "", days, 3, 0, 1), 0);
}

static void a_truce_lets_nothing_through_and_its_hours_bind(void **state)
{
    (void)state;
    const char truce[] = "g1,ceasefire,2030-03-01T00:00Z,,07:00,17:00\n";
    const char both[] = "g1,ceasefire,2030-03-01T00:00Z,,07:00,17:00\n"
                        "g2,corridor,2030-03-01T00:00Z,,,\n";
    small_near(work_frac("", "", truce, 0), 0);
    small_near(work_frac("", "", both, 0), 10.0 / 24);
}

static void an_agreement_is_used_from_the_hour_that_notice_allows(void **state)
{
    (void)state;
    const char known[] = "[hubs]\nid,lon_deg,lat_deg\nhub,36,34\n"
                         "[agreements]\nid,kind,from,known_at,notice_h\n"
                         "g1,corridor,2030-02-01T00:00Z,,36\n";
    ab_operation *op = small_operation(known);
    ab_ref row = {AB_TABLE_agreements, 0};
    ab__hours hours = {{1, &row}, true, 0, 0};
    small_near(ab__work_frac(op, 0, &hours, 0), 0);
    small_near(ab__work_frac(op, 0, &hours, 1), 0.5);
    small_near(ab__work_frac(op, 0, &hours, 2), 1);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_trip_longer_than_a_days_duty_rests_overnight),
        cmocka_unit_test(departures_need_the_hub_at_work_in_the_hours_agreed),
        cmocka_unit_test(a_window_that_begins_within_the_period_counts_from_then),
        cmocka_unit_test(an_agreement_without_hours_does_not_lift_those_of_another),
        cmocka_unit_test(hours_over_midnight_are_two_agreements),
        cmocka_unit_test(hours_over_midnight_are_two_agreements),
        cmocka_unit_test(a_convoy_must_be_there_before_the_hours_agreed_end),
        cmocka_unit_test(the_way_may_go_on_over_midnight_and_over_the_end_of_a_period),
        cmocka_unit_test(who_rests_overnight_needs_hours_on_each_day),
        cmocka_unit_test(a_truce_lets_nothing_through_and_its_hours_bind),
        cmocka_unit_test(an_agreement_is_used_from_the_hour_that_notice_allows),
        cmocka_unit_test(agreements_that_follow_one_another_leave_no_gap),
    };
    return cmocka_run_group_tests_name("trips/hours", tests, NULL, NULL);
}
