#include "io/csv_record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { CHUNK = 1 << 16, WINDOW = AB_CSV_RECORD_MAX + CHUNK };
static const size_t NOWHERE = SIZE_MAX;

/* How the scan of a cell or record ended. */
typedef enum scan {
    SCAN_CELL, /* at a separator */
    SCAN_LINE, /* at a line end or the end of the file */
    SCAN_TORN, /* a quote is not closed, or closed only by one that looks like the next cell's */
    SCAN_OVER, /* the record is too long */
    SCAN_NO_MEMORY,
} scan;

/* More bytes into the window; false at the end, or when a pull fails. */
static bool pull_more(ab_csv_reader *reader)
{
    if (reader->at_end || reader->failed)
        return false;
    if (reader->begin > 0) {
        memmove(reader->window, reader->window + reader->begin, reader->end - reader->begin);
        reader->end -= reader->begin;
        reader->begin = 0;
    }
    assert(reader->end < WINDOW);
    int64_t size = reader->source.pull(reader->source.context, reader->window + reader->end,
                                       WINDOW - reader->end);
    reader->failed = size < 0;
    reader->at_end = size == 0;
    if (size > 0)
        reader->end += (size_t)size;
    return size > 0;
}

/* Byte `at` of what was not used yet, or -1 at the end of the file. May move the window. */
static inline int byte_at(ab_csv_reader *reader, size_t at)
{
    while (reader->end - reader->begin <= at) {
        if (!pull_more(reader))
            return -1;
    }
    return reader->window[reader->begin + at];
}

static inline bool ends_line(int byte)
{
    return byte < 0 || byte == '\n' || byte == '\r';
}

/* The separator that stands most often in the first row that is not empty, outside quotes: a header may have
 * line breaks in its cells. */
static unsigned char find_separator(ab_csv_reader *reader)
{
    static const char separators[] = ",;\t";
    size_t count[sizeof separators - 1] = {0};
    bool quoted = false;
    bool begun = false;

    for (size_t at = 0; at < AB_CSV_RECORD_MAX; at++) {
        int byte = byte_at(reader, at);
        if (byte < 0 || (begun && !quoted && ends_line(byte)))
            break;
        begun = begun || !ends_line(byte);
        if (byte == '"')
            quoted = !quoted;
        const char *known = byte == 0 || quoted ? NULL : strchr(separators, byte);
        if (known != NULL)
            count[known - separators]++;
    }
    size_t best = 0;
    for (size_t i = 1; i < sizeof separators - 1; i++)
        best = count[i] > count[best] ? i : best;
    return (unsigned char)separators[best];
}

bool ab__csv_reader_start(ab_csv_reader *reader, const ab_csv_source *source)
{
    *reader = (ab_csv_reader){.source = *source, .line = 1};
    reader->window = ab__realloc(NULL, WINDOW);
    if (reader->window == NULL)
        return false;
    if (byte_at(reader, 0) == 0xEF && byte_at(reader, 1) == 0xBB && byte_at(reader, 2) == 0xBF)
        reader->begin += 3;
    reader->separator = find_separator(reader);
    return true;
}

void ab__csv_reader_end(ab_csv_reader *reader)
{
    free(reader->window);
    AB_VEC_FREE(&reader->record.cell);
    AB_VEC_FREE(&reader->record.flaw);
}

static bool add_flaw(ab_csv_record *record, int32_t code, size_t at)
{
    ab_csv_quote *flaw = AB_PUSH(&record->flaw);
    if (flaw != NULL)
        *flaw = (ab_csv_quote){code, record->cell.count - 1, at};
    return flaw != NULL;
}

/* From *at to the end of a cell without quotes. `literal`: quotes are text like any other. */
static scan scan_plain(ab_csv_reader *reader, size_t *at, bool literal)
{
    bool told = literal;

    for (;; ++*at) {
        int byte = byte_at(reader, *at);
        if (ends_line(byte))
            return SCAN_LINE;
        if (*at >= AB_CSV_RECORD_MAX)
            return SCAN_OVER;
        if (byte == reader->separator)
            return SCAN_CELL;
        if (byte == '"' && !told) {
            if (!add_flaw(&reader->record, AB_ISSUE_STRAY_QUOTE, *at))
                return SCAN_NO_MEMORY;
            told = true;
        }
    }
}

/* From the quote at *at to the end of the cell. A cell that runs over a line's end and whose closing
 * quote has text behind it was most likely never closed: that quote opens a cell of a later line. */
static scan scan_quoted(ab_csv_reader *reader, size_t *at)
{
    bool broken = false;

    for (++*at;; ++*at) {
        int byte = byte_at(reader, *at);
        if (byte < 0)
            return SCAN_TORN;
        if (*at >= AB_CSV_RECORD_MAX)
            return broken ? SCAN_TORN : SCAN_OVER;
        broken = broken || ends_line(byte);
        if (byte != '"')
            continue;
        int next = byte_at(reader, ++*at);
        if (next == reader->separator)
            return SCAN_CELL;
        if (ends_line(next))
            return SCAN_LINE;
        if (next == '"')
            continue;
        if (broken)
            return SCAN_TORN;
        if (!add_flaw(&reader->record, AB_ISSUE_STRAY_QUOTE, *at - 1))
            return SCAN_NO_MEMORY;
        return scan_plain(reader, at, true);
    }
}

/* Cuts the record at the window's begin; *at comes to stand on its line end, or where the scan gave up.
 * From the quote at `torn` to the end of its line, quotes are text. */
static scan scan_record(ab_csv_reader *reader, size_t torn, size_t *at, size_t *quote)
{
    ab_csv_record *record = &reader->record;
    scan how;

    record->cell.count = record->flaw.count = 0;
    record->torn = false;
    *at = 0;
    do {
        size_t start = record->cell.count > 0 ? ++*at : 0;
        if (record->cell.count >= AB_CSV_SPREAD_MAX)
            return SCAN_OVER;
        ab_csv_cell *cell = AB_PUSH(&record->cell);
        if (cell == NULL)
            return SCAN_NO_MEMORY;
        bool quote_here = byte_at(reader, start) == '"';
        bool quoted = quote_here && !record->torn && start != torn;
        if (start == torn) {
            record->torn = true;
            ++*at;
            if (!add_flaw(record, AB_ISSUE_OPEN_QUOTE, start))
                return SCAN_NO_MEMORY;
        }
        *quote = quoted ? start : *quote;
        how = quoted ? scan_quoted(reader, at) : scan_plain(reader, at, record->torn);
        start += start == torn ? 1 : 0;
        *cell = (ab_csv_cell){start, *at - start, quoted};
    } while (how == SCAN_CELL);
    return how;
}

/* Line ends in `size` bytes that do not stop between a CR and its LF. */
static int64_t count_lines(const unsigned char *bytes, size_t size, size_t *last_start)
{
    int64_t lines = 0;

    *last_start = 0;
    for (size_t i = 0; i < size; i++) {
        bool ends =
            bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == size || bytes[i + 1] != '\n'));
        if (ends) {
            lines++;
            *last_start = i + 1;
        }
    }
    return lines;
}

void ab__csv_locate(const ab_csv_record *record, size_t at, int64_t *line, int64_t *byte_column)
{
    size_t start;

    *line = record->line + count_lines(record->bytes, at, &start);
    *byte_column = (int64_t)(at - start) + 1;
}

/* How many bytes the line end at `at` has. */
static size_t line_end_size(ab_csv_reader *reader, size_t at)
{
    int byte = byte_at(reader, at);

    if (byte < 0)
        return 0;
    return byte == '\r' && byte_at(reader, at + 1) == '\n' ? 2 : 1;
}

/* Passes over the rest of a line of any length. */
static void skip_line(ab_csv_reader *reader)
{
    while (!ends_line(byte_at(reader, 0))) {
        const unsigned char *from = reader->window + reader->begin;
        size_t size = reader->end - reader->begin;
        const unsigned char *lf = memchr(from, '\n', size);
        const unsigned char *cr = memchr(from, '\r', lf != NULL ? (size_t)(lf - from) : size);
        const unsigned char *stop = cr != NULL ? cr : lf;
        reader->begin = stop != NULL ? (size_t)(stop - reader->window) : reader->end;
    }
    reader->begin += line_end_size(reader, 0);
}

ab_csv_step ab__csv_reader_next(ab_csv_reader *reader)
{
    size_t at = 0, quote = NOWHERE, start;

    reader->begin += reader->used;
    reader->used = 0;
    reader->record.line = reader->line;
    if (byte_at(reader, 0) < 0)
        return reader->failed ? AB_CSV_FAILED : AB_CSV_END;

    scan how = scan_record(reader, NOWHERE, &at, &quote);
    if (how == SCAN_TORN)
        how = scan_record(reader, quote, &at, &quote);
    if (how == SCAN_NO_MEMORY || reader->failed)
        return AB_CSV_FAILED;
    size_t end = how == SCAN_LINE ? line_end_size(reader, at) : 0;
    reader->record.bytes = reader->window + reader->begin;
    reader->line += count_lines(reader->record.bytes, at, &start) + 1;
    reader->used = at + end;
    if (how == SCAN_LINE)
        return AB_CSV_RECORD;
    reader->begin += at;
    reader->used = 0;
    skip_line(reader);
    return reader->failed ? AB_CSV_FAILED : AB_CSV_TOO_LONG;
}
