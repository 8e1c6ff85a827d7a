#include "airbridge/need.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

/* Fills an ab_need; failures of memory leave what was not reached NULL and `false` is returned. */
typedef struct builder {
    const ab_operation *op;
    ab_arena *arena;
    ab_need_group *group;
    int32_t group_count;
    int32_t *commodity_group;
    double *commodity_per_kg;
} builder;

static double known_or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

static ab_need_group *add_group(builder *b, ab_category category, const char *name,
                                const char *unit)
{
    ab_need_group *group = &b->group[b->group_count++];
    *group = (ab_need_group){.category = category, .name = name, .unit = unit};
    return group;
}

static bool gives_energy(const ab_commodity *commodity)
{
    return commodity->category == AB_CATEGORY_FOOD && commodity->kcal_per_kg > 0;
}

/* Has some food a need of its own, so that the foods together declare a ration? */
static bool ration_is_declared(const ab_operation *op)
{
    for (int32_t c = 0; c < op->commodities.count; c++) {
        const ab_commodity *food = &op->commodities.at[c];
        if (gives_energy(food) && food->need_kg_per_person_day > 0) {
            return true;
        }
    }
    return false;
}

static int32_t food_group(builder *b, const ab_commodity *food)
{
    const char *name = food->group[0] != '\0' ? food->group : food->id;
    bool alone = food->group[0] == '\0';
    for (int32_t g = 0; !alone && g < b->group_count; g++) {
        if (b->group[g].category == AB_CATEGORY_FOOD && strcmp(b->group[g].name, name) == 0) {
            return g;
        }
    }
    add_group(b, AB_CATEGORY_FOOD, name, "kcal");
    return b->group_count - 1;
}

/* Each group needs the energy of its members' declared needs. The ration is taken as declared: it is
 * not scaled to energy_kcal_per_person_day, for it may be meant to fill up what people still have. */
static void food_by_ration(builder *b)
{
    for (int32_t c = 0; c < b->op->commodities.count; c++) {
        const ab_commodity *food = &b->op->commodities.at[c];
        if (!gives_energy(food)) {
            continue;
        }
        int32_t g = food_group(b, food);
        b->commodity_group[c] = g;
        b->commodity_per_kg[c] = food->kcal_per_kg;
        b->group[g].per_person_day +=
            known_or_zero(food->need_kg_per_person_day) * food->kcal_per_kg;
    }
}

/* People need energy whether or not a commodity gives any, so this group is always there. */
static void food_as_energy(builder *b)
{
    int32_t g = b->group_count;
    ab_need_group *group = add_group(b, AB_CATEGORY_FOOD, "energy", "kcal");
    group->per_person_day = b->op->settings->energy_kcal_per_person_day;
    for (int32_t c = 0; c < b->op->commodities.count; c++) {
        if (gives_energy(&b->op->commodities.at[c])) {
            b->commodity_group[c] = g;
            b->commodity_per_kg[c] = b->op->commodities.at[c].kcal_per_kg;
        }
    }
}

/* People-days that a kilogram of kits, filters or tablets serves; 0 where the row does not say. */
static double people_days_per_kg(const ab_commodity *commodity)
{
    double people_days = commodity->serves_people * commodity->serves_s / 86400;
    return commodity->package_kg > 0 && people_days > 0 ? people_days / commodity->package_kg : 0;
}

static bool category_is_carried(const ab_operation *op, ab_category category)
{
    for (int32_t c = 0; c < op->commodities.count; c++) {
        if (op->commodities.at[c].category == (int32_t)category) {
            return true;
        }
    }
    return false;
}

/* Water is counted by what people can drink of it: a kilogram of water is a litre, a filter is the
 * litres that the people whom it serves need over its life. */
static void water(builder *b)
{
    if (!category_is_carried(b->op, AB_CATEGORY_WATER)) {
        return;
    }
    int32_t g = b->group_count;
    ab_need_group *group = add_group(b, AB_CATEGORY_WATER, "", "l");
    for (int32_t c = 0; c < b->op->commodities.count; c++) {
        const ab_commodity *water = &b->op->commodities.at[c];
        if (water->category == AB_CATEGORY_WATER) {
            group->per_person_day += known_or_zero(water->need_kg_per_person_day);
        }
    }
    for (int32_t c = 0; c < b->op->commodities.count; c++) {
        const ab_commodity *water = &b->op->commodities.at[c];
        if (water->category != AB_CATEGORY_WATER) {
            continue;
        }
        double served = people_days_per_kg(water);
        b->commodity_per_kg[c] = served > 0 ? served * group->per_person_day : 1;
        b->commodity_group[c] = b->commodity_per_kg[c] > 0 ? g : -1;
    }
}

static void medical(builder *b)
{
    if (!category_is_carried(b->op, AB_CATEGORY_MEDICAL)) {
        return;
    }
    int32_t g = b->group_count;
    add_group(b, AB_CATEGORY_MEDICAL, "", "people-days")->per_person_day = 1;
    for (int32_t c = 0; c < b->op->commodities.count; c++) {
        const ab_commodity *kit = &b->op->commodities.at[c];
        if (kit->category == AB_CATEGORY_MEDICAL) {
            b->commodity_per_kg[c] = people_days_per_kg(kit);
            b->commodity_group[c] = b->commodity_per_kg[c] > 0 ? g : -1;
        }
    }
}

static bool make_groups(builder *b, ab_need *need)
{
    int32_t commodities = b->op->commodities.count;
    /* At most a group for each commodity, energy, water and medical. */
    b->group = AB_NEW(b->arena, ab_need_group, commodities + 3);
    b->commodity_group = AB_NEW(b->arena, int32_t, commodities);
    b->commodity_per_kg = AB_NEW(b->arena, double, commodities);
    if (b->group == NULL || b->commodity_group == NULL || b->commodity_per_kg == NULL) {
        return false;
    }
    for (int32_t c = 0; c < commodities; c++) {
        b->commodity_group[c] = -1;
    }
    if (ration_is_declared(b->op)) {
        food_by_ration(b);
    } else {
        food_as_energy(b);
    }
    for (int32_t g = 0; g < b->group_count; g++) {
        need->food_kcal_per_person_day += b->group[g].per_person_day;
    }
    water(b);
    medical(b);
    need->group_count = b->group_count;
    need->group = b->group;
    need->commodity_count = commodities;
    need->commodity_group = b->commodity_group;
    need->commodity_per_kg = b->commodity_per_kg;
    return true;
}

static double nutrient_of(const ab_commodity *food, ab_nutrient nutrient)
{
    return nutrient == AB_NUTRIENT_PROTEIN ? food->protein_g_per_kg : food->fat_g_per_kg;
}

/* A floor is asked for only where each food says what it has of it: else a cell left empty would pass for hunger. */
static bool make_nutrients(const builder *b, ab_need *need)
{
    const ab_settings *settings = b->op->settings;
    for (int n = 0; n < AB_NUTRIENTS; n++) {
        double *per_kg = AB_NEW(b->arena, double, b->op->commodities.count);
        bool known = true, any = false;
        for (int32_t c = 0; per_kg != NULL && c < b->op->commodities.count; c++) {
            if (gives_energy(&b->op->commodities.at[c])) {
                double content = nutrient_of(&b->op->commodities.at[c], (ab_nutrient)n);
                per_kg[c] = known_or_zero(content);
                known = known && !isnan(content);
                any = any || per_kg[c] > 0;
            }
        }
        double asked = n == AB_NUTRIENT_PROTEIN ? settings->protein_g_per_person_day
                                                : settings->fat_g_per_person_day;
        need->commodity_nutrient_g_per_kg[n] = per_kg;
        need->nutrient_g_per_person_day[n] = known && any && settings->nutrient_weight > 0 ? asked : 0;
        if (per_kg == NULL) {
            return false;
        }
    }
    return true;
}

static bool make_places(const builder *b, ab_need *need)
{
    int32_t places = b->op->places.count, groups = b->group_count;
    double *people = AB_NEW(b->arena, double, places);
    double *low = AB_NEW(b->arena, double, places);
    double *high = AB_NEW(b->arena, double, places);
    double *cut_off_s = AB_NEW(b->arena, double, places);
    double *stock = AB_NEW(b->arena, double, (size_t)places *(size_t)groups);
    if (people == NULL || low == NULL || high == NULL || cut_off_s == NULL || stock == NULL) {
        return false;
    }
    for (int32_t p = 0; p < places; p++) {
        const ab_place *place = &b->op->places.at[p];
        people[p] = (double)place->population;
        low[p] = place->population_low >= 0 ? (double)place->population_low : people[p];
        high[p] = place->population_high >= 0 ? (double)place->population_high : people[p];
        ab_time start = b->op->settings->start;
        if (place->cut_off_since != AB_TIME_NONE && place->cut_off_since < start) {
            cut_off_s[p] = (double)(start - place->cut_off_since);
        }
        double stock_days = known_or_zero(place->stock_s) / 86400;
        for (int32_t g = 0; g < groups; g++) {
            bool food = b->group[g].category == AB_CATEGORY_FOOD;
            stock[(size_t)p * (size_t)groups + (size_t)g] =
                food ? stock_days * b->group[g].per_person_day * people[p] : 0;
        }
    }
    need->place_count = places;
    need->people = people;
    need->people_low = low;
    need->people_high = high;
    need->stock = stock;
    need->cut_off_s = cut_off_s;
    return true;
}

ab_status ab_need_make(const ab_operation *op, ab_need **out, ab_error *err)
{
    *out = NULL;
    ab_arena *arena = ab__arena_new();
    ab_need *need = arena != NULL ? AB_NEW(arena, ab_need, 1) : NULL;
    builder b = {.op = op, .arena = arena};
    if (need == NULL || !make_groups(&b, need) ||
        !make_nutrients(&b, need) || !make_places(&b, need)) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while working out needs");
    }
    need->arena = arena;
    *out = need;
    return AB_OK;
}

void ab_need_free(ab_need *need)
{
    if (need != NULL) {
        ab__arena_free(need->arena);
    }
}
