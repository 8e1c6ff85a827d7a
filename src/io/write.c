/* Writes a book into whatever its container's name says. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "io/path.h"
#include "io/name.h"
#include "io/pg_name.h"
#include "io/write.h"

static const struct {
    const char *ending;
    ab_out_writer *write;
} files[] = {
    {".xlsx", ab__write_xlsx},
    {".ods", ab__write_ods},
    {".gpkg", ab__write_gpkg},
};

/* From the last '.' of the last part of the name; "" where it has none, or begins with it. */
static const char *ending_of(const char *path)
{
    const char *name = ab__path_name(path);
    const char *dot = strrchr(name, '.');

    return dot != NULL && dot != name ? dot : "";
}

static bool names_folder(const char *path)
{
    struct stat info;
    size_t size = strlen(path);

    if (size > 0 && path[size - 1] == '/')
        return true;
    if (stat(path, &info) == 0)
        return S_ISDIR(info.st_mode);
    return ending_of(path)[0] == '\0' && strcmp(path, "-") != 0;
}

/* NULL: `path` names nothing that can be written (told). */
static ab_out_writer *writer_for(const char *path, ab_error *err)
{
    const char *ending = ending_of(path);

    if (ab__pg_is_name(path))
        return ab__write_postgres;
    if (strstr(path, "://") != NULL || strncmp(path, "/vsi", 4) == 0) {
        ab_buf shown = AB_BUF_INIT;
        ab__name_shown(path, &shown);
        (void)ab_fail(err, AB_USAGE, "%s is no container on this machine", ab__buf_text(&shown));
        ab__buf_free(&shown);
        return NULL;
    }
    if (names_folder(path))
        return ab__write_folder;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (strcasecmp(ending, files[i].ending) == 0)
            return files[i].write;
    }
    (void)ab_fail(err, AB_USAGE,
                  "%s: tables are written to .xlsx, .ods, .gpkg or a folder of CSV files; "
                  "for a folder of this name write %s/",
                  path, path);
    return NULL;
}

ab_status ab__write_judge(const ab_outgoing *out, int64_t before, const char *path, ab_error *err)
{
    if (ab_issues_of(out->issues, AB_ERROR_FLAW) == before)
        return AB_OK;
    return ab_fail(err, AB_FLAWED, "%s cannot hold these tables; nothing was written", path);
}

ab_status ab_book_write(const char *path, const ab_book *book, const ab_schema *schema,
                        const ab_open_options *options, ab_issues *issues, ab_error *err)
{
    static const ab_open_options nothing = {.map = NULL};
    ab_out_writer *write = writer_for(path, err);
    ab_outgoing out;

    if (write == NULL)
        return AB_USAGE;
    ab_arena *arena = ab__arena_new();
    if (arena == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path);
    ab_status status = ab__outgoing_make(book, schema, arena, issues, &out, err);
    if (status == AB_OK)
        status = write(&out, path, options != NULL ? options : &nothing, err);
    ab__arena_free(arena);
    return status;
}
