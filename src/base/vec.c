#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

enum { FIRST_CAP = 8 };

/* `at` is the address of a pointer of any object type; reading it as a `void *` would break the rules of
 * aliasing, so it is copied. */
static void *load(void **at)
{
    void *array;
    memcpy(&array, at, sizeof array);
    return array;
}

static void store(void **at, void *array)
{
    memcpy(at, &array, sizeof array);
}

int ab__vec_push(void **at, int32_t *count, int32_t *cap, size_t size)
{
    char *array = load(at);
    if (*count == *cap) {
        if (*cap > INT32_MAX / 2)
            return 0;
        int32_t new_cap = *cap > 0 ? *cap * 2 : FIRST_CAP;
        if (size > SIZE_MAX / (size_t)new_cap)
            return 0;
        array = ab__realloc(array, (size_t)new_cap * size);
        if (array == NULL)
            return 0;
        store(at, array);
        *cap = new_cap;
    }
    memset(array + (size_t)*count * size, 0, size);
    (*count)++;
    return 1;
}

void ab__vec_free(void **at, int32_t *count, int32_t *cap)
{
    free(load(at));
    store(at, NULL);
    *count = 0;
    *cap = 0;
}
