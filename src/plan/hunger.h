/* Hunger: what people eat of what arrives, what they then still miss, and how bad that is.
 * docs/models/plan.md, "Hunger". */
#ifndef PLAN_HUNGER_H
#define PLAN_HUNGER_H

#include "airbridge/need.h"

/* One stretch of the cost of energy debt: `slope` a person and day for each ration-day of debt up to
 * `until_ration_days` of debt. */
typedef struct ab_hunger_stretch {
    double until_ration_days, slope;
} ab_hunger_stretch;

/* An assumed shape: one more day after thirty hungry ones weighs more than the first. Convex in time as
 * deprivation cost is (Holguín-Veras et al. 2013, Cantillo et al. 2018); the breaks are ours. */
enum { AB_HUNGER_STRETCHES = 3 };
extern const ab_hunger_stretch ab__hunger_curve[AB_HUNGER_STRETCHES];

/* A person's day wholly without water or medical care, in ration-days of food debt of the first
 * stretch; such a debt is never repaid. Assumed. Food: 1; what relieves no modelled need: 0. */
double ab__hunger_weight(ab_category category);

/* Cost of a debt of so many ration-days, a person and day. */
double ab__hunger_cost(double debt_ration_days);

/* Is anything needed of this group in this place? */
bool ab__hunger_counts(const ab_need *need, int32_t place, int32_t group);
/* Need of a place a day, in the unit of the group. */
double ab__hunger_per_day(const ab_need *need, int32_t place, int32_t group);
/* Share of the group in the ration's energy; 0 unless it is food. */
double ab__hunger_share(const ab_need *need, int32_t group);

/* How places live through the operation. Arrays over [(place * groups + group) * periods + t], in days
 * of the place's need of that group. */
typedef struct ab_hunger {
    int32_t places, groups, periods;
    double *eaten;        /* in the period */
    double *left;         /* in the place at the end of the period */
    double *debt;         /* ration-days a person at the end [place * periods + t] */
    double objective;     /* person-days weighted; see ab_plan */
    double deficit_kcal_days_per_person;
} ab_hunger;

struct ab_arena;

/* NULL: out of memory. */
ab_hunger *ab__hunger_new(struct ab_arena *arena, const ab_operation *op, const ab_need *need);

/* People eat greedily: their need of each group as far as it is there, then, if they are in debt, more
 * of what lasts longest, up to catch_up_frac of the need of each group. `arrived` as the arrays above;
 * NULL: nothing arrives. */
void ab__hunger_live(ab_hunger *hunger, const ab_operation *op, const ab_need *need, const double *arrived);

#endif
