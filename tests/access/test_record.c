#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/airbridge.h"
#include "airbridge/record.h"
#include "base/arena.h"
#include "support/small.h"

#define REQUESTS "[requests]\nid,asked_at,asked_of,place,reply,reply_at,valid_from,valid_until\n"
#define MOVEMENTS                                                                                                                   \
    "[movements]\nid,date,place,commodity,loaded_t,removed_t,offloaded_t,returned_t,lost_t,stopped_at,gatekeeper,people_hurt,request\n"
#define PLACES                                                                                                                      \
    "[places]\nid,lon_deg,lat_deg,population,besieged_by\ntown,36.5,34,1000,Army\nridge,36.6,34,1000,Army and allies\nisle,36.7,34,9,\n" \
    "[commodities]\nid,category,kcal_per_kg\nflour,food,3500\nkit,medical,\n"

enum { TOWN, RIDGE, ISLE };

static ab_time at(const char *text)
{
    ab_time time = 0;
    const char *why = NULL;
    assert_true(ab_time_parse(text, &time, &why));
    return time;
}

static ab_record *record_of(const ab_operation *op, const char *now)
{
    ab_record *record = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_record_make(op, at(now), &record, &err), AB_OK);
    return record;
}

static int32_t named(const ab_record *record, const char *name)
{
    int32_t authority = -1;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_authority_find(ab_record_authorities(record), name, &authority, &err), AB_OK);
    return authority;
}

static void check_cases(const ab_record *record, const char *name, ab_stage stage, int32_t kind, double seen, double good)
{
    ab_learnt learnt = ab_record_stage(record, named(record, name), stage, kind);
    small_near(learnt.seen, seen);
    small_near(learnt.good, good);
}

/* As check_cases, of an operation of which nothing else is asked. */
static void check_one(const char *tables, const char *now, ab_stage stage, int32_t kind, double seen, double good)
{
    char text[4000];
    snprintf(text, sizeof text, "%s%s", PLACES, tables);
    ab_operation *op = small_operation(text);
    ab_record *record = record_of(op, now);
    check_cases(record, "Army", stage, kind, seen, good);
    ab_record_free(record);
    ab_operation_free(op);
}

/* ---- The funnel ---- */

static void a_request_goes_from_asked_to_arrived(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        PLACES REQUESTS "a,2030-03-01T08:00Z,Army,town,approved,2030-03-02T08:00Z,2030-03-03T00:00Z,2030-03-05T00:00Z\n"
                        "b,2030-03-01T09:00Z,Army,ridge,refused,2030-03-04T08:00Z,,\n"
                        "c,2030-03-01T10:00Z,Army,isle,,,,\n" MOVEMENTS "m,2030-03-03,town,flour,10,,10,,,,,,a\n");
    ab_record *record = record_of(op, "2030-03-06T00:00Z");
    int32_t count = 0;
    const ab_ask *ask = ab_record_asks(record, &count);
    assert_int_equal(count, 3);
    assert_true(ask[0].yes == 1 && ask[0].went == 1 && ask[0].passed == 1 && ask[0].movement == 0);
    assert_true(ask[0].answered_at == at("2030-03-02T08:00Z") && ask[0].fate_at == at("2030-03-04T00:00Z"));
    assert_true(ask[1].yes == 0 && ask[1].went == -1 && ask[1].movement == -1);
    assert_true(ask[2].yes == -1 && ask[2].answered_at == AB_TIME_NONE);
    check_cases(record, "Army", AB_STAGE_YES, 0, 2, 1);
    check_cases(record, "Army", AB_STAGE_GO, AB_LEAVE_ANSWER, 1, 1);
    check_cases(record, "Army", AB_STAGE_PASS, 0, 1, 1);
    check_cases(record, "Army", AB_STAGE_WHOLE, AB_CATEGORY_FOOD, 1, 1);
    ab_record_free(record);

    record = record_of(op, "2030-03-02T00:00Z"); /* a day before the answer nobody has said anything */
    ask = ab_record_asks(record, &count);
    assert_true(count == 3 && ask[0].yes == -1 && ask[0].went == -1 && ask[1].yes == -1);
    ab_record_free(record);
    record = record_of(op, "2030-03-01T08:30Z"); /* two are not asked yet */
    ask = ab_record_asks(record, &count);
    assert_int_equal(count, 1);
    ab_record_free(record);
    ab_operation_free(op);
}

#define LEAVE "q,2030-03-01T08:00Z,Army,town,approved,2030-03-02T08:00Z,,2030-03-05T00:00Z\n"

static void leave_that_ends_without_a_movement_is_a_failure_to_set_out(void **state)
{
    (void)state;
    check_one(REQUESTS LEAVE, "2030-03-04T23:59Z", AB_STAGE_GO, AB_LEAVE_ANSWER, 0, 0);
    check_one(REQUESTS LEAVE, "2030-03-05T00:00Z", AB_STAGE_GO, AB_LEAVE_ANSWER, 1, 0);
}

static void leave_in_its_days_counts_neither_way(void **state)
{
    (void)state;
    /* Of three leaves of one day one was used at once; the others may still be. */
    const char *tables = REQUESTS "q,2030-03-01T08:00Z,Army,town,approved,2030-03-02T08:00Z,,2030-03-09T00:00Z\n"
                                  "r,2030-03-01T08:00Z,Army,ridge,approved,2030-03-02T08:00Z,,2030-03-09T00:00Z\n"
                                  "s,2030-03-01T08:00Z,Army,isle,approved,2030-03-02T08:00Z,,2030-03-09T00:00Z\n" MOVEMENTS
                                  "m,2030-03-03,town,,,,,,,,,,q\n";
    check_one(tables, "2030-03-06T00:00Z", AB_STAGE_GO, AB_LEAVE_ANSWER, 0, 0);
    check_one(tables, "2030-03-06T00:00Z", AB_STAGE_PASS, 0, 1, 1); /* that it was let through is known all the same */
    check_one(tables, "2030-03-09T00:00Z", AB_STAGE_GO, AB_LEAVE_ANSWER, 3 / 1.6, 1 / 1.6);
}

static void what_is_stopped_before_loading_never_set_out(void **state)
{
    (void)state;
    const char *tables = REQUESTS "q,2030-03-01T08:00Z,Army,town,conditional,2030-03-02T08:00Z,,\n" MOVEMENTS
                                  "m,2030-03-03,town,,,,,,,Before Loading at the depot,Army,,q\n";
    check_one(tables, "2030-03-04T00:00Z", AB_STAGE_GO, AB_LEAVE_ANSWER, 1, 0);
    check_one(tables, "2030-03-04T00:00Z", AB_STAGE_PASS, 0, 0, 0);
    check_one(tables, "2030-03-03T23:59Z", AB_STAGE_GO, AB_LEAVE_ANSWER, 0, 0); /* its day is not over */
}

static void drops_do_not_use_leave_for_a_convoy(void **state)
{
    (void)state;
    const char *tables = "[vehicles]\nid,mode,count,base,payload_t,speed_km_h\ntruck,road,5,hub,10,50\nplane,air,1,hub,20,500\n" REQUESTS LEAVE
                         "[movements]\nid,date,place,vehicle,request\nm,2030-03-03,town,plane,q\n";
    check_one(tables, "2030-03-06T00:00Z", AB_STAGE_GO, AB_LEAVE_ANSWER, 1, 0);
    check_one(tables, "2030-03-06T00:00Z", AB_STAGE_PASS, 0, 0, 0);
}

typedef struct fare {
    const char *row; /* of movements, from the good on */
    double pass, whole, full, kept, safe; /* -1: tells nothing */
} fare;

static void check_fare(const fare *f, ab_stage stage, int32_t kind, double good)
{
    char tables[600];
    snprintf(tables, sizeof tables, MOVEMENTS "m,2030-03-03,town,%s\n", f->row);
    check_one(tables, "2030-03-04T00:00Z", stage, kind, good < 0 ? 0 : 1, fmax(0, good));
}

static void how_a_convoy_fared_is_told_by_its_masses(void **state)
{
    (void)state;
    static const fare fares[] = {
        {"flour,10,,10,,,,,,", 1, 1, 1, 1, 1},
        {"flour,10,,9.6,,,,,,", 1, 1, 1, 1, 1}, /* a few packages less are a matter of counting */
        {"flour,10,,9,1,,,,,", 1, 1, 0, 1, 1},
        {"flour,10,4,6,,,,,,", 1, 0, 1, 1, 1},
        {"flour,10,10,0,,,,,,", 1, 0, -1, 1, 1},       /* all was taken off: the way was open */
        {"flour,10,,0,10,,checkpoint,Army,,", 0, -1, -1, 1, 1},
        {"flour,10,,0,,,,,,", 0, -1, -1, 1, 1},        /* nothing was received, and nobody says why */
        {"flour,10,,,,,checkpoint,Army,,", 0, -1, -1, 1, 1},
        {"flour,10,,,,10,,,12,", 0, -1, -1, 0, 0},
        {",,,,,,,,,", 1, -1, -1, 1, 1},                /* it moved; nothing is told */
    };
    for (size_t i = 0; i < sizeof fares / sizeof *fares; i++) {
        check_fare(&fares[i], AB_STAGE_PASS, 0, fares[i].pass);
        check_fare(&fares[i], AB_STAGE_WHOLE, AB_CATEGORY_FOOD, fares[i].whole);
        check_fare(&fares[i], AB_STAGE_FULL, 0, fares[i].full);
        check_fare(&fares[i], AB_STAGE_KEPT, 0, fares[i].kept);
        check_fare(&fares[i], AB_STAGE_SAFE, 0, fares[i].safe);
    }
}

static void goods_of_one_convoy_are_one_case(void **state)
{
    (void)state;
    const char *tables = MOVEMENTS "m,2030-03-03,town,flour,10,,10,,,,,,\n"
                                   "n,2030-03-03,town,kit,2,2,0,,,,,,\n"
                                   "o,2030-03-03,town,flour,10,1,5,,4,,,3,\n"
                                   "p,2030-03-03,ridge,flour,10,,0,10,,gate,Army,,\n";
    check_one(tables, "2030-03-04T00:00Z", AB_STAGE_PASS, 0, 2 / 1.3, 1 / 1.3);
    check_one(tables, "2030-03-04T00:00Z", AB_STAGE_KEPT, 0, 2 / 1.3, 1 / 1.3);
    check_one(tables, "2030-03-04T00:00Z", AB_STAGE_SAFE, 0, 2 / 1.3, 1 / 1.3);
    check_one(tables, "2030-03-04T00:00Z", AB_STAGE_WHOLE, AB_CATEGORY_FOOD, 1, 0);
    check_one(tables, "2030-03-04T00:00Z", AB_STAGE_WHOLE, AB_CATEGORY_MEDICAL, 1, 0);
}

static void convoys_that_nobody_asked_for_are_marked_as_survivors(void **state)
{
    (void)state;
    ab_operation *op = small_operation(PLACES REQUESTS LEAVE MOVEMENTS "m,2030-03-03,town,,,,,,,,,,q\n"
                                                                       "n,2030-03-04,town,,,,,,,,,,\n"
                                                                       "o,2030-03-05,town,,,,,,,,,,\n");
    ab_record *record = record_of(op, "2030-03-04T00:00Z");
    int32_t army = named(record, "Army");
    assert_false(ab_record_stage(record, army, AB_STAGE_PASS, 0).survivors);
    ab_record_free(record);
    record = record_of(op, "2030-03-06T00:00Z");
    assert_true(ab_record_stage(record, army, AB_STAGE_PASS, 0).survivors); /* two of three */
    assert_false(ab_record_stage(record, army, AB_STAGE_YES, 0).survivors);
    ab_record_free(record);
    ab_operation_free(op);
}

static void answers_of_one_local_day_are_one_decision(void **state)
{
    (void)state;
    /* At +3 h the first two are of 3 March, the third of 4 March. */
    const char *tables = "[operation]\nkey,value\nname,x\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nutc_offset_h,3\n" REQUESTS
                         "q,2030-03-01T08:00Z,Army,town,approved,2030-03-02T22:00Z,,\n"
                         "r,2030-03-01T08:00Z,Army,ridge,refused,2030-03-03T08:00Z,,\n"
                         "s,2030-03-01T08:00Z,Army,isle,approved,2030-03-03T22:00Z,,\n";
    check_one(tables, "2030-03-06T00:00Z", AB_STAGE_YES, 0, 2 / 1.3 + 1, 1 / 1.3 + 1);
}

static void an_answer_without_a_date_tells_nothing(void **state)
{
    (void)state;
    const char *tables = REQUESTS "q,2030-03-01T08:00Z,Army,town,approved,,,\n"
                                  "r,2030-03-01T08:00Z,Army,ridge,refused,2030-03-03T08:00Z,,\n";
    check_one(tables, "2030-03-06T00:00Z", AB_STAGE_ANSWER, 0, 1, 1);
    check_one(tables, "2030-03-06T00:00Z", AB_STAGE_YES, 0, 1, 0);
}

static void who_holds_the_ring_answers_as_who_was_asked_by_then(void **state)
{
    (void)state;
    ab_operation *op = small_operation(PLACES REQUESTS LEAVE);
    ab_record *record = record_of(op, "2030-03-02T00:00Z");
    assert_int_equal(ab_record_besieger(record, TOWN), named(record, "Army"));
    assert_int_equal(ab_record_besieger(record, RIDGE), named(record, "Army"));
    assert_int_equal(ab_record_besieger(record, ISLE), -1);
    ab_record_free(record);
    record = record_of(op, "2030-02-20T00:00Z"); /* nobody was asked yet */
    assert_int_equal(ab_record_besieger(record, RIDGE), named(record, "Army and allies"));
    ab_record_free(record);
    ab_operation_free(op);
}

static void a_promise_counts_from_when_it_is_known(void **state)
{
    (void)state;
    ab_operation *op =
        small_operation(PLACES "[agreements]\nid,kind,parties,subjects,mode,from,until,known_at\n"
                               "p,corridor,Army,place:town,road,2030-03-01T00:00Z,,2030-03-04T00:00Z\n");
    ab_record *record = record_of(op, "2030-03-03T00:00Z");
    assert_int_equal(ab_record_leave(record, TOWN, AB_MODE_ROAD, at("2030-03-05T00:00Z")), AB_LEAVE_ANSWER);
    ab_record_free(record);
    record = record_of(op, "2030-03-04T00:00Z");
    assert_int_equal(ab_record_leave(record, TOWN, AB_MODE_ROAD, at("2030-03-05T00:00Z")), AB_LEAVE_PROMISE);
    assert_int_equal(ab_record_leave(record, TOWN, AB_MODE_AIRDROP, at("2030-03-05T00:00Z")), AB_LEAVE_AIR);
    assert_int_equal(ab_record_leave(record, RIDGE, AB_MODE_ROAD, at("2030-03-05T00:00Z")), AB_LEAVE_ANSWER);
    ab_record_free(record);
    ab_operation_free(op);
}

/* ---- What is known later, and in what order ---- */

typedef struct row {
    const char *known; /* when */
    const char *text, *before; /* before: as it stood until `reply` was known; NULL: not at all */
    const char *reply; /* NULL: none */
} row;

static const row asked[] = {
    {"2030-03-01T08:00Z", "a,2030-03-01T08:00Z,Army,town,approved,2030-03-02T08:00Z,,2030-03-05T00:00Z\n",
     "a,2030-03-01T08:00Z,Army,town,,,,\n", "2030-03-02T08:00Z"},
    {"2030-03-01T08:00Z", "b,2030-03-01T08:00Z,Front,ridge,refused,2030-03-06T08:00Z,,\n", "b,2030-03-01T08:00Z,Front,ridge,,,,\n",
     "2030-03-06T08:00Z"},
    {"2030-03-02T08:00Z", "c,2030-03-02T08:00Z,Army,isle,,,,\n", NULL, NULL},
    {"2030-03-05T08:00Z", "d,2030-03-05T08:00Z,Army,ridge,conditional,2030-03-07T08:00Z,,2030-03-09T00:00Z\n",
     "d,2030-03-05T08:00Z,Army,ridge,,,,\n", "2030-03-07T08:00Z"},
    {"2030-03-06T08:00Z", "e,2030-03-06T08:00Z,Front,town,approved,2030-03-06T20:00Z,,2030-03-08T00:00Z\n",
     "e,2030-03-06T08:00Z,Front,town,,,,\n", "2030-03-06T20:00Z"},
};
static const row moved[] = {
    {"2030-03-04T00:00Z", "m,2030-03-03,town,flour,10,1,9,,,,,,a\n", NULL, NULL},
    {"2030-03-05T00:00Z", "n,2030-03-04,isle,,,,,,,,Army,2,\n", NULL, NULL},
    {"2030-03-08T00:00Z", "o,2030-03-07,town,kit,2,,,2,,gate,Front,,e\n", NULL, NULL},
    {"2030-03-09T00:00Z", "p,2030-03-08,ridge,flour,9,,9,,,,,,d\n", NULL, NULL},
};
enum { ASKED = sizeof asked / sizeof *asked, MOVED = sizeof moved / sizeof *moved };

/* Of what was known by `now`, all where it is NULL; the last first where it is so wanted. */
static void write_rows(char *out, const row *rows, int count, const char *now, bool backwards)
{
    for (int i = 0; i < count; i++) {
        const row *r = &rows[backwards ? count - 1 - i : i];
        bool is_there = now == NULL || at(r->known) <= at(now);
        bool is_open = now != NULL && r->reply != NULL && at(r->reply) > at(now);
        strcat(out, !is_there ? "" : is_open ? r->before : r->text);
    }
}

static ab_operation *operation_of(const char *now, bool backwards)
{
    char text[6000] = PLACES REQUESTS;
    write_rows(text, asked, ASKED, now, backwards);
    strcat(text, MOVEMENTS);
    write_rows(text, moved, MOVED, now, backwards);
    return small_operation(text);
}

static void same_learnt(ab_learnt a, ab_learnt b)
{
    small_near(a.chance.mean, b.chance.mean);
    small_near(a.chance.low, b.chance.low);
    small_near(a.chance.high, b.chance.high);
    small_near(a.seen, b.seen);
    small_near(a.good, b.good);
    assert_true(a.rows == b.rows && a.survivors == b.survivors);
}

/* Whatever both say of an authority, by its name: -1 is one that neither knows. */
static void same_authority(const ab_record *a, const ab_record *b, int32_t in_a, int32_t in_b)
{
    for (int stage = 0; stage < AB_STAGES; stage++) {
        int kinds = stage == AB_STAGE_GO ? (int)AB_LEAVES : stage == AB_STAGE_WHOLE ? (int)ab_category_count : 1;
        for (int kind = 0; kind < kinds; kind++) {
            same_learnt(ab_record_stage(a, in_a, (ab_stage)stage, kind), ab_record_stage(b, in_b, (ab_stage)stage, kind));
        }
    }
    small_near(ab_record_answer_days(a, in_a), ab_record_answer_days(b, in_b));
    for (int32_t place = TOWN; place <= ISLE; place++) {
        ab_time since_a, since_b;
        assert_int_equal(ab_record_last(a, AB_STAGE_PASS, in_a, place, &since_a),
                         ab_record_last(b, AB_STAGE_PASS, in_b, place, &since_b));
        assert_true(since_a == since_b);
    }
}

static void same_record(const ab_record *a, const ab_record *b)
{
    static const char *const names[] = {"Army", "Front", "Army and allies"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        same_authority(a, b, named(a, names[i]), named(b, names[i]));
    }
    int32_t asks_a, asks_b;
    const ab_ask *x = ab_record_asks(a, &asks_a), *y = ab_record_asks(b, &asks_b);
    assert_int_equal(asks_a, asks_b);
    for (int32_t i = 0; i < asks_a; i++) {
        assert_true(x[i].asked_at == y[i].asked_at && x[i].answered_at == y[i].answered_at && x[i].fate_at == y[i].fate_at);
        assert_true(x[i].yes == y[i].yes && x[i].went == y[i].went && x[i].passed == y[i].passed && x[i].leave == y[i].leave);
    }
}

static void what_is_known_later_is_never_used(void **state)
{
    (void)state;
    ab_operation *whole = operation_of(NULL, false);
    for (int hour = 0; hour < 10 * 24; hour += 5) {
        char now[AB_TIME_TEXT_CAP];
        ab_time_format(at("2030-03-01T00:00Z") + hour * 3600, now);
        ab_operation *past = operation_of(now, false);
        ab_record *of_whole = record_of(whole, now), *of_past = record_of(past, now);
        same_record(of_whole, of_past);
        ab_record_free(of_whole);
        ab_record_free(of_past);
        ab_operation_free(past);
    }
    ab_operation_free(whole);
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    ab_operation *there = operation_of(NULL, false), *back = operation_of(NULL, true);
    ab_record *a = record_of(there, "2030-03-10T00:00Z"), *b = record_of(back, "2030-03-10T00:00Z");
    for (int32_t i = 0; i < ab_record_authorities(a)->count; i++) {
        same_authority(a, b, i, i);
    }
    int32_t count;
    const ab_ask *ask = ab_record_asks(a, &count);
    assert_int_equal(count, ASKED);
    for (int32_t i = 1; i < count; i++) {
        assert_true(ask[i - 1].asked_at <= ask[i].asked_at);
    }
    ab_record_free(a);
    ab_record_free(b);
    ab_operation_free(there);
    ab_operation_free(back);
}

/* ---- Pooling, answers and memory ---- */

static void who_has_no_record_is_believed_as_all_others_say(void **state)
{
    (void)state;
    ab_operation *op = operation_of(NULL, false);
    ab_record *record = record_of(op, "2030-03-10T00:00Z");
    ab_learnt none = ab_record_stage(record, -1, AB_STAGE_YES, 0), army = ab_record_stage(record, named(record, "Army"), AB_STAGE_YES, 0),
              front = ab_record_stage(record, named(record, "Front"), AB_STAGE_YES, 0);
    double good = 0.8 * 28 + army.good + front.good, seen = 28 + army.seen + front.seen;
    small_near(none.chance.mean, good / seen);
    small_near(army.chance.mean, (8 * (0.8 * 28 + front.good) / (28 + front.seen) + army.good) / (8 + army.seen));
    assert_true(none.seen == 0 && none.rows == 0 && none.prior_cases == 28);
    ab_record_free(record);
    ab_operation_free(op);
}

static void other_priors_are_used_in_all_stages(void **state)
{
    (void)state;
    ab_operation *op = small_operation(PLACES);
    ab_priors usual = ab_record_priors(op), early = ab_record_priors_of_2015();
    ab_record *record = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_record_make_from(op, at("2030-03-02T00:00Z"), &early, &record, &err), AB_OK);
    double go = ab_record_stage(record, -1, AB_STAGE_GO, AB_LEAVE_ANSWER).chance.mean;
    double pass = ab_record_stage(record, -1, AB_STAGE_PASS, 0).chance.mean;
    small_near(go * pass, 0.5); /* of what was approved in 2015 half arrived */
    small_near(usual.go[AB_LEAVE_ANSWER].mean * usual.pass.mean, 0.35);
    small_near(usual.go[AB_LEAVE_PROMISE].mean * usual.pass.mean, 0.75);
    ab_record_free(record);
    ab_operation_free(op);
}

static void who_answers_others_at_once_is_likely_to_answer_soon(void **state)
{
    (void)state;
    char text[6000] = PLACES REQUESTS;
    for (int i = 1; i <= 9; i++) { /* the army answers the same day, the front never */
        sprintf(text + strlen(text), "a%d,2030-02-0%dT08:00Z,Army,town,refused,2030-02-0%dT20:00Z,,\n", i, i, i);
        sprintf(text + strlen(text), "f%d,2030-02-0%dT08:00Z,Front,ridge,,,,\n", i, i);
    }
    ab_operation *op = small_operation(text);
    ab_record *record = record_of(op, "2030-03-10T00:00Z");
    const double week_s = 7 * 86400;
    ab_chance army = ab_record_answered(record, named(record, "Army"), 0, week_s),
              front = ab_record_answered(record, named(record, "Front"), 0, week_s), none = ab_record_answered(record, -1, 0, week_s);
    assert_true(army.mean > 0.4 && army.mean > none.mean && none.mean > front.mean && front.mean < 0.25);
    assert_true(army.low < army.mean && army.mean < army.high);
    assert_true(ab_record_answer_days(record, named(record, "Army")) < 7);
    assert_true(ab_record_answered(record, named(record, "Army"), 0, 0).mean == 0);
    ab_record_free(record);
    ab_operation_free(op);
}

static void what_was_seen_last_fades(void **state)
{
    (void)state;
    ab_operation *op = small_operation(PLACES MOVEMENTS "m,2030-03-03,town,,,,,,,gate,Army,,\n");
    ab_record *record = record_of(op, "2030-03-10T00:00Z");
    int32_t army = named(record, "Army");
    ab_chance plain = {0.8, 0.6, 0.9};
    bool told = true;
    small_near(ab_record_memory_days(record, &told), 14);
    assert_false(told);
    ab_time stop = at("2030-03-04T00:00Z");
    ab_chance now = ab_record_remembered(record, plain, AB_STAGE_PASS, army, TOWN, stop);
    small_near(ab_record_memory_trust(record), 0.5);
    small_near(now.mean, 0.8 * (1 - 0.5));
    now = ab_record_remembered(record, plain, AB_STAGE_PASS, army, TOWN, stop + 14 * 86400);
    small_near(now.mean, 0.8 * (1 - 0.5 * exp(-1)));
    small_near(now.high, 0.9 * (1 - 0.5 * exp(-1)));
    now = ab_record_remembered(record, plain, AB_STAGE_GO, army, TOWN, stop + 14 * 86400); /* it did set out */
    small_near(now.mean, 0.8 + 0.2 * 0.5 * exp(-1));
    now = ab_record_remembered(record, plain, AB_STAGE_PASS, army, RIDGE, stop); /* another place */
    small_near(now.mean, 0.8);
    ab_record_free(record);
    ab_operation_free(op);
}

/* As docs/models/record.md works it out with pencil and paper. */
static void the_example_of_the_page_comes_out(void **state)
{
    (void)state;
    char path[1000];
    const char *source = getenv("SOURCE_DIR");
    snprintf(path, sizeof path, "%s/examples/deir-ez-zor-2016", source != NULL ? source : ".");
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = NULL;
    ab_operation *op = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_book_read(path, NULL, &book, issues, &err), AB_OK);
    assert_int_equal(ab_operation_read(book, &op, issues, &err), AB_OK);
    ab_record *record = record_of(op, "2016-05-01T00:00Z");
    check_cases(record, "Army of Conquest", AB_STAGE_YES, 0, 2 / 1.3, 2 / 1.3);
    check_cases(record, "Government of Syria", AB_STAGE_YES, 0, 5 / 2.2 + 1 + 1 + 2 / 1.3, 1 + 1 + 2 / 1.3);
    ab_learnt yes = ab_record_stage(record, named(record, "Government of Syria"), AB_STAGE_YES, 0);
    assert_true(fabs(yes.seen - 5.811) < 0.0005 && fabs(yes.good - 3.538) < 0.0005);
    assert_true(fabs(yes.pooled_mean - 0.8104) < 0.00005 && yes.firm_cases == 8);
    assert_true(fabs(yes.chance.mean - 0.7256) < 0.00005);
    assert_true(fabs(yes.chance.low - 0.517) < 0.0005 && fabs(yes.chance.high - 0.896) < 0.0005);
    ab_record_free(record);
    ab_operation_free(op);
    ab_book_free(book);
    ab_issues_free(issues);
}

/* Convoys to the town every `days` days, let through while `open` says so. */
static double memory_of(int days, const char *open, bool *told)
{
    char text[6000] = PLACES MOVEMENTS;
    for (int i = 0; open[i] != '\0'; i++) {
        char day[AB_TIME_TEXT_CAP];
        ab_day_format(at("2029-01-01T00:00Z") + (ab_time)i * days * 86400, day);
        sprintf(text + strlen(text), "m%d,%s,town,,,,,,,%s,Army,,\n", i, day, open[i] == '1' ? "" : "gate");
    }
    ab_operation *op = small_operation(text);
    ab_record *record = record_of(op, "2030-03-10T00:00Z");
    double memory_days = ab_record_memory_days(record, told);
    ab_record_free(record);
    ab_operation_free(op);
    return memory_days;
}

static void memory_is_as_long_as_the_record_shows(void **state)
{
    (void)state;
    bool told;
    assert_true(memory_of(10, "111111111100000000001111111111", &told) == 60 && told); /* months open, months shut */
    assert_true(memory_of(10, "101001011010010110100101101001", &told) == 3 && told);  /* no two alike */
    assert_true(memory_of(10, "11110", &told) == 14 && !told);                         /* too few to tell */
    assert_true(memory_of(0, "111111111111", &told) == 14 && !told);                   /* one convoy, told in parts */
}

static void whichever_allocation_fails_it_is_said_and_nothing_is_left(void **state)
{
    (void)state;
    ab_operation *op = operation_of(NULL, false);
    ab_status status = AB_NO_MEMORY;
    int64_t nth = 1;
    for (; status != AB_OK; nth++) {
        ab_record *record = NULL;
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(nth);
        status = ab_record_make(op, at("2030-03-10T00:00Z"), &record, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && record == NULL && strlen(err.message) > 0));
        ab_record_free(record);
    }
    assert_true(nth > 5);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_goes_from_asked_to_arrived),
        cmocka_unit_test(leave_that_ends_without_a_movement_is_a_failure_to_set_out),
        cmocka_unit_test(leave_in_its_days_counts_neither_way),
        cmocka_unit_test(what_is_stopped_before_loading_never_set_out),
        cmocka_unit_test(drops_do_not_use_leave_for_a_convoy),
        cmocka_unit_test(how_a_convoy_fared_is_told_by_its_masses),
        cmocka_unit_test(goods_of_one_convoy_are_one_case),
        cmocka_unit_test(convoys_that_nobody_asked_for_are_marked_as_survivors),
        cmocka_unit_test(answers_of_one_local_day_are_one_decision),
        cmocka_unit_test(an_answer_without_a_date_tells_nothing),
        cmocka_unit_test(who_holds_the_ring_answers_as_who_was_asked_by_then),
        cmocka_unit_test(a_promise_counts_from_when_it_is_known),
        cmocka_unit_test(what_is_known_later_is_never_used),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(who_has_no_record_is_believed_as_all_others_say),
        cmocka_unit_test(other_priors_are_used_in_all_stages),
        cmocka_unit_test(who_answers_others_at_once_is_likely_to_answer_soon),
        cmocka_unit_test(the_example_of_the_page_comes_out),
        cmocka_unit_test(what_was_seen_last_fades),
        cmocka_unit_test(memory_is_as_long_as_the_record_shows),
        cmocka_unit_test(whichever_allocation_fails_it_is_said_and_nothing_is_left),
    };
    return cmocka_run_group_tests_name("access/record", tests, NULL, NULL);
}
