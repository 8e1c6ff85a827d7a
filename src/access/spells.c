#include "access/spells.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "access/scope.h"
#include "num/gamma.h"

static const double day_s = 86400;

/* Mean spells before any report, all assumed. For places, roads and links 76 and 28 days, which make the odds of open e and let
 * half of a report's weight go in 14 days. Crossings and ports by one of them: Tartous was closed for about ten days in every
 * month (Logistics Cluster, 8 February 2016). */
static const struct {
    double open_days, closed_days;
} assumed[AB_SPELLS_KINDS] = {
    [AB_SPELLS_GATE] = {76, 28}, [AB_SPELLS_GATE_AIR] = {90, 30}, [AB_SPELLS_ROAD] = {76, 28},
    [AB_SPELLS_HUB] = {20, 10},  [AB_SPELLS_AIRFIELD] = {90, 30}, [AB_SPELLS_LINK] = {76, 28},
};
/* They are believed as if so many changes had been seen of either kind. Assumed. */
static const double assumed_changes = 2;
/* A report that tells of the time before it was said is a witness of so much of it. What lasts for years is told of more often
 * than what lasts for days, so a kind's spells must not be learnt from it. Assumed. */
static const double recall_s = 28 * 86400.0;

ab_spell_kind ab_spell_kind_of(ab_input_table table, ab_means means)
{
    bool air = means != AB_MEANS_ROAD && means != AB_MEANS_LINK;
    switch (table) {
    case AB_TABLE_places:
        return air ? AB_SPELLS_GATE_AIR : AB_SPELLS_GATE;
    case AB_TABLE_hubs:
        return air ? AB_SPELLS_AIRFIELD : AB_SPELLS_HUB;
    case AB_TABLE_links:
        return AB_SPELLS_LINK;
    default:
        assert(table == AB_TABLE_roads);
        return AB_SPELLS_ROAD;
    }
}

/* ---- Watching one subject ---- */

/* It was `open`, or closed, from..until, both ends in it. */
typedef struct seen {
    ab_time from, until;
    double weight;
    bool open;
    int32_t row;
} seen;

/* Whoever weighs most is believed where words overlap; of equals the one that says closed. */
static int seen_order(const void *a, const void *b)
{
    const seen *x = a, *y = b;
    if (x->weight != y->weight) {
        return x->weight < y->weight ? 1 : -1;
    }
    int order = x->open - y->open;
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int time_order(const void *a, const void *b)
{
    const ab_time *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Does the report say open or closed of all loads, and when? */
static bool seen_by(const ab__reports *reports, int32_t number, seen *out)
{
    const ab__report *prepared = &reports->at[number];
    const ab_report *report = &reports->op->access.at[prepared->row];
    bool open = report->state == AB_STATE_OPEN;
    if (!open && (report->state != AB_STATE_CLOSED || prepared->scoped)) {
        return false;
    }
    ab_time said = report->reported_at, since = report->from != AB_TIME_NONE ? report->from : said;
    ab_time until = report->until != AB_TIME_NONE && report->until < said ? report->until : said;
    ab_time recalled = said - (ab_time)recall_s;
    *out = (seen){since > recalled ? since : recalled, until,
                  prepared->grade * prepared->own_side_frac, open, prepared->row};
    return out->from <= out->until;
}

/* Moments and the spans between them in turn: 2 i is the moment time[i], 2 i + 1 what lies between it and the next. */
typedef struct strip {
    ab_time *time;
    int32_t moments;
    int8_t *state; /* [2 * moments - 1]: 1 open, -1 closed, 0 nobody says */
    int32_t *next; /* the first at or after it that has no state yet, or nearer to it */
} strip;

static int32_t moment_of(const strip *s, ab_time time)
{
    int32_t low = 0, high = s->moments - 1;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (s->time[middle] < time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static int32_t unpainted(int32_t *next, int32_t i)
{
    while (next[i] != i) {
        next[i] = next[next[i]];
        i = next[i];
    }
    return i;
}

static bool strip_make(ab_arena *arena, const seen *at, int32_t count, strip *s)
{
    s->time = AB_NEW(arena, ab_time, 2 * (size_t)count);
    s->state = AB_NEW(arena, int8_t, 4 * (size_t)count);
    s->next = AB_NEW(arena, int32_t, 4 * (size_t)count + 1);
    if (s->time == NULL || s->state == NULL || s->next == NULL) {
        return false;
    }
    for (int32_t i = 0; i < count; i++) {
        s->time[2 * i] = at[i].from;
        s->time[2 * i + 1] = at[i].until;
    }
    qsort(s->time, 2 * (size_t)count, sizeof *s->time, time_order);
    s->moments = 0;
    for (int32_t i = 0; i < 2 * count; i++) {
        if (i == 0 || s->time[i] != s->time[s->moments - 1]) {
            s->time[s->moments++] = s->time[i];
        }
    }
    for (int32_t i = 0; i < 2 * s->moments; i++) {
        s->next[i] = i;
    }
    return true;
}

/* `at` strongest first: what is painted stays. */
static void paint(strip *s, const seen *at, int32_t count)
{
    for (int32_t k = 0; k < count; k++) {
        int32_t last = 2 * moment_of(s, at[k].until);
        int32_t i = unpainted(s->next, 2 * moment_of(s, at[k].from));
        for (; i <= last; i = unpainted(s->next, i)) {
            s->state[i] = at[k].open ? 1 : -1;
            s->next[i] = i + 1;
        }
    }
}

static void add_days(ab__watch *watch, int8_t state, double span_s)
{
    *(state > 0 ? &watch->open_days : &watch->closed_days) += span_s / day_s;
}

/* What nobody speaks of stays as it was said last; where it has changed, it did so halfway. */
static void read_strip(const strip *s, ab__watch *watch)
{
    int8_t last = 0;
    ab_time last_until = 0;
    for (int32_t i = 0; i < 2 * s->moments - 1; i++) {
        int8_t now = s->state[i];
        if (now == 0) {
            continue;
        }
        ab_time from = s->time[i / 2], until = s->time[(i + 1) / 2];
        if (last != 0) {
            double gap_s = (double)(from - last_until);
            add_days(watch, last, gap_s / 2);
            add_days(watch, now, gap_s / 2);
            watch->changes_to_open += last < now;
            watch->changes_to_closed += last > now;
        }
        add_days(watch, now, (double)(until - from));
        last = now;
        last_until = until;
    }
}

/* Adds what the reports about `means` saw. Of air, nothing where none of them names a mode. */
static bool watch_means(const ab__reports *reports, const ab__group *group, ab_means means, bool air,
                        ab_arena *arena, ab__watch *watch)
{
    seen *at = AB_NEW(arena, seen, group->until - group->first);
    int32_t count = 0;
    bool named = !air;
    for (int32_t i = group->first; at != NULL && i < group->until; i++) {
        int32_t mode = reports->op->access.at[reports->at[i].row].mode;
        if (ab__reports_cover(mode, means) && seen_by(reports, i, &at[count])) {
            named |= mode >= 0;
            count++;
        }
    }
    strip s;
    if (at == NULL || count == 0 || !named) {
        return at != NULL;
    }
    qsort(at, (size_t)count, sizeof *at, seen_order);
    if (!strip_make(arena, at, count, &s)) {
        return false;
    }
    paint(&s, at, count);
    read_strip(&s, watch);
    return true;
}

/* Does a report tell these two apart? */
static bool told_apart(const ab__reports *reports, const ab__group *group, ab_means a, ab_means b)
{
    for (int32_t i = group->first; i < group->until; i++) {
        int32_t mode = reports->op->access.at[reports->at[i].row].mode;
        if (ab__reports_cover(mode, a) != ab__reports_cover(mode, b)) {
            return true;
        }
    }
    return false;
}

static bool watch_group(const ab__reports *reports, ab__group *group, ab_arena *arena)
{
    ab_ref subject = reports->at[group->first].subject;
    if (subject.table == AB_TABLE_links) {
        ab_means means = ab__means_of_link(&reports->op->links.at[subject.row]);
        return watch_means(reports, group, means, false, arena, &group->watch[0]);
    }
    bool fine = watch_means(reports, group, AB_MEANS_ROAD, false, arena, &group->watch[0]);
    if (subject.table == AB_TABLE_roads) {
        return fine;
    }
    static const ab_means air[] = {AB_MEANS_AIRLIFT, AB_MEANS_AIRDROP, AB_MEANS_HELICOPTER};
    for (int i = 0; fine && i < 3; i++) {
        bool own = true;
        for (int k = 0; k < i; k++) {
            own = own && told_apart(reports, group, air[i], air[k]);
        }
        fine = !own || watch_means(reports, group, air[i], true, arena, &group->watch[1]);
    }
    return fine;
}

/* ---- All subjects ---- */

static void add_watch(ab__watch *to, const ab__watch *watch)
{
    to->changes_to_open += watch->changes_to_open;
    to->changes_to_closed += watch->changes_to_closed;
    to->open_days += watch->open_days;
    to->closed_days += watch->closed_days;
}

bool ab__spells_watch(ab__reports *reports, ab__group *group)
{
    for (int32_t g = 0; g < reports->group_count; g++) {
        ab_input_table table = (ab_input_table)reports->at[group[g].first].subject.table;
        if (table == AB_TABLE_exclusions) {
            continue; /* an area has no gate */
        }
        ab_arena *arena = ab__arena_new();
        bool fine = arena != NULL && watch_group(reports, &group[g], arena);
        ab__arena_free(arena);
        if (!fine) {
            return false;
        }
        add_watch(&reports->watch[ab_spell_kind_of(table, AB_MEANS_ROAD)], &group[g].watch[0]);
        if (table == AB_TABLE_places || table == AB_TABLE_hubs) {
            add_watch(&reports->watch[ab_spell_kind_of(table, AB_MEANS_AIRDROP)], &group[g].watch[1]);
        }
    }
    return true;
}

/* ---- Spells ---- */

/* A rate is believed to be Gamma(changes, 1 / days): its mean spell is days / changes, and the ends are those of the rate. */
static void spell_from(double changes, double days, double *mean, double *low, double *high, ab__spell_ends ends)
{
    *mean = days / changes;
    if (ends == AB__WITH_ENDS) {
        *low = days / ab__gamma_quantile(changes, 0.95);
        *high = days / ab__gamma_quantile(changes, 0.05);
    }
}

ab_spells ab__spells_of_kind(const ab__reports *reports, ab_spell_kind kind, int32_t except, ab__spell_ends ends)
{
    ab__watch all = reports->watch[kind];
    if (except >= 0) {
        bool air = kind == AB_SPELLS_GATE_AIR || kind == AB_SPELLS_AIRFIELD;
        const ab__watch *own = &reports->group[except].watch[air];
        all.changes_to_open -= own->changes_to_open;
        all.changes_to_closed -= own->changes_to_closed;
        all.open_days = fmax(0, all.open_days - own->open_days);
        all.closed_days = fmax(0, all.closed_days - own->closed_days);
    }
    ab_spells spells = {.changes = all.changes_to_open + all.changes_to_closed,
                        .days_watched = all.open_days + all.closed_days};
    spell_from(assumed_changes + all.changes_to_closed,
               assumed_changes * assumed[kind].open_days + all.open_days, &spells.open_days,
               &spells.open_low_days, &spells.open_high_days, ends);
    spell_from(assumed_changes + all.changes_to_open,
               assumed_changes * assumed[kind].closed_days + all.closed_days, &spells.closed_days,
               &spells.closed_low_days, &spells.closed_high_days, ends);
    return spells;
}

ab_spells ab__spells_around(const ab__reports *reports, ab_ref subject, int32_t first, int32_t until,
                            ab_means means, ab__spell_ends ends)
{
    ab_spell_kind kind = ab_spell_kind_of((ab_input_table)subject.table, means);
    return ab__spells_of_kind(reports, kind, first < until ? reports->at[first].group : -1, ends);
}

double ab__spells_believed_days(const ab__reports *reports, const ab__report *prepared)
{
    const ab_report *report = &reports->op->access.at[prepared->row];
    bool ended = report->until != AB_TIME_NONE && report->until <= report->reported_at;
    if (report->from == AB_TIME_NONE || report->from >= report->reported_at || ended) {
        return 0;
    }
    double lasted = (double)(report->reported_at - report->from) / day_s;
    return lasted * -expm1(-prepared->grade * prepared->own_side_frac);
}

/* With an own rate that is exponentially distributed about its kind's, a subject whose state has lasted for T has a mean spell
 * longer by T: Gamma(1, spell) becomes Gamma(1, spell + T). */
ab_spells ab__spells_lasted(ab_spells around, const ab__reports *reports, int32_t first, int32_t until,
                            ab_means means)
{
    double open = 0, closed = 0;
    for (int32_t i = first; i < until; i++) {
        const ab_report *report = &reports->op->access.at[reports->at[i].row];
        if (!ab__reports_cover(report->mode, means)) {
            continue;
        }
        if (report->state == AB_STATE_OPEN) {
            open = fmax(open, ab__spells_believed_days(reports, &reports->at[i]));
        } else if (report->state == AB_STATE_CLOSED && !reports->at[i].scoped) {
            closed = fmax(closed, ab__spells_believed_days(reports, &reports->at[i]));
        }
    }
    around.open_days += open;
    around.open_low_days += open;
    around.open_high_days += open;
    around.closed_days += closed;
    around.closed_low_days += closed;
    around.closed_high_days += closed;
    return around;
}

double ab__spells_per_day(const ab_spells *spells)
{
    return 1 / spells->open_days + 1 / spells->closed_days;
}

double ab__spells_base(const ab_spells *spells)
{
    return spells->open_days / (spells->open_days + spells->closed_days);
}
