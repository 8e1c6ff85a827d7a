/* The funnel: what became of each request and each convoy, and the cases of each stage that follow from it. */
#ifndef ACCESS_ASKS_H
#define ACCESS_ASKS_H

#include "access/answer.h"
#include "access/learn.h"
#include "airbridge/record.h"
#include "base/arena.h"
#include "model/moves.h"

/* Most kinds that a stage is learnt apart for: leaves, or categories of goods. */
enum { AB__KINDS = (int)AB_LEAVES > (int)ab_category_count ? (int)AB_LEAVES : (int)ab_category_count };

/* What became of a load for a place, by road, at somebody's hand: it was let go, and it was let through. */
typedef struct ab__passing {
    int32_t authority, place;
    ab_time at;
    bool went, passed;
} ab__passing;

/* Cases of one group: a stage, for one kind, of one authority. */
typedef struct ab__group {
    ab__cases cases;
    double unasked; /* of `seen`, cases of convoys by no request */
    int32_t rows, good_rows;
} ab__group;

typedef struct ab__funnel {
    const ab_operation *op;
    const ab_authorities *authorities;
    ab_time now;
    ab__moves moves;
    const int32_t *besieger; /* [places]: the authority that answers for the ring; -1: none named */
    int32_t ask_count, wait_count, passing_count;
    const ab_ask *ask;
    const ab__wait *wait;     /* by request, in the order of `ask` */
    const ab__passing *passing; /* by authority, place, then time */
    ab__group *group;         /* [(stage * AB__KINDS + kind) * (authorities + 1) + authority]; the last: nobody is named */
} ab__funnel;

/* Everything lies in `arena`; NULL: out of memory. `authorities` must outlive it. */
ab__funnel *ab__funnel_make(const ab_operation *op, const ab_authorities *authorities, ab_time now, ab_arena *arena);

ab__group *ab__funnel_group(const ab__funnel *funnel, ab_stage stage, int32_t kind, int32_t authority);

/* On what a load to `place` by `mode` sets out at `t`, if a request is approved, as far as agreements were known at `now`. */
ab_leave ab__leave_at(const ab_operation *op, int32_t place, ab_mode mode, ab_time t, ab_time now);

#endif
