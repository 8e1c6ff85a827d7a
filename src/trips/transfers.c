#include <math.h>

#include "base/arena.h"
#include "trips/build.h"

/* One way; from the hubs' positions where the row does not give it. */
static double length_m(const ab__trip_lists *lists, const ab_link *link)
{
    const ab_operation *op = lists->op;
    size_t pair = (size_t)link->from_hub * (size_t)op->hubs.count + (size_t)link->to_hub;
    double line_m = lists->routes->hub_air_m[pair];
    if (!isnan(link->distance_m)) {
        return link->distance_m;
    }
    return link->mode == AB_MODE_ROAD ? line_m * op->settings->road_factor : line_m;
}

/* Time under way, handling and customs. Length and speed where the row does not give the time. */
static double transfer_s(const ab__trip_lists *lists, const ab_link *link)
{
    double way_s = !isnan(link->duration_s)
                       ? link->duration_s
                       : length_m(lists, link) / lists->op->settings->road_speed_mps;
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

/* ---- Dead ends ---- */

/* Hubs from which goods can go on: some kind of trip starts there, or a link leads to such a hub. */
static void mark_useful(const ab__trip_lists *lists, bool *useful)
{
    const ab_operation *op = lists->op;
    for (int32_t k = 0; k < lists->kinds.count; k++) {
        useful[lists->kinds.at[k].hub] = true;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (int32_t row = 0; row < op->links.count; row++) {
            const ab_link *link = &op->links.at[row];
            if (useful[link->to_hub] && !useful[link->from_hub]) {
                useful[link->from_hub] = changed = true;
            }
        }
    }
}

/* ---- One link ---- */

/* The first period that begins when it has arrived, and never the one it left in. -1: it cannot leave in t,
 * or its mandate ends before it arrives. */
static int32_t usable_in(const ab_operation *op, const ab_link *link, ab_time duration_s, int32_t t)
{
    ab_time depart = ab__hub_opens(op, link->from_hub, t);
    if (depart == AB_TIME_NONE ||
        (link->mandate_until != AB_TIME_NONE && depart + duration_s > link->mandate_until)) {
        return -1;
    }
    int32_t in = ab_period_of(op, depart + duration_s);
    if (in < op->period_count && (in == t || ab_period_start(op, in) < depart + duration_s)) {
        in++;
    }
    return in;
}

static bool add_link(ab__trip_lists *lists, int32_t row)
{
    const ab_operation *op = lists->op;
    ab_time duration_s = (ab_time)ceil(transfer_s(lists, &op->links.at[row]));
    double usd_per_kg = !isnan(op->links.at[row].usd_per_kg)
                            ? op->links.at[row].usd_per_kg
                            : length_m(lists, &op->links.at[row]) * op->settings->link_usd_per_kg_m;
    for (int32_t t = ab_first_departure(op); t < op->period_count; t++) {
        int32_t arrive = usable_in(op, &op->links.at[row], duration_s, t);
        double pass = pass_prob(lists, row, t);
        if (arrive < 0 || arrive >= op->period_count || pass < op->settings->least_arrival_prob) {
            continue;
        }
        ab_transfer *transfer = AB_PUSH(&lists->transfers);
        if (transfer == NULL) {
            return false;
        }
        *transfer = (ab_transfer){row, t, arrive, pass, usd_per_kg};
    }
    return true;
}

bool ab__trips_add_transfers(ab__trip_lists *lists)
{
    const ab_operation *op = lists->op;
    ab_arena *scratch = ab__arena_new();
    bool *useful = scratch != NULL ? AB_NEW(scratch, bool, op->hubs.count) : NULL;
    bool fine = useful != NULL;
    if (fine) {
        mark_useful(lists, useful);
    }
    for (int32_t row = 0; fine && row < op->links.count; row++) {
        fine = !useful[op->links.at[row].to_hub] || add_link(lists, row);
    }
    ab__arena_free(scratch);
    return fine;
}
