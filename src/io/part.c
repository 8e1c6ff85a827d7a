#define _GNU_SOURCE /* O_NOFOLLOW, mkdtemp */
#include "io/part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/path.h"

static const char RANDOM[] = "XXXXXX";
enum { TRIES = 10 };

bool ab__write_all(int fd, const void *bytes, size_t size)
{
    const char *at = bytes;

    while (size > 0) {
        ssize_t written = write(fd, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        at += written;
        size -= (size_t)written;
    }
    return true;
}

/* What can be done about it, or "". */
static const char *advice(int why)
{
    switch (why) {
    case ENOSPC:
    case EDQUOT:
        return ": make room there, or name another place";
    case EACCES:
    case EPERM:
    case EROFS:
        return ": name a place that you may write to";
    case EIO:
        return ": the disk may be failing, so name another one";
    case EPIPE:
        return ": who should read it has ended";
    default:
        return "";
    }
}

ab_status ab__cannot_write(const char *path, ab_error *err)
{
    const char *name = strcmp(path, "-") == 0 ? "standard output" : path;
    int why = errno;

    return ab_fail(err, AB_IO, "%s cannot be written: %s%s", name, strerror(why), advice(why));
}

void ab__folder_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

void ab__name_beside(const char *path, const char *ending, ab_buf *out)
{
    const char *name = ab__path_name(path);
    size_t size = strlen(name);

    ab__path_folder(path, out);
    ab__buf_add(out, "/.");
    ab__buf_add_n(out, name, size < AB_PART_NAME_KEPT ? size : AB_PART_NAME_KEPT);
    ab__buf_add(out, ending);
}

void ab__part_name(const char *path, const char *kind, ab_buf *out)
{
    ab__name_beside(path, ".", out);
    ab__buf_printf(out, "%s-%s", kind, RANDOM);
}

/* ---- Making ----------------------------------------------------------------------------------- */

/* Locks what was just made. false: before that another writer took it for a leftover. */
static bool lock_made(int fd)
{
    struct stat info;

    (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
    (void)flock(fd, LOCK_EX);
    return fstat(fd, &info) == 0 && info.st_nlink > 0;
}

static int make_file(char *name)
{
    return mkstemp(name);
}

static int make_folder(char *name)
{
    if (mkdtemp(name) == NULL)
        return -1;
    int fd = open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        errno = EAGAIN; /* taken for a leftover, too */
    return fd;
}

static int make(char *name, int (*maker)(char *name))
{
    char *random = name + strlen(name) - AB_PART_RANDOM;

    for (int tries = 0; tries < TRIES; tries++) {
        memcpy(random, RANDOM, AB_PART_RANDOM);
        int fd = maker(name);
        if (fd >= 0 && lock_made(fd))
            return fd;
        if (fd < 0 && errno != EAGAIN)
            return -1;
        if (fd >= 0)
            (void)close(fd);
    }
    errno = EAGAIN;
    return -1;
}

int ab__part_file(char *name)
{
    return make(name, make_file);
}

int ab__part_folder(char *name)
{
    return make(name, make_folder);
}

/* ---- Removing --------------------------------------------------------------------------------- */

void ab__part_remove(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;

    if (dir == NULL) {
        if (fd >= 0)
            (void)close(fd);
        (void)unlink(path);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;)
        (void)unlinkat(fd, entry->d_name, 0);
    (void)closedir(dir);
    (void)rmdir(path);
}

static void visit(const char *folder, const char *name,
                  void (*each)(void *context, const char *path), void *context)
{
    ab_buf path = AB_BUF_INIT;

    ab__buf_printf(&path, "%s/%s", folder, name);
    if (!path.failed) {
        int fd = open(path.text, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
            each(context, path.text);
        if (fd >= 0)
            (void)close(fd);
    }
    ab__buf_free(&path);
}

void ab__parts_left(const char *part, void (*each)(void *context, const char *path), void *context)
{
    const char *name = ab__path_name(part);
    size_t size = strlen(name);
    ab_buf folder = AB_BUF_INIT;

    ab__path_folder(part, &folder);
    DIR *dir = folder.failed ? NULL : opendir(folder.text);
    if (dir != NULL) {
        for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
            if (strlen(entry->d_name) == size &&
                strncmp(entry->d_name, name, size - AB_PART_RANDOM) == 0)
                visit(folder.text, entry->d_name, each, context);
        }
        (void)closedir(dir);
    }
    ab__buf_free(&folder);
}

static void remove_left(void *context, const char *path)
{
    (void)context;
    ab__part_remove(path);
}

void ab__parts_remove(const char *part)
{
    ab__parts_left(part, remove_left, NULL);
}
