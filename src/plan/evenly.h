/* What one vehicle carries of several goods, so that all of them last equally long where it arrives. */
#ifndef PLAN_EVENLY_H
#define PLAN_EVENLY_H

#include <stdint.h>

/* What a vehicle has of: tonnes, cubic metres, pallets. */
typedef enum ab_room { AB_ROOM_T, AB_ROOM_M3, AB_ROOM_PALLETS, AB_ROOMS } ab_room;

typedef struct ab_good {
    double day_t;            /* tonnes to load for a day more of it there; above 0 */
    double left_days;        /* what will be there */
    double spare_t;          /* most that may be loaded */
    double package_t;        /* it is loaded by the package; above 0 */
    double takes[AB_ROOMS];  /* of each room, a tonne */
    double load_t;           /* what is loaded */
} ab_good;

/* Loads of what is short first, package after package, until all goods that there are of last equally long, as `room` (INFINITY:
 * no limit) allows; in what room is left, of what still fits. No package that would last beyond `most_days` is loaded. Fills
 * load_t and returns tonnes. */
double ab__load_evenly(ab_good *good, int32_t count, const double room[AB_ROOMS], double most_days);

#endif
