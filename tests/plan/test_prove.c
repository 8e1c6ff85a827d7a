/* Reasons that are proved: what is taken away in the second plan and in the operation itself has the same effect,
 * and what does not bind is never blamed. */
#include "plan/proof.h"
#include "plan/random_world.h"

enum { PERIODS = 6, WORLDS = 40, FEW_WORLDS = 15, LIFTED = 10, MUCH = 1000 };

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

static const ab_gap *gap_of(const ab_plan *plan, int32_t place, ab_category category)
{
    for (int32_t i = 0; i < plan->gap_count; i++)
        if (plan->gap[i].place == place && plan->gap[i].category == category)
            return &plan->gap[i];
    fail_msg("place %d has no gap", (int)place);
    return NULL;
}

static void assert_says(const char *text, const char *words)
{
    if (!strstr(text, words))
        fail_msg("\"%s\" does not say \"%s\"", text, words);
}

static double debt_of(const ab_plan *plan, int32_t place)
{
    double debt = 0;
    for (int32_t t = 0; t < plan->period_count; t++)
        debt += plan->standing[place * plan->period_count + t].debt_ration_days;
    return debt;
}

/* ---- Limits ------------------------------------------------------------------------------------------------ */

static void half_of_the_stock_leaves_half_of_the_days(void **state)
{
    (void)state;
    world *w = valley();
    w->stock[0].mass_kg = 18000;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_STOCK);
    assert_true(gap->proved);
    assert_near(gap->gain_days, 3);
    assert_says(gap->change, "18 t more of flour at port");
    assert_int_equal(gap->also, AB_REASON_NONE);
    ab_plan_free(plan);
    free(w);
}

/* A truck takes 3 t a day, and the quota lets one pass: neither alone helps. */
static void two_limits_in_a_row_are_told_together(void **state)
{
    (void)state;
    world *w = valley();
    w->kind[0].payload_kg = 3000;
    w->vehicle[0].count = 1;
    world_bind(w, world_agreement(w, "truce"), 0, 0, PERIODS);
    w->agreement[0].quota_trips_per_day = 1;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    bool busy_first = gap->reason == AB_REASON_VEHICLES_BUSY && gap->also == AB_REASON_QUOTA;
    bool quota_first = gap->reason == AB_REASON_QUOTA && gap->also == AB_REASON_VEHICLES_BUSY;
    assert_true(gap->proved && (busy_first || quota_first));
    assert_near(gap->gain_days, 3);
    assert_says(gap->detail, "and besides");
    assert_says(gap->change, ", and ");
    ab_plan_free(plan);
    free(w);
}

/* The trucks go where more people are: who has them is named. */
static void who_has_the_trucks_is_named(void **state)
{
    (void)state;
    world *w = valley();
    world_place(w, "ridge", 12000);
    world_offers(w, world_kind(w, 0, 0, 1, 12), 0, PERIODS, 0, 1);
    w->vehicle[0].count = 1;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_VEHICLES_BUSY);
    assert_true(gap->proved);
    assert_int_equal(gap->holder_count, 1);
    assert_int_equal(gap->holder[0], 1);
    assert_says(gap->detail, "most of it goes to ridge");
    ab_plan_free(plan);
    free(w);
}

/* Nothing is short but whole trucks for a hamlet whose need a truck would carry for a month. */
static void too_little_for_a_truck_is_no_limit(void **state)
{
    (void)state;
    world *w = valley();
    w->people[0] = 100;
    w->place[0].population = 100;
    world_in_place(w, 0, 0, PERIODS - 0.5);
    ab_plan *plan = world_plan(w);
    for (int32_t i = 0; i < plan->gap_count; i++)
        assert_int_equal(plan->gap[i].reason, AB_REASON_SMALL_LOAD);
    ab_plan_free(plan);
    free(w);
}

/* ---- Doors ------------------------------------------------------------------------------------------------- */

/* No trip is offered; by kind 0 it would be, were the doors of w->shut open. */
static world *shut_valley(ab_reason first, ab_reason second)
{
    world *w = valley();
    w->trips.offer_count = 0;
    w->sure = 0.5;
    w->request[w->op.requests.count++] = (ab_request){.id = "q1", .asked_of = "party A", .reply = -1,
                                                      .asked_at = w->settings.start - 86400, .reply_at = AB_TIME_NONE};
    w->report[w->op.access.count++] = (ab_report){.id = "a1", .state = AB_STATE_CLOSED, .reported_at = w->settings.start};
    const ab_reason reasons[] = {first, second};
    for (int i = 0; i < 2 && reasons[i] != AB_REASON_NONE; i++) {
        bool closed = reasons[i] == AB_REASON_CLOSED;
        w->shut[i] = (world_door){closed ? AB_DOOR_REPORTS : AB_DOOR_PERMISSION, reasons[i],
                                  {closed ? AB_TABLE_access : AB_TABLE_requests, 0}};
    }
    ab_refusal *refusal = world_refusal(w, 0, first, 0, PERIODS);
    refusal->kind = 0;
    refusal->arrival.mean = 0.1;
    refusal->because = w->shut[0].because;
    return w;
}

static void an_answer_that_would_feed_the_place_is_proved(void **state)
{
    (void)state;
    world *w = shut_valley(AB_REASON_NO_ANSWER, AB_REASON_NONE);
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_NO_ANSWER);
    assert_true(gap->proved);
    assert_near(gap->gain_days, PERIODS);
    assert_int_equal(gap->also, AB_REASON_NONE);
    assert_says(gap->change, "yes to request q1");
    ab_plan_free(plan);
    free(w);
}

static void two_doors_in_a_row_are_told_together(void **state)
{
    (void)state;
    world *w = shut_valley(AB_REASON_CLOSED, AB_REASON_NO_ANSWER);
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_CLOSED);
    assert_int_equal(gap->also, AB_REASON_NO_ANSWER);
    assert_true(gap->proved);
    assert_says(gap->change, "report a1, and yes to request q1");
    assert_int_equal(gap->also_because.table, AB_TABLE_requests);
    ab_plan_free(plan);
    free(w);
}

/* The trip is refused for its report first, but with leave it would be offered all the same. */
static void a_door_that_need_not_open_is_not_named(void **state)
{
    (void)state;
    world *w = shut_valley(AB_REASON_CLOSED, AB_REASON_NO_ANSWER);
    w->shut[0].door = AB_DOOR_REPORTS | AB_DOOR_PERMISSION;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_NO_ANSWER);
    assert_int_equal(gap->also, AB_REASON_NONE);
    assert_true(gap->proved);
    assert_says(gap->detail, "has not answered");
    assert_string_equal(gap->change, "yes to request q1");
    ab_plan_free(plan);
    free(w);
}

/* Leave alone brings nothing where nothing lies at the hub. */
static void a_door_with_an_empty_hub_behind_it_is_told_with_the_stock(void **state)
{
    (void)state;
    world *w = shut_valley(AB_REASON_NO_ANSWER, AB_REASON_NONE);
    w->op.stocks.count = 0;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_NO_ANSWER);
    assert_int_equal(gap->also, AB_REASON_STOCK);
    assert_true(gap->proved);
    ab_plan_free(plan);
    free(w);
}

/* A quota of none: leave alone brings nothing. */
static void a_door_with_a_limit_behind_it_is_told_with_the_limit(void **state)
{
    (void)state;
    world *w = shut_valley(AB_REASON_NO_ANSWER, AB_REASON_NONE);
    world_bind(w, world_agreement(w, "truce"), 0, 0, PERIODS);
    w->agreement[0].quota_kg_per_day = 0;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_NO_ANSWER);
    assert_int_equal(gap->also, AB_REASON_QUOTA);
    assert_true(gap->proved);
    ab_plan_free(plan);
    free(w);
}

/* Leave by helicopter is the likelier, leave by road would feed them all: that is named. */
static void of_several_means_the_one_that_brings_most_is_named(void **state)
{
    (void)state;
    world *w = shut_valley(AB_REASON_NO_PERMISSION, AB_REASON_NONE);
    w->refusal[0].arrival.mean = 0.05;
    int32_t helicopter = world_vehicle(w, "helicopter", 1, 1);
    w->vehicle[helicopter].mode = AB_MODE_HELICOPTER;
    int32_t flight = world_kind(w, helicopter, 0, 0, 12);
    w->kind[flight].means = AB_MEANS_HELICOPTER;
    ab_refusal *refusal = world_refusal(w, 0, AB_REASON_NO_PERMISSION, 0, PERIODS);
    refusal->kind = flight;
    refusal->means = AB_MEANS_HELICOPTER;
    refusal->arrival.mean = 0.1;
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_NO_PERMISSION);
    assert_true(gap->proved);
    assert_near(gap->gain_days, PERIODS);
    assert_int_equal(gap->because.table, AB_TABLE_requests);
    assert_says(gap->detail, "leave by road");
    ab_plan_free(plan);
    /* Where nobody is refused by road, leave by helicopter opens no road. */
    w->refusal[0] = w->refusal[1];
    w->trips.refusal_count = 1;
    plan = world_plan(w);
    gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_true(gap->proved);
    assert_near(gap->gain_days, PERIODS * 0.5 / 6);
    assert_says(gap->detail, "by helicopter");
    ab_plan_free(plan);
    free(w);
}

/* What no open door would help against stays indicated. */
static void what_cannot_be_proved_stays_indicated(void **state)
{
    (void)state;
    world *w = shut_valley(AB_REASON_NO_ANSWER, AB_REASON_NONE);
    w->shut[1] = (world_door){AB_DOOR_HOURS, AB_REASON_TRAVEL, {-1, -1}};
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_NO_ANSWER);
    assert_false(gap->proved);
    assert_near(gap->gain_days, 0);
    assert_string_equal(gap->change, "");
    ab_plan_free(plan);
    free(w);
}

static void goods_that_are_taken_off_are_told_by_their_row(void **state)
{
    (void)state;
    static const ab_ref kits_only[] = {{AB_TABLE_commodities, 1}};
    world *w = valley();
    world_commodity(w, "kit", world_group(w, AB_CATEGORY_MEDICAL, "", 1), 1000);
    world_stock(w, 0, 1, 10);
    w->request[w->op.requests.count++] = (ab_request){.id = "q1", .asked_of = "party A", .asked_at = w->settings.start,
                                                      .commodities = {1, kits_only}};
    for (int32_t o = 0; o < w->trips.offer_count; o++) {
        w->offer[o].commodities = 2;
        w->offer[o].evidence = 10;
    }
    ab_plan *plan = world_plan(w);
    const ab_gap *gap = gap_of(plan, 0, AB_CATEGORY_FOOD);
    assert_int_equal(gap->reason, AB_REASON_STRIPPED);
    assert_true(gap->proved);
    assert_int_equal(gap->because.table, AB_TABLE_requests);
    assert_says(gap->detail, "trips by road pass, but not with food: the leave of party A is for other goods");
    ab_plan_free(plan);
    free(w);
}

/* ---- Properties -------------------------------------------------------------------------------------------- */

/* Takes the limit away in the operation. False: it is none that a world has as a figure. */
static bool lift(world *w, ab_reason reason, ab_ref because)
{
    switch (reason) {
    case AB_REASON_STOCK:
        if (because.table != AB_TABLE_stocks)
            return false;
        w->stock[because.row].mass_kg = 1e7;
        w->stock[because.row].certainty_prob = 1;
        w->stock[because.row].available_from = AB_TIME_NONE;
        return true;
    case AB_REASON_VEHICLES_BUSY:
    case AB_REASON_CONVOYS:
        w->vehicle[because.row].count *= MUCH;
        w->vehicle[because.row].convoy_max = -1;
        return true;
    case AB_REASON_HANDLING:
        if (because.table == AB_TABLE_places)
            w->place[because.row].handling_kg_per_day = NAN;
        else if (because.table == AB_TABLE_links)
            w->link[because.row].capacity_kg_per_day = NAN;
        else
            return false;
        return true;
    case AB_REASON_QUOTA:
        w->agreement[because.row].quota_trips_per_day = -1;
        return true;
    default:
        return false;
    }
}

/* A copy that points to its own rows. */
static world *copy_of(const world *w)
{
    world *copy = malloc(sizeof *copy);
    assert_non_null(copy);
    *copy = *w;
    world_point(copy);
    return copy;
}

/* The least hunger that the gain relieves: a ration-day owed counts for a day at least, one without care for a
 * fifth. Whether whole vehicles bring that, too, is told only where it is more than the search may give up. */
static bool is_worth_more_than_rounding(const ab_plan *plan, const ab_gap *gap)
{
    double relieved = gap->people * gap->gain_days * (gap->category == AB_CATEGORY_MEDICAL ? 0.2 : 1);
    return relieved > 0.02 * (plan->objective_if_nothing - plan->bound);
}

/* What a proof says of the operation is so: the plan for it without the limit leaves less hunger, and where there
 * is nobody else to take what is freed, less in that place. */
static int32_t lift_and_plan(const world *w, const ab_plan *plan, const ab_gap *gap)
{
    if (!is_worth_more_than_rounding(plan, gap))
        return 0;
    world *lifted = copy_of(w);
    bool can = lift(lifted, gap->reason, gap->because) &&
               (gap->also == AB_REASON_NONE || lift(lifted, gap->also, gap->also_because));
    ab_plan *better = can ? world_plan(lifted) : NULL;
    if (better && !(better->objective < plan->objective - 1e-6))
        fail_msg("without \"%s\" hunger is %.12g, with it %.12g", gap->detail, better->objective, plan->objective);
    if (better && w->op.places.count == 1 && gap->category == AB_CATEGORY_FOOD &&
        !(debt_of(better, 0) < debt_of(plan, 0) - 1e-9))
        fail_msg("without \"%s\" the place owes %.12g, with it %.12g", gap->detail, debt_of(better, 0), debt_of(plan, 0));
    ab_plan_free(better);
    free(lifted);
    return can;
}

static void a_proved_limit_taken_from_the_operation_lowers_hunger(void **state)
{
    (void)state;
    int32_t lifted = 0;
    for (int32_t i = 0; i < WORLDS; i++) {
        world *w = random_world(4100 + (uint64_t)i, 1 + i % 3, PERIODS);
        ab_plan *plan = world_plan(w);
        for (int32_t k = 0; k < plan->gap_count; k++)
            if (plan->gap[k].proved)
                lifted += lift_and_plan(w, plan, &plan->gap[k]);
        ab_plan_free(plan);
        free(w);
    }
    assert_true(lifted >= LIFTED);
}

/* Not a price but the operation itself says that a limit is slack: as much again of it changes no plan's least
 * hunger. Such a limit is the reason of no gap alone. */
static void a_limit_that_does_not_bind_is_never_proved(void **state)
{
    (void)state;
    for (int32_t i = 0; i < FEW_WORLDS; i++) {
        world *w = random_world(7300 + (uint64_t)i, 2, PERIODS);
        w->vehicle[0].count *= MUCH;
        w->vehicle[0].convoy_max = -1;
        ab_plan *plan = world_plan(w);
        for (int32_t k = 0; k < plan->gap_count; k++) {
            const ab_gap *gap = &plan->gap[k];
            bool truck = gap->because.table == AB_TABLE_vehicles && gap->because.row == 0;
            assert_false(gap->proved && truck && gap->also == AB_REASON_NONE);
        }
        ab_plan_free(plan);
        free(w);
    }
}

/* Gains are of the gap: no more than what is missing in it. */
static void nothing_gains_more_than_is_missing(void **state)
{
    (void)state;
    for (int32_t i = 0; i < FEW_WORLDS; i++) {
        world *w = random_world(9900 + (uint64_t)i, 3, PERIODS);
        ab_plan *plan = world_plan(w);
        for (int32_t k = 0; k < plan->gap_count; k++) {
            const ab_gap *gap = &plan->gap[k];
            double days = gap->until - gap->from;
            assert_at_most(gap->gain_days, days);
            assert_true(gap->proved ? gap->gain_days > 0 : gap->gain_days == 0);
        }
        ab_plan_free(plan);
        free(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_of_the_stock_leaves_half_of_the_days),
        cmocka_unit_test(two_limits_in_a_row_are_told_together),
        cmocka_unit_test(who_has_the_trucks_is_named),
        cmocka_unit_test(too_little_for_a_truck_is_no_limit),
        cmocka_unit_test(an_answer_that_would_feed_the_place_is_proved),
        cmocka_unit_test(two_doors_in_a_row_are_told_together),
        cmocka_unit_test(a_door_that_need_not_open_is_not_named),
        cmocka_unit_test(a_door_with_an_empty_hub_behind_it_is_told_with_the_stock),
        cmocka_unit_test(a_door_with_a_limit_behind_it_is_told_with_the_limit),
        cmocka_unit_test(of_several_means_the_one_that_brings_most_is_named),
        cmocka_unit_test(what_cannot_be_proved_stays_indicated),
        cmocka_unit_test(goods_that_are_taken_off_are_told_by_their_row),
        cmocka_unit_test(a_proved_limit_taken_from_the_operation_lowers_hunger),
        cmocka_unit_test(a_limit_that_does_not_bind_is_never_proved),
        cmocka_unit_test(nothing_gains_more_than_is_missing),
    };
    return cmocka_run_group_tests_name("plan/prove", tests, NULL, NULL);
}
