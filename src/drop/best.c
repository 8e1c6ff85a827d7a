/* Which of several drops that could be flown is the one to think of. */
#include "drop/best.h"

/* The worst first. */
static const struct {
    ab_gate_kind gate;
    ab_gate_state state;
} stands_against[] = {
    {AB_GATE_HEIGHT, AB_GATE_NOT_MET}, {AB_GATE_HARM, AB_GATE_NOT_MET}, {AB_GATE_ZONE, AB_GATE_NOT_MET}, {AB_GATE_WIND, AB_GATE_NOT_MET},
    {AB_GATE_HEIGHT, AB_GATE_NOT_KNOWN}, {AB_GATE_HARM, AB_GATE_NOT_KNOWN}, {AB_GATE_ZONE, AB_GATE_NOT_KNOWN}};

int32_t ab__drop_worst_gate(const ab_airdrop *drop)
{
    for (size_t i = 0; i < sizeof stands_against / sizeof *stands_against; i++)
        if (drop->gate[stands_against[i].gate].state == stands_against[i].state)
            return (int32_t)stands_against[i].gate;
    return -1;
}

ab__drop_stand ab__drop_stands(const ab_airdrop *drop)
{
    int32_t gate = ab__drop_worst_gate(drop);
    if (gate < 0)
        return AB__DROP_STANDS;
    if (drop->gate[gate].state == AB_GATE_NOT_KNOWN)
        return AB__DROP_NOT_KNOWN;
    return gate == AB_GATE_WIND ? AB__DROP_NOT_NOW : AB__DROP_REFUSED;
}

static bool better(const ab_airdrop *a, const ab_airdrop *b)
{
    ab__drop_stand stands_a = ab__drop_stands(a), stands_b = ab__drop_stands(b);
    if (stands_a != stands_b)
        return stands_a < stands_b;
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
