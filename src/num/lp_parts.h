/* What a linear programme is made of, for the files that build and solve it. */
#ifndef NUM_LP_PARTS_H
#define NUM_LP_PARTS_H

#include "base/vec.h"
#include "num/lp.h"

typedef struct ab_lp_entry {
    int32_t row, col;
    double value;
} ab_lp_entry;

typedef AB_VEC(double) ab_lp_numbers;
typedef AB_VEC(int32_t) ab_lp_places;

/* Rows that are looked at only once they are broken. */
typedef enum ab_lp_standing { AB_LP_ALWAYS, AB_LP_WAITING, AB_LP_CALLED } ab_lp_standing;

struct ab_lp {
    ab_lp_numbers col_lo, col_hi, cost, row_lo, row_hi;
    ab_lp_places defined_by; /* [cols] the row that defines the column; -1: none */
    ab_lp_places defines;    /* [rows] the column that the row defines; -1: none */
    ab_lp_numbers most;      /* [cols] of a defined column: its upper bound when it was defined */
    AB_VEC(char) standing;   /* [rows] ab_lp_standing */
    AB_VEC(char) stated;     /* [cols] of a defined column: it must be in the programme that is solved */
    AB_VEC(ab_lp_entry) entries;
    bool failed; /* an allocation failed while building */
    double limit_s;
    ab_lp_stop *stop;      /* NULL: a walk goes on until it arrives */
    void *stop_context;
    int32_t calls_most;
    /* Made of these by ab__lp_pack: the matrix by columns, and room for the solution. */
    bool packed;
    int32_t *start; /* [cols + 1] */
    int32_t *row;
    double *value;
    double *x, *reduced_cost;       /* [cols] */
    double *activity, *dual;        /* [rows] */
    unsigned char *col_at, *row_at; /* where the last solve left them, in CLP's codes */
    bool solved;                    /* there was a last solve */
    bool nearly;                    /* it ended near the optimum, with no basis */
    double objective, bound;
};

/* The programme that CLP is given: columns that can move, without those that are defined by others, and the
 * rows in which they stand. */
typedef struct ab_lp_part {
    const ab_lp *lp;
    int32_t cols, rows;
    int32_t *col, *row; /* in the whole, of each of the part */
    int32_t *row_in;    /* in the part, of each row of the whole; -1: not in it */
    int *start;         /* [cols + 1]; CLP's CoinBigIndex is an int */
    int *index;
    double *value;
    int32_t room;       /* entries that index and value can hold */
    double *lo, *hi, *cost, *row_lo, *row_hi;
    double *fixed;      /* [rows of the whole] what fixed columns bring */
    /* One column while it is put together: */
    int32_t column;
    double *sum;        /* [rows of the whole] */
    int32_t *touched;   /* [rows of the whole] its rows */
    int32_t *seen;      /* [rows of the whole] the last column that touched the row */
} ab_lp_part;

/* false: out of memory. Free it in either case. */
bool ab__lp_part_make(ab_lp_part *part, const ab_lp *lp);
void ab__lp_part_free(ab_lp_part *part);

/* lp_bound.c: no solution has less than this, whatever the prices dual[rows]; -INFINITY: nothing follows from them. `hi`
 * from ab__lp_part_reach (false: out of memory). Prices that were settled first lose less. */
double ab__lp_part_bound(const ab_lp_part *part, const double *hi, const double *dual);
bool ab__lp_part_reach(const ab_lp_part *part, double *hi);
void ab__lp_part_settle(const ab_lp_part *part, double *dual);
/* lp_near.c: x[cols], dual[rows] within `off` of the optimum, and the bound that proves it. `*found` false: not in as many
 * steps as are taken. false: out of memory. */
bool ab__lp_part_near(const ab_lp_part *part, double off, double *x, double *dual, double *bound, bool *found);

/* Is the column left out of the part, since others define it? */
bool ab__lp_left_out(const ab_lp *lp, int32_t col);
/* Of a row that defines a column. */
double ab__lp_right_side(const ab_lp *lp, int32_t row);
/* Is the row one that CLP is to keep? */
bool ab__lp_limits(const ab_lp *lp, int32_t row);

#endif
