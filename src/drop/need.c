#include "drop/need.h"

#include <math.h>

/* Nine landings of ten lie within so many standard deviations of their centre, if they are normal in both directions. */
static const double PI = 3.14159265358979323846;
static const double NINE_OF_TEN = 2.1460; /* sqrt(-2 ln 0.1) */
/* Passes for a covariance good to a few per cent, and for a share good to 0.02. */
enum { PASSES = 400, ALONE_PASSES = 1000, HEADINGS = 4 };
/* Cells of the open ground are true to so much of a share. Assumed: half a cell on both sides of ground a kilometre wide. */
static const double CELLS_ERROR = 0.02;

typedef struct spread {
    double e_m, n_m;   /* mean */
    double ee, en, nn; /* covariance, m2 */
} spread;

static spread spread_of(const ab_landings *l, double heading_deg)
{
    spread s = {0};
    int64_t count = (int64_t)l->passes * l->loads;
    for (int64_t i = 0; i < count; i++) {
        double e, n, by = (double)(i + 1);
        ab__landings_at(l, i, heading_deg, &e, &n);
        double de = e - s.e_m, dn = n - s.n_m;
        s.e_m += de / by;
        s.n_m += dn / by;
        s.ee += de * (e - s.e_m);
        s.en += de * (n - s.n_m);
        s.nn += dn * (n - s.n_m);
    }
    double all = (double)count;
    return (spread){s.e_m, s.n_m, s.ee / all, s.en / all, s.nn / all};
}

/* Standard deviations along the longer axis and the shorter. */
static void axes(const spread *s, double *longer_m, double *shorter_m)
{
    double mean = (s->ee + s->nn) / 2, half = hypot((s->ee - s->nn) / 2, s->en);
    *longer_m = sqrt(mean + half);
    *shorter_m = sqrt(fmax(0, mean - half));
}

/* The run-in is drawn to the north: another turns the stick, which is the smaller part. */
ab__drawn ab__need_of(const ab_drop_case *c, uint64_t seed, int32_t loads, ab_arena *arena, ab__need *out)
{
    ab_drop_case intact = ab__case_intact(c);
    ab_landings l;
    double longer_m, shorter_m;
    intact.quasi = true;
    ab__drawn done = ab__cloud_draw(&intact, seed, 0, PASSES, loads, arena, &l);
    if (done != AB__DRAWN)
        return done;
    spread s = spread_of(&l, 0);
    axes(&s, &longer_m, &shorter_m);
    *out = (ab__need){2 * NINE_OF_TEN * longer_m, 2 * NINE_OF_TEN * shorter_m, PI * NINE_OF_TEN * NINE_OF_TEN * longer_m * shorter_m};
    return AB__DRAWN;
}

static double most_on(const ab_landings *l, double heading_deg, const ab__open_ground *ground, float *east_m, float *north_m)
{
    spread s = spread_of(l, heading_deg);
    double longer_m, shorter_m;
    axes(&s, &longer_m, &shorter_m);
    for (int32_t i = 0; i < l->passes; i++) {
        double e, n;
        ab__landings_at(l, i, heading_deg, &e, &n);
        east_m[i] = (float)(e - s.e_m);
        north_m[i] = (float)(n - s.n_m);
    }
    return ab__open_ground_share(ground, east_m, north_m, l->passes, fmin(fmax(shorter_m / 2, 20), 200));
}

ab__drawn ab__need_most_caught(const ab_drop_case *c, uint64_t seed, const ab__open_ground *ground, ab_arena *arena, double *most_prob)
{
    ab_drop_case alone = ab__case_intact(c);
    ab_landings l;
    double most = 0, failed = c->scatter.fail_alpha > 0 ? c->scatter.fail_alpha / (c->scatter.fail_alpha + c->scatter.fail_beta) : 0;
    alone.quasi = true;
    ab__drawn done = ab__cloud_draw(&alone, seed, 0, ALONE_PASSES, 1, arena, &l);
    float *room = done == AB__DRAWN ? AB_NEW(arena, float, 2 * (size_t)l.passes) : NULL;
    if (done == AB__DRAWN && !room)
        done = AB__DRAWN_NO_MEMORY;
    if (done != AB__DRAWN)
        return done;
    for (int32_t h = 0; h < HEADINGS; h++)
        most = fmax(most, most_on(&l, 180.0 * h / HEADINGS, ground, room, room + l.passes));
    most = fmin(1, most + 2 * sqrt(fmax(most * (1 - most), 1.0 / l.passes) / l.passes) + CELLS_ERROR);
    *most_prob = failed + (1 - failed) * most;
    return AB__DRAWN;
}
