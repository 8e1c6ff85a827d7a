/* What is bought at hubs goes over links to other hubs, and at last to places, where it is the ration. */
#include <math.h>

#include "ration/model.h"

static void add_balances(ab_ration_model *model)
{
    const ab_operation *op = model->op;
    int32_t foods = op->foods.count;
    for (int32_t h = 0; h < op->hubs.count; h++)
        for (int32_t f = 0; f < foods; f++)
            model->hub_row[(int64_t)h * foods + f] =
                ab__ration_row(model, (ab_row_mark){AB_RULE_HUB, h, f}, 0, 0);
    for (int32_t p = 0; p < op->places.count; p++)
        for (int32_t f = 0; f < foods; f++) {
            double share = (double)op->places.at[p].population / model->people;
            int32_t *row = &model->place_row[(int64_t)p * foods + f];
            *row = share > 0 ? ab__ration_row(model, (ab_row_mark){AB_RULE_PLACE, p, f}, 0, 0) : -1;
            if (*row >= 0)
                ab__lp_at(model->lp, *row, model->ration_col[f], -share);
        }
}

static void add_purchase(ab_ration_model *model, int32_t row)
{
    const ab_price *price = &model->op->prices.at[row];
    double most = isnan(price->most_kg) ? AB_LP_INFINITY : price->most_kg / model->portion_kg;
    int32_t col = ab__ration_col(model, (ab_col_mark){AB_PART_BUY, row, -1, 1000 * price->usd_per_kg}, 0, most);
    if (col >= 0)
        ab__lp_at(model->lp, model->hub_row[(int64_t)price->hub * model->op->foods.count + price->food], col, 1);
}

static void add_carriage(ab_ration_model *model, int32_t number, int32_t food)
{
    const ab_ration_way *way = &model->way.at[number];
    int32_t foods = model->op->foods.count;
    int32_t col = ab__ration_col(model, (ab_col_mark){AB_PART_CARRY, number, food, 1000 * way->usd_per_kg}, 0,
                                 AB_LP_INFINITY);
    if (col < 0)
        return;
    ab__lp_at(model->lp, model->hub_row[(int64_t)way->from_hub * foods + food], col, -1);
    if (way->place < 0)
        ab__lp_at(model->lp, model->hub_row[(int64_t)way->to_hub * foods + food], col, 1);
    else
        ab__lp_at(model->lp, model->place_row[(int64_t)way->place * foods + food], col, 1 - model->op->settings->loss_frac);
}

void ab__ration_rows_food(ab_ration_model *model)
{
    const ab_operation *op = model->op;
    size_t foods = (size_t)op->foods.count;
    bool *sold = AB_NEW(model->arena, bool, foods);
    model->hub_row = AB_NEW(model->arena, int32_t, (size_t)op->hubs.count * foods);
    model->place_row = AB_NEW(model->arena, int32_t, (size_t)op->places.count * foods);
    if (!sold || !model->hub_row || !model->place_row) {
        model->failed = true;
        return;
    }
    add_balances(model);
    for (int32_t i = 0; i < op->prices.count && !model->failed; i++) {
        add_purchase(model, i);
        sold[op->prices.at[i].food] = true;
    }
    for (int32_t f = 0; f < op->foods.count; f++)
        for (int32_t w = 0; sold[f] && w < model->way.count && !model->failed; w++)
            add_carriage(model, w, f);
}
