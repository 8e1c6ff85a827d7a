/* Whose word it is: what a party to the fight says for its own benefit weighs less. */
#ifndef ACCESS_VOICES_H
#define ACCESS_VOICES_H

#include "airbridge/operation.h"
#include "base/arena.h"

/* Share of its weight that report number `row` keeps: 1, or AB__OWN_SIDE_FRAC. By docs/models/access.md, "A party's word".
 * [op->access.count], in `arena`; NULL: out of memory. */
const double *ab__voices_share(const ab_operation *op, ab_arena *arena);

/* Assumed: a claim about one's own side tells half as much. */
#define AB__OWN_SIDE_FRAC 0.5

#endif
