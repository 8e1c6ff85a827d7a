/* What CLP is given of a programme: columns that can still move, and the rows in which they stand. A column
 * that others define (lp.h) is put in their place: with sum of a_j x_j + a_d d = 0 in its row, a unit of x_j
 * brings -a_j / a_d of d, and with it what d brings to its other rows and to the cost. What defines may itself
 * be defined: a sortie by its containers, these by what is in them. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "num/lp_parts.h"

enum { AT_BASIC = 1 }; /* CLP's code (ClpSimplex.hpp) */

static void *array_of(size_t count, size_t size)
{
    return ab__realloc(NULL, (count ? count : 1) * size);
}

void ab__lp_part_free(ab_lp_part *p)
{
    void *const arrays[] = {p->col, p->row,    p->row_in, p->start, p->index, p->value, p->lo,
                            p->hi,  p->cost,   p->row_lo, p->row_hi, p->fixed, p->sum,
                            p->touched, p->seen};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
}

static bool part_new(ab_lp_part *p, const ab_lp *lp)
{
    size_t cols = (size_t)lp->cost.count, rows = (size_t)lp->row_hi.count;
    *p = (ab_lp_part){.lp = lp};
    p->col = array_of(cols, sizeof *p->col);
    p->row = array_of(rows, sizeof *p->row);
    p->row_in = array_of(rows, sizeof *p->row_in);
    p->start = array_of(cols + 1, sizeof *p->start);
    p->lo = array_of(cols, sizeof *p->lo);
    p->hi = array_of(cols, sizeof *p->hi);
    p->cost = array_of(cols, sizeof *p->cost);
    p->row_lo = array_of(rows, sizeof *p->row_lo);
    p->row_hi = array_of(rows, sizeof *p->row_hi);
    p->fixed = array_of(rows, sizeof *p->fixed);
    p->sum = array_of(rows, sizeof *p->sum);
    p->touched = array_of(rows, sizeof *p->touched);
    p->seen = array_of(rows, sizeof *p->seen);
    return p->col && p->row && p->row_in && p->start && p->lo && p->hi && p->cost && p->row_lo && p->row_hi &&
           p->fixed && p->sum && p->touched && p->seen;
}

/* Its row as it was, and nothing asks for more of it than what defines it. */
bool ab__lp_left_out(const ab_lp *lp, int32_t col)
{
    return lp->defined_by.at[col] >= 0 && !lp->stated.at[col] && lp->col_lo.at[col] <= 0 &&
           lp->col_hi.at[col] > 0 && lp->col_hi.at[col] >= lp->most.at[col];
}

double ab__lp_right_side(const ab_lp *lp, int32_t row)
{
    return lp->row_lo.at[row] > -AB_LP_INFINITY ? lp->row_lo.at[row] : lp->row_hi.at[row];
}

bool ab__lp_limits(const ab_lp *lp, int32_t row)
{
    return lp->standing.at[row] != AB_LP_WAITING &&
           (lp->row_lo.at[row] > -AB_LP_INFINITY || lp->row_hi.at[row] < AB_LP_INFINITY);
}

/* A fixed column that is basic stays: without it the basis would be none. */
static bool moves(const ab_lp *lp, int32_t col)
{
    return lp->col_lo.at[col] < lp->col_hi.at[col] || (lp->solved && lp->col_at[col] == AT_BASIC);
}

/* The column left out that the row defines; -1: none. */
static int32_t left_out_by(const ab_lp *lp, int32_t row)
{
    int32_t col = lp->defines.at[row];
    return col >= 0 && ab__lp_left_out(lp, col) ? col : -1;
}

static double entry_of(const ab_lp *lp, int32_t col, int32_t row)
{
    for (int32_t i = lp->start[col]; i < lp->start[col + 1]; i++)
        if (lp->row[i] == row)
            return lp->value[i];
    return 0;
}

/* Adds `times` the column, with what it brings along of those that are left out, to p->sum. Rows that it
 * comes to first are listed in p->touched. Returns its cost. */
static double gather(ab_lp_part *p, int32_t col, double times, int32_t *count)
{
    const ab_lp *lp = p->lp;
    double cost = times * lp->cost.at[col];
    for (int32_t i = lp->start[col]; i < lp->start[col + 1]; i++) {
        int32_t row = lp->row[i], defined = left_out_by(lp, row);
        if (defined == col)
            continue;
        if (defined >= 0) {
            cost += gather(p, defined, -times * lp->value[i] / entry_of(lp, defined, row), count);
            continue;
        }
        if (!ab__lp_limits(lp, row))
            continue;
        if (p->seen[row] != p->column) {
            p->seen[row] = p->column;
            p->touched[(*count)++] = row;
            p->sum[row] = 0;
        }
        p->sum[row] += times * lp->value[i];
    }
    return cost;
}

static bool make_room(ab_lp_part *p, int32_t more)
{
    int32_t used = p->start[p->cols];
    if (used + more <= p->room)
        return true;
    if (used > (INT32_MAX - 1024) / 2 - more)
        return false;
    int32_t room = 2 * (used + more) + 1024;
    int *index = ab__realloc(p->index, (size_t)room * sizeof *index);
    if (index)
        p->index = index;
    double *value = index ? ab__realloc(p->value, (size_t)room * sizeof *value) : NULL;
    if (!value)
        return false;
    p->value = value;
    p->room = room;
    return true;
}

static int by_row(const void *a, const void *b)
{
    return *(const int32_t *)a < *(const int32_t *)b ? -1 : *(const int32_t *)a > *(const int32_t *)b;
}

static bool add_column(ab_lp_part *p, int32_t col)
{
    const ab_lp *lp = p->lp;
    int32_t count = 0;
    p->column = col;
    double cost = gather(p, col, 1, &count);
    if (!make_room(p, count))
        return false;
    qsort(p->touched, (size_t)count, sizeof *p->touched, by_row);
    int n = p->start[p->cols];
    for (int32_t i = 0; i < count; i++) {
        int32_t row = p->touched[i];
        if (p->row_in[row] < 0) {
            p->row_in[row] = p->rows;
            p->row[p->rows++] = row;
        }
        if (p->sum[row] != 0) {
            p->index[n] = p->row_in[row];
            p->value[n++] = p->sum[row];
        }
    }
    p->lo[p->cols] = lp->col_lo.at[col];
    p->hi[p->cols] = lp->col_hi.at[col];
    p->cost[p->cols] = cost;
    p->col[p->cols++] = col;
    p->start[p->cols] = n;
    return true;
}

/* What does not move brings its bound to the rows; what is left out, the right side of its equation. */
static void add_fixed(ab_lp_part *p, int32_t col, double value)
{
    int32_t count = 0;
    p->column = col;
    if (value == 0)
        return;
    gather(p, col, value, &count);
    for (int32_t i = 0; i < count; i++)
        p->fixed[p->touched[i]] += p->sum[p->touched[i]];
}

static void set_row_bounds(ab_lp_part *p)
{
    const ab_lp *lp = p->lp;
    for (int32_t i = 0; i < p->rows; i++) {
        int32_t r = p->row[i];
        p->row_lo[i] = lp->row_lo.at[r] > -AB_LP_INFINITY ? lp->row_lo.at[r] - p->fixed[r] : -AB_LP_INFINITY;
        p->row_hi[i] = lp->row_hi.at[r] < AB_LP_INFINITY ? lp->row_hi.at[r] - p->fixed[r] : AB_LP_INFINITY;
    }
}

bool ab__lp_part_make(ab_lp_part *p, const ab_lp *lp)
{
    if (!part_new(p, lp))
        return false;
    for (int32_t r = 0; r < lp->row_hi.count; r++) {
        p->row_in[r] = p->seen[r] = -1;
        p->fixed[r] = 0;
    }
    p->start[0] = 0;
    for (int32_t c = 0; c < lp->cost.count; c++) {
        if (ab__lp_left_out(lp, c))
            add_fixed(p, c, ab__lp_right_side(lp, lp->defined_by.at[c]) / entry_of(lp, c, lp->defined_by.at[c]));
        else if (!moves(lp, c))
            add_fixed(p, c, lp->col_lo.at[c]);
        else if (!add_column(p, c))
            return false;
    }
    set_row_bounds(p);
    return true;
}
