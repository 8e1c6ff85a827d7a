#include "ration/model.h"

#include <math.h>

int32_t ab__ration_col(ab_ration_model *model, ab_col_mark col, double lo, double hi)
{
    if (model->failed)
        return -1;
    int32_t number = ab__lp_col(model->lp, lo, hi, col.usd);
    ab_col_mark *last = AB_PUSH(&model->col);
    if (number < 0 || !last) {
        model->failed = true;
        return -1;
    }
    *last = col;
    return number;
}

int32_t ab__ration_row(ab_ration_model *model, ab_row_mark row, double lo, double hi)
{
    if (model->failed)
        return -1;
    int32_t number = ab__lp_row(model->lp, lo, hi);
    ab_row_mark *last = AB_PUSH(&model->row);
    if (number < 0 || !last) {
        model->failed = true;
        return -1;
    }
    *last = row;
    return number;
}

static void measure(ab_ration_model *model)
{
    const ab_operation *op = model->op;
    for (int32_t p = 0; p < op->places.count; p++)
        model->people += (double)op->places.at[p].population;
    for (int32_t t = 0; t < op->period_count; t++)
        model->days += ab_period_days(op, t);
    model->portion_kg = 0.1 * model->people * model->days;
}

static void read_contents(ab_ration_model *model)
{
    const ab_operation *op = model->op;
    model->content = AB_NEW(model->arena, double, (size_t)op->nutrients.count * (size_t)op->foods.count);
    if (!model->content) {
        model->failed = true;
        return;
    }
    for (int32_t i = 0; i < op->contents.count; i++) {
        const ab_content *content = &op->contents.at[i];
        model->content[(int64_t)content->nutrient * op->foods.count + content->food] = content->per_kg / 10;
    }
}

/* Among limits known and not known. */
static bool is_limit(double most)
{
    return !isnan(most) && !isinf(most);
}

/* Most of a sum of carriages, as a row of its own where there is a limit. */
static void limit_carriage(ab_ration_model *model, ab_row_mark row, double most_kg,
                           bool (*concerns)(const ab_ration_way *way, int32_t a), int32_t a)
{
    if (!is_limit(most_kg))
        return;
    int32_t number = ab__ration_row(model, row, -AB_LP_INFINITY, most_kg / model->portion_kg);
    for (int32_t c = 0; c < model->col.count && !model->failed; c++) {
        const ab_col_mark *col = &model->col.at[c];
        if (col->part == AB_PART_CARRY && (concerns ? concerns(&model->way.at[col->a], a) : col->a == a))
            ab__lp_at(model->lp, number, c, 1);
    }
}

static bool leaves(const ab_ration_way *way, int32_t hub)
{
    return way->from_hub == hub;
}

static bool reaches(const ab_ration_way *way, int32_t place)
{
    return way->place == place;
}

static void add_limits(ab_ration_model *model)
{
    const ab_operation *op = model->op;
    for (int32_t w = 0; w < model->way.count; w++)
        limit_carriage(model, (ab_row_mark){AB_RULE_WAY, w, -1}, model->way.at[w].most_kg, NULL, w);
    for (int32_t h = 0; h < op->hubs.count; h++)
        limit_carriage(model, (ab_row_mark){AB_RULE_THROUGHPUT, h, -1},
                       op->hubs.at[h].throughput_kg_per_day * model->days, leaves, h);
    for (int32_t p = 0; p < op->places.count; p++)
        limit_carriage(model, (ab_row_mark){AB_RULE_HANDLING, p, -1},
                       op->places.at[p].handling_kg_per_day * model->days, reaches, p);
    if (isnan(op->settings->budget_usd) || model->failed)
        return;
    double budget = op->settings->budget_usd * 1e4 / (model->people * model->days);
    int32_t row = ab__ration_row(model, (ab_row_mark){AB_RULE_BUDGET, -1, -1}, -AB_LP_INFINITY, budget);
    for (int32_t c = 0; c < model->col.count && !model->failed; c++)
        if (model->col.at[c].usd > 0)
            ab__lp_at(model->lp, row, c, model->col.at[c].usd);
}

static void build(ab_ration_model *model)
{
    static void (*const steps[])(ab_ration_model *) = {measure,
                                                       read_contents,
                                                       ab__ration_ways,
                                                       ab__ration_rows_needs,
                                                       ab__ration_rows_food,
                                                       add_limits};
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !model->failed; i++)
        steps[i](model);
    if (!model->failed && ab__lp_pack(model->lp, NULL) != AB_OK)
        model->failed = true;
}

ab_ration_model *ab__ration_model_new(const ab_operation *op)
{
    ab_arena *arena = ab__arena_new();
    ab_ration_model *model = arena ? AB_NEW(arena, ab_ration_model, 1) : NULL;
    if (!model) {
        ab__arena_free(arena);
        return NULL;
    }
    model->arena = arena;
    model->op = op;
    model->lp = ab__lp_new();
    model->failed = !model->lp;
    if (!model->failed)
        build(model);
    if (model->failed) {
        ab__ration_model_free(model);
        return NULL;
    }
    return model;
}

void ab__ration_model_free(ab_ration_model *model)
{
    if (!model)
        return;
    ab__lp_free(model->lp);
    AB_VEC_FREE(&model->way);
    AB_VEC_FREE(&model->col);
    AB_VEC_FREE(&model->row);
    ab__arena_free(model->arena);
}
