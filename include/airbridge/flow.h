/* flow: the order of the stages; the one place that knows the whole way. */
#ifndef AIRBRIDGE_FLOW_H
#define AIRBRIDGE_FLOW_H

#include "airbridge/operation.h"
#include "airbridge/plan.h"
#include "airbridge/ration.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A result in memory: what ab_result_write writes and the summary shows. */
typedef struct ab_result ab_result;

/* Runs need, access, route, trips and plan. `op` must outlive the result. An infeasible plan is a
 * result (its status AB_INFEASIBLE is returned and *out is set, with the reason). */
AB_API ab_status ab_flow_plan(const ab_operation *op, const ab_plan_options *options, ab_result **out, ab_error *err);

/* Chooses a ration. `*into` (NULL: not wanted) becomes the operation's tables with that ration: the needs and prices
 * of its food commodities, commodities for foods that have none, and what is bought as stock where it is bought; freed
 * with ab_book_free, and left NULL without a ration. Where no ration gives all that is asked, *out is set, with the
 * nearest one and the reason, and the status is AB_INFEASIBLE; else fails as ab_ration_make does. */
AB_API ab_status ab_flow_ration(const ab_operation *op, const ab_ration_options *options, ab_result **out,
                                ab_book **into, ab_error *err);

AB_API void ab_result_free(ab_result *result);

/* Seconds that making the plan took: for people to see; no table of the result holds it. */
AB_API double ab_result_solve_s(const ab_result *result);

/* The result's tables, rows of ab_result_schema(). */
AB_API ab_data ab_result_data(const ab_result *result);

#ifdef __cplusplus
}
#endif
#endif
