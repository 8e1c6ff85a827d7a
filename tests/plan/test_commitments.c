/* What is promised is kept, or the answer says which promise cannot be, by how much, and why. */
#include "plan/proof.h"
#include "plan/random_world.h"

enum { UPPER, RIDGE, PERIODS = 5, TRUCKS = 4 };

/* Two places; trucks of 10 t that work half a day on a trip; flour and lentils in plenty. */
static world *valley(void)
{
    static const char *const names[] = {"upper", "ridge"};
    world *w = world_new(PERIODS);
    world_group(w, AB_CATEGORY_FOOD, "energy", 2100);
    int32_t flour = world_commodity(w, "flour", 0, 3500), lentils = world_commodity(w, "lentils", 0, 3400);
    int32_t port = world_hub(w, "port");
    world_stock(w, port, flour, 500);
    world_stock(w, port, lentils, 500);
    int32_t truck = world_vehicle(w, "truck", TRUCKS, 10);
    for (int32_t p = 0; p < 2; p++) {
        world_place(w, names[p], 5000);
        world_offers(w, world_kind(w, truck, port, p, 12), 0, PERIODS, 0, 0.9);
    }
    return w;
}

static ab_time day(const world *w, int32_t t)
{
    return w->settings.start + (ab_time)t * 86400;
}

static void fixed_trips_and_mass_go_as_promised(void **state)
{
    (void)state;
    world *w = valley();
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FIXED);
    c->place = UPPER;
    c->date = day(w, 2);
    c->trips = 3;
    c->commodity = 1;
    c->mass_kg = 25000;
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    assert_int_equal(world_vehicles(w, plan, -1, UPPER, 2), 3);
    assert_near(world_sent_t(w, plan, UPPER, 1, 2), 25);
    ab_plan_free(plan);
    free(w);
}

/* Three lorries are promised where one could carry all that is needed. */
static void a_promised_truck_goes_even_if_it_is_not_needed(void **state)
{
    (void)state;
    world *w = valley();
    w->people[UPPER] = 100;
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_LEAST);
    c->place = UPPER;
    c->date = day(w, 1);
    c->trips = 3;
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    assert_int_equal(world_vehicles(w, plan, -1, UPPER, 1), 3);
    ab_plan_free(plan);
    free(w);
}

static void forbidden_and_at_most_are_not_exceeded(void **state)
{
    (void)state;
    world *w = valley();
    w->people[UPPER] = w->people[RIDGE] = 100000;
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FORBIDDEN);
    c->place = UPPER;
    c->date = day(w, 0);
    c = world_commitment(w, "c2", AB_LOCK_FORBIDDEN);
    c->commodity = 0;
    c->place = RIDGE;
    c = world_commitment(w, "c3", AB_LOCK_AT_MOST);
    c->place = RIDGE;
    c->trips = 2;
    c = world_commitment(w, "c4", AB_LOCK_AT_MOST);
    c->commodity = 1;
    c->mass_kg = 5000;
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    assert_int_equal(world_vehicles(w, plan, -1, UPPER, 0), 0);
    assert_true(world_vehicles(w, plan, -1, UPPER, 1) > 0);
    assert_near(world_sent_t(w, plan, RIDGE, 0, -1), 0);
    assert_at_most((double)world_vehicles(w, plan, -1, RIDGE, -1), 2);
    assert_at_most(world_sent_t(w, plan, -1, 1, -1), 5);
    ab_plan_free(plan);
    free(w);
}

/* What meets no modelled need is carried if somebody promised it, and only then. */
static void other_goods_go_on_demand_only(void **state)
{
    (void)state;
    world *w = valley();
    int32_t tents = world_commodity(w, "tents", -1, 0);
    world_stock(w, 0, tents, 10);
    ab_plan *plan = world_plan(w);
    assert_near(world_sent_t(w, plan, -1, tents, -1), 0);
    ab_plan_free(plan);
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_LEAST);
    c->commodity = tents;
    c->place = RIDGE;
    c->mass_kg = 4000;
    plan = world_plan(w);
    prove(w, plan);
    assert_near(world_sent_t(w, plan, RIDGE, tents, -1), 4);
    assert_near(world_sent_t(w, plan, UPPER, tents, -1), 0);
    ab_plan_free(plan);
    free(w);
}

/* A day is a local one: with three hours of offset, 2 March local is the period that begins on 2 March
 * at 00:00Z, in which its noon lies. */
static void the_day_of_a_promise_is_local(void **state)
{
    (void)state;
    static const double offsets_h[] = {-11, -3, 0, 3, 11};
    for (int i = 0; i < 5; i++) {
        world *w = valley();
        w->settings.utc_offset_s = 3600 * offsets_h[i];
        ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FIXED);
        c->place = RIDGE;
        c->date = day(w, 1);
        c->trips = 4;
        ab_plan *plan = world_plan(w);
        prove(w, plan);
        assert_int_equal(world_vehicles(w, plan, -1, RIDGE, 1), 4);
        ab_plan_free(plan);
        free(w);
    }
}

static void what_failed_binds_nobody(void **state)
{
    (void)state;
    world *w = valley();
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_LEAST);
    c->trips = 1000;
    c->state = AB_PROGRESS_FAILED;
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    ab_plan_free(plan);
    free(w);
}

/* ---- What cannot be kept ------------------------------------------------------------------------------- */

static void assert_says(const ab_plan *plan, const char *words)
{
    if (!plan->reason || !strstr(plan->reason, words))
        fail_msg("\"%s\" does not say \"%s\"", plan->reason ? plan->reason : "", words);
}

static ab_plan *infeasible_plan(const world *w)
{
    ab_plan *plan = world_plan(w);
    assert_true(plan->infeasible);
    assert_int_equal(plan->chosen_count, 0);
    assert_near(plan->objective, plan->objective_if_nothing);
    assert_says(plan, "commitments cannot be kept");
    assert_true(plan->gap_count > 0 && plan->gap[0].reason != AB_REASON_LESS_URGENT);
    return plan;
}

static void too_many_trips_are_told_with_what_is_possible(void **state)
{
    (void)state;
    world *w = valley();
    ab_commitment *c = world_commitment(w, "c3", AB_LOCK_AT_LEAST);
    c->place = UPPER;
    c->vehicle = 0;
    c->date = day(w, 1);
    c->trips = 6;
    ab_plan *plan = infeasible_plan(w);
    assert_says(plan, "c3 (at least: 6 trips by truck to upper on 2030-03-02)");
    /* Their hours of the day and the departures that fit into it are one limit here; either may be named. */
    assert_says(plan, "4 vehicles of class truck");
    assert_says(plan, "(vehicles busy)");
    assert_says(plan, "smallest change: at most 4 trips");
    ab_plan_free(plan);
    free(w);
}

static void too_much_mass_is_told_with_what_lies_there(void **state)
{
    (void)state;
    world *w = valley();
    w->stock[1].mass_kg = 7000;
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FIXED);
    c->commodity = 1;
    c->mass_kg = 20000;
    ab_plan *plan = infeasible_plan(w);
    assert_says(plan, "c1 (fixed: 20 t of lentils)");
    assert_says(plan, "(stock)");
    assert_says(plan, "at most 7 t");
    ab_plan_free(plan);
    free(w);
}

static void two_promises_that_clash_are_told(void **state)
{
    (void)state;
    world *w = valley();
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_LEAST);
    c->place = RIDGE;
    c->trips = 5;
    c = world_commitment(w, "c2", AB_LOCK_AT_MOST);
    c->trips = 3;
    ab_plan *plan = infeasible_plan(w);
    assert_true(strstr(plan->reason, "c1 (") || strstr(plan->reason, "c2 ("));
    ab_plan_free(plan);
    free(w);
}

static void a_trip_that_is_not_offered_is_told_with_its_refusal(void **state)
{
    (void)state;
    world *w = valley();
    w->settings.least_arrival_prob = 0.2;
    w->trips.offer_count = PERIODS; /* none to the ridge */
    ab_refusal *refusal = world_refusal(w, RIDGE, AB_REASON_LOW_CHANCE, 0, PERIODS);
    refusal->kind = 1;
    refusal->arrival.mean = 0.12;
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FIXED);
    c->place = RIDGE;
    c->date = day(w, 1);
    c->trips = 2;
    ab_plan *plan = infeasible_plan(w);
    assert_says(plan, "no such trip is offered");
    assert_says(plan, "chance 12 %, least allowed 20 % (low chance)");
    assert_says(plan, "at most 0 trips");
    ab_plan_free(plan);
    free(w);
}

/* Trucks are based at the port; that no aeroplane could land there is no answer. */
static void a_vehicle_that_is_based_elsewhere_is_told(void **state)
{
    (void)state;
    world *w = valley();
    int32_t other = world_hub(w, "depot");
    world_refusal(w, RIDGE, AB_REASON_NO_PATH, 0, PERIODS)->means = AB_MEANS_AIRLIFT;
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FIXED);
    c->place = RIDGE;
    c->vehicle = 0;
    c->hub = other;
    c->trips = 2;
    ab_plan *plan = infeasible_plan(w);
    assert_says(plan, "no such trip is offered: truck is based at port");
    ab_plan_free(plan);
    c->hub = -1;
    w->trips.offer_count = PERIODS; /* none to the ridge */
    plan = infeasible_plan(w);
    assert_null(strstr(plan->reason, "airlift"));
    ab_plan_free(plan);
    free(w);
}

static void a_day_outside_the_operation_is_told(void **state)
{
    (void)state;
    world *w = valley();
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FIXED);
    c->date = day(w, 20);
    c->trips = 1;
    ab_plan *plan = infeasible_plan(w);
    assert_says(plan, "its day lies outside the operation");
    ab_plan_free(plan);
    free(w);
}

static void what_may_not_be_carried_is_told(void **state)
{
    (void)state;
    world *w = valley();
    for (int32_t o = PERIODS; o < 2 * PERIODS; o++)
        w->offer[o].commodities = 1; /* flour only */
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_FIXED);
    c->place = RIDGE;
    c->commodity = 1;
    c->mass_kg = 5000;
    ab_plan *plan = infeasible_plan(w);
    assert_says(plan, "trips are let through, but not with this");
    ab_plan_free(plan);
    free(w);
}

/* Parts of vehicles would do: 1 t needs a tenth of a truck, but no truck may go. */
static void parts_of_vehicles_keep_no_promise(void **state)
{
    (void)state;
    world *w = valley();
    w->vehicle[0].sorties_per_day = 0.25; /* a truck a day of the four */
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_LEAST);
    c->place = UPPER;
    c->date = day(w, 1);
    c->mass_kg = 5000;
    c = world_commitment(w, "c2", AB_LOCK_AT_LEAST);
    c->place = RIDGE;
    c->date = day(w, 1);
    c->mass_kg = 5000;
    ab_plan *plan = world_plan(w);
    assert_true(plan->infeasible);
    assert_says(plan, "parts of vehicles could keep it, whole ones cannot; smallest change: at most 0 t");
    ab_plan_free(plan);
    free(w);
}

static void random_promises_are_kept_or_told(void **state)
{
    (void)state;
    for (uint64_t seed = 100; seed < 112; seed++) {
        uint64_t at = seed;
        world *w = random_world(seed, 2, 5);
        for (int i = 0; i < 3; i++) {
            ab_commitment *c = world_commitment(w, i == 0 ? "c1" : i == 1 ? "c2" : "c3", AB_LOCK_AT_LEAST);
            c->place = draw_below(&at, 2);
            c->date = day(w, draw_below(&at, 5));
            c->trips = 1 + draw_below(&at, 3);
        }
        ab_plan *plan = world_plan(w);
        for (int i = 0; i < 3 && !plan->infeasible; i++) {
            const ab_commitment *c = &w->commitment[i];
            int32_t t = (int32_t)((c->date - w->settings.start) / 86400);
            assert_true(world_vehicles(w, plan, -1, c->place, t) >= c->trips);
        }
        if (plan->infeasible)
            assert_says(plan, "commitments");
        else
            prove(w, plan);
        ab_plan_free(plan);
        free(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixed_trips_and_mass_go_as_promised),
        cmocka_unit_test(a_promised_truck_goes_even_if_it_is_not_needed),
        cmocka_unit_test(forbidden_and_at_most_are_not_exceeded),
        cmocka_unit_test(other_goods_go_on_demand_only),
        cmocka_unit_test(the_day_of_a_promise_is_local),
        cmocka_unit_test(what_failed_binds_nobody),
        cmocka_unit_test(too_many_trips_are_told_with_what_is_possible),
        cmocka_unit_test(too_much_mass_is_told_with_what_lies_there),
        cmocka_unit_test(two_promises_that_clash_are_told),
        cmocka_unit_test(a_trip_that_is_not_offered_is_told_with_its_refusal),
        cmocka_unit_test(a_vehicle_that_is_based_elsewhere_is_told),
        cmocka_unit_test(a_day_outside_the_operation_is_told),
        cmocka_unit_test(what_may_not_be_carried_is_told),
        cmocka_unit_test(parts_of_vehicles_keep_no_promise),
        cmocka_unit_test(random_promises_are_kept_or_told),
    };
    return cmocka_run_group_tests_name("plan/commitments", tests, NULL, NULL);
}
