/* Which limits keep more from being sent, by their prices: at the optimum of the relaxation a tonne more
 * on a trip would relieve some hunger and use up limits that are worth at least as much elsewhere. The
 * limits' shares in that worth say what stands in the way. It indicates, it does not prove: the prices
 * hold for small changes, one limit at a time. */
#include <math.h>

#include "base/arena.h"
#include "plan/why.h"

/* Shares of a price below this are rounding. */
static const double NOTHING = 1e-9;

static bool is_limit(const ab_model *model, int32_t row)
{
    return model->limit.at[row].reason != AB_REASON_NONE;
}

/* Sum over the column's limits of price times use. */
static double price_of_limits(const ab_search *search, int32_t col)
{
    double total = 0;
    ab_lp_entries e = col < 0 ? (ab_lp_entries){0} : ab__lp_entries(search->model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (is_limit(search->model, e.row[i]))
            total += fmax(0, search->price[e.row[i]] * e.value[i]);
    return total;
}

static void add_limits(const ab_search *search, int32_t col, double weight, ab_tally *tally)
{
    ab_lp_entries e = col < 0 ? (ab_lp_entries){0} : ab__lp_entries(search->model->lp, col);
    for (int32_t i = 0; i < e.count; i++)
        if (is_limit(search->model, e.row[i]))
            tally->of_row[e.row[i]] += weight * fmax(0, search->price[e.row[i]] * e.value[i]);
}

bool ab__why_wanted(const ab_search *search, const ab_load_col *load)
{
    ab_lp_entries e = ab__lp_entries(search->model->lp, load->col);
    for (int32_t i = 0; i < e.count; i++)
        if (!is_limit(search->model, e.row[i]) && search->price[e.row[i]] * e.value[i] < -NOTHING)
            return true;
    return false;
}

/* `load` -1: of an empty vehicle. */
static void add_trip(const ab_search *search, int32_t offer, int32_t load, double vehicles, double drops,
                     ab_tally *tally)
{
    const ab_offer_cols *cols = &search->model->offer[offer];
    double at_bound = vehicles * fmax(0, -search->reduced[cols->vehicles]);
    double total = price_of_limits(search, load) + vehicles * price_of_limits(search, cols->vehicles) +
                   drops * price_of_limits(search, cols->drops) + at_bound;
    if (total <= NOTHING)
        return;
    add_limits(search, load, 1 / total, tally);
    add_limits(search, cols->vehicles, vehicles / total, tally);
    add_limits(search, cols->drops, drops / total, tally);
    tally->of_bounds += at_bound / total;
    if (at_bound > 0)
        tally->vehicle = ab__kind_of(search->model, offer)->vehicle;
}

void ab__why_add_load(const ab_search *search, const ab_load_col *load, ab_tally *tally)
{
    const ab_trip_kind *kind = ab__kind_of(search->model, load->offer);
    bool dropped = search->model->offer[load->offer].drops >= 0;
    add_trip(search, load->offer, load->col, 1000 / kind->payload_kg, dropped ? 1000 / kind->load_kg : 0, tally);
}

void ab__why_add_vehicle(const ab_search *search, int32_t offer, ab_tally *tally)
{
    add_trip(search, offer, -1, 1, 0, tally);
}

/* ---- In words ------------------------------------------------------------------------------------------ */

/* A row of hours says how many the class works in its period; any other of it counts trips. */
static bool is_of_hours(const ab_model *model, const ab_vehicle *vehicle, int32_t row)
{
    int32_t t = model->limit.at[row].period;
    if (t < 0)
        return false;
    double hours = (double)vehicle->count * vehicle->duty_s_per_day * model->days[t] / 3600;
    return fabs(ab__lp_row_hi(model->lp, row) - hours) <= 1e-9 * (1 + hours);
}

static const char *say_vehicles(const ab_model *model, ab_ref because, int32_t row, ab_arena *arena)
{
    const ab_vehicle *vehicle = &model->op->vehicles.at[because.row];
    const char *form = row < 0 ? "the %lld %s of class %s can leave no more often in the hours in which trips may leave"
                       : is_of_hours(model, vehicle, row)
                           ? "the hours of the %lld %s of class %s are spent"
                           : "the trips that the %lld %s of class %s can make in fact are spent";
    return ab__arena_printf(arena, form, (long long)vehicle->count, vehicle->count == 1 ? "vehicle" : "vehicles",
                            ab__say_name(vehicle->name, vehicle->id));
}

static const char *say_handling(const ab_model *model, ab_ref ref, ab_arena *arena)
{
    const ab_operation *op = model->op;
    if (ref.table == AB_TABLE_places) {
        const ab_place *place = &op->places.at[ref.row];
        return ab__arena_printf(arena, "%s can take in no more than %.4g t a day", ab__say_name(place->name, place->id),
                                place->handling_kg_per_day / 1000);
    }
    if (ref.table == AB_TABLE_hubs)
        return ab__arena_printf(arena, "hub %s can load out, or park, no more",
                                ab__say_name(op->hubs.at[ref.row].name, op->hubs.at[ref.row].id));
    if (ref.table == AB_TABLE_links)
        return ab__arena_printf(arena, "link %s passes no more than %.4g t a day", op->links.at[ref.row].id,
                                op->links.at[ref.row].capacity_kg_per_day / 1000);
    return ab__arena_printf(arena, "road %s bears no more than %.4g t a day",
                            ab__say_name(op->roads.at[ref.row].name, op->roads.at[ref.row].id),
                            op->roads.at[ref.row].capacity_kg_per_day / 1000);
}

static const char *say_agreement(const ab_model *model, ab_reason reason, int32_t row, ab_arena *arena)
{
    const ab_agreement *a = &model->op->agreements.at[row];
    const char *name = ab__say_name(a->name, a->id);
    if (reason == AB_REASON_LINKED)
        return ab__arena_printf(arena, "it is served only together with '%s', which can take no more", name);
    if (a->quota_trips_per_day >= 0 && isnan(a->quota_kg_per_day))
        return ab__arena_printf(arena, "'%s' lets %lld trips a day pass", name, (long long)a->quota_trips_per_day);
    if (a->quota_trips_per_day < 0)
        return ab__arena_printf(arena, "'%s' lets %.4g t a day pass", name, a->quota_kg_per_day / 1000);
    return ab__arena_printf(arena, "'%s' lets %lld trips and %.4g t a day pass", name,
                            (long long)a->quota_trips_per_day, a->quota_kg_per_day / 1000);
}

static const char *say_stock(const ab_model *model, ab_ref ref, ab_arena *arena)
{
    if (ref.table == AB_TABLE_hubs)
        return ab__arena_printf(arena, "what reaches hub %s is sent on already",
                                ab__say_name(model->op->hubs.at[ref.row].name, model->op->hubs.at[ref.row].id));
    const ab_stock *stock = &model->op->stocks.at[ref.row];
    const ab_commodity *commodity = &model->op->commodities.at[stock->commodity];
    const ab_hub *hub = &model->op->hubs.at[stock->hub];
    return ab__arena_printf(arena, "the stocks are short, first of all %s at %s",
                            ab__say_name(commodity->name, commodity->id), ab__say_name(hub->name, hub->id));
}

const char *ab__say_limit(const ab_model *model, const ab_limit *limit, int32_t row, ab_arena *arena)
{
    ab_ref ref = limit->because;
    switch (limit->reason) {
    case AB_REASON_STOCK:
        return say_stock(model, ref, arena);
    case AB_REASON_VEHICLES_BUSY:
        return say_vehicles(model, ref, row, arena);
    case AB_REASON_HANDLING:
        return say_handling(model, ref, arena);
    case AB_REASON_QUOTA:
    case AB_REASON_LINKED:
        return say_agreement(model, limit->reason, ref.row, arena);
    case AB_REASON_CANOPIES:
        return ab__arena_printf(arena, "no more parachutes of %s are rigged or in stock",
                                ab__say_name(model->op->dropsystems.at[ref.row].name,
                                             model->op->dropsystems.at[ref.row].id));
    case AB_REASON_COMMITMENT:
        return ab__arena_printf(arena, "commitment %s binds it", model->op->commitments.at[ref.row].id);
    case AB_REASON_STORAGE:
        return ab__arena_printf(arena, "hub %s, which would pass it on, can hold no more",
                                ab__say_name(model->op->hubs.at[ref.row].name, model->op->hubs.at[ref.row].id));
    case AB_REASON_CONVOYS:
        return ab__arena_printf(arena, "no more or longer convoys of class %s can set out",
                                ab__say_name(model->op->vehicles.at[ref.row].name, model->op->vehicles.at[ref.row].id));
    case AB_REASON_BUDGET:
        return ab__arena_printf(arena, "the budget of %.0f USD is spent", model->op->settings->budget_usd);
    default:
        return ab_codes_reason.codes[limit->reason].meaning;
    }
}

ab_why ab__why_of_tally(const ab_model *model, const ab_tally *tally, ab_arena *arena)
{
    double of_reason[ab_reason_count] = {0};
    int32_t best_row[ab_reason_count];
    for (int r = 0; r < (int)ab_reason_count; r++)
        best_row[r] = -1;
    for (int32_t i = 0; i < model->limit.count; i++) {
        ab_reason reason = model->limit.at[i].reason;
        of_reason[reason] += tally->of_row[i];
        if (tally->of_row[i] > 0 && (best_row[reason] < 0 || tally->of_row[i] > tally->of_row[best_row[reason]]))
            best_row[reason] = i;
    }
    of_reason[AB_REASON_VEHICLES_BUSY] += tally->of_bounds;
    int best = AB_REASON_NONE;
    for (int r = 1; r < (int)ab_reason_count; r++)
        if (of_reason[r] > of_reason[best] + NOTHING)
            best = r;
    if (best == AB_REASON_NONE)
        return (ab_why){AB_REASON_NONE, {-1, -1}, -1, ""};
    ab_limit limit = {(ab_reason)best, {AB_TABLE_vehicles, tally->vehicle}, -1};
    bool by_window = best == AB_REASON_VEHICLES_BUSY &&
                     (best_row[best] < 0 || tally->of_bounds > tally->of_row[best_row[best]]);
    if (!by_window)
        limit = model->limit.at[best_row[best]];
    int32_t row = by_window ? -1 : best_row[best];
    return (ab_why){limit.reason, limit.because, -1, ab__say_limit(model, &limit, row, arena)};
}
