/* CZML 1.0 for Cesium: packets of JSON, the first of the document and its clock. Trips move along their ways, places
 * take the colour of the share of the ration that is eaten. After the guide to CZML of the cesium-guide project
 * (packets, availability, sampled positions, intervals of colours). */
#include <math.h>
#include <string.h>

#include "geo/geodesic.h"
#include "io/czml.h"
#include "schema/convert.h"

/* ---- Trips ------------------------------------------------------------------------------------ */

static double way_m(const ab_shape *way, int32_t vertices)
{
    const double *at = way->lon_lat_deg;
    double sum = 0;

    for (int32_t i = 0; i + 1 < vertices; i++)
        sum += ab__geodesic_m(at[2 * i], at[2 * i + 1], at[2 * i + 2], at[2 * i + 3]);
    return sum;
}

/* Even speed along the way: seconds after `begin`, then the vertex. */
static void add_motion(ab_czml *to, const ab_shape *way, ab_time begin, ab_time end)
{
    int32_t count = way->part_start[1];
    double all_m = way_m(way, count), here_m = 0;
    char text[AB_TIME_TEXT_CAP];

    ab__czml_open(to, "position");
    ab__czml_text(to, "epoch", ab__export_time_text(begin, text));
    ab__czml_text(to, "interpolationAlgorithm", "LINEAR");
    ab__czml_number(to, "interpolationDegree", 1);
    ab__json_key(&to->json, "cartographicDegrees");
    ab__json_array(&to->json);
    for (int32_t i = 0; i < count; i++) {
        const double *at = way->lon_lat_deg + 2 * (size_t)i;
        if (i > 0)
            here_m += ab__geodesic_m(at[-2], at[-1], at[0], at[1]);
        double frac = all_m > 0 ? here_m / all_m : (double)i / (count - 1);
        ab__json_number(&to->json, round((double)(end - begin) * (i + 1 < count ? frac : 1)));
        ab__czml_vertex(to, at);
    }
    ab__json_array_end(&to->json);
    ab__czml_close(to);
}

static void add_trip(ab_czml *to, const ab_export_layer *trips, int32_t number)
{
    static const char *const words[] = {"id", "means", "hub", "place", "to_hub", NULL};
    const void *row = ab__export_row(trips, number);
    ab_time begin = ab__export_time(trips, row, "depart"),
            end = ab__export_period_end(to->from, ab__export_time(trips, row, "arrive"));
    ab_color color =
        ab__legend_at(AB_LEGEND_MEANS,
                      ab__legend_find(AB_LEGEND_MEANS, ab__export_text(trips, row, "means")))
            .color;
    ab_export_point spare;
    ab_shape way = ab__export_shape(to->from, trips, row, &spare);

    ab__czml_packet(to, trips, number, words);
    ab__czml_interval(to, "availability", begin, end);
    if (way.kind == AB_SHAPE_LINE) {
        add_motion(to, &way, begin, end);
        ab__czml_open(to, "point");
        ab__czml_color(to, "color", color, 255);
        ab__czml_number(to, "pixelSize", 9);
        ab__czml_text(to, "heightReference", "CLAMP_TO_GROUND");
        ab__czml_close(to);
        ab__czml_open(to, "polyline");
        ab__czml_vertices(to, "positions", &way, 0);
        ab__czml_material(to, color, 160);
        ab__czml_number(to, "width", 2);
        ab__json_key(&to->json, "clampToGround");
        ab__json_bool(&to->json, true);
        ab__czml_close(to);
        ab__czml_label(to, ab__export_text(trips, row, "id"));
    }
    ab__czml_close(to);
}

/* ---- Hubs and places -------------------------------------------------------------------------- */

/* A span of one colour; `line` -1: none yet. */
typedef struct shade {
    int32_t line; /* of AB_LEGEND_EATEN */
    ab_time begin, end;
} shade;

static void add_shade(ab_czml *to, const shade *span)
{
    if (span->line < 0)
        return;
    ab__json_object(&to->json);
    ab__czml_interval(to, "interval", span->begin, span->end);
    ab__czml_rgba(to, ab__legend_at(AB_LEGEND_EATEN, span->line).color, 255);
    ab__czml_close(to);
}

/* The colour of a place: one after the other by the share of the ration eaten, where that may be seen. */
static void add_place_color(ab_czml *to, const char *place)
{
    static const ab_color grey = {150, 150, 150};
    shade now = {-1, 0, 0};
    ab_export_layer days;

    if (!ab__export_find(to->from, "stock_days", &days)) {
        ab__czml_color(to, "color", grey, 255);
        return;
    }
    ab__json_key(&to->json, "color");
    ab__json_array(&to->json);
    for (int32_t r = 0; r < days.rows->count; r++) {
        const ab_stock_day *day = ab__export_row(&days, r);
        int32_t line = ab__legend_of_eaten(day->eaten_frac);
        if (strcmp(day->place, place) != 0)
            continue;
        if (line != now.line || day->from != now.end) {
            add_shade(to, &now);
            now = (shade){line, day->from, day->until};
        }
        now.end = day->until;
    }
    add_shade(to, &now);
    ab__json_array_end(&to->json);
}

/* What a point is drawn with: the more people, the larger. */
static double point_px(const ab_export_layer *layer, const void *row)
{
    double people = ab__export_number(layer, row, "population");

    return isnan(people) ? 8 : round(fmin(8 + sqrt(people) / 20, 40));
}

static void add_point(ab_czml *to, const ab_export_layer *layer, int32_t number, bool is_place)
{
    static const char *const words[] = {"name", NULL};
    static const ab_color black = {35, 35, 35}, yellow = {240, 228, 66};
    const void *row = ab__export_row(layer, number);
    const char *name = ab__export_text(layer, row, "name"), *id = ab__export_text(layer, row, "id");
    ab_export_point spare;
    ab_shape shape = ab__export_shape(to->from, layer, row, &spare);

    ab__czml_packet(to, layer, number, words);
    if (shape.kind == AB_SHAPE_POINT) {
        ab__czml_vertices(to, "position", &shape, 0);
        ab__czml_open(to, "point");
        if (is_place)
            add_place_color(to, id);
        else
            ab__czml_color(to, "color", yellow, 255);
        ab__czml_color(to, "outlineColor", black, 255);
        ab__czml_number(to, "outlineWidth", 1);
        ab__czml_number(to, "pixelSize", point_px(layer, row));
        ab__czml_text(to, "heightReference", "CLAMP_TO_GROUND");
        ab__czml_close(to);
        ab__czml_label(to, name[0] != '\0' ? name : id);
    }
    ab__czml_close(to);
}

/* ---- Areas ------------------------------------------------------------------------------------ */

static ab_color area_color(const ab_export_layer *layer, const void *row)
{
    static const ab_color zone = {0, 158, 115};
    int32_t kind = ab_table_find(layer->table, "kind");
    ab_buf word = AB_BUF_INIT;

    if (kind < 0)
        return zone;
    ab__export_cell(layer, kind, row, &word);
    int32_t line = ab__legend_find(AB_LEGEND_EXCLUSIONS, ab__buf_text(&word));
    ab__buf_free(&word);
    return ab__legend_at(AB_LEGEND_EXCLUSIONS, line).color;
}

static void add_holes(ab_czml *to, const ab_shape *shape)
{
    ab__czml_open(to, "holes");
    ab__json_key(&to->json, "cartographicDegrees");
    ab__json_array(&to->json);
    for (int32_t part = 1; part < shape->part_count; part++) {
        ab__json_array(&to->json);
        for (int32_t i = shape->part_start[part]; i < shape->part_start[part + 1]; i++)
            ab__czml_vertex(to, shape->lon_lat_deg + 2 * (size_t)i);
        ab__json_array_end(&to->json);
    }
    ab__json_array_end(&to->json);
    ab__czml_close(to);
}

static void add_area(ab_czml *to, const ab_export_layer *layer, int32_t number)
{
    static const char *const words[] = {"id", "place", NULL};
    const void *row = ab__export_row(layer, number);
    ab_export_point spare;
    ab_shape shape = ab__export_shape(to->from, layer, row, &spare);

    ab__czml_packet(to, layer, number, words);
    if (shape.kind == AB_SHAPE_POLYGON) {
        ab__czml_open(to, "polygon");
        ab__czml_vertices(to, "positions", &shape, 0);
        if (shape.part_count > 1)
            add_holes(to, &shape);
        ab__czml_material(to, area_color(layer, row), 90);
        ab__czml_close(to);
    }
    ab__czml_close(to);
}

/* ---- The document ----------------------------------------------------------------------------- */

static void add_total(ab_czml *to, const ab_export_layer *totals, int32_t number)
{
    static const char *const words[] = {"what", "category", "commodity", "means", NULL};

    ab__czml_packet(to, totals, number, words);
    ab__czml_close(to);
}

static void add_place(ab_czml *to, const ab_export_layer *layer, int32_t number)
{
    add_point(to, layer, number, true);
}

static void add_hub(ab_czml *to, const ab_export_layer *layer, int32_t number)
{
    add_point(to, layer, number, false);
}

static const struct {
    const char *layer;
    void (*add)(ab_czml *to, const ab_export_layer *layer, int32_t number);
} drawn[] = {
    {"in_exclusions", add_area}, {"in_dropzones", add_area}, {"in_hubs", add_hub},
    {"in_places", add_place},    {"trips", add_trip},        {"totals", add_total},
};

/* The clock runs an hour a second, where its times may be seen. */
static void add_document(ab_czml *to)
{
    const ab_settings *settings = to->from->input.rows[AB_TABLE_operation].at;
    char start[AB_TIME_TEXT_CAP];

    ab__json_object(&to->json);
    ab__czml_text(to, "id", "document");
    ab__czml_text(to, "name", ab__buf_text(&to->from->title));
    ab__czml_text(to, "version", "1.0");
    ab__czml_text(to, "description", ab__buf_text(&to->from->description));
    if (settings->start != AB_TIME_NONE && settings->end != AB_TIME_NONE) {
        ab__czml_open(to, "clock");
        ab__czml_interval(to, "interval", settings->start, settings->end);
        ab__czml_text(to, "currentTime", ab__export_time_text(settings->start, start));
        ab__czml_number(to, "multiplier", 3600);
        ab__czml_text(to, "range", "LOOP_STOP");
        ab__czml_text(to, "step", "SYSTEM_CLOCK_MULTIPLIER");
        ab__czml_close(to);
    }
    ab__czml_close(to);
}

bool ab__export_czml(const ab_export *from, ab_buf *out)
{
    ab_czml to = {.from = from};
    ab_export_layer layer;

    ab__json_start(&to.json, out);
    ab__json_array(&to.json);
    add_document(&to);
    for (size_t i = 0; i < sizeof drawn / sizeof drawn[0]; i++) {
        if (!ab__export_find(from, drawn[i].layer, &layer))
            continue;
        for (int32_t r = 0; r < layer.rows->count; r++)
            drawn[i].add(&to, &layer, r);
    }
    ab__json_array_end(&to.json);
    ab__buf_char(out, '\n');
    return !out->failed;
}
