/* What is believed of each authority, worked out from the cases counted anew: docs/models/record.md. */
#include "verify/record.h"

#include <math.h>

#include "verify/prover.h"

typedef struct belief {
    double mean, cases;
} belief;

/* Beliefs before any case, and their sources: docs/models/record.md, Pooling. */
static const belief ANSWERED = {0.25, 113}, ANSWER_DAYS = {14, 4}, YES = {0.8, 28}, CLEARED = {0.95, 20};
static const belief MEDICAL_KEPT = {0.6, 5}, OTHERS_KEPT = {0.95, 5}, SELDOM = {38.0 / 39, 39};
static const double PASSED_PROB = 36.0 / 39, PASSED_CASES = 8, PROMISED_PROB = 0.75, PROMISED_CASES = 8, APPROVED_CASES = 41;
/* As how many cases of its own others count: as a rule, and of what else the cases may choose; of answering always. */
static const double FIRM = 8, FIRM_CHOICE[] = {2, 4, 8, 16, 32}, FIRM_OF_ANSWERS = 8;
/* What is remembered: as a rule, and of what else the sightings may choose; those must be so many. */
static const double MEMORY_DAYS = 14, TRUST = 0.5, DAYS_CHOICE[] = {3, 7, 14, 30, 60}, TRUST_CHOICE[] = {0.25, 0.5, 0.75, 1};
enum { LEAST_FOLLOWING = 5, DAY_S = 86400 };
/* Another is chosen that makes what was seen e times as likely. */
static const double CHOOSES = 1;

static double inside(double prob)
{
    return fmax(1e-6, fmin(prob, 1 - 1e-6));
}

/* ---- Beliefs beforehand ---- */

/* What one says of approvals must come out of setting out and passing. */
static belief go_before(const ab_settings *settings, int32_t footing, double pass_prob)
{
    if (footing == AB__BY_AIR)
        return CLEARED;
    if (footing == AB__ON_A_PROMISE)
        return (belief){inside(PROMISED_PROB / pass_prob), PROMISED_CASES};
    return (belief){inside(inside(settings->approved_arrival_prob) / pass_prob), APPROVED_CASES};
}

static belief before(const ab_settings *settings, ab__trial trial, int32_t kind)
{
    double pass_prob = fmax(PASSED_PROB, inside(settings->approved_arrival_prob));

    switch (trial) {
    case AB__TRIAL_YES:
        return YES;
    case AB__TRIAL_GO:
        return go_before(settings, kind, pass_prob);
    case AB__TRIAL_PASS:
        return (belief){pass_prob, PASSED_CASES};
    case AB__TRIAL_WHOLE:
        return kind == AB_CATEGORY_MEDICAL ? MEDICAL_KEPT : OTHERS_KEPT;
    default:
        return SELDOM;
    }
}

static belief answered_before(const ab_settings *settings)
{
    double approved = inside(settings->approved_arrival_prob);

    return (belief){inside(settings->unanswered_arrival_prob / (YES.mean * approved)), ANSWERED.cases};
}

/* ---- What others do ---- */

static const ab__tally *tallies(const ab__recount *recount, ab__trial trial, int32_t kind)
{
    return &recount->tally[((int32_t)trial * AB__TRIAL_KINDS + kind) * recount->groups];
}

/* The mean of what was believed and of all others; group -1: of all. */
static double pooled(const ab__recount *recount, const ab__tally *tally, belief prior, int32_t group)
{
    double seen = prior.cases, good = prior.mean * prior.cases;

    for (int32_t g = 0; g < recount->groups; g++) {
        seen += g == group ? 0 : tally[g].seen;
        good += g == group ? 0 : tally[g].good;
    }
    return good / seen;
}

/* ln B(a, b) */
static double ln_beta(double a, double b)
{
    return lgamma(a) + lgamma(b) - lgamma(a + b);
}

/* How likely the cases of all are, ln, if each is drawn to the others as by `firm` cases. */
static double ln_likely(const ab__recount *recount, const ab__tally *tally, belief prior, double firm)
{
    double sum = 0;

    for (int32_t g = 0; g < recount->groups; g++) {
        double mean = pooled(recount, tally, prior, g), a = firm * mean, b = firm - a;
        sum += ln_beta(a + tally[g].good, b + (tally[g].seen - tally[g].good)) - ln_beta(a, b);
    }
    return sum;
}

static double choose_firm(const ab__recount *recount, ab__trial trial, int32_t kind)
{
    const ab__tally *tally = tallies(recount, trial, kind);
    belief prior = before(recount->op->settings, trial, kind);
    double chosen = FIRM, least = ln_likely(recount, tally, prior, FIRM) + CHOOSES;

    for (size_t i = 0; i < sizeof FIRM_CHOICE / sizeof *FIRM_CHOICE; i++) {
        double likely = ln_likely(recount, tally, prior, FIRM_CHOICE[i]);
        if (likely > least) {
            least = likely;
            chosen = FIRM_CHOICE[i];
        }
    }
    return chosen;
}

double ab__recount_prob(const ab__recount *recount, ab__trial trial, int32_t kind, int32_t authority)
{
    const ab__tally *tally = tallies(recount, trial, kind);
    double firm = recount->firm_cases[(int32_t)trial * AB__TRIAL_KINDS + kind];
    double mean = pooled(recount, tally, before(recount->op->settings, trial, kind), authority);
    ab__tally own = authority >= 0 ? tally[authority] : (ab__tally){0, 0};

    return (firm * mean + own.good) / (firm + own.seen);
}

/* ---- Answers ---- */

/* Of those that waited so long, the share whose answer comes some day. */
static double still_to_come(double ever, double mean_days, double waited_days)
{
    double silent = 1 - ever, late = ever * exp(-waited_days / mean_days);

    return late / (silent + late);
}

/* The likeliest share that is answered and mean time to it; `own`: of the requests to `group`, else of all others. Starts from
 * what is believed and ends there. */
static void settle(const ab__recount *recount, int32_t group, bool own, belief share, belief time, double *ever, double *days)
{
    enum { MOST_STEPS = 20000 };
    double moved = 1;

    *ever = share.mean;
    *days = time.mean;
    for (int step = 0; step < MOST_STEPS && moved > 1e-13; step++) {
        double seen = share.cases, good = share.mean * share.cases, answers = time.cases, sum = time.mean * time.cases;
        for (int32_t i = 0; i < recount->delay.count; i++) {
            const ab__delay *d = &recount->delay.at[i];
            if ((d->authority == group) != own)
                continue;
            double part = d->answered ? d->weight : d->weight * still_to_come(*ever, *days, d->days);
            seen += d->weight;
            good += part;
            answers += part;
            sum += part * (d->answered ? d->days : d->days + *days);
        }
        moved = fmax(fabs(good / seen - *ever), fabs(sum / answers - *days) / (sum / answers));
        *ever = good / seen;
        *days = sum / answers;
    }
}

/* All others first, and then its own requests beside what these say. */
static void learn_answering(ab__recount *recount, int32_t group)
{
    double ever, days;

    settle(recount, group, false, answered_before(recount->op->settings), ANSWER_DAYS, &ever, &days);
    settle(recount, group, true, (belief){ever, FIRM_OF_ANSWERS}, (belief){days, ANSWER_DAYS.cases}, &recount->ever[group],
           &recount->days[group]);
}

double ab__recount_answer_prob(ab__recount *recount, int32_t authority, double waited_s, double more_s)
{
    int32_t group = authority >= 0 ? authority : recount->groups;

    if (isnan(recount->ever[group]))
        learn_answering(recount, group);
    double days = recount->days[group], more_days = fmax(0, more_s) / DAY_S;
    double comes = still_to_come(inside(recount->ever[group]), days, fmax(0, waited_s) / DAY_S);
    return comes * (1 - exp(-more_days / days));
}

/* ---- Memory ---- */

/* One load after another, at the same gate to the same place, on a later day. */
static bool is_next(const ab__sighting *a, const ab__sighting *b)
{
    return a->authority == b->authority && a->place == b->place && b->at > a->at;
}

/* What passes at its gates, whatever was seen last: one that did and one that did not stand before. */
static double share_let_through(const ab__recount *recount, int32_t authority)
{
    double seen = 2, through = 1;

    for (int32_t i = 0; i < recount->sighting.count; i++) {
        bool here = recount->sighting.at[i].authority == authority;
        seen += here;
        through += here && recount->sighting.at[i].passed;
    }
    return through / seen;
}

static double weight_of_memory(double trust, double memory_days, ab_time since, ab_time at)
{
    return trust * exp(-((double)(at - since) / DAY_S) / memory_days);
}

static double ln_remembered(const ab__recount *recount, double trust, double memory_days)
{
    const ab__sighting *s = recount->sighting.at;
    double sum = 0, share = 0;

    for (int32_t i = 1; i < recount->sighting.count; i++) {
        if (i == 1 || s[i].authority != s[i - 1].authority)
            share = share_let_through(recount, s[i].authority);
        if (!is_next(&s[i - 1], &s[i]))
            continue;
        double weight = weight_of_memory(trust, memory_days, s[i - 1].at, s[i].at);
        double through = (1 - weight) * share + weight * s[i - 1].passed;
        sum += log(inside(s[i].passed ? through : 1 - through));
    }
    return sum;
}

static void choose_memory(ab__recount *recount)
{
    double least = ln_remembered(recount, TRUST, MEMORY_DAYS) + CHOOSES;
    int32_t following = 0;

    recount->memory_days = MEMORY_DAYS;
    recount->memory_trust = TRUST;
    for (int32_t i = 1; i < recount->sighting.count; i++)
        following += is_next(&recount->sighting.at[i - 1], &recount->sighting.at[i]);
    if (following < LEAST_FOLLOWING)
        return;
    for (size_t d = 0; d < sizeof DAYS_CHOICE / sizeof *DAYS_CHOICE; d++)
        for (size_t r = 0; r < sizeof TRUST_CHOICE / sizeof *TRUST_CHOICE; r++) {
            double likely = ln_remembered(recount, TRUST_CHOICE[r], DAYS_CHOICE[d]);
            if (likely <= least)
                continue;
            least = likely;
            recount->memory_days = DAYS_CHOICE[d];
            recount->memory_trust = TRUST_CHOICE[r];
        }
}

double ab__recount_prob_at(const ab__recount *recount, ab__trial trial, int32_t kind, int32_t authority, int32_t place, ab_time at)
{
    double prob = ab__recount_prob(recount, trial, kind, authority);
    const ab__sighting *last = NULL;

    for (int32_t i = 0; authority >= 0 && i < recount->sighting.count; i++) {
        const ab__sighting *s = &recount->sighting.at[i];
        if (s->authority == authority && s->place == place && (s->went || trial == AB__TRIAL_GO))
            last = s;
    }
    if (!last || last->at > at)
        return prob;
    bool well = trial == AB__TRIAL_GO ? last->went : last->passed;
    double weight = weight_of_memory(recount->memory_trust, recount->memory_days, last->at, at);
    return (1 - weight) * prob + weight * well;
}

/* ---- Making ---- */

static bool make_room(ab__recount *recount, ab_arena *arena)
{
    size_t groups = (size_t)recount->groups + 1;

    recount->firm_cases = AB_NEW(arena, double, AB__TRIALS * AB__TRIAL_KINDS);
    recount->ever = AB_NEW(arena, double, groups);
    recount->days = AB_NEW(arena, double, groups);
    for (size_t g = 0; recount->ever && g < groups; g++)
        recount->ever[g] = NAN;
    return recount->firm_cases && recount->ever && recount->days;
}

static bool fill(ab__recount *recount, ab_arena *arena)
{
    ab_error err = AB_ERROR_INIT;

    if (ab_authorities_make(recount->op, &recount->who, &err) != AB_OK)
        return false;
    recount->groups = recount->who->count + 1;
    if (!make_room(recount, arena) || !ab__recount_funnel(recount, arena))
        return false;
    for (int32_t trial = 0; trial < AB__TRIALS; trial++)
        for (int32_t kind = 0; kind < AB__TRIAL_KINDS; kind++)
            recount->firm_cases[trial * AB__TRIAL_KINDS + kind] = choose_firm(recount, (ab__trial)trial, kind);
    choose_memory(recount);
    return true;
}

ab__recount *ab__recount_make(const ab_operation *op, ab_arena *arena)
{
    ab__recount *recount = AB_NEW(arena, ab__recount, 1);
    const ab_settings *settings = op->settings;

    if (!recount)
        return NULL;
    recount->op = op;
    recount->now = settings->as_of != AB_TIME_NONE ? settings->as_of : settings->start;
    if (fill(recount, arena))
        return recount;
    ab__recount_end(recount);
    return NULL;
}

void ab__recount_end(ab__recount *recount)
{
    if (!recount)
        return;
    AB_VEC_FREE(&recount->delay);
    AB_VEC_FREE(&recount->sighting);
    ab_authorities_free(recount->who);
}
