/* How likely events near a subject stop convoys there, day by day, and the reports that this is worth. */
#ifndef EVENTS_WEIGH_H
#define EVENTS_WEIGH_H

#include "events/near.h"

/* Events are weighed with those that are known as exactly in time: what is known of a day was known on the next, and is not to
 * wait for the end of a week or year. */
typedef enum ab__event_layer { AB_LAYER_DAYS, AB_LAYER_WEEKS, AB_LAYER_MONTHS, AB_LAYER_RATES, AB_EVENT_LAYERS } ab__event_layer;

ab__event_layer ab__event_layer_of(const ab__event *event);

/* The days on which the event is felt: [*from, *until). */
void ab__event_felt(const ab__event *event, int32_t *from, int32_t *until);
/* The chance that it is felt on one of these days, given that it happened: 1 where its day is known. */
double ab__event_day_prob(const ab__event *event);

/* Grades that a chance of being stopped is worth; {-1, -1}: too weak for a report. A rate is worth E3 at most: that there is
 * fighting on so many days of a year says nothing of one of them. */
typedef struct ab__event_grade {
    int32_t reliability, credibility; /* codes */
} ab__event_grade;
ab__event_grade ab__event_grade_of(double stopped_prob, ab__event_layer layer);

/* Days [from, until) of one grade. */
typedef struct ab__event_run {
    int32_t from, until;
    ab__event_grade grade;
    double stopped_prob;         /* a day, the largest */
    int32_t events;              /* that are felt in it */
    int32_t last_day;            /* on which one of them may have been */
    const ab__event *strongest;
    double away_m;               /* of the strongest */
} ab__event_run;

/* Called for each run of the subject, in order of time, with the events felt in it. */
typedef bool ab__event_run_fn(void *context, const ab__event_run *run, const ab__event *const *events);

/* What events at points `near`, those of `layer`, say of their subject on days [from, until). false: out of memory, or the
 * call said so. */
bool ab__event_weigh(const ab__event_points *points, const ab__event_near *near, int32_t count, ab__event_layer layer,
                     int32_t from, int32_t until, ab_arena *work, ab__event_run_fn *each, void *context);

#endif
