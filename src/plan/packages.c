/* Whole packages: nobody loads a third of a kit. Loads are cut to whole packages after the search. Where
 * the hub has more than the whole plan takes from it, a load is rounded up and what follows is rounded
 * down in turn, so that a kit that the programme drips over a week goes on the first day. Else it is
 * rounded down, and what is cut off waits at the hub for the next vehicle with room to the same place.
 * No stock is overdrawn either way. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "plan/search.h"

/* Cut a millionth of a package above whole counts as whole. */
static const double WHOLE_PACKAGE = 1e-6;

/* Packages of other loads, rounded, may have broken a limit that ties loads together, by a few packages. */
static const double NEAR_FRAC = 0.01;

typedef struct packing {
    ab_search *search;
    double *waiting_t; /* [(hub * places + place) * commodities + commodity]; below 0: sent ahead */
    double *taken_t;   /* [hub * commodities + commodity] by the whole plan, and ahead of it */
    double *activity;  /* [rows] with the loads as packed */
    char *kept;        /* [load.count] 1: as in the plan before, in whole packages already */
    double *more_t;    /* [load.count] what that made of it, over what was planned */
} packing;

static int by_departure(const void *a, const void *b)
{
    const ab_load_col *const *x = a, *const *y = b;
    return (*x)->offer != (*y)->offer ? ((*x)->offer < (*y)->offer ? -1 : 1)
                                      : ((*x)->commodity > (*y)->commodity) - ((*x)->commodity < (*y)->commodity);
}

/* A commitment that names a mass has it, to the kilogram. */
static bool mass_is_promised(const ab_model *model, int32_t offer)
{
    for (int32_t k = 0; k < model->op->commitments.count; k++)
        if (model->promise[k].mass_t >= 0 && ab__commitment_matches(model, k, offer))
            return true;
    return false;
}

/* Tonnes that may still join the load: room in the vehicles and containers, in the day of the place, the hub
 * and the road, in quotas and commitments. Rows that only keep books (equations) have none to say. */
static double room_t(const packing *p, const ab_load_col *load)
{
    const ab_lp *lp = p->search->model->lp;
    ab_lp_entries e = ab__lp_entries(lp, load->col);
    double room = INFINITY;
    for (int32_t i = 0; i < e.count; i++) {
        double hi = ab__lp_row_hi(lp, e.row[i]);
        if (e.value[i] > 0 && hi < AB_LP_INFINITY && ab__lp_row_lo(lp, e.row[i]) < hi)
            room = fmin(room, (hi - p->activity[e.row[i]]) / e.value[i]);
    }
    return fmax(0, room);
}

static void add(packing *p, int32_t col, double more)
{
    ab_lp_entries e = ab__lp_entries(p->search->model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        p->activity[e.row[i]] += more * e.value[i];
}

/* Tonnes at the hub that nobody will ask for: of what is there by the period, without what may still come. */
static double spare_t(const packing *p, int32_t hub, int32_t commodity, int32_t t)
{
    const ab_operation *op = p->search->model->op;
    double there_t = 0;
    for (int32_t i = 0; i < op->stocks.count; i++) {
        const ab_stock *stock = &op->stocks.at[i];
        bool is_there = stock->available_from == AB_TIME_NONE || stock->available_from <= ab_period_start(op, t);
        if (stock->hub == hub && stock->commodity == commodity && is_there)
            there_t += stock->mass_kg / 1000 * stock->certainty_prob;
    }
    there_t -= ab__moved_out_t(&p->search->model->moved, hub, commodity);
    return there_t - p->taken_t[hub * p->search->model->commodities + commodity];
}

/* What waits at the hub for a vehicle to the place. */
static double *waiting(const packing *p, const ab_load_col *load)
{
    const ab_model *model = p->search->model;
    const ab_trip_kind *kind = ab__kind_of(model, load->offer);
    return &p->waiting_t[((int64_t)kind->hub * model->places + kind->place) * model->commodities + load->commodity];
}

static void pack(packing *p, const ab_load_col *load)
{
    const ab_model *model = p->search->model;
    const ab_trip_kind *kind = ab__kind_of(model, load->offer);
    double *planned_t = &p->search->x[load->col];
    double package_t = model->op->commodities.at[load->commodity].package_kg / 1000;
    double *waiting_t = waiting(p, load);
    double want_t = *planned_t + *waiting_t, most_t = *planned_t + room_t(p, load);
    double packed_t = package_t * floor(fmax(0, fmin(want_t, most_t)) / package_t + WHOLE_PACKAGE);
    double ahead_t = packed_t + package_t - want_t;
    if (want_t - packed_t > WHOLE_PACKAGE * package_t && packed_t + package_t <= most_t &&
        ahead_t <= spare_t(p, kind->hub, load->commodity, model->trips->offer[load->offer].depart)) {
        packed_t += package_t;
        p->taken_t[kind->hub * model->commodities + load->commodity] += ahead_t;
    }
    add(p, load->col, packed_t - *planned_t);
    *waiting_t = fmin(want_t - packed_t, package_t);
    *planned_t = packed_t;
}

/* ---- As before ----------------------------------------------------------------------------------------------- */

/* A package up or down is no reason to change what people were told. */
static bool is_near(const packing *p, int32_t load)
{
    const ab_load_col *l = &p->search->model->load.at[load];
    double was_t = ab__search_load_before_t(p->search, load);
    double package_t = p->search->model->op->commodities.at[l->commodity].package_kg / 1000;
    return was_t > 0 && !mass_is_promised(p->search->model, l->offer) &&
           fabs(was_t - p->search->x[l->col]) <= fmax(1.01 * package_t, NEAR_FRAC * was_t);
}

static int64_t stock_cell(const ab_model *model, const ab_load_col *load)
{
    return ((int64_t)ab__kind_of(model, load->offer)->hub * model->commodities + load->commodity) * model->periods;
}

/* Marks the goods of hubs that last if all loads that are near what they were are just that. */
static void find_lasting(const packing *p, double *more_t, char *lasting)
{
    const ab_model *model = p->search->model;
    for (int32_t i = 0; i < model->load.count; i++)
        if (is_near(p, i))
            more_t[stock_cell(model, &model->load.at[i]) + model->trips->offer[model->load.at[i].offer].depart] +=
                ab__search_load_before_t(p->search, i) - p->search->x[model->load.at[i].col];
    for (int32_t cell = 0; cell < model->hubs * model->commodities; cell++) {
        double sum_t = 0;
        lasting[cell] = 1;
        for (int32_t t = 0; t < model->periods; t++) {
            int32_t left = model->hub_left_col[(int64_t)cell * model->periods + t];
            sum_t += more_t[(int64_t)cell * model->periods + t];
            if (left >= 0 && p->search->x[left] - sum_t < -WHOLE_PACKAGE)
                lasting[cell] = 0;
        }
    }
}

/* Makes the load what it was if there is room for it and, unless that was looked at for all together, the hub has it from
 * its departure on. */
static void keep(packing *p, int32_t load, double more_t, bool lasting)
{
    ab_model *model = p->search->model;
    const ab_load_col *l = &model->load.at[load];
    int32_t depart = model->trips->offer[l->offer].depart;
    int64_t cell = stock_cell(model, l);
    for (int32_t t = depart; t < model->periods && !lasting; t++)
        if (more_t > 0 && p->search->x[model->hub_left_col[cell + t]] < more_t - WHOLE_PACKAGE)
            return;
    if (more_t > room_t(p, l) + WHOLE_PACKAGE)
        return;
    for (int32_t t = depart; t < model->periods; t++)
        p->search->x[model->hub_left_col[cell + t]] -= more_t;
    add(p, l->col, more_t);
    p->taken_t[cell / model->periods] += more_t;
    p->search->x[l->col] += more_t;
    p->kept[load] = 1;
    p->more_t[load] = more_t;
}

/* Loads that shrink leave goods and room for those that grow. */
static bool keep_as_before(packing *p)
{
    const ab_model *model = p->search->model;
    int64_t cells = (int64_t)model->hubs * model->commodities;
    double *more_t = AB_NEW(model->arena, double, cells * model->periods);
    char *lasting = AB_NEW(model->arena, char, cells);
    if (!more_t || !lasting)
        return false;
    find_lasting(p, more_t, lasting);
    for (int grows = 0; grows < 2; grows++) {
        for (int32_t i = 0; i < model->load.count; i++) {
            double more = ab__search_load_before_t(p->search, i) - p->search->x[model->load.at[i].col];
            if (!p->kept[i] && is_near(p, i) && (more > 0) == (grows == 1))
                keep(p, i, more, lasting[stock_cell(model, &model->load.at[i]) / model->periods] != 0);
        }
    }
    return true;
}

/* ---- All ------------------------------------------------------------------------------------------------------- */

/* What the whole plan takes from each hub. */
static void sum_taken(packing *p)
{
    const ab_model *model = p->search->model;
    for (int32_t i = 0; i < model->load.count; i++) {
        const ab_load_col *load = &model->load.at[i];
        p->taken_t[ab__kind_of(model, load->offer)->hub * model->commodities + load->commodity] +=
            p->search->x[load->col];
    }
    for (int32_t i = 0; i < model->move.count; i++) {
        const ab_move_col *move = &model->move.at[i];
        int32_t hub = model->op->links.at[model->trips->transfer[move->transfer].link].from_hub;
        p->taken_t[hub * model->commodities + move->commodity] += p->search->x[move->col];
    }
}

static bool start(packing *p, ab_search *search)
{
    ab_model *model = search->model;
    *p = (packing){.search = search};
    p->waiting_t = AB_NEW(model->arena, double, (int64_t)model->hubs * model->places * model->commodities);
    p->taken_t = AB_NEW(model->arena, double, (int64_t)model->hubs * model->commodities);
    p->activity = AB_NEW(model->arena, double, ab__lp_rows(model->lp));
    p->kept = AB_NEW(model->arena, char, model->load.count);
    p->more_t = AB_NEW(model->arena, double, model->load.count);
    for (int32_t c = 0; p->activity && c < ab__lp_cols(model->lp); c++)
        add(p, c, search->x[c]);
    if (p->taken_t)
        sum_taken(p);
    return p->waiting_t && p->taken_t && p->activity && p->kept && p->more_t;
}

bool ab__search_pack(ab_search *search)
{
    ab_model *model = search->model;
    packing p;
    const ab_load_col **order = AB_NEW(model->arena, const ab_load_col *, model->load.count);
    if (!order || !start(&p, search) || (model->before && !keep_as_before(&p)))
        return false;
    for (int32_t t = 0, count; t < model->periods; t++) {
        count = 0;
        for (int32_t i = 0; i < model->load.count; i++) {
            const ab_load_col *load = &model->load.at[i];
            if (model->trips->offer[load->offer].depart == t && p.kept[i])
                *waiting(&p, load) -= p.more_t[i];
            else if (model->trips->offer[load->offer].depart == t && !mass_is_promised(model, load->offer) &&
                round(search->x[model->offer[load->offer].vehicles]) > 0)
                order[count++] = load;
        }
        qsort(order, (size_t)count, sizeof *order, by_departure);
        for (int32_t i = 0; i < count; i++)
            pack(&p, order[i]);
    }
    return ab__search_level_linked(search);
}
