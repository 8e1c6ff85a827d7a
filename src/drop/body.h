/* A row of dropsystems as stages of a descent. */
#ifndef DROP_BODY_H
#define DROP_BODY_H

#include "airbridge/operation.h"
#include "model/airdrop.h"
#include "phys/descent.h"

/* What the row does not say is filled with defaults (body.c has them with their sources). */
ab_body ab__drop_body(const ab_dropsystem *system, double load_kg, double airspeed_mps);

/* What is wrong with the system for a load of this mass released so fast, its stages included; true: something. */
bool ab__drop_body_flaw(const ab_dropsystem *system, double load_kg, double airspeed_mps, ab__drop_flaw *flaw);

#endif
