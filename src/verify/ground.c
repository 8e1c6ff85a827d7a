/* What places take in and roads bear, a day: of what is sent, not of what is expected. */
#include <math.h>

#include "verify/prover.h"

static double handling_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_place *place = &prover->op->places.at[cell / prover->periods];
    int32_t t = ab__block_begins(prover, (int32_t)(cell % prover->periods));

    *where = ab__where_row("place", place->id, ab_period_start(prover->op, t));
    return place->handling_kg_per_day / 1000 * prover->block_days[t];
}

static double capacity_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_road *road = &prover->op->roads.at[cell / prover->periods];
    int32_t t = ab__block_begins(prover, (int32_t)(cell % prover->periods));

    *where = ab__where_row("road", road->id, ab_period_start(prover->op, t));
    return road->capacity_kg_per_day / 1000 * prover->block_days[t];
}

void ab__prove_ground(ab_prover *prover)
{
    ab_uses places = {0}, roads = {0};

    for (int32_t i = 0; i < prover->trip_count; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        if (!ab__is_delivery(trip))
            continue;
        ab__use(prover, &places, (int64_t)trip->place * prover->periods + prover->block[trip->arrive], i,
                trip->mass_kg / 1000);
        for (int32_t r = 0; r < trip->road_count; r++)
            ab__use(prover, &roads, (int64_t)trip->road[r] * prover->periods + prover->block[trip->depart], i,
                    trip->mass_kg / 1000);
    }
    ab__prove_uses(prover, AB_PROVE_HANDLING, &places, "t", handling_of);
    ab__prove_uses(prover, AB_PROVE_ROADS, &roads, "t", capacity_of);
}
