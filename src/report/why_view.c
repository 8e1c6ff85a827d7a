#include <string.h>

#include "base/text.h"
#include "report/text.h"
#include "report/why.h"
#include "schema/nearest.h"

enum { FOLDED_CAP = 128 };

static int32_t find_place(const ab_data *input, const char *wanted)
{
    const ab_place *place = input->rows[AB_TABLE_places].at;
    int32_t count = input->rows[AB_TABLE_places].count;

    for (int32_t i = 0; i < count; i++)
        if (strcmp(place[i].id, wanted) == 0)
            return i;
    for (int32_t i = 0; i < count; i++)
        if (place[i].name[0] && ab__text_distance(place[i].name, wanted, 0) == 0)
            return i;
    return -1;
}

/* Does a name or id begin with what was typed, whatever the case of its letters? */
static bool begins(const char *name, const char *wanted)
{
    char start[FOLDED_CAP];
    size_t size = strlen(wanted);

    if (size == 0 || size >= sizeof start || strlen(name) < size)
        return false;
    memcpy(start, name, size);
    start[size] = '\0';
    return ab__text_distance(start, wanted, 0) == 0;
}

/* `did you mean "duma"?`, or places that begin so, or how to see all. */
static void add_near(const ab_data *input, const char *wanted, ab_buf *out)
{
    const ab_place *place = input->rows[AB_TABLE_places].at;
    ab_nearest nearest = ab__nearest_to(wanted);
    int32_t shown = 0;

    for (int32_t i = 0; i < input->rows[AB_TABLE_places].count; i++) {
        ab__nearest_try(&nearest, place[i].id);
        if (begins(place[i].id, wanted) || begins(place[i].name, wanted))
            ab__buf_printf(out, "%s%s", shown++ == 0 ? "; these begin so: " : ", ", place[i].id);
    }
    if (shown > 0)
        return;
    ab__buf_add(out, "; ");
    size_t before = out->size;
    ab__nearest_hint(&nearest, out);
    if (out->size == before)
        ab__buf_add(out, "without a place, `airbridge why` lists them all");
}

static ab_status no_place(const ab_data *input, const char *wanted, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    ab__buf_printf(&text, "no place is called \"%.60s\"", wanted);
    add_near(input, wanted, &text);
    ab_status status = ab_fail(err, AB_USAGE, "%s", text.failed ? "no such place" : ab__buf_text(&text));
    ab__buf_free(&text);
    return status;
}

static ab_status set_day(ab_why_view *view, const ab_settings *settings, const char *day, ab_error *err)
{
    const char *why;
    char first[AB_TIME_TEXT_CAP], last[AB_TIME_TEXT_CAP];
    ab_time start, offset_s = (ab_time)settings->utc_offset_s;

    if (!ab_day_parse(day, &start, &why))
        return ab_fail(err, AB_USAGE, "\"%.40s\" is no day: %s", day, why);
    view->from = start - offset_s;
    view->until = view->from + 86400;
    view->is_day = true;
    if (view->until > settings->start && view->from < settings->end)
        return AB_OK;
    ab_day_format(settings->start + offset_s, first);
    ab_day_format(settings->end - 1 + offset_s, last);
    return ab_fail(err, AB_USAGE, "%s is no day of the operation, which goes from %s to %s", day, first, last);
}

ab_status ab__why_view(const ab_data *input, const ab_data *results, const char *place, const char *day,
                       ab_why_view *out, ab_error *err)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    int32_t row = place ? find_place(input, place) : -1;

    *out = (ab_why_view){.input = input, .results = results, .from = settings->start, .until = settings->end};
    if (place && row < 0)
        return no_place(input, place, err);
    if (place)
        out->place = (const ab_place *)input->rows[AB_TABLE_places].at + row;
    return day ? set_day(out, settings, day, err) : AB_OK;
}

/* A day sees the periods whose middle lies in it, and the longer one that holds its noon, as commitments do. */
static bool day_sees(const ab_why_view *view, ab_time from, ab_time until)
{
    ab_time noon = view->from + (view->until - view->from) / 2, middle = from + (until - from) / 2;
    return (from <= noon && noon < until) || (view->from <= middle && middle < view->until);
}

bool ab__why_sees(const ab_why_view *view, ab_time from, ab_time until)
{
    if (view->is_day && from != AB_TIME_NONE && until != AB_TIME_NONE)
        return day_sees(view, from, until);
    return (until == AB_TIME_NONE || until > view->from) && (from == AB_TIME_NONE || from < view->until);
}

bool ab__why_is_of(const ab_why_view *view, const char *place)
{
    return !view->place || strcmp(view->place->id, place) == 0;
}

bool ab__why_sees_trip(const ab_why_view *view, const ab_trip_row *trip)
{
    const ab_settings *settings = view->input->rows[AB_TABLE_operation].at;
    ab_time period_s = (ab_time)settings->period_s;
    bool in_span = ab__why_sees(view, trip->depart, trip->depart + period_s) ||
                   ab__why_sees(view, trip->arrive, trip->arrive + period_s);
    return in_span && trip->place[0] && ab__why_is_of(view, trip->place);
}

void ab__why_add_span(ab_buf *out, ab_time from, ab_time until)
{
    ab__text_day(out, from, false);
    ab__buf_add(out, " to ");
    ab__text_last_day(out, until);
}

const char *ab__why_place_name(const ab_data *input, const char *id)
{
    int32_t row = find_place(input, id);
    const ab_place *place = (const ab_place *)input->rows[AB_TABLE_places].at + (row < 0 ? 0 : row);

    return row >= 0 && place->name[0] ? place->name : id;
}
