#include "plan/search.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "plan/hunger.h"

static const double MOST_CHANGE_WEIGHT = 1e7;

double ab__search_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

ab_status ab__search_start(ab_search *search, ab_model *model, const ab_plan_options *options, ab_error *err)
{
    static const ab_plan_options none = AB_PLAN_OPTIONS_INIT;
    *search = (ab_search){.model = model, .options = options ? options : &none};
    search->price = AB_NEW(model->arena, double, ab__lp_rows(model->lp));
    search->reduced = AB_NEW(model->arena, double, ab__lp_cols(model->lp));
    search->x = AB_NEW(model->arena, double, ab__lp_cols(model->lp));
    search->open = AB_NEW(model->arena, char, model->trips->offer_count);
    ab_hunger *hunger = ab__hunger_new(model->arena, model->op, model->need);
    if (!search->price || !search->reduced || !search->x || !search->open || !hunger)
        return ab_fail(err, AB_NO_MEMORY, "out of memory for the search of a plan");
    ab__hunger_live(hunger, model->op, model->need, &model->moved_arrivals);
    search->nothing = model->people > 0 ? hunger->objective / model->people : 0;
    search->change = model->people > 0 ? hunger->hunger / model->people : 0;
    if (search->options->time_limit_s > 0)
        search->deadline_s = ab__search_seconds() + search->options->time_limit_s;
    return AB_OK;
}

double ab__search_gap_frac(const ab_search *search, double hunger)
{
    return search->change > 1e-12 * (1 + search->nothing) ? (hunger - search->bound) / search->change : 0;
}

bool ab__search_goes_on(ab_search *search, const char *stage)
{
    double best = search->found ? search->hunger : search->nothing;
    const ab_plan_options *options = search->options;
    if (search->deadline_s > 0 && ab__search_seconds() >= search->deadline_s)
        search->stopped = true;
    if (!search->stopped && options->progress &&
        !options->progress(options->context, stage, search->model->people * search->bound,
                           search->model->people * best, ab__search_gap_frac(search, best)))
        search->stopped = true;
    return !search->stopped;
}

ab_status ab__search_solve(ab_search *search, ab_lp_outcome *outcome, ab_error *err)
{
    /* When time is up already, a last short solve still keeps the promises. */
    if (search->deadline_s > 0)
        ab__lp_limit_s(search->model->lp, fmax(1, search->deadline_s - ab__search_seconds()));
    search->solves++;
    ab_status status = ab__lp_solve(search->model->lp, outcome, err);
    if (status == AB_OK && *outcome == AB_LP_STOPPED)
        search->stopped = true;
    return status;
}

/* What a change counts where hunger counts `hunger` and a dollar `usd`: nothing until the bound is known. The cost of
 * change is hunger; where that is held, it is as many dollars as that hunger is worth, within what the solver can add up. */
static double change_weight(const ab_search *search, double hunger, double usd)
{
    if (!search->priced || hunger > 0)
        return search->priced ? hunger : 0;
    return search->usd_weight > 0 ? fmin(usd / search->usd_weight, MOST_CHANGE_WEIGHT) : usd;
}

void ab__search_weigh(ab_search *search, double hunger, double usd)
{
    ab_model *model = search->model;
    double change = change_weight(search, hunger, usd);
    for (int32_t c = 0; c < model->hunger.count; c++)
        ab__lp_cost(model->lp, c, hunger * model->hunger.at[c] + usd * model->usd.at[c] + change * model->change.at[c]);
}

static double sum(const double *weight, const double *x, int32_t count)
{
    double total = 0;
    for (int32_t c = 0; c < count; c++)
        total += weight[c] * x[c];
    return total;
}

double ab__search_hunger(const ab_search *search, const double *x)
{
    const ab_model *model = search->model;
    return model->hunger_constant + sum(model->hunger.at, x, model->hunger.count);
}

double ab__search_value(const ab_search *search, const double *x)
{
    const ab_model *model = search->model;
    double change = search->priced ? model->change_constant + sum(model->change.at, x, model->change.count) : 0;
    return ab__search_hunger(search, x) + change;
}

double ab__search_change_usd(const ab_search *search, int32_t col)
{
    return change_weight(search, 0, 1) * search->model->change.at[col];
}

/* Dollars of trips, without the price of what they carry, and with that of changes. */
static double trip_usd(const ab_search *search, const double *x)
{
    const ab_model *model = search->model;
    double usd = sum(model->usd.at, x, model->usd.count);
    for (int32_t i = 0; i < model->load.count; i++)
        usd -= model->usd.at[model->load.at[i].col] * x[model->load.at[i].col];
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        if (model->offer[o].vehicles >= 0 && x[model->offer[o].vehicles] > AB_WHOLE)
            usd += AB_PASSAGE_USD;
    for (int32_t c = 0; c < model->change.count; c++)
        usd += ab__search_change_usd(search, c) * x[c];
    return usd;
}

static bool is_whole(const ab_model *model, const double *x)
{
    for (int32_t i = 0; i < model->whole.count; i++) {
        double value = x[model->whole.at[i]];
        if (fabs(value - round(value)) > AB_WHOLE)
            return false;
    }
    return true;
}

void ab__search_take(ab_search *search)
{
    const ab_model *model = search->model;
    const double *x = ab__lp_x(model->lp);
    search->found = true;
    search->hunger = ab__search_hunger(search, x);
    search->usd = trip_usd(search, x);
    memcpy(search->x, x, (size_t)model->hunger.count * sizeof *search->x);
}

bool ab__search_is_whole(const ab_search *search)
{
    return is_whole(search->model, ab__lp_x(search->model->lp));
}

void ab__search_keep(ab_search *search)
{
    const double *x = ab__lp_x(search->model->lp);
    bool better = !search->found || (search->cutting ? trip_usd(search, x) < search->usd
                                                     : ab__search_value(search, x) < ab__search_value(search, search->x));
    if (better && is_whole(search->model, x))
        ab__search_take(search);
}
