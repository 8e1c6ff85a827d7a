/* Many loads at once: where those of so many passes land, each with its own draws. Fast: after opening a load is almost at
 * equilibrium, so its drift is an integral over height that is tabulated once for each wind. */
#ifndef PHYS_LANDINGS_H
#define PHYS_LANDINGS_H

#include "phys/descent.h"

struct ab_arena;

/* How sure the things of a pass are. Standard deviations; 0: certain. */
typedef struct ab_scatter {
    /* Shared by all loads of a pass: the error of the wind, a Gaussian process over height with an exponential correlation. */
    double wind_rms_mps;          /* of the error vector, both components together */
    double wind_correlation_m;    /* of height, over which the correlation falls to 1/e */
    double aim_timing_s, aim_heading_deg, aim_position_m; /* green light early or late; run-in; position, each way */
    /* Each load's own. */
    double drag_frac;             /* of the drag area, log-normal */
    double drag_tail_prob, drag_tail_frac; /* with this chance a load scatters by drag_tail_frac instead: a fat tail */
    double mass_frac;
    double exit_timing_s;         /* of the moment at which it leaves */
    double gust_m;                /* of where it lands, each way, for what the column does not know: turbulence, glide, swing */
    /* The stick: load k leaves k * exit_interval_s after the green light. */
    double exit_interval_s;
    /* Failed canopies: the chance is Beta(fail_alpha, fail_beta), drawn once a pass (one rigging batch), then each load for itself. */
    double fail_alpha, fail_beta; /* of the Beta; alpha 0: none fails */
} ab_scatter;

/* One system let go at one height over one point. */
typedef struct ab_drop_case {
    ab_body body;
    double release_msl_m, ground_msl_m;
    double airspeed_mps;          /* true */
    bool heading_known;           /* of the run-in: then what depends on the angle between it and the shear (some metres) is that of */
    double heading_deg;           /* this heading; else it is left out, as the mean over all headings */
    double gravity_mps2;
    int32_t members;              /* of the wind, 1 at least: pass k has member k % members, and the error on top */
    const ab_air *air;            /* [members] the same heights in all */
    ab_scatter scatter;
    bool quasi;                   /* what moves a whole pass most is drawn by scrambled quasi-random points: means over passes err less, but passes are not
                                   * independent of one another: pair none with another */
} ab_drop_case;

/* Landings, load k of pass p at [p * loads + k]. Relative to where the aircraft is at the green light. What the wind does is apart
 * from what the aircraft does, which turns with the heading: along is in the direction of flight, across to its right. */
typedef struct ab_landings {
    int32_t passes, loads;        /* loads of a pass */
    float *drift_e_m, *drift_n_m; /* by the wind */
    float *along_m, *across_m;    /* by the aircraft: throw, stick, timing, heading, position */
    float *time_s;                /* from exit */
    float *speed_mps;             /* at impact, over ground, all components */
    unsigned char *failed;        /* 1: its canopy */
} ab_landings;

/* Draws passes first_pass to first_pass + out->passes - 1 (arrays of out are the caller's, each [passes * loads], and so is
 * out->passes, out->loads). The draws of a pass follow from seed and its number alone (Philox, Salmon et al. 2011), so any division among threads or
 * ranks gives the same. false: the body or the heights are flawed. */
bool ab__landings_draw(const ab_drop_case *c, uint64_t seed, int64_t first_pass, ab_landings *out);

/* The same in two steps, for whoever draws from one case often or in several threads: making the table takes some milliseconds a
 * member. It lies in the arena, does not change, and needs the case's air as long as it is used. NULL: flawed, or no memory. */
typedef struct ab_landing_table ab_landing_table;
const ab_landing_table *ab__landings_table(const ab_drop_case *c, struct ab_arena *arena);
bool ab__landings_from(const ab_landing_table *table, uint64_t seed, int64_t first_pass, ab_landings *out);
/* Whether each landing has to be integrated, because tables do not follow this fall well enough: thousands of times as slow. */
bool ab__landings_slow(const ab_landing_table *table);

/* East and north of a landing for a run-in toward heading_deg. */
void ab__landings_at(const ab_landings *l, int64_t i, double heading_deg, double *east_m, double *north_m);

#endif
