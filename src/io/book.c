/* Opens a container, whatever it is. */
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "airbridge/io.h"
#include "io/book.h"
#include "io/child.h"
#include "io/csv.h"
#include "io/fetch.h"
#include "io/name.h"
#include "io/path.h"
#include "io/read_postgres.h"
#include "io/read_workbook.h"
#include "schema/book.h"

enum { FILE_SECONDS = 120, NETWORK_SECONDS = 600 };

/* What a child reads. */
typedef struct container {
    const char *name; /* for messages */
    const char *path;
    const ab_open_options *options;
    bool result; /* its own tables are wanted, not its input */
    ab_buf bytes;
} container;

/* ---- In the child, or wherever it is called ---------------------------------------------------- */

static ab_status read_result(container *from, ab_book *book, ab_issues *issues, ab_error *err)
{
    if (ab__gpkg_begins(&from->bytes))
        return ab__gpkg_read(from->name, &from->bytes, ab_result_schema(), true, book, issues, err);
    if (ab__zip_begins(&from->bytes))
        return ab_fail(err, AB_IO, "%s is a workbook: expected a result (.gpkg)", from->name);
    return ab__refuse_foreign(from->name, &from->bytes, err);
}

/* Reads what the bytes are, whatever the name says. */
static ab_status read_bytes(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    container *from = context;
    const ab_schema *schema = ab_input_schema();

    if (from->result)
        return read_result(from, book, issues, err);
    if (ab__gpkg_begins(&from->bytes))
        return ab__gpkg_read(from->name, &from->bytes, schema, false, book, issues, err);
    if (ab__zip_begins(&from->bytes))
        return ab__workbook_read(from->name, &from->bytes, schema, book, issues, err);
    return ab__refuse_foreign(from->name, &from->bytes, err);
}

static ab_status read_address(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    container *from = context;
    ab_status status = ab__fetch(from->path, from->name, &from->bytes, err);

    return status == AB_OK ? read_bytes(from, book, issues, err) : status;
}

static ab_status read_database(void *context, ab_book *book, ab_issues *issues, ab_error *err)
{
    const ab_pg_name *name = context;

    return ab__postgres_read(name, ab_input_schema(), book, issues, err);
}

/* ---- In this process --------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat info;

    return strcmp(path, "-") != 0 && stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* The bytes of the file, if no other program is writing it. */
static ab_status load(container *from, ab_error *err)
{
    ab_status status = ab__path_read(from->path, &from->bytes, err);

    if (status == AB_OK && strcmp(from->path, "-") != 0 && ab__gpkg_begins(&from->bytes))
        status = ab__gpkg_refuse_in_use(from->path, false, err);
    return status;
}

static ab_status read_file(container *from, ab_book *book, ab_issues *issues, ab_error *err)
{
    static const ab_child_limits limits = {FILE_SECONDS, false};

    if (is_folder(from->path))
        return from->result
                   ? ab_fail(err, AB_IO, "%s is a folder: expected a result (.gpkg)", from->path)
                   : ab__folder_read(from->path, from->options->allow_outside, book, issues, err);
    ab_status status = load(from, err);
    return status == AB_OK
               ? ab__child_read(from->name, read_bytes, from, &limits, book, issues, err)
               : status;
}

static const ab_child_limits of_network = {NETWORK_SECONDS, true};

static ab_status ask_database(const container *from, ab_book *book, ab_issues *issues,
                              ab_error *err)
{
    ab_pg_name name;

    if (from->result)
        return ab_fail(err, AB_USAGE, "%s is a database: expected a result (.gpkg)", from->name);
    ab_status status = ab__pg_name(from->path, from->options, ab__book_arena(book), &name, err);
    return status == AB_OK
               ? ab__child_read(name.shown, read_database, &name, &of_network, book, issues, err)
               : status;
}

static ab_status read_named(const char *path, const ab_open_options *options, bool result,
                            ab_book *book, ab_issues *issues, ab_error *err)
{
    static const ab_open_options nothing = {.map = NULL};
    ab_buf shown = AB_BUF_INIT;
    ab_name_kind kind;

    if (options == NULL)
        options = &nothing;
    ab__name_shown(path, &shown);
    container from = {ab__buf_text(&shown), path, options, result, AB_BUF_INIT};
    ab_status status = ab__name_judge(path, options, &kind, err);
    if (status == AB_OK && kind == AB_NAME_FILE)
        status = read_file(&from, book, issues, err);
    else if (status == AB_OK && kind == AB_NAME_URL)
        status = ab__child_read(from.name, read_address, &from, &of_network, book, issues, err);
    else if (status == AB_OK)
        status = ask_database(&from, book, issues, err);
    ab__buf_free(&from.bytes);
    ab__buf_free(&shown);
    return status;
}

ab_status ab__result_book(const char *path, const ab_open_options *options, ab_book *book,
                          ab_issues *issues, ab_error *err)
{
    return read_named(path, options, true, book, issues, err);
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
    ab_book *book = ab__book_new();

    *out = NULL;
    if (book == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    ab_status status = read_named(path, options, false, book, issues, err);
    if (status == AB_OK && options != NULL && options->map != NULL)
        status = ab__map_apply(options->map, book, issues, err);
    return finish(status, book, out);
}

static ab_status read_csv(const char *path, const char *table, ab_book *book, ab_issues *issues,
                          ab_error *err)
{
    if (strcmp(path, "-") == 0)
        return ab__csv_read_fd(STDIN_FILENO, table, "standard input", book, issues, err);
    char shown[AB_ERROR_CAP];
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return ab__path_missing(path, err);
    ab_status status = fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)
                           ? ab_fail(err, AB_IO, "%s is a folder: name one CSV file in it", path)
                           : ab__csv_read_fd(fd, table, ab_name_shown(ab__path_name(path), shown),
                                             book, issues, err);
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
