/* What is fixed: commitments that speak of a trip, and what moved before now. */
#include <math.h>

#include "verify/prover.h"

bool ab__told_asks(const ab_commitment *commitment)
{
    return commitment->lock == AB_LOCK_FIXED || commitment->lock == AB_LOCK_AT_LEAST;
}

bool ab__told_binds(const ab_prover *prover, int32_t commitment, const ab_told_trip *trip)
{
    return ab__is_delivery(trip) &&
           ab_commitment_binds(prover->op, commitment, trip->vehicle, trip->hub, trip->place, trip->depart);
}

int32_t ab__movement_period(const ab_prover *prover, int32_t movement)
{
    const ab_operation *op = prover->op;
    ab_time day = op->movements.at[movement].date;
    int32_t from, until;

    if (op->settings->as_of == AB_TIME_NONE || day == AB_TIME_NONE ||
        day - (ab_time)llround(op->settings->utc_offset_s) >= op->settings->as_of)
        return -1;
    ab_periods_of_day(op, day, &from, &until);
    return from < until ? from : -1;
}

double ab__movement_left_kg(const ab_movement *movement)
{
    return fmax(0, ab__known_or(movement->loaded_kg, 0) - ab__known_or(movement->returned_kg, 0));
}
