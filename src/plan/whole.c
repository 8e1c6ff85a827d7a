/* Whole vehicles. A dive: round up what fits beside everything else, and one column up against each limit
 * that is full; solve again, so that loads and the other columns follow; until all are whole. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "plan/search.h"

/* Slack below which a row counts as full. */
static const double ROOM = 1e-7;
/* More rounds than any dive took; those that turn in circles end here. */
enum { MOST_ROUNDS = 300 };

typedef struct fraction {
    int32_t col;
    double value, frac;
} fraction;

typedef struct dive {
    ab_search *search;
    bool careful;      /* one column a round, and then the next: slow, but backs out of dead ends */
    fraction *part;    /* columns that are not whole, largest fraction first */
    int32_t count;
    double *activity;  /* [rows] with what was rounded up */
    char *full;        /* [rows] a column was forced up against this row */
    int32_t *forced;   /* columns forced up in this round */
    int32_t forced_count;
} dive;

static ab_status new_dive(dive *d, ab_search *search, ab_error *err)
{
    ab_model *model = search->model;
    *d = (dive){.search = search};
    d->part = AB_NEW(model->arena, fraction, model->whole.count);
    d->activity = AB_NEW(model->arena, double, ab__lp_rows(model->lp));
    d->full = AB_NEW(model->arena, char, ab__lp_rows(model->lp));
    d->forced = AB_NEW(model->arena, int32_t, model->whole.count);
    if (!d->part || !d->activity || !d->full || !d->forced)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while whole trips were looked for");
    return AB_OK;
}

static int by_fraction(const void *a, const void *b)
{
    const fraction *x = a, *y = b;
    if (x->frac != y->frac)
        return x->frac < y->frac ? 1 : -1;
    return x->col < y->col ? -1 : 1;
}

static void find_fractions(dive *d)
{
    const ab_model *model = d->search->model;
    const double *x = ab__lp_x(model->lp);
    d->count = 0;
    for (int32_t i = 0; i < model->whole.count; i++) {
        double value = x[model->whole.at[i]], frac = value - floor(value);
        if (frac > AB_WHOLE && frac < 1 - AB_WHOLE)
            d->part[d->count++] = (fraction){model->whole.at[i], value, frac};
    }
    qsort(d->part, (size_t)d->count, sizeof *d->part, by_fraction);
}

static bool breaks(const dive *d, int32_t row, double change)
{
    const ab_lp *lp = d->search->model->lp;
    double after = d->activity[row] + change, lo = ab__lp_row_lo(lp, row), hi = ab__lp_row_hi(lp, row);
    return after > hi + ROOM * (1 + fabs(hi)) || after < lo - ROOM * (1 + fabs(lo));
}

/* Rounds the column up if that leaves all rows kept, or if no row that it breaks was forced in this round:
 * then others must give way. */
static void round_up(dive *d, const fraction *part)
{
    ab_lp *lp = d->search->model->lp;
    ab_lp_entries e = ab__lp_entries(lp, part->col);
    double up = ceil(part->value), rise = up - part->value;
    bool fits = true;
    for (int32_t i = 0; i < e.count; i++) {
        if (!breaks(d, e.row[i], rise * e.value[i]))
            continue;
        fits = false;
        if (d->full[e.row[i]])
            return;
    }
    for (int32_t i = 0; i < e.count; i++) {
        if (breaks(d, e.row[i], rise * e.value[i]))
            d->full[e.row[i]] = 1;
        if (fits)
            d->activity[e.row[i]] += rise * e.value[i];
    }
    if (!fits)
        d->forced[d->forced_count++] = part->col;
    ab__lp_col_bounds(lp, part->col, up, fmax(up, ab__lp_col_hi(lp, part->col)));
}

/* Rounds up what is at least `least_frac`, and the largest whatever it is. */
static void round_round(dive *d, double least_frac)
{
    ab_lp *lp = d->search->model->lp;
    memcpy(d->activity, ab__lp_row_activity(lp), (size_t)ab__lp_rows(lp) * sizeof *d->activity);
    memset(d->full, 0, (size_t)ab__lp_rows(lp));
    d->forced_count = 0;
    for (int32_t i = 0; i < d->count && (i == 0 || (!d->careful && d->part[i].frac >= least_frac)); i++)
        round_up(d, &d->part[i]);
}

/* What was forced up and cannot be goes down instead. */
static void force_down(dive *d)
{
    ab_lp *lp = d->search->model->lp;
    for (int32_t i = 0; i < d->forced_count; i++) {
        double down = ab__lp_col_lo(lp, d->forced[i]) - 1;
        ab__lp_col_bounds(lp, d->forced[i], 0, down);
    }
}

/* Ends with whole columns and OPTIMAL, or in a dead end. */
static ab_status descend(dive *d, ab_lp_outcome *outcome, ab_error *err)
{
    ab_status status = AB_OK;
    *outcome = AB_LP_OPTIMAL;
    for (int round = 0; status == AB_OK && *outcome == AB_LP_OPTIMAL; round++) {
        find_fractions(d);
        if (d->count == 0)
            return AB_OK;
        if (round == (d->careful ? 10 : 1) * MOST_ROUNDS)
            *outcome = AB_LP_STOPPED;
        if (*outcome != AB_LP_OPTIMAL)
            break;
        round_round(d, fmax(0, 0.8 - 0.2 * round));
        status = ab__search_solve(d->search, outcome, err);
        if (status == AB_OK && *outcome == AB_LP_INFEASIBLE && d->forced_count > 0) {
            force_down(d);
            status = ab__search_solve(d->search, outcome, err);
        }
    }
    return status;
}

ab_status ab__search_whole(ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    dive d;
    ab_lp_outcome outcome = AB_LP_OPTIMAL;
    double *lo = AB_NEW(model->arena, double, model->whole.count);
    double *hi = AB_NEW(model->arena, double, model->whole.count);
    ab_status status = new_dive(&d, search, err);
    if (status != AB_OK || !lo || !hi)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while whole trips were looked for");
    for (int32_t i = 0; i < model->whole.count; i++) {
        lo[i] = ab__lp_col_lo(model->lp, model->whole.at[i]);
        hi[i] = ab__lp_col_hi(model->lp, model->whole.at[i]);
    }
    status = descend(&d, &outcome, err);
    for (int tries = 0; status == AB_OK; tries++) {
        if (outcome == AB_LP_OPTIMAL)
            ab__search_keep(search);
        for (int32_t i = 0; i < model->whole.count; i++)
            ab__lp_col_bounds(model->lp, model->whole.at[i], lo[i], hi[i]);
        if (outcome == AB_LP_OPTIMAL || search->found || search->hasty || search->stopped || tries == 1)
            break;
        d.careful = true;
        status = ab__search_solve(search, &outcome, err);
        if (status == AB_OK && outcome == AB_LP_OPTIMAL)
            status = descend(&d, &outcome, err);
    }
    return status;
}
