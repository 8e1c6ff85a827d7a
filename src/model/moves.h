/* Which movements name which request, for those who ask often. */
#ifndef MODEL_MOVES_H
#define MODEL_MOVES_H

#include "airbridge/operation.h"
#include "base/arena.h"

/* for (int32_t i = moves.first[request]; i >= 0; i = moves.next[i]): rows of movements in their order. */
typedef struct ab__moves {
    const int32_t *first; /* [requests]; -1: none */
    const int32_t *next;  /* [movements]; -1: the last */
} ab__moves;

/* In the arena; false: out of memory. */
bool ab__moves_make(const ab_operation *op, ab_arena *arena, ab__moves *out);

#endif
