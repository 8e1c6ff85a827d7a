#include "plan/by_place.h"

#include "base/arena.h"

bool ab__by_place(const ab_model *model, ab_arena *arena, ab_by_place *out)
{
    int32_t offers = model->trips->offer_count;
    out->start = AB_NEW(arena, int32_t, model->places + 1);
    out->offer = AB_NEW(arena, int32_t, offers);
    if (!out->start || !out->offer)
        return false;
    for (int32_t o = 0; o < offers; o++)
        out->start[ab__kind_of(model, o)->place]++;
    for (int32_t p = 1; p <= model->places; p++)
        out->start[p] += out->start[p - 1];
    for (int32_t o = offers - 1; o >= 0; o--)
        out->offer[--out->start[ab__kind_of(model, o)->place]] = o;
    return true;
}
