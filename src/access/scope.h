#ifndef ACCESS_SCOPE_H
#define ACCESS_SCOPE_H

#include "airbridge/operation.h"

/* Bit c: `scope` (empty: all) names commodity c. */
uint64_t ab__scope_bits(const ab_operation *op, const ab_refs *scope);

/* Reports about a link count if they are about its own mode; aeroplanes land at hubs. */
ab_means ab__means_of_link(const ab_link *link);

#endif
