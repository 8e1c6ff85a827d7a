#include "access/reports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "access/chance.h"
#include "access/scope.h"
#include "access/spells.h"
#include "access/stories.h"
#include "access/voices.h"

/* Log-odds that a report of this grade carries, source (A to F) times item (1 to 6). Chosen, not fitted:
 * A1 is right in 99 of 100 cases, B2 in 94, C3 in 73, E5 says next to nothing; F and 6 mean that
 * nobody can judge, so they weigh nothing rather than little. */
static const double reliability_weight[] = {5, 3.5, 2, 1, 0.3, 0};
static const double credibility_weight[] = {1, 0.8, 0.5, 0.25, 0.1, 0};

/* "Restricted" for no named goods takes e from the odds. Assumed. For named goods it bars those and leaves
 * the rest: on 5 March 2018 most of the medicine was taken off, and the convoy went in to Duma. */
static const double restricted_all_log_odds = 1;
/* A commodity is taken off on the word of reports that weigh at least this, net. Assumed. */
static const double barring_log_odds = 0.5;
/* Weight on both sides from which on a subject is called contested. */
static const double contested_log_odds = 1;
static const double day_s = 86400;

struct ab__counted {
    const ab__report *report;
    double weight; /* now: aged, and by the share of the period that it covers */
    double fresh;  /* without age */
};

/* ---- Preparing ---- */

static int ref_order(ab_ref a, ab_ref b)
{
    int order = (a.table > b.table) - (a.table < b.table);
    return order != 0 ? order : (a.row > b.row) - (a.row < b.row);
}

static int report_order(const void *a, const void *b)
{
    const ab__report *x = a, *y = b;
    int order = ref_order(x->subject, y->subject);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static double grade_of(const ab_report *report)
{
    int32_t r = report->reliability, c = report->credibility;
    bool judged = r >= 0 && r < ab_reliability_count && c >= 0 && c < ab_credibility_count;
    return judged ? reliability_weight[r] * credibility_weight[c] : 0;
}

/* Numbers the subjects of reports->at. false: out of memory. */
static bool group_all(ab__reports *reports, ab__report *at, ab_arena *arena)
{
    ab__group *group = AB_NEW(arena, ab__group, reports->count);
    if (group == NULL) {
        return false;
    }
    for (int32_t i = 0; i < reports->count; i++) {
        if (i == 0 || ref_order(at[i - 1].subject, at[i].subject) != 0) {
            group[reports->group_count++] = (ab__group){.first = i};
        }
        group[reports->group_count - 1].until = i + 1;
        at[i].group = reports->group_count - 1;
    }
    reports->group = group;
    return ab__spells_watch(reports, group);
}

bool ab__reports_make(const ab_operation *op, ab_arena *arena, ab__reports *out)
{
    int32_t rows = op->access.count, count = 0;
    int32_t *story = AB_NEW(arena, int32_t, rows);
    ab__report *at = AB_NEW(arena, ab__report, rows);
    const double *own_side_frac = ab__voices_share(op, arena);
    if (story == NULL || at == NULL || own_side_frac == NULL || !ab__stories_find(op, arena, story)) {
        return false;
    }
    for (int32_t r = 0; r < rows; r++) {
        const ab_report *report = &op->access.at[r];
        double grade = grade_of(report);
        if (grade > 0 && ab_known_at(op, report->reported_at)) {
            at[count++] = (ab__report){.subject = report->subject,
                                       .row = r,
                                       .story = story[r],
                                       .grade = grade,
                                       .own_side_frac = own_side_frac[r],
                                       .commodities = ab__scope_bits(op, &report->commodities),
                                       .scoped = report->commodities.count > 0};
        }
    }
    if (count > 0) {
        qsort(at, (size_t)count, sizeof *at, report_order);
    }
    *out = (ab__reports){.op = op, .count = count, .at = at, .story = story};
    return group_all(out, at, arena);
}

bool ab__reports_take_room(const ab__reports *reports, ab_arena *arena, ab__reports *out)
{
    *out = *reports;
    out->strongest = AB_NEW(arena, int32_t, reports->op->access.count);
    out->counted = AB_NEW(arena, struct ab__counted, reports->count);
    return out->strongest != NULL && out->counted != NULL;
}

int32_t ab__reports_about(const ab__reports *reports, ab_ref subject, int32_t *first)
{
    int32_t low = 0, high = reports->count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (ref_order(reports->at[middle].subject, subject) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *first = low;
    while (low < reports->count && ref_order(reports->at[low].subject, subject) == 0) {
        low++;
    }
    return low;
}

/* ---- Weighing ---- */

bool ab__reports_cover(int32_t mode, ab_means means)
{
    return mode < 0 || (means != AB_MEANS_LINK && ab_mode_covers(mode, means));
}

/* Share of period t of which a report speaks. */
static double window_frac(const ab_operation *op, const ab_report *report, int32_t t)
{
    ab_time start = ab_period_start(op, t), end = ab_period_start(op, t + 1);
    ab_time since = report->from != AB_TIME_NONE ? report->from : report->reported_at;
    ab_time from = since > start ? since : start;
    ab_time until = report->until != AB_TIME_NONE && report->until < end ? report->until : end;
    return from >= until || start >= end ? 0 : (double)(until - from) / (double)(end - start);
}

/* What is left of a report by the middle of period t. One that says until when it holds does not age before. That goods are
 * taken off ages as the spell does in which they are; all else by what is left of the correlation between then and now. */
static double age_frac(const ab__reports *reports, const ab__report *prepared, const ab_spells *around,
                       int32_t t)
{
    const ab_report *report = &reports->op->access.at[prepared->row];
    ab_time start = ab_period_start(reports->op, t), end = ab_period_start(reports->op, t + 1);
    ab_time middle = start + (end - start) / 2;
    if (report->until != AB_TIME_NONE || middle <= report->reported_at) {
        return 1;
    }
    bool takes_goods = prepared->scoped && report->state != AB_STATE_OPEN;
    double lasted_days = takes_goods ? ab__spells_believed_days(reports, prepared) : 0;
    double per_day = takes_goods ? 1 / (around->closed_days + lasted_days) : ab__spells_per_day(around);
    return exp(-per_day * (double)(middle - report->reported_at) / day_s);
}

/* What a report adds to the odds of all loads. */
static double shift_of(int32_t state, bool scoped, double weight)
{
    if (state == AB_STATE_OPEN) {
        return weight;
    }
    if (scoped) {
        return 0;
    }
    return state == AB_STATE_RESTRICTED ? -fmin(weight, restricted_all_log_odds) : -weight;
}

ab_report_weight ab__reports_weight(const ab__reports *reports, int32_t number, ab_means means,
                                    int32_t t, const ab_spells *around)
{
    const ab__report *prepared = &reports->at[number];
    const ab_report *report = &reports->op->access.at[prepared->row];
    ab_report_weight w = {.row = prepared->row,
                          .use = AB_REPORT_OTHER_MODE,
                          .grade_log_odds = prepared->grade,
                          .own_side_frac = prepared->own_side_frac,
                          .story = prepared->story,
                          .merged_into = -1};
    if (!ab__reports_cover(report->mode, means)) {
        return w;
    }
    w.window_frac = window_frac(reports->op, report, t);
    w.use = w.window_frac > 0 ? AB_REPORT_COUNTS : AB_REPORT_OTHER_TIME;
    if (w.use == AB_REPORT_COUNTS) {
        w.age_frac = age_frac(reports, prepared, around, t);
        w.weight_log_odds = w.grade_log_odds * w.own_side_frac * w.window_frac * w.age_frac;
        w.shift_log_odds = shift_of(report->state, prepared->scoped, w.weight_log_odds);
    }
    return w;
}

static int counted_order(const void *a, const void *b)
{
    const struct ab__counted *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight < y->weight ? 1 : -1;
    }
    return (x->report->row > y->report->row) - (x->report->row < y->report->row);
}

/* Of two in one story: the stronger; of equals the one that is less open; then by id, so that the order of rows tells nothing. */
static bool tells_more(const ab_operation *op, const struct ab__counted *a, const struct ab__counted *b)
{
    const ab_report *x = &op->access.at[a->report->row], *y = &op->access.at[b->report->row];
    if (a->weight != b->weight) {
        return a->weight > b->weight;
    }
    bool x_open = x->state == AB_STATE_OPEN, y_open = y->state == AB_STATE_OPEN;
    return x_open != y_open ? y_open : strcmp(x->id, y->id) < 0;
}

/* Fills reports->counted with the strongest report of each story; returns how many, strongest first. */
static int32_t count_stories(ab__reports *reports, int32_t first, int32_t until, ab_means means,
                             int32_t t, const ab_spells *around)
{
    int32_t count = 0;
    for (int32_t i = first; i < until; i++) {
        ab_report_weight w = ab__reports_weight(reports, i, means, t, around);
        if (w.use != AB_REPORT_COUNTS) {
            continue;
        }
        struct ab__counted one = {&reports->at[i], w.weight_log_odds,
                                  w.grade_log_odds * w.own_side_frac * w.window_frac};
        int32_t *place = &reports->strongest[one.report->story];
        if (*place == 0) {
            *place = ++count;
            reports->counted[count - 1] = one;
        } else if (tells_more(reports->op, &one, &reports->counted[*place - 1])) {
            reports->counted[*place - 1] = one;
        }
    }
    for (int32_t i = 0; i < count; i++) {
        reports->strongest[reports->counted[i].report->story] = 0;
    }
    if (count > 0) {
        qsort(reports->counted, (size_t)count, sizeof *reports->counted, counted_order);
    }
    return count;
}

static void add_to(double by_commodity[64], uint64_t commodities, double weight)
{
    for (int c = 0; c < 64; c++) {
        by_commodity[c] += (commodities >> c & 1) != 0 ? weight : 0;
    }
}

/* Adds one report to the sums for and against, and notes the first on either side. */
static void add_side(ab__state *state, const struct ab__counted *counted, int32_t said)
{
    double shift = shift_of(said, counted->report->scoped, counted->weight);
    int32_t row = counted->report->row;
    if (shift > 0) {
        state->open += shift;
        state->says_open = state->says_open < 0 ? row : state->says_open;
    } else if (shift < 0) {
        state->against -= shift;
        state->against_fresh -= shift_of(said, counted->report->scoped, counted->fresh);
        state->says_closed = state->says_closed < 0 ? row : state->says_closed;
    }
}

/* Odds against passing: those of the log-odds sum, times the chance 1 - exp(-fresh) that what is said against it is no mere
 * noise. Without a word against, nothing is against; a word just said leaves exp(against) - 1; an old one leaves the odds of
 * the base rate. */
static double chance_open(const ab__state *state, double base_prob)
{
    double true_prob = -expm1(-state->against_fresh);
    return 1 / (1 + (1 - base_prob) / base_prob * exp(state->against - state->open) * true_prob);
}

ab__state ab__reports_weigh(ab__reports *reports, int32_t first, int32_t until, ab_means means,
                            int32_t t, ab_ref *ref)
{
    ab__state state = {.pass = AB_CERTAIN, .says_open = -1, .says_closed = -1};
    if (first == until) {
        return state;
    }
    ab_ref subject = reports->at[first].subject;
    ab_spells around = ab__spells_around(reports, subject, first, until, means, AB__MEANS_ONLY);
    ab_spells own = ab__spells_lasted(around, reports, first, until, means);
    double lifted[64] = {0}, barred[64] = {0};
    state.ref_count = count_stories(reports, first, until, means, t, &around);
    for (int32_t i = 0; i < state.ref_count; i++) {
        const struct ab__counted *counted = &reports->counted[i];
        int32_t row = counted->report->row, said = reports->op->access.at[row].state;
        add_side(&state, counted, said);
        if (counted->report->scoped) {
            add_to(said == AB_STATE_OPEN ? lifted : barred, counted->report->commodities,
                   counted->weight);
        }
        ref[i] = (ab_ref){AB_TABLE_access, row};
    }
    for (int c = 0; c < 64; c++) {
        bool off = barred[c] >= barring_log_odds && barred[c] > lifted[c];
        state.barred |= off ? (uint64_t)1 << c : 0;
    }
    double open = chance_open(&state, ab__spells_base(&own));
    /* Believed as if two cases, and one more for each unit of log-odds, had been seen. Assumed. */
    state.pass = ab__chance_seen(open, 2 + state.open + state.against);
    state.closed = open < 0.5;
    state.contested = state.open > contested_log_odds && state.against > contested_log_odds;
    return state;
}
