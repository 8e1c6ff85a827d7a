/* Trips of two plans, compared: every departure is told once, and what was told one way round is told the other way round. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "airbridge/diff.h"

enum { MOST = 64, DAY_S = 86400 };

typedef struct plan {
    ab_trip_row trip[MOST];
    ab_load_row load[MOST];
    char id[MOST][16];
    ab_rows rows[AB_RESULT_TABLES];
    int32_t trips;
} plan;

static ab_data data_of(plan *p)
{
    p->rows[AB_TABLE_trips] = (ab_rows){p->trip, p->trips};
    p->rows[AB_TABLE_loads] = (ab_rows){p->load, p->trips};
    return (ab_data){ab_result_schema(), p->rows};
}

/* `vehicles` of `class` to `place` on `day` with `mass_t` of flour. */
static void add(plan *p, const char *class, const char *place, int day, int64_t vehicles, double mass_t)
{
    ab_trip_row *trip = &p->trip[p->trips];
    snprintf(p->id[p->trips], sizeof p->id[0], "t%04d", (int)p->trips + 1);
    *trip = (ab_trip_row){.id = p->id[p->trips], .means = "road", .vehicle = class, .vehicles = vehicles, .hub = "port",
                          .place = place, .to_hub = "", .link = "", .dropzone = "", .dropsystem = "",
                          .depart = (ab_time)day * DAY_S, .arrive = (ab_time)day * DAY_S, .mass_kg = 1000 * mass_t,
                          .commitment = "", .permission = ""};
    p->load[p->trips++] = (ab_load_row){.trip = trip->id, .commodity = "flour", .mass_kg = 1000 * mass_t};
}

static ab_trip_changes *compare(plan *before, plan *after, int from_day)
{
    ab_trip_changes *changes;
    ab_data a = data_of(before), b = data_of(after);
    assert_int_equal(ab_trip_changes_make(&a, &b, (ab_time)from_day * DAY_S, &changes, NULL), AB_OK);
    return changes;
}

static void each_kind_of_change_has_its_name(void **state)
{
    (void)state;
    static plan a, b;
    add(&a, "truck", "upper", 3, 5, 50); /* kept */
    add(&a, "truck", "ridge", 3, 2, 20); /* more */
    add(&a, "truck", "plain", 3, 4, 40); /* fewer */
    add(&a, "truck", "upper", 4, 3, 30); /* moved to the 6th */
    add(&a, "truck", "ridge", 4, 1, 10); /* another load */
    add(&a, "plane", "plain", 4, 1, 20); /* dropped */
    add(&b, "truck", "upper", 3, 5, 50);
    add(&b, "truck", "ridge", 3, 3, 30);
    add(&b, "truck", "plain", 3, 2, 20);
    add(&b, "truck", "ridge", 4, 1, 9);
    add(&b, "truck", "upper", 6, 3, 28);
    add(&b, "truck", "plain", 7, 9, 90); /* added */
    ab_trip_changes *changes = compare(&a, &b, 0);
    for (int k = 0; k < AB_TRIP_CHANGES; k++)
        assert_int_equal(changes->of_kind[k], 1);
    assert_int_equal(changes->count, AB_TRIP_CHANGES);
    ab_trip_changes_free(changes);
}

/* One departure by two ways is one departure, whichever way it takes. */
static void ways_are_no_departures(void **state)
{
    (void)state;
    static plan a, b;
    add(&a, "truck", "upper", 3, 2, 20);
    add(&a, "truck", "upper", 3, 1, 10);
    add(&b, "truck", "upper", 3, 3, 30);
    ab_trip_changes *changes = compare(&a, &b, 0);
    assert_int_equal(changes->count, 1);
    assert_int_equal(changes->at[0].kind, AB_TRIP_KEPT);
    assert_string_equal(changes->at[0].ids_before, "t0001; t0002");
    assert_int_equal(changes->at[0].vehicles_before, 3);
    ab_trip_changes_free(changes);
}

static void what_is_past_is_not_compared(void **state)
{
    (void)state;
    static plan a, b;
    add(&a, "truck", "upper", 1, 2, 20);
    add(&a, "truck", "upper", 3, 2, 20);
    add(&b, "truck", "upper", 3, 2, 20);
    ab_trip_changes *changes = compare(&a, &b, 2);
    assert_int_equal(changes->past, 1);
    assert_int_equal(changes->count, 1);
    assert_int_equal(changes->of_kind[AB_TRIP_KEPT], 1);
    ab_trip_changes_free(changes);
}

/* Of two equal departures on other days each is paired with the nearest, once. */
static void a_departure_moves_to_the_nearest_day_once(void **state)
{
    (void)state;
    static plan a, b;
    add(&a, "truck", "upper", 2, 2, 20);
    add(&a, "truck", "upper", 8, 2, 20);
    add(&b, "truck", "upper", 3, 2, 20);
    ab_trip_changes *changes = compare(&a, &b, 0);
    assert_int_equal(changes->of_kind[AB_TRIP_MOVED], 1);
    assert_int_equal(changes->of_kind[AB_TRIP_DROPPED], 1);
    assert_int_equal(changes->at[0].kind, AB_TRIP_MOVED);
    assert_int_equal(changes->at[0].before->depart, 2 * DAY_S);
    ab_trip_changes_free(changes);
}

static double draw(uint64_t *seed) /* splitmix64, in [0, 1) */
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static void fill(plan *p, uint64_t *seed)
{
    static const char *const classes[] = {"truck", "plane"}, *const places[] = {"upper", "ridge", "plain"};
    p->trips = 0;
    for (int day = 0; day < 6; day++)
        for (int c = 0; c < 2; c++)
            for (int k = 0; k < 3; k++)
                if (draw(seed) < 0.5)
                    add(p, classes[c], places[k], day, 1 + (int64_t)(3 * draw(seed)), 5 + (int)(3 * draw(seed)));
}

/* Random plans: vehicles and tonnes add up on both sides; backwards, what was added is dropped. */
static void all_is_told_once_and_both_ways(void **state)
{
    (void)state;
    static plan a, b;
    uint64_t seed = 4;
    for (int run = 0; run < 300; run++) {
        fill(&a, &seed);
        fill(&b, &seed);
        ab_trip_changes *there = compare(&a, &b, 0), *back = compare(&b, &a, 0);
        int64_t before = 0, after = 0, of_a = 0, of_b = 0;
        for (int32_t i = 0; i < there->count; i++) {
            before += there->at[i].vehicles_before;
            after += there->at[i].vehicles_after;
        }
        for (int32_t i = 0; i < a.trips; i++)
            of_a += a.trip[i].vehicles;
        for (int32_t i = 0; i < b.trips; i++)
            of_b += b.trip[i].vehicles;
        assert_int_equal(before, of_a);
        assert_int_equal(after, of_b);
        assert_int_equal(there->count, back->count);
        assert_int_equal(there->of_kind[AB_TRIP_KEPT], back->of_kind[AB_TRIP_KEPT]);
        assert_int_equal(there->of_kind[AB_TRIP_LOADED], back->of_kind[AB_TRIP_LOADED]);
        assert_int_equal(there->of_kind[AB_TRIP_MORE], back->of_kind[AB_TRIP_FEWER]);
        assert_int_equal(there->of_kind[AB_TRIP_ADDED], back->of_kind[AB_TRIP_DROPPED]);
        ab_trip_changes_free(there);
        there = compare(&a, &a, 0);
        assert_int_equal(there->count, there->of_kind[AB_TRIP_KEPT]);
        ab_trip_changes_free(there);
        ab_trip_changes_free(back);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_change_has_its_name),
        cmocka_unit_test(ways_are_no_departures),
        cmocka_unit_test(what_is_past_is_not_compared),
        cmocka_unit_test(a_departure_moves_to_the_nearest_day_once),
        cmocka_unit_test(all_is_told_once_and_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
