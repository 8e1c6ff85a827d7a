#include "validate_drop/scored.h"

#include <math.h>

#include "num/scores.h"
#include "wind/error.h"

static const double NEAR_S = 12 * 3600;     /* nothing older is used, as wind.h has it */
static const double MAY_LACK_M = 1000;      /* of wind under the start: a sonde's first 20 s tell none */
static const double REGION_PROB = 0.9;
/* A body's own speed is its wind's but for noise of the receiver and its lag: SOURCES.md has 0.3 to 0.8 m/s for a fix. */
static const double OWN_RMS_MPS = 0.3;

/* One question: a flight, from a fix on. */
typedef struct question {
    const tracks_all *all;
    int32_t flight, height, at;
} question;

/* A wind that can answer it. */
typedef struct answer {
    const profile *wind;
    double rms_mps, gap_s, away_m;
} answer;

/* Mean time and distance between a profile and the body on its way down, over the heights that it falls through. */
static void apart(const question *q, const profile *wind, double later_s, answer *out)
{
    const track *t = &q->all->tracks[q->flight];
    double count = 0, gap = 0, away = 0, start = t->fix[q->at].height_msl_m;
    for (int32_t i = 0; i < wind->levels && wind->height_msl_m[i] <= start; i++) {
        int32_t k = track_at_height(t, wind->height_msl_m[i]);
        if (k < 0)
            continue;
        double e, n;
        fix_offset(&wind->middle[i], &t->fix[k], &e, &n);
        count++;
        gap += fabs(t->fix[k].t_s - wind->middle[i].t_s + later_s);
        away += hypot(e, n);
    }
    out->gap_s = gap / count;
    out->away_m = away / count;
}

static bool covers(const profile *p, double start_msl_m)
{
    return p->levels > 0 && p->height_msl_m[p->levels - 1] >= start_msl_m - MAY_LACK_M;
}

static bool other_drop(const question *q, answer *out)
{
    const track *t = &q->all->tracks[q->flight];
    out->rms_mps = INFINITY;
    for (int32_t i = 0; i < q->all->count && t->kind == KIND_SONDE; i++) {
        const track *other = &q->all->tracks[i];
        double later = t->began_s - other->began_s;
        if (i == q->flight || other->kind != KIND_SONDE || !other->released || !(fabs(later) <= NEAR_S) ||
            !covers(&q->all->own[i], t->fix[q->at].height_msl_m))
            continue;
        answer a = {.wind = &q->all->own[i]};
        apart(q, a.wind, later, &a);
        a.rms_mps = ab__wind_rms_mps(AB_WIND_DROPSONDE, a.gap_s, a.gap_s, a.away_m);
        if (a.rms_mps < out->rms_mps)
            *out = a;
    }
    return isfinite(out->rms_mps);
}

static bool same_ascent(const question *q, answer *out)
{
    const track *t = &q->all->tracks[q->flight];
    if ((t->kind != KIND_BALLOON && t->kind != KIND_RADIOSONDE) || !covers(&q->all->ascent[q->flight], t->fix[q->at].height_msl_m))
        return false;
    out->wind = &q->all->ascent[q->flight];
    apart(q, out->wind, 0, out);
    out->rms_mps = ab__wind_rms_mps(AB_WIND_SOUNDING, out->gap_s, out->gap_s, out->away_m);
    return true;
}

/* `made`: room for a profile that is nobody's. */
static bool find_wind(const question *q, wind_source source, profile *made, answer *out)
{
    const track *t = &q->all->tracks[q->flight];
    *out = (answer){.wind = made};
    switch (source) {
    case WIND_OWN:
        out->wind = &q->all->own[q->flight];
        out->rms_mps = OWN_RMS_MPS;
        return covers(out->wind, t->fix[q->at].height_msl_m);
    case WIND_OTHER:
        return other_drop(q, out);
    case WIND_ASCENT:
        return same_ascent(q, out);
    case WIND_ERA5:
        if (!t->rocket)
            return false;
        profile_of_era5(q->all->folder, t, made);
        out->rms_mps = ab__wind_rms_mps(AB_WIND_FORECAST, 0, 0, 0);
        return made->levels >= 2;
    default:
        profile_of_calm(made);
        out->rms_mps = AB_WIND_RMS_WORST_MPS;
        return true;
    }
}

/* Turned so that the first axis is the direction of the drift that was foretold. */
static void score_cloud(const letting_go *g, cloud *c, double landed_e, double landed_n, uint64_t seed, scored *s)
{
    static double room[SAMPLES], along[SAMPLES], across[SAMPLES];
    double length = hypot(c->point_e_m, c->point_n_m);
    double e = length > 0 ? c->point_e_m / length : 1, n = length > 0 ? c->point_n_m / length : 0;
    for (int32_t i = 0; i < SAMPLES; i++) {
        along[i] = c->east_m[i] * e + c->north_m[i] * n;
        across[i] = c->north_m[i] * e - c->east_m[i] * n;
    }
    double at_along = landed_e * e + landed_n * n, at_across = landed_n * e - landed_e * n;
    double tie = (double)(seed % 997) / 997;
    s->pit_along = ab__scores_pit(along, SAMPLES, at_along, tie);
    s->pit_across = ab__scores_pit(across, SAMPLES, at_across, tie);
    s->energy_m = ab__scores_energy(along, across, SAMPLES, at_along, at_across);
    ab_ellipse ellipse = {0};
    bool fine = ab__scores_ellipse(along, across, SAMPLES, REGION_PROB, at_along, at_across, tie, room, &ellipse);
    s->pit_radius = fine ? ellipse.radius_pit : NAN;
    s->region_m2 = fine ? ellipse.area : NAN;
    s->error_m = hypot(landed_e - c->point_e_m, landed_n - c->point_n_m);
    s->time_s = c->time_s;
    s->wind_rms_mps = g->wind_rms_mps;
}

static bool score_one(const question *q, wind_source source, uint64_t seed, scored *s)
{
    static profile made;
    static cloud c;
    const track *t = &q->all->tracks[q->flight];
    const fix *start = &t->fix[q->at], *end = &t->fix[t->count - 1];
    answer wind;
    if (!find_wind(q, source, &made, &wind))
        return false;
    letting_go g = {.wind = wind.wind, .wind_rms_mps = wind.rms_mps, .start_msl_m = start->height_msl_m,
                    .ground_msl_m = t->ground_msl_m, .from_aircraft = q->height == 0, .speed_e_mps = start->speed_e_mps,
                    .speed_n_mps = start->speed_n_mps};
    g.drag = drag_without(q->all->tracks, q->all->own, q->all->count, q->flight, start->height_msl_m);
    double landed_e, landed_n, naive_e, naive_n;
    fix_offset(start, end, &landed_e, &landed_n);
    if (isnan(g.drag.fall_mps) || !predict(&g, seed, &c))
        return false;
    predict_naive(&g, t->kind, &naive_e, &naive_n);
    *s = (scored){.flight = q->flight, .height = q->height, .group = q->all->group[q->flight], .source = source};
    s->judged = (t->kind == KIND_SONDE || t->kind == KIND_BALLOON) && g.drag.flights >= 2;
    s->gap_s = wind.gap_s;
    s->away_m = wind.away_m;
    s->drift_m = hypot(landed_e, landed_n);
    s->naive_m = hypot(landed_e - naive_e, landed_n - naive_n);
    s->seen_s = t->fix[t->lands].t_s - start->t_s;
    score_cloud(&g, &c, landed_e, landed_n, seed, s);
    return true;
}

/* The fix from which a flight is asked about, -1: not at that height. */
static int32_t start_of(const track *t, int32_t height)
{
    const fix *top = &t->fix[t->top];
    if (height > 0) {
        double start = t->ground_msl_m + HEIGHT_AGL_M[height];
        return start < top->height_msl_m - 500 ? track_at_height(t, start) : -1;
    }
    /* The first fix must come soon enough to tell where it was let go, and how fast. */
    return t->kind == KIND_SONDE && top->t_s <= 2 && !isnan(top->speed_e_mps) ? t->top : -1;
}

int32_t score_tracks(const tracks_all *all, uint64_t seed, scored *out)
{
    int32_t count = 0;
    for (int32_t flight = 0; flight < all->count; flight++) {
        for (int32_t height = 0; height < HEIGHTS && all->tracks[flight].released; height++) {
            question q = {all, flight, height, start_of(&all->tracks[flight], height)};
            for (int source = 0; q.at >= 0 && source < WIND_SOURCES && count < SCORED_MOST; source++) {
                uint64_t own_seed = seed + 1000003u * (uint64_t)(flight * HEIGHTS + height) + 101u * (uint64_t)source;
                count += score_one(&q, (wind_source)source, own_seed, &out[count]);
            }
        }
    }
    return count;
}
