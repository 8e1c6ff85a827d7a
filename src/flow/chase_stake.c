/* Hunger at stake: what people miss while a load is late. */
#include <math.h>
#include <string.h>

#include "flow/chase.h"
#include "plan/hunger.h"
#include "plan/moved.h"

static bool new_misery(const ab_operation *op, ab_arena *arena, ab__misery *out)
{
    size_t cells = (size_t)op->places.count * (size_t)op->period_count;
    out->missed = AB_NEW(arena, double, cells);
    out->debt = AB_NEW(arena, double, cells);
    return out->missed != NULL && out->debt != NULL;
}

bool ab__misery_of_nothing(const ab_operation *op, const ab_need *need, const ab_trips *trips, ab_arena *arena, ab__misery *out)
{
    ab_moved moved;
    ab_arrivals arrivals;
    ab_hunger *hunger = ab__hunger_new(arena, op, need);
    if (hunger == NULL || !new_misery(op, arena, out) || !ab__arrivals_new(&arrivals, arena, op, need) ||
        !ab__moved_make(&moved, op, trips, NULL, arena))
        return false;
    ab__moved_arrive(&moved, op, need, &arrivals);
    ab__hunger_live(hunger, op, need, &arrivals);
    for (int32_t p = 0; p < op->places.count; p++) {
        for (int32_t t = 0; t < op->period_count; t++) {
            int64_t cell = (int64_t)p * op->period_count + t;
            double eaten = 0;
            for (int32_t g = 0; g < need->group_count; g++)
                eaten += hunger->share[g] * hunger->eaten[((int64_t)p * need->group_count + g) * op->period_count + t];
            bool fed = need->food_kcal_per_person_day > 0;
            out->missed[cell] = fed ? fmax(0, hunger->days[t] - eaten) : 0;
            out->debt[cell] = hunger->debt[cell];
        }
    }
    return true;
}

bool ab__misery_of_plan(const ab_operation *op, const ab_data *results, ab_arena *arena, ab__misery *out)
{
    const ab_stock_day *day = results->rows[AB_TABLE_stock_days].at;
    if (!new_misery(op, arena, out))
        return false;
    for (int32_t i = 0; i < results->rows[AB_TABLE_stock_days].count; i++) {
        int32_t t = ab_period_of(op, day[i].from);
        for (int32_t p = 0; p < op->places.count; p++) {
            if (t < 0 || t >= op->period_count || strcmp(op->places.at[p].id, day[i].place) != 0)
                continue;
            int64_t cell = (int64_t)p * op->period_count + t;
            out->missed[cell] = ab_period_days(op, t) * fmax(0, 1 - day[i].eaten_frac);
            out->debt[cell] = day[i].debt_ration_days;
        }
    }
    return true;
}

static double slope_at(const ab_hunger_curve *curve, double debt)
{
    int k = 0;
    while (k < AB_HUNGER_STRETCHES - 1 && debt > curve->stretch[k].until_ration_days)
        k++;
    return curve->stretch[k].slope;
}

double ab__misery_stake(const ab__misery *misery, const ab_operation *op, const ab_need *need, int32_t place, int32_t from,
                        int32_t until)
{
    ab_hunger_curve curve = ab__hunger_curve_of(op->settings);
    double stake = 0;
    for (int32_t t = from; t < until && t < op->period_count; t++) {
        int64_t cell = (int64_t)place * op->period_count + t;
        stake += misery->missed[cell] * slope_at(&curve, misery->debt[cell]);
    }
    return stake * need->people[place];
}
