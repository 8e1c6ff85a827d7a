/* The plan that needs no solver: it breaks no limit, and it is a good part of what the search finds. */
#include "plan/proof.h"
#include "plan/random_world.h"

#include "base/arena.h"
#include "plan/greedy.h"

/* With the vehicles of the greedy, the programme's rows hold: each world is also proved as a plan. */
static void it_breaks_no_limit(void **state)
{
    (void)state;
    int32_t count = 0;
    for (uint64_t seed = 900; seed < 940; seed++) {
        world *w = random_world(seed, 3, 8);
        ab_search search;
        world_now = w;
        ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
        assert_int_equal(ab__search_start(&search, model, NULL, NULL), AB_OK);
        if (ab__greedy_can(model)) {
            ab__search_open_all(&search);
            assert_int_equal(ab__search_fill(&search, NULL, NULL), AB_OK);
            assert_true(search.found);
            ab_error err = AB_ERROR_INIT;
            if (ab__search_check(&search, &err) != AB_OK)
                fail_msg("seed %d: %s", (int)seed, err.message);
            assert_at_most(search.hunger, search.nothing);
            count++;
        }
        ab__model_free(model);
        free(w);
    }
    assert_true(count > 10);
}

/* Of what a plan can change, most is done by it alone. */
static void it_does_most_of_what_can_be_done(void **state)
{
    (void)state;
    double left = 0;
    int32_t count = 0;
    for (uint64_t seed = 960; seed < 980; seed++) {
        world *w = random_world(seed, 3, 8);
        ab_search search;
        ab_lp_outcome outcome;
        world_now = w;
        ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
        assert_int_equal(ab__search_start(&search, model, NULL, NULL), AB_OK);
        if (ab__greedy_can(model)) {
            ab__search_open_all(&search);
            assert_int_equal(ab__search_fill(&search, NULL, NULL), AB_OK);
            double hunger = search.hunger;
            assert_int_equal(ab__search_relax(&search, &outcome, NULL), AB_OK);
            assert_at_most(search.bound, hunger);
            left += ab__search_gap_frac(&search, hunger);
            count++;
        }
        ab__model_free(model);
        free(w);
    }
    assert_true(count > 5);
    assert_at_most(left / count, 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_breaks_no_limit),
        cmocka_unit_test(it_does_most_of_what_can_be_done),
    };
    return cmocka_run_group_tests_name("plan/greedy", tests, NULL, NULL);
}
