/* The table of a fall: eight descents, at the Chebyshev nodes of the ballistic draw, make polynomials of landing and time; the
 * path of each gives what a small change of the wind at a height does to the landing. */
#include <math.h>
#include <string.h>

#include "phys/descent_path.h"
#include "phys/landings_parts.h"

static const double PI = 3.14159265358979323846, TOLERANCE = 1e-6;
/* Of the last two terms of a polynomial: beyond it the integrator takes over. */
static const double ROUGH_M = 1.0, ROUGH_S = 0.05;

static ab_release release_at(const ab_drop_case *drop, const ab_air *air, double heading_rad)
{
    ab_air_point wind = ab__air_at(air, drop->release_msl_m);
    return (ab_release){drop->release_msl_m, wind.wind_e_mps + drop->airspeed_mps * sin(heading_rad),
                        wind.wind_n_mps + drop->airspeed_mps * cos(heading_rad), 0, drop->gravity_mps2};
}

static void add_heading(double heading_rad, const ab_touchdown *t, double value[AB_FALL_QUANTITIES])
{
    double s = sin(heading_rad), c = cos(heading_rad);
    value[AB_FALL_E] += t->east_m / AB_HEADINGS;
    value[AB_FALL_N] += t->north_m / AB_HEADINGS;
    value[AB_FALL_ALONG] += (t->east_m * s + t->north_m * c) / AB_HEADINGS;
    value[AB_FALL_ACROSS] += (t->east_m * c - t->north_m * s) / AB_HEADINGS;
    value[AB_FALL_TIME] += t->time_s / AB_HEADINGS;
    value[AB_FALL_SPEED_UP] += t->speed_up_mps / AB_HEADINGS;
    value[AB_FALL_SPEED_E] += t->speed_e_mps / AB_HEADINGS;
    value[AB_FALL_SPEED_N] += t->speed_n_mps / AB_HEADINGS;
    value[AB_FALL_SPEED_ALONG] += (t->speed_e_mps * s + t->speed_n_mps * c) / AB_HEADINGS;
}

/* What is not throw is drift, so that the sum is right at this heading. */
static void keep_heading(double heading_rad, const ab_touchdown *t, double value[AB_FALL_QUANTITIES])
{
    double s = sin(heading_rad), c = cos(heading_rad);
    value[AB_FALL_E] = t->east_m - (value[AB_FALL_ALONG] * s + value[AB_FALL_ACROSS] * c);
    value[AB_FALL_N] = t->north_m - (value[AB_FALL_ALONG] * c - value[AB_FALL_ACROSS] * s);
    value[AB_FALL_TIME] = t->time_s;
    value[AB_FALL_SPEED_UP] = t->speed_up_mps;
    value[AB_FALL_SPEED_E] = t->speed_e_mps;
    value[AB_FALL_SPEED_N] = t->speed_n_mps;
    value[AB_FALL_SPEED_ALONG] = 0;
}

bool ab__fall_by_heading(const ab_drop_case *drop, const ab_body *body, const ab_air *air, ab_path path[AB_HEADINGS],
                         double value[AB_FALL_QUANTITIES])
{
    double first = drop->heading_known ? drop->heading_deg * PI / 180 : 0;
    ab_touchdown landing[AB_HEADINGS];
    for (int q = 0; q < AB_FALL_QUANTITIES; q++)
        value[q] = 0;
    for (int i = 0; i < AB_HEADINGS; i++) {
        double heading = first + 2 * PI * i / AB_HEADINGS;
        ab_release release = release_at(drop, air, heading);
        if (!ab__descent_along(body, air, &release, drop->ground_msl_m, TOLERANCE,
                               path && path[i].room > 0 ? &path[i] : NULL, &landing[i]))
            return false;
        add_heading(heading, &landing[i], value);
    }
    if (drop->heading_known)
        keep_heading(first, &landing[0], value);
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

/* false: a path was too long. */
static bool kernels(const ab_landing_table *table, const ab_path work[AB_HEADINGS], double kernel[AB_ERROR_LEVELS][AB_KERNELS])
{
    int used = table->drop.heading_known ? 1 : AB_HEADINGS;
    for (int i = 0; i < used; i++) {
        if (work[i].count > work[i].room)
            return false;
        ab__wind_kernel(&table->error, &work[i], table->drop.gravity_mps2, 1.0 / used, kernel);
    }
    return true;
}

static void fit_kernel(const ab_error_levels *levels, double kernel[AB_TERMS][AB_ERROR_LEVELS][AB_KERNELS],
                       const double root[AB_TERMS], ab_fall_table *out)
{
    for (int level = 0; level < levels->count; level++)
        for (int k = 0; k < AB_KERNELS; k++) {
            double value[AB_TERMS];
            for (int i = 0; i < AB_TERMS; i++)
                value[i] = kernel[i][level][k] / root[i];
            fit(value, AB_KERNEL_TERMS, out->kernel[level][k]);
        }
}

/* ---- The table ---------------------------------------------------------------------------------------------------- */

/* By how much the landing changes with the logarithm of mass while drag changes as much: only by the air that moves along.
 * `at` is the landing as it is. */
static bool slope_by_mass(const ab_drop_case *drop, const ab_body *body, const ab_air *air, const double at[AB_FALL_QUANTITIES],
                          double slope[AB_FALL_BY_MASS])
{
    const double factor = 1.03;
    double heavier[AB_FALL_QUANTITIES];
    ab_body heavy = scaled(body, factor, factor);
    if (!ab__fall_by_heading(drop, &heavy, air, NULL, heavier))
        return false;
    for (int q = 0; q < AB_FALL_BY_MASS; q++)
        slope[q] = (heavier[q] - at[q]) / log(factor);
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

bool ab__fall_table(struct ab_landing_table *table, const ab_body *body, const ab_air *air, ab_path work[AB_HEADINGS],
                    ab_fall_table *out)
{
    double value[AB_FALL_QUANTITIES][AB_TERMS], slope[AB_FALL_BY_MASS][AB_TERMS] = {{0}}, root[AB_TERMS];
    double kernel[AB_TERMS][AB_ERROR_LEVELS][AB_KERNELS];
    memset(kernel, 0, sizeof kernel);
    bool by_mass = table->drop.scatter.mass_frac > 0 && moves_air(body);
    for (int i = 0; i < AB_TERMS; i++) {
        double at[AB_FALL_QUANTITIES], of_mass[AB_FALL_BY_MASS] = {0}, ratio = exp(node(i) * table->reach);
        ab_body b = scaled(body, ratio, 1);
        if (!ab__fall_by_heading(&table->drop, &b, air, table->error.count > 0 ? work : NULL, at) ||
            (by_mass && !slope_by_mass(&table->drop, &b, air, at, of_mass)))
            return false;
        root[i] = at[AB_FALL_ROOT] = sqrt(ratio);
        for (int q = 0; q < AB_FALL_QUANTITIES; q++)
            value[q][i] = at[q];
        for (int q = 0; q < AB_FALL_BY_MASS; q++)
            slope[q][i] = of_mass[q];
        if (table->error.count > 0 && !kernels(table, work, kernel[i]))
            table->slow = true;
    }
    for (int q = 0; q < AB_FALL_QUANTITIES; q++)
        judge(table, q, fit(value[q], AB_TERMS, out->term[q]));
    for (int q = 0; q < AB_FALL_BY_MASS; q++)
        fit(slope[q], AB_KERNEL_TERMS, out->by_log_mass[q]);
    fit_kernel(&table->error, kernel, root, out);
    return true;
}
