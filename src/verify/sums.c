/* A trip and its loads say the same; goods go in whole packages; the input is the one that was planned. */
#include <math.h>
#include <string.h>

#include "verify/prover.h"

void ab__prove_input(ab_prover *prover)
{
    ab_where where = ab__where(AB_TIME_NONE);
    const char *told = "";
    char digest[65];

    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, provenance); i++)
        if (strcmp(AB_TOLD(prover, provenance, fact, i)->key, "input digest sha256") == 0)
            told = AB_TOLD(prover, provenance, fact, i)->value;
    if (ab_operation_digest(prover->op, digest, NULL) != AB_OK) {
        prover->failed = true;
        return;
    }
    where.word[0] = "provenance";
    where.id[0] = "input digest sha256";
    ab__prove_fact(prover, AB_PROVE_INPUT, strcmp(told, digest) == 0, &where, told[0] ? told : "no digest", digest);
}

static void prove_load(ab_prover *prover, const ab_told_load *load)
{
    const ab_load_row *row = load->row;
    const ab_commodity *commodity = &prover->op->commodities.at[load->commodity];
    const ab_trip_row *trip = prover->trip[load->trip].row;
    ab_where where = ab__where_rows("trip", row->trip, "commodity", row->commodity, trip->depart);
    double packages = row->mass_kg / commodity->package_kg;

    ab__prove_equal(prover, AB_PROVE_SUMS, "packages", row->packages, packages, "packages", &where);
    ab__prove_equal(prover, AB_PROVE_SUMS, "volume", row->volume_m3, packages * commodity->package_m3, "m3", &where);
    ab__prove_equal(prover, AB_PROVE_SUMS, "expected", row->expected_kg / 1000,
                    row->mass_kg / 1000 * trip->arrival_prob, "t", &where);
    ab__prove_equal(prover, AB_PROVE_COST, "price of the goods", row->cargo_usd,
                    row->mass_kg * commodity->usd_per_kg, "USD", &where);
}

bool ab__mass_is_named(const ab_prover *prover, const ab_told_trip *trip)
{
    const ab_operation *op = prover->op;

    for (int32_t k = 0; k < op->commitments.count; k++) {
        const ab_commitment *c = &op->commitments.at[k];
        bool names = !isnan(c->mass_kg) || (c->lock == AB_LOCK_FORBIDDEN && c->commodity >= 0);
        if (names && ab__told_binds(prover, k, trip))
            return true;
    }
    return false;
}

/* A millionth of a package over a whole number counts as whole, as in the planner. */
static void prove_whole_packages(ab_prover *prover, const ab_told_load *load)
{
    const ab_told_trip *trip = &prover->trip[load->trip];
    const ab_commodity *commodity = &prover->op->commodities.at[load->commodity];
    double packages = load->row->mass_kg / commodity->package_kg;
    bool whole = fabs(packages - round(packages)) <= 1e-6 * (1 + packages);

    if (!ab__is_delivery(trip) || ab__mass_is_named(prover, trip))
        return;
    ab_where where = ab__where_rows("trip", trip->row->id, "commodity", commodity->id, trip->row->depart);
    ab__prove_fact(prover, AB_PROVE_PACKAGES, whole, &where, "part of a package", "whole packages");
}

void ab__prove_sums(ab_prover *prover)
{
    for (int32_t i = 0; i < prover->trip_count; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        ab_where where = ab__where_row("trip", trip->row->id, trip->row->depart);
        ab__prove_equal(prover, AB_PROVE_SUMS, "mass", trip->row->mass_kg / 1000, trip->mass_kg / 1000, "t", &where);
        ab__prove_equal(prover, AB_PROVE_SUMS, "expected", trip->row->expected_kg / 1000,
                        trip->mass_kg / 1000 * trip->row->arrival_prob, "t", &where);
    }
    for (int32_t i = 0; i < prover->load_count; i++) {
        prove_load(prover, &prover->load[i]);
        prove_whole_packages(prover, &prover->load[i]);
    }
}
