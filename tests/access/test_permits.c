#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/access.h"
#include "airbridge/record.h"
#include "base/arena.h"
#include "support/small.h"

static ab_access *access_of(const ab_operation *op)
{
    ab_access *access = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    return access;
}

#define GOODS                                                                                      \
    "[commodities]\nid,category,kcal_per_kg\nflour,food,3500\nkit,medical,\nrice,food,3600\n"
#define BESIEGED                                                                                   \
    "[places]\nid,lon_deg,lat_deg,population,cut_off_since\n"                                      \
    "upper,36.5,34,1000,2029-10-01\nridge,36.6,34,1000,2030-03-04\nfree,36.7,34,1000,\n"
#define AGREEMENTS                                                                                 \
    "[agreements]\nid,kind,subjects,mode,commodities,from,until,known_at,notice_h,"                \
    "hold_prob_per_day\n"
#define REQUESTS                                                                                   \
    "[requests]\nid,asked_at,place,mode,commodities,reply,reply_at,valid_from,valid_until\n"

enum { UPPER, RIDGE, FREE };

/* Without an answer hardly one load in ten arrives; exactly how many is told by the days that are left. */
#define SILENCE (-1.0)

/* What the cell of the upper town must be in a period. */
typedef struct expected {
    int32_t t;
    ab_permission permission;
    double pass;
} expected;

static void check(const char *tables, ab_means means, const expected *list, int count)
{
    char text[4000];
    snprintf(text, sizeof text, GOODS BESIEGED "%s", tables);
    ab_operation *op = small_operation(text);
    ab_access *access = access_of(op);
    for (int i = 0; i < count; i++) {
        const ab_access_cell *cell = ab_access_place(access, UPPER, means, list[i].t);
        if (cell->permission != list[i].permission) {
            fail_msg("period %d: permission %d, expected %d", list[i].t, cell->permission,
                     list[i].permission);
        }
        if (list[i].pass == SILENCE) {
            assert_true(cell->pass.mean >= 0 && cell->pass.mean < 0.11);
        } else {
            small_near(cell->pass.mean, list[i].pass);
        }
        assert_true(cell->pass.low <= cell->pass.mean && cell->pass.mean <= cell->pass.high);
    }
    ab_access_free(access);
    ab_operation_free(op);
}
#define CHECK(tables, means, ...)                                                                  \
    check(tables, means, (const expected[]){__VA_ARGS__},                                          \
          (int)(sizeof((const expected[]){__VA_ARGS__}) / sizeof(expected)))

static void a_place_that_is_not_cut_off_needs_no_permission(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS BESIEGED);
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_place(access, FREE, AB_MEANS_ROAD, 5);
    assert_int_equal(cell->permission, AB_PERMISSION_NOT_NEEDED);
    small_near(cell->pass.low, 1);
    assert_int_equal(cell->commodities, 7);
    /* The ring closes round the ridge on 4 March. */
    cell = ab_access_place(access, RIDGE, AB_MEANS_ROAD, 2);
    assert_int_equal(cell->permission, AB_PERMISSION_NOT_NEEDED);
    cell = ab_access_place(access, RIDGE, AB_MEANS_ROAD, 3);
    assert_int_equal(cell->permission, AB_PERMISSION_NONE);
    ab_access_free(access);
    ab_operation_free(op);
}

static void where_somebody_asked_permission_is_needed(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS BESIEGED REQUESTS "q1,2030-03-03T08:00Z,free,,,,,,\n");
    ab_access *access = access_of(op);
    assert_int_equal(ab_access_place(access, FREE, AB_MEANS_ROAD, 1)->permission,
                     AB_PERMISSION_NOT_NEEDED);
    assert_int_equal(ab_access_place(access, FREE, AB_MEANS_ROAD, 2)->permission,
                     AB_PERMISSION_UNANSWERED);
    assert_int_equal(ab_access_place(access, FREE, AB_MEANS_AIRLIFT, 2)->permission,
                     AB_PERMISSION_NOT_NEEDED);
    ab_access_free(access);
    ab_operation_free(op);
}

static void nobody_asked_is_as_bad_as_nobody_answered(void **state)
{
    (void)state;
    CHECK("", AB_MEANS_ROAD, {0, AB_PERMISSION_NONE, SILENCE});
    CHECK("", AB_MEANS_AIRDROP, {0, AB_PERMISSION_NONE, SILENCE});
    CHECK("", AB_MEANS_HELICOPTER, {9, AB_PERMISSION_NONE, SILENCE});
    CHECK(REQUESTS "q1,2030-03-03T08:00Z,upper,,,,,,\n", AB_MEANS_ROAD,
          {1, AB_PERMISSION_NONE, SILENCE}, {2, AB_PERMISSION_UNANSWERED, SILENCE},
          {9, AB_PERMISSION_UNANSWERED, SILENCE});
}

/* One in fifty against a refusal, as if fifty had tried: Beta(1, 49), of which 1 - 0.95^(1/49) and 1 - 0.05^(1/49) are the
 * points. */
static void a_chance_is_as_uncertain_as_the_record_is_short(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS BESIEGED REQUESTS "q1,2030-02-20T08:00Z,upper,,,refused,2030-02-21T08:00Z,,\n");
    ab_access *access = access_of(op);
    ab_chance pass = ab_access_place(access, UPPER, AB_MEANS_ROAD, 0)->pass;
    small_near(pass.low, 1 - pow(0.95, 1.0 / 49));
    small_near(pass.high, 1 - pow(0.05, 1.0 / 49));
    ab_access_free(access);
    ab_operation_free(op);
}

static void an_approval_holds_from_its_reply_to_its_end(void **state)
{
    (void)state;
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,approved,2030-03-03T12:00Z,,2030-03-06T00:00Z\n",
          AB_MEANS_ROAD, {1, AB_PERMISSION_UNANSWERED, SILENCE}, {2, AB_PERMISSION_GIVEN, 0.35},
          {4, AB_PERMISSION_GIVEN, 0.35}, {5, AB_PERMISSION_NONE, SILENCE});
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,conditional,2030-02-26T12:00Z,"
                   "2030-03-05T00:00Z,\n",
          AB_MEANS_ROAD, {3, AB_PERMISSION_NONE, SILENCE}, {4, AB_PERMISSION_GIVEN, 0.35});
}

static void an_approval_by_road_permits_no_flight(void **state)
{
    (void)state;
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,approved,2030-02-21T08:00Z,,\n", AB_MEANS_AIRLIFT,
          {0, AB_PERMISSION_NONE, SILENCE});
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,air,,approved,2030-02-21T08:00Z,,\n",
          AB_MEANS_AIRLIFT, {0, AB_PERMISSION_GIVEN, 0.95});
}

static void a_refusal_stands_until_a_later_approval(void **state)
{
    (void)state;
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,refused,2030-02-21T08:00Z,,\n"
                   "q2,2030-02-25T08:00Z,upper,,,approved,2030-03-04T08:00Z,,\n",
          AB_MEANS_ROAD, {0, AB_PERMISSION_REFUSED, 0.02}, {3, AB_PERMISSION_GIVEN, 0.35});
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,approved,2030-02-21T08:00Z,,\n"
                   "q2,2030-02-25T08:00Z,upper,,,refused,2030-03-04T08:00Z,,\n",
          AB_MEANS_ROAD, {0, AB_PERMISSION_GIVEN, 0.35}, {3, AB_PERMISSION_REFUSED, 0.02});
}

static void a_truce_is_no_answer_to_a_refused_request(void **state)
{
    (void)state;
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,refused,2030-02-21T08:00Z,,\n" AGREEMENTS
                   "g1,ceasefire,,,,2030-03-01T00:00Z,,,,1\n",
          AB_MEANS_ROAD, {5, AB_PERMISSION_REFUSED, 0.02});
}

static void that_fighting_stops_lets_no_convoy_through_asked_or_not(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,ceasefire,,,,2030-03-01T00:00Z,,,,1\n"
                     "g2,pause,place:upper,road,,2030-03-01T00:00Z,,,,1\n",
          AB_MEANS_ROAD, {5, AB_PERMISSION_NONE, SILENCE});
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,,,,\n" AGREEMENTS
                   "g1,ceasefire,,,,2030-03-01T00:00Z,,,,1\n",
          AB_MEANS_ROAD, {5, AB_PERMISSION_UNANSWERED, SILENCE});
    CHECK(AGREEMENTS "g1,ceasefire,,air,,2030-03-01T00:00Z,,,,1\n", AB_MEANS_AIRDROP,
          {0, AB_PERMISSION_NONE, SILENCE});
}

/* Property: whatever is agreed, writing down that somebody asked and has no answer yet never makes more of a chance, and
 * takes nothing from leave: that nobody answers is a kind of answer. */
static void a_request_that_waits_is_no_better_than_one_to_be_made(void **state)
{
    (void)state;
    static const char *const kinds[] = {"ceasefire", "pause", "corridor", "quota", "clearance"};
    for (int i = 0; i < 10; i++) {
        char agreed[400], asked[600];
        snprintf(agreed, sizeof agreed,
                 GOODS BESIEGED AGREEMENTS "g1,%s,%s,,,2030-03-01T00:00Z,,,,0.9\n", kinds[i % 5],
                 i < 5 ? "" : "place:upper");
        snprintf(asked, sizeof asked, "%s" REQUESTS "q1,2030-02-20T08:00Z,upper,,,,,,\n", agreed);
        ab_operation *op_before = small_operation(agreed), *op_after = small_operation(asked);
        ab_access *before = access_of(op_before), *after = access_of(op_after);
        for (int32_t t = 0; t < op_before->period_count; t++) {
            const ab_access_cell *then = ab_access_place(before, UPPER, AB_MEANS_ROAD, t),
                                 *now = ab_access_place(after, UPPER, AB_MEANS_ROAD, t);
            if (then->permission == AB_PERMISSION_GIVEN) {
                small_near(now->pass.mean, then->pass.mean);
            } else {
                assert_true(now->pass.mean <= then->pass.mean);
            }
        }
        ab_access_free(before);
        ab_access_free(after);
        ab_operation_free(op_before);
        ab_operation_free(op_after);
    }
}

static void a_corridor_in_general_holds_until_somebody_refuses(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,corridor,,road,,2030-03-03T00:00Z,,,,1\n", AB_MEANS_ROAD,
          {1, AB_PERMISSION_NONE, SILENCE}, {2, AB_PERMISSION_GIVEN, 0.35});
    CHECK(AGREEMENTS "g1,corridor,,road,,2030-03-03T00:00Z,,,,1\n" REQUESTS
                     "q1,2030-02-20T08:00Z,upper,,,refused,2030-02-21T08:00Z,,\n",
          AB_MEANS_ROAD, {2, AB_PERMISSION_REFUSED, 0.02});
}

static void a_corridor_agreed_after_a_refusal_opens_the_way(void **state)
{
    (void)state;
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,refused,2030-02-21T08:00Z,,\n" AGREEMENTS
                   "g1,corridor,place:upper,,,2030-03-03T00:00Z,,,,1\n",
          AB_MEANS_ROAD, {1, AB_PERMISSION_REFUSED, 0.02}, {2, AB_PERMISSION_GIVEN, 0.75});
    CHECK(REQUESTS "q1,2030-02-20T08:00Z,upper,,,refused,2030-03-06T08:00Z,,\n" AGREEMENTS
                   "g1,corridor,place:upper,,,2030-03-03T00:00Z,,,,1\n",
          AB_MEANS_ROAD, {2, AB_PERMISSION_GIVEN, 0.75}, {5, AB_PERMISSION_REFUSED, 0.02});
}

static void what_is_agreed_holds_less_surely_from_day_to_day(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,corridor,place:upper,road,,2030-03-03T00:00Z,2030-03-09T00:00Z,,,0.9\n",
          AB_MEANS_ROAD, {1, AB_PERMISSION_NONE, SILENCE}, {2, AB_PERMISSION_GIVEN, 0.75 * 0.9},
          {7, AB_PERMISSION_GIVEN, 0.75 * 0.531441}, {8, AB_PERMISSION_NONE, SILENCE});
    /* One that began before the operation has held until then. */
    CHECK(AGREEMENTS "g1,corridor,,,,2030-02-01T00:00Z,,,,0.9\n", AB_MEANS_ROAD,
          {0, AB_PERMISSION_GIVEN, 0.35 * 0.9});
}

static void a_clearance_is_for_flights(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,clearance,,,,2030-03-01T00:00Z,,,,0.9\n", AB_MEANS_AIRLIFT,
          {0, AB_PERMISSION_GIVEN, 0.95 * 0.9});
    CHECK(AGREEMENTS "g1,clearance,,,,2030-03-01T00:00Z,,,,0.9\n", AB_MEANS_ROAD,
          {0, AB_PERMISSION_NONE, SILENCE});
}

static void a_promise_is_to_the_place_that_it_names(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,corridor,,,,2030-03-01T00:00Z,,,,1\n"
                     "g2,corridor,place:upper,road,,2030-03-01T00:00Z,,,,1\n",
          AB_MEANS_ROAD, {0, AB_PERMISSION_GIVEN, 0.75});
    /* A corridor to another place is none to this. */
    CHECK(AGREEMENTS "g2,corridor,place:ridge,road,,2030-03-01T00:00Z,,,,1\n", AB_MEANS_ROAD,
          {0, AB_PERMISSION_NONE, SILENCE});
}

static void a_quota_limits_and_permits_nothing(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,quota,place:upper,road,,2030-03-01T00:00Z,,,,1\n", AB_MEANS_ROAD,
          {0, AB_PERMISSION_NONE, SILENCE});
}

static void nobody_gives_notice_before_knowing(void **state)
{
    (void)state;
    /* Known on the 3rd, two days of notice: from the 5th on. */
    CHECK(AGREEMENTS "g1,corridor,place:upper,,,2030-03-01T00:00Z,,2030-03-03T00:00Z,48,1\n",
          AB_MEANS_ROAD, {3, AB_PERMISSION_NONE, SILENCE}, {4, AB_PERMISSION_GIVEN, 0.75});
}

static void notice_is_given_by_this_plan_at_the_start_at_the_earliest(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,corridor,place:upper,,,2030-02-01T00:00Z,,,48,1\n", AB_MEANS_ROAD,
          {1, AB_PERMISSION_NONE, SILENCE}, {2, AB_PERMISSION_GIVEN, 0.75});
    CHECK(AGREEMENTS "g1,corridor,place:upper,,,2030-02-01T00:00Z,,2030-02-01T00:00Z,48,1\n",
          AB_MEANS_ROAD, {1, AB_PERMISSION_NONE, SILENCE}, {2, AB_PERMISSION_GIVEN, 0.75});
    /* By the time it begins notice has long passed. */
    CHECK(AGREEMENTS "g1,corridor,place:upper,,,2030-03-05T00:00Z,,,48,1\n", AB_MEANS_ROAD,
          {3, AB_PERMISSION_NONE, SILENCE}, {4, AB_PERMISSION_GIVEN, 0.75});
    CHECK(AGREEMENTS "g1,corridor,place:upper,,,2030-02-01T00:00Z,,,,1\n", AB_MEANS_ROAD,
          {0, AB_PERMISSION_GIVEN, 0.75});
}

static void to_wait_for_notice_makes_no_word_the_later_one(void **state)
{
    (void)state;
    /* Agreed on 1 March, refused on the 2nd, usable from the 3rd: the refusal is the last word. */
    CHECK(AGREEMENTS "g1,corridor,place:upper,,,2030-03-01T00:00Z,,,48,1\n" REQUESTS
                     "q1,2030-02-20T08:00Z,upper,,,refused,2030-03-02T08:00Z,,\n",
          AB_MEANS_ROAD, {4, AB_PERMISSION_REFUSED, 0.02});
}

static void an_opening_of_some_hours_is_given_on_its_day(void **state)
{
    (void)state;
    CHECK(AGREEMENTS "g1,corridor,place:upper,,,2030-03-04T09:00Z,2030-03-04T15:00Z,,,1\n",
          AB_MEANS_ROAD, {2, AB_PERMISSION_NONE, SILENCE}, {3, AB_PERMISSION_GIVEN, 0.75},
          {4, AB_PERMISSION_NONE, SILENCE});
}

static uint64_t goods(const char *tables, int32_t t)
{
    char text[4000];
    snprintf(text, sizeof text, GOODS BESIEGED "%s", tables);
    ab_operation *op = small_operation(text);
    ab_access *access = access_of(op);
    uint64_t bits = ab_access_place(access, UPPER, AB_MEANS_ROAD, t)->commodities;
    ab_access_free(access);
    ab_operation_free(op);
    return bits;
}

static void permission_is_by_commodity(void **state)
{
    (void)state;
    const char food[] = REQUESTS "q1,2030-02-20T08:00Z,upper,,food,approved,2030-02-21T08:00Z,,\n";
    assert_int_equal(goods(food, 0), 5);
    const char food_then_less[] =
        REQUESTS "q1,2030-02-20T08:00Z,upper,,food,approved,2030-02-21T08:00Z,,\n"
                 "q2,2030-02-22T08:00Z,upper,,rice,refused,2030-03-04T08:00Z,,\n";
    assert_int_equal(goods(food_then_less, 0), 5);
    assert_int_equal(goods(food_then_less, 3), 1);
    const char two_doors[] =
        REQUESTS "q1,2030-02-20T08:00Z,upper,,flour,approved,2030-02-21T08:00Z,,\n" AGREEMENTS
                 "g1,corridor,place:upper,,medical,2030-03-01T00:00Z,,,,1\n";
    assert_int_equal(goods(two_doors, 0), 3);
    const char corridor_without_medicine[] =
        REQUESTS "q1,2030-02-20T08:00Z,upper,,medical,refused,2030-02-21T08:00Z,,\n" AGREEMENTS
                 "g1,corridor,,,,2030-03-01T00:00Z,,,,1\n";
    assert_int_equal(goods(corridor_without_medicine, 0), 5);
}

static void evidence_names_the_row_relied_on_first(void **state)
{
    (void)state;
    ab_operation *op =
        small_operation(GOODS BESIEGED AGREEMENTS
                        "g1,ceasefire,,,,2030-02-01T00:00Z,,,,1\n"
                        "g2,corridor,place:upper,road,,2030-03-01T00:00Z,,,,1\n"
                        "g3,corridor,place:ridge,road,,2030-03-01T00:00Z,,,,1\n"
                        "[access]\nid,subject,state,until,reported_at,reliability,"
                        "credibility\n"
                        "a1,place:upper,closed,2031-01-01T00:00Z,2030-02-01T00:00Z,A,1\n"
                        "a2,place:ridge,closed,2031-01-01T00:00Z,2030-02-01T00:00Z,E,1\n");
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_place(access, UPPER, AB_MEANS_ROAD, 0);
    ab_refs rows = ab_access_evidence(access, cell->evidence);
    assert_int_equal(rows.count, 3);
    assert_int_equal(rows.at[0].table, AB_TABLE_access); /* it lowers the chance most */
    assert_int_equal(rows.at[1].table, AB_TABLE_agreements);
    assert_int_equal(rows.at[1].row, 1);
    assert_int_equal(rows.at[2].row, 0);
    rows = ab_access_evidence(access, ab_access_place(access, RIDGE, AB_MEANS_ROAD, 4)->evidence);
    assert_int_equal(rows.count, 3);
    assert_true(rows.at[0].table == AB_TABLE_agreements && rows.at[0].row == 2);
    assert_int_equal(rows.at[1].table, AB_TABLE_access);
    assert_true(rows.at[2].table == AB_TABLE_agreements && rows.at[2].row == 0);
    ab_access_free(access);
    ab_operation_free(op);
}

/* The agreements and requests behind the upper town's cell, in their order, as "g1 q2". */
static void check_rows(const char *tables, int32_t t, const char *wanted)
{
    char text[4000], found[100] = "";
    snprintf(text, sizeof text, GOODS BESIEGED "%s", tables);
    ab_operation *op = small_operation(text);
    ab_access *access = access_of(op);
    const ab_access_cell *cell = ab_access_place(access, UPPER, AB_MEANS_ROAD, t);
    ab_refs rows = ab_access_evidence(access, cell->evidence);
    for (int32_t i = 0; i < rows.count; i++) {
        bool agreed = rows.at[i].table == AB_TABLE_agreements;
        size_t length = strlen(found);
        snprintf(found + length, sizeof found - length, "%s%s", i > 0 ? " " : "",
                 agreed ? op->agreements.at[rows.at[i].row].id
                        : op->requests.at[rows.at[i].row].id);
    }
    assert_string_equal(found, wanted);
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_truce_is_told_after_the_rows_that_decide(void **state)
{
    (void)state;
    const char truce[] = AGREEMENTS "g1,ceasefire,,,,2030-02-01T00:00Z,,,,1\n";
    char tables[1000];
    check_rows(truce, 0, "g1");
    snprintf(tables, sizeof tables, "%sg2,corridor,place:upper,,,2030-03-01T00:00Z,,,,1\n", truce);
    check_rows(tables, 0, "g2 g1");
    snprintf(tables, sizeof tables, "%s" REQUESTS "q1,2030-02-20T08:00Z,upper,,,,,,\n", truce);
    check_rows(tables, 0, "q1 g1");
}

static void where_nobody_gave_leave_the_last_or_next_leave_is_told(void **state)
{
    (void)state;
    const char tables[] =
        AGREEMENTS "g1,pause,place:upper,,,2030-03-06T00:00Z,2030-03-07T00:00Z,,,1\n"
                   "g2,corridor,place:upper,,,2030-03-10T00:00Z,,,,1\n"
                   "g3,corridor,place:ridge,,,2030-03-01T00:00Z,,,,1\n" REQUESTS
                   "q1,2030-02-20T08:00Z,upper,,,approved,2030-02-26T12:00Z,2030-03-02T00:00Z,"
                   "2030-03-04T00:00Z\n"
                   "q2,2030-02-20T08:00Z,upper,air,,approved,2030-03-06T12:00Z,,\n";
    check_rows(tables, 0, "q1");
    check_rows(tables, 1, "q1");
    check_rows(tables, 3, "q1");
    check_rows(tables, 5, "q1 g1"); /* ended two days ago; the next begins in three */
    check_rows(tables, 7, "g2");
    check_rows(tables, 9, "g2");
    check_rows("", 3, "");
}

static void agreements_that_bind_are_listed_by_row_whoever_permits(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        GOODS BESIEGED AGREEMENTS "g1,quota,place:upper; place:free,road,,2030-03-02T00:00Z,,,,1\n"
                                  "g2,ceasefire,,,,2030-03-01T00:00Z,2030-03-04T00:00Z,,,1\n"
                                  "g3,clearance,place:upper,air,,2030-03-01T00:00Z,,,,1\n");
    ab_access *access = access_of(op);
    ab_refs rows = ab_access_agreements(access, UPPER, AB_MEANS_ROAD, 1);
    assert_int_equal(rows.count, 2);
    assert_int_equal(rows.at[0].row, 0);
    assert_int_equal(rows.at[1].row, 1);
    assert_int_equal(ab_access_agreements(access, UPPER, AB_MEANS_ROAD, 0).count, 1);
    assert_int_equal(ab_access_agreements(access, FREE, AB_MEANS_ROAD, 5).count, 1);
    assert_int_equal(ab_access_agreements(access, UPPER, AB_MEANS_AIRDROP, 5).at[0].row, 2);
    assert_int_equal(ab_access_agreements(access, RIDGE, AB_MEANS_AIRDROP, 5).count, 0);
    ab_access_free(access);
    ab_operation_free(op);
}

static void who_has_leave_from_others_is_bound_before_notice_has_passed(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        GOODS BESIEGED AGREEMENTS "g1,corridor,place:upper,,,2030-02-01T00:00Z,,,72,1\n" REQUESTS
                                  "q1,2030-02-20T08:00Z,upper,,,approved,2030-02-21T08:00Z,,\n");
    ab_access *access = access_of(op);
    assert_int_equal(ab_access_agreements(access, UPPER, AB_MEANS_ROAD, 0).count, 1);
    /* An approval in the time of a corridor that names the place is as good as what was promised. */
    small_near(ab_access_place(access, UPPER, AB_MEANS_ROAD, 0)->pass.mean, 0.75);
    ab_access_free(access);
    ab_operation_free(op);
}

static void the_made_up_valley_opens_as_its_tables_say(void **state)
{
    (void)state;
    ab_operation *op = small_mini();
    if (op == NULL) {
        skip();
    }
    ab_access *access = access_of(op);
    int32_t upper = small_row(op, AB_TABLE_places, "upper");
    int32_t ridge = small_row(op, AB_TABLE_places, "ridge");
    int32_t plain = small_row(op, AB_TABLE_places, "plain");
    /* q1 is approved from 3 to 9 March, and g3 names the place then. */
    assert_int_equal(ab_access_place(access, upper, AB_MEANS_ROAD, 1)->permission,
                     AB_PERMISSION_NONE);
    const ab_access_cell *cell = ab_access_place(access, upper, AB_MEANS_ROAD, 2);
    assert_int_equal(cell->permission, AB_PERMISSION_GIVEN);
    /* Surgical goods were taken off at the last checkpoint: no kits, and half the odds for the rest. */
    assert_int_equal(cell->commodities, 7);
    /* Both are promised alike, and a convoy to the upper town was turned back a fortnight ago. */
    const ab_access_cell *other = ab_access_place(access, ridge, AB_MEANS_ROAD, 2);
    small_near(cell->go.mean, ab_record_remembered(ab_access_record(access), other->go, AB_STAGE_GO, cell->asked, upper,
                                                   ab_period_start(op, 2)).mean);
    assert_true(cell->gate.mean < 0.85 * other->gate.mean && other->gate.mean > 0.8);
    small_near(cell->pass.mean, cell->leave.mean * cell->go.mean * cell->gate.mean * cell->state.mean);
    assert_int_equal(ab_access_place(access, plain, AB_MEANS_ROAD, 2)->permission,
                     AB_PERMISSION_UNANSWERED);
    small_near(ab_access_place(access, plain, AB_MEANS_AIRDROP, 2)->pass.mean, 0.95 * 0.97 * 0.97);
    assert_int_equal(ab_access_agreements(access, upper, AB_MEANS_ROAD, 2).count, 2);
    /* The bridge was reported down on 20 February; the denial weighs little. */
    int32_t r3 = small_row(op, AB_TABLE_roads, "r3");
    const ab_access_cell *bridge = ab_access_way(access, AB_TABLE_roads, r3, 0);
    assert_true(bridge->closed && !bridge->contested);
    ab_access_free(access);
    ab_operation_free(op);
}

static void whichever_allocation_fails_it_is_said_and_nothing_is_left(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        GOODS BESIEGED AGREEMENTS "g1,ceasefire,,,,2030-02-01T00:00Z,,,,0.9\n" REQUESTS
                                  "q1,2030-02-20T08:00Z,upper,,,refused,2030-02-21T08:00Z,,\n"
                                  "[access]\nid,subject,state,reported_at,reliability,credibility\n"
                                  "a1,place:upper,closed,2030-02-01T00:00Z,A,1\n"
                                  "a2,hub:hub,open,2030-02-01T00:00Z,B,1\n");
    ab_status status = AB_NO_MEMORY;
    for (int64_t nth = 1; status != AB_OK; nth++) {
        ab_access *access = NULL;
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(nth);
        status = ab_access_make(op, &access, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && access == NULL));
        assert_true(status == AB_OK || strlen(err.message) > 0);
        ab_access_free(access);
    }
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_that_is_not_cut_off_needs_no_permission),
        cmocka_unit_test(where_somebody_asked_permission_is_needed),
        cmocka_unit_test(nobody_asked_is_as_bad_as_nobody_answered),
        cmocka_unit_test(a_chance_is_as_uncertain_as_the_record_is_short),
        cmocka_unit_test(an_approval_holds_from_its_reply_to_its_end),
        cmocka_unit_test(an_approval_by_road_permits_no_flight),
        cmocka_unit_test(a_refusal_stands_until_a_later_approval),
        cmocka_unit_test(a_truce_is_no_answer_to_a_refused_request),
        cmocka_unit_test(that_fighting_stops_lets_no_convoy_through_asked_or_not),
        cmocka_unit_test(a_request_that_waits_is_no_better_than_one_to_be_made),
        cmocka_unit_test(a_corridor_in_general_holds_until_somebody_refuses),
        cmocka_unit_test(a_corridor_agreed_after_a_refusal_opens_the_way),
        cmocka_unit_test(what_is_agreed_holds_less_surely_from_day_to_day),
        cmocka_unit_test(a_clearance_is_for_flights),
        cmocka_unit_test(a_promise_is_to_the_place_that_it_names),
        cmocka_unit_test(a_quota_limits_and_permits_nothing),
        cmocka_unit_test(nobody_gives_notice_before_knowing),
        cmocka_unit_test(notice_is_given_by_this_plan_at_the_start_at_the_earliest),
        cmocka_unit_test(to_wait_for_notice_makes_no_word_the_later_one),
        cmocka_unit_test(an_opening_of_some_hours_is_given_on_its_day),
        cmocka_unit_test(permission_is_by_commodity),
        cmocka_unit_test(evidence_names_the_row_relied_on_first),
        cmocka_unit_test(a_truce_is_told_after_the_rows_that_decide),
        cmocka_unit_test(where_nobody_gave_leave_the_last_or_next_leave_is_told),
        cmocka_unit_test(agreements_that_bind_are_listed_by_row_whoever_permits),
        cmocka_unit_test(who_has_leave_from_others_is_bound_before_notice_has_passed),
        cmocka_unit_test(the_made_up_valley_opens_as_its_tables_say),
        cmocka_unit_test(whichever_allocation_fails_it_is_said_and_nothing_is_left),
    };
    return cmocka_run_group_tests_name("access/permits", tests, NULL, NULL);
}
