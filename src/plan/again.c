/* The plan before as a first plan: its vehicles and no others, as far as they can still go and be loaded. What is found after
 * it must be worth its changes. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "plan/search.h"

/* Opens what the plan before had, with no more vehicles, and what is promised. */
static void allow_before(ab_search *search)
{
    const ab_model *model = search->model;
    ab__search_open_promised(search);
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        if (cols->vehicles < 0 || search->open[o] || !(model->before[o] > 0))
            continue;
        ab__search_open(search, o);
        ab__lp_col_bounds(model->lp, cols->vehicles, 0, fmin(cols->most, model->before[o]));
    }
}

/* What was open, and what the plan before had. */
static void reopen(ab_search *search, const char *open)
{
    const ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        if (open[o] || model->before[o] > 0)
            ab__search_open(search, o);
        else
            ab__search_close(search, o);
    }
}

ab_status ab__search_follow(ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    size_t offers = (size_t)model->trips->offer_count;
    ab_lp_outcome outcome;
    if (!model->before)
        return AB_OK;
    char *open = AB_NEW(model->arena, char, offers);
    if (!open)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was looked at");
    memcpy(open, search->open, offers);
    allow_before(search);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_whole(search, err);
    reopen(search, open);
    if (status == AB_OK && !search->stopped)
        status = ab__search_solve(search, &outcome, err);
    return status;
}

/* ---- Loads ------------------------------------------------------------------------------------------------- */

/* Tonnes, and share of a package, that are the solver's rounding. */
static const double SAME_T = 1e-6, WHOLE_PACKAGE = 1e-6;
/* Solves for loads one by one; what is left then changes. */
enum { MOST_SOLVES = 60 };

/* The loads of an offer, or what moves by a transfer: columns that are held together. */
typedef struct cargo {
    int32_t offer, transfer; /* -1: the other */
} cargo;

typedef struct loading {
    ab_search *search;
    cargo *at;
    int32_t count;
} loading;

/* Loads are held to a package, since they were made whole packages after the search, and are again (packages.c). */
static double slack_t(const ab_model *model, cargo of, int32_t i)
{
    if (of.offer < 0)
        return 0;
    return model->op->commodities.at[model->load.at[i].commodity].package_kg / 1000;
}

/* Of these no more than before may go at all (rows_change.c). */
static bool is_frozen_move(const ab_model *model, int32_t transfer)
{
    ab_time start = ab_period_start(model->op, model->trips->transfer[transfer].depart);
    return model->op->frozen_until != 0 && start < model->op->frozen_until;
}

/* Visits the columns: holds each at what it was, or frees it again. Returns whether any differs from what it was. */
static bool hold(const ab_search *search, cargo of, bool set, bool on)
{
    const ab_model *model = search->model;
    bool differs = false;
    const ab_offer_cols *cols = of.offer >= 0 ? &model->offer[of.offer] : NULL;
    int32_t from = cols ? cols->first_load : 0, until = cols ? from + cols->load_count : model->move.count;
    for (int32_t i = from; i < until; i++) {
        if (!cols && model->move.at[i].transfer != of.transfer)
            continue;
        int32_t col = cols ? model->load.at[i].col : model->move.at[i].col;
        double was_t = cols ? model->load_before_t[i] : model->move_before_t[i];
        double slack = slack_t(model, of, i) * (1 + WHOLE_PACKAGE);
        differs = differs || fabs(search->x[col] - was_t) > SAME_T + slack;
        double most_t = !cols && is_frozen_move(model, of.transfer) ? was_t : AB_LP_INFINITY;
        if (set)
            ab__lp_col_bounds(model->lp, col, on ? fmax(0, was_t - slack) : 0, on ? was_t + slack : most_t);
    }
    return differs;
}

static void add_cargo(loading *l, cargo of)
{
    if (hold(l->search, of, true, true))
        l->at[l->count++] = of;
}

/* Holds the cargo of every departure that is kept, and notes those that carry something else now. */
static void hold_all(loading *l)
{
    const ab_search *search = l->search;
    const ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        double was_t = 0;
        if (cols->vehicles < 0 || !(model->before[o] > 0) || round(search->x[cols->vehicles]) != model->before[o])
            continue;
        for (int32_t i = 0; i < cols->load_count; i++)
            was_t += model->load_before_t[cols->first_load + i];
        if (was_t > 0)
            add_cargo(l, (cargo){o, -1});
    }
    for (int32_t i = 0; i < model->move.count; i++)
        if (i == 0 || model->move.at[i - 1].transfer != model->move.at[i].transfer)
            add_cargo(l, (cargo){-1, model->move.at[i].transfer});
}

/* Solves with what is held, and takes it if it costs no more hunger than `changes` changes are worth. */
static ab_status try_held(ab_search *search, int32_t changes, bool *taken, ab_error *err)
{
    ab_lp_outcome outcome;
    double most = search->hunger + changes * search->model->change_price;
    ab_status status = ab__search_solve(search, &outcome, err);
    *taken = status == AB_OK && outcome == AB_LP_OPTIMAL && ab__search_is_whole(search) &&
             ab__search_hunger(search, ab__lp_x(search->model->lp)) <= most;
    if (*taken)
        ab__search_take(search);
    return status;
}

static void hold_vehicles(const ab_search *search)
{
    const ab_model *model = search->model;
    for (int32_t i = 0; i < model->whole.count; i++) {
        double value = round(search->x[model->whole.at[i]]);
        ab__lp_col_bounds(model->lp, model->whole.at[i], value, value);
    }
    ab__lp_row_bounds(model->lp, model->hunger_row, -AB_LP_INFINITY, AB_LP_INFINITY);
}

static ab_status keep_loads(loading *l, ab_error *err)
{
    ab_search *search = l->search;
    bool taken;
    ab_status status = try_held(search, l->count, &taken, err);
    for (int32_t i = 0; i < l->count && !taken; i++)
        hold(search, l->at[i], true, false);
    for (int32_t i = 0; i < l->count && i < MOST_SOLVES && status == AB_OK && !taken && !search->stopped; i++) {
        bool kept;
        hold(search, l->at[i], true, true);
        status = try_held(search, 1, &kept, err);
        if (!kept)
            hold(search, l->at[i], true, false);
    }
    return status;
}

ab_status ab__search_keep_loads(ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    loading l = {.search = search};
    if (!model->before || !(model->change_price > 0))
        return AB_OK;
    l.at = AB_NEW(model->arena, cargo, model->trips->offer_count + model->move.count);
    if (!l.at)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while loads were compared with the plan before");
    hold_vehicles(search);
    hold_all(&l);
    ab__search_weigh(search, 1, search->usd_weight);
    return keep_loads(&l, err);
}

double ab__search_load_before_t(const ab_search *search, int32_t load)
{
    const ab_model *model = search->model;
    int32_t offer = model->load.at[load].offer;
    bool kept = model->before && model->before[offer] > 0 &&
                round(search->x[model->offer[offer].vehicles]) == model->before[offer];
    return kept ? model->load_before_t[load] : -1;
}
