/* What may be spent: trips, convoys, canopies, goods, transfers. Vehicles cost by the day whether they go or
 * not, so that is set aside first; a budget that is less is nobody's to plan with (infeasible.c). */
#include <math.h>

#include "plan/model.h"

/* Dollars in the row are thousands, so that the numbers lie near one. */
static const double USD = 1e-3;

void ab__rows_budget(ab_model *model)
{
    double days = 0;
    for (int32_t t = 0; t < model->periods; t++)
        days += model->days[t];
    for (int32_t v = 0; v < model->op->vehicles.count; v++) {
        const ab_vehicle *vehicle = &model->op->vehicles.at[v];
        if (vehicle->fixed_usd_per_day > 0)
            model->fixed_usd += vehicle->fixed_usd_per_day * (double)vehicle->count * days;
    }
    double budget_usd = model->op->settings->budget_usd;
    if (isnan(budget_usd))
        return;
    model->budget_row = ab__model_row(model, -AB_LP_INFINITY, USD * fmax(0, budget_usd - model->fixed_usd),
                                      AB_REASON_BUDGET, (ab_ref){AB_TABLE_operation, 0}, -1);
    for (int32_t c = 0; !model->failed && c < model->spent_usd.count; c++)
        if (model->spent_usd.at[c] > 0)
            ab__model_at(model, model->budget_row, c, USD * model->spent_usd.at[c]);
}
