/* The ground on which a given share of the landings lies. */
#ifndef DROP_REGION_H
#define DROP_REGION_H

#include "airbridge/drop.h"
#include "drop/plane.h"

/* Contours of a smoothed histogram (marching squares: Lorensen and Cline 1987 in the plane), for each holds_prob[k] that which holds this share of its mass.
 * Outer rings run counter-clockwise, holes clockwise. Rings go to `keep`. false: out of memory. */
bool ab__regions_of(const ab__plane *plane, const float *east_m, const float *north_m, int64_t count, const double *holds_prob,
                    int32_t regions, ab_arena *keep, ab_arena *work, ab_region *out);

#endif
