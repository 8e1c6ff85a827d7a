#include "validate_drop/sources.h"

#include "wind/error.h"

static const double NEAR_S = 12 * 3600;     /* nothing older is used, as wind.h has it */
static const double MAY_LACK_M = 1000;      /* of wind under the start: a sonde's first 20 s tell none */
/* A body's own speed is its wind's but for noise of the receiver and its lag: SOURCES.md has 0.3 to 0.8 m/s for a fix. */
static const double OWN_RMS_MPS = 0.3;
static const double STEP_M = 100;

/* ---- Which wind ------------------------------------------------------------------------------------------------------------- */

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
    answer best = {.rms_mps = INFINITY};
    for (int32_t i = 0; i < q->all->count && t->kind == KIND_SONDE; i++) {
        const track *other = &q->all->tracks[i];
        double later = t->began_s - other->began_s;
        if (i == q->flight || other->kind != KIND_SONDE || !other->released || !(fabs(later) <= NEAR_S) ||
            !covers(&q->all->own[i], t->fix[q->at].height_msl_m))
            continue;
        answer a = {.wind = &q->all->own[i], .correlation_m = ab__wind_correlation_m(AB_WIND_DROPSONDE)};
        apart(q, a.wind, later, &a);
        a.rms_mps = ab__wind_rms_mps(AB_WIND_DROPSONDE, a.gap_s, a.gap_s, a.away_m);
        if (a.rms_mps < best.rms_mps)
            best = a;
    }
    if (best.wind)
        *out = best;
    return best.wind != NULL;
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

bool find_wind(const question *q, wind_source source, profile *made, answer *out)
{
    const track *t = &q->all->tracks[q->flight];
    *out = (answer){.wind = made, .correlation_m = ab__wind_correlation_m(source <= WIND_ASCENT ? AB_WIND_SOUNDING : AB_WIND_FORECAST)};
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

/* ---- How wrong it was ------------------------------------------------------------------------------------------------------- */

enum { STEPS = 80, LAYERS_LEAST = 15 };

/* Differences at heights 50, 150 ... 7,950 m above ground; how many both winds have. */
static int32_t differences(const track *t, const profile *own, const profile *wind, double e[STEPS], double n[STEPS])
{
    ab_air seen = profile_air(own), told = profile_air(wind);
    double top = fmin(own->height_msl_m[own->levels - 1], wind->height_msl_m[wind->levels - 1]);
    int32_t count = 0;
    for (double z = t->ground_msl_m + STEP_M / 2; count < STEPS && z < top; z += STEP_M, count++) {
        ab_air_point a = ab__air_at(&seen, z), b = ab__air_at(&told, z);
        e[count] = a.wind_e_mps - b.wind_e_mps;
        n[count] = a.wind_n_mps - b.wind_n_mps;
    }
    return count;
}

/* Mean of the product of the differences with those `lag` steps higher, from step `from` until `until`. */
static double product(const double *e, const double *n, int32_t from, int32_t until, int32_t lag)
{
    double sum = 0;
    for (int32_t i = from; i + lag < until; i++)
        sum += e[i] * e[i + lag] + n[i] * n[i + lag];
    return until - lag > from ? sum / (until - lag - from) : NAN;
}

bool wind_error_of(const tracks_all *all, int32_t flight, wind_source source, wind_error *out)
{
    static profile made;
    const track *t = &all->tracks[flight];
    double e[STEPS], n[STEPS], top = fmin(t->ground_msl_m + 8000, t->fix[t->top].height_msl_m - 1000);
    question q = {all, flight, t->released ? track_at_height(t, top) : -1};
    answer a;
    if (q.at < 0 || !find_wind(&q, source, &made, &a))
        return false;
    int32_t count = differences(t, &all->own[flight], a.wind, e, n);
    out->seen_mps = sqrt(product(e, n, 0, count, 0));
    out->assumed_mps = a.rms_mps;
    for (int k = 0; k < WIND_LAYERS; k++) {
        int32_t from = (int32_t)(WIND_LAYER_AGL_M[k] / STEP_M), until = (int32_t)(WIND_LAYER_AGL_M[k + 1] / STEP_M);
        out->layer_mps[k] = until <= count ? sqrt(product(e, n, from, until, 0)) : NAN;
    }
    for (int32_t lag = 0; lag < WIND_LAGS; lag++)
        out->along[lag] = product(e, n, 0, count, lag) / product(e, n, 0, count, 0);
    out->layers = count;
    return count > LAYERS_LEAST;
}

wind_fit wind_fit_without(const tracks_all *all, int32_t but_group)
{
    double squares = 0, along[WIND_LAGS] = {0};
    wind_fit fit = {1, ab__wind_correlation_m(AB_WIND_SOUNDING), 0};
    for (int32_t i = 0; i < all->count; i++) {
        for (int source = WIND_OTHER; source <= WIND_ASCENT; source++) {
            wind_error w;
            if (all->group[i] == but_group || !wind_error_of(all, i, (wind_source)source, &w) || w.layers <= WIND_LAGS)
                continue;
            fit.flights++;
            squares += w.seen_mps * w.seen_mps / (w.assumed_mps * w.assumed_mps);
            for (int32_t lag = 0; lag < WIND_LAGS; lag++)
                along[lag] += w.along[lag];
        }
    }
    if (fit.flights == 0)
        return fit;
    fit.factor = sqrt(squares / fit.flights);
    double level = fit.flights * exp(-1);
    for (int32_t lag = 1; lag < WIND_LAGS; lag++) {
        if (along[lag] < level) {
            fit.correlation_m = STEP_M * (lag - (level - along[lag]) / (along[lag - 1] - along[lag]));
            break;
        }
    }
    return fit;
}
