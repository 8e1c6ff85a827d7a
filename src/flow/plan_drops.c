/* A plan looks months ahead, and the wind of a day is known a day before. So a period with a wind of its own has its own drops, and
 * all others that of the season; crews are taken to aim by what they will know on the day (drop_day_wind_rms_mps). */
#include "flow/plan_drops.h"

#include <math.h>
#include <string.h>

#include "airbridge/schema.h"
#include "base/arena.h"

static bool drops_anything(const ab_operation *op)
{
    bool flies = false;
    for (int32_t v = 0; v < op->vehicles.count; v++)
        flies = flies || op->vehicles.at[v].drop_speed_mps > 0;
    return flies && op->dropzones.count > 0 && op->dropsystems.count > 0 && op->wind.count > 0;
}

static ab_time middle_of(const ab_operation *op, int32_t t)
{
    return ab_period_start(op, t) + (ab_period_start(op, t + 1) - ab_period_start(op, t)) / 2;
}

/* What is flawed is said where drops are asked for by themselves; here it is one line. */
static ab_status make_at(const ab_operation *op, const ab_access *access, ab_time at, ab_airdrops **out, ab_error *err)
{
    ab_drop_options options = AB_DROP_OPTIONS_INIT;
    ab_issues *issues = ab_issues_new(1);
    options.at = at;
    options.on_the_day = true;
    ab_status status = issues ? ab_airdrops_make(op, access, NULL, NULL, &options, out, issues, err)
                              : ab_fail(err, AB_NO_MEMORY, "out of memory while drops were worked out");
    ab_issues_free(issues);
    return status;
}

/* The kind of wind over the zones in period t: AB_WIND_CLIMATOLOGY stands for assumed winds too; -1: none is known over any. */
static ab_status kind_of_wind(const ab_operation *op, ab_time at, int32_t *kind, ab_error *err)
{
    ab_status status = AB_OK;
    *kind = -1;
    for (int32_t z = 0; z < op->dropzones.count && status == AB_OK && *kind < 0; z++) {
        const double *corner = op->dropzones.at[z].shape.lon_lat_deg;
        double ground_m = isnan(op->dropzones.at[z].elev_msl_m) ? 0 : op->dropzones.at[z].elev_msl_m;
        char why_not[256];
        ab_wind_column *wind;
        status = ab_wind_at(op, NULL, corner[0], corner[1], at, ground_m, ground_m, &wind, why_not, err);
        if (status == AB_OK && wind)
            *kind = wind->kind == AB_WIND_ASSUMED ? AB_WIND_CLIMATOLOGY : (int32_t)wind->kind;
        if (status == AB_OK)
            ab_wind_free(wind);
    }
    return status;
}

static ab_status work_out(const ab_operation *op, const ab_access *access, ab_plan_drops *drops, int32_t *count, ab_error *err)
{
    ab_status status = AB_OK;
    for (int32_t t = 0; t < op->period_count && status == AB_OK; t++) {
        int32_t kind;
        status = kind_of_wind(op, middle_of(op, t), &kind, err);
        if (status != AB_OK || kind < 0)
            continue;
        ab_airdrops **of = kind == AB_WIND_CLIMATOLOGY ? &drops->season : &drops->day[t];
        if (!*of)
            status = make_at(op, access, middle_of(op, t), of, err);
        if (kind == AB_WIND_CLIMATOLOGY)
            drops->day[t] = drops->season;
        *count += status == AB_OK ? (*of)->count : 0;
    }
    return status;
}

static ab_status gather(const ab_operation *op, int32_t count, ab_plan_drops *drops, ab_error *err)
{
    ab_airdrop *all = AB_NEW(drops->arena, ab_airdrop, count);
    if (!all)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while drops were worked out");
    drops->all.drop = all;
    for (int32_t t = 0; t < op->period_count; t++)
        for (int32_t i = 0; drops->day[t] && i < drops->day[t]->count; i++) {
            ab_airdrop *copy = &all[drops->all.count++];
            memcpy(copy, &drops->day[t]->drop[i], sizeof *copy);
            copy->at = middle_of(op, t);
        }
    return AB_OK;
}

ab_status ab__plan_drops_make(const ab_operation *op, const ab_access *access, ab_plan_drops *out, ab_error *err)
{
    int32_t count = 0;
    *out = (ab_plan_drops){.periods = op->period_count};
    if (!drops_anything(op))
        return AB_OK;
    out->arena = ab__arena_new();
    out->day = out->arena ? AB_NEW(out->arena, ab_airdrops *, op->period_count) : NULL;
    ab_status status = out->day ? work_out(op, access, out, &count, err)
                                : ab_fail(err, AB_NO_MEMORY, "out of memory while drops were worked out");
    if (status == AB_OK)
        status = gather(op, count, out, err);
    if (status != AB_OK)
        ab__plan_drops_free(out);
    return status;
}

void ab__plan_drops_free(ab_plan_drops *drops)
{
    for (int32_t t = 0; drops->day && t < drops->periods; t++)
        if (drops->day[t] != drops->season)
            ab_airdrops_free(drops->day[t]);
    ab_airdrops_free(drops->season);
    ab__arena_free(drops->arena);
    *drops = (ab_plan_drops){.periods = 0};
}
