/* The lists of trips while they are made. */
#ifndef TRIPS_BUILD_H
#define TRIPS_BUILD_H

#include "airbridge/trips.h"
#include "base/vec.h"
#include "model/airdrop.h"

typedef struct ab__trip_lists {
    const ab_operation *op;
    const ab_access *access;
    const ab_routes *routes;
    const ab_airdrops *drops;     /* NULL: none worked out */
    AB_VEC(ab_trip_kind) kinds;
    AB_VEC(ab_offer) offers;
    AB_VEC(ab_refusal) refusals;
    AB_VEC(ab_transfer) transfers;
    uint32_t doors;               /* ab_door taken as open */
    const ab_access_cell *opened; /* the place's cell with these open; NULL: as access has it */
} ab__trip_lists;

/* Each adds its rows; false: out of memory. */
bool ab__trips_add_kinds(ab__trip_lists *lists);     /* kinds.c: kinds, and places that have none */
bool ab__trips_add_offers(ab__trip_lists *lists);    /* offers.c: offers of kinds, and refusals */
bool ab__trips_add_transfers(ab__trip_lists *lists); /* transfers.c */

/* drops.c: the share of loads dropped that is received: the canopy works and the load is recovered. */
ab_chance ab__drop_received(const ab__drop_record *record, const ab_dropzone *zone);
/* The drop that was worked out for the kind in period t; NULL: none. */
const ab_airdrop *ab__drop_of(const ab__trip_lists *lists, const ab_trip_kind *kind, int32_t t);
/* Why it should not be flown, but for what can still be had by the day; AB_REASON_NONE: nothing. */
ab_reason ab__drop_refused(const ab_airdrop *drop, ab_ref *because);

/* hours.c: what is agreed about the hours of a trip. */
typedef struct ab__hours {
    ab_refs agreements; /* that bind it */
    bool within;    /* it rests on agreements alone: one that lets it through must be in force */
    ab_time way_s;  /* from departure on, so long must agreed hours last */
    int32_t nights; /* days after the first that need agreed hours too, though no certain ones */
} ab__hours;

/* The share of period t in which the trip may depart: the hub works, and the agreed hours then last as long
 * as its way. Where agreements in force state daily hours, the agreed ones are those of any of them. */
double ab__work_frac(const ab_operation *op, int32_t hub, const ab__hours *hours, int32_t t);
/* Seconds by the clock that `work_s` of work take when only `duty_s` of each day are worked, and the nights
 * among them. */
double ab__elapsed_s(double work_s, double duty_s);
int32_t ab__nights(double work_s, double duty_s);
/* The first moment of period t at which the hub works; AB_TIME_NONE: at none. */
ab_time ab__hub_opens(const ab_operation *op, int32_t hub, int32_t t);

#endif
