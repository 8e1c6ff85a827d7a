/* KML 2.2 (OGC 07-147r2) for Google Earth: a folder for each table that can be drawn, time spans that its slider
 * plays. Written by hand: OGR's LIBKML writer makes folders and spans too (tried with 3.6.2), but names no field
 * in words with its unit, and shows points by pins. What is to be fetched from a server, such as the picture of
 * a pin, would tell that server who looks at a plan: there is nothing of the kind. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "io/export.h"
#include "io/kml_shape.h"
#include "io/palette.h"
#include "io/xml_write.h"
#include "schema/convert.h"

typedef enum drawn_as { AS_IT_IS, AS_DISC, AS_RING } drawn_as;

enum { NO_LEGEND = AB_LEGENDS, MOST_WORDS = 6 };

typedef struct kml_look {
    const char *layer, *folder;
    const char
        *words[MOST_WORDS];  /* columns whose texts make the name of a feature; NULL ends them */
    const char *begin, *end; /* columns of its span; NULL: none */
    bool to_period_end;      /* its end is the start of a period, and means all of it */
    int legend;              /* an ab_legend, or NO_LEGEND */
    const char *value;       /* column that the legend is of */
    drawn_as drawn;
    ab_color color; /* without a legend */
    int alpha;
    int width_px;
    bool visible;
} kml_look;

static const kml_look looks[] = {
    {.layer = "trips",
     .folder = "Trips",
     .words = {"id", "means", "hub", "place", "to_hub"},
     .begin = "depart",
     .end = "arrive",
     .to_period_end = true,
     .legend = AB_LEGEND_MEANS,
     .value = "means",
     .alpha = 255,
     .width_px = 3,
     .visible = true},
    {.layer = "stock_days",
     .folder = "Share of the ration eaten",
     .words = {"place"},
     .begin = "from",
     .end = "until",
     .legend = AB_LEGEND_EATEN,
     .value = "eaten_frac",
     .drawn = AS_DISC,
     .alpha = 190,
     .width_px = 1,
     .visible = true},
    {.layer = "gaps",
     .folder = "Gaps",
     .words = {"place", "category", "reason"},
     .begin = "from",
     .end = "until",
     .legend = AB_LEGEND_REASONS,
     .value = "reason",
     .drawn = AS_RING,
     .alpha = 255,
     .width_px = 3,
     .visible = true},
    {.layer = "reach",
     .folder = "Ways in",
     .words = {"place", "means", "reason"},
     .begin = "from",
     .end = "until",
     .legend = AB_LEGEND_MEANS,
     .value = "means",
     .alpha = 130,
     .width_px = 1},
    {.layer = "in_places",
     .folder = "Places",
     .words = {"name"},
     .legend = NO_LEGEND,
     .color = {255, 255, 255},
     .alpha = 255,
     .width_px = 1,
     .visible = true},
    {.layer = "in_hubs",
     .folder = "Hubs",
     .words = {"name"},
     .legend = NO_LEGEND,
     .color = {240, 228, 66},
     .alpha = 255,
     .width_px = 1,
     .visible = true},
    {.layer = "needs",
     .folder = "Needs",
     .words = {"place", "category", "group"},
     .legend = NO_LEGEND,
     .color = {255, 255, 255},
     .alpha = 255,
     .width_px = 1},
    {.layer = "in_roads",
     .folder = "Roads",
     .words = {"id", "name"},
     .legend = NO_LEGEND,
     .color = {150, 150, 150},
     .alpha = 255,
     .width_px = 2},
    {.layer = "in_dropzones",
     .folder = "Drop zones",
     .words = {"id", "place"},
     .legend = NO_LEGEND,
     .color = {0, 158, 115},
     .alpha = 90,
     .width_px = 1,
     .visible = true},
    {.layer = "in_exclusions",
     .folder = "Exclusions",
     .words = {"id", "kind"},
     .legend = AB_LEGEND_EXCLUSIONS,
     .value = "kind",
     .alpha = 60,
     .width_px = 1},
    {.layer = "totals",
     .folder = "Totals",
     .words = {"what", "category", "commodity", "means"},
     .legend = NO_LEGEND,
     .alpha = 255,
     .width_px = 1,
     .visible = true},
};

enum { LOOKS = sizeof looks / sizeof looks[0] };

/* ---- Styles ----------------------------------------------------------------------------------- */

/* aabbggrr */
static void add_color(ab_buf *out, ab_color color, int alpha)
{
    ab__buf_printf(out, "<color>%02x%02x%02x%02x</color>", (unsigned)alpha, color.blue, color.green,
                   color.red);
}

static int32_t style_count(const kml_look *look)
{
    return look->legend == NO_LEGEND ? 1 : ab__legend_count((ab_legend)look->legend);
}

/* Points show their names only: a pin would be fetched from a server. */
static void add_style(ab_buf *out, const kml_look *look, int32_t number)
{
    ab_color color = look->legend == NO_LEGEND
                         ? look->color
                         : ab__legend_at((ab_legend)look->legend, number).color;

    ab__buf_printf(out, "<Style id=\"%s-%d\"><IconStyle><scale>0</scale></IconStyle><LabelStyle>",
                   look->layer, (int)number);
    add_color(out, color, 255);
    ab__buf_add(out, "<scale>0.9</scale></LabelStyle><LineStyle>");
    add_color(out, color, look->drawn == AS_DISC ? 255 : look->alpha);
    ab__buf_printf(out, "<width>%d</width></LineStyle><PolyStyle>", look->width_px);
    add_color(out, color, look->alpha);
    ab__buf_add(out,
                "</PolyStyle><BalloonStyle><text>$[description]</text></BalloonStyle></Style>\n");
}

static int32_t style_of(const kml_look *look, const ab_export_layer *layer, const void *row)
{
    ab_buf word = AB_BUF_INIT;
    int32_t column, number;

    if (look->legend == NO_LEGEND)
        return 0;
    if (look->legend == AB_LEGEND_EATEN)
        return ab__legend_of_eaten(ab__export_number(layer, row, look->value));
    column = ab_table_find(layer->table, look->value);
    if (column >= 0)
        ab__export_cell(layer, column, row, &word);
    number = ab__legend_find((ab_legend)look->legend, ab__buf_text(&word));
    ab__buf_free(&word);
    return number;
}

/* ---- Features --------------------------------------------------------------------------------- */

static void add_span(ab_buf *out, const ab_export *from, const kml_look *look,
                     const ab_export_layer *layer, const void *row)
{
    char text[AB_TIME_TEXT_CAP];

    if (look->begin == NULL)
        return;
    ab_time begin = ab__export_time(layer, row, look->begin),
            end = ab__export_time(layer, row, look->end);
    if (begin == AB_TIME_NONE || end == AB_TIME_NONE)
        return;
    if (look->to_period_end)
        end = ab__export_period_end(from, end);
    ab__buf_printf(out, "<TimeSpan><begin>%s</begin>", ab__export_time_text(begin, text));
    ab__buf_printf(out, "<end>%s</end></TimeSpan>\n", ab__export_time_text(end, text));
}

static void add_data(ab_buf *out, const ab_export_layer *layer, const void *row)
{
    ab_buf value = AB_BUF_INIT;

    ab__buf_printf(out, "<ExtendedData><SchemaData schemaUrl=\"#%s\">\n", layer->name);
    for (int32_t c = 0; c < layer->table->column_count; c++) {
        if (c == layer->wkt || !ab__export_has(layer, c, row))
            continue;
        ab__buf_clear(&value);
        ab__export_cell(layer, c, row, &value);
        ab__buf_printf(out, "<SimpleData name=\"%s\">", layer->table->columns[c].name);
        ab__xml_text(out, ab__buf_text(&value));
        ab__buf_add(out, "</SimpleData>\n");
    }
    ab__buf_add(out, "</SchemaData></ExtendedData>\n");
    out->failed = out->failed || value.failed;
    ab__buf_free(&value);
}

static void add_feature(ab_buf *out, const ab_export *from, const kml_look *look,
                        const ab_export_layer *layer, const void *row)
{
    ab_buf title = AB_BUF_INIT, html = AB_BUF_INIT;
    ab_export_point spare;
    ab_shape shape = ab__export_shape(from, layer, row, &spare);

    ab__export_title(from, layer, row, look->words, &title);
    ab__export_html(from, layer, row, &html);
    ab__buf_add(out, "<Placemark>");
    ab__xml_element(out, "name", ab__buf_text(&title));
    if (!look->visible)
        ab__buf_add(out, "<visibility>0</visibility>");
    ab__xml_element(out, "description", ab__buf_text(&html));
    add_span(out, from, look, layer, row);
    ab__buf_printf(out, "<styleUrl>#%s-%d</styleUrl>\n", look->layer,
                   (int)style_of(look, layer, row));
    add_data(out, layer, row);
    if (shape.kind == AB_SHAPE_POINT && look->drawn != AS_IT_IS)
        ab__kml_circle(out, shape.lon_lat_deg, ab__export_number(layer, row, "people"),
                       look->drawn == AS_DISC);
    else if (shape.kind != AB_SHAPE_NONE)
        ab__kml_shape(out, &shape);
    ab__buf_add(out, "</Placemark>\n");
    out->failed = out->failed || title.failed || html.failed;
    ab__buf_free(&title);
    ab__buf_free(&html);
}

static void add_folder(ab_buf *out, const ab_export *from, const kml_look *look)
{
    ab_export_layer layer;

    if (!ab__export_find(from, look->layer, &layer))
        return;
    ab__buf_add(out, "<Folder>");
    ab__xml_element(out, "name", look->folder);
    if (!look->visible)
        ab__buf_add(out, "<visibility>0</visibility>");
    ab__xml_element(out, "description", layer.table->meaning);
    for (int32_t r = 0; r < layer.rows->count; r++)
        add_feature(out, from, look, &layer, ab__export_row(&layer, r));
    ab__buf_add(out, "</Folder>\n");
}

/* ---- The document ----------------------------------------------------------------------------- */

static const char *field_type(ab_type type)
{
    return type == AB_TYPE_NUMBER ? "double" : type == AB_TYPE_COUNT ? "int" : "string";
}

static void add_schema(ab_buf *out, const ab_export_layer *layer)
{
    ab_buf label = AB_BUF_INIT;

    ab__buf_printf(out, "<Schema name=\"%s\" id=\"%s\">\n", layer->name, layer->name);
    for (int32_t c = 0; c < layer->table->column_count; c++) {
        const ab_column *column = &layer->table->columns[c];
        if (c == layer->wkt)
            continue;
        ab__buf_clear(&label);
        ab__export_label(column, &label);
        ab__buf_printf(out, "<SimpleField type=\"%s\" name=\"%s\">", field_type(column->type),
                       column->name);
        ab__xml_element(out, "displayName", ab__buf_text(&label));
        ab__buf_add(out, "</SimpleField>\n");
    }
    ab__buf_add(out, "</Schema>\n");
    out->failed = out->failed || label.failed;
    ab__buf_free(&label);
}

bool ab__export_kml(const ab_export *from, ab_buf *out)
{
    ab_export_layer layer;

    ab__buf_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n");
    ab__xml_element(out, "name", ab__buf_text(&from->title));
    ab__buf_add(out, "<open>1</open>\n");
    ab__xml_element(out, "description", ab__buf_text(&from->description));
    for (int i = 0; i < LOOKS; i++) {
        for (int32_t s = 0;
             ab__export_find(from, looks[i].layer, &layer) && s < style_count(&looks[i]); s++)
            add_style(out, &looks[i], s);
    }
    for (int i = 0; i < LOOKS; i++) {
        if (ab__export_find(from, looks[i].layer, &layer))
            add_schema(out, &layer);
    }
    for (int i = 0; i < LOOKS; i++)
        add_folder(out, from, &looks[i]);
    ab__buf_add(out, "</Document>\n</kml>\n");
    return !out->failed;
}
