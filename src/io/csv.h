/* CSV as people save it (RFC 4180, with commas, semicolons or tabs, any line ends, a byte-order mark),
 * from bytes that come in pieces. All flaws of a file are reported, each with its line and byte column;
 * reading goes on after each of them. Whatever the file holds, memory stays in proportion to the cells
 * that are kept: at most a record of AB_CSV_RECORD_MAX bytes is held besides. */
#ifndef IO_CSV_H
#define IO_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "airbridge/schema.h"

enum {
    AB_CSV_RECORD_MAX = 1 << 20, /* bytes of a row, quotes and line breaks included */
    AB_CSV_SPREAD_MAX = 20000, /* cells of a row, empty ones too: spreadsheets write up to 16,384 */
    AB_CSV_CELL_MAX = 1 << 16, /* bytes of a cell that is not WKT */
    AB_CSV_COLUMNS_MAX = 1000,
    AB_CSV_ROWS_MAX = 2000000,
    AB_CSV_CELLS_MAX = 50000000,
    AB_CSV_BYTES_MAX = 1 << 28, /* of all cells of a table */
    AB_CSV_FLAWS_MAX = 1000 /* of one file; more are not listed */
};

/* Where the bytes come from. */
typedef struct ab_csv_source {
    /* Puts at most `cap` bytes; returns how many, 0 at the end, -1 on a failure that errno names. */
    int64_t (*pull)(void *context, unsigned char *into, size_t cap);
    void *context;
} ab_csv_source;

/* Adds the file as sheet `table` to `book`; without a header it has no columns. `origin` names the file
 * in messages. Rows whose cells are all empty are left out. Fails with NO_MEMORY, or IO when a pull fails. */
ab_status ab__csv_read(const ab_csv_source *source, const char *table, const char *origin,
                       ab_book *book, ab_issues *issues, ab_error *err);

/* The same from an open file, from where it stands to its end. */
ab_status ab__csv_read_fd(int fd, const char *table, const char *origin, ab_book *book,
                          ab_issues *issues, ab_error *err);

/* The same from memory. */
ab_status ab__csv_read_bytes(const void *bytes, size_t size, const char *table, const char *origin,
                             ab_book *book, ab_issues *issues, ab_error *err);

#endif
