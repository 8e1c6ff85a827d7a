/* A load lands at release + drift + what the aircraft gives it, which turns with the heading. So the worth of all releases on a heading is the
 * correlation of the field of worth with the histogram of landings, which transforms give at once. docs/models/release.md. */
#include "drop/search.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "num/convolve.h"

static const double DEG = 3.14159265358979323846 / 180;
/* What a person hurt weighs, in loads; where the cap of harm is still not kept, thirty times that, and again. Assumed. */
static const double LOADS_PER_PERSON = 100, HEAVIER = 30;
enum { HEAVIER_MOST = 2 };
/* For being a metre off the middle, squared: decides only among equals. */
static const double OFF_MIDDLE = 1e-10;
static const double REACH_QUANTILE = 0.998, MARGIN_M = 100;
enum { COARSE_CELLS = 128, CELLS_MOST = 3000, STARTS = 8, MOVES_MOST = 40 };

/* ---- The ground that is looked at ---- */

/* Releases are told by their aim: where the mean drift would bring them. `aim` cells lie about the zone, `fields` reach as far as the clouds do from
 * there; failed canopies fall elsewhere, by shift. */
typedef struct grid {
    ab__field gain, lost; /* about the aims, and about where failed loads fall: the same cells, shifted */
    double shift_e_m, shift_n_m;
    int32_t from_row, until_row, from_col, until_col; /* aims */
} grid;

static int rising(const void *left, const void *right)
{
    float a = *(const float *)left, b = *(const float *)right;
    return (a > b) - (a < b);
}

/* How far points lie from their mean drift on any heading, but for the outermost. NAN: out of memory. */
static double reach_m(const ab__points *p, ab_arena *arena)
{
    float *away = AB_NEW(arena, float, p->count);
    if (!away)
        return NAN;
    for (int32_t i = 0; i < p->count; i++) {
        double e = fabs((double)p->drift_e_m[i] - p->mean_e_m), n = fabs((double)p->drift_n_m[i] - p->mean_n_m);
        away[i] = (float)(fmax(e, n) + hypot((double)p->along_m[i], (double)p->across_m[i]));
    }
    qsort(away, (size_t)p->count, sizeof *away, rising);
    return p->count > 0 ? (double)away[(int32_t)(REACH_QUANTILE * (p->count - 1))] : 0;
}

static double spread_m(const ab__points *p)
{
    double sum = 0;
    for (int32_t i = 0; i < p->count; i++)
        sum += pow((double)p->drift_e_m[i] - p->mean_e_m, 2) + pow((double)p->drift_n_m[i] - p->mean_n_m, 2);
    return sqrt(sum / (2 * fmax(1, p->count)));
}

/* Rows or columns of the coarse grid over a span of `span_m`, cells `times` 25 m. */
static int32_t cells_over(double span_m, int32_t times)
{
    return ab__fast_size((int32_t)ceil(span_m / (AB_RELEASE_STEP_M * times)) + 1);
}

/* `*times`: 0: as many as make it small enough. The fields are of 25 m. */
static bool make_grid(const ab__search *s, int32_t *times, ab_arena *arena, grid *out)
{
    const ab__ground *zone = &s->site->zone;
    double intact_m = reach_m(&s->intact, arena), failed_m = reach_m(&s->failed, arena), reach = fmax(intact_m, failed_m);
    if (isnan(intact_m) || isnan(failed_m))
        return false;
    double margin_m = MARGIN_M + fabs(s->intact.mean_along_m) + spread_m(&s->intact), around_m = margin_m + reach;
    double wide_m = zone->east_m - zone->west_m + 2 * around_m, high_m = zone->north_m - zone->south_m + 2 * around_m;
    if (*times == 0)
        *times = (int32_t)fmax(1, ceil(fmax(wide_m, high_m) / AB_RELEASE_STEP_M / COARSE_CELLS));
    while (fmax(wide_m, high_m) / AB_RELEASE_STEP_M / *times > CELLS_MOST)
        ++*times;
    int32_t rows = cells_over(high_m, *times) * *times, cols = cells_over(wide_m, *times) * *times;
    double west_m = zone->west_m - around_m, south_m = zone->south_m - around_m;
    out->shift_e_m = s->failed.count > 0 ? s->failed.mean_e_m - s->intact.mean_e_m : 0;
    out->shift_n_m = s->failed.count > 0 ? s->failed.mean_n_m - s->intact.mean_n_m : 0;
    out->from_row = out->from_col = (int32_t)(reach / AB_RELEASE_STEP_M / *times);
    out->until_row = rows / *times - out->from_row;
    out->until_col = cols / *times - out->from_col;
    return ab__field_of(s->site, west_m, south_m, AB_RELEASE_STEP_M, rows, cols, arena, &out->gain) &&
           (s->failed.count == 0 || ab__field_of(s->site, west_m + out->shift_e_m, south_m + out->shift_n_m, AB_RELEASE_STEP_M,
                                                 rows, cols, arena, &out->lost));
}

static bool coarsen(const ab__search *s, const grid *fine, int32_t times, ab_arena *arena, grid *out)
{
    *out = *fine;
    return ab__field_coarser(&fine->gain, times, arena, &out->gain) &&
           (s->failed.count == 0 || ab__field_coarser(&fine->lost, times, arena, &out->lost));
}

/* ---- All releases of a heading at once ---- */

typedef struct transforms {
    ab_correlator *correlator;
    ab_spectrum *gain, *lost, *intact, *failed;
    float *cells; /* histogram, field, then scores: [rows * cols] */
} transforms;

static bool transforms_new(const grid *g, ab_arena *arena, transforms *out)
{
    *out = (transforms){.correlator = ab__correlator_new(g->gain.rows, g->gain.cols)};
    if (!out->correlator)
        return false;
    out->gain = ab__spectrum_new(out->correlator, arena);
    out->lost = ab__spectrum_new(out->correlator, arena);
    out->intact = ab__spectrum_new(out->correlator, arena);
    out->failed = ab__spectrum_new(out->correlator, arena);
    out->cells = AB_NEW(arena, float, (size_t)g->gain.rows * (size_t)g->gain.cols);
    return out->gain && out->lost && out->intact && out->failed && out->cells;
}

/* Worth less harm, of loads that fall like this. */
static void field_spectrum(transforms *t, const ab__field *f, const float *worth, double loads_per_person, ab_spectrum *out)
{
    for (int32_t i = 0; i < f->rows * f->cols; i++)
        t->cells[i] = worth[i] - (float)loads_per_person * f->harm[i];
    ab__spectrum_of(t->correlator, t->cells, out);
}

typedef struct turn {
    double sin, cos;
} turn;

static turn turn_of(double heading_deg)
{
    return (turn){sin(heading_deg * DEG), cos(heading_deg * DEG)};
}

/* Where point i lies from its mean drift. */
static void offset_of(const ab__points *p, int32_t i, turn t, double *east_m, double *north_m)
{
    double along = (double)p->along_m[i], across = (double)p->across_m[i];
    *east_m = (double)p->drift_e_m[i] - p->mean_e_m + along * t.sin + across * t.cos;
    *north_m = (double)p->drift_n_m[i] - p->mean_n_m + along * t.cos - across * t.sin;
}

/* The histogram of points about their mean drift, which counts on round the ends; `weight` in all. */
static void cloud_spectrum(transforms *t, const ab__field *f, const ab__points *p, double heading_deg, double weight, ab_spectrum *out)
{
    turn turned = turn_of(heading_deg);
    float each = (float)(weight / p->count);
    memset(t->cells, 0, (size_t)f->rows * (size_t)f->cols * sizeof *t->cells);
    for (int32_t i = 0; i < p->count; i++) {
        double e, n;
        offset_of(p, i, turned, &e, &n);
        int32_t col = (int32_t)lround(e / f->cell_m), row = (int32_t)lround(n / f->cell_m);
        if (abs(col) >= f->cols / 2 || abs(row) >= f->rows / 2)
            continue;
        row += row < 0 ? f->rows : 0;
        col += col < 0 ? f->cols : 0;
        t->cells[(size_t)row * (size_t)f->cols + (size_t)col] += each;
    }
    ab__spectrum_of(t->correlator, t->cells, out);
}

/* Scores of all aims of a heading, in t->cells. */
static void score_heading(const ab__search *s, const grid *g, transforms *t, double heading_deg)
{
    const ab_spectrum *field[2] = {t->gain, t->lost}, *cloud[2] = {t->intact, t->failed};
    bool fails = s->failed.count > 0;
    double intact_prob = fails ? 1 - s->fail_prob : 1;
    cloud_spectrum(t, &g->gain, &s->intact, heading_deg, intact_prob, t->intact);
    if (fails)
        cloud_spectrum(t, &g->lost, &s->failed, heading_deg, s->fail_prob, t->failed);
    ab__correlate(t->correlator, fails ? 2 : 1, field, cloud, t->cells);
}

static void fields_for(const ab__search *s, const grid *g, transforms *t, double loads_per_person)
{
    field_spectrum(t, &g->gain, g->gain.gain, loads_per_person, t->gain);
    if (s->failed.count > 0)
        field_spectrum(t, &g->lost, g->lost.loss, loads_per_person, t->lost);
}

/* ---- One release, by sums over all points ---- */

typedef struct judge {
    const ab__search *search;
    const grid *grid;         /* of 25 m */
    double loads_per_person;
    double heading_deg;       /* for which the offsets below are */
    double *intact_e, *intact_n, *failed_e, *failed_n;
    bool off_terrain;
} judge;

static bool judge_new(const ab__search *s, const grid *g, double loads_per_person, ab_arena *arena, judge *out)
{
    *out = (judge){.search = s, .grid = g, .loads_per_person = loads_per_person, .heading_deg = NAN};
    out->intact_e = AB_NEW(arena, double, 2 * s->intact.count);
    out->failed_e = AB_NEW(arena, double, 2 * s->failed.count);
    if (!out->intact_e || !out->failed_e)
        return false;
    out->intact_n = out->intact_e + s->intact.count;
    out->failed_n = out->failed_e + s->failed.count;
    return true;
}

static void turn_to(judge *j, double heading_deg)
{
    turn t = turn_of(heading_deg);
    if (j->heading_deg == heading_deg)
        return;
    for (int32_t i = 0; i < j->search->intact.count; i++)
        offset_of(&j->search->intact, i, t, &j->intact_e[i], &j->intact_n[i]);
    for (int32_t i = 0; i < j->search->failed.count; i++)
        offset_of(&j->search->failed, i, t, &j->failed_e[i], &j->failed_n[i]);
    j->heading_deg = heading_deg;
}

/* The cell of a point; -1: outside. */
static int64_t cell_of(const ab__field *f, double east_m, double north_m)
{
    double col = (east_m - f->west_m) / f->cell_m, row = (north_m - f->south_m) / f->cell_m;
    return col >= 0 && row >= 0 && col < f->cols && row < f->rows ? (int64_t)row * f->cols + (int64_t)col : -1;
}

/* The same where the ground is not level: the landing moves with the height of the ground under it, so twice. */
static int64_t cell_on_ground(const ab__field *f, const ab__points *p, double east_m, double north_m, bool *off_terrain)
{
    int64_t cell = cell_of(f, east_m, north_m);
    for (int32_t i = 0; i < 2 && f->rise_m && cell >= 0; i++) {
        double rise_m = (double)f->rise_m[cell];
        *off_terrain |= isnan(rise_m);
        cell = isnan(rise_m) ? -1 : cell_of(f, east_m + p->lean_e * rise_m, north_m + p->lean_n * rise_m);
    }
    return cell;
}

/* Means of worth and harm over points, the cloud's mean drift at (east, north). */
static void means(judge *j, const ab__field *f, const float *worth, const ab__points *p, const double *e, const double *n,
                  double east_m, double north_m, double *mean_worth, double *mean_harm)
{
    double sum = 0, harm = 0;
    for (int32_t i = 0; i < p->count; i++) {
        int64_t cell = cell_on_ground(f, p, east_m + e[i], north_m + n[i], &j->off_terrain);
        if (cell < 0)
            continue;
        sum += (double)worth[cell];
        harm += (double)f->harm[cell];
    }
    *mean_worth = sum / p->count;
    *mean_harm = harm / p->count;
}

/* Judges an aim (where the mean drift brings it) into the other members of `at`. */
static void judge_aim(judge *j, double aim_e_m, double aim_n_m, double heading_deg, ab__found *at)
{
    const ab__search *s = j->search;
    double lost = 0, lost_harm = 0, share = s->failed.count > 0 ? s->fail_prob : 0;
    turn_to(j, heading_deg);
    j->off_terrain = false;
    means(j, &j->grid->gain, j->grid->gain.gain, &s->intact, j->intact_e, j->intact_n, aim_e_m, aim_n_m, &at->gain_loads, &at->harm);
    if (s->failed.count > 0)
        means(j, &j->grid->lost, j->grid->lost.loss, &s->failed, j->failed_e, j->failed_n, aim_e_m + j->grid->shift_e_m,
              aim_n_m + j->grid->shift_n_m, &lost, &lost_harm);
    at->gain_loads = (1 - share) * at->gain_loads + share * lost;
    at->harm = (1 - share) * at->harm + share * lost_harm;
    at->heading_deg = heading_deg;
    at->east_m = aim_e_m - s->intact.mean_e_m;
    at->north_m = aim_n_m - s->intact.mean_n_m;
    at->off_terrain = j->off_terrain;
    double e = aim_e_m + s->intact.mean_along_m * sin(heading_deg * DEG), n = aim_n_m + s->intact.mean_along_m * cos(heading_deg * DEG);
    at->score = at->gain_loads - j->loads_per_person * at->harm - OFF_MIDDLE * (e * e + n * n);
}

/* Climbs from a start by steps that are halved down to 25 m; and turns by 10 degrees about the mean landing. */
static void climb(judge *j, double step_m, ab__found *best)
{
    const ab__points *p = &j->search->intact;
    for (int32_t moves = 0; step_m >= AB_RELEASE_STEP_M && moves < MOVES_MOST; moves++) {
        ab__found from = *best;
        for (int32_t k = 0; k < 9; k++) {
            ab__found at;
            if (k != 4)
                judge_aim(j, from.east_m + p->mean_e_m + (k % 3 - 1) * step_m, from.north_m + p->mean_n_m + (k / 3 - 1) * step_m,
                          from.heading_deg, &at);
            if (k != 4 && at.score > best->score)
                *best = at;
        }
        if (best->score == from.score)
            step_m = step_m > AB_RELEASE_STEP_M ? AB_RELEASE_STEP_M * floor(step_m / AB_RELEASE_STEP_M / 2) : 0;
    }
}

static void try_turns(judge *j, ab__found *best)
{
    const ab__points *p = &j->search->intact;
    for (int32_t side = -1; side <= 1; side += 2) {
        ab__found from = *best, at;
        double heading = fmod(from.heading_deg + 360 + 10 * side, 360);
        turn a = turn_of(from.heading_deg), b = turn_of(heading);
        judge_aim(j, from.east_m + p->mean_e_m + p->mean_along_m * (a.sin - b.sin),
                  from.north_m + p->mean_n_m + p->mean_along_m * (a.cos - b.cos), heading, &at);
        climb(j, AB_RELEASE_STEP_M, &at);
        if (at.score > best->score)
            *best = at;
    }
}

/* ---- Both together ---- */

typedef struct start {
    float score;
    int32_t heading, row, col;
} start;

/* The best aim of a heading. */
static start best_of_heading(const grid *g, const float *scores, int32_t heading)
{
    start best = {-INFINITY, heading, 0, 0};
    for (int32_t r = g->from_row; r < g->until_row; r++) {
        for (int32_t c = g->from_col; c < g->until_col; c++) {
            double e = g->gain.west_m + (c + 0.5) * g->gain.cell_m, n = g->gain.south_m + (r + 0.5) * g->gain.cell_m;
            float score = scores[(size_t)r * (size_t)g->gain.cols + (size_t)c] - (float)(OFF_MIDDLE * (e * e + n * n));
            if (score > best.score)
                best = (start){score, heading, r, c};
        }
    }
    return best;
}

static int by_score(const void *left, const void *right)
{
    const start *a = left, *b = right;
    int order = (a->score < b->score) - (a->score > b->score);
    return order ? order : (a->heading > b->heading) - (a->heading < b->heading);
}

static int32_t headings_of(const ab__search *s)
{
    return s->heading_given ? 1 : AB_HEADINGS;
}

static double heading_of(const ab__search *s, int32_t heading)
{
    return s->heading_given ? s->heading_deg : heading * 360.0 / AB_HEADINGS;
}

/* One weight of harm: starts by transforms over `coarse`, judged, and with `refine` climbed from, on `fine`. */
static bool search_once(const ab__search *s, const grid *fine, const grid *coarse, bool refine, double loads_per_person, ab_arena *arena,
                        ab__found *out)
{
    start starts[AB_HEADINGS];
    transforms t;
    judge j;
    bool made = transforms_new(coarse, arena, &t) && judge_new(s, fine, loads_per_person, arena, &j);
    if (made)
        fields_for(s, coarse, &t, loads_per_person);
    for (int32_t h = 0; made && h < headings_of(s); h++) {
        score_heading(s, coarse, &t, heading_of(s, h));
        starts[h] = best_of_heading(coarse, t.cells, h);
    }
    ab__correlator_free(t.correlator);
    if (!made)
        return false;
    qsort(starts, (size_t)headings_of(s), sizeof *starts, by_score);
    out->score = -INFINITY;
    for (int32_t i = 0; i < STARTS && i < headings_of(s); i++) {
        ab__found at;
        double e = coarse->gain.west_m + (starts[i].col + 0.5) * coarse->gain.cell_m;
        double n = coarse->gain.south_m + (starts[i].row + 0.5) * coarse->gain.cell_m;
        judge_aim(&j, e, n, heading_of(s, starts[i].heading), &at);
        if (refine)
            climb(&j, AB_RELEASE_STEP_M * fmax(1, floor(coarse->gain.cell_m / AB_RELEASE_STEP_M / 2)), &at);
        if (at.score > out->score)
            *out = at;
    }
    if (refine && !s->heading_given)
        try_turns(&j, out);
    return true;
}

static bool search_over(const ab__search *s, int32_t times, ab_arena *arena, ab__found *out)
{
    grid fine, coarse;
    bool refine = times == 0;
    if (!make_grid(s, &times, arena, &fine) || !coarsen(s, &fine, times, arena, &coarse))
        return false;
    double weight = LOADS_PER_PERSON;
    for (int32_t i = 0; i <= HEAVIER_MOST; i++, weight *= HEAVIER) {
        if (!search_once(s, &fine, &coarse, refine, weight, arena, out))
            return false;
        if (out->harm * s->loads <= s->harm_most)
            break;
    }
    return true;
}

bool ab__search_release(const ab__search *search, ab_arena *arena, ab__found *out)
{
    return search_over(search, 0, arena, out);
}

bool ab__search_fully(const ab__search *search, ab_arena *arena, ab__found *out)
{
    return search_over(search, 1, arena, out);
}

bool ab__search_judge(const ab__search *search, ab_arena *arena, ab__found *at)
{
    grid fine;
    judge j;
    int32_t times = 1;
    if (!make_grid(search, &times, arena, &fine) || !judge_new(search, &fine, LOADS_PER_PERSON, arena, &j))
        return false;
    judge_aim(&j, at->east_m + search->intact.mean_e_m, at->north_m + search->intact.mean_n_m, at->heading_deg, at);
    return true;
}

bool ab__search_scores(const ab__search *search, double heading_deg, ab_arena *arena, ab__scores *out)
{
    grid g;
    transforms t;
    int32_t times = 1;
    if (!make_grid(search, &times, arena, &g))
        return false;
    bool made = transforms_new(&g, arena, &t);
    if (made) {
        fields_for(search, &g, &t, LOADS_PER_PERSON);
        score_heading(search, &g, &t, heading_deg);
    }
    ab__correlator_free(t.correlator);
    *out = (ab__scores){g.gain.rows, g.gain.cols, g.gain.west_m, g.gain.south_m, g.from_row, g.until_row, g.from_col, g.until_col, t.cells};
    return made;
}
