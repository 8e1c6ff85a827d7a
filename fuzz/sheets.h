/* What must be true of every book that a reader makes of foreign bytes. */
#ifndef FUZZ_SHEETS_H
#define FUZZ_SHEETS_H

#include "base/text.h"
#include "fuzz.h"
#include "io/csv.h"
#include "schema/book.h"

static inline bool is_utf8(const char *text)
{
    size_t size = strlen(text);

    return ab__utf8_bad(text, size) == size;
}

static inline void check_sheet(const ab_sheet *sheet)
{
    must(sheet->column_count >= 0 && sheet->column_count <= AB_CSV_COLUMNS_MAX,
         "a sheet is no wider than any real one");
    must(is_utf8(sheet->name), "names are UTF-8");
    for (int32_t c = 0; c < sheet->column_count; c++)
        must(is_utf8(sheet->header[c]), "headers are UTF-8");
    for (int64_t i = 0; i < sheet->row_count * sheet->column_count; i++)
        must(is_utf8(sheet->cells[i]), "cells are UTF-8");
    for (int64_t r = 0; r < sheet->row_count; r++)
        must(sheet->line[r] >= 0, "a row has a line");
}

static inline void check_book(const ab_book *book, ab_issues *issues)
{
    char line[300];

    for (int32_t s = 0; s < ab_book_count(book); s++)
        check_sheet(ab_book_at(book, s));
    for (int32_t i = 0; i < ab_issues_count(issues); i++)
        (void)ab_issue_format(ab_issues_at(issues, i), line, sizeof line);
}

#endif
