/* Landings, drawn for a drop, and what moves them. */
#ifndef DROP_CLOUD_H
#define DROP_CLOUD_H

#include <stdbool.h>

#include "base/arena.h"
#include "phys/landings.h"

enum { AB_LOADS_DRAWN = 32 }; /* of a pass; more of them fall as these do */

/* A share of the landings of a cloud, to search with. */
typedef struct ab__points {
    int32_t count;
    float *drift_e_m, *drift_n_m, *along_m, *across_m;
    double mean_e_m, mean_n_m, mean_along_m; /* of drift, and along */
    double lean_e, lean_n; /* metres by which a landing moves for each metre that the ground is higher: against the wind there */
} ab__points;

typedef enum ab__drawn { AB__DRAWN, AB__DRAWN_FLAWED, AB__DRAWN_NO_MEMORY } ab__drawn;

/* Draws `passes` passes of `loads` into arrays of `arena`; out->passes are fewer where each landing has to be integrated. */
ab__drawn ab__cloud_draw(const ab_drop_case *c, uint64_t seed, int64_t first_pass, int32_t passes, int32_t loads, ab_arena *arena,
                         ab_landings *out);
/* About `most` of them, from every pass and every place in the stick. false: out of memory. */
bool ab__cloud_thin(const ab_drop_case *c, const ab_landings *l, int32_t most, ab_arena *arena, ab__points *out);
/* The same drop when no canopy fails, and when each does. */
ab_drop_case ab__case_intact(const ab_drop_case *c);
ab_drop_case ab__case_failed(const ab_drop_case *c);
/* Leaves `most` of its members, spread over all; each costs milliseconds to make tables of. false: out of memory. */
bool ab__case_thin(ab_drop_case *c, int32_t most, ab_arena *arena);
/* How a landing of this fall moves with the height of the ground. */
void ab__case_lean(const ab_drop_case *c, double impact_mps, double *lean_e, double *lean_n);

#endif
