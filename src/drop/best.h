/* How drops are ordered, and by which gate one of them is refused. */
#ifndef DROP_BEST_H
#define DROP_BEST_H

#include "airbridge/drop.h"

/* The worst of the gates height, harm, zone and wind, which crews cannot change by the day: the first of these that is not met, else the first that is not
 * known; a wind that is not known is left out, since it will be known by then. -1: all are met. */
int32_t ab__drop_worst_gate(const ab_airdrop *drop);

/* The better first. A wind that is not met may be another on another day. */
typedef enum ab__drop_stand { AB__DROP_STANDS, AB__DROP_NOT_KNOWN, AB__DROP_NOT_NOW, AB__DROP_REFUSED } ab__drop_stand;
ab__drop_stand ab__drop_stands(const ab_airdrop *drop);

#endif
