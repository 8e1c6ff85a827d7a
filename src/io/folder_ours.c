#include "io/folder_ours.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "schema/find.h"

static const char SUFFIX[] = ".csv";

static bool is_table(const ab_schema *schema, const char *name)
{
    size_t size = strlen(name), stem = size - strlen(SUFFIX);

    if (size <= strlen(SUFFIX) || strcasecmp(name + stem, SUFFIX) != 0)
        return false;
    for (int32_t t = 0; t < schema->count; t++) {
        const char *table = schema->tables[t].name;
        if (strlen(table) == stem && strncmp(name, table, stem) == 0)
            return true;
    }
    return false;
}

/* One that people have written into is theirs. */
static bool is_template_readme(int dir, const char *name)
{
    char text[4096];
    size_t size = 0, expected = strlen(ab__template_readme);
    ssize_t more = 1;

    if (strcmp(name, "README.txt") != 0)
        return false;
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT;
    while (size < sizeof text && (more = read(fd, text + size, sizeof text - size)) > 0)
        size += (size_t)more;
    (void)close(fd);
    return more == 0 && size == expected && memcmp(text, ab__template_readme, size) == 0;
}

bool ab__folder_ours(int dir, const char *name, const ab_schema *schema)
{
    struct stat info;

    if (!is_table(schema, name))
        return ab_schema_find(schema, "operation") >= 0 && is_template_readme(dir, name);
    if (fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT;
    return S_ISREG(info.st_mode);
}
