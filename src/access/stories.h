/* Stories: reports that quote one another, directly or by way of others, are one. */
#ifndef ACCESS_STORIES_H
#define ACCESS_STORIES_H

#include "airbridge/operation.h"
#include "base/arena.h"

/* story[row]: the first row of the story. [op->access.count]; false: out of memory. */
bool ab__stories_find(const ab_operation *op, ab_arena *arena, int32_t *story);

#endif
