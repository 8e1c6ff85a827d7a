#include "validate_drop/predict.h"

#include <math.h>

#include "base/random.h"
#include "phys/descent.h"

enum { LAYERS_MOST = 1024 };

static const double LAYER_M = 50;

/* ---- Draws: one number after the other of a stream ------------------------------------------------------------------- */

typedef struct draws {
    uint64_t seed, stream, next;
} draws;

static double normal(draws *d)
{
    return ab__random_normal(d->seed, d->stream, d->next++);
}

/* ---- By the equations alone --------------------------------------------------------------------------------------------- */

static bool point(const letting_go *g, const ab_air *air, cloud *out)
{
    ab_body body = {.mass_kg = 1, .bare_drag_area_m2 = drag_area_m2(g->drag.fall_mps)};
    ab_air_point at = ab__air_at(air, g->start_msl_m);
    ab_release release = {g->start_msl_m, at.wind_e_mps, at.wind_n_mps,
                          -g->drag.fall_mps * sqrt(SEA_DENSITY_KG_M3 / at.density_kg_m3), GRAVITY_MPS2};
    ab_touchdown down;
    if (!ab__descent(&body, air, &release, g->ground_msl_m, &down))
        return false;
    out->point_e_m = down.east_m;
    out->point_n_m = down.north_m;
    out->time_s = down.time_s;
    return true;
}

/* ---- Errors about it ------------------------------------------------------------------------------------------------------ */

/* Layers from the ground up: seconds in each at the expected drag, and the wind there. */
typedef struct layers {
    int32_t count;
    double thick_m[LAYERS_MOST], stays_s[LAYERS_MOST], e_mps[LAYERS_MOST], n_mps[LAYERS_MOST];
} layers;

static void cut_layers(const letting_go *g, const ab_air *air, layers *l)
{
    l->count = 0;
    for (double low = g->ground_msl_m; low < g->start_msl_m && l->count < LAYERS_MOST; low += LAYER_M) {
        double thick = fmin(LAYER_M, g->start_msl_m - low);
        ab_air_point at = ab__air_at(air, low + thick / 2);
        int32_t k = l->count++;
        l->thick_m[k] = thick;
        l->stays_s[k] = thick / (g->drag.fall_mps * sqrt(SEA_DENSITY_KG_M3 / at.density_kg_m3));
        l->e_mps[k] = at.wind_e_mps;
        l->n_mps[k] = at.wind_n_mps;
    }
}

/* Displacement by one draw of the wind's error, a Gaussian process over height with an exponential correlation, and of drag. */
static void draw_displacement(const letting_go *g, const layers *l, draws *d, double *east_m, double *north_m)
{
    double keeps = exp(-LAYER_M / g->wind_correlation_m), fresh = sqrt(1 - keeps * keeps);
    double each_way = g->wind_rms_mps / sqrt(2), off_e = normal(d), off_n = normal(d);
    double frac = ab__random_uniform(d->seed, ~d->stream, 0) < TAIL_PROB ? TAIL_FRAC : DRAG_FRAC;
    double slower = exp(frac * normal(d) / 2); /* time goes with the root of drag area */
    *east_m = GUST_M * normal(d);
    *north_m = GUST_M * normal(d);
    for (int32_t k = 0; k < l->count; k++) {
        double stays = l->stays_s[k] * slower;
        *east_m += (l->e_mps[k] + each_way * off_e) * stays - l->e_mps[k] * l->stays_s[k];
        *north_m += (l->n_mps[k] + each_way * off_n) * stays - l->n_mps[k] * l->stays_s[k];
        off_e = keeps * off_e + fresh * normal(d);
        off_n = keeps * off_n + fresh * normal(d);
    }
}

bool predict(const letting_go *g, uint64_t seed, cloud *out)
{
    ab_air air = profile_air(g->wind);
    layers l;
    if (!point(g, &air, out))
        return false;
    cut_layers(g, &air, &l);
    for (int32_t i = 0; i < SAMPLES; i++) {
        double e, n;
        draw_displacement(g, &l, &(draws){seed, (uint64_t)i, 0}, &e, &n);
        out->east_m[i] = out->point_e_m + e;
        out->north_m[i] = out->point_n_m + n;
    }
    return true;
}

/* ---- The naive model -------------------------------------------------------------------------------------------------- */

static int32_t bin_of(const profile *p, double height_msl_m)
{
    int32_t best = 0;
    for (int32_t i = 1; i < p->levels; i++) {
        if (fabs(p->height_msl_m[i] - height_msl_m) < fabs(p->height_msl_m[best] - height_msl_m))
            best = i;
    }
    return best;
}

void predict_naive(const letting_go *g, track_kind kind, double *east_m, double *north_m)
{
    double sea_mps = kind == KIND_SONDE ? 10.16 : kind == KIND_ROCKET ? g->drag.fall_mps : 4.52;
    *east_m = *north_m = 0;
    for (double z = g->start_msl_m; z > g->ground_msl_m;) {
        int32_t bin = bin_of(g->wind, z);
        double fall = sea_mps * sqrt(SEA_DENSITY_KG_M3 / ab__air_standard_density_kg_m3(z));
        double step = fmin(1, (z - g->ground_msl_m) / fall);
        *east_m += g->wind->wind_e_mps[bin] * step;
        *north_m += g->wind->wind_n_mps[bin] * step;
        z -= fall * step;
    }
}
