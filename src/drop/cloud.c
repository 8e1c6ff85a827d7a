#include "drop/cloud.h"

#include <math.h>

/* Why nothing was drawn: it does not come down, or there was no memory. */
static ab__drawn why_not(const ab_drop_case *c)
{
    ab_release release = {.height_msl_m = c->release_msl_m, .speed_e_mps = c->airspeed_mps, .gravity_mps2 = c->gravity_mps2};
    ab_touchdown down;
    return !ab__body_flaw(&c->body) && ab__descent(&c->body, &c->air[0], &release, c->ground_msl_m, &down) ? AB__DRAWN_NO_MEMORY
                                                                                                             : AB__DRAWN_FLAWED;
}

/* Passes of a fall that tables do not follow, so that each landing is integrated: such falls are short, and scatter little. */
enum { SLOW_PASSES = 100 };

ab__drawn ab__cloud_draw(const ab_drop_case *c, uint64_t seed, int64_t first_pass, int32_t passes, int32_t loads, ab_arena *arena,
                         ab_landings *out)
{
    const ab_landing_table *table = ab__landings_table(c, arena);
    if (!table)
        return why_not(c);
    if (ab__landings_slow(table) && passes > SLOW_PASSES)
        passes = SLOW_PASSES;
    size_t count = (size_t)passes * (size_t)loads;
    float *room = AB_NEW(arena, float, count * 6);
    *out = (ab_landings){.passes = passes, .loads = loads, .failed = AB_NEW(arena, unsigned char, count)};
    if (!room || !out->failed)
        return AB__DRAWN_NO_MEMORY;
    out->drift_e_m = room;
    out->drift_n_m = room + count;
    out->along_m = room + 2 * count;
    out->across_m = room + 3 * count;
    out->time_s = room + 4 * count;
    out->speed_mps = room + 5 * count;
    return ab__landings_from(table, seed, first_pass, out) ? AB__DRAWN : why_not(c);
}

ab_drop_case ab__case_intact(const ab_drop_case *c)
{
    ab_drop_case intact = *c;
    intact.scatter.fail_alpha = 0;
    return intact;
}

ab_drop_case ab__case_failed(const ab_drop_case *c)
{
    ab_drop_case failed = ab__case_intact(c);
    failed.body.stage_count = 0;
    return failed;
}

bool ab__case_thin(ab_drop_case *c, int32_t most, ab_arena *arena)
{
    if (c->members <= most)
        return true;
    ab_air *air = AB_NEW(arena, ab_air, most);
    if (!air)
        return false;
    /* By the golden section: members often come in pairs or families, which an even step would take one of. */
    for (int32_t i = 0; i < most; i++)
        air[i] = c->air[(int32_t)(fmod((i + 0.5) * 0.6180339887498949, 1) * c->members)];
    c->air = air;
    c->members = most;
    return true;
}

void ab__case_lean(const ab_drop_case *c, double impact_mps, double *lean_e, double *lean_n)
{
    double e_mps = 0, n_mps = 0;
    for (int32_t m = 0; m < c->members; m++) {
        ab_air_point p = ab__air_at(&c->air[m], c->ground_msl_m);
        e_mps += p.wind_e_mps / c->members;
        n_mps += p.wind_n_mps / c->members;
    }
    double down2 = impact_mps * impact_mps - e_mps * e_mps - n_mps * n_mps;
    double down_mps = sqrt(fmax(down2, 1)); /* a canopy falls by metres a second, whatever the wind */
    *lean_e = -e_mps / down_mps;
    *lean_n = -n_mps / down_mps;
}

static void add_point(const ab_landings *l, int64_t from, ab__points *p)
{
    int32_t i = p->count++;
    p->drift_e_m[i] = l->drift_e_m[from];
    p->drift_n_m[i] = l->drift_n_m[from];
    p->along_m[i] = l->along_m[from];
    p->across_m[i] = l->across_m[from];
    p->mean_e_m += (double)l->drift_e_m[from];
    p->mean_n_m += (double)l->drift_n_m[from];
    p->mean_along_m += (double)l->along_m[from];
}

bool ab__cloud_thin(const ab_drop_case *c, const ab_landings *l, int32_t most, ab_arena *arena, ab__points *out)
{
    int32_t each = most / l->passes < 1 ? 1 : most / l->passes > l->loads ? l->loads : most / l->passes;
    size_t count = (size_t)each * (size_t)l->passes;
    float *room = AB_NEW(arena, float, count * 4);
    double speed_mps = 0;
    *out = (ab__points){0};
    if (!room)
        return false;
    out->drift_e_m = room;
    out->drift_n_m = room + count;
    out->along_m = room + 2 * count;
    out->across_m = room + 3 * count;
    for (int32_t p = 0; p < l->passes; p++) {
        for (int32_t k = 0; k < each; k++) {
            int64_t from = (int64_t)p * l->loads + (p + (int64_t)k * l->loads / each) % l->loads;
            add_point(l, from, out);
            speed_mps += (double)l->speed_mps[from];
        }
    }
    out->mean_e_m /= out->count;
    out->mean_n_m /= out->count;
    out->mean_along_m /= out->count;
    ab__case_lean(c, speed_mps / out->count, &out->lean_e, &out->lean_n);
    return true;
}
