/* Preloaded into a program, makes what it does to files go wrong at one point: of all calls that change a file
 * or a folder, AB_FAULT_AT is the number of the one that goes wrong, AB_FAULT_DO how: "kill" ends the process
 * before it, "ENOSPC", "EIO" and "EDQUOT" let it fail, and with AB_FAULT_ON also all that follow, but for
 * those that remove. The file AB_FAULT_HIT is made when the point is reached. AB_NO_EXCHANGE stands for a
 * file system that cannot exchange two names. */
#define _GNU_SOURCE /* RTLD_NEXT, renameat2 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void mark(void)
{
    const char *hit = getenv("AB_FAULT_HIT");

    if (hit != NULL) /* not by open, which is ours */
        (void)syscall(SYS_close, (int)syscall(SYS_openat, AT_FDCWD, hit, O_CREAT | O_WRONLY, 0600));
}

static int wanted_errno(const char *what)
{
    return strcmp(what, "ENOSPC") == 0 ? ENOSPC : strcmp(what, "EDQUOT") == 0 ? EDQUOT : EIO;
}

/* Is this call to fail? Then errno says why. */
static bool fails(bool removes)
{
    static long calls;
    const char *at = getenv("AB_FAULT_AT"), *what = getenv("AB_FAULT_DO");

    if (at == NULL || what == NULL)
        return false;
    long point = strtol(at, NULL, 10);
    bool kills = strcmp(what, "kill") == 0;
    if (removes && !kills)
        return false;
    calls++;
    if (calls < point || (calls > point && getenv("AB_FAULT_ON") == NULL))
        return false;
    mark();
    if (kills)
        (void)kill(getpid(), SIGKILL);
    errno = wanted_errno(what);
    return true;
}

/* The function of that name that this one stands before. ISO C has no other way from an object to a function. */
#define REAL(name)                                                                                 \
    __typeof__(&(name)) real;                                                                      \
    void *found = dlsym(RTLD_NEXT, #name);                                                         \
    memcpy(&real, &found, sizeof real)

static bool is_plain_file(int fd)
{
    struct stat info;

    return fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
}

ssize_t write(int fd, const void *bytes, size_t size)
{
    REAL(write);
    return is_plain_file(fd) && fails(false) ? -1 : real(fd, bytes, size);
}

int fsync(int fd)
{
    REAL(fsync);
    return fails(false) ? -1 : real(fd);
}

int ftruncate(int fd, off_t size)
{
    REAL(ftruncate);
    return fails(false) ? -1 : real(fd, size);
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    return fails(false) ? -1 : real(from, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
    REAL(renameat2);
    if (flags != 0 && getenv("AB_NO_EXCHANGE") != NULL) {
        errno = EINVAL;
        return -1;
    }
    return fails(false) ? -1 : real(from_dir, from, to_dir, to, flags);
}

/* The mode is there only when a file may be made. */
#define MODE_OF(flags, mode)                                                                       \
    do {                                                                                           \
        if (((flags)&O_CREAT) != 0) {                                                              \
            va_list more;                                                                          \
            va_start(more, flags);                                                                 \
            (mode) = va_arg(more, mode_t);                                                         \
            va_end(more);                                                                          \
        }                                                                                          \
    } while (0)

int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    REAL(open);
    MODE_OF(flags, mode);
    return (flags & O_CREAT) != 0 && fails(false) ? -1 : real(path, flags, mode);
}

int openat(int dir, const char *path, int flags, ...)
{
    mode_t mode = 0;
    REAL(openat);
    MODE_OF(flags, mode);
    return (flags & O_CREAT) != 0 && fails(false) ? -1 : real(dir, path, flags, mode);
}

int mkstemp(char *name)
{
    REAL(mkstemp);
    return fails(false) ? -1 : real(name);
}

char *mkdtemp(char *name)
{
    REAL(mkdtemp);
    return fails(false) ? NULL : real(name);
}

int unlink(const char *path)
{
    REAL(unlink);
    return fails(true) ? -1 : real(path);
}

int unlinkat(int dir, const char *path, int flags)
{
    REAL(unlinkat);
    return fails(true) ? -1 : real(dir, path, flags);
}

int rmdir(const char *path)
{
    REAL(rmdir);
    return fails(true) ? -1 : real(path);
}
