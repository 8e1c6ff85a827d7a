#include "plan/hunger.h"

#include <float.h>
#include <math.h>

#include "base/arena.h"

/* How many ration-days to people above the floor one to people under it may cost. */
static const double FLOOR_PRIORITY = 10;

/* ---- The curve ------------------------------------------------------------------------------------------ */

ab_hunger_curve ab__hunger_curve_of(const ab_settings *settings)
{
    double severe = fmax(settings->debt_severe_days, settings->debt_mild_days);
    double middle = fmax(1, settings->debt_middle_weight);
    return (ab_hunger_curve){{{settings->debt_mild_days, 1},
                              {severe, middle},
                              {DBL_MAX, fmax(middle, settings->debt_severe_weight)}}};
}

double ab__hunger_weight(const ab_settings *settings, ab_category category)
{
    switch (category) {
    case AB_CATEGORY_FOOD:
        return 1;
    case AB_CATEGORY_WATER:
        return settings->water_weight;
    case AB_CATEGORY_MEDICAL:
        return settings->medical_weight;
    default:
        return 0;
    }
}

double ab__hunger_cost(const ab_hunger_curve *curve, double debt_ration_days)
{
    double cost = 0, from = 0;
    for (int k = 0; k < AB_HUNGER_STRETCHES && debt_ration_days > from; k++) {
        double until = fmin(debt_ration_days, curve->stretch[k].until_ration_days);
        cost += curve->stretch[k].slope * (until - from);
        from = until;
    }
    return cost;
}

double ab__hunger_kept(const ab_settings *settings, double days)
{
    return settings->debt_kept_frac < 1 ? pow(settings->debt_kept_frac, days) : 1;
}

static double horizon_days(const ab_operation *op)
{
    double days = 0;
    for (int32_t t = 0; t < op->period_count; t++)
        days += ab_period_days(op, t);
    return days;
}

double ab__hunger_floor_weight(const ab_operation *op)
{
    ab_hunger_curve curve = ab__hunger_curve_of(op->settings);
    return FLOOR_PRIORITY * curve.stretch[AB_HUNGER_STRETCHES - 1].slope * horizon_days(op);
}

double ab__hunger_floor_days(const ab_operation *op)
{
    return op->settings->floor_frac * horizon_days(op);
}

/* ---- Needs ---------------------------------------------------------------------------------------------- */

double ab__hunger_per_day(const ab_need *need, int32_t place, int32_t group)
{
    return need->people[place] * need->group[group].per_person_day;
}

bool ab__hunger_counts(const ab_operation *op, const ab_need *need, int32_t place, int32_t group)
{
    return ab__hunger_per_day(need, place, group) > 0 &&
           ab__hunger_weight(op->settings, need->group[group].category) > 0;
}

double ab__hunger_share(const ab_need *need, int32_t group)
{
    if (need->group[group].category != AB_CATEGORY_FOOD || !(need->food_kcal_per_person_day > 0))
        return 0;
    return need->group[group].per_person_day / need->food_kcal_per_person_day;
}

bool ab__hunger_counts_nutrient(const ab_need *need, int32_t place, ab_nutrient nutrient)
{
    return need->people[place] > 0 && need->nutrient_g_per_person_day[nutrient] > 0;
}

double ab__hunger_nutrient_days_per_kg(const ab_need *need, int32_t place, ab_nutrient nutrient, int32_t commodity)
{
    return need->commodity_nutrient_g_per_kg[nutrient][commodity] /
           (need->people[place] * need->nutrient_g_per_person_day[nutrient]);
}

/* ---- Arrivals ------------------------------------------------------------------------------------------- */

bool ab__arrivals_new(ab_arrivals *arrivals, ab_arena *arena, const ab_operation *op, const ab_need *need)
{
    size_t cells = (size_t)need->place_count * (size_t)need->group_count * (size_t)op->period_count;
    arrivals->days = AB_NEW(arena, double, cells);
    arrivals->nutrient = AB_NEW(arena, double, cells * AB_NUTRIENTS);
    return arrivals->days && arrivals->nutrient;
}

void ab__arrivals_add(ab_arrivals *arrivals, const ab_operation *op, const ab_need *need, int32_t place, int32_t t,
                      int32_t commodity, double kg)
{
    int32_t g = need->commodity_group[commodity];
    if (g < 0 || !ab__hunger_counts(op, need, place, g))
        return;
    int64_t cell = (int64_t)place * need->group_count + g;
    arrivals->days[cell * op->period_count + t] +=
        kg * need->commodity_per_kg[commodity] / ab__hunger_per_day(need, place, g);
    for (int n = 0; n < AB_NUTRIENTS; n++)
        if (ab__hunger_counts_nutrient(need, place, (ab_nutrient)n))
            arrivals->nutrient[(cell * AB_NUTRIENTS + n) * op->period_count + t] +=
                kg * ab__hunger_nutrient_days_per_kg(need, place, (ab_nutrient)n, commodity);
}

/* ---- Living --------------------------------------------------------------------------------------------- */

ab_hunger *ab__hunger_new(ab_arena *arena, const ab_operation *op, const ab_need *need)
{
    ab_hunger *hunger = AB_NEW(arena, ab_hunger, 1);
    size_t cells = (size_t)need->place_count * (size_t)need->group_count * (size_t)op->period_count;
    size_t moments = (size_t)need->place_count * (size_t)op->period_count;
    if (!hunger)
        return NULL;
    hunger->places = need->place_count;
    hunger->groups = need->group_count;
    hunger->periods = op->period_count;
    hunger->eaten = AB_NEW(arena, double, cells);
    hunger->left = AB_NEW(arena, double, cells);
    hunger->debt = AB_NEW(arena, double, moments);
    hunger->pool = AB_NEW(arena, double, (size_t)need->place_count * (size_t)need->group_count * AB_NUTRIENTS);
    hunger->nutrient = AB_NEW(arena, double, moments * AB_NUTRIENTS);
    return hunger->eaten && hunger->left && hunger->debt && hunger->pool && hunger->nutrient ? hunger : NULL;
}

/* One place in one period. */
typedef struct moment {
    ab_hunger *hunger;
    const ab_operation *op;
    const ab_need *need;
    const ab_hunger_curve *curve;
    const ab_arrivals *arrivals; /* NULL: nothing arrives */
    int32_t place, t;
    double days;
} moment;

static double *cell(const moment *now, double *array, int32_t group)
{
    const ab_hunger *h = now->hunger;
    return &array[((int64_t)now->place * h->groups + group) * h->periods + now->t];
}

static double arrived(const moment *now, int32_t group)
{
    return now->arrivals ? *cell(now, now->arrivals->days, group) : 0;
}

static double most_eaten(const moment *now)
{
    return now->days * (1 + now->op->settings->catch_up_frac);
}

/* What is there, less the need, in each group. Returns the energy eaten, in rations. */
static double eat_need(const moment *now)
{
    double energy = 0;
    for (int32_t g = 0; g < now->hunger->groups; g++) {
        if (!ab__hunger_counts(now->op, now->need, now->place, g))
            continue;
        double *left = cell(now, now->hunger->left, g), *eaten = cell(now, now->hunger->eaten, g);
        double before = now->t > 0 ? left[-1]
                                   : now->need->stock[(int64_t)now->place * now->hunger->groups + g] /
                                         ab__hunger_per_day(now->need, now->place, g);
        double there = before + arrived(now, g);
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
        if (!(ab__hunger_share(now->need, g) > 0) || !ab__hunger_counts(now->op, now->need, now->place, g))
            continue;
        double left = *cell(now, now->hunger->left, g);
        bool may = *cell(now, now->hunger->eaten, g) < most_eaten(now);
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
        double most = most_eaten(now) - *eaten;
        double more = fmin(fmin(*left, most), debt / share);
        *eaten = more == most ? most_eaten(now) : *eaten + more;
        *left -= more;
        debt = more * share >= debt ? 0 : debt - more * share;
    }
    return debt;
}

/* Of each group's food the share that is eaten takes its protein and fat along. Returns the days of the floor
 * eaten. */
static double eat_nutrient(const moment *now, ab_nutrient nutrient)
{
    const ab_hunger *h = now->hunger;
    double total = 0;
    for (int32_t g = 0; g < h->groups; g++) {
        int64_t at = ((int64_t)now->place * h->groups + g) * AB_NUTRIENTS + nutrient;
        double eaten = *cell(now, h->eaten, g), there = eaten + *cell(now, h->left, g);
        if (now->arrivals)
            h->pool[at] += now->arrivals->nutrient[at * h->periods + now->t];
        double taken = there > 0 ? h->pool[at] * eaten / there : 0;
        h->pool[at] -= taken;
        total += taken;
    }
    return fmin(total, now->days);
}

static double nutrient_cost(const moment *now, double days_to_come)
{
    double cost = 0;
    for (int n = 0; n < AB_NUTRIENTS; n++) {
        if (!ab__hunger_counts_nutrient(now->need, now->place, (ab_nutrient)n))
            continue;
        double eaten = eat_nutrient(now, (ab_nutrient)n);
        now->hunger->nutrient[((int64_t)now->place * AB_NUTRIENTS + n) * now->hunger->periods + now->t] = eaten;
        cost += now->op->settings->nutrient_weight * days_to_come * (now->days - eaten);
    }
    return cost;
}

/* Water and medical: what is missed stays missed, so a day counts from then to the end. */
static double unmet_cost(const moment *now, double days_to_come)
{
    double cost = 0;
    for (int32_t g = 0; g < now->hunger->groups; g++)
        if (ab__hunger_counts(now->op, now->need, now->place, g) && !(ab__hunger_share(now->need, g) > 0))
            cost += ab__hunger_weight(now->op->settings, now->need->group[g].category) * days_to_come *
                    (now->days - *cell(now, now->hunger->eaten, g));
    return cost;
}

/* The ration that lies in a place holds what a ration should. */
static void fill_pools(const moment *now)
{
    const ab_hunger *h = now->hunger;
    for (int32_t g = 0; g < h->groups; g++) {
        double share = ab__hunger_share(now->need, g);
        int64_t at = (int64_t)now->place * h->groups + g;
        bool counts = share > 0 && ab__hunger_counts(now->op, now->need, now->place, g);
        for (int n = 0; n < AB_NUTRIENTS; n++)
            h->pool[at * AB_NUTRIENTS + n] =
                counts ? share * now->need->stock[at] / ab__hunger_per_day(now->need, now->place, g) : 0;
    }
}

static double rations_eaten(const moment *now)
{
    double rations = 0;
    for (int32_t g = 0; g < now->hunger->groups; g++)
        rations += ab__hunger_share(now->need, g) * *cell(now, now->hunger->eaten, g);
    return rations;
}

/* Returns kcal-days of debt, all people; hunger and shortfall are added to the whole. */
static double live_place(moment now, double horizon)
{
    ab_hunger *h = now.hunger;
    const ab_need *need = now.need;
    double people = need->people[now.place], debt = 0, to_come = horizon, kcal_days = 0, rations = 0;
    bool fed = need->food_kcal_per_person_day > 0 && people > 0;
    fill_pools(&now);
    for (now.t = 0; now.t < h->periods; now.t++) {
        now.days = ab_period_days(now.op, now.t);
        double eaten = eat_need(&now);
        if (fed)
            debt = catch_up(&now, ab__hunger_kept(now.op->settings, now.days) * debt + now.days - eaten);
        h->debt[(int64_t)now.place * h->periods + now.t] = debt;
        h->hunger += people * (now.days * ab__hunger_cost(now.curve, debt) + unmet_cost(&now, to_come) +
                               nutrient_cost(&now, to_come));
        kcal_days += people * debt * need->food_kcal_per_person_day * now.days;
        rations += rations_eaten(&now);
        to_come -= now.days;
    }
    if (fed)
        h->floor_shortfall += people * fmax(0, ab__hunger_floor_days(now.op) - rations);
    return kcal_days;
}

double ab__hunger_live_place(ab_hunger *hunger, const ab_operation *op, const ab_need *need,
                             const ab_arrivals *arrivals, int32_t place)
{
    ab_hunger_curve curve = ab__hunger_curve_of(op->settings);
    hunger->hunger = hunger->floor_shortfall = 0;
    live_place((moment){.hunger = hunger, .op = op, .need = need, .curve = &curve, .arrivals = arrivals, .place = place},
               horizon_days(op));
    return hunger->hunger + ab__hunger_floor_weight(op) * hunger->floor_shortfall;
}

void ab__hunger_live(ab_hunger *hunger, const ab_operation *op, const ab_need *need, const ab_arrivals *arrivals)
{
    double people = 0, kcal_days = 0, horizon = horizon_days(op);
    ab_hunger_curve curve = ab__hunger_curve_of(op->settings);
    hunger->hunger = hunger->floor_shortfall = 0;
    for (int32_t p = 0; p < hunger->places; p++) {
        people += need->people[p];
        kcal_days += live_place((moment){.hunger = hunger, .op = op, .need = need, .curve = &curve,
                                         .arrivals = arrivals, .place = p}, horizon);
    }
    hunger->objective = hunger->hunger + ab__hunger_floor_weight(op) * hunger->floor_shortfall;
    hunger->deficit_kcal_days_per_person = people > 0 ? kcal_days / people : 0;
}
