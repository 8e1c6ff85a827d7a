/* The cheapest ration: one linear programme, solved once if there is a ration that gives all that is asked, three
 * times if not. */
#include "airbridge/ration.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ration/model.h"

static const double TOUCHES = 1e-6; /* of its scale: nearer to its bound than this a rule binds */
static const double NOTHING = 1e-9; /* portions: less than this is rounding */

static ab_status no_memory(ab_error *err)
{
    return ab_fail(err, AB_NO_MEMORY, "out of memory for a ration");
}

/* ---- What was found ------------------------------------------------------------------------------------ */

/* The result in the making. */
typedef struct finding {
    const ab_ration_model *model;
    ab_ration *ration;
    ab_ration_food *food;
    ab_ration_nutrient *nutrient;
    AB_VEC(ab_purchase) purchase;
    AB_VEC(ab_carriage) carriage;
    const double *x, *dual, *reduced, *activity;
} finding;

static bool take_purchase(finding *f, int32_t c)
{
    const ab_ration_model *model = f->model;
    const ab_price *price = &model->op->prices.at[model->col.at[c].a];
    double mass_kg = f->x[c] * model->portion_kg, usd = mass_kg * price->usd_per_kg;
    if (!(f->x[c] > NOTHING))
        return true;
    ab_purchase *bought = AB_PUSH(&f->purchase);
    if (!bought)
        return false;
    *bought = (ab_purchase){model->col.at[c].a, mass_kg, 0};
    if (!isnan(price->most_kg) && f->reduced[c] < 0)
        bought->saved_usd_per_kg = -f->reduced[c] / 1000;
    f->food[price->food].mass_kg += mass_kg;
    f->food[price->food].goods_usd += usd;
    f->ration->goods_usd += usd;
    return true;
}

static bool take_carriage(finding *f, int32_t c)
{
    const ab_col_mark *col = &f->model->col.at[c];
    if (!(f->x[c] > NOTHING))
        return true;
    ab_carriage *carried = AB_PUSH(&f->carriage);
    if (!carried)
        return false;
    *carried = (ab_carriage){col->a, col->b, f->x[c] * f->model->portion_kg};
    f->ration->transport_usd += carried->mass_kg * f->model->way.at[col->a].usd_per_kg;
    return true;
}

static bool take_col(finding *f, int32_t c)
{
    const ab_col_mark *col = &f->model->col.at[c];
    const ab_ration_model *model = f->model;
    double x = f->x[c] > TOUCHES ? f->x[c] : 0;
    switch (col->part) {
    case AB_PART_RATION:
        f->food[col->a].kg_per_person_day = f->x[c] > NOTHING ? f->x[c] / 10 : 0;
        return true;
    case AB_PART_BUY:
        return take_purchase(f, c);
    case AB_PART_CARRY:
        return take_carriage(f, c);
    case AB_PART_FOOD_SHORT:
        f->food[col->a].short_kg = x * model->op->foods.at[col->a].least_kg_per_person_day;
        return true;
    case AB_PART_SHORT:
        f->nutrient[col->a].short_by = x * model->scale[col->a];
        return true;
    case AB_PART_OVER:
        f->nutrient[col->a].over_by = x * model->scale[col->a];
        return true;
    case AB_PART_RATIO_LOW:
    case AB_PART_RATIO_HIGH:
        f->nutrient[col->a].ratio_off_by = fmax(f->nutrient[col->a].ratio_off_by, x * model->scale[col->a]);
        return true;
    }
    return true;
}

static bool touches(const finding *f, int32_t row)
{
    double lo = ab__lp_row_lo(f->model->lp, row), hi = ab__lp_row_hi(f->model->lp, row);
    return fmin(f->activity[row] - lo, hi - f->activity[row]) <= TOUCHES;
}

static void take_row(finding *f, int32_t r)
{
    const ab_row_mark *row = &f->model->row.at[r];
    switch (row->rule) {
    case AB_RULE_NEED:
        f->nutrient[row->a].need_binds = touches(f, r);
        if (f->nutrient[row->a].need_binds)
            f->nutrient[row->a].usd_per_unit = fmax(0, f->dual[r]) / f->model->scale[row->a] / 1e4;
        break;
    case AB_RULE_MOST:
        f->nutrient[row->a].most_binds = touches(f, r);
        break;
    case AB_RULE_RATIO_LEAST:
    case AB_RULE_RATIO_MOST:
        f->nutrient[row->a].ratio_binds |= touches(f, r);
        break;
    default:
        break;
    }
}

static void add_amounts(finding *f)
{
    const ab_operation *op = f->model->op;
    for (int32_t n = 0; n < op->nutrients.count; n++)
        for (int32_t k = 0; k < op->foods.count; k++)
            f->nutrient[n].amount += 10 * f->food[k].kg_per_person_day * f->model->content[(int64_t)n * op->foods.count + k];
}

static int by_way(const void *left, const void *right)
{
    const ab_carriage *x = left, *y = right;
    return x->way != y->way ? (x->way > y->way) - (x->way < y->way) : (x->food > y->food) - (x->food < y->food);
}

/* The lists into the arena. */
static bool keep_lists(finding *f)
{
    ab_arena *arena = f->ration->arena;
    ab_purchase *purchase = AB_NEW(arena, ab_purchase, f->purchase.count);
    ab_carriage *carriage = AB_NEW(arena, ab_carriage, f->carriage.count);
    ab_ration_way *way = AB_NEW(arena, ab_ration_way, f->model->way.count);
    if (!purchase || !carriage || !way)
        return false;
    if (f->purchase.count)
        memcpy(purchase, f->purchase.at, (size_t)f->purchase.count * sizeof *purchase);
    if (f->carriage.count)
        memcpy(carriage, f->carriage.at, (size_t)f->carriage.count * sizeof *carriage);
    if (f->model->way.count)
        memcpy(way, f->model->way.at, (size_t)f->model->way.count * sizeof *way);
    qsort(carriage, (size_t)f->carriage.count, sizeof *carriage, by_way);
    f->ration->purchase = purchase;
    f->ration->purchase_count = f->purchase.count;
    f->ration->carriage = carriage;
    f->ration->carriage_count = f->carriage.count;
    f->ration->way = way;
    f->ration->way_count = f->model->way.count;
    return true;
}

static bool fill(const ab_ration_model *model, ab_ration *ration)
{
    finding f = {.model = model,
                 .ration = ration,
                 .food = AB_NEW(ration->arena, ab_ration_food, model->op->foods.count),
                 .nutrient = AB_NEW(ration->arena, ab_ration_nutrient, model->op->nutrients.count),
                 .x = ab__lp_x(model->lp),
                 .dual = ab__lp_dual(model->lp),
                 .reduced = ab__lp_reduced_cost(model->lp),
                 .activity = ab__lp_row_activity(model->lp)};
    bool filled = f.food && f.nutrient;
    for (int32_t c = 0; filled && c < model->col.count; c++)
        filled = take_col(&f, c);
    for (int32_t r = 0; filled && r < model->row.count; r++)
        take_row(&f, r);
    if (filled) {
        add_amounts(&f);
        ration->food = f.food;
        ration->nutrient = f.nutrient;
        filled = keep_lists(&f);
    }
    AB_VEC_FREE(&f.purchase);
    AB_VEC_FREE(&f.carriage);
    return filled;
}

/* ---- The way to it ------------------------------------------------------------------------------------- */

static ab_status refuse_empty(const ab_operation *op, ab_error *err)
{
    const struct {
        int32_t count;
        const char *table;
    } wanted[] = {{op->foods.count, "foods"},
                  {op->nutrients.count, "nutrients"},
                  {op->contents.count, "contents"},
                  {op->prices.count, "prices"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (wanted[i].count == 0)
            return ab_fail(err, AB_USAGE,
                           "the operation has no %s: a ration is chosen from the tables foods, nutrients, contents and "
                           "prices (`airbridge schema %s`)",
                           wanted[i].table, wanted[i].table);
    for (int32_t p = 0; p < op->places.count; p++)
        if (op->places.at[p].population > 0)
            return AB_OK;
    return ab_fail(err, AB_USAGE, "nobody lives in the places of this operation: there is no ration to choose");
}

static ab_status find(ab_ration_model *model, const ab_ration_options *options, ab_ration *ration, ab_error *err)
{
    ab_lp_outcome outcome;
    ab_status status = AB_OK;
    ration->reason = "";
    ration->people = model->people;
    ration->days = model->days;
    if (options && options->model_text)
        status = ab__ration_tell(model, options, err);
    if (status == AB_OK)
        status = ab__lp_solve(model->lp, &outcome, err);
    if (status != AB_OK)
        return status;
    ration->infeasible = outcome != AB_LP_OPTIMAL;
    if (ration->infeasible)
        status = ab__ration_relax(model, ration->arena, &ration->reason, err);
    if (status == AB_OK && !fill(model, ration))
        status = no_memory(err);
    return status;
}

ab_status ab_ration_make(const ab_operation *op, const ab_ration_options *options, ab_ration **out, ab_error *err)
{
    *out = NULL;
    ab_status status = refuse_empty(op, err);
    if (status != AB_OK)
        return status;
    ab_ration_model *model = ab__ration_model_new(op);
    ab_arena *arena = ab__arena_new();
    ab_ration *ration = arena ? AB_NEW(arena, ab_ration, 1) : NULL;
    if (!model || !ration) {
        status = no_memory(err);
    } else {
        ration->arena = arena;
        status = find(model, options, ration, err);
    }
    ab__ration_model_free(model);
    if (status == AB_OK)
        *out = ration;
    else
        ab__arena_free(arena);
    return status;
}

void ab_ration_free(ab_ration *ration)
{
    if (ration)
        ab__arena_free(ration->arena);
}
