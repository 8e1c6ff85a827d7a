/* What became of requests and convoys, counted anew from the tables, and what that makes of a chance: docs/models/record.md. */
#ifndef VERIFY_RECORD_H
#define VERIFY_RECORD_H

#include "airbridge/authority.h"
#include "base/arena.h"
#include "base/vec.h"

/* What goes well or not, apart from answering. */
typedef enum ab__trial {
    AB__TRIAL_YES,   /* an answer is yes */
    AB__TRIAL_GO,    /* a load sets out on leave; kind: an ab__footing */
    AB__TRIAL_PASS,  /* it is let through */
    AB__TRIAL_WHOLE, /* nothing is taken off; kind: an ab_category */
    AB__TRIAL_FULL,  /* all is offloaded */
    AB__TRIAL_KEPT,  /* nothing is lost */
    AB__TRIAL_SAFE,  /* nobody is hurt */
    AB__TRIALS
} ab__trial;

/* On what a load sets out. */
typedef enum ab__footing { AB__ON_A_YES, AB__ON_A_PROMISE, AB__BY_AIR, AB__FOOTINGS } ab__footing;

enum { AB__TRIAL_KINDS = (int)ab_category_count > (int)AB__FOOTINGS ? (int)ab_category_count : (int)AB__FOOTINGS };

typedef struct ab__tally {
    double seen, good;
} ab__tally;

/* How long a request waited for its answer, or waits still. */
typedef struct ab__delay {
    int32_t authority; /* as in ab__recount.tally */
    double days, weight;
    bool answered;
} ab__delay;

/* A load that was let go or not, and let through or not, at somebody's gate to a place. */
typedef struct ab__sighting {
    int32_t authority, place; /* -1: at nobody's */
    ab_time at;
    bool went, passed;
} ab__sighting;

typedef struct ab__recount {
    const ab_operation *op;
    ab_time now; /* what came later is not known */
    ab_authorities *who;
    int32_t *ring;      /* [places] who answers for it; -1: nobody is named */
    int32_t groups;     /* authorities, and nobody as the last */
    ab__tally *tally;   /* [(trial * AB__TRIAL_KINDS + kind) * groups + authority] */
    double *firm_cases; /* [trial * AB__TRIAL_KINDS + kind] as how many cases all others count */
    AB_VEC(ab__delay) delay;
    AB_VEC(ab__sighting) sighting; /* by authority, place, time */
    double *ever, *days; /* [groups + 1] of answering; the last: who has no record. NaN: not worked out yet */
    double memory_days, memory_trust;
} ab__recount;

/* NULL: out of memory. What lies outside `arena` goes with ab__recount_end. */
ab__recount *ab__recount_make(const ab_operation *op, ab_arena *arena);
void ab__recount_end(ab__recount *recount);

/* Fills ring, tally, delay and sighting. false: out of memory. */
bool ab__recount_funnel(ab__recount *recount, ab_arena *arena);

/* The chance of a trial at the hand of an authority; -1: of one without a record. */
double ab__recount_prob(const ab__recount *recount, ab__trial trial, int32_t kind, int32_t authority);
/* The same of AB__TRIAL_GO or AB__TRIAL_PASS with what was seen last at its gate to the place. */
double ab__recount_prob_at(const ab__recount *recount, ab__trial trial, int32_t kind, int32_t authority, int32_t place, ab_time at);
/* The chance that a request which waited `waited_s` has its answer within `more_s`. */
double ab__recount_answer_prob(ab__recount *recount, int32_t authority, double waited_s, double more_s);

/* On what a load would set out at `at`, if it has leave. */
ab__footing ab__recount_footing(const ab__recount *recount, int32_t place, int32_t mode, ab_time at);

#endif
