/* Which of several drops that could be flown is the one to think of. */
#include "drop/best.h"

int32_t ab__drop_worst_gate(const ab_airdrop *drop)
{
    static const ab_gate_kind judged[] = {AB_GATE_WIND, AB_GATE_HEIGHT, AB_GATE_HARM, AB_GATE_ZONE};
    static const ab_gate_state in_order[] = {AB_GATE_NOT_MET, AB_GATE_NOT_KNOWN};
    for (size_t k = 0; k < sizeof in_order / sizeof *in_order; k++)
        for (size_t i = 0; i < sizeof judged / sizeof *judged; i++)
            if (drop->gate[judged[i]].state == in_order[k] && !(judged[i] == AB_GATE_WIND && in_order[k] == AB_GATE_NOT_KNOWN))
                return (int32_t)judged[i];
    return -1;
}

/* 0: nothing stands against it; 1: something is not known; 2: something is not met. */
static int32_t badness(const ab_airdrop *drop)
{
    int32_t gate = ab__drop_worst_gate(drop);
    return gate < 0 ? 0 : drop->gate[gate].state == AB_GATE_NOT_MET ? 2 : 1;
}

static bool better(const ab_airdrop *a, const ab_airdrop *b)
{
    int32_t bad_a = badness(a), bad_b = badness(b);
    if (bad_a != bad_b)
        return bad_a < bad_b;
    return a->go != b->go ? a->go : a->value_loads > b->value_loads;
}

/* `place` counts where `zone` is -1. */
static const ab_airdrop *best_of(const ab_operation *op, const ab_airdrops *drops, int32_t place, int32_t zone, int32_t vehicle, int32_t system,
                                 ab_time from, ab_time until)
{
    const ab_airdrop *best = NULL;
    for (int32_t i = 0; i < drops->count; i++) {
        const ab_airdrop *drop = &drops->drop[i];
        bool there = zone >= 0 ? drop->zone == zone : op->dropzones.at[drop->zone].place == place;
        bool asked = there && drop->vehicle == vehicle && drop->system == system && drop->at >= from && drop->at < until;
        if (asked && drop->wind != NULL && (best == NULL || better(drop, best)))
            best = drop;
    }
    return best;
}

const ab_airdrop *ab_airdrops_best(const ab_airdrops *drops, int32_t zone, int32_t vehicle, int32_t system, ab_time from,
                                   ab_time until)
{
    return best_of(NULL, drops, -1, zone, vehicle, system, from, until);
}

const ab_airdrop *ab_airdrops_best_of_place(const ab_operation *op, const ab_airdrops *drops, int32_t place, int32_t vehicle, int32_t system,
                                            ab_time from, ab_time until)
{
    return best_of(op, drops, place, -1, vehicle, system, from, until);
}
