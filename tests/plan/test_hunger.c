/* What people eat, owe and miss. */
#include "plan/proof.h"
#include "plan/random_world.h"

#include "base/arena.h"
#include "plan/hunger.h"

/* One place of 1,000 people, one kind of food. */
static world *village(int32_t periods, double stock_days)
{
    world *w = world_new(periods);
    world_group(w, AB_CATEGORY_FOOD, "energy", 2100);
    world_place(w, "upper", 1000);
    world_in_place(w, 0, 0, stock_days);
    return w;
}

/* `arrived`: days of need [(place * groups + group) * periods + t]; NULL: nothing. */
static ab_hunger *live(const world *w, ab_arena *arena, const double *arrived)
{
    ab_hunger *hunger = ab__hunger_new(arena, &w->op, &w->need);
    ab_arrivals arrivals;
    assert_true(ab__arrivals_new(&arrivals, arena, &w->op, &w->need));
    for (int32_t i = 0; arrived && i < w->need.place_count * w->need.group_count * w->op.period_count; i++)
        arrivals.days[i] = arrived[i];
    ab__hunger_live(hunger, &w->op, &w->need, &arrivals);
    return hunger;
}

static void more_days_of_hunger_weigh_more(void **state)
{
    (void)state;
    world *w = village(1, 0);
    ab_hunger_curve curve = ab__hunger_curve_of(&w->settings);
    free(w);
    assert_near(ab__hunger_cost(&curve, 0), 0);
    assert_near(ab__hunger_cost(&curve, 7), 7);
    assert_near(ab__hunger_cost(&curve, 21), 7 + 2 * 14);
    assert_near(ab__hunger_cost(&curve, 31), 7 + 2 * 14 + 4 * 10);
    for (double d = 0; d < 40; d += 0.5) /* convex */
        assert_at_most(ab__hunger_cost(&curve, d + 0.5) - ab__hunger_cost(&curve, d), ab__hunger_cost(&curve, d + 1) - ab__hunger_cost(&curve, d + 0.5));
}

static void debt_grows_by_a_ration_a_day_once_the_stock_is_gone(void **state)
{
    (void)state;
    world *w = village(5, 2);
    ab_arena *arena = ab__arena_new();
    ab_hunger *h = live(w, arena, NULL);
    const double expected[] = {0, 0, 1, 2, 3};
    for (int t = 0; t < 5; t++)
        assert_near(h->debt[t], expected[t]);
    assert_near(h->objective, 1000 * (1 + 2 + 3));
    assert_near(h->deficit_kcal_days_per_person, 2100 * (1 + 2 + 3));
    ab__arena_free(arena);
    free(w);
}

static void hungry_people_eat_a_quarter_more_until_the_debt_is_paid(void **state)
{
    (void)state;
    world *w = village(6, 0);
    ab_arena *arena = ab__arena_new();
    const double arrived[] = {0, 10, 0, 0, 0, 0};
    ab_hunger *h = live(w, arena, arrived);
    const double debt[] = {1, 0.75, 0.5, 0.25, 0, 0}, eaten[] = {0, 1.25, 1.25, 1.25, 1.25, 1};
    for (int t = 0; t < 6; t++) {
        assert_near(h->debt[t], debt[t]);
        assert_near(h->eaten[t], eaten[t]);
    }
    assert_near(h->left[5], 4);
    ab__arena_free(arena);
    free(w);
}

static void nobody_saves_food_for_a_day_that_others_foresee(void **state)
{
    (void)state;
    world *w = village(3, 0);
    ab_arena *arena = ab__arena_new();
    const double arrived[] = {1.5, 0, 0};
    ab_hunger *h = live(w, arena, arrived);
    assert_near(h->eaten[0], 1);
    assert_near(h->eaten[1], 0.5);
    assert_near(h->debt[2], 1.5);
    ab__arena_free(arena);
    free(w);
}

static void people_make_up_with_what_lasts_longest(void **state)
{
    (void)state;
    world *w = world_new(2);
    world_group(w, AB_CATEGORY_FOOD, "cereal", 1575);
    world_group(w, AB_CATEGORY_FOOD, "fat", 525);
    world_place(w, "upper", 1000);
    world_in_place(w, 0, 0, 9);
    world_in_place(w, 0, 1, 1.1);
    ab_arena *arena = ab__arena_new();
    ab_hunger *h = live(w, arena, NULL);
    assert_near(h->debt[0], 0);
    assert_near(h->eaten[2 + 1], 0.1);             /* fat runs out on the second day */
    assert_near(h->eaten[1], 1.25);                /* cereal fills in, up to its limit */
    assert_near(h->debt[1], 0.25 * 0.9 - 0.75 * 0.25);
    ab__arena_free(arena);
    free(w);
}

static void a_day_without_water_is_never_made_up(void **state)
{
    (void)state;
    world *w = world_new(3);
    world_group(w, AB_CATEGORY_WATER, "", 15);
    world_place(w, "upper", 1000);
    ab_arena *arena = ab__arena_new();
    const double arrived[] = {0, 5, 0};
    ab_hunger *h = live(w, arena, arrived);
    assert_near(h->eaten[1], 1);
    assert_near(h->eaten[2], 1);
    assert_near(h->objective, 1000 * 4 * 3.0); /* the first day counts to the end */
    assert_near(h->debt[2], 0);                /* and is no debt of food */
    ab__arena_free(arena);
    free(w);
}

static void arrive_at_random(const world *w, ab_arrivals *arrivals, uint64_t *seed, int32_t place, int32_t from)
{
    for (int32_t i = 0; i < 4; i++)
        ab__arrivals_add(arrivals, &w->op, &w->need, place, from + draw_below(seed, w->op.period_count - from),
                         draw_below(seed, w->need.commodity_count), 20000 * draw(seed));
}

static void assert_lives_as(const ab_hunger *found, const ab_hunger *expected, int32_t place)
{
    for (int64_t i = (int64_t)place * found->periods; i < (int64_t)(place + 1) * found->periods; i++) {
        assert_true(found->debt[i] == expected->debt[i]);
        assert_true(found->so_far[i] == expected->so_far[i]);
        assert_true(found->rations[i] == expected->rations[i]);
    }
    int64_t cells = (int64_t)found->groups * found->periods;
    for (int64_t i = place * cells; i < (place + 1) * cells; i++)
        assert_true(found->left[i] == expected->left[i] && found->eaten[i] == expected->eaten[i]);
    for (int64_t i = place * cells * AB_NUTRIENTS; i < (place + 1) * cells * AB_NUTRIENTS; i++)
        assert_true(found->pool[i] == expected->pool[i]);
}

/* Nothing before changes by what arrives later, so that one may live on from there, bit by bit. */
static void what_comes_later_changes_nothing_before(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed < 200; seed++) {
        uint64_t s = seed;
        world *w = random_world(seed, 3, 8);
        w->nutrient[AB_NUTRIENT_PROTEIN][0] = 110;
        w->nutrient[AB_NUTRIENT_FAT][2] = 1000;
        w->need.nutrient_g_per_person_day[AB_NUTRIENT_PROTEIN] = 50;
        w->need.nutrient_g_per_person_day[AB_NUTRIENT_FAT] = seed % 2 ? 40 : 0;
        ab_arena *arena = ab__arena_new();
        ab_hunger *lived = ab__hunger_new(arena, &w->op, &w->need), *whole = ab__hunger_new(arena, &w->op, &w->need);
        ab_hunger *tried = ab__hunger_new(arena, &w->op, &w->need);
        ab_arrivals arrivals;
        assert_true(ab__arrivals_new(&arrivals, arena, &w->op, &w->need));
        int32_t place = draw_below(&s, 3), from = draw_below(&s, 8);
        arrive_at_random(w, &arrivals, &s, place, 0);
        ab__hunger_live(lived, &w->op, &w->need, &arrivals);
        arrive_at_random(w, &arrivals, &s, place, from);
        ab__hunger_live(whole, &w->op, &w->need, &arrivals);
        ab__hunger_stand_as(tried, lived, place, from);
        double as_tried = ab__hunger_live_on(tried, &w->op, &w->need, &arrivals, place, from);
        assert_true(as_tried == ab__hunger_live_on(lived, &w->op, &w->need, &arrivals, place, from));
        assert_true(as_tried == ab__hunger_live_on(tried, &w->op, &w->need, &arrivals, place, 0));
        assert_lives_as(lived, whole, place);
        ab__arena_free(arena);
        free(w);
    }
}

/* The programme may eat as it likes; people cannot do better. */
static void the_bound_is_one_for_people_too(void **state)
{
    (void)state;
    world *w = village(6, 1);
    int32_t flour = world_commodity(w, "flour", 0, 3500), port = world_hub(w, "port");
    world_stock(w, port, flour, 1.2);
    world_offers(w, world_kind(w, world_vehicle(w, "truck", 1, 10), port, 0, 6), 1, 6, 1, 1);
    ab_plan *plan = world_plan(w);
    prove(w, plan);
    assert_near(plan->objective, plan->bound);
    assert_near(plan->standing[2].received_kg, 1200);
    assert_near(plan->standing[1].debt_ration_days, 1);
    assert_near(plan->standing[2].eaten_frac, 1.25);
    assert_near(plan->standing[3].eaten_frac, 0.75); /* 1,200 kg are two days' rations */
    assert_near(plan->standing[5].debt_if_nothing, 5);
    assert_near(plan->met_frac[2], 1);
    assert_near(plan->met_frac[3], 0.75);
    ab_plan_free(plan);
    free(w);
}

static void stock_is_told_by_the_food_that_ends_first(void **state)
{
    (void)state;
    world *w = world_new(2);
    world_group(w, AB_CATEGORY_FOOD, "cereal", 1600);
    world_group(w, AB_CATEGORY_FOOD, "fat", 500);
    world_place(w, "upper", 1000);
    world_in_place(w, 0, 0, 9);
    world_in_place(w, 0, 1, 3);
    ab_plan *plan = world_plan(w);
    assert_near(plan->standing[0].stock_s, 2 * 86400);
    assert_near(plan->standing[1].stock_s, 86400);
    ab_plan_free(plan);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_days_of_hunger_weigh_more),
        cmocka_unit_test(debt_grows_by_a_ration_a_day_once_the_stock_is_gone),
        cmocka_unit_test(hungry_people_eat_a_quarter_more_until_the_debt_is_paid),
        cmocka_unit_test(nobody_saves_food_for_a_day_that_others_foresee),
        cmocka_unit_test(people_make_up_with_what_lasts_longest),
        cmocka_unit_test(a_day_without_water_is_never_made_up),
        cmocka_unit_test(what_comes_later_changes_nothing_before),
        cmocka_unit_test(the_bound_is_one_for_people_too),
        cmocka_unit_test(stock_is_told_by_the_food_that_ends_first),
    };
    return cmocka_run_group_tests_name("plan/hunger", tests, NULL, NULL);
}
