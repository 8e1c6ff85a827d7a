/* flow: the order of the stages; the one place that knows the whole way. */
#ifndef AIRBRIDGE_FLOW_H
#define AIRBRIDGE_FLOW_H

#include "airbridge/operation.h"
#include "airbridge/plan.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A result in memory: what ab_result_write writes and the summary shows. */
typedef struct ab_result ab_result;

/* Runs need, access, route, trips and plan. `op` must outlive the result. An infeasible plan is a
 * result (its status AB_INFEASIBLE is returned and *out is set, with the reason). */
AB_API ab_status ab_flow_plan(const ab_operation *op, const ab_plan_options *options, ab_result **out, ab_error *err);
AB_API void ab_result_free(ab_result *result);

/* The result's tables, rows of ab_result_schema(). */
AB_API ab_data ab_result_data(const ab_result *result);

#ifdef __cplusplus
}
#endif
#endif
