/* How places stand, period by period, if what is sent arrives as far as it is expected to and people eat
 * what is there. */
#include <math.h>

#include "base/arena.h"
#include "plan/result.h"

/* Adds what each trip is expected to bring: days of need to `arrived`, kilograms of food to standing. */
static void add_arrivals(const ab_model *model, const ab_plan *plan, double *arrived, ab_standing *standing)
{
    const ab_need *need = model->need;
    for (int32_t i = 0; i < plan->chosen_count; i++) {
        const ab_chosen *chosen = &plan->chosen[i];
        if (chosen->offer < 0)
            continue;
        const ab_offer *offer = &model->trips->offer[chosen->offer];
        int32_t place = ab__kind_of(model, chosen->offer)->place;
        for (int32_t j = 0; j < chosen->load_count; j++) {
            const ab_load *load = &plan->load[chosen->first_load + j];
            double kg = load->mass_kg * offer->arrival.mean;
            int32_t g = need->commodity_group[load->commodity];
            if (g >= 0 && ab__hunger_counts(need, place, g))
                arrived[((int64_t)place * model->groups + g) * model->periods + offer->arrive] +=
                    kg * need->commodity_per_kg[load->commodity] / ab__hunger_per_day(need, place, g);
            if (model->op->commodities.at[load->commodity].category == AB_CATEGORY_FOOD)
                standing[(int64_t)place * model->periods + offer->arrive].received_kg += kg;
        }
    }
}

/* Adds what past movements brought. */
static void add_past(const ab_model *model, double *arrived, ab_standing *standing)
{
    ab__moved_days(&model->moved, model->need, arrived);
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
                if (!(share > 0) || !ab__hunger_counts(model->need, p, g))
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
                bool counts = ab__hunger_counts(model->need, p, g);
                met[cell] = counts ? fmin(1, with->eaten[cell] / model->days[t]) : 1;
            }
}

bool ab__result_standing(const ab_search *search, ab_plan *plan, ab_hunger **with)
{
    const ab_model *model = search->model;
    int64_t moments = (int64_t)model->places * model->periods, cells = moments * model->groups;
    ab_standing *standing = AB_NEW(plan->arena, ab_standing, moments);
    double *met = AB_NEW(plan->arena, double, cells);
    double *arrived = AB_NEW(model->arena, double, cells);
    ab_hunger *without = ab__hunger_new(model->arena, model->op, model->need);
    *with = ab__hunger_new(model->arena, model->op, model->need);
    if (!standing || !met || !arrived || !without || !*with)
        return false;
    add_past(model, arrived, standing);
    add_arrivals(model, plan, arrived, standing);
    ab__hunger_live(*with, model->op, model->need, arrived);
    ab__hunger_live(without, model->op, model->need, model->moved_days);
    fill_standing(model, *with, without, standing);
    fill_met(model, *with, met);
    plan->place_count = model->places;
    plan->period_count = model->periods;
    plan->group_count = model->groups;
    plan->standing = standing;
    plan->met_frac = met;
    plan->objective = (*with)->objective;
    plan->objective_if_nothing = without->objective;
    plan->deficit_kcal_days_per_person = (*with)->deficit_kcal_days_per_person;
    plan->deficit_if_nothing_kcal_days_per_person = without->deficit_kcal_days_per_person;
    return true;
}
