/* The programme of a ration and what each of its rows and columns is. docs/models/ration.md has it in symbols.
 *
 * So that the numbers that CLP meets lie near one whatever the size of the operation, food is counted in portions:
 * 100 g for each person and day of the whole operation; and money in USD for 10,000 people and days. */
#ifndef RATION_MODEL_H
#define RATION_MODEL_H

#include "airbridge/ration.h"
#include "base/arena.h"
#include "base/vec.h"
#include "num/lp.h"

/* What a column is; `a` and `b` are rows of tables. */
typedef enum ab_ration_part {
    AB_PART_RATION,     /* food a, portions in the ration: 100 g a person and day each */
    AB_PART_BUY,        /* price a */
    AB_PART_CARRY,      /* way a, food b */
    AB_PART_SHORT,      /* nutrient a, share of its scale that misses the need */
    AB_PART_OVER,       /* nutrient a, that is above the most */
    AB_PART_RATIO_LOW,  /* nutrient a, that misses the least ratio */
    AB_PART_RATIO_HIGH, /* nutrient a, that is above the greatest ratio */
    AB_PART_FOOD_SHORT  /* food a, share of its least amount that is missed */
} ab_ration_part;

typedef enum ab_ration_rule {
    AB_RULE_HUB,        /* hub a, food b: what comes goes on */
    AB_RULE_PLACE,      /* place a, food b: what comes is the ration */
    AB_RULE_NEED,       /* nutrient a */
    AB_RULE_MOST,
    AB_RULE_RATIO_LEAST,
    AB_RULE_RATIO_MOST,
    AB_RULE_FOOD_LEAST, /* food a */
    AB_RULE_WAY,        /* way a */
    AB_RULE_THROUGHPUT, /* hub a */
    AB_RULE_HANDLING,   /* place a */
    AB_RULE_BUDGET
} ab_ration_rule;

typedef struct ab_col_mark {
    ab_ration_part part;
    int32_t a, b;
    double usd; /* cost of one, as the objective counts */
} ab_col_mark;

typedef struct ab_row_mark {
    ab_ration_rule rule;
    int32_t a, b;
} ab_row_mark;

typedef struct ab_ration_model {
    const ab_operation *op;
    ab_arena *arena;
    ab_lp *lp;
    bool failed; /* out of memory on the way */
    double people, days;
    double portion_kg;     /* mass of one portion: 0.1 kg times people and days */
    AB_VEC(ab_ration_way) way;
    AB_VEC(ab_col_mark) col;
    AB_VEC(ab_row_mark) row;
    int32_t *ration_col;   /* [foods] */
    int32_t *hub_row;      /* [hub * foods + food] */
    int32_t *place_row;    /* [place * foods + food]; -1: nobody lives there */
    double *content;       /* [nutrient * foods + food] units in 100 g */
    double *scale;         /* [nutrients] by which its rows are divided */
} ab_ration_model;

/* NULL: out of memory. Freed with ab__ration_model_free. */
ab_ration_model *ab__ration_model_new(const ab_operation *op);
void ab__ration_model_free(ab_ration_model *model);

int32_t ab__ration_col(ab_ration_model *model, ab_col_mark col, double lo, double hi);
int32_t ab__ration_row(ab_ration_model *model, ab_row_mark row, double lo, double hi);

/* ways.c: links, tariffs, and where a place has none of these the distance from each hub. */
void ab__ration_ways(ab_ration_model *model);
/* rows_food.c: what is bought, goes on and arrives. */
void ab__ration_rows_food(ab_ration_model *model);
/* rows_needs.c: nutrients, ratios, least and most of a food, each with a slack that is shut. */
void ab__ration_rows_needs(ab_ration_model *model);

/* Is the column a slack, by which what is asked can be missed? */
bool ab__ration_is_slack(const ab_col_mark *col);
/* shortage.c: opens the slacks, finds the least of them that must be, and among rations that miss no more the
 * cheapest. `*reason` lies in `arena`. */
ab_status ab__ration_relax(ab_ration_model *model, ab_arena *arena, const char **reason, ab_error *err);
/* text.c: gives the programme to options->model_text. */
ab_status ab__ration_tell(const ab_ration_model *model, const ab_ration_options *options, ab_error *err);

#endif
