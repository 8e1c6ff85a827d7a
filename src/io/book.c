/* Opens a container, whatever it is. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "airbridge/io.h"
#include "io/book.h"
#include "io/csv.h"
#include "io/path.h"
#include "io/read_workbook.h"
#include "schema/book.h"

/* Reads what the bytes are, in this process. */
static ab_status read_bytes(const char *name, ab_buf *bytes, ab_book *book, ab_issues *issues,
                            ab_error *err)
{
    const ab_schema *schema = ab_input_schema();

    if (ab__gpkg_begins(bytes))
        return ab__gpkg_read(name, bytes, schema, false, book, issues, err);
    if (ab__zip_begins(bytes))
        return ab__workbook_read(name, bytes, schema, book, issues, err);
    return ab__refuse_foreign(name, bytes, err);
}

static const char *shown_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* The bytes of the file, if no other program is writing it. */
static ab_status load(const char *path, ab_buf *bytes, ab_error *err)
{
    ab_status status = ab__path_read(path, bytes, err);

    if (status == AB_OK && strcmp(path, "-") != 0 && ab__gpkg_begins(bytes))
        status = ab__gpkg_refuse_in_use(path, false, err);
    return status;
}

static ab_status read_into(const char *path, const ab_open_options *options, ab_book *book,
                           ab_issues *issues, ab_error *err)
{
    struct stat info;
    ab_buf bytes = AB_BUF_INIT;
    bool piped = strcmp(path, "-") == 0;

    if (!piped && stat(path, &info) != 0)
        return ab__path_missing(path, err);
    if (!piped && S_ISDIR(info.st_mode))
        return ab__folder_read(path, options->allow_outside, book, issues, err);
    ab_status status = load(path, &bytes, err);
    if (status == AB_OK)
        status = read_bytes(shown_name(path), &bytes, book, issues, err);
    ab__buf_free(&bytes);
    return status;
}

ab_status ab__result_book(const char *path, ab_book *book, ab_issues *issues, ab_error *err)
{
    struct stat info;
    ab_buf bytes = AB_BUF_INIT;

    if (strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return ab_fail(err, AB_IO, "%s is a folder: expected a result (.gpkg)", path);
    ab_status status = load(path, &bytes, err);
    if (status == AB_OK && !ab__gpkg_begins(&bytes))
        status = bytes.size == 0 || !ab__zip_begins(&bytes)
                     ? ab__refuse_foreign(shown_name(path), &bytes, err)
                     : ab_fail(err, AB_IO, "%s is no result (.gpkg)", path);
    if (status == AB_OK)
        status =
            ab__gpkg_read(shown_name(path), &bytes, ab_result_schema(), true, book, issues, err);
    ab__buf_free(&bytes);
    return status;
}

static ab_status finish(ab_status status, ab_book *book, ab_book **out)
{
    *out = status == AB_OK ? book : NULL;
    if (status != AB_OK)
        ab_book_free(book);
    return status;
}

ab_status ab_book_read(const char *path, const ab_open_options *options, ab_book **out,
                       ab_issues *issues, ab_error *err)
{
    static const ab_open_options nothing = {false, false};
    ab_book *book = ab__book_new();

    *out = NULL;
    if (book == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    return finish(read_into(path, options != NULL ? options : &nothing, book, issues, err), book,
                  out);
}

static ab_status read_csv(const char *path, const char *table, ab_book *book, ab_issues *issues,
                          ab_error *err)
{
    if (strcmp(path, "-") == 0)
        return ab__csv_read_fd(STDIN_FILENO, table, "standard input", book, issues, err);
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return ab__path_missing(path, err);
    ab_status status = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)
                           ? ab_fail(err, AB_IO, "%s is a folder: name one CSV file in it", path)
                           : ab__csv_read_fd(fd, table, ab__path_name(path), book, issues, err);
    (void)close(fd);
    return status;
}

ab_status ab_book_read_csv(const char *path, const char *table, ab_book **out, ab_issues *issues,
                           ab_error *err)
{
    ab_book *book = ab__book_new();

    *out = NULL;
    if (book == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    return finish(read_csv(path, table, book, issues, err), book, out);
}
