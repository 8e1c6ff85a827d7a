/* What a ration must give, and what of a food may be in it. Every row has a slack, shut until nothing else helps. */
#include <math.h>

#include "ration/model.h"

bool ab__ration_is_slack(const ab_col_mark *col)
{
    return col->part >= AB_PART_SHORT;
}

static double content(const ab_ration_model *model, int32_t nutrient, int32_t food)
{
    return model->content[(int64_t)nutrient * model->op->foods.count + food];
}

/* The size of a nutrient's figures: its need, else its most, else the richest food's 100 g. A slack of 1 is that
 * much of it, so that a gram of protein and a microgram of iodine are weighed by their share of the need. */
static double scale_of(const ab_ration_model *model, int32_t nutrient)
{
    const ab_nutrient_need *n = &model->op->nutrients.at[nutrient];
    double most = 0;
    if (n->need_per_person_day > 0)
        return n->need_per_person_day;
    if (n->most_per_person_day > 0)
        return n->most_per_person_day;
    for (int32_t f = 0; f < model->op->foods.count; f++)
        most = fmax(most, fabs(content(model, nutrient, f)));
    return most > 0 ? most : 1;
}

/* lo <= sum over foods of (content of n - ratio × content of `to`) / scale <= hi, missed by a slack. */
static void add_rule(ab_ration_model *model, ab_ration_rule rule, ab_ration_part slack, int32_t nutrient, int32_t to,
                     double ratio, double lo, double hi)
{
    double scale = model->scale[nutrient];
    int32_t row = ab__ration_row(model, (ab_row_mark){rule, nutrient, -1}, lo, hi);
    int32_t col = ab__ration_col(model, (ab_col_mark){slack, nutrient, -1, 0}, 0, 0);
    if (model->failed)
        return;
    ab__lp_at(model->lp, row, col, lo > -AB_LP_INFINITY ? 1 : -1);
    for (int32_t f = 0; f < model->op->foods.count; f++) {
        double value = content(model, nutrient, f) - (to < 0 ? 0 : ratio * content(model, to, f));
        if (value != 0)
            ab__lp_at(model->lp, row, model->ration_col[f], value / scale);
    }
}

static void add_nutrient(ab_ration_model *model, int32_t number)
{
    const ab_nutrient_need *n = &model->op->nutrients.at[number];
    double scale = model->scale[number] = scale_of(model, number);
    if (!isnan(n->need_per_person_day))
        add_rule(model, AB_RULE_NEED, AB_PART_SHORT, number, -1, 0, n->need_per_person_day / scale, AB_LP_INFINITY);
    if (!isnan(n->most_per_person_day))
        add_rule(model, AB_RULE_MOST, AB_PART_OVER, number, -1, 0, -AB_LP_INFINITY, n->most_per_person_day / scale);
    if (n->ratio_to < 0)
        return;
    if (!isnan(n->least_ratio))
        add_rule(model, AB_RULE_RATIO_LEAST, AB_PART_RATIO_LOW, number, n->ratio_to, n->least_ratio, 0, AB_LP_INFINITY);
    if (!isnan(n->most_ratio))
        add_rule(model, AB_RULE_RATIO_MOST, AB_PART_RATIO_HIGH, number, n->ratio_to, n->most_ratio, -AB_LP_INFINITY, 0);
}

static void add_food(ab_ration_model *model, int32_t number)
{
    const ab_food *food = &model->op->foods.at[number];
    double least = 10 * food->least_kg_per_person_day, most = 10 * food->most_kg_per_person_day;
    model->ration_col[number] =
        ab__ration_col(model, (ab_col_mark){AB_PART_RATION, number, -1, 0}, 0, isnan(most) ? AB_LP_INFINITY : most);
    if (!(least > 0))
        return;
    int32_t row = ab__ration_row(model, (ab_row_mark){AB_RULE_FOOD_LEAST, number, -1}, 1, AB_LP_INFINITY);
    int32_t slack = ab__ration_col(model, (ab_col_mark){AB_PART_FOOD_SHORT, number, -1, 0}, 0, 0);
    if (model->failed)
        return;
    ab__lp_at(model->lp, row, model->ration_col[number], 1 / least);
    ab__lp_at(model->lp, row, slack, 1);
}

void ab__ration_rows_needs(ab_ration_model *model)
{
    model->ration_col = AB_NEW(model->arena, int32_t, model->op->foods.count);
    model->scale = AB_NEW(model->arena, double, model->op->nutrients.count);
    if (!model->ration_col || !model->scale) {
        model->failed = true;
        return;
    }
    for (int32_t f = 0; f < model->op->foods.count && !model->failed; f++)
        add_food(model, f);
    for (int32_t n = 0; n < model->op->nutrients.count && !model->failed; n++)
        add_nutrient(model, n);
}
