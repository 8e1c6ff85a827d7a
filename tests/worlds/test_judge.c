#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/airbridge.h"
#include "support/small.h"

#define GOODS "[commodities]\nid,category,kcal_per_kg,need_kg_per_person_day\nflour,food,3500,0.6\n[stocks]\nhub,commodity,mass_t\nhub,flour,100\n"
/* A town that nobody besieges; one whose ring lets through what it approved, now and then. */
#define FREE GOODS "[places]\nid,lon_deg,lat_deg,population\ntown,36.5,34,1000\n"
#define BESIEGED                                                                                                         \
    GOODS "[places]\nid,lon_deg,lat_deg,population,besieged_by,cut_off_since\ntown,36.5,34,1000,Army,2029-10-01\n"       \
          "[requests]\nid,asked_at,asked_of,place,reply,reply_at\nq1,2030-02-20T00:00Z,Army,town,approved,2030-02-25T00:00Z\n"

typedef struct setting {
    ab_operation *op;
    ab_need *need;
    ab_access *access;
    ab_routes *routes;
    ab_trips *trips;
    ab_plan *plan;
    ab_worlds *worlds;
} setting;

static setting set_up(ab_operation *op)
{
    setting s = {.op = op};
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_need_make(op, &s.need, &err), AB_OK);
    assert_int_equal(ab_access_make(op, &s.access, &err), AB_OK);
    assert_int_equal(ab_routes_make(op, &s.routes, &err), AB_OK);
    assert_int_equal(ab_trips_make(op, s.access, s.routes, NULL, &s.trips, &err), AB_OK);
    assert_int_equal(ab_plan_make(op, s.need, s.access, s.routes, s.trips, NULL, &s.plan, &err), AB_OK);
    assert_int_equal(ab_worlds_make(op, s.access, 5, &s.worlds, &err), AB_OK);
    return s;
}

static void tear_down(setting *s)
{
    ab_worlds_free(s->worlds);
    ab_plan_free(s->plan);
    ab_trips_free(s->trips);
    ab_routes_free(s->routes);
    ab_access_free(s->access);
    ab_need_free(s->need);
    ab_operation_free(s->op);
}

static ab_judged *judge(const setting *s, const ab_plan *plan, int32_t count, bool rides_again)
{
    ab_judge_options options = AB_JUDGE_OPTIONS_INIT;
    ab_judged *judged = NULL;
    ab_error err = AB_ERROR_INIT;
    options.count = count;
    options.rides_again = rides_again;
    assert_int_equal(ab_worlds_judge(s->worlds, s->op, s->need, s->access, s->routes, s->trips, plan, NULL, &options, &judged, &err), AB_OK);
    return judged;
}

/* Where nothing is left to chance, every world is the plan. */
static void without_chance_all_worlds_are_the_plan(void **state)
{
    (void)state;
    setting s = set_up(small_operation(FREE));
    ab_judged *judged = judge(&s, s.plan, 50, true);
    assert_true(s.plan->chosen_count > 0);
    small_near(judged->hunger_on_averages, s.plan->hunger);
    small_near(judged->hunger.mean, s.plan->hunger);
    small_near(judged->hunger.low, s.plan->hunger);
    small_near(judged->hunger.high, s.plan->hunger);
    small_near(judged->objective_mean, s.plan->objective);
    small_near(judged->arrived_frac, 1);
    ab_judged_free(judged);
    tear_down(&s);
}

/* Hunger weighs more the longer it lasts, so that half a load for sure is worth more than all or nothing. */
static void averages_hide_hunger(void **state)
{
    (void)state;
    setting s = set_up(small_operation(BESIEGED));
    ab_judged *judged = judge(&s, s.plan, 2000, false);
    assert_true(s.plan->chosen_count > 0);
    small_near(judged->hunger_on_averages, s.plan->hunger);
    assert_true(judged->hunger.mean > judged->hunger_on_averages + 3 * judged->hunger_error);
    assert_true(judged->hunger.low < judged->hunger.mean && judged->hunger.mean < judged->hunger.high);
    assert_true(judged->hunger.high <= judged->hunger_if_nothing * (1 + 1e-12));
    small_near(judged->arrived_frac + judged->turned_back_frac + judged->stayed_frac, 1);
    assert_int_equal(judged->worst_place, 0);
    small_near(judged->place[0].hunger.mean, judged->hunger.mean);
    ab_judged_free(judged);
    tear_down(&s);
}

/* What did not leave or came back is not lost: no world is the worse for it that it may ride again. */
static void riding_again_makes_no_world_worse(void **state)
{
    (void)state;
    setting s = set_up(small_operation(BESIEGED));
    ab_judged *with = judge(&s, s.plan, 1000, true), *without = judge(&s, s.plan, 1000, false);
    for (int32_t w = 0; w < 1000; w++) {
        assert_true(with->world_hunger[w] <= without->world_hunger[w] * (1 + 1e-12));
    }
    assert_true(with->hunger.mean <= without->hunger.mean);
    ab_judged_free(with);
    ab_judged_free(without);
    tear_down(&s);
}

/* Two half-full lorries, a day apart, one turned back: the second takes the load of both. Held against a plain count. */
static void what_stays_rides_with_a_later_vehicle(void **state)
{
    (void)state;
    setting s = set_up(small_operation(BESIEGED));
    int32_t first = -1, second = -1;
    for (int32_t o = 0; o < s.trips->offer_count; o++) {
        first = first < 0 && s.trips->offer[o].depart == 1 ? o : first;
        second = second < 0 && s.trips->offer[o].depart == 5 && s.trips->offer[o].arrive == 5 ? o : second;
    }
    assert_true(first >= 0 && second >= 0);
    ab_load load[2] = {{0, 3000}, {0, 3000}};
    ab_chosen chosen[2] = {{first, -1, 1, 0, 1}, {second, -1, 1, 1, 1}};
    ab_plan plan = *s.plan;
    plan.chosen_count = plan.load_count = 2;
    plan.chosen = chosen;
    plan.load = load;
    ab_judged *judged = judge(&s, &plan, 500, true);
    ab_living *living = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_living_make(s.op, s.need, s.trips, NULL, &living, &err), AB_OK);
    double received_frac = 1 - s.op->settings->loss_frac;
    int32_t rode = 0;
    for (uint64_t w = 0; w < 500; w++) {
        ab_passage one = {.means = AB_MEANS_ROAD, .depart = 1}, other = {.means = AB_MEANS_ROAD, .depart = 5};
        bool at_once = ab_worlds_passes(s.worlds, w, &one), later = ab_worlds_passes(s.worlds, w, &other);
        ab_living_clear(living);
        if (at_once) {
            ab_living_receive(living, 0, s.trips->offer[first].arrive, 0, 3000 * received_frac);
        }
        if (later) {
            ab_living_receive(living, 0, 5, 0, (at_once ? 3000 : 6000) * received_frac);
        }
        rode += later && !at_once;
        ab_living_live(living);
        small_near(judged->world_hunger[w], ab_living_hunger(living, -1));
    }
    assert_true(rode > 0);
    ab_living_free(living);
    ab_judged_free(judged);
    tear_down(&s);
}

/* The same worlds in two halves are the same worlds. */
static void worlds_can_be_judged_in_parts(void **state)
{
    (void)state;
    setting s = set_up(small_operation(BESIEGED));
    ab_judge_options options = AB_JUDGE_OPTIONS_INIT;
    ab_judged *all = judge(&s, s.plan, 40, true), *half = NULL;
    ab_error err = AB_ERROR_INIT;
    options.first_world = 20;
    options.count = 20;
    assert_int_equal(ab_worlds_judge(s.worlds, s.op, s.need, s.access, s.routes, s.trips, s.plan, NULL, &options, &half, &err), AB_OK);
    for (int32_t w = 0; w < 20; w++) {
        small_near(half->world_hunger[w], all->world_hunger[20 + w]);
    }
    ab_judged_free(all);
    ab_judged_free(half);
    tear_down(&s);
}

/* Nothing planned: nothing to eat in any world, and the days on end are all days. */
static void without_a_trip_there_is_nothing_to_eat(void **state)
{
    (void)state;
    setting s = set_up(small_operation(BESIEGED));
    ab_plan plan = *s.plan;
    plan.chosen_count = plan.load_count = 0;
    ab_judged *judged = judge(&s, &plan, 3, true);
    small_near(judged->hunger.mean, judged->hunger_if_nothing);
    small_near(judged->place[0].empty_prob, 1);
    small_near(judged->place[0].longest_empty_days, 10);
    small_near(judged->arrived_frac, 0);
    ab_judged_free(judged);
    tear_down(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_chance_all_worlds_are_the_plan), cmocka_unit_test(averages_hide_hunger),
        cmocka_unit_test(riding_again_makes_no_world_worse),      cmocka_unit_test(what_stays_rides_with_a_later_vehicle),
        cmocka_unit_test(worlds_can_be_judged_in_parts),          cmocka_unit_test(without_a_trip_there_is_nothing_to_eat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
