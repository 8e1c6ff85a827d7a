#include <sys/stat.h>

#include "cli/cli.h"

ab_status cli_lock(const cli_given *given, const char *path, ab_write_lock **out, ab_error *err)
{
    const char *command = given->command->name;
    ab_error held = AB_ERROR_INIT;
    ab_status status = ab_lock_take(path, command, false, out, &held);

    if (status != AB_BUSY)
        return status == AB_OK ? AB_OK : ab_fail(err, status, "%s", held.message);
    if (!cli_value(given, "wait"))
        return ab_fail(err, status, "%s; say --wait to wait for it, or name another output",
                       held.message);
    fprintf(stderr, "%s; waiting for it\n", held.message);
    return ab_lock_take(path, command, true, out, err);
}

bool cli_is_same(const char *from, const char *to)
{
    struct stat one, other;

    return stat(from, &one) == 0 && stat(to, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}
