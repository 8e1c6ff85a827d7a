/* A whole plan from the greedy's vehicles: with these as they are, the programme loads them as well as can be. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "plan/greedy.h"

/* Loads of a vast programme that are too many to be chosen all at once: that takes longer than all before it, and once they are
 * whole packages people live no better by them (bench/plan.c, the second size). */
enum { MOST_LOADS = 5000 };

/* Offers that go are open, their loads free, and their vehicles and containers fixed; all others are closed. */
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

/* And so are loads. */
static void fix_loads(ab_search *search, const double *x)
{
    ab_model *model = search->model;
    for (int32_t i = 0; i < model->load.count; i++) {
        double as_loaded = fmax(0, x[model->load.at[i].col]);
        if (search->open[model->load.at[i].offer])
            ab__lp_col_bounds(model->lp, model->load.at[i].col, as_loaded, as_loaded);
    }
}

/* What x comes to, once its loads are whole packages, by how people live and what it changes of the plan before; per person. NaN:
 * out of memory. */
static double packed_value(ab_search *search, const double *x)
{
    size_t size = (size_t)ab__lp_cols(search->model->lp) * sizeof *x;
    double *packed = AB_NEW(search->model->arena, double, ab__lp_cols(search->model->lp)), *found = search->x;
    if (!packed)
        return NAN;
    memcpy(packed, x, size);
    search->x = packed;
    double value = ab__search_pack(search) ? ab__search_lived(search, packed) : NAN;
    search->x = found;
    return value + ab__search_value(search, packed) - ab__search_hunger(search, packed);
}

static ab_status solve(ab_search *search, bool *solved, ab_error *err)
{
    ab_lp_outcome outcome = AB_LP_STOPPED;
    if (search->large)
        ab__lp_forget(search->model->lp);
    ab_status status = ab__search_solve(search, &outcome, err);
    *solved = status == AB_OK && outcome == AB_LP_OPTIMAL;
    return status;
}

/* Takes the programme's solution if people live better by it than by what there is. */
static ab_status keep_better(ab_search *search, ab_error *err)
{
    double new_value = packed_value(search, ab__lp_x(search->model->lp));
    double old_value = search->found ? packed_value(search, search->x) : INFINITY;
    if (isnan(new_value) || isnan(old_value))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while loads were chosen");
    if (new_value < old_value)
        ab__search_take(search);
    return AB_OK;
}

static int32_t count_loads(const ab_search *search)
{
    int32_t count = 0;
    for (int32_t i = 0; i < search->model->load.count; i++)
        count += search->open[search->model->load.at[i].offer];
    return count;
}

/* Loads as the greedy has them. */
static ab_status keep_as_loaded(ab_search *search, const double *greedy, bool *solved, ab_error *err)
{
    fix(search, greedy);
    fix_loads(search, greedy);
    ab_status status = solve(search, solved, err);
    return *solved ? keep_better(search, err) : status;
}

static ab_status choose_loads(ab_search *search, const double *greedy, ab_error *err)
{
    bool solved;
    fix(search, greedy);
    ab_status status = solve(search, &solved, err);
    if (solved && search->large)
        return keep_better(search, err);
    if (solved)
        ab__search_keep(search);
    return status;
}

/* Loads that the programme chooses feed people who eat as it likes, from parts of packages; those that the greedy chose
 * are whole, and were judged by how people live. So of many vehicles both are tried, where the first can be had in time. */
static ab_status load(ab_search *search, const double *greedy, ab_error *err)
{
    bool solved = false, vast = ab__search_is_vast(search);
    ab_status status = vast || search->large ? keep_as_loaded(search, greedy, &solved, err) : AB_OK;
    bool many = vast && count_loads(search) > MOST_LOADS;
    bool enough = (solved && (search->stopped || !search->large)) || (search->found && many);
    if (status != AB_OK || enough)
        return status;
    return choose_loads(search, greedy, err);
}

ab_status ab__search_fill(ab_search *search, const double *start, ab_error *err)
{
    ab_model *model = search->model;
    size_t offers = (size_t)model->trips->offer_count;
    double *vehicles = AB_NEW(model->arena, double, ab__lp_cols(model->lp));
    char *open = AB_NEW(model->arena, char, offers);
    double *convoy_hi = AB_NEW(model->arena, double, model->convoy.count);
    if (!vehicles || !open || !convoy_hi || !ab__greedy_fill(search, start, vehicles))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while a first plan was made");
    memcpy(open, search->open, offers);
    for (int32_t i = 0; i < model->convoy.count; i++)
        convoy_hi[i] = ab__lp_col_hi(model->lp, model->convoy.at[i].col);
    ab_status status = load(search, vehicles, err);
    restore(search, open, convoy_hi);
    return status;
}
