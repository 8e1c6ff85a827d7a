/* Files written whole or not at all: a new file beside the old one, renamed over it when all its bytes
 * are on the disk. Devices and pipes are written to and never replaced. */
#define _GNU_SOURCE /* realpath */
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

#include "airbridge/io.h"
#include "base/buf.h"
#include "base/number.h"
#include "io/path.h"

/* What a new file is called until it is whole: ".NAME.part-XXXXXX" */
static const char PART[] = ".part-";
static const char RANDOM[] = "XXXXXX";
enum { NAME_KEPT = 200 }; /* bytes of NAME in it: names have at most 255 */

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

/* As errno says. */
static ab_status cannot_write(const char *path, ab_error *err)
{
    const char *name = strcmp(path, "-") == 0 ? "standard output" : path;

    return ab_fail(err, AB_IO, "%s cannot be written: %s", name, strerror(errno));
}

/* ---- Devices, pipes and what is open already --------------------------------------------------- */

/* The descriptor that `path` names, or -1. */
static int named_descriptor(const char *path)
{
    static const struct {
        const char *path;
        int fd;
    } known[] = {
        {"-", STDOUT_FILENO},
        {"/dev/stdout", STDOUT_FILENO},
        {"/dev/stderr", STDERR_FILENO},
    };
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    int64_t number;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(path, known[i].path) == 0)
            return known[i].fd;
    }
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        size_t size = strlen(folders[i]);
        if (strncmp(path, folders[i], size) == 0 && ab__count_parse(path + size, &number) &&
            number >= 0 && number <= INT32_MAX)
            return (int)number;
    }
    return -1;
}

static ab_status write_device(const char *path, const char *bytes, size_t size, ab_error *err)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return cannot_write(path, err);
    bool written = write_all(fd, bytes, size);
    int why = errno;
    if (close(fd) != 0 && written)
        return cannot_write(path, err);
    errno = why;
    return written ? AB_OK : cannot_write(path, err);
}

/* ---- Files ------------------------------------------------------------------------------------ */

/* The template of the new file's name beside `path`. */
static void part_name(const char *path, ab_buf *out)
{
    const char *name = ab__path_name(path);
    size_t size = strlen(name);

    ab__path_folder(path, out);
    ab__buf_add(out, "/.");
    ab__buf_add_n(out, name, size < NAME_KEPT ? size : NAME_KEPT);
    ab__buf_add(out, PART);
    ab__buf_add(out, RANDOM);
}

/* Removes what killed writers of the same file left: parts whose lock nobody holds any more. */
static void remove_leftovers(const char *template, const char *folder)
{
    const char *name = ab__path_name(template);
    size_t size = strlen(name), begin = size - strlen(RANDOM);
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (strlen(entry->d_name) != size || strncmp(entry->d_name, name, begin) != 0)
            continue;
        int fd = openat(dirfd(dir), entry->d_name,
                        O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        if (fd < 0)
            continue;
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            (void)unlinkat(dirfd(dir), entry->d_name, 0);
        (void)close(fd);
    }
    (void)closedir(dir);
}

/* Makes the new file, readable by its owner alone, and locks it for as long as it is open. -1: errno. */
static int part_open(char *template)
{
    char *random = template + strlen(template) - strlen(RANDOM);
    struct stat info;

    for (int tries = 0; tries < 10; tries++) {
        memcpy(random, RANDOM, strlen(RANDOM));
        int fd = mkstemp(template);
        if (fd < 0)
            return -1;
        (void)fcntl(fd, F_SETFD, FD_CLOEXEC);
        (void)flock(fd, LOCK_EX);
        /* Before it was locked another writer may have taken it for a leftover. */
        if (fstat(fd, &info) == 0 && info.st_nlink > 0)
            return fd;
        (void)close(fd);
    }
    errno = EAGAIN;
    return -1;
}

/* Makes the renaming last through a power cut. A file system that cannot is no failure: by now the new
 * file is in its place. */
static void folder_sync(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return;
    (void)fsync(fd);
    (void)close(fd);
}

static ab_status replace(const char *path, const char *bytes, size_t size, ab_error *err)
{
    ab_buf part = AB_BUF_INIT, folder = AB_BUF_INIT;
    ab_status status = AB_OK;
    int fd = -1;

    part_name(path, &part);
    ab__path_folder(path, &folder);
    if (part.failed || folder.failed) {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path);
        goto done;
    }
    remove_leftovers(part.text, folder.text);
    fd = part_open(part.text);
    if (fd < 0) {
        status = errno == ENOENT
                     ? ab_fail(err, AB_IO, "%s cannot be written: there is no folder %s", path,
                               folder.text)
                     : cannot_write(path, err);
        goto done;
    }
    if (write_all(fd, bytes, size) && fsync(fd) == 0 && rename(part.text, path) == 0) {
        folder_sync(folder.text);
    } else {
        status = cannot_write(path, err);
        (void)unlink(part.text);
    }
done:
    if (fd >= 0)
        (void)close(fd);
    ab__buf_free(&part);
    ab__buf_free(&folder);
    return status;
}

ab_status ab_file_write(const char *path, const void *bytes, size_t size, ab_error *err)
{
    assert(path != NULL && (bytes != NULL || size == 0));
    struct stat info, link;
    int fd = named_descriptor(path);

    if (fd >= 0)
        return write_all(fd, bytes, size) ? AB_OK : cannot_write(path, err);
    bool there = stat(path, &info) == 0;
    if (!there && errno != ENOENT)
        return cannot_write(path, err);
    if (there && S_ISDIR(info.st_mode))
        return ab_fail(err, AB_IO, "%s is a folder: name a file in it", path);
    if (there && !S_ISREG(info.st_mode))
        return write_device(path, bytes, size, err);
    if (there && access(path, W_OK) != 0)
        return cannot_write(path, err);
    if (!there && lstat(path, &link) == 0)
        return ab_fail(err, AB_IO, "%s is a link to a file that is not there", path);
    if (!there)
        return replace(path, bytes, size, err);

    /* What a link leads to is replaced, not the link. */
    char *real = realpath(path, NULL);
    if (real == NULL)
        return cannot_write(path, err);
    ab_status status = replace(real, bytes, size, err);
    free(real);
    return status;
}
