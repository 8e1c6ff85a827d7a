/* The column over a point from fields on a grid: bilinear in space, linear in time, member by member. */
#include <math.h>

#include "phys/air.h"
#include "wind/ask.h"
#include "wind/error.h"

/* The four points around, as offsets into a field of one level, and their weights. */
typedef struct corners {
    int64_t at[4];
    double weight[4];
} corners;

/* Which column or row a coordinate lies behind, and how far; false: beyond the ends. A point on the last line belongs to the cell before it. */
static bool behind(double from_deg, double step_deg, int32_t count, double deg, int32_t *index, double *frac)
{
    double steps = (deg - from_deg) / step_deg;
    if (!(steps > -1e-6) || steps > count - 1 + 1e-6)
        return false;
    *index = (int32_t)fmax(0, fmin(floor(steps), count - 2));
    *frac = fmin(fmax(steps - *index, 0), 1);
    return true;
}

static bool find_corners(const ab_forecast_grid *g, double lon_deg, double lat_deg, corners *out)
{
    int32_t col, row;
    double x, y;
    if (g->lats < 2 || g->lons < 2 || !behind(g->lat_deg, g->step_lat_deg, g->lats, lat_deg, &row, &y))
        return false;
    lon_deg -= 360 * floor((lon_deg - g->lon_deg + 1e-9) / 360);
    if (!behind(g->lon_deg, g->step_lon_deg, g->lons + (g->wraps ? 1 : 0), lon_deg, &col, &x))
        return false;
    int32_t next = (col + 1) % g->lons;
    *out = (corners){{(int64_t)row * g->lons + col, (int64_t)row * g->lons + next, (int64_t)(row + 1) * g->lons + col,
                      (int64_t)(row + 1) * g->lons + next},
                     {(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y}};
    return true;
}

/* NAN where one of the points that count is. */
static double in_space(const float *field, int64_t level_start, const corners *c)
{
    double sum = 0;
    for (int32_t i = 0; i < 4; i++)
        if (c->weight[i] > 0)
            sum += c->weight[i] * (double)field[level_start + c->at[i]];
    return sum;
}

typedef struct looking {
    const ab_forecast_grid *grid;
    corners corners;
    ab__wind_times times;
} looking;

static double value(const looking *l, const float *field, int32_t member, int32_t level)
{
    const ab_forecast_grid *g = l->grid;
    int64_t cells = (int64_t)g->lats * g->lons;
    int64_t a = (((int64_t)l->times.a * g->members + member) * g->levels + level) * cells;
    int64_t b = (((int64_t)l->times.b * g->members + member) * g->levels + level) * cells;
    double first = in_space(field, a, &l->corners);
    if (l->times.frac <= 0)
        return first;
    return first + (in_space(field, b, &l->corners) - first) * l->times.frac;
}

/* Mean height of a level over the members; NAN where some member lacks something of it. */
static double mean_height_m(const looking *l, int32_t level)
{
    double sum_m = 0;
    for (int32_t m = 0; m < l->grid->members; m++) {
        double wind = value(l, l->grid->wind_e_mps, m, level) + value(l, l->grid->wind_n_mps, m, level);
        sum_m += isfinite(wind) ? value(l, l->grid->height_msl_m, m, level) : NAN;
    }
    return sum_m / l->grid->members;
}

/* The levels that can be used, from the ground up, and their heights; how many. */
static int32_t usable_levels(const looking *l, int32_t *level, double *height_msl_m)
{
    int32_t count = 0;
    for (int32_t k = 0; k < l->grid->levels; k++) {
        double height_m = mean_height_m(l, k);
        if (!isfinite(height_m) || (count > 0 && height_m <= height_msl_m[count - 1]))
            continue;
        level[count] = k;
        height_msl_m[count++] = height_m;
    }
    return count;
}

/* One member's value at the common height number i: its own levels lie a little higher or lower. Beyond its ends that of the end,
 * which the common height misses by the spread of the members' heights only. */
static double member_value(const looking *l, const float *field, int32_t member, const int32_t *level, int32_t count, double height_m)
{
    double below_m = NAN, below = NAN;
    for (int32_t i = 0; i < count; i++) {
        double own_m = value(l, l->grid->height_msl_m, member, level[i]), own = value(l, field, member, level[i]);
        if (own_m >= height_m)
            return i == 0 ? own : below + (own - below) * (height_m - below_m) / (own_m - below_m);
        below_m = own_m;
        below = own;
    }
    return below;
}

static double density(const looking *l, int32_t member, const int32_t *level, int32_t i)
{
    double temp_k = l->grid->temp_k ? value(l, l->grid->temp_k, member, level[i]) : NAN;
    return temp_k > 0 ? ab__air_density_kg_m3(l->grid->pressure_pa[level[i]], temp_k) : NAN;
}

/* Fills the members of a column of `count` levels; false: some density is not known. */
static bool fill_members(const looking *l, const int32_t *level, int32_t count, const double *height_msl_m, double *e, double *n,
                         double *rho)
{
    bool known = true;
    for (int32_t m = 0; m < l->grid->members; m++) {
        for (int32_t i = 0; i < count; i++) {
            int64_t at = (int64_t)m * count + i;
            bool alone = l->grid->members == 1;
            e[at] = alone ? value(l, l->grid->wind_e_mps, 0, level[i])
                          : member_value(l, l->grid->wind_e_mps, m, level, count, height_msl_m[i]);
            n[at] = alone ? value(l, l->grid->wind_n_mps, 0, level[i])
                          : member_value(l, l->grid->wind_n_mps, m, level, count, height_msl_m[i]);
            rho[at] = density(l, m, level, i);
            known &= isfinite(rho[at]);
        }
    }
    return known;
}

static void offer_column(ab__wind_ask *ask, const looking *l, ab_wind_column column)
{
    const ab_forecast_grid *g = l->grid;
    size_t most = (size_t)g->levels, all = most * (size_t)g->members;
    int32_t *level = AB_NEW(ask->arena, int32_t, most);
    double *height = AB_NEW(ask->arena, double, most), *e = AB_NEW(ask->arena, double, all);
    double *n = AB_NEW(ask->arena, double, all), *rho = AB_NEW(ask->arena, double, all);
    if (!level || !height || !e || !n || !rho) {
        ask->failed = true;
        return;
    }
    column.levels = usable_levels(l, level, height);
    column.members = g->members;
    column.assumed_density = !fill_members(l, level, column.levels, height, e, n, rho);
    for (int64_t i = 0; i < (int64_t)column.levels * g->members && column.assumed_density; i++)
        rho[i] = ab__air_standard_density_kg_m3(height[i % column.levels]);
    column.height_msl_m = height;
    column.wind_e_mps = e;
    column.wind_n_mps = n;
    column.density_kg_m3 = rho;
    double rms_mps = ab__wind_rms_mps(g->kind, column.age_s, l->times.gap_s, 0);
    column.rms_mps = g->members > 1 && g->kind == AB_WIND_FORECAST && !isnan(column.age_s) ? ab__wind_rms_of_ensemble_mps(l->times.gap_s) : rms_mps;
    ab__wind_offer(ask, column, rms_mps);
}

/* The times of a grid that can be known now: an analysis is made of what was measured by then, so none of a later time. */
static int32_t known_times(const ab_operation *op, const ab_forecast_grid *g)
{
    int32_t count = g->times;
    while (g->analysis && count > 0 && !ab_known_at(op, g->valid_at[count - 1]))
        count--;
    return count;
}

/* Since it was issued; of an analysis, from the nearest of its times; NAN: nobody says when it was computed. */
static double age_s(const ab_forecast_grid *g, ab_time at, const ab__wind_times *times)
{
    if (g->issued_at != AB_TIME_NONE)
        return (double)(at - g->issued_at);
    bool undated = g->kind == AB_WIND_FORECAST && !g->analysis;
    return undated ? NAN : times->gap_s;
}

void ab__wind_from_grid(ab__wind_ask *ask, const ab_forecast *forecast)
{
    const ab_forecast_grid *g = forecast->grid;
    bool season = g->kind == AB_WIND_CLIMATOLOGY || g->kind == AB_WIND_ASSUMED;
    looking l = {.grid = g, .times = ab__wind_bracket(g->valid_at, known_times(ask->op, g), ask->at, season)};
    double rough_mps = ab__wind_rms_mps(g->kind, 0, 0, 0);
    ab_wind_column column = {.kind = g->kind, .source = ab__arena_text(ask->arena, forecast->source ? forecast->source : "the forecast"),
                             .issued_at = g->issued_at, .of_grid = true, .analysis = g->analysis};
    if (!column.source) {
        ask->failed = true;
    } else if (g->issued_at != AB_TIME_NONE && !ab_known_at(ask->op, g->issued_at)) {
        ab__wind_refuse(ask, rough_mps, "%s was issued later than now (as_of), or at the end of the operation", column.source);
    } else if (l.times.a < 0 && g->times > 0) {
        ab__wind_refuse(ask, rough_mps, "%s was analysed later than now (as_of), or at the end of the operation", column.source);
    } else if (l.times.a < 0 || (!season && l.times.gap_s > AB_WIND_NEAR_S)) {
        ab__wind_refuse(ask, rough_mps, "%s has nothing within 12 h of that time", column.source);
    } else if (!find_corners(g, ask->lon_deg, ask->lat_deg, &l.corners)) {
        ab__wind_refuse(ask, rough_mps, "%s does not cover %.3f E %.3f N", column.source, ask->lon_deg, ask->lat_deg);
    } else {
        column.age_s = age_s(g, ask->at, &l.times);
        offer_column(ask, &l, column);
    }
}
