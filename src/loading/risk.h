/* What may be taken off at inspection, how much of it, and which rows say so. */
#ifndef LOADING_RISK_H
#define LOADING_RISK_H

#include "airbridge/loading.h"
#include "base/arena.h"

typedef struct ab__inspection {
    const ab_operation *op;
    const ab_access *access;
    const ab_routes *routes;
    const ab_trips *trips;
    const char **condition; /* [request]: its conditions, folded, with spaces around */
    const char *const *
        *names;      /* [commodity]: what conditions may call it, folded alike; ends with NULL */
    ab_ref *because; /* room for the rows of one answer */
    ab_arena *arena;
} ab__inspection;

/* false: out of memory. All of it lies in `arena`. */
bool ab__inspection_start(ab__inspection *of, ab_arena *arena);

/* What is expected of commodity `c` on offer `offer`; `because` is in the arena. false: out of memory. */
bool ab__inspection_ask(ab__inspection *of, int32_t offer, int32_t c, ab_lot_risk *out);

#endif
