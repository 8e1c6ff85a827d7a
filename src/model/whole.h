/* An operation as it lies in memory, for those of this room that make one from another. */
#ifndef MODEL_WHOLE_H
#define MODEL_WHOLE_H

#include "airbridge/operation.h"

/* An operation lies at the beginning of this, so that its rows are at hand without their names. */
typedef struct ab__whole {
    ab_operation op;
    ab_rows rows[AB_INPUT_TABLES];
} ab__whole;

#endif
