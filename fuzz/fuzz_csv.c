/* Any bytes as a CSV file: the sheet is clean text, flaws are within their bounds, and it makes no difference
 * in which pieces the bytes come. A sheet without a flaw comes back the same, whichever separator it is written
 * with. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "io/csv.h"
#include "schema/book.h"
#include "support/pieces.h"

static ab_book *read_pieces(const uint8_t *data, size_t size, size_t piece, ab_issues *issues)
{
    ab_book *book = ab__book_new();
    pieces from = {data, size, piece};

    assert(book != NULL);
    ab_status status =
        ab__csv_read(&(ab_csv_source){pull_piece, &from}, "t", "t.csv", book, issues, NULL);
    assert(status == AB_OK);
    return book;
}

static void check_sheet(const ab_sheet *sheet)
{
    int64_t cells = sheet->row_count * sheet->column_count;

    assert(sheet->column_count >= 0 && sheet->column_count <= AB_CSV_COLUMNS_MAX);
    for (int64_t i = 0; i < cells; i++) {
        size_t size = strlen(sheet->cells[i]);
        assert(ab__utf8_bad(sheet->cells[i], size) == size);
    }
    for (int64_t r = 0; r < sheet->row_count; r++)
        assert(sheet->line[r] > (r == 0 ? sheet->header_line : sheet->line[r - 1]));
}

static void check_same(const ab_sheet *a, const ab_sheet *b)
{
    assert(a->row_count == b->row_count && a->column_count == b->column_count);
    for (int64_t i = 0; i < a->row_count * a->column_count; i++)
        assert(strcmp(a->cells[i], b->cells[i]) == 0);
}

static void add_row(ab_buf *out, const char *const *cells, int32_t count, char separator)
{
    for (int32_t c = 0; c < count; c++) {
        if (c > 0)
            ab__buf_char(out, separator);
        ab__buf_char(out, '"');
        for (const char *at = cells[c]; *at != '\0'; at++) {
            if (*at == '"')
                ab__buf_char(out, '"');
            ab__buf_char(out, *at);
        }
        ab__buf_char(out, '"');
    }
    ab__buf_char(out, '\n');
}

/* Columns without a name may be left out. */
static bool is_named(const ab_sheet *sheet)
{
    for (int32_t c = 0; c < sheet->column_count; c++)
        if (sheet->header[c][0] == '\0')
            return false;
    return sheet->column_count > 0;
}

static void check_separators(const ab_sheet *sheet)
{
    static const char separators[] = ",;\t";

    for (const char *separator = separators; *separator != '\0'; separator++) {
        ab_buf text = AB_BUF_INIT;
        ab_issues *issues = ab_issues_new(0);
        add_row(&text, sheet->header, sheet->column_count, *separator);
        for (int64_t r = 0; r < sheet->row_count; r++)
            add_row(&text, sheet->cells + r * sheet->column_count, sheet->column_count, *separator);
        assert(!text.failed && issues != NULL);
        ab_book *book = read_pieces((const uint8_t *)text.text, text.size, SIZE_MAX, issues);
        assert(ab_issues_count(issues) == 0);
        check_same(sheet, ab_book_find(book, "t"));
        ab_book_free(book);
        ab_issues_free(issues);
        ab__buf_free(&text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ab_issues *issues = ab_issues_new(0), *again = ab_issues_new(0);

    assert(issues != NULL && again != NULL);
    ab_book *whole = read_pieces(data, size, SIZE_MAX, issues);
    ab_book *parts = read_pieces(data, size, 1 + size % 3, again);
    const ab_sheet *sheet = ab_book_find(whole, "t"), *other = ab_book_find(parts, "t");
    assert((sheet == NULL) == (other == NULL));
    if (sheet != NULL) {
        check_sheet(sheet);
        check_same(sheet, other);
        if (ab_issues_count(issues) == 0 && is_named(sheet))
            check_separators(sheet);
    }
    assert(ab_issues_count(issues) == ab_issues_count(again));
    assert(ab_issues_count(issues) <= AB_CSV_FLAWS_MAX);
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        const ab_issue *issue = ab_issues_at(issues, i);
        assert(issue->line >= 0 && issue->byte_column >= 0);
        assert(issue->line <= (int64_t)size + 1 && issue->byte_column <= (int64_t)size + 1);
    }
    ab_book_free(whole);
    ab_book_free(parts);
    ab_issues_free(issues);
    ab_issues_free(again);
    return 0;
}
