/* Trips that pass, and goods that do not: which row takes them off. */
#include "base/arena.h"
#include "plan/why.h"

/* Does the row let trips pass and keep some commodity of the group from them? A scope without rows names all. */
static bool strips(const ab_model *model, ab_ref row, int32_t group)
{
    const ab_operation *op = model->op;
    for (int32_t c = 0; c < model->commodities; c++) {
        if (model->need->commodity_group[c] != group)
            continue;
        if (row.table == AB_TABLE_access) {
            const ab_report *report = &op->access.at[row.row];
            bool shut = report->state != AB_STATE_OPEN;
            if (shut && report->commodities.count > 0 && ab_scope_has(op, &report->commodities, c))
                return true;
        } else if (row.table == AB_TABLE_requests) {
            if (!ab_scope_has(op, &op->requests.at[row.row].commodities, c))
                return true;
        } else if (row.table == AB_TABLE_agreements) {
            if (!ab_scope_has(op, &op->agreements.at[row.row].commodities, c))
                return true;
        }
    }
    return false;
}

const char *ab__say_stripped(const ab_model *model, ab_ref row, const char *goods, ab_means means, ab_arena *arena)
{
    const ab_operation *op = model->op;
    const char *by = ab__say_means(means);
    char day[AB_TIME_TEXT_CAP];
    switch (row.row < 0 ? -1 : row.table) {
    case AB_TABLE_access:
        return ab__arena_printf(arena, "trips %s pass, but not with %s: taken off, as was reported on %s", by, goods,
                                ab__say_day(model, op->access.at[row.row].reported_at, day));
    case AB_TABLE_requests: {
        const char *of = op->requests.at[row.row].asked_of;
        return ab__arena_printf(arena, "trips %s pass, but not with %s: the leave of %s is for other goods", by, goods,
                                of && of[0] ? of : "the authority");
    }
    case AB_TABLE_agreements:
        return ab__arena_printf(arena, "trips %s pass, but not with %s: \"%s\" is for other goods", by, goods,
                                ab__say_name(op->agreements.at[row.row].name, op->agreements.at[row.row].id));
    default:
        return ab__arena_printf(arena, "trips %s pass, but not with %s", by, goods);
    }
}

ab_why ab__why_stripped(const ab_model *model, int32_t offer, int32_t group, const char *goods, ab_arena *arena)
{
    const ab_offer *o = &model->trips->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    ab_ref because = {-1, -1};
    if (o->evidence >= 0) {
        ab_refs rows = ab_access_evidence(model->access, o->evidence);
        for (int32_t i = 0; i < rows.count && because.row < 0; i++)
            if (strips(model, rows.at[i], group))
                because = rows.at[i];
    }
    return (ab_why){AB_REASON_STRIPPED, because, o->evidence,
                    ab__say_stripped(model, because, goods, kind->means, arena)};
}
