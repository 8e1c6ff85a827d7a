/* What aircraft and drop systems take of one another. */
#ifndef MODEL_AIRDROP_H
#define MODEL_AIRDROP_H

#include "airbridge/operation.h"

/* How many containers of a system an aircraft takes and how heavy each is, with `payload_kg` to carry. false: none, or the system is not
 * made for its speed. */
bool ab__drop_loads(const ab_vehicle *vehicle, const ab_dropsystem *system, double payload_kg, double *loads, double *load_kg);

/* A cell of dropsystems by which a load does not come down as its kind should. */
typedef struct ab__drop_flaw {
    int32_t column; /* AB_COL_dropsystem_... */
    char expected[128], found[128]; /* found "": the cell is empty */
} ab__drop_flaw;
/* Does the canopy bear a load of this mass, and open in stages that can be? Sacks in free fall need none. true: a flaw. */
bool ab__drop_flaw_of(const ab_dropsystem *system, double load_kg, ab__drop_flaw *flaw);

#endif
