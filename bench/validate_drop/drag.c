#include "validate_drop/drag.h"

#include <math.h>
#include <stdlib.h>

#include "phys/descent.h"

enum { OTHERS_MOST = 256 };

static const double FIT_FROM_AGL_M = 8000, FIT_UNTIL_AGL_M = 100;

double drag_area_m2(double fall_mps)
{
    return 2 * GRAVITY_MPS2 / (SEA_DENSITY_KG_M3 * fall_mps * fall_mps);
}

double flight_fall_mps(const track *t, const profile *own, double from_msl_m, double until_msl_m)
{
    int32_t first = track_at_height(t, from_msl_m), last = track_at_height(t, until_msl_m);
    if (first < 0 || last <= first || own->levels == 0)
        return NAN;
    ab_air air = profile_air(own);
    double reduced_m = 0;
    for (int32_t i = first; i < last; i++) {
        double high = t->fix[i].height_msl_m, low = t->fix[i + 1].height_msl_m;
        reduced_m += (high - low) * sqrt(ab__air_at(&air, (high + low) / 2).density_kg_m3 / SEA_DENSITY_KG_M3);
    }
    return reduced_m / (t->fix[last].t_s - t->fix[first].t_s);
}

double flight_whole_fall_mps(const track *t, const profile *own)
{
    double from = fmin(t->ground_msl_m + FIT_FROM_AGL_M, t->fix[t->top].height_msl_m - 500);
    return flight_fall_mps(t, own, from, t->ground_msl_m + FIT_UNTIL_AGL_M);
}

/* Mean velocity from 20 s to 30 s after release: the wind there. */
static bool settled_wind(const track *t, double *e_mps, double *n_mps)
{
    double count = 0, e = 0, n = 0, top_s = t->fix[t->top].t_s;
    for (int32_t i = t->top; i < t->count && t->fix[i].t_s < top_s + 30; i++) {
        if (t->fix[i].t_s < top_s + 20 || isnan(t->fix[i].speed_e_mps))
            continue;
        count++;
        e += t->fix[i].speed_e_mps;
        n += t->fix[i].speed_n_mps;
    }
    *e_mps = e / count;
    *n_mps = n / count;
    return count >= 5;
}

double flight_throw_m(const track *t)
{
    const fix *top = &t->fix[t->top];
    double wind_e, wind_n, e, n;
    if (t->kind != KIND_SONDE || isnan(top->speed_e_mps) || top->t_s > 1 || !settled_wind(t, &wind_e, &wind_n))
        return NAN;
    int32_t i = t->top;
    while (i < t->count - 1 && t->fix[i].t_s < top->t_s + 20)
        i++;
    double span = t->fix[i].t_s - top->t_s, air_e = top->speed_e_mps - wind_e, air_n = top->speed_n_mps - wind_n;
    fix_offset(top, &t->fix[i], &e, &n);
    return ((e - wind_e * span) * air_e + (n - wind_n * span) * air_n) / hypot(air_e, air_n);
}

double flight_least_throw_m(const track *t, double fall_mps)
{
    const fix *top = &t->fix[t->top];
    double wind_e, wind_n;
    if (!settled_wind(t, &wind_e, &wind_n))
        return NAN;
    profile calm;
    profile_of_calm(&calm);
    ab_air air = profile_air(&calm);
    ab_body body = {.mass_kg = 1, .bare_drag_area_m2 = drag_area_m2(fall_mps)};
    ab_release release = {top->height_msl_m, hypot(top->speed_e_mps - wind_e, top->speed_n_mps - wind_n), 0, 0, GRAVITY_MPS2};
    ab_touchdown down;
    return ab__descent(&body, &air, &release, top->height_msl_m - 3000, &down) ? down.east_m : NAN;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *value, int32_t n)
{
    qsort(value, (size_t)n, sizeof *value, rising);
    return n == 0 ? NAN : n % 2 ? value[n / 2] : (value[n / 2 - 1] + value[n / 2]) / 2;
}

static double spread_of_logs(const double *value, int32_t n)
{
    double mean = 0, squares = 0;
    for (int32_t i = 0; i < n; i++)
        mean += log(value[i]) / n;
    for (int32_t i = 0; i < n; i++)
        squares += (log(value[i]) - mean) * (log(value[i]) - mean);
    return n < 2 ? NAN : sqrt(squares / (n - 1));
}

drag drag_without(const track *tracks, const profile *own, int32_t count, int32_t at, double from_msl_m)
{
    const track *t = &tracks[at];
    double fall[OTHERS_MOST];
    int32_t n = 0;
    for (int32_t i = 0; i < count && n < OTHERS_MOST && t->kind != KIND_ROCKET; i++) {
        double mps = i != at && tracks[i].kind == t->kind && tracks[i].released ? flight_whole_fall_mps(&tracks[i], &own[i]) : NAN;
        if (!isnan(mps))
            fall[n++] = mps;
    }
    drag d = {.flights = n, .spread_frac = spread_of_logs(fall, n)};
    d.fall_mps = median(fall, n);
    if (n == 0 && t->rocket)
        d.fall_mps = sqrt(2 * t->rocket->mass_kg * GRAVITY_MPS2 / (SEA_DENSITY_KG_M3 * t->rocket->drag_area_m2));
    else if (n == 0)
        d.fall_mps = flight_fall_mps(t, &own[at], t->fix[t->top].height_msl_m - 500, from_msl_m);
    return d;
}
