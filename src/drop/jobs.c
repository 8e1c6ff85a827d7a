#include <math.h>

#include "base/vec.h"
#include "drop/job.h"

enum { DAY_S = 86400 };
static const double HIGHEST_M = 5000; /* unless a height is asked for: WFP's routine height over Deir ez-Zor */
/* Where a system does not say its lowest release: usual for such; assumed. */
static const double USUAL_LV_M = 300, USUAL_HV_M = 1000, USUAL_FREE_M = 250;

/* As many containers as there are positions for, each as heavy as the payload and the system allow; where the lightest load forbids so
 * many, fewer. Sacks need no position. */
bool ab__drop_fit(const ab_vehicle *v, const ab_dropsystem *s, ab__drop_job *job)
{
    if (v->mode != AB_MODE_AIR || v->count == 0 || !(v->drop_speed_mps > 0) || v->drop_speed_mps > s->airspeed_max_mps)
        return false;
    bool positions = v->pallets > 0 && s->kind != AB_DROP_FREE;
    double loads = positions ? (double)v->pallets : floor(v->payload_kg / s->load_max_kg);
    if (s->load_min_kg > 0)
        loads = fmin(loads, floor(v->payload_kg / s->load_min_kg));
    job->loads = (int32_t)fmin(loads, 1e6);
    job->load_kg = job->loads > 0 ? fmin(s->load_max_kg, v->payload_kg / job->loads) : 0;
    return job->loads > 0;
}

int32_t ab__drop_heights(const ab_dropsystem *s, double asked_agl_m, double heights_m[2])
{
    double usual_m = s->kind == AB_DROP_LV ? USUAL_LV_M : s->kind == AB_DROP_HV ? USUAL_HV_M : USUAL_FREE_M;
    if (!isnan(asked_agl_m)) {
        heights_m[0] = asked_agl_m;
        return 1;
    }
    heights_m[0] = isnan(s->release_min_agl_m) ? fmin(usual_m, isnan(s->release_max_agl_m) ? usual_m : s->release_max_agl_m)
                                               : s->release_min_agl_m;
    heights_m[1] = fmin(HIGHEST_M, isnan(s->release_max_agl_m) ? heights_m[0] : s->release_max_agl_m);
    return heights_m[1] > heights_m[0] ? 2 : 1;
}

/* The middle of a period; where the noon of its local day lies within it, that. */
static ab_time time_of(const ab_operation *op, int32_t t)
{
    ab_time start = ab_period_start(op, t), end = ab_period_start(op, t + 1), middle = start + (end - start) / 2;
    ab_time offset = (ab_time)llround(op->settings->utc_offset_s), local = middle + offset;
    ab_time noon = local - ((local % DAY_S) + DAY_S) % DAY_S + DAY_S / 2 - offset;
    return noon >= start && noon < end ? noon : middle;
}

typedef AB_VEC(ab__drop_job) job_list;

static bool add_times(const ab_operation *op, const ab_drop_options *o, ab__drop_job job, job_list *list)
{
    double heights_m[2];
    int32_t heights = ab__drop_heights(&op->dropsystems.at[job.system], o->release_agl_m, heights_m);
    int32_t times = o->at != AB_TIME_NONE ? 1 : op->period_count;
    for (int32_t t = 0; t < times; t++) {
        for (int32_t h = 0; h < heights; h++) {
            job.at = o->at != AB_TIME_NONE ? o->at : time_of(op, t);
            job.agl_m = heights_m[h];
            ab__drop_job *into = AB_PUSH(list);
            if (!into)
                return false;
            *into = job;
        }
    }
    return true;
}

static bool asked(int32_t which, int32_t row)
{
    return which < 0 || which == row;
}

static bool add_jobs(const ab_operation *op, const ab_drop_options *o, job_list *list)
{
    for (int32_t z = 0; z < op->dropzones.count; z++)
        for (int32_t v = 0; v < op->vehicles.count && asked(o->zone, z); v++)
            for (int32_t s = 0; s < op->dropsystems.count && asked(o->vehicle, v); s++) {
                ab__drop_job job = {.zone = z, .vehicle = v, .system = s};
                if (asked(o->system, s) && op->dropzones.at[z].shape.kind == AB_SHAPE_POLYGON &&
                    ab__drop_fit(&op->vehicles.at[v], &op->dropsystems.at[s], &job) && !add_times(op, o, job, list))
                    return false;
            }
    return true;
}

bool ab__drop_jobs_of(const ab_operation *op, const ab_drop_options *options, ab_arena *arena, ab__drop_jobs *out)
{
    job_list list = {0};
    bool made = add_jobs(op, options, &list);
    ab__drop_job *at = made ? AB_NEW(arena, ab__drop_job, list.count) : NULL;
    for (int32_t i = 0; at && i < list.count; i++)
        at[i] = list.at[i];
    *out = (ab__drop_jobs){list.count, at};
    AB_VEC_FREE(&list);
    return at != NULL;
}
