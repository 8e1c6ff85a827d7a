/* GPX 1.1 (topografix.com/GPX/1/1) for those who drive: a way point for each hub and place, a track for each trip.
 * OGR's writer can say nothing of the whole file, and so not that it is redacted. */
#include <string.h>

#include "base/number.h"
#include "io/export.h"
#include "io/xml_write.h"

static void add_position(ab_buf *out, const char *element, const double *lon_lat_deg)
{
    char lon[AB_NUMBER_CAP], lat[AB_NUMBER_CAP];

    ab__buf_printf(out, "<%s lat=\"%s\" lon=\"%s\">", element,
                   ab__number_format(lon_lat_deg[1], lat), ab__number_format(lon_lat_deg[0], lon));
}

static void add_waypoints(ab_buf *out, const ab_export *from, const char *name, const char *kind)
{
    ab_export_layer layer;

    if (!ab__export_find(from, name, &layer))
        return;
    for (int32_t r = 0; r < layer.rows->count; r++) {
        const void *row = ab__export_row(&layer, r);
        const char *called = ab__export_text(&layer, row, "name");
        ab_export_point spare;
        ab_shape shape = ab__export_shape(from, &layer, row, &spare);
        if (shape.kind != AB_SHAPE_POINT)
            continue;
        add_position(out, "wpt", shape.lon_lat_deg);
        ab__xml_element(out, "name",
                        called[0] != '\0' ? called : ab__export_text(&layer, row, "id"));
        ab__xml_element(out, "cmt", ab__export_text(&layer, row, "id"));
        ab__xml_element(out, "type", kind);
        ab__buf_add(out, "</wpt>\n");
    }
}

/* Is it driven, or flown and asked for? What goes from hub to hub is no vehicle's trip. */
static bool is_wanted(const ab_export *from, const char *means)
{
    bool road = strcmp(means, ab_codes_means.codes[AB_MEANS_ROAD].word) == 0;
    bool link = strcmp(means, ab_codes_means.codes[AB_MEANS_LINK].word) == 0;

    return road || (from->options->flights && !link);
}

/* "t0004 2030-03-03T00:00Z Port to Upper town" and, below it, what it carries. */
static void add_words(ab_buf *out, const ab_export *from, const ab_export_layer *trips,
                      const void *row)
{
    static const char *const ends[] = {"hub", "place", NULL};
    const char *id = ab__export_text(trips, row, "id");
    ab_time depart = ab__export_time(trips, row, "depart"),
            arrive = ab__export_period_end(from, ab__export_time(trips, row, "arrive"));
    char begin[AB_TIME_TEXT_CAP], end[AB_TIME_TEXT_CAP], mass[AB_NUMBER_CAP], count[AB_NUMBER_CAP];
    ab_buf name = AB_BUF_INIT, words = AB_BUF_INIT;

    ab__buf_printf(&name, "%s %s ", id, ab_time_format(depart, begin));
    ab__export_title(from, trips, row, ends, &name);
    ab__buf_printf(&name, ", %s t",
                   ab__number_people(ab__export_number(trips, row, "mass_t"), 2, mass));
    if (strcmp(ab__export_text(trips, row, "way"), "straight line") == 0)
        ab__buf_add(&words, "NO ROAD IS DRAWN: this track is a straight line. ");
    ab__buf_printf(
        &words, "%s %s: ", ab__number_people(ab__export_number(trips, row, "vehicles"), 0, count),
        ab__export_text(trips, row, "vehicle"));
    ab__export_loads(from, id, &words);
    ab__buf_printf(&words, ". Leaves after %s, is received before %s.",
                   ab_time_format(depart, begin), ab_time_format(arrive, end));
    ab__xml_element(out, "name", ab__buf_text(&name));
    ab__xml_element(out, "desc", ab__buf_text(&words));
    ab__xml_element(out, "type", ab__export_text(trips, row, "means"));
    out->failed = out->failed || name.failed || words.failed;
    ab__buf_free(&name);
    ab__buf_free(&words);
}

static void add_tracks(ab_buf *out, const ab_export *from)
{
    ab_export_layer trips;

    if (!ab__export_find(from, "trips", &trips))
        return;
    for (int32_t r = 0; r < trips.rows->count; r++) {
        const void *row = ab__export_row(&trips, r);
        ab_export_point spare;
        ab_shape way = ab__export_shape(from, &trips, row, &spare);
        if (way.kind != AB_SHAPE_LINE || !is_wanted(from, ab__export_text(&trips, row, "means")))
            continue;
        ab__buf_add(out, "<trk>");
        add_words(out, from, &trips, row);
        ab__buf_add(out, "<trkseg>\n");
        for (int32_t i = 0; i < way.part_start[1]; i++) {
            add_position(out, "trkpt", way.lon_lat_deg + 2 * (size_t)i);
            ab__buf_add(out, "</trkpt>\n");
        }
        ab__buf_add(out, "</trkseg></trk>\n");
    }
}

bool ab__export_gpx(const ab_export *from, ab_buf *out)
{
    ab__buf_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<gpx version=\"1.1\" creator=\"airbridge\" "
                     "xmlns=\"http://www.topografix.com/GPX/1/1\">\n<metadata>");
    ab__xml_element(out, "name", ab__buf_text(&from->title));
    ab__xml_element(out, "desc", ab__buf_text(&from->description));
    ab__buf_add(out, "</metadata>\n");
    add_waypoints(out, from, "in_hubs", "hub");
    add_waypoints(out, from, "in_places", "place");
    add_tracks(out, from);
    ab__buf_add(out, "</gpx>\n");
    return !out->failed;
}
