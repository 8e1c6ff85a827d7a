/* What is asked of the sources of wind, and the best answer so far. */
#ifndef WIND_ASK_H
#define WIND_ASK_H

#include "airbridge/wind.h"
#include "base/arena.h"

typedef struct ab__wind_ask {
    const ab_operation *op;
    double lon_deg, lat_deg;
    ab_time at;
    double from_msl_m, until_msl_m;
    ab_arena *arena;          /* of the answer */
    ab_wind_column best;      /* levels 0: none yet */
    double best_rms_mps;      /* by which sources are compared */
    char *reason;             /* 256 bytes: why the nearest to an answer is none */
    double reason_rms_mps;    /* of that one */
    bool failed;              /* out of memory */
} ab__wind_ask;

enum { AB_WIND_REASON = 256, AB_WIND_NEAR_S = 12 * 3600 };

/* One column of measured or computed levels, before it is an answer. Heights rise. */
typedef struct ab__wind_profile {
    int32_t levels;
    double *height_msl_m, *wind_e_mps, *wind_n_mps, *density_kg_m3; /* density: NAN where not known */
} ab__wind_profile;

/* Room for so many levels in the arena of `ask`; false: out of memory (noted). */
bool ab__wind_room(ab__wind_ask *ask, int32_t levels, ab__wind_profile *out);
/* Adds a level unless something in it is not known or it does not rise above the one before. */
void ab__wind_level(ab__wind_profile *profile, double height_msl_m, double wind_e_mps, double wind_n_mps, double pressure_pa,
                    double temp_k);
/* Linear in time: `frac` of the way from a to b, which have two levels at least, at the heights of both, as far as both reach. */
bool ab__wind_between(ab__wind_ask *ask, const ab__wind_profile *a, const ab__wind_profile *b, double frac, ab__wind_profile *out);

/* The widest stretch without a level that a load falls through, or part of it, and where it begins. */
double ab__wind_widest_gap_m(const ab__wind_ask *ask, const double *height_msl_m, int32_t levels, double *from_m);
/* How wide it may be. */
double ab__wind_gap_most_m(ab_wind_kind kind);

/* Takes `column` (arrays in the arena of `ask`, coverage by its heights, rms_mps set) as the answer if it covers the heights and is better than what
 * there is. `rms_mps` compares: of an ensemble, what its mean would have. */
void ab__wind_offer(ab__wind_ask *ask, ab_wind_column column, double rms_mps);
void ab__wind_offer_profile(ab__wind_ask *ask, const ab__wind_profile *profile, ab_wind_column column);
/* Remembers why a source of this error is no answer, if it is the best of those. */
#if defined(__GNUC__)
__attribute__((format(printf, 3, 4)))
#endif
void ab__wind_refuse(ab__wind_ask *ask, double rms_mps, const char *format, ...);

/* The two of `count` rising times around `at` and the share of the second; gap_s: to the nearer one where `at` lies beyond
 * the ends, between them so much of it as goes beyond 3 h. Of a climatology (`season`) the year does not count. */
typedef struct ab__wind_times {
    int32_t a, b;
    double frac, gap_s;
} ab__wind_times;
ab__wind_times ab__wind_bracket(const ab_time *times, int32_t count, ab_time at, bool season);

void ab__wind_from_grid(ab__wind_ask *ask, const ab_forecast *forecast);
void ab__wind_from_soundings(ab__wind_ask *ask, const ab_forecast *forecast);
void ab__wind_from_rows(ab__wind_ask *ask);

#endif
