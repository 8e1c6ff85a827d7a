/* The loading lists of a result, as they are shown: trip by trip, vehicle by vehicle. */
#ifndef REPORT_LOAD_VIEW_H
#define REPORT_LOAD_VIEW_H

#include "airbridge/operation.h"
#include "base/arena.h"

/* Vehicles, or containers of theirs, that hold the same lots. */
typedef struct ab_load_group {
    const ab_lot_row *lot;
    int32_t count;
    double packages, mass_kg, volume_m3, pallets; /* of one of them */
} ab_load_group;

typedef struct ab_load_trip {
    const ab_trip_row *trip;
    const ab_hub *hub;           /* NULL: a row that the input has not got */
    const ab_place *place;       /* NULL for a link */
    const ab_vehicle *vehicle;   /* NULL for a link */
    const ab_dropsystem *system; /* NULL: no drop */
    int32_t group_count;         /* what stays for want of room not among them */
    const ab_load_group *group;
    ab_load_group stays; /* count 0: nothing */
} ab_load_trip;

typedef struct ab_load_view {
    const ab_data *input, *results;
    int32_t count;
    const ab_load_trip *trip;
} ab_load_view;

/* The trips that `what` names, an id or the local day of departure (NULL: all that have vehicles), in `arena`.
 * Fails with USAGE where there is none, and where the result has no lists. */
ab_status ab__load_view(const ab_data *input, const ab_data *results, const char *what,
                        ab_arena *arena, ab_load_view *out, ab_error *err);

/* All groups of the vehicle that groups[first] begins; `*one` is what one vehicle carries, all containers. */
int32_t ab__load_vehicle(const ab_load_trip *trip, int32_t first, ab_load_group *one);

const ab_commodity *ab__load_commodity(const ab_load_view *view, const ab_lot_row *lot);
/* What people call it. */
const char *ab__load_name(const ab_load_view *view, const ab_lot_row *lot);

/* Person-days by need. */
typedef struct ab_load_days {
    const char *group; /* food group, water or medical */
    double person_days;
} ab_load_days;
enum { AB_LOAD_MOST_GROUPS = 66 };
/* What a group holds without its lot `without` (-1: with all), by need, in the order of the loading. */
int32_t ab__load_days(const ab_load_view *view, const ab_load_group *group, int32_t without,
                      ab_load_days days[AB_LOAD_MOST_GROUPS]);

/* Kilograms of one lot and of all of them without it, told from the mass of the group. */
double ab__load_rest_kg(const ab_load_group *group, int32_t without);

#endif
