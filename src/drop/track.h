/* The wind along the way of the loads, which drift by kilometres, instead of that over the zone alone. */
#ifndef DROP_TRACK_H
#define DROP_TRACK_H

#include "drop/job.h"

/* Where *wind is of a grid, each of its levels gets the wind over the point where a load that lands in the middle of the zone is at that height. Where the grid
 * does not reach so far *wind is freed and NULL, and `reason` (256 bytes) says so. false: out of memory; then, too, it is freed. */
bool ab__track_wind(const ab__drop_world *world, const ab__drop_job *job, double ground_msl_m, ab_wind_column **wind, char reason[256]);

#endif
