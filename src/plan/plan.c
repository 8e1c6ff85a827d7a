/* The plan: a bound from a linear programme over offered trips, whole trips near it, and how places then
 * live. docs/models/plan.md has the model. */
#include "airbridge/plan.h"

#include <math.h>

#include "base/arena.h"
#include "plan/greedy.h"
#include "plan/result.h"

static ab_status no_memory(ab_error *err)
{
    return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan was made");
}

/* Stopped before there was any plan: what was promised is still planned, and nothing else. */
static ab_status keep_promises(ab_search *search, ab_error *err)
{
    ab_lp_outcome outcome;
    ab__search_open_promised(search);
    ab__search_weigh(search, 1, search->usd_weight);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_whole(search, err);
    return status;
}

static ab_status relax(ab_search *search, ab_lp_outcome *outcome, ab_error *err)
{
    double start_s = ab__search_seconds();
    ab_status status = ab__search_relax(search, outcome, err);
    search->relax_s = ab__search_seconds() - start_s;
    return status;
}

/* `*kept`: the commitments can be kept. */
static ab_status find_plan(ab_search *search, bool *kept, ab_error *err)
{
    ab_lp_outcome outcome = AB_LP_OPTIMAL;
    ab_status status = AB_OK;
    if (ab__greedy_can(search->model) && ab__search_goes_on(search, "a first plan"))
        status = ab__search_fill(search, NULL, err);
    if (status == AB_OK && search->model->before && ab__search_goes_on(search, "the plan before"))
        status = ab__search_begin_before(search, err);
    if (status == AB_OK && ab__search_goes_on(search, "relaxing"))
        status = relax(search, &outcome, err);
    *kept = outcome != AB_LP_INFEASIBLE;
    if (status != AB_OK || !*kept)
        return status;
    if (search->model->before && !search->stopped && ab__search_goes_on(search, "keeping the plan before"))
        status = ab__search_follow(search, err);
    if (search->stays)
        return status;
    if (status == AB_OK && search->large && ab__search_goes_on(search, "a plan near the bound"))
        status = ab__search_fill(search, search->relaxed, err);
    else if (status == AB_OK && !search->stopped && ab__search_goes_on(search, "choosing whole trips"))
        status = ab__search_whole(search, err);
    if (search->large)
        return status;
    if (status == AB_OK && search->found && ab__search_goes_on(search, "improving"))
        status = ab__search_improve(search, err);
    if (status == AB_OK && search->found && ab__search_goes_on(search, "cutting cost"))
        status = ab__search_cut_cost(search, err);
    if (status == AB_OK && search->found && !search->stopped)
        status = ab__search_drop_sacks(search, err);
    if (status == AB_OK && search->found && !search->stopped)
        status = ab__search_keep_loads(search, err);
    if (status == AB_OK && !search->found)
        status = keep_promises(search, err);
    *kept = search->found;
    return status;
}

/* Hunger, floor and dollars together. */
static void fill_gap_of_all(const ab_search *search, ab_plan *plan)
{
    double people = search->model->people, weight = search->usd_weight * people;
    double all = plan->objective + weight * (plan->trip_usd + plan->canopy_usd + plan->convoy_usd + plan->cargo_usd);
    double bound = people * search->bound_all, change = plan->objective_if_nothing - bound;
    bool known = search->bound_all > 0 && change > 1e-9 * (1 + plan->objective_if_nothing);
    plan->gap_all_frac = known ? fmax(0, all - bound) / change : NAN;
}

static void fill_bound(const ab_search *search, ab_plan *plan)
{
    double people = search->model->people;
    plan->bound = search->priced ? people * search->bound : 0;
    /* Whole packages may take a place past its cover, and the plan past the bound of plans that keep to it. */
    if (!plan->infeasible)
        plan->bound = fmin(plan->bound, plan->objective);
    double rise = fmax(0, plan->objective - plan->bound);
    plan->gap_frac = search->change > 1e-9 * (1 + search->nothing) ? rise / (people * search->change) : 0;
    plan->hunger_change = people * search->change;
    fill_gap_of_all(search, plan);
    plan->lp_rows = ab__lp_rows(search->model->lp);
    plan->lp_cols = ab__lp_cols(search->model->lp);
    plan->lp_nonzeros = ab__lp_nonzeros(search->model->lp);
    plan->interrupted = search->stopped;
    plan->trips_kept = 0;
    for (int32_t o = 0; o < search->model->trips->offer_count; o++)
        plan->trips_kept += search->model->offer[o].vehicles >= 0;
}

/* Vehicles that cost by the day cost whether they go or not: a budget below that is no budget. */
static bool is_affordable(const ab_model *model, ab_plan *plan)
{
    double budget_usd = model->op->settings->budget_usd;
    if (isnan(budget_usd) || budget_usd >= model->fixed_usd)
        return true;
    plan->infeasible = true;
    plan->reason = ab__arena_printf(plan->arena,
                                    "budget_usd is %.0f USD, and the vehicles cost %.0f USD by the day, used or not. The smallest "
                                    "change: %.0f USD more, or vehicles for so much given back",
                                    budget_usd, model->fixed_usd, ceil(model->fixed_usd - budget_usd));
    return false;
}

static ab_status fill_plan(ab_search *search, bool kept, ab_plan *plan, ab_error *err)
{
    ab_hunger *with;
    ab_status status = AB_OK;
    if (kept)
        status = ab__search_check(search, err);
    else if (!plan->infeasible)
        status = ab__result_infeasible(search, plan, err);
    if (status != AB_OK)
        return status;
    search->found = kept;
    if (kept && !ab__search_settle(search))
        return no_memory(err);
    if (!ab__result_trips(search, plan) || !ab__result_standing(search, plan, &with))
        return no_memory(err);
    status = ab__result_gaps(search, with, plan, err);
    fill_bound(search, plan);
    return status;
}

static ab_status make_plan(ab_model *model, const ab_plan_options *options, ab_plan *plan, ab_error *err)
{
    ab_search search = {.relax_s = 0};
    bool kept = false;
    double start_s = ab__search_seconds();
    ab_status status = AB_OK;
    if (options && options->model_text)
        status = ab__model_tell(model, options, err);
    if (status == AB_OK)
        status = ab__search_start(&search, model, options, err);
    if (status == AB_OK && is_affordable(model, plan))
        status = find_plan(&search, &kept, err);
    if (status == AB_OK)
        status = fill_plan(&search, kept, plan, err);
    plan->relax_s = search.relax_s;
    plan->whole_s = ab__search_seconds() - start_s - search.relax_s;
    return status;
}

ab_status ab_plan_make(const ab_operation *op, const ab_need *need, const ab_access *access,
                       const ab_routes *routes, const ab_trips *trips, const ab_plan_options *options,
                       ab_plan **out, ab_error *err)
{
    *out = NULL;
    double start_s = ab__search_seconds();
    ab_model *model = ab__model_again(op, need, access, routes, trips, options ? options->previous : NULL);
    ab_arena *arena = ab__arena_new();
    ab_plan *plan = arena ? AB_NEW(arena, ab_plan, 1) : NULL;
    ab_status status = model && plan ? AB_OK : no_memory(err);
    if (status == AB_OK) {
        plan->arena = arena;
        plan->build_s = ab__search_seconds() - start_s;
        status = make_plan(model, options, plan, err);
    }
    ab__model_free(model);
    if (status != AB_OK) {
        ab__arena_free(arena);
        return status;
    }
    plan->solve_s = ab__search_seconds() - start_s;
    *out = plan;
    return AB_OK;
}

void ab_plan_free(ab_plan *plan)
{
    if (plan)
        ab__arena_free(plan->arena);
}
