/* A growing array of one type: AB_VEC(ab_offer) offers = {0}; ab_offer *o = AB_PUSH(&offers);
 * AB_PUSH gives a zeroed new last element or NULL when out of memory. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>
#include <stdint.h>

#define AB_VEC(type) struct { type *at; int32_t count; int32_t cap; }
#define AB_PUSH(vec) \
    (ab__vec_push((void **)&(vec)->at, &(vec)->count, &(vec)->cap, sizeof *(vec)->at) \
         ? &(vec)->at[(vec)->count - 1] : NULL)
#define AB_VEC_FREE(vec) ab__vec_free((void **)&(vec)->at, &(vec)->count, &(vec)->cap)

int ab__vec_push(void **at, int32_t *count, int32_t *cap, size_t size); /* 0: out of memory */
void ab__vec_free(void **at, int32_t *count, int32_t *cap);

#endif
