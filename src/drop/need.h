/* How much ground loads need, whatever zone is drawn. */
#ifndef DROP_NEED_H
#define DROP_NEED_H

#include "drop/cloud.h"
#include "drop/open_ground.h"

/* The ellipse in which nine landings of ten lie about their middle, of loads whose canopies open. */
typedef struct ab__need {
    double length_m, width_m, area_m2;
} ab__need;

ab__drawn ab__need_of(const ab_drop_case *c, uint64_t seed, int32_t loads, ab_arena *arena, ab__need *out);

/* The most loads of which a zone in that ground could catch the share that is written to *most_prob: each is let go alone, the middle and the run-in as is best,
 * and all of those whose canopy fails are taken to fall into it as well. More than is true by twice the error of the draws. */
ab__drawn ab__need_most_caught(const ab_drop_case *c, uint64_t seed, const ab__open_ground *ground, ab_arena *arena, double *most_prob);

#endif
