/* The plan before as a first plan: its vehicles and no others, as far as they can still go and be loaded. What is found after
 * it must be worth its changes. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "plan/greedy.h"
#include "plan/hunger.h"
#include "plan/search.h"

/* Containers that the loads of the offer filled. */
static double containers_before(const ab_model *model, int32_t offer)
{
    const ab_offer_cols *cols = &model->offer[offer];
    double load_t = ab__kind_of(model, offer)->load_kg / 1000, mass_t = 0;
    for (int32_t i = 0; i < cols->load_count; i++)
        mass_t += model->load_before_t[cols->first_load + i];
    return load_t > 0 ? ceil(mass_t / load_t - AB_WHOLE) : 0;
}

/* Opens what the plan before had and what is promised: just its vehicles and containers, or no more of them. */
static void allow_before(ab_search *search, bool just)
{
    const ab_model *model = search->model;
    ab__search_open_promised(search);
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        if (cols->vehicles < 0 || !(model->before[o] > 0) || (search->open[o] && !just))
            continue;
        double most = fmin(cols->most, model->before[o]), drops = containers_before(model, o);
        ab__search_open(search, o);
        ab__lp_col_bounds(model->lp, cols->vehicles, just ? most : 0, most);
        if (cols->drops >= 0 && just)
            ab__lp_col_bounds(model->lp, cols->drops, drops, drops);
    }
}

/* Without the slow search of last resort: there are other plans to begin from. */
static ab_status try_before(ab_search *search, bool just, ab_error *err)
{
    ab_lp_outcome outcome;
    allow_before(search, just);
    ab_status status = ab__search_solve(search, &outcome, err);
    search->hasty = true;
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        status = ab__search_whole(search, err);
    search->hasty = false;
    return status;
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

/* ---- Loads ------------------------------------------------------------------------------------------------- */

/* Tonnes, and share of a package, that are the solver's rounding. */
static const double SAME_T = 1e-6, WHOLE_PACKAGE = 1e-6;
/* How much more than its price a change of loads weighs where as few as possible are looked for. */
static const double STEEP = 1e6;
/* What is better by less than this share of what a plan can change is within what the search gives up on the way. */
static const double WORTH_FRAC = 2e-4;
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

/* Loads that differ by a package are the same: packages.c makes them what they were. */
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

typedef enum holding {
    FREE,
    NO_MORE, /* than before, of anything */
    JUST     /* what was, but for a package */
} holding;

/* Sets the bounds of the columns. Returns whether any carries something else than before. */
static bool hold(const ab_search *search, cargo of, holding how)
{
    const ab_model *model = search->model;
    bool differs = false;
    const ab_offer_cols *cols = of.offer >= 0 ? &model->offer[of.offer] : NULL;
    if (cols && cols->drops >= 0) {
        double drops = how == FREE ? round(search->x[cols->drops]) : containers_before(model, of.offer);
        ab__lp_col_bounds(model->lp, cols->drops, drops, drops);
    }
    int32_t from = cols ? cols->first_load : 0, until = cols ? from + cols->load_count : model->move.count;
    for (int32_t i = from; i < until; i++) {
        if (!cols && model->move.at[i].transfer != of.transfer)
            continue;
        int32_t col = cols ? model->load.at[i].col : model->move.at[i].col;
        double was_t = cols ? model->load_before_t[i] : model->move_before_t[i];
        double slack = slack_t(model, of, i) * (1 + WHOLE_PACKAGE);
        differs = differs || fabs(search->x[col] - was_t) > SAME_T + slack;
        double most_t = !cols && is_frozen_move(model, of.transfer) ? was_t : AB_LP_INFINITY;
        ab__lp_col_bounds(model->lp, col, how == JUST ? fmax(0, was_t - slack) : 0, how == FREE ? most_t : was_t);
    }
    return differs;
}

/* Offers get their bounds back when they are opened; what moves from hub to hub here. */
static void free_moves(const ab_search *search)
{
    for (int32_t i = 0; i < search->model->move.count; i++)
        hold(search, (cargo){-1, search->model->move.at[i].transfer}, FREE);
}

static void add_cargo(loading *l, cargo of)
{
    if (hold(l->search, of, NO_MORE))
        l->at[l->count++] = of;
}

/* Puts no more than before on every departure that is kept, and notes those that carry something else now. */
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

/* What is not kept of a load weighs so much more than hunger here that all is kept that can be. */
static void weigh_loads(ab_search *search)
{
    const ab_model *model = search->model;
    ab__search_weigh(search, 1, search->usd_weight);
    for (int32_t c = 0; c < model->change.count; c++)
        if (model->change.at[c] < 0)
            ab__lp_cost(model->lp, c, STEEP * model->change.at[c]);
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

/* First all at once; where that would cost too much, one after the other. */
static ab_status keep_loads(loading *l, ab_error *err)
{
    ab_search *search = l->search;
    bool taken;
    weigh_loads(search);
    ab_status status = try_held(search, l->count, &taken, err);
    ab__search_weigh(search, 1, search->usd_weight);
    for (int32_t i = 0; i < l->count && !taken; i++)
        hold(search, l->at[i], FREE);
    for (int32_t i = 0; i < l->count && i < MOST_SOLVES && status == AB_OK && !taken && !search->stopped; i++) {
        bool kept;
        hold(search, l->at[i], JUST);
        status = try_held(search, 1, &kept, err);
        if (!kept)
            hold(search, l->at[i], FREE);
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
    ab_status status = keep_loads(&l, err);
    free_moves(search);
    return status;
}

double ab__search_load_before_t(const ab_search *search, int32_t load)
{
    const ab_model *model = search->model;
    int32_t offer = model->load.at[load].offer;
    bool kept = model->before && model->change_price > 0 && model->before[offer] > 0 &&
                round(search->x[model->offer[offer].vehicles]) == model->before[offer];
    return kept ? model->load_before_t[load] : -1;
}

/* ---- The plan before, kept ------------------------------------------------------------------------------------- */

/* Where promises keep the greedy out, a dive of more parts than these takes ten times what a plan from nothing does, and what it
 * finds is not worth its changes where the plan before is as near the bound as one from nothing comes (bench/again.c). */
enum { SLOW_PARTS = 100 };
static const double NEAR_FRAC = 0.01;

static bool is_promised(const ab_model *model, int32_t offer)
{
    for (int32_t k = 0; k < model->op->commitments.count; k++)
        if (model->promise[k].asks && ab__commitment_matches(model, k, offer))
            return true;
    return false;
}

/* Vehicles follow their loads: where there is less than half of what was, those that have none stay. Returns whether any does. */
static bool leave_empty(const ab_search *search, const double *x)
{
    const ab_model *model = search->model;
    bool any = false;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        double load_t = 0, was_t = 0;
        if (cols->vehicles < 0 || !(model->before[o] > 0) || is_promised(model, o))
            continue;
        for (int32_t i = cols->first_load; i < cols->first_load + cols->load_count; i++) {
            load_t += x[model->load.at[i].col];
            was_t += model->load_before_t[i];
        }
        double go = round(x[cols->vehicles]), need = was_t > 0 ? ceil(model->before[o] * load_t / was_t - AB_WHOLE) : 0;
        if (load_t >= was_t / 2 || need >= go)
            continue;
        ab__lp_col_bounds(model->lp, cols->vehicles, need, need);
        any = true;
    }
    return any;
}

/* The vehicles that were found with the loads that they had, as far as these can still be had. */
static ab_status keep_all(ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    ab_lp_outcome outcome;
    loading l = {search, AB_NEW(model->arena, cargo, model->trips->offer_count + model->move.count), 0};
    search->kept_x = AB_NEW(model->arena, double, model->hunger.count);
    if (!l.at || !search->kept_x)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was looked at");
    hold_vehicles(search);
    hold_all(&l);
    weigh_loads(search);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL && leave_empty(search, ab__lp_x(model->lp)))
        status = ab__search_solve(search, &outcome, err);
    bool fine = status == AB_OK && outcome == AB_LP_OPTIMAL && ab__search_is_whole(search);
    if (fine)
        memcpy(search->kept_x, ab__lp_x(model->lp), (size_t)model->hunger.count * sizeof *search->x);
    else
        search->kept_x = NULL;
    free_moves(search);
    ab__search_weigh(search, 1, search->usd_weight);
    return status;
}

ab_status ab__search_begin_before(ab_search *search, ab_error *err)
{
    ab_lp_outcome outcome;
    if (!(search->model->change_price > 0))
        return AB_OK;
    allow_before(search, true);
    ab_status status = ab__search_solve(search, &outcome, err);
    if (status == AB_OK && outcome == AB_LP_OPTIMAL)
        ab__search_keep(search);
    return status;
}

ab_status ab__search_follow(ab_search *search, ab_error *err)
{
    const ab_model *model = search->model;
    size_t offers = (size_t)model->trips->offer_count;
    ab_lp_outcome outcome;
    if (!(model->change_price > 0))
        return AB_OK;
    bool slow = !ab__greedy_can(model) && ab__search_parts(search) > SLOW_PARTS;
    char *open = AB_NEW(model->arena, char, offers);
    if (!open)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan before was looked at");
    memcpy(open, search->open, offers);
    ab_status status = try_before(search, true, err);
    if (status == AB_OK && !search->found && !search->stopped)
        status = try_before(search, false, err);
    if (status == AB_OK && search->found && !search->stopped)
        status = keep_all(search, err);
    reopen(search, open);
    search->stays = slow && search->kept_x && ab__search_gap_frac(search, search->hunger) <= NEAR_FRAC;
    if (status == AB_OK && !search->stopped && !search->stays)
        status = ab__search_solve(search, &outcome, err);
    return status;
}

/* ---- Which of the two ------------------------------------------------------------------------------------------ */

/* Hunger as people live it with these loads, per person; see hunger.h. NaN: out of memory. */
double ab__search_lived(const ab_search *search, const double *x)
{
    const ab_model *model = search->model;
    ab_arrivals arrivals;
    ab_hunger *hunger = ab__hunger_new(model->arena, model->op, model->need);
    if (!hunger || !ab__arrivals_new(&arrivals, model->arena, model->op, model->need))
        return NAN;
    ab__moved_arrive(&model->moved, model->op, model->need, &arrivals);
    for (int32_t i = 0; i < model->load.count; i++) {
        const ab_load_col *load = &model->load.at[i];
        const ab_offer *offer = &model->trips->offer[load->offer];
        ab__arrivals_add(&arrivals, model->op, model->need, ab__kind_of(model, load->offer)->place, offer->arrive,
                         load->commodity, 1000 * x[load->col] * offer->arrival.mean);
    }
    ab__hunger_live(hunger, model->op, model->need, &arrivals);
    return model->people > 0 ? hunger->objective / model->people : 0;
}

/* Departures that go as before with something else on them. */
static int32_t reloaded(const ab_search *search)
{
    const ab_model *model = search->model;
    int32_t count = 0;
    for (int32_t o = 0; o < model->trips->offer_count; o++) {
        const ab_offer_cols *cols = &model->offer[o];
        bool differs = false;
        for (int32_t i = cols->first_load; cols->vehicles >= 0 && i < cols->first_load + cols->load_count; i++) {
            double was_t = ab__search_load_before_t(search, i);
            differs = differs || (was_t >= 0 && fabs(was_t - search->x[model->load.at[i].col]) > SAME_T);
        }
        count += differs;
    }
    return count;
}

/* What the plan in search->x, in whole packages, is worth: hunger as lived, and its changes. */
static double worth(const ab_search *search)
{
    double changes = ab__search_value(search, search->x) - ab__search_hunger(search, search->x);
    return ab__search_lived(search, search->x) + changes + reloaded(search) * search->model->change_price;
}

bool ab__search_settle(ab_search *search)
{
    double *found = search->x, *kept = search->kept_x;
    double least = WORTH_FRAC * fmax(0, search->nothing - search->bound);
    if (!ab__search_pack(search))
        return false;
    if (!kept)
        return true;
    double found_worth = worth(search);
    search->x = kept;
    if (ab__search_check(search, NULL) != AB_OK || !ab__search_pack(search) || !(worth(search) <= found_worth + least))
        search->x = found;
    return true;
}
