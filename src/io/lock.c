/* Locks beside results. A lock is the flock(2) on the file and not the file itself, so that the end of its
 * holder, whatever it is, ends the lock; the file is removed by its holder alone, who then has no lock on
 * anything that others could find. */
#define _GNU_SOURCE /* realpath, O_NOFOLLOW, gethostname */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "airbridge/io.h"
#include "airbridge/time.h"
#include "base/buf.h"
#include "io/file.h"
#include "io/part.h"
#include "io/path.h"

enum { HOLDER_CAP = 200, HOST_CAP = 65 };

struct ab_write_lock {
    int fd;
    ab_buf file; /* the lock's own name */
};

static ab_status no_memory(const char *path, ab_error *err)
{
    return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was locked", path);
}

/* Can many write to it at once, or does it look after itself? */
static bool needs_none(const char *path)
{
    struct stat info;

    if (ab__named_descriptor(path) >= 0 || strstr(path, "://") != NULL)
        return true;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

/* Adds the lock's name: it lies beside what is written in fact, so that it is one for all ways there. */
static void add_name(const char *path, ab_buf *out)
{
    size_t size = strlen(path);
    char *real = realpath(path, NULL);
    ab_buf bare = AB_BUF_INIT;

    while (size > 1 && path[size - 1] == '/')
        size--;
    ab__buf_add_n(&bare, path, size);
    ab__name_beside(real != NULL ? real : ab__buf_text(&bare), ".lock", out);
    out->failed = out->failed || bare.failed;
    ab__buf_free(&bare);
    free(real);
}

/* ---- Who holds it ------------------------------------------------------------------------------ */

static bool write_holder(int fd, const char *command)
{
    char since[AB_TIME_TEXT_CAP], host[HOST_CAP] = "this machine";
    ab_buf text = AB_BUF_INIT;

    if (gethostname(host, sizeof host - 1) != 0)
        (void)strcpy(host, "this machine");
    host[sizeof host - 1] = '\0';
    (void)ab_time_format((ab_time)time(NULL), since);
    ab__buf_printf(&text, "process %ld on %s since %s (airbridge %s)\n", (long)getpid(), host,
                   since, command);
    bool written = !text.failed && ftruncate(fd, 0) == 0 && ab__write_all(fd, text.text, text.size);
    ab__buf_free(&text);
    return written;
}

/* Anybody may have written the file: one line of plain letters of it is shown. */
static void read_holder(int fd, char out[HOLDER_CAP])
{
    ssize_t size = pread(fd, out, HOLDER_CAP - 1, 0);
    ssize_t end = 0;

    while (end < size && out[end] >= ' ' && out[end] <= '~')
        end++;
    out[end] = '\0';
    if (end == 0)
        (void)strcpy(out, "another process");
}

/* ---- Taking and giving back ------------------------------------------------------------------- */

/* Is the open file still the one of that name? */
static bool is_there(int fd, const char *name)
{
    struct stat held, named;

    return fstat(fd, &held) == 0 && lstat(name, &named) == 0 && held.st_dev == named.st_dev &&
           held.st_ino == named.st_ino;
}

static ab_status cannot_lock(const char *path, const char *name, ab_error *err)
{
    ab_buf folder = AB_BUF_INIT;
    int why = errno;
    ab_status status;

    ab__path_folder(name, &folder);
    if (why == ENOENT)
        status = ab_fail(err, AB_IO, "%s cannot be written: there is no folder %s", path,
                         ab__buf_text(&folder));
    else if (why == EACCES || why == EROFS || why == ENOSPC || why == EDQUOT)
        status = ab_fail(err, AB_IO, "%s cannot be written: folder %s takes no new file: %s", path,
                         ab__buf_text(&folder), strerror(why));
    else
        status = ab_fail(err, AB_IO, "%s cannot be written: its lock %s cannot be taken: %s", path,
                         name, strerror(why));
    ab__buf_free(&folder);
    return status;
}

static ab_status busy(const char *path, int fd, ab_error *err)
{
    char holder[HOLDER_CAP];

    read_holder(fd, holder);
    return ab_fail(err, AB_BUSY, "%s is being written by %s", path, holder);
}

static int open_lock(const char *name)
{
    struct stat info;
    int fd = open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, 0600);

    if (fd >= 0 && (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))) {
        (void)close(fd);
        errno = EEXIST;
        return -1;
    }
    return fd;
}

/* Between opening and locking, the holder before may have removed the file: then once more. */
static ab_status take(ab_write_lock *lock, const char *path, bool wait, ab_error *err)
{
    const char *name = lock->file.text;

    for (;;) {
        int fd = open_lock(name);
        if (fd < 0)
            return cannot_lock(path, name, err);
        bool locked = flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) == 0;
        int why = errno;
        bool current = is_there(fd, name);
        if (locked && current) {
            lock->fd = fd;
            return AB_OK;
        }
        ab_status status = AB_OK;
        errno = why;
        if (!locked && why == EINTR)
            status = ab_fail(err, AB_INTERRUPTED, "stopped while waiting to write %s", path);
        else if (!locked && why != EWOULDBLOCK)
            status = cannot_lock(path, name, err);
        else if (current)
            status = busy(path, fd, err);
        (void)close(fd);
        if (status != AB_OK)
            return status;
    }
}

ab_status ab_lock_take(const char *path, const char *command, bool wait, ab_write_lock **out,
                       ab_error *err)
{
    assert(path != NULL && command != NULL && out != NULL);
    *out = NULL;
    if (needs_none(path))
        return AB_OK;
    ab_write_lock *lock = calloc(1, sizeof *lock);
    if (lock == NULL)
        return no_memory(path, err);
    lock->fd = -1;
    add_name(path, &lock->file);
    ab_status status = lock->file.failed ? no_memory(path, err) : take(lock, path, wait, err);
    if (status == AB_OK && !write_holder(lock->fd, command))
        status = cannot_lock(path, lock->file.text, err);
    if (status != AB_OK) {
        ab_lock_free(lock);
        return status;
    }
    *out = lock;
    return AB_OK;
}

void ab_lock_free(ab_write_lock *lock)
{
    if (lock == NULL)
        return;
    if (lock->fd >= 0) {
        if (is_there(lock->fd, lock->file.text))
            (void)unlink(lock->file.text);
        (void)flock(lock->fd, LOCK_UN); /* closing alone would not, while a child has it open */
        (void)close(lock->fd);
    }
    ab__buf_free(&lock->file);
    free(lock);
}
