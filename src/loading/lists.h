/* The lists of a loading in the making. */
#ifndef LOADING_LISTS_H
#define LOADING_LISTS_H

#include "airbridge/loading.h"
#include "base/vec.h"
#include "loading/pack.h"

typedef struct ab__lists_made {
    const ab_operation *op;
    AB_VEC(ab_manifest) manifests;
    AB_VEC(ab_lot) lots;
    AB_VEC(ab_lot_risk) risks;
    double left_kg;
} ab__lists_made;

/* Of one trip: what is expected of each commodity on it. */
typedef struct ab__trip_risks {
    int32_t chosen;
    const int32_t *of_commodity; /* number in `risks` */
} ab__trip_risks;

/* Adds the vehicles of a packed trip, those alike in one manifest, each with its containers if it drops, and what
 * stays. false: out of memory. */
bool ab__lists_add_trip(ab__lists_made *to, ab_arena *scratch, const ab__trip_risks *trip,
                        const ab_trip_kind *kind, const ab__packing *vehicles);

#endif
