/* Files written whole or not at all: a new file beside the old one, renamed over it when all its bytes
 * are on the disk. Devices and pipes are written to and never replaced. */
#define _GNU_SOURCE /* realpath */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "airbridge/io.h"
#include "base/buf.h"
#include "base/number.h"
#include "io/file.h"
#include "io/part.h"
#include "io/path.h"

/* ---- Devices, pipes and what is open already --------------------------------------------------- */

int ab__named_descriptor(const char *path)
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
        return ab__cannot_write(path, err);
    bool written = ab__write_all(fd, bytes, size);
    int why = errno;
    if (close(fd) != 0 && written)
        return ab__cannot_write(path, err);
    errno = why;
    return written ? AB_OK : ab__cannot_write(path, err);
}

/* ---- Files ------------------------------------------------------------------------------------ */

static ab_status replace(const char *path, const char *bytes, size_t size, ab_error *err)
{
    ab_buf part = AB_BUF_INIT, folder = AB_BUF_INIT;
    ab_status status = AB_OK;
    int fd = -1;

    ab__part_name(path, "part", &part);
    ab__path_folder(path, &folder);
    if (part.failed || folder.failed) {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was written", path);
        goto done;
    }
    ab__parts_remove(part.text);
    fd = ab__part_file(part.text);
    if (fd < 0) {
        status = errno == ENOENT
                     ? ab_fail(err, AB_IO, "%s cannot be written: there is no folder %s", path,
                               folder.text)
                     : ab__cannot_write(path, err);
        goto done;
    }
    if (ab__write_all(fd, bytes, size) && fsync(fd) == 0 && rename(part.text, path) == 0) {
        ab__folder_sync(folder.text);
    } else {
        status = ab__cannot_write(path, err);
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
    int fd = ab__named_descriptor(path);

    if (fd >= 0)
        return ab__write_all(fd, bytes, size) ? AB_OK : ab__cannot_write(path, err);
    bool there = stat(path, &info) == 0;
    if (!there && errno != ENOENT)
        return ab__cannot_write(path, err);
    if (there && S_ISDIR(info.st_mode))
        return ab_fail(err, AB_IO, "%s is a folder: name a file in it", path);
    if (there && !S_ISREG(info.st_mode))
        return write_device(path, bytes, size, err);
    if (there && access(path, W_OK) != 0)
        return ab__cannot_write(path, err);
    if (!there && lstat(path, &link) == 0)
        return ab_fail(err, AB_IO, "%s is a link to a file that is not there", path);
    if (!there)
        return replace(path, bytes, size, err);

    /* What a link leads to is replaced, not the link. */
    char *real = realpath(path, NULL);
    if (real == NULL)
        return ab__cannot_write(path, err);
    ab_status status = replace(real, bytes, size, err);
    free(real);
    return status;
}
