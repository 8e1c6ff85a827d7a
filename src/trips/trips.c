#include "airbridge/trips.h"

#include <assert.h>

#include "base/arena.h"
#include "trips/build.h"

#define COPY(arena, vec, type, out)                                                                \
    do {                                                                                           \
        type *copied = AB_NEW((arena), type, (vec).count);                                         \
        for (int32_t i = 0; copied != NULL && i < (vec).count; i++) {                              \
            copied[i] = (vec).at[i];                                                               \
        }                                                                                          \
        (out) = copied;                                                                            \
    } while (0)

static bool keep(const ab__trip_lists *lists, ab_trips *trips)
{
    COPY(trips->arena, lists->kinds, ab_trip_kind, trips->kind);
    COPY(trips->arena, lists->offers, ab_offer, trips->offer);
    COPY(trips->arena, lists->refusals, ab_refusal, trips->refusal);
    COPY(trips->arena, lists->transfers, ab_transfer, trips->transfer);
    trips->kind_count = lists->kinds.count;
    trips->offer_count = lists->offers.count;
    trips->refusal_count = lists->refusals.count;
    trips->transfer_count = lists->transfers.count;
    return trips->kind != NULL && trips->offer != NULL && trips->refusal != NULL &&
           trips->transfer != NULL;
}

static bool build(ab__trip_lists *lists, ab_trips *trips)
{
    bool fine = ab__trips_add_kinds(lists) && ab__trips_add_offers(lists) &&
                ab__trips_add_transfers(lists) && keep(lists, trips);
    AB_VEC_FREE(&lists->kinds);
    AB_VEC_FREE(&lists->offers);
    AB_VEC_FREE(&lists->refusals);
    AB_VEC_FREE(&lists->transfers);
    return fine;
}

ab_status ab_trips_make(const ab_operation *op, const ab_access *access, const ab_routes *routes,
                        const ab_airdrops *drops, ab_trips **out, ab_error *err)
{
    assert(op->commodities.count <= 64);
    *out = NULL;
    ab_arena *arena = ab__arena_new();
    ab_trips *trips = arena != NULL ? AB_NEW(arena, ab_trips, 1) : NULL;
    if (trips != NULL) {
        trips->arena = arena;
        trips->drops = drops;
    }
    ab__trip_lists lists = {.op = op, .access = access, .routes = routes, .drops = drops};
    if (trips == NULL || !build(&lists, trips)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while listing trips");
    }
    *out = trips;
    return AB_OK;
}

void ab_trips_free(ab_trips *trips)
{
    if (trips != NULL) {
        ab__arena_free(trips->arena);
    }
}
