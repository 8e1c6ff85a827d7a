#include <math.h>

#include "trips/build.h"

/* Time under way, handling and customs. Length and speed where the row does not give the time. */
static double transfer_s(const ab__trip_lists *lists, const ab_link *link)
{
    const ab_operation *op = lists->op;
    double way_s = link->duration_s;
    if (isnan(way_s)) {
        bool by_road = link->mode == AB_MODE_ROAD;
        size_t pair = (size_t)link->from_hub * (size_t)op->hubs.count + (size_t)link->to_hub;
        double line_m = lists->routes->hub_air_m[pair];
        double length_m = !isnan(link->distance_m) ? link->distance_m
                          : by_road                ? line_m * op->settings->road_factor
                                                   : line_m;
        way_s = length_m / op->settings->road_speed_mps;
    }
    double handling_s = isnan(link->crossload_s) ? 0 : link->crossload_s;
    return way_s + handling_s + (isnan(link->customs_s) ? 0 : link->customs_s);
}

static ab_means means_of(const ab_link *link)
{
    return link->mode == AB_MODE_ROAD         ? AB_MEANS_ROAD
           : link->mode == AB_MODE_HELICOPTER ? AB_MEANS_HELICOPTER
                                              : AB_MEANS_AIRLIFT;
}

static double pass_prob(const ab__trip_lists *lists, int32_t row, int32_t t)
{
    const ab_link *link = &lists->op->links.at[row];
    ab_means means = means_of(link);
    return ab_access_way(lists->access, AB_TABLE_links, row, t)->pass.mean *
           ab_access_hub(lists->access, link->from_hub, means, t)->pass.mean *
           ab_access_hub(lists->access, link->to_hub, means, t)->pass.mean;
}

bool ab__trips_add_transfers(ab__trip_lists *lists)
{
    const ab_operation *op = lists->op;
    for (int32_t row = 0; row < op->links.count; row++) {
        const ab_link *link = &op->links.at[row];
        ab_time duration_s = (ab_time)ceil(transfer_s(lists, link));
        for (int32_t t = 0; t < op->period_count; t++) {
            ab_time depart = ab_period_start(op, t);
            bool lapsed = link->mandate_until != AB_TIME_NONE && depart >= link->mandate_until;
            int32_t arrive = ab_period_of(op, depart + duration_s);
            double pass = pass_prob(lists, row, t);
            if (lapsed || arrive >= op->period_count || pass < op->settings->least_arrival_prob) {
                continue;
            }
            ab_transfer *transfer = AB_PUSH(&lists->transfers);
            if (transfer == NULL) {
                return false;
            }
            *transfer = (ab_transfer){row, t, arrive, pass, 0};
        }
    }
    return true;
}
