/* The winds that are there to foretell a flight by. */
#ifndef VALIDATE_SOURCES_H
#define VALIDATE_SOURCES_H

#include <math.h>

#include "validate_drop/profile.h"

typedef enum wind_source {
    WIND_OWN,      /* the body's own way down: tests the equations, not the wind */
    WIND_OTHER,    /* the drop of another sonde within 12 h, whose wind is expected to err least */
    WIND_ASCENT,   /* the way up of the same flight */
    WIND_ERA5,     /* reanalysis at the place and hour of launch */
    WIND_NONE,     /* no wind at all */
    WIND_SOURCES
} wind_source;

typedef struct tracks_all {
    const char *folder;
    track *tracks;
    profile *own, *ascent;       /* [count] */
    int32_t count, groups;
    int32_t *group;              /* [count] flights whose errors are not independent: sondes of one day */
} tracks_all;

/* One question: where a flight lands that is at a fix. */
typedef struct question {
    const tracks_all *all;
    int32_t flight, at;
} question;

/* A wind that can answer it, and how wrong the program takes it to be (ab__wind_rms_mps, by time and distance from the body, means over
 * the heights that it falls through). */
typedef struct answer {
    const profile *wind;
    double rms_mps, correlation_m, gap_s, away_m;
} answer;

/* `made`: room for a profile that is nobody's. false: there is none. */
bool find_wind(const question *q, wind_source source, profile *made, answer *out);

/* How wrong a wind was: the source's against the body's own way down, up to 8,000 m above ground. */
enum { WIND_LAYERS = 4, WIND_LAGS = 40 };
static const double WIND_LAYER_AGL_M[WIND_LAYERS + 1] = {0, 1500, 3000, 5000, 8000};
typedef struct wind_error {
    int32_t layers;                        /* of 100 m that both have */
    double seen_mps, assumed_mps;          /* root mean square of the vector */
    double layer_mps[WIND_LAYERS];         /* NAN: not both were there */
    double along[WIND_LAGS];               /* correlation with itself 100 m * lag higher */
} wind_error;
bool wind_error_of(const tracks_all *all, int32_t flight, wind_source source, wind_error *out);

/* How wrong such winds were on the other days: factor of what is assumed, and the height over which the error's correlation falls to 1/e. */
typedef struct wind_fit {
    double factor, correlation_m;
    int32_t flights;                       /* 0: no others */
} wind_fit;
/* `but_group` -1: all flights. */
wind_fit wind_fit_without(const tracks_all *all, int32_t but_group);

#endif
