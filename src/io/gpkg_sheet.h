/* Tables of a GeoPackage as sheets. */
#ifndef IO_GPKG_SHEET_H
#define IO_GPKG_SHEET_H

#include "io/gdal.h"

/* A file that is being read. */
typedef struct ab_gpkg_reader {
    GDALDatasetH data;
    ab_gdal *gdal;
    const char *path;        /* for messages */
    const ab_schema *schema; /* that the sheets are for */
    const char *prefix;      /* of the tables' names in the file; their sheets go without */
    ab_book *book;
    ab_arena *work; /* thrown away after reading */
    ab_issues *issues;
} ab_gpkg_reader;

/* Adds table `name` as a sheet of texts: numbers with at most 15 digits, times as in a CSV file, geometry
 * as WKT in the column that the schema has for it, the row's number as its line. Input is held to the
 * limits of a CSV file (io/csv.h), a result to 1 GiB of text. Points of a table with
 * the columns lon_deg and lat_deg fill these where they are empty, and are a flaw where they lie elsewhere.
 * Fails with IO or NO_MEMORY. */
ab_status ab__gpkg_sheet(ab_gpkg_reader *reader, const char *name, ab_error *err);

#endif
