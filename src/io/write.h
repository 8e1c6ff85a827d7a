/* The containers that a book is written to. Each first tells all that it cannot hold (out->issues) and then
 * fails with FLAWED, or writes. */
#ifndef IO_WRITE_H
#define IO_WRITE_H

#include "airbridge/io.h"
#include "io/outgoing.h"

typedef ab_status ab_out_writer(const ab_outgoing *out, const char *path,
                                const ab_open_options *options, ab_error *err);

ab_out_writer ab__write_folder, ab__write_xlsx, ab__write_ods, ab__write_gpkg, ab__write_postgres;

/* Fails with FLAWED if anything was refused since `before` errors were counted. */
ab_status ab__write_judge(const ab_outgoing *out, int64_t before, const char *path, ab_error *err);

/* ---- What several containers refuse ----------------------------------------------------------- */

/* What a sheet of a spreadsheet program takes. */
typedef struct ab_grid_limits {
    const char *program; /* "Excel" */
    int64_t rows;        /* with header and hashtags */
    int32_t columns;
    int64_t cell_units; /* of UTF-16 */
    bool escapes;       /* writes more for a text that looks like one of its escapes, _x0041_ */
    int64_t name_units;
    const char *not_in_name; /* signs */
} ab_grid_limits;

/* Tells every sheet, row and cell that does not fit or that XML cannot hold. */
void ab__refuse_grid(const ab_outgoing *out, const ab_grid_limits *limits);

#endif
