/* The table of a fall: eight descents, at the Chebyshev nodes of the ballistic draw, make polynomials of landing and time; the
 * path of each gives what a small change of the wind at a height does to the landing. */
#include <math.h>
#include <string.h>

#include "phys/descent_path.h"
#include "phys/landings_parts.h"

enum { HEADINGS = 3 };
static const double PI = 3.14159265358979323846, TOLERANCE = 1e-6;
/* Of the last two terms of a polynomial: beyond it the integrator takes over. */
static const double ROUGH_M = 1.0, ROUGH_S = 0.05;

static ab_release release_at(const ab_drop_case *drop, const ab_air *air, double heading_rad)
{
    ab_air_point wind = ab__air_at(air, drop->release_msl_m);
    return (ab_release){drop->release_msl_m, wind.wind_e_mps + drop->airspeed_mps * sin(heading_rad),
                        wind.wind_n_mps + drop->airspeed_mps * cos(heading_rad), 0, drop->gravity_mps2};
}

bool ab__fall_by_heading(const ab_drop_case *drop, const ab_body *body, const ab_air *air, ab_path *path,
                         double value[AB_FALL_QUANTITIES])
{
    for (int q = 0; q < AB_FALL_QUANTITIES; q++)
        value[q] = 0;
    for (int i = 0; i < HEADINGS; i++) {
        double heading = 2 * PI * i / HEADINGS, s = sin(heading), c = cos(heading);
        ab_release release = release_at(drop, air, heading);
        ab_touchdown t;
        if (!ab__descent_along(body, air, &release, drop->ground_msl_m, TOLERANCE, i == 0 ? path : NULL, &t))
            return false;
        value[AB_FALL_E] += t.east_m / HEADINGS;
        value[AB_FALL_N] += t.north_m / HEADINGS;
        value[AB_FALL_ALONG] += (t.east_m * s + t.north_m * c) / HEADINGS;
        value[AB_FALL_ACROSS] += (t.east_m * c - t.north_m * s) / HEADINGS;
        value[AB_FALL_TIME] += t.time_s / HEADINGS;
        value[AB_FALL_SPEED_UP] += t.speed_up_mps / HEADINGS;
        value[AB_FALL_SPEED_E] += t.speed_e_mps / HEADINGS;
        value[AB_FALL_SPEED_N] += t.speed_n_mps / HEADINGS;
        value[AB_FALL_SPEED_ALONG] += (t.speed_e_mps * s + t.speed_n_mps * c) / HEADINGS;
    }
    return true;
}

/* The body with its drag areas, or all that is proportional to its mass, by a factor. */
static ab_body scaled(const ab_body *body, double drag_factor, double mass_factor)
{
    ab_body b = *body;
    b.mass_kg *= mass_factor;
    b.bare_drag_area_m2 *= drag_factor;
    for (int32_t i = 0; i < b.stage_count; i++)
        b.stage[i].drag_area_m2 *= drag_factor;
    return b;
}

/* ---- Polynomials -------------------------------------------------------------------------------------------------- */

static double node(int i)
{
    return cos(PI * (i + 0.5) / AB_TERMS);
}

/* Chebyshev coefficients from the values at the nodes. */
static void chebyshev(const double value[AB_TERMS], double coef[AB_TERMS])
{
    for (int k = 0; k < AB_TERMS; k++) {
        double sum = 0;
        for (int i = 0; i < AB_TERMS; i++)
            sum += value[i] * cos(PI * k * (i + 0.5) / AB_TERMS);
        coef[k] = sum * (k ? 2 : 1) / AB_TERMS;
    }
}

/* The first `terms` of them as powers of s: T_k = 2 s T_(k-1) - T_(k-2). */
static void powers(const double coef[AB_TERMS], int terms, float *power)
{
    double sum[AB_TERMS] = {0}, before[AB_TERMS] = {0}, now[AB_TERMS] = {1};
    for (int k = 0; k < terms; k++) {
        for (int i = 0; i < AB_TERMS; i++)
            sum[i] += coef[k] * now[i];
        double next[AB_TERMS] = {0};
        for (int i = 1; i < AB_TERMS; i++)
            next[i] = (k ? 2 : 1) * now[i - 1];
        for (int i = 0; i < AB_TERMS; i++)
            next[i] -= k ? before[i] : 0;
        memcpy(before, now, sizeof now);
        memcpy(now, next, sizeof next);
    }
    for (int i = 0; i < terms; i++)
        power[i] = (float)sum[i];
}

/* Returns what the last two terms amount to. */
static double fit(const double value[AB_TERMS], int terms, float *power)
{
    double coef[AB_TERMS];
    chebyshev(value, coef);
    powers(coef, terms, power);
    return fabs(coef[AB_TERMS - 2]) + fabs(coef[AB_TERMS - 1]);
}

/* ---- What the wind at a height does ------------------------------------------------------------------------------- */

static void share_out(const ab_error_levels *levels, double height_msl_m, double weight, double *kernel)
{
    int last = levels->count - 1;
    double step_m = levels->height_msl_m[1] - levels->height_msl_m[0];
    double at = fmin(fmax((height_msl_m - levels->height_msl_m[0]) / step_m, 0), last);
    int i = (int)fmin(floor(at), last - 1);
    kernel[i] += weight * (i + 1 - at);
    kernel[i + 1] += weight * (at - i);
}

/* The slip of a load against the air dies away at the rate r(t) of its path. To the first order a change w(z) of the wind moves the
 * landing by the integral of p r w over time, where p' = r p - 1 and p = 0 at touchdown: p is how far the load still
 * goes by a slip of 1 m/s. At the exit the aircraft moves with the air, which counts p w once more. */
static void wind_kernel(const ab_error_levels *levels, const ab_path *path, double *kernel)
{
    double p_s = 0;
    for (int i = path->count - 1; i > 0; i--) {
        double dt = path->time_s[i] - path->time_s[i - 1], r = (path->rate_per_s[i] + path->rate_per_s[i - 1]) / 2;
        double decay = exp(-r * dt), before_s = r * dt > 1e-9 ? p_s * decay + (1 - decay) / r : p_s + dt;
        double weight = dt + p_s - before_s, a = path->height_msl_m[i - 1], b = path->height_msl_m[i];
        share_out(levels, a, weight / 6, kernel);
        share_out(levels, (a + b) / 2, weight * 4 / 6, kernel);
        share_out(levels, b, weight / 6, kernel);
        p_s = before_s;
    }
    share_out(levels, path->height_msl_m[0], p_s, kernel);
}

static void fit_kernel(const ab_error_levels *levels, double kernel[AB_TERMS][AB_ERROR_LEVELS], const double root[AB_TERMS],
                       ab_fall_table *out)
{
    for (int level = 0; level < levels->count; level++) {
        double value[AB_TERMS];
        for (int i = 0; i < AB_TERMS; i++)
            value[i] = kernel[i][level] / root[i];
        fit(value, AB_KERNEL_TERMS, out->kernel[level]);
    }
}

/* ---- The table ---------------------------------------------------------------------------------------------------- */

/* By how much the landing changes with the logarithm of mass while drag changes as much: only by the air that moves along. */
static bool slope_by_mass(const ab_drop_case *drop, const ab_body *body, const ab_air *air, double slope[AB_FALL_BY_MASS])
{
    const double part = 0.02;
    double less[AB_FALL_QUANTITIES], more[AB_FALL_QUANTITIES];
    ab_body light = scaled(body, 1 - part, 1 - part), heavy = scaled(body, 1 + part, 1 + part);
    if (!ab__fall_by_heading(drop, &light, air, NULL, less) || !ab__fall_by_heading(drop, &heavy, air, NULL, more))
        return false;
    for (int q = 0; q < AB_FALL_BY_MASS; q++)
        slope[q] = (more[q] - less[q]) / log((1 + part) / (1 - part));
    return true;
}

static bool moves_air(const ab_body *body)
{
    for (int32_t i = 0; i < body->stage_count; i++)
        if (body->stage[i].added_mass_m3 > 0)
            return true;
    return false;
}

static void judge(struct ab_landing_table *table, int quantity, double rough)
{
    if (quantity <= AB_FALL_ACROSS)
        table->rough_m = fmax(table->rough_m, rough);
    if (quantity == AB_FALL_TIME)
        table->rough_s = fmax(table->rough_s, rough);
    table->slow = table->slow || table->rough_m > ROUGH_M || table->rough_s > ROUGH_S;
}

bool ab__fall_table(struct ab_landing_table *table, const ab_body *body, const ab_air *air, ab_path *work,
                    ab_fall_table *out)
{
    double value[AB_FALL_QUANTITIES][AB_TERMS], slope[AB_FALL_BY_MASS][AB_TERMS] = {{0}}, root[AB_TERMS];
    static const double NONE[AB_ERROR_LEVELS];
    double kernel[AB_TERMS][AB_ERROR_LEVELS];
    bool by_mass = table->drop.scatter.mass_frac > 0 && moves_air(body);
    for (int i = 0; i < AB_TERMS; i++) {
        double at[AB_FALL_QUANTITIES], of_mass[AB_FALL_BY_MASS] = {0}, ratio = exp(node(i) * table->reach);
        ab_body b = scaled(body, ratio, 1);
        memcpy(kernel[i], NONE, sizeof NONE);
        if (!ab__fall_by_heading(&table->drop, &b, air, work, at) ||
            (by_mass && !slope_by_mass(&table->drop, &b, air, of_mass)))
            return false;
        root[i] = at[AB_FALL_ROOT] = sqrt(ratio);
        for (int q = 0; q < AB_FALL_QUANTITIES; q++)
            value[q][i] = at[q];
        for (int q = 0; q < AB_FALL_BY_MASS; q++)
            slope[q][i] = of_mass[q];
        if (work->count > work->room)
            table->slow = true;
        else if (table->error.count > 0)
            wind_kernel(&table->error, work, kernel[i]);
    }
    for (int q = 0; q < AB_FALL_QUANTITIES; q++)
        judge(table, q, fit(value[q], AB_TERMS, out->term[q]));
    for (int q = 0; q < AB_FALL_BY_MASS; q++)
        fit(slope[q], AB_KERNEL_TERMS, out->by_log_mass[q]);
    fit_kernel(&table->error, kernel, root, out);
    return true;
}
