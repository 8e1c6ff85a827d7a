/* Which of several drops that could be flown is the one to think of. */
#include "airbridge/drop.h"

static bool better(const ab_airdrop *a, const ab_airdrop *b)
{
    if (b == NULL || a->go != b->go) {
        return b == NULL || a->go;
    }
    return a->value_loads > b->value_loads;
}

const ab_airdrop *ab_airdrops_best(const ab_airdrops *drops, int32_t zone, int32_t vehicle, int32_t system, ab_time from,
                                   ab_time until)
{
    const ab_airdrop *best = NULL;
    for (int32_t i = 0; i < drops->count; i++) {
        const ab_airdrop *drop = &drops->drop[i];
        bool asked = drop->zone == zone && drop->vehicle == vehicle && drop->system == system && drop->at >= from &&
                     drop->at < until;
        if (asked && drop->wind != NULL && better(drop, best)) {
            best = drop;
        }
    }
    return best;
}
