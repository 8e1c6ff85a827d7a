/* The plan: a bound from a linear programme over offered trips, whole trips near it, and how places then
 * live. docs/models/plan.md has the model. */
#include "airbridge/plan.h"

#include <math.h>

#include "base/arena.h"
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

/* `*kept`: the commitments can be kept. */
static ab_status find_plan(ab_search *search, bool *kept, ab_error *err)
{
    ab_lp_outcome outcome = AB_LP_OPTIMAL;
    ab_status status = AB_OK;
    if (ab__search_goes_on(search, "relaxing"))
        status = ab__search_relax(search, &outcome, err);
    *kept = outcome != AB_LP_INFEASIBLE;
    if (status != AB_OK || !*kept)
        return status;
    if (search->model->before && !search->stopped && ab__search_goes_on(search, "keeping the plan before"))
        status = ab__search_follow(search, err);
    if (status == AB_OK && !search->stopped && ab__search_goes_on(search, "choosing whole trips"))
        status = ab__search_whole(search, err);
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

static void fill_bound(const ab_search *search, ab_plan *plan)
{
    double people = search->model->people;
    plan->bound = search->priced ? people * search->bound : 0;
    double change = plan->objective_if_nothing - plan->bound;
    double rise = fmax(0, plan->objective - plan->bound);
    plan->gap_frac = change > 1e-9 * (1 + plan->objective_if_nothing) ? rise / change : 0;
    plan->lp_rows = ab__lp_rows(search->model->lp);
    plan->lp_cols = ab__lp_cols(search->model->lp);
    plan->lp_nonzeros = ab__lp_nonzeros(search->model->lp);
    plan->interrupted = search->stopped;
}

static ab_status fill_plan(ab_search *search, bool kept, ab_plan *plan, ab_error *err)
{
    ab_hunger *with;
    ab_status status = AB_OK;
    if (kept)
        status = ab__search_check(search, err);
    else
        status = ab__result_infeasible(search, plan, err);
    if (status != AB_OK)
        return status;
    search->found = kept;
    if (kept && !ab__search_settle(search))
        return no_memory(err);
    if (!ab__result_trips(search, plan) || !ab__result_standing(search, plan, &with) ||
        !ab__result_gaps(search, with, plan))
        return no_memory(err);
    fill_bound(search, plan);
    return AB_OK;
}

static ab_status make_plan(ab_model *model, const ab_plan_options *options, ab_plan *plan, ab_error *err)
{
    ab_search search;
    bool kept;
    ab_status status = ab__search_start(&search, model, options, err);
    if (status == AB_OK)
        status = find_plan(&search, &kept, err);
    if (status == AB_OK)
        status = fill_plan(&search, kept, plan, err);
    return status;
}

ab_status ab_plan_make(const ab_operation *op, const ab_need *need, const ab_access *access,
                       const ab_routes *routes, const ab_trips *trips, const ab_plan_options *options,
                       ab_plan **out, ab_error *err)
{
    *out = NULL;
    ab_model *model = ab__model_again(op, need, access, routes, trips, options ? options->previous : NULL);
    ab_arena *arena = ab__arena_new();
    ab_plan *plan = arena ? AB_NEW(arena, ab_plan, 1) : NULL;
    ab_status status = model && plan ? AB_OK : no_memory(err);
    if (status == AB_OK) {
        plan->arena = arena;
        status = make_plan(model, options, plan, err);
    }
    ab__model_free(model);
    if (status != AB_OK) {
        ab__arena_free(arena);
        return status;
    }
    *out = plan;
    return AB_OK;
}

void ab_plan_free(ab_plan *plan)
{
    if (plan)
        ab__arena_free(plan->arena);
}
