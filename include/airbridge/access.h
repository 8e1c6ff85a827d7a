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
    int32_t says_open;        /* row of `access`: the strongest report for open; -1: none */
    int32_t says_closed;      /* row of `access`: the strongest that it is closed or restricted; -1: none */
} ab_access_cell;

typedef struct ab_access ab_access;

/* Reads reports, agreements and requests; all periods of the operation, which must outlive it. Fails with NO_MEMORY only. */
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

/* ---- How long a state lasts: docs/models/access.md ---- */

/* Subjects that open and close alike. */
typedef enum ab_spell_kind {
    AB_SPELLS_GATE,     /* the way into a place, by road */
    AB_SPELLS_GATE_AIR, /* the way into a place, by aeroplane or helicopter */
    AB_SPELLS_ROAD,
    AB_SPELLS_HUB,      /* a port, warehouse or crossing, by road or as a whole */
    AB_SPELLS_AIRFIELD, /* a hub, by air */
    AB_SPELLS_LINK,
    AB_SPELLS_KINDS
} ab_spell_kind;

/* "places by road", "roads" */
AB_API const char *ab_spell_kind_words(ab_spell_kind kind);

/* A process that opens and closes: rates 1 / closed_days and 1 / open_days, share of time open
 * open_days / (open_days + closed_days). */
typedef struct ab_spells {
    double open_days, closed_days;           /* mean spells; the reciprocals of the mean rates */
    double open_low_days, open_high_days;    /* 5 % and 95 % points of what is believed of them */
    double closed_low_days, closed_high_days;
    int32_t changes;     /* seen from one report to another, and days watched between; what is assumed before any */
    double days_watched; /* report is not counted */
} ab_spells;

/* The kind of a row of places, hubs, roads or links for deliveries by `means`, which matters for places and hubs only. */
AB_API ab_spell_kind ab_spell_kind_of(ab_input_table table, ab_means means);
/* A kind's spells, from all its subjects. */
AB_API ab_spells ab_access_spells(const ab_access *access, ab_spell_kind kind);
/* Those by which a subject's reports age and to which its chance returns: learnt from the other subjects of its kind, as its
 * own reports tell its state; and with the time that a state had lasted already when it was said. */
AB_API ab_spells ab_access_spells_of(const ab_access *access, ab_input_table table, int32_t row, ab_means means);
/* Correlation of a subject's state from the beginning of one period to that of the next: exp(-(1 / open_days +
 * 1 / closed_days) days of a period), with the spells of the subject. */
AB_API double ab_access_persistence(const ab_access *access, ab_input_table table, int32_t row, ab_means means);

/* ---- Every report on a subject, with its weight ---- */

typedef enum ab_report_use {
    AB_REPORT_COUNTS,
    AB_REPORT_QUOTED,     /* a stronger one of the same story counts in its place */
    AB_REPORT_OTHER_MODE, /* it speaks of another mode */
    AB_REPORT_OTHER_TIME, /* its window holds nothing of the period */
    AB_REPORT_LATER,      /* it was said after now, or after the end */
    AB_REPORT_NOT_JUDGED  /* F or 6, or not graded */
} ab_report_use;

/* "counts", "speaks of another mode" */
AB_API const char *ab_report_use_words(ab_report_use use);

/* The weight is the product of the grade and the three shares. What was not worked out, as the report does not count, is 0. */
typedef struct ab_report_weight {
    int32_t row; /* of `access` */
    ab_report_use use;
    double grade_log_odds;  /* by reliability and credibility, freshly said */
    double own_side_frac;   /* less than 1: a party to the fight, for its own benefit */
    double window_frac;     /* share of the period of which it speaks */
    double age_frac;        /* what the time since it was said has left of it */
    double weight_log_odds; /* now */
    double shift_log_odds;  /* what it adds to the odds of all loads: open over 0; 0 where it is about goods by name only */
    int32_t story;          /* row of `access`: the first of those that quote one another */
    int32_t merged_into;    /* row of `access`: the one of its story that counts in its place; -1: none */
} ab_report_weight;

/* odds against = (1 - base) / base exp(against - open) (1 - exp(-against_fresh)) */
typedef struct ab_weighing {
    int32_t count;
    ab_report_weight *at; /* those that count, strongest first, then the others by row */
    double open_log_odds, against_log_odds; /* sums of what counts */
    double against_fresh_log_odds;          /* as if all that is against had just been said */
    ab_spells spells;                       /* of the subject */
    double base_prob;                       /* its share of time open */
    ab_chance state;
    bool closed, contested;
    int32_t says_open, says_closed; /* rows of `access`: the strongest on either side; -1: none */
    struct ab_arena *arena;         /* owns all of it */
} ab_weighing;

/* All reports on a row of places, hubs, roads or links, for deliveries by `means` in period t, those too that do not count.
 * Of a hub with AB_MEANS_LINK: whatever the means. `*out` is freed by the caller. NO_MEMORY only. Threads may share `access`. */
AB_API ab_status ab_access_weights(const ab_access *access, ab_ref subject, ab_means means, int32_t t, ab_weighing **out,
                                   ab_error *err);
AB_API void ab_weighing_free(ab_weighing *weighing);

#ifdef __cplusplus
}
#endif
#endif
