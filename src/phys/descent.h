/* One load from the aircraft's ramp to the ground: a point mass with a drag area that grows in stages.
 * docs/models/drop.md has the equations with their sources. */
#ifndef PHYS_DESCENT_H
#define PHYS_DESCENT_H

#include <stdbool.h>

#include "phys/air.h"

enum { AB_STAGES = 4 };

/* What opens when: a drogue, a reefed canopy, the full one. A new drop system is rows of this, not code. The drag area
 * grows from what it is at the start of the stage to drag_area_m2 as (t / fill_time_s)^exponent (Pflanz and Ludtke by Knacke
 * 1992), then stays. */
typedef struct ab_stage {
    double begins_s;        /* after exit; NAN: where begins_agl_m says */
    double begins_agl_m;    /* above the ground under it; NAN: when begins_s says */
    double drag_area_m2;
    double fill_time_s;     /* 0: at once */
    double exponent;        /* flat circular 6, extended skirt 2, cross 3, ribbon and ringslot 1 */
    double added_mass_m3;   /* k (2/3) pi R^2 h: times density, the air that moves with the full canopy; 0: none */
} ab_stage;

/* A load with its parachute. stage_count 0: free fall. */
typedef struct ab_body {
    double mass_kg;            /* all that falls, canopy included */
    double bare_drag_area_m2;  /* before the first stage, and of a canopy that failed */
    int32_t stage_count;
    ab_stage stage[AB_STAGES];
} ab_body;

/* Where and how it leaves the aircraft. */
typedef struct ab_release {
    double height_msl_m;
    double speed_e_mps, speed_n_mps, speed_up_mps; /* over ground */
    double gravity_mps2;
} ab_release;

/* Touchdown, relative to the point of exit. */
typedef struct ab_touchdown {
    double east_m, north_m, time_s;
    double speed_e_mps, speed_n_mps, speed_up_mps; /* over ground; up is negative */
} ab_touchdown;

/* What is wrong with a body: NULL if nothing; else what must be changed. Text is static. */
const char *ab__body_flaw(const ab_body *body);

/* Integrates all of it, to about 1e-9 of each quantity: an embedded Runge-Kutta pair with stops at stages (Dormand and
 * Prince 1980). Slow and sure. The ground is level at ground_msl_m. false: it does not come down within 3 hours, or the body is flawed. */
bool ab__descent(const ab_body *body, const ab_air *air, const ab_release *release, double ground_msl_m, ab_touchdown *out);

#endif
