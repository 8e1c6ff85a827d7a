#include "io/czml.h"

#include <stdio.h>

#include "schema/convert.h"

void ab__czml_text(ab_czml *to, const char *key, const char *text)
{
    ab__json_key(&to->json, key);
    ab__json_text(&to->json, text);
}

void ab__czml_interval(ab_czml *to, const char *key, ab_time begin, ab_time end)
{
    char from[AB_TIME_TEXT_CAP], until[AB_TIME_TEXT_CAP], both[2 * AB_TIME_TEXT_CAP];

    (void)snprintf(both, sizeof both, "%s/%s", ab__export_time_text(begin, from),
                   ab__export_time_text(end, until));
    ab__czml_text(to, key, both);
}

/* An object of its own under `key`. */
void ab__czml_open(ab_czml *to, const char *key)
{
    ab__json_key(&to->json, key);
    ab__json_object(&to->json);
}

void ab__czml_close(ab_czml *to)
{
    ab__json_object_end(&to->json);
}

void ab__czml_rgba(ab_czml *to, ab_color color, int alpha)
{
    const int parts[] = {color.red, color.green, color.blue, alpha};

    ab__json_key(&to->json, "rgba");
    ab__json_array(&to->json);
    for (int i = 0; i < 4; i++)
        ab__json_count(&to->json, parts[i]);
    ab__json_array_end(&to->json);
}

void ab__czml_color(ab_czml *to, const char *key, ab_color color, int alpha)
{
    ab__czml_open(to, key);
    ab__czml_rgba(to, color, alpha);
    ab__czml_close(to);
}

void ab__czml_number(ab_czml *to, const char *key, double value)
{
    ab__json_key(&to->json, key);
    ab__json_number(&to->json, value);
}

void ab__czml_vertex(ab_czml *to, const double *lon_lat_deg)
{
    ab__json_number(&to->json, lon_lat_deg[0]);
    ab__json_number(&to->json, lon_lat_deg[1]);
    ab__json_count(&to->json, 0); /* heights are not known: all lies on the ground */
}

void ab__czml_vertices(ab_czml *to, const char *key, const ab_shape *shape, int32_t part)
{
    ab__czml_open(to, key);
    ab__json_key(&to->json, "cartographicDegrees");
    ab__json_array(&to->json);
    for (int32_t i = shape->part_start[part]; i < shape->part_start[part + 1]; i++)
        ab__czml_vertex(to, shape->lon_lat_deg + 2 * (size_t)i);
    ab__json_array_end(&to->json);
    ab__czml_close(to);
}

void ab__czml_material(ab_czml *to, ab_color color, int alpha)
{
    ab__czml_open(to, "material");
    ab__czml_open(to, "solidColor");
    ab__czml_color(to, "color", color, alpha);
    ab__czml_close(to);
    ab__czml_close(to);
}

void ab__czml_label(ab_czml *to, const char *text)
{
    static const ab_color white = {255, 255, 255};

    ab__czml_open(to, "label");
    ab__czml_text(to, "text", text);
    ab__czml_text(to, "font", "12px sans-serif");
    ab__czml_color(to, "fillColor", white, 255);
    ab__czml_text(to, "style", "FILL_AND_OUTLINE");
    ab__czml_text(to, "horizontalOrigin", "LEFT");
    ab__czml_text(to, "heightReference", "CLAMP_TO_GROUND");
    ab__czml_open(to, "pixelOffset");
    ab__json_key(&to->json, "cartesian2");
    ab__json_array(&to->json);
    ab__json_count(&to->json, 10);
    ab__json_count(&to->json, 0);
    ab__json_array_end(&to->json);
    ab__czml_close(to);
    ab__czml_close(to);
}

/* Begins the packet of a row: its id, its name from `words`, and its cells to click on. */
void ab__czml_packet(ab_czml *to, const ab_export_layer *layer, int32_t number,
                     const char *const *words)
{
    const void *row = ab__export_row(layer, number);
    const char *id = ab__export_text(layer, row, "id");
    ab_buf text = AB_BUF_INIT;

    ab__buf_char(to->json.out, '\n');
    ab__json_object(&to->json);
    if (id[0] != '\0')
        ab__buf_printf(&text, "%s/%s", layer->name, id);
    else
        ab__buf_printf(&text, "%s/%d", layer->name, (int)number + 1);
    ab__czml_text(to, "id", ab__buf_text(&text));
    ab__buf_clear(&text);
    ab__export_title(to->from, layer, row, words, &text);
    ab__czml_text(to, "name", ab__buf_text(&text));
    ab__buf_clear(&text);
    ab__export_html(to->from, layer, row, &text);
    ab__czml_text(to, "description", ab__buf_text(&text));
    to->json.out->failed = to->json.out->failed || text.failed;
    ab__buf_free(&text);
}
