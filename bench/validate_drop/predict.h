/* Where a body that is at one place and height will come down, with how unsure that is; and what a naive model says. */
#ifndef VALIDATE_PREDICT_H
#define VALIDATE_PREDICT_H

#include "validate_drop/drag.h"

enum { SAMPLES = 1000 };

/* One body to be let go. */
typedef struct letting_go {
    const profile *wind;
    double wind_rms_mps;          /* of the error vector */
    double start_msl_m, ground_msl_m;
    bool from_aircraft;           /* it leaves with a speed over ground; else it hangs under its canopy already */
    double speed_e_mps, speed_n_mps;
    drag drag;
} letting_go;

/* Landings relative to where it was let go. */
typedef struct cloud {
    double east_m[SAMPLES], north_m[SAMPLES];
    double point_e_m, point_n_m, time_s;  /* without any error: the equations alone */
} cloud;

/* false: it does not come down. */
bool predict(const letting_go *g, uint64_t seed, cloud *out);

/* The naive model: V at sea level of 10.16 m/s for sondes, 4.52 for balloons, by the standard atmosphere; steps of 1 s; wind constant in each layer of 100
 * m; no throw. */
void predict_naive(const letting_go *g, track_kind kind, double *east_m, double *north_m);

#endif
