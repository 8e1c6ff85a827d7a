/* A row of dropsystems as stages of a descent. */
#ifndef DROP_BODY_H
#define DROP_BODY_H

#include "airbridge/operation.h"
#include "phys/descent.h"

/* What the row does not say is filled with defaults (body.c has them with their sources). */
ab_body ab__drop_body(const ab_dropsystem *system, double load_kg, double airspeed_mps);

/* What is wrong with the system for a load of this mass: the column and what is expected of it; NULL: nothing. `expected` and `found` have room for 128
 * bytes. */
typedef struct ab__drop_flaw {
    int32_t column;    /* AB_COL_dropsystem_... */
    char expected[128], found[128];
} ab__drop_flaw;
bool ab__drop_body_flaw(const ab_dropsystem *system, double load_kg, double airspeed_mps, ab__drop_flaw *flaw);

#endif
