/* Offers by the place to which they go, in their order: offer[start[p]] to offer[start[p + 1] - 1]. */
#ifndef PLAN_BY_PLACE_H
#define PLAN_BY_PLACE_H

#include "plan/model.h"

typedef struct ab_by_place {
    int32_t *start;  /* [places + 1] */
    int32_t *offer;  /* [offers] */
} ab_by_place;

/* False: out of memory. */
bool ab__by_place(const ab_model *model, struct ab_arena *arena, ab_by_place *out);

#endif
