/* The key of pseudonyms, as a CSV file. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "airbridge/io.h"
#include "base/buf.h"
#include "io/csv_write.h"

static ab_status keep_rows(const char *path, const ab_sheet *sheet, ab_pseudonyms *key, ab_error *err)
{
    ab_status status = AB_OK;
    ab_error why = AB_ERROR_INIT;

    if (sheet->column_count != 2 || strcmp(sheet->header[0], "pseudonym") != 0 || strcmp(sheet->header[1], "name") != 0)
        return ab_fail(err, AB_FLAWED, "%s is no key: its columns are not pseudonym and name", path);
    for (int64_t r = 0; status == AB_OK && r < sheet->row_count; r++) {
        status = ab_pseudonym_keep(key, sheet->cells[2 * r], sheet->cells[2 * r + 1], &why);
        if (status != AB_OK)
            ab_fail(err, status, "%s, line %d: %s", path, (int)sheet->line[r], why.message);
    }
    return status;
}

ab_status ab_pseudonyms_read(const char *path, ab_pseudonyms *key, ab_error *err)
{
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = NULL;

    if (issues == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab_status status = ab_book_read_csv(path, "key", &book, issues, err);
    if (status == AB_OK && (ab_issues_of(issues, AB_ERROR_FLAW) > 0 || ab_book_count(book) != 1))
        status = ab_fail(err, AB_FLAWED, "%s is no key: it is no CSV table with the columns pseudonym and name", path);
    if (status == AB_OK)
        status = keep_rows(path, ab_book_at(book, 0), key, err);
    ab_book_free(book);
    ab_issues_free(issues);
    return status;
}

/* A key that was there may have been opened to others. */
static ab_status close_to_others(const char *path, ab_error *err)
{
    if (chmod(path, S_IRUSR | S_IWUSR) == 0)
        return AB_OK;
    return ab_fail(err, AB_IO, "%s cannot be closed to others: %s", path, strerror(errno));
}

ab_status ab_pseudonyms_write(const char *path, const ab_pseudonyms *key, ab_error *err)
{
    ab_buf csv = AB_BUF_INIT;

    ab__buf_add(&csv, "pseudonym,name\n");
    for (int32_t i = 0; i < ab_pseudonyms_count(key); i++) {
        const char *name, *pseudonym = ab_pseudonym_at(key, i, &name);
        ab__buf_printf(&csv, "%s,", pseudonym);
        ab__csv_add_cell(&csv, name);
        ab__buf_char(&csv, '\n');
    }
    ab_status status = csv.failed ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path)
                                  : ab_file_write(path, csv.text, csv.size, err);
    ab__buf_free(&csv);
    return status == AB_OK ? close_to_others(path, err) : status;
}
