/* Levels of a radiosonde, as reported, made into a column of wind by height. docs/models/wind.md says how and whence. */
#include <math.h>
#include <stdlib.h>

#include "io/weather.h"

/* Of dry air (ISO 2533:1975). */
static const double GAS_J_KG_K = 287.05287;

static int falling_pressure(const void *a, const void *b)
{
    double x = ((const ab_ascent_level *)a)->pressure_pa,
           y = ((const ab_ascent_level *)b)->pressure_pa;
    return (x < y) - (x > y);
}

static double either(double a, double b)
{
    return isnan(a) ? b : a;
}

static bool is_real(double value, double least, double most)
{
    return value >= least && value <= most; /* false of NAN */
}

/* Of a pressure in the standard atmosphere (ISO 2533:1975): three layers, the uppermost from 20 km on. */
static double standard_height_m(double pressure_pa)
{
    if (pressure_pa > 22632.06)
        return 44330.77 * (1 - pow(pressure_pa / 101325, 0.1902632));
    if (pressure_pa > 5474.889)
        return 11000 + 6341.62 * log(22632.06 / pressure_pa);
    return 20000 + 216650 * (pow(pressure_pa / 5474.889, -0.02927127) - 1);
}

/* No day's pressure is where the standard's is, but none is farther off than that: a digit of the height is wrong. */
static bool is_height_of(double height_m, double pressure_pa)
{
    double standard_m = standard_height_m(pressure_pa);

    return fabs(height_m - standard_m) <= 600 + 0.08 * standard_m;
}

/* Sorts by falling pressure, takes out what is no value, and joins what two parts of a report say of one level. */
static int32_t tidy(ab_ascent_level *level, int32_t count)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < count; i++) {
        ab_ascent_level one = level[i];
        if (!is_real(one.pressure_pa, 1, 120000))
            continue;
        if (!is_real(one.temp_k, 150, 350))
            one.temp_k = NAN;
        if (!is_real(one.height_msl_m, -1000, 80000) ||
            !is_height_of(one.height_msl_m, one.pressure_pa))
            one.height_msl_m = NAN;
        if (!is_real(one.wind_mps, 0, 150) || !is_real(one.wind_from_deg, 0, 360))
            one.wind_mps = one.wind_from_deg = NAN;
        level[kept++] = one;
    }
    qsort(level, (size_t)kept, sizeof *level, falling_pressure);
    int32_t joined = 0;
    for (int32_t i = 0; i < kept; i++) {
        ab_ascent_level *last = joined > 0 ? &level[joined - 1] : NULL;
        if (last == NULL || last->pressure_pa != level[i].pressure_pa) {
            level[joined++] = level[i];
            continue;
        }
        last->temp_k = either(last->temp_k, level[i].temp_k);
        last->height_msl_m = either(last->height_msl_m, level[i].height_msl_m);
        if (isnan(last->wind_mps)) {
            last->wind_mps = level[i].wind_mps;
            last->wind_from_deg = level[i].wind_from_deg;
        }
    }
    return joined;
}

/* Temperature between levels that tell it is linear in the logarithm of pressure: significant levels are chosen so that it
 * is (WMO-No. 306, FM 35, regulation 35.3.1.2). */
static void fill_temps(ab_ascent_level *level, int32_t count)
{
    int32_t below = -1;

    for (int32_t above = 0; above < count; above++) {
        if (isnan(level[above].temp_k))
            continue;
        for (int32_t i = below + 1; below >= 0 && i < above; i++) {
            double part = log(level[below].pressure_pa / level[i].pressure_pa) /
                          log(level[below].pressure_pa / level[above].pressure_pa);
            level[i].temp_k =
                level[below].temp_k + part * (level[above].temp_k - level[below].temp_k);
        }
        below = above;
    }
}

/* The hypsometric equation for a layer with its mean temperature; NAN where that is not known. */
static double thickness_m(const ab_ascent_level *lower, const ab_ascent_level *upper)
{
    return GAS_J_KG_K / AB_GRAVITY_MPS2 * (lower->temp_k + upper->temp_k) / 2 *
           log(lower->pressure_pa / upper->pressure_pa);
}

/* Heights between two that are told, `below` and `above`: by thickness, stretched so that they meet both. */
static void fill_between(ab_ascent_level *level, int32_t below, int32_t above)
{
    double whole = 0, part = 0, rise = level[above].height_msl_m - level[below].height_msl_m;
    bool warm = true;

    for (int32_t i = below; i < above; i++)
        whole += thickness_m(&level[i], &level[i + 1]);
    warm = whole > 0; /* false of NAN: temperatures lack */
    if (!warm)
        whole = log(level[below].pressure_pa / level[above].pressure_pa);
    for (int32_t i = below; i + 1 < above; i++) {
        part += warm ? thickness_m(&level[i], &level[i + 1])
                     : log(level[i].pressure_pa / level[i + 1].pressure_pa);
        level[i + 1].height_msl_m = level[below].height_msl_m + rise * part / whole;
    }
}

/* Heights that are not told; NAN stays where no temperature leads on from one that is. */
static void fill_heights(ab_ascent_level *level, int32_t count)
{
    int32_t first = -1, last = -1;

    for (int32_t i = 0; i < count; i++) {
        if (isnan(level[i].height_msl_m))
            continue;
        if (last >= 0)
            fill_between(level, last, i);
        first = first < 0 ? i : first;
        last = i;
    }
    for (int32_t i = first; i > 0; i--)
        level[i - 1].height_msl_m = level[i].height_msl_m - thickness_m(&level[i - 1], &level[i]);
    for (int32_t i = last; i >= 0 && i + 1 < count; i++)
        level[i + 1].height_msl_m = level[i].height_msl_m + thickness_m(&level[i], &level[i + 1]);
}

ab_status ab__ascent_levels(ab_weather *from, ab_ascent_level *level, int32_t count,
                            ab_sounding *out)
{
    double *all = AB_NEW(from->arena, double, 5 * (size_t)count);
    double *column[5];
    double highest = -INFINITY;
    int32_t kept = 0;

    if (all == NULL)
        return ab__weather_no_memory(from);
    for (int c = 0; c < 5; c++)
        column[c] = all + (size_t)c * (size_t)count;
    count = tidy(level, count);
    fill_temps(level, count);
    fill_heights(level, count);
    for (int32_t i = 0; i < count; i++) {
        const double turn = acos(-1) / 180;
        if (isnan(level[i].wind_mps) || !(level[i].height_msl_m > highest))
            continue;
        highest = column[0][kept] = level[i].height_msl_m;
        column[1][kept] = -level[i].wind_mps * sin(level[i].wind_from_deg * turn);
        column[2][kept] = -level[i].wind_mps * cos(level[i].wind_from_deg * turn);
        column[3][kept] = level[i].temp_k;
        column[4][kept++] = level[i].pressure_pa;
    }
    out->levels = kept;
    out->height_msl_m = column[0];
    out->wind_e_mps = column[1];
    out->wind_n_mps = column[2];
    out->temp_k = column[3];
    out->pressure_pa = column[4];
    return AB_OK;
}
