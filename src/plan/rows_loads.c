/* Vehicles and what they carry: as much as mass, volume and drop containers allow; it comes from the
 * hub's stock and arrives, as far as it is expected to, in the place's. */
#include "base/arena.h"
#include "plan/hunger.h"
#include "plan/model.h"

#include <math.h>

double ab__m3_per_t(const ab_model *model, int32_t commodity)
{
    const ab_commodity *c = &model->op->commodities.at[commodity];
    return 1000 * c->package_m3 / c->package_kg;
}

/* Can this load do anything? It must be there to be sent, and meet a need or be asked for by name. */
static bool load_is_useful(const ab_model *model, int32_t offer, int32_t commodity)
{
    const ab_offer *o = &model->trips->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    if (!(o->commodities >> commodity & 1) || !(kind->payload_kg > 0))
        return false;
    if (model->stock_from[kind->hub * model->commodities + commodity] > o->depart)
        return false;
    int32_t group = model->need->commodity_group[commodity];
    bool feeds = group >= 0 && model->need->commodity_per_kg[commodity] > 0 &&
                 ab__hunger_counts(model->op, model->need, kind->place, group);
    return feeds || ab__commitment_names(model, commodity);
}

/* Days of the place's need that a tonne loaded is expected to bring. */
static double days_per_t(const ab_model *model, int32_t offer, int32_t commodity, int32_t group)
{
    return model->trips->offer[offer].arrival.mean * 1000 * model->need->commodity_per_kg[commodity] /
           ab__hunger_per_day(model->need, ab__kind_of(model, offer)->place, group);
}

static void add_load(ab_model *model, int32_t offer, int32_t commodity)
{
    const ab_offer *o = &model->trips->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    ab_load_col *load = AB_PUSH(&model->load);
    if (!load) {
        model->failed = true;
        return;
    }
    *load = (ab_load_col){offer, commodity, -1};
    /* What does not arrive is bought again: of two ways that feed alike the surer is the cheaper. */
    load->col = ab__model_col(model, 0, AB_LP_INFINITY, 0,
                              1000 * model->op->commodities.at[commodity].usd_per_kg * (2 - o->arrival.mean));
    ab__model_spends(model, load->col, 1000 * model->op->commodities.at[commodity].usd_per_kg);
    int64_t hub_cell = (int64_t)(kind->hub * model->commodities + commodity) * model->periods;
    ab__model_at(model, model->stock_row[hub_cell + o->depart], load->col, 1);
    int32_t group = model->need->commodity_group[commodity];
    if (group < 0 || !ab__hunger_counts(model->op, model->need, kind->place, group))
        return;
    int64_t place_cell = ((int64_t)kind->place * model->groups + group) * model->periods;
    ab__model_at(model, model->place_row[place_cell + o->arrive], load->col,
                 -days_per_t(model, offer, commodity, group));
    for (int n = 0; n < AB_NUTRIENTS; n++) {
        int32_t row = model->nutrient_row[((int64_t)kind->place * AB_NUTRIENTS + n) * model->periods + o->arrive];
        double days = row < 0 ? 0 : ab__hunger_nutrient_days_per_kg(model->need, kind->place, (ab_nutrient)n, commodity);
        if (days > 0)
            ab__model_at(model, row, load->col, -o->arrival.mean * 1000 * days);
    }
}

/* Most vehicles of an offer: each may depart once, or as often as its cycle fits in the hours in which
 * it may depart. */
static double most_vehicles(const ab_model *model, int32_t offer)
{
    const ab_offer *o = &model->trips->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    const ab_vehicle *vehicle = &model->op->vehicles.at[kind->vehicle];
    double hours_s = vehicle->duty_s_per_day * model->days[o->depart] * o->work_frac;
    if (!(hours_s > 0) || vehicle->count <= 0)
        return 0;
    double departures = kind->cycle_s > 0 ? fmax(1, hours_s / kind->cycle_s) : 1;
    return floor((double)vehicle->count * departures + 1e-9);
}

static double heaviest_volume_m3(const ab_model *model, const ab_offer_cols *cols, double payload_kg)
{
    double most = 0;
    for (int32_t i = 0; i < cols->load_count; i++)
        most = fmax(most, ab__m3_per_t(model, model->load.at[cols->first_load + i].commodity) * payload_kg / 1000);
    return most;
}

/* Sum over the loads of `per_t` times the load <= `most` of `carrier`. */
static int32_t add_capacity(ab_model *model, const ab_offer_cols *cols, int32_t carrier, double most)
{
    int32_t row = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    ab__model_at(model, row, carrier, -most);
    for (int32_t i = 0; i < cols->load_count; i++)
        ab__model_at(model, row, model->load.at[cols->first_load + i].col, 1);
    return row;
}

static void add_volume(ab_model *model, const ab_offer_cols *cols, double payload_m3)
{
    int32_t row = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    ab__model_waits(model, row);
    ab__model_at(model, row, cols->vehicles, -payload_m3);
    for (int32_t i = 0; i < cols->load_count; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        ab__model_at(model, row, load->col, ab__m3_per_t(model, load->commodity));
    }
}

double ab__pallets_per_t(const ab_model *model, int32_t commodity)
{
    const ab_commodity *c = &model->op->commodities.at[commodity];
    return isnan(c->packages_per_pallet) ? 0 : 1000 / (c->package_kg * c->packages_per_pallet);
}

static void add_pallets(ab_model *model, const ab_offer_cols *cols, double pallets)
{
    int32_t row = -1;
    for (int32_t i = 0; i < cols->load_count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        double per_t = ab__pallets_per_t(model, load->commodity);
        if (!(per_t > 0))
            continue;
        if (row < 0) {
            row = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
            ab__model_waits(model, row);
            ab__model_at(model, row, cols->vehicles, -pallets);
        }
        ab__model_at(model, row, load->col, per_t);
    }
}

static void add_drops(ab_model *model, ab_offer_cols *cols, const ab_trip_kind *kind)
{
    cols->drops = ab__model_col(model, 0, AB_LP_INFINITY, 0, kind->usd_per_load);
    ab__model_spends(model, cols->drops, kind->usd_per_load);
    ab__model_whole(model, cols->drops);
    ab__model_defines(model, add_capacity(model, cols, cols->drops, kind->load_kg / 1000), cols->drops);
    int32_t row = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    ab__model_at(model, row, cols->drops, 1);
    ab__model_at(model, row, cols->vehicles, -kind->loads);
    ab__model_defines(model, row, cols->vehicles);
}

/* A little for going at all, so that what costs nothing is not done for nothing, and more on ways that are
 * less sure, by what is put at risk, so that of two that feed alike the surer is taken. Not reported as a
 * cost. */
static double trouble_usd(const ab_model *model, int32_t offer)
{
    return 1 + 20 * ab__kind_of(model, offer)->payload_kg / 1000 * (1 - model->trips->offer[offer].arrival.mean);
}

static void add_offer(ab_model *model, int32_t offer)
{
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    ab_offer_cols *cols = &model->offer[offer];
    cols->first_load = model->load.count;
    for (int32_t c = 0; c < model->commodities && !model->failed; c++)
        if (load_is_useful(model, offer, c))
            add_load(model, offer, c);
    cols->load_count = model->load.count - cols->first_load;
    /* A vehicle that may carry nothing can still be promised. */
    cols->most = most_vehicles(model, offer);
    cols->vehicles = ab__model_col(model, 0, cols->most, 0, kind->usd + trouble_usd(model, offer));
    ab__model_spends(model, cols->vehicles, kind->usd);
    ab__model_whole(model, cols->vehicles);
    if (model->failed || cols->load_count == 0)
        return;
    cols->first_row = ab__lp_rows(model->lp);
    if (!(kind->loads > 0))
        ab__model_defines(model, add_capacity(model, cols, cols->vehicles, kind->payload_kg / 1000), cols->vehicles);
    if (isfinite(kind->payload_m3) && heaviest_volume_m3(model, cols, kind->payload_kg) > kind->payload_m3)
        add_volume(model, cols, kind->payload_m3);
    if (kind->loads > 0)
        add_drops(model, cols, kind);
    else if (model->op->vehicles.at[kind->vehicle].pallets > 0)
        add_pallets(model, cols, (double)model->op->vehicles.at[kind->vehicle].pallets);
    cols->row_count = ab__lp_rows(model->lp) - cols->first_row;
}

void ab__rows_loads(ab_model *model)
{
    const char *worth = ab__offers_worth(model);
    model->offer = AB_NEW(model->arena, ab_offer_cols, model->trips->offer_count);
    if (!worth || !model->offer) {
        model->failed = true;
        return;
    }
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++) {
        model->offer[o] = (ab_offer_cols){.vehicles = -1, .drops = -1, .first_load = model->load.count};
        if (worth[o])
            add_offer(model, o);
    }
}
