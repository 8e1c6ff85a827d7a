/* Proofs of the reasons of gaps: by limits that bind the plan, and by doors that keep trips from being offered.
 * docs/models/why.md. */
#ifndef PLAN_PROVE_H
#define PLAN_PROVE_H

#include "plan/ajar.h"
#include "plan/why.h"

typedef struct ab_prover {
    const ab_search *search;
    struct ab_arena *arena;   /* for texts */
    struct ab_arena *scratch;
    ab_corners corners;       /* of the plan's programme */
    int64_t work;             /* entries of the programmes solved so far */
} ab_prover;

/* A gap for which a proof is looked for. */
typedef struct ab_trial {
    ab_gap *gap;
    int32_t group;            /* that misses most */
    bool is_worst;            /* of its place and category: what is solved is solved for these, and tells of others */
    double had_days;          /* of the need met in the span, by the plan as lived */
    double missing_days;
    double met_days;          /* by the best that the place can do within its limits with parts of vehicles */
    double needed_days;       /* so many more are a proof */
    bool proved;              /* by these doors; the gap may have a better proof by others */
    bool again;               /* the doors were not all: there is one more */
    int32_t batch;            /* of trials that are looked at together; -1: none */
    bool by_doors;
    const ab_refusal *refusal; /* the best of those before which the doors are shut; NULL: they are of goods */
    ab_doors doors;
} ab_trial;

/* Solves and counts the work. Not `*solved` where there has been enough of it or the solver gives up: then nothing
 * is proved, and the gap stays indicated. NO_MEMORY only. */
ab_status ab__prove_solve(ab_prover *prover, ab_corner *corner, bool *solved, ab_error *err);
/* Days of need more than within all limits, by the last solve; at most what is missing. */
double ab__prove_gain_days(const ab_trial *trial, const ab_corner *corner);

/* prove_limits.c: within all limits the place could have half of what is missing, if vehicles went in parts. */
bool ab__prove_small_load(ab_trial *trial);
/* Without one limit after the other: `corner` is solved within all limits, and afterwards in any state. */
ab_status ab__prove_by_limits(ab_prover *prover, ab_corner *corner, ab_trial *trial, ab_error *err);

/* prove_doors.c: the doors before the gap, if there are any: what refuses trips that would arrive in it, or keeps
 * from them what they would carry. */
bool ab__prove_find_doors(const ab_model *model, const ab_by_place *offers, ab_trial *trial);
/* The same by means other than those found for `first`: whichever brings most becomes the gap's reason. False: no
 * such trips are refused. */
bool ab__prove_find_others(const ab_model *model, const ab_trial *first, ab_means means, ab_trial *trial);
/* Of all trials that are by doors. */
ab_status ab__prove_by_doors(ab_prover *prover, ab_trial *trial, int32_t count, ab_error *err);

/* prove_words.c: what would have to change; by the corner as solved without the limit. NULL: out of memory. */
const char *ab__say_change_of_limit(const ab_corner *corner, const ab_cause *cause, struct ab_arena *arena);
const char *ab__say_change_of_door(const ab_model *model, const ab_refusal *step, struct ab_arena *arena);

#endif
