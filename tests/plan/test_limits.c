/* What a plan may not do: each limit of the trade by itself, and all of them together. */
#include "plan/proof.h"
#include "plan/random_world.h"

/* One hub with plenty, places of 10,000 people in want, trucks of 10 t with a cycle of 6 hours. */
typedef struct valley {
    world *w;
    int32_t flour, port, truck;
} valley;

static valley valley_new(int32_t places, int32_t periods, int64_t trucks)
{
    static const char *const names[] = {"upper", "ridge", "plain"};
    valley v = {.w = world_new(periods)};
    world_group(v.w, AB_CATEGORY_FOOD, "energy", 2100);
    v.flour = world_commodity(v.w, "flour", 0, 3500);
    v.port = world_hub(v.w, "port");
    world_stock(v.w, v.port, v.flour, 1000);
    v.truck = world_vehicle(v.w, "truck", trucks, 10);
    for (int32_t p = 0; p < places; p++) {
        world_place(v.w, names[p], 10000);
        world_offers(v.w, world_kind(v.w, v.truck, v.port, p, 6), 0, periods, 0, 1);
    }
    return v;
}

static void nothing_offered_is_doing_nothing(void **state)
{
    (void)state;
    valley v = valley_new(1, 5, 3);
    v.w->trips.offer_count = 0;
    ab_plan *plan = world_plan(v.w);
    assert_int_equal(plan->chosen_count, 0);
    assert_near(plan->objective, plan->objective_if_nothing);
    assert_near(plan->bound, plan->objective_if_nothing);
    assert_near(plan->gap_frac, 0);
    assert_near(plan->deficit_kcal_days_per_person, 2100 * (1 + 2 + 3 + 4 + 5));
    ab_plan_free(plan);
    free(v.w);
}

/* 10,000 people eat 6 t of flour a day; one truck brings all of it. */
static void enough_of_all_leaves_nobody_hungry(void **state)
{
    (void)state;
    valley v = valley_new(1, 4, 3);
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_at_most(plan->objective, 0.01); /* a gram is a package */
    assert_int_equal(plan->gap_count, 0);
    assert_near(world_sent_t(v.w, plan, -1, -1, -1), 24);
    assert_near(plan->cargo_usd, 0.5 * 24000);
    ab_plan_free(plan);
    free(v.w);
}

static void no_more_is_sent_than_there_is(void **state)
{
    (void)state;
    valley v = valley_new(2, 6, 10);
    v.w->stock[0].mass_kg = 30000;
    world_stock(v.w, v.port, v.flour, 20);
    v.w->stock[1].available_from = v.w->settings.start + 3 * 86400;
    v.w->stock[1].certainty_prob = 0.5;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_near(world_sent_t(v.w, plan, -1, -1, -1), 40);
    ab_plan_free(plan);
    free(v.w);
}

/* A cycle of 12 hours takes a truck's day: two trucks make two trips. */
static void no_truck_goes_twice_at_a_time(void **state)
{
    (void)state;
    valley v = valley_new(1, 3, 2);
    v.w->kind[0].cycle_s = 12 * 3600;
    v.w->people[0] = 100000;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    for (int32_t t = 0; t < 3; t++)
        assert_int_equal(world_vehicles(v.w, plan, -1, -1, t), 2);
    ab_plan_free(plan);
    free(v.w);
}

/* 30 hours at 12 a day: a truck that leaves on the first day is back for half of the third. */
static void a_long_trip_keeps_its_truck_for_days(void **state)
{
    (void)state;
    valley v = valley_new(1, 4, 4);
    v.w->kind[0].cycle_s = 30 * 3600;
    v.w->people[0] = 100000;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, 0), 4);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, 1), 0);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, 2), 2);
    ab_plan_free(plan);
    free(v.w);
}

/* A window of a quarter of the day lets each truck depart, but none twice. */
static void a_short_window_lets_each_truck_out_once(void **state)
{
    (void)state;
    valley v = valley_new(1, 1, 5);
    v.w->kind[0].cycle_s = 4 * 3600;
    v.w->people[0] = 1e6;
    ab_plan *plan = world_plan(v.w);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, 0), 15);
    ab_plan_free(plan);
    v.w->offer[0].work_frac = 0.25;
    plan = world_plan(v.w);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, 0), 5);
    ab_plan_free(plan);
    free(v.w);
}

/* Eighteen sorties in thirty days: the first may go on the first day, no two on one. */
static void sorties_go_as_often_as_in_fact(void **state)
{
    (void)state;
    valley v = valley_new(1, 30, 1);
    v.w->vehicle[0].sorties_per_day = 0.6;
    v.w->people[0] = 100000;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, -1), 18);
    for (int32_t t = 0, flown = 0; t < 30; t++) {
        assert_true(world_vehicles(v.w, plan, -1, -1, t) <= 1);
        flown += (int32_t)world_vehicles(v.w, plan, -1, -1, t);
        assert_at_most(flown, ceil(0.6 * (t + 1) - 1e-9));
    }
    ab_plan_free(plan);
    free(v.w);
}

static void one_convoy_a_place_and_day(void **state)
{
    (void)state;
    valley v = valley_new(2, 2, 20);
    v.w->vehicle[0].convoy_max = 3;
    v.w->people[0] = v.w->people[1] = 100000;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_int_equal(world_vehicles(v.w, plan, -1, 0, 0), 3);
    assert_int_equal(world_vehicles(v.w, plan, -1, 1, 1), 3);
    ab_plan_free(plan);
    free(v.w);
}

/* The same in quarters of a day: limits a day hold for the day, not for each quarter. */
static void daily_limits_hold_over_parts_of_a_day(void **state)
{
    (void)state;
    valley v = valley_new(1, 8, 20);
    v.w->settings.period_s = 21600;
    v.w->settings.end = v.w->settings.start + 8 * 21600;
    v.w->vehicle[0].convoy_max = 3;
    v.w->people[0] = 1e6;
    ab_plan *plan = world_plan(v.w);
    int64_t first_day = 0;
    for (int32_t t = 0; t < 4; t++)
        first_day += world_vehicles(v.w, plan, -1, -1, t);
    assert_int_equal(first_day, 3);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, -1), 6);
    ab_plan_free(plan);
    free(v.w);
}

static void place_hub_and_road_bear_no_more_than_they_can(void **state)
{
    (void)state;
    static const int32_t road[] = {0};
    valley v = valley_new(3, 2, 50);
    for (int p = 0; p < 3; p++)
        v.w->people[p] = 100000;
    v.w->place[0].handling_kg_per_day = 25000;
    v.w->hub[0].throughput_kg_per_day = 70000;
    v.w->road[v.w->op.roads.count++] = (ab_road){.id = "r1", .capacity_kg_per_day = 15000};
    v.w->path[v.w->routes.path_count++] = (ab_path){.hub = 0, .place = 1, .road_count = 1, .road = road};
    v.w->kind[1].path = 0;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    for (int32_t t = 0; t < 2; t++) {
        assert_at_most(world_sent_t(v.w, plan, 0, -1, t), 25);
        assert_at_most(world_sent_t(v.w, plan, 1, -1, t), 15);
        assert_near(world_sent_t(v.w, plan, -1, -1, t), 70);
    }
    ab_plan_free(plan);
    free(v.w);
}

static void quotas_hold_over_all_places_of_an_agreement(void **state)
{
    (void)state;
    valley v = valley_new(2, 3, 20);
    v.w->people[0] = v.w->people[1] = 100000;
    int32_t truce = world_agreement(v.w, "truce"), corridor = world_agreement(v.w, "corridor");
    v.w->agreement[truce].quota_trips_per_day = 5;
    v.w->agreement[corridor].quota_kg_per_day = 12000;
    world_bind(v.w, truce, -1, 0, 3);
    world_bind(v.w, corridor, 1, 0, 3);
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    for (int32_t t = 0; t < 3; t++) {
        assert_int_equal(world_vehicles(v.w, plan, -1, -1, t), 5);
        assert_at_most(world_sent_t(v.w, plan, 1, -1, t), 12);
    }
    ab_plan_free(plan);
    free(v.w);
}

/* Drop containers take canopies, and riggers rig so many a day. */
static void no_container_falls_without_a_canopy(void **state)
{
    (void)state;
    valley v = valley_new(1, 5, 3);
    v.w->people[0] = 100000;
    v.w->dropsystem[v.w->op.dropsystems.count++] =
        (ab_dropsystem){.id = "hv", .name = "hv", .canopies_in_stock = 22, .rigged_per_day = 8};
    ab_trip_kind *kind = &v.w->kind[0];
    kind->means = AB_MEANS_AIRDROP;
    kind->dropsystem = 0;
    kind->loads = 10;
    kind->load_kg = 900;
    kind->payload_kg = 9000;
    kind->usd_per_load = 300;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    double sent = 0;
    for (int32_t t = 0; t < 5; t++) {
        sent += world_sent_t(v.w, plan, -1, -1, t);
        assert_at_most(sent, 0.9 * 8 * (t + 1));
    }
    assert_near(sent, 0.9 * 22);
    assert_near(plan->canopy_usd, 22 * 300);
    ab_plan_free(plan);
    free(v.w);
}

static void bulky_cargo_fills_a_truck_before_it_is_heavy(void **state)
{
    (void)state;
    valley v = valley_new(1, 1, 2);
    v.w->people[0] = 100000;
    v.w->kind[0].payload_m3 = 12; /* flour: 2 m3 a tonne */
    v.w->kind[0].cycle_s = 12 * 3600;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_near(world_sent_t(v.w, plan, -1, -1, -1), 12);
    ab_plan_free(plan);
    free(v.w);
}

/* Sacks of a tonne, two on a pallet: a lorry with three positions takes six. */
static void pallets_are_counted(void **state)
{
    (void)state;
    valley v = valley_new(1, 1, 2);
    v.w->people[0] = 100000;
    v.w->commodity[0].package_kg = 1000;
    v.w->commodity[0].packages_per_pallet = 2;
    v.w->vehicle[0].pallets = 3;
    v.w->kind[0].cycle_s = 12 * 3600;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_near(world_sent_t(v.w, plan, -1, -1, -1), 12);
    ab_plan_free(plan);
    free(v.w);
}

/* One team a day: it leads a convoy to one place, and the other waits. */
static void a_team_leads_one_convoy_a_day(void **state)
{
    (void)state;
    valley v = valley_new(2, 4, 20);
    v.w->vehicle[0].convoys_per_day = 1;
    v.w->vehicle[0].convoy_max = 5;
    v.w->vehicle[0].convoy_usd = 400;
    ab_plan *plan = world_plan(v.w);
    int32_t convoys = 0;
    for (int32_t t = 0; t < 4; t++) {
        int64_t upper = world_vehicles(v.w, plan, -1, 0, t), ridge = world_vehicles(v.w, plan, -1, 1, t);
        assert_true(upper == 0 || ridge == 0);
        assert_true(upper <= 5 && ridge <= 5);
        convoys += (upper > 0) + (ridge > 0);
    }
    assert_true(convoys >= 2);
    assert_near(plan->convoy_usd, 400 * convoys);
    ab_plan_free(plan);
    free(v.w);
}

/* What comes over the link needs room until it goes on; what was there from the start may lie there. */
static void a_hub_holds_no_more_than_its_store(void **state)
{
    (void)state;
    valley v = valley_new(1, 6, 2);
    int32_t quay = world_hub(v.w, "quay");
    v.w->stock[0].hub = quay;
    v.w->hub[v.port].storage_kg = 15000;
    v.w->people[0] = 100000; /* 60 t a day, two lorries take 20 t in a trip */
    int32_t link = v.w->op.links.count++;
    v.w->link[link] = (ab_link){.id = "l", .from_hub = quay, .to_hub = v.port, .capacity_kg_per_day = NAN, .usd_per_kg = NAN};
    for (int32_t t = 0; t + 1 < 6; t++)
        v.w->transfer[v.w->trips.transfer_count++] = (ab_transfer){link, t, t + 1, 1, 0.01};
    ab_plan *plan = world_plan(v.w);
    double left_t = 0;
    for (int32_t t = 0; t < 6; t++) {
        for (int32_t i = 0; i < plan->chosen_count; i++) {
            const ab_chosen *c = &plan->chosen[i];
            double t_of = 0;
            for (int32_t j = 0; j < c->load_count; j++)
                t_of += plan->load[c->first_load + j].mass_kg / 1000;
            if (c->offer >= 0 && v.w->offer[c->offer].depart == t)
                left_t -= t_of;
            if (c->offer < 0 && v.w->transfer[c->transfer].arrive == t)
                left_t += t_of;
        }
        assert_at_most(left_t, 15);
    }
    assert_true(world_sent_t(v.w, plan, -1, -1, -1) > 60);
    ab_plan_free(plan);
    free(v.w);
}

static void no_more_is_spent_than_there_is(void **state)
{
    (void)state;
    valley v = valley_new(1, 4, 3);
    v.w->settings.budget_usd = 5000; /* flour is 500 a tonne, a trip 100 */
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_at_most(plan->trip_usd + plan->cargo_usd, 5000);
    assert_true(plan->trip_usd + plan->cargo_usd > 4000);
    ab_plan_free(plan);
    v.w->vehicle[0].fixed_usd_per_day = 1000; /* 3 lorries, 4 days */
    ab_error err = AB_ERROR_INIT;
    world_now = v.w;
    assert_int_equal(ab_plan_make(&v.w->op, &v.w->need, NULL, &v.w->routes, &v.w->trips, NULL, &plan, &err), AB_OK);
    assert_true(plan->infeasible);
    assert_non_null(strstr(plan->reason, "7000 USD more"));
    assert_int_equal(plan->chosen_count, 0);
    ab_plan_free(plan);
    free(v.w);
}

/* The worst-off come first: a hamlet that one trip in five reaches is brought to the floor before the town beside
 * the hub gets its fill. */
static void the_floor_comes_before_the_sum(void **state)
{
    (void)state;
    for (int with = 0; with < 2; with++) {
        valley v = valley_new(2, 10, 2);
        v.w->settings.floor_frac = with ? 0.3 : 0;
        v.w->stock[0].mass_kg = 60000; /* half of the need of one */
        for (int32_t o = 0; o < v.w->trips.offer_count; o++)
            if (v.w->kind[v.w->offer[o].kind].place == 1)
                v.w->offer[o].arrival = (ab_chance){0.2, 0.2, 0.2};
        ab_plan *plan = world_plan(v.w);
        double upper = world_sent_t(v.w, plan, 0, -1, -1), ridge = world_sent_t(v.w, plan, 1, -1, -1);
        if (with)
            assert_true(ridge > 30 && upper >= 17.9); /* 0.3 of 60 t for the one, the rest for the other */
        else
            assert_at_most(ridge, 20); /* what the town does not need the more */
        assert_true(with ? plan->floor_shortfall > 0 : plan->floor_shortfall == 0);
        ab_plan_free(plan);
        free(v.w);
    }
}

static void aircraft_need_room_to_stand_where_they_land(void **state)
{
    (void)state;
    valley v = valley_new(1, 1, 60);
    v.w->people[0] = 1e6;
    v.w->kind[0].means = AB_MEANS_HELICOPTER;
    v.w->place[0].parking = 1; /* 24 hours, 2 each */
    ab_plan *plan = world_plan(v.w);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, 0), 12);
    ab_plan_free(plan);
    free(v.w);
}

static void aircraft_need_room_to_stand(void **state)
{
    (void)state;
    valley v = valley_new(1, 1, 40);
    v.w->people[0] = 1e6;
    v.w->kind[0].means = AB_MEANS_AIRLIFT;
    v.w->hub[0].parking = 2;
    v.w->hub[0].opens_s = 6 * 3600;
    v.w->hub[0].closes_s = 18 * 3600; /* two stands, 12 hours, 2 hours each */
    ab_plan *plan = world_plan(v.w);
    assert_int_equal(world_vehicles(v.w, plan, -1, -1, 0), 12);
    ab_plan_free(plan);
    free(v.w);
}

/* Stock at a second hub comes over the link, less what is expected to be lost. */
static void what_is_moved_between_hubs_is_there_when_it_arrives(void **state)
{
    (void)state;
    valley v = valley_new(1, 4, 10);
    int32_t field = world_hub(v.w, "field");
    v.w->stock[0].hub = field;
    v.w->stock[0].mass_kg = 40000;
    v.w->people[0] = 100000;
    v.w->link[v.w->op.links.count++] = (ab_link){.id = "l", .from_hub = field, .to_hub = 0, .capacity_kg_per_day = 25000};
    for (int32_t t = 0; t < 3; t++)
        v.w->transfer[v.w->trips.transfer_count++] = (ab_transfer){0, t, t + 1, 0.8, 0.01};
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_near(world_sent_t(v.w, plan, -1, -1, 0), 0);
    assert_near(world_sent_t(v.w, plan, -1, -1, 1), 20);
    assert_near(world_sent_t(v.w, plan, -1, -1, 2), 12);
    assert_near(plan->trip_usd, 0.01 * 40000 + 100 * 4);
    ab_plan_free(plan);
    free(v.w);
}

/* ---- Linked agreements --------------------------------------------------------------------------------- */

static valley linked_valley(void)
{
    valley v = valley_new(2, 3, 20);
    v.w->people[0] = 30000;
    for (int32_t i = 0; i < 2; i++) {
        int32_t a = world_agreement(v.w, i == 0 ? "south" : "north");
        v.w->agreement[a].link_group = "pair";
        v.w->agreement[a].link_people_ratio = i == 0 ? 3 : 1;
        world_bind(v.w, a, i, 0, 3);
    }
    return v;
}

static void linked_places_are_served_together_and_in_their_ratio(void **state)
{
    (void)state;
    valley v = linked_valley();
    v.w->place[1].handling_kg_per_day = 4000;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    for (int32_t t = 0; t < 3; t++) {
        double south = world_sent_t(v.w, plan, 0, -1, t), north = world_sent_t(v.w, plan, 1, -1, t);
        assert_true(north > 3.9);
        assert_at_most(south / 3, 1.05 * north);
        assert_at_most(north, 1.05 * south / 3);
    }
    ab_plan_free(plan);
    free(v.w);
}

static void a_linked_place_alone_gets_nothing(void **state)
{
    (void)state;
    valley v = linked_valley();
    v.w->trips.offer_count = 3; /* nothing goes north */
    ab_plan *plan = world_plan(v.w);
    assert_int_equal(plan->chosen_count, 0);
    assert_int_equal(plan->gap[0].reason, AB_REASON_LINKED);
    assert_int_equal(plan->gap[0].because.table, AB_TABLE_agreements);
    ab_plan_free(plan);
    free(v.w);
}

/* What is agreed already does not wait for the other side; more than that does. */
static void a_commitment_goes_though_the_other_side_cannot(void **state)
{
    (void)state;
    valley v = linked_valley();
    v.w->trips.offer_count = 3;
    ab_commitment *c = world_commitment(v.w, "c1", AB_LOCK_AT_LEAST);
    c->place = 0;
    c->date = v.w->settings.start + 86400;
    c->mass_kg = 20000;
    ab_plan *plan = world_plan(v.w);
    prove(v.w, plan);
    assert_near(world_sent_t(v.w, plan, 0, -1, 1), 20);
    assert_near(world_sent_t(v.w, plan, -1, -1, -1), 20);
    ab_plan_free(plan);
    free(v.w);
}

/* ---- All together -------------------------------------------------------------------------------------- */

static void random_worlds_break_no_limit(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 12; seed++) {
        world *w = random_world(seed, 2 + (int32_t)(seed % 3), 5 + (int32_t)(seed % 4));
        ab_plan *plan = world_plan(w);
        prove(w, plan);
        ab_plan_free(plan);
        free(w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_offered_is_doing_nothing),
        cmocka_unit_test(enough_of_all_leaves_nobody_hungry),
        cmocka_unit_test(no_more_is_sent_than_there_is),
        cmocka_unit_test(no_truck_goes_twice_at_a_time),
        cmocka_unit_test(a_long_trip_keeps_its_truck_for_days),
        cmocka_unit_test(a_short_window_lets_each_truck_out_once),
        cmocka_unit_test(sorties_go_as_often_as_in_fact),
        cmocka_unit_test(one_convoy_a_place_and_day),
        cmocka_unit_test(daily_limits_hold_over_parts_of_a_day),
        cmocka_unit_test(place_hub_and_road_bear_no_more_than_they_can),
        cmocka_unit_test(quotas_hold_over_all_places_of_an_agreement),
        cmocka_unit_test(no_container_falls_without_a_canopy),
        cmocka_unit_test(bulky_cargo_fills_a_truck_before_it_is_heavy),
        cmocka_unit_test(aircraft_need_room_to_stand),
        cmocka_unit_test(aircraft_need_room_to_stand_where_they_land),
        cmocka_unit_test(pallets_are_counted),
        cmocka_unit_test(a_team_leads_one_convoy_a_day),
        cmocka_unit_test(a_hub_holds_no_more_than_its_store),
        cmocka_unit_test(no_more_is_spent_than_there_is),
        cmocka_unit_test(the_floor_comes_before_the_sum),
        cmocka_unit_test(what_is_moved_between_hubs_is_there_when_it_arrives),
        cmocka_unit_test(linked_places_are_served_together_and_in_their_ratio),
        cmocka_unit_test(a_linked_place_alone_gets_nothing),
        cmocka_unit_test(a_commitment_goes_though_the_other_side_cannot),
        cmocka_unit_test(random_worlds_break_no_limit),
    };
    return cmocka_run_group_tests_name("plan/limits", tests, NULL, NULL);
}
