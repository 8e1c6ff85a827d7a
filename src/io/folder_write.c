/* A new folder is made beside the old one and the two names are exchanged, in one step, when all of the new
 * one is on the disk; then the old one, which now has the other name, is removed.
 *
 * NFS, CIFS and some others cannot exchange. There the old folder is renamed to .NAME.old-XXXXXX, the new one
 * into its place, and the old one to where it would be after an exchange. Killed after the first step, it
 * leaves no NAME but the old folder, whole, as .NAME.old-XXXXXX: the next writer of NAME gives it its name
 * back before anything else, and who cannot wait renames it by hand. Killed after the second, it leaves an old
 * folder that is not needed any more, which the next writer removes. */
#define _GNU_SOURCE /* renameat2 */
#include "io/folder_write.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/folder_ours.h"
#include "io/part.h"
#include "io/path.h"

typedef struct place {
    const char *named;       /* as the caller calls it, for messages */
    const ab_schema *schema; /* of the tables that may be replaced */
    ab_buf path;             /* without slashes at its end; where something is, its real name */
    ab_buf folder;           /* that it lies in */
    ab_buf part, old;        /* names beside it */
    bool there;
} place;

static ab_status no_memory(const char *path, ab_error *err)
{
    return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path);
}

/* ---- What may be replaced ---------------------------------------------------------------------- */

/* Files of the new names are what the new folder is made for. */
static bool may_go(int dir, const char *name, const ab_folder_file *files, int32_t count,
                   const ab_schema *schema)
{
    struct stat info;

    for (int32_t i = 0; i < count; i++) {
        if (strcmp(files[i].name, name) == 0)
            return fstatat(dir, name, &info, AT_SYMLINK_NOFOLLOW) != 0 ? errno == ENOENT
                                                                       : S_ISREG(info.st_mode);
    }
    return ab__folder_ours(dir, name, schema);
}

/* Looks through the folder `path` for what a new folder must not take the place of. */
static ab_status check_old(const char *path, const place *to, const ab_folder_file *files,
                           int32_t count, ab_error *err)
{
    DIR *dir = opendir(path);
    ab_buf first = AB_BUF_INIT;

    if (dir == NULL && errno == ENOENT)
        return AB_OK;
    if (dir == NULL)
        return ab_fail(err, AB_IO, "folder %s cannot be read: %s", to->named, strerror(errno));
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            may_go(dirfd(dir), name, files, count, to->schema))
            continue;
        if (first.size == 0 || strcmp(name, first.text) < 0) {
            ab__buf_clear(&first);
            ab__buf_add(&first, name);
        }
    }
    (void)closedir(dir);
    ab_status status = AB_OK;
    if (first.failed)
        status = no_memory(to->named, err);
    else if (first.size > 0)
        status =
            ab_fail(err, AB_IO,
                    "%s holds %s, which is none of the tables that are written: the folder would "
                    "be replaced as a whole, so move that away or name another folder",
                    to->named, first.text);
    ab__buf_free(&first);
    return status;
}

/* ---- Where it goes ----------------------------------------------------------------------------- */

static void give_back(void *context, const char *old)
{
    const place *to = context;
    struct stat info;

    if (lstat(to->path.text, &info) != 0 && errno == ENOENT)
        (void)rename(old, to->path.text);
    else
        ab__part_remove(old);
}

/* Is it the folder that this process works in? To be replaced, it would vanish under its user's feet. */
static bool is_current(const struct stat *info)
{
    struct stat here;

    return stat(".", &here) == 0 && here.st_dev == info->st_dev && here.st_ino == info->st_ino;
}

static ab_status look_at(place *to, ab_error *err)
{
    struct stat info;

    to->there = lstat(to->path.text, &info) == 0;
    if (!to->there)
        return errno == ENOENT ? AB_OK : ab__cannot_write(to->named, err);
    if (S_ISLNK(info.st_mode))
        return ab_fail(err, AB_IO, "%s is a link: name the folder that it leads to", to->named);
    if (!S_ISDIR(info.st_mode))
        return ab_fail(err, AB_IO, "%s is no folder: name one, or one that is not there yet",
                       to->named);
    if (access(to->path.text, W_OK) != 0)
        return ab__cannot_write(to->named, err);
    if (is_current(&info))
        return ab_fail(
            err, AB_IO,
            "%s is the folder you are in, and would be replaced as a whole: go to the one "
            "above and name it from there",
            to->named);
    char *real = realpath(to->path.text, NULL);
    if (real == NULL)
        return ab__cannot_write(to->named, err);
    ab__buf_clear(&to->path);
    ab__buf_add(&to->path, real);
    free(real);
    return to->path.failed ? no_memory(to->named, err) : AB_OK;
}

static ab_status find_place(place *to, ab_error *err)
{
    size_t size = strlen(to->named);

    while (size > 1 && to->named[size - 1] == '/')
        size--;
    ab__buf_add_n(&to->path, to->named, size);
    if (to->path.failed)
        return no_memory(to->named, err);
    if (strlen(ab__path_name(to->path.text)) > AB_PART_NAME_KEPT)
        return ab_fail(err, AB_IO, "%s cannot be written: its name is longer than %d bytes",
                       to->named, AB_PART_NAME_KEPT);
    ab__part_name(to->path.text, "old", &to->old);
    if (to->old.failed)
        return no_memory(to->named, err);
    ab__parts_left(to->old.text, give_back, to);
    ab__buf_clear(&to->old);
    ab_status status = look_at(to, err);
    if (status != AB_OK)
        return status;
    ab__path_folder(to->path.text, &to->folder);
    ab__part_name(to->path.text, "part", &to->part);
    ab__part_name(to->path.text, "old", &to->old);
    return to->folder.failed || to->part.failed || to->old.failed ? no_memory(to->named, err)
                                                                  : AB_OK;
}

/* ---- Making and exchanging --------------------------------------------------------------------- */

static bool write_file(int dir, const ab_folder_file *file)
{
    int fd = openat(dir, file->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

    if (fd < 0)
        return false;
    bool written = ab__write_all(fd, file->bytes, file->size) && fsync(fd) == 0;
    int why = errno;
    bool closed = close(fd) == 0;
    if (!written)
        errno = why;
    return written && closed;
}

static ab_status fill(int dir, const char *named, const ab_folder_file *files, int32_t count,
                      ab_error *err)
{
    for (int32_t i = 0; i < count; i++) {
        if (!write_file(dir, &files[i]))
            return ab_fail(err, AB_IO, "%s in %s cannot be written: %s", files[i].name, named,
                           strerror(errno));
    }
    /* Some file systems have nothing to sync in a folder. */
    return fsync(dir) == 0 || errno == EINVAL ? AB_OK : ab__cannot_write(named, err);
}

/* Can the file system not do what renameat2 was asked for? */
static bool is_unable(void)
{
    return errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

/* Like an exchange, in steps; one that fails takes back those before it. The old folder is locked, so that no
 * other writer gives it its name back. */
static bool exchange_by_steps(const place *to)
{
    const char *const steps[][2] = {{to->path.text, to->old.text},
                                    {to->part.text, to->path.text},
                                    {to->old.text, to->part.text}};
    enum { STEPS = sizeof steps / sizeof steps[0] };
    int fd = open(to->path.text, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int done = 0;

    if (fd < 0)
        return false;
    (void)flock(fd, LOCK_EX);
    while (done < STEPS && rename(steps[done][0], steps[done][1]) == 0)
        done++;
    bool exchanged = done == STEPS;
    int why = errno;
    while (!exchanged && done-- > 0)
        (void)rename(steps[done][1], steps[done][0]);
    (void)close(fd);
    errno = why;
    return exchanged;
}

static bool exchange(const place *to)
{
    if (renameat2(AT_FDCWD, to->part.text, AT_FDCWD, to->path.text, RENAME_EXCHANGE) == 0)
        return true;
    return is_unable() && exchange_by_steps(to);
}

static bool move_in(const place *to)
{
    if (renameat2(AT_FDCWD, to->part.text, AT_FDCWD, to->path.text, RENAME_NOREPLACE) == 0)
        return true;
    /* Without that flag, a folder still takes the place of nothing but an empty folder. */
    return is_unable() && rename(to->part.text, to->path.text) == 0;
}

/* Afterwards the part is what must be removed, whichever way it went. */
static ab_status put_in_place(place *to, const ab_folder_file *files, int32_t count, ab_error *err)
{
    if (!(to->there ? exchange(to) : move_in(to)))
        return ab__cannot_write(to->named, err);
    ab__folder_sync(to->folder.text);
    if (!to->there)
        return AB_OK;
    /* Somebody may have saved a file into the old folder since it was looked through. */
    ab_status status = check_old(to->part.text, to, files, count, err);
    if (status != AB_OK)
        (void)exchange(to);
    return status;
}

static ab_status make_and_put(place *to, const ab_folder_file *files, int32_t count, ab_error *err)
{
    ab__parts_remove(to->part.text);
    int dir = ab__part_folder(to->part.text);

    if (dir < 0 && errno == ENOENT)
        return ab_fail(err, AB_IO, "%s cannot be made: there is no folder %s", to->named,
                       to->folder.text);
    if (dir < 0)
        return ab_fail(err, AB_IO, "folder %s cannot be made: %s", to->named, strerror(errno));
    /* The old one's second name has the same letters as the new one's. */
    memcpy(to->old.text + to->old.size - AB_PART_RANDOM,
           to->part.text + to->part.size - AB_PART_RANDOM, AB_PART_RANDOM);
    ab_status status = fill(dir, to->named, files, count, err);
    if (status == AB_OK)
        status = put_in_place(to, files, count, err);
    ab__part_remove(to->part.text);
    (void)close(dir);
    return status;
}

/* Names of tables may come from a foreign file. */
static ab_status check_names(const char *named, const ab_folder_file *files, int32_t count,
                             ab_error *err)
{
    for (int32_t i = 0; i < count; i++) {
        const char *name = files[i].name;
        if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)
            return ab_fail(err, AB_IO,
                           "%s cannot be written: \"%s\" cannot be the name of a file in it", named,
                           name);
    }
    return AB_OK;
}

ab_status ab__folder_write(const char *path, const ab_folder_file *files, int32_t count,
                           const ab_schema *schema, ab_error *err)
{
    assert(path != NULL && (files != NULL || count == 0));
    place to = {path, schema, AB_BUF_INIT, AB_BUF_INIT, AB_BUF_INIT, AB_BUF_INIT, false};
    ab_status status = check_names(path, files, count, err);

    if (status == AB_OK)
        status = find_place(&to, err);
    if (status == AB_OK && to.there)
        status = check_old(to.path.text, &to, files, count, err);
    if (status == AB_OK)
        status = make_and_put(&to, files, count, err);
    ab__buf_free(&to.path);
    ab__buf_free(&to.folder);
    ab__buf_free(&to.part);
    ab__buf_free(&to.old);
    return status;
}
