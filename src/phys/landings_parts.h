/* What the parts of the fast path hand to one another. docs/models/drop.md, section Many landings. */
#ifndef PHYS_LANDINGS_PARTS_H
#define PHYS_LANDINGS_PARTS_H

#include "base/arena.h"
#include "phys/descent_path.h"
#include "phys/landings.h"

enum {
    AB_LANES = 32,          /* passes that are drawn side by side */
    AB_TERMS = 8,           /* of a polynomial in the ballistic draw */
    AB_KERNEL_TERMS = 4,    /* the same, of what the error of the wind at one level does */
    AB_ERROR_LEVELS = 96,   /* at most */
    AB_HEADINGS = 3
};

/* East by an error toward east, by one toward north, and so on. */
enum { AB_E_BY_E, AB_E_BY_N, AB_N_BY_E, AB_N_BY_N, AB_TIME_BY_E, AB_TIME_BY_N, AB_KERNELS };

/* What is tabulated of a fall. Speeds are over ground, at touchdown. Those before BY_MASS change with mass even at the same ratio of
 * drag to mass, by the air that moves along. */
enum {
    AB_FALL_E, AB_FALL_N, AB_FALL_ALONG, AB_FALL_ACROSS, AB_FALL_TIME,
    AB_FALL_BY_MASS,
    AB_FALL_SPEED_UP = AB_FALL_BY_MASS, AB_FALL_SPEED_E, AB_FALL_SPEED_N, AB_FALL_SPEED_ALONG,
    AB_FALL_ROOT,           /* of the ballistic draw: the kernel is by it */
    AB_FALL_QUANTITIES
};

/* A fall through one member's wind, as powers of s = log(drag / mass, by the nominal ratio) / reach, from -1 to 1. */
typedef struct ab_fall_table {
    float term[AB_FALL_QUANTITIES][AB_TERMS];
    float by_log_mass[AB_FALL_BY_MASS][AB_KERNEL_TERMS];
    /* What a wind error of 1 m/s at a level does to drift (m) and time (s), by the root of the ballistic draw. */
    float kernel[AB_ERROR_LEVELS][AB_KERNELS][AB_KERNEL_TERMS];
} ab_fall_table;

/* The levels of the wind's error, from the ground to the release. */
typedef struct ab_error_levels {
    int32_t count;          /* 0: no error */
    double height_msl_m[AB_ERROR_LEVELS];
    float rms_mps;          /* of a component */
    float keep, add;        /* of the level below, and of a new draw */
} ab_error_levels;

/* Of all draws of the wind's error toward east, or toward north, the one combination that moves a landing that way: the linear transformation of Imai and Tan
 * (2006), of one direction. It is drawn apart, by quasi-random numbers. */
typedef struct ab_lead {
    float of_draw[AB_ERROR_LEVELS]; /* its share of each level's draw; squares sum to 1 */
    float mps[AB_ERROR_LEVELS];     /* error at each level by 1 of it */
    float by[2][3][AB_KERNEL_TERMS];/* opened, failed; what 1 of it does to east, north, time */
} ab_lead;

typedef struct ab_member_tables {
    float wind_e_mps, wind_n_mps; /* at the release */
    ab_fall_table opened, failed;
    ab_lead lead[2];              /* toward east, toward north */
} ab_member_tables;

struct ab_landing_table {
    ab_drop_case drop;
    ab_error_levels error;
    double reach;               /* of the logarithm of the ballistic draw */
    bool slow;                  /* polynomials do not follow this fall: each landing is integrated */
    double rough_m, rough_s;    /* what the last terms of the polynomials amount to */
    ab_member_tables *member;
};

/* ---- fall_table.c -------------------------------------------------------------------------------------------------- */

/* Makes the table of a body's fall; raises rough_m, rough_s and slow where polynomials follow it badly. `work` is scratch. */
bool ab__fall_table(struct ab_landing_table *table, const ab_body *body, const ab_air *air, ab_path work[AB_HEADINGS],
                    ab_fall_table *out);

/* Means over three headings, a third of a turn apart, which part what does not turn with the heading from what does:
 * AB_FALL_E to AB_FALL_SPEED_ALONG. What depends on the angle between heading and shear is lost, or, if the heading is known, kept
 * as it is there. The paths, unless NULL, are those of the headings; if it is known, of the first alone. */
bool ab__fall_by_heading(const ab_drop_case *drop, const ab_body *body, const ab_air *air, ab_path path[AB_HEADINGS],
                         double value[AB_FALL_QUANTITIES]);

/* ---- wind_kernel.c -------------------------------------------------------------------------------------------------- */

/* Adds to kernel[level][AB_E_BY_E...] what a wind error at each level does to the landing of the load on this path, times weight. */
void ab__wind_kernel(const ab_error_levels *levels, const ab_path *path, double gravity_mps2, double weight,
                     double kernel[AB_ERROR_LEVELS][AB_KERNELS]);

/* Finds member->lead from its kernels; error->count is 1 at least. */
void ab__wind_lead(const ab_error_levels *error, ab_member_tables *member);

/* ---- lanes.inc ------------------------------------------------------------------------------------------------------ */

/* The streams of a pass. */
enum { AB_DRAW_PASS, AB_DRAW_WIND, AB_DRAW_LOAD, AB_DRAW_SCRAMBLE };

/* Passes first + lane * stride of one member. */
typedef struct ab_lanes {
    const ab_landing_table *table;
    const ab_member_tables *member;
    uint64_t seed;
    int64_t first, stride;
    int32_t count;              /* of lanes that are wanted */
} ab_lanes;

/* Draws them and writes them to out, where lane i is pass first_out + i * stride. The two are the same source, compiled
 * twice, and give the same bits. */
typedef void ab_lanes_land(const ab_lanes *lanes, int64_t first_out, const ab_landings *out);
ab_lanes_land ab__lanes_land_plain, ab__lanes_land_avx2;
/* lanes_pick_x86.c or lanes_pick_none.c: the one for this machine. */
ab_lanes_land *ab__lanes_land_best(void);

/* ---- drawn.c -------------------------------------------------------------------------------------------------------- */

/* All that was drawn for one landing, in the terms of the problem, for whoever integrates it. */
typedef struct ab_drawn {
    double drag_factor, mass_factor;
    bool failed;
    double late_s;              /* it leaves so long after the moment at which the green light was due */
    double heading_off_rad, position_along_m, position_across_m, gust_e_m, gust_n_m;
    double error_e_mps[AB_ERROR_LEVELS], error_n_mps[AB_ERROR_LEVELS];
} ab_drawn;

/* In lanes_plain.c: by the loops that draw. */
void ab__landing_drawn(const ab_landing_table *table, uint64_t seed, int64_t pass, int32_t load, ab_drawn *out);
/* That landing's body, and the air it falls through: the member's with the error. Arrays of `air` come from the arena. false: no
 * memory. */
bool ab__landing_problem(const ab_landing_table *table, int64_t pass, const ab_drawn *drawn, ab_arena *arena, ab_body *body,
                         ab_air *air);
/* Landing i of out, which is a load of a pass, by the integrator. false: no memory, or it does not come down. */
bool ab__landing_integrated(const ab_landing_table *table, uint64_t seed, int64_t pass, int32_t load, int64_t i,
                            const ab_landings *out);

#endif
