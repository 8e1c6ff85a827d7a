/* Tables whose flaws are repaired where that is certain. The input is a crude book (crude.h). What was repaired
 * has no certain repair any more, no cell but those that are told changes, and the book itself stays. */
#include "airbridge/operation.h"
#include "crude.h"
#include "sheets.h"

static ab_issues *check(const ab_book *book)
{
    ab_issues *issues = ab_issues_new(0);
    ab_operation *op = NULL;

    must(issues != NULL, "there is memory");
    (void)ab_operation_read(book, &op, issues, NULL);
    ab_operation_free(op);
    return issues;
}

/* NULL: not all of the book could be read, so that there is no copy. */
static ab_book *fix(const ab_book *book, ab_issues *issues, ab_changes *changes)
{
    ab_book *fixed = NULL;
    ab_error err = AB_ERROR_INIT;
    ab_status status = ab_book_fix(book, ab_input_schema(), issues, &fixed, changes, &err);

    must(status == AB_OK || status == AB_FLAWED, "it is repaired, or refused");
    must((status == AB_OK) == (fixed != NULL), "a copy or none");
    return fixed;
}

/* As many cells differ as were told to change, at most: a cell may be changed and changed back. */
static void check_only_told(const ab_book *before, const ab_book *after, const ab_changes *changes)
{
    int64_t differ = 0;

    must(ab_book_count(before) == ab_book_count(after), "every sheet is there");
    for (int32_t s = 0; s < ab_book_count(before); s++) {
        const ab_sheet *a = ab_book_at(before, s), *b = ab_book_at(after, s);
        must(a->row_count == b->row_count && a->column_count == b->column_count,
             "every row and column is there");
        for (int64_t i = 0; i < a->row_count * a->column_count; i++)
            differ += strcmp(a->cells[i], b->cells[i]) != 0;
    }
    must(differ <= changes->count, "what changes is told");
    must((differ == 0) == (changes->count == 0), "what is told changes");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ab_changes changes = {0, NULL}, more = {0, NULL};
    char *text = text_of(data, size);

    if (is_utf8(text) && strlen(text) == size) {
        ab_book *book = read_crude(data, size);
        ab_issues *issues = check(book);
        ab_book *once = fix(book, issues, &changes);
        if (once != NULL) {
            check_only_told(book, once, &changes);
            ab_issues *left = check(once);
            check_book(once, left);
            ab_book *twice = fix(once, left, &more);
            must(twice != NULL && more.count == 0, "what was repaired needs no repair");
            ab_book_free(twice);
            ab_issues_free(left);
        }
        ab_book_free(once);
        ab_issues_free(issues);
        ab_book_free(book);
    }
    free(text);
    return 0;
}
