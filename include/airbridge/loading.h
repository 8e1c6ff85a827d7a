/* loading: which vehicle of a trip carries what, in lots that can be taken off one by one. A lot is packages of
 * one commodity on one vehicle, or in one drop container; what may be taken off at inspection is loaded last,
 * nearest the door. docs/models/loading.md has the rules. */
#ifndef AIRBRIDGE_LOADING_H
#define AIRBRIDGE_LOADING_H

#include "airbridge/access.h"
#include "airbridge/plan.h"
#include "airbridge/trips.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a share taken off rests on. */
typedef enum ab_lot_basis {
    AB_LOT_NO_GATE,  /* nobody opens the load on the way: dropped, or no permission needed and nothing said */
    AB_LOT_DEFAULT,  /* no movement to the place tells of the commodity */
    AB_LOT_RECORD    /* movements to the place do */
} ab_lot_basis;

/* What is expected of one commodity on one trip at inspection. */
typedef struct ab_lot_risk {
    bool likely;         /* load it to be taken off: a row says so, or the share is at least a fifth */
    ab_lot_basis basis;
    ab_chance share;     /* of what is loaded that is taken off; NaN for NO_GATE */
    int32_t cases;       /* movements counted */
    ab_refs because;     /* rows that say that it may be taken off; none: by category alone */
} ab_lot_risk;

typedef struct ab_lot {
    int32_t commodity;
    double packages;     /* whole, but for the last one where a commitment names a mass that ends within it */
    double mass_kg, volume_m3;
    double pallets;      /* positions; 0: loose, or in a container */
    int32_t risk;        /* in ab_loading.risk */
} ab_lot;

/* What one vehicle carries, or one drop container of it, as do those numbered after it: numbers count from 1 in
 * the trip, and from 1 in the aircraft. vehicles 0: no vehicle has room for it, and it stays at the hub. Vehicles that go empty
 * have the last numbers, and no manifest. */
typedef struct ab_manifest {
    int32_t chosen;      /* in ab_plan.chosen */
    int32_t first_vehicle, vehicles;
    int32_t first_container, containers; /* 0, 0: no drop */
    int32_t first_lot, lot_count;        /* in ab_loading.lot: in the order of loading, the last nearest the door */
} ab_manifest;

typedef struct ab_loading {
    int32_t manifest_count, lot_count, risk_count;
    const ab_manifest *manifest; /* by chosen, vehicle, container; what stays comes last of its trip */
    const ab_lot *lot;
    const ab_lot_risk *risk;
    double left_kg;              /* all that stays at a hub for want of room */
    struct ab_arena *arena;
} ab_loading;

/* Lists for every chosen trip that has vehicles; transfers have none. The lots of a trip add up to its loads.
 * `routes` may be NULL where no kind has a path. NO_MEMORY only. */
AB_API ab_status ab_loading_make(const ab_operation *op, const ab_access *access, const ab_routes *routes,
                                 const ab_trips *trips, const ab_plan *plan, ab_loading **out, ab_error *err);
AB_API void ab_loading_free(ab_loading *loading);

#ifdef __cplusplus
}
#endif
#endif
