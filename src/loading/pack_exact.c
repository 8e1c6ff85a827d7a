/* Small cases, where a package that stays is a large part of the load: every packing is tried, as far as the steps
 * last. Packages of a kind are alike, and so are bins that hold the same. */
#include <math.h>
#include <string.h>

#include "loading/pack.h"

enum { MOST_PACKAGES = 24, MOST_BINS = 8, STEPS = 100000 };
/* Less mass left by this little is no better. */
static const double BETTER_KG = 1e-6;

typedef struct exact {
    ab__packing *p;
    int32_t count, steps;
    int32_t kind[MOST_PACKAGES]; /* of each package, largest first */
    int32_t at[MOST_PACKAGES];   /* its bin; bins: left */
    int32_t best[MOST_PACKAGES];
    double rest_kg[MOST_PACKAGES + 1]; /* of this package and all after it */
    double free_kg, left_kg, least_kg;
    bool found;
} exact;

/* Does a bin before this one hold the same? Then it was tried already. */
static bool was_tried(const ab__packing *p, int32_t bin)
{
    size_t row = (size_t)p->kinds * sizeof *p->in;

    for (int32_t before = 0; before < bin; before++)
        if (memcmp(&p->in[(int64_t)before * p->kinds], &p->in[(int64_t)bin * p->kinds], row) == 0)
            return true;
    return false;
}

/* What must be left at least, whatever is done with the packages from `n` on. */
static double bound_kg(const exact *e, int32_t n)
{
    double over_kg = e->rest_kg[n] - e->free_kg;

    return e->left_kg + (over_kg > 0 ? over_kg : 0);
}

static void search(exact *e, int32_t n);

static void try_bin(exact *e, int32_t n, int32_t bin)
{
    ab__packing *p = e->p;
    int32_t g = e->kind[n];
    double mass_kg = p->goods[g].size[AB__MASS];

    e->at[n] = bin;
    if (bin == p->bins) {
        e->left_kg += mass_kg;
        search(e, n + 1);
        e->left_kg -= mass_kg;
        return;
    }
    if (ab__pack_most(p, bin, g) < 1 || was_tried(p, bin))
        return;
    ab__pack_put(p, bin, g, 1);
    e->free_kg -= mass_kg;
    search(e, n + 1);
    e->free_kg += mass_kg;
    ab__pack_put(p, bin, g, -1);
}

static void search(exact *e, int32_t n)
{
    if (++e->steps > STEPS || bound_kg(e, n) > e->least_kg - BETTER_KG)
        return;
    if (n == e->count) {
        memcpy(e->best, e->at, sizeof e->best);
        e->least_kg = e->left_kg;
        e->found = true;
        return;
    }
    /* Of packages that are alike none goes before the one before it. */
    bool alike = n > 0 && e->kind[n] == e->kind[n - 1];
    for (int32_t bin = alike ? e->at[n - 1] : 0; bin <= e->p->bins; bin++)
        try_bin(e, n, bin);
}

static void empty(ab__packing *p)
{
    for (int32_t bin = 0; bin < p->bins; bin++)
        for (int32_t g = 0; g < p->kinds; g++)
            ab__pack_put(p, bin, g, -p->in[(int64_t)bin * p->kinds + g]);
    for (int32_t i = 0; i < p->bins * AB__SIZES; i++)
        p->used[i] = 0; /* and what rounding left */
}

static void list_packages(exact *e)
{
    const ab__packing *p = e->p;

    e->least_kg = 0;
    for (int32_t g = 0; g < p->kinds; g++) {
        e->least_kg += (double)p->left[g] * p->goods[g].size[AB__MASS];
        for (int64_t k = 0; k < p->goods[g].count; k++)
            e->kind[e->count++] = g;
    }
    for (int32_t n = e->count - 1; n >= 0; n--)
        e->rest_kg[n] = e->rest_kg[n + 1] + p->goods[e->kind[n]].size[AB__MASS];
    e->free_kg = isfinite(p->room[AB__MASS]) ? p->bins * p->room[AB__MASS] : INFINITY;
}

static bool is_small(const ab__packing *p)
{
    int64_t packages = 0;

    for (int32_t g = 0; g < p->kinds; g++)
        packages += p->goods[g].count;
    return packages <= MOST_PACKAGES && p->bins <= MOST_BINS;
}

bool ab__pack_exact(ab__packing *p, ab_arena *arena)
{
    if (!is_small(p))
        return true;
    int64_t *before = AB_NEW(arena, int64_t, (int64_t)p->bins * p->kinds);
    exact e = {.p = p};
    if (!before)
        return false;
    memcpy(before, p->in, (size_t)p->bins * (size_t)p->kinds * sizeof *before);
    list_packages(&e);
    empty(p);
    search(&e, 0);
    if (!e.found) {
        for (int32_t bin = 0; bin < p->bins; bin++)
            for (int32_t g = 0; g < p->kinds; g++)
                ab__pack_put(p, bin, g, before[(int64_t)bin * p->kinds + g]);
        return true;
    }
    empty(p);
    for (int32_t n = 0; n < e.count; n++)
        if (e.best[n] < p->bins)
            ab__pack_put(p, e.best[n], e.kind[n], 1);
    return true;
}
