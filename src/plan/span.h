/* A span in which a place goes short of something, and what is offered to arrive in it. */
#ifndef PLAN_SPAN_H
#define PLAN_SPAN_H

#include "airbridge/plan.h"
#include "plan/by_place.h"

typedef struct ab_span {
    int32_t place, from, until;
    ab_category category;
    int32_t group; /* that misses most */
} ab_span;

/* An offer that arrives in it; -1: none. */
int32_t ab__span_offer(const ab_model *model, const ab_by_place *offers, const ab_span *span);
/* Can anything of the group be loaded on one? */
bool ab__span_has_loads(const ab_model *model, const ab_by_place *offers, const ab_span *span);

/* Can the kind of trip carry something of the group? */
bool ab__span_fits(const ab_model *model, const ab_trip_kind *kind, const ab_span *span);

/* Of offers that arrive in it: one by which the group could pass, one that could carry it; -1: none. */
typedef struct ab_span_goods {
    int32_t let, fits;
} ab_span_goods;
ab_span_goods ab__span_goods(const ab_model *model, const ab_by_place *offers, const ab_span *span);

/* Does any commodity give something of the group? Does any of these lie at a hub at some time? */
bool ab__span_is_known(const ab_model *model, const ab_span *span);
bool ab__span_is_stocked(const ab_model *model, const ab_span *span);

#endif
