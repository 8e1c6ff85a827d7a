/* Rings of a contour to polygons with holes. */
#include <string.h>

#include "flow/drops.h"
#include "geo/wkt.h"

typedef struct ring {
    const double *points;
    int32_t count;
    int32_t depth;  /* rings around it */
    int32_t within; /* the nearest of them; -1: none */
} ring;

/* Contours do not cross, so one point tells of the whole ring. */
static bool lies_in(const ring *inner, const ring *outer)
{
    return ab__ring_encloses(outer->points, outer->count, inner->points[0], inner->points[1]);
}

static void nest(ring *rings, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        for (int32_t o = 0; o < count; o++)
            rings[i].depth += o != i && lies_in(&rings[i], &rings[o]);
    for (int32_t i = 0; i < count; i++) {
        rings[i].within = -1;
        for (int32_t o = 0; o < count; o++)
            if (o != i && rings[o].depth == rings[i].depth - 1 && lies_in(&rings[i], &rings[o]))
                rings[i].within = o;
    }
}

static bool is_part(const ring *rings, int32_t r, int32_t outer)
{
    return r == outer || (rings[r].within == outer && rings[r].depth == rings[outer].depth + 1);
}

/* Ring `outer` and its holes. */
static ab_shape polygon(ab_arena *arena, const ring *rings, int32_t count, int32_t outer)
{
    const ab_shape none = {AB_SHAPE_NONE, 0, NULL, NULL};
    int32_t parts = 0, points = 0, at = 0;

    for (int32_t r = 0; r < count; r++)
        if (is_part(rings, r, outer)) {
            parts++;
            points += rings[r].count;
        }
    int32_t *start = AB_NEW(arena, int32_t, parts + 1);
    double *to = AB_NEW(arena, double, 2 * (int64_t)points);
    if (!start || !to)
        return none;
    parts = 0;
    for (int32_t pass = 0; pass < 2; pass++) /* the outer ring first */
        for (int32_t r = 0; r < count; r++) {
            if ((pass == 0) != (r == outer) || !is_part(rings, r, outer))
                continue;
            memcpy(to + 2 * (size_t)at, rings[r].points, 2 * (size_t)rings[r].count * sizeof *to);
            at += rings[r].count;
            start[++parts] = at;
        }
    return (ab_shape){AB_SHAPE_POLYGON, parts, start, to};
}

const ab_shape *ab__region_shapes(ab_arena *arena, const ab_region *region, int32_t *count)
{
    ring *rings = AB_NEW(arena, ring, region->ring_count);
    ab_shape *shapes = AB_NEW(arena, ab_shape, region->ring_count);
    const double *points = region->lon_lat_deg;

    *count = 0;
    if (!rings || !shapes)
        return NULL;
    for (int32_t r = 0; r < region->ring_count; r++) {
        rings[r] = (ring){.points = points, .count = region->ring_points[r]};
        points += 2 * (size_t)rings[r].count;
    }
    nest(rings, region->ring_count);
    for (int32_t r = 0; r < region->ring_count; r++) {
        if (rings[r].depth % 2)
            continue;
        shapes[*count] = polygon(arena, rings, region->ring_count, r);
        if (shapes[*count].kind == AB_SHAPE_NONE)
            return NULL;
        (*count)++;
    }
    return shapes;
}
