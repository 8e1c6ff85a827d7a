/* The whole way from an operation to a plan. */
#include "airbridge/flow.h"

#include "flow/plan_drops.h"
#include "flow/result.h"

static bool fill_tables(ab_result *result, const ab_stages *stages)
{
    return ab__table_needs(result, stages) && ab__table_reach(result, stages) &&
           ab__table_trips(result, stages) && ab__table_lots(result, stages) && ab__table_outcomes(result, stages) &&
           ab__table_worlds(result, stages) &&
           ab__table_changes(result, stages) &&
           ab__table_standing(result, stages) &&
           ab__table_totals(result, stages) && ab__table_summary(result, stages) &&
           ab__table_provenance(result, stages);
}

static ab_status make_result(const ab_stages *stages, ab_result **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_result *result = arena ? AB_NEW(arena, ab_result, 1) : NULL;

    if (result)
        result->arena = arena;
    if (!result || !fill_tables(result, stages)) {
        ab_result_free(result);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the result's tables were made");
    }
    *out = result;
    if (stages->plan->infeasible)
        return ab_fail(err, AB_INFEASIBLE, "%s", stages->plan->reason);
    return AB_OK;
}

static double people_of(const ab_need *need, const ab_operation *op)
{
    double people = 0;
    for (int32_t p = 0; p < op->places.count; p++)
        people += need->people[p];
    return people;
}

/* `before` may be NULL. */
static ab_status run_stages(const ab_operation *op, const ab_before *before, const ab_plan_options *options,
                            ab_result **out, ab_error *err)
{
    ab_need *need = NULL;
    ab_access *access = NULL;
    ab_routes *routes = NULL;
    ab_trips *trips = NULL;
    ab_plan *plan = NULL;
    ab_loading *loading = NULL;
    ab_plan_drops drops = {.sets = 0};
    ab_verdicts verdicts = {.count = 0};

    *out = NULL;
    ab_status status = ab_need_make(op, &need, err);
    if (status == AB_OK)
        status = ab_access_make(op, &access, err);
    if (status == AB_OK)
        status = ab_routes_make(op, &routes, err);
    if (status == AB_OK)
        status = ab__plan_drops_make(op, access, options, &drops, err);
    if (status == AB_OK)
        status = ab_trips_make(op, access, routes, &drops.all, &trips, err);
    if (status == AB_OK)
        status = ab_plan_make(op, need, access, routes, trips, options, &plan, err);
    if (status == AB_OK || (status == AB_INFEASIBLE && plan))
        status = ab_loading_make(op, access, routes, trips, plan, &loading, err);
    if (loading) {
        ab_stages stages = {op, need, access, routes, trips, plan, loading, before, drops.unjudged, NULL};
        bool judged = options && options->worlds > 0 && !plan->infeasible;
        ab_status known = judged ? ab__verdicts_make(&stages, &drops.all, options, &verdicts, err) : AB_OK;
        stages.verdicts = judged ? &verdicts : NULL;
        status = known == AB_OK ? make_result(&stages, out, err) : known;
        if (*out) {
            (*out)->solve_s = plan->solve_s;
            ab__verdicts_choose(&verdicts, people_of(need, op), *out);
        }
    }
    ab__verdicts_free(&verdicts);
    ab_loading_free(loading);
    ab_plan_free(plan);
    ab_trips_free(trips);
    ab__plan_drops_free(&drops);
    ab_routes_free(routes);
    ab_access_free(access);
    ab_need_free(need);
    return status;
}

ab_status ab_flow_plan(const ab_operation *op, const ab_plan_options *options, ab_result **out,
                       ab_error *err)
{
    return run_stages(op, NULL, options, out, err);
}

ab_status ab_flow_replan(const ab_before *before, const ab_plan_options *options, ab_result **out,
                         ab_error *err)
{
    ab_plan_options again = AB_PLAN_OPTIONS_INIT;

    if (options)
        again = *options;
    again.previous = &before->previous;
    return run_stages(before->op, before, &again, out, err);
}

void ab_result_free(ab_result *result)
{
    if (!result)
        return;
    ab_trip_changes_free(result->changes);
    ab__arena_free(result->arena);
}

double ab_result_solve_s(const ab_result *result)
{
    return result->solve_s;
}

ab_data ab_result_data(const ab_result *result)
{
    return (ab_data){ab_result_schema(), result->rows};
}
