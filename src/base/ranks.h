/* What ranks tell one another. */
#ifndef BASE_RANKS_H
#define BASE_RANKS_H

#include "airbridge/ranks.h"
#include "base/buf.h"

/* Every rank gives its bytes and gets those of all, one after another by rank: those of rank r begin at start[r]; start[ranks] is their size. Collective. false:
 * out of memory, here or on another rank. `start` has room for ab_ranks() + 1. */
bool ab__ranks_share(const ab_buf *mine, ab_buf *all, size_t *start);

#endif
