/* Solving. CLP is given only what can still move (lp_part.c), so that a caller who closes most of a large
 * programme pays for the rest alone. Where each column and row ended (basic, at a bound) is kept for all of
 * them and is the start of the next solve. */
#include <Clp_C_Interface.h>
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "num/lp_parts.h"

/* CLP's codes of where a column or row is (ClpSimplex.hpp). */
enum { AT_FREE = 0, AT_BASIC = 1, AT_UPPER = 2, AT_LOWER = 3 };

/* Tighter than CLP's own, since what it leaves in a row grows with what left-out columns bring to it. */
static const double PRIMAL_TOLERANCE = 1e-9;
/* CLP's own tolerance, and ten times that, for what the scaled programme leaves in the true one. */
static const double FEASIBLE = 1e-7, DUAL_FEASIBLE = 1e-6;

static bool within(double value, double lo, double hi)
{
    return value >= lo - FEASIBLE * (1 + fabs(lo)) && value <= hi + FEASIBLE * (1 + fabs(hi));
}

/* Rows without anything that moves hold or do not. */
static bool rest_is_kept(const ab_lp_part *p)
{
    const ab_lp *lp = p->lp;
    for (int32_t r = 0; r < lp->row_hi.count; r++) {
        int32_t defined = lp->defines.at[r];
        bool replaced = defined >= 0 && ab__lp_left_out(lp, defined);
        if (p->row_in[r] < 0 && !replaced && ab__lp_limits(lp, r) &&
            !within(p->fixed[r], lp->row_lo.at[r], lp->row_hi.at[r]))
            return false;
    }
    return true;
}

/* Does the last solution, moved into the bounds as they are now, keep them and the rows? */
static bool still_feasible(const ab_lp_part *p, double *activity)
{
    for (int32_t i = 0; i < p->rows; i++)
        activity[i] = 0;
    for (int32_t j = 0; j < p->cols; j++) {
        double x = p->lp->x[p->col[j]];
        if (!within(x, p->lo[j], p->hi[j]))
            return false;
        for (int i = p->start[j]; i < p->start[j + 1]; i++)
            activity[p->index[i]] += p->value[i] * x;
    }
    for (int32_t i = 0; i < p->rows; i++)
        if (!within(activity[i], p->row_lo[i], p->row_hi[i]))
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

static void put_basis(const ab_lp_part *p, Clp_Simplex *clp)
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
static bool warm_solve(const ab_lp_part *p, Clp_Simplex *clp)
{
    put_basis(p, clp);
    if (still_feasible(p, p->lp->activity))
        Clp_primal(clp, 0);
    else
        Clp_dual(clp, 0);
    return Clp_status(clp) <= 1 || Clp_status(clp) == 3;
}

static void load(const ab_lp_part *p, Clp_Simplex *clp)
{
    Clp_loadProblem(clp, p->cols, p->rows, p->start, p->index, p->value, p->lo, p->hi, p->cost, p->row_lo,
                    p->row_hi);
}

/* Is a price on the side that its value allows: at the lower bound not below 0, at the upper not above? */
static bool right_side(double price, double value, double lo, double hi)
{
    bool low = value <= lo + FEASIBLE * (1 + fabs(lo)), high = value >= hi - FEASIBLE * (1 + fabs(hi));
    return (price >= -DUAL_FEASIBLE || high) && (price <= DUAL_FEASIBLE || low);
}

/* Bounds rest on the optimum, so it is proved by its prices and not taken on CLP's word: a basis put together of
 * another programme's may leave a corner that is none. */
static bool is_optimal(const ab_lp_part *p, Clp_Simplex *clp)
{
    const double *x = Clp_primalColumnSolution(clp), *reduced = Clp_dualColumnSolution(clp);
    const double *activity = Clp_primalRowSolution(clp), *dual = Clp_dualRowSolution(clp);
    for (int32_t j = 0; j < p->cols; j++)
        if (!right_side(reduced[j], x[j], p->lo[j], p->hi[j]))
            return false;
    for (int32_t i = 0; i < p->rows; i++)
        if (!right_side(dual[i], activity[i], p->row_lo[i], p->row_hi[i]))
            return false;
    return true;
}

static void run(const ab_lp_part *p, Clp_Simplex *clp)
{
    Clp_setLogLevel(clp, 0);
    Clp_setMaximumSeconds(clp, p->lp->limit_s > 0 ? p->lp->limit_s : -1);
    load(p, clp);
    Clp_setPrimalTolerance(clp, PRIMAL_TOLERANCE);
    if (!p->lp->solved || !warm_solve(p, clp))
        cold_solve(clp);
    /* Presolve and the scaled problem may end with a residue in the true one, or with "infeasible or
     * unbounded"; primal simplex from where it stands settles both. */
    if (Clp_status(clp) == 2 || Clp_status(clp) == 4 || Clp_secondaryStatus(clp) > 1)
        Clp_primal(clp, 0);
    if (Clp_status(clp) == 0 && !is_optimal(p, clp)) {
        cold_solve(clp);
        if (Clp_status(clp) == 0 && !is_optimal(p, clp))
            Clp_primal(clp, 0);
    }
}

/* CLP keeps bounds to its tolerance in the scaled programme; what that leaves in the true one is no quantity. */
static double into_bounds(double value, double lo, double hi)
{
    static const double UNSCALED = 1e-5;
    if (value < lo && value >= lo - UNSCALED * (1 + fabs(lo)))
        return lo;
    return value > hi && value <= hi + UNSCALED * (1 + fabs(hi)) ? hi : value;
}

/* `clp` NULL: from elsewhere, and no start for CLP. */
static void take_columns(const ab_lp_part *p, Clp_Simplex *clp, const double *x, ab_lp *lp)
{
    for (int32_t c = 0; c < lp->cost.count; c++) {
        lp->x[c] = lp->col_lo.at[c];
        lp->col_at[c] = AT_LOWER;
    }
    for (int32_t j = 0; j < p->cols; j++) {
        lp->x[p->col[j]] = into_bounds(x[j], p->lo[j], p->hi[j]);
        lp->col_at[p->col[j]] = clp ? (unsigned char)Clp_getColumnStatus(clp, j) : AT_LOWER;
    }
}

static void take_rows(const ab_lp_part *p, Clp_Simplex *clp, const double *dual, ab_lp *lp)
{
    for (int32_t r = 0; r < lp->row_hi.count; r++) {
        lp->dual[r] = lp->activity[r] = 0;
        lp->row_at[r] = AT_BASIC;
    }
    for (int32_t i = 0; i < p->rows; i++) {
        lp->dual[p->row[i]] = dual[i];
        lp->row_at[p->row[i]] = clp ? (unsigned char)Clp_getRowStatus(clp, i) : AT_BASIC;
    }
}

static void add_activity(ab_lp *lp, int32_t col)
{
    for (int32_t i = lp->start[col]; i < lp->start[col + 1]; i++)
        lp->activity[lp->row[i]] += lp->value[i] * lp->x[col];
}

static double entry_of(const ab_lp *lp, int32_t col, int32_t row)
{
    for (int32_t i = lp->start[col]; i < lp->start[col + 1]; i++)
        if (lp->row[i] == row)
            return lp->value[i];
    return 0;
}

/* Lists the columns left out so that each comes after those that define it. `waits_for`: how many of a row's
 * columns are still to be known. */
static int32_t order_left_out(const ab_lp *lp, int32_t *order, int32_t *waits_for)
{
    int32_t count = 0;
    memset(waits_for, 0, (size_t)lp->row_hi.count * sizeof *waits_for);
    for (int32_t c = 0; c < lp->cost.count; c++)
        for (int32_t i = lp->start[c]; ab__lp_left_out(lp, c) && i < lp->start[c + 1]; i++)
            waits_for[lp->row[i]] += lp->row[i] != lp->defined_by.at[c];
    for (int32_t c = 0; c < lp->cost.count; c++)
        if (ab__lp_left_out(lp, c) && waits_for[lp->defined_by.at[c]] == 0)
            order[count++] = c;
    for (int32_t k = 0; k < count; k++)
        for (int32_t i = lp->start[order[k]]; i < lp->start[order[k] + 1]; i++) {
            int32_t row = lp->row[i], next = lp->defines.at[row];
            if (row != lp->defined_by.at[order[k]] && --waits_for[row] == 0 && next >= 0 && ab__lp_left_out(lp, next))
                order[count++] = next;
        }
    return count;
}

/* What was left out: as much as its row asks for, and the row's price such that the column is worth it. */
static void take_left_out(ab_lp *lp, const int32_t *order, int32_t count)
{
    for (int32_t k = 0; k < count; k++) {
        int32_t c = order[k], row = lp->defined_by.at[c];
        lp->x[c] = (ab__lp_right_side(lp, row) - lp->activity[row]) / entry_of(lp, c, row);
        lp->col_at[c] = AT_BASIC;
        lp->row_at[row] = lp->row_lo.at[row] > -AB_LP_INFINITY ? AT_LOWER : AT_UPPER;
        add_activity(lp, c);
    }
    for (int32_t k = count - 1; k >= 0; k--) {
        int32_t c = order[k], row = lp->defined_by.at[c];
        double rest = lp->cost.at[c];
        for (int32_t i = lp->start[c]; i < lp->start[c + 1]; i++)
            rest -= lp->row[i] == row ? 0 : lp->value[i] * lp->dual[lp->row[i]];
        lp->dual[row] = rest / entry_of(lp, c, row);
    }
}

/* The solution of the part as one of the whole. */
static void take(const ab_lp_part *p, Clp_Simplex *clp, const double *x, const double *dual, ab_lp *lp, int32_t *order,
                 int32_t *waits_for)
{
    take_columns(p, clp, x, lp);
    take_rows(p, clp, dual, lp);
    for (int32_t c = 0; c < lp->cost.count; c++)
        if (lp->x[c] != 0 && !ab__lp_left_out(lp, c))
            add_activity(lp, c);
        else if (ab__lp_left_out(lp, c))
            lp->x[c] = 0;
    take_left_out(lp, order, order_left_out(lp, order, waits_for));
    lp->objective = 0;
    for (int32_t c = 0; c < lp->cost.count; c++) {
        lp->reduced_cost[c] = lp->cost.at[c];
        lp->objective += lp->cost.at[c] * lp->x[c];
        for (int32_t i = lp->start[c]; i < lp->start[c + 1]; i++)
            lp->reduced_cost[c] -= lp->value[i] * lp->dual[lp->row[i]];
    }
    lp->solved = true;
}

/* Would more of the column help to keep a row that was called? Then what defines it does not say how much of
 * it there is. */
static bool helps_a_called_row(const ab_lp *lp, int32_t col)
{
    for (int32_t i = lp->start[col]; i < lp->start[col + 1]; i++) {
        int32_t row = lp->row[i];
        bool below = lp->row_hi.at[row] < AB_LP_INFINITY && lp->value[i] < 0;
        bool above = lp->row_lo.at[row] > -AB_LP_INFINITY && lp->value[i] > 0;
        if (lp->standing.at[row] == AB_LP_CALLED && (below || above))
            return true;
    }
    return false;
}

/* Calls the rows that waited and are broken, and states the columns left out that came out too large. */
static int32_t call_what_is_broken(ab_lp *lp)
{
    int32_t called = 0;
    for (int32_t r = 0; r < lp->row_hi.count; r++)
        if (lp->standing.at[r] == AB_LP_WAITING && !within(lp->activity[r], lp->row_lo.at[r], lp->row_hi.at[r])) {
            lp->standing.at[r] = AB_LP_CALLED;
            called++;
        }
    for (int32_t c = 0; c < lp->cost.count; c++)
        if (lp->defined_by.at[c] >= 0 && !lp->stated.at[c] &&
            ((ab__lp_left_out(lp, c) && !within(lp->x[c], lp->col_lo.at[c], lp->col_hi.at[c])) ||
             (called > 0 && helps_a_called_row(lp, c)))) {
            lp->stated.at[c] = 1;
            called++;
        }
    return called;
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

static ab_status solve_part(const ab_lp_part *p, ab_lp *lp, ab_lp_outcome *outcome, ab_error *err)
{
    Clp_Simplex *clp = Clp_newModel();
    int32_t *order = ab__realloc(NULL, ((size_t)lp->cost.count + 1) * sizeof *order);
    int32_t *waits_for = ab__realloc(NULL, ((size_t)lp->row_hi.count + 1) * sizeof *waits_for);
    ab_status status = AB_OK;
    if (clp && order && waits_for) {
        run(p, clp);
        take(p, clp, Clp_primalColumnSolution(clp), Clp_dualRowSolution(clp), lp, order, waits_for);
        if (!read_status(Clp_status(clp), outcome))
            status = ab_fail(err, AB_SOLVER, "CLP gave up on a linear programme of %d rows and %d columns (status %d)",
                             (int)p->rows, (int)p->cols, Clp_status(clp));
    } else {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory for CLP");
    }
    Clp_deleteModel(clp);
    free(order);
    free(waits_for);
    return status;
}

static ab_status solve_once(ab_lp *lp, ab_lp_outcome *outcome, ab_error *err)
{
    ab_lp_part p;
    ab_status status = AB_OK;
    if (!ab__lp_part_make(&p, lp))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory for a linear programme");
    else if (rest_is_kept(&p))
        status = solve_part(&p, lp, outcome, err);
    else
        *outcome = AB_LP_INFEASIBLE;
    ab__lp_part_free(&p);
    return status;
}

ab_status ab__lp_solve(ab_lp *lp, ab_lp_outcome *outcome, ab_error *err)
{
    ab_status status = ab__lp_pack(lp, err);
    lp->solved = lp->solved && !lp->nearly;
    lp->nearly = false;
    for (int32_t calls = 0; status == AB_OK; calls++) {
        status = solve_once(lp, outcome, err);
        bool enough = lp->calls_most > 0 && calls == lp->calls_most;
        if (status != AB_OK || *outcome != AB_LP_OPTIMAL || enough || call_what_is_broken(lp) == 0)
            break;
    }
    return status;
}

static ab_status near_part(const ab_lp_part *p, ab_lp *lp, double off, ab_lp_outcome *outcome, ab_error *err)
{
    double *x = ab__realloc(NULL, ((size_t)p->cols + 1) * sizeof *x);
    double *dual = ab__realloc(NULL, ((size_t)p->rows + 1) * sizeof *dual);
    int32_t *order = ab__realloc(NULL, ((size_t)lp->cost.count + 1) * sizeof *order);
    int32_t *waits_for = ab__realloc(NULL, ((size_t)lp->row_hi.count + 1) * sizeof *waits_for);
    double bound = 0, value = 0;
    bool found = false;
    bool room = x && dual && order && waits_for && ab__lp_part_near(p, off, x, dual, &bound, &found);
    if (room && found) {
        for (int32_t j = 0; j < p->cols; j++)
            value += p->cost[j] * x[j];
        take(p, NULL, x, dual, lp, order, waits_for);
        lp->bound = bound + lp->objective - value;
        lp->nearly = true;
    }
    free(x);
    free(dual);
    free(order);
    free(waits_for);
    *outcome = found ? AB_LP_OPTIMAL : AB_LP_STOPPED;
    return room ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory for a linear programme");
}

ab_status ab__lp_nearly(ab_lp *lp, double off, ab_lp_outcome *outcome, ab_error *err)
{
    ab_lp_part p;
    ab_status status = ab__lp_pack(lp, err);
    if (status != AB_OK)
        return status;
    bool room = ab__lp_part_make(&p, lp);
    if (room && rest_is_kept(&p))
        status = near_part(&p, lp, off, outcome, err);
    else if (room)
        *outcome = AB_LP_INFEASIBLE;
    else
        status = ab_fail(err, AB_NO_MEMORY, "out of memory for a linear programme");
    ab__lp_part_free(&p);
    return status;
}
