/* What agreements let pass a day, and groups that are served together or not at all. */
#include <math.h>
#include <string.h>

#include "verify/prover.h"

/* How far the shares of a linked group may differ (docs/models/plan.md). */
static const double LINKED_FRAC = 0.05;

/* ---- Quotas ---- */

static double trips_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_agreement *a = &prover->op->agreements.at[cell / prover->periods];
    int32_t t = ab__block_begins(prover, (int32_t)(cell % prover->periods));

    *where = ab__where_row("agreement", a->id, ab_period_start(prover->op, t));
    return a->quota_trips_per_day < 0 ? NAN : floor((double)a->quota_trips_per_day * prover->block_days[t] + 1e-9);
}

static double tonnes_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_agreement *a = &prover->op->agreements.at[cell / prover->periods];
    int32_t t = ab__block_begins(prover, (int32_t)(cell % prover->periods));

    *where = ab__where_row("agreement", a->id, ab_period_start(prover->op, t));
    return a->quota_kg_per_day / 1000 * prover->block_days[t];
}

static bool relies_on(const ab_prover *prover, const ab_told_trip *trip, int32_t agreement)
{
    return ab__is_delivery(trip) &&
           ab__agreement_binds(prover->op, agreement, trip->place, trip->means, trip->depart);
}

static void prove_quotas(ab_prover *prover)
{
    ab_uses trips = {0}, tonnes = {0};

    for (int32_t a = 0; a < prover->op->agreements.count; a++) {
        for (int32_t i = 0; i < prover->trip_count; i++) {
            const ab_told_trip *trip = &prover->trip[i];
            if (!relies_on(prover, trip, a))
                continue;
            int64_t cell = (int64_t)a * prover->periods + prover->block[trip->depart];
            ab__use(prover, &trips, cell, i, (double)trip->row->vehicles);
            ab__use(prover, &tonnes, cell, i, trip->mass_kg / 1000);
        }
    }
    ab__prove_uses(prover, AB_PROVE_QUOTAS, &trips, "vehicles", trips_of);
    ab__prove_uses(prover, AB_PROVE_QUOTAS, &tonnes, "t", tonnes_of);
}

/* ---- Linked groups ---- */

/* A thousand person-rations in a tonne; 0 unless it is food of the ration. */
static double energy_per_t(const ab_prover *prover, int32_t commodity)
{
    const ab_told_needs *needs = &prover->needs;
    int32_t g = needs->group_of[commodity];

    if (g < 0 || needs->group[g].category != AB_CATEGORY_FOOD || !(needs->ration_kcal > 0))
        return 0;
    return needs->per_kg[commodity] / needs->ration_kcal;
}

static double energy_for(const ab_prover *prover, int32_t agreement, int32_t t)
{
    double energy = 0;

    for (int32_t i = 0; i < prover->load_count; i++) {
        const ab_told_trip *trip = &prover->trip[prover->load[i].trip];
        if (trip->depart == t && relies_on(prover, trip, agreement))
            energy += prover->load[i].row->mass_kg / 1000 * energy_per_t(prover, prover->load[i].commodity);
    }
    return energy;
}

static double richest_per_t(const ab_prover *prover, int32_t commodity)
{
    double richest = 0;

    for (int32_t c = 0; c < prover->op->commodities.count; c++)
        if (commodity < 0 || commodity == c)
            richest = fmax(richest, energy_per_t(prover, c));
    return richest;
}

static double largest_payload_kg(const ab_operation *op, int32_t vehicle)
{
    double most = 0;

    for (int32_t v = 0; v < op->vehicles.count; v++)
        if (vehicle < 0 || vehicle == v)
            most = fmax(most, op->vehicles.at[v].payload_kg);
    return most;
}

/* Energy that commitment k asks for under the agreement: the mass that it names, or its vehicles full. */
static double asked_energy(const ab_prover *prover, int32_t k, int32_t agreement)
{
    const ab_operation *op = prover->op;
    const ab_commitment *c = &op->commitments.at[k];
    const ab_agreement *a = &op->agreements.at[agreement];
    bool named = a->subjects.count == 0 || c->place < 0;

    for (int32_t i = 0; i < a->subjects.count; i++)
        named = named || (a->subjects.at[i].table == AB_TABLE_places && a->subjects.at[i].row == c->place);
    if (!named || !ab__told_asks(c) || c->state == AB_PROGRESS_FAILED)
        return 0;
    double vehicles = c->trips > 0 ? (double)c->trips : 1;
    double kg = ab__known_or(c->mass_kg, vehicles * largest_payload_kg(op, c->vehicle));
    return kg / 1000 * richest_per_t(prover, c->commodity);
}

static bool falls_on(const ab_operation *op, int32_t k, int32_t t)
{
    int32_t from = 0, until = op->period_count;

    if (op->commitments.at[k].date != AB_TIME_NONE)
        ab_periods_of_day(op, op->commitments.at[k].date, &from, &until);
    return t >= from && t < until;
}

/* Takes `wanted` from what commitments ask for in t, those of a day before those of any; returns what was to
 * be had. `left` is what they have not excused yet. */
static double excuse(const ab_prover *prover, double *left, int32_t t, double wanted)
{
    const ab_operation *op = prover->op;
    double had = 0;

    for (int pass = 0; pass < 2; pass++) {
        for (int32_t k = 0; k < op->commitments.count; k++) {
            bool dated = op->commitments.at[k].date != AB_TIME_NONE;
            if (dated != (pass == 0) || !falls_on(op, k, t))
                continue;
            double taken = fmin(left[k], wanted - had);
            left[k] -= taken;
            had += taken;
        }
    }
    return had;
}

/* Energy of `member` in t against that of the other members, each over its ratio. */
static void prove_member(ab_prover *prover, int32_t member, int32_t t, double *left)
{
    const ab_agreement *at = prover->op->agreements.at;
    double ratio = at[member].link_people_ratio, energy = energy_for(prover, member, t), least = INFINITY;
    int32_t other = -1;

    for (int32_t j = 0; j < prover->op->agreements.count; j++) {
        if (j == member || strcmp(at[j].link_group, at[member].link_group) != 0)
            continue;
        double may = (1 + LINKED_FRAC) * energy_for(prover, j, t) / at[j].link_people_ratio * ratio;
        other = may < least ? j : other;
        least = fmin(least, may);
    }
    if (other < 0 || !(energy > 0))
        return;
    double excused = energy > least ? excuse(prover, left, t, energy - least) : 0;
    ab_where where = ab__where_rows("agreement", at[member].id, "agreement", at[other].id, ab_period_start(prover->op, t));
    ab__prove_most(prover, AB_PROVE_LINKED, energy, least + excused, 0, "thousand rations", &where);
}

static void prove_linked(ab_prover *prover)
{
    const ab_operation *op = prover->op;

    for (int32_t m = 0; m < op->agreements.count && !prover->failed; m++) {
        if (!op->agreements.at[m].link_group[0])
            continue;
        double *left = AB_NEW(prover->arena, double, op->commitments.count);
        if (!left) {
            prover->failed = true;
            return;
        }
        for (int32_t k = 0; k < op->commitments.count; k++)
            left[k] = asked_energy(prover, k, m);
        for (int32_t t = 0; t < prover->periods; t++)
            prove_member(prover, m, t, left);
    }
}

void ab__prove_pacts(ab_prover *prover)
{
    prove_quotas(prover);
    prove_linked(prover);
}
