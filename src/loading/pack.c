#include "loading/pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What arithmetic may add to a sum that fits: a milligram, a millilitre. */
static const double SLACK[AB__SIZES] = {1e-6, 1e-6, 1e-6};

int64_t ab__pack_most(const ab__packing *p, int32_t bin, int32_t g)
{
    double most = 1e15;

    for (int s = 0; s < AB__SIZES; s++) {
        double size = p->goods[g].size[s];
        if (size > 0 && isfinite(p->room[s]))
            most = fmin(most, (p->room[s] + SLACK[s] - p->used[bin * AB__SIZES + s]) / size);
    }
    return most > 0 ? (int64_t)most : 0;
}

void ab__pack_put(ab__packing *p, int32_t bin, int32_t g, int64_t count)
{
    p->in[(int64_t)bin * p->kinds + g] += count;
    p->left[g] -= count;
    for (int s = 0; s < AB__SIZES; s++)
        p->used[bin * AB__SIZES + s] += (double)count * p->goods[g].size[s];
}

bool ab__pack_is_complete(const ab__packing *p)
{
    for (int32_t g = 0; g < p->kinds; g++)
        if (p->left[g] > 0)
            return false;
    return true;
}

double ab__pack_mass_kg(const ab__packing *p, int32_t bin)
{
    return p->used[bin * AB__SIZES + AB__MASS];
}

void ab__pack_first_fit(ab__packing *p)
{
    for (int32_t g = 0; g < p->kinds; g++) {
        for (int32_t bin = 0; bin < p->bins && p->left[g] > 0; bin++) {
            int64_t most = ab__pack_most(p, bin, g);
            ab__pack_put(p, bin, g, most < p->left[g] ? most : p->left[g]);
        }
    }
}

static double weight_of(const ab__goods *goods, const double room[AB__SIZES])
{
    double weight = 0;

    for (int s = 0; s < AB__SIZES; s++)
        if (isfinite(room[s]) && room[s] > 0)
            weight += goods->size[s] / room[s];
    return weight;
}

/* The heaviest first; what is not full after what is. */
static int by_size(const void *a, const void *b)
{
    const ab__goods *x = a, *y = b;

    if (x->size[AB__MASS] != y->size[AB__MASS])
        return x->size[AB__MASS] > y->size[AB__MASS] ? -1 : 1;
    int order = strcmp(x->id, y->id);
    return order ? order : (x->share < y->share) - (x->share > y->share);
}

static bool start(ab__packing *p, ab_arena *arena)
{
    p->in = AB_NEW(arena, int64_t, (int64_t)p->bins * p->kinds);
    p->used = AB_NEW(arena, double, (int64_t)p->bins *AB__SIZES);
    p->left = AB_NEW(arena, int64_t, p->kinds);
    p->weight = AB_NEW(arena, double, p->kinds);
    if (!p->in || !p->used || !p->left || !p->weight)
        return false;
    for (int32_t g = 0; g < p->kinds; g++) {
        p->left[g] = p->goods[g].count;
        p->weight[g] = weight_of(&p->goods[g], p->room);
    }
    return true;
}

bool ab__pack(ab_arena *arena, ab__goods *goods, int32_t kinds, int32_t bins,
              const double room[AB__SIZES], ab__packing *out)
{
    if (kinds > 0)
        qsort(goods, (size_t)kinds, sizeof *goods, by_size);
    *out = (ab__packing){.bins = bins, .kinds = kinds, .goods = goods};
    memcpy(out->room, room, sizeof out->room);
    if (!start(out, arena))
        return false;
    ab__pack_evenly(out);
    if (!ab__pack_is_complete(out))
        ab__pack_repair(out);
    return ab__pack_is_complete(out) || ab__pack_exact(out, arena);
}
