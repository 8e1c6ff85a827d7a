/* need: what each place needs, by category, and how long it has gone without.
 * Food is energy in groups: foods of a group stand in for one another by kcal, groups do not. Water is
 * litres, medical is people served; they are never netted against food or each other. */
#ifndef AIRBRIDGE_NEED_H
#define AIRBRIDGE_NEED_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A dimension of need: a food group (kcal), water (litres), medical (people-days served). */
typedef struct ab_need_group {
    ab_category category;
    const char *name;           /* the food group's name; "" for water and medical */
    const char *unit;           /* "kcal", "l", "people-days" */
    double per_person_day;      /* need of one person a day, in `unit`; 0: nothing needed */
} ab_need_group;

/* Protein and fat: floors beside the energy. */
typedef enum ab_nutrient { AB_NUTRIENT_PROTEIN, AB_NUTRIENT_FAT, AB_NUTRIENTS } ab_nutrient;

typedef struct ab_need {
    int32_t group_count;
    const ab_need_group *group;
    int32_t commodity_count;
    /* Of commodity c: the group that it serves (-1: none) and what one kilogram gives, in the group's unit. */
    const int32_t *commodity_group;
    const double *commodity_per_kg;
    double food_kcal_per_person_day;  /* sum over the food groups: the full ration */
    /* Least grams of protein and fat that a person needs a day; 0: not asked for, or in no food that is known. */
    double nutrient_g_per_person_day[AB_NUTRIENTS];
    const double *commodity_nutrient_g_per_kg[AB_NUTRIENTS]; /* 0: none, or not known; [commodity] */
    int32_t place_count;
    const double *people;             /* best; [place] */
    const double *people_low, *people_high;
    const double *stock;              /* at the start, in the unit of the group: [place * group_count + group] */
    const double *cut_off_s;          /* how long cut off before the start; 0: not; [place] */
    struct ab_arena *arena;
} ab_need;

/* If no food commodity declares a need per person, all food forms one group "energy" that needs
 * energy_kcal_per_person_day. `*out` is freed by the caller. Fails with NO_MEMORY only. */
AB_API ab_status ab_need_make(const ab_operation *op, ab_need **out, ab_error *err);
AB_API void ab_need_free(ab_need *need);

#ifdef __cplusplus
}
#endif
#endif
