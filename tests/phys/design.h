/* The stratified design on which the fast path is held to the reference. */
#ifndef TESTS_PHYS_DESIGN_H
#define TESTS_PHYS_DESIGN_H

#include "phys/landings_parts.h"

enum { DESIGN_LEVELS = 41, DESIGN_SYSTEMS = 9 };

/* A case with its own column of air; do not copy, it points into itself. */
typedef struct design_case {
    ab_drop_case drop;
    ab_air air;
    double height[DESIGN_LEVELS], e[DESIGN_LEVELS], n[DESIGN_LEVELS], density[DESIGN_LEVELS];
    double heading_deg;
    int32_t system, height_band, wind_band;
    uint64_t seed;
} design_case;

typedef struct design_landing {
    double east_m, north_m, time_s;
} design_landing;

extern const char *const DESIGN_SYSTEM[DESIGN_SYSTEMS];

/* Case i: systems, then six bands of release height (equal steps of its logarithm, 100 to 8,000 m above the ground), then four of
 * wind, go round in turn; within its stratum a case is drawn. */
void design_make(int32_t i, design_case *c);
void design_print(void);

/* A load of a pass, by the fast path and by the reference; both from the green light, flown at the case's heading. */
bool design_fast(const design_case *c, const ab_landing_table *table, int64_t pass, int32_t load, int32_t loads, design_landing *out);
bool design_reference(const design_case *c, const ab_landing_table *table, int64_t pass, int32_t load, double tolerance,
                      design_landing *out);

#endif
