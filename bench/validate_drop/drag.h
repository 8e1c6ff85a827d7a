/* How fast bodies of a kind fall, told by other flights of the kind. */
#ifndef VALIDATE_DRAG_H
#define VALIDATE_DRAG_H

#include "validate_drop/profile.h"

/* Air density at sea level in the standard atmosphere; 9.80665 throughout, as drag is fitted with it. */
static const double SEA_DENSITY_KG_M3 = 1.225, GRAVITY_MPS2 = 9.80665;

typedef struct drag {
    double fall_mps;          /* V at sea level; NAN: nothing tells it */
    int32_t flights;          /* that told it; 0: the rocket's team, or its own way down above */
    double spread_frac;       /* standard deviation of log V among those flights; NAN: fewer than two */
} drag;

/* V at sea level by the time that a flight takes between two heights, with density as it was measured there. NAN: it was not there. */
double flight_fall_mps(const track *t, const profile *own, double from_msl_m, double until_msl_m);
/* The same for all that counts here: from 8,000 m above ground, or 500 m under the top, to 100 m above ground. */
double flight_whole_fall_mps(const track *t, const profile *own);

/* How far a sonde flies on with the speed of its aircraft in its first 20 s, beyond where the wind takes it, from the first fix on. NAN: its
 * first fixes do not tell. */
double flight_throw_m(const track *t);
/* The same by the equations, for a canopy that is open at once: the least that can be. */
double flight_least_throw_m(const track *t, double fall_mps);

/* For flight `at` of [count]; what it tells itself is not used, but by a kind's only flight: then its fall above `from_msl_m`. */
drag drag_without(const track *tracks, const profile *own, int32_t count, int32_t at, double from_msl_m);

/* Drag area of a body of 1 kg that falls with V at sea level. */
double drag_area_m2(double fall_mps);

#endif
