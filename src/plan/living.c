/* Hunger of what somebody says has arrived: for those who judge a plan by what may come of it. */
#include <string.h>

#include "airbridge/plan.h"
#include "base/arena.h"
#include "plan/hunger.h"
#include "plan/moved.h"

struct ab_living {
    ab_arena *arena;
    const ab_operation *op;
    const ab_need *need;
    ab_moved moved;
    ab_arrivals past, arrivals;
    ab_hunger *hunger;
    size_t cells; /* places * groups * periods */
};

static bool fill(ab_living *living, const ab_trips *trips, const ab_previous *previous)
{
    const ab_operation *op = living->op;
    const ab_need *need = living->need;
    living->cells = (size_t)need->place_count * (size_t)need->group_count * (size_t)op->period_count;
    living->hunger = ab__hunger_new(living->arena, op, need);
    if (!living->hunger || !ab__moved_make(&living->moved, op, trips, previous, living->arena) ||
        !ab__arrivals_new(&living->past, living->arena, op, need) || !ab__arrivals_new(&living->arrivals, living->arena, op, need))
        return false;
    ab__moved_arrive(&living->moved, op, need, &living->past);
    ab_living_clear(living);
    return true;
}

ab_status ab_living_make(const ab_operation *op, const ab_need *need, const ab_trips *trips, const ab_previous *previous,
                         ab_living **out, ab_error *err)
{
    *out = NULL;
    ab_arena *arena = ab__arena_new();
    ab_living *living = arena ? AB_NEW(arena, ab_living, 1) : NULL;
    if (living) {
        living->arena = arena;
        living->op = op;
        living->need = need;
    }
    if (!living || !fill(living, trips, previous)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while hunger was worked out");
    }
    *out = living;
    return AB_OK;
}

void ab_living_free(ab_living *living)
{
    if (living)
        ab__arena_free(living->arena);
}

void ab_living_clear(ab_living *living)
{
    memcpy(living->arrivals.days, living->past.days, living->cells * sizeof *living->past.days);
    memcpy(living->arrivals.nutrient, living->past.nutrient, living->cells * AB_NUTRIENTS * sizeof *living->past.nutrient);
}

void ab_living_receive(ab_living *living, int32_t place, int32_t t, int32_t commodity, double kg)
{
    ab__arrivals_add(&living->arrivals, living->op, living->need, place, t, commodity, kg);
}

void ab_living_live(ab_living *living)
{
    ab__hunger_live(living->hunger, living->op, living->need, &living->arrivals);
}

double ab_living_hunger(const ab_living *living, int32_t place)
{
    const ab_hunger *h = living->hunger;
    return place < 0 ? h->hunger : h->so_far[(int64_t)(place + 1) * h->periods - 1];
}

double ab_living_objective(const ab_living *living)
{
    return living->hunger->objective;
}

double ab_living_eaten_frac(const ab_living *living, int32_t place, int32_t t)
{
    const ab_hunger *h = living->hunger;
    double eaten = 0;
    for (int32_t g = 0; g < h->groups; g++)
        if (h->share[g] > 0 && ab__hunger_counts(living->op, living->need, place, g))
            eaten += h->share[g] * h->eaten[((int64_t)place * h->groups + g) * h->periods + t];
    return eaten / h->days[t];
}
