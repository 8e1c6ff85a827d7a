#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "airbridge/record.h"
#include "support/small.h"

/* A besieged town at the end of two roads, both of which a C3 report calls closed (0.6 to be open at first). */
#define TABLES                                                                                                         \
    "[commodities]\nid,category,kcal_per_kg\nflour,food,3500\nkit,medical,\n"                                          \
    "[places]\nid,lon_deg,lat_deg,population,cut_off_since,besieged_by\ntown,36.5,34,1000,2029-10-01,Army of Conquest\n" \
    "[requests]\nid,asked_at,asked_of,place,reply,reply_at\n"                                                          \
    "q1,2030-02-20T08:00Z,Army of Conquest,town,approved,2030-02-25T08:00Z\n"                                          \
    "[roads]\nid,wkt,held_by\n"                                                                                        \
    "r1,\"LINESTRING (36 34, 36.2 34)\",FIRST\nr2,\"LINESTRING (36.2 34, 36.5 34)\",SECOND\n"                          \
    "[access]\nid,subject,state,from,until,reported_at,reliability,credibility\n"                                      \
    "a1,road:r1,closed,2030-02-01T00:00Z,2030-04-01T00:00Z,2030-02-20T00:00Z,C,3\n"                                    \
    "a2,road:r2,closed,2030-02-01T00:00Z,2030-04-01T00:00Z,2030-02-20T00:00Z,B,3\n"

enum { FLOUR = 1u << AB_CATEGORY_FOOD, KIT = 1u << AB_CATEGORY_MEDICAL };

static const int32_t both_roads[] = {0, 1};

static ab_passage by_both(int32_t depart)
{
    return (ab_passage){.place = 0, .means = AB_MEANS_ROAD, .hub = 0, .road_count = 2, .road = both_roads, .depart = depart};
}

typedef struct setting {
    ab_operation *op;
    ab_access *access;
} setting;

static setting set_up(ab_operation *op)
{
    setting s = {.op = op};
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &s.access, &err), AB_OK);
    return s;
}

static void tear_down(setting *s)
{
    ab_access_free(s->access);
    ab_operation_free(s->op);
}

static double chance_of_road(const setting *s, int32_t road)
{
    return ab_access_way(s->access, AB_TABLE_roads, road, 3)->pass.mean;
}

static void roads_of_two_sides_are_two_decisions(void **state)
{
    (void)state;
    setting s = set_up(small_changed(TABLES, "SECOND", "Southern Front"));
    ab_passage passage = by_both(3);
    double first = chance_of_road(&s, 0), second = chance_of_road(&s, 1);
    assert_true(first < 1 && second < first);
    small_near(ab_access_open(s.access, &passage).mean, first * second);
    tear_down(&s);
}

static void roads_of_one_side_are_one_decision(void **state)
{
    (void)state;
    setting s = set_up(small_changed(TABLES, "SECOND", "FIRST"));
    ab_passage passage = by_both(3);
    small_near(ab_access_open(s.access, &passage).mean, chance_of_road(&s, 1));
    tear_down(&s);
}

/* Nobody's roads may close each for itself. */
static void roads_that_nobody_is_named_for_count_each(void **state)
{
    (void)state;
    setting s = set_up(small_changed(TABLES, ",FIRST", ","));
    setting t = set_up(small_changed(TABLES, ",SECOND", ","));
    ab_passage passage = by_both(3);
    small_near(ab_access_open(s.access, &passage).mean, chance_of_road(&s, 0) * chance_of_road(&s, 1));
    small_near(ab_access_open(t.access, &passage).mean, chance_of_road(&t, 0) * chance_of_road(&t, 1));
    tear_down(&s);
    tear_down(&t);
}

static void what_may_become_of_a_trip_sums_to_one(void **state)
{
    (void)state;
    setting s = set_up(small_operation(TABLES));
    for (int32_t t = 0; t < s.op->period_count; t++) {
        ab_passage passage = by_both(t);
        ab_outcomes all = ab_access_outcomes(s.access, &passage, FLOUR | KIT);
        double list[] = {all.refused, all.hurt, all.lost, all.turned_back, all.part, all.stripped, all.delivered}, sum = 0;
        for (int i = 0; i < 7; i++) {
            assert_true(list[i] >= 0 && list[i] <= 1);
            sum += list[i];
        }
        small_near(sum, 1);
        /* What arrives, of those who come to no harm and lose nothing, is what plans count on. */
        const ab_access_cell *cell = ab_access_place(s.access, 0, AB_MEANS_ROAD, t);
        double arrives = cell->permit.mean * ab_access_open(s.access, &passage).mean;
        double unharmed = (1 - all.refused) - all.hurt - all.lost;
        small_near((all.part + all.stripped + all.delivered) / unharmed * (1 - all.refused), arrives);
    }
    tear_down(&s);
}

static void medicine_is_likelier_to_be_taken_off_than_flour(void **state)
{
    (void)state;
    setting s = set_up(small_operation(TABLES));
    ab_passage passage = by_both(3);
    ab_outcomes flour = ab_access_outcomes(s.access, &passage, FLOUR), kit = ab_access_outcomes(s.access, &passage, KIT),
                both = ab_access_outcomes(s.access, &passage, FLOUR | KIT);
    assert_true(kit.stripped > 5 * flour.stripped && flour.delivered > kit.delivered);
    small_near(both.stripped, kit.stripped);
    tear_down(&s);
}

static void a_place_that_is_free_has_no_gate_where_anybody_is_hurt(void **state)
{
    (void)state;
    setting s = set_up(small_operation("[places]\nid,lon_deg,lat_deg,population\ntown,36.5,34,1000\n"));
    ab_passage passage = {.place = 0, .means = AB_MEANS_ROAD, .hub = 0, .depart = 3};
    ab_outcomes all = ab_access_outcomes(s.access, &passage, FLOUR | KIT);
    small_near(all.delivered, 1);
    small_near(ab_access_hurt(s.access, &passage).mean, 0);
    tear_down(&s);
}

/* A convoy on whose way people were hurt a month ago makes the next one less safe. */
static void blood_on_the_record_counts(void **state)
{
    (void)state;
    setting calm = set_up(small_operation(TABLES "[movements]\nid,date,place,offloaded_t,people_hurt\nm1,2030-02-01,town,5,0\n"));
    setting shot = set_up(small_operation(TABLES "[movements]\nid,date,place,offloaded_t,people_hurt\nm1,2030-02-01,town,5,2\n"));
    ab_passage passage = by_both(3);
    ab_chance before = ab_access_hurt(calm.access, &passage), after = ab_access_hurt(shot.access, &passage);
    assert_true(after.mean > 3 * before.mean && after.low <= after.mean && after.mean <= after.high);
    tear_down(&calm);
    tear_down(&shot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roads_of_two_sides_are_two_decisions),
        cmocka_unit_test(roads_of_one_side_are_one_decision),
        cmocka_unit_test(roads_that_nobody_is_named_for_count_each),
        cmocka_unit_test(what_may_become_of_a_trip_sums_to_one),
        cmocka_unit_test(medicine_is_likelier_to_be_taken_off_than_flour),
        cmocka_unit_test(a_place_that_is_free_has_no_gate_where_anybody_is_hurt),
        cmocka_unit_test(blood_on_the_record_counts),
    };
    return cmocka_run_group_tests_name("access/chain", tests, NULL, NULL);
}
