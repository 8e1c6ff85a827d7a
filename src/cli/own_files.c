/* What an operation is made of must not be written over by what is made from it. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

static const char SUFFIX[] = ".csv";

static bool is_table(const char *name)
{
    size_t size = strlen(name), end = sizeof SUFFIX - 1;
    return size > end && strcmp(name + size - end, SUFFIX) == 0;
}

/* Is FOLDER/NAME the file that `output` names? Out of memory: rather yes. */
static bool is_file(const char *folder, const char *name, const char *output)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);

    if (!path)
        return true;
    (void)strcpy(path, folder);
    (void)strcat(path, "/");
    (void)strcat(path, name);
    bool same = cli_is_same(path, output);
    free(path);
    return same;
}

/* Is it a table of the folder, or would it be taken for one? */
static bool is_table_of(const char *folder, const char *output)
{
    char *beside = cli_folder_of(output); /* NULL: it is not there yet, or nothing like a file */
    const char *slash = strrchr(output, '/');
    char *into = beside ? beside : slash ? strndup(output, (size_t)(slash - output) + 1) : strdup(".");
    bool own = into && is_table(output) && cli_is_same(into, folder);
    DIR *all = own ? NULL : opendir(folder);

    for (struct dirent *entry = all ? readdir(all) : NULL; entry && !own; entry = readdir(all))
        own = is_table(entry->d_name) && is_file(folder, entry->d_name, output);
    if (all)
        (void)closedir(all);
    free(into);
    return own;
}

static const char *own_file(const char *folder, bool is_folder, const ab_settings *settings, const char *output)
{
    const char *const named[][2] = {
        {settings->wind, "the forecast"}, {settings->terrain, "the terrain"}, {settings->density, "the raster of people"}};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i][0][0] && is_file(folder, named[i][0], output))
            return named[i][1];
    return is_folder && is_table_of(folder, output) ? "a table" : NULL;
}

ab_status cli_refuse_own(const cli_given *given, const ab_settings *settings, const char *output, ab_error *err)
{
    char *folder = output ? cli_folder_of(given->argument) : NULL;
    struct stat what;
    char shown[AB_ERROR_CAP], of[AB_ERROR_CAP];

    if (!folder)
        return AB_OK;
    bool is_folder = stat(given->argument, &what) == 0 && S_ISDIR(what.st_mode);
    const char *own = own_file(folder, is_folder, settings, output);
    ab_status status = AB_OK;
    if (own)
        status = ab_fail(err, AB_USAGE, "%s is %s of %s: name another file to write to", ab_name_shown(output, shown), own,
                         ab_name_shown(given->argument, of));
    free(folder);
    return status;
}
