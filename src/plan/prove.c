/* Which gaps are proved, in which order, and how much work that may be. Prices and refusals indicate a reason;
 * here a second plan is made for the place without it. If the place then eats more in the gap, the reason is
 * proved. */
#include "plan/prove.h"

#include <math.h>

#include "base/arena.h"

/* Share of what is missing in the gap that must be gained, and days of need of a person. */
static const double PROOF_FRAC = 0.01, PROOF_DAYS = 1e-3;
/* Entries of the programmes that may be solved, some two seconds' work for a million; the Syrian example takes
 * three quarters of one. Gaps that are left then stay indicated. */
static const int64_t MOST_WORK = 3000000;

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
    double more = ab__corner_met(corner, gap->category, gap->from, gap->until) - trial->met_days;
    return fmin(more, trial->missing_days);
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

static ab_trial start_trial(ab_gap *gap, const ab_model *model)
{
    double days = 0;
    for (int32_t t = gap->from; t < gap->until; t++)
        days += model->days[t];
    ab_trial trial = {.gap = gap, .group = gap->group, .met_days = (double)INFINITY};
    trial.had_days = days * gap->eaten_frac;
    trial.missing_days = days - trial.had_days;
    trial.needed_days = fmax(PROOF_DAYS, PROOF_FRAC * trial.missing_days);
    return trial;
}

/* A trial for each gap, and where trips by several means are refused one for each of them. */
static ab_trial *list_trials(const ab_prover *prover, ab_gap *gap, int32_t count, int32_t *trials)
{
    const ab_model *model = prover->search->model;
    ab_trial *trial = AB_NEW(prover->scratch, ab_trial, (int64_t)count * (1 + AB_MEANS_LINK));
    *trials = 0;
    for (int32_t i = 0; trial && i < count; i++) {
        ab_trial *t = &trial[(*trials)++];
        *t = start_trial(&gap[i], model);
        t->is_worst = is_worst(gap, i);
        t->by_doors = ab__prove_find_doors(model, &prover->corners.offers, t);
        for (int m = 0; m < AB_MEANS_LINK; m++)
            *trials += ab__prove_find_others(model, t, (ab_means)m, &trial[*trials]);
    }
    return trial;
}

/* ---- One place after the other --------------------------------------------------------------------------- */

/* Within all limits, how much of the need the place can meet in each of its gaps. */
static void look_within_limits(const ab_corner *corner, ab_trial *trial, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        const ab_gap *gap = trial[i].gap;
        if (gap->place == corner->place)
            trial[i].met_days = ab__corner_met(corner, gap->category, gap->from, gap->until);
    }
}

/* The gaps of the place that are by limits; a proof leaves the corner without one, so it is solved anew. */
static ab_status prove_limits(ab_prover *prover, ab_corner *corner, ab_trial *trial, int32_t count, ab_error *err)
{
    ab_status status = AB_OK;
    bool solved = true;
    for (int32_t i = 0; i < count && status == AB_OK && solved; i++) {
        if (trial[i].by_doors || trial[i].gap->place != corner->place || ab__prove_small_load(&trial[i]) ||
            !trial[i].is_worst)
            continue;
        status = ab__prove_by_limits(prover, corner, &trial[i], err);
        if (status != AB_OK)
            break;
        ab__corner_restore(corner);
        status = ab__prove_solve(prover, corner, &solved, err);
    }
    return status;
}

/* Gaps of a place whose corner has no solution, which rounding could bring about, are not looked at further. */
static ab_status prove_place(ab_prover *prover, ab_trial *trial, int32_t count, int32_t place, ab_error *err)
{
    ab_corner corner;
    bool solved = false;
    ab__corner_start(&corner, &prover->corners, place);
    ab_status status = corner.failed ? ab_fail(err, AB_NO_MEMORY, "out of memory while the reasons of gaps were proved")
                                     : ab__prove_solve(prover, &corner, &solved, err);
    if (status == AB_OK && solved) {
        look_within_limits(&corner, trial, count);
        status = prove_limits(prover, &corner, trial, count, err);
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
    const ab_search *search = prover->search;
    int32_t trials = 0;
    bool fine = ab__corners_start(&prover->corners, search->model, search->x, search->open, prover->scratch);
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
