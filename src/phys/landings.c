#include "phys/landings.h"

#include <math.h>

#include "phys/landings_parts.h"

/* The normal draws of lanes.inc never go farther: sqrt(-2 log 2^-24). */
static const double FARTHEST_DRAW = 5.768;
/* Levels of the wind's error to a correlation length: between two the error is linear, which takes 2 % of its variance there. */
static const double LEVELS_A_LENGTH = 8;
enum { PATH_ROOM = 16384 };

static bool any_negative(const ab_scatter *s)
{
    const double all[] = {s->wind_rms_mps, s->aim_timing_s, s->aim_heading_deg, s->aim_position_m, s->drag_frac,
                          s->drag_tail_prob, s->drag_tail_frac, s->mass_frac, s->exit_timing_s, s->gust_m,
                          s->exit_interval_s, s->fail_alpha, s->fail_beta};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!(all[i] >= 0) || isinf(all[i]))
            return true;
    return false;
}

static bool flawed(const ab_drop_case *c)
{
    const ab_scatter *s = &c->scatter;
    if (ab__body_flaw(&c->body) || c->members < 1 || any_negative(s))
        return true;
    if (!(c->release_msl_m > c->ground_msl_m) || isinf(c->release_msl_m) || !(c->gravity_mps2 > 0))
        return true;
    if (!(c->airspeed_mps >= 0) || isinf(c->airspeed_mps) || (c->heading_known && !isfinite(c->heading_deg)))
        return true;
    return s->wind_rms_mps > 0 && !(s->wind_correlation_m > 0);
}

static void set_error_levels(const ab_drop_case *c, ab_error_levels *out)
{
    const ab_scatter *s = &c->scatter;
    double fall_m = c->release_msl_m - c->ground_msl_m;
    *out = (ab_error_levels){0};
    if (!(s->wind_rms_mps > 0))
        return;
    double steps = fmin(fmax(ceil(fall_m * LEVELS_A_LENGTH / s->wind_correlation_m), 1), AB_ERROR_LEVELS - 1);
    double step_m = fall_m / steps, keep = exp(-step_m / s->wind_correlation_m), rms_mps = s->wind_rms_mps / sqrt(2);
    out->count = (int32_t)steps + 1;
    for (int32_t i = 0; i < out->count; i++)
        out->height_msl_m[i] = c->ground_msl_m + i * step_m;
    out->rms_mps = (float)rms_mps;
    out->keep = (float)keep;
    out->add = (float)(rms_mps * sqrt(1 - keep * keep));
}

static double reach_of(const ab_scatter *s)
{
    double drag = s->drag_tail_prob > 0 ? fmax(s->drag_frac, s->drag_tail_frac) : s->drag_frac;
    return fmax(0.01, FARTHEST_DRAW * hypot(drag, s->mass_frac));
}

static bool fill_member(ab_landing_table *table, int32_t m, ab_path work[AB_HEADINGS])
{
    const ab_air *air = &table->drop.air[m];
    ab_member_tables *out = &table->member[m];
    ab_air_point top = ab__air_at(air, table->drop.release_msl_m);
    ab_body bare = table->drop.body;
    bare.stage_count = 0;
    out->wind_e_mps = (float)top.wind_e_mps;
    out->wind_n_mps = (float)top.wind_n_mps;
    if (!ab__fall_table(table, &table->drop.body, air, work, &out->opened) ||
        (table->drop.scatter.fail_alpha > 0 && !ab__fall_table(table, &bare, air, work, &out->failed)))
        return false;
    if (table->drop.quasi && table->error.count > 0)
        ab__wind_lead(&table->error, out);
    return true;
}

/* Paths are wanted only for an error of the wind, and of a known heading only that one's. */
static bool make_room(const ab_drop_case *c, ab_path work[AB_HEADINGS], ab_arena *scratch)
{
    int used = !(c->scatter.wind_rms_mps > 0) ? 0 : c->heading_known ? 1 : AB_HEADINGS;
    for (int i = 0; i < AB_HEADINGS; i++) {
        work[i] = (ab_path){0};
        if (i >= used)
            continue;
        work[i] = (ab_path){PATH_ROOM, 0, AB_NEW(scratch, ab_path_point, PATH_ROOM)};
        if (!work[i].point)
            return false;
    }
    return true;
}

static const ab_landing_table *make_table(const ab_drop_case *c, ab_arena *arena, ab_arena *scratch)
{
    ab_landing_table *table = AB_NEW(arena, ab_landing_table, 1);
    ab_member_tables *member = AB_NEW(arena, ab_member_tables, c->members);
    ab_path work[AB_HEADINGS];
    if (!table || !member || !make_room(c, work, scratch))
        return NULL;
    table->drop = *c;
    table->member = member;
    table->reach = reach_of(&c->scatter);
    set_error_levels(c, &table->error);
    for (int32_t m = 0; m < c->members; m++)
        if (!fill_member(table, m, work))
            return NULL;
    return table;
}

const ab_landing_table *ab__landings_table(const ab_drop_case *c, ab_arena *arena)
{
    if (flawed(c))
        return NULL;
    ab_arena *scratch = ab__arena_new();
    const ab_landing_table *table = scratch ? make_table(c, arena, scratch) : NULL;
    ab__arena_free(scratch);
    return table;
}

bool ab__landings_slow(const ab_landing_table *table)
{
    return table->slow;
}

static bool integrate_all(const ab_landing_table *table, uint64_t seed, int64_t first_pass, const ab_landings *out)
{
    for (int32_t p = 0; p < out->passes; p++)
        for (int32_t k = 0; k < out->loads; k++)
            if (!ab__landing_integrated(table, seed, first_pass + p, k, (int64_t)p * out->loads + k, out))
                return false;
    return true;
}

bool ab__landings_from(const ab_landing_table *table, uint64_t seed, int64_t first_pass, ab_landings *out)
{
    if (first_pass < 0 || out->passes < 0 || out->loads < 0)
        return false;
    if (table->slow)
        return integrate_all(table, seed, first_pass, out);
    ab_lanes_land *land = ab__lanes_land_best();
    int32_t members = table->drop.members;
    for (int32_t m = 0; m < members && m < out->passes; m++) {
        int64_t of_member = (out->passes - m + members - 1) / members;
        for (int64_t done = 0; done < of_member; done += AB_LANES) {
            int64_t at = m + done * members, left = of_member - done;
            ab_lanes lanes = {table, &table->member[(first_pass + m) % members], seed, first_pass + at, members,
                              (int32_t)(left < AB_LANES ? left : AB_LANES)};
            land(&lanes, at, out);
        }
    }
    return true;
}

bool ab__landings_draw(const ab_drop_case *c, uint64_t seed, int64_t first_pass, ab_landings *out)
{
    ab_arena *arena = ab__arena_new();
    const ab_landing_table *table = arena ? ab__landings_table(c, arena) : NULL;
    bool done = table && ab__landings_from(table, seed, first_pass, out);
    ab__arena_free(arena);
    return done;
}

void ab__landings_at(const ab_landings *l, int64_t i, double heading_deg, double *east_m, double *north_m)
{
    double heading = heading_deg * 0.017453292519943295, s = sin(heading), c = cos(heading);
    double along = (double)l->along_m[i], across = (double)l->across_m[i];
    *east_m = (double)l->drift_e_m[i] + along * s + across * c;
    *north_m = (double)l->drift_n_m[i] + along * c - across * s;
}
