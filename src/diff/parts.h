/* The parts of a comparison, as they are made one after the other. */
#ifndef DIFF_PARTS_H
#define DIFF_PARTS_H

#include "airbridge/diff.h"
#include "base/arena.h"

/* rows.c: input rows that differ. The others fill their parts of `diff`. False: out of memory. */
bool ab__diff_rows(ab_diff *diff, const ab_planned *before, const ab_planned *after);
bool ab__diff_places(ab_diff *diff, const ab_planned *before, const ab_planned *after);
/* because.c: which of the rows that changed have to do with a place. */
bool ab__diff_tie(ab_diff *diff, ab_place_change *place, const ab_planned *before, const ab_planned *after);

/* "road:r3" for row `row` of `table`. */
const char *ab__diff_name(ab_arena *arena, const ab_data *data, int32_t table, int32_t row);

#endif
