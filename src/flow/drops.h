/* Drops as tables of a result. */
#ifndef FLOW_DROPS_H
#define FLOW_DROPS_H

#include "flow/result.h"

/* Everything that was worked out: the drops of one call or, in a calendar, of many, with a sighter for each where asked. */
typedef struct ab_drop_sets {
    const ab_operation *op;
    ab_airdrops *const *set;
    ab_sighter *const *sighter; /* [set][drop]; NULL: none was asked for */
    int32_t count;
    uint64_t seed;
} ab_drop_sets;

/* Fills the tables of `result`, which copies all that it needs; false when out of memory. */
bool ab__table_drops(ab_result *result, const ab_drop_sets *sets);

/* The ground that a ring takes belongs to the ring outside it, and so on by turns: rings as polygons with holes, in the arena.
 * Returns how many in *count; NULL when out of memory. */
const ab_shape *ab__region_shapes(ab_arena *arena, const ab_region *region, int32_t *count);

#endif
