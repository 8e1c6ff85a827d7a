#define _GNU_SOURCE /* realpath */
#include "io/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"
#include "schema/nearest.h"

/* A result in memory: the largest is far below. */
static const size_t LARGEST = (size_t)1 << 30;
enum { CHUNK = 1 << 16, LISTED = 5 };

const char *ab__path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

void ab__path_folder(const char *path, ab_buf *out)
{
    const char *name = ab__path_name(path);

    if (name == path)
        ab__buf_add(out, ".");
    else if (name == path + 1)
        ab__buf_add(out, "/");
    else
        ab__buf_add_n(out, path, (size_t)(name - path) - 1);
}

bool ab__path_lies_in(const char *file, const char *real_folder)
{
    char *real = realpath(file, NULL);
    size_t size = strlen(real_folder);
    /* The root's own name ends with the slash that others are followed by. */
    size_t slash = size > 0 && real_folder[size - 1] == '/' ? size - 1 : size;
    bool inside = real != NULL && strncmp(real, real_folder, slash) == 0 && real[slash] == '/';

    free(real);
    return inside;
}

static int by_bytes(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

ab_status ab__folder_list(const char *folder, ab_arena *arena, const char *const **names,
                          int32_t *count, ab_error *err)
{
    AB_VEC(const char *) found = {0};
    ab_status status = AB_OK;
    DIR *dir = opendir(folder);

    if (dir == NULL)
        return ab_fail(err, AB_IO, "folder %s cannot be read: %s", folder, strerror(errno));
    while (status == AB_OK) {
        errno = 0; /* the end and a failure look alike but for this */
        const struct dirent *entry = readdir(dir);
        if (entry == NULL && errno != 0)
            status = ab_fail(err, AB_IO, "folder %s cannot be read: %s", folder, strerror(errno));
        if (entry == NULL)
            break;
        if (entry->d_name[0] == '.')
            continue;
        const char **name = AB_PUSH(&found);
        if (name == NULL || (*name = ab__arena_text(arena, entry->d_name)) == NULL)
            status = ab_fail(err, AB_NO_MEMORY, "out of memory while folder %s was read", folder);
    }
    (void)closedir(dir);
    const char **kept = AB_NEW(arena, const char *, found.count);
    if (status == AB_OK && kept == NULL)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while folder %s was read", folder);
    if (status == AB_OK && found.count > 0) {
        memcpy(kept, found.at, (size_t)found.count * sizeof *kept);
        qsort(kept, (size_t)found.count, sizeof *kept, by_bytes);
    }
    *names = kept;
    *count = found.count;
    AB_VEC_FREE(&found);
    return status;
}

/* Adds the name in `folder` that is like `wanted`, or else what there is. */
static void add_what_there_is(const char *folder, const char *wanted, ab_buf *out)
{
    ab_arena *arena = ab__arena_new();
    const char *const *names;
    int32_t count = 0;

    if (arena == NULL || ab__folder_list(folder, arena, &names, &count, NULL) != AB_OK)
        count = 0;
    ab_nearest nearest = ab__nearest_to(wanted);
    for (int32_t i = 0; i < count; i++)
        ab__nearest_try(&nearest, names[i]);
    if (nearest.best != NULL) {
        ab__nearest_hint(&nearest, out);
    } else if (count > 0) {
        ab__buf_printf(out, "%s has", folder);
        for (int32_t i = 0; i < count && i < LISTED; i++)
            ab__buf_printf(out, "%s %s", i == 0 ? "" : ",", names[i]);
        ab__buf_add(out, count > LISTED ? " and more" : "");
    } else {
        ab__buf_printf(out, "%s is empty", folder);
    }
    ab__arena_free(arena);
}

ab_status ab__path_missing(const char *path, ab_error *err)
{
    int why = errno;
    ab_buf folder = AB_BUF_INIT, words = AB_BUF_INIT;
    struct stat info;

    if (why != ENOENT && why != ENOTDIR)
        return ab_fail(err, AB_IO, "%s cannot be opened: %s", path, strerror(why));

    ab__path_folder(path, &folder);
    if (stat(ab__buf_text(&folder), &info) != 0)
        ab__buf_printf(&words, "nor is there a folder %s", ab__buf_text(&folder));
    else
        add_what_there_is(ab__buf_text(&folder), ab__path_name(path), &words);
    (void)ab_fail(err, AB_IO, "there is no %s: %s", path, ab__buf_text(&words));
    ab__buf_free(&folder);
    ab__buf_free(&words);
    return AB_IO;
}

/* Adds all that `fd` gives. */
static ab_status read_all(int fd, const char *path, ab_buf *out, ab_error *err)
{
    char chunk[CHUNK];

    for (;;) {
        ssize_t size = read(fd, chunk, sizeof chunk);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return ab_fail(err, AB_IO, "%s cannot be read: %s", path, strerror(errno));
        if (size == 0)
            return AB_OK;
        if (out->size + (size_t)size > LARGEST)
            return ab_fail(err, AB_IO, "%s is larger than any result (1 GiB)", path);
        ab__buf_add_n(out, chunk, (size_t)size);
        if (out->failed)
            return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    }
}

ab_status ab__path_read(const char *path, ab_buf *out, ab_error *err)
{
    if (strcmp(path, "-") == 0)
        return read_all(STDIN_FILENO, "standard input", out, err);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return ab__path_missing(path, err);
    ab_status status = read_all(fd, path, out, err);
    (void)close(fd);
    return status;
}
