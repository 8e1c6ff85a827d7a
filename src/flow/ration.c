/* From an operation to a ration, and to the operation with that ration. */
#include <math.h>
#include <string.h>

#include "airbridge/flow.h"
#include "flow/result.h"
#include "flow/ration_into.h"

/* Empty where it is nothing. */
static double some(double value)
{
    return value > 0 ? value : NAN;
}

static bool fill_rations(ab_result *result, const ab_operation *op, const ab_ration *ration)
{
    ab_ration_row *row = AB_NEW(result->arena, ab_ration_row, op->foods.count);
    int32_t count = 0;

    for (int32_t f = 0; row && f < op->foods.count; f++) {
        const ab_food *food = &op->foods.at[f];
        if (!(ration->food[f].kg_per_person_day > 0) && !(ration->food[f].short_kg > 0))
            continue;
        row[count++] = (ab_ration_row){
            .food = food->id,
            .commodity = food->commodity >= 0 ? op->commodities.at[food->commodity].id : "",
            .kg_per_person_day = ration->food[f].kg_per_person_day,
            .short_kg_per_person_day = some(ration->food[f].short_kg),
            .mass_kg = ration->food[f].mass_kg,
            .goods_usd = ration->food[f].goods_usd,
        };
    }
    result->rows[AB_TABLE_rations] = (ab_rows){row, count};
    return row != NULL;
}

static const char *what_binds(ab_arena *arena, const ab_ration_nutrient *n)
{
    return ab__arena_printf(arena, "%s%s%s%s%s", n->need_binds ? "need" : "",
                            n->need_binds && n->most_binds ? "; " : "", n->most_binds ? "most" : "",
                            (n->need_binds || n->most_binds) && n->ratio_binds ? "; " : "",
                            n->ratio_binds ? "ratio" : "");
}

static bool fill_nutrition(ab_result *result, const ab_operation *op, const ab_ration *ration)
{
    ab_nutrition_row *row = AB_NEW(result->arena, ab_nutrition_row, op->nutrients.count);

    for (int32_t n = 0; row && n < op->nutrients.count; n++) {
        const ab_ration_nutrient *found = &ration->nutrient[n];
        const ab_nutrient_need *nutrient = &op->nutrients.at[n];
        row[n] = (ab_nutrition_row){
            .nutrient = nutrient->id,
            .amount = found->amount,
            .need = nutrient->need_per_person_day,
            .most = nutrient->most_per_person_day,
            .unit = nutrient->unit,
            .binds = what_binds(result->arena, found),
            .usd_per_unit = ration->infeasible ? NAN : found->usd_per_unit,
            .short_by = some(found->short_by),
            .over_by = some(found->over_by),
            .ratio_off_by = some(found->ratio_off_by),
        };
        if (!row[n].binds)
            return false;
    }
    result->rows[AB_TABLE_nutrition] = (ab_rows){row, op->nutrients.count};
    return row != NULL;
}

static bool fill_purchases(ab_result *result, const ab_operation *op, const ab_ration *ration)
{
    ab_purchase_row *row = AB_NEW(result->arena, ab_purchase_row, ration->purchase_count);

    for (int32_t i = 0; row && i < ration->purchase_count; i++) {
        const ab_purchase *bought = &ration->purchase[i];
        const ab_price *price = &op->prices.at[bought->price];
        const ab_hub *hub = &op->hubs.at[price->hub];
        row[i] = (ab_purchase_row){
            .food = op->foods.at[price->food].id,
            .hub = hub->id,
            .mass_kg = bought->mass_kg,
            .usd_per_kg = price->usd_per_kg,
            .cost_usd = bought->mass_kg * price->usd_per_kg,
            .saved_usd_per_kg = ration->infeasible ? NAN : some(bought->saved_usd_per_kg),
            .shape = ab__shape_point(result->arena, hub->lon_deg, hub->lat_deg),
        };
        if (row[i].shape.kind == AB_SHAPE_NONE)
            return false;
    }
    result->rows[AB_TABLE_purchases] = (ab_rows){row, ration->purchase_count};
    return row != NULL;
}

static void ends_of(const ab_operation *op, const ab_ration_way *way, double ends[4])
{
    ends[0] = op->hubs.at[way->from_hub].lon_deg;
    ends[1] = op->hubs.at[way->from_hub].lat_deg;
    ends[2] = way->place >= 0 ? op->places.at[way->place].lon_deg : op->hubs.at[way->to_hub].lon_deg;
    ends[3] = way->place >= 0 ? op->places.at[way->place].lat_deg : op->hubs.at[way->to_hub].lat_deg;
}

/* Was the cost of the way said, or made up from its length? */
static bool is_given(const ab_operation *op, const ab_ration_way *way)
{
    if (way->because.table == AB_TABLE_links)
        return !isnan(op->links.at[way->because.row].usd_per_kg);
    return way->because.table == AB_TABLE_tariffs;
}

static bool fill_carriage(ab_result *result, const ab_operation *op, const ab_ration *ration)
{
    ab_carriage_row *row = AB_NEW(result->arena, ab_carriage_row, ration->carriage_count);

    for (int32_t i = 0; row && i < ration->carriage_count; i++) {
        const ab_carriage *carried = &ration->carriage[i];
        const ab_ration_way *way = &ration->way[carried->way];
        double ends[4];
        ends_of(op, way, ends);
        row[i] = (ab_carriage_row){
            .food = op->foods.at[carried->food].id,
            .hub = op->hubs.at[way->from_hub].id,
            .to_hub = way->to_hub >= 0 ? op->hubs.at[way->to_hub].id : "",
            .place = way->place >= 0 ? op->places.at[way->place].id : "",
            .link = way->because.table == AB_TABLE_links ? op->links.at[way->because.row].id : "",
            .mass_kg = carried->mass_kg,
            .usd_per_kg = way->usd_per_kg,
            .cost_usd = carried->mass_kg * way->usd_per_kg,
            .origin = is_given(op, way) ? "given" : "assumed",
            .shape = ab__shape_line(result->arena, ends, 2),
        };
        if (row[i].shape.kind == AB_SHAPE_NONE)
            return false;
    }
    result->rows[AB_TABLE_carriage] = (ab_rows){row, ration->carriage_count};
    return row != NULL;
}

static bool fill_summary(ab_result *result, const ab_ration *ration)
{
    double person_days = ration->people * ration->days, usd = ration->goods_usd + ration->transport_usd;
    const ab_figure figures[] = {
        {.key = "people", .value = ration->people, .unit = "people", .meaning = "who are to be fed, best estimate"},
        {.key = "days", .value = ration->days, .unit = "days", .meaning = "for which"},
        {.key = "ration_feasible",
         .value = ration->infeasible ? 0 : 1,
         .unit = "",
         .meaning = "1: the ration gives all that is asked; 0: none can, and this is the nearest"},
        {.key = "goods_usd", .value = ration->goods_usd, .unit = "USD", .meaning = "food where it is bought"},
        {.key = "transport_usd", .value = ration->transport_usd, .unit = "USD", .meaning = "bringing it to the places"},
        {.key = "cost_usd", .value = usd, .unit = "USD", .meaning = "both"},
        {.key = "usd_per_person_day", .value = usd / person_days, .unit = "USD", .meaning = "of a person's ration of a day"},
    };
    ab_figure *row = AB_NEW(result->arena, ab_figure, sizeof figures / sizeof *figures);

    if (!row)
        return false;
    memcpy(row, figures, sizeof figures);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        row[i].audience = AB_AUDIENCE_PARTNERS;
    result->rows[AB_TABLE_summary] = (ab_rows){row, sizeof figures / sizeof *figures};
    return true;
}

static ab_status make_result(const ab_operation *op, const ab_ration *ration, ab_result **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_result *result = arena ? AB_NEW(arena, ab_result, 1) : NULL;

    if (result)
        result->arena = arena;
    if (!result || !fill_rations(result, op, ration) || !fill_nutrition(result, op, ration) ||
        !fill_purchases(result, op, ration) || !fill_carriage(result, op, ration) || !fill_summary(result, ration) ||
        !ab__table_origin(result, op, NULL, ration->infeasible ? ration->reason : "feasible",
                          "stocks that are there already, when food can be bought and moved, access, taste")) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the ration's tables were made");
    }
    *out = result;
    return AB_OK;
}

/* A reason that outlives the ration. */
static ab_status tell(const ab_result *result, ab_error *err)
{
    const ab_rows *rows = &result->rows[AB_TABLE_provenance];
    const ab_fact *fact = rows->at;

    for (int32_t i = 0; i < rows->count; i++)
        if (strcmp(fact[i].key, "answer") == 0)
            return ab_fail(err, AB_INFEASIBLE, "%s", fact[i].value);
    return ab_fail(err, AB_INFEASIBLE, "no ration gives all that is asked");
}

ab_status ab_flow_ration(const ab_operation *op, const ab_ration_options *options, ab_result **out, ab_book **into,
                         ab_error *err)
{
    ab_ration *ration = NULL;

    *out = NULL;
    if (into)
        *into = NULL;
    ab_status status = ab_ration_make(op, options, &ration, err);
    if (status != AB_OK)
        return status;
    status = make_result(op, ration, out, err);
    if (status == AB_OK && ration->infeasible)
        status = tell(*out, err);
    else if (status == AB_OK && into)
        status = ab__ration_into(op, ration, into, err);
    ab_ration_free(ration);
    if (status != AB_OK && status != AB_INFEASIBLE) {
        ab_result_free(*out);
        *out = NULL;
    }
    return status;
}
