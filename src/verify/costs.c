/* What trips cost, and all together. */
#include <math.h>

#include "verify/prover.h"

/* Dollars of the whole result. */
typedef struct bill {
    double trips, canopies, cargo, fixed, convoys;
} bill;

static void add_delivery(ab_prover *prover, const ab_told_trip *trip, bill *all)
{
    const ab_operation *op = prover->op;
    double hours = (double)trip->row->vehicles * 2 * trip->one_way_s * op->vehicles.at[trip->vehicle].usd_per_s;
    double canopies = 0;
    ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);

    if (trip->means == AB_MEANS_AIRDROP && trip->container_kg > 0)
        canopies = ceil(trip->mass_kg / trip->container_kg - 1e-6) * op->dropsystems.at[trip->dropsystem].usd_each;
    ab__prove_equal(prover, AB_PROVE_COST, "cost of the trip", trip->row->cost_usd, hours + canopies, "USD", &where);
    all->trips += hours;
    all->canopies += canopies;
    for (int32_t l = trip->first_load; l < trip->first_load + trip->load_count; l++)
        all->cargo += prover->load[l].row->mass_kg * op->commodities.at[prover->load[l].commodity].usd_per_kg;
}

/* All vehicles of the table, by the day, used or not. */
static void add_fleet(const ab_prover *prover, bill *all)
{
    const ab_operation *op = prover->op;

    for (int32_t v = 0; v < op->vehicles.count; v++) {
        const ab_vehicle *vehicle = &op->vehicles.at[v];
        all->fixed += vehicle->fixed_usd_per_day * (double)vehicle->count * prover->all_days;
        for (int32_t p = 0; vehicle->convoy_usd > 0 && p < op->places.count; p++)
            for (int32_t b = 0; b < prover->blocks; b++)
                all->convoys += (double)ab__convoys(prover, v, p, b) * vehicle->convoy_usd;
    }
}

static void figure(ab_prover *prover, const char *key, double expected)
{
    ab_where where = ab__where_row("summary", key, AB_TIME_NONE);

    ab__prove_equal(prover, AB_PROVE_COST, key, ab__told_figure(prover, key), expected, "USD", &where);
}

void ab__prove_costs(ab_prover *prover)
{
    bill all = {0};
    ab_where nowhere = ab__where(AB_TIME_NONE);

    for (int32_t i = 0; i < prover->trip_count; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        if (ab__is_delivery(trip))
            add_delivery(prover, trip, &all);
        else if (ab__is_transfer(trip))
            all.trips += trip->row->cost_usd; /* proved with the transfer */
    }
    add_fleet(prover, &all);
    double sum = all.trips + all.canopies + all.cargo + all.fixed + all.convoys;
    figure(prover, "trip_usd", all.trips);
    figure(prover, "canopy_usd", all.canopies);
    figure(prover, "cargo_usd", all.cargo);
    figure(prover, "fixed_usd", all.fixed);
    if (all.convoys > 0 || ab__told_has(prover, "convoy_usd"))
        figure(prover, "convoy_usd", all.convoys);
    figure(prover, "cost_usd", sum);
    if (!isnan(prover->op->settings->budget_usd))
        ab__prove_most(prover, AB_PROVE_BUDGET, sum, prover->op->settings->budget_usd, 0, "USD", &nowhere);
}
