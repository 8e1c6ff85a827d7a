/* Solving. CLP is given only what can still move: columns that are not fixed, and the rows in which they
 * stand, so that a caller who closes most of a large programme pays for the rest alone. Where each column
 * and row ended (basic, at a bound) is kept for all of them and is the start of the next solve. */
#include <Clp_C_Interface.h>
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "num/lp_parts.h"

/* CLP's codes of where a column or row is (ClpSimplex.hpp). */
enum { AT_FREE = 0, AT_BASIC = 1, AT_UPPER = 2, AT_LOWER = 3 };

/* CLP's own tolerance. */
static const double FEASIBLE = 1e-7;

typedef struct part {
    const ab_lp *lp;
    int32_t cols, rows;
    int32_t *col, *row; /* in the whole, of each of the part */
    int32_t *row_in;    /* in the part, of each row of the whole; -1: not in it */
    CoinBigIndex *start;
    int *index;
    double *value;
    double *lo, *hi, *cost, *row_lo, *row_hi;
    double *fixed; /* [rows of the whole] what fixed columns bring */
} part;

static void part_free(part *p)
{
    void *const arrays[] = {p->col, p->row, p->row_in, p->start, p->index,  p->value,
                            p->lo,  p->hi,  p->cost,   p->row_lo, p->row_hi, p->fixed};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        free(arrays[i]);
}

static void *array_of(size_t count, size_t size)
{
    return ab__realloc(NULL, (count ? count : 1) * size);
}

static bool part_new(part *p, const ab_lp *lp)
{
    size_t cols = (size_t)lp->cost.count, rows = (size_t)lp->row_hi.count, n = (size_t)lp->start[cols];
    *p = (part){.lp = lp};
    p->col = array_of(cols, sizeof *p->col);
    p->row = array_of(rows, sizeof *p->row);
    p->row_in = array_of(rows, sizeof *p->row_in);
    p->start = array_of(cols + 1, sizeof *p->start);
    p->index = array_of(n, sizeof *p->index);
    p->value = array_of(n, sizeof *p->value);
    p->lo = array_of(cols, sizeof *p->lo);
    p->hi = array_of(cols, sizeof *p->hi);
    p->cost = array_of(cols, sizeof *p->cost);
    p->row_lo = array_of(rows, sizeof *p->row_lo);
    p->row_hi = array_of(rows, sizeof *p->row_hi);
    p->fixed = array_of(rows, sizeof *p->fixed);
    return p->col && p->row && p->row_in && p->start && p->index && p->value && p->lo && p->hi && p->cost &&
           p->row_lo && p->row_hi && p->fixed;
}

/* A fixed column that is basic stays: without it the basis would be none. */
static bool moves(const ab_lp *lp, int32_t col)
{
    return lp->col_lo.at[col] < lp->col_hi.at[col] || (lp->solved && lp->col_at[col] == AT_BASIC);
}

static bool limits(const ab_lp *lp, int32_t row)
{
    return lp->row_lo.at[row] > -AB_LP_INFINITY || lp->row_hi.at[row] < AB_LP_INFINITY;
}

static void choose_rows(part *p)
{
    const ab_lp *lp = p->lp;
    for (int32_t r = 0; r < lp->row_hi.count; r++)
        p->row_in[r] = -1;
    for (int32_t c = 0; c < lp->cost.count; c++)
        for (int32_t i = lp->start[c]; moves(lp, c) && i < lp->start[c + 1]; i++)
            if (limits(lp, lp->row[i]))
                p->row_in[lp->row[i]] = 0;
    for (int32_t r = 0; r < lp->row_hi.count; r++) {
        p->fixed[r] = 0;
        if (p->row_in[r] < 0)
            continue;
        p->row_in[r] = p->rows;
        p->row[p->rows++] = r;
    }
}

static void fill_part(part *p)
{
    const ab_lp *lp = p->lp;
    int n = 0;
    choose_rows(p);
    for (int32_t c = 0; c < lp->cost.count; c++) {
        bool live = moves(lp, c);
        for (int32_t i = lp->start[c]; i < lp->start[c + 1]; i++) {
            if (!live)
                p->fixed[lp->row[i]] += lp->value[i] * lp->col_lo.at[c];
        }
        if (!live)
            continue;
        p->start[p->cols] = n;
        for (int32_t i = lp->start[c]; i < lp->start[c + 1]; i++) {
            if (p->row_in[lp->row[i]] < 0)
                continue;
            p->index[n] = p->row_in[lp->row[i]];
            p->value[n++] = lp->value[i];
        }
        p->lo[p->cols] = lp->col_lo.at[c];
        p->hi[p->cols] = lp->col_hi.at[c];
        p->cost[p->cols] = lp->cost.at[c];
        p->col[p->cols++] = c;
    }
    p->start[p->cols] = n;
    for (int32_t i = 0; i < p->rows; i++) {
        int32_t r = p->row[i];
        p->row_lo[i] = lp->row_lo.at[r] > -AB_LP_INFINITY ? lp->row_lo.at[r] - p->fixed[r] : -AB_LP_INFINITY;
        p->row_hi[i] = lp->row_hi.at[r] < AB_LP_INFINITY ? lp->row_hi.at[r] - p->fixed[r] : AB_LP_INFINITY;
    }
}

static bool within(double value, double lo, double hi)
{
    return value >= lo - FEASIBLE * (1 + fabs(lo)) && value <= hi + FEASIBLE * (1 + fabs(hi));
}

/* Rows without anything that moves hold or do not. */
static bool rest_is_kept(const part *p)
{
    for (int32_t r = 0; r < p->lp->row_hi.count; r++)
        if (p->row_in[r] < 0 && limits(p->lp, r) &&
            !within(p->fixed[r], p->lp->row_lo.at[r], p->lp->row_hi.at[r]))
            return false;
    return true;
}

/* Does the last solution, moved into the bounds as they are now, keep them and the rows? */
static bool still_feasible(const part *p, double *activity)
{
    const ab_lp *lp = p->lp;
    memcpy(activity, p->fixed, (size_t)lp->row_hi.count * sizeof *activity);
    for (int32_t j = 0; j < p->cols; j++) {
        int32_t c = p->col[j];
        if (!within(lp->x[c], p->lo[j], p->hi[j]))
            return false;
        for (int32_t i = lp->start[c]; i < lp->start[c + 1]; i++)
            activity[lp->row[i]] += lp->value[i] * lp->x[c];
    }
    for (int32_t r = 0; r < lp->row_hi.count; r++)
        if (!within(activity[r], lp->row_lo.at[r], lp->row_hi.at[r]))
            return false;
    return true;
}

static int place_of(int at, double lo, double hi)
{
    if (at == AT_BASIC)
        return at;
    if (lo <= -AB_LP_INFINITY)
        return hi >= AB_LP_INFINITY ? AT_FREE : AT_UPPER;
    return at == AT_UPPER && hi < AB_LP_INFINITY ? AT_UPPER : AT_LOWER;
}

static void put_basis(const part *p, Clp_Simplex *clp)
{
    for (int32_t j = 0; j < p->cols; j++)
        Clp_setColumnStatus(clp, j, place_of(p->lp->col_at[p->col[j]], p->lo[j], p->hi[j]));
    for (int32_t i = 0; i < p->rows; i++)
        Clp_setRowStatus(clp, i, place_of(p->lp->row_at[p->row[i]], p->row_lo[i], p->row_hi[i]));
}

/* From nothing: presolve and primal simplex. Relief plans are feasible with nothing sent, and on them
 * primal is ahead of dual, and both of barrier, whose factors fill up (docs/models/plan.md). */
static void cold_solve(Clp_Simplex *clp)
{
    Clp_Solve *how = ClpSolve_new();
    ClpSolve_setPresolveType(how, 0, -1);
    ClpSolve_setSolveType(how, 1, -1);
    Clp_initialSolveWithOptions(clp, how);
    ClpSolve_delete(how);
}

/* The last basis is primal feasible if its solution still is, and dual feasible if only bounds changed. */
static bool warm_solve(const part *p, Clp_Simplex *clp)
{
    put_basis(p, clp);
    if (still_feasible(p, p->lp->activity))
        Clp_primal(clp, 0);
    else
        Clp_dual(clp, 0);
    return Clp_status(clp) <= 1 || Clp_status(clp) == 3;
}

static void load(const part *p, Clp_Simplex *clp)
{
    Clp_loadProblem(clp, p->cols, p->rows, p->start, p->index, p->value, p->lo, p->hi, p->cost, p->row_lo,
                    p->row_hi);
}

static void run(const part *p, Clp_Simplex *clp)
{
    Clp_setLogLevel(clp, 0);
    Clp_setMaximumSeconds(clp, p->lp->limit_s > 0 ? p->lp->limit_s : -1);
    load(p, clp);
    if (!p->lp->solved || !warm_solve(p, clp))
        cold_solve(clp);
    /* Presolve and the scaled problem may end with a residue in the true one, or with "infeasible or
     * unbounded"; primal simplex from where it stands settles both. */
    if (Clp_status(clp) == 2 || Clp_status(clp) == 4 || Clp_secondaryStatus(clp) > 1)
        Clp_primal(clp, 0);
}

static void take_columns(const part *p, Clp_Simplex *clp, ab_lp *lp)
{
    const double *x = Clp_primalColumnSolution(clp);
    for (int32_t c = 0; c < lp->cost.count; c++) {
        lp->x[c] = lp->col_lo.at[c];
        lp->col_at[c] = AT_LOWER;
    }
    for (int32_t j = 0; j < p->cols; j++) {
        lp->x[p->col[j]] = x[j];
        lp->col_at[p->col[j]] = (unsigned char)Clp_getColumnStatus(clp, j);
    }
}

static void take_rows(const part *p, Clp_Simplex *clp, ab_lp *lp)
{
    const double *dual = Clp_dualRowSolution(clp);
    for (int32_t r = 0; r < lp->row_hi.count; r++) {
        lp->dual[r] = lp->activity[r] = 0;
        lp->row_at[r] = AT_BASIC;
    }
    for (int32_t i = 0; i < p->rows; i++) {
        lp->dual[p->row[i]] = dual[i];
        lp->row_at[p->row[i]] = (unsigned char)Clp_getRowStatus(clp, i);
    }
}

/* The solution of the part as one of the whole. */
static void take(const part *p, Clp_Simplex *clp, ab_lp *lp)
{
    take_columns(p, clp, lp);
    take_rows(p, clp, lp);
    lp->objective = 0;
    for (int32_t c = 0; c < lp->cost.count; c++) {
        lp->reduced_cost[c] = lp->cost.at[c];
        lp->objective += lp->cost.at[c] * lp->x[c];
        for (int32_t i = lp->start[c]; i < lp->start[c + 1]; i++) {
            lp->activity[lp->row[i]] += lp->value[i] * lp->x[c];
            lp->reduced_cost[c] -= lp->value[i] * lp->dual[lp->row[i]];
        }
    }
    lp->solved = true;
}

/* CLP's status: 0 optimal, 1 infeasible, 2 unbounded, 3 stopped, 4 errors (Clp_C_Interface.h). */
static bool read_status(int status, ab_lp_outcome *outcome)
{
    static const ab_lp_outcome outcomes[] = {AB_LP_OPTIMAL, AB_LP_INFEASIBLE, AB_LP_UNBOUNDED, AB_LP_STOPPED};
    if (status < 0 || status > 3)
        return false;
    *outcome = outcomes[status];
    return true;
}

static ab_status solve_part(const part *p, ab_lp *lp, ab_lp_outcome *outcome, ab_error *err)
{
    Clp_Simplex *clp = Clp_newModel();
    if (!clp)
        return ab_fail(err, AB_NO_MEMORY, "out of memory for CLP");
    run(p, clp);
    int status = Clp_status(clp);
    take(p, clp, lp);
    Clp_deleteModel(clp);
    if (!read_status(status, outcome))
        return ab_fail(err, AB_SOLVER, "CLP gave up on a linear programme of %d rows and %d columns (status %d)",
                       (int)p->rows, (int)p->cols, status);
    return AB_OK;
}

ab_status ab__lp_solve(ab_lp *lp, ab_lp_outcome *outcome, ab_error *err)
{
    part p;
    ab_status status = ab__lp_pack(lp, err);
    if (status != AB_OK)
        return status;
    if (!part_new(&p, lp)) {
        part_free(&p);
        return ab_fail(err, AB_NO_MEMORY, "out of memory for a linear programme");
    }
    fill_part(&p);
    if (rest_is_kept(&p))
        status = solve_part(&p, lp, outcome, err);
    else
        *outcome = AB_LP_INFEASIBLE;
    part_free(&p);
    return status;
}
