/* PostgreSQL databases, as the files of their writer share them. */
#ifndef IO_PG_H
#define IO_PG_H

#include "io/gdal.h"
#include "io/layout.h"
#include "io/pg_name.h"

/* The comment of a table that we made begins so: only such are replaced. */
#define AB_PG_MARK "Airbridge: "

typedef struct ab_pg {
    GDALDatasetH data;
    ab_gdal *gdal;
    const ab_pg_name *name;
    const char *postgis; /* schema of the extension; NULL: the database has none */
} ab_pg;

/* Adds "SCHEMA"."TABLE". */
void ab__pg_table_name(const ab_pg *to, const char *table, ab_buf *sql);

/* Makes the table with its comments, and fills it. false: gdal->why, or, if it is empty, out of memory. */
bool ab__pg_make_table(const ab_pg *to, const ab_layout *layout, ab_arena *work);

#endif
