#include "airbridge/verify.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verify/prover.h"
#include "verify/record.h"

static const ab_rule_account RULES[AB_RULES] = {
#define AB_RULE(enumerator, form, name, meaning) {name, meaning, AB_RULE_##form, 0, 0, NAN},
#include "verify/rules.def"
#undef AB_RULE
};

/* ---- Time ---- */

/* Periods shorter than a day share the limits of the local day in which they begin. */
static void fill_blocks(ab_prover *prover)
{
    const ab_operation *op = prover->op;
    bool parts = op->settings->period_s < 86400;
    int64_t offset_s = (int64_t)llround(op->settings->utc_offset_s), day_before = 0;

    for (int32_t t = 0; t < prover->periods; t++) {
        double day = floor((double)(ab_period_start(op, t) + offset_s) / 86400);
        prover->blocks += t == 0 || !parts || (int64_t)day != day_before;
        day_before = (int64_t)day;
        prover->block[t] = prover->blocks - 1;
        prover->days[t] = ab_period_days(op, t);
        prover->block_days[t] = parts ? 1 : fmax(1, prover->days[t]);
        prover->all_days += prover->days[t];
    }
}

int32_t ab__block_begins(const ab_prover *prover, int32_t block)
{
    int32_t t = 0;

    while (prover->block[t] < block)
        t++;
    return t;
}

static bool make_times(ab_prover *prover)
{
    prover->periods = prover->op->period_count;
    prover->days = AB_NEW(prover->arena, double, prover->periods);
    prover->block_days = AB_NEW(prover->arena, double, prover->periods);
    prover->block = AB_NEW(prover->arena, int32_t, prover->periods);
    if (!prover->days || !prover->block_days || !prover->block)
        return false;
    fill_blocks(prover);
    return true;
}

/* ---- The whole ---- */

static void say_what_is_not_proved(ab_prover *prover)
{
    ab__not_proved(prover, "chances of reports: how likely a place, hub or road is open, and what is taken off "
                           "there, is taken as the result has it, up to what permission, losses and drop allow");
    ab__not_proved(prover, "the bound: that no plan has less hunger rests on the planner's linear programme");
    ab__not_proved(prover, "reasons of gaps, and that a faster or surer way was not overlooked");
    if (prover->infeasible)
        ab__not_proved(prover, "commitments: the result says that they cannot be kept, and has no plan");
}

static bool make(ab_prover *prover)
{
    prover->record = ab__recount_make(prover->op, prover->arena);
    return prover->record && make_times(prover) && ab__needs_make(prover) && ab__told_make(prover) && ab__lived_make(prover);
}

static void prove(ab_prover *prover)
{
    static void (*const rules[])(ab_prover *) = {
        ab__prove_input,  ab__prove_sums,        ab__prove_ways,     ab__prove_lift,        ab__prove_lots,
        ab__prove_hubs,   ab__prove_transfers, ab__prove_fleet,    ab__prove_ground,   ab__prove_leave,       ab__prove_outcomes,  ab__prove_pacts,
        ab__prove_commitments, ab__prove_cover,  ab__prove_standing, ab__prove_totals,      ab__prove_figures,
        ab__prove_costs,
    };

    prover->infeasible = ab__told_figure(prover, "feasible") == 0;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && !prover->failed; i++)
        rules[i](prover);
    say_what_is_not_proved(prover);
}

static int by_rule(const void *a, const void *b)
{
    const ab_violation *const *x = a, *const *y = b;
    if ((*x)->rule != (*y)->rule)
        return (*x)->rule < (*y)->rule ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

/* Violations by rule, as found within one. */
static bool keep_violations(ab_prover *prover)
{
    int32_t count = prover->violation.count;
    ab_violation *kept = AB_NEW(prover->arena, ab_violation, count);
    const ab_violation **order = AB_NEW(prover->arena, const ab_violation *, count);

    if (!kept || !order)
        return false;
    for (int32_t i = 0; i < count; i++)
        order[i] = &prover->violation.at[i];
    if (count > 0)
        qsort(order, (size_t)count, sizeof *order, by_rule);
    for (int32_t i = 0; i < count; i++)
        kept[i] = *order[i];
    prover->proof->violation = kept;
    prover->proof->violation_count = count;
    return true;
}

static bool keep(ab_prover *prover)
{
    ab_proof *proof = prover->proof;
    const char **unproved = AB_NEW(prover->arena, const char *, prover->unproved.count);

    if (!unproved || !keep_violations(prover))
        return false;
    if (prover->unproved.count > 0)
        memcpy(unproved, prover->unproved.at, (size_t)prover->unproved.count * sizeof *unproved);
    proof->unproved = unproved;
    proof->unproved_count = prover->unproved.count;
    proof->rule = prover->account;
    proof->rule_count = AB_RULES;
    for (int32_t i = 0; i < AB_RULES; i++)
        proof->broken += prover->account[i].broken;
    return true;
}

ab_status ab_verify(const ab_operation *op, const ab_data *result, ab_proof **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_prover prover = {.op = op, .result = result, .arena = arena};

    *out = NULL;
    prover.proof = arena ? AB_NEW(arena, ab_proof, 1) : NULL;
    prover.account = arena ? AB_NEW(arena, ab_rule_account, AB_RULES) : NULL;
    bool made = prover.proof && prover.account;
    if (made) {
        memcpy(prover.account, RULES, sizeof RULES);
        made = make(&prover);
    }
    if (made)
        prove(&prover);
    made = made && !prover.failed && keep(&prover);
    AB_VEC_FREE(&prover.violation);
    AB_VEC_FREE(&prover.unproved);
    ab__recount_end(prover.record);
    if (!made) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the result was proved");
    }
    prover.proof->arena = arena;
    *out = prover.proof;
    return AB_OK;
}

void ab_proof_free(ab_proof *proof)
{
    if (proof)
        ab__arena_free(proof->arena);
}
