/* How good a plan is: against its bound, against every other plan, against itself with rows in another
 * order, with more in stock, stopped early, or short of memory. */
#include "plan/proof.h"
#include "plan/random_world.h"

#include "base/arena.h"
#include "plan/greedy.h"
#include "plan/search.h"

/* ---- The programme ------------------------------------------------------------------------------------- */

/* Columns are made only where prices ask for them; the value is that of the whole programme. */
static void a_part_of_the_offers_gives_the_bound_of_all(void **state)
{
    (void)state;
    for (uint64_t seed = 500; seed < 512; seed++) {
        world *w = random_world(seed, 4, 8);
        ab_search search;
        ab_lp_outcome outcome;
        world_now = w;
        ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
        assert_int_equal(ab__search_start(&search, model, NULL, NULL), AB_OK);
        assert_int_equal(ab__search_relax(&search, &outcome, NULL), AB_OK);
        ab__search_open_all(&search);
        ab__search_weigh(&search, 1, 0);
        assert_int_equal(ab__search_solve(&search, &outcome, NULL), AB_OK);
        assert_near(search.bound, ab__search_hunger(&search, ab__lp_x(model->lp)));
        ab__model_free(model);
        free(w);
    }
}

/* A way that is worse in every respect is left out; one that may be needed beside another is not. */
static void ways_that_serve_no_better_are_left_out(void **state)
{
    (void)state;
    static const int32_t narrow[] = {0};
    world *w = random_world(1, 1, 4);
    w->trips.kind_count = w->trips.offer_count = 0;
    w->road[w->op.roads.count++] = (ab_road){.id = "r", .capacity_kg_per_day = NAN};
    for (int i = 0; i < 3; i++) {
        w->path[w->routes.path_count++] = (ab_path){.hub = 0, .place = 0, .road_count = 1, .road = narrow};
        int32_t kind = world_kind(w, 0, 0, 0, i == 0 ? 6 : 8);
        w->kind[kind].path = i;
        world_offers(w, kind, 0, 4, 0, i == 2 ? 0.95 : 0.9);
    }
    world_now = w;
    ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
    assert_true(model->offer[0].vehicles >= 0);  /* the shortest */
    assert_true(model->offer[4].vehicles < 0);   /* longer and no surer */
    assert_true(model->offer[8].vehicles >= 0);  /* longer but surer */
    ab__model_free(model);
    w->road[0].capacity_kg_per_day = 1000;
    model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
    assert_true(model->offer[4].vehicles >= 0);  /* the first road may fill up */
    ab__model_free(model);
    free(w);
}

/* ---- Against every other plan -------------------------------------------------------------------------- */

typedef struct trial {
    ab_search *search;
    double best;
} trial;

/* Tries every whole number of vehicles of the columns from `i` on; loads follow by the programme. */
static void try_all(trial *t, int32_t i)
{
    ab_model *model = t->search->model;
    ab_lp_outcome outcome;
    if (i == model->whole.count) {
        assert_int_equal(ab__search_solve(t->search, &outcome, NULL), AB_OK);
        if (outcome == AB_LP_OPTIMAL)
            t->best = fmin(t->best, ab__search_hunger(t->search, ab__lp_x(model->lp)));
        return;
    }
    int32_t col = model->whole.at[i];
    double hi = ab__lp_col_hi(model->lp, col);
    for (double n = 0; n <= hi; n++) {
        ab__lp_col_bounds(model->lp, col, n, n);
        try_all(t, i + 1);
    }
    ab__lp_col_bounds(model->lp, col, 0, hi);
}

/* By the programme's eating, which knows what comes: people's own is reported, and is no better. */
static double hunger_found(ab_model *model)
{
    ab_search search;
    ab_lp_outcome outcome;
    assert_int_equal(ab__search_start(&search, model, NULL, NULL), AB_OK);
    assert_int_equal(ab__search_relax(&search, &outcome, NULL), AB_OK);
    assert_int_equal(ab__search_whole(&search, NULL), AB_OK);
    assert_int_equal(ab__search_improve(&search, NULL), AB_OK);
    assert_int_equal(ab__search_cut_cost(&search, NULL), AB_OK);
    assert_int_equal(ab__search_check(&search, NULL), AB_OK);
    assert_true(search.found);
    return search.hunger;
}

static void no_other_whole_plan_is_much_better(void **state)
{
    (void)state;
    for (uint64_t seed = 600; seed < 612; seed++) {
        world *w = random_world(seed, 1, 3);
        w->vehicle[0].count = 2;
        w->vehicle[0].duty_s_per_day = w->kind[0].cycle_s;
        w->link[0].capacity_kg_per_day = 0;
        ab_plan *plan = world_plan(w);
        prove(w, plan);
        ab_search search;
        ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
        double found = hunger_found(model);
        ab__model_free(model);
        model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
        assert_int_equal(ab__search_start(&search, model, NULL, NULL), AB_OK);
        ab__search_open_all(&search);
        ab__search_weigh(&search, 1, 0);
        trial t = {&search, INFINITY};
        try_all(&t, 0);
        double change = (plan->objective_if_nothing - plan->bound) / model->people;
        assert_at_most(plan->bound, t.best * model->people);
        assert_at_most(t.best, found);
        assert_at_most(found, t.best + 0.01 * change);
        ab__model_free(model);
        ab_plan_free(plan);
        free(w);
    }
}

/* ---- Against itself ------------------------------------------------------------------------------------ */

/* Places and their kinds in reverse order; offers follow their kinds. */
static world *reversed(const world *w)
{
    world *r = world_new(w->op.period_count);
    memcpy(r, w, sizeof *r);
    int32_t places = w->op.places.count, groups = w->need.group_count, kinds = w->trips.kind_count;
    world_point(r);
    for (int32_t p = 0; p < places; p++) {
        r->place[p] = w->place[places - 1 - p];
        r->people[p] = w->people[places - 1 - p];
        for (int32_t g = 0; g < groups; g++)
            r->in_place[p * groups + g] = w->in_place[(places - 1 - p) * groups + g];
    }
    int32_t offers = 0;
    for (int32_t k = 0; k < kinds; k++) {
        r->kind[k] = w->kind[kinds - 1 - k];
        r->kind[k].place = places - 1 - r->kind[k].place;
        for (int32_t o = 0; o < w->trips.offer_count; o++)
            if (w->offer[o].kind == kinds - 1 - k) {
                r->offer[offers] = w->offer[o];
                r->offer[offers++].kind = k;
            }
    }
    for (int32_t b = 0; b < r->binding_count; b++)
        r->binding[b].place = places - 1 - r->binding[b].place;
    return r;
}

static void the_order_of_rows_does_not_matter(void **state)
{
    (void)state;
    for (uint64_t seed = 700; seed < 706; seed++) {
        world *w = random_world(seed, 3, 5), *r = reversed(w);
        ab_plan *plan = world_plan(w), *other = world_plan(r);
        prove(r, other);
        assert_near(plan->bound, other->bound);
        assert_near(plan->objective_if_nothing, other->objective_if_nothing);
        /* Two searches may end in two whole plans. */
        assert_at_most(fabs(plan->objective - other->objective), 0.05 * (plan->objective_if_nothing - plan->bound));
        ab_plan_free(plan);
        ab_plan_free(other);
        free(w);
        free(r);
    }
}

static void the_same_world_gives_the_same_plan(void **state)
{
    (void)state;
    world *w = random_world(710, 3, 6);
    ab_plan *a = world_plan(w), *b = world_plan(w);
    assert_int_equal(a->chosen_count, b->chosen_count);
    assert_memory_equal(a->chosen, b->chosen, (size_t)a->chosen_count * sizeof *a->chosen);
    for (int32_t i = 0; i < a->load_count; i++)
        assert_true(a->load[i].mass_kg == b->load[i].mass_kg);
    assert_true(a->objective == b->objective && a->bound == b->bound);
    ab_plan_free(a);
    ab_plan_free(b);
    free(w);
}

static void more_stock_more_trucks_more_leave_never_mean_more_hunger(void **state)
{
    (void)state;
    for (uint64_t seed = 720; seed < 726; seed++) {
        world *w = random_world(seed, 2, 5);
        ab_plan *plan = world_plan(w);
        for (int i = 0; i < 3; i++) {
            if (i == 0)
                for (int32_t s = 0; s < w->op.stocks.count; s++)
                    w->stock[s].mass_kg *= 1.5;
            else if (i == 1)
                w->vehicle[0].count += 2;
            else
                w->agreement[0].quota_trips_per_day += 2;
            ab_plan *richer = world_plan(w);
            assert_at_most(richer->bound, plan->bound);
            double slack = 0.05 * (plan->objective_if_nothing - plan->bound);
            assert_at_most(richer->objective, plan->objective + slack);
            ab_plan_free(plan);
            plan = richer;
        }
        ab_plan_free(plan);
        free(w);
    }
}

/* ---- Stopped early ------------------------------------------------------------------------------------- */

typedef struct patience {
    int left;
    int calls;
} patience;

static bool lose_patience(void *context, const char *stage, double bound, double best, double gap_frac)
{
    patience *p = context;
    assert_non_null(stage);
    assert_true(best >= bound - 1e-6 * (1 + fabs(bound)) && gap_frac >= -1e-9);
    p->calls++;
    return p->left-- > 0;
}

static void stopped_at_any_time_the_plan_is_valid_and_keeps_its_promises(void **state)
{
    (void)state;
    world *w = random_world(730, 3, 5);
    ab_commitment *c = world_commitment(w, "c1", AB_LOCK_AT_LEAST);
    c->place = 0;
    c->vehicle = 0;
    c->trips = 1;
    bool finished = false;
    for (int left = 0; !finished; left++) {
        patience p = {left, 0};
        ab_plan_options options = {.progress = lose_patience, .context = &p};
        ab_plan *plan = world_plan_with(w, &options);
        prove(w, plan);
        assert_true(world_vehicles(w, plan, 0, 0, -1) >= 1);
        finished = !plan->interrupted;
        assert_true(plan->interrupted == (p.left < 0));
        ab_plan_free(plan);
    }
    free(w);
}

/* What a place eats in a plan, of the floor; 0 where it has none. */
static double eaten_of_floor(const ab_search *search, int32_t place)
{
    const ab_model *model = search->model;
    int32_t row = model->floor_row[place];
    double eaten = 0;
    for (int32_t c = 0; model->floor_col[place] >= 0 && c < ab__lp_cols(model->lp); c++) {
        ab_lp_entries e = ab__lp_entries(model->lp, c);
        for (int32_t i = 0; c != model->floor_col[place] && i < e.count; i++)
            eaten += e.row[i] == row ? e.value[i] * search->x[c] : 0;
    }
    return model->floor_col[place] < 0 ? 0 : eaten / ab__lp_row_lo(model->lp, row);
}

static ab_model *greedy_plan(world *w, ab_search *search)
{
    world_now = w;
    ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
    assert_int_equal(ab__search_start(search, model, NULL, NULL), AB_OK);
    assert_true(ab__greedy_can(model));
    ab__search_open_all(search);
    assert_int_equal(ab__search_fill(search, NULL, NULL), AB_OK);
    return model;
}

/* A plan that was found before the aim was raised over the floor owes what it is short of since, and stays one that keeps all rows. */
static void what_was_found_before_the_aim_owes_the_difference(void **state)
{
    (void)state;
    int32_t owing = 0;
    for (uint64_t seed = 900; seed < 940; seed++) {
        world *w = random_world(seed, 1, 8);
        ab_search search;
        ab_lp_outcome outcome;
        ab_error err = AB_ERROR_INIT;
        /* A floor a little under what the greedy plan gives. */
        w->settings.floor_frac = 0.02;
        ab_model *model = greedy_plan(w, &search);
        w->settings.floor_frac *= eaten_of_floor(&search, 0) / 1.005;
        ab__model_free(model);
        if (w->settings.floor_frac > 0) {
            model = greedy_plan(w, &search);
            double owed_before = search.x[model->floor_col[0]];
            assert_int_equal(ab__search_relax(&search, &outcome, NULL), AB_OK);
            if (ab__search_check(&search, &err) != AB_OK)
                fail_msg("seed %d: %s", (int)seed, err.message);
            assert_near(search.hunger, ab__search_hunger(&search, search.x));
            owing += search.x[model->floor_col[0]] > owed_before + 1e-9;
            ab__model_free(model);
        }
        free(w);
    }
    assert_true(owing > 0);
}

/* What closed offers could gain is no less than the best use of all that vehicles may do, and no more than each by itself. */
static void what_is_unopened_is_no_less_than_could_be_gained(void **state)
{
    (void)state;
    int32_t bound_by_hours = 0;
    for (uint64_t seed = 760; seed < 790; seed++) {
        world *w = random_world(seed, 4, 6);
        world_now = w;
        ab_model *model = ab__model_new(&w->op, &w->need, NULL, &w->routes, &w->trips);
        assert_int_equal(ab__lp_pack(model->lp, NULL), AB_OK);
        ab_lp *best = ab__lp_new();
        ab_lp_outcome outcome;
        double *gain = AB_NEW(model->arena, double, w->trips.offer_count), each = 0, told;
        int32_t *row = AB_NEW(model->arena, int32_t, ab__lp_rows(model->lp));
        for (int32_t r = 0; r < ab__lp_rows(model->lp); r++)
            row[r] = model->limit.at[r].reason == AB_REASON_VEHICLES_BUSY && ab__lp_row_lo(model->lp, r) <= -AB_LP_INFINITY
                         ? ab__lp_row(best, -AB_LP_INFINITY, ab__lp_row_hi(model->lp, r))
                         : -1;
        for (int32_t o = 0; o < w->trips.offer_count; o++) {
            if (model->offer[o].vehicles < 0)
                continue;
            gain[o] = (double)((seed * 7919 + (uint64_t)o * 104729) % 1000) / 1000;
            each += gain[o] * model->offer[o].most;
            int32_t col = ab__lp_col(best, 0, model->offer[o].most, -gain[o]);
            ab_lp_entries e = ab__lp_entries(model->lp, model->offer[o].vehicles);
            for (int32_t i = 0; i < e.count; i++)
                if (row[e.row[i]] >= 0)
                    ab__lp_at(best, row[e.row[i]], col, e.value[i]);
        }
        assert_int_equal(ab__lp_solve(best, &outcome, NULL), AB_OK);
        assert_int_equal(outcome, AB_LP_OPTIMAL);
        assert_true(ab__search_unopened(model, gain, model->arena, &told));
        assert_true(told >= -ab__lp_objective(best) - 1e-9 * (1 + each));
        assert_true(told <= each + 1e-9 * (1 + each));
        bound_by_hours += told < 0.9 * each;
        ab__lp_free(best);
        ab__model_free(model);
        free(w);
    }
    assert_true(bound_by_hours > 5);
}

static void out_of_time_is_interrupted_with_a_plan(void **state)
{
    (void)state;
    world *w = random_world(731, 3, 5);
    ab_plan_options options = {.time_limit_s = 1e-9};
    ab_plan *plan = world_plan_with(w, &options);
    prove(w, plan);
    assert_true(plan->interrupted);
    ab_plan_free(plan);
    options.time_limit_s = 3600;
    plan = world_plan_with(w, &options);
    assert_false(plan->interrupted);
    ab_plan_free(plan);
    free(w);
}

/* ---- Short of memory ------------------------------------------------------------------------------------ */

static void want_of_memory_is_reported_and_leaks_nothing(void **state)
{
    (void)state;
    world *w = random_world(740, 1, 3);
    world_now = w;
    bool finished = false;
    for (int64_t nth = 1; !finished; nth += 1 + nth / 20) {
        ab_plan *plan = NULL;
        ab__fail_allocation(nth);
        ab_status status = ab_plan_make(&w->op, &w->need, NULL, &w->routes, &w->trips, NULL, &plan, NULL);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || status == AB_NO_MEMORY);
        assert_true((status == AB_OK) == (plan != NULL));
        finished = status == AB_OK;
        ab_plan_free(plan);
    }
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_of_the_offers_gives_the_bound_of_all),
        cmocka_unit_test(ways_that_serve_no_better_are_left_out),
        cmocka_unit_test(no_other_whole_plan_is_much_better),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(the_same_world_gives_the_same_plan),
        cmocka_unit_test(more_stock_more_trucks_more_leave_never_mean_more_hunger),
        cmocka_unit_test(stopped_at_any_time_the_plan_is_valid_and_keeps_its_promises),
        cmocka_unit_test(what_was_found_before_the_aim_owes_the_difference),
        cmocka_unit_test(what_is_unopened_is_no_less_than_could_be_gained),
        cmocka_unit_test(out_of_time_is_interrupted_with_a_plan),
        cmocka_unit_test(want_of_memory_is_reported_and_leaks_nothing),
    };
    return cmocka_run_group_tests_name("plan/search", tests, NULL, NULL);
}
