/* The ground about a place on which a zone could be drawn: free of exclusions, and to be walked to from the place without crossing ground that others hold. */
#ifndef DROP_OPEN_GROUND_H
#define DROP_OPEN_GROUND_H

#include "airbridge/operation.h"
#include "base/arena.h"
#include "drop/plane.h"

/* How far from a place it is looked for. */
#define AB_OPEN_REACH_M 6000.0

/* In cells of 20 m, by their middles, about the place. */
typedef struct ab__open_ground {
    int32_t exclusion_count;
    const ab__ground *exclusion;  /* [exclusion_count] */
    const unsigned char *cell;    /* flags, rows from the south */
    const int32_t *reached_below; /* cells reached south and west of each corner */
    double west_m, south_m, east_m, north_m; /* around what is open */
    int64_t open_cells;           /* 0: none, and nothing is around it */
    bool reached;                 /* false: the place itself lies in held ground */
    bool beyond;                  /* what can be walked to goes on where nobody looked */
    double circle_m;              /* radius of the widest circle about a point of it that no exclusion touches, to 5 m; AB_OPEN_REACH_M at most */
} ab__open_ground;

/* false: out of memory. */
bool ab__open_ground_of(const ab_operation *op, const ab_place *place, ab_arena *arena, ab__open_ground *out);

/* The greatest share of `count` points that lie in the open when all are moved together, found in steps of step_m that are then halved. The points are
 * about (0, 0). */
double ab__open_ground_share(const ab__open_ground *ground, const float *east_m, const float *north_m, int32_t count, double step_m);

#endif
