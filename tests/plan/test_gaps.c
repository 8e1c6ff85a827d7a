/* Who goes short, when, by how much, and what stands first in the way. */
#include "plan/proof.h"

enum { PERIODS = 6 };

/* One place of 10,000 people, who eat 6 t of flour a day, and trucks of 10 t. */
static world *valley(void)
{
    world *w = world_new(PERIODS);
    w->settings.least_arrival_prob = 0.2;
    world_group(w, AB_CATEGORY_FOOD, "energy", 2100);
    int32_t flour = world_commodity(w, "flour", 0, 3500), port = world_hub(w, "port");
    world_stock(w, port, flour, 1000);
    world_place(w, "upper", 10000);
    world_offers(w, world_kind(w, world_vehicle(w, "truck", 5, 10), port, 0, 12), 0, PERIODS, 0, 1);
    return w;
}

static const ab_gap *only_gap(const ab_plan *plan, ab_reason reason)
{
    assert_int_equal(plan->gap_count, 1);
    if (plan->gap[0].reason != reason)
        fail_msg("the reason is \"%s\" (%s)", ab_codes_reason.codes[plan->gap[0].reason].word, plan->gap[0].detail);
    assert_non_null(plan->gap[0].detail);
    return &plan->gap[0];
}

static void assert_says(const ab_gap *gap, const char *words)
{
    if (!strstr(gap->detail, words))
        fail_msg("\"%s\" does not say \"%s\"", gap->detail, words);
}

static void a_gap_says_from_when_till_when_and_how_much(void **state)
{
    (void)state;
    world *w = valley();
    world_in_place(w, 0, 0, 2.5);
    w->trips.offer_count = 0;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = only_gap(plan, AB_REASON_NO_PATH);
    assert_int_equal(gap->from, 2);
    assert_int_equal(gap->until, 6);
    assert_near(gap->people, 10000);
    assert_near(gap->missing, 10000 * 2100 * 3.5);
    assert_near(gap->eaten_frac, 0.5 / 4);
    assert_int_equal(gap->category, AB_CATEGORY_FOOD);
    ab_plan_free(plan);
    free(w);
}

static void an_unanswered_request_is_quoted(void **state)
{
    (void)state;
    world *w = valley();
    w->trips.offer_count = 0;
    w->request[w->op.requests.count++] = (ab_request){.id = "q1", .asked_of = "party A", .asked_at = w->settings.start - 86400,
                                                      .reply = -1, .reply_at = AB_TIME_NONE};
    ab_refusal *low = world_refusal(w, 0, AB_REASON_LOW_CHANCE, 0, PERIODS);
    low->arrival.mean = 0.05;
    low->kind = 0;
    ab_refusal *asked = world_refusal(w, 0, AB_REASON_NO_ANSWER, 0, PERIODS);
    asked->arrival.mean = 0.1;
    asked->kind = 0;
    asked->because = (ab_ref){AB_TABLE_requests, 0};
    world_refusal(w, 0, AB_REASON_NO_PATH, 0, PERIODS)->means = AB_MEANS_AIRLIFT;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = only_gap(plan, AB_REASON_NO_ANSWER);
    assert_says(gap, "party A has not answered request q1, asked 2030-02-28: no leave by road");
    assert_says(gap, "chance 10 %, least allowed 20 %");
    assert_int_equal(gap->because.table, AB_TABLE_requests);
    assert_int_equal(gap->evidence, 7);
    ab_plan_free(plan);
    free(w);
}

/* Of two ways that are refused, the one that would serve best is named. */
static void the_best_of_the_refused_ways_is_named(void **state)
{
    (void)state;
    world *w = valley();
    w->trips.offer_count = 0;
    w->report[w->op.access.count++] = (ab_report){.id = "a1", .state = AB_STATE_CLOSED, .reported_at = w->settings.start};
    ab_refusal *road = world_refusal(w, 0, AB_REASON_CLOSED, 0, PERIODS), *air;
    road->arrival.mean = 0.15;
    road->because = (ab_ref){AB_TABLE_access, 0};
    air = world_refusal(w, 0, AB_REASON_NO_PERMISSION, 0, PERIODS);
    air->arrival.mean = 0.1;
    air->means = AB_MEANS_AIRDROP;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = only_gap(plan, AB_REASON_CLOSED);
    assert_says(gap, "the way by road was reported closed on 2030-03-01");
    ab_plan_free(plan);
    road->arrival.mean = 0.01;
    plan = world_plan(w);
    only_gap(plan, AB_REASON_NO_PERMISSION);
    ab_plan_free(plan);
    free(w);
}

static void before_the_first_load_can_be_there_it_is_travel_time(void **state)
{
    (void)state;
    world *w = valley();
    w->trips.offer_count = 0;
    world_offers(w, 0, 0, PERIODS, 2, 1);
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = only_gap(plan, AB_REASON_TRAVEL);
    assert_int_equal(gap->until, 2);
    assert_says(gap, "2030-03-03");
    ab_plan_free(plan);
    free(w);
}

static void each_full_limit_is_told_by_its_name(void **state)
{
    (void)state;
    world *w = valley();
    w->stock[0].mass_kg = 20000;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = only_gap(plan, AB_REASON_STOCK);
    assert_says(gap, "flour at port");
    assert_int_equal(gap->because.table, AB_TABLE_stocks);
    ab_plan_free(plan);
    w->stock[0].mass_kg = 1e6;

    w->vehicle[0].count = 1;
    w->kind[0].payload_kg = 3000;
    plan = world_plan(w);
    gap = only_gap(plan, AB_REASON_VEHICLES_BUSY);
    /* A cycle fills the day: hours and departures are one limit, and either may be named. */
    assert_says(gap, "1 vehicle of class truck");
    assert_int_equal(gap->because.table, AB_TABLE_vehicles);
    ab_plan_free(plan);
    w->vehicle[0].sorties_per_day = 1;
    w->kind[0].cycle_s = 4 * 3600;
    plan = world_plan(w);
    gap = only_gap(plan, AB_REASON_VEHICLES_BUSY);
    assert_says(gap, "the trips that the 1 vehicle of class truck can make in fact are spent");
    ab_plan_free(plan);
    w->vehicle[0].sorties_per_day = NAN;
    w->vehicle[0].count = 5;
    w->kind[0].cycle_s = 12 * 3600;

    w->place[0].handling_kg_per_day = 4000;
    plan = world_plan(w);
    gap = only_gap(plan, AB_REASON_HANDLING);
    assert_says(gap, "upper can take in no more than 4 t a day");
    assert_int_equal(gap->because.table, AB_TABLE_places);
    ab_plan_free(plan);
    w->place[0].handling_kg_per_day = NAN;

    world_bind(w, world_agreement(w, "truce"), 0, 0, PERIODS);
    w->agreement[0].quota_trips_per_day = 1;
    plan = world_plan(w);
    gap = only_gap(plan, AB_REASON_QUOTA);
    assert_says(gap, "'truce' lets 1 trips a day pass");
    assert_int_equal(gap->because.table, AB_TABLE_agreements);
    ab_plan_free(plan);
    w->agreement[0].quota_trips_per_day = -1;

    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_MOST);
    c->mass_kg = 10000;
    plan = world_plan(w);
    gap = only_gap(plan, AB_REASON_COMMITMENT);
    assert_says(gap, "c1");
    assert_int_equal(gap->because.table, AB_TABLE_commitments);
    ab_plan_free(plan);
    free(w);
}

static void canopies_are_told(void **state)
{
    (void)state;
    world *w = valley();
    w->dropsystem[w->op.dropsystems.count++] =
        (ab_dropsystem){.id = "hv", .name = "hv", .canopies_in_stock = 20, .rigged_per_day = -1};
    w->kind[0].dropsystem = 0;
    w->kind[0].loads = 10;
    w->kind[0].load_kg = 1000;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = only_gap(plan, AB_REASON_CANOPIES);
    assert_int_equal(gap->because.table, AB_TABLE_dropsystems);
    ab_plan_free(plan);
    free(w);
}

/* Half of what is sent arrives. If all of it did, it may be a day's need in a week: so two days' are sent. */
static void what_is_expected_to_be_lost_is_told(void **state)
{
    (void)state;
    world *w = valley();
    w->settings.cover_s = 86400;
    for (int32_t o = 0; o < PERIODS; o++)
        w->offer[o].arrival.mean = 0.5;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = &plan->gap[0];
    assert_int_equal(gap->reason, AB_REASON_LOSSES);
    assert_says(gap, "50 %");
    assert_near(world_sent_t(w, plan, -1, -1, -1), 2 * 6);
    ab_plan_free(plan);
    free(w);
}

static void what_may_not_pass_or_is_nowhere_is_told_by_category(void **state)
{
    (void)state;
    world *w = valley();
    int32_t care = world_group(w, AB_CATEGORY_MEDICAL, "", 1);
    int32_t kit = world_commodity(w, "kit", care, 1000);
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = only_gap(plan, AB_REASON_STOCK);
    assert_int_equal(gap->category, AB_CATEGORY_MEDICAL);
    assert_near(gap->missing, 10000 * PERIODS);
    ab_plan_free(plan);
    world_stock(w, 0, kit, 10);
    for (int32_t o = 0; o < PERIODS; o++)
        w->offer[o].commodities = 1;
    plan = world_plan(w);
    only_gap(plan, AB_REASON_STRIPPED);
    ab_plan_free(plan);
    free(w);
}

/* The one truck goes where more people starve; the other place is told that the truck is busy. */
static void gaps_come_worst_first(void **state)
{
    (void)state;
    world *w = valley();
    world_place(w, "ridge", 30000);
    world_place(w, "ford", 1000);
    w->trips.offer_count = 0;
    ab_plan *plan = world_plan(w);
    assert_int_equal(plan->gap_count, 3);
    assert_int_equal(plan->gap[0].place, 1);
    assert_int_equal(plan->gap[1].place, 0);
    assert_int_equal(plan->gap[2].place, 2);
    ab_plan_free(plan);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_says_from_when_till_when_and_how_much),
        cmocka_unit_test(an_unanswered_request_is_quoted),
        cmocka_unit_test(the_best_of_the_refused_ways_is_named),
        cmocka_unit_test(before_the_first_load_can_be_there_it_is_travel_time),
        cmocka_unit_test(each_full_limit_is_told_by_its_name),
        cmocka_unit_test(canopies_are_told),
        cmocka_unit_test(what_is_expected_to_be_lost_is_told),
        cmocka_unit_test(what_may_not_pass_or_is_nowhere_is_told_by_category),
        cmocka_unit_test(gaps_come_worst_first),
    };
    return cmocka_run_group_tests_name("plan/gaps", tests, NULL, NULL);
}
