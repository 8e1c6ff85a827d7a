#include "plan/hunger.h"

#include <float.h>
#include <math.h>

#include "base/arena.h"

const ab_hunger_stretch ab__hunger_curve[AB_HUNGER_STRETCHES] = {{7, 1}, {21, 2}, {DBL_MAX, 4}};

double ab__hunger_weight(ab_category category)
{
    switch (category) {
    case AB_CATEGORY_FOOD:
        return 1;
    case AB_CATEGORY_WATER:
        return 4;
    case AB_CATEGORY_MEDICAL:
        return 0.2;
    default:
        return 0;
    }
}

double ab__hunger_cost(double debt_ration_days)
{
    double cost = 0, from = 0;
    for (int k = 0; k < AB_HUNGER_STRETCHES && debt_ration_days > from; k++) {
        double until = fmin(debt_ration_days, ab__hunger_curve[k].until_ration_days);
        cost += ab__hunger_curve[k].slope * (until - from);
        from = until;
    }
    return cost;
}

double ab__hunger_per_day(const ab_need *need, int32_t place, int32_t group)
{
    return need->people[place] * need->group[group].per_person_day;
}

bool ab__hunger_counts(const ab_need *need, int32_t place, int32_t group)
{
    return ab__hunger_per_day(need, place, group) > 0 && ab__hunger_weight(need->group[group].category) > 0;
}

double ab__hunger_share(const ab_need *need, int32_t group)
{
    if (need->group[group].category != AB_CATEGORY_FOOD || !(need->food_kcal_per_person_day > 0))
        return 0;
    return need->group[group].per_person_day / need->food_kcal_per_person_day;
}

ab_hunger *ab__hunger_new(ab_arena *arena, const ab_operation *op, const ab_need *need)
{
    ab_hunger *hunger = AB_NEW(arena, ab_hunger, 1);
    size_t cells = (size_t)need->place_count * (size_t)need->group_count * (size_t)op->period_count;
    if (!hunger)
        return NULL;
    hunger->places = need->place_count;
    hunger->groups = need->group_count;
    hunger->periods = op->period_count;
    hunger->eaten = AB_NEW(arena, double, cells);
    hunger->left = AB_NEW(arena, double, cells);
    hunger->debt = AB_NEW(arena, double, (size_t)need->place_count * (size_t)op->period_count);
    return hunger->eaten && hunger->left && hunger->debt ? hunger : NULL;
}

/* One place in one period: where its rows begin in the arrays. */
typedef struct moment {
    ab_hunger *hunger;
    const ab_need *need;
    int32_t place, t;
    double days, catch_up_frac;
} moment;

static double *cell(const moment *now, double *array, int32_t group)
{
    const ab_hunger *h = now->hunger;
    return &array[((int64_t)now->place * h->groups + group) * h->periods + now->t];
}

/* What is there, less the need, in each group. Returns the energy eaten, in rations. */
static double eat_need(const moment *now, const double *arrived)
{
    double energy = 0;
    for (int32_t g = 0; g < now->hunger->groups; g++) {
        if (!ab__hunger_counts(now->need, now->place, g))
            continue;
        double *left = cell(now, now->hunger->left, g), *eaten = cell(now, now->hunger->eaten, g);
        double before = now->t > 0 ? left[-1]
                                   : now->need->stock[(int64_t)now->place * now->hunger->groups + g] /
                                         ab__hunger_per_day(now->need, now->place, g);
        double there = before + (arrived ? arrived[left - now->hunger->left] : 0);
        *eaten = fmin(there, now->days);
        *left = there - *eaten;
        energy += *eaten * ab__hunger_share(now->need, g);
    }
    return energy;
}

/* The food group of which most days are left and more may be eaten; -1: none. */
static int32_t longest_lasting(const moment *now)
{
    int32_t best = -1;
    for (int32_t g = 0; g < now->hunger->groups; g++) {
        if (!(ab__hunger_share(now->need, g) > 0) || !ab__hunger_counts(now->need, now->place, g))
            continue;
        double left = *cell(now, now->hunger->left, g);
        bool may = *cell(now, now->hunger->eaten, g) < now->days * (1 + now->catch_up_frac);
        if (left > 0 && may && (best < 0 || left > *cell(now, now->hunger->left, best)))
            best = g;
    }
    return best;
}

/* Returns the debt that remains of `debt` after people made up for what they could. */
static double catch_up(const moment *now, double debt)
{
    for (int32_t tries = 0; debt > 0 && tries < now->hunger->groups; tries++) {
        int32_t g = longest_lasting(now);
        if (g < 0)
            break;
        double *left = cell(now, now->hunger->left, g), *eaten = cell(now, now->hunger->eaten, g);
        double share = ab__hunger_share(now->need, g);
        double most = now->days * (1 + now->catch_up_frac) - *eaten;
        double more = fmin(fmin(*left, most), debt / share);
        *eaten = more == most ? now->days * (1 + now->catch_up_frac) : *eaten + more;
        *left -= more;
        debt = more * share >= debt ? 0 : debt - more * share;
    }
    return debt;
}

/* Water and medical: what is missed stays missed, so a day counts from then to the end. */
static double unmet_cost(const moment *now, double days_to_come)
{
    double cost = 0;
    for (int32_t g = 0; g < now->hunger->groups; g++)
        if (ab__hunger_counts(now->need, now->place, g) && !(ab__hunger_share(now->need, g) > 0))
            cost += ab__hunger_weight(now->need->group[g].category) * days_to_come *
                    (now->days - *cell(now, now->hunger->eaten, g));
    return cost;
}

void ab__hunger_live(ab_hunger *hunger, const ab_operation *op, const ab_need *need, const double *arrived)
{
    double people = 0, kcal_days = 0, horizon = 0;
    for (int32_t t = 0; t < op->period_count; t++)
        horizon += ab_period_days(op, t);
    hunger->objective = 0;
    for (int32_t p = 0; p < hunger->places; p++) {
        double debt = 0, to_come = horizon;
        people += need->people[p];
        for (int32_t t = 0; t < hunger->periods; t++) {
            moment now = {hunger, need, p, t, ab_period_days(op, t), op->settings->catch_up_frac};
            double eaten = eat_need(&now, arrived);
            if (need->food_kcal_per_person_day > 0 && need->people[p] > 0)
                debt = catch_up(&now, debt + now.days - eaten);
            hunger->debt[(int64_t)p * hunger->periods + t] = debt;
            hunger->objective += need->people[p] * (now.days * ab__hunger_cost(debt) + unmet_cost(&now, to_come));
            kcal_days += need->people[p] * debt * need->food_kcal_per_person_day * now.days;
            to_come -= now.days;
        }
    }
    hunger->deficit_kcal_days_per_person = people > 0 ? kcal_days / people : 0;
}
