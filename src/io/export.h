/* A result on its way to other programs, as the writers of each format share it. They see only what their
 * reader may see: what is redacted is not in these tables any more. */
#ifndef IO_EXPORT_H
#define IO_EXPORT_H

#include "airbridge/io.h"
#include "base/arena.h"
#include "base/buf.h"

typedef struct ab_export {
    const ab_export_options *options;
    ab_data input, results; /* redacted; an empty table for what is not there */
    bool infeasible;    /* the result has no plan: no title may promise one */
    const char *reason; /* why, for the team; "" */
    ab_arena *arena;
    ab_buf title; /* of the document */
    ab_buf note;  /* for whom it is, and what was left out */
    ab_buf description; /* the note, and the figures of the summary that may be seen */
} ab_export;

/* One table of it: of the results, or of the input (then its name begins with in_). */
typedef struct ab_export_layer {
    const ab_data *data;
    const ab_table *table; /* the columns that may be seen */
    const ab_rows *rows;
    bool input;
    int32_t wkt, lon, lat, place; /* columns that say where a row lies; -1: none */
    char name[40];
} ab_export_layer;

/* Writers. false: out of memory (or `out->failed`). */
bool ab__export_kml(const ab_export *from, ab_buf *out);
bool ab__export_geojson(const ab_export *from, ab_buf *out);
bool ab__export_gpx(const ab_export *from, ab_buf *out);
bool ab__export_czml(const ab_export *from, ab_buf *out);

/* CSV and XLSX, through ab_book_write. */
ab_status ab__export_book(const char *path, const ab_export *from, ab_issues *issues, ab_error *err);

/* Adds each table of `data` (redacted) as a sheet called `prefix` and its name: header, hashtags, cells. false:
 * out of memory. */
bool ab__data_sheets(const ab_data *data, const char *prefix, ab_book *book);

/* ---- Layers ----------------------------------------------------------------------------------- */

/* Table `number` of `data` (redacted). false: nothing of it can be shown. */
bool ab__export_open(const ab_data *data, int32_t number, ab_export_layer *out);
/* Layer number `i`: of all tables of the results, then of the input, those with rows and columns. false:
 * there are no more. */
bool ab__export_layer(const ab_export *from, int32_t i, ab_export_layer *out);
/* The layer called `name`; false: it has no rows, or its reader may see nothing of it. */
bool ab__export_find(const ab_export *from, const char *name, ab_export_layer *out);

const void *ab__export_row(const ab_export_layer *layer, int32_t row);
/* Is there something in the cell? Of the input only what was given: a default is not the user's word. */
bool ab__export_has(const ab_export_layer *layer, int32_t column, const void *row);

/* A point that a shape refers to. */
typedef struct ab_export_point {
    double lon_lat_deg[2];
    int32_t starts[2];
} ab_export_point;
/* Where the row lies: its own shape or position, or that of the place that it names. NONE: nowhere. */
ab_shape ab__export_shape(const ab_export *from, const ab_export_layer *layer, const void *row,
                          ab_export_point *spare);

/* The text of column `name`; "" where the column is not there. */
const char *ab__export_text(const ab_export_layer *layer, const void *row, const char *name);
/* The number of column `name` in the cell's unit; NaN. */
double ab__export_number(const ab_export_layer *layer, const void *row, const char *name);
/* The time of column `name`; AB_TIME_NONE. */
ab_time ab__export_time(const ab_export_layer *layer, const void *row, const char *name);

/* What people call the hub or place `id`; the id itself where it has no name. */
const char *ab__export_name(const ab_export *from, ab_input_table table, const char *id);

/* ---- Words ------------------------------------------------------------------------------------ */

/* YYYY-MM-DDThh:mm:ssZ */
const char *ab__export_time_text(ab_time t, char out[AB_TIME_TEXT_CAP]);
/* "loaded, all vehicles (t)" */
void ab__export_label(const ab_column *column, ab_buf *out);
/* The cell as text: times whole, all else as a CSV file has it. */
void ab__export_cell(const ab_export_layer *layer, int32_t column, const void *row, ab_buf *out);
/* What a map calls the row: the texts of `columns` (a NULL ends them), hubs and places by their names. */
void ab__export_title(const ab_export *from, const ab_export_layer *layer, const void *row,
                      const char *const *columns, ab_buf *out);
/* The row as a table in HTML, every text escaped, and what a trip carries. */
void ab__export_html(const ab_export *from, const ab_export_layer *layer, const void *row,
                     ab_buf *out);
/* "flour 65 t, oil 3 t": what the trip carries. */
void ab__export_loads(const ab_export *from, const char *trip, ab_buf *out);
/* The end of a span that ends in the period that starts at `t`. */
ab_time ab__export_period_end(const ab_export *from, ab_time t);
/* Makes title, note and description. */
void ab__export_words(ab_export *to);
/* Calls for every column that was left out, by table. */
typedef void ab_export_left_out(void *context, const ab_table *table, const ab_column *column);
void ab__export_each_left_out(ab_audience audience, ab_export_left_out *each, void *context);

#endif
