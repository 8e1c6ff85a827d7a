/* Terrain while it is read, in a child (io/child.h). */
#ifndef IO_TERRAIN_H
#define IO_TERRAIN_H

#include "airbridge/forecast.h"
#include "base/arena.h"
#include "base/buf.h"

/* Reads the part of the raster that the box needs (NULL: all), with a margin of two cells, voids as NAN. FLAWED: the box is not
 * covered, or the raster is in other coordinates. `name` is the file's own; of an .hgt it tells the place. */
ab_status ab__terrain_read_bytes(const char *name, const ab_buf *bytes, const double *box_wsen_deg,
                                 ab_arena *arena, ab_terrain *out, ab_issues *issues,
                                 ab_error *err);

/* ab_terrain_read for bytes that are at hand, by a child that has so many seconds. */
ab_status ab__terrain_read_shut_in(const char *name, const ab_buf *bytes,
                                   const double *box_wsen_deg, double fill_m, int seconds,
                                   ab_terrain **out, ab_issues *issues, ab_error *err);

/* Fills voids from the nearest known cell in each of eight directions, none farther than fill_m, weighted by the inverse square of
 * its distance (Shepard 1968). Counts `voids` and `filled`. false: out of memory. */
bool ab__terrain_fill(ab_terrain *terrain, float *height_msl_m, double fill_m, ab_arena *arena);

#endif
