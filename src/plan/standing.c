/* How places stand, period by period, if what is sent arrives as far as it is expected to and people eat
 * what is there. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "plan/result.h"

/* Adds what each trip is expected to bring: to `arrivals`, kilograms of food to standing. */
static void add_arrivals(const ab_model *model, const ab_plan *plan, ab_arrivals *arrivals, ab_standing *standing)
{
    for (int32_t i = 0; i < plan->chosen_count; i++) {
        const ab_chosen *chosen = &plan->chosen[i];
        if (chosen->offer < 0)
            continue;
        const ab_offer *offer = &model->trips->offer[chosen->offer];
        int32_t place = ab__kind_of(model, chosen->offer)->place;
        for (int32_t j = 0; j < chosen->load_count; j++) {
            const ab_load *load = &plan->load[chosen->first_load + j];
            double kg = load->mass_kg * offer->arrival.mean;
            ab__arrivals_add(arrivals, model->op, model->need, place, offer->arrive, load->commodity, kg);
            if (model->op->commodities.at[load->commodity].category == AB_CATEGORY_FOOD)
                standing[(int64_t)place * model->periods + offer->arrive].received_kg += kg;
        }
    }
}

/* Adds what past movements brought. */
static void add_past(const ab_model *model, ab_arrivals *arrivals, ab_standing *standing)
{
    ab__moved_arrive(&model->moved, model->op, model->need, arrivals);
    for (int32_t i = 0; i < model->moved.arrived_count; i++) {
        const ab_arrived *a = &model->moved.arrived[i];
        if (model->op->commodities.at[a->commodity].category == AB_CATEGORY_FOOD)
            standing[(int64_t)a->place * model->periods + a->t].received_kg += a->mass_kg;
    }
}

static void fill_standing(const ab_model *model, const ab_hunger *with, const ab_hunger *without,
                          ab_standing *standing)
{
    for (int32_t p = 0; p < model->places; p++) {
        for (int32_t t = 0; t < model->periods; t++) {
            ab_standing *s = &standing[(int64_t)p * model->periods + t];
            double least_days = INFINITY;
            for (int32_t g = 0; g < model->groups; g++) {
                int64_t cell = ((int64_t)p * model->groups + g) * model->periods + t;
                double share = ab__hunger_share(model->need, g);
                if (!(share > 0) || !ab__hunger_counts(model->op, model->need, p, g))
                    continue;
                s->eaten_frac += share * with->eaten[cell] / model->days[t];
                least_days = fmin(least_days, with->left[cell]);
            }
            s->stock_s = isfinite(least_days) ? 86400 * least_days : 0;
            s->debt_ration_days = with->debt[(int64_t)p * model->periods + t];
            s->debt_if_nothing = without->debt[(int64_t)p * model->periods + t];
        }
    }
}

/* Catching up meets the need of no other day: met is at most all of it. */
static void fill_met(const ab_model *model, const ab_hunger *with, double *met)
{
    for (int32_t p = 0; p < model->places; p++)
        for (int32_t g = 0; g < model->groups; g++)
            for (int32_t t = 0; t < model->periods; t++) {
                int64_t cell = ((int64_t)p * model->groups + g) * model->periods + t;
                bool counts = ab__hunger_counts(model->op, model->need, p, g);
                met[cell] = counts ? fmin(1, with->eaten[cell] / model->days[t]) : 1;
            }
}

/* Share of the floor that is eaten, over people and days. */
static void fill_nutrients(const ab_model *model, const ab_hunger *with, ab_plan *plan)
{
    for (int n = 0; n < AB_NUTRIENTS; n++) {
        double met = 0, asked = 0;
        for (int32_t p = 0; p < model->places; p++)
            for (int32_t t = 0; t < model->periods && ab__hunger_counts_nutrient(model->need, p, (ab_nutrient)n); t++) {
                asked += model->need->people[p] * model->days[t];
                met += model->need->people[p] * with->nutrient[((int64_t)p * AB_NUTRIENTS + n) * model->periods + t];
            }
        plan->nutrient_met_frac[n] = asked > 0 ? met / asked : NAN;
    }
}

/* Who stays under the floor, and which floor everybody reaches. */
static void fill_floor(const ab_model *model, const ab_hunger *with, ab_plan *plan)
{
    double horizon = 0;
    for (int32_t t = 0; t < model->periods; t++)
        horizon += model->days[t];
    plan->floor_reached_frac = INFINITY;
    for (int32_t p = 0; p < model->places; p++) {
        double rations = 0;
        for (int32_t g = 0; g < model->groups; g++)
            for (int32_t t = 0; t < model->periods; t++)
                rations += ab__hunger_share(model->need, g) *
                           with->eaten[((int64_t)p * model->groups + g) * model->periods + t];
        if (!(model->need->people[p] > 0))
            continue;
        plan->floor_reached_frac = fmin(plan->floor_reached_frac, rations / horizon);
        plan->places_under_floor += rations < ab__hunger_floor_days(model->op) * (1 - 1e-9);
    }
}

typedef struct owed {
    double debt, people;
    int32_t place;
} owed;

static int by_debt(const void *a, const void *b)
{
    const owed *x = a, *y = b;
    if (x->debt != y->debt)
        return x->debt < y->debt ? -1 : 1;
    return x->place - y->place;
}

/* Gini coefficient of what people are owed at the end, and the place of which they are owed most. */
static bool fill_spread(const ab_model *model, const ab_hunger *with, ab_plan *plan)
{
    owed *list = AB_NEW(model->arena, owed, model->places);
    if (!list)
        return false;
    double people = 0, debt = 0, area = 0;
    for (int32_t p = 0; p < model->places; p++) {
        list[p] = (owed){with->debt[(int64_t)(p + 1) * model->periods - 1], model->need->people[p], p};
        people += list[p].people;
    }
    qsort(list, (size_t)model->places, sizeof *list, by_debt);
    plan->worst_place = -1;
    for (int32_t i = 0; i < model->places; i++) {
        double more = list[i].people * list[i].debt;
        area += list[i].people * (debt + more / 2); /* under the Lorenz curve */
        debt += more;
        if (list[i].people > 0)
            plan->worst_place = list[i].place;
    }
    plan->gini = people > 0 && debt > 0 ? 1 - 2 * area / (people * debt) : 0;
    return true;
}

/* Rations owed to a person at the end if so many people are there and as much arrives. */
static double debt_with(const ab_model *model, const ab_plan *plan, const double *people, ab_hunger *hunger,
                        ab_arrivals *arrivals, ab_standing *spare)
{
    ab_need need = *model->need;
    ab_model other = *model;
    double debt = 0, all = 0;
    need.people = people;
    other.need = &need;
    int64_t cells = (int64_t)model->places * model->groups * model->periods;
    memset(arrivals->days, 0, (size_t)cells * sizeof *arrivals->days);
    memset(arrivals->nutrient, 0, (size_t)cells * AB_NUTRIENTS * sizeof *arrivals->nutrient);
    add_past(&other, arrivals, spare);
    add_arrivals(&other, plan, arrivals, spare);
    ab__hunger_live(hunger, model->op, &need, arrivals);
    for (int32_t p = 0; p < model->places; p++) {
        debt += people[p] * hunger->debt[(int64_t)(p + 1) * model->periods - 1];
        all += people[p];
    }
    return all > 0 ? debt / all : 0;
}

/* What lies in a place is days of its ration, by the best estimate: the same food lasts more people less. */
static bool fill_range(const ab_model *model, ab_plan *plan)
{
    ab_arrivals arrivals;
    ab_hunger *hunger = ab__hunger_new(model->arena, model->op, model->need);
    ab_standing *spare = AB_NEW(model->arena, ab_standing, (int64_t)model->places * model->periods);
    if (!hunger || !spare || !ab__arrivals_new(&arrivals, model->arena, model->op, model->need))
        return false;
    plan->debt_low = debt_with(model, plan, model->need->people_low, hunger, &arrivals, spare);
    plan->debt_high = debt_with(model, plan, model->need->people_high, hunger, &arrivals, spare);
    return true;
}

bool ab__result_standing(const ab_search *search, ab_plan *plan, ab_hunger **with)
{
    const ab_model *model = search->model;
    int64_t moments = (int64_t)model->places * model->periods, cells = moments * model->groups;
    ab_standing *standing = AB_NEW(plan->arena, ab_standing, moments);
    double *met = AB_NEW(plan->arena, double, cells);
    ab_arrivals arrivals;
    bool room = ab__arrivals_new(&arrivals, model->arena, model->op, model->need);
    ab_hunger *without = ab__hunger_new(model->arena, model->op, model->need);
    *with = ab__hunger_new(model->arena, model->op, model->need);
    if (!standing || !met || !room || !without || !*with)
        return false;
    add_past(model, &arrivals, standing);
    add_arrivals(model, plan, &arrivals, standing);
    ab__hunger_live(*with, model->op, model->need, &arrivals);
    ab__hunger_live(without, model->op, model->need, &model->moved_arrivals);
    fill_standing(model, *with, without, standing);
    fill_met(model, *with, met);
    plan->place_count = model->places;
    plan->period_count = model->periods;
    plan->group_count = model->groups;
    plan->standing = standing;
    plan->met_frac = met;
    plan->objective = (*with)->objective;
    plan->hunger = (*with)->hunger;
    plan->floor_shortfall = (*with)->floor_shortfall;
    plan->objective_if_nothing = without->objective;
    plan->deficit_kcal_days_per_person = (*with)->deficit_kcal_days_per_person;
    plan->deficit_if_nothing_kcal_days_per_person = without->deficit_kcal_days_per_person;
    fill_nutrients(model, *with, plan);
    fill_floor(model, *with, plan);
    return fill_spread(model, *with, plan) && fill_range(model, plan);
}
