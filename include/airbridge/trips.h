/* trips: the trips that could be made, each with its time, cost, payload and chance to arrive; and, where
 * none can be made, why not. */
#ifndef AIRBRIDGE_TRIPS_H
#define AIRBRIDGE_TRIPS_H

#include "airbridge/access.h"
#include "airbridge/drop.h"
#include "airbridge/operation.h"
#include "airbridge/route.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A kind of trip: one vehicle of a class from its hub to a place by one way. */
typedef struct ab_trip_kind {
    ab_means means;
    int32_t vehicle, hub, place;
    int32_t path;             /* number in ab_routes; -1 by air */
    int32_t dropzone, dropsystem; /* -1: none */
    double payload_kg;        /* cargo of one vehicle, by mass, range, pallets and load limits */
    double payload_m3;        /* INFINITY: no limit known */
    double loads;             /* drop containers of one vehicle when full; 0: no drop */
    double load_kg;           /* cargo of one drop container when full; 0: no drop */
    double distance_m;        /* one way */
    double out_s;             /* from the start of loading to receipt */
    double cycle_s;           /* from the start of loading to ready again */
    double usd;               /* one vehicle: hours under way */
    double usd_per_load;      /* each drop container: canopy and rigging, not returned */
    uint64_t commodities;     /* bit c: it can carry commodity c at all */
} ab_trip_kind;

/* Offer: a kind of trip that may depart in period t. */
typedef struct ab_offer {
    int32_t kind;
    int32_t depart, arrive;   /* periods; arrive < period_count */
    ab_chance arrival;        /* chance that what is loaded is received, losses included */
    uint64_t commodities;     /* bit c: may be carried */
    int32_t evidence;         /* of the place's cell in ab_access */
    double work_frac;         /* share of the period in which the trip may depart: hours of hub and window */
} ab_offer;

/* Why a kind of trip is not offered in a span of periods [from, until). */
typedef struct ab_refusal {
    int32_t kind;             /* -1: no kind exists for the place by these means */
    int32_t place;
    ab_means means;
    int32_t from, until;      /* periods */
    ab_reason reason;
    ab_chance arrival;        /* what the chance would have been */
    ab_ref because;           /* the strongest row; {-1, -1}: none */
    ab_ref denied_by;         /* of what reports close and others of weight say is open: the strongest of these; else {-1, -1} */
} ab_refusal;

/* A hub-to-hub leg that may start in period t: stock leaves `from`, and can be used at `to` from
 * period `arrive` on, which is later than `depart`. */
typedef struct ab_transfer {
    int32_t link;
    int32_t depart, arrive;
    double pass;              /* chance to get through */
    double usd_per_kg;
} ab_transfer;

typedef struct ab_trips {
    int32_t kind_count, offer_count, refusal_count, transfer_count;
    const ab_trip_kind *kind;
    const ab_offer *offer;      /* ordered by kind, then depart */
    const ab_refusal *refusal;
    const ab_transfer *transfer;/* ordered by link, then depart */
    const ab_airdrops *drops;   /* what drops were judged by; not owned */
    struct ab_arena *arena;
} ab_trips;

/* What may keep a departure from being offered and could be otherwise; bits. */
typedef enum ab_door {
    AB_DOOR_PERMISSION = 1, /* leave: agreed to, for all goods, with the chance of what is agreed to */
    AB_DOOR_REPORTS = 2,    /* what is reported of place, hub and roads: that they are open to all goods */
    AB_DOOR_GOODS = 4,      /* goods that are taken off: let through as surely as the others */
    AB_DOOR_HOURS = 8,      /* hours that were agreed: any in which the hub works */
    AB_DOOR_LEAST = 16,     /* the least chance: none */
    AB_DOOR_FIT = 32        /* goods that the vehicle or drop system cannot carry: it can, by mass */
} ab_door;

/* Judges a departure in period t as if `doors` were open. True: it would be offered, and this is the offer (its
 * `kind` is left at 0). False: `refusal` says what stands next in the way (its `kind` is left at 0). */
AB_API bool ab_trips_if_open(const ab_operation *op, const ab_access *access, const ab_routes *routes, const ab_airdrops *drops,
                             const ab_trip_kind *kind, int32_t t, uint32_t doors, ab_offer *offer,
                             ab_refusal *refusal);

/* At most 64 commodities. A departure whose chance is under least_arrival_prob is refused with LOW_CHANCE,
 * NO_PERMISSION, NO_ANSWER or CLOSED, whichever lowers it most, unless a commitment fixes or demands it: then
 * somebody has decided. STRIPPED: it would pass, and nothing that it can carry. Departures before ab_first_departure are
 * refused with FROZEN, and so are those before op->frozen_until that no commitment names; transfers do not start in the
 * past either. A drop that was worked out for the period is received as it says, and refused with WIND, ZONE or HARM where that
 * gate is not met and no commitment asks for it; a controller, clearance and daylight can still be had, and are gates of the day; of others (`drops` NULL, or no wind known) every load whose canopy opens is taken to land in the zone. `drops`
 * must outlive the trips. NO_MEMORY only. */
AB_API ab_status ab_trips_make(const ab_operation *op, const ab_access *access, const ab_routes *routes,
                               const ab_airdrops *drops, ab_trips **out, ab_error *err);
AB_API void ab_trips_free(ab_trips *trips);

#ifdef __cplusplus
}
#endif
#endif
