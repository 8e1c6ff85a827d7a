#ifndef FLOW_RATION_INTO_H
#define FLOW_RATION_INTO_H

#include "airbridge/ration.h"

/* The operation's tables with the ration found as the need of its food, and what is bought as stock. Freed with
 * ab_book_free. NO_MEMORY only. */
ab_status ab__ration_into(const ab_operation *op, const ab_ration *ration, ab_book **out, ab_error *err);

#endif
