/* From hub to hub (docs/models/trips.md). */
#include <math.h>

#include "geo/geodesic.h"
#include "verify/prover.h"

static double length_m(const ab_operation *op, const ab_link *link)
{
    const ab_hub *a = &op->hubs.at[link->from_hub], *b = &op->hubs.at[link->to_hub];
    double line_m = ab__geodesic_m(a->lon_deg, a->lat_deg, b->lon_deg, b->lat_deg);

    return ab__known_or(link->distance_m, link->mode == AB_MODE_ROAD ? line_m * op->settings->road_factor : line_m);
}

static ab_time takes_s(const ab_operation *op, const ab_link *link)
{
    double way_s = ab__known_or(link->duration_s, length_m(op, link) / op->settings->road_speed_mps);

    return (ab_time)ceil(way_s + ab__known_or(link->crossload_s, 0) + ab__known_or(link->customs_s, 0) - 1e-6);
}

static void prove_time(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    const ab_operation *op = prover->op;
    const ab_link *link = &op->links.at[trip->link];
    ab_time departs = ab__hub_at_work(op, trip->hub, trip->depart), there = departs + takes_s(op, link);

    ab__prove_fact(prover, AB_PROVE_TRANSFERS, departs != AB_TIME_NONE, where, "a hub that is closed", "an hour of work");
    if (departs == AB_TIME_NONE)
        return;
    /* Used in the first period that begins when it is there, and never in the one in which it left. */
    ab__prove_fact(prover, AB_PROVE_TRANSFERS, trip->arrive > trip->depart && trip->row->arrive >= there, where,
                   "goods that are used before they are there", "the first period that begins when they are");
    if (link->mandate_until != AB_TIME_NONE)
        ab__prove_most(prover, AB_PROVE_LINKS, (double)(there - op->settings->start) / 86400,
                       (double)(link->mandate_until - op->settings->start) / 86400, 0,
                       "days from the start to the mandate's end", where);
}

static double capacity_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    int32_t link = (int32_t)(cell / prover->periods);
    int32_t t = ab__block_begins(prover, (int32_t)(cell % prover->periods));

    *where = ab__where_row("link", prover->op->links.at[link].id, ab_period_start(prover->op, t));
    return prover->op->links.at[link].capacity_kg_per_day / 1000 * prover->block_days[t];
}

static void prove_cost(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    const ab_operation *op = prover->op;
    double usd_per_kg = length_m(op, &op->links.at[trip->link]) * op->settings->link_usd_per_kg_m;

    ab__prove_equal(prover, AB_PROVE_COST, "cost of the transfer", trip->row->cost_usd, usd_per_kg * trip->mass_kg, "USD",
                    where);
}

void ab__prove_transfers(ab_prover *prover)
{
    const ab_operation *op = prover->op;
    ab_uses uses = {0};

    for (int32_t i = 0; i < prover->trip_count && !prover->failed; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        if (!ab__is_transfer(trip))
            continue;
        const ab_link *link = &op->links.at[trip->link];
        ab_where where = ab__where_trip(prover, &i);
        ab__prove_fact(prover, AB_PROVE_TRANSFERS, link->from_hub == trip->hub && link->to_hub == trip->to_hub, &where,
                       trip->row->link, "a link from this hub to that");
        prove_time(prover, trip, &where);
        prove_cost(prover, trip, &where);
        ab__use(prover, &uses, (int64_t)trip->link * prover->periods + prover->block[trip->depart], i,
                trip->mass_kg / 1000);
    }
    ab__prove_uses(prover, AB_PROVE_LINKS, &uses, "t", capacity_of);
}
