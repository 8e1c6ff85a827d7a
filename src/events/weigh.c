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
    const felt *at; /* [count] by point, then likeliest to stop first */
    int32_t count;
    ab__event_layer layer;
    int32_t first_day, days; /* that are weighed */
    int32_t *start;          /* [days + 1] where those felt from each day begin in `by_start` */
    const felt **by_start;   /* [count] by the day from which they are felt, then as in `at` */
    bool *border;            /* [days + 1] does an event begin or end to be felt on it? */
    const felt **now,
        **spare; /* [count] felt on the day that is weighed, in the order of `at`; room for them */
    int32_t now_count;
    const felt **in_run; /* [count] felt in the run, each once */
    int32_t in_run_count;
    const ab__event **events; /* [count] room for those of the run */
    ab__event_run run;        /* from == until: none */
    ab__event_run_fn *each;
    void *context;
} weighing;

/* Events in one point are one fight that was told several times: only the strongest that is there counts. Points are
 * taken one by one, as if they were independent. */
static double stopped_prob(const weighing *w)
{
    double open = 1;

    for (int32_t i = 0; i < w->now_count;) {
        const ab__event_near *near = w->now[i]->near;
        double none = 1, strongest = 0;
        for (; i < w->now_count && w->now[i]->near == near; i++) {
            double there = ab__event_day_prob(w->now[i]->event);
            strongest += w->now[i]->event->stop_prob * there * none;
            none *= 1 - there;
        }
        open *= 1 - near->bears_frac * strongest;
    }
    return 1 - open;
}

/* The largest chance; of equals the first. */
static bool is_stronger(const felt *a, const felt *b)
{
    return a->prob > b->prob || (a->prob >= b->prob && a < b);
}

static bool end_run(weighing *w)
{
    ab__event_run *run = &w->run;

    if (run->from == run->until)
        return true;
    const felt *strongest = w->in_run[0];
    run->events = w->in_run_count;
    run->last_day = strongest->event->last_day;
    for (int32_t i = 0; i < w->in_run_count; i++) {
        const felt *f = w->in_run[i];
        w->events[i] = f->event;
        run->last_day = f->event->last_day > run->last_day ? f->event->last_day : run->last_day;
        strongest = is_stronger(f, strongest) ? f : strongest;
    }
    run->strongest = strongest->event;
    run->away_m = strongest->near->away_m;
    bool went = w->each(w->context, run, w->events);
    run->from = run->until;
    w->in_run_count = 0;
    return went;
}

/* Days [from, until) on which the same events are felt. */
static bool add_span(weighing *w, int32_t from, int32_t until)
{
    double prob = stopped_prob(w);
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
    for (int32_t i = 0; i < w->now_count; i++)
        if (run->from == from || w->now[i]->from == from)
            w->in_run[w->in_run_count++] = w->now[i];
    return true;
}

/* From the events felt before `day` to those felt on it: both lists are in the order of `at`, and stay so. */
static void go_to(weighing *w, int32_t day)
{
    int32_t next = w->start[day], end = w->start[day + 1], count = 0;
    const felt **was = w->now;

    for (int32_t i = 0; i < w->now_count; i++) {
        if (was[i]->until <= w->first_day + day)
            continue;
        while (next < end && w->by_start[next] < was[i])
            w->spare[count++] = w->by_start[next++];
        w->spare[count++] = was[i];
    }
    while (next < end)
        w->spare[count++] = w->by_start[next++];
    w->now = w->spare;
    w->spare = was;
    w->now_count = count;
}

/* Events of `layer` felt on days [from, until), to `out`; NULL: they are only counted. */
static int32_t gather(const ab__event_points *points, const ab__event_near *near, int32_t count,
                      ab__event_layer layer, int32_t from, int32_t until, felt *out)
{
    int32_t found = 0;

    for (int32_t i = 0; i < count; i++) {
        const ab__event_point *point = &points->at[near[i].point];
        for (int32_t e = 0; e < point->count; e++) {
            const ab__event *event = points->event[point->first + e];
            felt f = {.event = event, .near = &near[i]};
            if (ab__event_layer_of(event) != layer)
                continue;
            ab__event_felt(event, &f.from, &f.until);
            f.from = f.from < from ? from : f.from;
            f.until = f.until > until ? until : f.until;
            f.prob = near[i].bears_frac * event->stop_prob * ab__event_day_prob(event);
            if (f.from < f.until && out != NULL)
                out[found] = f;
            found += f.from < f.until;
        }
    }
    return found;
}

/* Sorts by counting: there are few days and many events. */
static void sort_by_start(weighing *w)
{
    for (int32_t i = 0; i < w->count; i++) {
        w->start[w->at[i].from - w->first_day + 1]++;
        w->border[w->at[i].from - w->first_day] = w->border[w->at[i].until - w->first_day] = true;
    }
    for (int32_t day = 0; day < w->days; day++)
        w->start[day + 1] += w->start[day];
    for (int32_t i = 0; i < w->count; i++)
        w->by_start[w->start[w->at[i].from - w->first_day]++] = &w->at[i];
    for (int32_t day = w->days; day > 0; day--)
        w->start[day] = w->start[day - 1];
    w->start[0] = 0;
}

static bool weigh(weighing *w)
{
    sort_by_start(w);
    for (int32_t day = 0, end; day < w->days; day = end) {
        for (end = day + 1; end < w->days && !w->border[end];)
            end++;
        go_to(w, day);
        if (w->now_count == 0)
            continue;
        if (!add_span(w, w->first_day + day, w->first_day + end))
            return false;
    }
    return end_run(w);
}

bool ab__event_weigh(const ab__event_points *points, const ab__event_near *near, int32_t count,
                     ab__event_layer layer, int32_t from, int32_t until, ab_arena *work,
                     ab__event_run_fn *each, void *context)
{
    int32_t most = gather(points, near, count, layer, from, until, NULL), days = until - from;
    if (most == 0)
        return true;
    felt *at = AB_NEW(work, felt, most);
    weighing w = {.at = at,
                  .count = most,
                  .layer = layer,
                  .first_day = from,
                  .days = days,
                  .start = AB_NEW(work, int32_t, days + 1),
                  .by_start = AB_NEW(work, const felt *, most),
                  .border = AB_NEW(work, bool, days + 1),
                  .now = AB_NEW(work, const felt *, most),
                  .spare = AB_NEW(work, const felt *, most),
                  .in_run = AB_NEW(work, const felt *, most),
                  .events = AB_NEW(work, const ab__event *, most),
                  .each = each,
                  .context = context};
    if (!at || !w.start || !w.by_start || !w.border || !w.now || !w.spare || !w.in_run || !w.events)
        return false;
    (void)gather(points, near, count, layer, from, until, at);
    return weigh(&w);
}
