#include <math.h>

#include "phys/air.h"
#include "wind/ask.h"

bool ab__wind_room(ab__wind_ask *ask, int32_t levels, ab__wind_profile *out)
{
    double *room = AB_NEW(ask->arena, double, (size_t)levels * 4);
    *out = (ab__wind_profile){0};
    if (!room) {
        ask->failed = true;
        return false;
    }
    out->height_msl_m = room;
    out->wind_e_mps = room + levels;
    out->wind_n_mps = room + 2 * (size_t)levels;
    out->density_kg_m3 = room + 3 * (size_t)levels;
    return true;
}

void ab__wind_level(ab__wind_profile *profile, double height_msl_m, double wind_e_mps, double wind_n_mps, double pressure_pa,
                    double temp_k)
{
    int32_t i = profile->levels;
    if (!isfinite(height_msl_m) || !isfinite(wind_e_mps) || !isfinite(wind_n_mps) ||
        (i > 0 && height_msl_m <= profile->height_msl_m[i - 1]))
        return;
    profile->height_msl_m[i] = height_msl_m;
    profile->wind_e_mps[i] = wind_e_mps;
    profile->wind_n_mps[i] = wind_n_mps;
    profile->density_kg_m3[i] = pressure_pa > 0 && temp_k > 0 ? ab__air_density_kg_m3(pressure_pa, temp_k) : NAN;
    profile->levels++;
}

static double between(double a, double b, double frac)
{
    return frac <= 0 ? a : frac >= 1 ? b : a + (b - a) * frac;
}

/* The level of a profile at a height within it. */
static void level_at(const ab__wind_profile *p, double height_msl_m, double *e_mps, double *n_mps, double *density)
{
    int32_t i = 0;
    while (i + 2 < p->levels && p->height_msl_m[i + 1] < height_msl_m)
        i++;
    double frac = (height_msl_m - p->height_msl_m[i]) / (p->height_msl_m[i + 1] - p->height_msl_m[i]);
    *e_mps = between(p->wind_e_mps[i], p->wind_e_mps[i + 1], frac);
    *n_mps = between(p->wind_n_mps[i], p->wind_n_mps[i + 1], frac);
    *density = exp(between(log(p->density_kg_m3[i]), log(p->density_kg_m3[i + 1]), frac));
}

bool ab__wind_between(ab__wind_ask *ask, const ab__wind_profile *a, const ab__wind_profile *b, double frac, ab__wind_profile *out)
{
    *out = *a;
    if (frac <= 0)
        return true;
    double low_m = fmax(a->height_msl_m[0], b->height_msl_m[0]);
    double high_m = fmin(a->height_msl_m[a->levels - 1], b->height_msl_m[b->levels - 1]);
    if (!ab__wind_room(ask, a->levels + b->levels, out))
        return false;
    for (int32_t i = 0, j = 0; i < a->levels || j < b->levels;) {
        bool first = j == b->levels || (i < a->levels && a->height_msl_m[i] <= b->height_msl_m[j]);
        double height_m = first ? a->height_msl_m[i++] : b->height_msl_m[j++];
        int32_t k = out->levels;
        if (height_m < low_m || height_m > high_m || (k > 0 && height_m <= out->height_msl_m[k - 1]))
            continue;
        double ae, an, ad, be, bn, bd;
        level_at(a, height_m, &ae, &an, &ad);
        level_at(b, height_m, &be, &bn, &bd);
        out->height_msl_m[k] = height_m;
        out->wind_e_mps[k] = between(ae, be, frac);
        out->wind_n_mps[k] = between(an, bn, frac);
        out->density_kg_m3[k] = between(ad, bd, frac);
        out->levels++;
    }
    return true;
}

/* Densities that are not known are the standard atmosphere's; all of them, so that the column has no steps. */
static bool assume_density(ab__wind_profile *p)
{
    bool known = true;
    for (int32_t i = 0; i < p->levels; i++)
        known &= isfinite(p->density_kg_m3[i]);
    for (int32_t i = 0; i < p->levels && !known; i++)
        p->density_kg_m3[i] = ab__air_standard_density_kg_m3(p->height_msl_m[i]);
    return !known;
}

void ab__wind_offer_profile(ab__wind_ask *ask, const ab__wind_profile *profile, ab_wind_column column)
{
    ab__wind_profile p = *profile;
    column.assumed_density = assume_density(&p);
    column.levels = p.levels;
    column.members = 1;
    column.height_msl_m = p.height_msl_m;
    column.wind_e_mps = p.wind_e_mps;
    column.wind_n_mps = p.wind_n_mps;
    column.density_kg_m3 = p.density_kg_m3;
    ab__wind_offer(ask, column, column.rms_mps);
}
