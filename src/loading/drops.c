#include "loading/drops.h"

#include <math.h>

/* A mass this little over a whole number of containers is rounding. */
static const double ROUNDED = 1e-9;

static double mass_of(const ab__goods *goods, int32_t kinds)
{
    double kg = 0;

    for (int32_t g = 0; g < kinds; g++)
        kg += (double)goods[g].count * goods[g].size[AB__MASS];
    return kg;
}

static bool pack(ab_arena *arena, ab__goods *goods, int32_t kinds, double containers,
                 double most_kg, ab__packing *out)
{
    const double room[AB__SIZES] = {most_kg, INFINITY, INFINITY};

    return ab__pack(arena, goods, kinds, (int32_t)containers, room, out);
}

static double lightest_kg(const ab__packing *p)
{
    double least = INFINITY;

    for (int32_t bin = 0; bin < p->bins; bin++)
        least = fmin(least, ab__pack_mass_kg(p, bin));
    return least;
}

/* Fewer and heavier ones, as long as all still fits. */
static bool make_heavy_enough(ab_arena *arena, const ab_dropsystem *system, ab__goods *goods,
                              int32_t kinds, ab__packing *out)
{
    for (int32_t fewer = out->bins - 1; fewer >= 1; fewer--) {
        ab__packing tried;
        if (lightest_kg(out) >= system->load_min_kg || isnan(system->load_min_kg))
            return true;
        if (!pack(arena, goods, kinds, fewer, system->load_max_kg, &tried))
            return false;
        if (!ab__pack_is_complete(&tried))
            return true;
        *out = tried;
    }
    return true;
}

bool ab__pack_containers(ab_arena *arena, const ab_trip_kind *kind, const ab_dropsystem *system,
                         ab__goods *goods, int32_t kinds, ab__packing *out)
{
    double mass_kg = mass_of(goods, kinds);
    double planned = fmax(1, ceil(mass_kg / kind->load_kg - ROUNDED));

    for (double n = fmin(planned, kind->loads); n <= kind->loads; n++) {
        if (!pack(arena, goods, kinds, n, kind->load_kg, out))
            return false;
        if (ab__pack_is_complete(out))
            return make_heavy_enough(arena, system, goods, kinds, out);
    }
    return pack(arena, goods, kinds, kind->loads, fmax(kind->load_kg, system->load_max_kg), out) &&
           (!ab__pack_is_complete(out) || make_heavy_enough(arena, system, goods, kinds, out));
}
