/* One drop from the wind over its zone to its gates. */
#include <math.h>

#include "drop/cloud.h"
#include "drop/field.h"
#include "drop/gates.h"
#include "drop/job.h"
#include "drop/outcome.h"
#include "drop/scatter.h"
#include "drop/search.h"
#include "drop/track.h"
#include "phys/air.h"

/* The chance inside to 0.01: its standard error over passes, whose shares differ by `sd`. */
static const double INSIDE_ERROR = 0.01;
/* One pass says nothing of how passes differ: as much as shares can. */
static const double ONE_PASS_ERROR = 0.5;
enum { SEARCH_PASSES = 800, SEARCH_POINTS = 12000, FAILED_PASSES = 300, FAILED_POINTS = 2000, LEAST_PASSES = 400, MOST_PASSES = 2500,
       SEARCH_MEMBERS = 20, FAILED_MEMBERS = 5 };
/* The passes that the release is chosen by are not those that it is judged by, which would flatter it. */
static const int64_t SEARCH_FROM = INT64_C(1) << 32, FAILED_FROM = INT64_C(1) << 33;
static const double SITE_REACH_M = 40e3, RUN_IN_M = 5000, RUN_IN_STEP_M = 100;
static const double DEG = 3.14159265358979323846 / 180;

bool ab__drop_ground(const ab_operation *op, const ab_terrain *terrain, int32_t zone, double *msl_m)
{
    const ab_dropzone *row = &op->dropzones.at[zone];
    double lon_deg, lat_deg;
    ab__shape_middle(&row->shape, &lon_deg, &lat_deg);
    *msl_m = row->elev_msl_m;
    if (isnan(*msl_m) && terrain)
        *msl_m = ab_terrain_height_m(terrain, lon_deg, lat_deg);
    if (isnan(*msl_m) && row->place >= 0)
        *msl_m = op->places.at[row->place].elev_msl_m;
    if (!isnan(*msl_m))
        return true;
    *msl_m = 0;
    return false;
}

bool ab__drop_case_of(const ab_operation *op, const ab_airdrop *drop, double lat_deg, double ground_msl_m, bool no_scatter, ab_arena *arena,
                      ab_drop_case *out)
{
    const ab_dropsystem *system = &op->dropsystems.at[drop->system];
    const ab_wind_column *wind = drop->wind;
    ab_air *air = AB_NEW(arena, ab_air, wind->members);
    int32_t drawn = drop->loads < AB_LOADS_DRAWN ? drop->loads : AB_LOADS_DRAWN;
    if (!air)
        return false;
    for (int32_t m = 0; m < wind->members; m++) {
        int64_t from = (int64_t)m * wind->levels;
        air[m] = (ab_air){wind->levels, wind->height_msl_m, wind->wind_e_mps + from, wind->wind_n_mps + from, wind->density_kg_m3 + from};
    }
    *out = (ab_drop_case){.body = ab__drop_body(system, drop->load_kg, drop->airspeed_mps),
                          .release_msl_m = drop->release_msl_m,
                          .ground_msl_m = ground_msl_m,
                          .airspeed_mps = drop->airspeed_mps,
                          .gravity_mps2 = ab__air_gravity_mps2(lat_deg, drop->release_msl_m),
                          .members = no_scatter ? 1 : wind->members,
                          .air = air};
    if (!no_scatter) {
        out->scatter = ab__drop_scatter(op, system, &op->vehicles.at[drop->vehicle], wind, drop->loads);
        out->scatter.exit_interval_s *= drop->loads > 1 && drawn > 1 ? (double)(drop->loads - 1) / (drawn - 1) : 1;
    }
    return true;
}

/* All of one drop while it is worked out. */
typedef struct working {
    const ab__drop_world *world;
    ab_airdrop *drop;
    ab_arena *keep, *work;
    double ground_msl_m;
    ab__site site;
    ab_drop_case drop_case;
    double fail_prob;
    ab__burst burst;
    int32_t drawn;        /* loads of a pass */
    ab_landings failed;
    ab__found found;
    double inside_sd;     /* of passes, as the search saw it */
} working;

static ab__worked worked(ab__drawn drawn)
{
    return drawn == AB__DRAWN ? AB__WORKED : drawn == AB__DRAWN_NO_MEMORY ? AB__WORKED_NO_MEMORY : AB__WORKED_FLAWED;
}

/* How the shares inside of passes spread at the release that was found. */
static double spread_inside(const working *w, const ab_landings *l)
{
    double s = sin(w->found.heading_deg * DEG), c = cos(w->found.heading_deg * DEG), sum = 0, squares = 0;
    for (int32_t p = 0; p < l->passes; p++) {
        double share = 0;
        for (int64_t i = (int64_t)p * l->loads; i < (int64_t)(p + 1) * l->loads; i++) {
            double e = w->found.east_m + (double)l->drift_e_m[i] + (double)l->along_m[i] * s + (double)l->across_m[i] * c;
            double n = w->found.north_m + (double)l->drift_n_m[i] + (double)l->along_m[i] * c - (double)l->across_m[i] * s;
            share += ab__ground_holds(&w->site.zone, e, n) ? 1.0 / l->loads : 0;
        }
        sum += share;
        squares += share * share;
    }
    return sqrt(fmax(0, squares / l->passes - sum * sum / l->passes / l->passes));
}

static ab__worked find_release(working *w)
{
    const ab_drop_options *o = w->world->options;
    const ab_settings *settings = w->world->op->settings;
    uint64_t seed = o->seed ? o->seed : (uint64_t)settings->seed;
    ab_drop_case intact = ab__case_intact(&w->drop_case), failed = ab__case_failed(&w->drop_case);
    ab__search search = {.site = &w->site, .loads = w->drop->loads, .harm_most = settings->greatest_harm_per_sortie, .fail_prob = w->fail_prob,
                         .heading_given = !isnan(o->heading_deg), .heading_deg = o->heading_deg};
    ab_landings drawn;
    int32_t passes = o->no_scatter ? 1 : SEARCH_PASSES;
    if (!ab__case_thin(&intact, SEARCH_MEMBERS, w->work) || !ab__case_thin(&failed, FAILED_MEMBERS, w->work))
        return AB__WORKED_NO_MEMORY;
    ab__worked done = worked(ab__cloud_draw(&intact, seed, SEARCH_FROM, passes, w->drawn, w->work, &drawn));
    if (done == AB__WORKED && w->fail_prob > 0)
        done = worked(ab__cloud_draw(&failed, seed, FAILED_FROM, FAILED_PASSES, w->drawn, w->work, &w->failed));
    if (done != AB__WORKED)
        return done;
    if (!ab__cloud_thin(&intact, &drawn, SEARCH_POINTS, w->work, &search.intact) ||
        (w->fail_prob > 0 && !ab__cloud_thin(&failed, &w->failed, FAILED_POINTS, w->work, &search.failed)) ||
        !ab__search_release(&search, w->work, &w->found))
        return AB__WORKED_NO_MEMORY;
    w->inside_sd = spread_inside(w, &drawn);
    return w->found.off_terrain ? AB__WORKED_OFF_TERRAIN : AB__WORKED;
}

static int32_t passes_for(const working *w)
{
    const ab_drop_options *o = w->world->options;
    if (o->no_scatter)
        return 1;
    if (o->passes > 0)
        return o->passes;
    double wanted = ceil(pow(w->inside_sd / INSIDE_ERROR, 2));
    return (int32_t)fmin(MOST_PASSES, fmax(LEAST_PASSES, wanted));
}

/* Speed and track over the ground at the release: airspeed along the heading and the wind there, mean of its members. */
static void set_ground_speed(const working *w, ab_stick *stick)
{
    const ab_drop_case *c = &w->drop_case;
    double e = 0, n = 0;
    for (int32_t m = 0; m < c->members; m++) {
        ab_air_point wind = ab__air_at(&c->air[m], c->release_msl_m);
        e += wind.wind_e_mps / c->members;
        n += wind.wind_n_mps / c->members;
    }
    e += c->airspeed_mps * sin(w->found.heading_deg * DEG);
    n += c->airspeed_mps * cos(w->found.heading_deg * DEG);
    stick->ground_mps = hypot(e, n);
    stick->track_deg = fmod(atan2(e, n) / DEG + 360, 360);
}

/* How fast a load of which all is certain goes down as it lands. */
static double descent_mps(const working *w)
{
    const ab_drop_case *c = &w->drop_case;
    ab_air_point wind = ab__air_at(&c->air[0], c->release_msl_m);
    double s = sin(w->found.heading_deg * DEG), n = cos(w->found.heading_deg * DEG);
    ab_release release = {c->release_msl_m, c->airspeed_mps * s + wind.wind_e_mps, c->airspeed_mps * n + wind.wind_n_mps, 0, c->gravity_mps2};
    ab_touchdown down;
    return ab__descent(&c->body, &c->air[0], &release, c->ground_msl_m, &down) ? -down.speed_up_mps : NAN;
}

static ab__worked work_out(working *w)
{
    const ab_drop_options *o = w->world->options;
    uint64_t seed = o->seed ? o->seed : (uint64_t)w->world->op->settings->seed;
    ab_landings all;
    bool off_terrain;
    w->drop_case.heading_known = true;
    w->drop_case.heading_deg = w->found.heading_deg;
    w->drop_case.quasi = true;
    ab__worked done = worked(ab__cloud_draw(&w->drop_case, seed, 0, passes_for(w), w->drawn, w->work, &all));
    if (done != AB__WORKED)
        return done;
    set_ground_speed(w, &w->drop->stick);
    ab__fallen fallen = {.site = &w->site, .drop = &w->drop_case, .all = &all, .failed = &w->failed, .release_e_m = w->found.east_m,
                         .release_n_m = w->found.north_m, .heading_deg = w->found.heading_deg, .fail_prob = w->fail_prob,
                         .track_deg = w->drop->stick.track_deg, .stick_m = w->drop->stick.ground_mps * w->drop->stick.last_exit_s,
                         .burst = w->burst,
                         .controlled = w->world->op->dropzones.at[w->drop->zone].controller == 1};
    if (!ab__outcome_of(&fallen, w->keep, w->work, w->drop, &off_terrain))
        return AB__WORKED_NO_MEMORY;
    ab__plane_from(&w->site.plane, w->found.east_m, w->found.north_m, &w->drop->release_lon_deg, &w->drop->release_lat_deg);
    w->drop->heading_deg = w->found.heading_deg;
    w->drop->descent_mps = descent_mps(w);
    if (all.passes == 1 && !o->no_scatter)
        w->drop->inside_error_prob = ONE_PASS_ERROR;
    return off_terrain ? AB__WORKED_OFF_TERRAIN : AB__WORKED;
}

/* The highest ground from 5 km before the green light to 5 km behind it; NAN where some of it is not known. */
static double highest_under(const working *w)
{
    double s = sin(w->found.heading_deg * DEG), c = cos(w->found.heading_deg * DEG), highest_m = w->ground_msl_m;
    for (double x = -RUN_IN_M; x <= RUN_IN_M; x += RUN_IN_STEP_M) {
        double lon_deg, lat_deg;
        ab__plane_from(&w->site.plane, w->found.east_m + x * s, w->found.north_m + x * c, &lon_deg, &lat_deg);
        double msl_m = ab_terrain_height_m(w->world->terrain, lon_deg, lat_deg);
        if (isnan(msl_m))
            return NAN;
        highest_m = fmax(highest_m, msl_m);
    }
    return highest_m;
}

static ab__worked work_with_wind(working *w, ab__gate_facts *facts)
{
    const ab_drop_options *o = w->world->options;
    if (!ab__site_of(w->world->op, w->drop->zone, SITE_REACH_M, w->work, &w->site) ||
        !ab__drop_case_of(w->world->op, w->drop, w->world->op->dropzones.at[w->drop->zone].shape.lon_lat_deg[1], w->ground_msl_m, o->no_scatter,
                          w->work, &w->drop_case))
        return AB__WORKED_NO_MEMORY;
    w->site.people_per_km2 = o->people_per_km2;
    facts->people_known = ab__people_known(&w->site);
    w->burst = ab__burst_of(&w->world->op->dropsystems.at[w->drop->system]);
    w->site.recovered_frac *= 1 - w->burst.frac;
    w->site.terrain = w->world->terrain;
    w->site.ground_msl_m = w->ground_msl_m;
    const ab_scatter *s = &w->drop_case.scatter;
    w->fail_prob = s->fail_alpha > 0 ? s->fail_alpha / (s->fail_alpha + s->fail_beta) : 0;
    w->drawn = w->drop->loads < AB_LOADS_DRAWN ? w->drop->loads : AB_LOADS_DRAWN;
    ab__worked done = find_release(w);
    if (done == AB__WORKED)
        done = work_out(w);
    if (done != AB__WORKED || !w->world->terrain)
        return done;
    facts->highest_msl_m = highest_under(w);
    return isnan(facts->highest_msl_m) ? AB__WORKED_OFF_TERRAIN : AB__WORKED;
}

ab__worked ab__drop_work(const ab__drop_world *world, const ab__drop_job *job, ab_arena *keep, ab_airdrop *out)
{
    const ab_operation *op = world->op;
    ab_wind_column *wind = NULL;
    char reason[256];
    double lon_deg, lat_deg;
    working w = {.world = world, .drop = out, .keep = keep};
    ab__gate_facts facts = {.op = op, .access = world->access, .no_wind = reason, .highest_msl_m = NAN};
    facts.ground_known = ab__drop_ground(op, world->terrain, job->zone, &w.ground_msl_m);
    facts.ground_msl_m = w.ground_msl_m;
    *out = (ab_airdrop){.zone = job->zone, .vehicle = job->vehicle, .system = job->system, .at = job->at,
                        .release_msl_m = w.ground_msl_m + job->agl_m, .release_agl_m = job->agl_m,
                        .airspeed_mps = op->vehicles.at[job->vehicle].drop_speed_mps,
                        .loads = world->options->no_scatter ? 1 : job->loads, .load_kg = job->load_kg};
    ab__interval interval = ab__exit_interval(&op->dropsystems.at[job->system], &op->vehicles.at[job->vehicle], out->loads);
    out->stick = (ab_stick){.exit_interval_s = interval.s, .interval_assumed = interval.assumed, .last_exit_s = (out->loads - 1) * interval.s};
    ab__shape_middle(&op->dropzones.at[job->zone].shape, &lon_deg, &lat_deg);
    if (ab_wind_at(op, world->forecast, lon_deg, lat_deg, job->at, w.ground_msl_m, out->release_msl_m, &wind, reason, NULL) != AB_OK ||
        !ab__track_wind(world, job, w.ground_msl_m, &wind, reason))
        return AB__WORKED_NO_MEMORY;
    if (wind && world->options->on_the_day)
        wind->rms_mps = fmin(wind->rms_mps, op->settings->drop_day_wind_rms_mps);
    out->wind = wind;
    out->passed_over = wind && reason[0] ? ab__arena_printf(keep, "%s", reason) : "";
    w.work = ab__arena_new();
    ab__worked done = w.work && out->passed_over ? AB__WORKED : AB__WORKED_NO_MEMORY;
    if (done == AB__WORKED && wind)
        done = work_with_wind(&w, &facts);
    if (done == AB__WORKED && !ab__gates_of(&facts, keep, out))
        done = AB__WORKED_NO_MEMORY;
    ab__arena_free(w.work);
    return done;
}
