/* Nearly solving. Where simplex takes too long, prices and quantities pull at each other until they hardly move
 * (primal-dual hybrid gradient; Chambolle and Pock 2011, for programmes Applegate et al., NeurIPS 2021), each
 * step reflected and drawn a little back to where the round began, with a new round when the distance has
 * shrunk (Halpern's anchor; Lu and Yang, arXiv 2407.16144). Its steps cost two passes over the matrix and no
 * factors. The value it ends with is proved by its prices alone (lp_bound.c). */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "num/lp_parts.h"

enum {
    STEPS_MOST = 60000,
    STEPS_A_LOOK = 250, /* a look costs as much as a few steps */
    NORM_STEPS = 40,
    EQUILIBRATIONS = 10,
    FIRST_STEPS = 64 /* a round is no shorter while there are fewer than these */
};

/* A round ends when its step is so much shorter than its first, or so much and no longer shrinking; or when it has
 * taken this share of all steps. */
static const double SHRUNK = 0.2, SHRUNK_ENOUGH = 0.8, SHARE = 0.36;
/* The balance of quantities and prices changes by no more than this a round, and in all. */
static const double BALANCE_STEP = 3, BALANCE_MOST = 30;
/* Rows may be broken by this share of the length of their right sides. */
static const double BROKEN_FRAC = 2e-5;

typedef struct near {
    ab_arena *arena;
    const ab_lp_part *p;
    int32_t cols, rows;
    double *value;                                     /* of p->start and p->index, scaled */
    int *row_start, *row_index;                        /* the same by rows */
    double *row_value;
    double *col_scale, *row_scale;                     /* a scaled unit of x, of y */
    double *cost, *lo, *hi, *row_lo, *row_hi;          /* scaled */
    double *x, *y, *first_x, *first_y, *next_x, *next_y;
    double *beyond_x;                                  /* 2 next_x - x; row and column sums before there is any */
    double *reach;                                     /* of columns, unscaled; see ab__lp_part_reach */
    double step, balance, first_balance;
} near;

/* ---- Room ---------------------------------------------------------------------------------------------------- */

static bool near_new(near *n, const ab_lp_part *p)
{
    size_t entries = (size_t)p->start[p->cols];
    *n = (near){.p = p, .cols = p->cols, .rows = p->rows, .arena = ab__arena_new()};
    double **const of_cols[] = {&n->col_scale, &n->cost, &n->lo, &n->hi, &n->x, &n->first_x, &n->next_x, &n->beyond_x,
                                &n->reach};
    double **const of_rows[] = {&n->row_scale, &n->row_lo, &n->row_hi, &n->y, &n->first_y, &n->next_y};
    bool room = n->arena;
    for (size_t i = 0; i < sizeof of_cols / sizeof *of_cols && room; i++)
        room = (*of_cols[i] = AB_NEW(n->arena, double, p->cols));
    for (size_t i = 0; i < sizeof of_rows / sizeof *of_rows && room; i++)
        room = (*of_rows[i] = AB_NEW(n->arena, double, p->rows));
    return room && (n->value = AB_NEW(n->arena, double, entries)) && (n->row_value = AB_NEW(n->arena, double, entries)) &&
           (n->row_index = AB_NEW(n->arena, int, entries)) && (n->row_start = AB_NEW(n->arena, int, p->rows + 2));
}

/* ---- Scales -------------------------------------------------------------------------------------------------- */

static void scale_values(near *n)
{
    const ab_lp_part *p = n->p;
    for (int32_t j = 0; j < n->cols; j++)
        for (int k = p->start[j]; k < p->start[j + 1]; k++)
            n->value[k] = p->value[k] * n->col_scale[j] * n->row_scale[p->index[k]];
}

/* Brings the largest entry of each row and column towards one (Ruiz 2001), or their sums (`by_sum`; Pock and
 * Chambolle 2011). */
static void equilibrate(near *n, bool by_sum)
{
    const ab_lp_part *p = n->p;
    double *of_col = n->beyond_x, *of_row = n->next_y;
    memset(of_col, 0, (size_t)n->cols * sizeof *of_col);
    memset(of_row, 0, (size_t)n->rows * sizeof *of_row);
    for (int32_t j = 0; j < n->cols; j++)
        for (int k = p->start[j]; k < p->start[j + 1]; k++) {
            double size = fabs(n->value[k]);
            int i = p->index[k];
            of_col[j] = by_sum ? of_col[j] + size : fmax(of_col[j], size);
            of_row[i] = by_sum ? of_row[i] + size : fmax(of_row[i], size);
        }
    for (int32_t j = 0; j < n->cols; j++)
        n->col_scale[j] /= of_col[j] > 0 ? sqrt(of_col[j]) : 1;
    for (int32_t i = 0; i < n->rows; i++)
        n->row_scale[i] /= of_row[i] > 0 ? sqrt(of_row[i]) : 1;
    scale_values(n);
}

static double bound_in(double bound, double scale)
{
    return fabs(bound) >= AB_LP_INFINITY ? copysign(INFINITY, bound) : bound * scale;
}

static void turn_to_rows(near *n)
{
    const ab_lp_part *p = n->p;
    for (int k = 0; k < p->start[n->cols]; k++)
        n->row_start[p->index[k] + 2]++;
    for (int32_t i = 0; i < n->rows; i++)
        n->row_start[i + 2] += n->row_start[i + 1];
    for (int32_t j = 0; j < n->cols; j++)
        for (int k = p->start[j]; k < p->start[j + 1]; k++) {
            int at = n->row_start[p->index[k] + 1]++;
            n->row_index[at] = j;
            n->row_value[at] = n->value[k];
        }
}

static void scale(near *n)
{
    const ab_lp_part *p = n->p;
    for (int32_t j = 0; j < n->cols; j++)
        n->col_scale[j] = 1;
    for (int32_t i = 0; i < n->rows; i++)
        n->row_scale[i] = 1;
    scale_values(n);
    for (int k = 0; k < EQUILIBRATIONS; k++)
        equilibrate(n, false);
    equilibrate(n, true);
    for (int32_t j = 0; j < n->cols; j++) {
        n->cost[j] = p->cost[j] * n->col_scale[j];
        n->lo[j] = bound_in(p->lo[j], 1 / n->col_scale[j]);
        n->hi[j] = bound_in(p->hi[j], 1 / n->col_scale[j]);
    }
    for (int32_t i = 0; i < n->rows; i++) {
        n->row_lo[i] = bound_in(p->row_lo[i], n->row_scale[i]);
        n->row_hi[i] = bound_in(p->row_hi[i], n->row_scale[i]);
    }
    turn_to_rows(n);
}

/* ---- Steps --------------------------------------------------------------------------------------------------- */

static double in_row(const near *n, int32_t i, const double *x)
{
    double sum = 0;
    for (int k = n->row_start[i]; k < n->row_start[i + 1]; k++)
        sum += n->row_value[k] * x[n->row_index[k]];
    return sum;
}

static double in_col(const near *n, int32_t j, const double *y)
{
    double sum = 0;
    for (int k = n->p->start[j]; k < n->p->start[j + 1]; k++)
        sum += n->value[k] * y[n->p->index[k]];
    return sum;
}

static double length(const double *v, int32_t count)
{
    double square = 0;
    for (int32_t i = 0; i < count; i++)
        square += v[i] * v[i];
    return sqrt(square);
}

static double distance(const double *a, const double *b, int32_t count)
{
    double square = 0;
    for (int32_t i = 0; i < count; i++)
        square += (a[i] - b[i]) * (a[i] - b[i]);
    return sqrt(square);
}

/* The matrix's largest singular value, by power iteration from a vector that is like no other. */
static double norm_of_matrix(near *n)
{
    double *x = n->beyond_x, *y = n->next_y, size = 1;
    for (int32_t j = 0; j < n->cols; j++)
        x[j] = 1 + 0.3 * sin(1.7 * j);
    for (int s = 0; s < NORM_STEPS; s++) {
        for (int32_t i = 0; i < n->rows; i++)
            y[i] = in_row(n, i, x);
        for (int32_t j = 0; j < n->cols; j++)
            x[j] = in_col(n, j, y);
        size = length(x, n->cols);
        for (int32_t j = 0; j < n->cols && size > 0; j++)
            x[j] /= size;
    }
    return sqrt(size);
}

static double within(double v, double lo, double hi)
{
    return v < lo ? lo : v > hi ? hi : v;
}

/* Quantities follow prices, and prices where quantities are going. Returns the length of the step. */
static double take_step(near *n)
{
    double by_x = n->step / n->balance, by_y = n->step * n->balance;
    for (int32_t j = 0; j < n->cols; j++) {
        n->next_x[j] = within(n->x[j] - by_x * (n->cost[j] - in_col(n, j, n->y)), n->lo[j], n->hi[j]);
        n->beyond_x[j] = 2 * n->next_x[j] - n->x[j];
    }
    for (int32_t i = 0; i < n->rows; i++) {
        double over = in_row(n, i, n->beyond_x) - n->y[i] / by_y;
        n->next_y[i] = by_y * (within(over, n->row_lo[i], n->row_hi[i]) - over);
    }
    double x = distance(n->next_x, n->x, n->cols), y = distance(n->next_y, n->y, n->rows);
    return sqrt(n->balance * x * x + y * y / n->balance);
}

/* The k-th point of a round: past where the step leads, and a little back to where the round began. */
static void reflect(double *at, const double *next, const double *first, int32_t count, int32_t k)
{
    double back = 1.0 / (k + 2);
    for (int32_t i = 0; i < count; i++)
        at[i] = (1 - back) * (2 * next[i] - at[i]) + back * first[i];
}

static void begin_round(near *n)
{
    double x = distance(n->next_x, n->first_x, n->cols), y = distance(n->next_y, n->first_y, n->rows);
    if (x > 1e-10 && y > 1e-10) {
        double wanted = sqrt(y / x * n->balance);
        wanted = within(wanted, n->balance / BALANCE_STEP, n->balance * BALANCE_STEP);
        n->balance = within(wanted, n->first_balance / BALANCE_MOST, n->first_balance * BALANCE_MOST);
    }
    memcpy(n->x, n->next_x, (size_t)n->cols * sizeof *n->x);
    memcpy(n->first_x, n->next_x, (size_t)n->cols * sizeof *n->x);
    memcpy(n->y, n->next_y, (size_t)n->rows * sizeof *n->y);
    memcpy(n->first_y, n->next_y, (size_t)n->rows * sizeof *n->y);
}

static bool round_ends(double moved, double first, double last, int32_t in_round, int32_t steps)
{
    if (in_round == 0 || (steps < FIRST_STEPS && moved > SHRUNK * first))
        return false;
    return moved <= SHRUNK * first || (moved <= SHRUNK_ENOUGH * first && moved > last) || in_round >= SHARE * steps;
}

/* ---- Where it stands ----------------------------------------------------------------------------------------- */

static double row_side(const ab_lp_part *p, int32_t i)
{
    double lo = p->row_lo[i] > -AB_LP_INFINITY ? fabs(p->row_lo[i]) : 0;
    return fmax(lo, p->row_hi[i] < AB_LP_INFINITY ? fabs(p->row_hi[i]) : 0);
}

/* By how much rows are broken, as a share of the length of their right sides. */
static double broken_frac(const near *n)
{
    double broken = 0, sides = 0;
    for (int32_t i = 0; i < n->rows; i++) {
        double activity = in_row(n, i, n->next_x);
        double off = (activity - within(activity, n->row_lo[i], n->row_hi[i])) / n->row_scale[i];
        broken += off * off;
        sides += row_side(n->p, i) * row_side(n->p, i);
    }
    return sqrt(broken) / (1 + sqrt(sides));
}

static double value_of(const near *n)
{
    double value = 0;
    for (int32_t j = 0; j < n->cols; j++)
        value += n->cost[j] * n->next_x[j];
    return value;
}

static void unscale(const near *n, double *x, double *dual)
{
    for (int32_t j = 0; j < n->cols; j++)
        x[j] = n->next_x[j] * n->col_scale[j];
    for (int32_t i = 0; i < n->rows; i++)
        dual[i] = n->next_y[i] * n->row_scale[i];
}

/* ---- The whole ----------------------------------------------------------------------------------------------- */

/* From where the last solve ended, if that was a walk as this one: a corner's prices are often far off. */
static void start_at(near *n, const ab_lp *lp)
{
    const ab_lp_part *p = n->p;
    double costs = length(n->cost, n->cols), sides = 0;
    for (int32_t i = 0; i < n->rows; i++)
        sides += pow(row_side(p, i) * n->row_scale[i], 2);
    double norm = norm_of_matrix(n);
    n->step = norm > 0 ? 0.99 / norm : 1;
    n->balance = n->first_balance = costs > 0 && sides > 0 ? costs / sqrt(sides) : 1;
    for (int32_t j = 0; j < n->cols; j++)
        n->next_x[j] = within((lp->solved && lp->nearly) ? lp->x[p->col[j]] / n->col_scale[j] : 0, n->lo[j], n->hi[j]);
    for (int32_t i = 0; i < n->rows; i++)
        n->next_y[i] = (lp->solved && lp->nearly) ? lp->dual[p->row[i]] / n->row_scale[i] : 0;
    memcpy(n->first_x, n->next_x, (size_t)n->cols * sizeof *n->x);
    memcpy(n->first_y, n->next_y, (size_t)n->rows * sizeof *n->y);
    begin_round(n);
}

/* Ends within `off` of the optimum, or false: not in as many steps, or told to stop. */
static bool walk(near *n, double off, double *x, double *dual, double *bound)
{
    double first = 0, last = 0;
    int32_t in_round = 0;
    for (int32_t steps = 0; steps < STEPS_MOST; steps++) {
        double moved = take_step(n);
        first = in_round == 0 ? moved : first;
        bool look = (steps + 1) % STEPS_A_LOOK == 0;
        if (look && n->p->lp->stop && n->p->lp->stop(n->p->lp->stop_context))
            return false;
        if (look && broken_frac(n) <= BROKEN_FRAC) {
            unscale(n, x, dual);
            ab__lp_part_settle(n->p, dual);
            *bound = ab__lp_part_bound(n->p, n->reach, dual);
            if (fabs(value_of(n) - *bound) <= off)
                return true;
        }
        if (round_ends(moved, first, last, in_round, steps)) {
            begin_round(n);
            in_round = 0;
        } else {
            reflect(n->x, n->next_x, n->first_x, n->cols, in_round);
            reflect(n->y, n->next_y, n->first_y, n->rows, in_round);
            in_round++;
        }
        last = moved;
    }
    return false;
}

bool ab__lp_part_near(const ab_lp_part *p, double off, double *x, double *dual, double *bound, bool *found)
{
    near n;
    bool room = near_new(&n, p) && ab__lp_part_reach(p, n.reach);
    *found = false;
    if (room) {
        scale(&n);
        start_at(&n, p->lp);
        *found = walk(&n, off, x, dual, bound);
    }
    ab__arena_free(n.arena);
    return room;
}
