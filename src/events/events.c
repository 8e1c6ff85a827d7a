/* From an export of events to rows of `access`. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/vec.h"
#include "events/weigh.h"

enum { DAY_S = 86400 };

struct ab_events {
    ab_arena *arena;
    AB_VEC(ab_report) rows;
    ab_events_tally tally;
};

/* What the making of all reports shares. */
typedef struct making {
    const ab_operation *op;
    const ab_sheet *sheet;
    ab_arena *work;
    ab_events *out;
    ab__event_list list;
    ab__event_points points;
    int32_t from, until; /* local days of the operation */
    ab_time offset_s;    /* local time less UTC */
    bool *told, *heard;  /* by event: behind a report; near something */
    ab_ref subject;      /* of the report that is made */
    ab__event_layer layer;
} making;

/* ---- One report ---- */

static const char *id_prefix(const making *m)
{
    return m->list.layout == AB_EVENTS_ACLED ? "acled" : "ucdp";
}

static const char *subject_id(const making *m)
{
    const ab_operation *op = m->op;
    int32_t row = m->subject.row;

    return m->subject.table == AB_TABLE_roads    ? op->roads.at[row].id
           : m->subject.table == AB_TABLE_places ? op->places.at[row].id
                                                 : op->hubs.at[row].id;
}

static const char *report_id(const making *m, const ab__event_run *run)
{
    static const char *const layers[] = {"", ".week", ".month", ".year"};
    char day[AB_TIME_TEXT_CAP];

    return ab__arena_printf(m->out->arena, "%s.%s.%s.%s%s", id_prefix(m),
                            ab_input_schema()->tables[m->subject.table].singular, subject_id(m),
                            ab_day_format((ab_time)run->from * DAY_S, day), layers[m->layer]);
}

static const char *days_words(const making *m, const ab__event *event)
{
    char first[AB_TIME_TEXT_CAP], last[AB_TIME_TEXT_CAP];

    (void)ab_day_format((ab_time)event->first_day * DAY_S, first);
    (void)ab_day_format((ab_time)event->last_day * DAY_S, last);
    return event->first_day == event->last_day ? ab__arena_text(m->work, first)
                                               : ab__arena_printf(m->work, "%s to %s", first, last);
}

static const char *note_of(const making *m, const ab__event_run *run)
{
    const ab__event *event = run->strongest;
    char km[AB_NUMBER_CAP], known[AB_NUMBER_CAP], prob[AB_NUMBER_CAP];
    const char *days = days_words(m, event);

    return days == NULL
               ? NULL
               : ab__arena_printf(
                     m->out->arena,
                     "%d %s nearby; most by %s, %s, %s: %s km away, its place known to %s km. Chance of a stop %s a day.%s",
                     (int)run->events, run->events == 1 ? "event" : "events", event->id,
                     event->what, days, ab__number_people(run->away_m / 1000, 1, km),
                     ab__number_people(event->spread_m / 1000, 1, known),
                     ab__number_format_n(run->stopped_prob, 2, prob),
                     m->layer == AB_LAYER_RATES ? " A rate: no day is known." : "");
}

static const char *source_of(const making *m, const ab__event_run *run)
{
    const char *from = run->strongest->source;

    return ab__arena_printf(m->out->arena, "assumed: kernels of docs/models/events.md, over %s%s%s",
                            ab_events_layout_name(m->list.layout), *from != '\0' ? "; " : "", from);
}

static ab_time local_day(const making *m, int32_t day)
{
    return (ab_time)day * DAY_S - m->offset_s;
}

static bool add_report(void *context, const ab__event_run *run, const ab__event *const *events)
{
    making *m = context;
    ab_report *row = AB_PUSH(&m->out->rows);

    if (row == NULL)
        return false;
    for (int32_t i = 0; i < run->events; i++)
        m->told[events[i] - m->list.at] = true;
    *row = (ab_report){.id = report_id(m, run),
                       .subject = m->subject,
                       .mode = AB_MODE_ROAD,
                       .state = AB_STATE_RESTRICTED,
                       .from = local_day(m, run->from),
                       .until = local_day(m, run->until),
                       .reported_at = local_day(m, run->last_day + 1),
                       .reported_by = ab__arena_printf(m->out->arena, "%s, %s",
                                                       ab_events_layout_name(m->list.layout),
                                                       m->sheet->origin),
                       .reliability = run->grade.reliability,
                       .credibility = run->grade.credibility,
                       .quotes = "",
                       .note = note_of(m, run),
                       .source = source_of(m, run)};
    row->head.given = (1ull << AB_COLS_report) - 1;
    row->head.given &= ~(1ull << AB_COL_report_commodities | 1ull << AB_COL_report_quotes);
    m->out->tally.unknown += !ab_known_at(m->op, row->reported_at);
    return row->id && row->reported_by && row->note && row->source;
}

/* ---- All subjects ---- */

static bool weigh_subject(making *m, ab__event_near *near)
{
    int32_t count = ab__event_points_near(m->op, m->subject, &m->points, near);

    for (int32_t i = 0; i < count; i++) {
        const ab__event_point *point = &m->points.at[near[i].point];
        for (int32_t e = 0; e < point->count; e++)
            m->heard[m->points.event[point->first + e] - m->list.at] = true;
    }
    for (m->layer = 0; count > 0 && m->layer < AB_EVENT_LAYERS; m->layer++) {
        ab_arena *work = ab__arena_new();
        bool done = work != NULL && ab__event_weigh(&m->points, near, count, m->layer, m->from,
                                                    m->until, work, add_report, m);
        ab__arena_free(work);
        if (!done)
            return false;
    }
    return true;
}

static bool weigh_all(making *m)
{
    const struct {
        int32_t table, count;
    } subjects[] = {{AB_TABLE_roads, m->op->roads.count},
                    {AB_TABLE_places, m->op->places.count},
                    {AB_TABLE_hubs, m->op->hubs.count}};
    ab__event_near *near = AB_NEW(m->work, ab__event_near, m->points.count);

    if (near == NULL)
        return false;
    for (size_t s = 0; s < sizeof subjects / sizeof *subjects; s++)
        for (int32_t row = 0; row < subjects[s].count; row++) {
            m->subject = (ab_ref){subjects[s].table, row};
            if (!weigh_subject(m, near))
                return false;
        }
    return true;
}

/* ---- What became of each event ---- */

/* Counts what is not weighed at all; true: it is. */
static bool is_weighed(making *m, const ab__event *event)
{
    ab_events_tally *tally = &m->out->tally;
    int32_t from, until;

    ab__event_felt(event, &from, &until);
    tally->spread += ab__event_layer_of(event) == AB_LAYER_RATES;
    if (until <= m->from || from >= m->until)
        tally->outside++;
    else if (!(event->stop_prob > 0))
        tally->silent++;
    else if (event->spread_m >= AB_EVENT_NOWHERE)
        tally->vague++;
    else
        return true;
    return false;
}

static bool weigh_events(making *m)
{
    const ab__event **weighed = AB_NEW(m->work, const ab__event *, m->list.count);
    int32_t count = 0;

    m->told = AB_NEW(m->work, bool, m->list.count);
    m->heard = AB_NEW(m->work, bool, m->list.count);
    if (weighed == NULL || m->told == NULL || m->heard == NULL)
        return false;
    for (int32_t i = 0; i < m->list.count; i++)
        if (is_weighed(m, &m->list.at[i]))
            weighed[count++] = &m->list.at[i];
    if (!ab__event_points_make(weighed, count, m->work, &m->points) || !weigh_all(m))
        return false;
    for (int32_t i = 0; i < count; i++) {
        int64_t e = weighed[i] - m->list.at;
        m->out->tally.told += m->told[e];
        m->out->tally.weak += !m->told[e] && m->heard[e];
        m->out->tally.far += !m->heard[e];
    }
    return true;
}

static void count_before(const ab_operation *op, ab_events_tally *tally)
{
    for (int32_t i = 0; i < op->access.count; i++)
        tally->before += strncmp(op->access.at[i].id, "acled.", 6) == 0 ||
                         strncmp(op->access.at[i].id, "ucdp.", 5) == 0;
}

static ab_status make(making *m, ab_time now, ab_issues *issues, ab_error *err)
{
    const ab_settings *settings = m->op->settings;

    m->offset_s = isnan(settings->utc_offset_s) ? 0 : (ab_time)settings->utc_offset_s;
    m->from = (int32_t)floor((double)(settings->start + m->offset_s) / DAY_S);
    m->until = (int32_t)ceil((double)(settings->end + m->offset_s) / DAY_S);
    ab_time says = settings->as_of != AB_TIME_NONE ? settings->as_of : settings->start;
    int32_t today = (int32_t)floor((double)((now > says ? now : says) + m->offset_s) / DAY_S);
    ab_status status = ab__events_read(m->sheet, today, m->work, &m->list, issues, err);
    if (status != AB_OK)
        return status;
    if (!weigh_events(m))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while events were weighed");
    count_before(m->op, &m->out->tally);
    m->out->tally.layout = m->list.layout;
    m->out->tally.events = m->list.count;
    m->out->tally.reports = m->out->rows.count;
    return AB_OK;
}

ab_status ab_events_make(const ab_operation *op, const ab_sheet *sheet, ab_time now,
                         ab_events **out, ab_issues *issues, ab_error *err)
{
    ab_arena *arena = ab__arena_new(), *work = ab__arena_new();
    ab_events *events = arena != NULL ? AB_NEW(arena, ab_events, 1) : NULL;
    ab_status status = AB_OK;

    *out = NULL;
    if (events == NULL || work == NULL) {
        ab__arena_free(arena);
        ab__arena_free(work);
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    }
    events->arena = arena;
    making m = {.op = op, .sheet = sheet, .work = work, .out = events};
    status = make(&m, now, issues, err);
    ab__arena_free(work);
    if (status == AB_OK)
        *out = events;
    else
        ab_events_free(events);
    return status;
}

void ab_events_free(ab_events *events)
{
    if (events == NULL)
        return;
    AB_VEC_FREE(&events->rows);
    ab__arena_free(events->arena);
}

const ab_report *ab_events_reports(const ab_events *events, int32_t *count)
{
    *count = events->rows.count;
    return events->rows.at;
}

ab_events_tally ab_events_tally_of(const ab_events *events)
{
    return events->tally;
}
