/* Working backwards from a departure to the last hour at which a yes still saves it. */
#ifndef FLOW_CHASE_H
#define FLOW_CHASE_H

#include "flow/access.h"

/* When a trip of period t sets out: the first moment of it in hours of the hub that are agreed, to the quarter of an hour;
 * where there is none, its beginning. `agreements`: those that bind it. */
ab_time ab__chase_departure(const ab_operation *op, int32_t hub, ab_refs agreements, int32_t t);
/* When loading has to begin, which goes on in the hours of the hub. */
ab_time ab__chase_loading(const ab_operation *op, int32_t hub, ab_time depart, double loading_s);
/* When notice has to be given, in working time where an agreement states a weekend. `*by`: the agreement that asks for it
 * first; -1: none does, and it is `depart`. */
ab_time ab__chase_notice(const ab_operation *op, ab_refs agreements, ab_time depart, int32_t *by);

/* Hunger of each place and period, if nothing more is sent or as a plan has it; [place * period_count + t]. */
typedef struct ab__misery {
    double *missed; /* ration-days that a person misses in the period */
    double *debt;   /* ration-days a person, at its end */
} ab__misery;

/* If nothing more is sent than what moved before `as_of`. False: out of memory. */
bool ab__misery_of_nothing(const ab_operation *op, const ab_need *need, const ab_trips *trips, ab_arena *arena, ab__misery *out);
/* As the table stock_days of a plan of this operation has it. False: out of memory. */
bool ab__misery_of_plan(const ab_operation *op, const ab_data *results, ab_arena *arena, ab__misery *out);
/* What people of a place miss in periods [from, until), weighted by the debt in which they miss it, all together. */
double ab__misery_stake(const ab__misery *misery, const ab_operation *op, const ab_need *need, int32_t place, int32_t from,
                        int32_t until);

#endif
