/* What vehicles carry: mass, volume, pallets, drop containers. */
#include <math.h>

#include "verify/prover.h"

static const ab_commodity *goods(const ab_prover *prover, const ab_told_load *load)
{
    return &prover->op->commodities.at[load->commodity];
}

static void prove_mass(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    double vehicles = (double)trip->row->vehicles;

    ab__prove_most(prover, AB_PROVE_MASS, trip->mass_kg / 1000, vehicles * trip->payload_kg / 1000, 0, "t", where);
}

static void prove_volume(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    double most_m3 = prover->op->vehicles.at[trip->vehicle].payload_m3, m3 = 0;

    for (int32_t i = trip->first_load; i < trip->first_load + trip->load_count; i++) {
        const ab_commodity *c = goods(prover, &prover->load[i]);
        m3 += prover->load[i].row->mass_kg / c->package_kg * c->package_m3;
    }
    if (!isnan(most_m3))
        ab__prove_most(prover, AB_PROVE_VOLUME, m3, (double)trip->row->vehicles * most_m3, 0, "m3", where);
}

static void prove_pallets(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    int64_t positions = prover->op->vehicles.at[trip->vehicle].pallets;
    double pallets = 0;

    if (positions < 0 || trip->means == AB_MEANS_AIRDROP)
        return;
    for (int32_t i = trip->first_load; i < trip->first_load + trip->load_count; i++) {
        const ab_commodity *c = goods(prover, &prover->load[i]);
        if (c->packages_per_pallet > 0)
            pallets += prover->load[i].row->mass_kg / c->package_kg / c->packages_per_pallet;
    }
    ab__prove_most(prover, AB_PROVE_PALLETS, pallets, (double)(trip->row->vehicles * positions), 0, "pallets", where);
}

static void prove_containers(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    double needed = trip->container_kg > 0 ? ceil(trip->mass_kg / trip->container_kg - 1e-6) : INFINITY;

    ab__prove_most(prover, AB_PROVE_DROPS, needed, (double)trip->row->vehicles * trip->containers, 0, "containers", where);
}

/* One package must go on one vehicle, and in one container. */
static void prove_package(ab_prover *prover, const ab_told_trip *trip, const ab_told_load *load)
{
    const ab_commodity *c = goods(prover, load);
    bool drops = trip->means == AB_MEANS_AIRDROP;
    ab_where where = ab__where_rows("trip", trip->row->id, "commodity", c->id, trip->row->depart);

    ab__prove_most(prover, drops ? AB_PROVE_DROPS : AB_PROVE_MASS, c->package_kg,
                   drops ? trip->container_kg : trip->payload_kg, 0, "kg in a package", &where);
    if (!isnan(prover->op->vehicles.at[trip->vehicle].payload_m3))
        ab__prove_most(prover, AB_PROVE_VOLUME, c->package_m3, prover->op->vehicles.at[trip->vehicle].payload_m3, 0,
                       "m3 in a package", &where);
    if (drops)
        ab__prove_fact(prover, AB_PROVE_MEANS, c->drop >> prover->op->dropsystems.at[trip->dropsystem].kind & 1, &where,
                       "goods that do not survive this kind of drop", "goods that do");
}

void ab__prove_lift(ab_prover *prover)
{
    for (int32_t i = 0; i < prover->trip_count && !prover->failed; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        if (!ab__is_delivery(trip))
            continue;
        ab_where where = ab__where_trip(prover, &i);
        prove_mass(prover, trip, &where);
        prove_volume(prover, trip, &where);
        prove_pallets(prover, trip, &where);
        if (trip->means == AB_MEANS_AIRDROP)
            prove_containers(prover, trip, &where);
        for (int32_t l = trip->first_load; l < trip->first_load + trip->load_count; l++)
            prove_package(prover, trip, &prover->load[l]);
    }
}
