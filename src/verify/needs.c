/* What people need and what goods give, as docs/models/need.md has it. */
#include <math.h>
#include <string.h>

#include "verify/prover.h"

static double or_zero(double value)
{
    return ab__known_or(value, 0);
}

static bool feeds(const ab_commodity *c)
{
    return c->category == AB_CATEGORY_FOOD && c->kcal_per_kg > 0;
}

static int32_t new_group(ab_told_needs *needs, ab_category category, const char *name, const char *unit)
{
    needs->group[needs->group_count] = (ab_told_group){category, name, unit, 0, 0};
    return needs->group_count++;
}

/* The group of a food; one that names none is alone. */
static int32_t group_of_food(ab_told_needs *needs, const ab_commodity *food)
{
    const char *name = food->group[0] ? food->group : food->id;

    for (int32_t g = 0; food->group[0] && g < needs->group_count; g++)
        if (strcmp(needs->group[g].name, name) == 0)
            return g;
    return new_group(needs, AB_CATEGORY_FOOD, name, "kcal");
}

/* Foods that declare needs make the ration; else all food is energy. */
static void add_food(const ab_operation *op, ab_told_needs *needs)
{
    bool declared = false;
    int32_t all = -1;

    for (int32_t c = 0; c < op->commodities.count; c++)
        declared = declared || (feeds(&op->commodities.at[c]) && op->commodities.at[c].need_kg_per_person_day > 0);
    if (!declared) {
        all = new_group(needs, AB_CATEGORY_FOOD, "energy", "kcal");
        needs->group[all].per_person_day = op->settings->energy_kcal_per_person_day;
    }
    for (int32_t c = 0; c < op->commodities.count; c++) {
        const ab_commodity *food = &op->commodities.at[c];
        if (!feeds(food))
            continue;
        int32_t g = declared ? group_of_food(needs, food) : all;
        needs->group_of[c] = g;
        needs->per_kg[c] = food->kcal_per_kg;
        if (declared)
            needs->group[g].per_person_day += or_zero(food->need_kg_per_person_day) * food->kcal_per_kg;
    }
    for (int32_t g = 0; g < needs->group_count; g++)
        needs->ration_kcal += needs->group[g].per_person_day;
    for (int32_t g = 0; g < needs->group_count && needs->ration_kcal > 0; g++)
        needs->group[g].share = needs->group[g].per_person_day / needs->ration_kcal;
}

/* People-days in a kilogram of kits or filters. */
static double served_per_kg(const ab_commodity *c)
{
    double served = or_zero(c->serves_people) * or_zero(c->serves_s) / 86400;
    return c->package_kg > 0 ? served / c->package_kg : 0;
}

static void add_water_or_medical(const ab_operation *op, ab_told_needs *needs, ab_category category)
{
    bool water = category == AB_CATEGORY_WATER;
    double per_day = water ? 0 : 1;
    int32_t g = -1;

    for (int32_t c = 0; c < op->commodities.count; c++) {
        if (op->commodities.at[c].category != (int32_t)category)
            continue;
        if (g < 0)
            g = new_group(needs, category, "", water ? "l" : "people-days");
        per_day += water ? or_zero(op->commodities.at[c].need_kg_per_person_day) : 0;
    }
    for (int32_t c = 0; g >= 0 && c < op->commodities.count; c++) {
        const ab_commodity *good = &op->commodities.at[c];
        if (good->category != (int32_t)category)
            continue;
        double served = served_per_kg(good);
        needs->per_kg[c] = water && !(served > 0) ? 1 : served * per_day;
        needs->group_of[c] = needs->per_kg[c] > 0 ? g : -1;
    }
    if (g >= 0)
        needs->group[g].per_person_day = per_day;
}

/* Asked for if it weighs, is needed, and some food says that it has any. */
static void add_nutrients(const ab_operation *op, ab_told_needs *needs)
{
    const double per_day[AB_NUTRIENTS] = {op->settings->protein_g_per_person_day, op->settings->fat_g_per_person_day};
    bool stated[AB_NUTRIENTS] = {true, true}, any[AB_NUTRIENTS] = {false, false};

    for (int32_t c = 0; c < op->commodities.count; c++) {
        const ab_commodity *food = &op->commodities.at[c];
        const double content[AB_NUTRIENTS] = {food->protein_g_per_kg, food->fat_g_per_kg};
        for (int n = 0; n < AB_NUTRIENTS && food->category == AB_CATEGORY_FOOD; n++) {
            stated[n] = stated[n] && (!isnan(content[n]) || !(food->kcal_per_kg > 0));
            any[n] = any[n] || content[n] > 0;
            needs->nutrient_per_kg[n][c] = or_zero(content[n]);
        }
    }
    for (int n = 0; n < AB_NUTRIENTS; n++)
        if (stated[n] && any[n] && op->settings->nutrient_weight > 0 && per_day[n] > 0)
            needs->nutrient_per_day[n] = per_day[n];
}

bool ab__needs_make(ab_prover *prover)
{
    const ab_operation *op = prover->op;
    ab_told_needs *needs = &prover->needs;
    int32_t count = op->commodities.count;

    /* At most a group a commodity, energy, water and medical. */
    needs->group = AB_NEW(prover->arena, ab_told_group, count + 3);
    needs->group_of = AB_NEW(prover->arena, int32_t, count);
    needs->per_kg = AB_NEW(prover->arena, double, count);
    for (int n = 0; n < AB_NUTRIENTS; n++)
        needs->nutrient_per_kg[n] = AB_NEW(prover->arena, double, count);
    if (!needs->group || !needs->group_of || !needs->per_kg || !needs->nutrient_per_kg[0] || !needs->nutrient_per_kg[1])
        return false;
    for (int32_t c = 0; c < count; c++)
        needs->group_of[c] = -1;
    add_food(op, needs);
    add_water_or_medical(op, needs, AB_CATEGORY_WATER);
    add_water_or_medical(op, needs, AB_CATEGORY_MEDICAL);
    add_nutrients(op, needs);
    return true;
}
