/* The GeoPackage of a result, as its writer's files share it. */
#ifndef IO_GPKG_H
#define IO_GPKG_H

#include "airbridge/schema.h"
#include "io/gdal.h"

/* Input tables have this before their name, so that a result holds both without a clash. */
#define AB_GPKG_INPUT    "in_"
#define AB_GPKG_GEOMETRY "geom"

typedef struct ab_gpkg {
    GDALDatasetH data;
    OGRSpatialReferenceH wgs84;
    ab_gdal *gdal;
} ab_gpkg;

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

/* Prepares for notes on columns and for styles; then adds those of one table. */
bool ab__gpkg_start_notes(const ab_gpkg *to);
bool ab__gpkg_write_notes(const ab_gpkg *to, const ab_gpkg_table *table);

#endif
