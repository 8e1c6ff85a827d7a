/* An operation as a folder of CSV files. */
#define _GNU_SOURCE /* realpath */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "airbridge/operation.h"
#include "io/book.h"
#include "io/csv.h"
#include "io/path.h"
#include "schema/book.h"
#include "schema/issues.h"

static const char SUFFIX[] = ".csv";

static void refuse(ab_issues *issues, const char *origin, const char *expected, const char *hint)
{
    ab__issue_raise(issues, (ab_issue){.code = AB_ISSUE_UNREADABLE,
                                       .origin = origin,
                                       .expected = expected,
                                       .hint = hint});
}

/* "places" of "places.csv"; NULL for any other file, or when out of memory. */
static const char *table_of(const char *name, ab_arena *arena)
{
    size_t size = strlen(name), suffix = strlen(SUFFIX);

    if (size <= suffix || strcasecmp(name + size - suffix, SUFFIX) != 0)
        return NULL;
    return ab__arena_text_n(arena, name, size - suffix);
}

/* An open file that may be read as a table; -1: its flaw was told. `real_folder` NULL: links may lead
 * anywhere. */
static int open_table(const char *file, const char *origin, const char *real_folder,
                      ab_issues *issues)
{
    struct stat info;

    if (real_folder != NULL && lstat(file, &info) == 0 && S_ISLNK(info.st_mode) &&
        !ab__path_lies_in(file, real_folder)) {
        refuse(issues, origin, "a file of this folder, found a link that leads out of it",
               "put a copy of the file here, or say --allow-outside");
        return -1;
    }
    /* O_NONBLOCK: a pipe of this name must not keep us waiting for a writer. */
    int fd = open(file, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        refuse(issues, origin, "a file that can be read", strerror(errno));
        return -1;
    }
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        refuse(issues, origin, "a CSV file, found something that is no file", "");
        (void)close(fd);
        return -1;
    }
    return fd;
}

static ab_status read_table(const char *folder, const char *real_folder, const char *name,
                            const char *table, ab_book *book, ab_issues *issues, ab_error *err)
{
    char *file = ab__arena_printf(ab__book_arena(book), "%s/%s", folder, name);

    if (file == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", folder);
    if (ab_book_find(book, table) != NULL) {
        refuse(issues, name, "one file of each table, found a second one", "remove one of the two");
        return AB_OK;
    }
    int fd = open_table(file, name, real_folder, issues);
    if (fd < 0)
        return AB_OK;
    ab_error why = AB_ERROR_INIT;
    ab_status status = ab__csv_read_fd(fd, table, name, book, issues, &why);
    (void)close(fd);
    if (status == AB_IO) {
        refuse(issues, name, "a file that can be read", why.message);
        return AB_OK;
    }
    return status == AB_OK ? AB_OK : ab_fail(err, status, "%s", why.message);
}

ab_status ab__folder_read(const char *path, bool outside, ab_book *book, ab_issues *issues,
                          ab_error *err)
{
    ab_arena *arena = ab__book_arena(book);
    const char *const *names;
    int32_t count;
    char *real = realpath(path, NULL);

    if (real == NULL)
        return ab_fail(err, AB_IO, "folder %s cannot be read: %s", path, strerror(errno));
    ab_status status = ab__folder_list(path, arena, &names, &count, err);
    for (int32_t i = 0; status == AB_OK && i < count; i++) {
        const char *table = table_of(names[i], arena);
        if (table != NULL)
            status = read_table(path, outside ? NULL : real, names[i], table, book, issues, err);
    }
    const ab_schema *schema = ab_input_schema();
    for (int32_t t = 0; status == AB_OK && t < schema->count; t++)
        if (!ab__folder_paths(path, real, outside, &schema->tables[t], book, issues))
            status = ab_fail(err, AB_NO_MEMORY, "out of memory while folder %s was read", path);
    free(real);
    return status;
}
