#include "validate_drop/scored.h"

#include <math.h>

#include "num/scores.h"

static const double REGION_PROB = 0.9;
/* The receiver of a sonde takes so long to notice that it has left the aircraft. */
static const double UNSETTLED_S = 10;

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

/* What a prediction is made of, and for whom. */
typedef struct run {
    question q;
    int32_t height;
    wind_source source;
    bool fitted;
    uint64_t seed;
} run;

static bool prepare(const run *r, letting_go *g, answer *wind)
{
    static profile made;
    const tracks_all *all = r->q.all;
    const track *t = &all->tracks[r->q.flight];
    if (!find_wind(&r->q, r->source, &made, wind))
        return false;
    if (r->fitted && (r->source == WIND_OTHER || r->source == WIND_ASCENT)) {
        wind_fit fit = wind_fit_without(all, all->group[r->q.flight]);
        wind->rms_mps *= fit.factor;
        wind->correlation_m = fit.correlation_m;
    }
    double start = t->fix[r->q.at].height_msl_m;
    *g = (letting_go){wind->wind, wind->rms_mps, wind->correlation_m, start, t->ground_msl_m,
                      drag_without(all->tracks, all->own, all->count, r->q.flight, start)};
    return !isnan(g->drag.fall_mps);
}

static bool score_one(const run *r, scored *s)
{
    static cloud c;
    const track *t = &r->q.all->tracks[r->q.flight];
    const fix *start = &t->fix[r->q.at], *end = &t->fix[t->lands];
    answer wind;
    letting_go g;
    if (!prepare(r, &g, &wind) || !predict(&g, r->seed, &c))
        return false;
    double landed_e, landed_n, naive_e, naive_n;
    fix_offset(start, end, &landed_e, &landed_n);
    predict_naive(&g, t->kind, &naive_e, &naive_n);
    *s = (scored){.flight = r->q.flight, .height = r->height, .group = r->q.all->group[r->q.flight], .source = r->source};
    s->judged = g.drag.flights >= 2;
    s->gap_s = wind.gap_s;
    s->away_m = wind.away_m;
    s->drift_m = hypot(landed_e, landed_n);
    s->naive_m = hypot(landed_e - naive_e, landed_n - naive_n);
    s->seen_s = end->t_s - start->t_s;
    score_cloud(&g, &c, landed_e, landed_n, r->seed, s);
    return true;
}

/* The fix from which a flight is asked about, -1: not at that height. */
static int32_t start_of(const track *t, int32_t height)
{
    if (height > 0) {
        double start = t->ground_msl_m + HEIGHT_AGL_M[height];
        return start < t->fix[t->top].height_msl_m - 500 ? track_at_height(t, start) : -1;
    }
    for (int32_t i = t->top; i < t->count && t->kind == KIND_SONDE; i++) {
        if (t->fix[i].t_s >= t->fix[t->top].t_s + UNSETTLED_S && !isnan(t->fix[i].speed_e_mps))
            return i;
    }
    return -1;
}

int32_t score_tracks(const tracks_all *all, bool fitted, uint64_t seed, scored *out)
{
    int32_t count = 0;
    for (int32_t flight = 0; flight < all->count; flight++) {
        for (int32_t height = 0; height < HEIGHTS && all->tracks[flight].released; height++) {
            run r = {{all, flight, start_of(&all->tracks[flight], height)}, height, WIND_OWN, fitted, 0};
            for (int source = 0; r.q.at >= 0 && source < WIND_SOURCES && count < SCORED_MOST; source++) {
                r.source = (wind_source)source;
                r.seed = seed + 1000003u * (uint64_t)(flight * HEIGHTS + height) + 101u * (uint64_t)source;
                count += score_one(&r, &out[count]);
            }
        }
    }
    return count;
}
