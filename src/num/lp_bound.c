/* What a programme's value cannot be under, whatever prices are put on its rows: a column whose price says "more" takes
 * as much as its bounds let it (Lagrange's bound; weak duality). Near the optimum that is little, where columns have
 * bounds; those that have none are dealt with first. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "num/lp_parts.h"

enum { SWEEPS = 10 };
/* Of the terms of a sum, what is rounding. */
static const double ROUNDING = 1e-12;

/* Cost less what the column takes of its rows at these prices; *terms: the size of what was summed. */
static double reduced_cost(const ab_lp_part *p, const double *dual, int32_t j, double *terms)
{
    double reduced = p->cost[j];
    *terms = fabs(p->cost[j]);
    for (int k = p->start[j]; k < p->start[j + 1]; k++) {
        reduced -= p->value[k] * dual[p->index[k]];
        *terms += fabs(p->value[k] * dual[p->index[k]]);
    }
    return reduced;
}

static bool is_equation(const ab_lp_part *p, int32_t i)
{
    return p->row_lo[i] == p->row_hi[i];
}

/* The equation from which a column without limit takes, where it takes from no other row, as what is left goes to the
 * next day: the place of its entry; -1: none. */
static int takes_from(const ab_lp_part *p, int32_t j)
{
    int from = -1;
    for (int k = p->start[j]; k < p->start[j + 1] && p->hi[j] >= AB_LP_INFINITY; k++) {
        if (!(p->value[k] > 0))
            continue;
        if (from >= 0 || !is_equation(p, p->index[k]))
            return -1;
        from = k;
    }
    return from;
}

/* What may be carried on is not dearer where it comes from than where it goes to: lowers the price there. */
void ab__lp_part_settle(const ab_lp_part *p, double *dual)
{
    bool settled = false;
    for (int sweep = 0; sweep < SWEEPS && !settled; sweep++) {
        settled = true;
        /* Days stand in their order, and the last has its price first. */
        for (int32_t j = p->cols - 1; j >= 0; j--) {
            double terms;
            int from = takes_from(p, j);
            double lacks = from < 0 ? 0 : reduced_cost(p, dual, j, &terms);
            if (lacks < 0) {
                dual[p->index[from]] += lacks / p->value[from];
                settled = settled && lacks > -ROUNDING * terms;
            }
        }
    }
}

/* Rows of the whole programme in which nothing makes room for anything else, and nothing stands for others: what is put in the place
 * of a column that is left out may do either. */
static void find_pure(const ab_lp *lp, char *pure)
{
    for (int32_t r = 0; r < lp->row_hi.count; r++)
        pure[r] = lp->row_hi.at[r] < AB_LP_INFINITY;
    for (int32_t c = 0; c < lp->cost.count; c++)
        for (int32_t i = lp->start[c]; i < lp->start[c + 1]; i++)
            if (lp->value[i] < 0 || lp->col_lo.at[c] < 0 || ab__lp_left_out(lp, c))
                pure[lp->row[i]] = 0;
}

/* hi[cols]: the bounds of columns, or what one row alone lets them be. Holds for the whole programme, whatever else of it may
 * move. */
bool ab__lp_part_reach(const ab_lp_part *p, double *hi)
{
    char *pure = ab__realloc(NULL, (size_t)p->lp->row_hi.count + 1);
    if (!pure)
        return false;
    find_pure(p->lp, pure);
    for (int32_t j = 0; j < p->cols; j++) {
        hi[j] = p->hi[j];
        for (int k = p->start[j]; k < p->start[j + 1] && p->hi[j] >= AB_LP_INFINITY; k++)
            if (pure[p->row[p->index[k]]] && p->value[k] > 0)
                hi[j] = fmin(hi[j], p->lp->row_hi.at[p->row[p->index[k]]] / p->value[k]);
    }
    free(pure);
    return true;
}

double ab__lp_part_bound(const ab_lp_part *p, const double *hi, const double *dual)
{
    double total = 0;
    for (int32_t i = 0; i < p->rows; i++) {
        double side = dual[i] > 0 ? p->row_lo[i] : p->row_hi[i];
        if (dual[i] != 0)
            total += fabs(side) >= AB_LP_INFINITY ? -INFINITY : dual[i] * side;
    }
    for (int32_t j = 0; j < p->cols; j++) {
        double terms, reduced = reduced_cost(p, dual, j, &terms), at = reduced > 0 ? p->lo[j] : hi[j];
        if (fabs(reduced) > ROUNDING * terms || fabs(at) < AB_LP_INFINITY)
            total += fabs(at) >= AB_LP_INFINITY ? -INFINITY : reduced * at;
    }
    return total;
}
