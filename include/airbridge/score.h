/* score: what the record foretells, judged by what came. */
#ifndef AIRBRIDGE_SCORE_H
#define AIRBRIDGE_SCORE_H

#include "airbridge/record.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is foretold, and when. */
typedef enum ab_score_of {
    AB_SCORE_ANSWER,   /* when asked: an answer by the due date */
    AB_SCORE_YES,      /* when asked: a yes by the due date */
    AB_SCORE_ARRIVAL,  /* when asked: something sets out on it and is let through before the leave ends; refused and silent: no */
    AB_SCORE_APPROVED, /* the same when it is approved */
    AB_SCORES
} ab_score_of;

/* Why a request is left out. */
typedef enum ab_score_gap {
    AB_SCORE_COUNTED,
    AB_SCORE_NO_DUE,  /* nobody said by when to answer */
    AB_SCORE_NOT_DUE, /* that lies behind the end of the record */
    AB_SCORE_OPEN,    /* leave whose end is not on record or lies behind it */
    AB_SCORE_UNDATED, /* an answer without a date */
    AB_SCORE_GAPS
} ab_score_gap;

typedef struct ab_score_case {
    int32_t request; /* row */
    ab_score_of of;
    ab_time at;      /* when it is foretold, from what was known before that (AB_SCORE_APPROVED: by then) */
    ab_score_gap gap;
    double foretold_prob;
    double base_prob; /* climatology: the share of those whose fate was known then, with that of 2015 as one case more */
    bool happened;    /* counted ones */
    int32_t batch;    /* of its kind: requests of one authority on one local day are one decision; numbered as they come */
} ab_score_case;

/* A figure and its 5 % and 95 % points over resampled batches, of which there must be three; NaN: there is none. */
typedef struct ab_score_span {
    double value, low, high;
} ab_score_span;

typedef struct ab_score_sum {
    int32_t cases, batches, happened, left_out[AB_SCORE_GAPS];
    double foretold_mean_prob;
    ab_score_span brier;            /* mean of (foretold - happened)^2: 0 is perfect */
    double base_brier, share_brier; /* of climatology, and of the share that happened in the end, which nobody could know */
    ab_score_span base_skill;       /* 1 - brier / base_brier: over 0 is better than climatology */
    ab_score_span share_skill;      /* 1 - brier / share_brier */
} ab_score_sum;

enum { AB_SCORE_BINS = 5 };
typedef struct ab_score_bin {
    double from_prob, until_prob; /* [from, until), the last with its end */
    int32_t cases, batches, happened;
    double foretold_mean_prob; /* NaN: none */
} ab_score_bin;

typedef struct ab_score {
    ab_time until;              /* the record ends: as_of, else the end of the operation */
    int32_t count;
    const ab_score_case *at;    /* by kind, time, then row */
    ab_score_sum sum[AB_SCORES];
    ab_score_bin bin[AB_SCORES][AB_SCORE_BINS];
    struct ab_arena *arena;     /* owns all of it */
} ab_score;

/* Foretells every request of `op` from what was known at its moment alone, with priors of 2015 (ab_record_priors_of_2015), as
 * those of today rest in part on what is to be foretold. `samples`: how often batches are resampled, with draws of the
 * operation's seed. Freed with ab_score_free. NO_MEMORY. */
AB_API ab_status ab_score_make(const ab_operation *op, int32_t samples, ab_score **out, ab_error *err);
AB_API void ab_score_free(ab_score *score);

#ifdef __cplusplus
}
#endif
#endif
