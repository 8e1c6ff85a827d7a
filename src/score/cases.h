/* Requests as cases of a score: what came of each, and what was foretold. */
#ifndef SCORE_CASES_H
#define SCORE_CASES_H

#include "airbridge/score.h"
#include "base/arena.h"
#include "model/moves.h"

/* What was known of a case at a moment. */
typedef enum ab__fate { AB__NO, AB__YES, AB__OPEN } ab__fate;

/* Whether what `of` foretells of a request had come at `t`. Open until its time is over, whichever way it went: the quick ones
 * alone would flatter. Silence is a no once the answer is due. */
ab__fate ab__score_fate(const ab_operation *op, const ab__moves *moves, int32_t request, ab_score_of of, ab_time t);

/* What it came to by `until`, and why it cannot be counted if it cannot. */
ab_score_gap ab__score_outcome(const ab_operation *op, const ab__moves *moves, int32_t request, ab_score_of of, ab_time until,
                               bool *happened);

/* All cases, foretold, with batches; by kind, time, then row. NULL on failure, with `err`. */
ab_score_case *ab__score_cases(const ab_operation *op, ab_time until, ab_arena *arena, int32_t *count, ab_error *err);

#endif
