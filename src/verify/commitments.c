/* What is fixed, forbidden, at least or at most: over all trips that it speaks of. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "verify/prover.h"

/* A vehicle that is promised carries this much of itself; a tonne of medical goods counts for five. */
static const double LEAST_FULL_FRAC = 0.2, MEDICAL_WEIGHT = 5;

static void prove_amount(ab_prover *prover, const ab_commitment *c, double found, double asked, const char *unit,
                         const ab_where *where)
{
    ab_buf has = AB_BUF_INIT, should = AB_BUF_INIT;
    double spare = 1e-6 * (1 + asked);
    bool enough = !ab__told_asks(c) || found >= asked - spare, fits = c->lock == AB_LOCK_AT_LEAST || found <= asked + spare;

    ab__buf_printf(&has, "%.10g %s", found, unit);
    ab__buf_printf(&should, "%s %.10g %s", ab_codes_lock.codes[c->lock].word, asked, unit);
    prover->failed = prover->failed || has.failed || should.failed;
    ab__prove_fact(prover, AB_PROVE_COMMITMENTS, enough && fits, where, ab__buf_text(&has), ab__buf_text(&should));
    ab__buf_free(&has);
    ab__buf_free(&should);
}

/* Vehicles that go, and tonnes of the commodity that it names, or of all. */
static void sum_up(const ab_prover *prover, int32_t k, double *vehicles, double *tonnes)
{
    int32_t commodity = prover->op->commitments.at[k].commodity;

    *vehicles = *tonnes = 0;
    for (int32_t i = 0; i < prover->trip_count; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        if (!ab__told_binds(prover, k, trip))
            continue;
        *vehicles += (double)trip->row->vehicles;
        for (int32_t l = trip->first_load; l < trip->first_load + trip->load_count; l++)
            if (commodity < 0 || prover->load[l].commodity == commodity)
                *tonnes += prover->load[l].row->mass_kg / 1000;
    }
}

/* A vehicle full of what is bulkiest. */
static double full_kg(const ab_operation *op, const ab_told_trip *trip)
{
    double full = trip->payload_kg, most_m3 = op->vehicles.at[trip->vehicle].payload_m3;

    for (int32_t c = 0; c < op->commodities.count && !isnan(most_m3); c++)
        if (op->commodities.at[c].package_m3 > 0)
            full = fmin(full, most_m3 * op->commodities.at[c].package_kg / op->commodities.at[c].package_m3);
    return full;
}

/* Whole packages may leave one of each kind out. */
static void prove_filled(ab_prover *prover, int32_t i)
{
    const ab_operation *op = prover->op;
    const ab_told_trip *trip = &prover->trip[i];
    double kg = 0;

    for (int32_t l = trip->first_load; l < trip->first_load + trip->load_count; l++) {
        const ab_commodity *c = &op->commodities.at[prover->load[l].commodity];
        kg += (prover->load[l].row->mass_kg + c->package_kg) * (c->category == AB_CATEGORY_MEDICAL ? MEDICAL_WEIGHT : 1);
    }
    bool full = kg >= LEAST_FULL_FRAC * (double)trip->row->vehicles * full_kg(op, trip) * (1 - 1e-6);
    ab_where where = ab__where_trip(prover, &i);
    ab__prove_fact(prover, AB_PROVE_COMMITMENTS, full, &where, "promised vehicles that go all but empty",
                   "a fifth of a load at least");
}

static void prove_commitment(ab_prover *prover, int32_t k)
{
    const ab_commitment *c = &prover->op->commitments.at[k];
    double vehicles, tonnes, trips = c->trips >= 0 ? (double)c->trips : NAN, mass = c->mass_kg / 1000;
    ab_where where = ab__where_row("commitment", c->id, c->date);

    if (ab_commitment_is_over(prover->op, k))
        return;
    sum_up(prover, k, &vehicles, &tonnes);
    if (c->lock == AB_LOCK_FORBIDDEN) {
        trips = c->commodity < 0 ? 0 : NAN;
        mass = c->commodity < 0 ? NAN : 0;
    } else if (ab__told_asks(c) && isnan(trips) && isnan(mass)) {
        trips = 1;
    }
    if (!isnan(trips))
        prove_amount(prover, c, vehicles, trips, "vehicles", &where);
    if (!isnan(mass))
        prove_amount(prover, c, tonnes, mass, "t", &where);
    bool open = ab__told_asks(c) && isnan(mass) && c->commodity < 0;
    for (int32_t i = 0; open && i < prover->trip_count; i++)
        if (ab__told_binds(prover, k, &prover->trip[i]))
            prove_filled(prover, i);
}

/* The cell `commitment`: ids of those that bind it, but for what forbids. */
static void prove_cell(ab_prover *prover, int32_t i)
{
    const ab_told_trip *trip = &prover->trip[i];
    ab_buf ids = AB_BUF_INIT;
    ab_where where = ab__where_trip(prover, &i);

    for (int32_t k = 0; k < prover->op->commitments.count; k++) {
        const ab_commitment *c = &prover->op->commitments.at[k];
        if (c->lock != AB_LOCK_FORBIDDEN && ab__told_binds(prover, k, trip))
            ab__buf_printf(&ids, "%s%s", ids.size ? "; " : "", c->id);
    }
    prover->failed = prover->failed || ids.failed;
    ab__prove_fact(prover, AB_PROVE_COMMITMENTS, strcmp(ab__buf_text(&ids), trip->row->commitment) == 0, &where,
                   trip->row->commitment[0] ? trip->row->commitment : "no commitment named",
                   ids.size ? ab__buf_text(&ids) : "none, as none binds it");
    ab__buf_free(&ids);
}

void ab__prove_commitments(ab_prover *prover)
{
    for (int32_t k = 0; k < prover->op->commitments.count && !prover->infeasible; k++)
        prove_commitment(prover, k);
    for (int32_t i = 0; i < prover->trip_count; i++)
        if (prover->trip[i].whole)
            prove_cell(prover, i);
}
