/* One FeatureCollection (RFC 7946) of every row, its table in the member `layer`: QGIS and maps on the web open
 * one file. OGR's writer is not used: it writes one table a file, and can say nothing of the whole. */
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "io/export.h"
#include "schema/convert.h"
#include "schema/find.h"

/* ---- What is not in it ------------------------------------------------------------------------ */

typedef struct listing {
    ab_json *json;
    const ab_table *table;
} listing;

static void list_column(void *context, const ab_table *table, const ab_column *column)
{
    listing *to = context;

    if (to->table != table) {
        if (to->table != NULL)
            ab__json_array_end(to->json);
        ab__json_key(to->json, table->name);
        ab__json_array(to->json);
    }
    ab__json_text(to->json, column->name);
    to->table = table;
}

static void add_head(ab_json *json, const ab_export *from)
{
    listing left_out = {json, NULL};

    ab__json_key(json, "type");
    ab__json_text(json, "FeatureCollection");
    ab__json_key(json, "title");
    ab__json_text(json, ab__buf_text(&from->title));
    ab__json_key(json, "description");
    ab__json_text(json, ab__buf_text(&from->note));
    ab__json_key(json, "audience");
    ab__json_text(json, ab_codes_audience.codes[from->options->audience].word);
    ab__json_key(json, "left_out");
    ab__json_object(json);
    ab__export_each_left_out(from->options->audience, list_column, &left_out);
    if (left_out.table != NULL)
        ab__json_array_end(json);
    ab__json_object_end(json);
}

/* ---- Geometry --------------------------------------------------------------------------------- */

/* Twice the area of a ring in square degrees: positive if it turns left. */
static double ring_area(const double *at, int32_t count)
{
    double area = 0;

    for (int32_t i = 0; i + 1 < count; i++)
        area += at[2 * i] * at[2 * i + 3] - at[2 * i + 2] * at[2 * i + 1];
    return area;
}

static void add_vertex(ab_json *json, const double *lon_lat_deg)
{
    ab__json_array(json);
    ab__json_number(json, lon_lat_deg[0]);
    ab__json_number(json, lon_lat_deg[1]);
    ab__json_array_end(json);
}

static void add_part(ab_json *json, const ab_shape *shape, int32_t part, bool backward)
{
    int32_t first = shape->part_start[part], count = shape->part_start[part + 1] - first;

    ab__json_array(json);
    for (int32_t i = 0; i < count; i++) {
        int32_t vertex = first + (backward ? count - 1 - i : i);
        add_vertex(json, shape->lon_lat_deg + 2 * (size_t)vertex);
    }
    ab__json_array_end(json);
}

/* Outer rings turn left, holes right: RFC 7946, 3.1.6. */
static void add_rings(ab_json *json, const ab_shape *shape)
{
    ab__json_array(json);
    for (int32_t part = 0; part < shape->part_count; part++) {
        int32_t first = shape->part_start[part];
        bool left = ring_area(shape->lon_lat_deg + 2 * (size_t)first,
                              shape->part_start[part + 1] - first) > 0;
        add_part(json, shape, part, left != (part == 0));
    }
    ab__json_array_end(json);
}

static void add_geometry(ab_json *json, const ab_shape *shape)
{
    static const char *const types[] = {
        [AB_SHAPE_POINT] = "Point", [AB_SHAPE_LINE] = "LineString", [AB_SHAPE_POLYGON] = "Polygon"};

    ab__json_key(json, "geometry");
    if (shape->kind == AB_SHAPE_NONE) {
        ab__json_text(json, NULL);
        return;
    }
    ab__json_object(json);
    ab__json_key(json, "type");
    ab__json_text(json, types[shape->kind]);
    ab__json_key(json, "coordinates");
    if (shape->kind == AB_SHAPE_POINT)
        add_vertex(json, shape->lon_lat_deg);
    else if (shape->kind == AB_SHAPE_LINE)
        add_part(json, shape, 0, false);
    else
        add_rings(json, shape);
    ab__json_object_end(json);
}

/* ---- Properties ------------------------------------------------------------------------------- */

static void add_value(ab_json *json, const ab_export_layer *layer, const ab_column *column,
                      const void *row)
{
    char time[AB_TIME_TEXT_CAP];
    ab_buf text = AB_BUF_INIT;

    switch (column->type) {
    case AB_TYPE_NUMBER:
        ab__json_number(json, ab__cell_number(column, row));
        return;
    case AB_TYPE_COUNT:
        ab__json_count(json, *(const ab_c_COUNT *)ab__value_at(column, row));
        return;
    case AB_TYPE_FLAG:
        ab__json_bool(json, *(const ab_c_FLAG *)ab__value_at(column, row) != 0);
        return;
    case AB_TYPE_TIME:
        ab__json_text(json,
                      ab__export_time_text(*(const ab_c_TIME *)ab__value_at(column, row), time));
        return;
    default:
        ab__cell_write(layer->data, column, row, &text);
        ab__json_text(json, ab__buf_text(&text));
        json->out->failed = json->out->failed || text.failed;
        ab__buf_free(&text);
    }
}

static void add_properties(ab_json *json, const ab_export_layer *layer, const void *row)
{
    ab__json_key(json, "properties");
    ab__json_object(json);
    ab__json_key(json, "layer");
    ab__json_text(json, layer->name);
    for (int32_t c = 0; c < layer->table->column_count; c++) {
        const ab_column *column = &layer->table->columns[c];
        if (c == layer->wkt || !ab__export_has(layer, c, row))
            continue;
        ab__json_key(json, column->name);
        add_value(json, layer, column, row);
    }
    ab__json_object_end(json);
}

static void add_layer(ab_json *json, const ab_export *from, const ab_export_layer *layer)
{
    for (int32_t r = 0; r < layer->rows->count; r++) {
        const void *row = ab__export_row(layer, r);
        ab_export_point spare;
        ab_shape shape = ab__export_shape(from, layer, row, &spare);
        ab__buf_char(json->out, '\n');
        ab__json_object(json);
        ab__json_key(json, "type");
        ab__json_text(json, "Feature");
        add_geometry(json, &shape);
        add_properties(json, layer, row);
        ab__json_object_end(json);
    }
}

bool ab__export_geojson(const ab_export *from, ab_buf *out)
{
    ab_export_layer layer;
    ab_json json;

    ab__json_start(&json, out);
    ab__json_object(&json);
    add_head(&json, from);
    ab__json_key(&json, "features");
    ab__json_array(&json);
    for (int32_t i = 0; ab__export_layer(from, i, &layer); i++)
        add_layer(&json, from, &layer);
    ab__json_array_end(&json);
    ab__json_object_end(&json);
    ab__buf_char(out, '\n');
    return !out->failed;
}
