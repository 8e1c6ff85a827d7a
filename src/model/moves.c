#include "model/moves.h"

bool ab__moves_make(const ab_operation *op, ab_arena *arena, ab__moves *out)
{
    int32_t *first = AB_NEW(arena, int32_t, op->requests.count), *next = AB_NEW(arena, int32_t, op->movements.count);
    *out = (ab__moves){first, next};
    if (first == NULL || next == NULL) {
        return false;
    }
    for (int32_t r = 0; r < op->requests.count; r++) {
        first[r] = -1;
    }
    for (int32_t i = op->movements.count - 1; i >= 0; i--) {
        int32_t request = op->movements.at[i].request;
        next[i] = request >= 0 ? first[request] : -1;
        if (request >= 0) {
            first[request] = i;
        }
    }
    return true;
}
