/* Bytes in memory as a source of CSV that gives only so many at a time. */
#ifndef TESTS_SUPPORT_PIECES_H
#define TESTS_SUPPORT_PIECES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct pieces {
    const void *at;
    size_t left, piece;
} pieces;

/* A pull of ab_csv_source, whose context is the pieces. */
static inline int64_t pull_piece(void *context, unsigned char *into, size_t cap)
{
    pieces *from = context;
    size_t size = from->left < from->piece ? from->left : from->piece;

    size = size < cap ? size : cap;
    if (size > 0)
        memcpy(into, from->at, size);
    from->at = (const char *)from->at + size;
    from->left -= size;
    return (int64_t)size;
}

#endif
