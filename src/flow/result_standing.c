#include <math.h>

#include "flow/result.h"

static bool stock_days(ab_result *result, const ab_stages *stages)
{
    const ab_plan *plan = stages->plan;
    const ab_operation *op = stages->op;
    int32_t count = plan->place_count * plan->period_count;
    ab_stock_day *row = AB_NEW(result->arena, ab_stock_day, count);

    if (!row)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const ab_place *place = &op->places.at[i / plan->period_count];
        int32_t t = i % plan->period_count;
        const ab_standing *standing = &plan->standing[i];
        row[i] = (ab_stock_day){
            .place = place->id,
            .from = ab_period_start(op, t),
            .until = ab_period_start(op, t + 1),
            .people = place->population,
            .received_kg = standing->received_kg,
            .eaten_frac = standing->eaten_frac,
            .stock_s = standing->stock_s,
            .debt_ration_days = standing->debt_ration_days,
            .debt_if_nothing = standing->debt_if_nothing,
            .shape = ab__shape_point(result->arena, place->lon_deg, place->lat_deg),
        };
        if (row[i].shape.kind == AB_SHAPE_NONE)
            return false;
    }
    result->rows[AB_TABLE_stock_days] = (ab_rows){row, count};
    return true;
}

static const char *unit_of(ab_category category)
{
    switch (category) {
    case AB_CATEGORY_FOOD:
        return "kcal";
    case AB_CATEGORY_WATER:
        return "l";
    case AB_CATEGORY_MEDICAL:
    case AB_CATEGORY_OTHER:
    case ab_category_count:
        break;
    }
    return "people-days";
}

static bool has(ab_refs list, ab_ref row)
{
    for (int32_t i = 0; i < list.count; i++)
        if (list.at[i].table == row.table && list.at[i].row == row.row)
            return true;
    return false;
}

/* The row of the reason, or the rows behind it, and that of the second limit; NULL: out of memory. */
static const char *because_of(ab_result *result, const ab_stages *stages, const ab_gap *gap)
{
    ab_refs rows = {1, &gap->because};
    if (gap->evidence >= 0)
        rows = ab_access_evidence(stages->access, gap->evidence);
    ab_ref *all = AB_NEW(result->arena, ab_ref, rows.count + 2);
    int32_t count = 0;

    if (!all)
        return NULL;
    /* Evidence is of the period in which trips would set out; the row that was named stands first. */
    if (gap->because.row >= 0)
        all[count++] = gap->because;
    for (int32_t i = 0; i < rows.count; i++)
        if (rows.at[i].row >= 0 && !has((ab_refs){count, all}, rows.at[i]))
            all[count++] = rows.at[i];
    if (gap->also_because.row >= 0 && !has((ab_refs){count, all}, gap->also_because))
        all[count++] = gap->also_because;
    return ab__refs_text(result->arena, stages->op, (ab_refs){count, all}, UINT32_MAX);
}

/* "madaya; zabadani"; NULL: out of memory. */
static const char *holders_of(ab_result *result, const ab_operation *op, const ab_gap *gap)
{
    const char *text = "";
    for (int32_t i = 0; i < gap->holder_count && text; i++)
        text = ab__arena_printf(result->arena, i == 0 ? "%s%s" : "%s; %s", text,
                                op->places.at[gap->holder[i]].id);
    return text;
}

static bool gaps(ab_result *result, const ab_stages *stages)
{
    const ab_plan *plan = stages->plan;
    const ab_operation *op = stages->op;
    ab_gap_row *row = AB_NEW(result->arena, ab_gap_row, plan->gap_count);

    if (!row)
        return false;
    for (int32_t i = 0; i < plan->gap_count; i++) {
        const ab_gap *gap = &plan->gap[i];
        const ab_place *place = &op->places.at[gap->place];
        row[i] = (ab_gap_row){
            .place = place->id,
            .category = ab_codes_category.codes[gap->category].word,
            .from = ab_period_start(op, gap->from),
            .until = ab_period_start(op, gap->until),
            .people = place->population,
            .eaten_frac = gap->eaten_frac,
            .missing = gap->missing,
            .unit = unit_of(gap->category),
            .reason = ab_codes_reason.codes[gap->reason].word,
            .standing = gap->proved ? "proved" : "indicated",
            .gain_days = gap->proved ? gap->gain_days : NAN,
            .also = gap->also == AB_REASON_NONE ? "" : ab_codes_reason.codes[gap->also].word,
            .change = ab__arena_text(result->arena, gap->change),
            .held_by = holders_of(result, op, gap),
            .detail = ab__arena_text(result->arena, gap->detail ? gap->detail : ""),
            .because = because_of(result, stages, gap),
            .shape = ab__shape_point(result->arena, place->lon_deg, place->lat_deg),
        };
        if (!row[i].detail || !row[i].because || !row[i].change || !row[i].held_by || row[i].shape.kind == AB_SHAPE_NONE)
            return false;
    }
    result->rows[AB_TABLE_gaps] = (ab_rows){row, plan->gap_count};
    return true;
}

bool ab__table_standing(ab_result *result, const ab_stages *stages)
{
    return stock_days(result, stages) && gaps(result, stages);
}
