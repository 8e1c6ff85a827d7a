/* What lies at the hubs: it comes, is sent to places, is moved between hubs; nobody sends what is not
 * there. */
#include "airbridge/operation.h"
#include "base/arena.h"
#include "plan/model.h"

#include <math.h>

/* The period from which a row of stock can be sent; periods if it comes after the end. */
static int32_t period_of_stock(const ab_model *model, const ab_stock *stock)
{
    if (stock->available_from == AB_TIME_NONE)
        return 0;
    int32_t t = ab_period_of(model->op, stock->available_from);
    return t < 0 ? 0 : t;
}

static double expected_t(const ab_stock *stock)
{
    return stock->mass_kg / 1000 * stock->certainty_prob;
}

/* From when on commodity c may lie at hub h at all: as stock, or come by transfers. */
static void find_first_stock(ab_model *model, int32_t *from)
{
    int32_t cells = model->hubs * model->commodities;
    for (int32_t i = 0; i < cells; i++)
        from[i] = model->periods;
    for (int32_t i = 0; i < model->op->stocks.count; i++) {
        const ab_stock *stock = &model->op->stocks.at[i];
        int32_t t = period_of_stock(model, stock);
        int32_t *first = &from[stock->hub * model->commodities + stock->commodity];
        if (expected_t(stock) > 0 && t < *first)
            *first = t;
    }
    for (int32_t i = 0; i < cells; i++) {
        int32_t t = ab__moved_first_in(&model->moved, i / model->commodities, i % model->commodities);
        from[i] = t < from[i] ? t : from[i];
    }
    bool changed = true;
    while (changed) {
        changed = false;
        for (int32_t i = 0; i < model->trips->transfer_count; i++) {
            const ab_transfer *move = &model->trips->transfer[i];
            const ab_link *link = &model->op->links.at[move->link];
            for (int32_t c = 0; c < model->commodities; c++) {
                int32_t *there = &from[link->to_hub * model->commodities + c];
                if (from[link->from_hub * model->commodities + c] <= move->depart && move->arrive < *there) {
                    *there = move->arrive;
                    changed = true;
                }
            }
        }
    }
    model->stock_from = from;
}

/* The row of stocks that a shortage is traced to: the first of this commodity at this hub, else the hub. */
static ab_ref stock_ref(const ab_model *model, int32_t hub, int32_t commodity)
{
    for (int32_t i = 0; i < model->op->stocks.count; i++)
        if (model->op->stocks.at[i].hub == hub && model->op->stocks.at[i].commodity == commodity)
            return (ab_ref){AB_TABLE_stocks, i};
    return (ab_ref){AB_TABLE_hubs, hub};
}

/* left(t) - left(t-1) + sent(t) + moved out(t) - moved in(t) = came(t); `left` of the last period is
 * what nobody used. */
static void add_balance(ab_model *model, int32_t hub, int32_t commodity, const double *came)
{
    int64_t cell = (int64_t)(hub * model->commodities + commodity);
    ab_ref because = stock_ref(model, hub, commodity);
    int32_t left_before = -1;
    for (int32_t t = model->stock_from[cell]; t < model->periods && !model->failed; t++) {
        int32_t row = ab__model_row(model, came[t], came[t], AB_REASON_STOCK, because, t);
        int32_t left = ab__model_col(model, 0, AB_LP_INFINITY, 0, 0);
        ab__model_at(model, row, left, 1);
        if (left_before >= 0)
            ab__model_at(model, row, left_before, -1);
        /* What is left matters before more comes, and at the end; between, it is enough that it is not less than
         * nothing, which is looked at afterwards. */
        if (t + 1 < model->periods && !(came[t + 1] > 0))
            ab__model_defines(model, row, left);
        left_before = left;
        model->hub_left_col[cell * model->periods + t] = left;
        model->stock_row[cell * model->periods + t] = row;
    }
}

static void add_balances(ab_model *model)
{
    double *came = AB_NEW(model->arena, double, model->periods);
    if (!came) {
        model->failed = true;
        return;
    }
    for (int32_t h = 0; h < model->hubs; h++) {
        for (int32_t c = 0; c < model->commodities; c++) {
            for (int32_t t = 0; t < model->periods; t++)
                came[t] = 0;
            for (int32_t i = 0; i < model->op->stocks.count; i++) {
                const ab_stock *stock = &model->op->stocks.at[i];
                int32_t t = period_of_stock(model, stock);
                if (stock->hub == h && stock->commodity == c && t < model->periods)
                    came[t] += expected_t(stock);
            }
            ab__moved_take(&model->moved, h, c, came);
            add_balance(model, h, c, came);
        }
    }
}

static void add_transfer(ab_model *model, int32_t transfer, int32_t commodity)
{
    const ab_transfer *move = &model->trips->transfer[transfer];
    const ab_link *link = &model->op->links.at[move->link];
    int64_t from = link->from_hub * model->commodities + commodity;
    int64_t to = link->to_hub * model->commodities + commodity;
    ab_move_col *col = AB_PUSH(&model->move);
    if (!col) {
        model->failed = true;
        return;
    }
    *col = (ab_move_col){transfer, commodity, -1};
    /* A little for moving at all, so that nothing wanders between hubs where that costs nothing. */
    col->col = ab__model_col(model, 0, AB_LP_INFINITY, 0, move->usd_per_kg * 1000 + 0.1);
    ab__model_spends(model, col->col, move->usd_per_kg * 1000);
    ab__model_at(model, model->stock_row[from * model->periods + move->depart], col->col, 1);
    ab__model_at(model, model->stock_row[to * model->periods + move->arrive], col->col, -move->pass);
}

static void add_link_limits(ab_model *model)
{
    int32_t *slot = ab__model_slots(model, (int64_t)model->op->links.count * model->periods);
    for (int32_t i = 0; i < model->move.count && !model->failed; i++) {
        const ab_transfer *move = &model->trips->transfer[model->move.at[i].transfer];
        const ab_link *link = &model->op->links.at[move->link];
        if (isnan(link->capacity_kg_per_day))
            continue;
        int32_t row = ab__model_limit(model, &slot[(int64_t)move->link * model->periods + model->block[move->depart]],
                                      link->capacity_kg_per_day / 1000 * model->block_days[move->depart],
                                      AB_REASON_HANDLING, (ab_ref){AB_TABLE_links, move->link}, move->depart);
        ab__model_at(model, row, model->move.at[i].col, 1);
    }
}

/* sum of what is left(t) <= storage, or what came as stock if that is more. Between two stocks that come only
 * transfers add to it, but these may come in any period. */
static void add_storage(ab_model *model, int32_t hub)
{
    double storage_t = model->op->hubs.at[hub].storage_kg / 1000, came_t = 0;
    for (int32_t t = 0; t < model->periods && !model->failed; t++) {
        for (int32_t i = 0; i < model->op->stocks.count; i++)
            if (model->op->stocks.at[i].hub == hub && period_of_stock(model, &model->op->stocks.at[i]) == t)
                came_t += expected_t(&model->op->stocks.at[i]);
        int32_t row = ab__model_row(model, -AB_LP_INFINITY, fmax(storage_t, came_t), AB_REASON_STORAGE,
                                    (ab_ref){AB_TABLE_hubs, hub}, t);
        ab__model_waits(model, row);
        for (int32_t c = 0; c < model->commodities; c++) {
            int64_t cell = (int64_t)hub * model->commodities + c;
            if (t >= model->stock_from[cell])
                ab__model_at(model, row, model->hub_left_col[cell * model->periods + t], 1);
        }
    }
}

void ab__rows_stock(ab_model *model)
{
    int64_t cells = (int64_t)model->hubs * model->commodities;
    int32_t *from = ab__model_slots(model, cells);
    model->stock_row = ab__model_slots(model, cells * model->periods);
    model->hub_left_col = ab__model_slots(model, cells * model->periods);
    if (model->failed)
        return;
    find_first_stock(model, from);
    add_balances(model);
    for (int32_t i = 0; i < model->trips->transfer_count && !model->failed; i++) {
        const ab_transfer *move = &model->trips->transfer[i];
        const ab_link *link = &model->op->links.at[move->link];
        for (int32_t c = 0; c < model->commodities && !model->failed; c++)
            if (model->stock_from[link->from_hub * model->commodities + c] <= move->depart)
                add_transfer(model, i, c);
    }
    if (!model->failed)
        add_link_limits(model);
    for (int32_t h = 0; h < model->hubs && !model->failed; h++)
        if (!isnan(model->op->hubs.at[h].storage_kg))
            add_storage(model, h);
}
