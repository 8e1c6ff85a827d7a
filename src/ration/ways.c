/* By what ways food goes from where it is bought to the people, and what a kilogram costs. */
#include <math.h>

#include "geo/geodesic.h"
#include "ration/model.h"

static void add_way(ab_ration_model *model, ab_ration_way way)
{
    ab_ration_way *last = AB_PUSH(&model->way);
    if (last)
        *last = way;
    else
        model->failed = true;
}

static double assumed_usd_per_kg(const ab_operation *op, double line_m, bool by_road)
{
    return line_m * (by_road ? op->settings->road_factor : 1) * op->settings->link_usd_per_kg_m;
}

/* A link can be used until its mandate ends; days of that. */
static double days_of(const ab_ration_model *model, const ab_link *link)
{
    if (link->mandate_until == AB_TIME_NONE)
        return model->days;
    double days = (double)(link->mandate_until - model->op->settings->start) / 86400;
    return fmin(fmax(days, 0), model->days);
}

static void add_link(ab_ration_model *model, int32_t row)
{
    const ab_operation *op = model->op;
    const ab_link *link = &op->links.at[row];
    const ab_hub *from = &op->hubs.at[link->from_hub], *to = &op->hubs.at[link->to_hub];
    double days = days_of(model, link), usd_per_kg = link->usd_per_kg;
    if (!(days > 0))
        return;
    if (isnan(usd_per_kg) && !isnan(link->distance_m))
        usd_per_kg = link->distance_m * op->settings->link_usd_per_kg_m;
    else if (isnan(usd_per_kg))
        usd_per_kg = assumed_usd_per_kg(op, ab__geodesic_m(from->lon_deg, from->lat_deg, to->lon_deg, to->lat_deg),
                                        link->mode == AB_MODE_ROAD);
    add_way(model, (ab_ration_way){.from_hub = link->from_hub,
                                   .to_hub = link->to_hub,
                                   .place = -1,
                                   .because = {AB_TABLE_links, row},
                                   .usd_per_kg = usd_per_kg,
                                   .most_kg = isnan(link->capacity_kg_per_day) ? INFINITY
                                                                               : link->capacity_kg_per_day * days});
}

static bool add_tariffs(ab_ration_model *model, int32_t place)
{
    const ab_operation *op = model->op;
    bool any = false;
    for (int32_t i = 0; i < op->tariffs.count; i++) {
        const ab_tariff *tariff = &op->tariffs.at[i];
        if (tariff->place != place)
            continue;
        any = true;
        add_way(model, (ab_ration_way){.from_hub = tariff->hub,
                                       .to_hub = -1,
                                       .place = place,
                                       .because = {AB_TABLE_tariffs, i},
                                       .usd_per_kg = tariff->usd_per_kg,
                                       .most_kg = isnan(tariff->most_kg_per_day)
                                                      ? INFINITY
                                                      : tariff->most_kg_per_day * model->days});
    }
    return any;
}

static void add_distances(ab_ration_model *model, int32_t place)
{
    const ab_operation *op = model->op;
    const ab_place *to = &op->places.at[place];
    for (int32_t h = 0; h < op->hubs.count; h++) {
        double line_m = ab__geodesic_m(op->hubs.at[h].lon_deg, op->hubs.at[h].lat_deg, to->lon_deg, to->lat_deg);
        add_way(model, (ab_ration_way){.from_hub = h,
                                       .to_hub = -1,
                                       .place = place,
                                       .because = {-1, -1},
                                       .usd_per_kg = assumed_usd_per_kg(op, line_m, true),
                                       .most_kg = INFINITY});
    }
}

void ab__ration_ways(ab_ration_model *model)
{
    for (int32_t l = 0; l < model->op->links.count; l++)
        add_link(model, l);
    for (int32_t p = 0; p < model->op->places.count; p++)
        if (model->op->places.at[p].population > 0 && !add_tariffs(model, p))
            add_distances(model, p);
}
