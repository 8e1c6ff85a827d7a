/* Days of need, debt and its cost, for the rules that speak of hunger. */
#ifndef VERIFY_LIVED_H
#define VERIFY_LIVED_H

#include "verify/prover.h"

/* Does the group count in the place: people live there, need it, and it weighs something? */
bool ab__counts(const ab_prover *prover, int32_t place, int32_t group);
/* Days of the place's need in a kilogram; 0 if it meets none that counts. */
double ab__days_per_kg(const ab_prover *prover, int32_t place, int32_t commodity);
/* f(m) of docs/models/plan.md: what a debt of so many ration-days costs a person a day. */
double ab__debt_cost(const ab_settings *settings, double debt_ration_days);

#endif
