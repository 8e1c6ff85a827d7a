/* How sure the things of a drop are. */
#ifndef DROP_SCATTER_H
#define DROP_SCATTER_H

#include "airbridge/wind.h"
#include "phys/landings.h"

/* Errors of the wind from the column, of canopies from the row; the rest are defaults (scatter.c has their sources). `op`: whose row
 * the system is, for the failures that its movements tell; NULL: the row alone. */
ab_scatter ab__drop_scatter(const ab_operation *op, const ab_dropsystem *system, const ab_vehicle *vehicle, const ab_wind_column *wind, double loads);

#endif
