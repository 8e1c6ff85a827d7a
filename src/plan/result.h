/* From the solution to the plan that is handed out. */
#ifndef PLAN_RESULT_H
#define PLAN_RESULT_H

#include "plan/hunger.h"
#include "plan/search.h"

/* trips.c: what goes, with what, at which cost. False: out of memory. */
bool ab__result_trips(const ab_search *search, ab_plan *plan);
/* standing.c: how places live by the plan's trips; `*with` is in the model's arena. */
bool ab__result_standing(const ab_search *search, ab_plan *plan, ab_hunger **with);
/* gaps.c: spans in which places go short, and why. NO_MEMORY only. */
ab_status ab__result_gaps(const ab_search *search, const ab_hunger *with, ab_plan *plan, ab_error *err);
/* infeasible.c: which commitments cannot be kept, by how much, and why. Solves anew. */
ab_status ab__result_infeasible(ab_search *search, ab_plan *plan, ab_error *err);

#endif
