/* ration: what food to buy where, so that a ration gives people what they need for the least money, goods and
 * transport together. One ration for all places. docs/models/ration.md has the programme. */
#ifndef AIRBRIDGE_RATION_H
#define AIRBRIDGE_RATION_H

#include "airbridge/model_text.h"
#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ab_ration_options {
    /* The programme, whose optimum is USD for 10,000 people and days. NULL: nobody wants it. */
    ab_model_text_fn *model_text;
    void *model_context;
} ab_ration_options;
#define AB_RATION_OPTIONS_INIT {NULL, NULL}

/* A way by which food goes on. */
typedef struct ab_ration_way {
    int32_t from_hub;
    int32_t to_hub, place; /* one of them is -1 */
    ab_ref because;        /* row of links or tariffs; {-1, -1}: by distance, assumed */
    double usd_per_kg;
    double most_kg;        /* in the whole operation; INFINITY: no limit known */
} ab_ration_way;

/* One food of the ration. */
typedef struct ab_ration_food {
    double kg_per_person_day;
    double short_kg;       /* that its least amount is missed by, a person and day; 0 unless infeasible */
    double mass_kg;        /* bought in all */
    double goods_usd;
} ab_ration_food;

/* One nutrient, a person and day, in its unit. */
typedef struct ab_ration_nutrient {
    double amount;
    double short_by;       /* of the need; 0 unless infeasible */
    double over_by;        /* the most; 0 unless infeasible */
    double ratio_off_by;   /* units by which a ratio is missed; 0 unless infeasible */
    bool need_binds, most_binds, ratio_binds;
    double usd_per_unit;   /* what a unit more of need would cost a person and day; 0 where it does not bind */
} ab_ration_nutrient;

/* What is bought of one row of prices. */
typedef struct ab_purchase {
    int32_t price;
    double mass_kg;
    double saved_usd_per_kg; /* if a kilogram more were for sale; 0 where there is enough */
} ab_purchase;

/* What goes of one food by one way. */
typedef struct ab_carriage {
    int32_t way, food;
    double mass_kg;
} ab_carriage;

typedef struct ab_ration {
    bool infeasible;       /* then the ration is the nearest to what was asked, and `reason` says what is missing */
    const char *reason;    /* one sentence; "" where all is met */
    double people, days;
    const ab_ration_food *food;         /* [foods] */
    const ab_ration_nutrient *nutrient; /* [nutrients] */
    int32_t way_count, purchase_count, carriage_count;
    const ab_ration_way *way;
    const ab_purchase *purchase;        /* by price; only what is bought */
    const ab_carriage *carriage;        /* by way, then food; only what goes */
    double goods_usd, transport_usd;
    struct ab_arena *arena;
} ab_ration;

/* `options` NULL: all as INIT. A ration that cannot be is an answer (`infeasible`). Fails with USAGE where the
 * operation says nothing to choose from (no foods, nutrients, contents or prices, or nobody to feed), NO_MEMORY and
 * SOLVER. Freed with ab_ration_free. */
AB_API ab_status ab_ration_make(const ab_operation *op, const ab_ration_options *options, ab_ration **out,
                                ab_error *err);
AB_API void ab_ration_free(ab_ration *ration);

#ifdef __cplusplus
}
#endif
#endif
