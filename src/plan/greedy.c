#include "plan/greedy.h"

#include <math.h>

#include "base/arena.h"
#include "plan/evenly.h"
#include "plan/hunger.h"
#include "plan/ledger.h"

/* Steps after which the caller is asked whether to go on. */
enum { LOOK_AT_CLOCK = 4096 };

typedef struct candidate {
    int32_t offer;
    double worth;     /* when it was last looked at: hunger relieved beyond its price, a tonne, per person */
} candidate;

typedef struct greedy {
    ab_search *search;
    ab_model *model;
    ab_ledger ledger;
    double *price;         /* [cols] what others would pay for what a unit takes of shared limits; NULL: nothing is paid */
    ab_arrivals arrivals;
    ab_hunger *lived, *tried;
    double *objective;     /* [places] */
    double *at_risk;       /* [(place * groups + group) * periods + t] days that may arrive beyond expectation, of what
                              was sent in the retry_days until t */
    int32_t *risk_until;   /* [periods] what arrives in t is at risk before this period */
    double *cover_days;    /* [place * groups + group] most that may lie there, at risk or not */
    candidate *heap;
    int32_t heap_count;
    double *takes;         /* [commodity * AB_ROOMS + room] a tonne */
    ab_good *good;         /* [good_count] what the vehicle that is looked at carries */
    int32_t *load;         /* [good_count] its column, in model->load */
    int32_t good_count;
} greedy;

static const ab_offer *offer_of(const greedy *g, int32_t o)
{
    return &g->model->trips->offer[o];
}

static int32_t place_of(const greedy *g, int32_t offer)
{
    return ab__kind_of(g->model, offer)->place;
}

bool ab__greedy_serves(const ab_model *model)
{
    for (int32_t r = 0; r < model->limit.count; r++)
        if (model->limit.at[r].reason == AB_REASON_LINKED)
            return false;
    return ab__greedy_can(model);
}

bool ab__greedy_can(const ab_model *model)
{
    for (int32_t k = 0; k < model->op->commitments.count; k++)
        if (model->promise[k].binds && model->promise[k].asks)
            return false;
    return true;
}

/* ---- What a vehicle would carry ------------------------------------------------------------------------------ */

static int32_t commodity_of(const greedy *g, int32_t good)
{
    return g->model->load.at[g->load[good]].commodity;
}

static int32_t group_of(const greedy *g, int32_t good)
{
    return g->model->need->commodity_group[commodity_of(g, good)];
}

/* Days of the group that lie in the place when the period begins. */
static double days_left(const greedy *g, int32_t place, int32_t group, int32_t t)
{
    const ab_model *model = g->model;
    int64_t cell = (int64_t)place * model->groups + group;
    if (t > 0)
        return g->lived->left[cell * model->periods + t - 1];
    return model->need->stock[cell] / ab__hunger_per_day(model->need, place, group);
}

static ab_good good_of(const greedy *g, int32_t offer, int32_t commodity, double spare_t)
{
    const ab_model *model = g->model;
    int32_t place = place_of(g, offer), group = model->need->commodity_group[commodity];
    double kg_a_day = ab__hunger_per_day(model->need, place, group) / model->need->commodity_per_kg[commodity];
    return (ab_good){.day_t = kg_a_day / (1000 * offer_of(g, offer)->arrival.mean),
                     .left_days = days_left(g, place, group, offer_of(g, offer)->arrive),
                     .spare_t = spare_t,
                     .package_t = model->op->commodities.at[commodity].package_kg / 1000,
                     .takes = {g->takes[commodity * AB_ROOMS], g->takes[commodity * AB_ROOMS + 1],
                               g->takes[commodity * AB_ROOMS + 2]}};
}

/* Of each group the commodity of which most lies at the hub. */
static void choose_goods(greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    const ab_offer_cols *cols = &model->offer[offer];
    g->good_count = 0;
    for (int32_t i = cols->first_load; i < cols->first_load + cols->load_count; i++) {
        int32_t c = model->load.at[i].commodity, group = model->need->commodity_group[c], at = 0;
        if (group < 0 || !(g->lived->weight[group] > 0) || !(model->need->people[place_of(g, offer)] > 0))
            continue;
        double spare_t = ab__ledger_spare_t(&g->ledger, ab__kind_of(model, offer)->hub, c, offer_of(g, offer)->depart);
        while (at < g->good_count && group_of(g, at) != group)
            at++;
        if (!(spare_t > (at < g->good_count ? g->good[at].spare_t : 0)))
            continue;
        g->good[at] = good_of(g, offer, c, spare_t);
        g->load[at] = i;
        g->good_count += at == g->good_count;
    }
}

/* Tonnes that the limits by mass leave: payload, handling, throughput, roads, quotas. */
static double most_t(const greedy *g, int32_t offer)
{
    const ab_offer_cols *cols = &g->model->offer[offer];
    double most = ab__kind_of(g->model, offer)->payload_kg / 1000;
    for (int32_t k = cols->first_load; k < cols->first_load + cols->load_count; k++)
        most = ab__ledger_leaves(&g->ledger, g->model->load.at[k].col, most);
    return most;
}

/* As a full vehicle allows, or as many days as may lie there. Returns tonnes. */
static double load_one(greedy *g, int32_t offer)
{
    const ab_trip_kind *kind = ab__kind_of(g->model, offer);
    int64_t pallets = kind->loads > 0 ? 0 : g->model->op->vehicles.at[kind->vehicle].pallets;
    double room[AB_ROOMS] = {[AB_ROOM_T] = most_t(g, offer),
                             [AB_ROOM_M3] = isfinite(kind->payload_m3) ? kind->payload_m3 : INFINITY,
                             [AB_ROOM_PALLETS] = pallets > 0 ? (double)pallets : INFINITY};
    choose_goods(g, offer);
    return ab__load_evenly(g->good, g->good_count, room, g->model->op->settings->cover_s / 86400);
}

static double containers_of(const greedy *g, int32_t offer)
{
    double mass_t = 0;
    for (int32_t i = 0; i < g->good_count; i++)
        mass_t += g->good[i].load_t;
    return g->model->offer[offer].drops >= 0 ? ceil(mass_t * 1000 / ab__kind_of(g->model, offer)->load_kg - 1e-9) : 0;
}

static int32_t col_of(const greedy *g, int32_t good)
{
    return g->model->load.at[g->load[good]].col;
}

/* May a vehicle more go with what is loaded? */
static bool trip_may_go(greedy *g, int32_t offer)
{
    const ab_offer_cols *cols = &g->model->offer[offer];
    ab__ledger_bring(&g->ledger, cols->vehicles, 1);
    if (cols->drops >= 0)
        ab__ledger_bring(&g->ledger, cols->drops, containers_of(g, offer));
    for (int32_t i = 0; i < g->good_count; i++)
        if (g->good[i].load_t > 0)
            ab__ledger_bring(&g->ledger, col_of(g, i), g->good[i].load_t);
    return ab__ledger_allows(&g->ledger);
}

/* ---- What it is worth ---------------------------------------------------------------------------------------- */

static void receive(greedy *g, int32_t offer, double sign)
{
    const ab_model *model = g->model;
    for (int32_t i = 0; i < g->good_count; i++)
        if (g->good[i].load_t > 0)
            ab__arrivals_add(&g->arrivals, model->op, model->need, place_of(g, offer), offer_of(g, offer)->arrive,
                             commodity_of(g, i), sign * 1000 * g->good[i].load_t * offer_of(g, offer)->arrival.mean);
}

/* Days that may arrive of the good beyond what is expected. */
static double beyond_days(const greedy *g, int32_t offer, int32_t good)
{
    return (1 / offer_of(g, offer)->arrival.mean - 1) * g->good[good].load_t / g->good[good].day_t;
}

/* Days of the group that the load may bring beyond what is expected of it. */
static double beyond_of_group(const greedy *g, int32_t offer, int32_t group)
{
    double days = 0;
    for (int32_t i = 0; i < g->good_count; i++)
        if (g->good[i].load_t > 0 && group_of(g, i) == group)
            days += beyond_days(g, offer, i);
    return days;
}

/* Would more lie there than may (rows_cover.c), if all of the last days' loads arrive? What else lies there is looked at too:
 * people who make up for hunger with one food leave more of another. */
static bool covered(const greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    int32_t arrive = offer_of(g, offer)->arrive;
    for (int32_t group = 0; group < model->groups; group++) {
        int64_t cell = (int64_t)place_of(g, offer) * model->groups + group;
        const double *left = &g->tried->left[cell * model->periods], *before = &g->lived->left[cell * model->periods];
        const double *at_risk = &g->at_risk[cell * model->periods];
        double beyond = beyond_of_group(g, offer, group);
        for (int32_t t = arrive; t < model->periods; t++) {
            double may_come = t < g->risk_until[arrive] ? beyond : 0;
            if (left[t] + at_risk[t] + may_come > g->cover_days[cell] + AB_KEPT && left[t] + may_come > before[t] + AB_KEPT)
                return true;
        }
    }
    return false;
}

static double price_of_trip(const greedy *g, int32_t offer)
{
    const ab_offer_cols *cols = &g->model->offer[offer];
    if (!g->price)
        return 0;
    double price = g->price[cols->vehicles];
    if (cols->drops >= 0)
        price += g->price[cols->drops] * containers_of(g, offer);
    for (int32_t i = 0; i < g->good_count; i++)
        price += g->price[col_of(g, i)] * g->good[i].load_t;
    return price;
}

/* The place's share of the objective if the load came, too. */
static double with_load(greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    int32_t place = place_of(g, offer), arrive = offer_of(g, offer)->arrive;
    receive(g, offer, 1);
    ab__hunger_stand_as(g->tried, g->lived, place, arrive);
    double objective = ab__hunger_live_on(g->tried, model->op, model->need, &g->arrivals, place, arrive);
    receive(g, offer, -1);
    return objective;
}

/* Hunger relieved by one vehicle more, beyond its price, a tonne of its load; 0: it cannot go, or helps nobody. Leaves its load in
 * `good`. */
static double worth_of(greedy *g, int32_t offer)
{
    const ab_offer_cols *cols = &g->model->offer[offer];
    if (cols->vehicles < 0 || cols->load_count == 0 || g->ledger.x[cols->vehicles] + 1 > cols->most + AB_KEPT ||
        !ab__ledger_allows_one(&g->ledger, cols->vehicles))
        return 0;
    double mass_t = load_one(g, offer);
    if (!(mass_t > 0) || !trip_may_go(g, offer))
        return 0;
    double relieved = (g->objective[place_of(g, offer)] - with_load(g, offer)) / g->model->people;
    if (covered(g, offer))
        return 0;
    return fmax(0, relieved - price_of_trip(g, offer)) / mass_t;
}

/* What it brings is at risk until it is known what became of it. */
static void risk(greedy *g, int32_t offer, int32_t good)
{
    int32_t arrive = offer_of(g, offer)->arrive;
    int64_t cell = ((int64_t)place_of(g, offer) * g->model->groups + group_of(g, good)) * g->model->periods;
    for (int32_t t = arrive; t < g->risk_until[arrive]; t++)
        g->at_risk[cell + t] += beyond_days(g, offer, good);
}

/* One vehicle more goes, with what is loaded. */
static void go(greedy *g, int32_t offer)
{
    const ab_model *model = g->model;
    const ab_offer_cols *cols = &model->offer[offer];
    int32_t place = place_of(g, offer);
    ab__ledger_add(&g->ledger, cols->vehicles, 1);
    if (cols->drops >= 0)
        ab__ledger_add(&g->ledger, cols->drops, containers_of(g, offer));
    for (int32_t i = 0; i < g->good_count; i++) {
        if (!(g->good[i].load_t > 0))
            continue;
        ab__ledger_add(&g->ledger, col_of(g, i), g->good[i].load_t);
        ab__ledger_take_stock(&g->ledger, ab__kind_of(model, offer)->hub, commodity_of(g, i), offer_of(g, offer)->depart,
                              g->good[i].load_t);
        risk(g, offer, i);
    }
    receive(g, offer, 1);
    g->objective[place] =
        ab__hunger_live_on(g->lived, model->op, model->need, &g->arrivals, place, offer_of(g, offer)->arrive);
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

static bool first_is_best(const greedy *g)
{
    for (int32_t child = 1; child <= 2 && child < g->heap_count; child++)
        if (before(&g->heap[child], &g->heap[0]))
            return false;
    return true;
}

static void fill_heap(greedy *g)
{
    g->heap_count = 0;
    for (int32_t o = 0; o < g->model->trips->offer_count && !g->search->stopped; o++) {
        double worth = worth_of(g, o);
        if (worth > 0)
            g->heap[g->heap_count++] = (candidate){o, worth};
        if (o % LOOK_AT_CLOCK == 0)
            ab__search_goes_on(g->search, "a plan by greed");
    }
    for (int32_t i = g->heap_count / 2; i >= 0 && g->heap_count > 0; i--)
        sift(g, i);
}

/* With each vehicle that goes, others are worth less; seldom is one worth more. So the first is looked at again, and goes if it
 * is still the best of all as they were; what helps no more leaves. */
static void fill(greedy *g)
{
    fill_heap(g);
    for (int64_t steps = 0; g->heap_count > 0 && !g->search->stopped; steps++) {
        if (steps % LOOK_AT_CLOCK == 0)
            ab__search_goes_on(g->search, "a plan by greed");
        candidate *best = &g->heap[0];
        best->worth = worth_of(g, best->offer);
        if (!(best->worth > 0))
            *best = g->heap[--g->heap_count];
        else if (first_is_best(g))
            go(g, best->offer);
        sift(g, 0);
    }
}

/* ---- What is there to begin with ----------------------------------------------------------------------------- */

static void move(greedy *g, const ab_move_col *col, double most_t)
{
    const ab_transfer *transfer = &g->model->trips->transfer[col->transfer];
    const ab_link *link = &g->model->op->links.at[transfer->link];
    double t = fmin(most_t, ab__ledger_spare_t(&g->ledger, link->from_hub, col->commodity, transfer->depart));
    t = ab__ledger_leaves(&g->ledger, col->col, t);
    if (!(t > 0))
        return;
    ab__ledger_add(&g->ledger, col->col, t);
    ab__ledger_take_stock(&g->ledger, link->from_hub, col->commodity, transfer->depart, t);
    ab__ledger_take_stock(&g->ledger, link->to_hub, col->commodity, transfer->arrive, -t * transfer->pass);
}

/* Day by day, as what is moved on must have come. A start near the optimum may move a little more than there is. */
static void move_between_hubs(greedy *g, const double *start)
{
    const ab_model *model = g->model;
    for (int32_t t = 0; t < model->periods; t++)
        for (int32_t i = 0; i < model->move.count; i++)
            if (model->trips->transfer[model->move.at[i].transfer].depart == t)
                move(g, &model->move.at[i], start[model->move.at[i].col]);
}

static double whole_of(const greedy *g, const double *start, int32_t offer)
{
    int32_t col = g->model->offer[offer].vehicles;
    return col < 0 ? 0 : floor(start[col] + AB_WHOLE);
}

/* Lists the offers of which something whole goes, by day of departure; [offers]. Returns their number. */
static int32_t list_whole(const greedy *g, const double *start, int32_t *list, int32_t *until)
{
    const ab_model *model = g->model;
    for (int32_t o = 0; o < model->trips->offer_count; o++)
        if (whole_of(g, start, o) > 0)
            until[offer_of(g, o)->depart]++;
    for (int32_t t = 1; t < model->periods; t++)
        until[t] += until[t - 1];
    int32_t count = until[model->periods - 1];
    for (int32_t o = model->trips->offer_count - 1; o >= 0; o--)
        if (whole_of(g, start, o) > 0)
            list[--until[offer_of(g, o)->depart]] = o;
    return count;
}

/* The whole vehicles of a start go first, day by day, each with what is short where it arrives: the loads of a
 * relaxation are parts of packages, and of kits hardly one is left of them. */
static bool begin_with(greedy *g, const double *start)
{
    const ab_model *model = g->model;
    int32_t *list = AB_NEW(model->arena, int32_t, model->trips->offer_count);
    int32_t *until = AB_NEW(model->arena, int32_t, model->periods);
    if (!list || !until)
        return false;
    move_between_hubs(g, start);
    int32_t count = list_whole(g, start, list, until);
    for (int32_t i = 0; i < count; i++) {
        double whole = whole_of(g, start, list[i]);
        for (double n = 0; n < whole && worth_of(g, list[i]) > 0; n++)
            go(g, list[i]);
    }
    return true;
}

/* ---- All of it ----------------------------------------------------------------------------------------------- */

static void fill_takes(greedy *g)
{
    for (int32_t c = 0; c < g->model->commodities; c++) {
        g->takes[c * AB_ROOMS + AB_ROOM_T] = 1;
        g->takes[c * AB_ROOMS + AB_ROOM_M3] = ab__m3_per_t(g->model, c);
        g->takes[c * AB_ROOMS + AB_ROOM_PALLETS] = ab__pallets_per_t(g->model, c);
    }
}

static void fill_cover(greedy *g)
{
    const ab_model *model = g->model;
    for (int32_t t = 0; t < model->periods; t++) {
        double days = 0;
        int32_t s = t;
        while (s < model->periods && days < model->op->settings->retry_s / 86400 - 1e-9)
            days += ++s < model->periods ? model->days[s] : 0;
        g->risk_until[t] = s;
    }
    for (int32_t p = 0; p < model->places; p++)
        for (int32_t k = 0; k < model->groups; k++) {
            double stock = model->need->stock[(int64_t)p * model->groups + k], per_day = ab__hunger_per_day(model->need, p, k);
            g->cover_days[(int64_t)p * model->groups + k] =
                fmax(model->op->settings->cover_s / 86400, per_day > 0 ? stock / per_day : 0);
        }
}

static bool new_greedy(greedy *g, ab_search *search, double *x)
{
    ab_model *model = search->model;
    size_t groups = (size_t)model->places * (size_t)model->groups;
    *g = (greedy){.search = search, .model = model};
    g->lived = ab__hunger_new(model->arena, model->op, model->need);
    g->tried = ab__hunger_new(model->arena, model->op, model->need);
    g->objective = AB_NEW(model->arena, double, model->places);
    g->at_risk = AB_NEW(model->arena, double, groups * (size_t)model->periods);
    g->risk_until = AB_NEW(model->arena, int32_t, model->periods);
    g->cover_days = AB_NEW(model->arena, double, groups);
    g->heap = AB_NEW(model->arena, candidate, model->trips->offer_count);
    g->takes = AB_NEW(model->arena, double, (size_t)model->commodities * AB_ROOMS);
    g->good = AB_NEW(model->arena, ab_good, model->commodities);
    g->load = AB_NEW(model->arena, int32_t, model->commodities);
    if (!g->lived || !g->tried || !g->objective || !g->at_risk || !g->risk_until || !g->cover_days || !g->heap || !g->takes ||
        !g->good || !g->load || !ab__arrivals_new(&g->arrivals, model->arena, model->op, model->need) ||
        !ab__ledger_open(&g->ledger, model, x))
        return false;
    fill_takes(g);
    fill_cover(g);
    return true;
}

/* Of what the columns take of limits that are shared. False: out of memory. */
static bool fill_prices(greedy *g)
{
    const ab_lp *lp = g->model->lp;
    g->price = AB_NEW(g->model->arena, double, ab__lp_cols(lp));
    for (int32_t c = 0; g->price && c < ab__lp_cols(lp); c++) {
        ab_lp_entries e = ab__lp_entries(lp, c);
        for (int32_t i = 0; i < e.count; i++)
            if (g->ledger.row[e.row[i]].part != AB_LEDGER_OPEN)
                g->price[c] += g->search->price[e.row[i]] * e.value[i];
    }
    return g->price != NULL;
}

bool ab__greedy_fill(ab_search *search, const double *start, double *vehicles)
{
    greedy g;
    if (!new_greedy(&g, search, vehicles))
        return false;
    ab__moved_arrive(&g.model->moved, g.model->op, g.model->need, &g.arrivals);
    for (int32_t p = 0; p < g.model->places; p++)
        g.objective[p] = ab__hunger_live_on(g.lived, g.model->op, g.model->need, &g.arrivals, p, 0);
    if (start && !begin_with(&g, start))
        return false;
    /* First what is worth its price, then whatever still helps. */
    if (search->priced && !fill_prices(&g))
        return false;
    if (g.price)
        fill(&g);
    g.price = NULL;
    fill(&g);
    return true;
}
