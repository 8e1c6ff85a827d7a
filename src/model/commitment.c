#include "airbridge/operation.h"

static bool is_moved(const ab_operation *op, int32_t commitment)
{
    int32_t t;
    for (int32_t i = 0; i < op->movements.count; i++)
        if (op->movements.at[i].commitment == commitment && ab_movement_is_past(op, i, &t))
            return true;
    return false;
}

bool ab_commitment_is_over(const ab_operation *op, int32_t commitment)
{
    const ab_commitment *c = &op->commitments.at[commitment];
    int32_t first = ab_first_departure(op), from, until;
    if (c->state == AB_PROGRESS_FAILED)
        return true;
    if (first == 0)
        return false;
    if (c->state == AB_PROGRESS_DONE || is_moved(op, commitment))
        return true;
    if (c->date == AB_TIME_NONE)
        return false;
    ab_periods_of_day(op, c->date, &from, &until);
    return from < until ? until <= first : c->date < op->settings->as_of;
}

bool ab_commitment_binds(const ab_operation *op, int32_t commitment, int32_t vehicle, int32_t hub, int32_t place,
                         int32_t t)
{
    const ab_commitment *c = &op->commitments.at[commitment];
    int32_t from = 0, until = op->period_count;
    if ((c->vehicle >= 0 && c->vehicle != vehicle) || (c->hub >= 0 && c->hub != hub) ||
        (c->place >= 0 && c->place != place))
        return false;
    if (c->date != AB_TIME_NONE)
        ab_periods_of_day(op, c->date, &from, &until);
    return t >= from && t < until && !ab_commitment_is_over(op, commitment);
}
