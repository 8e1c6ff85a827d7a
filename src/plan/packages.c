/* Whole packages: nobody loads a third of a kit. Loads are cut to whole packages after the search. What is cut off
 * waits at the hub; a vehicle that has room for one package more of what is nearest to another takes it from
 * there, or from what the whole plan leaves. So places get by turns a little more and a little less than the
 * programme meant, vehicles stay full, and no stock is overdrawn. */
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "plan/search.h"

/* Cut a millionth of a package above whole counts as whole. */
static const double WHOLE_PACKAGE = 1e-6;
/* A package goes up if as much of it was meant. */
static const double HALF = 0.5;

typedef struct packing {
    ab_search *search;
    double *waiting_t; /* [(hub * places + place) * commodities + commodity] meant and not sent; below 0: sent ahead */
    double *pool_t;    /* [hub * commodities + commodity] the sum of it over places: what lies there uncalled for */
    double *taken_t;   /* [hub * commodities + commodity] by the whole plan */
    double *activity;  /* [rows] with the loads as packed */
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
    return there_t - p->taken_t[hub * p->search->model->commodities + commodity];
}

static double *waiting(const packing *p, const ab_load_col *load)
{
    const ab_model *model = p->search->model;
    const ab_trip_kind *kind = ab__kind_of(model, load->offer);
    return &p->waiting_t[((int64_t)kind->hub * model->places + kind->place) * model->commodities + load->commodity];
}

/* Changes the load by so much; what is meant for the place stays meant. */
static void change(packing *p, const ab_load_col *load, double more_t)
{
    const ab_model *model = p->search->model;
    p->search->x[load->col] += more_t;
    add(p, load->col, more_t);
    *waiting(p, load) -= more_t;
    p->pool_t[ab__kind_of(model, load->offer)->hub * model->commodities + load->commodity] -= more_t;
}

static double package_t(const packing *p, const ab_load_col *load)
{
    return p->search->model->op->commodities.at[load->commodity].package_kg / 1000;
}

/* Down to whole packages, with what waited for a vehicle as far as there is room. */
static void round_down(packing *p, const ab_load_col *load)
{
    const ab_model *model = p->search->model;
    const ab_trip_kind *kind = ab__kind_of(model, load->offer);
    double package = package_t(p, load), planned = p->search->x[load->col];
    double more = fmin(room_t(p, load), fmax(0, p->pool_t[kind->hub * model->commodities + load->commodity]));
    double want = planned + fmin(more, *waiting(p, load));
    change(p, load, package * floor(fmax(0, want) / package + WHOLE_PACKAGE) - planned);
}

/* One package more, if half of it or more was meant, there is room, and it lies there. */
static bool round_up(packing *p, const ab_load_col *load)
{
    const ab_model *model = p->search->model;
    const ab_trip_kind *kind = ab__kind_of(model, load->offer);
    double package = package_t(p, load), pool = p->pool_t[kind->hub * model->commodities + load->commodity];
    double here = pool + spare_t(p, kind->hub, load->commodity, model->trips->offer[load->offer].depart);
    if (*waiting(p, load) < HALF * package || room_t(p, load) < package * (1 - WHOLE_PACKAGE) || here < package)
        return false;
    change(p, load, package);
    return true;
}

/* Loads of one offer: all down, then up the one that misses most of a package, while any may. */
static void pack(packing *p, const ab_load_col *const *load, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        round_down(p, load[i]);
    for (bool any = true; any;) {
        any = false;
        double most = 0;
        int32_t best = -1;
        for (int32_t i = 0; i < count; i++) {
            double frac = *waiting(p, load[i]) / package_t(p, load[i]);
            if (frac > most && room_t(p, load[i]) >= package_t(p, load[i]) * (1 - WHOLE_PACKAGE)) {
                most = frac;
                best = i;
            }
        }
        any = best >= 0 && round_up(p, load[best]);
    }
}

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
    p->pool_t = AB_NEW(model->arena, double, (int64_t)model->hubs * model->commodities);
    p->activity = AB_NEW(model->arena, double, ab__lp_rows(model->lp));
    for (int32_t c = 0; p->activity && c < ab__lp_cols(model->lp); c++)
        add(p, c, search->x[c]);
    if (p->taken_t)
        sum_taken(p);
    return p->waiting_t && p->taken_t && p->pool_t && p->activity;
}

bool ab__search_pack(ab_search *search)
{
    ab_model *model = search->model;
    packing p;
    const ab_load_col **order = AB_NEW(model->arena, const ab_load_col *, model->load.count);
    if (!order || !start(&p, search))
        return false;
    for (int32_t t = 0, count; t < model->periods; t++) {
        count = 0;
        for (int32_t i = 0; i < model->load.count; i++) {
            const ab_load_col *load = &model->load.at[i];
            if (model->trips->offer[load->offer].depart == t && !mass_is_promised(model, load->offer) &&
                round(search->x[model->offer[load->offer].vehicles]) > 0)
                order[count++] = load;
        }
        qsort(order, (size_t)count, sizeof *order, by_departure);
        for (int32_t i = 0, next; i < count; i = next) {
            for (next = i + 1; next < count && order[next]->offer == order[i]->offer; next++)
                ;
            pack(&p, &order[i], next - i);
        }
    }
    return true;
}
