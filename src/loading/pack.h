/* Whole packages into bins that are alike: the vehicles of a trip, the containers of an aircraft. */
#ifndef LOADING_PACK_H
#define LOADING_PACK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

enum { AB__MASS, AB__VOLUME, AB__PALLETS, AB__SIZES }; /* kg, m3, positions */

typedef struct ab__goods {
    int32_t commodity;
    const char *id; /* of the commodity: ties do not hang on the order of rows */
    double share;   /* of a package: 1; less for a last one that is not full */
    int64_t count;
    double size[AB__SIZES]; /* of one */
    bool at_risk;           /* may be taken off at inspection */
} ab__goods;

typedef struct ab__packing {
    int32_t bins, kinds;
    double room[AB__SIZES]; /* of one bin; INFINITY: no limit */
    const ab__goods *goods; /* [kinds], largest first */
    int64_t *in;            /* [bin * kinds + g] */
    double *used;           /* [bin * AB__SIZES + size] */
    int64_t *left;          /* [g]: what no bin has room for */
    double *weight;         /* [g]: share of a bin's rooms that one takes, summed */
} ab__packing;

/* Sorts `goods` and puts all of them into `bins` bins of `room` each, as far as they fit: each good evenly, those
 * at risk in the last bins, as few as hold them without filling any by more than half. What an even spread leaves is
 * packed by exchanges, and small cases exactly: of those the least mass is left. false: out of memory. */
bool ab__pack(ab_arena *arena, ab__goods *goods, int32_t kinds, int32_t bins,
              const double room[AB__SIZES], ab__packing *out);

bool ab__pack_is_complete(const ab__packing *p);
double ab__pack_mass_kg(const ab__packing *p, int32_t bin);

/* ---- Between the files of packing ---- */

/* How many of g bin can take besides what is in it. */
int64_t ab__pack_most(const ab__packing *p, int32_t bin, int32_t g);
/* Moves `count` of g from what is left into the bin; back if below 0. */
void ab__pack_put(ab__packing *p, int32_t bin, int32_t g, int64_t count);
/* Puts what is left wherever it fits as it lies. */
void ab__pack_first_fit(ab__packing *p);

void ab__pack_evenly(ab__packing *p);
/* Exchanges packages between bins, and with what is left, until that fits or no exchange helps. */
void ab__pack_repair(ab__packing *p);
/* Of small cases all packings, for the least mass left. false: out of memory. */
bool ab__pack_exact(ab__packing *p, ab_arena *arena);

#endif
