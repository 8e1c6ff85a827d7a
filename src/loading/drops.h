/* Drop containers: which packages lie in which. */
#ifndef LOADING_DROPS_H
#define LOADING_DROPS_H

#include "airbridge/trips.h"
#include "loading/pack.h"

/* Packs what one aircraft of this kind carries into its containers: as many as the plan counts for the mass, more if
 * whole packages ask for it, and heavier than planned, up to what the system bears, if they still do. Fewer where
 * they would be lighter than the system's lightest. Sorts `goods`. false: out of memory. */
bool ab__pack_containers(ab_arena *arena, const ab_trip_kind *kind, const ab_dropsystem *system,
                         ab__goods *goods, int32_t kinds, ab__packing *out);

#endif
