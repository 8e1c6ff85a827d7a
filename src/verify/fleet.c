/* Vehicles: hours of work, departures, sorties in fact, convoys, parking, canopies. No truck is in two places. */
#include <math.h>
#include <string.h>

#include "verify/prover.h"

static const double WHOLE = 1e-9;

static const ab_vehicle *vehicle_of(const ab_prover *prover, const ab_told_trip *trip)
{
    return &prover->op->vehicles.at[trip->vehicle];
}

static double go(const ab_told_trip *trip)
{
    return (double)trip->row->vehicles;
}

/* Days from the start to the end of a block. */
static double days_until(const ab_prover *prover, int32_t block)
{
    double days = 0;
    for (int32_t t = 0; t < prover->periods && prover->block[t] <= block; t++)
        days += prover->days[t];
    return days;
}

/* ---- Hours ---- */

static double hours_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_vehicle *v = &prover->op->vehicles.at[cell / prover->periods];
    int32_t t = (int32_t)(cell % prover->periods);

    *where = ab__where_row("vehicle", v->id, ab_period_start(prover->op, t));
    return (double)v->count * v->duty_s_per_day / 3600 * prover->days[t];
}

/* A trip takes its cycle from the hours of its period of departure, and the rest from those after it. */
static void use_hours(ab_prover *prover, ab_uses *uses, int32_t i)
{
    const ab_told_trip *trip = &prover->trip[i];
    const ab_vehicle *v = vehicle_of(prover, trip);
    double rest_s = v->turnround_s + 2 * trip->one_way_s;

    for (int32_t t = trip->depart; t < prover->periods && rest_s > 0; t++) {
        double most_s = v->duty_s_per_day * prover->days[t], share_s = fmin(rest_s, most_s);
        ab__use(prover, uses, (int64_t)trip->vehicle * prover->periods + t, i, go(trip) * share_s / 3600);
        rest_s -= share_s;
    }
}

/* ---- Departures ---- */

/* Offered once: the same vehicles by the same way on the same day. */
static bool same_offer(const ab_told_trip *a, const ab_told_trip *b)
{
    return ab__is_delivery(b) && a->vehicle == b->vehicle && a->place == b->place && a->means == b->means &&
           a->depart == b->depart && a->dropzone == b->dropzone && a->dropsystem == b->dropsystem &&
           a->row->distance_m == b->row->distance_m &&
           strcmp(a->row->roads ? a->row->roads : "", b->row->roads ? b->row->roads : "") == 0;
}

static void prove_window(ab_prover *prover, int32_t i)
{
    const ab_told_trip *trip = &prover->trip[i];
    const ab_vehicle *v = vehicle_of(prover, trip);
    ab__leave leave = ab__leave_of(prover, trip->place, trip->means, trip->depart);
    double frac = ab__open_frac(prover, trip, &leave), gone = 0;
    double work_s = v->duty_s_per_day * prover->days[trip->depart] * frac;
    double cycle_s = v->turnround_s + 2 * trip->one_way_s;
    double turns = cycle_s > 0 ? fmax(1, work_s / cycle_s) : 1;
    ab_where where = ab__where_trip(prover, &i);

    ab__prove_fact(prover, AB_PROVE_AGREED, frac > 0, &where, "no hour in which it may leave", "hours agreed and a hub at work");
    for (int32_t k = 0; k < prover->trip_count; k++)
        gone += same_offer(trip, &prover->trip[k]) ? go(&prover->trip[k]) : 0;
    ab__prove_most(prover, AB_PROVE_WINDOW, gone, work_s > 0 ? floor((double)v->count * turns + 1e-6) : 0, 0, "vehicles",
                   &where);
}

/* ---- Sorties in fact ---- */

static double sorties_a_day(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_vehicle *v = &prover->op->vehicles.at[cell / prover->periods];
    int32_t t = ab__block_begins(prover, (int32_t)(cell % prover->periods));

    *where = ab__where_row("vehicle", v->id, ab_period_start(prover->op, t));
    return ceil((double)v->count * v->sorties_per_day * prover->block_days[t] - WHOLE);
}

static double sorties_until(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_vehicle *v = &prover->op->vehicles.at[cell / prover->periods];
    int32_t block = (int32_t)(cell % prover->periods);

    *where = ab__where_row("vehicle", v->id, ab_period_start(prover->op, ab__block_begins(prover, block)));
    return ceil((double)v->count * v->sorties_per_day * days_until(prover, block) - WHOLE);
}

/* Where the daily figure is whole for every day, the sum up to each follows from it. */
static bool sums_bind(const ab_prover *prover, const ab_vehicle *v)
{
    for (int32_t t = 0; t < prover->periods; t++) {
        double a_day = (double)v->count * v->sorties_per_day * prover->block_days[t];
        if (fabs(a_day - round(a_day)) >= WHOLE)
            return true;
    }
    return false;
}

static void use_sorties(ab_prover *prover, ab_uses *a_day, ab_uses *until, int32_t i)
{
    const ab_told_trip *trip = &prover->trip[i];
    const ab_vehicle *v = vehicle_of(prover, trip);
    int64_t first = (int64_t)trip->vehicle * prover->periods;

    if (isnan(v->sorties_per_day))
        return;
    ab__use(prover, a_day, first + prover->block[trip->depart], i, go(trip));
    for (int32_t b = prover->block[trip->depart]; b < prover->blocks && sums_bind(prover, v); b++)
        ab__use(prover, until, first + b, i, go(trip));
}

/* ---- Convoys ---- */

static double convoy_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_operation *op = prover->op;
    int32_t t = ab__block_begins(prover, (int32_t)(cell % prover->periods));
    int64_t pair = cell / prover->periods;
    const ab_vehicle *v = &op->vehicles.at[pair / op->places.count];

    *where = ab__where_rows("vehicle", v->id, "place", op->places.at[pair % op->places.count].id, ab_period_start(op, t));
    return v->convoy_max >= 0 ? (double)v->convoy_max * floor(prover->block_days[t] + WHOLE) : NAN;
}

static void use_convoys(ab_prover *prover, ab_uses *uses, int32_t i)
{
    const ab_told_trip *trip = &prover->trip[i];
    int64_t pair = (int64_t)trip->vehicle * prover->op->places.count + trip->place;

    ab__use(prover, uses, pair * prover->periods + prover->block[trip->depart], i, go(trip));
}

int64_t ab__convoys(const ab_prover *prover, int32_t vehicle, int32_t place, int32_t block)
{
    const ab_vehicle *v = &prover->op->vehicles.at[vehicle];
    double most = v->convoy_max >= 0 ? (double)v->convoy_max : (double)v->count, gone = 0;

    for (int32_t i = 0; i < prover->trip_count; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        if (ab__is_delivery(trip) && trip->vehicle == vehicle && trip->place == place && prover->block[trip->depart] == block)
            gone += go(trip);
    }
    return most > 0 ? (int64_t)ceil(gone / most - 1e-6) : (int64_t)ceil(gone);
}

static void prove_teams(ab_prover *prover)
{
    const ab_operation *op = prover->op;

    for (int32_t v = 0; v < op->vehicles.count; v++) {
        if (op->vehicles.at[v].convoys_per_day < 0)
            continue;
        for (int32_t b = 0; b < prover->blocks; b++) {
            int32_t t = ab__block_begins(prover, b);
            ab_where where = ab__where_row("vehicle", op->vehicles.at[v].id, ab_period_start(op, t));
            double convoys = 0;
            for (int32_t p = 0; p < op->places.count; p++)
                convoys += (double)ab__convoys(prover, v, p, b);
            ab__prove_most(prover, AB_PROVE_CONVOYS, convoys,
                           floor((double)op->vehicles.at[v].convoys_per_day * prover->block_days[t] + WHOLE), 0, "convoys",
                           &where);
        }
    }
}

/* ---- Parking ---- */

static double parking_at_hub(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_hub *hub = &prover->op->hubs.at[cell / prover->periods];
    int32_t t = (int32_t)(cell % prover->periods);
    double open_s = (hub->closes_s < 0 ? 86400 : hub->closes_s) - (hub->opens_s < 0 ? 0 : hub->opens_s);

    *where = ab__where_row("hub", hub->id, ab_period_start(prover->op, t));
    return hub->parking < 0 ? NAN : (double)hub->parking * open_s / 3600 * prover->days[t];
}

static double parking_at_place(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_place *place = &prover->op->places.at[cell / prover->periods];
    int32_t t = (int32_t)(cell % prover->periods);

    *where = ab__where_row("place", place->id, ab_period_start(prover->op, t));
    return place->parking < 0 ? NAN : (double)place->parking * 24 * prover->days[t];
}

static void use_parking(ab_prover *prover, ab_uses *hubs, ab_uses *places, int32_t i)
{
    const ab_told_trip *trip = &prover->trip[i];
    double hours = go(trip) * vehicle_of(prover, trip)->turnround_s / 3600;

    if (!ab__is_flight(trip))
        return;
    ab__use(prover, hubs, (int64_t)trip->hub * prover->periods + trip->depart, i, hours);
    if (trip->means != AB_MEANS_AIRDROP)
        ab__use(prover, places, (int64_t)trip->place * prover->periods + trip->arrive, i, hours);
}

/* ---- Canopies ---- */

static double canopies_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_dropsystem *system = &prover->op->dropsystems.at[cell];

    *where = ab__where_row("dropsystem", system->id, AB_TIME_NONE);
    return system->canopies_in_stock < 0 ? NAN : (double)system->canopies_in_stock;
}

static double rigged_of(const ab_prover *prover, int64_t cell, ab_where *where)
{
    const ab_dropsystem *system = &prover->op->dropsystems.at[cell / prover->periods];
    int32_t block = (int32_t)(cell % prover->periods);

    *where = ab__where_row("dropsystem", system->id, ab_period_start(prover->op, ab__block_begins(prover, block)));
    return system->rigged_per_day < 0 ? NAN : floor((double)system->rigged_per_day * days_until(prover, block) + WHOLE);
}

static void use_canopies(ab_prover *prover, ab_uses *stock, ab_uses *rigged, int32_t i)
{
    const ab_told_trip *trip = &prover->trip[i];
    double used = trip->container_kg > 0 ? ceil(trip->mass_kg / trip->container_kg - 1e-6) : 0;

    if (trip->means != AB_MEANS_AIRDROP)
        return;
    ab__use(prover, stock, trip->dropsystem, i, used);
    for (int32_t b = prover->block[trip->depart]; b < prover->blocks; b++)
        ab__use(prover, rigged, (int64_t)trip->dropsystem * prover->periods + b, i, used);
}

void ab__prove_fleet(ab_prover *prover)
{
    ab_uses hours = {0}, a_day = {0}, until = {0}, convoys = {0}, hubs = {0}, places = {0}, stock = {0}, rigged = {0};

    for (int32_t i = 0; i < prover->trip_count && !prover->failed; i++) {
        if (!ab__is_delivery(&prover->trip[i]))
            continue;
        use_hours(prover, &hours, i);
        prove_window(prover, i);
        use_sorties(prover, &a_day, &until, i);
        use_convoys(prover, &convoys, i);
        use_parking(prover, &hubs, &places, i);
        use_canopies(prover, &stock, &rigged, i);
    }
    ab__prove_uses(prover, AB_PROVE_HOURS, &hours, "h", hours_of);
    ab__prove_uses(prover, AB_PROVE_SORTIES, &a_day, "trips", sorties_a_day);
    ab__prove_uses(prover, AB_PROVE_SORTIES, &until, "trips since the start", sorties_until);
    ab__prove_uses(prover, AB_PROVE_CONVOYS, &convoys, "vehicles", convoy_of);
    prove_teams(prover);
    ab__prove_uses(prover, AB_PROVE_PARKING, &hubs, "h on the ground", parking_at_hub);
    ab__prove_uses(prover, AB_PROVE_PARKING, &places, "h on the ground", parking_at_place);
    ab__prove_uses(prover, AB_PROVE_CANOPIES, &stock, "canopies", canopies_of);
    ab__prove_uses(prover, AB_PROVE_CANOPIES, &rigged, "canopies since the start", rigged_of);
}
