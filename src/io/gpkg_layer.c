/* One table of a result as a layer of a GeoPackage. */
#include "airbridge/operation.h"
#include "io/gpkg.h"
#include "io/style.h"
#include "schema/convert.h"
#include "schema/find.h"

/* ---- What the table is like ------------------------------------------------------------------- */

static const ab_shape *shape_in(const ab_gpkg_table *table, int32_t row)
{
    const ab_table *declared = ab__gpkg_declared(table);
    const ab_rows *rows = &table->data->rows[table->number];

    return ab__value_at(&declared->columns[table->wkt], ab__row_at(rows, declared, row));
}

/* NONE where they are mixed. */
static ab_shape_kind common_kind(const ab_gpkg_table *table)
{
    ab_shape_kind kind = AB_SHAPE_NONE;

    for (int32_t r = 0; r < table->data->rows[table->number].count; r++) {
        ab_shape_kind here = shape_in(table, r)->kind;
        if (here == AB_SHAPE_NONE)
            continue;
        if (kind != AB_SHAPE_NONE && kind != here)
            return AB_SHAPE_NONE;
        kind = here;
    }
    return kind != AB_SHAPE_NONE ? kind : ab__style_kind(ab__gpkg_declared(table)->name);
}

ab_gpkg_table ab__gpkg_table(const ab_data *data, int32_t number, bool input)
{
    const ab_table *declared = &data->schema->tables[number];
    ab_gpkg_table table = {.data = data,
                           .number = number,
                           .input = input,
                           .wkt = -1,
                           .lon = -1,
                           .lat = -1,
                           .name = AB_BUF_INIT};

    ab__buf_printf(&table.name, "%s%s", input ? AB_GPKG_INPUT : "", declared->name);
    if (declared->form == AB_SETTINGS)
        return table;
    for (int32_t c = 0; c < declared->column_count; c++) {
        if (declared->columns[c].type == AB_TYPE_WKT)
            table.wkt = c;
    }
    if (table.wkt >= 0) {
        table.kind = common_kind(&table);
        return table;
    }
    int32_t lon = ab_table_find(declared, "lon_deg"), lat = ab_table_find(declared, "lat_deg");
    if (lon >= 0 && lat >= 0) {
        table.lon = lon;
        table.lat = lat;
        table.kind = AB_SHAPE_POINT;
    }
    return table;
}

void ab__gpkg_table_free(ab_gpkg_table *table)
{
    ab__buf_free(&table->name);
}

/* ---- The layer -------------------------------------------------------------------------------- */

static OGRFieldType field_type(ab_type type)
{
    switch (type) {
    case AB_TYPE_NUMBER:
        return OFTReal;
    case AB_TYPE_COUNT:
        return OFTInteger64;
    case AB_TYPE_TIME:
        return OFTDateTime;
    case AB_TYPE_DAY:
        return OFTDate;
    default:
        return OFTString;
    }
}

/* What stands beside the settings; NULL: nothing. */
static const ab_remark *remarks_of(const ab_gpkg_table *table)
{
    return ((const ab_row_head *)table->data->rows[table->number].at)->remarks;
}

static bool add_fields(OGRLayerH layer, const ab_gpkg_table *table)
{
    const ab_table *declared = ab__gpkg_declared(table);

    if (declared->form == AB_SETTINGS) {
        for (int i = 0; i < (remarks_of(table) != NULL ? 4 : 2); i++) {
            static const char *const names[] = {"key", "value", "source", "note"};
            if (!ab__gpkg_add_field(layer, names[i], OFTString))
                return false;
        }
        return true;
    }
    for (int32_t c = 0; c < declared->column_count; c++) {
        const ab_column *column = &declared->columns[c];
        if (c != table->wkt && !ab__gpkg_add_field(layer, column->name, field_type(column->type)))
            return false;
    }
    return true;
}

static OGRLayerH make_layer(const ab_gpkg *to, const ab_gpkg_table *table)
{
    ab_gpkg_layer layer = {.name = ab__buf_text(&table->name),
                           .meaning = ab__gpkg_declared(table)->meaning,
                           .spatial = ab__gpkg_spatial(table),
                           .kind = table->kind,
                           .geometry = AB_GPKG_GEOMETRY,
                           .key = AB_GPKG_KEY};

    return ab__gpkg_add_layer(to, &layer);
}

/* ---- Rows ------------------------------------------------------------------------------------- */

/* A row on its way into the layer. */
typedef struct writing {
    const ab_gpkg_table *table;
    OGRLayerH layer;
    OGRFeatureH feature; /* used for one row after the other */
    ab_buf cell;
} writing;

/* Of the input only what was given: what stands for an empty cell is not the user's word. */
static bool is_written(const ab_gpkg_table *table, int32_t column, const void *row)
{
    if (table->input && !ab_given(row, column))
        return false;
    return !ab__cell_empty(&ab__gpkg_declared(table)->columns[column], row);
}

static bool set_text(writing *to, int field, const ab_column *column, const void *row)
{
    ab__buf_clear(&to->cell);
    ab__cell_write(to->table->data, column, row, &to->cell);
    if (to->cell.failed)
        return false;
    OGR_F_SetFieldString(to->feature, field, ab__buf_text(&to->cell));
    return true;
}

static bool set_cell(writing *to, int field, const ab_column *column, const void *row)
{
    switch (column->type) {
    case AB_TYPE_NUMBER:
        OGR_F_SetFieldDouble(to->feature, field, ab__cell_number(column, row));
        return true;
    case AB_TYPE_COUNT:
        OGR_F_SetFieldInteger64(to->feature, field, *(const ab_c_COUNT *)ab__value_at(column, row));
        return true;
    case AB_TYPE_TIME:
        ab__gpkg_set_time(to->feature, field, *(const ab_c_TIME *)ab__value_at(column, row));
        return true;
    default:
        return set_text(to, field, column, row);
    }
}

static bool set_cells(writing *to, const void *row)
{
    const ab_table *declared = ab__gpkg_declared(to->table);
    int field = 0;

    for (int32_t c = 0; c < declared->column_count; c++) {
        const ab_column *column = &declared->columns[c];
        if (c == to->table->wkt)
            continue;
        if (!is_written(to->table, c, row))
            OGR_F_SetFieldNull(to->feature, field);
        else if (!set_cell(to, field, column, row))
            return false;
        field++;
    }
    return true;
}

static bool set_geometry(writing *to, int32_t number, const void *row)
{
    const ab_gpkg_table *table = to->table;
    const ab_column *columns = ab__gpkg_declared(table)->columns;
    OGRGeometryH geometry = NULL;

    if (table->wkt >= 0 && is_written(table, table->wkt, row)) {
        geometry = ab__geometry_of(shape_in(table, number));
    } else if (table->lon >= 0 && is_written(table, table->lon, row) &&
               is_written(table, table->lat, row)) {
        double lon_lat_deg[2] = {ab__cell_number(&columns[table->lon], row),
                                 ab__cell_number(&columns[table->lat], row)};
        const int32_t starts[2] = {0, 1};
        geometry = ab__geometry_of(&(ab_shape){AB_SHAPE_POINT, 1, starts, lon_lat_deg});
    } else {
        return OGR_F_SetGeometryDirectly(to->feature, NULL) == OGRERR_NONE;
    }
    return geometry != NULL && OGR_F_SetGeometryDirectly(to->feature, geometry) == OGRERR_NONE;
}

static void set_remark(writing *to, int field, const char *text)
{
    if (text[0] != '\0')
        OGR_F_SetFieldString(to->feature, field, text);
    else
        OGR_F_SetFieldNull(to->feature, field);
}

static bool write_settings(writing *to)
{
    const ab_table *declared = ab__gpkg_declared(to->table);
    const void *row = to->table->data->rows[to->table->number].at;
    const ab_remark *remarks = remarks_of(to->table);
    int64_t written = 0;

    for (int32_t c = 0; c < declared->column_count; c++) {
        if (!is_written(to->table, c, row))
            continue;
        OGR_F_SetFieldString(to->feature, 0, declared->columns[c].name);
        if (remarks != NULL) {
            set_remark(to, 2, remarks[c].source);
            set_remark(to, 3, remarks[c].note);
        }
        if (!set_text(to, 1, &declared->columns[c], row) || !ab__gpkg_add_row(to->layer, to->feature, ++written))
            return false;
    }
    return true;
}

/* Rows of the input keep the line that they came from as their number, as messages and results name
 * them by it. Rows without lines are counted. */
static bool has_lines(const ab_gpkg_table *table)
{
    const ab_table *declared = ab__gpkg_declared(table);
    const ab_rows *rows = &table->data->rows[table->number];
    int32_t last = 0;

    for (int32_t r = 0; r < rows->count; r++) {
        const ab_row_head *head = ab__row_at(rows, declared, r);
        if (head->line <= last)
            return false;
        last = head->line;
    }
    return table->input;
}

static bool write_rows(writing *to)
{
    const ab_table *declared = ab__gpkg_declared(to->table);
    const ab_rows *rows = &to->table->data->rows[to->table->number];
    bool lines = has_lines(to->table);

    for (int32_t r = 0; r < rows->count; r++) {
        const void *row = ab__row_at(rows, declared, r);
        if (!set_cells(to, row) || (ab__gpkg_spatial(to->table) && !set_geometry(to, r, row)))
            return false;
        int64_t fid = lines ? ((const ab_row_head *)row)->line : (int64_t)r + 1;
        if (!ab__gpkg_add_row(to->layer, to->feature, fid))
            return false;
    }
    return true;
}

bool ab__gpkg_write_layer(const ab_gpkg *to, const ab_gpkg_table *table)
{
    OGRLayerH layer = make_layer(to, table);

    if (layer == NULL || !add_fields(layer, table))
        return false;
    writing rows = {table, layer, OGR_F_Create(OGR_L_GetLayerDefn(layer)), AB_BUF_INIT};
    bool written =
        rows.feature != NULL &&
        (ab__gpkg_declared(table)->form == AB_SETTINGS ? write_settings(&rows) : write_rows(&rows));
    OGR_F_Destroy(rows.feature);
    ab__buf_free(&rows.cell);
    return written && to->gdal->why[0] == '\0';
}
