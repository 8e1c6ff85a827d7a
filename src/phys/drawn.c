/* One landing as a problem for an integrator, and by ours: where tables do not serve, and for whoever checks them. */
#include <math.h>
#include <stdlib.h>

#include "phys/landings_parts.h"

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Of a component: linear between levels, constant beyond. */
static double error_at(const ab_error_levels *levels, const double *error_mps, double height_msl_m)
{
    if (levels->count == 0)
        return 0;
    int32_t last = levels->count - 1;
    double step_m = levels->height_msl_m[1] - levels->height_msl_m[0];
    double at = fmin(fmax((height_msl_m - levels->height_msl_m[0]) / step_m, 0), last);
    int32_t i = (int32_t)fmin(floor(at), last - 1);
    return error_mps[i] * (i + 1 - at) + error_mps[i + 1] * (at - i);
}

/* All levels of both, none twice. */
static int32_t all_levels(const ab_air *air, const ab_error_levels *error, double *height)
{
    int32_t count = 0, distinct = 1;
    for (int32_t i = 0; i < air->levels; i++)
        height[count++] = air->height_msl_m[i];
    for (int32_t i = 0; i < error->count; i++)
        height[count++] = error->height_msl_m[i];
    qsort(height, (size_t)count, sizeof *height, rising);
    for (int32_t i = 1; i < count; i++)
        if (height[i] > height[distinct - 1])
            height[distinct++] = height[i];
    return distinct;
}

bool ab__landing_problem(const ab_landing_table *table, int64_t pass, const ab_drawn *drawn, ab_arena *arena, ab_body *body,
                         ab_air *air)
{
    const ab_drop_case *c = &table->drop;
    const ab_air *member = &c->air[pass % c->members];
    int32_t most = member->levels + table->error.count;
    double *height = AB_NEW(arena, double, most), *e = AB_NEW(arena, double, most), *n = AB_NEW(arena, double, most);
    double *density = AB_NEW(arena, double, most);
    if (!height || !e || !n || !density)
        return false;
    *air = (ab_air){all_levels(member, &table->error, height), height, e, n, density};
    for (int32_t i = 0; i < air->levels; i++) {
        ab_air_point at = ab__air_at(member, height[i]);
        e[i] = at.wind_e_mps + error_at(&table->error, drawn->error_e_mps, height[i]);
        n[i] = at.wind_n_mps + error_at(&table->error, drawn->error_n_mps, height[i]);
        density[i] = at.density_kg_m3;
    }
    *body = c->body;
    body->mass_kg *= drawn->mass_factor;
    body->bare_drag_area_m2 *= drawn->drag_factor;
    for (int32_t i = 0; i < body->stage_count; i++)
        body->stage[i].drag_area_m2 *= drawn->drag_factor;
    if (drawn->failed)
        body->stage_count = 0;
    return true;
}

static void write_one(const ab_landing_table *table, const ab_drawn *d, const double value[AB_FALL_QUANTITIES],
                      ab_air_point release, int64_t i, const ab_landings *out)
{
    double ahead = value[AB_FALL_ALONG] + table->drop.airspeed_mps * d->late_s, aside = value[AB_FALL_ACROSS];
    double s = sin(d->heading_off_rad), c = cos(d->heading_off_rad);
    out->drift_e_m[i] = (float)(value[AB_FALL_E] + release.wind_e_mps * d->late_s + d->gust_e_m);
    out->drift_n_m[i] = (float)(value[AB_FALL_N] + release.wind_n_mps * d->late_s + d->gust_n_m);
    out->along_m[i] = (float)(ahead * c - aside * s + d->position_along_m);
    out->across_m[i] = (float)(ahead * s + aside * c + d->position_across_m);
    out->time_s[i] = (float)value[AB_FALL_TIME];
    out->speed_mps[i] = (float)sqrt(pow(value[AB_FALL_SPEED_UP], 2) + pow(value[AB_FALL_SPEED_E], 2) +
                                    pow(value[AB_FALL_SPEED_N], 2) + pow(value[AB_FALL_SPEED_ALONG], 2));
    out->failed[i] = d->failed;
}

bool ab__landing_integrated(const ab_landing_table *table, uint64_t seed, int64_t pass, int32_t load, int64_t i,
                            const ab_landings *out)
{
    ab_arena *arena = ab__arena_new();
    ab_drawn drawn;
    ab_body body;
    ab_air air;
    double value[AB_FALL_QUANTITIES];
    bool done = false;
    ab__landing_drawn(table, seed, pass, load, &drawn);
    if (arena && ab__landing_problem(table, pass, &drawn, arena, &body, &air) &&
        ab__fall_by_heading(&table->drop, &body, &air, NULL, value)) {
        write_one(table, &drawn, value, ab__air_at(&air, table->drop.release_msl_m), i, out);
        done = true;
    }
    ab__arena_free(arena);
    return done;
}
