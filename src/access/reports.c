#include "access/reports.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "access/chance.h"
#include "access/scope.h"

/* Log-odds that a report of this grade carries, source (A to F) times item (1 to 6). Chosen, not fitted:
 * A1 is right in 99 of 100 cases, B2 in 94, C3 in 73, E5 says next to nothing; F and 6 mean that
 * nobody can judge, so they weigh nothing rather than little. */
static const double reliability_weight[] = {5, 3.5, 2, 1, 0.3, 0};
static const double credibility_weight[] = {1, 0.8, 0.5, 0.25, 0.1, 0};

/* An open-ended report loses half its weight in this time after it was said, or in the time that the
 * state had lasted by then, if that is longer: what has been so for years is so next month. Assumed. */
static const double least_half_life_s = 14 * 86400.0;
/* Log-odds for open that a subject has before any report: most ways are open most of the time. Assumed. */
static const double prior_log_odds = 1;
/* "Restricted" for no named goods takes e from the odds. Assumed. For named goods it bars those and leaves
 * the rest: on 5 March 2018 most of the medicine was taken off, and the convoy went in to Duma. */
static const double restricted_all_log_odds = 1;
/* A commodity is taken off on the word of reports that weigh at least this, net. Assumed. */
static const double barring_log_odds = 0.5;
/* Weight on both sides from which on a subject is called contested. */
static const double contested_log_odds = 1;

struct ab__counted {
    const ab__report *report;
    double weight; /* now: aged, and by the share of the period that it covers */
};

/* ---- Stories: who repeats whom ---- */

/* A report's id, or the id that it quotes: equal texts are one story. */
typedef struct name {
    const char *text;
    int32_t row;
} name;

static int name_order(const void *a, const void *b)
{
    const name *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int32_t root(int32_t *parent, int32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void join(int32_t *parent, int32_t a, int32_t b)
{
    int32_t x = root(parent, a), y = root(parent, b);
    parent[x > y ? x : y] = x < y ? x : y;
}

/* story[row]: the first row of the story. */
static bool find_stories(const ab_operation *op, ab_arena *arena, int32_t *story)
{
    int32_t rows = op->access.count, count = 0;
    name *names = AB_NEW(arena, name, 2 * (size_t)rows);
    if (names == NULL) {
        return false;
    }
    for (int32_t r = 0; r < rows; r++) {
        const ab_report *report = &op->access.at[r];
        story[r] = r;
        names[count++] = (name){report->id, r};
        if (report->quotes[0] != '\0') {
            names[count++] = (name){report->quotes, r};
        }
    }
    if (count > 0) {
        qsort(names, (size_t)count, sizeof *names, name_order);
    }
    for (int32_t i = 1; i < count; i++) {
        if (strcmp(names[i - 1].text, names[i].text) == 0) {
            join(story, names[i - 1].row, names[i].row);
        }
    }
    for (int32_t r = 0; r < rows; r++) {
        story[r] = root(story, r);
    }
    return true;
}

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

static double fresh_weight(const ab_report *report)
{
    int32_t r = report->reliability, c = report->credibility;
    bool judged = r >= 0 && r < ab_reliability_count && c >= 0 && c < ab_credibility_count;
    return judged ? reliability_weight[r] * credibility_weight[c] : 0;
}

bool ab__reports_make(const ab_operation *op, ab_arena *arena, ab__reports *out)
{
    int32_t rows = op->access.count, count = 0;
    int32_t *story = AB_NEW(arena, int32_t, rows);
    ab__report *at = AB_NEW(arena, ab__report, rows);
    int32_t *strongest = AB_NEW(arena, int32_t, rows);
    struct ab__counted *counted = AB_NEW(arena, struct ab__counted, rows);
    if (story == NULL || at == NULL || strongest == NULL || counted == NULL ||
        !find_stories(op, arena, story)) {
        return false;
    }
    for (int32_t r = 0; r < rows; r++) {
        const ab_report *report = &op->access.at[r];
        double weight = fresh_weight(report);
        if (weight > 0 && ab_known_at(op, report->reported_at)) {
            at[count++] = (ab__report){.subject = report->subject,
                                       .row = r,
                                       .story = story[r],
                                       .weight = weight,
                                       .commodities = ab__scope_bits(op, &report->commodities),
                                       .scoped = report->commodities.count > 0};
        }
    }
    if (count > 0) {
        qsort(at, (size_t)count, sizeof *at, report_order);
    }
    *out = (ab__reports){op, count, at, strongest, counted};
    return true;
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

static bool about_means(const ab_report *report, ab_means means)
{
    return report->mode < 0 || (means != AB_MEANS_LINK && ab_mode_covers(report->mode, means));
}

/* A report weighs by the share of the period for which it speaks. One that is open-ended ages from when
 * it was said; one that says until when it holds does not age before. */
static double weight_in(const ab_operation *op, const ab__report *prepared, int32_t t)
{
    const ab_report *report = &op->access.at[prepared->row];
    ab_time start = ab_period_start(op, t), end = ab_period_start(op, t + 1);
    ab_time since = report->from != AB_TIME_NONE ? report->from : report->reported_at;
    ab_time from = since > start ? since : start;
    ab_time until = report->until != AB_TIME_NONE && report->until < end ? report->until : end;
    if (from >= until || start >= end) {
        return 0;
    }
    double weight = prepared->weight * (double)(until - from) / (double)(end - start);
    ab_time middle = start + (end - start) / 2;
    if (report->until == AB_TIME_NONE && middle > report->reported_at) {
        double half_life_s = fmax(least_half_life_s, (double)(report->reported_at - since));
        weight *= exp2(-(double)(middle - report->reported_at) / half_life_s);
    }
    return weight;
}

static int counted_order(const void *a, const void *b)
{
    const struct ab__counted *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight < y->weight ? 1 : -1;
    }
    return (x->report->row > y->report->row) - (x->report->row < y->report->row);
}

/* Fills reports->counted with the strongest report of each story; returns how many, strongest first. */
static int32_t count_stories(ab__reports *reports, int32_t first, int32_t until, ab_means means,
                             int32_t t)
{
    int32_t count = 0;
    for (int32_t i = first; i < until; i++) {
        const ab__report *report = &reports->at[i];
        if (!about_means(&reports->op->access.at[report->row], means)) {
            continue;
        }
        double weight = weight_in(reports->op, report, t);
        int32_t *place = &reports->strongest[report->story];
        if (weight > 0 && *place == 0) {
            *place = ++count;
            reports->counted[count - 1] = (struct ab__counted){report, weight};
        } else if (weight > 0 && weight > reports->counted[*place - 1].weight) {
            reports->counted[*place - 1] = (struct ab__counted){report, weight};
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

/* Log-odds for and against passing, in all and by commodity. */
typedef struct scales {
    double open, closed;
    double lifted[64], barred[64];
} scales;

static void add_to(double by_commodity[64], uint64_t commodities, double weight)
{
    for (int c = 0; c < 64; c++) {
        by_commodity[c] += (commodities >> c & 1) != 0 ? weight : 0;
    }
}

static void weigh(scales *s, int32_t state, const ab__report *report, double weight)
{
    if (state == AB_STATE_OPEN) {
        s->open += weight;
    } else if (state == AB_STATE_RESTRICTED) {
        s->closed += report->scoped ? 0 : fmin(weight, restricted_all_log_odds);
    } else if (!report->scoped) {
        s->closed += weight;
    }
    if (report->scoped) {
        add_to(state == AB_STATE_OPEN ? s->lifted : s->barred, report->commodities, weight);
    }
}

/* Odds against passing: (exp(closed) - 1) / exp(prior + open). Without a word against, nothing is
 * against; where there is much, these are the odds of the log-odds sum prior + open - closed. */
static double chance_open(const scales *s)
{
    double open = prior_log_odds + s->open;
    /* Past 30 the 1 is lost in rounding anyway, and the product could overflow. */
    double against = s->closed < 30 ? expm1(s->closed) * exp(-open) : exp(s->closed - open);
    return 1 / (1 + against);
}

ab__state ab__reports_weigh(ab__reports *reports, int32_t first, int32_t until, ab_means means,
                            int32_t t, ab_ref *ref)
{
    scales s = {0};
    ab__state state = {.ref_count = count_stories(reports, first, until, means, t)};
    for (int32_t i = 0; i < state.ref_count; i++) {
        const struct ab__counted *counted = &reports->counted[i];
        int32_t row = counted->report->row;
        weigh(&s, reports->op->access.at[row].state, counted->report, counted->weight);
        ref[i] = (ab_ref){AB_TABLE_access, row};
    }
    for (int c = 0; c < 64; c++) {
        bool barred = s.barred[c] >= barring_log_odds && s.barred[c] > s.lifted[c];
        state.barred |= barred ? (uint64_t)1 << c : 0;
    }
    double open = chance_open(&s);
    /* Believed as if two cases, and one more for each unit of log-odds, had been seen. Assumed. */
    state.pass = ab__chance_seen(open, 2 + s.open + s.closed);
    state.closed = open < 0.5;
    state.contested = s.open > contested_log_odds && s.closed > contested_log_odds;
    return state;
}
