/* An arena: many allocations, one free. Memory is zeroed and aligned for any type. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct ab_arena ab_arena;

ab_arena *ab__arena_new(void); /* NULL: out of memory */
void ab__arena_free(ab_arena *arena);

/* `count` * `size` zeroed bytes; NULL when out of memory or when the product overflows. A count of 0
 * gives a pointer that is not NULL. */
void *ab__arena_array(ab_arena *arena, size_t count, size_t size);
#define AB_NEW(arena, type, count) ((type *)ab__arena_array((arena), (size_t)(count), sizeof(type)))

/* Copies of texts; NULL when out of memory. */
char *ab__arena_text(ab_arena *arena, const char *text);
char *ab__arena_text_n(ab_arena *arena, const char *text, size_t size); /* size bytes and a NUL */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
char *ab__arena_printf(ab_arena *arena, const char *format, ...);

/* Tests make the n-th allocation of the process fail (0: none); covers arenas, buffers and vectors. */
void ab__fail_allocation(int64_t nth);
void *ab__realloc(void *old, size_t size); /* all growing memory of the project goes through here */

#endif
