#include "loading/lists.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "loading/drops.h"

/* ---- Vehicles alike ---- */

/* A bin and what is in it, to be brought into order. */
typedef struct bin {
    const ab__packing *p;
    const int64_t *in;
    int32_t number;
} bin;

static bool is_empty(const ab__packing *p, const int64_t *in)
{
    for (int32_t g = 0; g < p->kinds; g++)
        if (in[g] > 0)
            return false;
    return true;
}

/* Those without goods at risk first, and of each kind the fuller ones: what is looked through longest stands last
 * in the column, and nobody waits behind it. What goes empty has the last numbers. */
static int by_contents(const void *a, const void *b)
{
    const bin *x = a, *y = b;
    bool x_empty = is_empty(x->p, x->in), y_empty = is_empty(y->p, y->in);

    if (x_empty != y_empty)
        return x_empty ? 1 : -1;
    for (int at_risk = 1; at_risk >= 0; at_risk--) {
        for (int32_t g = 0; g < x->p->kinds; g++) {
            if (x->p->goods[g].at_risk != (at_risk == 1) || x->in[g] == y->in[g])
                continue;
            bool before = at_risk ? x->in[g] < y->in[g] : x->in[g] > y->in[g];
            return before ? -1 : 1;
        }
    }
    return (x->number > y->number) - (x->number < y->number);
}

static bin *in_order(ab_arena *arena, const ab__packing *p)
{
    bin *bins = AB_NEW(arena, bin, p->bins);

    if (!bins)
        return NULL;
    for (int32_t i = 0; i < p->bins; i++)
        bins[i] = (bin){p, &p->in[(int64_t)i * p->kinds], i};
    if (p->bins > 0)
        qsort(bins, (size_t)p->bins, sizeof *bins, by_contents);
    return bins;
}

/* How many bins from `first` on hold the same. */
static int32_t count_alike(const bin *bins, int32_t first, int32_t count)
{
    const ab__packing *p = bins[first].p;
    int32_t n = first + 1;

    while (n < count &&
           memcmp(bins[n].in, bins[first].in, (size_t)p->kinds * sizeof *bins[n].in) == 0)
        n++;
    return n - first;
}

/* ---- Lots ---- */

static double pallets_of(const ab_operation *op, const ab_trip_kind *kind, const ab_commodity *c,
                         double packages)
{
    bool positions = op->vehicles.at[kind->vehicle].pallets > 0 && kind->means != AB_MEANS_AIRDROP;

    return positions && c->packages_per_pallet > 0 ? packages / c->packages_per_pallet : 0;
}

static bool add_packages(ab__lists_made *to, int32_t first_lot, int32_t commodity, int32_t risk,
                         double packages)
{
    for (int32_t i = first_lot; i < to->lots.count; i++) {
        if (to->lots.at[i].commodity == commodity) {
            to->lots.at[i].packages += packages;
            return true;
        }
    }
    ab_lot *lot = AB_PUSH(&to->lots);
    if (lot)
        *lot = (ab_lot){.commodity = commodity, .packages = packages, .risk = risk};
    return lot != NULL;
}

/* Is lot a loaded before b? What is likely to be taken off comes last, the likeliest at the door; of the rest the
 * heaviest packages come first, and lie low. */
static bool goes_before(const ab__lists_made *of, const ab_lot *a, const ab_lot *b)
{
    const ab_lot_risk *x = &of->risks.at[a->risk], *y = &of->risks.at[b->risk];
    const ab_commodity *c = &of->op->commodities.at[a->commodity],
                       *d = &of->op->commodities.at[b->commodity];

    if (x->likely != y->likely)
        return y->likely;
    if (x->likely && x->share.mean != y->share.mean)
        return x->share.mean < y->share.mean;
    if (c->package_kg != d->package_kg)
        return c->package_kg > d->package_kg;
    return strcmp(c->id, d->id) < 0;
}

static void sort_lots(ab__lists_made *of, int32_t first)
{
    for (int32_t i = first + 1; i < of->lots.count; i++) {
        ab_lot lot = of->lots.at[i];
        int32_t at = i;
        for (; at > first && goes_before(of, &lot, &of->lots.at[at - 1]); at--)
            of->lots.at[at] = of->lots.at[at - 1];
        of->lots.at[at] = lot;
    }
}

static void measure_lots(ab__lists_made *of, const ab_trip_kind *kind, int32_t first)
{
    for (int32_t i = first; i < of->lots.count; i++) {
        ab_lot *lot = &of->lots.at[i];
        const ab_commodity *c = &of->op->commodities.at[lot->commodity];
        lot->mass_kg = lot->packages * c->package_kg;
        lot->volume_m3 = isnan(c->package_m3) ? 0 : lot->packages * c->package_m3;
        lot->pallets = pallets_of(of->op, kind, c, lot->packages);
    }
}

/* Adds a manifest with the lots of `in`; nothing where nothing is in it. */
static bool add_manifest(ab__lists_made *to, const ab__trip_risks *trip, const ab_trip_kind *kind,
                         const ab__packing *p, const int64_t *in, ab_manifest made)
{
    made.chosen = trip->chosen;
    made.first_lot = to->lots.count;
    for (int32_t g = 0; g < p->kinds; g++) {
        int32_t c = p->goods[g].commodity;
        if (in[g] > 0 && !add_packages(to, made.first_lot, c, trip->of_commodity[c],
                                       (double)in[g] * p->goods[g].share))
            return false;
    }
    made.lot_count = to->lots.count - made.first_lot;
    if (made.lot_count == 0)
        return true;
    sort_lots(to, made.first_lot);
    measure_lots(to, kind, made.first_lot);
    ab_manifest *manifest = AB_PUSH(&to->manifests);
    if (manifest)
        *manifest = made;
    return manifest != NULL;
}

/* ---- Drops ---- */

static ab__goods *goods_in(ab_arena *arena, const ab__packing *p, const int64_t *in)
{
    ab__goods *goods = AB_NEW(arena, ab__goods, p->kinds);

    for (int32_t g = 0; goods && g < p->kinds; g++) {
        goods[g] = p->goods[g];
        goods[g].count = in[g];
    }
    return goods;
}

/* Both sort their goods by the same order, so g is the same good in both. */
static void add_left(const ab__packing *containers, int32_t vehicles, int64_t *stays)
{
    for (int32_t g = 0; g < containers->kinds; g++)
        stays[g] += vehicles * containers->left[g];
}

static bool add_containers(ab__lists_made *to, ab_arena *scratch, const ab__trip_risks *trip,
                           const ab_trip_kind *kind, const ab__packing *p, const int64_t *in,
                           ab_manifest made, int64_t *stays)
{
    ab__goods *goods = goods_in(scratch, p, in);
    ab__packing containers;

    if (!goods || !ab__pack_containers(scratch, kind, &to->op->dropsystems.at[kind->dropsystem],
                                       goods, p->kinds, &containers))
        return false;
    add_left(&containers, made.vehicles, stays);
    const bin *bins = in_order(scratch, &containers);
    if (!bins)
        return false;
    for (int32_t i = 0; i < containers.bins; i += made.containers) {
        made.containers = count_alike(bins, i, containers.bins);
        made.first_container = i + 1;
        if (!add_manifest(to, trip, kind, &containers, bins[i].in, made))
            return false;
    }
    return true;
}

/* ---- A trip ---- */

static bool add_what_stays(ab__lists_made *to, const ab__trip_risks *trip, const ab_trip_kind *kind,
                           const ab__packing *p, const int64_t *stays)
{
    int32_t first = to->lots.count;

    if (!add_manifest(to, trip, kind, p, stays, (ab_manifest){.vehicles = 0}))
        return false;
    for (int32_t i = first; i < to->lots.count; i++)
        to->left_kg += to->lots.at[i].mass_kg;
    return true;
}

bool ab__lists_add_trip(ab__lists_made *to, ab_arena *scratch, const ab__trip_risks *trip,
                        const ab_trip_kind *kind, const ab__packing *vehicles)
{
    const bin *bins = in_order(scratch, vehicles);
    int64_t *stays = AB_NEW(scratch, int64_t, vehicles->kinds);

    if (!bins || !stays)
        return false;
    memcpy(stays, vehicles->left, (size_t)vehicles->kinds * sizeof *stays);
    for (int32_t i = 0, alike; i < vehicles->bins; i += alike) {
        alike = count_alike(bins, i, vehicles->bins);
        ab_manifest made = {.first_vehicle = i + 1, .vehicles = alike};
        if (is_empty(vehicles, bins[i].in))
            continue;
        bool added = kind->loads > 0 ? add_containers(to, scratch, trip, kind, vehicles, bins[i].in,
                                                      made, stays)
                                     : add_manifest(to, trip, kind, vehicles, bins[i].in, made);
        if (!added)
            return false;
    }
    return add_what_stays(to, trip, kind, vehicles, stays);
}
