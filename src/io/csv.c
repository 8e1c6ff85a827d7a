/* From records to a sheet: what is kept of each row, and what is said of it. */
#include "io/csv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "io/csv_record.h"
#include "schema/book.h"
#include "schema/issues.h"

static const char REPLACEMENT[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* A sheet in the making. */
typedef struct ab_csv_sheet {
    ab_csv_reader reader;
    ab_arena *arena;
    ab_issues *issues;
    const char *origin;
    int32_t flaws;

    const char **header; /* NULL: not seen yet */
    int32_t column_count;
    int32_t header_line;
    int32_t wkt_column; /* -1: none */
    bool full;          /* no more rows are taken */
    size_t kept;        /* bytes of the cells that were kept */

    AB_VEC(const char *) cell;
    AB_VEC(int32_t) line;
    ab_buf text; /* the cell at hand */
} ab_csv_sheet;

/* Words for a flaw of text. Those without `expected` are told by the meaning of their code. */
static const char *hint_of(int32_t code)
{
    switch (code) {
    case AB_ISSUE_OPEN_QUOTE:
        return "end the cell with a quote; a quote inside a quoted cell is written twice";
    case AB_ISSUE_STRAY_QUOTE:
        return "put the whole cell in quotes and write each quote inside it twice";
    case AB_ISSUE_NUL_BYTE:
    case AB_ISSUE_NOT_UTF8:
        return "save the file again as CSV in UTF-8";
    default:
        return "";
    }
}

static void raise_at(ab_csv_sheet *sheet, ab_issue issue)
{
    if (sheet->flaws >= AB_CSV_FLAWS_MAX)
        return;
    if (++sheet->flaws == AB_CSV_FLAWS_MAX)
        issue.hint = "this file has more flaws than are listed: correct these and check again";
    issue.origin = sheet->origin;
    ab__issue_raise(sheet->issues, issue);
}

/* A flaw at byte `at` of the record; `cell` -1: of the whole row. */
static void raise_in_record(ab_csv_sheet *sheet, int32_t code, size_t at, int32_t cell,
                            const char *expected, const char *found)
{
    ab_issue issue = {.code = code, .expected = expected, .found = found, .hint = hint_of(code)};

    if (cell >= 0 && cell < sheet->column_count)
        issue.column = sheet->header[cell];
    ab__csv_locate(&sheet->reader.record, at, &issue.line, &issue.byte_column);
    raise_at(sheet, issue);
}

/* ---- Cells ------------------------------------------------------------------------------------ */

static bool is_blank(const ab_csv_record *record, const ab_csv_cell *cell)
{
    const unsigned char *bytes = record->bytes + cell->at;
    size_t size = cell->size;

    if (cell->quoted && size == 2 && bytes[1] == '"')
        return true;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != ' ' && bytes[i] != '\t')
            return false;
    }
    return true;
}

/* Adds `size` bytes to the cell's text as UTF-8 without NULs; says so where they are not. */
static void add_clean(ab_csv_sheet *sheet, const char *bytes, size_t size)
{
    while (size > 0) {
        size_t good = ab__utf8_bad(bytes, size);
        const char *nul = memchr(bytes, '\0', good);
        if (nul != NULL)
            good = (size_t)(nul - bytes);
        ab__buf_add_n(&sheet->text, bytes, good);
        if (good == size)
            return;
        if (nul == NULL)
            ab__buf_add(&sheet->text, REPLACEMENT);
        bytes += good + 1;
        size -= good + 1;
    }
}

/* The cell's text without its quotes. */
static void unquote(ab_csv_sheet *sheet, const ab_csv_cell *cell)
{
    const char *bytes = (const char *)sheet->reader.record.bytes + cell->at;
    size_t at = 0;

    ab__buf_clear(&sheet->text);
    if (cell->quoted) {
        for (at = 1; at < cell->size;) {
            const char *quote = memchr(bytes + at, '"', cell->size - at);
            size_t stop = quote != NULL ? (size_t)(quote - bytes) : cell->size;
            bool twice = stop + 1 < cell->size && bytes[stop + 1] == '"';
            add_clean(sheet, bytes + at, stop - at + (twice ? 1 : 0));
            at = stop + (twice ? 2 : 1);
            if (!twice)
                break;
        }
    }
    if (at < cell->size)
        add_clean(sheet, bytes + at, cell->size - at);
}

static void judge_bytes(ab_csv_sheet *sheet, int32_t number, const ab_csv_cell *cell)
{
    const char *bytes = (const char *)sheet->reader.record.bytes + cell->at;
    const char *nul = memchr(bytes, '\0', cell->size);
    size_t bad = ab__utf8_bad(bytes, cell->size);
    const char *found = ab__buf_text(&sheet->text);

    if (nul != NULL)
        raise_in_record(sheet, AB_ISSUE_NUL_BYTE, cell->at + (size_t)(nul - bytes), number, NULL,
                        found);
    if (bad < cell->size)
        raise_in_record(sheet, AB_ISSUE_NOT_UTF8, cell->at + bad, number, NULL, found);
}

/* The cell as it is kept, or NULL when out of memory. */
static const char *keep_cell(ab_csv_sheet *sheet, int32_t number, const ab_csv_cell *cell)
{
    if (cell->size == 0)
        return "";
    unquote(sheet, cell);
    if (sheet->text.failed)
        return NULL;
    judge_bytes(sheet, number, cell);
    size_t size = sheet->text.size;
    if (size > AB_CSV_CELL_MAX && number != sheet->wkt_column) {
        raise_in_record(sheet, AB_ISSUE_TOO_LONG, cell->at, number,
                        "at most 65,536 bytes in a cell", ab__buf_text(&sheet->text));
        size = ab__utf8_cut(sheet->text.text, AB_CSV_CELL_MAX);
    }
    sheet->kept += size;
    return ab__arena_text_n(sheet->arena, ab__buf_text(&sheet->text), size);
}

static void judge_quotes(ab_csv_sheet *sheet)
{
    const ab_csv_record *record = &sheet->reader.record;

    for (int32_t i = 0; i < record->flaw.count; i++) {
        const ab_csv_quote *flaw = &record->flaw.at[i];
        unquote(sheet, &record->cell.at[flaw->cell]);
        raise_in_record(sheet, flaw->code, flaw->at, flaw->cell, NULL, ab__buf_text(&sheet->text));
    }
}

/* ---- Rows ------------------------------------------------------------------------------------- */

static char *trimmed(char *text)
{
    static const char spaces[] = " \t\r\n";

    text += strspn(text, spaces);
    for (size_t size = strlen(text); size > 0 && strchr(spaces, text[size - 1]) != NULL; size--)
        text[size - 1] = '\0';
    return text;
}

/* Columns without a name at the end of the header are no columns: spreadsheets write such. */
static int32_t named_cells(const ab_csv_record *record)
{
    int32_t count = record->cell.count;

    while (count > 0 && is_blank(record, &record->cell.at[count - 1]))
        count--;
    return count;
}

/* The table is larger than any real one. */
static void take_no_more(ab_csv_sheet *sheet, const char *expected)
{
    sheet->full = true;
    raise_at(sheet, (ab_issue){.code = AB_ISSUE_TOO_LONG,
                               .line = sheet->reader.record.line,
                               .expected = expected,
                               .hint = "the rest of the file was not read"});
}

static int32_t line_number(const ab_csv_record *record)
{
    return record->line < INT32_MAX ? (int32_t)record->line : INT32_MAX;
}

/* false: out of memory. */
static bool keep_header(ab_csv_sheet *sheet)
{
    const ab_csv_record *record = &sheet->reader.record;
    int32_t count = named_cells(record);

    if (count > AB_CSV_COLUMNS_MAX) {
        take_no_more(sheet, "at most 1,000 columns");
        count = AB_CSV_COLUMNS_MAX;
    }
    sheet->header_line = line_number(record);
    judge_quotes(sheet);
    sheet->header = AB_NEW(sheet->arena, const char *, count);
    if (sheet->header == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const char *kept = keep_cell(sheet, i, &record->cell.at[i]);
        char *name = kept != NULL ? ab__arena_text(sheet->arena, kept) : NULL;
        if (name == NULL)
            return false;
        sheet->header[i] = trimmed(name);
        if (strcmp(sheet->header[i], "wkt") == 0)
            sheet->wkt_column = i;
    }
    sheet->column_count = count;
    return true;
}

static void judge_count(ab_csv_sheet *sheet)
{
    const ab_csv_record *record = &sheet->reader.record;
    int32_t count = record->cell.count;
    char expected[64], found[32];

    /* Where an open quote ended is a guess, and so is the number of cells. */
    if (record->torn || count == sheet->column_count)
        return;
    if (count > sheet->column_count && named_cells(record) <= sheet->column_count)
        return;
    (void)snprintf(expected, sizeof expected, "%d %s, as in the header", (int)sheet->column_count,
                   sheet->column_count == 1 ? "cell" : "cells");
    (void)snprintf(found, sizeof found, "%d %s", (int)count, count == 1 ? "cell" : "cells");
    ab_issue issue = {
        .code = AB_ISSUE_RAGGED,
        .line = record->line,
        .expected = expected,
        .found = found,
        .hint = count < sheet->column_count ? "write the missing separators"
                : sheet->column_count == 1
                    ? "if line 1 is a title, remove it: the first line names the columns"
                    : "put a cell that holds a separator in quotes",
    };
    raise_at(sheet, issue);
}

/* Short rows are filled up and long ones cut, so that their other cells are checked all the same. */
static bool keep_row(ab_csv_sheet *sheet)
{
    const ab_csv_record *record = &sheet->reader.record;
    int32_t *line = AB_PUSH(&sheet->line);

    if (line == NULL)
        return false;
    *line = line_number(record);
    judge_quotes(sheet);
    judge_count(sheet);
    for (int32_t i = 0; i < sheet->column_count; i++) {
        const char **cell = AB_PUSH(&sheet->cell);
        if (cell == NULL)
            return false;
        *cell = i < record->cell.count ? keep_cell(sheet, i, &record->cell.at[i]) : "";
        if (*cell == NULL)
            return false;
    }
    return true;
}

/* ---- The file --------------------------------------------------------------------------------- */

/* Other things that get the name of a CSV file, by their first bytes. */
static bool is_something_else(ab_csv_sheet *sheet)
{
    static const struct {
        const char *begin;
        int32_t code;
        const char *expected, *hint;
    } others[] = {
        {"\xFF\xFE", AB_ISSUE_NOT_UTF8, "UTF-8, found UTF-16", "save the file as \"CSV UTF-8\""},
        {"\xFE\xFF", AB_ISSUE_NOT_UTF8, "UTF-8, found UTF-16", "save the file as \"CSV UTF-8\""},
        {"PK\x03\x04", AB_ISSUE_UNREADABLE, "CSV, found a workbook or a ZIP archive",
         "open it in a spreadsheet program and save it as CSV"},
    };
    const ab_csv_reader *reader = &sheet->reader;

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        size_t size = strlen(others[i].begin);
        if (reader->end - reader->begin >= size &&
            memcmp(reader->window + reader->begin, others[i].begin, size) == 0) {
            raise_at(sheet, (ab_issue){.code = others[i].code,
                                       .line = 1,
                                       .byte_column = 1,
                                       .expected = others[i].expected,
                                       .hint = others[i].hint});
            return true;
        }
    }
    return false;
}

/* false: out of memory. */
static bool keep_record(ab_csv_sheet *sheet)
{
    if (named_cells(&sheet->reader.record) == 0)
        return true;
    if (sheet->header == NULL)
        return keep_header(sheet);
    if (sheet->line.count >= AB_CSV_ROWS_MAX)
        take_no_more(sheet, "at most 2,000,000 rows");
    else if (sheet->cell.count > AB_CSV_CELLS_MAX - sheet->column_count)
        take_no_more(sheet, "at most 50,000,000 cells");
    else if (sheet->kept > AB_CSV_BYTES_MAX)
        take_no_more(sheet, "at most 256 MiB of text");
    return sheet->full || keep_row(sheet);
}

/* Without its header a table says nothing; without one of its rows it does. */
static void pass_over(ab_csv_sheet *sheet)
{
    static const char expected[] = "at most 1,048,576 bytes and 20,000 cells in a row";

    if (sheet->header == NULL)
        take_no_more(sheet, expected);
    else
        raise_at(sheet, (ab_issue){.code = AB_ISSUE_TOO_LONG,
                                   .line = sheet->reader.record.line,
                                   .expected = expected,
                                   .hint = "the row was passed over"});
}

static ab_status read_records(ab_csv_sheet *sheet, ab_error *err)
{
    for (;;) {
        ab_csv_step step = ab__csv_reader_next(&sheet->reader);
        if (step == AB_CSV_END)
            return AB_OK;
        if (step == AB_CSV_FAILED && sheet->reader.failed)
            return ab_fail(err, AB_IO, "%s cannot be read: %s", sheet->origin, strerror(errno));
        if (step == AB_CSV_FAILED || (step == AB_CSV_RECORD && !keep_record(sheet)))
            return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", sheet->origin);
        if (step == AB_CSV_TOO_LONG)
            pass_over(sheet);
        if (sheet->full)
            return AB_OK;
    }
}

/* false: out of memory. */
static bool add_sheet(ab_csv_sheet *sheet, const char *table, ab_book *book)
{
    size_t cells = (size_t)sheet->cell.count, rows = (size_t)sheet->line.count;
    const char **cell = AB_NEW(sheet->arena, const char *, cells);
    int32_t *line = AB_NEW(sheet->arena, int32_t, rows);

    if (cell == NULL || line == NULL)
        return false;
    if (rows > 0) {
        memcpy(cell, sheet->cell.at, cells * sizeof *cell);
        memcpy(line, sheet->line.at, rows * sizeof *line);
    }
    ab_sheet made = {
        .name = ab__arena_text(sheet->arena, table),
        .origin = ab__arena_text(sheet->arena, sheet->origin),
        .column_count = sheet->column_count,
        .header = sheet->header,
        .header_line = sheet->header_line,
        .row_count = sheet->line.count,
        .cells = cell,
        .line = line,
    };
    return made.name != NULL && made.origin != NULL && ab__book_add(book, &made);
}

ab_status ab__csv_read(const ab_csv_source *source, const char *table, const char *origin,
                       ab_book *book, ab_issues *issues, ab_error *err)
{
    ab_csv_sheet sheet = {
        .arena = ab__book_arena(book),
        .issues = issues,
        .origin = origin,
        .wkt_column = -1,
        .text = AB_BUF_INIT,
    };
    ab_status status = AB_OK;

    if (!ab__csv_reader_start(&sheet.reader, source))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", origin);
    if (status == AB_OK && !is_something_else(&sheet)) {
        status = read_records(&sheet, err);
        if (status == AB_OK && sheet.header == NULL && !sheet.full)
            raise_at(&sheet, (ab_issue){.code = AB_ISSUE_EMPTY_TABLE,
                                        .expected = "a header with the names of the columns",
                                        .hint = "`airbridge init` writes templates"});
        if (status == AB_OK && !add_sheet(&sheet, table, book))
            status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", origin);
    }
    ab__csv_reader_end(&sheet.reader);
    AB_VEC_FREE(&sheet.cell);
    AB_VEC_FREE(&sheet.line);
    ab__buf_free(&sheet.text);
    return status;
}
