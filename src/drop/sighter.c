/* What one or two loads that are dropped first and watched would be worth. The error of the wind is shared by all that falls within minutes, so
 * where the first ones land tells where the rest will; how well is a linear estimate (the posterior of Gaussian errors). docs/models/release.md. */
#include <math.h>

#include "airbridge/drop.h"
#include "drop/cloud.h"
#include "drop/job.h"
#include "drop/plane.h"

enum { PASSES = 2000, FAILED_PASSES = 50, LOADS_MOST = 8 };
static const int64_t FIRST_FROM = INT64_C(1) << 34;
static const double DEG = 3.14159265358979323846 / 180;
/* Two profiles half an hour apart differ by 1.75 m/s, so in the minutes of a racetrack the wind changes like this. Assumed to grow as a
 * random walk does. */
static const double CHANGE_MPS = 1.75, CHANGE_S = 1800;
/* The second pass: two half turns at 25 degrees of bank, two straight legs, and not before the load is down and its place told. Assumed. */
static const double BANK_DEG = 25, LEG_S = 75, TOLD_S = 60, GRAVITY_MPS2 = 9.80665;

/* A symmetric 2 x 2 matrix: covariances of east and north. */
typedef struct spread {
    double ee, en, nn;
} spread;

static spread plus(spread a, spread b)
{
    return (spread){a.ee + b.ee, a.en + b.en, a.nn + b.nn};
}

static spread times(spread a, double x)
{
    return (spread){a.ee * x, a.en * x, a.nn * x};
}

/* The gain K = S (S + N)^-1 of an estimate of what is spread by S from a sight of it with noise N; not symmetric. */
typedef struct gain {
    double ee, en, ne, nn;
} gain;

static gain gain_of(spread s, spread noise)
{
    spread sum = plus(s, noise);
    double det = sum.ee * sum.nn - sum.en * sum.en;
    if (!(det > 0))
        return (gain){0, 0, 0, 0};
    return (gain){(s.ee * sum.nn - s.en * sum.en) / det, (s.en * sum.ee - s.ee * sum.en) / det,
                  (s.en * sum.nn - s.nn * sum.en) / det, (s.nn * sum.ee - s.en * sum.en) / det};
}

/* Where loads fall by the wind's error alone (one a pass), and by all else: [passes * loads] on the heading of the drop, about their means; and where loads
 * whose canopy failed fall, from the release point. */
typedef struct errors {
    int32_t passes, loads;
    double *wind_e, *wind_n, *rest_e, *rest_n;
    int32_t failed_count;
    double *failed_e, *failed_n;
} errors;

static void about_mean(double *at, int32_t count)
{
    double sum = 0;
    for (int32_t i = 0; i < count; i++)
        sum += at[i];
    for (int32_t i = 0; i < count; i++)
        at[i] -= sum / count;
}

static void turn(const ab_landings *l, double heading_deg, double *e, double *n)
{
    for (int32_t i = 0; i < l->passes * l->loads; i++)
        ab__landings_at(l, i, heading_deg, &e[i], &n[i]);
}

/* The same drop with the wind's error and nothing else, and with all else. */
static void split_scatter(const ab_drop_case *c, ab_drop_case *wind, ab_drop_case *rest)
{
    *wind = *rest = *c;
    wind->scatter = (ab_scatter){.wind_rms_mps = c->scatter.wind_rms_mps, .wind_correlation_m = c->scatter.wind_correlation_m};
    rest->scatter.wind_rms_mps = 0;
    rest->scatter.fail_alpha = 0;
    rest->members = 1;
}

/* Fewer passes are drawn where each landing has to be integrated: as many as both draws have. */
static ab__drawn draw_errors(const ab_drop_case *c, uint64_t seed, double heading_deg, int32_t loads, ab_arena *arena, errors *out)
{
    ab_drop_case wind, rest;
    ab_landings by_wind, by_rest;
    size_t all = (size_t)PASSES * (size_t)loads;
    split_scatter(c, &wind, &rest);
    double *room = AB_NEW(arena, double, 2 * PASSES + 2 * all);
    if (!room)
        return AB__DRAWN_NO_MEMORY;
    ab__drawn done = ab__cloud_draw(&wind, seed, FIRST_FROM, PASSES, 1, arena, &by_wind);
    if (done == AB__DRAWN)
        done = ab__cloud_draw(&rest, seed, FIRST_FROM + PASSES, PASSES, loads, arena, &by_rest);
    if (done != AB__DRAWN)
        return done;
    *out = (errors){.loads = loads, .wind_e = room, .wind_n = room + PASSES, .rest_e = room + 2 * PASSES, .rest_n = room + 2 * PASSES + all};
    out->passes = by_wind.passes < by_rest.passes ? by_wind.passes : by_rest.passes;
    by_wind.passes = by_rest.passes = out->passes;
    turn(&by_wind, heading_deg, out->wind_e, out->wind_n);
    turn(&by_rest, heading_deg, out->rest_e, out->rest_n);
    about_mean(out->wind_e, out->passes);
    about_mean(out->wind_n, out->passes);
    about_mean(out->rest_e, out->passes * loads);
    about_mean(out->rest_n, out->passes * loads);
    return AB__DRAWN;
}

static ab__drawn draw_failed(const ab_drop_case *c, uint64_t seed, double heading_deg, int32_t loads, ab_arena *arena, errors *out)
{
    ab_drop_case failed = ab__case_failed(c);
    ab_landings l;
    if (!(c->scatter.fail_alpha > 0))
        return AB__DRAWN;
    ab__drawn done = ab__cloud_draw(&failed, seed, FIRST_FROM + 2 * PASSES, FAILED_PASSES, loads, arena, &l);
    if (done != AB__DRAWN)
        return done;
    out->failed_count = l.passes * l.loads;
    out->failed_e = AB_NEW(arena, double, out->failed_count);
    out->failed_n = AB_NEW(arena, double, out->failed_count);
    if (!out->failed_e || !out->failed_n)
        return AB__DRAWN_NO_MEMORY;
    turn(&l, heading_deg, out->failed_e, out->failed_n);
    return AB__DRAWN;
}

/* The mean of loads 0 to `first` - 1 of a pass, by all but the wind. */
static void mean_of(const errors *x, int32_t pass, int32_t first, double *e, double *n)
{
    *e = *n = 0;
    for (int32_t k = 0; k < first; k++) {
        *e += x->rest_e[pass * x->loads + k] / first;
        *n += x->rest_n[pass * x->loads + k] / first;
    }
}

/* The mean place of loads 0 to `first` - 1 over all passes: they leave earlier than the middle of the stick. */
static void stick_place(const errors *x, int32_t first, double *e, double *n)
{
    *e = *n = 0;
    for (int32_t p = 0; p < x->passes; p++) {
        double pe, pn;
        mean_of(x, p, first, &pe, &pn);
        *e += pe / x->passes;
        *n += pn / x->passes;
    }
}

static spread spread_of_wind(const errors *x)
{
    spread s = {0};
    for (int32_t p = 0; p < x->passes; p++)
        s = plus(s, (spread){x->wind_e[p] * x->wind_e[p], x->wind_e[p] * x->wind_n[p], x->wind_n[p] * x->wind_n[p]});
    return times(s, 1.0 / x->passes);
}

/* Of the mean of the first loads of a pass, by all but the wind. */
static spread spread_of_rest(const errors *x, int32_t first, double mean_e, double mean_n)
{
    spread s = {0};
    for (int32_t p = 0; p < x->passes; p++) {
        double e, n;
        mean_of(x, p, first, &e, &n);
        e -= mean_e;
        n -= mean_n;
        s = plus(s, (spread){e * e, e * n, n * n});
    }
    return times(s, 1.0 / x->passes);
}

static double second_pass_s(const ab_airdrop *d)
{
    double turn_s = 2 * 3.14159265358979323846 * d->airspeed_mps / (GRAVITY_MPS2 * tan(BANK_DEG * DEG));
    return fmax(turn_s + 2 * LEG_S, d->fall_s + TOLD_S);
}

/* Share of a pass's loads in the zone, their mean aim at (centre) and its shared error (e, n). */
static double share_inside(const errors *x, int32_t pass, const ab__ground *zone, double e, double n)
{
    double in = 0;
    for (int32_t k = 0; k < x->loads; k++)
        in += ab__ground_holds(zone, e + x->rest_e[pass * x->loads + k], n + x->rest_n[pass * x->loads + k]);
    return in / x->loads;
}

/* Of loads whose canopy failed, the release at (e, n). Little of their drift is the error of the wind, and what the sighter tells of it is left out: they
 * move with the aim. */
static double failed_inside(const errors *x, const ab__ground *zone, double e, double n)
{
    double in = 0;
    for (int32_t i = 0; i < x->failed_count; i++)
        in += ab__ground_holds(zone, e + x->failed_e[i], n + x->failed_n[i]);
    return x->failed_count > 0 ? in / x->failed_count : 0;
}

/* What is aimed at; shares inside are those of ab_airdrop: of all loads, those whose canopy failed too. */
typedef struct aim {
    const ab__ground *zone;
    double release_e, release_n, centre_e, centre_n;
    double fail_prob;
} aim;

/* Pass p is watched in the wind of pass p; the rest fall on the aim and scatter of pass p + 1, in the same wind but for what it
 * changed meanwhile: the part of another pass's error. */
static void compare(const errors *x, const aim *at, int32_t first, double changed, ab_sighter *out)
{
    double place_e, place_n, before2 = 0, after2 = 0;
    stick_place(x, first, &place_e, &place_n);
    spread wind = spread_of_wind(x);
    gain k = gain_of(wind, plus(spread_of_rest(x, first, place_e, place_n), times(wind, changed * changed)));
    for (int32_t p = 0; p < x->passes; p++) {
        int32_t next = (p + 1) % x->passes, other = (p + x->passes / 2) % x->passes;
        double seen_e, seen_n, aim_e, aim_n;
        mean_of(x, p, first, &seen_e, &seen_n);
        mean_of(x, next, x->loads, &aim_e, &aim_n);
        seen_e += x->wind_e[p] - place_e;
        seen_n += x->wind_n[p] - place_n;
        double wind_e = x->wind_e[p] + changed * x->wind_e[other], wind_n = x->wind_n[p] + changed * x->wind_n[other];
        double left_e = wind_e - k.ee * seen_e - k.en * seen_n, left_n = wind_n - k.ne * seen_e - k.nn * seen_n;
        before2 += pow(x->wind_e[p] + aim_e, 2) + pow(x->wind_n[p] + aim_n, 2);
        after2 += pow(left_e + aim_e, 2) + pow(left_n + aim_n, 2);
        double turned_e = left_e - wind_e, turned_n = left_n - wind_n;
        out->inside_before_prob += (1 - at->fail_prob) * share_inside(x, next, at->zone, at->centre_e + x->wind_e[p], at->centre_n + x->wind_n[p]);
        out->inside_after_prob += (1 - at->fail_prob) * share_inside(x, next, at->zone, at->centre_e + left_e, at->centre_n + left_n) +
                                  at->fail_prob * failed_inside(x, at->zone, at->release_e + turned_e, at->release_n + turned_n);
    }
    out->inside_before_prob = out->inside_before_prob / x->passes + at->fail_prob * failed_inside(x, at->zone, at->release_e, at->release_n);
    out->inside_after_prob /= x->passes;
    out->spread_before_m = sqrt(before2 / x->passes);
    out->spread_after_m = sqrt(after2 / x->passes);
}

/* Watched are loads that do not fail: where one does is seen, and nothing is learnt from it. */
static ab__drawn sight(const ab_operation *op, const ab_airdrop *drop, uint64_t seed, ab_arena *arena, ab_sighter *out)
{
    ab_drop_case c;
    errors x;
    ab__ground zone;
    double ground_msl_m = drop->release_msl_m - drop->release_agl_m, lon_deg, lat_deg;
    int32_t loads = drop->loads < LOADS_MOST ? drop->loads : LOADS_MOST;
    ab__shape_middle(&op->dropzones.at[drop->zone].shape, &lon_deg, &lat_deg);
    ab__plane plane = ab__plane_at(lon_deg, lat_deg);
    if (!ab__ground_of(&plane, &op->dropzones.at[drop->zone].shape, arena, &zone) ||
        !ab__drop_case_of(op, drop, op->dropzones.at[drop->zone].shape.lon_lat_deg[1], ground_msl_m, false, arena, &c))
        return AB__DRAWN_NO_MEMORY;
    c.heading_known = true;
    c.heading_deg = drop->heading_deg;
    if (loads > 1)
        c.scatter.exit_interval_s *= (double)((drop->loads < AB_LOADS_DRAWN ? drop->loads : AB_LOADS_DRAWN) - 1) / (loads - 1);
    ab__drawn done = draw_errors(&c, seed, drop->heading_deg, loads, arena, &x);
    if (done == AB__DRAWN)
        done = draw_failed(&c, seed, drop->heading_deg, loads, arena, &x);
    if (done != AB__DRAWN)
        return done;
    double pass_s = second_pass_s(drop), changed_mps = CHANGE_MPS * sqrt(pass_s / CHANGE_S);
    double changed = c.scatter.wind_rms_mps > 0 ? fmin(1, changed_mps / c.scatter.wind_rms_mps) : 0;
    aim at = {.zone = &zone, .fail_prob = c.scatter.fail_alpha > 0 ? drop->failed.mean : 0};
    ab__plane_to(&plane, drop->release_lon_deg, drop->release_lat_deg, &at.release_e, &at.release_n);
    at.centre_e = at.release_e + drop->centre_e_m;
    at.centre_n = at.release_n + drop->centre_n_m;
    compare(&x, &at, out->loads < loads ? out->loads : loads, changed, out);
    out->extra_s = pass_s;
    return AB__DRAWN;
}

ab_status ab_airdrop_sighter(const ab_operation *op, const ab_airdrop *drop, int32_t loads, uint64_t seed, ab_sighter *out, ab_error *err)
{
    *out = (ab_sighter){.loads = loads};
    if (!drop->wind)
        return ab_fail(err, AB_USAGE, "no wind is known for this drop, so nothing can be said of a sighter");
    if (loads < 1 || loads > LOADS_MOST || loads >= drop->loads)
        return ab_fail(err, AB_USAGE, "%d loads as a sighter: 1 to %d, and fewer than the %d of the sortie", loads, LOADS_MOST, drop->loads);
    ab_arena *arena = ab__arena_new();
    ab__drawn done = arena ? sight(op, drop, seed ? seed : (uint64_t)op->settings->seed, arena, out) : AB__DRAWN_NO_MEMORY;
    ab__arena_free(arena);
    if (done == AB__DRAWN_NO_MEMORY)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while a sighter was weighed");
    return done == AB__DRAWN ? AB_OK : ab_fail(err, AB_FLAWED, "the drop does not come down within three hours");
}
