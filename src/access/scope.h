#ifndef ACCESS_SCOPE_H
#define ACCESS_SCOPE_H

#include "airbridge/operation.h"

/* Bit c: `scope` (empty: all) names commodity c. */
uint64_t ab__scope_bits(const ab_operation *op, const ab_refs *scope);

#endif
