/* Offers are many and few are used. The programme is solved over some of them; the prices tell which of
 * the others would help; these join, until none would: then the solution is that of the whole (column
 * generation; Dantzig and Wolfe 1960, Gilmore and Gomory 1961). */
#include <math.h>

#include "base/arena.h"
#include "plan/search.h"

/* Less than this, in hunger per person for a vehicle, is no gain but rounding. */
static const double GAIN = 1e-7;
/* Of what a plan can change. */
static const double UNOPENED_FRAC = 1e-3;
/* Loads of a programme of which the last rounds take longer than they are worth. */
enum { VAST = 50000 };

/* Of a vast programme the most that the offer's vehicles hold: it follows from other rows, but the bound of a
 * solution near the optimum rests on it (lp_bound.c). */
static double most_t(const ab_search *search, int32_t offer)
{
    const ab_offer_cols *cols = &search->model->offer[offer];
    return ab__search_is_vast(search) ? cols->most * ab__kind_of(search->model, offer)->payload_kg / 1000 : AB_LP_INFINITY;
}

static void set_offer(ab_search *search, int32_t offer, bool open)
{
    const ab_offer_cols *cols = &search->model->offer[offer];
    ab_lp *lp = search->model->lp;
    if (cols->vehicles < 0)
        return;
    search->open[offer] = open;
    ab__lp_col_bounds(lp, cols->vehicles, 0, open ? cols->most : 0);
    if (cols->drops >= 0)
        ab__lp_col_bounds(lp, cols->drops, 0, open ? AB_LP_INFINITY : 0);
    for (int32_t i = 0; i < cols->load_count; i++)
        ab__lp_col_bounds(lp, search->model->load.at[cols->first_load + i].col, 0, open ? most_t(search, offer) : 0);
}

void ab__search_open(ab_search *search, int32_t offer)
{
    set_offer(search, offer, true);
}

void ab__search_close(ab_search *search, int32_t offer)
{
    set_offer(search, offer, false);
}

void ab__search_open_all(ab_search *search)
{
    for (int32_t o = 0; o < search->model->trips->offer_count; o++)
        set_offer(search, o, true);
}

/* ---- The best of each place and period ---------------------------------------------------------------- */

typedef struct choice {
    int32_t *offer; /* [place * periods + depart]; -1: none */
    double *gain;
} choice;

static bool new_choice(choice *best, const ab_model *model, ab_arena *arena)
{
    size_t cells = (size_t)model->places * (size_t)model->periods;
    best->offer = AB_NEW(arena, int32_t, cells);
    best->gain = AB_NEW(arena, double, cells);
    for (size_t i = 0; best->offer && i < cells; i++)
        best->offer[i] = -1;
    return best->offer && best->gain;
}

static void offer_choice(choice *best, const ab_model *model, int32_t offer, double gain)
{
    int64_t cell = (int64_t)ab__kind_of(model, offer)->place * model->periods + model->trips->offer[offer].depart;
    if (best->offer[cell] >= 0 && best->gain[cell] >= gain)
        return;
    best->offer[cell] = offer;
    best->gain[cell] = gain;
}

static int32_t open_choice(ab_search *search, const choice *best)
{
    int32_t count = 0;
    for (int64_t i = 0; i < (int64_t)search->model->places * search->model->periods; i++)
        if (best->offer[i] >= 0) {
            ab__search_open(search, best->offer[i]);
            count++;
        }
    return count;
}

void ab__search_open_promised(ab_search *search)
{
    const ab_model *model = search->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        ab__search_close(search, o);
    for (int32_t k = 0; k < model->op->commitments.count; k++)
        for (int32_t i = 0; model->promise[k].asks && i < model->promise[k].offer_count; i++)
            ab__search_open(search, model->promise[k].offer[i]);
}

void ab__search_open_few(ab_search *search)
{
    const ab_model *model = search->model;
    choice best;
    if (!new_choice(&best, model, model->arena)) {
        ab__search_open_all(search);
        return;
    }
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        if (model->offer[o].load_count > 0)
            offer_choice(&best, model, o,
                         model->offer[o].most * ab__kind_of(model, o)->payload_kg *
                             model->trips->offer[o].arrival.mean);
    ab__search_open_promised(search);
    open_choice(search, &best);
    for (int32_t o = 0; search->found && o < model->trips->offer_count; o++)
        if (model->offer[o].vehicles >= 0 && search->x[model->offer[o].vehicles] > 0.5)
            ab__search_open(search, o);
}

/* ---- Prices ------------------------------------------------------------------------------------------- */

/* What the column costs beyond the rows of its offer. */
static double price_of(const ab_model *model, const ab_offer_cols *cols, int32_t col)
{
    const double *dual = ab__lp_dual(model->lp);
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    double price = ab__lp_col_cost(model->lp, col);
    for (int32_t i = 0; i < e.count; i++) {
        bool own = e.row[i] >= cols->first_row && e.row[i] < cols->first_row + cols->row_count;
        price -= own ? 0 : e.value[i] * dual[e.row[i]];
    }
    return price;
}

/* What a vehicle full of its best commodity would gain. Volume is not looked at: an offer may be opened in
 * vain, none is left closed that would help. */
static double gain_of(const ab_model *model, int32_t offer)
{
    const ab_offer_cols *cols = &model->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    double best_per_t = 0;
    for (int32_t i = 0; i < cols->load_count; i++)
        best_per_t = fmax(best_per_t, -price_of(model, cols, model->load.at[cols->first_load + i].col));
    if (cols->drops >= 0)
        best_per_t = fmax(0, best_per_t - price_of(model, cols, cols->drops) / (kind->load_kg / 1000));
    return best_per_t * kind->payload_kg / 1000 - price_of(model, cols, cols->vehicles);
}

bool ab__search_is_vast(const ab_search *search)
{
    return search->model->load.count > VAST;
}

/* Whatever the prices, no plan has less than the last solution's value less what the closed offers could gain at
 * these (Lagrangian bound); where that is little, a vast programme is left there, and the bound lowered by it. */
bool ab__search_open_more(ab_search *search)
{
    const ab_model *model = search->model;
    ab_arena *scratch = ab__arena_new();
    choice best;
    double *gain = scratch ? AB_NEW(scratch, double, model->trips->offer_count) : NULL;
    bool room = gain && new_choice(&best, model, scratch), more = true;
    for (int32_t o = 0; room && o < model->trips->offer_count; o++) {
        gain[o] = model->offer[o].vehicles < 0 || search->open[o] ? 0 : fmax(0, gain_of(model, o));
        if (gain[o] > GAIN)
            offer_choice(&best, model, o, gain[o]);
    }
    room = room && ab__search_unopened(model, gain, scratch, &search->unopened);
    if (!room)
        ab__search_open_all(search);
    else if (ab__search_is_vast(search) && search->unopened <= UNOPENED_FRAC * search->change)
        more = false;
    else
        more = open_choice(search, &best) > 0;
    if (!ab__search_is_vast(search))
        search->unopened = 0;
    ab__arena_free(scratch);
    return more;
}
