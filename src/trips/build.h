/* The lists of trips while they are made. */
#ifndef TRIPS_BUILD_H
#define TRIPS_BUILD_H

#include "airbridge/trips.h"
#include "base/vec.h"

typedef struct ab__trip_lists {
    const ab_operation *op;
    const ab_access *access;
    const ab_routes *routes;
    AB_VEC(ab_trip_kind) kinds;
    AB_VEC(ab_offer) offers;
    AB_VEC(ab_refusal) refusals;
    AB_VEC(ab_transfer) transfers;
} ab__trip_lists;

/* Each adds its rows; false: out of memory. */
bool ab__trips_add_kinds(ab__trip_lists *lists);     /* kinds.c: kinds, and places that have none */
bool ab__trips_add_offers(ab__trip_lists *lists);    /* offers.c: offers of kinds, and refusals */
bool ab__trips_add_transfers(ab__trip_lists *lists); /* transfers.c */

/* drops.c: how many containers of a system an aircraft takes and how heavy each is, with `payload_kg` to
 * carry. false: none, or the system is not made for its speed. */
bool ab__drop_loads(const ab_vehicle *vehicle, const ab_dropsystem *system, double payload_kg,
                    double *loads, double *load_kg);
/* The share of loads dropped that is received: the canopy works and the load is recovered. */
ab_chance ab__drop_received(const ab_dropsystem *system, const ab_dropzone *zone);

/* hours.c: the share of period t in which trips from the hub may depart: the hub works, and it is the hour of
 * some agreement in force that states daily hours, if any does; with `within`, some agreement is in force. */
double ab__work_frac(const ab_operation *op, int32_t hub, ab_refs agreements, bool within,
                     int32_t t);
/* Seconds by the clock that `work_s` of work take when only `duty_s` of each day are worked. */
double ab__elapsed_s(double work_s, double duty_s);

#endif
