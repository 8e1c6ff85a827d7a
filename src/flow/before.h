/* The plan before, as flow's files see it. */
#ifndef FLOW_BEFORE_H
#define FLOW_BEFORE_H

#include "airbridge/flow.h"
#include "base/arena.h"

/* The id of a commitment that holds what is frozen is the prefix and the id of the trip. */
#define AB_FROZEN_PREFIX "frozen."
#define AB_THAWED_PREFIX "thawed."

/* Where a trip of the plan before stands today. */
typedef enum ab_hold {
    AB_HOLD_PAST,    /* departed before now */
    AB_HOLD_FREE,    /* may change at a price */
    AB_HOLD_FROZEN,
    AB_HOLD_DECIDED, /* a commitment names its place and day */
    AB_HOLD_THAWED,  /* let go by hand */
    AB_HOLD_REFUSED, /* not offered today */
    AB_HOLD_GONE     /* of a row, a day or goods that are no longer in the operation */
} ab_hold;

typedef struct ab_held {
    ab_hold hold;
    bool was_frozen;   /* departs in the frozen span */
    const char *why;   /* it is let go; "": it is not */
    int32_t previous;  /* in ab_previous.trip; -1: not there */
} ab_held;

struct ab_before {
    ab_arena *arena;
    ab_operation *op;       /* with what is frozen */
    const ab_data *results; /* of the plan before */
    const char *digest;     /* of its input */
    ab_previous previous;
    ab_held *held;          /* [rows of its trips] */
    ab_time from;           /* the first departure that is still ahead */
};

/* before_read.c: held, and trips, loads and transfers of previous. */
ab_status ab__before_read(ab_before *before, const ab_operation *op, ab_error *err);
/* Departures before it are frozen: now and freeze_h on. */
ab_time ab__frozen_until(const ab_operation *op);
/* before_freeze.c: commitments for what is frozen or thawed, and the operation with them. */
ab_status ab__before_freeze(ab_before *before, const ab_operation *op, const char *thaw, ab_error *err);

#endif
