#include "drop/open_ground.h"

#include <math.h>
#include <stdlib.h>

/* Polygons of exclusions are not drawn finer than a cell; a gap between two of them that is narrower counts as none. */
enum { CELLS = 600, CORNERS = CELLS + 1 };
static const double CELL_M = 2 * AB_OPEN_REACH_M / CELLS;
/* The circle is found to this, and the points are moved to this. */
static const double FINEST_M = 5;

enum { SHUT = 1, HELD = 2, REACHED = 4 };

typedef struct looking {
    ab__open_ground *out;
    unsigned char *cell;    /* [CELLS * CELLS] */
    int32_t *reached_below; /* [CORNERS * CORNERS] */
    int32_t *stack;
    double *crossing;       /* room for one a vertex */
} looking;

static double middle_m(int32_t i)
{
    return (i + 0.5) * CELL_M - AB_OPEN_REACH_M;
}

/* The cell, or -1 or CELLS outside. */
static int32_t cell_at(double m)
{
    double i = floor((m + AB_OPEN_REACH_M) / CELL_M);
    return (int32_t)fmin(fmax(i, -1), CELLS);
}

/* ---- What is shut, and what is reached ---- */

static int rising(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

/* Where the polygon's rings cross the line through the middles of a row. */
static int32_t crossings(const ab__ground *g, double north_m, double *east_m)
{
    int32_t count = 0;
    for (int32_t r = 0; r < g->rings; r++)
        for (int32_t i = g->start[r]; i + 1 < g->start[r + 1]; i++) {
            const double *a = &g->east_north_m[2 * i], *b = a + 2;
            if ((a[1] > north_m) != (b[1] > north_m))
                east_m[count++] = a[0] + (b[0] - a[0]) * (north_m - a[1]) / (b[1] - a[1]);
        }
    qsort(east_m, (size_t)count, sizeof *east_m, rising);
    return count;
}

static void shut_cells(looking *l, const ab__ground *g, unsigned char flags)
{
    for (int32_t row = 0; row < CELLS; row++) {
        double north_m = middle_m(row);
        int32_t count = north_m < g->south_m || north_m > g->north_m ? 0 : crossings(g, north_m, l->crossing);
        for (int32_t k = 0; k + 1 < count; k += 2) {
            int32_t from = cell_at(l->crossing[k] + CELL_M / 2), until = cell_at(l->crossing[k + 1] + CELL_M / 2);
            for (int32_t col = from < 0 ? 0 : from; col < until; col++)
                l->cell[row * CELLS + col] |= flags;
        }
    }
}

static void reach_cell(looking *l, int32_t row, int32_t col, int32_t *waiting)
{
    bool within = row >= 0 && col >= 0 && row < CELLS && col < CELLS;
    if (!within || hypot(middle_m(col), middle_m(row)) > AB_OPEN_REACH_M) {
        l->out->beyond = true;
        return;
    }
    if (l->cell[row * CELLS + col] & (HELD | REACHED))
        return;
    l->cell[row * CELLS + col] |= REACHED;
    l->stack[(*waiting)++] = row * CELLS + col;
}

/* From the four cells that meet at the place to all that touch one another and are not held. */
static void reach_cells(looking *l)
{
    int32_t waiting = 0;
    for (int32_t k = 0; k < 4; k++)
        reach_cell(l, CELLS / 2 - k / 2, CELLS / 2 - k % 2, &waiting);
    l->out->reached = waiting > 0;
    while (waiting > 0) {
        int32_t at = l->stack[--waiting];
        for (int32_t k = 0; k < 9; k++)
            reach_cell(l, at / CELLS + k / 3 - 1, at % CELLS + k % 3 - 1, &waiting);
    }
}

static void sum_up(looking *l)
{
    ab__open_ground *o = l->out;
    o->west_m = o->south_m = INFINITY;
    o->east_m = o->north_m = -INFINITY;
    for (int32_t i = 0; i < CELLS * CELLS; i++) {
        int32_t row = i / CELLS, col = i % CELLS, *sum = &l->reached_below[(row + 1) * CORNERS + col + 1];
        *sum = sum[-1] + sum[-CORNERS] - sum[-CORNERS - 1] + ((l->cell[i] & REACHED) != 0);
        if ((l->cell[i] & (REACHED | SHUT)) != REACHED)
            continue;
        o->open_cells++;
        o->west_m = fmin(o->west_m, middle_m(col));
        o->east_m = fmax(o->east_m, middle_m(col));
        o->south_m = fmin(o->south_m, middle_m(row));
        o->north_m = fmax(o->north_m, middle_m(row));
    }
}

/* ---- The widest circle ---- */

/* Metres to the nearest ground that is drawn as excluded; less than 0: so deep in it. */
static double free_at(const ab__open_ground *o, double e, double n)
{
    double free_m = AB_OPEN_REACH_M, deep_m = 0;
    for (int32_t x = 0; x < o->exclusion_count; x++) {
        double edge_m = ab__ground_edge_m(&o->exclusion[x], e, n);
        if (ab__ground_holds(&o->exclusion[x], e, n))
            deep_m = fmax(deep_m, edge_m);
        else
            free_m = fmin(free_m, edge_m);
    }
    return deep_m > 0 ? -deep_m : free_m;
}

static bool any_reached(const ab__open_ground *o, double e, double n, double half_m)
{
    int32_t west = cell_at(e - half_m), east = cell_at(e + half_m), south = cell_at(n - half_m), north = cell_at(n + half_m);
    west = west < 0 ? 0 : west;
    south = south < 0 ? 0 : south;
    east = east < CELLS ? east + 1 : CELLS;
    north = north < CELLS ? north + 1 : CELLS;
    const int32_t *sum = o->reached_below;
    return east > west && north > south && sum[north * CORNERS + east] - sum[north * CORNERS + west] - sum[south * CORNERS + east] + sum[south * CORNERS + west] > 0;
}

/* In a square whose middle is (e, n): a distance changes by no more than the way, so that most squares need no closer look. The same search
 * finds the poles of inaccessibility of polygons in Mapbox's polylabel (2016). */
static void widen(ab__open_ground *o, double e, double n, double half_m)
{
    if (!any_reached(o, e, n, half_m))
        return;
    double free_m = free_at(o, e, n);
    if (free_m > o->circle_m && any_reached(o, e, n, 0))
        o->circle_m = free_m;
    if (half_m < FINEST_M / 2 || fmin(free_m + sqrt(2) * half_m, AB_OPEN_REACH_M) <= o->circle_m + FINEST_M)
        return;
    for (int32_t k = 0; k < 4; k++)
        widen(o, e + (k % 2 ? half_m : -half_m) / 2, n + (k / 2 ? half_m : -half_m) / 2, half_m / 2);
}

/* ---- All of it ---- */

static int32_t most_vertices(const ab_operation *op)
{
    int32_t most = 0;
    for (int32_t i = 0; i < op->exclusions.count; i++) {
        const ab_shape *shape = &op->exclusions.at[i].shape;
        int32_t vertices = shape->part_start[shape->part_count];
        most = vertices > most ? vertices : most;
    }
    return most;
}

bool ab__open_ground_of(const ab_operation *op, const ab_place *place, ab_arena *arena, ab__open_ground *out)
{
    int32_t count = op->exclusions.count;
    ab__plane plane = ab__plane_at(place->lon_deg, place->lat_deg);
    ab__ground *ground = AB_NEW(arena, ab__ground, count);
    looking l = {.out = out, .cell = AB_NEW(arena, unsigned char, CELLS * CELLS), .reached_below = AB_NEW(arena, int32_t, CORNERS * CORNERS),
                 .stack = AB_NEW(arena, int32_t, CELLS * CELLS), .crossing = AB_NEW(arena, double, most_vertices(op))};
    bool room = ground && l.cell && l.reached_below && l.stack && l.crossing;
    for (int32_t i = 0; room && i < count; i++)
        room = ab__ground_of(&plane, &op->exclusions.at[i].shape, arena, &ground[i]);
    if (!room)
        return false;
    *out = (ab__open_ground){.exclusion_count = count, .exclusion = ground, .cell = l.cell, .reached_below = l.reached_below};
    for (int32_t i = 0; i < count; i++)
        shut_cells(&l, &ground[i], op->exclusions.at[i].kind == AB_EXCLUSION_HELD ? SHUT | HELD : SHUT);
    reach_cells(&l);
    sum_up(&l);
    widen(out, 0, 0, AB_OPEN_REACH_M);
    return true;
}

/* ---- How many of a cloud fall into it ---- */

static double share_at(const ab__open_ground *o, const float *east_m, const float *north_m, int32_t count, double e, double n)
{
    int32_t in = 0;
    for (int32_t i = 0; i < count; i++) {
        int32_t col = cell_at(e + (double)east_m[i]), row = cell_at(n + (double)north_m[i]);
        bool within = row >= 0 && col >= 0 && row < CELLS && col < CELLS;
        in += within && (o->cell[row * CELLS + col] & (REACHED | SHUT)) == REACHED;
    }
    return count > 0 ? (double)in / count : 0;
}

double ab__open_ground_share(const ab__open_ground *o, const float *east_m, const float *north_m, int32_t count, double step_m)
{
    double best = 0, best_e = 0, best_n = 0;
    if (o->open_cells == 0)
        return 0;
    for (double e = o->west_m - 2 * step_m; e <= o->east_m + 2 * step_m; e += step_m)
        for (double n = o->south_m - 2 * step_m; n <= o->north_m + 2 * step_m; n += step_m) {
            double share = share_at(o, east_m, north_m, count, e, n);
            if (share > best) {
                best = share;
                best_e = e;
                best_n = n;
            }
        }
    for (step_m /= 2; step_m >= FINEST_M;) {
        double e = best_e, n = best_n, before = best;
        for (int32_t k = 0; k < 9; k++) {
            double at_e = e + step_m * (k % 3 - 1), at_n = n + step_m * (k / 3 - 1), share = share_at(o, east_m, north_m, count, at_e, at_n);
            if (share > best) {
                best = share;
                best_e = at_e;
                best_n = at_n;
            }
        }
        step_m = best > before ? step_m : step_m / 2;
    }
    return best;
}
