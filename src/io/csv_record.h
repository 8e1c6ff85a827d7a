/* Cuts a stream of bytes into records and cells; judges quotes, nothing else. */
#ifndef IO_CSV_RECORD_H
#define IO_CSV_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "io/csv.h"

/* A cell as it stands in the record, quotes and all. */
typedef struct ab_csv_cell {
    size_t at, size; /* from the record's first byte */
    bool quoted;     /* begins with a quote that counts as one */
} ab_csv_cell;

typedef struct ab_csv_quote {
    int32_t code; /* AB_ISSUE_OPEN_QUOTE or AB_ISSUE_STRAY_QUOTE */
    int32_t cell;
    size_t at; /* of the quote that opened, or that is astray */
} ab_csv_quote;

/* One record; `bytes` stays valid until the next is read. */
typedef struct ab_csv_record {
    const unsigned char *bytes;
    int64_t line; /* of its first byte, from 1 */
    AB_VEC(ab_csv_cell) cell;
    AB_VEC(ab_csv_quote) flaw;
    bool torn; /* a quote was never closed: where the cells end is a guess */
} ab_csv_record;

typedef struct ab_csv_reader {
    ab_csv_source source;
    unsigned char *window;
    size_t begin, end; /* what was pulled and not used yet, in the window */
    size_t used;       /* of this, the last record and its line end */
    bool at_end;
    bool failed; /* a pull failed; errno says why */
    unsigned char separator;
    int64_t line; /* of the next record */
    ab_csv_record record;
} ab_csv_reader;

typedef enum ab_csv_step {
    AB_CSV_RECORD,   /* reader->record */
    AB_CSV_TOO_LONG, /* a record over a limit was passed over; reader->record.line is its line */
    AB_CSV_END,
    AB_CSV_FAILED, /* reader->failed, or else out of memory */
} ab_csv_step;

/* false: out of memory. Passes over a byte-order mark and finds the separator. */
bool ab__csv_reader_start(ab_csv_reader *reader, const ab_csv_source *source);
void ab__csv_reader_end(ab_csv_reader *reader);

ab_csv_step ab__csv_reader_next(ab_csv_reader *reader);

/* The line and the byte column, from 1, of byte `at` of the record. */
void ab__csv_locate(const ab_csv_record *record, size_t at, int64_t *line, int64_t *byte_column);

#endif
