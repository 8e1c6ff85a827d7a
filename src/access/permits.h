/* Permission: what agreements and requests say about deliveries to a place by some means. */
#ifndef ACCESS_PERMITS_H
#define ACCESS_PERMITS_H

#include "airbridge/access.h"
#include "airbridge/record.h"
#include "base/arena.h"

typedef enum ab__permit_kind {
    AB__PERMIT_PROMISE, /* a corridor or clearance that names the place */
    AB__PERMIT_GENERAL, /* a corridor or clearance that covers the place without naming it */
    AB__PERMIT_APPROVAL,
    AB__PERMIT_REFUSAL,
    AB__PERMIT_ASKED,
    AB__PERMIT_TRUCE, /* fighting stops: binds what passes by other rows; permits nothing itself */
    AB__PERMIT_QUOTA  /* likewise */
} ab__permit_kind;

/* One row that may count for a place and means, with the span in which it does. */
typedef struct ab__permit {
    ab_ref row;
    ab__permit_kind kind;
    ab_time since;       /* when the word was given: by this, words override one another */
    ab_time from, until; /* when it can be used, half-open; until AB_TIME_NONE: open */
    uint64_t commodities;
    double hold_prob_per_day;
    int32_t authority; /* who gave, refused or was asked for it; -1: nobody is named */
    /* Room for one judging. */
    uint64_t
        left; /* commodities that it speaks of and no later row has taken back; 0: not in force */
} ab__permit;

typedef struct ab__permits {
    const ab_operation *op;
    const ab_record *record;
    int32_t place;
    ab_means means;
    int32_t count;
    ab__permit *at; /* by `since`, then agreements before requests, then row */
} ab__permits;

typedef struct ab__permission {
    ab_permission permission;
    ab_chance leave, go, gate; /* as in ab_access_cell */
    int32_t asked;
    uint64_t commodities;
    int32_t ref_count; /* rows that count, strongest first, written to the caller's list */
} ab__permission;

/* Every row that speaks of deliveries to `place` by `means`, in `at`, which has room for all agreements and
 * twice all requests. */
ab__permits ab__permits_find(const ab_operation *op, const ab_record *record, int32_t place, ab_means means,
                             ab__permit *at);

/* Judges period t. Where permission is NONE, the row is named that comes nearest to giving it: it has ended,
 * or begins later. `ref` has room for permits->count rows. */
ab__permission ab__permits_judge(ab__permits *permits, int32_t t, ab_ref *ref);

/* After ab__permits_judge: truces in force in period t, which decide nothing, to `ref`; returns how many. No
 * row is among both. */
int32_t ab__permits_truces(const ab__permits *permits, int32_t t, ab_ref *ref);

/* Agreements among the permits that are in force in period t, by row, to `ref`; returns how many. */
int32_t ab__permits_binding(const ab__permits *permits, int32_t t, ab_ref *ref);

#endif
