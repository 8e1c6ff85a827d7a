/* Linear programmes: minimise cost·x, row_lo <= A x <= row_hi, col_lo <= x <= col_hi. Built column by
 * column or row by row, solved by CLP. */
#ifndef NUM_LP_H
#define NUM_LP_H

#include <stdbool.h>
#include <stdint.h>

#include "airbridge/error.h"

#define AB_LP_INFINITY 1e300

typedef struct ab_lp ab_lp;

typedef enum ab_lp_outcome {
    AB_LP_OPTIMAL,
    AB_LP_INFEASIBLE,
    AB_LP_UNBOUNDED,
    AB_LP_STOPPED
} ab_lp_outcome;

ab_lp *ab__lp_new(void); /* NULL: out of memory */
void ab__lp_free(ab_lp *lp);

/* Return the new column's or row's number, or -1 when out of memory. */
int32_t ab__lp_col(ab_lp *lp, double lo, double hi, double cost);
int32_t ab__lp_row(ab_lp *lp, double lo, double hi);
/* Adds `value` at (row, col); several at one place are summed. Failure is kept and reported by solve. */
void ab__lp_at(ab_lp *lp, int32_t row, int32_t col, double value);

/* Row `row` defines column `col`, which need not be solved for then: it is put in the place of what defines it,
 * until a solution breaks its bounds. The row is an equation, or "sum of others <= factor x column" where the
 * column is best as small as that lets it be: it costs nothing or more, and in other rows more of it is no help.
 * The column's bounds are those that it is to have when nothing narrows it. */
void ab__lp_defines(ab_lp *lp, int32_t row, int32_t col);
/* The column is solved for after all: a row that asks for more of it joined later. */
void ab__lp_state(ab_lp *lp, int32_t col);
/* The row is left out until a solution breaks it. For rows that seldom bind. */
void ab__lp_waits(ab_lp *lp, int32_t row);

void ab__lp_col_bounds(ab_lp *lp, int32_t col, double lo, double hi);
void ab__lp_row_bounds(ab_lp *lp, int32_t row, double lo, double hi);
void ab__lp_cost(ab_lp *lp, int32_t col, double cost);

int32_t ab__lp_cols(const ab_lp *lp);
int32_t ab__lp_rows(const ab_lp *lp);
int64_t ab__lp_nonzeros(const ab_lp *lp);

double ab__lp_col_lo(const ab_lp *lp, int32_t col);
double ab__lp_col_hi(const ab_lp *lp, int32_t col);
double ab__lp_row_lo(const ab_lp *lp, int32_t row);
double ab__lp_row_hi(const ab_lp *lp, int32_t row);
double ab__lp_col_cost(const ab_lp *lp, int32_t col);

/* The entries of a column, by row, each row once. Valid after ab__lp_pack or a solve, until the next
 * ab__lp_at. */
typedef struct ab_lp_entries {
    int32_t count;
    const int32_t *row;
    const double *value;
} ab_lp_entries;
ab_status ab__lp_pack(ab_lp *lp, ab_error *err); /* NO_MEMORY only */
ab_lp_entries ab__lp_entries(const ab_lp *lp, int32_t col);

/* A solve that takes longer ends with AB_LP_STOPPED; 0: no limit. CLP looks at its clock now and then,
 * and in a barrier not at all. */
void ab__lp_limit_s(ab_lp *lp, double seconds);

/* At most so many times are rows that wait called and the programme solved again; 0: until none is broken. With
 * fewer calls the solution may break some; its value is a bound all the same. */
void ab__lp_calls(ab_lp *lp, int32_t most);
/* The next solve starts from nothing: where the programme differs much from the last, that is faster. */
void ab__lp_forget(ab_lp *lp);

/* Solves; a second call after changed bounds or costs starts from the last basis. The solution stays
 * valid until the next solve or free. Fails with NO_MEMORY or SOLVER. */
ab_status ab__lp_solve(ab_lp *lp, ab_lp_outcome *outcome, ab_error *err);
/* Is asked now and then while ab__lp_nearly walks; true: leave off. NULL: nobody is. */
typedef bool ab_lp_stop(void *context);
void ab__lp_stop_when(ab_lp *lp, ab_lp_stop *stop, void *context);
/* Nearly solves, for programmes that take CLP too long: the solution breaks rows by little (2e-5 of the length of all right sides
 * together), and its value is within `off`, more than 0, of what prices prove. STOPPED: told to, or not in as many steps as are taken. Rows
 * that wait, and that no solve before has broken, are left out. A solve afterwards starts from nothing. */
ab_status ab__lp_nearly(ab_lp *lp, double off, ab_lp_outcome *outcome, ab_error *err);
double ab__lp_objective(const ab_lp *lp);
/* After ab__lp_nearly: no solution has less. */
double ab__lp_bound(const ab_lp *lp);
const double *ab__lp_x(const ab_lp *lp);             /* [cols] */
const double *ab__lp_row_activity(const ab_lp *lp);  /* [rows] */
const double *ab__lp_dual(const ab_lp *lp);          /* [rows] change of objective per unit of the row's bound */
const double *ab__lp_reduced_cost(const ab_lp *lp);  /* [cols] */

#endif
