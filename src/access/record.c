#include "airbridge/record.h"

#include <assert.h>
#include <math.h>

#include "access/asks.h"
#include "access/chance.h"
#include "base/arena.h"

/* One authority's answering is drawn to what all others do as if so many requests of its own had shown that. Assumed. */
static const double answers_firm_cases = 8;

static const double memory_choice_days[] = {3, 7, 14, 30, 60}, trust_choice[] = {0.25, 0.5, 0.75, 1};
static const double usual_memory_days = 14, usual_trust = 0.5;
enum { MEMORIES = sizeof memory_choice_days / sizeof *memory_choice_days, TRUSTS = sizeof trust_choice / sizeof *trust_choice };
/* Log-likelihood by which another must be better than the usual one. */
static const double memory_tells = 1;

struct ab_record {
    ab_arena *arena;
    ab_authorities *authorities;
    const ab__funnel *funnel;
    ab_priors priors;
    ab_learnt *learnt;           /* [(stage * AB__KINDS + kind) * groups + authority]; */
    const ab__answering *answering; /* [groups]; in both, groups = authorities + 2: nobody named, then one without a record */
    int32_t groups;
    double memory_days, memory_trust;
    bool memory_told;
};

/* ---- Learning ---- */

static double clamped(double prob)
{
    return fmin(fmax(prob, 1e-6), 1 - 1e-6);
}

static ab_prior prior_of(const ab_priors *priors, ab_stage stage, int32_t kind)
{
    switch (stage) {
    case AB_STAGE_YES:
        return priors->yes;
    case AB_STAGE_GO:
        return priors->go[kind < AB_LEAVES ? kind : AB_LEAVE_ANSWER];
    case AB_STAGE_PASS:
        return priors->pass;
    case AB_STAGE_WHOLE:
        return priors->whole[kind < ab_category_count ? kind : AB_CATEGORY_OTHER];
    case AB_STAGE_FULL:
        return priors->full;
    case AB_STAGE_KEPT:
        return priors->kept;
    case AB_STAGE_SAFE:
        return priors->safe;
    case AB_STAGE_ANSWER:
    case AB_STAGES:
        break;
    }
    return priors->answer;
}

static ab_chance chance_of(ab__belief belief)
{
    return ab__chance_seen(belief.a / (belief.a + belief.b), belief.a + belief.b);
}

/* `cases` has room for the groups with a record. */
static void learn_stage(ab_record *record, ab_stage stage, int32_t kind, ab__cases *cases)
{
    int32_t seen = record->funnel->authorities->count + 1;
    const ab__group *group = ab__funnel_group(record->funnel, stage, kind, 0);
    for (int32_t g = 0; g < seen; g++) {
        cases[g] = group[g].cases;
    }
    ab_prior prior = prior_of(&record->priors, stage, kind);
    double firm = ab__learn_firmness(cases, seen, prior);
    ab_learnt *out = &record->learnt[((int32_t)stage * AB__KINDS + kind) * record->groups];
    for (int32_t g = 0; g <= seen; g++) {
        bool own = g < seen;
        ab__belief belief = ab__learn(cases, seen, own ? g : -1, prior, firm);
        out[g] = (ab_learnt){.chance = chance_of(belief),
                             .seen = own ? cases[g].seen : 0,
                             .good = own ? cases[g].good : 0,
                             .rows = own ? group[g].rows : 0,
                             .good_rows = own ? group[g].good_rows : 0,
                             .pooled_mean = belief.pooled_mean,
                             .firm_cases = firm,
                             .prior_mean = prior.mean,
                             .prior_cases = prior.cases,
                             .survivors = own && group[g].unasked > cases[g].seen / 2};
    }
}

/* What all others do is learnt first, and is what is believed of this one beforehand. */
static void learn_answers(ab_record *record, ab__answering *answering, ab__wait *wait)
{
    const ab__funnel *funnel = record->funnel;
    ab_prior ever = record->priors.answer, days = record->priors.answer_days;
    ab__answering before = {.ever = ever.mean, .mean_days = days.mean};
    ab_learnt *out = &record->learnt[(int32_t)AB_STAGE_ANSWER * AB__KINDS * record->groups];
    for (int32_t g = 0; g < record->groups; g++) {
        int32_t authority = g < funnel->authorities->count ? g : -1, others = 0, own = 0, last = funnel->wait_count, rows = 0, good = 0;
        bool has_record = g <= funnel->authorities->count;
        for (int32_t i = 0; i < last; i++) {
            bool is_own = has_record && funnel->ask[i].authority == authority;
            wait[is_own ? last - ++own : others++] = funnel->wait[i];
            rows += is_own && funnel->wait[i].weight > 0;
            good += is_own && funnel->wait[i].weight > 0 && funnel->wait[i].answered;
        }
        ab__answering all = ab__answering_learn(wait, others, before, ever.cases, days.cases);
        answering[g] = ab__answering_learn(&wait[last - own], own, all, answers_firm_cases, days.cases);
        out[g] = (ab_learnt){.chance = ab__chance_seen(answering[g].ever, answers_firm_cases + answering[g].told),
                             .seen = answering[g].seen,
                             .good = answering[g].answered,
                             .rows = rows,
                             .good_rows = good,
                             .pooled_mean = all.ever,
                             .firm_cases = answers_firm_cases,
                             .prior_mean = ever.mean,
                             .prior_cases = ever.cases};
    }
    record->answering = answering;
}

/* ---- What is remembered ---- */

/* Does passing `i` follow another at the same gate? Rows of one day are one convoy told in parts, and tell nothing of memory. */
static bool follows(const ab__funnel *funnel, int32_t i)
{
    return i > 0 && funnel->passing[i].authority == funnel->passing[i - 1].authority &&
           funnel->passing[i].place == funnel->passing[i - 1].place && funnel->passing[i].at > funnel->passing[i - 1].at;
}

static double share_passed(const ab__funnel *funnel, int32_t authority)
{
    double seen = 2, good = 1; /* one of each before any case, so that nothing is certain */
    for (int32_t i = 0; i < funnel->passing_count; i++) {
        if (funnel->passing[i].authority == authority) {
            seen++;
            good += funnel->passing[i].passed;
        }
    }
    return good / seen;
}

/* ln of how likely the passings are that follow others, if what was seen last is trusted so much and forgotten so fast. */
static double memory_likelihood(const ab__funnel *funnel, double trust, double memory_days)
{
    double sum = 0;
    for (int32_t i = 1; i < funnel->passing_count; i++) {
        if (!follows(funnel, i)) {
            continue;
        }
        const ab__passing *before = &funnel->passing[i - 1], *now = before + 1;
        double share = share_passed(funnel, now->authority);
        double kept = trust * exp(-(double)(now->at - before->at) / 86400 / memory_days);
        double open = share + (before->passed - share) * kept;
        sum += log(clamped(now->passed ? open : 1 - open));
    }
    return sum;
}

static void learn_memory(ab_record *record)
{
    enum { LEAST_PAIRS = 5 };
    const ab__funnel *funnel = record->funnel;
    int32_t pairs = 0;
    for (int32_t i = 0; i < funnel->passing_count; i++) {
        pairs += follows(funnel, i);
    }
    double greatest = memory_likelihood(funnel, usual_trust, usual_memory_days) + memory_tells;
    record->memory_days = usual_memory_days;
    record->memory_trust = usual_trust;
    for (int i = 0; pairs >= LEAST_PAIRS && i < MEMORIES * TRUSTS; i++) {
        double days = memory_choice_days[i / TRUSTS], trust = trust_choice[i % TRUSTS];
        double sum = memory_likelihood(funnel, trust, days);
        if (sum > greatest) {
            greatest = sum;
            record->memory_days = days;
            record->memory_trust = trust;
            record->memory_told = true;
        }
    }
}

/* ---- Making ---- */

static bool learn(ab_record *record, ab_arena *scratch)
{
    size_t groups = (size_t)record->groups;
    record->learnt = AB_NEW(record->arena, ab_learnt, (size_t)AB_STAGES * AB__KINDS * groups);
    ab__answering *answering = AB_NEW(record->arena, ab__answering, groups);
    ab__cases *cases = AB_NEW(scratch, ab__cases, groups);
    ab__wait *wait = AB_NEW(scratch, ab__wait, record->funnel->wait_count);
    if (record->learnt == NULL || answering == NULL || cases == NULL || wait == NULL) {
        return false;
    }
    for (int stage = AB_STAGE_YES; stage < AB_STAGES; stage++) {
        for (int32_t kind = 0; kind < AB__KINDS; kind++) {
            learn_stage(record, (ab_stage)stage, kind, cases);
        }
    }
    learn_answers(record, answering, wait);
    learn_memory(record);
    return true;
}

ab_status ab_record_make(const ab_operation *op, ab_time now, ab_record **out, ab_error *err)
{
    ab_priors priors = ab_record_priors(op);
    return ab_record_make_from(op, now, &priors, out, err);
}

ab_status ab_record_make_from(const ab_operation *op, ab_time now, const ab_priors *priors, ab_record **out, ab_error *err)
{
    *out = NULL;
    ab_arena *arena = ab__arena_new(), *scratch = ab__arena_new();
    ab_record *record = arena != NULL ? AB_NEW(arena, ab_record, 1) : NULL;
    ab_authorities *authorities = NULL;
    if (record == NULL || scratch == NULL || ab_authorities_make(op, &authorities, err) != AB_OK) {
        ab__arena_free(arena);
        ab__arena_free(scratch);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while reading the record of requests");
    }
    *record = (ab_record){.arena = arena,
                          .authorities = authorities,
                          .funnel = ab__funnel_make(op, authorities, now, arena),
                          .priors = *priors,
                          .groups = authorities->count + 2};
    bool fine = record->funnel != NULL && learn(record, scratch);
    ab__arena_free(scratch);
    if (!fine) {
        ab_record_free(record);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while learning from the record of requests");
    }
    *out = record;
    return AB_OK;
}

void ab_record_free(ab_record *record)
{
    if (record != NULL) {
        ab_authorities_free(record->authorities);
        ab__arena_free(record->arena);
    }
}

ab_time ab_record_now(const ab_operation *op)
{
    return op->settings->as_of != AB_TIME_NONE ? op->settings->as_of : op->settings->start;
}

/* ---- Looking up ---- */

const ab_authorities *ab_record_authorities(const ab_record *record)
{
    return record->authorities;
}

const ab_ask *ab_record_asks(const ab_record *record, int32_t *count)
{
    *count = record->funnel->ask_count;
    return record->funnel->ask;
}

/* One of which nothing is on record has the last group. */
static int32_t group_of(const ab_record *record, int32_t authority)
{
    assert(authority >= -1 && authority < record->authorities->count);
    return authority >= 0 ? authority : record->groups - 1;
}

ab_learnt ab_record_stage(const ab_record *record, int32_t authority, ab_stage stage, int32_t kind)
{
    assert(kind >= 0 && kind < AB__KINDS);
    return record->learnt[((int32_t)stage * AB__KINDS + kind) * record->groups + group_of(record, authority)];
}

double ab_record_answer_days(const ab_record *record, int32_t authority)
{
    return record->answering[group_of(record, authority)].mean_days;
}

ab_chance ab_record_answered(const ab_record *record, int32_t authority, double waited_s, double more_s)
{
    ab__answering answering = record->answering[group_of(record, authority)];
    ab_chance ever = ab_record_stage(record, authority, AB_STAGE_ANSWER, 0).chance, out;
    double at[3] = {ever.mean, ever.low, ever.high}, prob[3];
    for (int i = 0; i < 3; i++) {
        answering.ever = clamped(at[i]);
        prob[i] = ab__answer_prob(answering, fmax(0, waited_s) / 86400, fmax(0, more_s) / 86400);
    }
    out = (ab_chance){prob[0], prob[1], prob[2]};
    return out;
}

ab_leave ab_record_leave(const ab_record *record, int32_t place, ab_mode mode, ab_time t)
{
    return ab__leave_at(record->funnel->op, place, mode, t, record->funnel->now);
}

int32_t ab_record_besieger(const ab_record *record, int32_t place)
{
    return record->funnel->besieger[place];
}

int ab_record_last(const ab_record *record, ab_stage stage, int32_t authority, int32_t place, ab_time *since)
{
    assert(stage == AB_STAGE_GO || stage == AB_STAGE_PASS);
    const ab__funnel *funnel = record->funnel;
    int last = -1;
    *since = AB_TIME_NONE;
    for (int32_t i = 0; authority >= 0 && i < funnel->passing_count; i++) {
        const ab__passing *p = &funnel->passing[i];
        if (p->authority == authority && p->place == place && (stage == AB_STAGE_GO || p->went)) {
            last = stage == AB_STAGE_GO ? p->went : p->passed;
            *since = p->at;
        }
    }
    return last;
}

double ab_record_memory_trust(const ab_record *record)
{
    return record->memory_trust;
}

double ab_record_memory_days(const ab_record *record, bool *told)
{
    *told = record->memory_told;
    return record->memory_days;
}

ab_chance ab_record_remembered(const ab_record *record, ab_chance chance, ab_stage stage, int32_t authority,
                               int32_t place, ab_time t)
{
    ab_time since;
    int last = ab_record_last(record, stage, authority, place, &since);
    if (last < 0 || t < since) {
        return chance;
    }
    double kept = record->memory_trust * exp(-(double)(t - since) / 86400 / record->memory_days);
    return (ab_chance){chance.mean + (last - chance.mean) * kept, chance.low + (last - chance.low) * kept,
                       chance.high + (last - chance.high) * kept};
}
