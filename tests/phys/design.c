#include "phys/design.h"

#include <math.h>
#include <stdio.h>

#include "base/random.h"
#include "phys/reference.h"

enum { HEIGHT_BANDS = 6, WIND_BANDS = 4, LOADS_MOST = 40 };
static const double TURN = 6.283185307179586, LOWEST_M = 100, HIGHEST_M = 8000, STRONGEST_MPS = 60;

/* Open-literature figures of the systems; those of one are varied about them. The last is let go low, as bags are. */
typedef struct design_system {
    double light_kg, heavy_kg, bare_m2_per_kg, lowest_m, highest_m;
} design_system;

const char *const DESIGN_SYSTEM[DESIGN_SYSTEMS] = {
    "LV container, G-12",        "HV container, ringslot",   "double A-22, reefed G-12",
    "platform, G-11 cluster",    "two-stage, drogue then G-12", "small canopy",
    "three stages, main by height", "free bags",              "free load from high up",
};
static const design_system SYSTEMS[DESIGN_SYSTEMS] = {
    {230, 1000, 0.0012, 100, 8000},  {230, 1000, 0.0012, 100, 8000},  {1000, 1550, 0.0012, 100, 8000},
    {1000, 10000, 0.001, 100, 8000}, {230, 1000, 0.0012, 100, 8000},  {20, 230, 0.004, 100, 8000},
    {300, 3000, 0.0012, 100, 8000},  {20, 60, 0.008, 100, 600},       {200, 2000, 0.0012, 100, 8000},
};

static double draw(design_case *c, int32_t *used, double from, double to)
{
    return from + (to - from) * ab__random_uniform(20160224, c->seed, (uint64_t)(*used)++);
}

static ab_stage stage(double begins_s, double begins_agl_m, double area_m2, double fill_s, double exponent, double added_m3)
{
    return (ab_stage){begins_s, begins_agl_m, area_m2, fill_s, exponent, added_m3};
}

static ab_body system_body(design_case *c, int32_t *used)
{
    const design_system *s = &SYSTEMS[c->system];
    double kg = exp(draw(c, used, log(s->light_kg), log(s->heavy_kg))), first_s = draw(c, used, 0.5, 2);
    double like = draw(c, used, 0.9, 1.1), count = ceil(kg / 2268), fill = draw(c, used, 0.8, 1.2);
    ab_body b = {.mass_kg = kg, .bare_drag_area_m2 = kg * s->bare_m2_per_kg * draw(c, used, 0.8, 1.25)};
    switch (c->system) {
    case 0:
        b.stage[b.stage_count++] = stage(first_s, NAN, 220 * like, 2.5 * fill, 6, 570);
        break;
    case 1:
        b.stage[b.stage_count++] = stage(first_s, NAN, 25 * like, 1.5 * fill, 1, 25);
        break;
    case 2:
        b.stage[b.stage_count++] = stage(first_s, NAN, 12 * like, 1 * fill, 6, 8);
        b.stage[b.stage_count++] = stage(first_s + 3, NAN, 60 * like, 1.5 * fill, 6, 80);
        break;
    case 3:
        b.stage[b.stage_count++] = stage(first_s, NAN, 60 * count * like, 2 * fill, 6, 100 * count);
        b.stage[b.stage_count++] = stage(first_s + 4, NAN, 600 * count * like, 4 * fill, 6, 2200 * count);
        break;
    case 4:
        b.stage[b.stage_count++] = stage(first_s, NAN, 4 * like, 0.5 * fill, 1, 2);
        b.stage[b.stage_count++] = stage(NAN, draw(c, used, 200, 600), 220 * like, 2.5 * fill, 6, 570);
        break;
    case 5:
        b.stage[b.stage_count++] = stage(first_s, NAN, kg * 0.35 * like, 1.5 * fill, 2, pow(kg * 0.35, 1.5) / 6);
        break;
    case 6:
        b.stage[b.stage_count++] = stage(first_s, NAN, kg * 0.004 * like, 0.5 * fill, 1, 0);
        b.stage[b.stage_count++] = stage(first_s + 3, NAN, kg * 0.02 * like, 1 * fill, 1, 0.01 * kg);
        b.stage[b.stage_count++] = stage(NAN, draw(c, used, 150, 400), kg * 0.22 * like, 2 * fill, 3, 0.5 * kg);
        break;
    default:
        break;
    }
    return b;
}

/* The wind turns and grows with height to the strength of its band (shear up to about 0.03 /s), and wavers from level to level. */
static void column(design_case *c, int32_t *used, double ground_m, double fall_m)
{
    double band = STRONGEST_MPS / WIND_BANDS, strongest = draw(c, used, c->wind_band * band, (c->wind_band + 1) * band);
    double surface = fmin(strongest, draw(c, used, 0, 15)), top = fmin(strongest, surface + 0.03 * fall_m);
    double from = draw(c, used, 0, TURN), turns = draw(c, used, -1, 1) * fmin(2, fall_m / 2000), bend = draw(c, used, 0.5, 1.5);
    double warm = draw(c, used, 0.95, 1.05);
    c->air = (ab_air){DESIGN_LEVELS, c->height, c->e, c->n, c->density};
    for (int i = 0; i < DESIGN_LEVELS; i++) {
        double part = (double)i / (DESIGN_LEVELS - 1), mps = surface + (top - surface) * pow(part, bend);
        double angle = from + turns * part, waver = fmin(1, fall_m / 4000);
        c->height[i] = ground_m - 50 + (fall_m + 100) * part;
        c->e[i] = mps * sin(angle) + draw(c, used, -waver, waver);
        c->n[i] = mps * cos(angle) + draw(c, used, -waver, waver);
        c->density[i] = warm * ab__air_standard_density_kg_m3(c->height[i]);
    }
}

static ab_scatter scatter(design_case *c, int32_t *used)
{
    double fails = draw(c, used, 0.015, 0.19);
    return (ab_scatter){
        .wind_rms_mps = draw(c, used, 0, 5),
        .wind_correlation_m = draw(c, used, 800, 2500),
        .aim_timing_s = 0.7,
        .aim_heading_deg = 2,
        .aim_position_m = 10,
        .drag_frac = 0.07,
        .drag_tail_prob = 0.05,
        .drag_tail_frac = 0.2,
        .mass_frac = 0.05,
        .exit_timing_s = 0.2,
        .gust_m = 10,
        .exit_interval_s = 0.4,
        .fail_alpha = 40 * fails,
        .fail_beta = 40 * (1 - fails),
    };
}

void design_make(int32_t i, design_case *c)
{
    *c = (design_case){.seed = (uint64_t)i};
    int32_t used = 0;
    c->system = i % DESIGN_SYSTEMS;
    c->height_band = i / DESIGN_SYSTEMS % HEIGHT_BANDS;
    c->wind_band = i / DESIGN_SYSTEMS / HEIGHT_BANDS % WIND_BANDS;
    const design_system *s = &SYSTEMS[c->system];
    double low = log(fmax(LOWEST_M, s->lowest_m)), band = (log(fmin(HIGHEST_M, s->highest_m)) - low) / HEIGHT_BANDS;
    double fall_m = exp(draw(c, &used, low + band * c->height_band, low + band * (c->height_band + 1)));
    double ground_m = draw(c, &used, 0, 1500);
    column(c, &used, ground_m, fall_m);
    c->heading_deg = draw(c, &used, 0, 360);
    c->drop = (ab_drop_case){
        .body = system_body(c, &used),
        .release_msl_m = ground_m + fall_m,
        .ground_msl_m = ground_m,
        .airspeed_mps = draw(c, &used, 60, 120),
        .heading_known = true,
        .heading_deg = c->heading_deg,
        .gravity_mps2 = ab__air_gravity_mps2(draw(c, &used, 0, 60), ground_m),
        .members = 1,
        .air = &c->air,
        .scatter = scatter(c, &used),
    };
}

void design_print(void)
{
    printf("{\"design\":\"release 100 to 8000 m above ground (bags 100 to 600) in 6 bands by its logarithm, "
           "strongest wind 0 to 60 m/s in 4, shear to 0.03 /s, airspeed 60 to 120 m/s, ground 0 to 1500 m, "
           "density 0.95 to 1.05 of the standard, error of the wind 0 to 5 m/s rms correlated over 800 to 2500 m, "
           "drag 7 %% (5 %% of loads 20 %%), mass 5 %%, heading 2 deg, failures 1.5 to 19 %%\"}\n");
    for (int i = 0; i < DESIGN_SYSTEMS; i++)
        printf("{\"system\":\"%s\",\"mass_kg\":[%g,%g],\"release_agl_m\":[%g,%g]}\n", DESIGN_SYSTEM[i], SYSTEMS[i].light_kg,
               SYSTEMS[i].heavy_kg, SYSTEMS[i].lowest_m, SYSTEMS[i].highest_m);
}

bool design_fast(const design_case *c, const ab_landing_table *table, int64_t pass, int32_t load, int32_t loads, design_landing *out)
{
    float e[LOADS_MOST], n[LOADS_MOST], along[LOADS_MOST], across[LOADS_MOST], time[LOADS_MOST], speed[LOADS_MOST];
    unsigned char failed[LOADS_MOST];
    ab_landings l = {1, loads, e, n, along, across, time, speed, failed};
    if (loads > LOADS_MOST || !ab__landings_from(table, c->seed, pass, &l))
        return false;
    ab__landings_at(&l, load, c->heading_deg, &out->east_m, &out->north_m);
    out->time_s = (double)time[load];
    return true;
}

bool design_reference(const design_case *c, const ab_landing_table *table, int64_t pass, int32_t load, double tolerance,
                      design_landing *out)
{
    ab_arena *arena = ab__arena_new();
    ab_drawn d;
    ab_body body;
    ab_air air;
    ab__landing_drawn(table, c->seed, pass, load, &d);
    bool done = arena && ab__landing_problem(table, pass, &d, arena, &body, &air);
    if (done) {
        double run_in = c->heading_deg * TURN / 360, flown = run_in + d.heading_off_rad;
        ab_air_point top = ab__air_at(&air, c->drop.release_msl_m);
        ab_release r = {c->drop.release_msl_m, top.wind_e_mps + c->drop.airspeed_mps * sin(flown),
                        top.wind_n_mps + c->drop.airspeed_mps * cos(flown), 0, c->drop.gravity_mps2};
        ab_touchdown t;
        done = reference_descent(&body, &air, &r, c->drop.ground_msl_m, tolerance, &t);
        double s = sin(run_in), k = cos(run_in), aside_e = d.position_along_m * s + d.position_across_m * k;
        out->east_m = t.east_m + r.speed_e_mps * d.late_s + aside_e + d.gust_e_m;
        out->north_m = t.north_m + r.speed_n_mps * d.late_s + d.position_along_m * k - d.position_across_m * s + d.gust_n_m;
        out->time_s = t.time_s;
    }
    ab__arena_free(arena);
    return done;
}
