/* Names of what is written beside an operation. */
#define _GNU_SOURCE /* realpath */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

/* Is its last part no name, so that nothing can be put behind it? */
static bool is_nameless(const char *path)
{
    size_t size = strlen(path);

    while (size > 0 && path[size - 1] == '/')
        size--;
    return size == 0 || (path[size - 1] == '.' && (size == 1 || path[size - 2] == '/')) ||
           (size >= 2 && path[size - 1] == '.' && path[size - 2] == '.' &&
            (size == 2 || path[size - 3] == '/'));
}

/* How much of the name is the operation's: not the slash behind a folder, nor the ending of a file. */
static size_t name_size(const char *operation)
{
    static const char *const ENDINGS[] = {".plan.gpkg", ".ration.gpkg", ".gpkg", ".xlsx", ".ods"};
    size_t size = strlen(operation);

    while (size > 1 && operation[size - 1] == '/')
        size--;
    for (size_t i = 0; i < sizeof ENDINGS / sizeof ENDINGS[0]; i++) {
        size_t ending = strlen(ENDINGS[i]);
        if (size > ending && operation[size - ending - 1] != '/' &&
            strncmp(operation + size - ending, ENDINGS[i], ending) == 0)
            return size - ending;
    }
    return size;
}

/* NULL: out of memory. */
static char *beside(const char *operation, const char *ending)
{
    size_t size = name_size(operation), more = strlen(ending) + 1;
    char *path = malloc(size + more);

    if (!path)
        return NULL;
    memcpy(path, operation, size);
    memcpy(path + size, ending, more);
    return path;
}

ab_status cli_beside(const char *operation, const char *ending, char **out, ab_error *err)
{
    char *real = is_nameless(operation) ? realpath(operation, NULL) : NULL;

    if (strstr(operation, "://"))
        return ab_fail(err, AB_USAGE,
                       "nothing can lie beside a database: say where to write with -o FILE");
    if (is_nameless(operation) && (!real || is_nameless(real))) {
        free(real);
        return ab_fail(err, AB_USAGE, "%s has no name to call a file by: say where with -o FILE",
                       operation);
    }
    *out = beside(real ? real : operation, ending);
    free(real);
    return *out ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory");
}

char *cli_folder_of(const char *operation)
{
    struct stat what;

    if (strcmp(operation, "-") == 0 || strstr(operation, "://") || stat(operation, &what) != 0)
        return NULL;
    if (S_ISDIR(what.st_mode))
        return strdup(operation);
    const char *slash = strrchr(operation, '/');
    return slash == operation ? strdup("/") : slash ? strndup(operation, (size_t)(slash - operation)) : strdup(".");
}
