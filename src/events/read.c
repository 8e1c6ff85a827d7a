/* All rows of an export. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "events/event.h"
#include "schema/issues.h"

/* What both layouts have. */
static bool read_common(ab__event_reader *reader, ab__event *event)
{
    bool acled = reader->layout == AB_EVENTS_ACLED;
    ab__event_column id = acled ? AB_EVENT_ACLED_ID : AB_EVENT_UCDP_ID;
    bool sound = ab__event_text(reader, id, &event->id);

    if (!sound && !reader->no_memory)
        (void)ab__event_flaw(reader, id, AB_ISSUE_MISSING_VALUE, "the event's id", "");
    sound = ab__event_degrees(reader, AB_EVENT_LONGITUDE, 180, &event->lon_deg) && sound;
    sound = ab__event_degrees(reader, AB_EVENT_LATITUDE, 90, &event->lat_deg) && sound;
    (void)ab__event_text(reader, acled ? AB_EVENT_SOURCE : AB_EVENT_SOURCE_ARTICLE, &event->source);
    return sound;
}

typedef struct named {
    const char *id;
    int32_t row;
} named;

static int by_id(const void *a, const void *b)
{
    const named *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

/* An event that stands twice would count twice. The cells themselves are compared: kept texts are cut. */
static bool find_twice(ab__event_reader *reader)
{
    bool acled = reader->layout == AB_EVENTS_ACLED, once = true;
    ab__event_column column = acled ? AB_EVENT_ACLED_ID : AB_EVENT_UCDP_ID;
    int32_t count = (int32_t)reader->sheet->row_count, first = 0;
    named *ids = AB_NEW(reader->arena, named, count);

    reader->no_memory = reader->no_memory || ids == NULL;
    if (ids == NULL)
        return false;
    for (reader->row = 0; reader->row < count; reader->row++)
        ids[reader->row] = (named){ab__event_cell(reader, column), reader->row};
    qsort(ids, (size_t)count, sizeof *ids, by_id);
    for (int32_t i = 1; i < count; i++) {
        first = strcmp(ids[i].id, ids[first].id) == 0 ? first : i;
        if (first == i || *ids[i].id == '\0')
            continue;
        char hint[112];
        (void)snprintf(hint, sizeof hint, "line %d has it already%s",
                       (int)reader->sheet->line[ids[first].row],
                       acled ? "; export events in the dyadic form, with a row each" : "");
        reader->row = ids[i].row;
        once = ab__event_flaw(reader, column, AB_ISSUE_DUPLICATE_ID, "an id that no other row has",
                              hint);
    }
    return once;
}

static ab_status read_rows(ab__event_reader *reader, ab__event_list *out, ab_error *err)
{
    int32_t count = (int32_t)reader->sheet->row_count;
    bool sound = true;

    out->layout = reader->layout;
    out->at = AB_NEW(reader->arena, ab__event, count);
    reader->no_memory = out->at == NULL;
    for (reader->row = 0; !reader->no_memory && reader->row < count; reader->row++) {
        ab__event *event = &out->at[out->count++];
        sound = read_common(reader, event) && sound;
        sound =
            (reader->layout == AB_EVENTS_ACLED ? ab__event_acled : ab__event_ucdp)(reader, event) &&
            sound;
    }
    sound = !reader->no_memory && find_twice(reader) && sound;
    if (reader->no_memory)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", reader->sheet->origin);
    if (!sound || ab_issues_of(reader->issues, AB_ERROR_FLAW) > 0)
        return ab_fail(err, AB_FLAWED, "%s has errors", reader->sheet->origin);
    return AB_OK;
}

ab_status ab__events_read(const ab_sheet *sheet, int32_t today, ab_arena *arena,
                          ab__event_list *out, ab_issues *issues, ab_error *err)
{
    int32_t column[AB_EVENT_COLUMNS];
    ab__event_reader reader = {
        .sheet = sheet, .issues = issues, .arena = arena, .column = column, .today = today};
    ab_status status = ab__events_layout(sheet, &reader.layout, column, issues, err);

    *out = (ab__event_list){0};
    return status == AB_OK ? read_rows(&reader, out, err) : status;
}
