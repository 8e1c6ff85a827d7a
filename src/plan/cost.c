/* The same hunger for fewer dollars: the hunger found is held by a row, the vehicles found are the most
 * that may go, small loads join others, and the search for whole vehicles runs once more over dollars. */
#include <math.h>

#include "base/arena.h"
#include "plan/search.h"

/* Hunger may rise by this share of what a plan can change: a lorry does not go for one box if the box can
 * go with tomorrow's. */
static const double GIVEN_UP_FRAC = 1e-4;
static const double ROUNDING = 1e-9;
/* Thousand dollars, so that the numbers lie near one. */
static const double USD = 1e-3;
enum { CHARGES = 4 };

/* `more_frac`: of what a plan can change. */
static void hold_hunger(ab_search *search, double more_frac)
{
    double most = search->hunger + more_frac * search->change;
    ab__lp_row_bounds(search->model->lp, search->model->hunger_row, -AB_LP_INFINITY,
                      most - search->model->hunger_constant);
}

/* At most the vehicles and containers found. */
static void allow(ab_search *search, int32_t offer)
{
    const ab_offer_cols *cols = &search->model->offer[offer];
    ab__search_open(search, offer);
    ab__lp_col_bounds(search->model->lp, cols->vehicles, 0, round(search->x[cols->vehicles]));
    if (cols->drops >= 0)
        ab__lp_col_bounds(search->model->lp, cols->drops, 0, round(search->x[cols->drops]));
}

static void allow_no_more(ab_search *search)
{
    const ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        if (model->offer[o].vehicles < 0)
            continue;
        if (search->x[model->offer[o].vehicles] > 0.5)
            allow(search, o);
        else
            ab__search_close(search, o);
    }
}

/* Vehicles that the offer's loads need. */
static double needed(const ab_search *search, int32_t offer)
{
    const ab_model *model = search->model;
    const ab_offer_cols *cols = &model->offer[offer];
    double least = 0;
    for (int32_t r = cols->first_row; r < cols->first_row + cols->row_count; r++) {
        double carried = 0, per_vehicle = 0;
        for (int32_t i = -2; i < cols->load_count; i++) {
            int32_t col = i == -2 ? cols->vehicles : i == -1 ? cols->drops : model->load.at[cols->first_load + i].col;
            ab_lp_entries e = col < 0 ? (ab_lp_entries){0} : ab__lp_entries(model->lp, col);
            for (int32_t k = 0; k < e.count; k++) {
                if (e.row[k] == r && col == cols->vehicles)
                    per_vehicle = -e.value[k];
                else if (e.row[k] == r)
                    carried += e.value[k] * search->x[col];
            }
        }
        if (per_vehicle > 0)
            least = fmax(least, ceil(carried / per_vehicle - AB_WHOLE));
    }
    return least;
}

/* Vehicles that no commitment would miss. */
static double spare_of_promises(const ab_search *search, int32_t offer)
{
    const ab_model *model = search->model;
    double spare = INFINITY;
    for (int32_t k = 0; k < model->op->commitments.count; k++) {
        const ab_promise *promise = &model->promise[k];
        if (!promise->binds || !promise->asks || promise->trips < 0 || !ab__commitment_matches(model, k, offer))
            continue;
        double go = 0;
        for (int32_t i = 0; i < promise->offer_count; i++)
            go += round(search->x[model->offer[promise->offer[i]].vehicles]);
        spare = fmin(spare, go - promise->trips);
    }
    return spare;
}

/* A vehicle that a full limit once kept may have been emptied later. Says whether there was one: what counts vehicles
 * has to be worked out anew then. */
static bool leave_empty_ones(ab_search *search)
{
    const ab_model *model = search->model;
    bool any = false;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        int32_t col = model->offer[o].vehicles;
        if (col < 0 || search->x[col] < 0.5)
            continue;
        double go = round(search->x[col]), fewer = fmin(go - needed(search, o), spare_of_promises(search, o));
        search->x[col] = fewer > 0 ? go - fewer : go;
        any = any || fewer > 0;
    }
    return any;
}

/* Equal small loads, a day apart, would all grow equally dear: the later ones do so faster. From 1 to 2. */
static double later(const ab_model *model, int32_t offer)
{
    return 1 + (double)model->trips->offer[offer].depart / model->periods;
}

/* A part of a vehicle costs the programme that part, though a whole one goes. So each offer is charged, for
 * the part that it used last, the price of whole vehicles: small loads grow dear and join others (slope
 * scaling; Kim and Pardalos 1999). Each departure also pays for the passage: every one has to be notified,
 * escorted and talked through, be it two lorries or twenty. */
static void charge_whole(ab_search *search)
{
    const ab_model *model = search->model;
    const double *x = ab__lp_x(model->lp);
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        int32_t col = model->offer[o].vehicles;
        if (col >= 0 && search->open[o] && x[col] > AB_WHOLE)
            ab__lp_cost(model->lp, col, USD * ((model->usd.at[col] * ceil(x[col] - AB_WHOLE) + AB_PASSAGE_USD) / x[col] * later(model, o) +
                                               ab__search_change_usd(search, col)));
    }
}

/* Dollars of trips. What cargo costs is seen to when it is loaded (load_well): food is not left behind to
 * save its price. */
static void weigh_trips(ab_search *search)
{
    const ab_model *model = search->model;
    ab__search_weigh(search, 0, USD);
    for (int32_t i = 0; i < model->load.count; i++)
        ab__lp_cost(model->lp, model->load.at[i].col, 0);
}

/* Ends with the programme solved. */
static ab_status join_small_loads(ab_search *search, ab_lp_outcome *outcome, ab_error *err)
{
    ab_status status = ab__search_solve(search, outcome, err);
    for (int i = 0; i < CHARGES && status == AB_OK && *outcome == AB_LP_OPTIMAL; i++) {
        charge_whole(search);
        status = ab__search_solve(search, outcome, err);
    }
    return status;
}

static ab_status take_solution(ab_search *search, ab_error *err)
{
    ab_lp_outcome outcome;
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        ab__search_take(search);
    return status;
}

/* With the vehicles as they are: least hunger again, and of loads that feed alike the cheapest. */
static ab_status load_well(ab_search *search, ab_error *err)
{
    ab_model *model = search->model;
    for (int32_t i = 0; i < model->whole.count; i++) {
        double value = round(search->x[model->whole.at[i]]);
        ab__lp_col_bounds(model->lp, model->whole.at[i], value, value);
    }
    ab__lp_row_bounds(model->lp, model->hunger_row, -AB_LP_INFINITY, AB_LP_INFINITY);
    ab__search_weigh(search, 1, search->usd_weight);
    ab_status status = take_solution(search, err);
    return status == AB_OK ? ab__search_load_cheaply(search, err) : status;
}

ab_status ab__search_load_cheaply(ab_search *search, ab_error *err)
{
    hold_hunger(search, ROUNDING);
    ab__search_weigh(search, 0, USD);
    return take_solution(search, err);
}

ab_status ab__search_cut_cost(ab_search *search, ab_error *err)
{
    ab_lp_outcome outcome;
    hold_hunger(search, GIVEN_UP_FRAC);
    allow_no_more(search);
    weigh_trips(search);
    search->cutting = true;
    ab_status status = join_small_loads(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_whole(search, err);
    search->cutting = false;
    leave_empty_ones(search);
    if (status == AB_OK)
        status = load_well(search, err);
    if (status == AB_OK && leave_empty_ones(search))
        status = load_well(search, err);
    return status;
}
