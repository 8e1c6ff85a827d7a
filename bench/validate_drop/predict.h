/* Where a body that is at one place and height will come down, with how unsure that is; and what a naive model says. */
#ifndef VALIDATE_PREDICT_H
#define VALIDATE_PREDICT_H

#include "phys/landings.h"
#include "validate_drop/drag.h"

enum { SAMPLES = 1000 };

/* One body that hangs under its canopy at a height. */
typedef struct letting_go {
    const profile *wind;
    double wind_rms_mps, wind_correlation_m; /* of the error vector; over height */
    double start_msl_m, ground_msl_m;
    drag drag;
} letting_go;

/* Landings relative to where it was. */
typedef struct cloud {
    double east_m[SAMPLES], north_m[SAMPLES];
    double point_e_m, point_n_m, time_s;  /* without any error: the equations alone */
} cloud;

/* As the program scatters loads of a system about which nothing is told (drop/scatter.h), without what an aircraft adds and without failures. */
ab_scatter predict_scatter(double wind_rms_mps, double wind_correlation_m);

/* false: it does not come down. */
bool predict(const letting_go *g, uint64_t seed, cloud *out);

/* The naive model: V at sea level of 10.16 m/s for sondes, 4.52 for balloons, by the standard atmosphere; steps of 1 s; wind constant in each layer of 100
 * m; no throw. */
void predict_naive(const letting_go *g, track_kind kind, double *east_m, double *north_m);

#endif
