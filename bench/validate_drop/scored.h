/* Every prediction that the tracks allow: from several heights, by each wind that there is, scored against where the body came down. */
#ifndef VALIDATE_SCORED_H
#define VALIDATE_SCORED_H

#include "validate_drop/predict.h"
#include "validate_drop/sources.h"

enum { HEIGHTS = 5, SCORED_MOST = 8192 };
/* Above the ground; the first is the whole way down of a sonde, from 10 s after release on. */
static const double HEIGHT_AGL_M[HEIGHTS] = {INFINITY, 8000, 5000, 3000, 1500};

typedef struct scored {
    int32_t flight, height;
    int32_t group;               /* of the flight */
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

/* Sets out[] (SCORED_MOST), returns how many. `fitted`: winds from other drops and ascents are as wrong as those of the other groups were, and not as
 * the program assumes. */
int32_t score_tracks(const tracks_all *all, bool fitted, uint64_t seed, scored *out);

#endif
