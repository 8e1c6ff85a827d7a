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

struct ab_lp {
    ab_lp_numbers col_lo, col_hi, cost, row_lo, row_hi;
    AB_VEC(ab_lp_entry) entries;
    bool failed; /* an allocation failed while building */
    double limit_s;
    /* Made of these by ab__lp_pack: the matrix by columns, and room for the solution. */
    bool packed;
    int32_t *start; /* [cols + 1] */
    int32_t *row;
    double *value;
    double *x, *reduced_cost;       /* [cols] */
    double *activity, *dual;        /* [rows] */
    unsigned char *col_at, *row_at; /* where the last solve left them, in CLP's codes */
    bool solved;                    /* there was a last solve */
    double objective;
};

#endif
