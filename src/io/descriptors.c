#define _GNU_SOURCE /* close_range */
#include "io/descriptors.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

/* More than any process has open; closing so many takes a tenth of a second. */
static const rlim_t MOST = 1 << 20;

static bool close_up_to_limit(int first)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur > MOST)
        return false;
    for (int fd = first; (rlim_t)fd < limit.rlim_cur; fd++)
        (void)close(fd);
    return true;
}

/* Reading the list while it shrinks may pass over some, so it is read until none is left. */
static bool close_listed(DIR *list, int first, bool *closed)
{
    *closed = false;
    rewinddir(list);
    errno = 0;
    for (const struct dirent *entry; (entry = readdir(list)) != NULL;) {
        int fd = (int)strtol(entry->d_name, NULL, 10);
        if (entry->d_name[0] != '.' && fd >= first && fd != dirfd(list)) {
            (void)close(fd); /* a failure closes it as well */
            *closed = true;
        }
    }
    return errno == 0;
}

bool ab__close_each_from(int first)
{
    DIR *list = opendir("/proc/self/fd");
    bool closed = true, listed = true;

    if (list == NULL)
        return close_up_to_limit(first);
    while (listed && closed)
        listed = close_listed(list, first, &closed);
    (void)closedir(list);
    return listed;
}

bool ab__close_from(int first)
{
    return close_range((unsigned)first, ~0U, 0) == 0 || ab__close_each_from(first);
}
