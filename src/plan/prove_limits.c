/* Limits of the plan, taken away one at a time, then two; last, what others have of them. */
#include "plan/prove.h"

#include <math.h>

#include "base/arena.h"

enum { SINGLES = 4, FIRSTS = 1, SECONDS = 2, HOLDERS = 3 };

/* ---- What is written down -------------------------------------------------------------------------------- */

static void say_holders(const ab_model *model, ab_gap *gap, ab_arena *arena)
{
    for (int32_t i = 0; i < gap->holder_count && gap->detail; i++) {
        const ab_place *place = &model->op->places.at[gap->holder[i]];
        gap->detail = ab__arena_printf(arena, i == 0 ? "%s; most of it goes to %s" : "%s, %s", gap->detail,
                                       ab__say_name(place->name, place->id));
    }
}

static void write_cause(const ab_prover *prover, const ab_corner *corner, const ab_cause *cause, ab_gap *gap)
{
    const ab_model *model = corner->of->model;
    bool named = gap->reason == cause->reason && gap->because.table == cause->because.table &&
                 gap->because.row == cause->because.row;
    if (named)
        return;
    ab_limit limit = {cause->reason, cause->because, -1};
    gap->reason = cause->reason;
    gap->because = cause->because;
    gap->evidence = -1;
    gap->detail = ab__say_limit(model, &limit, cause->row, prover->arena);
}

static void write_second(const ab_prover *prover, const ab_corner *corner, const ab_cause *cause, ab_gap *gap)
{
    ab_limit limit = {cause->reason, cause->because, -1};
    const char *more = ab__say_limit(corner->of->model, &limit, cause->row, prover->arena);
    gap->also = cause->reason;
    gap->also_because = cause->because;
    gap->detail = gap->detail && more ? ab__arena_printf(prover->arena, "%s; and besides %s", gap->detail, more) : NULL;
}

/* `second` NULL: one limit is enough. */
static void write_proof(ab_prover *prover, const ab_corner *corner, const ab_cause *first, const ab_cause *second,
                        double gain_days, ab_gap *gap)
{
    write_cause(prover, corner, first, gap);
    gap->proved = true;
    gap->gain_days = gain_days;
    gap->change = ab__say_change_of_limit(corner, first, prover->arena);
    if (!second)
        return;
    write_second(prover, corner, second, gap);
    const char *more = ab__say_change_of_limit(corner, second, prover->arena);
    if (gap->change && more)
        gap->change = ab__arena_printf(prover->arena, "%s, and %s", gap->change, more);
}

/* ---- The search for one ---------------------------------------------------------------------------------- */

/* Solves without one limit or two. */
static ab_status solve_without(ab_prover *prover, ab_corner *corner, const ab_cause *first, const ab_cause *second,
                               bool *solved, ab_error *err)
{
    ab__corner_restore(corner);
    ab__corner_relax(corner, first);
    if (second)
        ab__corner_relax(corner, second);
    return ab__prove_solve(prover, corner, solved, err);
}

static bool same(const ab_cause *cause, const ab_gap *gap)
{
    return cause->reason == gap->reason && cause->because.table == gap->because.table &&
           cause->because.row == gap->because.row;
}

/* What the prices of the whole relaxation indicate is tried first. */
static void indicated_first(ab_cause *cause, int32_t count, const ab_gap *gap)
{
    for (int32_t i = 1; i < count; i++) {
        if (!same(&cause[i], gap))
            continue;
        ab_cause moved = cause[i];
        for (; i > 0; i--)
            cause[i] = cause[i - 1];
        cause[0] = moved;
        return;
    }
}

static ab_status try_singles(ab_prover *prover, ab_corner *corner, ab_trial *trial, const ab_cause *cause, int32_t count,
                             ab_error *err)
{
    int32_t holder[SINGLES][HOLDERS], holders[SINGLES];
    for (int32_t i = 0; i < count && i < SINGLES; i++)
        holders[i] = ab__corner_holders(corner, &cause[i], HOLDERS, holder[i]);
    for (int32_t i = 0; i < count && i < SINGLES && !trial->gap->proved; i++) {
        bool solved;
        ab_status status = solve_without(prover, corner, &cause[i], NULL, &solved, err);
        double gain_days = status == AB_OK && solved ? ab__prove_gain_days(trial, corner) : 0;
        if (status != AB_OK)
            return status;
        if (gain_days < trial->needed_days)
            continue;
        write_proof(prover, corner, &cause[i], NULL, gain_days, trial->gap);
        trial->gap->holder_count = holders[i];
        for (int32_t k = 0; k < holders[i]; k++)
            trial->gap->holder[k] = holder[i][k];
        say_holders(corner->of->model, trial->gap, prover->arena);
    }
    return AB_OK;
}

/* Both must bring a proof, and twice what the first alone does. */
static bool is_worth_both(const ab_trial *trial, double gain_days)
{
    return gain_days >= trial->needed_days && gain_days >= 2 * trial->gap->gain_days;
}

/* One limit behind another: without the first, which is that of the gap if one is proved, the prices tell the
 * second. */
static ab_status try_pairs(ab_prover *prover, ab_corner *corner, ab_trial *trial, const ab_cause *cause, int32_t count,
                           ab_error *err)
{
    const ab_gap *gap = trial->gap;
    bool both = false;
    for (int32_t i = 0, tried = 0; i < count && tried < FIRSTS && !both; i++) {
        if (gap->proved && !same(&cause[i], gap))
            continue;
        tried++;
        ab_cause second[AB_CAUSES];
        bool solved;
        ab_status status = solve_without(prover, corner, &cause[i], NULL, &solved, err);
        int32_t seconds = status == AB_OK && solved
                              ? ab__corner_causes(corner, trial->group, gap->from, gap->until, second)
                              : 0;
        for (int32_t j = 0; j < seconds && j < SECONDS && status == AB_OK && !both; j++) {
            status = solve_without(prover, corner, &cause[i], &second[j], &solved, err);
            double gain_days = status == AB_OK && solved ? ab__prove_gain_days(trial, corner) : 0;
            both = is_worth_both(trial, gain_days);
            if (both)
                write_proof(prover, corner, &cause[i], &second[j], gain_days, trial->gap);
        }
        if (status != AB_OK)
            return status;
    }
    return AB_OK;
}

/* Nothing of the kind: would it help if the others had nothing? */
static ab_status try_yielding(ab_prover *prover, ab_corner *corner, ab_trial *trial, ab_error *err)
{
    static const ab_cause any = {AB_REASON_NONE, {-1, -1}, 0, -1};
    ab_gap *gap = trial->gap;
    bool solved;
    ab__corner_restore(corner);
    ab_status status = ab__prove_solve(prover, corner, &solved, err);
    int32_t holder[HOLDERS], holders = status == AB_OK && solved ? ab__corner_holders(corner, &any, HOLDERS, holder) : 0;
    if (status != AB_OK || holders == 0)
        return status;
    ab__corner_yield(corner);
    status = ab__prove_solve(prover, corner, &solved, err);
    double gain_days = status == AB_OK && solved ? ab__prove_gain_days(trial, corner) : 0;
    if (gain_days < trial->needed_days)
        return status;
    gap->reason = AB_REASON_LESS_URGENT;
    gap->because = (ab_ref){-1, -1};
    gap->evidence = -1;
    gap->detail = "what could be sent relieves more hunger elsewhere";
    gap->proved = true;
    gap->gain_days = gain_days;
    gap->holder_count = holders;
    for (int32_t k = 0; k < holders; k++)
        gap->holder[k] = holder[k];
    say_holders(corner->of->model, gap, prover->arena);
    return status;
}

static void write_small(ab_trial *trial)
{
    ab_gap *gap = trial->gap;
    gap->reason = AB_REASON_SMALL_LOAD;
    gap->because = (ab_ref){-1, -1};
    gap->evidence = -1;
    gap->detail = "no limit stands in the way: too little is missing for whole vehicles and packages, or for what "
                  "they would cost";
    gap->proved = true;
    gap->gain_days = fmin(trial->met_days - trial->had_days, trial->missing_days);
    gap->change = "a commitment that sends it all the same";
}

bool ab__prove_small_load(ab_trial *trial)
{
    bool small = trial->met_days - trial->had_days >= trial->missing_days / 2 && isfinite(trial->met_days);
    if (small)
        write_small(trial);
    return small;
}

ab_status ab__prove_by_limits(ab_prover *prover, ab_corner *corner, ab_trial *trial, ab_error *err)
{
    ab_cause cause[AB_CAUSES];
    int32_t count = ab__corner_causes(corner, trial->group, trial->gap->from, trial->gap->until, cause);
    indicated_first(cause, count, trial->gap);
    ab_status status = try_singles(prover, corner, trial, cause, count, err);
    if (status == AB_OK && trial->gap->gain_days < trial->missing_days / 2)
        status = try_pairs(prover, corner, trial, cause, count, err);
    if (status == AB_OK && !trial->gap->proved)
        status = try_yielding(prover, corner, trial, err);
    if (status == AB_OK && !trial->gap->proved && trial->met_days - trial->had_days >= trial->needed_days)
        write_small(trial);
    return status;
}
