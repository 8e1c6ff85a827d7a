/* Every report on a subject with its weight, and how long its states last. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "access/reports.h"
#include "access/spells.h"

/* ---- Words ---- */

const char *ab_spell_kind_words(ab_spell_kind kind)
{
    static const char *const words[AB_SPELLS_KINDS] = {
        [AB_SPELLS_GATE] = "places by road", [AB_SPELLS_GATE_AIR] = "places by air", [AB_SPELLS_ROAD] = "roads",
        [AB_SPELLS_HUB] = "hubs by road",    [AB_SPELLS_AIRFIELD] = "hubs by air",   [AB_SPELLS_LINK] = "links"};
    assert(kind < AB_SPELLS_KINDS);
    return words[kind];
}

const char *ab_report_use_words(ab_report_use use)
{
    static const char *const words[] = {
        [AB_REPORT_COUNTS] = "counts",
        [AB_REPORT_QUOTED] = "a stronger one of the same story counts",
        [AB_REPORT_OTHER_MODE] = "speaks of another mode",
        [AB_REPORT_OTHER_TIME] = "speaks of another time",
        [AB_REPORT_LATER] = "said after now",
        [AB_REPORT_NOT_JUDGED] = "cannot be judged"};
    assert(use <= AB_REPORT_NOT_JUDGED);
    return words[use];
}

/* ---- Spells ---- */

ab_spells ab_access_spells(const ab_access *access, ab_spell_kind kind)
{
    assert(kind < AB_SPELLS_KINDS);
    return ab__spells_of_kind(ab__access_reports(access), kind, -1, AB__WITH_ENDS);
}

static ab_spells spells_of(const ab__reports *reports, ab_ref subject, ab_means means, ab__spell_ends ends)
{
    int32_t first, until = ab__reports_about(reports, subject, &first);
    ab_spells around = ab__spells_around(reports, subject, first, until, means, ends);
    return ab__spells_lasted(around, reports, first, until, means);
}

ab_spells ab_access_spells_of(const ab_access *access, ab_input_table table, int32_t row, ab_means means)
{
    return spells_of(ab__access_reports(access), (ab_ref){(int32_t)table, row}, means, AB__WITH_ENDS);
}

double ab_access_persistence(const ab_access *access, ab_input_table table, int32_t row, ab_means means)
{
    const ab__reports *reports = ab__access_reports(access);
    ab_spells spells = spells_of(reports, (ab_ref){(int32_t)table, row}, means, AB__MEANS_ONLY);
    return exp(-ab__spells_per_day(&spells) * ab_period_days(reports->op, 0));
}

/* ---- Weights ---- */

typedef struct lister {
    const ab__reports *reports;
    int32_t first, until; /* of reports->at */
    ab_means means;
    int32_t t;
    ab_spells around;
} lister;

/* A report that was not prepared. */
static ab_report_weight left_out(const ab__reports *reports, int32_t row)
{
    bool known = ab_known_at(reports->op, reports->op->access.at[row].reported_at);
    return (ab_report_weight){.row = row,
                              .use = known ? AB_REPORT_NOT_JUDGED : AB_REPORT_LATER,
                              .story = reports->story[row],
                              .merged_into = -1};
}

/* Prepared reports stand by row: its number, or -1. */
static int32_t number_of(const lister *l, int32_t row)
{
    int32_t low = l->first, high = l->until;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (l->reports->at[middle].row < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < l->until && l->reports->at[low].row == row ? low : -1;
}

/* Of one that the weighing did not count though it could: the one that counts in its place. */
static void merge(ab_report_weight *w, const ab__reports *reports, const ab_ref *counted, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        if (counted[i].row == w->row) {
            return;
        }
    }
    for (int32_t i = 0; i < count; i++) {
        if (reports->story[counted[i].row] == w->story) {
            w->use = AB_REPORT_QUOTED;
            w->merged_into = counted[i].row;
            w->shift_log_odds = 0;
        }
    }
}

static int weight_order(const void *a, const void *b)
{
    const ab_report_weight *x = a, *y = b;
    bool x_counts = x->use == AB_REPORT_COUNTS, y_counts = y->use == AB_REPORT_COUNTS;
    if (x_counts != y_counts) {
        return x_counts ? -1 : 1;
    }
    if (x_counts && x->weight_log_odds != y->weight_log_odds) {
        return x->weight_log_odds < y->weight_log_odds ? 1 : -1;
    }
    return (x->row > y->row) - (x->row < y->row);
}

static void list_all(const lister *l, ab_ref subject, const ab_ref *counted, int32_t count, ab_weighing *out)
{
    const ab_operation *op = l->reports->op;
    for (int32_t r = 0; r < op->access.count; r++) {
        ab_ref about = op->access.at[r].subject;
        if (about.table != subject.table || about.row != subject.row) {
            continue;
        }
        int32_t number = number_of(l, r);
        ab_report_weight *w = &out->at[out->count++];
        *w = number < 0 ? left_out(l->reports, r)
                        : ab__reports_weight(l->reports, number, l->means, l->t, &l->around);
        if (w->use == AB_REPORT_COUNTS) {
            merge(w, l->reports, counted, count);
        }
    }
    if (out->count > 0) {
        qsort(out->at, (size_t)out->count, sizeof *out->at, weight_order);
    }
}

static void take_state(ab_weighing *out, const ab__state *state)
{
    out->open_log_odds = state->open;
    out->against_log_odds = state->against;
    out->against_fresh_log_odds = state->against_fresh;
    out->state = state->pass;
    out->closed = state->closed;
    out->contested = state->contested;
    out->says_open = state->says_open;
    out->says_closed = state->says_closed;
}

static bool weigh_all(const ab__reports *reports, ab_ref subject, ab_means means, int32_t t,
                      ab_arena *scratch, ab_weighing *out)
{
    ab__reports own;
    lister l = {.reports = reports, .means = means, .t = t};
    l.until = ab__reports_about(reports, subject, &l.first);
    ab_ref *counted = AB_NEW(scratch, ab_ref, l.until - l.first);
    if (counted == NULL || !ab__reports_take_room(reports, scratch, &own)) {
        return false;
    }
    l.around = ab__spells_around(reports, subject, l.first, l.until, means, AB__WITH_ENDS);
    out->spells = ab__spells_lasted(l.around, reports, l.first, l.until, means);
    out->base_prob = ab__spells_base(&out->spells);
    ab__state state = ab__reports_weigh(&own, l.first, l.until, means, t, counted);
    take_state(out, &state);
    list_all(&l, subject, counted, state.ref_count, out);
    return true;
}

ab_status ab_access_weights(const ab_access *access, ab_ref subject, ab_means means, int32_t t,
                            ab_weighing **out, ab_error *err)
{
    const ab__reports *reports = ab__access_reports(access);
    assert(t >= 0 && t < reports->op->period_count && subject.row >= 0);
    ab_arena *arena = ab__arena_new(), *scratch = ab__arena_new();
    ab_weighing *weighing = arena != NULL ? AB_NEW(arena, ab_weighing, 1) : NULL;
    bool fine = weighing != NULL && scratch != NULL;
    if (fine) {
        weighing->arena = arena;
        weighing->at = AB_NEW(arena, ab_report_weight, reports->op->access.count);
        fine = weighing->at != NULL && weigh_all(reports, subject, means, t, scratch, weighing);
    }
    ab__arena_free(scratch);
    if (!fine) {
        ab__arena_free(arena);
    }
    *out = fine ? weighing : NULL;
    return fine ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory while weighing reports");
}

void ab_weighing_free(ab_weighing *weighing)
{
    if (weighing != NULL) {
        ab__arena_free(weighing->arena);
    }
}
