/* Layers of a database as sheets. */
#ifndef IO_LAYER_SHEET_H
#define IO_LAYER_SHEET_H

#include "io/gdal.h"

/* How a kind of database is asked for cells as texts. */
typedef struct ab_layer_dialect {
    /* Adds an expression that gives column `name` as text: "" or NULL where it is empty, `t` and a text, or
     * `r` and a number that the shortest text that gives it back stands for. */
    void (*add_cell)(ab_buf *sql, const char *name, OGRFieldDefnH field);
    /* Adds an expression that gives a column of numbers as such, to the last bit, and any number where the cell is
     * none; NULL: the texts of add_cell are exact. */
    void (*add_real)(ab_buf *sql, const char *name);
    const char *line;  /* an expression that gives the row's number as text */
    const char *order; /* by what rows are ordered */
} ab_layer_dialect;

/* A database that is being read. */
typedef struct ab_layer_reader {
    GDALDatasetH data;
    ab_gdal *gdal;
    const char *path;        /* for messages */
    const ab_schema *schema; /* that the sheets are for */
    const ab_layer_dialect *dialect;
    bool result; /* its own tables, as we wrote them: held to 1 GiB of text instead of io/csv.h */
    int digits;  /* of numbers: 17 are exact; 15 hide what a change of unit added */
    ab_book *book;
    ab_arena *work; /* thrown away after reading */
    ab_issues *issues;
} ab_layer_reader;

/* Adds a layer as sheet `name` of texts: times as in a CSV file, geometry as WKT in the column that the
 * schema has for it, the row's number as its line. `table` is its name in SQL, `origin` for messages. Points
 * of a table with the columns lon_deg and lat_deg fill these where they are empty (or not there at all), and are a flaw where they
 * lie elsewhere. Fails with IO or NO_MEMORY. */
ab_status ab__layer_sheet(ab_layer_reader *reader, OGRLayerH layer, const char *table,
                          const char *name, const char *origin, ab_error *err);

#endif
