/* Loading lists: what each vehicle carries adds up to the loads, has room, and lies in the order in which it is taken off. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "verify/prover.h"

typedef struct told_lot {
    const ab_lot_row *row;
    int32_t trip, commodity; /* -1: none */
    int64_t vehicle, vehicles, container, containers; /* what stays: behind all vehicles, once */
} told_lot;

/* Lots [from, until) of one vehicle or container, or of those loaded alike. */
typedef struct list {
    const told_lot *lot;
    int32_t count;
    double mass_kg, m3, pallets;
} list;

static ab_where where_lot(const ab_prover *prover, const told_lot *lot)
{
    ab_time at = lot->trip >= 0 ? prover->trip[lot->trip].row->depart : AB_TIME_NONE;
    ab_where where = ab__where_rows("trip", lot->row->trip, "commodity", lot->row->commodity, at);

    return where;
}

static bool stays(const told_lot *lot)
{
    return lot->row->vehicle < 0;
}

static bool is_drop(const ab_prover *prover, const told_lot *lot)
{
    return prover->trip[lot->trip].means == AB_MEANS_AIRDROP;
}

static const ab_commodity *goods(const ab_prover *prover, const told_lot *lot)
{
    return &prover->op->commodities.at[lot->commodity];
}

/* ---- Reading ---- */

static int32_t find_trip(const ab_prover *prover, const char *id, int32_t last)
{
    if (last >= 0 && strcmp(prover->trip[last].row->id, id) == 0)
        return last;
    for (int32_t i = 0; i < prover->trip_count; i++)
        if (ab__is_delivery(&prover->trip[i]) && strcmp(prover->trip[i].row->id, id) == 0)
            return i;
    return -1;
}

static int32_t find_commodity(const ab_prover *prover, const char *id)
{
    for (int32_t c = 0; c < prover->op->commodities.count; c++)
        if (strcmp(prover->op->commodities.at[c].id, id) == 0)
            return c;
    return -1;
}

static bool is_loaded(const ab_prover *prover, const told_lot *lot)
{
    const ab_told_trip *trip = &prover->trip[lot->trip];

    for (int32_t i = trip->first_load; i < trip->first_load + trip->load_count; i++)
        if (prover->load[i].commodity == lot->commodity)
            return true;
    return false;
}

/* Numbers that name vehicles of the trip, and containers just where it drops. */
static bool is_numbered(const ab_prover *prover, const told_lot *lot)
{
    const ab_lot_row *row = lot->row;
    bool drop = is_drop(prover, lot);

    if (row->vehicle < 0)
        return row->vehicles < 0 && row->container < 0 && row->containers < 0;
    bool vehicles = row->vehicle >= 1 && row->vehicles >= 1 && row->vehicles <= prover->trip[lot->trip].row->vehicles &&
                    row->vehicle <= prover->trip[lot->trip].row->vehicles - row->vehicles + 1;
    bool containers = drop ? row->container >= 1 && row->containers >= 1 : row->container < 0 && row->containers < 0;
    return vehicles && containers;
}

static bool read_lot(ab_prover *prover, told_lot *lot, const ab_lot_row *row, int32_t last)
{
    *lot = (told_lot){row, find_trip(prover, row->trip, last), find_commodity(prover, row->commodity),
                      row->vehicle < 0 ? INT64_MAX : row->vehicle, row->vehicle < 0 ? 1 : row->vehicles,
                      row->container < 0 ? 0 : row->container, row->container < 0 ? 1 : row->containers};
    ab_where where = where_lot(prover, lot);
    bool there = lot->trip >= 0 && lot->commodity >= 0 && is_loaded(prover, lot);
    ab__prove_fact(prover, AB_PROVE_LISTS, there, &where, "a lot of what is not loaded", "goods of a trip that has vehicles");
    if (there)
        ab__prove_fact(prover, AB_PROVE_LISTS, is_numbered(prover, lot), &where, "vehicles or containers that the trip has not",
                       "numbers of its vehicles, and of containers where it drops");
    return there && is_numbered(prover, lot);
}

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_place(const void *a, const void *b)
{
    const told_lot *x = a, *y = b;
    int order = compare(x->trip, y->trip);
    order = order ? order : compare(x->vehicle, y->vehicle);
    order = order ? order : compare(x->container, y->container);
    order = order ? order : compare(x->row->lot, y->row->lot);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* Those that can be judged further, by trip, vehicle, container and number. NULL: out of memory. */
static told_lot *read_lots(ab_prover *prover, int32_t *count)
{
    told_lot *lot = AB_NEW(prover->arena, told_lot, AB_TOLD_COUNT(prover, lots) + 1);

    *count = 0;
    for (int32_t i = 0; lot && i < AB_TOLD_COUNT(prover, lots); i++)
        *count += read_lot(prover, &lot[*count], AB_TOLD(prover, lots, lot_row, i), *count > 0 ? lot[*count - 1].trip : -1);
    if (lot && *count > 0)
        qsort(lot, (size_t)*count, sizeof *lot, by_place);
    return lot;
}

/* ---- Lots ---- */

static void prove_whole(ab_prover *prover, const told_lot *lot, const ab_where *where)
{
    double packages = lot->row->packages;
    bool whole = fabs(packages - round(packages)) <= 1e-6 * (1 + fabs(packages));

    ab__prove_fact(prover, AB_PROVE_LISTS, packages > 0, where, "a lot of nothing or less", "packages");
    if (!ab__mass_is_named(prover, &prover->trip[lot->trip]))
        ab__prove_fact(prover, AB_PROVE_LISTS, whole, where, "part of a package", "whole packages");
}

static double pallets_of(const ab_prover *prover, const told_lot *lot)
{
    int64_t positions = prover->op->vehicles.at[prover->trip[lot->trip].vehicle].pallets;
    bool on_pallets = positions > 0 && !is_drop(prover, lot) && goods(prover, lot)->packages_per_pallet > 0;

    return on_pallets ? lot->row->packages / goods(prover, lot)->packages_per_pallet : 0;
}

static double person_days(const ab_prover *prover, const told_lot *lot)
{
    int32_t group = prover->needs.group_of[lot->commodity];

    if (group < 0 || !(prover->needs.group[group].per_person_day > 0))
        return NAN;
    return lot->row->mass_kg * prover->needs.per_kg[lot->commodity] / prover->needs.group[group].per_person_day;
}

static void prove_lot(ab_prover *prover, const told_lot *lot)
{
    ab_where where = where_lot(prover, lot);
    const ab_lot_row *row = lot->row;

    prove_whole(prover, lot, &where);
    ab__prove_equal(prover, AB_PROVE_LOTS, "mass", row->mass_kg, row->packages * goods(prover, lot)->package_kg, "kg", &where);
    ab__prove_equal(prover, AB_PROVE_LOTS, "volume", row->volume_m3,
                    ab__known_or(row->packages * goods(prover, lot)->package_m3, 0), "m3", &where);
    ab__prove_equal(prover, AB_PROVE_LOTS, "pallets", row->pallets, pallets_of(prover, lot), "pallets", &where);
    ab__prove_equal(prover, AB_PROVE_LOTS, "need", row->person_days, person_days(prover, lot), "person-days", &where);
}

/* ---- Lists ---- */

/* What is likely to be taken off comes last, the likeliest by the door; of the rest the heaviest packages come first. */
static bool is_in_order(const ab_prover *prover, const told_lot *before, const told_lot *lot)
{
    bool likely = lot->row->likely_off > 0;

    if ((before->row->likely_off > 0) != likely)
        return likely;
    return likely ? lot->row->off_frac >= before->row->off_frac - 1e-9
                  : goods(prover, lot)->package_kg <= goods(prover, before)->package_kg;
}

static void prove_order(ab_prover *prover, const list *of)
{
    for (int32_t i = 0; i < of->count; i++) {
        ab_where where = where_lot(prover, &of->lot[i]);
        bool numbered = of->lot[i].row->lot == i + 1 && of->lot[i].vehicles == of->lot->vehicles &&
                        of->lot[i].containers == of->lot->containers;
        ab__prove_fact(prover, AB_PROVE_LISTS, numbered, &where, "a lot that is not the next of its list", "lots by number, each once");
        if (i > 0)
            ab__prove_fact(prover, AB_PROVE_LISTS, is_in_order(prover, &of->lot[i - 1], &of->lot[i]), &where,
                           "a lot behind one that is to be taken off first",
                           "the heaviest packages first, and what is likely to be taken off last");
    }
}

/* Those after it come behind it: no vehicle and no container has two lists. */
static void prove_once(ab_prover *prover, const list *of, const list *next)
{
    const told_lot *a = of->lot, *b = next->lot;
    ab_where where = where_lot(prover, b);
    bool beside = a->vehicle == b->vehicle && a->vehicles == b->vehicles && b->container >= a->container + a->containers;

    if (!stays(b))
        ab__prove_fact(prover, AB_PROVE_LISTS, beside || b->vehicle >= a->vehicle + a->vehicles, &where,
                       "a vehicle or container that is listed twice", "one list for each");
}

static void prove_container(ab_prover *prover, const list *of, const ab_where *where)
{
    const ab_told_trip *trip = &prover->trip[of->lot->trip];
    double most_kg = fmax(trip->container_kg, prover->op->dropsystems.at[trip->dropsystem].load_max_kg);
    const told_lot *lot = of->lot;

    ab__prove_most(prover, AB_PROVE_ROOM, of->mass_kg, most_kg, 0, "kg in a container", where);
    ab__prove_most(prover, AB_PROVE_ROOM, (double)(lot->container + lot->containers - 1), trip->containers, 0, "containers", where);
}

/* `of`: all that is on one vehicle. */
static void prove_vehicle(ab_prover *prover, const list *of)
{
    const ab_told_trip *trip = &prover->trip[of->lot->trip];
    const ab_vehicle *vehicle = &prover->op->vehicles.at[trip->vehicle];
    ab_where where = where_lot(prover, of->lot);

    ab__prove_most(prover, AB_PROVE_ROOM, of->mass_kg / 1000, trip->payload_kg / 1000, 0, "t on a vehicle", &where);
    if (!isnan(vehicle->payload_m3))
        ab__prove_most(prover, AB_PROVE_ROOM, of->m3, vehicle->payload_m3, 0, "m3 on a vehicle", &where);
    if (vehicle->pallets >= 0 && !is_drop(prover, of->lot))
        ab__prove_most(prover, AB_PROVE_ROOM, of->pallets, (double)vehicle->pallets, 0, "pallets on a vehicle", &where);
}

static list next_list(const told_lot *lot, int32_t count)
{
    list of = {.lot = lot};

    while (of.count < count && lot[of.count].trip == lot->trip && lot[of.count].vehicle == lot->vehicle &&
           lot[of.count].container == lot->container) {
        of.mass_kg += lot[of.count].row->mass_kg;
        of.m3 += lot[of.count].row->volume_m3;
        of.pallets += lot[of.count++].row->pallets;
    }
    return of;
}

static void add_list(list *vehicle, const list *of)
{
    vehicle->mass_kg += (double)of->lot->containers * of->mass_kg;
    vehicle->m3 += (double)of->lot->containers * of->m3;
    vehicle->pallets += of->pallets;
}

static void prove_lists(ab_prover *prover, const told_lot *lot, int32_t count)
{
    list before = {.count = 0}, vehicle = {.count = 0};

    for (int32_t i = 0; i < count; i += before.count) {
        list of = next_list(&lot[i], count - i);
        bool same_trip = i > 0 && before.lot->trip == of.lot->trip;
        prove_order(prover, &of);
        if (same_trip)
            prove_once(prover, &before, &of);
        if (!same_trip || before.lot->vehicle != of.lot->vehicle)
            vehicle = (list){.lot = of.lot};
        add_list(&vehicle, &of);
        ab_where where = where_lot(prover, of.lot);
        if (!stays(of.lot) && is_drop(prover, of.lot))
            prove_container(prover, &of, &where);
        if (!stays(of.lot))
            prove_vehicle(prover, &vehicle);
        before = of;
    }
}

/* ---- Loads ---- */

static void prove_loads(ab_prover *prover, const told_lot *lot, int32_t count)
{
    double *listed_kg = AB_NEW(prover->arena, double, prover->load_count + 1);

    prover->failed = prover->failed || !listed_kg;
    for (int32_t i = 0; listed_kg && i < count; i++) {
        const ab_told_trip *trip = &prover->trip[lot[i].trip];
        int32_t l = trip->first_load;
        while (prover->load[l].commodity != lot[i].commodity)
            l++;
        listed_kg[l] += lot[i].row->mass_kg * (double)lot[i].vehicles * (double)lot[i].containers;
    }
    for (int32_t l = 0; listed_kg && l < prover->load_count; l++) {
        const ab_load_row *row = prover->load[l].row;
        const ab_told_trip *trip = &prover->trip[prover->load[l].trip];
        ab_where where = ab__where_rows("trip", row->trip, "commodity", row->commodity, trip->row->depart);
        if (ab__is_delivery(trip))
            ab__prove_equal(prover, AB_PROVE_LOTS, "lots of all vehicles", listed_kg[l] / 1000, row->mass_kg / 1000, "t", &where);
    }
}

void ab__prove_lots(ab_prover *prover)
{
    int32_t count;
    const told_lot *lot = read_lots(prover, &count);

    if (!lot) {
        prover->failed = true;
        return;
    }
    for (int32_t i = 0; i < count; i++)
        prove_lot(prover, &lot[i]);
    prove_lists(prover, lot, count);
    prove_loads(prover, lot, count);
}
