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

static bool fill_periods(ab_hunger *hunger, ab_arena *arena, const ab_operation *op)
{
    double *days = AB_NEW(arena, double, op->period_count), *to_come = AB_NEW(arena, double, op->period_count);
    double *kept = AB_NEW(arena, double, op->period_count), rest = horizon_days(op);
    if (!days || !to_come || !kept)
        return false;
    for (int32_t t = 0; t < op->period_count; t++) {
        days[t] = ab_period_days(op, t);
        kept[t] = ab__hunger_kept(op->settings, days[t]);
        to_come[t] = rest;
        rest -= days[t];
    }
    hunger->days = days;
    hunger->to_come = to_come;
    hunger->kept = kept;
    return true;
}

static bool fill_groups(ab_hunger *hunger, ab_arena *arena, const ab_operation *op, const ab_need *need)
{
    double *share = AB_NEW(arena, double, need->group_count), *weight = AB_NEW(arena, double, need->group_count);
    if (!share || !weight)
        return false;
    for (int32_t g = 0; g < need->group_count; g++) {
        share[g] = ab__hunger_share(need, g);
        weight[g] = need->group[g].per_person_day > 0 ? ab__hunger_weight(op->settings, need->group[g].category) : 0;
    }
    hunger->share = share;
    hunger->weight = weight;
    return true;
}

ab_hunger *ab__hunger_new(ab_arena *arena, const ab_operation *op, const ab_need *need)
{
    ab_hunger *hunger = AB_NEW(arena, ab_hunger, 1);
    size_t cells = (size_t)need->place_count * (size_t)need->group_count * (size_t)op->period_count;
    size_t moments = (size_t)need->place_count * (size_t)op->period_count;
    if (!hunger || !fill_periods(hunger, arena, op) || !fill_groups(hunger, arena, op, need))
        return NULL;
    hunger->places = need->place_count;
    hunger->groups = need->group_count;
    hunger->periods = op->period_count;
    hunger->floor_weight = ab__hunger_floor_weight(op);
    hunger->floor_days = ab__hunger_floor_days(op);
    hunger->eaten = AB_NEW(arena, double, cells);
    hunger->left = AB_NEW(arena, double, cells);
    hunger->debt = AB_NEW(arena, double, moments);
    hunger->pool = AB_NEW(arena, double, cells * AB_NUTRIENTS);
    hunger->nutrient = AB_NEW(arena, double, moments * AB_NUTRIENTS);
    hunger->so_far = AB_NEW(arena, double, moments);
    hunger->rations = AB_NEW(arena, double, moments);
    return hunger->eaten && hunger->left && hunger->debt && hunger->pool && hunger->nutrient && hunger->so_far &&
           hunger->rations ? hunger : NULL;
}

/* One place in one period. */
typedef struct moment {
    ab_hunger *hunger;
    const ab_operation *op;
    const ab_need *need;
    const ab_hunger_curve *curve;
    const ab_arrivals *arrivals; /* NULL: nothing arrives */
    int32_t place, t;
    double people, days, most_eaten;
} moment;

static bool counts(const moment *now, int32_t group)
{
    return now->hunger->weight[group] > 0 && now->people > 0;
}

static double *cell(const moment *now, double *array, int32_t group)
{
    const ab_hunger *h = now->hunger;
    return &array[((int64_t)now->place * h->groups + group) * h->periods + now->t];
}

static double arrived(const moment *now, int32_t group)
{
    return now->arrivals ? *cell(now, now->arrivals->days, group) : 0;
}

/* Days of the group's need that lie in the place at the start. */
static double stock_days(const moment *now, int32_t group)
{
    return now->need->stock[(int64_t)now->place * now->hunger->groups + group] /
           ab__hunger_per_day(now->need, now->place, group);
}

/* What is there, less the need, in each group. Returns the energy eaten, in rations. */
static double eat_need(const moment *now)
{
    double energy = 0;
    for (int32_t g = 0; g < now->hunger->groups; g++) {
        if (!counts(now, g))
            continue;
        double *left = cell(now, now->hunger->left, g), *eaten = cell(now, now->hunger->eaten, g);
        double there = (now->t > 0 ? left[-1] : stock_days(now, g)) + arrived(now, g);
        *eaten = fmin(there, now->days);
        *left = there - *eaten;
        energy += *eaten * now->hunger->share[g];
    }
    return energy;
}

/* The food group of which most days are left and more may be eaten; -1: none. */
static int32_t longest_lasting(const moment *now)
{
    int32_t best = -1;
    for (int32_t g = 0; g < now->hunger->groups; g++) {
        if (!(now->hunger->share[g] > 0) || !counts(now, g))
            continue;
        double left = *cell(now, now->hunger->left, g);
        bool may = *cell(now, now->hunger->eaten, g) < now->most_eaten;
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
        double share = now->hunger->share[g];
        double most = now->most_eaten - *eaten;
        double more = fmin(fmin(*left, most), debt / share);
        *eaten = more == most ? now->most_eaten : *eaten + more;
        *left -= more;
        debt = more * share >= debt ? 0 : debt - more * share;
    }
    return debt;
}

/* The ration that lies in a place holds what a ration should. */
static double pool_at_start(const moment *now, int32_t group)
{
    double share = now->hunger->share[group];
    return share > 0 && counts(now, group) ? share * stock_days(now, group) : 0;
}

/* Of each group's food the share that is eaten takes its protein and fat along. Returns the days of the floor
 * eaten. */
static double eat_nutrient(const moment *now, ab_nutrient nutrient)
{
    const ab_hunger *h = now->hunger;
    double total = 0;
    for (int32_t g = 0; g < h->groups; g++) {
        int64_t at = (((int64_t)now->place * h->groups + g) * AB_NUTRIENTS + nutrient) * h->periods + now->t;
        double eaten = *cell(now, h->eaten, g), there = eaten + *cell(now, h->left, g);
        double pool = now->t > 0 ? h->pool[at - 1] : pool_at_start(now, g);
        if (now->arrivals)
            pool += now->arrivals->nutrient[at];
        double taken = there > 0 ? pool * eaten / there : 0;
        h->pool[at] = pool - taken;
        total += taken;
    }
    return fmin(total, now->days);
}

static double nutrient_cost(const moment *now)
{
    double cost = 0;
    for (int n = 0; n < AB_NUTRIENTS; n++) {
        if (!ab__hunger_counts_nutrient(now->need, now->place, (ab_nutrient)n))
            continue;
        double eaten = eat_nutrient(now, (ab_nutrient)n);
        now->hunger->nutrient[((int64_t)now->place * AB_NUTRIENTS + n) * now->hunger->periods + now->t] = eaten;
        cost += now->op->settings->nutrient_weight * now->hunger->to_come[now->t] * (now->days - eaten);
    }
    return cost;
}

/* Water and medical: what is missed stays missed, so a day counts from then to the end. */
static double unmet_cost(const moment *now)
{
    const ab_hunger *h = now->hunger;
    double cost = 0;
    for (int32_t g = 0; g < h->groups; g++)
        if (counts(now, g) && !(h->share[g] > 0))
            cost += h->weight[g] * h->to_come[now->t] * (now->days - *cell(now, h->eaten, g));
    return cost;
}

static double rations_eaten(const moment *now)
{
    double rations = 0;
    for (int32_t g = 0; g < now->hunger->groups; g++)
        rations += now->hunger->share[g] * *cell(now, now->hunger->eaten, g);
    return rations;
}

static bool is_fed(const moment *now)
{
    return now->need->food_kcal_per_person_day > 0 && now->people > 0;
}

static void live_from(moment now, int32_t from)
{
    ab_hunger *h = now.hunger;
    double *debt = &h->debt[(int64_t)now.place * h->periods], *so_far = &h->so_far[(int64_t)now.place * h->periods];
    double *rations = &h->rations[(int64_t)now.place * h->periods];
    for (int32_t t = from; t < h->periods; t++) {
        now.t = t;
        now.days = h->days[t];
        now.most_eaten = now.days * (1 + now.op->settings->catch_up_frac);
        double eaten = eat_need(&now), owed = t > 0 ? h->kept[t] * debt[t - 1] : 0;
        debt[t] = is_fed(&now) ? catch_up(&now, owed + now.days - eaten) : 0;
        so_far[t] = (t > 0 ? so_far[t - 1] : 0) +
                    now.people * (now.days * ab__hunger_cost(now.curve, debt[t]) + unmet_cost(&now) + nutrient_cost(&now));
        rations[t] = (t > 0 ? rations[t - 1] : 0) + rations_eaten(&now);
    }
}

/* Of the place, lived to the end, all people. */
static double shortfall_of(const moment *now)
{
    double rations = now->hunger->rations[(int64_t)(now->place + 1) * now->hunger->periods - 1];
    return is_fed(now) ? now->people * fmax(0, now->hunger->floor_days - rations) : 0;
}

double ab__hunger_live_on(ab_hunger *hunger, const ab_operation *op, const ab_need *need, const ab_arrivals *arrivals,
                          int32_t place, int32_t from)
{
    ab_hunger_curve curve = ab__hunger_curve_of(op->settings);
    moment now = {.hunger = hunger, .op = op, .need = need, .curve = &curve, .arrivals = arrivals, .place = place,
                  .people = need->people[place]};
    live_from(now, from);
    return hunger->so_far[(int64_t)(place + 1) * hunger->periods - 1] + hunger->floor_weight * shortfall_of(&now);
}

void ab__hunger_stand_as(ab_hunger *hunger, const ab_hunger *other, int32_t place, int32_t t)
{
    int64_t moment_before = (int64_t)place * hunger->periods + t - 1;
    if (t <= 0)
        return;
    hunger->debt[moment_before] = other->debt[moment_before];
    hunger->so_far[moment_before] = other->so_far[moment_before];
    hunger->rations[moment_before] = other->rations[moment_before];
    for (int64_t g = (int64_t)place * hunger->groups; g < (int64_t)(place + 1) * hunger->groups; g++) {
        hunger->left[g * hunger->periods + t - 1] = other->left[g * hunger->periods + t - 1];
        for (int64_t n = g * AB_NUTRIENTS; n < (g + 1) * AB_NUTRIENTS; n++)
            hunger->pool[n * hunger->periods + t - 1] = other->pool[n * hunger->periods + t - 1];
    }
}

/* kcal-days of debt, all people of the place. */
static double kcal_days_of(const moment *now)
{
    double days = 0;
    for (int32_t t = 0; t < now->hunger->periods; t++)
        days += now->hunger->debt[(int64_t)now->place * now->hunger->periods + t] * now->hunger->days[t];
    return now->people * now->need->food_kcal_per_person_day * days;
}

void ab__hunger_live(ab_hunger *hunger, const ab_operation *op, const ab_need *need, const ab_arrivals *arrivals)
{
    double people = 0, kcal_days = 0;
    ab_hunger_curve curve = ab__hunger_curve_of(op->settings);
    hunger->hunger = hunger->floor_shortfall = 0;
    for (int32_t p = 0; p < hunger->places; p++) {
        moment now = {.hunger = hunger, .op = op, .need = need, .curve = &curve, .arrivals = arrivals, .place = p,
                      .people = need->people[p]};
        live_from(now, 0);
        people += now.people;
        kcal_days += kcal_days_of(&now);
        hunger->hunger += hunger->so_far[(int64_t)(p + 1) * hunger->periods - 1];
        hunger->floor_shortfall += shortfall_of(&now);
    }
    hunger->objective = hunger->hunger + hunger->floor_weight * hunger->floor_shortfall;
    hunger->deficit_kcal_days_per_person = people > 0 ? kcal_days / people : 0;
}
