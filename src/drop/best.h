/* How drops are ordered, and by which gate one of them is refused. */
#ifndef DROP_BEST_H
#define DROP_BEST_H

#include "airbridge/drop.h"

/* The worst of the gates wind, height, harm and zone, which nobody can change by the day: the first that is not met, else the first that is not known; a
 * wind that is not known is left out, since it will be known by then. -1: all are met. */
int32_t ab__drop_worst_gate(const ab_airdrop *drop);

#endif
