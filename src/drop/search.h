/* Where to let go, and on which heading. */
#ifndef DROP_SEARCH_H
#define DROP_SEARCH_H

#include "drop/cloud.h"
#include "drop/field.h"

enum { AB_HEADINGS = 36 };
#define AB_RELEASE_STEP_M 25.0

typedef struct ab__search {
    const ab__site *site;
    ab__points intact, failed; /* failed.count 0: none fails */
    double fail_prob;
    double loads;              /* of a sortie */
    double harm_most;          /* people a sortie */
    bool heading_given;        /* only this heading, instead of 36 */
    double heading_deg;
} ab__search;

/* A release, relative to the zone's middle, and what a load is worth that is let go there. */
typedef struct ab__found {
    double east_m, north_m, heading_deg;
    double gain_loads; /* recovered less the cost of exclusions */
    double harm;       /* people hurt by hits */
    double score;      /* what was maximised: gain less harm, and next to nothing for being off the middle */
    bool off_terrain;  /* the terrain does not tell how high the ground is where loads fall */
} ab__found;

/* Of every release on a grid of 25 m on 36 headings the best, found on a coarser grid by transforms and refined from there by sums over
 * all points. These return false when out of memory. */
bool ab__search_release(const ab__search *search, ab_arena *arena, ab__found *out);
/* The same by transforms over the whole of the grid: slow; what the other is held to. */
bool ab__search_fully(const ab__search *search, ab_arena *arena, ab__found *out);
/* The sums for one release: what both are judged by. */
bool ab__search_judge(const ab__search *search, ab_arena *arena, ab__found *at);

/* The scores of the releases of one heading on the 25 m grid that the full search uses, for tests: score[row * cols + col] belongs to
 * the mean landing at west_m + (col + 1/2) 25 m and so on. */
typedef struct ab__scores {
    int32_t rows, cols;
    double west_m, south_m;
    int32_t from_row, until_row, from_col, until_col; /* where they are meant */
    const float *score;
} ab__scores;
bool ab__search_scores(const ab__search *search, double heading_deg, ab_arena *arena, ab__scores *out);

#endif
