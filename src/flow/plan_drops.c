/* A plan looks months ahead, and the wind of a day is known a day before. So a period with a wind of its own has its own drops; those of
 * the season's wind serve until it has changed; crews are taken to aim by what they will know on the day (drop_day_wind_rms_mps). */
#include "flow/plan_drops.h"

#include <math.h>
#include <string.h>

#include "airbridge/schema.h"
#include "base/arena.h"
#include "flow/drop_files.h"

/* By so little a season's wind differs from itself a week before: a seventh of what crews err by on the day. */
static const double SAME_MPS = 0.5;

typedef struct working {
    const ab_operation *op;
    const ab_access *access;
    ab_plan_drops *drops;
    ab_drop_files files;
    ab_issues *issues;
    ab_wind_column **air, **last; /* [zones] over each in the period, and in that of the last set; NULL: not known */
    int32_t *set_of;              /* [periods] -1: none */
    int32_t count;                /* of drops, in all periods */
} working;

static bool drops_anything(const ab_operation *op)
{
    bool flies = false;
    for (int32_t v = 0; v < op->vehicles.count; v++)
        flies = flies || op->vehicles.at[v].drop_speed_mps > 0;
    return flies && op->dropzones.count > 0 && op->dropsystems.count > 0;
}

static bool names_wind(const ab_operation *op)
{
    return op->wind.count > 0 || op->settings->wind[0];
}

static ab_time middle_of(const ab_operation *op, int32_t t)
{
    return ab_period_start(op, t) + (ab_period_start(op, t + 1) - ab_period_start(op, t)) / 2;
}

/* ---- The air over the zones -------------------------------------------------------------------------------------- */

static void forget_air(working *w, ab_wind_column **air)
{
    for (int32_t z = 0; air && z < w->op->dropzones.count; z++) {
        ab_wind_free(air[z]);
        air[z] = NULL;
    }
}

/* `*known`: over one of them at least. */
static ab_status look_up_air(working *w, int32_t t, bool *known, ab_error *err)
{
    ab_status status = AB_OK;
    forget_air(w, w->air);
    *known = false;
    for (int32_t z = 0; z < w->op->dropzones.count && status == AB_OK; z++) {
        const ab_dropzone *zone = &w->op->dropzones.at[z];
        double ground_m = isnan(zone->elev_msl_m) ? 0 : zone->elev_msl_m;
        char why_not[256];
        status = ab_wind_at(w->op, w->files.forecast, zone->shape.lon_lat_deg[0], zone->shape.lon_lat_deg[1], middle_of(w->op, t), ground_m, ground_m,
                            &w->air[z], why_not, err);
        *known = *known || (status == AB_OK && w->air[z]);
    }
    return status;
}

static bool is_season(const ab_wind_column *column)
{
    return column->kind == AB_WIND_CLIMATOLOGY || column->kind == AB_WIND_ASSUMED;
}

static bool same_column(const ab_wind_column *a, const ab_wind_column *b)
{
    if (!a || !b)
        return a == b;
    if (!is_season(a) || !is_season(b) || a->levels != b->levels || a->members != b->members)
        return false;
    for (int32_t i = 0; i < a->levels * a->members; i++)
        if (!(fabs(a->wind_e_mps[i] - b->wind_e_mps[i]) <= SAME_MPS && fabs(a->wind_n_mps[i] - b->wind_n_mps[i]) <= SAME_MPS))
            return false;
    return true;
}

static bool same_air(const working *w)
{
    for (int32_t z = 0; z < w->op->dropzones.count; z++)
        if (!same_column(w->air[z], w->last[z]))
            return false;
    return true;
}

/* ---- Drops ------------------------------------------------------------------------------------------------------- */

static ab_status make_set(working *w, ab_time at, ab_error *err)
{
    ab_drop_options options = AB_DROP_OPTIONS_INIT;
    ab_wind_column **swap = w->last;
    options.at = at;
    options.on_the_day = true;
    options.people_per_km2 = w->files.people;
    ab_status status = ab_airdrops_make(w->op, w->access, w->files.forecast, w->files.terrain, &options,
                                        &w->drops->set[w->drops->sets], w->issues, err);
    if (status == AB_OK)
        w->drops->sets++;
    w->last = w->air;
    w->air = swap;
    return status;
}

static bool all_judged(const ab_airdrops *set)
{
    for (int32_t i = 0; i < set->count; i++)
        if (!set->drop[i].wind)
            return false;
    return true;
}

static ab_status work_out(working *w, ab_error *err)
{
    ab_status status = AB_OK;
    for (int32_t t = 0; t < w->op->period_count && status == AB_OK; t++) {
        bool known;
        w->set_of[t] = -1;
        w->drops->unjudged++; /* until it is known better */
        status = look_up_air(w, t, &known, err);
        if (status != AB_OK || !known)
            continue;
        if (w->drops->sets == 0 || !same_air(w))
            status = make_set(w, middle_of(w->op, t), err);
        if (status == AB_OK) {
            w->set_of[t] = w->drops->sets - 1;
            w->count += w->drops->set[w->set_of[t]]->count;
            w->drops->unjudged -= all_judged(w->drops->set[w->set_of[t]]);
        }
    }
    return status;
}

static ab_status gather(working *w, ab_error *err)
{
    ab_airdrop *all = AB_NEW(w->drops->arena, ab_airdrop, w->count);
    if (!all)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while drops were worked out");
    w->drops->all.drop = all;
    for (int32_t t = 0; t < w->op->period_count; t++) {
        const ab_airdrops *set = w->set_of[t] < 0 ? NULL : w->drops->set[w->set_of[t]];
        for (int32_t i = 0; set && i < set->count; i++) {
            ab_airdrop *copy = &all[w->drops->all.count++];
            memcpy(copy, &set->drop[i], sizeof *copy);
            copy->at = middle_of(w->op, t);
        }
    }
    return AB_OK;
}

static ab_status read_and_work_out(working *w, const ab_plan_options *options, ab_error *err)
{
    ab_file_place place = {options ? options->folder : NULL, options && options->allow_outside};
    ab_issues *spare = options && options->issues ? NULL : ab_issues_new(1);

    w->issues = spare ? spare : options ? options->issues : NULL;
    ab_status status = w->issues ? ab__drop_files_read(w->op, -1, false, &place, &w->files, w->issues, err)
                                 : ab_fail(err, AB_NO_MEMORY, "out of memory while drops were worked out");
    if (status == AB_OK)
        status = work_out(w, err);
    if (status == AB_OK)
        status = gather(w, err);
    ab__drop_files_free(&w->files);
    ab_issues_free(spare);
    return status;
}

ab_status ab__plan_drops_make(const ab_operation *op, const ab_access *access, const ab_plan_options *options, ab_plan_drops *out,
                              ab_error *err)
{
    working w = {.op = op, .access = access, .drops = out};
    *out = (ab_plan_drops){.sets = 0};
    if (!drops_anything(op))
        return AB_OK;
    if (!names_wind(op)) {
        out->unjudged = op->period_count;
        return AB_OK;
    }
    out->arena = ab__arena_new();
    if (out->arena) {
        out->set = AB_NEW(out->arena, ab_airdrops *, op->period_count);
        w.set_of = AB_NEW(out->arena, int32_t, op->period_count);
        w.air = AB_NEW(out->arena, ab_wind_column *, op->dropzones.count);
        w.last = AB_NEW(out->arena, ab_wind_column *, op->dropzones.count);
    }
    bool room = out->set && w.set_of && w.air && w.last;
    ab_status status = room ? read_and_work_out(&w, options, err) : ab_fail(err, AB_NO_MEMORY, "out of memory while drops were worked out");
    forget_air(&w, w.air);
    forget_air(&w, w.last);
    if (status != AB_OK)
        ab__plan_drops_free(out);
    return status;
}

void ab__plan_drops_free(ab_plan_drops *drops)
{
    for (int32_t s = 0; s < drops->sets; s++)
        ab_airdrops_free(drops->set[s]);
    ab__arena_free(drops->arena);
    *drops = (ab_plan_drops){.sets = 0};
}
