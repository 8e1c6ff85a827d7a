/* The drops that a plan may count on. */
#ifndef FLOW_PLAN_DROPS_H
#define FLOW_PLAN_DROPS_H

#include "airbridge/drop.h"

typedef struct ab_plan_drops {
    ab_airdrops all;    /* of each period for which a wind is known, at its middle; freed with this */
    ab_airdrops **set;  /* [sets] what those were copied from */
    int32_t sets;
    struct ab_arena *arena;
} ab_plan_drops;

/* By the wind table, as it will be known on the day. Where the operation drops nothing, or no wind is known, there are none. NO_MEMORY, or FLAWED where a system
 * cannot carry its load. */
ab_status ab__plan_drops_make(const ab_operation *op, const ab_access *access, ab_plan_drops *out, ab_error *err);
void ab__plan_drops_free(ab_plan_drops *drops);

#endif
