/* A book as a GeoPackage: a table a sheet, with types where every cell has its type. */
#include <string.h>

#include "io/gpkg.h"
#include "io/layout.h"
#include "io/write.h"

/* Names that the format and those who write it keep for themselves; and the input of a result. */
static const char *const reserved[] = {"gpkg_",        "sqlite_",       "rtree_",      "ogr_",
                                       "layer_styles", "qgis_projects", AB_GPKG_INPUT, NULL};
static const ab_layout_rules rules = {"a GeoPackage", 1000, reserved};

/* ---- Rows ------------------------------------------------------------------------------------- */

/* A sheet on its way into its layer. */
typedef struct writing {
    const ab_layout *layout;
    OGRLayerH layer;
    OGRFeatureH feature; /* used for one row after the other */
} writing;

static void set_cell(const writing *to, int field, const ab_layout_column *column, const char *text)
{
    const ab_column *declared = to->layout->sheet->columns[column->number].declared;
    double number = 0;
    int64_t count = 0;
    ab_time time = AB_TIME_NONE;

    switch (text[0] != '\0' ? column->kind : AB_LAYOUT_SHAPE) {
    case AB_LAYOUT_NUMBER:
        (void)ab__out_number(declared, text, &number);
        OGR_F_SetFieldDouble(to->feature, field, number);
        break;
    case AB_LAYOUT_COUNT:
        (void)ab__out_count(declared, text, &count);
        OGR_F_SetFieldInteger64(to->feature, field, count);
        break;
    case AB_LAYOUT_TIME:
        (void)ab_time_parse(text, &time, NULL);
        ab__gpkg_set_time(to->feature, field, time);
        break;
    case AB_LAYOUT_SHAPE: /* empty */
        OGR_F_SetFieldNull(to->feature, field);
        break;
    default:
        OGR_F_SetFieldString(to->feature, field, text);
    }
}

static bool set_geometry(const writing *to, int64_t row, ab_arena *work)
{
    ab_shape shape;

    if (!ab__layout_shape(to->layout, row, work, &shape))
        return false;
    if (shape.kind == AB_SHAPE_NONE)
        return OGR_F_SetGeometryDirectly(to->feature, NULL) == OGRERR_NONE;
    OGRGeometryH geometry = ab__geometry_of(&shape);
    return geometry != NULL && OGR_F_SetGeometryDirectly(to->feature, geometry) == OGRERR_NONE;
}

static bool write_rows(const writing *to, ab_arena *work)
{
    const ab_layout *layout = to->layout;

    for (int64_t r = 0; r < layout->sheet->row_count; r++) {
        int field = 0;
        for (int32_t c = 0; c < layout->count; c++) {
            const ab_layout_column *column = &layout->columns[c];
            if (column->number != layout->shape)
                set_cell(to, field++, column, ab__out_cell(layout->sheet, r, column->number));
        }
        if (ab__layout_spatial(layout) && !set_geometry(to, r, work))
            return false;
        if (!ab__gpkg_add_row(to->layer, to->feature, r + 1))
            return false;
    }
    return true;
}

/* ---- Layers ----------------------------------------------------------------------------------- */

static bool add_fields(const writing *to)
{
    static const OGRFieldType types[] = {
        [AB_LAYOUT_TEXT] = OFTString,     [AB_LAYOUT_NUMBER] = OFTReal,
        [AB_LAYOUT_COUNT] = OFTInteger64, [AB_LAYOUT_TIME] = OFTDateTime,
        [AB_LAYOUT_DAY] = OFTDate,
    };

    for (int32_t c = 0; c < to->layout->count; c++) {
        const ab_layout_column *column = &to->layout->columns[c];
        if (column->number != to->layout->shape &&
            !ab__gpkg_add_field(to->layer, column->name, types[column->kind]))
            return false;
    }
    return true;
}

static bool write_layer(const ab_gpkg *to, const ab_layout *layout, ab_arena *work)
{
    const ab_table *table = layout->sheet->table;
    ab_gpkg_layer layer = {.name = ab__out_table_name(layout->sheet),
                           .meaning = table != NULL ? table->meaning : "",
                           .spatial = ab__layout_spatial(layout),
                           .kind = layout->shapes,
                           .geometry = layout->geometry,
                           .key = layout->key};
    writing rows = {.layout = layout, .layer = ab__gpkg_add_layer(to, &layer)};

    if (rows.layer == NULL || !add_fields(&rows))
        return false;
    rows.feature = OGR_F_Create(OGR_L_GetLayerDefn(rows.layer));
    bool written = rows.feature != NULL && write_rows(&rows, work);
    OGR_F_Destroy(rows.feature);
    return written && to->gdal->why[0] == '\0';
}

static bool write_notes(const ab_gpkg *to, const ab_layout *layout)
{
    for (int32_t c = 0; c < layout->count; c++) {
        const ab_layout_column *column = &layout->columns[c];
        const ab_out_column *of = &layout->sheet->columns[column->number];
        const char *name = column->number == layout->shape ? layout->geometry : column->name;
        if ((of->declared != NULL || of->tag[0] != '\0') &&
            !ab__gpkg_note(to, ab__out_table_name(layout->sheet), name, of->declared, of->tag))
            return false;
    }
    return true;
}

static bool fill(const ab_gpkg *to, const void *what)
{
    const ab_outgoing *out = what;
    ab_layout *layouts = AB_NEW(out->arena, ab_layout, out->count);
    bool filled = layouts != NULL;

    for (int32_t s = 0; filled && s < out->count; s++)
        filled = ab__layout_make(out, &out->sheets[s], &layouts[s]) &&
                 write_layer(to, &layouts[s], out->arena);
    filled = filled && ab__gpkg_start_notes(to);
    for (int32_t s = 0; filled && s < out->count; s++)
        filled = write_notes(to, &layouts[s]);
    return filled;
}

ab_status ab__write_gpkg(const ab_outgoing *out, const char *path, const ab_open_options *options,
                         ab_error *err)
{
    int64_t before = ab_issues_of(out->issues, AB_ERROR_FLAW);

    (void)options;
    if (!ab__refuse_names(out, &rules))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path);
    ab_status status = ab__write_judge(out, before, path, err);
    return status == AB_OK ? ab__gpkg_make(path, fill, out, err) : status;
}
