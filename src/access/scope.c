#include "access/scope.h"

uint64_t ab__scope_bits(const ab_operation *op, const ab_refs *scope)
{
    uint64_t bits = 0;
    for (int32_t c = 0; c < op->commodities.count && c < 64; c++) {
        bits |= ab_scope_has(op, scope, c) ? (uint64_t)1 << c : 0;
    }
    return bits;
}

ab_means ab__means_of_link(const ab_link *link)
{
    return link->mode == AB_MODE_ROAD         ? AB_MEANS_ROAD
           : link->mode == AB_MODE_HELICOPTER ? AB_MEANS_HELICOPTER
                                              : AB_MEANS_AIRLIFT;
}
