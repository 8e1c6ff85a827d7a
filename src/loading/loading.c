#include "airbridge/loading.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "loading/lists.h"
#include "loading/risk.h"

/* A millionth of a package over a whole number of them is rounding. */
static const double ROUNDED = 1e-6;

typedef struct builder {
    const ab_operation *op;
    const ab_trips *trips;
    const ab_plan *plan;
    ab__inspection inspection;
    ab__lists_made lists;
    int32_t *of_commodity; /* [commodity]: risk on the trip in hand */
} builder;

/* ---- One trip ---- */

static ab__goods goods_of(const builder *b, const ab_trip_kind *kind, int32_t c, int64_t count,
                          double share)
{
    const ab_commodity *commodity = &b->op->commodities.at[c];
    bool on_pallets = kind->loads <= 0 && commodity->packages_per_pallet > 0;

    return (ab__goods){.commodity = c,
                       .id = commodity->id,
                       .share = share,
                       .count = count,
                       .size = {share * commodity->package_kg,
                                isnan(commodity->package_m3) ? 0 : share * commodity->package_m3,
                                on_pallets ? share / commodity->packages_per_pallet : 0},
                       .at_risk = b->lists.risks.at[b->of_commodity[c]].likely};
}

static bool ask_risk(builder *b, int32_t offer, int32_t c)
{
    ab_lot_risk *risk = AB_PUSH(&b->lists.risks);

    if (!risk || !ab__inspection_ask(&b->inspection, offer, c, risk))
        return false;
    b->of_commodity[c] = b->lists.risks.count - 1;
    return true;
}

/* The loads of a trip as whole packages, and parts of one where a mass ends within it. -1: out of memory. */
static int32_t list_goods(builder *b, const ab_chosen *chosen, const ab_trip_kind *kind,
                          ab__goods *goods)
{
    int32_t kinds = 0;

    for (int32_t i = 0; i < chosen->load_count; i++) {
        const ab_load *load = &b->plan->load[chosen->first_load + i];
        double packages = load->mass_kg / b->op->commodities.at[load->commodity].package_kg;
        double whole = floor(packages + ROUNDED);
        if (!ask_risk(b, chosen->offer, load->commodity))
            return -1;
        if (whole > 0)
            goods[kinds++] = goods_of(b, kind, load->commodity, (int64_t)whole, 1);
        if (packages - whole > ROUNDED)
            goods[kinds++] = goods_of(b, kind, load->commodity, 1, packages - whole);
    }
    return kinds;
}

static void room_of(const builder *b, const ab_trip_kind *kind, double room[AB__SIZES])
{
    int64_t pallets = b->op->vehicles.at[kind->vehicle].pallets;

    room[AB__MASS] = kind->payload_kg;
    room[AB__VOLUME] = kind->payload_m3 > 0 ? kind->payload_m3 : INFINITY;
    room[AB__PALLETS] = pallets > 0 && kind->loads <= 0 ? (double)pallets : INFINITY;
}

static bool add_trip(builder *b, int32_t number)
{
    const ab_chosen *chosen = &b->plan->chosen[number];
    const ab_trip_kind *kind = &b->trips->kind[b->trips->offer[chosen->offer].kind];
    ab_arena *scratch = ab__arena_new();
    ab__goods *goods = scratch ? AB_NEW(scratch, ab__goods, 2 * chosen->load_count) : NULL;
    int32_t kinds = goods ? list_goods(b, chosen, kind, goods) : -1;
    double room[AB__SIZES];
    ab__packing vehicles;

    room_of(b, kind, room);
    ab__trip_risks trip = {number, b->of_commodity};
    bool fine = kinds >= 0 && ab__pack(scratch, goods, kinds, chosen->vehicles, room, &vehicles) &&
                ab__lists_add_trip(&b->lists, scratch, &trip, kind, &vehicles);
    ab__arena_free(scratch);
    return fine;
}

/* ---- All of them ---- */

static bool add_trips(builder *b)
{
    for (int32_t i = 0; i < b->plan->chosen_count; i++)
        if (b->plan->chosen[i].offer >= 0 && b->plan->chosen[i].vehicles > 0 && !add_trip(b, i))
            return false;
    return true;
}

static bool keep(const builder *b, ab_loading *loading)
{
    const ab__lists_made *lists = &b->lists;
    ab_manifest *manifest = AB_NEW(loading->arena, ab_manifest, lists->manifests.count);
    ab_lot *lot = AB_NEW(loading->arena, ab_lot, lists->lots.count);
    ab_lot_risk *risk = AB_NEW(loading->arena, ab_lot_risk, lists->risks.count);

    if (!manifest || !lot || !risk)
        return false;
    for (int32_t i = 0; i < lists->manifests.count; i++)
        manifest[i] = lists->manifests.at[i];
    for (int32_t i = 0; i < lists->lots.count; i++)
        lot[i] = lists->lots.at[i];
    for (int32_t i = 0; i < lists->risks.count; i++)
        risk[i] = lists->risks.at[i];
    loading->manifest_count = lists->manifests.count;
    loading->lot_count = lists->lots.count;
    loading->risk_count = lists->risks.count;
    loading->manifest = manifest;
    loading->lot = lot;
    loading->risk = risk;
    loading->left_kg = lists->left_kg;
    return true;
}

static bool build(builder *b, ab_loading *loading)
{
    b->of_commodity = AB_NEW(loading->arena, int32_t, b->op->commodities.count);
    bool fine = b->of_commodity && ab__inspection_start(&b->inspection, loading->arena) &&
                add_trips(b) && keep(b, loading);

    AB_VEC_FREE(&b->lists.manifests);
    AB_VEC_FREE(&b->lists.lots);
    AB_VEC_FREE(&b->lists.risks);
    return fine;
}

ab_status ab_loading_make(const ab_operation *op, const ab_access *access, const ab_routes *routes,
                          const ab_trips *trips, const ab_plan *plan, ab_loading **out,
                          ab_error *err)
{
    builder b = {.op = op,
                 .trips = trips,
                 .plan = plan,
                 .inspection = {.op = op, .access = access, .routes = routes, .trips = trips},
                 .lists = {.op = op}};
    ab_arena *arena = ab__arena_new();
    ab_loading *loading = arena ? AB_NEW(arena, ab_loading, 1) : NULL;

    *out = NULL;
    if (loading)
        loading->arena = arena;
    if (!loading || !build(&b, loading)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while loading lists were made");
    }
    *out = loading;
    return AB_OK;
}

void ab_loading_free(ab_loading *loading)
{
    if (loading)
        ab__arena_free(loading->arena);
}
