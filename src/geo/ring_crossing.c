#include "geo/ring_crossing.h"

#include <stdlib.h>

#include "geo/orient.h"
#include "geo/wkt.h"

static bool between(double value, double a, double b)
{
    return (a <= value && value <= b) || (b <= value && value <= a);
}

/* Is p, which lies on the line through a and b, between them? */
static bool within(const double *a, const double *b, const double *p)
{
    return between(p[0], a[0], b[0]) && between(p[1], a[1], b[1]);
}

static bool edges_meet(const double *a, const double *b, const double *c, const double *d)
{
    int abc = ab__orient(a, b, c), abd = ab__orient(a, b, d);
    int cda = ab__orient(c, d, a), cdb = ab__orient(c, d, b);
    if (abc * abd < 0 && cda * cdb < 0)
        return true;
    return (abc == 0 && within(a, b, c)) || (abd == 0 && within(a, b, d)) ||
           (cda == 0 && within(c, d, a)) || (cdb == 0 && within(c, d, b));
}

/* Does the way a, b, c turn back upon itself? */
static bool folds_back(const double *a, const double *b, const double *c)
{
    return ab__orient(a, b, c) == 0 && (within(a, b, c) || within(b, c, a));
}

static bool flawed(const double *ring, int32_t edge_count, int32_t i, int32_t j)
{
    const double *a = ring + 2 * (size_t)i, *c = ring + 2 * (size_t)j;
    if (j == i + 1)
        return folds_back(a, a + 2, c + 2);
    if (i == 0 && j == edge_count - 1)
        return folds_back(c, a, a + 2);
    return edges_meet(a, a + 2, c, c + 2);
}

static int by_west(const void *left, const void *right)
{
    const ab_ring_edge *a = left, *b = right;
    if (a->west_deg != b->west_deg)
        return a->west_deg < b->west_deg ? -1 : 1;
    return (a->number > b->number) - (a->number < b->number);
}

bool ab__ring_crossing(const double *lon_lat_deg, int32_t count, ab_ring_edge *room,
                       int64_t *budget, int32_t edges[2])
{
    int32_t edge_count = count - 1;
    for (int32_t i = 0; i < edge_count; i++) {
        double from = lon_lat_deg[2 * (size_t)i], to = lon_lat_deg[2 * (size_t)i + 2];
        room[i] = (ab_ring_edge){from < to ? from : to, from < to ? to : from, i};
    }
    qsort(room, (size_t)edge_count, sizeof *room, by_west);
    for (int32_t i = 0; i < edge_count; i++)
        for (int32_t j = i + 1; j < edge_count && room[j].west_deg <= room[i].east_deg; j++) {
            int32_t low = room[i].number, high = room[j].number;
            if (--*budget < 0)
                return false;
            edges[0] = low < high ? low : high;
            edges[1] = low < high ? high : low;
            if (flawed(lon_lat_deg, edge_count, edges[0], edges[1]))
                return true;
        }
    return false;
}

/* Is a vertex of `a`, or the mean of them if it lies in `a`, inside `b` and not on its edge? */
static bool reaches_into(const double *a_deg, int32_t count_a, const double *b_deg, int32_t count_b)
{
    double mean[2] = {0, 0};
    for (int32_t i = 0; i < count_a - 1; i++) {
        const double *v = a_deg + 2 * (size_t)i;
        if (ab__ring_encloses(b_deg, count_b, v[0], v[1]))
            return true;
        mean[0] += v[0] / (count_a - 1);
        mean[1] += v[1] / (count_a - 1);
    }
    return ab__ring_encloses(a_deg, count_a, mean[0], mean[1]) &&
           ab__ring_encloses(b_deg, count_b, mean[0], mean[1]);
}

static bool edges_cross(const double *a, const double *b, const double *c, const double *d)
{
    return ab__orient(a, b, c) * ab__orient(a, b, d) < 0 &&
           ab__orient(c, d, a) * ab__orient(c, d, b) < 0;
}

bool ab__rings_overlap(const double *a_deg, int32_t count_a, const double *b_deg, int32_t count_b,
                       int64_t *budget)
{
    *budget -= (int64_t)count_a * count_b;
    if (*budget < 0)
        return false;
    for (int32_t i = 0; i < count_a - 1; i++)
        for (int32_t j = 0; j < count_b - 1; j++) {
            const double *a = a_deg + 2 * (size_t)i, *b = b_deg + 2 * (size_t)j;
            if (edges_cross(a, a + 2, b, b + 2))
                return true;
        }
    return reaches_into(a_deg, count_a, b_deg, count_b) ||
           reaches_into(b_deg, count_b, a_deg, count_a);
}
