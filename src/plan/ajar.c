#include "plan/ajar.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

/* What is put at hubs when stock is the door, tonnes a person: more than anybody eats. */
static const double PLENTY_T_PER_PERSON = 10;

/* ---- Which doors ----------------------------------------------------------------------------------------- */

/* The door that a reason is; what is open already is not it. 0: none. */
static uint32_t door_of(ab_reason reason, uint32_t open)
{
    switch (reason) {
    case AB_REASON_NO_PERMISSION:
    case AB_REASON_NO_ANSWER:
        return AB_DOOR_PERMISSION & ~open;
    case AB_REASON_CLOSED: /* by a report, or because no agreed hour is one of work */
        return (open & AB_DOOR_REPORTS) == 0 ? AB_DOOR_REPORTS : AB_DOOR_HOURS & ~open;
    case AB_REASON_HOURS:
        return AB_DOOR_HOURS & ~open;
    case AB_REASON_STRIPPED:
        return AB_DOOR_GOODS & ~open;
    case AB_REASON_LOW_CHANCE:
        return AB_DOOR_LEAST & ~open;
    default:
        return 0;
    }
}

static bool is_offered(const ab_model *model, const ab_trip_kind *kind, int32_t t, uint32_t open, ab_offer *offer,
                       ab_refusal *refusal)
{
    return ab_trips_if_open(model->op, model->access, model->routes, model->trips->drops, kind, t, open, offer, refusal);
}

/* Drops steps without which the departure would be offered all the same. With no least chance nothing else would
 * be needed, but nothing else has been asked for then: such steps stay. */
static void drop_needless(const ab_model *model, const ab_trip_kind *kind, int32_t t, const uint32_t *door,
                          ab_doors *doors)
{
    ab_offer offer;
    ab_refusal refusal;
    int32_t kept = 0;
    if ((doors->open & AB_DOOR_LEAST) != 0)
        return;
    for (int32_t i = 0; i < doors->step_count; i++) {
        if (doors->step_count > 1 && is_offered(model, kind, t, doors->open & ~door[i], &offer, &refusal))
            doors->open &= ~door[i];
        else
            doors->step[kept++] = doors->step[i];
    }
    doors->step_count = kept;
}

bool ab__doors_before(const ab_model *model, const ab_trip_kind *kind, int32_t t, ab_doors *doors)
{
    ab_offer offer;
    ab_refusal refusal;
    uint32_t door[AB_STEPS];
    *doors = (ab_doors){.means = (int32_t)kind->means};
    while (!is_offered(model, kind, t, doors->open, &offer, &refusal)) {
        uint32_t next = door_of(refusal.reason, doors->open);
        if (next == 0 || doors->step_count == AB_STEPS)
            return false;
        door[doors->step_count] = next;
        doors->step[doors->step_count++] = refusal;
        doors->open |= next;
    }
    drop_needless(model, kind, t, door, doors);
    return true;
}

/* ---- The trips ------------------------------------------------------------------------------------------- */

typedef struct offers {
    ab_offer *at;
    int32_t *from;         /* the offer of the plan that it is; -1: it was not in it */
    int32_t count;
} offers;

static void keep(offers *list, const ab_offer *offer, int32_t kind, int32_t from)
{
    list->at[list->count] = *offer;
    list->at[list->count].kind = kind;
    list->from[list->count++] = from;
}

static bool is_chosen(const ab_search *search, int32_t offer)
{
    const ab_offer_cols *cols = &search->model->offer[offer];
    return cols->vehicles >= 0 && search->x[cols->vehicles] > AB_WHOLE;
}

/* Of kind k, whose offers begin at `first`: those of the plan; to a place that is asked about, all. */
static void add_kind(const ab_ajar *ajar, const ab_search *search, int32_t k, int32_t first, bool asked,
                     offers *list)
{
    const ab_model *model = search->model;
    const ab_trips *trips = model->trips;
    uint32_t doors = ajar->open & ~(uint32_t)AB_DOOR_STOCK;
    bool opens = asked && (ajar->means < 0 || ajar->means == (int32_t)trips->kind[k].means);
    int32_t o = first;
    for (int32_t t = 0; t < model->periods; t++) {
        bool was = o < trips->offer_count && trips->offer[o].kind == k && trips->offer[o].depart == t;
        int32_t from = was ? o++ : -1;
        ab_offer opened;
        ab_refusal refusal;
        if (opens && is_offered(model, &trips->kind[k], t, doors, &opened, &refusal))
            keep(list, &opened, k, from);
        else if (was && (asked || is_chosen(search, from)))
            keep(list, &trips->offer[from], k, from);
    }
}

static bool list_offers(ab_ajar *ajar, const ab_search *search, const char *asked, ab_arena *arena, offers *list)
{
    const ab_trips *trips = search->model->trips;
    int64_t most = trips->offer_count;
    for (int32_t k = 0; k < trips->kind_count; k++)
        most += asked[trips->kind[k].place] ? search->model->periods : 0;
    list->at = AB_NEW(arena, ab_offer, most);
    list->from = AB_NEW(arena, int32_t, most);
    for (int32_t k = 0, o = 0; list->at && list->from && k < trips->kind_count; k++) {
        add_kind(ajar, search, k, o, asked[trips->kind[k].place], list);
        while (o < trips->offer_count && trips->offer[o].kind == k)
            o++;
    }
    ajar->trips = *trips;
    ajar->trips.offer = list->at;
    ajar->trips.offer_count = list->count;
    return list->at && list->from;
}

/* ---- The plan in it -------------------------------------------------------------------------------------- */

static double load_of(const ab_search *search, int32_t offer, int32_t commodity)
{
    const ab_offer_cols *cols = &search->model->offer[offer];
    for (int32_t i = 0; cols->vehicles >= 0 && i < cols->load_count; i++) {
        const ab_load_col *load = &search->model->load.at[cols->first_load + i];
        if (load->commodity == commodity)
            return search->x[load->col];
    }
    return 0;
}

static void carry_offer(ab_ajar *ajar, const ab_search *search, int32_t o, int32_t from)
{
    const ab_offer_cols *cols = &ajar->model->offer[o];
    if (cols->vehicles < 0)
        return;
    const ab_offer_cols *was = from >= 0 ? &search->model->offer[from] : NULL;
    bool goes = was && was->vehicles >= 0;
    ajar->x[cols->vehicles] = goes ? search->x[was->vehicles] : 0;
    if (cols->drops >= 0)
        ajar->x[cols->drops] = goes && was->drops >= 0 ? search->x[was->drops] : 0;
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &ajar->model->load.at[cols->first_load + i];
        ajar->x[load->col] = from >= 0 ? load_of(search, from, load->commodity) : 0;
    }
}

/* Both lists of moves are in the same order; with more stocks there are more of them. */
static void carry_moves(ab_ajar *ajar, const ab_search *search)
{
    const ab_model *was = search->model;
    int32_t j = 0;
    for (int32_t i = 0; i < ajar->model->move.count; i++) {
        const ab_move_col *move = &ajar->model->move.at[i];
        bool same = j < was->move.count && was->move.at[j].transfer == move->transfer &&
                    was->move.at[j].commodity == move->commodity;
        ajar->x[move->col] = same ? search->x[was->move.at[j++].col] : 0;
    }
}

static bool carry_plan(ab_ajar *ajar, const ab_search *search, const offers *list, ab_arena *arena)
{
    int32_t cols = ab__lp_cols(ajar->model->lp);
    ajar->x = AB_NEW(arena, double, cols);
    for (int32_t c = 0; ajar->x && c < cols; c++) {
        bool fixed = ab__lp_col_lo(ajar->model->lp, c) >= ab__lp_col_hi(ajar->model->lp, c);
        ajar->x[c] = fixed ? ab__lp_col_lo(ajar->model->lp, c) : (double)NAN;
    }
    for (int32_t o = 0; ajar->x && o < list->count; o++)
        carry_offer(ajar, search, o, list->from[o]);
    if (ajar->x)
        carry_moves(ajar, search);
    return ajar->x;
}

/* ---- Stock as a door ------------------------------------------------------------------------------------- */

/* Every commodity of the group at every hub, from the start. */
static bool fill_hubs(ab_ajar *ajar, const ab_model *model, int32_t group, ab_arena *arena)
{
    const ab_operation *op = model->op;
    int32_t count = op->stocks.count;
    ab_stock *stock = AB_NEW(arena, ab_stock, (int64_t)count + (int64_t)model->hubs * model->commodities);
    if (!stock)
        return false;
    for (int32_t i = 0; i < count; i++)
        stock[i] = op->stocks.at[i];
    for (int32_t h = 0; h < model->hubs; h++)
        for (int32_t c = 0; c < model->commodities; c++)
            if (model->need->commodity_group[c] == group)
                stock[count++] = (ab_stock){.hub = h, .commodity = c, .certainty_prob = 1,
                                            .available_from = AB_TIME_NONE,
                                            .mass_kg = 1000 * PLENTY_T_PER_PERSON * model->people};
    ajar->op.stocks.at = stock;
    ajar->op.stocks.count = count;
    return true;
}

/* ---- All of it ------------------------------------------------------------------------------------------- */

static bool make(ab_ajar *ajar, const ab_search *search, int32_t group, const char *asked, ab_arena *arena)
{
    const ab_model *model = search->model;
    offers list = {0};
    ajar->op = *model->op;
    if ((ajar->open & AB_DOOR_STOCK) != 0 && !fill_hubs(ajar, model, group, arena))
        return false;
    if (!list_offers(ajar, search, asked, arena, &list))
        return false;
    ajar->model = ab__model_new(&ajar->op, model->need, model->access, model->routes, &ajar->trips);
    return ajar->model && carry_plan(ajar, search, &list, arena) &&
           ab__corners_start(&ajar->corners, ajar->model, ajar->x, NULL, arena);
}

ab_status ab__ajar_start(ab_ajar *ajar, const ab_search *search, const ab_doors *doors, int32_t group,
                         const char *asked, ab_arena *arena, ab_error *err)
{
    *ajar = (ab_ajar){.open = doors->open, .means = doors->means};
    if (!make(ajar, search, group, asked, arena))
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the reasons of gaps were proved");
    return AB_OK;
}

void ab__ajar_free(ab_ajar *ajar)
{
    ab__model_free(ajar->model);
}
