/* A forecast or terrain on its way from the child that read it (as io/book_wire.h for sheets). The parent believes none of the bytes:
 * what it takes has bounds, axes in order, and no infinite value. */
#ifndef IO_AIR_WIRE_H
#define IO_AIR_WIRE_H

#include "airbridge/forecast.h"
#include "base/arena.h"
#include "io/book_wire.h"

/* What comes through: one of the two, or neither where the reading failed. */
typedef struct ab_air_parcel {
    ab_arena *arena;
    const ab_forecast_grid *grid;
    int32_t sounding_count;
    const ab_sounding *sounding;
    const ab_terrain *terrain;
} ab_air_parcel;

enum { AB_SOUNDINGS_MAX = 10000, AB_SOUNDING_LEVELS_MAX = 100000, AB_TERRAIN_CELLS_MAX = 1 << 26 };

/* Sends parcel, issues and how the reading ended. false: a move failed. */
bool ab__air_send(const ab_wire *to, const ab_air_parcel *parcel, ab_issues *issues,
                  const ab_error *ended);

/* Takes them; `parcel` has an arena, and is filled. */
ab_wire_end ab__air_receive(const ab_wire *from, ab_air_parcel *parcel, ab_issues *issues,
                            ab_error *ended);

#endif
