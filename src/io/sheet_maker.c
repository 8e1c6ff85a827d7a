#include "io/sheet_maker.h"

#include <string.h>

#include "base/text.h"
#include "io/csv.h"
#include "schema/book.h"
#include "schema/issues.h"

static const size_t TRUSTED_BYTES_MAX = (size_t)1 << 30;

void ab__maker_raise(ab_sheet_maker *maker, int32_t column, ab_issue issue)
{
    issue.origin = maker->sheet.origin;
    if (maker->line.count > 0)
        issue.line = maker->line.at[maker->line.count - 1];
    if (column >= 0)
        issue.column = maker->sheet.header[column];
    ab__issue_raise(maker->issues, issue);
}

void ab__maker_fill(ab_sheet_maker *maker, const char *expected)
{
    maker->full = true;
    ab__issue_raise(maker->issues, (ab_issue){.code = AB_ISSUE_TOO_LONG,
                                              .origin = maker->sheet.origin,
                                              .expected = expected,
                                              .hint = "the rest of the table was not read"});
}

/* A table that is larger than any real one is told, and read no further. */
static void judge_size(ab_sheet_maker *maker)
{
    size_t most = maker->trusted ? TRUSTED_BYTES_MAX : AB_CSV_BYTES_MAX;
    const char *expected = NULL;

    if (maker->line.count >= AB_CSV_ROWS_MAX)
        expected = "at most 2,000,000 rows";
    else if (maker->cell.count > AB_CSV_CELLS_MAX - maker->sheet.column_count)
        expected = "at most 50,000,000 cells";
    else if (maker->kept > most)
        expected = maker->trusted ? "at most 1 GiB of text" : "at most 256 MiB of text";
    if (expected != NULL)
        ab__maker_fill(maker, expected);
}

bool ab__maker_row(ab_sheet_maker *maker, int64_t line)
{
    if (!maker->full)
        judge_size(maker);
    if (maker->full)
        return true;
    int32_t *added = AB_PUSH(&maker->line);
    if (added == NULL)
        return false;
    *added = line < INT32_MAX ? (int32_t)line : INT32_MAX;
    return true;
}

bool ab__maker_cell(ab_sheet_maker *maker, const char *text, bool long_too)
{
    size_t size = strlen(text);

    if (size > AB_CSV_CELL_MAX && !maker->trusted && !long_too) {
        int32_t column = maker->cell.count % maker->sheet.column_count;
        ab__maker_raise(maker, column,
                        (ab_issue){.code = AB_ISSUE_TOO_LONG,
                                   .expected = "at most 65,536 bytes in a cell",
                                   .found = text});
        size = ab__utf8_cut(text, AB_CSV_CELL_MAX);
        text = ab__arena_text_n(maker->arena, text, size);
    }
    const char **added = text != NULL ? AB_PUSH(&maker->cell) : NULL;
    if (added == NULL)
        return false;
    *added = text;
    maker->kept += size;
    return true;
}

bool ab__maker_end(ab_sheet_maker *maker)
{
    size_t cells = (size_t)maker->cell.count, rows = (size_t)maker->line.count;
    const char **cell = AB_NEW(maker->arena, const char *, cells);
    int32_t *line = AB_NEW(maker->arena, int32_t, rows);

    if (cell == NULL || line == NULL)
        return false;
    if (cells > 0)
        memcpy(cell, maker->cell.at, cells * sizeof *cell);
    if (rows > 0)
        memcpy(line, maker->line.at, rows * sizeof *line);
    maker->sheet.row_count = maker->line.count;
    maker->sheet.cells = cell;
    maker->sheet.line = line;
    return ab__book_add(maker->book, &maker->sheet);
}

void ab__maker_free(ab_sheet_maker *maker)
{
    AB_VEC_FREE(&maker->cell);
    AB_VEC_FREE(&maker->line);
}
