/* Permission: what agreements and requests say about deliveries to a place by some means. */
#ifndef ACCESS_PERMITS_H
#define ACCESS_PERMITS_H

#include "airbridge/access.h"
#include "base/arena.h"

/* The chances behind each state of permission, from the settings and the record. */
typedef struct ab__permit_chances {
    ab_chance approved; /* by road, on an approval or a truce alone */
    ab_chance promised; /* by road, on an agreement that names the place and promises delivery */
    ab_chance cleared;  /* by air, with clearance */
    ab_chance refused;
    ab_chance unanswered; /* asked without an answer, or never asked */
} ab__permit_chances;

ab__permit_chances ab__permit_chances_of(const ab_operation *op);

typedef enum ab__permit_kind {
    AB__PERMIT_TRUCE,   /* fighting stops; nobody promised a delivery to this place */
    AB__PERMIT_PROMISE, /* an agreement names the place and promises delivery */
    AB__PERMIT_APPROVAL,
    AB__PERMIT_REFUSAL,
    AB__PERMIT_ASKED,
    AB__PERMIT_QUOTA /* binds what may pass by other rows; permits nothing itself */
} ab__permit_kind;

/* One row that may count for a place and means, with the span in which it does. */
typedef struct ab__permit {
    ab_ref row;
    ab__permit_kind kind;
    ab_time from, until; /* half-open; until AB_TIME_NONE: open */
    uint64_t commodities;
    double hold_prob_per_day;
    /* Room for one judging. */
    uint64_t left; /* commodities that it still permits or refuses */
} ab__permit;

typedef struct ab__permits {
    const ab_operation *op;
    int32_t place;
    ab_means means;
    int32_t count;
    ab__permit *at; /* by when they begin, then agreements before requests, then row */
} ab__permits;

typedef struct ab__permission {
    ab_permission permission;
    ab_chance pass;
    uint64_t commodities;
    int32_t ref_count; /* rows that count, strongest first, written to the caller's list */
} ab__permission;

/* Every row that speaks of deliveries to `place` by `means`, in `at`, which has room for all agreements and
 * twice all requests. */
ab__permits ab__permits_find(const ab_operation *op, int32_t place, ab_means means, ab__permit *at);

/* Judges period t. `ref` has room for permits->count rows. */
ab__permission ab__permits_judge(ab__permits *permits, const ab__permit_chances *chances, int32_t t,
                                 ab_ref *ref);

/* Agreements among the permits that are in force in period t, by row, to `ref`; returns how many. */
int32_t ab__permits_binding(const ab__permits *permits, int32_t t, ab_ref *ref);

#endif
