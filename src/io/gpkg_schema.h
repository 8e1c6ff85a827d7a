/* What a GeoPackage declares, read from its bytes before any library runs what it says. */
#ifndef IO_GPKG_SCHEMA_H
#define IO_GPKG_SCHEMA_H

#include "airbridge/error.h"
#include "base/buf.h"

/* Fails with IO where the file holds what computes: views, virtual tables (but the indexes of maps),
 * computed columns, triggers (but those of the format); or where the list of its tables is damaged. `path`
 * is for messages; `bytes` have the header of a database. */
ab_status ab__gpkg_refuse_computed(const char *path, const ab_buf *bytes, ab_error *err);

#endif
