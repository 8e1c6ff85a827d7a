/* Which gaps are proved, in which order, and how much work that may be. Prices and refusals indicate a reason;
 * here a second plan is made for the place without it. If the place then eats more in the gap, the reason is
 * proved. */
#include "plan/prove.h"

#include <math.h>

#include "base/arena.h"

/* Share of what is missing in the gap that must be gained, and days of need of a person. */
static const double PROOF_FRAC = 0.01, PROOF_DAYS = 1e-3;
/* Entries of programmes that are solved: of the Syrian example about a hundredth of it. */
static const int64_t MOST_WORK = 200000000;

ab_status ab__prove_solve(ab_prover *prover, ab_corner *corner, bool *solved, ab_error *err)
{
    *solved = false;
    if (prover->work > MOST_WORK)
        return AB_OK;
    ab_status status = ab__corner_solve(corner, solved, err);
    prover->work += ab__lp_nonzeros(corner->lp);
    return status == AB_SOLVER ? AB_OK : status;
}

double ab__prove_gain_days(const ab_trial *trial, const ab_corner *corner)
{
    const ab_gap *gap = trial->gap;
    return ab__corner_eaten(corner, gap->category, gap->from, gap->until) - trial->eaten_days;
}

/* ---- Which gaps ------------------------------------------------------------------------------------------ */

/* The worst of its place and category; they come worst first. */
static bool is_worst(const ab_gap *gap, int32_t i)
{
    for (int32_t k = 0; k < i; k++)
        if (gap[k].place == gap[i].place && gap[k].category == gap[i].category)
            return false;
    return true;
}

static double missing_days(const ab_gap *gap, const ab_model *model)
{
    double days = 0;
    for (int32_t t = gap->from; t < gap->until; t++)
        days += model->days[t];
    return days * (1 - gap->eaten_frac);
}

static ab_trial *list_trials(const ab_prover *prover, ab_gap *gap, int32_t count, int32_t *trials)
{
    const ab_model *model = prover->search->model;
    ab_trial *trial = AB_NEW(prover->scratch, ab_trial, count);
    *trials = 0;
    for (int32_t i = 0; trial && i < count; i++) {
        if (!is_worst(gap, i))
            continue;
        ab_trial *t = &trial[(*trials)++];
        *t = (ab_trial){.gap = &gap[i], .group = gap[i].group};
        t->needed_days = fmax(PROOF_DAYS, PROOF_FRAC * missing_days(&gap[i], model));
        t->by_doors = ab__prove_find_doors(model, &prover->corners.offers, t);
    }
    return trial;
}

/* ---- One place after the other --------------------------------------------------------------------------- */

/* Within all limits, what the place eats in each of its gaps; gaps of a place whose corner has no solution, which
 * rounding could bring about, are not looked at further. */
static ab_status prove_place(ab_prover *prover, ab_trial *trial, int32_t count, int32_t place, ab_error *err)
{
    ab_corner corner;
    ab_status status = AB_OK;
    ab__corner_start(&corner, &prover->corners, place);
    if (corner.failed)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the reasons of gaps were proved");
    for (int32_t i = 0; i < count && status == AB_OK; i++) {
        ab_trial *t = &trial[i];
        bool solved;
        if (t->gap->place != place)
            continue;
        ab__corner_restore(&corner);
        status = ab__prove_solve(prover, &corner, &solved, err);
        t->eaten_days = (double)INFINITY;
        if (status != AB_OK || !solved)
            continue;
        t->eaten_days = ab__corner_eaten(&corner, t->gap->category, t->gap->from, t->gap->until);
        if (!t->by_doors)
            status = ab__prove_by_limits(prover, &corner, t, err);
    }
    ab__corner_free(&corner);
    return status;
}

static bool is_first_of_place(const ab_trial *trial, int32_t i)
{
    for (int32_t k = 0; k < i; k++)
        if (trial[k].gap->place == trial[i].gap->place)
            return false;
    return true;
}

static ab_status prove_all(ab_prover *prover, ab_gap *gap, int32_t count, ab_error *err)
{
    int32_t trials;
    const ab_search *search = prover->search;
    bool fine = ab__corners_start(&prover->corners, search->model, search->x, prover->scratch);
    ab_trial *trial = fine ? list_trials(prover, gap, count, &trials) : NULL;
    if (!trial)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the reasons of gaps were proved");
    ab_status status = AB_OK;
    for (int32_t i = 0; i < trials && status == AB_OK; i++)
        if (is_first_of_place(trial, i))
            status = prove_place(prover, trial, trials, trial[i].gap->place, err);
    return status == AB_OK ? ab__prove_by_doors(prover, trial, trials, err) : status;
}

ab_status ab__prove_gaps(const ab_search *search, ab_gap *gap, int32_t count, ab_arena *arena, ab_error *err)
{
    if (!search->found || !search->priced || search->stopped)
        return AB_OK;
    ab_prover prover = {.search = search, .arena = arena, .scratch = ab__arena_new()};
    ab_status status = prover.scratch ? prove_all(&prover, gap, count, err)
                                      : ab_fail(err, AB_NO_MEMORY, "out of memory while the reasons of gaps were proved");
    ab__arena_free(prover.scratch);
    return status;
}
