/* How sure the things of a drop are. */
#ifndef DROP_SCATTER_H
#define DROP_SCATTER_H

#include "airbridge/wind.h"
#include "phys/landings.h"

/* From load to load leaving the aircraft, of a pass of so many. */
typedef struct ab__interval {
    double s;
    bool assumed;
} ab__interval;
ab__interval ab__exit_interval(const ab_dropsystem *system, const ab_vehicle *vehicle, double loads);

/* Of bags in free drop, the share that bursts on the ground: a Beta; alpha 0: none do, or all. */
typedef struct ab__burst {
    double frac, alpha, beta;
    bool assumed;
} ab__burst;
ab__burst ab__burst_of(const ab_dropsystem *system);

/* Errors of the wind from the column, of canopies from the row; the rest are defaults (scatter.c has their sources). `op`: whose row
 * the system is, for the failures that its movements tell; NULL: the row alone. */
ab_scatter ab__drop_scatter(const ab_operation *op, const ab_dropsystem *system, const ab_vehicle *vehicle, const ab_wind_column *wind, double loads);

#endif
