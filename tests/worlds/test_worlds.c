#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/airbridge.h"
#include "support/small.h"

enum { WORLDS = 100000 };

#define PLACES                                                                                                            \
    "[places]\nid,lon_deg,lat_deg,population,besieged_by,cut_off_since\n"                                                 \
    "town,36.5,34,1000,Army,2029-10-01\nridge,36.6,34,1000,Army,2029-10-01\nfree,36.7,34,9,,\n"
#define ROADS                                                                                                              \
    "[roads]\nid,wkt,held_by\n"                                                                                      \
    "north,\"LINESTRING (36 34, 36.5 34)\",Militia\nsouth,\"LINESTRING (36 34, 36.6 34)\",Militia\n"          \
    "wild,\"LINESTRING (36 34, 36.7 34)\",\n"
#define REPORTS "[access]\nid,subject,from,state,reported_by,reported_at,reliability,credibility\n"

/* Twelve that the Army answered within two days, half of them with yes. */
#define ANSWERED \
    "h0,2030-01-01T00:00Z,Army,free,refused,2030-01-03T00:00Z\n" \
    "h1,2030-01-03T00:00Z,Army,free,approved,2030-01-05T00:00Z\n" \
    "h2,2030-01-05T00:00Z,Army,free,refused,2030-01-07T00:00Z\n" \
    "h3,2030-01-07T00:00Z,Army,free,approved,2030-01-09T00:00Z\n" \
    "h4,2030-01-09T00:00Z,Army,free,refused,2030-01-11T00:00Z\n" \
    "h5,2030-01-11T00:00Z,Army,free,approved,2030-01-13T00:00Z\n" \
    "h6,2030-01-13T00:00Z,Army,free,refused,2030-01-15T00:00Z\n" \
    "h7,2030-01-15T00:00Z,Army,free,approved,2030-01-17T00:00Z\n" \
    "h8,2030-01-17T00:00Z,Army,free,refused,2030-01-19T00:00Z\n" \
    "h9,2030-01-19T00:00Z,Army,free,approved,2030-01-21T00:00Z\n" \
    "h10,2030-01-21T00:00Z,Army,free,refused,2030-01-23T00:00Z\n" \
    "h11,2030-01-23T00:00Z,Army,free,approved,2030-01-25T00:00Z\n"

typedef struct setting {
    ab_operation *op;
    ab_access *access;
    ab_worlds *worlds;
} setting;

static setting set_up(ab_operation *op, uint64_t seed)
{
    setting s = {.op = op};
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(s.op, &s.access, &err), AB_OK);
    assert_int_equal(ab_worlds_make(s.op, s.access, seed, &s.worlds, &err), AB_OK);
    return s;
}

static void tear_down(setting *s)
{
    ab_worlds_free(s->worlds);
    ab_access_free(s->access);
    ab_operation_free(s->op);
}

/* Four standard errors and a half: of some hundreds of such checks with one seed none is out by chance. */
static void check_share(double hits, double prob, const char *what, int32_t t)
{
    double error = sqrt(prob * (1 - prob) / WORLDS), share = hits / WORLDS;
    if (fabs(share - prob) > 4.5 * error + 1e-12) {
        fail_msg("%s in period %d: %.5f of worlds, chance %.5f, %.1f standard errors", what, t, share, prob,
                 (share - prob) / error);
    }
}

static ab_passage passage_of(const setting *s, const char *place, ab_means means, int32_t road_count, const int32_t *road, int32_t t)
{
    return (ab_passage){.place = small_row(s->op, AB_TABLE_places, place), .means = means, .hub = 0, .road_count = road_count,
                        .road = road, .depart = t};
}

static double engine_prob(const setting *s, const ab_passage *passage)
{
    return ab_access_place(s->access, passage->place, passage->means, passage->depart)->permit.mean *
           ab_access_open(s->access, passage).mean;
}

static void check_passage(const setting *s, const ab_passage *passage, const char *what)
{
    double hits = 0, prob = engine_prob(s, passage);
    assert_true(fabs(ab_worlds_prob(s->worlds, passage) - prob) < 1e-12);
    for (uint64_t w = 0; w < WORLDS; w++) {
        hits += ab_worlds_passes(s->worlds, w, passage);
    }
    check_share(hits, prob, what, passage->depart);
}

static void check_all(const char *tables, const char *what)
{
    setting s = set_up(small_operation(tables), 7);
    static const char *const place[] = {"town", "ridge", "free"};
    const int32_t road[] = {0, 1, 2};
    for (int p = 0; p < 3; p++) {
        for (int32_t t = 0; t < s.op->period_count; t += 3) {
            ab_passage by_road = passage_of(&s, place[p], AB_MEANS_ROAD, s.op->roads.count, road, t);
            ab_passage by_air = passage_of(&s, place[p], AB_MEANS_AIRDROP, 0, NULL, t);
            check_passage(&s, &by_road, what);
            check_passage(&s, &by_air, what);
        }
    }
    tear_down(&s);
}

/* ---- Frequencies are the engine's chances ---- */

static void a_request_without_an_answer(void **state)
{
    (void)state;
    check_all(PLACES "[requests]\nid,asked_at,asked_of,place,reply,reply_at\nq1,2030-02-25T00:00Z,Army,town,,\nq2,2030-02-27T00:00Z,Army,ridge,,\n",
              "unanswered");
}

static void leave_that_nobody_asked_for(void **state)
{
    (void)state;
    check_all(PLACES, "never asked");
}

static void a_refusal_and_an_approval(void **state)
{
    (void)state;
    check_all(PLACES "[requests]\nid,asked_at,asked_of,place,reply,reply_at\nq1,2030-02-20T00:00Z,Army,town,refused,2030-02-25T00:00Z\n"
                     "q2,2030-02-20T00:00Z,Army,ridge,approved,2030-02-25T00:00Z\n",
              "answered");
}

static void a_promise_that_may_break_down(void **state)
{
    (void)state;
    check_all(PLACES "[agreements]\nid,kind,parties,subjects,from,until,hold_prob_per_day\n"
                     "g1,corridor,Army,place:town;place:ridge,2030-03-01T00:00Z,2030-03-09T00:00Z,0.9\n",
              "promise");
}

static void roads_of_one_authority(void **state)
{
    (void)state;
    check_all(PLACES ROADS REPORTS "r1,road:north,2030-02-01T00:00Z,closed,UN,2030-02-20T00:00Z,B,2\n"
                                   "r2,road:south,2030-02-01T00:00Z,closed,UN,2030-02-25T00:00Z,C,3\n"
                                   "r3,road:wild,2030-02-01T00:00Z,closed,UN,2030-02-27T00:00Z,C,3\n"
                                   "r4,place:town,2030-02-01T00:00Z,closed,UN,2030-02-25T00:00Z,B,3\n"
                                   "r5,hub:hub,2030-02-01T00:00Z,closed,UN,2030-02-25T00:00Z,D,3\n",
              "reports");
}

static void the_made_up_valley(void **state)
{
    (void)state;
    ab_operation *op = small_mini();
    if (op == NULL) {
        skip();
    }
    setting s = set_up(op, 7);
    for (int32_t p = 0; p < op->places.count; p++) {
        for (int32_t means = 0; means < AB_MEANS_LINK; means++) {
            for (int32_t t = 0; t < op->period_count; t += 4) {
                ab_passage passage = {.place = p, .means = (ab_means)means, .hub = t % op->hubs.count, .depart = t};
                check_passage(&s, &passage, op->places.at[p].id);
            }
        }
    }
    tear_down(&s);
}

/* ---- Jointly ---- */

/* Both roads are of one authority: all open is as likely as the less sure, not as the product. */
static void one_authority_decides_once(void **state)
{
    (void)state;
    setting s = set_up(small_operation(PLACES ROADS REPORTS "r1,road:north,2030-02-01T00:00Z,closed,UN,2030-02-20T00:00Z,B,2\n"
                                                             "r2,road:south,2030-02-01T00:00Z,closed,UN,2030-02-25T00:00Z,C,3\n"
                                                             "r3,road:wild,2030-02-01T00:00Z,closed,UN,2030-02-25T00:00Z,C,3\n"),
                       11);
    double both = 0, other = 0;
    double north = ab_access_way(s.access, AB_TABLE_roads, 0, 4)->pass.mean, south = ab_access_way(s.access, AB_TABLE_roads, 1, 4)->pass.mean;
    double wild = ab_access_way(s.access, AB_TABLE_roads, 2, 4)->pass.mean;
    assert_true(north < 0.95 && south < 0.95 && wild < 0.95);
    for (uint64_t w = 0; w < WORLDS; w++) {
        bool a = ab_worlds_open(s.worlds, w, AB_TABLE_roads, 0, AB_MEANS_ROAD, 4), b = ab_worlds_open(s.worlds, w, AB_TABLE_roads, 1, AB_MEANS_ROAD, 4);
        both += a && b;
        other += b && ab_worlds_open(s.worlds, w, AB_TABLE_roads, 2, AB_MEANS_ROAD, 4);
    }
    check_share(both, fmin(north, south), "both roads of one authority", 4);
    check_share(other, south * wild, "a road of the authority and one of nobody", 4);
    tear_down(&s);
}

/* What rests on one promise ends for both places on one day, and does not begin again. */
static void a_promise_breaks_down_once_for_all(void **state)
{
    (void)state;
    setting s = set_up(small_operation(PLACES "[agreements]\nid,kind,parties,subjects,from,until,hold_prob_per_day\n"
                                              "g1,corridor,Army,place:town;place:ridge,2030-03-01T00:00Z,2030-03-20T00:00Z,0.9\n"),
                       3);
    double broken = 0;
    for (uint64_t w = 0; w < WORLDS; w++) {
        bool before = true;
        for (int32_t t = 0; t < s.op->period_count; t++) {
            bool town = ab_worlds_leave(s.worlds, w, 0, AB_MEANS_ROAD, t);
            assert_true(town == ab_worlds_leave(s.worlds, w, 1, AB_MEANS_ROAD, t));
            assert_true(before || !town);
            before = town;
        }
        broken += !before;
    }
    check_share(broken, 1 - pow(0.9, 10), "a promise broken in ten days", 9);
    tear_down(&s);
}

/* An answer stays given. Two answers of one authority that fall on one day have a correlation of 0.3, others none; weeks for
 * periods, so that many do. */
static void answers_of_one_day_hang_together(void **state)
{
    (void)state;
    setting s = set_up(small_operation("[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-04-26T00:00Z\nperiod_h,168\n" PLACES
                                       "[requests]\nid,asked_at,asked_of,place,reply,reply_at\nq1,2030-02-28T00:00Z,Army,town,,\n"
                                       "q2,2030-02-28T00:00Z,Army,ridge,,\n" ANSWERED),
                       5);
    double both = 0, yes = ab_record_stage(ab_access_record(s.access), ab_access_place(s.access, 0, AB_MEANS_ROAD, 1)->asked, AB_STAGE_YES, 0).chance.mean;
    double same_day = 0, by_then = 0;
    for (int32_t t = 0; t < s.op->period_count; t++) {
        double answered = ab_access_place(s.access, 0, AB_MEANS_ROAD, t)->leave.mean / yes;
        small_near(answered, ab_access_place(s.access, 1, AB_MEANS_ROAD, t)->leave.mean / yes);
        same_day += (answered - by_then) * (answered - by_then);
        by_then = answered;
    }
    assert_true(0.3 * yes * (1 - yes) * same_day > 0.002);
    for (uint64_t w = 0; w < WORLDS; w++) {
        bool before = false;
        for (int32_t t = 0; t < s.op->period_count; t++) {
            bool leave = ab_worlds_leave(s.worlds, w, 0, AB_MEANS_ROAD, t);
            assert_true(leave || !before);
            before = leave;
        }
        both += before && ab_worlds_leave(s.worlds, w, 1, AB_MEANS_ROAD, s.op->period_count - 1);
    }
    check_share(both, yes * yes * by_then * by_then + 0.3 * yes * (1 - yes) * same_day, "leave for both", s.op->period_count - 1);
    tear_down(&s);
}

/* Of hubs that nobody holds, a link gets through as often as a transfer of the plan. */
static void a_link_moves_as_often_as_its_transfers(void **state)
{
    (void)state;
    setting s = set_up(small_operation(PLACES "[hubs]\nid,lon_deg,lat_deg\nhub,36,34\nfar,35,34\n[links]\nid,from_hub,to_hub,mode,duration_h\nl1,far,hub,road,5\n" REPORTS
                                              "r1,link:l1,2030-02-01T00:00Z,closed,UN,2030-02-20T00:00Z,C,3\n"
                                              "r2,hub:far,2030-02-01T00:00Z,closed,UN,2030-02-27T00:00Z,C,3\n"),
                       37);
    ab_routes *routes = NULL;
    ab_trips *trips = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_routes_make(s.op, &routes, &err), AB_OK);
    assert_int_equal(ab_trips_make(s.op, s.access, routes, NULL, &trips, &err), AB_OK);
    assert_true(trips->transfer_count > 3);
    for (int32_t i = 0; i < trips->transfer_count; i += 3) {
        double hits = 0;
        assert_true(trips->transfer[i].pass < 0.95);
        for (uint64_t w = 0; w < WORLDS; w++) {
            hits += ab_worlds_moves(s.worlds, w, trips->transfer[i].link, trips->transfer[i].depart);
        }
        check_share(hits, trips->transfer[i].pass, "a link", trips->transfer[i].depart);
    }
    ab_trips_free(trips);
    ab_routes_free(routes);
    tear_down(&s);
}

/* ---- In time ---- */

static double correlation(double both, double a, double b, double n)
{
    return (both / n - a / n * (b / n)) / sqrt(a / n * (1 - a / n) * (b / n) * (1 - b / n));
}

/* From one period to the next a road's state has the correlation that the engine says, or the most that its chances allow. */
static void a_closed_road_stays_closed_as_long_as_the_engine_says(void **state)
{
    (void)state;
    setting s = set_up(small_operation(PLACES ROADS REPORTS "r1,road:wild,2030-02-01T00:00Z,closed,UN,2030-02-20T00:00Z,B,2\n"
                                                             "r2,road:wild,2030-03-06T00:00Z,open,UN,2030-03-06T12:00Z,A,1\n"),
                       13);
    double wanted = ab_access_persistence(s.access, AB_TABLE_roads, 2, AB_MEANS_ROAD);
    for (int32_t t = 1; t < s.op->period_count; t++) {
        double p = ab_access_way(s.access, AB_TABLE_roads, 2, t - 1)->pass.mean, q = ab_access_way(s.access, AB_TABLE_roads, 2, t)->pass.mean;
        double most = (fmin(p, q) - p * q) / sqrt(p * (1 - p) * q * (1 - q)), both = 0, before = 0, now = 0;
        for (uint64_t w = 0; w < WORLDS; w++) {
            bool a = ab_worlds_open(s.worlds, w, AB_TABLE_roads, 2, AB_MEANS_ROAD, t - 1), b = ab_worlds_open(s.worlds, w, AB_TABLE_roads, 2, AB_MEANS_ROAD, t);
            both += a && b;
            before += a;
            now += b;
        }
        double found = correlation(both, before, now, WORLDS);
        if (fabs(found - fmin(wanted, most)) > 0.015) {
            fail_msg("from period %d: correlation %.4f, wanted %.4f, most %.4f", t - 1, found, wanted, most);
        }
    }
    tear_down(&s);
}

/* A gate through which nobody came yesterday lets nobody through today: by trust and memory, as in the record. */
static void a_gate_remembers_as_the_record_does(void **state)
{
    (void)state;
    setting s = set_up(small_operation(PLACES "[requests]\nid,asked_at,asked_of,place,reply,reply_at\nq2,2030-02-20T00:00Z,Army,ridge,approved,2030-02-25T00:00Z\n"), 17);
    const ab_record *record = ab_access_record(s.access);
    bool told;
    double trust = ab_record_memory_trust(record), days = ab_record_memory_days(record, &told);
    const ab_access_cell *cell = ab_access_place(s.access, 1, AB_MEANS_ROAD, 2);
    assert_true(cell->leave.mean >= 1 && cell->gate.mean < 1);
    double a = 0, b = 0, c = 0, ab = 0, ac = 0;
    for (uint64_t w = 0; w < WORLDS; w++) {
        bool passed[3];
        for (int i = 0; i < 3; i++) {
            ab_passage passage = passage_of(&s, "ridge", AB_MEANS_ROAD, 0, NULL, i == 2 ? 8 : 2 + i);
            passed[i] = ab_worlds_fate(s.worlds, w, &passage) != AB_FATE_STAYS;
        }
        a += passed[0];
        b += passed[1];
        c += passed[2];
        ab += passed[0] && passed[1];
        ac += passed[0] && passed[2];
    }
    assert_true(fabs(correlation(ab, a, b, WORLDS) - trust * exp(-1 / days)) < 0.015);
    assert_true(fabs(correlation(ac, a, c, WORLDS) - trust * exp(-6 / days)) < 0.015);
    tear_down(&s);
}

/* ---- By counter ---- */

typedef struct half {
    const setting *s;
    uint64_t first;
    unsigned char *passed;
} half;

static void *draw_backwards(void *context)
{
    half *h = context;
    for (int32_t i = 999; i >= 0; i--) {
        ab_passage passage = passage_of(h->s, "town", AB_MEANS_ROAD, 0, NULL, i % 10);
        h->passed[i] = ab_worlds_passes(h->s->worlds, h->first + (uint64_t)i, &passage);
    }
    return NULL;
}

static void a_world_is_the_same_in_any_order_on_any_thread(void **state)
{
    (void)state;
    setting s = set_up(small_operation(PLACES), 23), again = set_up(small_operation(PLACES), 23), other = set_up(small_operation(PLACES), 24);
    unsigned char passed[2000];
    half halves[2] = {{&s, 0, passed}, {&s, 1000, passed + 1000}};
    pthread_t thread[2];
    int32_t differ = 0;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&thread[i], NULL, draw_backwards, &halves[i]), 0);
    }
    for (int i = 0; i < 2; i++) {
        pthread_join(thread[i], NULL);
    }
    for (int32_t i = 0; i < 2000; i++) {
        ab_passage passage = passage_of(&again, "town", AB_MEANS_ROAD, 0, NULL, i % 1000 % 10);
        assert_true(passed[i] == ab_worlds_passes(again.worlds, (uint64_t)i, &passage));
        differ += passed[i] != ab_worlds_passes(other.worlds, (uint64_t)i, &passage);
    }
    assert_true(differ > 0);
    tear_down(&s);
    tear_down(&again);
    tear_down(&other);
}

/* Numbers follow ids: a row more and rows in another order change no world of the others. */
static void the_order_of_rows_changes_no_world(void **state)
{
    (void)state;
#define TWO "r1,road:north,2030-02-01T00:00Z,closed,UN,2030-02-20T00:00Z,B,2\nr3,road:wild,2030-02-01T00:00Z,closed,UN,2030-02-25T00:00Z,C,3\n"
    setting s = set_up(small_operation(PLACES ROADS REPORTS TWO), 29);
    setting turned = set_up(small_operation(PLACES "[roads]\nid,wkt,held_by\nwild,\"LINESTRING (36 34, 36.7 34)\",\n"
                                                   "more,\"LINESTRING (36 34, 36.8 34)\",\n"
                                                   "north,\"LINESTRING (36 34, 36.5 34)\",Militia\n" REPORTS TWO),
                            29);
    for (uint64_t w = 0; w < 1000; w++) {
        assert_true(ab_worlds_open(s.worlds, w, AB_TABLE_roads, 0, AB_MEANS_ROAD, 5) == ab_worlds_open(turned.worlds, w, AB_TABLE_roads, 2, AB_MEANS_ROAD, 5));
        assert_true(ab_worlds_open(s.worlds, w, AB_TABLE_roads, 2, AB_MEANS_ROAD, 5) == ab_worlds_open(turned.worlds, w, AB_TABLE_roads, 0, AB_MEANS_ROAD, 5));
    }
    tear_down(&s);
    tear_down(&turned);
}

/* ---- Where no joint world has the engine's figure ---- */

/* `north` is the Militia's and the Army's together, the place the Army's: on the way to the town the engine takes the road for
 * the Army's, on others for the Militia's. A world takes it for who is named first. */
static void a_road_held_together_is_of_the_first_who_is_named(void **state)
{
    (void)state;
    setting s = set_up(small_operation(PLACES "[roads]\nid,wkt,held_by\nnorth,\"LINESTRING (36 34, 36.5 34)\",Militia; Army\n" REPORTS
                                              "r1,road:north,2030-02-01T00:00Z,closed,UN,2030-02-20T00:00Z,B,2\n"
                                              "r4,place:town,2030-02-01T00:00Z,closed,UN,2030-02-25T00:00Z,B,3\n"),
                       31);
    const int32_t road = 0;
    ab_passage passage = passage_of(&s, "town", AB_MEANS_ROAD, 1, &road, 4);
    double engine = ab_access_open(s.access, &passage).mean;
    double of_road = ab_access_way(s.access, AB_TABLE_roads, 0, 4)->pass.mean;
    double of_place = ab_access_place(s.access, passage.place, AB_MEANS_ROAD, 4)->state.mean;
    double permit = ab_access_place(s.access, passage.place, AB_MEANS_ROAD, 4)->permit.mean;
    small_near(engine, fmin(of_road, of_place));
    small_near(ab_worlds_prob(s.worlds, &passage), permit * of_road * of_place);
    /* the bound of docs/models/worlds.md */
    assert_true(engine - of_road * of_place <= fmin(of_road, of_place) * (1 - fmax(of_road, of_place)) + 1e-12);
    tear_down(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_without_an_answer),
        cmocka_unit_test(leave_that_nobody_asked_for),
        cmocka_unit_test(a_refusal_and_an_approval),
        cmocka_unit_test(a_promise_that_may_break_down),
        cmocka_unit_test(roads_of_one_authority),
        cmocka_unit_test(the_made_up_valley),
        cmocka_unit_test(one_authority_decides_once),
        cmocka_unit_test(a_promise_breaks_down_once_for_all),
        cmocka_unit_test(answers_of_one_day_hang_together),
        cmocka_unit_test(a_link_moves_as_often_as_its_transfers),
        cmocka_unit_test(a_closed_road_stays_closed_as_long_as_the_engine_says),
        cmocka_unit_test(a_gate_remembers_as_the_record_does),
        cmocka_unit_test(a_world_is_the_same_in_any_order_on_any_thread),
        cmocka_unit_test(the_order_of_rows_changes_no_world),
        cmocka_unit_test(a_road_held_together_is_of_the_first_who_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
