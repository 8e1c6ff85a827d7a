#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "airbridge/access.h"
#include "support/small.h"

static ab_access *access_of(const ab_operation *op)
{
    ab_access *access = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    return access;
}

/* Mean spells of roads and places before any report on others, and the sum of the rates. Assumed (docs/models/access.md). */
static const double open_days = 76, closed_days = 28, per_day = 1.0 / 76 + 1.0 / 28;

/* The chance of passing with log-odds `open` for, `closed` against and `fresh` against when it was said, of a subject
 * that is open `open_d` days of each open_d + closed_d. */
static double passing_as(double open, double closed, double fresh, double open_d, double closed_d)
{
    return 1 / (1 + closed_d / open_d * exp(closed - open) * (1 - exp(-fresh)));
}

/* The same of a road or place on words that have not aged. */
static double passing(double open, double closed)
{
    return passing_as(open, closed, closed, open_days, closed_days);
}

#define ROADS                                                                                      \
    "[roads]\nid,wkt\n"                                                                            \
    "r1,\"LINESTRING(36 34,36.5 34)\"\n"                                                           \
    "r2,\"LINESTRING(36 34,36.5 34.1)\"\n"
#define REPORTS                                                                                    \
    "[access]\nid,subject,mode,commodities,state,from,until,reported_at,reliability,credibility,"  \
    "quotes\n"
#define DATES "2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z"
#define GOODS                                                                                      \
    "[commodities]\nid,category,kcal_per_kg\nflour,food,3500\nkit,medical,\nrice,food,3600\n"

static void check_road(const char *reports, int32_t t, double expected)
{
    char tables[2000];
    snprintf(tables, sizeof tables, ROADS REPORTS "%s", reports);
    ab_operation *op = small_operation(tables);
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_way(access, AB_TABLE_roads, 0, t);
    small_near(cell->pass.mean, expected);
    assert_true(cell->pass.low <= cell->pass.mean && cell->pass.mean <= cell->pass.high);
    assert_true(cell->closed == (expected < 0.5));
    assert_int_equal(cell->permission, AB_PERMISSION_NOT_NEEDED);
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_road_that_nobody_reports_on_is_open_for_certain(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS REPORTS "a1,road:r2,,,closed," DATES ",A,1,\n");
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_way(access, AB_TABLE_roads, 0, 3);
    small_near(cell->pass.low, 1);
    small_near(cell->pass.mean, 1);
    small_near(cell->pass.high, 1);
    assert_int_equal(ab_access_evidence(access, cell->evidence).count, 0);
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_closure_by_a_reliable_source_closes_the_road(void **state)
{
    (void)state;
    check_road("a1,road:r1,,,closed," DATES ",A,1,\n", 0,
               1 / (1 + 147.413159102577 * 28 / 76));
    check_road("a1,road:r1,,,closed," DATES ",B,2,\n", 5, passing(0, 2.8));
    check_road("a1,road:r1,road,,closed," DATES ",C,3,\n", 5, passing(0, 1));
}

static void what_nobody_can_judge_weighs_nothing(void **state)
{
    (void)state;
    check_road("a1,road:r1,,,closed," DATES ",F,1,\n", 0, 1);
    check_road("a1,road:r1,,,closed," DATES ",A,6,\n", 0, 1);
    check_road("a1,road:r1,,,closed," DATES ",,,\n", 0, 1);
}

static void a_report_that_says_open_never_lowers_the_chance(void **state)
{
    (void)state;
    check_road("a1,road:r1,,,open," DATES ",E,5,\n", 0, 1);
    check_road("a1,road:r1,,,open," DATES ",A,1,\n", 0, 1);
}

static void a_denial_and_a_closure_are_weighed_against_each_other(void **state)
{
    (void)state;
    check_road("a1,road:r1,,,closed," DATES ",B,2,\na2,road:r1,,,open," DATES ",D,4,\n", 0,
               passing(0.25, 2.8));
    check_road("a1,road:r1,,,closed," DATES ",B,2,\na2,road:r1,,,open," DATES ",B,1,\n", 0,
               passing(3.5, 2.8));
}

static void an_open_ended_report_ages_and_a_dated_one_does_not(void **state)
{
    (void)state;
    /* The middle of period 3 is noon of 4 March: fourteen days after noon of 18 February. */
    check_road("a1,road:r1,,,closed,2030-02-18T12:00Z,,2030-02-18T12:00Z,A,1,\n", 3,
               passing_as(0, 5 * exp(-14 * per_day), 5, open_days, closed_days));
    check_road("a1,road:r1,,,closed,2030-02-18T12:00Z,2030-03-09T00:00Z,2030-02-18T12:00Z,A,1,\n",
               3, passing(0, 5));
}

/* What had been so for years when it was said is no coin that falls anew: the subject's own closed spell is longer. */
static void what_had_lasted_is_believed_to_last(void **state)
{
    (void)state;
    /* Closed for twenty-eight days when it was said, fourteen days before noon of 4 March. */
    double lasted = 28 * (1 - exp(-5));
    check_road("a1,road:r1,,,closed,2030-01-21T12:00Z,,2030-02-18T12:00Z,A,1,\n", 3,
               passing_as(0, 5 * exp(-14 * per_day), 5, open_days, closed_days + lasted));
    /* For ten years: its odds stay those of a subject that is open for 76 days in ten years. */
    lasted = 3652 * (1 - exp(-5));
    check_road("a1,road:r1,,,closed,2019-12-21T00:00Z,,2029-12-20T00:00Z,A,1,\n", 3,
               passing_as(0, 5 * exp(-74.5 * per_day), 5, open_days, closed_days + lasted));
    check_road("a1,road:r1,,,open,2019-12-21T00:00Z,,2029-12-20T00:00Z,A,1,\n"
               "a2,road:r1,,,closed," DATES ",C,3,\n", 3,
               passing_as(5 * exp(-74.5 * per_day), 1, 1, open_days + lasted, closed_days));
}

static void a_report_counts_for_the_part_of_the_period_that_it_covers(void **state)
{
    (void)state;
    const char six_hours[] =
        "a1,road:r1,,,closed,2030-03-02T06:00Z,2030-03-02T12:00Z,2030-03-02T06:00Z,A,1,\n";
    check_road(six_hours, 0, 1);
    check_road(six_hours, 1, passing(0, 1.25));
    check_road(six_hours, 2, 1);
}

static void reports_that_quote_one_another_count_once(void **state)
{
    (void)state;
    check_road("a1,road:r1,,,closed," DATES ",C,2,\n"
               "a2,road:r1,,,closed," DATES ",C,1,a1\n"
               "a3,road:r1,,,closed," DATES ",D,1,a2\n",
               0, passing(0, 2));
    check_road("a1,road:r1,,,closed," DATES ",C,2,\n"
               "a2,road:r1,,,closed," DATES ",C,2,\n",
               0, passing(0, 3.2));
}

static void a_subject_is_contested_when_both_sides_have_weight(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS REPORTS "a1,road:r1,,,closed," DATES ",B,2,\n"
                                                     "a2,road:r1,,,open," DATES ",C,1,\n"
                                                     "a3,road:r2,,,closed," DATES ",B,2,\n"
                                                     "a4,road:r2,,,open," DATES ",D,1,\n");
    ab_access *access = access_of(op);
    assert_true(ab_access_way(access, AB_TABLE_roads, 0, 0)->contested);
    assert_false(ab_access_way(access, AB_TABLE_roads, 1, 0)->contested);
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_restriction_takes_the_named_goods_off_and_lets_the_rest_pass(void **state)
{
    (void)state;
    ab_operation *op =
        small_operation(GOODS REPORTS "a1,place:town,road,medical,restricted," DATES ",A,1,\n");
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_place(access, 0, AB_MEANS_ROAD, 0);
    assert_int_equal(cell->commodities, 5);
    small_near(cell->pass.mean, 1);
    assert_int_equal(ab_access_place(access, 0, AB_MEANS_AIRDROP, 0)->commodities, 7);
    small_near(ab_access_place(access, 0, AB_MEANS_AIRDROP, 0)->pass.mean, 1);
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_restriction_of_nothing_in_particular_closes_weakly(void **state)
{
    (void)state;
    check_road("a1,road:r1,,,restricted," DATES ",A,1,\n", 0, passing(0, 1));
    check_road("a1,road:r1,,,restricted," DATES ",E,1,\n", 0, passing(0, 0.3));
}

static void goods_let_in_on_better_evidence_are_not_taken_off(void **state)
{
    (void)state;
    ab_operation *op =
        small_operation(GOODS REPORTS "a1,place:town,,medical,closed," DATES ",C,1,\n"
                                      "a2,place:town,,kit,open," DATES ",B,1,\n"
                                      "a3,place:town,,rice,closed," DATES ",E,5,\n");
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_place(access, 0, AB_MEANS_ROAD, 0);
    assert_int_equal(cell->commodities, 7);
    small_near(cell->pass.mean, 1);
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_hub_closed_for_flights_is_open_for_trucks(void **state)
{
    (void)state;
    ab_operation *op = small_operation(REPORTS "a1,hub:hub,air,,closed," DATES ",A,1,\n");
    ab_access *access = access_of(op);
    small_near(ab_access_hub(access, 0, AB_MEANS_ROAD, 0)->pass.mean, 1);
    small_near(ab_access_hub(access, 0, AB_MEANS_AIRDROP, 0)->pass.mean, passing_as(0, 5, 5, 90, 30));
    small_near(ab_access_way(access, AB_TABLE_hubs, 0, 0)->pass.mean, 1);
    ab_access_free(access);
    ab_operation_free(op);
}

static void evidence_names_the_strongest_report_first(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS REPORTS "a1,road:r1,,,closed," DATES ",D,2,\n"
                                                     "a2,road:r1,,,open," DATES ",B,1,\n"
                                                     "a3,road:r1,,,closed," DATES ",F,6,\n"
                                                     "a4,road:r1,,,closed," DATES ",C,1,\n");
    ab_access *access = access_of(op);
    ab_refs rows =
        ab_access_evidence(access, ab_access_way(access, AB_TABLE_roads, 0, 0)->evidence);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.at[0].table, AB_TABLE_access);
    assert_int_equal(rows.at[0].row, 1);
    assert_int_equal(rows.at[1].row, 3);
    assert_int_equal(rows.at[2].row, 0);
    ab_access_free(access);
    ab_operation_free(op);
}

static void many_sure_reports_neither_overflow_nor_cancel_to_nonsense(void **state)
{
    (void)state;
    static char tables[60000];
    size_t used = (size_t)snprintf(tables, sizeof tables, ROADS REPORTS);
    for (int i = 0; i < 300; i++) {
        used +=
            (size_t)snprintf(tables + used, sizeof tables - used,
                             "a%d,road:r1,,,%s," DATES ",A,1,\n", i, i < 150 ? "open" : "closed");
    }
    ab_operation *op = small_operation(tables);
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_way(access, AB_TABLE_roads, 0, 0);
    small_near(cell->pass.mean, 76.0 / 104);
    assert_true(cell->contested);
    ab_access_free(access);
    ab_operation_free(op);
}

/* Property: the order of rows tells nothing. */
static void the_order_of_reports_does_not_matter(void **state)
{
    (void)state;
    const char *const rows[] = {
        "a1,road:r1,,,closed," DATES ",B,2,\n", "a2,road:r1,,,open," DATES ",C,2,a4\n",
        "a3,road:r1,,,restricted," DATES ",C,3,\n", "a4,road:r1,,,open," DATES ",D,3,\n"};
    double first = -1;
    for (int turn = 0; turn < 4; turn++) {
        char tables[2000];
        snprintf(tables, sizeof tables, ROADS REPORTS "%s%s%s%s", rows[turn], rows[(turn + 3) % 4],
                 rows[(turn + 2) % 4], rows[(turn + 1) % 4]);
        ab_operation *op = small_operation(tables);
        ab_access *access = access_of(op);
        double mean = ab_access_way(access, AB_TABLE_roads, 0, 0)->pass.mean;
        first = turn == 0 ? mean : first;
        small_near(mean, first);
        ab_access_free(access);
        ab_operation_free(op);
    }
    assert_true(first > 0 && first < 1);
}

/* The operation is planned for 1 to 11 March 2030. */
static void what_is_said_after_the_end_closes_nothing(void **state)
{
    (void)state;
    check_road("a1,road:r1,,,closed,2030-02-20T00:00Z,,2031-02-20T00:00Z,A,1,\n", 0, 1);
    check_road("a1,road:r1,,,closed,2030-02-20T00:00Z,2030-04-01T00:00Z,2030-03-11T00:00Z,A,1,\n",
               0, 1);
    double lasted = (18 + 1439.0 / 1440) * (1 - exp(-5));
    check_road("a1,road:r1,,,closed,2030-02-20T00:00Z,2030-04-01T00:00Z,2030-03-10T23:59Z,A,1,\n",
               0, passing_as(0, 5, 5, open_days, closed_days + lasted));
    /* nor does it open what is closed */
    check_road("a1,road:r1,,,closed," DATES ",A,1,\n"
               "a2,road:r1,,,open,2030-02-20T00:00Z,,2031-02-20T00:00Z,A,1,\n",
               0, passing(0, 5));
}

static void a_plan_as_of_a_day_knows_what_was_said_by_then(void **state)
{
    (void)state;
    const char *const tables =
        "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"
        "as_of,2030-03-05T06:00Z\n" ROADS REPORTS
        "a1,road:r1,,,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,SAID,A,1,\n";
    static const struct {
        const char *said;
        double closed, lasted_days;
    } of[] = {{"2030-03-05T06:00Z", 5, 4.25}, {"2030-03-05T06:01Z", 0, 0}};
    for (int i = 0; i < 2; i++) {
        ab_operation *op = small_changed(tables, "SAID", of[i].said);
        ab_access *access = access_of(op);
        small_near(ab_access_way(access, AB_TABLE_roads, 0, 6)->pass.mean,
                   passing_as(0, of[i].closed, of[i].closed, open_days,
                              closed_days + of[i].lasted_days * (1 - exp(-5))));
        ab_access_free(access);
        ab_operation_free(op);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_road_that_nobody_reports_on_is_open_for_certain),
        cmocka_unit_test(a_closure_by_a_reliable_source_closes_the_road),
        cmocka_unit_test(what_nobody_can_judge_weighs_nothing),
        cmocka_unit_test(a_report_that_says_open_never_lowers_the_chance),
        cmocka_unit_test(a_denial_and_a_closure_are_weighed_against_each_other),
        cmocka_unit_test(an_open_ended_report_ages_and_a_dated_one_does_not),
        cmocka_unit_test(what_had_lasted_is_believed_to_last),
        cmocka_unit_test(a_report_counts_for_the_part_of_the_period_that_it_covers),
        cmocka_unit_test(reports_that_quote_one_another_count_once),
        cmocka_unit_test(a_subject_is_contested_when_both_sides_have_weight),
        cmocka_unit_test(a_restriction_takes_the_named_goods_off_and_lets_the_rest_pass),
        cmocka_unit_test(a_restriction_of_nothing_in_particular_closes_weakly),
        cmocka_unit_test(goods_let_in_on_better_evidence_are_not_taken_off),
        cmocka_unit_test(a_hub_closed_for_flights_is_open_for_trucks),
        cmocka_unit_test(evidence_names_the_strongest_report_first),
        cmocka_unit_test(many_sure_reports_neither_overflow_nor_cancel_to_nonsense),
        cmocka_unit_test(the_order_of_reports_does_not_matter),
        cmocka_unit_test(what_is_said_after_the_end_closes_nothing),
        cmocka_unit_test(a_plan_as_of_a_day_knows_what_was_said_by_then),
    };
    return cmocka_run_group_tests_name("access/reports", tests, NULL, NULL);
}
