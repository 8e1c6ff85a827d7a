/* Books made by hand, for the tests of those who write them. */
#ifndef TESTS_IO_BOOK_SUPPORT_H
#define TESTS_IO_BOOK_SUPPORT_H

#include "io/support.h"

#include "airbridge/io.h"
#include "io/csv.h"
#include "schema/book.h"

/* A sheet from CSV text, which must be without a flaw. */
static inline void add_csv(ab_book *book, const char *table, const char *csv)
{
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(ab__csv_read_bytes(csv, strlen(csv), table, table, book, issues, &err), AB_OK);
    assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW), 0);
    ab_issues_free(issues);
}

static inline ab_book *book_of(const char *table, const char *csv)
{
    ab_book *book = ab__book_new();

    assert_non_null(book);
    add_csv(book, table, csv);
    return book;
}

/* The whole file as a text, freed by the caller. */
static inline char *text_of(const char *folder, const char *name)
{
    char *path = path_in(folder, name);
    FILE *file = fopen(path, "rb");
    ab_buf text = AB_BUF_INIT;
    char chunk[4096];
    size_t size;

    assert_non_null(file);
    while ((size = fread(chunk, 1, sizeof chunk, file)) > 0)
        ab__buf_add_n(&text, chunk, size);
    (void)fclose(file);
    free(path);
    ab__buf_add(&text, "");
    assert_non_null(text.text);
    return text.text;
}

/* Writes the book to FOLDER/NAME and expects `status`; the first issue as text goes to `issue`, if it is not
 * NULL, and the message to `err`. */
static inline void write_expecting(ab_status status, const ab_book *book, const char *folder,
                                   const char *name, char issue[512], ab_error *err)
{
    ab_issues *issues = ab_issues_new(0);
    char *path = path_in(folder, name);
    ab_status got = ab_book_write(path, book, ab_input_schema(), NULL, issues, err);

    if (got != status)
        print_error("%s: %s\n", name, err->message);
    assert_int_equal(got, status);
    if (issue != NULL) {
        assert_true(ab_issues_count(issues) > 0);
        (void)ab_issue_format(ab_issues_at(issues, 0), issue, 512);
    }
    ab_issues_free(issues);
    free(path);
}

#endif
