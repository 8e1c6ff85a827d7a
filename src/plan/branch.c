/* A little branch and bound: depth first from where the programme stands, a column up and down by turns,
 * cut off where even parts of vehicles would not beat the best plan. Its work is counted in solves. */
#include <math.h>

#include "plan/search.h"

/* Plans that are better by less than this share of what a plan can change are not looked for. */
static const double WORTH_FRAC = 2e-4;

/* The column that is least whole; -1: all are. */
static int32_t least_whole(const ab_model *model, const double *x)
{
    int32_t best = -1;
    double most = AB_WHOLE;
    for (int32_t i = 0; i < model->whole.count; i++) {
        double off = fabs(x[model->whole.at[i]] - round(x[model->whole.at[i]]));
        if (off > most) {
            most = off;
            best = model->whole.at[i];
        }
    }
    return best;
}

static bool hopeless(const ab_search *search, double value)
{
    return search->found && value >= ab__search_value(search, search->x) - WORTH_FRAC * search->change;
}

static ab_status branch(ab_search *search, int *solves, ab_error *err)
{
    ab_lp *lp = search->model->lp;
    const double *x = ab__lp_x(lp);
    if (hopeless(search, ab__search_value(search, x)))
        return AB_OK;
    int32_t col = least_whole(search->model, x);
    if (col < 0) {
        ab__search_keep(search);
        return AB_OK;
    }
    double value = x[col], lo = ab__lp_col_lo(lp, col), hi = ab__lp_col_hi(lp, col);
    bool up = value - floor(value) >= 0.5;
    ab_status status = AB_OK;
    for (int side = 0; side < 2 && status == AB_OK && *solves > 0 && !search->stopped; side++, up = !up) {
        ab_lp_outcome outcome;
        ab__lp_col_bounds(lp, col, up ? ceil(value) : lo, up ? fmax(hi, ceil(value)) : floor(value));
        *solves -= 1;
        status = ab__search_solve(search, &outcome, err);
        if (status == AB_OK && outcome == AB_LP_OPTIMAL)
            status = branch(search, solves, err);
    }
    ab__lp_col_bounds(lp, col, lo, hi);
    return status;
}

ab_status ab__search_branch(ab_search *search, int solves, ab_error *err)
{
    return branch(search, &solves, err);
}
