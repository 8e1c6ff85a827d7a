#include "validate_drop/predict.h"

#include <math.h>

#include "drop/scatter.h"

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

/* ---- With errors, as the program draws landings ----------------------------------------------------------------------------- */

ab_scatter predict_scatter(double wind_rms_mps, double wind_correlation_m)
{
    ab_dropsystem system = {.kind = AB_DROP_LV, .drag_area_sd_frac = NAN};
    ab_vehicle vehicle = {.exit_interval_s = NAN};
    ab_wind_column column = {.rms_mps = wind_rms_mps, .correlation_m = wind_correlation_m};
    ab_scatter s = ab__drop_scatter(NULL, &system, &vehicle, &column, 1);
    s.aim_timing_s = s.aim_heading_deg = s.aim_position_m = s.exit_timing_s = s.exit_interval_s = 0;
    s.fail_alpha = s.fail_beta = 0;
    return s;
}

/* A load at rest in the air is late by ln 2 V^2 / g of height against one that falls already, so it starts as much lower. */
static double as_if_falling_msl_m(const letting_go *g, const ab_air *air)
{
    double fall_mps = g->drag.fall_mps * sqrt(SEA_DENSITY_KG_M3 / ab__air_at(air, g->start_msl_m).density_kg_m3);
    return g->start_msl_m - log(2) * fall_mps * fall_mps / GRAVITY_MPS2;
}

static ab_drop_case case_of(const letting_go *g, const ab_air *air)
{
    return (ab_drop_case){
        .body = {.mass_kg = 1, .bare_drag_area_m2 = drag_area_m2(g->drag.fall_mps)},
        .release_msl_m = as_if_falling_msl_m(g, air),
        .ground_msl_m = g->ground_msl_m,
        .gravity_mps2 = GRAVITY_MPS2,
        .members = 1,
        .air = air,
        .scatter = predict_scatter(g->wind_rms_mps, g->wind_correlation_m),
    };
}

bool predict(const letting_go *g, uint64_t seed, cloud *out)
{
    static float drift_e[SAMPLES], drift_n[SAMPLES], along[SAMPLES], across[SAMPLES], time[SAMPLES], speed[SAMPLES];
    static unsigned char failed[SAMPLES];
    ab_landings landings = {SAMPLES, 1, drift_e, drift_n, along, across, time, speed, failed};
    ab_air air = profile_air(g->wind);
    ab_drop_case drop = case_of(g, &air);
    if (!point(g, &air, out) || !ab__landings_draw(&drop, seed, 0, &landings))
        return false;
    for (int32_t i = 0; i < SAMPLES; i++)
        ab__landings_at(&landings, i, 0, &out->east_m[i], &out->north_m[i]);
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
