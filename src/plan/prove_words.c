/* What would have to change for a gap to close, in words: figures from the second plan that proved it. */
#include <math.h>

#include "base/arena.h"
#include "plan/prove.h"

/* Tonnes below which what lacks is not goods but days. */
static const double LEAST_T = 0.05;

static const char *name_of(const ab_model *model, ab_ref ref)
{
    const ab_operation *op = model->op;
    switch (ref.table) {
    case AB_TABLE_vehicles:
        return ab__say_name(op->vehicles.at[ref.row].name, op->vehicles.at[ref.row].id);
    case AB_TABLE_hubs:
        return ab__say_name(op->hubs.at[ref.row].name, op->hubs.at[ref.row].id);
    case AB_TABLE_places:
        return ab__say_name(op->places.at[ref.row].name, op->places.at[ref.row].id);
    case AB_TABLE_roads:
        return ab__say_name(op->roads.at[ref.row].name, op->roads.at[ref.row].id);
    case AB_TABLE_links:
        return op->links.at[ref.row].id;
    case AB_TABLE_agreements:
        return ab__say_name(op->agreements.at[ref.row].name, op->agreements.at[ref.row].id);
    case AB_TABLE_commitments:
        return op->commitments.at[ref.row].id;
    case AB_TABLE_dropsystems:
        return ab__say_name(op->dropsystems.at[ref.row].name, op->dropsystems.at[ref.row].id);
    default:
        return "";
    }
}

/* The row of stocks that names commodity and hub, or the hub alone. */
static const char *say_stock(const ab_model *model, ab_ref because, double over_t, ab_arena *arena)
{
    if (because.table != AB_TABLE_stocks)
        return ab__arena_printf(arena, "%.3g t more at %s", over_t, name_of(model, because));
    const ab_stock *stock = &model->op->stocks.at[because.row];
    const ab_commodity *commodity = &model->op->commodities.at[stock->commodity];
    const char *goods = ab__say_name(commodity->name, commodity->id);
    const char *hub = name_of(model, (ab_ref){AB_TABLE_hubs, stock->hub});
    if (over_t < LEAST_T)
        return ab__arena_printf(arena, "%s at %s sooner", goods, hub);
    return ab__arena_printf(arena, "%.3g t more of %s at %s", over_t, goods, hub);
}

static const char *say_vehicles(const ab_model *model, ab_ref because, double times, ab_arena *arena)
{
    double more = ceil(times * (double)model->op->vehicles.at[because.row].count - 1e-6);
    if (!(more >= 1))
        return ab__arena_printf(arena, "more of %s", name_of(model, because));
    return ab__arena_printf(arena, "up to %.0f more of %s", more, name_of(model, because));
}

const char *ab__say_change_of_limit(const ab_corner *corner, const ab_cause *cause, ab_arena *arena)
{
    const ab_model *model = corner->of->model;
    const char *name = cause->because.row >= 0 ? name_of(model, cause->because) : "";
    double over, times;
    ab__corner_excess(corner, cause, &over, &times);
    switch (cause->reason) {
    case AB_REASON_STOCK:
        return say_stock(model, cause->because, over, arena);
    case AB_REASON_VEHICLES_BUSY:
        return say_vehicles(model, cause->because, times, arena);
    case AB_REASON_HANDLING:
        return ab__arena_printf(arena, "up to %.0f %% more a day at %s", 100 * times, name);
    case AB_REASON_QUOTA:
        return ab__arena_printf(arena, "a quota of '%s' that is up to %.0f %% higher", name, 100 * times);
    case AB_REASON_CANOPIES:
        return ab__arena_printf(arena, "more parachutes of %s, in stock or rigged", name);
    case AB_REASON_LINKED:
        return ab__arena_printf(arena, "more for those under '%s', or leave without them", name);
    case AB_REASON_COMMITMENT:
        return ab__arena_printf(arena, "commitment %s given up", name);
    case AB_REASON_LOSSES:
        return ab__arena_text(arena, "a surer way, or more sent at once than cover_days allows");
    case AB_REASON_STORAGE:
        return ab__arena_printf(arena, "%.0f %% more storage at %s", 100 * times, name);
    case AB_REASON_CONVOYS:
        return ab__arena_printf(arena, "more or longer convoys of %s", name);
    case AB_REASON_BUDGET:
        return ab__arena_printf(arena, "%.0f USD more", over);
    default:
        return "";
    }
}

const char *ab__say_change_of_door(const ab_model *model, const ab_refusal *step, ab_arena *arena)
{
    const ab_operation *op = model->op;
    ab_ref because = step->because;
    bool row = because.row >= 0;
    switch (step->reason) {
    case AB_REASON_NO_ANSWER:
    case AB_REASON_NO_PERMISSION:
        return row && because.table == AB_TABLE_requests
                   ? ab__arena_printf(arena, "yes to request %s", op->requests.at[because.row].id)
                   : ab__arena_printf(arena, "leave %s", ab__say_means(step->means));
    case AB_REASON_CLOSED:
        return row && because.table == AB_TABLE_access
                   ? ab__arena_printf(arena, "the way open %s, against report %s", ab__say_means(step->means),
                                      op->access.at[because.row].id)
                   : ab__arena_printf(arena, "the way open %s in hours of work", ab__say_means(step->means));
    case AB_REASON_HOURS:
        return ab__arena_text(arena, "agreed hours that last as long as the way");
    case AB_REASON_STRIPPED:
        return ab__arena_text(arena, "these goods let through");
    case AB_REASON_LOW_CHANCE:
        return ab__arena_text(arena, "a surer way, or a lower least_arrival_prob");
    case AB_REASON_NO_VEHICLE:
        return ab__arena_text(arena, "a vehicle or drop system that can carry these goods there");
    case AB_REASON_STOCK:
        return ab__arena_text(arena, "these goods at a hub from which it is reached");
    default:
        return "";
    }
}
