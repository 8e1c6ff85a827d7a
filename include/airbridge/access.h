/* access: who may pass where, when, and how surely, with the rows that say so.
 *
 * For each place, means of delivery and period: the state of permission (agreements, requests) and the
 * chance that a load is let through, gatekeeper by gatekeeper (record.h); for each road, link and hub: the chance that it
 * is open. */
#ifndef AIRBRIDGE_ACCESS_H
#define AIRBRIDGE_ACCESS_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A chance with the 5 % and 95 % points of what is believed about it. */
typedef struct ab_chance {
    double mean, low, high; /* probability */
} ab_chance;

typedef enum ab_permission {
    AB_PERMISSION_NOT_NEEDED, /* the place is not cut off, and nobody was asked for this means */
    AB_PERMISSION_GIVEN,
    AB_PERMISSION_REFUSED,
    AB_PERMISSION_UNANSWERED, /* asked, no answer yet */
    AB_PERMISSION_NONE        /* needed, never asked, no agreement */
} ab_permission;

/* What is known of one subject in one span of periods for one scope. */
typedef struct ab_access_cell {
    ab_chance pass;           /* chance that a load is let through; the product over its parts */
    ab_permission permission;
    uint64_t commodities;     /* bit c: commodity c may be carried (operations have at most 64) */
    int32_t evidence;         /* number of the evidence list that says so; see ab_access_evidence */
    bool contested;           /* weighty reports disagree */
    bool closed;              /* reports say closed: the weight of evidence is against it */
    ab_chance permit, state;  /* the parts of `pass`: permission alone, and what reports say alone */
    ab_chance leave, go, gate; /* the parts of `permit`: leave is there, by an answer in time or one that holds; the load
                                * sets out on it; it is let through */
    int32_t asked;            /* whose leave that is, or whose is missing, in ab_record_authorities; -1: nobody is named */
    uint64_t permitted;       /* the parts of `commodities`: what was permitted, */
    uint64_t barred;          /* and what reports say is taken off or turned back */
} ab_access_cell;

typedef struct ab_access ab_access;

/* Reads reports, agreements and requests; all periods of the operation. Fails with NO_MEMORY only. */
AB_API ab_status ab_access_make(const ab_operation *op, ab_access **out, ab_error *err);
AB_API void ab_access_free(ab_access *access);

/* Deliveries to `place` by `means` (road, airlift, airdrop, helicopter) that depart in period `t`. */
AB_API const ab_access_cell *ab_access_place(const ab_access *access, int32_t place, ab_means means, int32_t t);
/* Leaving hub `hub` by `means` in period t; with AB_MEANS_LINK, what is said of the hub whatever the means. */
AB_API const ab_access_cell *ab_access_hub(const ab_access *access, int32_t hub, ab_means means, int32_t t);
/* Passing road, link or hub number `row` (AB_TABLE_roads, AB_TABLE_links or AB_TABLE_hubs) in period t; a hub
 * whatever the means. */
AB_API const ab_access_cell *ab_access_way(const ab_access *access, ab_input_table table, int32_t row, int32_t t);

/* The rows behind a cell, strongest first. Where permission is NONE, the first agreement or request is the one
 * that gave it last or will give it next, if any. Truces in force stand last: they permit nothing. */
AB_API ab_refs ab_access_evidence(const ab_access *access, int32_t evidence);

/* Agreements that bind (quota, daily hours, link group) deliveries to place by means departing in t. */
AB_API ab_refs ab_access_agreements(const ab_access *access, int32_t place, ab_means means, int32_t t);

/* The chance of a delivery to `place` by these means in period t to which somebody has agreed, as if by the next post. */
AB_API ab_chance ab_access_if_agreed(const ab_access *access, const ab_operation *op, int32_t place, ab_means means, int32_t t);

/* The first moment at which an agreement can be used as permission: it has begun, is known, and notice has been
 * given, which the plan does at the start of the operation at the earliest. */
AB_API ab_time ab_access_usable_from(const ab_operation *op, int32_t agreement);

#ifdef __cplusplus
}
#endif
#endif
