#include "base/arena.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/c_locale.h"

enum { ALIGN = _Alignof(max_align_t), FIRST_CHUNK = 4096, LARGEST_CHUNK = 1 << 20 };

/* The payload follows the header; `used` and `size` count payload bytes. */
typedef struct ab_chunk {
    struct ab_chunk *older;
    size_t used;
    size_t size;
    _Alignas(max_align_t) unsigned char payload[];
} ab_chunk;

struct ab_arena {
    ab_chunk *newest;
    size_t next_size;
};

/* Zero in every process but a test's: how many allocations from now the one is that shall fail. */
static _Atomic int64_t allocations_to_failure;

void ab__fail_allocation(int64_t nth)
{
    atomic_store(&allocations_to_failure, nth);
}

static bool shall_fail(void)
{
    int64_t left = atomic_load_explicit(&allocations_to_failure, memory_order_relaxed);
    return left > 0 && atomic_fetch_sub(&allocations_to_failure, 1) == 1;
}

void *ab__realloc(void *old, size_t size)
{
    if (shall_fail())
        return NULL;
    return realloc(old, size > 0 ? size : 1);
}

ab_arena *ab__arena_new(void)
{
    ab_arena *arena = ab__realloc(NULL, sizeof *arena);
    if (arena != NULL)
        *arena = (ab_arena){.newest = NULL, .next_size = FIRST_CHUNK};
    return arena;
}

void ab__arena_free(ab_arena *arena)
{
    if (arena == NULL)
        return;
    for (ab_chunk *chunk = arena->newest; chunk != NULL;) {
        ab_chunk *older = chunk->older;
        free(chunk);
        chunk = older;
    }
    free(arena);
}

static ab_chunk *chunk_new(size_t size)
{
    if (size > SIZE_MAX - sizeof(ab_chunk))
        return NULL;
    ab_chunk *chunk = ab__realloc(NULL, sizeof *chunk + size);
    if (chunk != NULL) {
        chunk->older = NULL;
        chunk->used = 0;
        chunk->size = size;
    }
    return chunk;
}

/* A chunk with room for `size` bytes, or NULL. */
static ab_chunk *chunk_for(ab_arena *arena, size_t size)
{
    ab_chunk *newest = arena->newest;
    if (newest != NULL && newest->size - newest->used >= size)
        return newest;
    if (newest != NULL && size > arena->next_size / 4) {
        /* Large blocks stand alone, behind the newest chunk, whose rest stays in use. */
        ab_chunk *own = chunk_new(size);
        if (own != NULL) {
            own->older = newest->older;
            newest->older = own;
        }
        return own;
    }
    ab_chunk *chunk = chunk_new(size > arena->next_size ? size : arena->next_size);
    if (chunk == NULL)
        return NULL;
    chunk->older = newest;
    arena->newest = chunk;
    if (arena->next_size < LARGEST_CHUNK)
        arena->next_size *= 2;
    return chunk;
}

void *ab__arena_array(ab_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > (SIZE_MAX - ALIGN) / size)
        return NULL;
    size_t bytes = count * size;
    size_t step = bytes == 0 ? ALIGN : (bytes + ALIGN - 1) / ALIGN * ALIGN;
    ab_chunk *chunk = chunk_for(arena, step);
    if (chunk == NULL)
        return NULL;
    void *block = chunk->payload + chunk->used;
    chunk->used += step;
    return memset(block, 0, step);
}

char *ab__arena_text_n(ab_arena *arena, const char *text, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = ab__arena_array(arena, size + 1, 1);
    if (copy != NULL && size > 0)
        memcpy(copy, text, size);
    return copy;
}

char *ab__arena_text(ab_arena *arena, const char *text)
{
    return ab__arena_text_n(arena, text, strlen(text));
}

char *ab__arena_printf(ab_arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = ab__c_vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (size < 0)
        return NULL;
    char *text = ab__arena_array(arena, (size_t)size + 1, 1);
    if (text == NULL)
        return NULL;
    va_start(args, format);
    (void)ab__c_vsnprintf(text, (size_t)size + 1, format, args);
    va_end(args);
    return text;
}
