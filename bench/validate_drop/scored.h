/* Every prediction that the tracks allow: from several heights, by each wind that there is, scored against where the body came down. */
#ifndef VALIDATE_SCORED_H
#define VALIDATE_SCORED_H

#include <math.h>

#include "validate_drop/predict.h"

typedef enum wind_source {
    WIND_OWN,      /* the body's own way down: tests the equations, not the wind */
    WIND_OTHER,    /* the drop of another sonde within 12 h, whose wind is expected to err least */
    WIND_ASCENT,   /* the way up of the same flight */
    WIND_ERA5,     /* reanalysis at the place and hour of launch */
    WIND_NONE,     /* no wind at all */
    WIND_SOURCES
} wind_source;

enum { HEIGHTS = 5, SCORED_MOST = 8192 };
/* Above the ground; the first is where the aircraft let it go, only for sondes. */
static const double HEIGHT_AGL_M[HEIGHTS] = {INFINITY, 8000, 5000, 3000, 1500};

typedef struct scored {
    int32_t flight, height;
    int32_t group;               /* flights whose errors are not independent: sondes of one day */
    wind_source source;
    bool judged;                 /* false: too few of the kind to say anything */
    double wind_rms_mps, gap_s, away_m;
    double drift_m;              /* from below where it began to where it landed */
    double error_m, naive_m;     /* of the equations alone, and of the naive model */
    double energy_m;             /* energy score of the cloud; of the naive model it is naive_m */
    double pit_along, pit_across, pit_radius; /* along: in the direction of the drift that was foretold */
    double region_m2;            /* of the ellipse that should hold nine of ten landings */
    double time_s, seen_s;       /* of the fall, foretold and seen */
} scored;

typedef struct tracks_all {
    const char *folder;
    track *tracks;
    profile *own, *ascent;       /* [count] */
    int32_t count, groups;
    int32_t *group;              /* [count] */
} tracks_all;

/* Sets out[] (SCORED_MOST), returns how many. */
int32_t score_tracks(const tracks_all *all, uint64_t seed, scored *out);

#endif
