/* io: containers in, containers out. */
#ifndef AIRBRIDGE_IO_H
#define AIRBRIDGE_IO_H

#include "airbridge/operation.h"
#include "airbridge/pseudonym.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the name of a container, and what stands in it, may lead to. Zero: files of this machine, and no
 * further than the folder that was named. */
typedef struct ab_open_options {
    bool allow_network; /* fetch from a server, or ask a database on another machine */
    bool allow_outside; /* follow links that lead out of the operation's folder */
    const char *map;    /* a CSV file with names for its sheets and columns (map.h); NULL: none */
} ab_open_options;

/* Reads every table of the container at `path`: a folder of CSV files (`NAME.csv`), an XLSX or ODS workbook, a
 * GeoPackage (of a result its `in_` tables), a PostgreSQL database (`postgresql://USER@HOST/DATABASE?schema=NAME`),
 * or a file of these from standard input (`-`) or, with options->allow_network, from the web. What a file is its
 * bytes say. Cells are texts: what a spreadsheet or database keeps as a number, day, time or truth value comes
 * out as the text that was meant (src/io/read_workbook.h, src/io/layer_sheet.h). Flaws of the text go to `issues`; `*out`
 * then has what could be read. `options` NULL: all as zero. Fails with USAGE for a name that means something else,
 * and with IO when the container cannot be opened at all. Freed with ab_book_free.
 *
 * All but folders is read in a forked child, which has 2 GiB of memory, two minutes (ten for a server) and, on Linux on x86-64
 * and AArch64, no way to write a file, start a program or, unless it reads from one, talk to a server. It is safe
 * in a process with threads as long as none of them uses GDAL, PROJ or libpq at that moment: a lock of theirs that is held when the child
 * is made stays held in it, and the reading fails when its time is over. The caller must not wait for
 * unknown children (waitpid(-1, …)) or ignore SIGCHLD meanwhile. */
AB_API ab_status ab_book_read(const char *path, const ab_open_options *options, ab_book **out,
                              ab_issues *issues, ab_error *err);

/* Writes a map (ab_map_propose) as ab_book_write_csv does. */
AB_API ab_status ab_map_write(const char *path, const ab_book *map, bool replace, ab_error *err);

/* Writes the first sheet of `book` as CSV, as its cells stand, with the promise of ab_file_write (`-`: standard output). Fails
 * with IO, also where a file of this name is there already and is not to be replaced. */
AB_API ab_status ab_book_write_csv(const char *path, const ab_book *book, bool replace, ab_error *err);

/* Reads one CSV file (`-`: standard input) as the only sheet, called `table`. */
AB_API ab_status ab_book_read_csv(const char *path, const char *table, ab_book **out, ab_issues *issues,
                                  ab_error *err);

/* Writes the sheets of `book` into the container that `path` names: *.xlsx, *.ods, *.gpkg, or else a folder of
 * CSV files (a name without an ending or with a slash at its end, or a folder that is there). Cells are copied,
 * not judged: a sheet that is no table of `schema` is copied as text, one that is gets types, hashtags
 * and meanings from its declaration. Line breaks within cells become LF. The version of `schema` is added to
 * its settings where the book does not say it. Order of rows is kept; the same book gives the same bytes.
 * What the container cannot hold goes to `issues`, all of it, and nothing is written: FLAWED. Fails with
 * USAGE where `path` names no container that can be written, and IO. `options` NULL: all as zero. */
AB_API ab_status ab_book_write(const char *path, const ab_book *book, const ab_schema *schema,
                               const ab_open_options *options, ab_issues *issues, ab_error *err);

/* Reads the tables of a result back, as rows of `schema` (ab_result_schema()). The rows belong to
 * `*arena`, which the caller frees with ab_result_rows_free. */
typedef struct ab_result_rows {
    ab_data data;
    struct ab_arena *arena;
} ab_result_rows;
AB_API ab_status ab_result_read(const char *path, const ab_open_options *options,
                                ab_result_rows *out, ab_error *err);
AB_API void ab_result_rows_free(ab_result_rows *rows);

/* Writes one self-contained GeoPackage: the tables of `input` as in_NAME (only cells that were given),
 * the tables of `results` by their names (all whose rows are not NULL), layers with styles, hashtags as column comments. The same
 * data gives the same bytes. `path` is written whole or not at all: a new file is made beside it and
 * renamed over it; if `path` is a device or a pipe it is written to; `-` is standard output. */
AB_API ab_status ab_result_write(const char *path, const ab_data *input, const ab_data *results, ab_error *err);

typedef enum ab_export_format {
    AB_EXPORT_KML,     /* Google Earth */
    AB_EXPORT_GEOJSON, /* RFC 7946 */
    AB_EXPORT_CSV,     /* a folder of tables */
    AB_EXPORT_XLSX,    /* a workbook */
    AB_EXPORT_GPX,     /* navigation devices */
    AB_EXPORT_CZML     /* Cesium */
} ab_export_format;

typedef struct ab_export_options {
    ab_export_format format;
    ab_audience audience; /* who may read it: decides what is in it, by the sensitivity of each column */
    bool flights;         /* GPX: trips by air as well */
} ab_export_options;

/* Writes what `options->audience` may see of a result for another program: `input` and `results` as
 * ab_result_write takes them. The file says for whom it is and which columns were left out. Whole or not at all,
 * and the same bytes for the same data. Fails with USAGE for a workbook that is not called *.xlsx, with FLAWED
 * for cells that a workbook cannot hold (`issues`), and with IO. */
AB_API ab_status ab_export_write(const char *path, const ab_export_options *options, const ab_data *input,
                                 const ab_data *results, ab_issues *issues, ab_error *err);

/* The rows of `data`, of an operation or a result, as sheets of text with their hashtags: of those columns and
 * rows only that `audience` may see, and without tables of which nothing is left. Freed with ab_book_free. */
AB_API ab_status ab_data_book(const ab_data *data, ab_audience audience, ab_book **out, ab_error *err);

/* The key of pseudonyms in a file, CSV with the columns pseudonym and name, which only its owner may read (mode 0600). Reading
 * adds to `key`: FLAWED where the file is no such key, IO. Written whole or not at all. */
AB_API ab_status ab_pseudonyms_read(const char *path, ab_pseudonyms *key, ab_error *err);
AB_API ab_status ab_pseudonyms_write(const char *path, const ab_pseudonyms *key, ab_error *err);

/* The right to write one result, file or folder, until it is freed: of two runs of an hour for the same name the
 * second is told at its start. What is written is whole without it, too. */
typedef struct ab_write_lock ab_write_lock;

/* Takes that right for `path`, in the name of `command` ("plan"); `wait`: until it is free. It is a file
 * .NAME.lock beside the result, locked with flock(2), that says who holds it; one left by a run that was
 * killed is taken over. `*out` is NULL where nothing needs it: devices, pipes, standard output, databases.
 * Fails with BUSY when another run, or this one, has it (the message says who), with IO when the result's
 * folder is not there or cannot be written to, with INTERRUPTED when a signal ends the waiting. */
AB_API ab_status ab_lock_take(const char *path, const char *command, bool wait, ab_write_lock **out, ab_error *err);
/* Gives it back, and removes the file. NULL is fine. */
AB_API void ab_lock_free(ab_write_lock *lock);

/* Writes folder `path` with a template of every input table: header, hashtags and the example rows. Headers are
 * the first labels of `language` with their units, or for AB_LANGUAGES the columns' own names. The folder must
 * not exist or be empty, and is made whole or not at all. */
AB_API ab_status ab_template_write(const char *path, const ab_schema *schema, ab_language language,
                                   ab_error *err);
/* The text of a cell of those rows, "" when empty; NULL when there is no such row. */
AB_API const char *ab_template_cell(const char *table, int32_t row, const char *column);

/* Writes `size` bytes to `path` with the same promise as ab_result_write. */
AB_API ab_status ab_file_write(const char *path, const void *bytes, size_t size, ab_error *err);

#ifdef __cplusplus
}
#endif
#endif
