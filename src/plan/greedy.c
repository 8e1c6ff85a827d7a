#include "plan/greedy.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "plan/hunger.h"

/* Slack of a limit below which it counts as kept. */
static const double KEPT = 1e-7;
/* Steps after which the caller is asked whether to go on. */
enum { LOOK_AT_CLOCK = 4096 };

/* What a row is to the plan that is being made. */
typedef enum part {
    OPEN,    /* no limit here: what is eaten and owed, what a vehicle holds, what is looked at in another way */
    SIMPLE,  /* at most so much of vehicles, containers and loads */
    STOCK,   /* what leaves a hub */
    RUNNING, /* a running total */
    CONVOY,  /* vehicles of a convoy, of which there may be one more */
    BEYOND   /* not for us */
} part;

typedef enum sort { AUXILIARY, CARRIER, LOADED, TEAM } sort;

typedef struct candidate {
    int32_t offer;
    int32_t version;  /* of its place when it was looked at */
    double worth;     /* hunger relieved beyond its price, a tonne, per person */
} candidate;

typedef struct greedy {
    ab_search *search;
    ab_model *model;
    double *x;          /* [cols] */
    double *activity;   /* [rows] of simple rows */
    double *brought;    /* [rows] by a trip that is looked at */
    int32_t *touched;   /* [rows] those that it brings something to */
    int32_t touched_count;
    char *part_of;      /* [rows] */
    int32_t *index;     /* [rows] convoy or running total */
    double *total;      /* [running] */
    double *at_hub_t;   /* [(hub * commodities + commodity) * periods + t] what lies there at the end of t */
    bool priced;        /* what is taken of limits is paid for */
    ab_arrivals arrivals;
    ab_hunger *lived, *tried;
    double *objective;  /* [places] */
    int32_t *version;   /* [places] */
    candidate *heap;
    int32_t heap_count;
    double *load_t;     /* [commodities] of the vehicle that is looked at */
    double *days_t;     /* [commodities] tonnes of a day's need of the place */
    double *spare_t;    /* [commodities] of what is carried: what the hub can spare */
    double *left_days;  /* [commodities] and what is left of its group in the place on arrival, days */
} greedy;

static const ab_offer *offer_of(const greedy *g, int32_t o)
{
    return &g->model->trips->offer[o];
}

bool ab__greedy_can(const ab_model *model)
{
    for (int32_t k = 0; k < model->op->commitments.count; k++)
        if (model->promise[k].binds && model->promise[k].asks)
            return false;
    return true;
}

/* ---- The rows ------------------------------------------------------------------------------------------------ */

static void sort_columns(const ab_model *model, char *of)
{
    for (int32_t i = 0; i < model->whole.count; i++)
        of[model->whole.at[i]] = CARRIER;
    for (int32_t i = 0; i < model->convoy.count; i++)
        of[model->convoy.at[i].col] = TEAM;
    for (int32_t i = 0; i < model->load.count; i++)
        of[model->load.at[i].col] = LOADED;
    for (int32_t i = 0; i < model->move.count; i++)
        of[model->move.at[i].col] = LOADED;
}

/* Rows with columns of which we keep no account are not for us, unless they are of what places and hubs hold. */
static void sort_rows(greedy *g, const char *sort_of)
{
    const ab_model *model = g->model;
    const ab_lp *lp = model->lp;
    for (int32_t r = 0; r < ab__lp_rows(lp); r++)
        g->part_of[r] = ab__lp_row_lo(lp, r) > -AB_LP_INFINITY ? BEYOND : ab__lp_row_hi(lp, r) < AB_LP_INFINITY ? SIMPLE : OPEN;
    for (int32_t c = 0; c < ab__lp_cols(lp); c++) {
        bool fixed_slack = ab__lp_col_lo(lp, c) == 0 && ab__lp_col_hi(lp, c) == 0;
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; sort_of[c] == AUXILIARY && !fixed_slack && i < e.count; i++)
            if (g->part_of[e.row[i]] == SIMPLE)
                g->part_of[e.row[i]] = BEYOND;
    }
    for (int64_t i = 0; i < (int64_t)model->places * model->groups * model->periods; i++)
        if (model->place_row[i] >= 0) {
            g->part_of[model->place_row[i]] = OPEN;
            if (model->cover_row[i] >= 0)
                g->part_of[model->cover_row[i]] = OPEN;
        }
    for (int64_t i = 0; i < (int64_t)model->places * AB_NUTRIENTS * model->periods; i++)
        if (model->nutrient_row[i] >= 0)
            g->part_of[model->nutrient_row[i]] = OPEN;
    for (int64_t i = 0; i < (int64_t)model->hubs * model->commodities * model->periods; i++)
        if (model->stock_row[i] >= 0)
            g->part_of[model->stock_row[i]] = STOCK;
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        for (int32_t r = model->offer[o].first_row; r < model->offer[o].first_row + model->offer[o].row_count; r++)
            g->part_of[r] = OPEN;
    for (int32_t i = 0; i < model->running.count; i++) {
        g->part_of[model->running.at[i].used] = RUNNING;
        g->index[model->running.at[i].used] = i;
    }
    for (int32_t i = 0; i < model->convoy.count; i++) {
        ab_lp_entries e = ab__lp_entries(lp, model->convoy.at[i].col);
        for (int32_t k = 0; k < e.count; k++)
            if (e.value[k] < 0 && g->part_of[e.row[k]] == SIMPLE) {
                g->part_of[e.row[k]] = CONVOY;
                g->index[e.row[k]] = i;
            }
    }
}

static void fill_stock(greedy *g)
{
    const ab_model *model = g->model;
    for (int64_t s = 0; s < (int64_t)model->hubs * model->commodities; s++) {
        double there = 0;
        for (int32_t t = 0; t < model->periods; t++) {
            int32_t row = model->stock_row[s * model->periods + t];
            there += row < 0 ? 0 : ab__lp_row_lo(model->lp, row);
            g->at_hub_t[s * model->periods + t] = there;
        }
    }
}

/* ---- One step more ------------------------------------------------------------------------------------------- */

static double *at_hub(const greedy *g, int32_t hub, int32_t commodity)
{
    return &g->at_hub_t[((int64_t)hub * g->model->commodities + commodity) * g->model->periods];
}

/* What may still leave the hub in t: the least that lies there from then on. */
static double to_spare_t(const greedy *g, int32_t hub, int32_t commodity, int32_t t)
{
    double spare = DBL_MAX;
    for (int32_t s = t; s < g->model->periods; s++)
        spare = fmin(spare, at_hub(g, hub, commodity)[s]);
    return fmax(0, spare);
}

/* Does the row stay kept with `change` more of what counts in it? Where a convoy is full and another may go, it
 * does if that one's rows are kept. */
static bool row_allows(const greedy *g, int32_t row, double change)
{
    const ab_model *model = g->model;
    double hi = ab__lp_row_hi(model->lp, row);
    if (g->part_of[row] == RUNNING) {
        const ab_running *running = &model->running.at[g->index[row]];
        for (int32_t i = 0; i <= running->blocks_left; i++)
            if (g->total[g->index[row] + i] - change > running[i].most + KEPT)
                return false;
        return true;
    }
    if (g->part_of[row] == BEYOND)
        return change <= 0;
    if (g->part_of[row] == OPEN || g->part_of[row] == STOCK || g->activity[row] + change <= hi + KEPT * (1 + fabs(hi)))
        return true;
    if (g->part_of[row] != CONVOY)
        return false;
    ab_lp_entries e = ab__lp_entries(model->lp, model->convoy.at[g->index[row]].col);
    for (int32_t i = 0; i < e.count; i++)
        if (e.row[i] == row ? g->activity[row] + change + e.value[i] > hi + KEPT : !row_allows(g, e.row[i], e.value[i]))
            return false;
    return true;
}

/* Adds what the column would bring to its rows to what a trip brings. */
static void bring(greedy *g, int32_t col, double more)
{
    ab_lp_entries e = ab__lp_entries(g->model->lp, col);
    for (int32_t i = 0; i < e.count; i++) {
        if (e.value[i] == 0)
            continue;
        if (g->brought[e.row[i]] == 0)
            g->touched[g->touched_count++] = e.row[i];
        g->brought[e.row[i]] += more * e.value[i];
    }
}

/* Do all rows stay kept with what was brought? Forgets it. */
static bool rows_allow(greedy *g)
{
    bool allow = true;
    for (int32_t i = 0; i < g->touched_count; i++) {
        int32_t row = g->touched[i];
        allow = allow && (g->brought[row] == 0 || row_allows(g, row, g->brought[row]));
        g->brought[row] = 0;
    }
    g->touched_count = 0;
    return allow;
}

/* May a vehicle more go, whatever it carries? */
static bool vehicle_may_go(greedy *g, int32_t offer)
{
    bring(g, g->model->offer[offer].vehicles, 1);
    return rows_allow(g);
}

/* And with the load in load_t? */
static bool trip_may_go(greedy *g, int32_t offer, double containers)
{
    const ab_offer_cols *cols = &g->model->offer[offer];
    bring(g, cols->vehicles, 1);
    if (cols->drops >= 0)
        bring(g, cols->drops, containers);
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &g->model->load.at[cols->first_load + i];
        if (g->load_t[load->commodity] > 0)
            bring(g, load->col, g->load_t[load->commodity]);
    }
    return rows_allow(g);
}

/* Tonnes that the limits by mass leave: handling, throughput, roads, quotas. */
static double most_t(const greedy *g, int32_t offer)
{
    const ab_offer_cols *cols = &g->model->offer[offer];
    double most = ab__kind_of(g->model, offer)->payload_kg / 1000;
    for (int32_t k = 0; k < cols->load_count; k++) {
        ab_lp_entries e = ab__lp_entries(g->model->lp, g->model->load.at[cols->first_load + k].col);
        for (int32_t i = 0; i < e.count; i++)
            if (g->part_of[e.row[i]] == SIMPLE && e.row[i] != g->model->budget_row && e.value[i] > 0)
                most = fmin(most, (ab__lp_row_hi(g->model->lp, e.row[i]) - g->activity[e.row[i]]) / e.value[i]);
    }
    return fmax(0, most);
}

static void add(greedy *g, int32_t col, double more)
{
    const ab_model *model = g->model;
    ab_lp_entries e = ab__lp_entries(model->lp, col);
    g->x[col] += more;
    for (int32_t i = 0; i < e.count; i++) {
        int32_t row = e.row[i];
        g->activity[row] += more * e.value[i];
        if (g->part_of[row] == RUNNING)
            for (int32_t k = 0; k <= model->running.at[g->index[row]].blocks_left; k++)
                g->total[g->index[row] + k] -= more * e.value[i];
        if (g->part_of[row] == CONVOY && more > 0 && g->activity[row] > ab__lp_row_hi(model->lp, row) + KEPT)
            add(g, model->convoy.at[g->index[row]].col, 1);
    }
}

static void take_stock(greedy *g, int32_t hub, int32_t commodity, int32_t t, double mass_t)
{
    for (int32_t s = t; s < g->model->periods; s++)
        at_hub(g, hub, commodity)[s] -= mass_t;
}

/* ---- What a vehicle would carry ------------------------------------------------------------------------------ */

static double days_left(const greedy *g, int32_t place, int32_t group, int32_t t)
{
    const ab_model *model = g->model;
    int64_t cell = ((int64_t)place * model->groups + group) * model->periods;
    if (t > 0)
        return g->lived->left[cell + t - 1];
    return model->need->stock[(int64_t)place * model->groups + group] / ab__hunger_per_day(model->need, place, group);
}

/* Of each group the commodity of which most lies at the hub; days_t: tonnes to load for a day of the place's need
 * of it to be expected, 0: not carried. */
static void choose_goods(greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    const ab_offer_cols *cols = &model->offer[offer];
    for (int32_t c = 0; c < model->commodities; c++)
        g->days_t[c] = g->load_t[c] = 0;
    for (int32_t i = 0; i < cols->load_count; i++) {
        int32_t c = model->load.at[cols->first_load + i].commodity, group = model->need->commodity_group[c];
        if (group < 0 || !ab__hunger_counts(model->op, model->need, kind->place, group))
            continue;
        double here_t = to_spare_t(g, kind->hub, c, offer_of(g, offer)->depart);
        g->spare_t[c] = here_t;
        g->left_days[c] = days_left(g, kind->place, group, offer_of(g, offer)->arrive);
        double day_t = ab__hunger_per_day(model->need, kind->place, group) /
                       (1000 * model->need->commodity_per_kg[c] * offer_of(g, offer)->arrival.mean);
        bool best = here_t > 0;
        for (int32_t other = 0; other < c && best; other++)
            if (g->days_t[other] > 0 && model->need->commodity_group[other] == group) {
                best = here_t > g->spare_t[other];
                if (best)
                    g->days_t[other] = 0;
            }
        g->days_t[c] = best ? day_t : 0;
    }
}

/* Fills up to `level` days of each group; returns tonnes. */
static double fill_to(greedy *g, double level)
{
    const ab_model *model = g->model;
    double total_t = 0;
    for (int32_t c = 0; c < model->commodities; c++) {
        if (!(g->days_t[c] > 0))
            continue;
        double wanted_t = fmax(0, level - g->left_days[c]) * g->days_t[c];
        double package_t = model->op->commodities.at[c].package_kg / 1000;
        g->load_t[c] = package_t * floor(fmin(wanted_t, g->spare_t[c]) / package_t + 1e-9);
        total_t += g->load_t[c];
    }
    return total_t;
}

/* Volume and pallets of the load, as a share of what one vehicle has. */
static double room_frac(const greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    const ab_offer_cols *cols = &model->offer[offer];
    double most = 0;
    for (int32_t r = cols->first_row; r < cols->first_row + cols->row_count; r++) {
        double used = 0, has = 0;
        ab_lp_entries e = ab__lp_entries(model->lp, cols->vehicles);
        for (int32_t i = 0; i < e.count; i++)
            has = e.row[i] == r ? -e.value[i] : has;
        for (int32_t k = 0; k < cols->load_count && has > 0; k++) {
            const ab_load_col *load = &model->load.at[cols->first_load + k];
            ab_lp_entries l = ab__lp_entries(model->lp, load->col);
            for (int32_t i = 0; i < l.count; i++)
                used += l.row[i] == r ? l.value[i] * g->load_t[load->commodity] : 0;
        }
        most = has > 0 ? fmax(most, used / has) : most;
    }
    return most;
}

/* Of what is short first, until all groups last equally long: as a full vehicle allows, or as many days as may lie
 * there. Returns tonnes. */
static double load_one(greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    double low = 0, high = model->op->settings->cover_s / 86400, most = most_t(g, offer);
    choose_goods(g, offer);
    for (int i = 0; i < 30; i++) {
        double level = (low + high) / 2;
        bool fits = fill_to(g, level) <= most * (1 + 1e-12) && room_frac(g, offer) <= 1;
        *(fits ? &low : &high) = level;
    }
    return fill_to(g, low);
}

/* ---- What it is worth ---------------------------------------------------------------------------------------- */

static void receive(greedy *g, int32_t offer, double sign)
{
    const ab_model *model = g->model;
    for (int32_t c = 0; c < model->commodities; c++)
        if (g->load_t[c] > 0)
            ab__arrivals_add(&g->arrivals, model->op, model->need, ab__kind_of(model, offer)->place,
                             offer_of(g, offer)->arrive, c, sign * 1000 * g->load_t[c] * offer_of(g, offer)->arrival.mean);
}

/* Would more lie there than may (rows_cover.c), if all of the last days' loads arrive? */
static bool covered(const greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    int32_t place = ab__kind_of(model, offer)->place;
    double most = model->op->settings->cover_s / 86400, q = offer_of(g, offer)->arrival.mean;
    for (int32_t c = 0; c < model->commodities; c++) {
        if (!(g->load_t[c] > 0))
            continue;
        int32_t group = model->need->commodity_group[c];
        int64_t cell = ((int64_t)place * model->groups + group) * model->periods;
        double more = (1 - q) / q * g->load_t[c] / g->days_t[c] * q;
        for (int32_t t = offer_of(g, offer)->arrive; t < model->periods; t++) {
            double back = 0, at_risk = more;
            for (int32_t s = t; s >= 0 && back < model->op->settings->retry_s / 86400 - 1e-9; s--) {
                at_risk += g->search->beyond[cell + s];
                back += model->days[s];
            }
            bool counts = back > 0 && t - offer_of(g, offer)->arrive < model->op->settings->retry_s / 86400;
            if (counts && g->tried->left[cell + t] + at_risk > fmax(most, model->need->stock[(int64_t)place * model->groups + group] /
                                                                    ab__hunger_per_day(model->need, place, group)) + KEPT)
                return true;
        }
    }
    return false;
}

/* What others would pay for what the columns take of shared limits; 0 before there are prices. */
static double price_of(const greedy *g, int32_t col, double amount)
{
    double price = 0;
    if (!g->priced)
        return 0;
    ab_lp_entries e = ab__lp_entries(g->model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (g->part_of[e.row[i]] != OPEN)
            price += g->search->price[e.row[i]] * e.value[i];
    return price * amount;
}

static double price_of_trip(const greedy *g, int32_t offer, double containers)
{
    const ab_offer_cols *cols = &g->model->offer[offer];
    double price = price_of(g, cols->vehicles, 1);
    if (cols->drops >= 0)
        price += price_of(g, cols->drops, containers);
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &g->model->load.at[cols->first_load + i];
        price += price_of(g, load->col, g->load_t[load->commodity]);
    }
    return price;
}

/* Hunger relieved by one vehicle more, beyond its price, a tonne of its load; 0: it cannot go, or helps nobody. Leaves its load in
 * load_t. */
static double worth_of(greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    const ab_offer_cols *cols = &model->offer[offer];
    if (cols->vehicles < 0 || cols->load_count == 0 || g->x[cols->vehicles] + 1 > cols->most + KEPT ||
        !vehicle_may_go(g, offer))
        return 0;
    double mass_t = load_one(g, offer);
    if (!(mass_t > 0))
        return 0;
    double containers = cols->drops >= 0 ? ceil(mass_t * 1000 / kind->load_kg - 1e-9) : 0;
    if (!trip_may_go(g, offer, containers))
        return 0;
    receive(g, offer, 1);
    double after = ab__hunger_live_on(g->tried, model->op, model->need, &g->arrivals, kind->place, 0);
    receive(g, offer, -1);
    if (covered(g, offer))
        return 0;
    double relieved = (g->objective[kind->place] - after) / model->people;
    double price = price_of_trip(g, offer, containers);
    return fmax(0, relieved - price) / mass_t;
}

static void go(greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    const ab_offer_cols *cols = &model->offer[offer];
    double mass_t = 0;
    add(g, cols->vehicles, 1);
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        double t = g->load_t[load->commodity];
        if (!(t > 0))
            continue;
        mass_t += t;
        add(g, load->col, t);
        take_stock(g, kind->hub, load->commodity, offer_of(g, offer)->depart, t);
        int32_t group = model->need->commodity_group[load->commodity];
        g->search->beyond[((int64_t)kind->place * model->groups + group) * model->periods + offer_of(g, offer)->arrive] +=
            (1 - offer_of(g, offer)->arrival.mean) * t / g->days_t[load->commodity];
    }
    if (cols->drops >= 0)
        add(g, cols->drops, ceil(mass_t * 1000 / kind->load_kg - 1e-9));
    receive(g, offer, 1);
    g->objective[kind->place] = ab__hunger_live_on(g->lived, model->op, model->need, &g->arrivals, kind->place, 0);
    g->version[kind->place]++;
}

/* ---- The order ----------------------------------------------------------------------------------------------- */

static bool before(const candidate *a, const candidate *b)
{
    return a->worth != b->worth ? a->worth > b->worth : a->offer < b->offer;
}

static void sift(greedy *g, int32_t i)
{
    candidate moved = g->heap[i];
    for (int32_t child; (child = 2 * i + 1) < g->heap_count; i = child) {
        if (child + 1 < g->heap_count && before(&g->heap[child + 1], &g->heap[child]))
            child++;
        if (!before(&g->heap[child], &moved))
            break;
        g->heap[i] = g->heap[child];
    }
    g->heap[i] = moved;
}

/* The best is looked at again if its place has changed since, or if it has just gone; what helps no more leaves. */
static void fill(greedy *g)
{
    g->heap_count = 0;
    for (int32_t o = 0; o < g->model->trips->offer_count; o++) {
        double worth = worth_of(g, o);
        if (worth > 0)
            g->heap[g->heap_count++] = (candidate){o, g->version[ab__kind_of(g->model, o)->place], worth};
    }
    for (int32_t i = g->heap_count / 2; i >= 0 && g->heap_count > 0; i--)
        sift(g, i);
    for (int64_t steps = 0; g->heap_count > 0 && !g->search->stopped; steps++) {
        if (steps % LOOK_AT_CLOCK == 0)
            ab__search_goes_on(g->search, "a plan by greed");
        candidate *best = &g->heap[0];
        int32_t place = ab__kind_of(g->model, best->offer)->place;
        double worth = worth_of(g, best->offer);
        if (best->version == g->version[place] && worth >= best->worth && worth > 0)
            go(g, best->offer);
        best->version = g->version[place];
        best->worth = worth;
        if (!(worth > 0))
            g->heap[0] = g->heap[--g->heap_count];
        sift(g, 0);
    }
}

static void move_between_hubs(greedy *g, const double *start)
{
    const ab_model *model = g->model;
    for (int32_t i = 0; i < model->move.count; i++) {
        const ab_transfer *move = &model->trips->transfer[model->move.at[i].transfer];
        const ab_link *link = &model->op->links.at[move->link];
        double t = start[model->move.at[i].col];
        if (!(t > 0))
            continue;
        add(g, model->move.at[i].col, t);
        take_stock(g, link->from_hub, model->move.at[i].commodity, move->depart, t);
        take_stock(g, link->to_hub, model->move.at[i].commodity, move->arrive, -t * move->pass);
    }
}

/* The whole vehicles of a start go first, day by day, each with what is short where it arrives: the loads of a
 * relaxation are parts of packages, and of kits hardly one is left of them. */
static void begin_with(greedy *g, const double *start)
{
    const ab_model *model = g->model;
    move_between_hubs(g, start);
    for (int32_t t = 0; t < model->periods; t++)
        for (int32_t o = 0; o < model->trips->offer_count; o++) {
            int32_t col = model->offer[o].vehicles;
            double whole = col < 0 || offer_of(g, o)->depart != t ? 0 : floor(start[col] + AB_WHOLE);
            for (double n = 0; n < whole && worth_of(g, o) > 0; n++)
                go(g, o);
        }
}

static bool new_greedy(greedy *g, ab_search *search, double *x)
{
    ab_model *model = search->model;
    size_t rows = (size_t)ab__lp_rows(model->lp), cols = (size_t)ab__lp_cols(model->lp);
    *g = (greedy){.search = search, .model = model, .x = x};
    char *sort_of = AB_NEW(model->arena, char, cols);
    g->activity = AB_NEW(model->arena, double, rows);
    g->brought = AB_NEW(model->arena, double, rows);
    g->touched = AB_NEW(model->arena, int32_t, 4 * rows + 64);
    g->part_of = AB_NEW(model->arena, char, rows);
    g->index = AB_NEW(model->arena, int32_t, rows);
    g->total = AB_NEW(model->arena, double, model->running.count);
    g->at_hub_t = AB_NEW(model->arena, double, (int64_t)model->hubs * model->commodities * model->periods);
    g->lived = ab__hunger_new(model->arena, model->op, model->need);
    g->tried = ab__hunger_new(model->arena, model->op, model->need);
    g->objective = AB_NEW(model->arena, double, model->places);
    g->version = AB_NEW(model->arena, int32_t, model->places);
    g->heap = AB_NEW(model->arena, candidate, model->trips->offer_count);
    g->load_t = AB_NEW(model->arena, double, model->commodities);
    g->days_t = AB_NEW(model->arena, double, model->commodities);
    g->spare_t = AB_NEW(model->arena, double, model->commodities);
    g->left_days = AB_NEW(model->arena, double, model->commodities);
    search->beyond = AB_NEW(model->arena, double, (int64_t)model->places * model->groups * model->periods);
    if (!sort_of || !g->activity || !g->brought || !g->touched || !g->part_of || !g->index || !g->total || !g->at_hub_t || !g->lived || !g->tried ||
        !g->objective || !g->version || !g->heap || !g->load_t || !g->days_t || !g->spare_t || !g->left_days || !search->beyond ||
        !ab__arrivals_new(&g->arrivals, model->arena, model->op, model->need))
        return false;
    sort_columns(model, sort_of);
    sort_rows(g, sort_of);
    fill_stock(g);
    return true;
}

bool ab__greedy_fill(ab_search *search, const double *start, double *vehicles)
{
    greedy g;
    if (!new_greedy(&g, search, vehicles))
        return false;
    memset(vehicles, 0, (size_t)ab__lp_cols(search->model->lp) * sizeof *vehicles);
    ab__moved_arrive(&g.model->moved, g.model->op, g.model->need, &g.arrivals);
    for (int32_t p = 0; p < g.model->places; p++)
        g.objective[p] = ab__hunger_live_on(g.lived, g.model->op, g.model->need, &g.arrivals, p, 0);
    if (start)
        begin_with(&g, start);
    /* First what is worth its price, then whatever still helps. */
    g.priced = search->priced;
    if (g.priced)
        fill(&g);
    g.priced = false;
    fill(&g);
    return true;
}
