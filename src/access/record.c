#include "airbridge/record.h"

#include <assert.h>
#include <math.h>

#include "access/asks.h"
#include "access/chance.h"
#include "base/arena.h"

/* Of 113 requests of 2015 three in four were never answered (O'Brien to the Security Council, 27 January 2016). How long
 * the others took nobody told: two weeks, as if four answers had shown it, are assumed. */
static const ab__answering answers_before = {.ever = 0.25, .mean_days = 14};
static const double answers_before_cases = 113, days_before_cases = 4;
/* One authority's answering is drawn to what all others do as if so many requests of its own had shown that. Assumed. */
static const double answers_firm_cases = 8;
/* Of the answers of 2015 (a quarter of 113) about 10 % of all requests were delivered and 10 % approved and stuck: four of
 * five (the same source). */
static const ab__prior yes_before = {0.8, 28};
/* 36 of 39 convoys that made news in 2015 to 2018 were delivered; convoys make news when they move, so that it counts as
 * eight cases (assumed). */
static const ab__prior pass_before = {36.0 / 39, 8};
/* Of these 39, one was attacked, with loss of lives and goods (Urum al-Kubra, 19 September 2016), and one left half unloaded
 * because of shelling (Duma, 5 March 2018). */
static const ab__prior one_in_39_before = {38.0 / 39, 39};
/* Medicine: about 70 % of WHO's load for Duma was taken off on 5 March 2018 (Reuters), while many other convoys kept it:
 * three of five, as if five cases had shown it. Other goods: 19 of 20. Assumed. */
static const ab__prior medical_whole_before = {0.6, 5}, whole_before = {0.95, 5};
/* The Munich statement of 11 February 2016 promised land deliveries to six: Foah, Kefraya, Madaya, Moadamiyeh, Kafr Batna
 * and the rest of besieged Rural Damascus. By 23 February convoys had reached the five towns and not the rest. Uniform
 * prior: Beta(5 + 1, 1 + 1). */
static const double promised_arrival_prob = 6.0 / 8, promised_cases = 8;
/* With clearance the flight itself nearly always comes; drop and recovery have chances of their own. Assumed. */
static const ab__prior air_before = {0.95, 20};
/* Approved convoys behind approved_arrival_prob: Syria 2015 and July 2016, 14 of 41. */
static const double approved_cases = 41;

static const double memory_choice_days[] = {3, 7, 14, 30, 60};
static const double usual_memory_days = 14;

struct ab_record {
    ab_arena *arena;
    ab_authorities *authorities;
    const ab__funnel *funnel;
    ab_learnt *learnt;           /* [(stage * AB__KINDS + kind) * groups + authority]; */
    const ab__answering *answering; /* [groups]; in both, groups = authorities + 2: nobody named, then one without a record */
    int32_t groups;
    double memory_days;
    bool memory_told;
};

/* ---- What stands behind a stage ---- */

static double clamped(double prob)
{
    return fmin(fmax(prob, 1e-6), 1 - 1e-6);
}

/* The chance to set out is what a record of arrivals leaves for it beside the chance to pass. */
static ab__prior prior_of(const ab_operation *op, ab_stage stage, int32_t kind)
{
    switch (stage) {
    case AB_STAGE_YES:
        return yes_before;
    case AB_STAGE_GO:
        if (kind == AB_LEAVE_AIR) {
            return air_before;
        }
        if (kind == AB_LEAVE_PROMISE) {
            return (ab__prior){promised_arrival_prob / pass_before.mean, promised_cases};
        }
        return (ab__prior){clamped(op->settings->approved_arrival_prob / pass_before.mean), approved_cases};
    case AB_STAGE_PASS:
        return pass_before;
    case AB_STAGE_WHOLE:
        return kind == AB_CATEGORY_MEDICAL ? medical_whole_before : whole_before;
    default:
        return one_in_39_before;
    }
}

/* ---- Learning ---- */

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
    ab__prior prior = prior_of(record->funnel->op, stage, kind);
    double firm = ab__learn_firmness(cases, seen, prior);
    ab_learnt *out = &record->learnt[((int32_t)stage * AB__KINDS + kind) * record->groups];
    for (int32_t g = 0; g <= seen; g++) {
        bool own = g < seen;
        ab__belief belief = ab__learn(cases, seen, own ? g : -1, prior, firm);
        out[g] = (ab_learnt){.chance = chance_of(belief),
                             .seen = own ? cases[g].seen : 0,
                             .good = own ? cases[g].good : 0,
                             .rows = own ? group[g].rows : 0,
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
    ab_learnt *out = &record->learnt[(int32_t)AB_STAGE_ANSWER * AB__KINDS * record->groups];
    for (int32_t g = 0; g < record->groups; g++) {
        int32_t authority = g < funnel->authorities->count ? g : -1, others = 0, own = 0, last = funnel->wait_count;
        bool has_record = g <= funnel->authorities->count;
        for (int32_t i = 0; i < last; i++) {
            bool is_own = has_record && funnel->ask[i].authority == authority;
            wait[is_own ? last - ++own : others++] = funnel->wait[i];
        }
        ab__answering all = ab__answering_learn(wait, others, answers_before, answers_before_cases, days_before_cases);
        answering[g] = ab__answering_learn(&wait[last - own], own, all, answers_firm_cases, days_before_cases);
        out[g] = (ab_learnt){.chance = ab__chance_seen(answering[g].ever, answers_firm_cases + answering[g].seen),
                             .seen = answering[g].seen,
                             .good = answering[g].answered,
                             .rows = own,
                             .pooled_mean = all.ever,
                             .firm_cases = answers_firm_cases,
                             .prior_mean = answers_before.ever,
                             .prior_cases = answers_before_cases};
    }
    record->answering = answering;
}

/* ---- What is remembered ---- */

/* Does passing `i` follow another at the same gate? */
static bool follows(const ab__funnel *funnel, int32_t i)
{
    return i > 0 && funnel->passing[i].authority == funnel->passing[i - 1].authority &&
           funnel->passing[i].place == funnel->passing[i - 1].place;
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

static void learn_memory(ab_record *record)
{
    enum { LEAST_PAIRS = 5 };
    const ab__funnel *funnel = record->funnel;
    double greatest = -INFINITY;
    int32_t pairs = 0;
    for (int32_t i = 0; i < funnel->passing_count; i++) {
        pairs += follows(funnel, i);
    }
    record->memory_days = usual_memory_days;
    record->memory_told = pairs >= LEAST_PAIRS;
    for (size_t m = 0; record->memory_told && m < sizeof memory_choice_days / sizeof *memory_choice_days; m++) {
        double sum = 0;
        for (int32_t i = 1; i < funnel->passing_count; i++) {
            const ab__passing *before = &funnel->passing[i - 1], *now = before + 1;
            double share = follows(funnel, i) ? share_passed(funnel, now->authority) : 1;
            double kept = exp(-(double)(now->at - before->at) / 86400 / memory_choice_days[m]);
            double open = share + (before->passed - share) * kept;
            sum += follows(funnel, i) ? log(clamped(now->passed ? open : 1 - open)) : 0;
        }
        if (sum > greatest) {
            greatest = sum;
            record->memory_days = memory_choice_days[m];
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
    double kept = exp(-(double)(t - since) / 86400 / record->memory_days);
    return (ab_chance){chance.mean + (last - chance.mean) * kept, chance.low + (last - chance.low) * kept,
                       chance.high + (last - chance.high) * kept};
}
