/* Convoys as units: a team and its escort lead one convoy of a class to one place a day, be it two lorries or
 * twenty. Only where teams are counted or a convoy has its price; else convoy_max alone holds (rows_vehicles.c). */
#include <math.h>

#include "plan/model.h"

static bool counted(const ab_vehicle *vehicle)
{
    return vehicle->convoys_per_day >= 0 || vehicle->convoy_usd > 0;
}

/* vehicles to the place in the block <= those of one convoy x convoys. Returns the row. */
static int32_t add_convoy(ab_model *model, int32_t v, int32_t place, int32_t t, int32_t *teams)
{
    const ab_vehicle *vehicle = &model->op->vehicles.at[v];
    ab_ref because = {AB_TABLE_vehicles, v};
    double vehicles = (double)(vehicle->convoy_max > 0 ? vehicle->convoy_max : vehicle->count);
    double days = floor(model->block_days[t] + 1e-9);
    int32_t row = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_CONVOYS, because, t);
    ab_convoy_col *convoy = AB_PUSH(&model->convoy);
    if (!convoy) {
        model->failed = true;
        return row;
    }
    *convoy = (ab_convoy_col){v, place, model->block[t],
                              ab__model_col(model, 0, ceil((double)vehicle->count * days), 0, vehicle->convoy_usd)};
    ab__model_spends(model, convoy->col, vehicle->convoy_usd);
    ab__model_whole(model, convoy->col);
    ab__model_at(model, row, convoy->col, -vehicles);
    if (vehicle->convoys_per_day >= 0)
        ab__model_at(model, ab__model_limit(model, teams, (double)vehicle->convoys_per_day * days, AB_REASON_CONVOYS,
                                            because, t), convoy->col, 1);
    return row;
}

void ab__rows_convoys(ab_model *model)
{
    int64_t classes = model->op->vehicles.count;
    int32_t *teams = ab__model_slots(model, classes * model->blocks);
    int32_t *convoy = ab__model_slots(model, classes * model->places * model->blocks);
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++) {
        const ab_trip_kind *kind = ab__kind_of(model, o);
        if (model->offer[o].vehicles < 0 || !counted(&model->op->vehicles.at[kind->vehicle]))
            continue;
        int32_t t = model->trips->offer[o].depart, block = model->block[t];
        int32_t *row = &convoy[((int64_t)kind->vehicle * model->places + kind->place) * model->blocks + block];
        if (*row < 0)
            *row = add_convoy(model, kind->vehicle, kind->place, t,
                              &teams[(int64_t)kind->vehicle * model->blocks + block]);
        ab__model_at(model, *row, model->offer[o].vehicles, 1);
    }
}
