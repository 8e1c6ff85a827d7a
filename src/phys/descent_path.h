/* How a load came down: what the fast path makes its tables from. */
#ifndef PHYS_DESCENT_PATH_H
#define PHYS_DESCENT_PATH_H

#include "phys/descent.h"

/* A point of a descent, and the equations of motion about it as they hold until the next. Vectors are east, north, up. */
typedef struct ab_path_point {
    double time_s, height_msl_m;
    double speed_mps[3], through_air_mps[3];
    double rate_per_s;             /* drag / (speed through the air * all that moves) */
    double load_share;             /* of the load's mass in all that moves: less than 1 with air that moves along */
    double log_density_per_m, shear_per_s[2];
    bool by_height;                /* a stage began here because of the height */
} ab_path_point;

/* As it was stepped, the first at exit, the last at touchdown; two at a time where the equations change. */
typedef struct ab_path {
    int32_t room, count;           /* count > room: it was too long, and the rest is missing */
    ab_path_point *point;          /* the caller's */
} ab_path;

/* As ab__descent, to another tolerance, and with its path unless that is NULL. */
bool ab__descent_along(const ab_body *body, const ab_air *air, const ab_release *release, double ground_msl_m,
                       double tolerance, ab_path *path, ab_touchdown *out);

#endif
