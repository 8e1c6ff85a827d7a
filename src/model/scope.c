#include "airbridge/operation.h"

bool ab_scope_has(const ab_operation *op, const ab_refs *scope, int32_t commodity)
{
    ab_category category = (ab_category)op->commodities.at[commodity].category;
    for (int32_t i = 0; i < scope->count; i++) {
        ab_ref ref = scope->at[i];
        if (ref.table < 0 ? ref.row == (int32_t)category : ref.row == commodity)
            return true;
    }
    return scope->count == 0;
}

bool ab_mode_covers(int32_t mode, ab_means means)
{
    switch (mode) {
    case -1:
        return true;
    case AB_MODE_ROAD:
        return means == AB_MEANS_ROAD;
    case AB_MODE_AIR:
        return means == AB_MEANS_AIRLIFT || means == AB_MEANS_AIRDROP;
    case AB_MODE_HELICOPTER:
        return means == AB_MEANS_HELICOPTER;
    case AB_MODE_AIRLIFT:
        return means == AB_MEANS_AIRLIFT;
    case AB_MODE_AIRDROP:
        return means == AB_MEANS_AIRDROP;
    default:
        return false;
    }
}
