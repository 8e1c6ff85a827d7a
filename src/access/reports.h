/* What reports say about a subject: the weight of evidence for open and for closed. */
#ifndef ACCESS_REPORTS_H
#define ACCESS_REPORTS_H

#include "airbridge/access.h"
#include "base/arena.h"

/* One row of `access`, prepared. */
typedef struct ab__report {
    ab_ref subject;
    int32_t row;
    int32_t group;        /* number of its subject among those reported on */
    int32_t story;        /* reports that repeat one another share the number */
    double grade;         /* log-odds of a fresh report, by reliability and credibility; over 0 */
    double own_side_frac; /* what is left of it where a party speaks for its own side */
    uint64_t commodities; /* bit c: it is about commodity c */
    bool scoped;          /* only about these */
} ab__report;

/* What was seen of one subject, or of all of a kind: changes, and days watched in each state. */
typedef struct ab__watch {
    int32_t changes_to_open, changes_to_closed;
    double open_days, closed_days;
} ab__watch;

/* A subject that was reported on: reports [first, until), and what was seen of it on the ground and in the air. */
typedef struct ab__group {
    int32_t first, until;
    ab__watch watch[2];
} ab__group;

typedef struct ab__reports {
    const ab_operation *op;
    int32_t count;
    const ab__report *at; /* by subject, then row; without reports that have no weight or that nobody can know yet */
    const int32_t *story; /* [rows of access]: the first row of its story */
    int32_t group_count;
    const ab__group *group;
    ab__watch watch[AB_SPELLS_KINDS]; /* all subjects of a kind together */
    /* Room for one weighing; NULL before ab__reports_take_room. */
    int32_t *strongest; /* [rows of access] by story: number in `counted` + 1; 0: none yet */
    struct ab__counted *counted; /* [count] */
} ab__reports;

/* The state of a subject in a period, as its reports have it. */
typedef struct ab__state {
    ab_chance pass;
    uint64_t barred; /* bit c: commodity c is taken off or turned back */
    bool contested, closed;
    int32_t says_open, says_closed; /* rows of access: the strongest on either side; -1: none */
    double open, against, against_fresh; /* sums of log-odds; `fresh`: without age */
    int32_t ref_count; /* reports that counted, strongest first, added to the caller's list */
} ab__state;

/* false: out of memory. Everything lies in `arena`. */
bool ab__reports_make(const ab_operation *op, ab_arena *arena, ab__reports *out);

/* The same reports with room for weighing in `arena`, so that threads may share the rest. false: out of memory. */
bool ab__reports_take_room(const ab__reports *reports, ab_arena *arena, ab__reports *out);

/* The reports about `subject`: numbers [*first, return) of reports->at. */
int32_t ab__reports_about(const ab__reports *reports, ab_ref subject, int32_t *first);

/* Weighs reports [first, until), all about one subject, for deliveries by `means` in period t; with
 * AB_MEANS_LINK only those about every mode count. Writes the rows that counted to `ref`, which has room
 * for until - first. */
ab__state ab__reports_weigh(ab__reports *reports, int32_t first, int32_t until, ab_means means,
                            int32_t t, ab_ref *ref);

/* One report by itself: counts, OTHER_MODE or OTHER_TIME, and by what shares. `around`: the spells by which it ages. */
ab_report_weight ab__reports_weight(const ab__reports *reports, int32_t number, ab_means means, int32_t t,
                                    const ab_spells *around);

/* Does a report about this mode (-1: all) speak of `means`? */
bool ab__reports_cover(int32_t mode, ab_means means);

/* The reports that `access` was made from, without room for weighing. */
const ab__reports *ab__access_reports(const ab_access *access);

#endif
