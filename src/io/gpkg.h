/* GeoPackages, as the files of their writers share them. */
#ifndef IO_GPKG_H
#define IO_GPKG_H

#include "airbridge/schema.h"
#include "io/gdal.h"

/* Input tables have this before their name, so that a result holds both without a clash. */
#define AB_GPKG_INPUT    "in_"
#define AB_GPKG_GEOMETRY "geom"
#define AB_GPKG_KEY      "fid"

typedef struct ab_gpkg {
    GDALDatasetH data;
    OGRSpatialReferenceH wgs84;
    ab_gdal *gdal;
} ab_gpkg;

/* ---- The file --------------------------------------------------------------------------------- */

/* Writes the tables. false: gdal->why says why, or, if it is empty, memory ran out. */
typedef bool ab_gpkg_fill(const ab_gpkg *to, const void *what);

/* Makes a GeoPackage of what `fill` writes, in one transaction, and puts it to `path` whole or not at all. */
ab_status ab__gpkg_make(const char *path, ab_gpkg_fill *fill, const void *what, ab_error *err);

/* ---- Its layers ------------------------------------------------------------------------------- */

typedef struct ab_gpkg_layer {
    const char *name;
    const char *meaning;
    bool spatial;
    ab_shape_kind kind;   /* of every row's geometry; NONE: mixed */
    const char *geometry; /* names of the geometry's column and of the row's number */
    const char *key;
} ab_gpkg_layer;

/* NULL: failed. */
OGRLayerH ab__gpkg_add_layer(const ab_gpkg *to, const ab_gpkg_layer *layer);
bool ab__gpkg_add_field(OGRLayerH layer, const char *name, OGRFieldType type);

/* In UTC, which QGIS shows as such and animates by. */
void ab__gpkg_set_time(OGRFeatureH feature, int field, ab_time time);

/* Adds the row as number `fid`. */
bool ab__gpkg_add_row(OGRLayerH layer, OGRFeatureH row, int64_t fid);

/* Prepares for notes on columns; then says what column `column` of `table` means, its unit and its hashtag
 * ("" none). `declared` may be NULL. */
bool ab__gpkg_start_notes(const ab_gpkg *to);
bool ab__gpkg_note(const ab_gpkg *to, const char *table, const char *column,
                   const ab_column *declared, const char *tag);

/* ---- Results ---------------------------------------------------------------------------------- */

/* A table and how it lies in the file. */
typedef struct ab_gpkg_table {
    const ab_data *data;
    int32_t number; /* in data->schema */
    bool input;
    ab_buf name;        /* with its prefix */
    ab_shape_kind kind; /* of every row's geometry; NONE: none, or mixed */
    int32_t wkt;        /* column of the geometry; -1: none */
    int32_t lon, lat;   /* columns of the position; -1: none */
} ab_gpkg_table;

static inline const ab_table *ab__gpkg_declared(const ab_gpkg_table *table)
{
    return &table->data->schema->tables[table->number];
}

static inline bool ab__gpkg_spatial(const ab_gpkg_table *table)
{
    return table->wkt >= 0 || table->lon >= 0;
}

/* Looks at a table; its name is freed with ab__gpkg_table_free. */
ab_gpkg_table ab__gpkg_table(const ab_data *data, int32_t number, bool input);
void ab__gpkg_table_free(ab_gpkg_table *table);

/* Writes the table as a layer. false: gdal->why says why, or, if it is empty, memory ran out. */
bool ab__gpkg_write_layer(const ab_gpkg *to, const ab_gpkg_table *table);

/* Prepares for styles; then adds the notes and the style of one table. */
bool ab__gpkg_start_styles(const ab_gpkg *to);
bool ab__gpkg_write_notes(const ab_gpkg *to, const ab_gpkg_table *table);

#endif
