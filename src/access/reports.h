/* What reports say about a subject: the weight of evidence for open and for closed. */
#ifndef ACCESS_REPORTS_H
#define ACCESS_REPORTS_H

#include "airbridge/access.h"
#include "base/arena.h"

/* One row of `access`, prepared. */
typedef struct ab__report {
    ab_ref subject;
    int32_t row;
    int32_t story;        /* reports that repeat one another share the number */
    double weight;        /* log-odds of a fresh report, by reliability and credibility; over 0 */
    uint64_t commodities; /* bit c: it is about commodity c */
    bool scoped;          /* only about these */
} ab__report;

typedef struct ab__reports {
    const ab_operation *op;
    int32_t count;
    const ab__report *at; /* by subject, then row; without reports that have no weight or that nobody can know yet */
    /* Room for one weighing. */
    int32_t *strongest; /* [rows of access] by story: number in `counted` + 1; 0: none yet */
    struct ab__counted *counted; /* [count] */
} ab__reports;

/* The state of a subject in a period, as its reports have it. */
typedef struct ab__state {
    ab_chance pass;
    uint64_t barred; /* bit c: commodity c is taken off or turned back */
    bool contested, closed;
    int32_t ref_count; /* reports that counted, strongest first, added to the caller's list */
} ab__state;

/* false: out of memory. Everything lies in `arena`. */
bool ab__reports_make(const ab_operation *op, ab_arena *arena, ab__reports *out);

/* The reports about `subject`: numbers [*first, return) of reports->at. */
int32_t ab__reports_about(const ab__reports *reports, ab_ref subject, int32_t *first);

/* Weighs reports [first, until), all about one subject, for deliveries by `means` in period t; with
 * AB_MEANS_LINK only those about every mode count. Writes the rows that counted to `ref`, which has room
 * for until - first. */
ab__state ab__reports_weigh(ab__reports *reports, int32_t first, int32_t until, ab_means means,
                            int32_t t, ab_ref *ref);

#endif
