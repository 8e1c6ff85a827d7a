#include "num/scores.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/random.h"

double ab__scores_energy(const double *x, const double *y, int32_t n, double at_x, double at_y)
{
    assert(n >= 1);
    double off = 0, within = 0;
    for (int32_t i = 0; i < n; i++) {
        off += hypot(x[i] - at_x, y[i] - at_y);
        for (int32_t k = 0; k < i; k++)
            within += hypot(x[i] - x[k], y[i] - y[k]);
    }
    return off / n - (n > 1 ? within / ((double)n * (n - 1)) : 0);
}

double ab__scores_pit(const double *sample, int32_t n, double at, double tie)
{
    int32_t below = 0, same = 0;
    for (int32_t i = 0; i < n; i++) {
        below += sample[i] < at;
        same += sample[i] == at;
    }
    return (below + tie * (same + 1)) / (n + 1);
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Mean and the sums of squares of a cloud. */
typedef struct spread {
    double x, y, xx, yy, xy;
} spread;

static spread spread_of(const double *x, const double *y, int32_t n)
{
    spread s = {0};
    for (int32_t i = 0; i < n; i++) {
        s.x += x[i] / n;
        s.y += y[i] / n;
    }
    for (int32_t i = 0; i < n; i++) {
        double dx = x[i] - s.x, dy = y[i] - s.y;
        s.xx += dx * dx / (n - 1);
        s.yy += dy * dy / (n - 1);
        s.xy += dx * dy / (n - 1);
    }
    return s;
}

static double mahalanobis(const spread *s, double det, double x, double y)
{
    double dx = x - s->x, dy = y - s->y;
    return sqrt((s->yy * dx * dx - 2 * s->xy * dx * dy + s->xx * dy * dy) / det);
}

bool ab__scores_ellipse(const double *x, const double *y, int32_t n, double prob, double at_x, double at_y, double tie,
                        double *room, ab_ellipse *out)
{
    if (n < 8)
        return false;
    spread s = spread_of(x, y, n);
    double det = s.xx * s.yy - s.xy * s.xy;
    if (!(det > 1e-12 * s.xx * s.yy))
        return false;
    for (int32_t i = 0; i < n; i++)
        room[i] = mahalanobis(&s, det, x[i], y[i]);
    qsort(room, (size_t)n, sizeof *room, rising);
    int32_t edge = (int32_t)ceil(prob * (n + 1)) - 1;
    double radius = room[edge < 0 ? 0 : edge >= n ? n - 1 : edge];
    out->mean_x = s.x;
    out->mean_y = s.y;
    out->area = 3.14159265358979323846 * radius * radius * sqrt(det);
    out->radius_pit = ab__scores_pit(room, n, mahalanobis(&s, det, at_x, at_y), tie);
    return true;
}

double ab__scores_from_uniform(double *value, int32_t n)
{
    qsort(value, (size_t)n, sizeof *value, rising);
    double far = 0;
    for (int32_t i = 0; i < n; i++) {
        far = fmax(far, value[i] - (double)i / n);
        far = fmax(far, (double)(i + 1) / n - value[i]);
    }
    return far;
}

/* As many groups as there are, each drawn from all. */
static void draw_groups(double *times, int32_t groups, uint64_t seed, int32_t draw)
{
    for (int32_t g = 0; g < groups; g++)
        times[g] = 0;
    for (int32_t g = 0; g < groups; g++)
        times[(int32_t)(groups * ab__random_uniform(seed, (uint64_t)draw, (uint64_t)g))] += 1;
}

bool ab__scores_bootstrap(const int32_t *group, int32_t items, int32_t groups, int32_t draws, uint64_t seed,
                          ab_weighted statistic, const void *context, double *lo, double *hi)
{
    bool fine = false;
    ab_arena *arena = items > 0 && groups > 0 && draws > 0 ? ab__arena_new() : NULL;
    double *times = arena ? AB_NEW(arena, double, groups) : NULL;
    double *weight = arena ? AB_NEW(arena, double, items) : NULL;
    double *found = arena ? AB_NEW(arena, double, draws) : NULL;
    if (!times || !weight || !found)
        goto done;
    int32_t count = 0;
    for (int32_t d = 0; d < draws; d++) {
        draw_groups(times, groups, seed, d);
        for (int32_t i = 0; i < items; i++)
            weight[i] = times[group[i]];
        double value = statistic(context, weight);
        if (!isnan(value))
            found[count++] = value;
    }
    if (count == 0)
        goto done;
    qsort(found, (size_t)count, sizeof *found, rising);
    *lo = found[(int32_t)(0.05 * (count - 1) + 0.5)];
    *hi = found[(int32_t)(0.95 * (count - 1) + 0.5)];
    fine = true;
done:
    ab__arena_free(arena);
    return fine;
}
