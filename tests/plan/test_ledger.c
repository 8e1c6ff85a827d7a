/* What the limits still leave while a plan is made. */
#include "plan/proof.h"
#include "plan/random_world.h"

#include "base/arena.h"
#include "plan/ledger.h"
#include "plan/search.h"

static double least_from(const ab_ledger *ledger, int64_t stock, int32_t t)
{
    double least = INFINITY;
    for (int32_t s = t; s < ledger->model->periods; s++)
        least = fmin(least, ledger->at_hub_t[stock * ledger->model->periods + s]);
    return fmax(0, least);
}

static ab_model *model_of(world *w, ab_search *search)
{
    world_now = w;
    ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
    assert_int_equal(ab__search_start(search, model, NULL, NULL), AB_OK);
    return model;
}

static void what_is_promised_to_leave_is_not_spare(void **state)
{
    (void)state;
    for (uint64_t seed = 500; seed < 520; seed++) {
        uint64_t s = seed;
        world *w = random_world(seed, 3, 8);
        ab_search search;
        ab_ledger ledger;
        ab_model *model = model_of(w, &search);
        assert_true(ab__ledger_open(&ledger, model, search.x));
        for (int32_t i = 0; i < 20; i++) {
            int32_t hub = draw_below(&s, model->hubs), c = draw_below(&s, model->commodities), t = draw_below(&s, model->periods);
            double spare_t = ab__ledger_spare_t(&ledger, hub, c, t);
            ab__ledger_take_stock(&ledger, hub, c, t, spare_t * draw(&s));
            for (int32_t at = 0; at < model->periods; at++)
                assert_true(ab__ledger_spare_t(&ledger, hub, c, at) == least_from(&ledger, (int64_t)hub * model->commodities + c, at));
        }
        ab__model_free(model);
        free(w);
    }
}

/* Is any simple limit broken by what the ledger has? */
static bool is_broken(const ab_ledger *ledger)
{
    const ab_model *model = ledger->model;
    double *activity = AB_NEW(model->arena, double, ab__lp_rows(model->lp));
    bool broken = false;
    for (int32_t c = 0; c < ab__lp_cols(model->lp); c++) {
        ab_lp_entries e = ab__lp_entries(model->lp, c);
        for (int32_t i = 0; i < e.count; i++)
            activity[e.row[i]] += e.value[i] * ledger->x[c];
    }
    for (int32_t r = 0; r < ab__lp_rows(model->lp); r++)
        broken = broken || (ledger->row[r].part == AB_LEDGER_SIMPLE && activity[r] > ab__lp_row_hi(model->lp, r) + 1e-6);
    return broken;
}

/* Vehicles go one after the other, at random, as long as the ledger lets them. */
static void what_it_allows_breaks_no_limit(void **state)
{
    (void)state;
    int32_t gone = 0, refused = 0;
    for (uint64_t seed = 520; seed < 540; seed++) {
        uint64_t s = seed;
        world *w = random_world(seed, 3, 8);
        ab_search search;
        ab_ledger ledger;
        ab_model *model = model_of(w, &search);
        assert_true(ab__ledger_open(&ledger, model, search.x));
        for (int32_t i = 0; i < 100; i++) {
            const ab_offer_cols *cols = &model->offer[draw_below(&s, model->trips->offer_count)];
            if (cols->vehicles < 0 || cols->load_count == 0)
                continue;
            int32_t load = model->load.at[cols->first_load].col;
            double mass_t = ab__ledger_leaves(&ledger, load, 5);
            ab__ledger_bring(&ledger, cols->vehicles, 1);
            ab__ledger_bring(&ledger, load, mass_t);
            bool allowed = ab__ledger_allows(&ledger);
            assert_true(!allowed || ab__ledger_allows_one(&ledger, cols->vehicles));
            gone += allowed;
            refused += !allowed;
            if (!allowed)
                continue;
            ab__ledger_add(&ledger, cols->vehicles, 1);
            ab__ledger_add(&ledger, load, mass_t);
            assert_false(is_broken(&ledger));
        }
        ab__model_free(model);
        free(w);
    }
    assert_true(gone > 100 && refused > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_promised_to_leave_is_not_spare),
        cmocka_unit_test(what_it_allows_breaks_no_limit),
    };
    return cmocka_run_group_tests_name("plan/ledger", tests, NULL, NULL);
}
