/* How high the sun stands. */
#ifndef DROP_SUN_H
#define DROP_SUN_H

#include "airbridge/time.h"

/* Of its centre, geometric, degrees above the horizon; within 0.02 degrees from 1950 to 2100. Meeus, Astronomical Algorithms, 2nd ed. 1998,
 * chapter 25 (low accuracy) and 12 (sidereal time). */
double ab__sun_elevation_deg(ab_time at, double lon_deg, double lat_deg);

/* Sunrise: its upper edge on the horizon, with refraction (Meeus chapter 15). */
#define AB_SUNRISE_DEG (-0.8333)

#endif
