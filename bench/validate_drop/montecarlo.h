/* The published Monte Carlo of a helicopter drop (RocketPy), row by row with each row's own inputs. */
#ifndef VALIDATE_MONTECARLO_H
#define VALIDATE_MONTECARLO_H

#include <stdbool.h>
#include <stdint.h>

typedef struct montecarlo_row {
    double mass_kg, drag_area_m2, lag_s;            /* inputs: lag of signal and of inflation together */
    double impact_s, impact_mps;                    /* theirs; up is positive */
} montecarlo_row;

/* How our answers differ from theirs, over some rows. */
typedef struct montecarlo_score {
    int32_t rows;
    double within_half_s;                           /* share */
    double median_off_s, p90_off_s, worst_off_s;    /* of |ours - theirs| */
    double mean_off_s;                              /* of ours - theirs */
    double median_off_mps, p90_off_mps;             /* of impact speed, vertical */
} montecarlo_score;

/* Rows of montecarlo/ that could be read, -1: no such folder. `bad`: the others. The arena's. */
struct ab_arena;
int32_t montecarlo_read(const char *folder, montecarlo_row **rows, int64_t *bad, struct ab_arena *arena);
/* Density over the standard atmosphere's that their impact speeds imply, by equilibrium: median of the rows. */
double montecarlo_density_ratio(const montecarlo_row *rows, int32_t count);
/* `ratio`: of density to the standard atmosphere's; `added_mass_m3`: air that moves with the canopy. */
montecarlo_score montecarlo_run(const montecarlo_row *rows, int32_t count, double ratio, double added_mass_m3, struct ab_arena *arena);

#endif
