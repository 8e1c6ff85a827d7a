/* A whole plan from the greedy's vehicles: with these as they are, the programme loads them as well as can be. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "plan/greedy.h"

/* Offers that go are open and their vehicles and containers fixed; all others are closed. */
static void fix(ab_search *search, const double *vehicles)
{
    ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        if (cols->vehicles < 0)
            continue;
        double go = round(vehicles[cols->vehicles]);
        if (!(go > 0)) {
            ab__search_close(search, o);
            continue;
        }
        ab__search_open(search, o);
        ab__lp_col_bounds(model->lp, cols->vehicles, go, go);
        if (cols->drops >= 0)
            ab__lp_col_bounds(model->lp, cols->drops, round(vehicles[cols->drops]), round(vehicles[cols->drops]));
    }
    for (int32_t i = 0; i < model->convoy.count; i++) {
        double go = round(vehicles[model->convoy.at[i].col]);
        ab__lp_col_bounds(model->lp, model->convoy.at[i].col, go, go);
    }
}

static void restore(ab_search *search, const char *open, const double *convoy_hi)
{
    ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        if (open[o])
            ab__search_open(search, o);
        else
            ab__search_close(search, o);
    for (int32_t i = 0; i < model->convoy.count; i++)
        ab__lp_col_bounds(model->lp, model->convoy.at[i].col, 0, convoy_hi[i]);
}

/* Loads that the programme chose feed people who eat as it likes, from parts of packages; those that the greedy chose
 * are whole, and were judged by how people live. Where the second are better in the end, they stay. */
static ab_status choose_loads(ab_search *search, const double *greedy, ab_error *err)
{
    ab_model *model = search->model;
    ab_lp_outcome outcome = AB_LP_STOPPED;
    size_t size = (size_t)ab__lp_cols(model->lp) * sizeof *search->x;
    double *as_found = AB_NEW(model->arena, double, ab__lp_cols(model->lp));
    if (!as_found)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while loads were chosen");
    memcpy(as_found, search->x, size);
    bool packed = ab__search_pack(search);
    double by_programme = ab__search_lived(search, search->x), by_greedy = ab__search_lived(search, greedy);
    memcpy(search->x, as_found, size);
    if (!packed || isnan(by_programme) || isnan(by_greedy))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while loads were chosen");
    if (by_greedy >= by_programme)
        return AB_OK;
    for (int32_t i = 0; i < model->load.count; i++) {
        double as_loaded = fmax(0, greedy[model->load.at[i].col]);
        if (search->open[model->load.at[i].offer])
            ab__lp_col_bounds(model->lp, model->load.at[i].col, as_loaded, as_loaded);
    }
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        ab__search_take(search);
    return status;
}

ab_status ab__search_fill(ab_search *search, const double *start, ab_error *err)
{
    ab_model *model = search->model;
    ab_lp_outcome outcome = AB_LP_STOPPED;
    size_t offers = (size_t)model->trips->offer_count;
    double *vehicles = AB_NEW(model->arena, double, ab__lp_cols(model->lp));
    char *open = AB_NEW(model->arena, char, offers);
    double *convoy_hi = AB_NEW(model->arena, double, model->convoy.count);
    if (!vehicles || !open || !convoy_hi || !ab__greedy_fill(search, start, vehicles))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while a first plan was made");
    memcpy(open, search->open, offers);
    for (int32_t i = 0; i < model->convoy.count; i++)
        convoy_hi[i] = ab__lp_col_hi(model->lp, model->convoy.at[i].col);
    fix(search, vehicles);
    if (search->large)
        ab__lp_forget(model->lp);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL) {
        ab__search_keep(search);
        if (search->large)
            status = choose_loads(search, vehicles, err);
    }
    restore(search, open, convoy_hi);
    return status;
}
