/* A GeoPackage as a file among others. */
#define _GNU_SOURCE /* realpath */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "io/book.h"
#include "io/gpkg_schema.h"
#include "io/path.h"

/* SQLite's database file format, section 1.3: magic and offsets. Numbers are big-endian. */
static const char MAGIC[] = "SQLite format 3";
enum {
    HEADER_SIZE = 100,
    PAGE_SIZE_AT = 16,
    WRITE_VERSION_AT = 18,
    READ_VERSION_AT = 19,
    PAGES_AT = 28
};
enum { WITHOUT_LOG = 1, WITH_LOG = 2 };

static bool lies_beside(const char *path, const char *suffix, bool empty_too)
{
    struct stat info;
    ab_buf name = AB_BUF_INIT;
    char *real = realpath(path, NULL); /* SQLite puts them beside what a link leads to */

    ab__buf_printf(&name, "%s%s", real != NULL ? real : path, suffix);
    free(real);
    bool there = !name.failed && lstat(name.text, &info) == 0 && (empty_too || info.st_size > 0);
    ab__buf_free(&name);
    return there;
}

/* SQLite would apply the log or journal of the old file to a new one of that name; and what stands only
 * in a log is not in the file that we read. An empty log still belongs to a program that may go on. */
ab_status ab__gpkg_refuse_in_use(const char *path, bool writing, ab_error *err)
{
    static const char *const suffixes[] = {"-wal", "-journal"};

    for (int i = 0; i < 2; i++) {
        if (lies_beside(path, suffixes[i], writing && i == 0))
            return ab_fail(
                err, AB_IO,
                "%s is open in another program, or one was cut off while it wrote: close "
                "it there, so that %s%s goes away",
                path, ab__path_name(path), suffixes[i]);
    }
    return AB_OK;
}

static size_t big_endian(const char *bytes, int size)
{
    size_t number = 0;

    for (int i = 0; i < size; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return number;
}

/* SQLite itself notices only when it comes to a page that is not there. */
static bool is_cut_off(const ab_buf *bytes)
{
    size_t page_size = big_endian(bytes->text + PAGE_SIZE_AT, 2);

    if (page_size == 1)
        page_size = 65536;
    return bytes->size < page_size * big_endian(bytes->text + PAGES_AT, 4);
}

bool ab__gpkg_begins(const ab_buf *bytes)
{
    return bytes->size >= HEADER_SIZE && memcmp(bytes->text, MAGIC, sizeof MAGIC) == 0;
}

ab_status ab__gpkg_prepare(const char *path, ab_buf *bytes, ab_error *err)
{
    if (is_cut_off(bytes))
        return ab_fail(err, AB_IO, "%s is damaged: its end is missing", path);
    /* A file with a log cannot be read without room for it; here all is in the file, so it needs none. */
    if (bytes->text[WRITE_VERSION_AT] == WITH_LOG && bytes->text[READ_VERSION_AT] == WITH_LOG)
        bytes->text[WRITE_VERSION_AT] = bytes->text[READ_VERSION_AT] = WITHOUT_LOG;
    return ab__gpkg_refuse_computed(path, bytes, err);
}
