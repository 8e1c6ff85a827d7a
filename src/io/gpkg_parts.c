/* What all GeoPackages that we write have in common: layers, rows, and notes on columns. */
#include <cpl_string.h>
#include <stdio.h>

#include "io/gpkg.h"

/* ---- Layers ----------------------------------------------------------------------------------- */

static OGRwkbGeometryType geometry_type(const ab_gpkg_layer *layer)
{
    static const OGRwkbGeometryType types[] = {[AB_SHAPE_NONE] = wkbUnknown,
                                               [AB_SHAPE_POINT] = wkbPoint,
                                               [AB_SHAPE_LINE] = wkbLineString,
                                               [AB_SHAPE_POLYGON] = wkbPolygon};

    return layer->spatial ? types[layer->kind] : wkbNone;
}

OGRLayerH ab__gpkg_add_layer(const ab_gpkg *to, const ab_gpkg_layer *layer)
{
    char **options = NULL;

    options = CSLSetNameValue(options, "IDENTIFIER", layer->name);
    options = CSLSetNameValue(options, "DESCRIPTION", layer->meaning);
    options = CSLSetNameValue(options, "GEOMETRY_NAME", layer->geometry);
    options = CSLSetNameValue(options, "FID", layer->key);
    OGRLayerH made = GDALDatasetCreateLayer(to->data, layer->name, layer->spatial ? to->wgs84 : NULL,
                                            geometry_type(layer), options);
    CSLDestroy(options);
    return made;
}

bool ab__gpkg_add_field(OGRLayerH layer, const char *name, OGRFieldType type)
{
    OGRFieldDefnH field = OGR_Fld_Create(name, type);
    bool added = OGR_L_CreateField(layer, field, FALSE) == OGRERR_NONE;

    OGR_Fld_Destroy(field);
    return added;
}

void ab__gpkg_set_time(OGRFeatureH feature, int field, ab_time time)
{
    enum { UTC = 100 }; /* OGR counts zones in quarters of an hour from there */
    char text[AB_TIME_TEXT_CAP];
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;

    ab_time_format(time, text);
    (void)sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &year, &month, &day, &hour, &minute, &second);
    OGR_F_SetFieldDateTime(feature, field, year, month, day, hour, minute, second, UTC);
}

bool ab__gpkg_add_row(OGRLayerH layer, OGRFeatureH row, int64_t fid)
{
    return OGR_F_SetFID(row, fid) == OGRERR_NONE && OGR_L_CreateFeature(layer, row) == OGRERR_NONE;
}

/* ---- Notes ------------------------------------------------------------------------------------ */

/* OGC 12-128r17 (GeoPackage 1.2.1), annex F.9, tables 17, 18 and the rows of requirement 103. */
static const char *const tables[] = {
    "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, "
    "title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT, "
    "CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), "
    "CONSTRAINT gdc_tn UNIQUE (table_name, name))",
    "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, "
    "constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, "
    "max_is_inclusive BOOLEAN, description TEXT, "
    "CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))",
    "CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, "
    "extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, "
    "CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
    "INSERT INTO gpkg_extensions VALUES ('gpkg_data_column_constraints', NULL, 'gpkg_schema', "
    "'http://www.geopackage.org/spec121/#extension_schema', 'read-write')",
};

bool ab__gpkg_start_notes(const ab_gpkg *to)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
        if (!ab__gdal_sql(to->data, to->gdal, tables[i]))
            return false;
    }
    return true;
}

bool ab__gpkg_note(const ab_gpkg *to, const char *table, const char *column,
                   const ab_column *declared, const char *tag)
{
    const char *unit = declared != NULL ? declared->unit : "";
    const char *meaning = declared != NULL ? declared->meaning : "";
    bool both = unit[0] != '\0' && tag[0] != '\0';
    ab_buf sql = AB_BUF_INIT, tags = AB_BUF_INIT;

    ab__buf_printf(&tags, "%s%s%s", unit, both ? "; " : "", tag);
    ab__buf_add(&sql, "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, "
                      "description) VALUES (");
    ab__sql_text(&sql, table);
    const char *const values[] = {column, column, meaning, ab__buf_text(&tags)};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        ab__buf_char(&sql, ',');
        ab__sql_text(&sql, values[i]);
    }
    ab__buf_char(&sql, ')');
    bool noted = !sql.failed && !tags.failed && ab__gdal_sql(to->data, to->gdal, sql.text);
    ab__buf_free(&tags);
    ab__buf_free(&sql);
    return noted;
}
