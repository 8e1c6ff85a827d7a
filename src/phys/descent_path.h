/* How a load came down: what the fast path makes its tables from. */
#ifndef PHYS_DESCENT_PATH_H
#define PHYS_DESCENT_PATH_H

#include "phys/descent.h"

/* Points of a descent as it was stepped, the first at exit, the last at touchdown. Arrays are the caller's. */
typedef struct ab_path {
    int32_t room, count; /* count > room: it was too long, and the rest is missing */
    double *time_s, *height_msl_m;
    double *rate_per_s;  /* at which a slip against the air would die away: drag / (speed (mass and air with it)) */
} ab_path;

/* As ab__descent, to another tolerance, and with its path unless that is NULL. */
bool ab__descent_along(const ab_body *body, const ab_air *air, const ab_release *release, double ground_msl_m,
                       double tolerance, ab_path *path, ab_touchdown *out);

#endif
