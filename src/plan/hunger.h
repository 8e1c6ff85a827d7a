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

/* One more day after thirty hungry ones weighs more than the first. Convex in time as deprivation cost is
 * (Holguín-Veras et al. 2013, Cantillo et al. 2018); the breaks and slopes are settings, assumed. */
enum { AB_HUNGER_STRETCHES = 3 };
typedef struct ab_hunger_curve {
    ab_hunger_stretch stretch[AB_HUNGER_STRETCHES];
} ab_hunger_curve;
ab_hunger_curve ab__hunger_curve_of(const ab_settings *settings);

/* A person's day wholly without water or medical care, in ration-days of food debt of the first
 * stretch; such a debt is never repaid. Food: 1; what relieves no modelled need: 0. */
double ab__hunger_weight(const ab_settings *settings, ab_category category);

/* Cost of a debt of so many ration-days, a person and day. */
double ab__hunger_cost(const ab_hunger_curve *curve, double debt_ration_days);

/* Share of a debt that is left after `days` if nothing is repaid. */
double ab__hunger_kept(const ab_settings *settings, double days);

/* What a ration-day under the floor counts: ten times the most that a ration-day can save above it. */
double ab__hunger_floor_weight(const ab_operation *op);
/* Ration-days a person that the floor asks for over the operation. */
double ab__hunger_floor_days(const ab_operation *op);

/* Is a floor of this nutrient kept for this place? */
bool ab__hunger_counts_nutrient(const ab_need *need, int32_t place, ab_nutrient nutrient);
/* Days of the place's floor in a kilogram of the commodity. */
double ab__hunger_nutrient_days_per_kg(const ab_need *need, int32_t place, ab_nutrient nutrient, int32_t commodity);

/* Is anything needed of this group in this place? */
bool ab__hunger_counts(const ab_operation *op, const ab_need *need, int32_t place, int32_t group);
/* Need of a place a day, in the unit of the group. */
double ab__hunger_per_day(const ab_need *need, int32_t place, int32_t group);
/* Share of the group in the ration's energy; 0 unless it is food. */
double ab__hunger_share(const ab_need *need, int32_t group);

/* How places live through the operation. Arrays over [(place * groups + group) * periods + t], in days
 * of the place's need of that group. */
typedef struct ab_hunger {
    int32_t places, groups, periods;
    double floor_weight, floor_days; /* ab__hunger_floor_weight, ab__hunger_floor_days */
    const double *days;   /* [periods] in the period */
    const double *to_come; /* [periods] from its beginning to the end of the operation */
    const double *kept;   /* [periods] share of a debt that is left after it if nothing is repaid */
    const double *share;  /* [groups] of the ration's energy */
    const double *weight; /* [groups] of a day without; 0: nothing is needed of it */
    double *eaten;        /* in the period */
    double *left;         /* in the place at the end of the period */
    double *debt;         /* ration-days a person at the end [place * periods + t] */
    double *pool;         /* of nutrients in the food that is left, in days of the floor
                             [((place * groups + group) * AB_NUTRIENTS + nutrient) * periods + t] */
    double *nutrient;     /* days of the floor eaten [(place * AB_NUTRIENTS + nutrient) * periods + t] */
    double *so_far;       /* hunger of the place's people until the end of t [place * periods + t] */
    double *rations;      /* that a person has eaten until then [place * periods + t] */
    double hunger;        /* of people, all places: docs/models/plan.md, H */
    double floor_shortfall; /* ration-days under the floor, all people: S */
    double objective;     /* hunger and floor: Z */
    double deficit_kcal_days_per_person;
} ab_hunger;

struct ab_arena;

/* NULL: out of memory. */
ab_hunger *ab__hunger_new(struct ab_arena *arena, const ab_operation *op, const ab_need *need);

/* What arrives. Arrays over [(place * groups + group) * periods + t], days of need, and for nutrients over
 * [((place * groups + group) * AB_NUTRIENTS + nutrient) * periods + t], days of the floor. NULL: nothing. */
typedef struct ab_arrivals {
    double *days, *nutrient;
} ab_arrivals;

/* Zeroed; false: out of memory. */
bool ab__arrivals_new(ab_arrivals *arrivals, struct ab_arena *arena, const ab_operation *op, const ab_need *need);
/* `kg` of the commodity are received in period t. */
void ab__arrivals_add(ab_arrivals *arrivals, const ab_operation *op, const ab_need *need, int32_t place, int32_t t,
                      int32_t commodity, double kg);

/* People eat greedily: their need of each group as far as it is there, then, if they are in debt, more
 * of what lasts longest, up to catch_up_frac of the need of each group; and of the protein and fat in a group's
 * food the same share as of its energy. NULL: nothing arrives. */
void ab__hunger_live(ab_hunger *hunger, const ab_operation *op, const ab_need *need, const ab_arrivals *arrivals);
/* One place alone, from the beginning of `from`: how it lived before stays as it is, and is presumed to be of the
 * same arrivals. Returns its share of the objective; the sums in `hunger` are left alone. */
double ab__hunger_live_on(ab_hunger *hunger, const ab_operation *op, const ab_need *need, const ab_arrivals *arrivals,
                          int32_t place, int32_t from);
/* Takes over from `other` how the place stands at the beginning of t, so that it may live on from there. */
void ab__hunger_stand_as(ab_hunger *hunger, const ab_hunger *other, int32_t place, int32_t t);

#endif
