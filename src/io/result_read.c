/* A result, read back as typed rows. */
#include <string.h>

#include "airbridge/io.h"
#include "airbridge/operation.h"
#include "base/arena.h"
#include "io/book.h"
#include "schema/book.h"
#include "schema/convert.h"

static const char PROVENANCE[] = "provenance";

/* Fails with the first error among the issues, if there is one. */
static ab_status refuse_flawed(const char *path, ab_issues *issues, ab_error *err)
{
    char words[AB_ERROR_CAP / 2]; /* cut at a character's border */

    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        if (ab_issues_at(issues, i)->severity != AB_ERROR_FLAW)
            continue;
        (void)ab_issue_format(ab_issues_at(issues, i), words, sizeof words);
        return ab_fail(err, AB_FLAWED, "%s was changed, or made by another version: %s", path,
                       words);
    }
    return AB_OK;
}

static ab_status read_result(const char *path, const ab_open_options *options, ab_book *book,
                             ab_issues *issues, ab_result_rows *out, ab_error *err)
{
    const ab_schema *schema = ab_result_schema();
    ab_rows *rows = AB_NEW(out->arena, ab_rows, schema->count);

    if (rows == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    ab_status status = ab__result_book(path, options, book, issues, err);
    if (status == AB_OK && ab_book_find(book, PROVENANCE) == NULL)
        status = ab_fail(err, AB_IO,
                         "%s is a GeoPackage, but no result of airbridge: it has no table %s", path,
                         PROVENANCE);
    if (status == AB_OK)
        status = ab__data_read(schema, book, out->arena, rows, issues, err);
    if (status == AB_OK)
        status = refuse_flawed(path, issues, err);
    out->data = (ab_data){schema, rows};
    return status;
}

ab_status ab_result_read(const char *path, const ab_open_options *options, ab_result_rows *out,
                         ab_error *err)
{
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = ab__book_new();
    ab_status status = AB_NO_MEMORY;

    *out = (ab_result_rows){.arena = ab__arena_new()};
    if (issues == NULL || book == NULL || out->arena == NULL)
        (void)ab_fail(err, status, "out of memory while %s was read", path);
    else
        status = read_result(path, options, book, issues, out, err);
    ab_book_free(book);
    ab_issues_free(issues);
    if (status != AB_OK)
        ab_result_rows_free(out);
    return status;
}

void ab_result_rows_free(ab_result_rows *rows)
{
    ab__arena_free(rows->arena);
    *rows = (ab_result_rows){.arena = NULL};
}
