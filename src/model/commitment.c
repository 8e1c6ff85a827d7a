#include "airbridge/operation.h"

bool ab_commitment_binds(const ab_operation *op, int32_t commitment, int32_t vehicle, int32_t hub, int32_t place,
                         int32_t t)
{
    const ab_commitment *c = &op->commitments.at[commitment];
    int32_t from = 0, until = op->period_count;
    if (c->state == AB_PROGRESS_FAILED)
        return false;
    if ((c->vehicle >= 0 && c->vehicle != vehicle) || (c->hub >= 0 && c->hub != hub) ||
        (c->place >= 0 && c->place != place))
        return false;
    if (c->date != AB_TIME_NONE)
        ab_periods_of_day(op, c->date, &from, &until);
    return t >= from && t < until;
}
