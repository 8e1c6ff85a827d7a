/* The last hour at which a yes still saves a date, worked out by hand, and held against what trips offer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/access.h"
#include "airbridge/flow.h"
#include "support/small.h"

/* 1 March 2030 is a Friday. Loading takes two hours, the hub works from 8 to 16. */
#define HUB                                                                                         \
    "[hubs]\nid,lon_deg,lat_deg,opens,closes\nhub,36,34,08:00,16:00\n"                             \
    "[vehicles]\nid,mode,count,base,payload_t,speed_km_h,turnround_h\ntruck,road,5,hub,10,50,4\n"
#define PLACES                                                                                      \
    "[places]\nid,name,lon_deg,lat_deg,population,cut_off_since,besieged_by,stock_days\n"          \
    "town,Town,36.5,34,1000,2029-01-01,Ring,0\n"                                                   \
    "mill,,36.6,34,5000,2029-01-01,Ring,3\n"
#define REQUESTS "[requests]\nid,asked_at,asked_of,place,reply,reply_at,valid_from,valid_until\n"
#define ASKED REQUESTS "q_town,2030-02-20T00:00Z,Council,town,,,,\n"
#define NOTICE "[agreements]\nid,kind,parties,subjects,mode,from,notice_h,weekend\n"

static ab_time at_time(const char *text)
{
    ab_time t;
    assert_true(ab_time_parse(text, &t, NULL));
    return t;
}

static ab_result *chase(const ab_operation *op, const char *at)
{
    ab_chase_request request = {at_time(at), NULL};
    ab_result *result = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_flow_chase(op, &request, &result, &err), AB_OK);
    return result;
}

static const ab_chase_row *row_of(const ab_data *data, const char *place)
{
    const ab_chase_row *row = data->rows[AB_TABLE_chase].at;
    for (int32_t i = 0; i < data->rows[AB_TABLE_chase].count; i++)
        if (strcmp(row[i].place, place) == 0)
            return &row[i];
    return NULL;
}

/* The yes_by of the date that departs at `depart`; fails the test if there is none. */
static ab_time yes_by(const ab_data *data, const char *place, const char *depart)
{
    const ab_chase_date *date = data->rows[AB_TABLE_chase_dates].at;
    for (int32_t i = 0; i < data->rows[AB_TABLE_chase_dates].count; i++)
        if (strcmp(date[i].place, place) == 0 && date[i].depart == at_time(depart))
            return date[i].yes_by;
    fail_msg("no date %s of %s", depart, place);
    return 0;
}

/* ---- The hour ---- */

static void a_load_is_ready_when_the_hub_opens_if_it_was_loaded_the_day_before(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED);
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    /* Sets out at 8; two hours of loading are the last two of the hub the day before. */
    assert_int_equal(yes_by(&data, "town", "2030-03-06T08:00Z"), at_time("2030-03-05T14:00Z"));
    ab_result_free(result);
    ab_operation_free(op);
}

static void notice_is_given_before(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED NOTICE "g,quota,Council,place:town,road,2030-02-01T00:00Z,48,\n");
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    assert_int_equal(yes_by(&data, "town", "2030-03-06T08:00Z"), at_time("2030-03-04T08:00Z"));
    ab_result_free(result);
    ab_operation_free(op);
}

static void notice_does_not_run_on_the_weekend_of_who_asks_for_it(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED NOTICE "g,quota,Council,place:town,road,2030-02-01T00:00Z,48,fri; sat\n");
    ab_result *result = chase(op, "2030-02-27T00:00Z");
    ab_data data = ab_result_data(result);
    /* From Sunday 3 March 8:00 back: eight hours of Sunday, none of Saturday and Friday, a day of Thursday, 16 hours of Wednesday. */
    assert_int_equal(yes_by(&data, "town", "2030-03-03T08:00Z"), at_time("2030-02-27T08:00Z"));
    assert_int_equal(yes_by(&data, "town", "2030-03-06T08:00Z"), at_time("2030-03-04T08:00Z"));
    ab_result_free(result);
    ab_operation_free(op);
}

static void dates_that_no_yes_can_save_are_not_promised(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED);
    ab_result *result = chase(op, "2030-03-05T14:00Z");
    ab_data data = ab_result_data(result);
    assert_int_equal(row_of(&data, "town")->depart, at_time("2030-03-06T08:00Z")); /* to the minute */
    ab_result_free(result);
    result = chase(op, "2030-03-05T14:01Z");
    data = ab_result_data(result);
    assert_int_equal(row_of(&data, "town")->depart, at_time("2030-03-07T08:00Z"));
    ab_result_free(result);
    ab_operation_free(op);
}

/* Later dates never need an earlier yes, and a yes in the last hour lets the trip go. */
static void a_yes_in_the_last_hour_saves_the_date(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED NOTICE "g,quota,Council,place:town,road,2030-02-01T00:00Z,30,\n");
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    const ab_chase_date *date = data.rows[AB_TABLE_chase_dates].at;
    int checked = 0;
    for (int32_t i = 0; i < data.rows[AB_TABLE_chase_dates].count; i++) {
        char tables[2000], yes[AB_TIME_TEXT_CAP];
        if (strcmp(date[i].place, "town") != 0)
            continue;
        assert_true(date[i].yes_by < date[i].depart);
        assert_true(checked++ == 0 || date[i].yes_by >= date[i - 1].yes_by);
        snprintf(tables, sizeof tables, HUB PLACES REQUESTS "q_town,2030-02-20T00:00Z,Council,town,approved,%s,,\n",
                 ab_time_format(date[i].yes_by, yes));
        ab_operation *answered = small_operation(tables);
        ab_access *access = NULL;
        assert_int_equal(ab_access_make(answered, &access, NULL), AB_OK);
        int32_t t = ab_period_of(answered, date[i].depart);
        assert_int_equal(ab_access_place(access, 0, AB_MEANS_ROAD, t)->permission, AB_PERMISSION_GIVEN);
        ab_access_free(access);
        ab_operation_free(answered);
    }
    assert_true(checked > 3);
    ab_result_free(result);
    ab_operation_free(op);
}

/* ---- What is asked ---- */

static void who_was_asked_is_pushed_and_who_was_not_is_asked(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED);
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    assert_string_equal(row_of(&data, "town")->ask, "push");
    assert_string_equal(row_of(&data, "town")->authority, "Council");
    assert_string_equal(row_of(&data, "town")->request, "q_town");
    assert_string_equal(row_of(&data, "mill")->ask, "ask");
    assert_string_equal(row_of(&data, "mill")->authority, "Ring");
    assert_true(row_of(&data, "town")->answer_prob > 0 && row_of(&data, "town")->answer_prob < 1);
    ab_result_free(result);
    ab_operation_free(op);
}

static void a_place_that_is_fed_to_the_end_is_asked_for_by_nobody(void **state)
{
    (void)state;
    ab_operation *op = small_changed(HUB PLACES ASKED, "5000,2029-01-01,Ring,3", "5000,2029-01-01,Ring,300");
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    assert_null(row_of(&data, "mill"));
    assert_non_null(row_of(&data, "town"));
    ab_result_free(result);
    ab_operation_free(op);
}

static void leave_that_ends_is_renewed_in_time(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        HUB PLACES REQUESTS "q_town,2030-02-20T00:00Z,Council,town,approved,2030-02-25T00:00Z,,2030-03-05T00:00Z\n");
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    const ab_chase_row *row = row_of(&data, "town");
    assert_non_null(row);
    assert_string_equal(row->ask, "renew");
    assert_int_equal(row->ends_at, at_time("2030-03-05T00:00Z"));
    assert_int_equal(row->depart, at_time("2030-03-05T08:00Z"));
    assert_int_equal(row->yes_by, at_time("2030-03-04T14:00Z"));
    ab_result_free(result);
    ab_operation_free(op);
}

static void an_answer_that_came_later_was_not_known(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES REQUESTS "q_town,2030-02-20T00:00Z,Council,town,approved,2030-03-04T00:00Z,,\n");
    ab_result *before = chase(op, "2030-03-03T00:00Z"), *after = chase(op, "2030-03-04T00:00Z");
    ab_data a = ab_result_data(before), b = ab_result_data(after);
    assert_string_equal(row_of(&a, "town")->ask, "push");
    assert_null(row_of(&b, "town"));
    ab_result_free(before);
    ab_result_free(after);
    ab_operation_free(op);
}

static void where_the_way_is_closed_a_yes_alone_does_not_help(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED
                                       "[access]\nid,subject,mode,state,from,reported_at,reliability,credibility\n"
                                       "a1,place:town,road,closed,2025-01-01T00:00Z,2030-02-28T00:00Z,A,1\n");
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    const ab_chase_row *row = row_of(&data, "town");
    assert_non_null(row);
    assert_int_equal(row->yes_by, AB_TIME_NONE);
    assert_non_null(strstr(row->words, "a yes alone does not help"));
    assert_non_null(strstr(row->words, "report:a1"));
    ab_result_free(result);
    ab_operation_free(op);
}

/* Notice of two days is given at the start: leave is there from the 3rd on, and no yes can be earlier. */
static void where_leave_comes_sooner_than_a_yes_could_nothing_is_asked(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED NOTICE "g,corridor,Council,place:town,road,2030-02-01T00:00Z,48,\n");
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    assert_null(row_of(&data, "town"));
    ab_result_free(result);
    ab_operation_free(op);
}

/* ---- Hunger ---- */

static void at_stake_is_what_is_missed_until_the_next_load(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED);
    ab_result *result = chase(op, "2030-03-01T00:00Z");
    ab_data data = ab_result_data(result);
    const ab_chase_date *date = data.rows[AB_TABLE_chase_dates].at;
    const ab_chase_row *row = data.rows[AB_TABLE_chase].at;
    for (int32_t i = 0; i < data.rows[AB_TABLE_chase_dates].count; i++) {
        double day = (double)(date[i].arrive - at_time("2030-03-01T00:00Z")) / 86400; /* days before the load */
        if (strcmp(date[i].place, "town") == 0) /* nothing eaten since the start: a day counts twice above a debt of seven */
            small_near(date[i].stake_ration_days, 1000 * (day + 1 > 7 ? 2 : 1));
        else
            small_near(date[i].stake_ration_days, day < 3 ? 0 : 5000);
    }
    /* On 2 March the mill is fed. */
    assert_string_equal(row[0].place, "town");
    ab_result_free(result);
    result = chase(op, "2030-03-04T00:00Z");
    data = ab_result_data(result);
    row = data.rows[AB_TABLE_chase].at;
    assert_string_equal(row[0].place, "mill");
    ab_result_free(result);
    ab_operation_free(op);
}

static void a_plan_says_what_hunger_it_leaves(void **state)
{
    (void)state;
    ab_operation *op = small_operation(HUB PLACES ASKED);
    ab_stock_day day = {.place = "mill", .from = at_time("2030-03-02T00:00Z"), .eaten_frac = 0.5, .debt_ration_days = 30};
    ab_rows rows[AB_RESULT_TABLES] = {[AB_TABLE_stock_days] = {&day, 1}};
    ab_data plan = {ab_result_schema(), rows};
    ab_chase_request request = {at_time("2030-03-01T00:00Z"), &plan};
    ab_result *result = NULL;
    assert_int_equal(ab_flow_chase(op, &request, &result, NULL), AB_OK);
    ab_data data = ab_result_data(result);
    const ab_chase_row *row = data.rows[AB_TABLE_chase].at;
    assert_string_equal(row[0].place, "mill");
    small_near(row[0].stake_ration_days, 5000 * 0.5 * 4);
    ab_result_free(result);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_load_is_ready_when_the_hub_opens_if_it_was_loaded_the_day_before),
        cmocka_unit_test(notice_is_given_before),
        cmocka_unit_test(notice_does_not_run_on_the_weekend_of_who_asks_for_it),
        cmocka_unit_test(dates_that_no_yes_can_save_are_not_promised),
        cmocka_unit_test(a_yes_in_the_last_hour_saves_the_date),
        cmocka_unit_test(who_was_asked_is_pushed_and_who_was_not_is_asked),
        cmocka_unit_test(a_place_that_is_fed_to_the_end_is_asked_for_by_nobody),
        cmocka_unit_test(leave_that_ends_is_renewed_in_time),
        cmocka_unit_test(an_answer_that_came_later_was_not_known),
        cmocka_unit_test(where_the_way_is_closed_a_yes_alone_does_not_help),
        cmocka_unit_test(where_leave_comes_sooner_than_a_yes_could_nothing_is_asked),
        cmocka_unit_test(at_stake_is_what_is_missed_until_the_next_load),
        cmocka_unit_test(a_plan_says_what_hunger_it_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
