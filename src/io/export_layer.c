/* The tables of an export, row by row. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "io/export.h"
#include "schema/convert.h"
#include "schema/find.h"

/* ---- Tables ----------------------------------------------------------------------------------- */

bool ab__export_open(const ab_data *data, int32_t number, ab_export_layer *out)
{
    const ab_table *table = &data->schema->tables[number];

    if (table->column_count == 0 || data->rows[number].count == 0)
        return false;
    *out = (ab_export_layer){.data = data,
                             .table = table,
                             .rows = &data->rows[number],
                             .input = !table->result,
                             .wkt = -1,
                             .lon = ab_table_find(table, "lon_deg"),
                             .lat = ab_table_find(table, "lat_deg"),
                             .place = -1};
    for (int32_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].type == AB_TYPE_WKT)
            out->wkt = c;
        if (table->columns[c].type == AB_TYPE_TEXT && strcmp(table->columns[c].name, "place") == 0)
            out->place = c;
    }
    (void)snprintf(out->name, sizeof out->name, "%s%s", out->input ? "in_" : "", table->name);
    return true;
}

bool ab__export_layer(const ab_export *from, int32_t i, ab_export_layer *out)
{
    const ab_data *sides[] = {&from->results, &from->input};

    for (int side = 0; side < 2; side++) {
        for (int32_t t = 0; t < sides[side]->schema->count; t++) {
            if (ab__export_open(sides[side], t, out) && i-- == 0)
                return true;
        }
    }
    return false;
}

bool ab__export_find(const ab_export *from, const char *name, ab_export_layer *out)
{
    for (int32_t i = 0; ab__export_layer(from, i, out); i++) {
        if (strcmp(out->name, name) == 0)
            return true;
    }
    return false;
}

/* ---- Cells ------------------------------------------------------------------------------------ */

const void *ab__export_row(const ab_export_layer *layer, int32_t row)
{
    return ab__row_at(layer->rows, layer->table, row);
}

bool ab__export_has(const ab_export_layer *layer, int32_t column, const void *row)
{
    if (column < 0 || (layer->input && !ab_given(row, column)))
        return false;
    return !ab__cell_empty(&layer->table->columns[column], row);
}

/* The value of column `name` if it is there and of this type; NULL: not. */
static const void *value_of(const ab_export_layer *layer, const void *row, const char *name,
                            ab_type type)
{
    int32_t c = ab_table_find(layer->table, name);

    if (c < 0 || layer->table->columns[c].type != type)
        return NULL;
    return ab__value_at(&layer->table->columns[c], row);
}

const char *ab__export_text(const ab_export_layer *layer, const void *row, const char *name)
{
    const ab_c_TEXT *text = value_of(layer, row, name, AB_TYPE_TEXT);

    if (text == NULL)
        text = value_of(layer, row, name, AB_TYPE_ID);
    return text != NULL ? *text : "";
}

double ab__export_number(const ab_export_layer *layer, const void *row, const char *name)
{
    int32_t c = ab_table_find(layer->table, name);
    const ab_column *column = c >= 0 ? &layer->table->columns[c] : NULL;

    if (column == NULL || (column->type != AB_TYPE_NUMBER && column->type != AB_TYPE_COUNT))
        return NAN;
    return ab__cell_number(column, row);
}

ab_time ab__export_time(const ab_export_layer *layer, const void *row, const char *name)
{
    const ab_c_TIME *time = value_of(layer, row, name, AB_TYPE_TIME);

    return time != NULL ? *time : AB_TIME_NONE;
}

/* ---- Hubs and places -------------------------------------------------------------------------- */

/* The hub or place `id`; false: it is not there, or must not be seen. */
static bool find_row(const ab_export *from, ab_input_table table, const char *id,
                     ab_export_layer *layer, const void **row)
{
    if (id[0] == '\0' || !ab__export_open(&from->input, (int32_t)table, layer))
        return false;
    for (int32_t r = 0; r < layer->rows->count; r++) {
        *row = ab__export_row(layer, r);
        if (strcmp(ab__export_text(layer, *row, "id"), id) == 0)
            return true;
    }
    return false;
}

const char *ab__export_name(const ab_export *from, ab_input_table table, const char *id)
{
    ab_export_layer layer;
    const void *row;

    if (!find_row(from, table, id, &layer, &row))
        return id;
    const char *name = ab__export_text(&layer, row, "name");
    return name[0] != '\0' ? name : id;
}

static ab_shape position(const ab_export_layer *layer, const void *row, ab_export_point *spare)
{
    if (!ab__export_has(layer, layer->lon, row) || !ab__export_has(layer, layer->lat, row))
        return (ab_shape){AB_SHAPE_NONE, 0, NULL, NULL};
    spare->lon_lat_deg[0] = ab__cell_number(&layer->table->columns[layer->lon], row);
    spare->lon_lat_deg[1] = ab__cell_number(&layer->table->columns[layer->lat], row);
    spare->starts[0] = 0;
    spare->starts[1] = 1;
    return (ab_shape){AB_SHAPE_POINT, 1, spare->starts, spare->lon_lat_deg};
}

ab_shape ab__export_shape(const ab_export *from, const ab_export_layer *layer, const void *row,
                          ab_export_point *spare)
{
    ab_export_layer places;
    const void *place;

    if (ab__export_has(layer, layer->wkt, row))
        return *(const ab_shape *)ab__value_at(&layer->table->columns[layer->wkt], row);
    if (layer->wkt < 0 && layer->place >= 0 &&
        find_row(from, AB_TABLE_places, ab__export_text(layer, row, "place"), &places, &place))
        return position(&places, place, spare);
    return position(layer, row, spare);
}
