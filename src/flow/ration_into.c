/* An operation that uses the ration found. */
#include "flow/ration_into.h"

#include <math.h>
#include <string.h>

#include "airbridge/io.h"
#include "base/arena.h"

typedef struct copy {
    const ab_operation *op;
    const ab_ration *ration;
    ab_arena *arena;
    ab_commodity *commodity;
    int32_t commodity_count;
    ab_food *food;
    ab_stock *stock;
    int32_t stock_count;
} copy;

static void give(ab_row_head *head, int column)
{
    head->given |= UINT64_C(1) << column;
}

/* Rows of the operation, with room for more. */
static void *copied(ab_arena *arena, const void *rows, int32_t count, int32_t more, size_t size)
{
    void *to = ab__arena_array(arena, (size_t)count + (size_t)more, size);
    if (to && count)
        memcpy(to, rows, (size_t)count * size);
    return to;
}

static bool is_taken(const copy *c, const char *id)
{
    for (int32_t i = 0; i < c->commodity_count; i++)
        if (strcmp(c->commodity[i].id, id) == 0)
            return true;
    return false;
}

/* Units of nutrient `id` in a kilogram, if it is counted in `unit`; NaN: nobody says. */
static double content_per_kg(const ab_operation *op, int32_t food, const char *id, const char *unit)
{
    for (int32_t i = 0; i < op->contents.count; i++) {
        const ab_nutrient_need *n = &op->nutrients.at[op->contents.at[i].nutrient];
        if (op->contents.at[i].food == food && strcmp(n->id, id) == 0 && strcmp(n->unit, unit) == 0)
            return op->contents.at[i].per_kg;
    }
    return NAN;
}

static void set(ab_row_head *head, int column, double *member, double value)
{
    *member = value;
    if (!isnan(value))
        give(head, column);
}

/* A commodity for a food that had none. Packages are left to their default. False: out of memory. */
static bool add_commodity(copy *c, int32_t food)
{
    const ab_food *from = &c->op->foods.at[food];
    const char *id = from->id;
    for (int n = 2; id && is_taken(c, id); n++)
        id = ab__arena_printf(c->arena, "%s-%d", from->id, n);
    if (!id)
        return false;
    ab_commodity *to = &c->commodity[c->commodity_count];
    *to = (ab_commodity){.id = id,
                         .name = from->name,
                         .category = AB_CATEGORY_FOOD,
                         .group = "",
                         .source = "assumed: made by airbridge ration from foods and contents",
                         .note = ""};
    give(&to->head, AB_COL_commodity_id);
    give(&to->head, AB_COL_commodity_category);
    give(&to->head, AB_COL_commodity_source);
    if (from->name[0])
        give(&to->head, AB_COL_commodity_name);
    set(&to->head, AB_COL_commodity_kcal_per_kg, &to->kcal_per_kg, content_per_kg(c->op, food, "energy", "kcal"));
    set(&to->head, AB_COL_commodity_protein_g_per_kg, &to->protein_g_per_kg,
        content_per_kg(c->op, food, "protein", "g"));
    set(&to->head, AB_COL_commodity_fat_g_per_kg, &to->fat_g_per_kg, content_per_kg(c->op, food, "fat", "g"));
    c->food[food].commodity = c->commodity_count++;
    give(&c->food[food].head, AB_COL_food_commodity);
    return true;
}

/* All food that the ration does not have is needed by nobody: the ration is the need. */
static void clear_needs(copy *c)
{
    for (int32_t i = 0; i < c->op->commodities.count; i++)
        if (c->commodity[i].category == AB_CATEGORY_FOOD) {
            c->commodity[i].need_kg_per_person_day = 0;
            give(&c->commodity[i].head, AB_COL_commodity_need_kg_per_person_day);
        }
}

/* Needs add up where several foods are one commodity; its price is what they cost together. */
static bool add_needs(copy *c)
{
    double *usd = AB_NEW(c->arena, double, c->op->commodities.count + c->op->foods.count);
    double *kg = AB_NEW(c->arena, double, c->op->commodities.count + c->op->foods.count);
    if (!usd || !kg)
        return false;
    for (int32_t f = 0; f < c->op->foods.count; f++) {
        const ab_ration_food *found = &c->ration->food[f];
        if (!(found->kg_per_person_day > 0))
            continue;
        if (c->food[f].commodity < 0 && !add_commodity(c, f))
            return false;
        int32_t i = c->food[f].commodity;
        ab_commodity *to = &c->commodity[i];
        usd[i] += found->goods_usd;
        kg[i] += found->mass_kg;
        to->need_kg_per_person_day = (kg[i] > found->mass_kg ? to->need_kg_per_person_day : 0) + found->kg_per_person_day;
        give(&to->head, AB_COL_commodity_need_kg_per_person_day);
        if (kg[i] > 0) {
            to->usd_per_kg = usd[i] / kg[i];
            give(&to->head, AB_COL_commodity_usd_per_kg);
        }
    }
    return true;
}

static void add_stocks(copy *c)
{
    for (int32_t i = 0; i < c->ration->purchase_count; i++) {
        const ab_purchase *bought = &c->ration->purchase[i];
        const ab_price *price = &c->op->prices.at[bought->price];
        ab_stock *to = &c->stock[c->stock_count];
        if (c->food[price->food].commodity < 0)
            continue;
        c->stock_count++;
        *to = (ab_stock){.hub = price->hub,
                         .commodity = c->food[price->food].commodity,
                         .mass_kg = bought->mass_kg,
                         .available_from = AB_TIME_NONE,
                         .certainty_prob = 1,
                         .source = "assumed: bought there as airbridge ration says",
                         .note = ""};
        give(&to->head, AB_COL_stock_hub);
        give(&to->head, AB_COL_stock_commodity);
        give(&to->head, AB_COL_stock_mass_kg);
        give(&to->head, AB_COL_stock_source);
    }
}

static bool change(copy *c)
{
    const ab_operation *op = c->op;
    c->commodity_count = op->commodities.count;
    c->stock_count = op->stocks.count;
    c->commodity = copied(c->arena, op->commodities.at, op->commodities.count, op->foods.count, sizeof *c->commodity);
    c->food = copied(c->arena, op->foods.at, op->foods.count, 0, sizeof *c->food);
    c->stock = copied(c->arena, op->stocks.at, op->stocks.count, c->ration->purchase_count, sizeof *c->stock);
    if (!c->commodity || !c->food || !c->stock)
        return false;
    clear_needs(c);
    if (!add_needs(c))
        return false;
    add_stocks(c);
    return true;
}

ab_status ab__ration_into(const ab_operation *op, const ab_ration *ration, ab_book **out, ab_error *err)
{
    ab_data data = ab_operation_data(op);
    copy c = {.op = op, .ration = ration, .arena = ab__arena_new()};
    ab_rows *rows = c.arena ? AB_NEW(c.arena, ab_rows, data.schema->count) : NULL;
    ab_status status = AB_OK;

    if (rows && change(&c)) {
        memcpy(rows, data.rows, (size_t)data.schema->count * sizeof *rows);
        rows[AB_TABLE_commodities] = (ab_rows){c.commodity, c.commodity_count};
        rows[AB_TABLE_foods] = (ab_rows){c.food, op->foods.count};
        rows[AB_TABLE_stocks] = (ab_rows){c.stock, c.stock_count};
        data.rows = rows;
        status = ab_data_book(&data, AB_AUDIENCE_TEAM, out, err);
    } else {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the operation was copied");
    }
    ab__arena_free(c.arena);
    return status;
}
