/* A corner of the programme: one place, with everything that serves others held as the plan has it. Small
 * enough to be solved again and again, each time without another limit. docs/models/why.md. */
#ifndef PLAN_CORNER_H
#define PLAN_CORNER_H

#include "plan/by_place.h"

struct ab_arena;

/* What the corners of one programme share. */
typedef struct ab_corners {
    const ab_model *model;
    const double *x;       /* [cols] the plan; NaN: not known, of columns that keep books */
    const char *open;      /* [offers] 1: of use to the relaxation; of a place with many only these move. NULL: all */
    ab_by_place offers;
    int32_t *start;        /* [rows + 1] the entries of each row: */
    int32_t *col;          /* [nonzeros] */
    double *value;         /* [nonzeros] */
    int32_t *serves;       /* [cols] the place that a load or vehicle goes to; AB_MOVES, AB_KEEPS_BOOKS */
    int32_t *offer;        /* [cols] of a vehicle or drop column; -1: of another */
    char *whole;           /* [cols] */
    int32_t *row_here;     /* [rows] of the corner at hand; -1: not in it */
    int32_t *col_here;     /* [cols] likewise */
    double *use;           /* [places] room for ab__corner_holders */
} ab_corners;
enum { AB_MOVES = -1, AB_KEEPS_BOOKS = -2 };

/* A corner has rows and columns of its own programme `lp`; `row` and `col` are their numbers in the model. */
typedef struct ab_corner {
    ab_corners *of;
    int32_t place;
    ab_lp *lp;
    bool failed;           /* out of memory */
    AB_VEC(int32_t) row;
    AB_VEC(int32_t) col;
    AB_VEC(double) held;   /* [rows] what held columns take of it */
    AB_VEC(double) others; /* [rows] of that, what serves other places */
} ab_corner;

/* A limit, or all rows of one reason and table row. */
typedef struct ab_cause {
    ab_reason reason;
    ab_ref because;
    double share;          /* in what stands in the way */
    int32_t row;           /* of the model, with the greatest share; -1: the hours in which vehicles may leave */
} ab_cause;
enum { AB_CAUSES = 16 };

/* False: out of memory. Everything is in `arena`. */
bool ab__corners_start(ab_corners *corners, const ab_model *model, const double *x, const char *open,
                       struct ab_arena *arena);

/* One at a time of the same ab_corners. After it `corner->failed` may be set; free in any case. */
void ab__corner_start(ab_corner *corner, ab_corners *corners, int32_t place);
void ab__corner_free(ab_corner *corner);

/* Takes the limit away. */
void ab__corner_relax(ab_corner *corner, const ab_cause *cause);
/* What other places have of any limit is given up for this one. */
void ab__corner_yield(ab_corner *corner);
/* All limits as they were. */
void ab__corner_restore(ab_corner *corner);

/* *solved: an optimum was found. NO_MEMORY or SOLVER. */
ab_status ab__corner_solve(ab_corner *corner, bool *solved, ab_error *err);

/* After a solve: days of the category's need, a person, met in periods [from, until). */
double ab__corner_met(const ab_corner *corner, ab_category category, int32_t from, int32_t until);
/* The causes, worst first, that keep more of `group` from arriving in [from, until), by the prices of the
 * solve; returns how many. A limit that is not among them cannot help if it alone is taken away: its price
 * is 0. */
int32_t ab__corner_causes(const ab_corner *corner, int32_t group, int32_t from, int32_t until,
                          ab_cause causes[AB_CAUSES]);
/* How far the solve goes over the limit that was taken away: `*over` in the unit of its rows, summed (tonnes of a
 * stock, dollars of the budget), and `*times` as the greatest share of one (0.5: half as much again). */
void ab__corner_excess(const ab_corner *corner, const ab_cause *cause, double *over, double *times);
/* The other places that have most of the limit, by the prices of the solve, at most `most`; reason NONE: of
 * all limits that are full. Returns how many. */
int32_t ab__corner_holders(const ab_corner *corner, const ab_cause *cause, int32_t most, int32_t *place);

#endif
