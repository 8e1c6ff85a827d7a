#include "phys/air.h"

#include <assert.h>
#include <math.h>

#include "phys/air_segment.h"

/* ISO 2533:1975, sections 2.1 to 2.5. */
static const double GAS_J_KG_K = 287.05287, GRAVITY_MPS2 = 9.80665, EARTH_M = 6356766.0;

/* Layers by geopotential height; pressures at their foot follow from the first by the same equations. Two reach to 32 km. */
typedef struct layer {
    double foot_m, foot_temp_k, foot_pressure_pa, lapse_k_m;
} layer;
static const layer LAYERS[] = {
    {0, 288.15, 101325.0, -0.0065},
    {11000, 216.65, 22632.040, 0},
    {20000, 216.65, 5474.8777, 0.001},
};

static double geopotential_m(double height_msl_m)
{
    return EARTH_M * height_msl_m / (EARTH_M + height_msl_m);
}

static const layer *layer_at(double geo_m)
{
    return geo_m < LAYERS[1].foot_m ? &LAYERS[0] : geo_m < LAYERS[2].foot_m ? &LAYERS[1] : &LAYERS[2];
}

double ab__air_standard_temp_k(double height_msl_m)
{
    double geo_m = geopotential_m(height_msl_m);
    const layer *l = layer_at(geo_m);
    return l->foot_temp_k + l->lapse_k_m * (geo_m - l->foot_m);
}

double ab__air_standard_pressure_pa(double height_msl_m)
{
    double geo_m = geopotential_m(height_msl_m);
    const layer *l = layer_at(geo_m);
    double above_m = geo_m - l->foot_m;
    if (l->lapse_k_m == 0)
        return l->foot_pressure_pa * exp(-GRAVITY_MPS2 * above_m / (GAS_J_KG_K * l->foot_temp_k));
    return l->foot_pressure_pa *
           pow(1 + l->lapse_k_m * above_m / l->foot_temp_k, -GRAVITY_MPS2 / (GAS_J_KG_K * l->lapse_k_m));
}

double ab__air_density_kg_m3(double pressure_pa, double temp_k)
{
    return pressure_pa / (GAS_J_KG_K * temp_k);
}

double ab__air_standard_density_kg_m3(double height_msl_m)
{
    return ab__air_density_kg_m3(ab__air_standard_pressure_pa(height_msl_m), ab__air_standard_temp_k(height_msl_m));
}

/* NIMA TR8350.2 (2000), equations 4-1 and 4-3. */
double ab__air_gravity_mps2(double lat_deg, double height_msl_m)
{
    const double equator_mps2 = 9.7803253359, k = 0.00193185265241, e2 = 0.00669437999014;
    const double axis_m = 6378137.0, flattening = 1 / 298.257223563, m = 0.00344978650684;
    double s = sin(lat_deg * 0.017453292519943295);
    double ground_mps2 = equator_mps2 * (1 + k * s * s) / sqrt(1 - e2 * s * s);
    double r = height_msl_m / axis_m;
    return ground_mps2 * (1 - 2 * (1 + flattening + m - 2 * flattening * s * s) * r + 3 * r * r);
}

/* The last level that is not above the height; -1: below all. */
static int32_t level_below(const ab_air *air, double height_msl_m)
{
    int32_t lo = -1, hi = air->levels;
    while (hi - lo > 1) {
        int32_t mid = lo + (hi - lo) / 2;
        if (air->height_msl_m[mid] <= height_msl_m)
            lo = mid;
        else
            hi = mid;
    }
    return lo;
}

static ab_air_segment beyond(const ab_air *air, int32_t level, double bottom_m, double top_m)
{
    double at_m = air->height_msl_m[level];
    double over_standard = air->density_kg_m3[level] / ab__air_standard_density_kg_m3(at_m);
    return (ab_air_segment){bottom_m, top_m, true, 0, air->wind_e_mps[level], air->wind_n_mps[level], 0, 0,
                            over_standard, 0};
}

static ab_air_segment between(const ab_air *air, int32_t i)
{
    double foot_m = air->height_msl_m[i], top_m = air->height_msl_m[i + 1], thick_m = top_m - foot_m;
    return (ab_air_segment){
        foot_m,
        top_m,
        false,
        foot_m,
        air->wind_e_mps[i],
        air->wind_n_mps[i],
        (air->wind_e_mps[i + 1] - air->wind_e_mps[i]) / thick_m,
        (air->wind_n_mps[i + 1] - air->wind_n_mps[i]) / thick_m,
        air->density_kg_m3[i],
        log(air->density_kg_m3[i + 1] / air->density_kg_m3[i]) / thick_m,
    };
}

ab_air_segment ab__air_segment(const ab_air *air, double height_msl_m, bool falling)
{
    assert(air->levels >= 2);
    int32_t last = air->levels - 1, i = level_below(air, height_msl_m);
    if (falling && i >= 0 && air->height_msl_m[i] == height_msl_m)
        i--;
    if (i < 0)
        return beyond(air, 0, -INFINITY, air->height_msl_m[0]);
    if (i >= last)
        return beyond(air, last, air->height_msl_m[last], INFINITY);
    return between(air, i);
}

ab_air_point ab__air_in(const ab_air_segment *s, double height_msl_m)
{
    double up_m = height_msl_m - s->foot_m;
    if (s->standard)
        return (ab_air_point){s->wind_e_mps, s->wind_n_mps,
                              s->density_kg_m3 * ab__air_standard_density_kg_m3(height_msl_m)};
    return (ab_air_point){s->wind_e_mps + s->shear_e_per_s * up_m, s->wind_n_mps + s->shear_n_per_s * up_m,
                          s->density_kg_m3 * exp(s->log_slope_per_m * up_m)};
}

ab_air_point ab__air_at(const ab_air *air, double height_msl_m)
{
    ab_air_segment s = ab__air_segment(air, height_msl_m, false);
    return ab__air_in(&s, height_msl_m);
}
