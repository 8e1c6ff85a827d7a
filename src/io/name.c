#include "io/name.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

static bool begins(const char *text, const char *with)
{
    return strncasecmp(text, with, strlen(with)) == 0;
}

void ab__name_shown(const char *path, ab_buf *out)
{
    char shown[AB_ERROR_CAP];

    ab__buf_add(out, strcmp(path, "-") == 0 ? "standard input" : ab_name_shown(path, shown));
}

/* A word and a colon, as GDAL's names of drivers begin: "XLSX:", "PG:". */
static bool has_prefix(const char *path)
{
    size_t size = strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return size > 0 && path[size] == ':';
}

static ab_status refuse(const char *path, const char *why, ab_error *err)
{
    ab_buf shown = AB_BUF_INIT;

    ab__name_shown(path, &shown);
    ab_status status = ab_fail(err, AB_USAGE, "%s %s", ab__buf_text(&shown), why);
    ab__buf_free(&shown);
    return status;
}

ab_status ab__name_judge(const char *path, const ab_open_options *options, ab_name_kind *out,
                         ab_error *err)
{
    struct stat info;

    *out = AB_NAME_FILE;
    if (begins(path, "postgresql://") || begins(path, "postgres://")) {
        *out = AB_NAME_DATABASE;
        return AB_OK;
    }
    if (begins(path, "http://") || begins(path, "https://")) {
        *out = AB_NAME_URL;
        return options->allow_network
                   ? AB_OK
                   : refuse(path,
                            "lies on a server: fetch it first and name the file, or say "
                            "--allow-network",
                            err);
    }
    if (begins(path, "/vsi"))
        return refuse(path,
                      "names something within an archive, a server or a program's memory: "
                      "take it out first, and name the file",
                      err);
    if (strstr(path, "://") != NULL)
        return refuse(path,
                      "is an address that nothing here opens: fetch it first, then name the "
                      "file (addresses of databases begin with postgresql://)",
                      err);
    if (has_prefix(path) && stat(path, &info) != 0)
        return refuse(path,
                      "is no file, but may tell another program how to open one: name the "
                      "file alone (of a database: postgresql://HOST/DATABASE)",
                      err);
    return AB_OK;
}
