/* Opens a container, whatever it is. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "airbridge/io.h"
#include "io/book.h"
#include "io/csv.h"
#include "io/path.h"
#include "schema/book.h"

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
    ab_status status = ab__gpkg_load(path, &bytes, err);
    if (status == AB_OK)
        status = ab__gpkg_read_input(path, &bytes, book, issues, err);
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
    return finish(read_into(path, options != NULL ? options : &nothing, book, issues, err), book, out);
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
