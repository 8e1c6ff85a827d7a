/* Day by day: the chance that convoys are stopped. */
#include "events/weigh.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Assumed: an event is felt on its day and the two after it. Reports of one grade are joined up to a week. */
enum { FELT_DAYS = 3, RUN_DAYS = 7, WEEK_DAYS = 7, MONTH_DAYS = 31 };

static int32_t span_days(const ab__event *event)
{
    return event->last_day - event->first_day + 1;
}

ab__event_layer ab__event_layer_of(const ab__event *event)
{
    int32_t days = span_days(event);

    return days == 1            ? AB_LAYER_DAYS
           : days <= WEEK_DAYS  ? AB_LAYER_WEEKS
           : days <= MONTH_DAYS ? AB_LAYER_MONTHS
                                : AB_LAYER_RATES;
}

void ab__event_felt(const ab__event *event, int32_t *from, int32_t *until)
{
    *from = event->first_day;
    *until = event->last_day + FELT_DAYS;
}

double ab__event_day_prob(const ab__event *event)
{
    return (double)FELT_DAYS / (span_days(event) + FELT_DAYS - 1);
}

/* The grade whose weight in docs/models/access.md leaves a lone report with the chance 1 - p, nearest by its
 * logarithm. No grade is better than D2: nobody said anything of the road. */
ab__event_grade ab__event_grade_of(double stopped_prob, ab__event_layer layer)
{
    static const struct {
        double least_prob;
        ab__event_grade grade;
    } table[] = {
        {0.25, {AB_RELIABILITY_D, AB_CREDIBILITY_2}}, {0.13, {AB_RELIABILITY_D, AB_CREDIBILITY_3}},
        {0.07, {AB_RELIABILITY_D, AB_CREDIBILITY_4}}, {0.04, {AB_RELIABILITY_E, AB_CREDIBILITY_3}},
        {0.02, {AB_RELIABILITY_E, AB_CREDIBILITY_4}}, {0.01, {AB_RELIABILITY_E, AB_CREDIBILITY_5}},
    };
    enum { GRADES = sizeof table / sizeof *table, BEST_OF_RATES = 3 };

    for (int i = layer == AB_LAYER_RATES ? BEST_OF_RATES : 0; i < GRADES; i++)
        if (stopped_prob >= table[i].least_prob)
            return table[i].grade;
    return (ab__event_grade){-1, -1};
}

/* An event near the subject. */
typedef struct felt {
    const ab__event *event;
    const ab__event_near *near;
    int32_t from, until;
    double prob; /* that it stops convoys on a day: to compare */
} felt;

typedef struct weighing {
    const felt *at; /* by point, then likeliest to stop first */
    int32_t count;
    ab__event_layer layer;
    int32_t *border; /* [2 * count + 2] days on which an event begins or ends to be felt */
    int32_t borders;
    const ab__event **events; /* [count] of the run */
    bool *in_run;             /* [count] */
    ab__event_run run;        /* from == until: none */
    ab__event_run_fn *each;
    void *context;
} weighing;

static bool is_felt(const felt *f, int32_t day)
{
    return f->from <= day && day < f->until;
}

/* Events in one point are one fight that was told several times: only the strongest that is there counts. Points are
 * taken one by one, as if they were independent. */
static double stopped_prob(const weighing *w, int32_t day)
{
    double open = 1;

    for (int32_t i = 0; i < w->count;) {
        const ab__event_near *near = w->at[i].near;
        double none = 1, strongest = 0;
        for (; i < w->count && w->at[i].near == near; i++) {
            if (!is_felt(&w->at[i], day))
                continue;
            double there = ab__event_day_prob(w->at[i].event);
            strongest += w->at[i].event->stop_prob * there * none;
            none *= 1 - there;
        }
        open *= 1 - near->bears_frac * strongest;
    }
    return 1 - open;
}

static bool end_run(weighing *w)
{
    ab__event_run *run = &w->run;
    double most = -1;

    if (run->from == run->until)
        return true;
    run->events = 0;
    for (int32_t i = 0; i < w->count; i++) {
        const felt *f = &w->at[i];
        if (!w->in_run[i])
            continue;
        run->last_day = run->events == 0 || f->event->last_day > run->last_day ? f->event->last_day
                                                                               : run->last_day;
        w->events[run->events++] = f->event;
        if (f->prob > most) {
            most = f->prob;
            run->strongest = f->event;
            run->away_m = f->near->away_m;
        }
        w->in_run[i] = false;
    }
    bool went = w->each(w->context, run, w->events);
    run->from = run->until;
    return went;
}

/* Days [from, until) on which the same events are felt. */
static bool add_span(weighing *w, int32_t from, int32_t until)
{
    double prob = stopped_prob(w, from);
    ab__event_grade grade = ab__event_grade_of(prob, w->layer);
    ab__event_run *run = &w->run;
    bool goes_on = run->from < run->until && run->until == from &&
                   run->grade.reliability == grade.reliability &&
                   run->grade.credibility == grade.credibility && until - run->from <= RUN_DAYS;

    if (!goes_on && !end_run(w))
        return false;
    if (grade.reliability < 0)
        return true;
    if (!goes_on)
        *run = (ab__event_run){.from = from, .grade = grade};
    run->until = until;
    run->stopped_prob = fmax(run->stopped_prob, prob);
    for (int32_t i = 0; i < w->count; i++)
        w->in_run[i] = w->in_run[i] || is_felt(&w->at[i], from);
    return true;
}

static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

static int32_t gather(const ab__event_points *points, const ab__event_near *near, int32_t count,
                      ab__event_layer layer, int32_t from, int32_t until, felt *out)
{
    int32_t found = 0;

    for (int32_t i = 0; i < count; i++) {
        const ab__event_point *point = &points->at[near[i].point];
        for (int32_t e = 0; e < point->count; e++) {
            const ab__event *event = points->event[point->first + e];
            felt f = {.event = event, .near = &near[i]};
            ab__event_felt(event, &f.from, &f.until);
            f.from = f.from < from ? from : f.from;
            f.until = f.until > until ? until : f.until;
            f.prob = near[i].bears_frac * event->stop_prob * ab__event_day_prob(event);
            if (ab__event_layer_of(event) == layer && f.from < f.until)
                out[found++] = f;
        }
    }
    return found;
}

static bool weigh(weighing *w)
{
    for (int32_t i = 0; i < w->count; i++) {
        w->border[w->borders++] = w->at[i].from;
        w->border[w->borders++] = w->at[i].until;
    }
    qsort(w->border, (size_t)w->borders, sizeof *w->border, by_day);
    for (int32_t i = 0; i + 1 < w->borders; i++)
        if (w->border[i] < w->border[i + 1] && !add_span(w, w->border[i], w->border[i + 1]))
            return false;
    return end_run(w);
}

bool ab__event_weigh(const ab__event_points *points, const ab__event_near *near, int32_t count,
                     ab__event_layer layer, int32_t from, int32_t until, ab_arena *work,
                     ab__event_run_fn *each, void *context)
{
    size_t most = 0;

    for (int32_t i = 0; i < count; i++)
        most += (size_t)points->at[near[i].point].count;
    felt *at = AB_NEW(work, felt, most);
    weighing w = {.at = at,
                  .layer = layer,
                  .border = AB_NEW(work, int32_t, 2 * most),
                  .events = AB_NEW(work, const ab__event *, most),
                  .in_run = AB_NEW(work, bool, most),
                  .each = each,
                  .context = context};
    if (at == NULL || w.border == NULL || w.events == NULL || w.in_run == NULL)
        return false;
    w.count = gather(points, near, count, layer, from, until, at);
    return weigh(&w);
}
