/* Where the bytes of a CSV file come from. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "io/csv.h"

static int64_t pull_fd(void *context, unsigned char *into, size_t cap)
{
    const int *fd = context;
    ssize_t size;

    do {
        size = read(*fd, into, cap);
    } while (size < 0 && errno == EINTR);
    return size;
}

ab_status ab__csv_read_fd(int fd, const char *table, const char *origin, ab_book *book,
                          ab_issues *issues, ab_error *err)
{
    return ab__csv_read(&(ab_csv_source){pull_fd, &fd}, table, origin, book, issues, err);
}

typedef struct memory {
    const unsigned char *at;
    size_t size;
} memory;

static int64_t pull_memory(void *context, unsigned char *into, size_t cap)
{
    memory *left = context;
    size_t size = left->size < cap ? left->size : cap;

    if (size > 0)
        memcpy(into, left->at, size);
    left->at += size;
    left->size -= size;
    return (int64_t)size;
}

ab_status ab__csv_read_bytes(const void *bytes, size_t size, const char *table, const char *origin,
                             ab_book *book, ab_issues *issues, ab_error *err)
{
    memory left = {bytes, size};

    return ab__csv_read(&(ab_csv_source){pull_memory, &left}, table, origin, book, issues, err);
}
