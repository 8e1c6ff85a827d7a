/* What hubs can load out, places can take in, and roads can bear, a day: periods shorter than a day share
 * the day's (model.h, block). */
#include "base/arena.h"
#include "plan/model.h"

#include <math.h>

static void add_hub_limits(ab_model *model)
{
    int32_t *slot = ab__model_slots(model, (int64_t)model->hubs * model->periods);
    for (int32_t i = 0; i < model->load.count + model->move.count && !model->failed; i++) {
        bool is_load = i < model->load.count;
        int32_t hub, t, col;
        if (is_load) {
            const ab_load_col *load = &model->load.at[i];
            hub = ab__kind_of(model, load->offer)->hub;
            t = model->trips->offer[load->offer].depart;
            col = load->col;
        } else {
            const ab_move_col *move = &model->move.at[i - model->load.count];
            const ab_transfer *transfer = &model->trips->transfer[move->transfer];
            hub = model->op->links.at[transfer->link].from_hub;
            t = transfer->depart;
            col = move->col;
        }
        double per_day_kg = model->op->hubs.at[hub].throughput_kg_per_day;
        if (isnan(per_day_kg))
            continue;
        int32_t row = ab__model_limit(model, &slot[(int64_t)hub * model->periods + model->block[t]],
                                      per_day_kg / 1000 * model->block_days[t], AB_REASON_HANDLING,
                                      (ab_ref){AB_TABLE_hubs, hub}, t);
        ab__model_at(model, row, col, 1);
    }
}

/* Handling is of what is sent, not of what is expected: a place must be able to take what comes. */
static void add_place_limits(ab_model *model)
{
    int32_t *slot = ab__model_slots(model, (int64_t)model->places * model->periods);
    for (int32_t i = 0; i < model->load.count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[i];
        int32_t place = ab__kind_of(model, load->offer)->place, t = model->trips->offer[load->offer].arrive;
        double per_day_kg = model->op->places.at[place].handling_kg_per_day;
        if (isnan(per_day_kg))
            continue;
        int32_t row = ab__model_limit(model, &slot[(int64_t)place * model->periods + model->block[t]],
                                      per_day_kg / 1000 * model->block_days[t], AB_REASON_HANDLING,
                                      (ab_ref){AB_TABLE_places, place}, t);
        ab__model_waits(model, row);
        ab__model_at(model, row, load->col, 1);
    }
}

static void add_road_limits(ab_model *model)
{
    int32_t *slot = ab__model_slots(model, (int64_t)model->op->roads.count * model->periods);
    for (int32_t i = 0; i < model->load.count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[i];
        int32_t path = ab__kind_of(model, load->offer)->path, t = model->trips->offer[load->offer].depart;
        if (path < 0 || !model->path_limited[path])
            continue;
        for (int32_t r = 0; r < model->routes->path[path].road_count; r++) {
            int32_t road = model->routes->path[path].road[r];
            double per_day_kg = model->op->roads.at[road].capacity_kg_per_day;
            if (isnan(per_day_kg))
                continue;
            int32_t row = ab__model_limit(model, &slot[(int64_t)road * model->periods + model->block[t]],
                                          per_day_kg / 1000 * model->block_days[t], AB_REASON_HANDLING,
                                          (ab_ref){AB_TABLE_roads, road}, t);
            ab__model_at(model, row, load->col, 1);
        }
    }
}

void ab__rows_handling(ab_model *model)
{
    add_hub_limits(model);
    if (!model->failed)
        add_place_limits(model);
    if (!model->failed)
        add_road_limits(model);
}
