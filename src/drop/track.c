#include "drop/track.h"

#include <math.h>

#include "base/c_locale.h"
#include "drop/plane.h"
#include "phys/air.h"

/* The grid is asked over so many points of the way, evenly by height, the first over the zone; between them linear. A grid's cells are wider than the steps. */
enum { POINTS = 4, STEPS = 60 };

typedef struct track {
    const ab__drop_world *world;
    const ab__drop_job *job;
    ab_arena *scratch;
    double ground_msl_m;
    ab_wind_column *column[POINTS]; /* [0] is the caller's */
} track;

static ab_air air_of(const ab_wind_column *w, int32_t member)
{
    int64_t from = (int64_t)member * w->levels;
    return (ab_air){w->levels, w->height_msl_m, w->wind_e_mps + from, w->wind_n_mps + from, w->density_kg_m3 + from};
}

/* The mean of the members. */
static bool mean_air(const ab_wind_column *w, ab_arena *arena, ab_air *out)
{
    double *room = AB_NEW(arena, double, 3 * (size_t)w->levels);
    if (!room)
        return false;
    double *e = room, *n = room + w->levels, *rho = room + 2 * (size_t)w->levels;
    for (int64_t i = 0; i < (int64_t)w->levels * w->members; i++) {
        e[i % w->levels] += w->wind_e_mps[i] / w->members;
        n[i % w->levels] += w->wind_n_mps[i] / w->members;
        rho[i % w->levels] += w->density_kg_m3[i] / w->members;
    }
    *out = (ab_air){w->levels, w->height_msl_m, e, n, rho};
    return true;
}

/* How long a load falls, in the wind over the zone; NAN: it does not come down. */
static double fall_s(const track *t, const ab_air *air)
{
    const ab_operation *op = t->world->op;
    double airspeed_mps = op->vehicles.at[t->job->vehicle].drop_speed_mps, release_msl_m = t->ground_msl_m + t->job->agl_m;
    ab_body body = ab__drop_body(&op->dropsystems.at[t->job->system], t->job->load_kg, airspeed_mps);
    ab_air_point wind = ab__air_at(air, release_msl_m);
    ab_release release = {release_msl_m, wind.wind_e_mps + airspeed_mps, wind.wind_n_mps, 0,
                          ab__air_gravity_mps2(t->column[0]->lat_deg, release_msl_m)};
    ab_touchdown down;
    return ab__descent(&body, air, &release, t->ground_msl_m, &down) ? down.time_s : NAN;
}

/* Where a load that will land in the middle is at that height: against the wind by what blows below, at its mean speed of fall. */
static void place_at(const track *t, const ab_air *air, double s_per_m, double height_m, double *lon_deg, double *lat_deg)
{
    ab__plane plane = ab__plane_at(t->column[0]->lon_deg, t->column[0]->lat_deg);
    double e_m = 0, n_m = 0;
    for (int32_t i = 0; i < STEPS; i++) {
        ab_air_point wind = ab__air_at(air, t->ground_msl_m + (i + 0.5) * height_m / STEPS);
        e_m -= wind.wind_e_mps * s_per_m * height_m / STEPS;
        n_m -= wind.wind_n_mps * s_per_m * height_m / STEPS;
    }
    ab__plane_from(&plane, e_m, n_m, lon_deg, lat_deg);
}

/* Asks over the other points, each for the heights between its neighbours. *covered: all were answered. false: out of memory. */
static bool ask_along(track *t, const ab_air *air, double s_per_m, bool *covered, char reason[256])
{
    double step_m = t->job->agl_m / (POINTS - 1);
    *covered = true;
    for (int32_t k = 1; k < POINTS && *covered; k++) {
        double lon_deg, lat_deg, from_m = (k - 1) * step_m, until_m = fmin(k + 1, POINTS - 1) * step_m;
        char why[256];
        place_at(t, air, s_per_m, k * step_m, &lon_deg, &lat_deg);
        if (ab_wind_of_grid_at(t->world->op, t->world->forecast, lon_deg, lat_deg, t->job->at, t->ground_msl_m + from_m, t->ground_msl_m + until_m,
                               &t->column[k], why, NULL) != AB_OK)
            return false;
        *covered = t->column[k] != NULL;
        if (!*covered)
            (void)ab__c_snprintf(reason, 256, "on the way of the loads %.200s", why);
    }
    return true;
}

static double between(double a, double b, double frac)
{
    return a + (b - a) * frac;
}

/* Each level from the columns of the points below and above it. */
static bool blend(track *t)
{
    ab_wind_column *w = t->column[0];
    size_t all = (size_t)w->levels * (size_t)w->members;
    double *e = AB_NEW(w->arena, double, 3 * all), *n = e + all, *rho = e + 2 * all;
    if (!e)
        return false;
    for (int64_t i = 0; i < (int64_t)all; i++) {
        double height_msl_m = w->height_msl_m[i % w->levels];
        double at = fmax(0, fmin(POINTS - 1, (height_msl_m - t->ground_msl_m) / t->job->agl_m * (POINTS - 1)));
        int32_t k = at < POINTS - 2 ? (int32_t)at : POINTS - 2, member = (int32_t)(i / w->levels);
        ab_air below = air_of(t->column[k], member), above = air_of(t->column[k + 1], member);
        ab_air_point a = ab__air_at(&below, height_msl_m), b = ab__air_at(&above, height_msl_m);
        e[i] = between(a.wind_e_mps, b.wind_e_mps, at - k);
        n[i] = between(a.wind_n_mps, b.wind_n_mps, at - k);
        rho[i] = between(a.density_kg_m3, b.density_kg_m3, at - k);
    }
    for (int32_t k = 1; k < POINTS; k++)
        w->assumed_density |= t->column[k]->assumed_density;
    w->wind_e_mps = e;
    w->wind_n_mps = n;
    w->density_kg_m3 = rho;
    return true;
}

static bool along(track *t, bool *covered, char reason[256])
{
    ab_air air;
    *covered = true;
    if (!mean_air(t->column[0], t->scratch, &air))
        return false;
    double time_s = fall_s(t, &air);
    if (isnan(time_s)) /* as the drop will say */
        return true;
    return ask_along(t, &air, time_s / t->job->agl_m, covered, reason) && (!*covered || blend(t));
}

bool ab__track_wind(const ab__drop_world *world, const ab__drop_job *job, double ground_msl_m, ab_wind_column **wind, char reason[256])
{
    track t = {.world = world, .job = job, .ground_msl_m = ground_msl_m, .column = {*wind}};
    bool covered = true, made;
    if (!*wind || !(*wind)->of_grid)
        return true;
    t.scratch = ab__arena_new();
    made = t.scratch && along(&t, &covered, reason);
    for (int32_t k = 1; k < POINTS; k++)
        ab_wind_free(t.column[k]);
    ab__arena_free(t.scratch);
    if (made && covered)
        return true;
    ab_wind_free(*wind);
    *wind = NULL;
    return made;
}
