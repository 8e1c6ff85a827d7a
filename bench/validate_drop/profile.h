/* Wind and density by height, from tracks or a file, in layers of 100 m. */
#ifndef VALIDATE_PROFILE_H
#define VALIDATE_PROFILE_H

#include "phys/air.h"
#include "validate_drop/track.h"

enum { PROFILE_LEVELS = 400 };

typedef struct profile {
    int32_t levels;               /* 0: no profile */
    double height_msl_m[PROFILE_LEVELS]; /* rising: the middles of layers that were seen */
    double wind_e_mps[PROFILE_LEVELS], wind_n_mps[PROFILE_LEVELS], density_kg_m3[PROFILE_LEVELS];
    fix middle[PROFILE_LEVELS];   /* where and when the layer was passed */
    bool measured_density;        /* false: the standard atmosphere's */
} profile;

/* By the way down, from 20 s after release on: before that a body still has the aircraft's speed. */
void profile_of_descent(const track *t, profile *out);
/* By the way up of the same flight. */
void profile_of_ascent(const track *t, profile *out);
/* <folder>/rocket/<name>_era5_profile.csv; no levels where there is none. */
void profile_of_era5(const char *folder, const track *t, profile *out);
/* No wind, standard atmosphere. */
void profile_of_calm(profile *out);

ab_air profile_air(const profile *p);

#endif
