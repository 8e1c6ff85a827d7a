/* The trips of the plan, what they carry and what they cost. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "plan/result.h"

/* A gram: less is the solver's rounding. */
static const double LEAST_T = 1e-6;

typedef struct pick {
    int32_t depart, offer, transfer; /* offer -1: a transfer */
} pick;

static int by_departure(const void *a, const void *b)
{
    const pick *x = a, *y = b;
    if (x->depart != y->depart)
        return x->depart < y->depart ? -1 : 1;
    if (x->offer != y->offer)
        return x->offer < y->offer ? -1 : 1;
    return x->transfer < y->transfer ? -1 : x->transfer > y->transfer;
}

/* Transfers of which some commodity is moved; moves of one transfer stand together. */
static int32_t pick_transfers(const ab_search *search, pick *picks)
{
    const ab_model *model = search->model;
    int32_t count = 0;
    for (int32_t i = 0; i < model->move.count; i++) {
        int32_t transfer = model->move.at[i].transfer;
        if (search->x[model->move.at[i].col] < LEAST_T || (count > 0 && picks[count - 1].transfer == transfer))
            continue;
        picks[count++] = (pick){model->trips->transfer[transfer].depart, -1, transfer};
    }
    return count;
}

static int32_t pick_all(const ab_search *search, pick *picks)
{
    const ab_model *model = search->model;
    int32_t count = pick_transfers(search, picks);
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        if (model->offer[o].vehicles >= 0 && search->x[model->offer[o].vehicles] > 0.5)
            picks[count++] = (pick){model->trips->offer[o].depart, o, -1};
    qsort(picks, (size_t)count, sizeof *picks, by_departure);
    return count;
}

static void add_load(ab_load *load, ab_chosen *chosen, int32_t commodity, double mass_t)
{
    if (mass_t >= LEAST_T)
        load[chosen->first_load + chosen->load_count++] = (ab_load){commodity, 1000 * mass_t};
}

static void fill_transfer(const ab_search *search, ab_chosen *chosen, ab_load *load)
{
    const ab_model *model = search->model;
    for (int32_t i = 0; i < model->move.count; i++)
        if (model->move.at[i].transfer == chosen->transfer)
            add_load(load, chosen, model->move.at[i].commodity, search->x[model->move.at[i].col]);
}

static void fill_offer(const ab_search *search, ab_chosen *chosen, ab_load *load)
{
    const ab_model *model = search->model;
    const ab_offer_cols *cols = &model->offer[chosen->offer];
    chosen->vehicles = (int32_t)lround(search->x[cols->vehicles]);
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *l = &model->load.at[cols->first_load + i];
        add_load(load, chosen, l->commodity, search->x[l->col]);
    }
}

static void add_cost(const ab_search *search, const ab_chosen *chosen, const ab_load *load, ab_plan *plan)
{
    const ab_model *model = search->model;
    double mass_kg = 0;
    for (int32_t i = 0; i < chosen->load_count; i++) {
        const ab_load *l = &load[chosen->first_load + i];
        mass_kg += l->mass_kg;
        if (chosen->offer >= 0)
            plan->cargo_usd += l->mass_kg * model->op->commodities.at[l->commodity].usd_per_kg;
    }
    if (chosen->offer < 0) {
        plan->trip_usd += mass_kg * model->trips->transfer[chosen->transfer].usd_per_kg;
        return;
    }
    const ab_trip_kind *kind = ab__kind_of(model, chosen->offer);
    plan->trip_usd += chosen->vehicles * kind->usd;
    if (kind->loads > 0)
        plan->canopy_usd += ceil(mass_kg / kind->load_kg - AB_WHOLE) * kind->usd_per_load;
}

/* As many convoys as the vehicles that go fill: the search may have kept one that others emptied. */
static void add_convoy_cost(const ab_search *search, ab_plan *plan)
{
    const ab_model *model = search->model;
    for (int32_t i = 0; i < model->convoy.count; i++) {
        const ab_convoy_col *convoy = &model->convoy.at[i];
        const ab_vehicle *vehicle = &model->op->vehicles.at[convoy->vehicle];
        double most = (double)(vehicle->convoy_max > 0 ? vehicle->convoy_max : vehicle->count), go = 0;
        for (int32_t k = 0; k < plan->chosen_count && search->x[convoy->col] > 0.5; k++) {
            const ab_chosen *chosen = &plan->chosen[k];
            if (chosen->offer < 0 || ab__kind_of(model, chosen->offer)->vehicle != convoy->vehicle)
                continue;
            bool same = ab__kind_of(model, chosen->offer)->place == convoy->place &&
                        model->block[model->trips->offer[chosen->offer].depart] == convoy->block;
            go += same ? chosen->vehicles : 0;
        }
        plan->convoy_usd += ceil(go / most - AB_WHOLE) * vehicle->convoy_usd;
    }
}

bool ab__result_trips(const ab_search *search, ab_plan *plan)
{
    const ab_model *model = search->model;
    pick *picks = AB_NEW(model->arena, pick, model->move.count + model->trips->offer_count);
    if (!picks)
        return false;
    int32_t count = search->found ? pick_all(search, picks) : 0;
    ab_chosen *chosen = AB_NEW(plan->arena, ab_chosen, count);
    ab_load *load = AB_NEW(plan->arena, ab_load, model->load.count + model->move.count);
    if (!chosen || !load)
        return false;
    int32_t loads = 0;
    for (int32_t i = 0; i < count; i++) {
        chosen[i] = (ab_chosen){picks[i].offer, picks[i].transfer, 0, loads, 0};
        if (picks[i].offer >= 0)
            fill_offer(search, &chosen[i], load);
        else
            fill_transfer(search, &chosen[i], load);
        loads += chosen[i].load_count;
        add_cost(search, &chosen[i], load, plan);
    }
    plan->chosen = chosen;
    plan->chosen_count = count;
    plan->load = load;
    plan->load_count = loads;
    add_convoy_cost(search, plan);
    plan->fixed_usd = model->fixed_usd;
    return true;
}
