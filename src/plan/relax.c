/* The relaxation: vehicles may be divided. Its hunger is a bound on every plan's, its prices say what
 * stands in the way of more. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"

#include "plan/greedy.h"
#include "plan/hunger.h"
#include "plan/search.h"

/* A dive solves the programme again and again; with more parts than these it takes longer than it is worth, and
 * the greedy at the relaxation's prices comes nearer (bench/plan.c). */
enum { MOST_PARTS = 500 };

/* How near the optimum of a vast programme is enough, of what a plan can change; so many times that while offers that are
 * closed could gain much more. */
static const double NEAR_FRAC = 1e-3, COARSE = 5;

/* How much higher than the floor a plan aims; what a solution near the optimum may owe to a floor that can be reached, of it. */
static const double AIM_FRAC = 0.01, OWED_FRAC = 1e-3;

/* Least hunger, per person, that a full load of this column relieves: arriving on the last day, where
 * debt is cheapest. What goes against all odds, since somebody has decided so, is no measure. */
static double least_gain(const ab_model *model, const ab_load_col *load)
{
    const ab_trip_kind *kind = ab__kind_of(model, load->offer);
    int32_t group = model->need->commodity_group[load->commodity];
    if (group < 0 || !ab__hunger_counts(model->op, model->need, kind->place, group))
        return 0;
    double kg = kind->payload_kg * fmax(model->trips->offer[load->offer].arrival.mean, model->op->settings->least_arrival_prob);
    double person_days = kg * model->need->commodity_per_kg[load->commodity];
    double share = ab__hunger_share(model->need, group);
    person_days /= share > 0 ? model->need->food_kcal_per_person_day : model->need->group[group].per_person_day;
    return person_days * ab__hunger_weight(model->op->settings, model->need->group[group].category) / model->people;
}

static double usd_of(const ab_model *model, const ab_load_col *load)
{
    const ab_trip_kind *kind = ab__kind_of(model, load->offer);
    double usd = model->usd.at[model->offer[load->offer].vehicles] + kind->loads * kind->usd_per_load;
    return usd + kind->payload_kg * model->op->commodities.at[load->commodity].usd_per_kg;
}

/* So little that the dearest load for its effect costs a hundredth of the hunger that it relieves. */
static double choose_usd_weight(const ab_model *model)
{
    double weight = DBL_MAX;
    for (int32_t i = 0; i < model->load.count; i++) {
        double gain = least_gain(model, &model->load.at[i]), usd = usd_of(model, &model->load.at[i]);
        if (gain > 0 && usd > 0)
            weight = fmin(weight, 0.01 * gain / usd);
    }
    return weight < DBL_MAX ? weight : 0;
}

static void keep_prices(ab_search *search)
{
    const double *dual = ab__lp_dual(search->model->lp), *reduced = ab__lp_reduced_cost(search->model->lp);
    for (int32_t r = 0; r < ab__lp_rows(search->model->lp); r++)
        search->price[r] = -dual[r];
    for (int32_t c = 0; c < ab__lp_cols(search->model->lp); c++)
        search->reduced[c] = reduced[c];
}

static bool is_told_to_stop(void *search)
{
    return !ab__search_goes_on(search, "relaxing");
}

/* Within `off` of the optimum where the programme is vast and a plan needs no basis of it; if that is not found, exactly. */
static ab_status solve(ab_search *search, double off, ab_lp_outcome *outcome, ab_error *err)
{
    search->nearly = false;
    if (off > 0 && ab__search_is_vast(search) && ab__greedy_serves(search->model)) {
        ab__lp_stop_when(search->model->lp, is_told_to_stop, search);
        ab_status status = ab__lp_nearly(search->model->lp, off, outcome, err);
        ab__lp_stop_when(search->model->lp, NULL, NULL);
        search->nearly = status == AB_OK && *outcome == AB_LP_OPTIMAL;
        search->solves++;
        if (status != AB_OK || search->nearly || search->stopped)
            return status;
    }
    return ab__search_solve(search, outcome, err);
}

/* Solves over ever more offers until none that is closed would be used, ever nearer the optimum. */
static ab_status solve_over_all(ab_search *search, ab_lp_outcome *outcome, ab_error *err)
{
    double fine = NEAR_FRAC * search->change, off = COARSE * fine;
    for (bool all = false;;) {
        ab_status status = solve(search, off, outcome, err);
        if (status != AB_OK || *outcome == AB_LP_STOPPED || (*outcome != AB_LP_OPTIMAL && all))
            return status;
        if (*outcome != AB_LP_OPTIMAL) {
            ab__search_open_all(search);
            search->unopened = 0;
            all = true;
        } else if (!all && ab__search_open_more(search)) {
            off = fmin(COARSE * fine, fmax(fine, search->unopened / 50));
        } else if (search->nearly && off > fine) {
            off = fine;
        } else {
            return AB_OK;
        }
    }
}

/* What the last solution owes to the floor, per person. */
static double floor_part(const ab_model *model)
{
    double total = 0;
    for (int32_t p = 0; p < model->places; p++)
        if (model->floor_col[p] >= 0)
            total += model->hunger.at[model->floor_col[p]] * ab__lp_x(model->lp)[model->floor_col[p]];
    return total;
}

int32_t ab__search_parts(const ab_search *search)
{
    const double *x = ab__lp_x(search->model->lp);
    int32_t parts = 0;
    for (int32_t i = 0; i < search->model->whole.count; i++) {
        double value = x[search->model->whole.at[i]];
        parts += fabs(value - round(value)) > AB_WHOLE;
    }
    return parts;
}

/* What the plan that there is owes to floors as they are now: what is eaten stays as it is. */
static bool owe_floors(ab_search *search)
{
    const ab_model *model = search->model;
    ab_arena *scratch = ab__arena_new();
    double *reached = scratch ? AB_NEW(scratch, double, ab__lp_rows(model->lp)) : NULL;
    for (int32_t c = 0; reached && c < ab__lp_cols(model->lp); c++) {
        ab_lp_entries e = ab__lp_entries(model->lp, c);
        for (int32_t i = 0; search->x[c] != 0 && i < e.count; i++)
            reached[e.row[i]] += e.value[i] * search->x[c];
    }
    for (int32_t p = 0; reached && p < model->places; p++) {
        int32_t col = model->floor_col[p], row = model->floor_row[p];
        if (col >= 0)
            search->x[col] = fmax(0, ab__lp_row_lo(model->lp, row) - (reached[row] - search->x[col]));
    }
    search->hunger = ab__search_hunger(search, search->x);
    ab__arena_free(scratch);
    return reached;
}

/* Whole vehicles and packages leave a place that the relaxation brings just to the floor a little under it, and the
 * floor weighs much. So the plan aims a little higher where the floor can be reached; the bound does not. */
static ab_status aim_over_floor(ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    double floor_days = ab__hunger_floor_days(model->op), nothing = search->nearly ? OWED_FRAC * floor_days : AB_WHOLE;
    for (int32_t p = 0; p < model->places; p++) {
        int32_t col = model->floor_col[p];
        if (col < 0 || ab__lp_x(model->lp)[col] > nothing)
            continue;
        ab__lp_row_bounds(model->lp, model->floor_row[p], floor_days * (1 + AIM_FRAC), AB_LP_INFINITY);
        ab__lp_col_bounds(model->lp, col, 0, floor_days * (1 + AIM_FRAC));
    }
    return !search->found || owe_floors(search) ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory while a plan was held to the floor");
}

static ab_status keep_relaxed(ab_search *search, ab_error *err)
{
    size_t cols = (size_t)ab__lp_cols(search->model->lp);
    search->relaxed = AB_NEW(search->model->arena, double, cols);
    if (!search->relaxed)
        return ab_fail(err, AB_NO_MEMORY, "out of memory for the relaxation of a plan");
    memcpy(search->relaxed, ab__lp_x(search->model->lp), cols * sizeof *search->relaxed);
    return AB_OK;
}

ab_status ab__search_relax(ab_search *search, ab_lp_outcome *outcome, ab_error *err)
{
    search->usd_weight = choose_usd_weight(search->model);
    ab__search_weigh(search, 1, 0);
    ab__search_open_few(search);
    ab__lp_calls(search->model->lp, ab__search_is_vast(search) ? 1 : 0);
    ab_status status = solve_over_all(search, outcome, err);
    ab__lp_calls(search->model->lp, 0);
    if (status != AB_OK || *outcome != AB_LP_OPTIMAL)
        return status;
    double hunger = ab__search_hunger(search, ab__lp_x(search->model->lp));
    search->bound = (search->nearly ? search->model->hunger_constant + ab__lp_bound(search->model->lp) : hunger) - search->unopened;
    search->change = fmax(0, search->change - (search->bound - floor_part(search->model)));
    keep_prices(search);
    search->priced = true;
    search->large = ab__greedy_serves(search->model) && (search->nearly || ab__search_parts(search) > MOST_PARTS);
    /* From here on a dollar counts for a little, so that of trips that feed alike the cheaper are chosen. */
    ab__search_weigh(search, 1, search->usd_weight);
    if (search->large) {
        status = aim_over_floor(search, err);
        return status == AB_OK ? keep_relaxed(search, err) : status;
    }
    status = solve_over_all(search, outcome, err);
    if (status != AB_OK || *outcome != AB_LP_OPTIMAL)
        return status;
    /* With a plan before, the price of changes would be in this bound, and in no bill. */
    if (!(search->model->change_price > 0))
        search->bound_all = search->model->hunger_constant + ab__lp_objective(search->model->lp) - search->unopened;
    ab__search_keep(search);
    return aim_over_floor(search, err);
}
