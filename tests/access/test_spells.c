/* How long a state lasts, learnt from reports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/access.h"
#include "num/gamma.h"
#include "support/small.h"

#define ROADS                                                                                      \
    "[roads]\nid,wkt\n"                                                                            \
    "r1,\"LINESTRING(36 34,36.5 34)\"\n"                                                           \
    "r2,\"LINESTRING(36 34,36.5 34.1)\"\n"                                                         \
    "r3,\"LINESTRING(36 34,36.5 34.2)\"\n"
#define REPORTS "[access]\nid,subject,mode,commodities,state,from,until,reported_at,reliability,credibility,quotes\n"

static ab_access *access_of(const ab_operation *op)
{
    ab_access *access = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    return access;
}

typedef struct expected {
    int32_t to_closed, to_open;
    double open_days, closed_days;
} expected;

/* A kind's spells are those of Gamma(2 + changes, 2 assumed + days) rates. */
static void check_spells(const ab_spells *spells, expected seen, double open_days, double closed_days)
{
    double open = 2 * open_days + seen.open_days, closed = 2 * closed_days + seen.closed_days;
    small_near(spells->open_days, open / (2 + seen.to_closed));
    small_near(spells->closed_days, closed / (2 + seen.to_open));
    small_near(spells->open_low_days, open / ab__gamma_quantile(2 + seen.to_closed, 0.95));
    small_near(spells->open_high_days, open / ab__gamma_quantile(2 + seen.to_closed, 0.05));
    small_near(spells->closed_low_days, closed / ab__gamma_quantile(2 + seen.to_open, 0.95));
    small_near(spells->closed_high_days, closed / ab__gamma_quantile(2 + seen.to_open, 0.05));
    assert_true(spells->open_low_days < spells->open_days && spells->open_days < spells->open_high_days);
    assert_int_equal(spells->changes, seen.to_closed + seen.to_open);
    small_near(spells->days_watched, seen.open_days + seen.closed_days);
}

static void check_roads(const char *reports, expected seen)
{
    static char tables[60000];
    snprintf(tables, sizeof tables, ROADS REPORTS "%s", reports);
    ab_operation *op = small_operation(tables);
    ab_access *access = access_of(op);
    ab_spells spells = ab_access_spells(access, AB_SPELLS_ROAD);
    check_spells(&spells, seen, 76, 28);
    ab_access_free(access);
    ab_operation_free(op);
}

static void without_reports_spells_are_the_assumed_ones(void **state)
{
    (void)state;
    const double assumed[AB_SPELLS_KINDS][2] = {{76, 28}, {90, 30}, {76, 28}, {20, 10}, {90, 30}, {76, 28}};
    ab_operation *op = small_operation("");
    ab_access *access = access_of(op);
    for (int kind = 0; kind < AB_SPELLS_KINDS; kind++) {
        ab_spells spells = ab_access_spells(access, (ab_spell_kind)kind);
        check_spells(&spells, (expected){0}, assumed[kind][0], assumed[kind][1]);
    }
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_change_between_two_reports_is_seen_halfway(void **state)
{
    (void)state;
    /* closed for 2 days, 4 days of silence, open for 1 day */
    check_roads("a1,road:r1,,,closed,2030-02-10T00:00Z,,2030-02-12T00:00Z,B,2,\n"
                "a2,road:r1,,,open,2030-02-16T00:00Z,2030-02-17T00:00Z,2030-02-20T00:00Z,B,2,\n",
                (expected){.to_open = 1, .open_days = 3, .closed_days = 4});
    /* twice the same: what lies between is taken to be so too */
    check_roads("a1,road:r1,,,closed,2030-02-10T00:00Z,,2030-02-12T00:00Z,B,2,\n"
                "a2,road:r1,,,closed,,,2030-02-16T00:00Z,D,2,\n",
                (expected){.closed_days = 6});
    /* other roads are watched by themselves */
    check_roads("a1,road:r1,,,closed,2030-02-10T00:00Z,,2030-02-12T00:00Z,B,2,\n"
                "a2,road:r2,,,open,2030-02-16T00:00Z,2030-02-17T00:00Z,2030-02-20T00:00Z,B,2,\n",
                (expected){.open_days = 1, .closed_days = 2});
}

static void where_words_overlap_the_weightier_is_believed(void **state)
{
    (void)state;
    /* a weak word of one day within ten closed days changes nothing; a strong one is two changes */
    const char *const ten = "a1,road:r1,,,closed,2030-02-01T00:00Z,,2030-02-11T00:00Z,B,2,\n"
                            "a2,road:r1,,,open,2030-02-05T00:00Z,2030-02-06T00:00Z,2030-02-06T00:00Z,%s,1,\n";
    char rows[400];
    snprintf(rows, sizeof rows, ten, "D");
    check_roads(rows, (expected){.closed_days = 10});
    snprintf(rows, sizeof rows, ten, "A");
    check_roads(rows, (expected){.to_open = 1, .to_closed = 1, .open_days = 1, .closed_days = 9});
}

static void what_is_told_of_long_ago_or_of_the_future_is_not_watched(void **state)
{
    (void)state;
    check_roads("a1,road:r1,,,closed,2020-01-01T00:00Z,,2030-02-12T00:00Z,B,2,\n", (expected){.closed_days = 28});
    check_roads("a1,road:r1,,,closed,2020-01-01T00:00Z,2020-05-01T00:00Z,2030-02-12T00:00Z,B,2,\n", (expected){0});
    check_roads("a1,road:r1,,,closed,2030-02-10T00:00Z,2030-04-12T00:00Z,2030-02-12T00:00Z,B,2,\n",
                (expected){.closed_days = 2});
    check_roads("a1,road:r1,,,closed,2030-02-20T00:00Z,,2030-02-12T00:00Z,B,2,\n", (expected){0});
}

/* Restricted is neither open nor closed; what is said of goods by name closes nothing to others. */
static void only_open_and_closed_to_all_are_watched(void **state)
{
    (void)state;
    check_roads("a1,road:r1,,,restricted,2030-02-10T00:00Z,,2030-02-12T00:00Z,B,2,\n"
                "a2,road:r1,,food,closed,2030-02-10T00:00Z,,2030-02-13T00:00Z,B,2,\n"
                "a3,road:r1,,,closed,2030-02-10T00:00Z,,2030-02-13T00:00Z,F,2,\n"
                "a4,road:r1,,,closed,2030-02-10T00:00Z,,2030-02-13T00:00Z,A,6,\n"
                "a5,road:r1,,food,open,2030-02-10T00:00Z,,2030-02-10T12:00Z,B,2,\n",
                (expected){.open_days = 0.5});
}

static void the_air_is_watched_apart_and_each_way_of_flying_once(void **state)
{
    (void)state;
    ab_operation *op = small_operation(REPORTS
                                       "a1,place:town,air,,closed,2030-02-10T00:00Z,,2030-02-12T00:00Z,B,2,\n"
                                       "a2,place:town,helicopter,,open,2030-02-10T00:00Z,,2030-02-13T00:00Z,B,2,\n"
                                       "a3,place:town,road,,open,2030-02-10T00:00Z,,2030-02-11T00:00Z,B,2,\n"
                                       "a4,hub:hub,,,open,2030-02-10T00:00Z,,2030-02-15T00:00Z,B,2,\n");
    ab_access *access = access_of(op);
    ab_spells air = ab_access_spells(access, AB_SPELLS_GATE_AIR), road = ab_access_spells(access, AB_SPELLS_GATE),
              hub = ab_access_spells(access, AB_SPELLS_HUB), field = ab_access_spells(access, AB_SPELLS_AIRFIELD);
    check_spells(&air, (expected){.open_days = 3, .closed_days = 2}, 90, 30);
    check_spells(&road, (expected){.open_days = 1}, 76, 28);
    check_spells(&hub, (expected){.open_days = 5}, 20, 10);
    check_spells(&field, (expected){0}, 90, 30);
    ab_access_free(access);
    ab_operation_free(op);
}

static void a_subject_learns_from_the_others_and_from_how_long_its_own_state_had_lasted(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ROADS REPORTS
                                       "a1,road:r1,,,closed,2030-02-10T00:00Z,,2030-02-12T00:00Z,A,1,\n"
                                       "a2,road:r1,,,open,,,2030-02-13T00:00Z,B,2,\n"
                                       "a3,road:r2,,,closed,2030-02-10T00:00Z,,2030-02-13T00:00Z,B,2,\n");
    ab_access *access = access_of(op);
    ab_spells r1 = ab_access_spells_of(access, AB_TABLE_roads, 0, AB_MEANS_ROAD),
              r3 = ab_access_spells_of(access, AB_TABLE_roads, 2, AB_MEANS_ROAD);
    double lasted = 2 * (1 - exp(-5));
    small_near(r1.closed_days, (56 + 3) / 2.0 + lasted);
    small_near(r1.open_days, 76);
    assert_int_equal(r1.changes, 0);
    small_near(r3.closed_days, (56 + 3 + 2.5) / 3);
    small_near(r3.open_days, (152 + 0.5) / 2);
    small_near(ab_access_persistence(access, AB_TABLE_roads, 0, AB_MEANS_ROAD),
               exp(-1 / 76.0 - 1 / (29.5 + lasted)));
    ab_access_free(access);
    ab_operation_free(op);
}

/* ---- Against a plain reading ---- */

enum { ROWS = 24 };

typedef struct row {
    int road, open, from, until, said, reliability; /* hours after 2030-02-01; until < 0: none */
} row;

static int pick(int below)
{
    return rand() % below;
}

static void hour_text(int hour, char *out, size_t size)
{
    snprintf(out, size, "2030-%02d-%02dT%02d:00Z", hour < 28 * 24 ? 2 : 3, hour / 24 % 28 + 1, hour % 24);
}

static const double weight_of[] = {5, 3.5, 2, 1, 0.3};

/* What the weightiest word at `hour` says of a road (twice the hour, so that halves lie between): 1, -1, 0 nobody. */
static int said_at(const row *rows, int road, int twice)
{
    int state = 0;
    double best = 0;
    for (int i = 0; i < ROWS; i++) {
        const row *r = &rows[i];
        int until = r->until >= 0 && r->until < r->said ? r->until : r->said;
        if (r->road != road || twice < 2 * r->from || twice > 2 * until) {
            continue;
        }
        double weight = weight_of[r->reliability];
        if (weight > best || (weight == best && !r->open)) {
            best = weight;
            state = r->open ? 1 : -1;
        }
    }
    return state;
}

/* Hour by hour: whole hours are moments, halves the spans between. */
static expected read_plainly(const row *rows)
{
    expected seen = {0};
    for (int road = 0; road < 3; road++) {
        int last = 0, last_twice = 0;
        for (int twice = 0; twice < 2 * 1000; twice++) {
            int now = said_at(rows, road, twice);
            if (now == 0) {
                continue;
            }
            int from = twice / 2 * 2, until = (twice + 1) / 2 * 2; /* of a half: the hours on both sides */
            double gap = last == 0 ? 0 : (from - last_twice) / 48.0, span = (until - from) / 48.0;
            seen.to_open += last < 0 && now > 0;
            seen.to_closed += last > 0 && now < 0;
            *(last > 0 ? &seen.open_days : &seen.closed_days) += gap / 2;
            *(now > 0 ? &seen.open_days : &seen.closed_days) += gap / 2 + span;
            last = now;
            last_twice = until;
        }
    }
    return seen;
}

static void watching_agrees_with_a_plain_reading_hour_by_hour(void **state)
{
    (void)state;
    srand(7);
    for (int turn = 0; turn < 60; turn++) {
        row rows[ROWS];
        char text[ROWS * 120] = "", from[40], until[40], said[40];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = (row){pick(3), pick(2), pick(600), -1, 0, pick(5)};
            rows[i].until = pick(3) == 0 ? rows[i].from + 1 + pick(100) : -1;
            rows[i].said = rows[i].from + pick(90);
            hour_text(rows[i].from, from, sizeof from);
            hour_text(rows[i].until < 0 ? 0 : rows[i].until, until, sizeof until);
            hour_text(rows[i].said, said, sizeof said);
            snprintf(text + strlen(text), sizeof text - strlen(text), "a%d,road:r%d,,,%s,%s,%s,%s,%c,1,\n", i,
                     rows[i].road + 1, rows[i].open ? "open" : "closed", from, rows[i].until < 0 ? "" : until, said,
                     'A' + rows[i].reliability);
        }
        check_roads(text, read_plainly(rows));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_reports_spells_are_the_assumed_ones),
        cmocka_unit_test(a_change_between_two_reports_is_seen_halfway),
        cmocka_unit_test(where_words_overlap_the_weightier_is_believed),
        cmocka_unit_test(what_is_told_of_long_ago_or_of_the_future_is_not_watched),
        cmocka_unit_test(only_open_and_closed_to_all_are_watched),
        cmocka_unit_test(the_air_is_watched_apart_and_each_way_of_flying_once),
        cmocka_unit_test(a_subject_learns_from_the_others_and_from_how_long_its_own_state_had_lasted),
        cmocka_unit_test(watching_agrees_with_a_plain_reading_hour_by_hour),
    };
    return cmocka_run_group_tests_name("access/spells", tests, NULL, NULL);
}
