/* Whether to fly: what must hold, and whether it does. */
#ifndef DROP_GATES_H
#define DROP_GATES_H

#include "airbridge/drop.h"
#include "base/arena.h"

typedef struct ab__gate_facts {
    const ab_operation *op;
    const ab_access *access;
    const char *no_wind;      /* why none is known; NULL: drop->wind is */
    bool ground_known;        /* the height of the zone */
    double ground_msl_m;
    bool people_known;        /* a raster, or built-up exclusions near the zone, say where people live */
    double highest_msl_m;     /* ground under the run-in; NAN: no terrain was given */
} ab__gate_facts;

/* Fills gate, decides and go of a drop whose other figures are worked out. Texts go to `keep`; false: out of memory. */
bool ab__gates_of(const ab__gate_facts *facts, ab_arena *keep, ab_airdrop *drop);
/* The gate of the wind alone: of drop, its system and wind count. text is NULL when out of memory. */
ab_gate ab__gate_of_wind(const ab__gate_facts *facts, const ab_airdrop *drop, ab_arena *keep);

#endif
