/* Loads as they are made up in a warehouse: whole packages, no lorry for a sack, no lorry with nothing. */
#include "plan/proof.h"
#include "plan/random_world.h"

/* One place of 10,000 people, who eat 6 t of flour a day, and trucks of 10 t that can go each day. */
static world *valley(int32_t periods)
{
    world *w = world_new(periods);
    world_group(w, AB_CATEGORY_FOOD, "energy", 2100);
    int32_t flour = world_commodity(w, "flour", 0, 3500), port = world_hub(w, "port");
    world_stock(w, port, flour, 1000);
    world_place(w, "upper", 10000);
    world_offers(w, world_kind(w, world_vehicle(w, "truck", 5, 10), port, 0, 12), 0, periods, 0, 1);
    return w;
}

static void packages_are_not_cut(void **state)
{
    (void)state;
    for (uint64_t seed = 300; seed < 308; seed++) {
        world *w = random_world(seed, 2, 5);
        static const double package_kg[] = {50, 25, 20, 45};
        for (int32_t c = 0; c < 4; c++) {
            w->commodity[c].package_kg = package_kg[c];
            w->commodity[c].package_m3 = package_kg[c] / 500;
        }
        ab_plan *plan = world_plan(w);
        prove(w, plan);
        for (int32_t i = 0; i < plan->chosen_count; i++)
            for (int32_t j = 0; plan->chosen[i].offer >= 0 && j < plan->chosen[i].load_count; j++) {
                const ab_load *load = &plan->load[plan->chosen[i].first_load + j];
                double packages = load->mass_kg / w->commodity[load->commodity].package_kg;
                assert_near(packages, round(packages));
            }
        ab_plan_free(plan);
        free(w);
    }
}

/* A kit of a tonne serves 10,000 people for 90 days: it is not dripped, it goes once and whole. */
static void a_kit_goes_whole(void **state)
{
    (void)state;
    world *w = valley(6);
    int32_t care = world_group(w, AB_CATEGORY_MEDICAL, "", 1), kit = world_commodity(w, "kit", care, 900);
    w->commodity[kit].package_kg = 1000;
    w->commodity[kit].package_m3 = 5;
    world_stock(w, 0, kit, 1);
    ab_plan *plan = world_plan(w);
    double sent = world_sent_t(w, plan, -1, kit, -1);
    assert_true(sent == 0 || fabs(sent - 1) < 1e-9);
    ab_plan_free(plan);
    free(w);
}

/* Nobody else goes there, and a tenth of a load is what feeds the hamlet: it goes. */
static void a_hamlet_is_not_left_to_starve_for_a_full_load(void **state)
{
    (void)state;
    world *w = valley(6);
    w->people[0] = 300;
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    assert_true(plan->objective < 0.1 * plan->objective_if_nothing);
    ab_plan_free(plan);
    free(w);
}

/* What one truck can bring on the first day is not spread over six. */
static void small_loads_join(void **state)
{
    (void)state;
    world *w = valley(6);
    w->people[0] = 2000; /* 1.2 t a day */
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    assert_int_equal(world_vehicles(w, plan, -1, -1, -1), 1);
    assert_int_equal(world_vehicles(w, plan, -1, -1, 0), 1);
    ab_plan_free(plan);
    free(w);
}

static void no_vehicle_goes_with_nothing_aboard(void **state)
{
    (void)state;
    for (uint64_t seed = 400; seed < 408; seed++) {
        world *w = random_world(seed, 2, 5);
        ab_plan *plan = world_plan(w);
        for (int32_t i = 0; i < plan->chosen_count; i++) {
            const ab_chosen *chosen = &plan->chosen[i];
            double kg = 0;
            for (int32_t j = 0; j < chosen->load_count; j++)
                kg += plan->load[chosen->first_load + j].mass_kg;
            if (chosen->offer >= 0)
                assert_true(kg > (chosen->vehicles - 1) * w->kind[w->offer[chosen->offer].kind].payload_kg);
        }
        ab_plan_free(plan);
        free(w);
    }
}

/* Two hubs with the same flour, one a day nearer and cheaper. */
static void of_two_ways_that_feed_alike_the_cheaper_is_taken(void **state)
{
    (void)state;
    world *w = valley(6);
    int32_t far = world_hub(w, "far");
    world_stock(w, far, 0, 1000);
    int32_t dear = world_kind(w, 0, far, 0, 12);
    w->kind[dear].usd = 5000;
    world_offers(w, dear, 0, 6, 0, 1);
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    for (int32_t i = 0; i < plan->chosen_count; i++)
        assert_int_equal(w->kind[w->offer[plan->chosen[i].offer].kind].hub, 0);
    ab_plan_free(plan);
    free(w);
}

static void the_bill_adds_up(void **state)
{
    (void)state;
    world *w = valley(4);
    w->vehicle[0].fixed_usd_per_day = 30;
    world_vehicle(w, "idle", 7, 10);
    w->vehicle[1].fixed_usd_per_day = 1000;
    ab_plan *plan = world_plan(w);
    assert_near(plan->fixed_usd, (30 * 5 + 1000 * 7) * 4); /* used or not */
    assert_near(plan->trip_usd, 100.0 * (double)world_vehicles(w, plan, -1, -1, -1));
    assert_near(plan->cargo_usd, 500 * world_sent_t(w, plan, -1, -1, -1));
    assert_near(plan->canopy_usd, 0);
    ab_plan_free(plan);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(packages_are_not_cut),
        cmocka_unit_test(a_kit_goes_whole),
        cmocka_unit_test(a_hamlet_is_not_left_to_starve_for_a_full_load),
        cmocka_unit_test(small_loads_join),
        cmocka_unit_test(no_vehicle_goes_with_nothing_aboard),
        cmocka_unit_test(of_two_ways_that_feed_alike_the_cheaper_is_taken),
        cmocka_unit_test(the_bill_adds_up),
    };
    return cmocka_run_group_tests_name("plan/loads", tests, NULL, NULL);
}
