/* What aircraft and drop systems take of one another. */
#ifndef MODEL_AIRDROP_H
#define MODEL_AIRDROP_H

#include "airbridge/operation.h"

/* How many containers of a system an aircraft takes and how heavy each is, with `payload_kg` to carry. false: none, or the system is not
 * made for its speed. */
bool ab__drop_loads(const ab_vehicle *vehicle, const ab_dropsystem *system, double payload_kg, double *loads, double *load_kg);

/* How canopies of a system fared, by its row and by movements: those before the operation, and those of its days that are past. */
typedef struct ab__drop_record {
    double dropped, failed; /* loads; failed: of these */
    double moved;           /* of `dropped`: those told by movements */
    double alpha, beta;     /* what is believed of the share that fails: Beta */
} ab__drop_record;
/* `op`: whose row `system` is, for its movements; NULL: its row alone. */
ab__drop_record ab__drop_record_of(const ab_operation *op, const ab_dropsystem *system);

/* A cell of dropsystems by which a load does not come down as its kind should. */
typedef struct ab__drop_flaw {
    int32_t column; /* AB_COL_dropsystem_... */
    char expected[128], found[128]; /* found "": the cell is empty */
} ab__drop_flaw;
/* Does the canopy bear a load of this mass, and open in stages that can be? Sacks in free fall need none. true: a flaw. */
bool ab__drop_flaw_of(const ab_dropsystem *system, double load_kg, ab__drop_flaw *flaw);

#endif
