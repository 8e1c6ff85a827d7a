/* The drops that a plan may count on. */
#ifndef FLOW_PLAN_DROPS_H
#define FLOW_PLAN_DROPS_H

#include "airbridge/drop.h"
#include "airbridge/plan.h"

typedef struct ab_plan_drops {
    ab_airdrops all;    /* of each period for which a wind is known, at its middle; freed with this */
    ab_airdrops **set;  /* [sets] what those were copied from */
    int32_t sets;
    int32_t unjudged;   /* periods in which no wind is known for some drop, which then goes by the record alone */
    struct ab_arena *arena;
} ab_plan_drops;

/* By the wind as it will be known on the day, from the file or the table. Where the operation drops nothing, or no wind is known, there are none.
 * Of `options` (NULL: AB_PLAN_OPTIONS_INIT) folder, allow_outside and issues are heeded. Fails as ab__drop_files_read and ab_airdrops_make do. */
ab_status ab__plan_drops_make(const ab_operation *op, const ab_access *access, const ab_plan_options *options, ab_plan_drops *out,
                              ab_error *err);
void ab__plan_drops_free(ab_plan_drops *drops);

#endif
