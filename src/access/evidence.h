/* Lists of rows, each different list kept once: what stands behind a cell. */
#ifndef ACCESS_EVIDENCE_H
#define ACCESS_EVIDENCE_H

#include <stdbool.h>

#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/vec.h"

typedef struct ab__lists {
    AB_VEC(ab_ref) ref;
    AB_VEC(int32_t)
    start; /* of list i in ref; list i ends where list i + 1 starts, or at the end */
    AB_VEC(int32_t) bucket; /* number of a list + 1, by hash; 0: empty */
} ab__lists;

/* The number of the list that is equal to these rows, made if there is none; -1: out of memory. Lists are
 * numbered as they come, so the numbers do not depend on the hash. */
int32_t ab__lists_keep(ab__lists *lists, const ab_ref *ref, int32_t count);
void ab__lists_free(ab__lists *lists);

/* The lists in their lasting form, in `arena`. NULL: out of memory. */
ab_refs *ab__lists_copy(const ab__lists *lists, ab_arena *arena);

#endif
