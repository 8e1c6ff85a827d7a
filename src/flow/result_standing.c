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
        ab_refs because = {1, &gap->because};
        if (gap->evidence >= 0)
            because = ab_access_evidence(stages->access, gap->evidence);
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
            .standing = "indicated",
            .detail = ab__arena_text(result->arena, gap->detail ? gap->detail : ""),
            .because = ab__refs_text(result->arena, op, because, UINT32_MAX),
            .shape = ab__shape_point(result->arena, place->lon_deg, place->lat_deg),
        };
        if (!row[i].detail || !row[i].because || row[i].shape.kind == AB_SHAPE_NONE)
            return false;
    }
    result->rows[AB_TABLE_gaps] = (ab_rows){row, plan->gap_count};
    return true;
}

bool ab__table_standing(ab_result *result, const ab_stages *stages)
{
    return stock_days(result, stages) && gaps(result, stages);
}
