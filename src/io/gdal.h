/* GDAL, kept quiet, offline and the same on every machine while it is in use. Objects of one use belong to
 * one thread; several threads may each have their own. */
#ifndef IO_GDAL_H
#define IO_GDAL_H

#include <gdal.h>
#include <ogr_api.h>
#include <stdbool.h>

#include "airbridge/error.h"
#include "airbridge/schema.h"
#include "base/arena.h"
#include "base/buf.h"

enum { AB_GDAL_OPTIONS = 5 };

/* One use of GDAL, between start and end. Its address must not change. */
typedef struct ab_gdal {
    char file[64]; /* a name in GDAL's memory that no other use has */
    char why[512]; /* the first failure that GDAL told; "" none */
    char *option_before[AB_GDAL_OPTIONS];
} ab_gdal;

void ab__gdal_start(ab_gdal *gdal);
void ab__gdal_end(ab_gdal *gdal); /* forgets gdal->file too */

/* Runs one SQL statement without a result; false: it failed (gdal->why). */
bool ab__gdal_sql(GDALDatasetH data, const ab_gdal *gdal, const char *sql);

/* Adds `name` as an SQL identifier, or `text` as an SQL text. */
void ab__sql_name(ab_buf *sql, const char *name);
void ab__sql_text(ab_buf *sql, const char *text);

/* A geometry of GDAL, freed by the caller with OGR_G_DestroyGeometry; NULL: out of memory. */
OGRGeometryH ab__geometry_of(const ab_shape *shape);
/* Adds the WKT of a point, line or polygon with shortest numbers, or of any other kind as GDAL writes it,
 * for whoever judges it. Heights are left out. */
void ab__geometry_wkt(OGRGeometryH geometry, ab_arena *work, ab_buf *out);

#endif
