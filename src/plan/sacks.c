/* Nobody sends a lorry for a sack. A programme that minimises hunger does: any box relieves somebody. So
 * vehicles that would leave with less than a fifth of what they could carry stay, their loads go with
 * others as far as there is room, and the little that is then missing stands in the gap to the bound.
 * Where it would not be little, as in a hamlet that a sack feeds, only emptier ones stay. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "plan/search.h"

/* Share of a full load that is worth a trip, and how much more a tonne of medical goods counts: a few
 * hundred kilograms of kits are a reason to go. Assumed. */
static const double LEAST_FRAC[] = {0.2, 0.1, 0.02}, MEDICAL_WEIGHT = 5;
/* Share of what a plan can change that may be given up for it. Assumed. */
static const double GIVEN_UP_FRAC = 0.005;
enum { ROUNDS = 12, LEASTS = sizeof LEAST_FRAC / sizeof LEAST_FRAC[0] };

/* Tonnes of one vehicle full of the lightest of its goods. */
static double full_load_t(const ab_model *model, int32_t offer)
{
    const ab_offer_cols *cols = &model->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    double full_kg = kind->payload_kg;
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_commodity *c = &model->op->commodities.at[model->load.at[cols->first_load + i].commodity];
        if (c->package_m3 > 0)
            full_kg = fmin(full_kg, kind->payload_m3 * c->package_kg / c->package_m3);
    }
    return full_kg / 1000;
}

double ab__worth_a_trip_t(const ab_model *model, int32_t offer)
{
    return LEAST_FRAC[0] * full_load_t(model, offer);
}

double ab__worth_of_t(const ab_model *model, int32_t commodity)
{
    return model->op->commodities.at[commodity].category == AB_CATEGORY_MEDICAL ? MEDICAL_WEIGHT : 1;
}

static bool is_promised(const ab_model *model, int32_t offer)
{
    for (int32_t k = 0; k < model->op->commitments.count; k++)
        if (model->promise[k].asks && ab__commitment_matches(model, k, offer))
            return true;
    return false;
}

static bool is_sack(const ab_search *search, int32_t offer, double least_frac)
{
    const ab_model *model = search->model;
    const ab_offer_cols *cols = &model->offer[offer];
    double worth_t = 0, vehicles = round(search->x[cols->vehicles]);
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        worth_t += search->x[load->col] * ab__worth_of_t(model, load->commodity);
    }
    return worth_t < vehicles * least_frac * full_load_t(model, offer) && !is_promised(model, offer);
}

static void hold(ab_lp *lp, int32_t col, double at)
{
    ab__lp_col_bounds(lp, col, at, at);
}

/* Holds every vehicle where the plan has it, and the sacks at home; false: there is none. */
static bool leave_sacks(ab_search *search, double least_frac)
{
    ab_model *model = search->model;
    bool any = false;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        if (cols->vehicles < 0 || !search->open[o])
            continue;
        double go = round(search->x[cols->vehicles]);
        bool sack = go > 0 && is_sack(search, o, least_frac);
        any = any || sack;
        go = sack ? 0 : go;
        hold(model->lp, cols->vehicles, go);
        if (cols->drops >= 0)
            hold(model->lp, cols->drops, go > 0 ? round(search->x[cols->drops]) : 0);
    }
    return any;
}

static void hold_vehicles_of_plan(ab_search *search)
{
    const ab_model *model = search->model;
    for (int32_t i = 0; i < model->whole.count; i++)
        hold(model->lp, model->whole.at[i], round(search->x[model->whole.at[i]]));
}

ab_status ab__search_drop_sacks(ab_search *search, ab_error *err)
{
    ab_model *model = search->model;
    ab_lp_outcome outcome = AB_LP_OPTIMAL;
    ab_status status = AB_OK;
    double most = search->hunger + GIVEN_UP_FRAC * search->change;
    ab__lp_row_bounds(model->lp, model->hunger_row, -AB_LP_INFINITY, most - model->hunger_constant);
    ab__search_weigh(search, 1, search->usd_weight);
    bool dropped = false;
    for (int i = 0, least = 0; i < ROUNDS && least < LEASTS && status == AB_OK; i++) {
        if (!leave_sacks(search, LEAST_FRAC[least])) {
            least++;
            continue;
        }
        status = ab__search_solve(search, &outcome, err);
        /* What others need of these trips, a linked town or a promise, keeps them. */
        if (status == AB_OK && outcome == AB_LP_OPTIMAL && ab__search_is_whole(search)) {
            ab__search_take(search);
            dropped = true;
        } else {
            least++;
        }
    }
    /* Beside hunger dollars weigh so little that what they would forbid may stand in a solution: goods sent to and fro. */
    if (status != AB_OK || !dropped)
        return status;
    hold_vehicles_of_plan(search);
    return ab__search_load_cheaply(search, err);
}
