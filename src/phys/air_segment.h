/* The air between two levels, where it is smooth: what an integrator keeps at hand. */
#ifndef PHYS_AIR_SEGMENT_H
#define PHYS_AIR_SEGMENT_H

#include <stdbool.h>

#include "phys/air.h"

typedef struct ab_air_segment {
    double bottom_m, top_m;      /* it holds between these, infinite beyond the ends of the column */
    bool standard;               /* beyond the ends: density_kg_m3 is a factor of the standard atmosphere's */
    double foot_m;
    double wind_e_mps, wind_n_mps, shear_e_per_s, shear_n_per_s;
    double density_kg_m3, log_slope_per_m;
} ab_air_segment;

/* The one that a height is in; a height between two is in the lower one if `falling`. */
ab_air_segment ab__air_segment(const ab_air *air, double height_msl_m, bool falling);
/* By the segment's law, also a little outside it. */
ab_air_point ab__air_in(const ab_air_segment *segment, double height_msl_m);

#endif
