#include "drop/region.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { CELLS = 160, BORDER = 8, KERNEL = 5 };
static const double LEAST_CELL_M = 2, SMOOTHED_CELLS = 1.5;

/* A cell's smoothed and its counted share of the landings. */
typedef struct cell {
    float smoothed, counted;
} cell;

/* Smoothed shares at the middles of cells; a border of zeros closes every contour. */
typedef struct histogram {
    double west_m, south_m, cell_m;
    int32_t rows, cols;
    float *at, *room;
    cell *falling; /* cells, the densest first */
} histogram;

static bool histogram_new(const float *e, const float *n, int64_t count, ab_arena *work, histogram *h)
{
    double west = INFINITY, east = -INFINITY, south = INFINITY, north = -INFINITY;
    for (int64_t i = 0; i < count; i++) {
        west = fmin(west, (double)e[i]);
        east = fmax(east, (double)e[i]);
        south = fmin(south, (double)n[i]);
        north = fmax(north, (double)n[i]);
    }
    h->cell_m = fmax(LEAST_CELL_M, fmax(east - west, north - south) / CELLS);
    h->west_m = west - BORDER * h->cell_m;
    h->south_m = south - BORDER * h->cell_m;
    h->cols = (int32_t)((east - west) / h->cell_m) + 2 * BORDER + 1;
    h->rows = (int32_t)((north - south) / h->cell_m) + 2 * BORDER + 1;
    size_t cells = (size_t)h->rows * (size_t)h->cols;
    h->at = AB_NEW(work, float, cells);
    h->room = AB_NEW(work, float, cells);
    h->falling = AB_NEW(work, cell, cells);
    return h->at && h->room && h->falling;
}

/* One pass of a Gaussian along rows (step 1) or columns (step cols). */
static void smooth(const histogram *h, const float *from, float *into, int32_t step)
{
    float kernel[KERNEL + 1], sum = 0;
    int32_t cells = h->rows * h->cols;
    for (int32_t k = 0; k <= KERNEL; k++) {
        kernel[k] = (float)exp(-0.5 * k * k / (SMOOTHED_CELLS * SMOOTHED_CELLS));
        sum += k > 0 ? 2 * kernel[k] : kernel[k];
    }
    for (int32_t i = 0; i < cells; i++) {
        float value = kernel[0] * from[i];
        for (int32_t k = 1; k <= KERNEL; k++) {
            value += kernel[k] * (i >= k * step ? from[i - k * step] : 0);
            value += kernel[k] * (i + k * step < cells ? from[i + k * step] : 0);
        }
        into[i] = value / sum;
    }
}

static int falling(const void *left, const void *right)
{
    const cell *a = left, *b = right;
    int order = (a->smoothed < b->smoothed) - (a->smoothed > b->smoothed);
    return order ? order : (a->counted < b->counted) - (a->counted > b->counted);
}

static void fill(histogram *h, const float *e, const float *n, int64_t count)
{
    size_t cells = (size_t)h->rows * (size_t)h->cols;
    for (int64_t i = 0; i < count; i++) {
        int32_t col = (int32_t)(((double)e[i] - h->west_m) / h->cell_m), row = (int32_t)(((double)n[i] - h->south_m) / h->cell_m);
        h->at[(size_t)row * (size_t)h->cols + (size_t)col] += 1 / (float)count;
    }
    for (size_t i = 0; i < cells; i++)
        h->falling[i].counted = h->at[i];
    smooth(h, h->at, h->room, 1);
    smooth(h, h->room, h->at, h->cols);
    for (size_t i = 0; i < cells; i++)
        h->falling[i].smoothed = h->at[i];
    qsort(h->falling, cells, sizeof *h->falling, falling);
}

/* The height of the contour in which a share of the landings lies: of those counted, as smoothing moves some out. */
static float level_of(const histogram *h, double share)
{
    double sum = 0;
    int32_t cells = h->rows * h->cols, i = 0;
    for (; i + 1 < cells && sum < share; i++)
        sum += (double)h->falling[i].counted;
    float below = h->falling[i].smoothed, above = h->falling[i > 0 ? i - 1 : 0].smoothed;
    return fmaxf((below + above) / 2, FLT_MIN);
}

/* ---- Contours. Edges between neighbouring points are numbered: 2 p to the east of point p, 2 p + 1 to its north. ---- */

/* Walks each square counter-clockwise; a contour begins where one goes out of the region, and ends where one comes in. next[edge]: the edge that follows; -1: no
 * contour begins there. */
static void link_square(const histogram *h, float level, int32_t p, int32_t *next)
{
    int32_t corner[4] = {p, p + 1, p + 1 + h->cols, p + h->cols};
    int32_t edge[4] = {2 * p, 2 * (p + 1) + 1, 2 * (p + h->cols), 2 * p + 1};
    int32_t in[4], crossed = 0;
    float mean = 0;
    for (int32_t k = 0; k < 4; k++) {
        in[k] = h->at[corner[k]] >= level;
        mean += h->at[corner[k]] / 4;
    }
    for (int32_t k = 0; k < 4; k++)
        crossed += in[k] != in[(k + 1) % 4];
    for (int32_t k = 0; k < 4; k++) {
        if (!in[k] || in[(k + 1) % 4])
            continue;
        /* Of four crossings, a region that is one in the middle goes on to the next, two that are apart go back. */
        int32_t step = crossed == 4 && mean < level ? 3 : 1, to = k;
        do
            to = (to + step) % 4;
        while (in[to] || !in[(to + 1) % 4]);
        next[edge[k]] = edge[to];
    }
}

/* Where the contour crosses an edge, metres. */
static void crossing(const histogram *h, float level, int32_t edge, double *e, double *n)
{
    int32_t p = edge / 2, q = edge % 2 ? p + h->cols : p + 1;
    double a = (double)h->at[p], b = (double)h->at[q], frac = ((double)level - a) / (b - a);
    *e = h->west_m + (p % h->cols + 0.5 + (edge % 2 ? 0 : frac)) * h->cell_m;
    *n = h->south_m + (p / h->cols + 0.5 + (edge % 2 ? frac : 0)) * h->cell_m;
}

typedef struct rings {
    int32_t count, vertices;
    int32_t *points;
    double *lon_lat_deg;
    double area_m2;
} rings;

/* Follows one ring from an edge on and takes its links away. */
static void follow(const ab__plane *plane, const histogram *h, float level, int32_t edge, int32_t *next, rings *out)
{
    double first_e, first_n, e, n;
    int32_t from = out->vertices;
    crossing(h, level, edge, &first_e, &first_n);
    e = first_e;
    n = first_n;
    for (bool open = true; open;) {
        ab__plane_from(plane, e, n, &out->lon_lat_deg[2 * out->vertices], &out->lon_lat_deg[2 * out->vertices + 1]);
        out->vertices++;
        int32_t to = next[edge];
        next[edge] = -1;
        open = to >= 0 && next[to] >= 0;
        double e2 = first_e, n2 = first_n;
        if (open)
            crossing(h, level, to, &e2, &n2);
        out->area_m2 += (e * n2 - e2 * n) / 2;
        e = e2;
        n = n2;
        edge = to;
    }
    out->lon_lat_deg[2 * out->vertices] = out->lon_lat_deg[2 * from];
    out->lon_lat_deg[2 * out->vertices + 1] = out->lon_lat_deg[2 * from + 1];
    out->vertices++;
    out->points[out->count++] = out->vertices - from;
}

static bool contour(const ab__plane *plane, const histogram *h, float level, int32_t *next, ab_arena *keep, ab_region *out)
{
    int32_t edges = 2 * h->rows * h->cols, crossed = 0;
    for (int32_t i = 0; i < edges; i++)
        next[i] = -1;
    for (int32_t r = 0; r + 1 < h->rows; r++)
        for (int32_t c = 0; c + 1 < h->cols; c++)
            link_square(h, level, r * h->cols + c, next);
    for (int32_t i = 0; i < edges; i++)
        crossed += next[i] >= 0;
    /* A ring has four edges or more, and a vertex more than edges. */
    rings found = {.points = AB_NEW(keep, int32_t, crossed / 4 + 1), .lon_lat_deg = AB_NEW(keep, double, 2 * (crossed + crossed / 4 + 1))};
    if (!found.points || !found.lon_lat_deg)
        return false;
    for (int32_t i = 0; i < edges; i++)
        if (next[i] >= 0)
            follow(plane, h, level, i, next, &found);
    out->ring_count = found.count;
    out->ring_points = found.points;
    out->lon_lat_deg = found.lon_lat_deg;
    out->area_m2 = found.area_m2;
    return true;
}

bool ab__regions_of(const ab__plane *plane, const float *east_m, const float *north_m, int64_t count, const double *holds_prob,
                    int32_t regions, ab_arena *keep, ab_arena *work, ab_region *out)
{
    histogram h;
    if (!histogram_new(east_m, north_m, count, work, &h))
        return false;
    size_t cells = (size_t)h.rows * (size_t)h.cols;
    int32_t *next = AB_NEW(work, int32_t, 2 * cells);
    if (!next)
        return false;
    fill(&h, east_m, north_m, count);
    for (int32_t k = 0; k < regions; k++) {
        out[k].holds_prob = holds_prob[k];
        if (!contour(plane, &h, level_of(&h, holds_prob[k]), next, keep, &out[k]))
            return false;
    }
    return true;
}
