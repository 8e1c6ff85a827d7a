/* What a ration is chosen from: foods, nutrients, contents, prices, tariffs. */
#include <math.h>
#include <stdlib.h>

#include "base/c_locale.h"
#include "model/check.h"

/* ---- Least and most ---- */

static void raise_order(ab_check *check, int32_t table, int32_t row, int32_t low, int32_t high)
{
    double least = ab__check_number(check, table, row, low), most = ab__check_number(check, table, row, high);
    if (!(least > most))
        return;
    ab__check_expect(check, (ab_finding){.code = AB_ISSUE_LEAST_ABOVE_MOST, .table = table, .row = row, .column = high},
                     "at least %s, %.6g", ab__check_column(table, low)->name, least);
}

static void check_order(ab_check *check)
{
    for (int32_t r = 0; r < check->op->foods.count; r++)
        raise_order(check, AB_TABLE_foods, r, AB_COL_food_least_kg_per_person_day, AB_COL_food_most_kg_per_person_day);
    for (int32_t r = 0; r < check->op->nutrients.count; r++) {
        raise_order(check, AB_TABLE_nutrients, r, AB_COL_nutrient_need_need_per_person_day,
                    AB_COL_nutrient_need_most_per_person_day);
        raise_order(check, AB_TABLE_nutrients, r, AB_COL_nutrient_need_least_ratio, AB_COL_nutrient_need_most_ratio);
    }
}

/* ---- Ratios ---- */

static void raise_unused(ab_check *check, int32_t row, int32_t column, const char *expected)
{
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_RANGE_NOT_USED,
                                        .table = AB_TABLE_nutrients,
                                        .row = row,
                                        .column = column,
                                        .expected = expected});
}

static void check_ratios(ab_check *check)
{
    for (int32_t r = 0; r < check->op->nutrients.count; r++) {
        const ab_nutrient_need *n = &check->op->nutrients.at[r];
        bool ratio = !isnan(n->least_ratio) || !isnan(n->most_ratio);
        bool to = ab_given(&n->head, AB_COL_nutrient_need_ratio_to);
        if (n->ratio_to == r)
            ab__check_raise(check, (ab_finding){.code = AB_ISSUE_RATIO_TO_ITSELF,
                                                .table = AB_TABLE_nutrients,
                                                .row = r,
                                                .column = AB_COL_nutrient_need_ratio_to,
                                                .expected = "another nutrient"});
        else if (n->ratio_to >= 0 && !ratio)
            raise_unused(check, r, AB_COL_nutrient_need_ratio_to, "least_ratio or most_ratio beside it");
        else if (ratio && !to)
            raise_unused(check, r, isnan(n->least_ratio) ? AB_COL_nutrient_need_most_ratio : AB_COL_nutrient_need_least_ratio,
                         "the nutrient of ratio_to beside it");
    }
}

/* ---- Rows that say one thing twice ---- */

typedef struct pair {
    int32_t a, b, row;
} pair;

static int by_pair(const void *left, const void *right)
{
    const pair *x = left, *y = right;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void raise_twice(ab_check *check, int32_t table, int32_t column, int32_t row, int32_t first)
{
    const ab_row_head *head = ab__check_row(check, table, first);
    char hint[64];
    (void)ab__c_snprintf(hint, sizeof hint, "line %d says it already", (int)head->line);
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_STATED_TWICE,
                                        .table = table,
                                        .row = row,
                                        .column = column,
                                        .expected = table == AB_TABLE_contents  ? "one row for a food and a nutrient"
                                                    : table == AB_TABLE_prices ? "one row for a food and a hub"
                                                                               : "one row for a hub and a place",
                                        .hint = hint});
}

/* Two REF columns of `table` name one thing together. */
static void check_pairs(ab_check *check, int32_t table, int32_t column_a, int32_t column_b)
{
    int32_t rows = check->data.rows[table].count, count = 0;
    pair *pairs = AB_NEW(check->work, pair, rows);
    if (pairs == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t r = 0; r < rows; r++) {
        const char *row = ab__check_row(check, table, r);
        pair p = {*(const ab_c_REF *)(const void *)(row + ab__check_column(table, column_a)->offset),
                  *(const ab_c_REF *)(const void *)(row + ab__check_column(table, column_b)->offset), r};
        if (p.a >= 0 && p.b >= 0)
            pairs[count++] = p;
    }
    qsort(pairs, (size_t)count, sizeof *pairs, by_pair);
    for (int32_t i = 1, first = 0; i < count; i++) {
        if (pairs[i].a != pairs[first].a || pairs[i].b != pairs[first].b)
            first = i;
        else
            raise_twice(check, table, column_b, pairs[i].row, pairs[first].row);
    }
}

/* ---- What cannot be had ---- */

static void check_foods(ab_check *check)
{
    const ab_operation *op = check->op;
    bool *sold = AB_NEW(check->work, bool, op->foods.count), *known = AB_NEW(check->work, bool, op->foods.count);
    if (sold == NULL || known == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t i = 0; i < op->prices.count; i++)
        if (op->prices.at[i].food >= 0)
            sold[op->prices.at[i].food] = true;
    for (int32_t i = 0; i < op->contents.count; i++)
        if (op->contents.at[i].food >= 0)
            known[op->contents.at[i].food] = true;
    for (int32_t f = 0; f < op->foods.count; f++) {
        ab_finding at = {.table = AB_TABLE_foods, .row = f, .column = AB_COL_food_id};
        at.code = sold[f] ? AB_ISSUE_NOTHING_IN_FOOD : AB_ISSUE_FOOD_NOT_SOLD;
        at.expected = sold[f] ? "what is in it, in the table contents" : "a row of it in the table prices";
        if (!sold[f] || !known[f])
            ab__check_raise(check, at);
    }
}

static void check_nutrients(ab_check *check)
{
    const ab_operation *op = check->op;
    bool *had = AB_NEW(check->work, bool, op->nutrients.count);
    if (had == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t i = 0; i < op->contents.count; i++)
        if (op->contents.at[i].nutrient >= 0 && !(op->contents.at[i].per_kg <= 0))
            had[op->contents.at[i].nutrient] = true;
    for (int32_t n = 0; n < op->nutrients.count; n++)
        if (!had[n] && op->nutrients.at[n].need_per_person_day > 0)
            ab__check_raise(check, (ab_finding){.code = AB_ISSUE_NUTRIENT_NOWHERE,
                                                .table = AB_TABLE_nutrients,
                                                .row = n,
                                                .column = AB_COL_nutrient_need_need_per_person_day,
                                                .expected = "a food that has it, in the table contents",
                                                .hint = "no ration can meet this need"});
}

void ab__check_rations(ab_check *check)
{
    check_order(check);
    check_ratios(check);
    check_pairs(check, AB_TABLE_contents, AB_COL_content_food, AB_COL_content_nutrient);
    check_pairs(check, AB_TABLE_prices, AB_COL_price_food, AB_COL_price_hub);
    check_pairs(check, AB_TABLE_tariffs, AB_COL_tariff_hub, AB_COL_tariff_place);
    if (!check->no_memory)
        check_foods(check);
    if (!check->no_memory)
        check_nutrients(check);
}
