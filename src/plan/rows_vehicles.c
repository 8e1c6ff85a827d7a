/* Vehicles: hours of work, sorties made in fact, convoys, aircraft on the ground, parachutes. */
#include "base/arena.h"
#include "plan/model.h"

#include <math.h>

enum { WEEK = 7 };

static bool in_model(const ab_model *model, int32_t offer)
{
    return model->offer[offer].vehicles >= 0;
}

/* A trip takes its hours from the period in which it departs, as many as a vehicle works in it, and what
 * is left of its cycle from the periods after. */
static void add_hours_of_offer(ab_model *model, int32_t offer, int32_t *slot)
{
    const ab_offer *o = &model->trips->offer[offer];
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    const ab_vehicle *vehicle = &model->op->vehicles.at[kind->vehicle];
    double rest_s = kind->cycle_s;
    for (int32_t t = o->depart; t < model->periods && rest_s > 0 && !model->failed; t++) {
        double work_s = vehicle->duty_s_per_day * model->days[t];
        double share_s = fmin(rest_s, work_s);
        double busy_h = model->moved.busy_h[(int64_t)kind->vehicle * model->periods + t];
        int32_t row = ab__model_limit(model, &slot[(int64_t)kind->vehicle * model->periods + t],
                                      fmax(0, (double)vehicle->count * work_s / 3600 - busy_h), AB_REASON_VEHICLES_BUSY,
                                      (ab_ref){AB_TABLE_vehicles, kind->vehicle}, t);
        if (share_s > 0)
            ab__model_at(model, row, model->offer[offer].vehicles, share_s / 3600);
        rest_s -= share_s;
    }
}

static void add_hours(ab_model *model)
{
    int32_t *slot = ab__model_slots(model, (int64_t)model->op->vehicles.count * model->periods);
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++)
        if (in_model(model, o))
            add_hours_of_offer(model, o, slot);
}

/* A running total: total(b) = total(b-1) + what is used in block b <= most[b]. Fills used[b] with the
 * rows into which uses go with coefficient -1. */
static void add_running_total(ab_model *model, int32_t *used, const double *most, ab_reason reason, ab_ref because)
{
    int32_t before = -1;
    for (int32_t b = 0; b < model->blocks && !model->failed; b++) {
        used[b] = ab__model_row(model, 0, 0, reason, because, -1);
        int32_t total = ab__model_col(model, 0, most[b], 0, 0);
        ab_running *running = AB_PUSH(&model->running);
        if (running)
            *running = (ab_running){used[b], b, model->blocks - 1 - b, most[b]};
        else
            model->failed = true;
        ab__model_at(model, used[b], total, 1);
        if (before >= 0)
            ab__model_at(model, used[b], before, -1);
        before = total;
    }
}

/* Sorties in fact: no more than their number since the start, or since now where some of it is past, begun ones counted whole (the first may go
 * on the first day), and in one block and in any seven no more than their share rounded up: crews and
 * aircraft that stood idle do not fly it all in one day, or every day of one week. */
static void add_sorties_of_class(ab_model *model, int32_t v, int32_t *in_block, int32_t *since_start, double *most)
{
    const ab_vehicle *vehicle = &model->op->vehicles.at[v];
    double per_day = (double)vehicle->count * vehicle->sorties_per_day, days = 0;
    bool whole = true;
    int32_t first = ab_first_departure(model->op);
    ab_ref because = {AB_TABLE_vehicles, v};
    for (int32_t b = 0, t = 0; b < model->blocks; b++) {
        double block_days = model->block_days[t];
        for (; t < model->periods && model->block[t] == b; t++)
            days += t >= first ? model->days[t] : 0;
        whole = whole && fabs(per_day * block_days - round(per_day * block_days)) < 1e-9;
        most[b] = ceil(per_day * days - 1e-9);
        in_block[b] = ab__model_row(model, -AB_LP_INFINITY, ceil(per_day * block_days - 1e-9),
                                    AB_REASON_VEHICLES_BUSY, because, t - 1);
        since_start[b] = -1;
    }
    if (!whole)
        add_running_total(model, since_start, most, AB_REASON_VEHICLES_BUSY, because);
}

/* Any seven blocks in a row; made only where a block's share is not a whole number. */
static void add_to_weeks(ab_model *model, int32_t v, int32_t offer, int32_t *week)
{
    const ab_vehicle *vehicle = &model->op->vehicles.at[v];
    int32_t t = model->trips->offer[offer].depart, b = model->block[t];
    double most = ceil((double)vehicle->count * vehicle->sorties_per_day * WEEK * model->block_days[t] - 1e-9);
    for (int32_t end = b; end < b + WEEK && end < model->blocks && !model->failed; end++) {
        int32_t row = ab__model_limit(model, &week[end], most, AB_REASON_VEHICLES_BUSY,
                                      (ab_ref){AB_TABLE_vehicles, v}, t);
        ab__model_at(model, row, model->offer[offer].vehicles, 1);
    }
}

static void add_sorties(ab_model *model)
{
    int32_t *in_block = ab__model_slots(model, model->blocks);
    int32_t *since_start = ab__model_slots(model, model->blocks);
    int32_t *week = ab__model_slots(model, (int64_t)model->blocks * model->op->vehicles.count);
    double *most = AB_NEW(model->arena, double, model->blocks);
    if (!in_block || !since_start || !week || !most) {
        model->failed = true;
        return;
    }
    for (int32_t v = 0; v < model->op->vehicles.count && !model->failed; v++) {
        if (isnan(model->op->vehicles.at[v].sorties_per_day))
            continue;
        add_sorties_of_class(model, v, in_block, since_start, most);
        for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++) {
            if (!in_model(model, o) || ab__kind_of(model, o)->vehicle != v)
                continue;
            int32_t b = model->block[model->trips->offer[o].depart];
            ab__model_at(model, in_block[b], model->offer[o].vehicles, 1);
            if (since_start[b] < 0)
                continue;
            ab__model_at(model, since_start[b], model->offer[o].vehicles, -1);
            add_to_weeks(model, v, o, &week[(int64_t)v * model->blocks]);
        }
    }
}

/* One convoy a class, place and day. */
static void add_convoys(ab_model *model)
{
    int32_t *slot = ab__model_slots(model, (int64_t)model->op->vehicles.count * model->places * model->blocks);
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++) {
        const ab_trip_kind *kind = ab__kind_of(model, o);
        const ab_vehicle *vehicle = &model->op->vehicles.at[kind->vehicle];
        if (!in_model(model, o) || vehicle->convoy_max < 0)
            continue;
        int32_t t = model->trips->offer[o].depart;
        int64_t cell = ((int64_t)kind->vehicle * model->places + kind->place) * model->blocks + model->block[t];
        int32_t row = ab__model_limit(model, &slot[cell],
                                      (double)vehicle->convoy_max * floor(model->block_days[t] + 1e-9),
                                      AB_REASON_CONVOYS, (ab_ref){AB_TABLE_vehicles, kind->vehicle}, t);
        ab__model_at(model, row, model->offer[o].vehicles, 1);
    }
}

/* The row over the hours for which aircraft may stand on the ground somewhere in a period. */
static int32_t parking_row(ab_model *model, int32_t *slot, int64_t parking, double open_s, ab_ref where, int32_t t)
{
    return ab__model_limit(model, &slot[(int64_t)where.row * model->periods + t],
                           (double)parking * open_s * model->days[t] / 3600, AB_REASON_HANDLING, where, t);
}

/* Aircraft stand at the hub for their turnround, in its open hours, and as long where they land. */
static void add_parking(ab_model *model)
{
    int32_t *at_hub = ab__model_slots(model, (int64_t)model->hubs * model->periods);
    int32_t *at_place = ab__model_slots(model, (int64_t)model->places * model->periods);
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++) {
        const ab_trip_kind *kind = ab__kind_of(model, o);
        const ab_offer *offer = &model->trips->offer[o];
        const ab_hub *hub = &model->op->hubs.at[kind->hub];
        int64_t stands = model->op->places.at[kind->place].parking;
        double turnround_s = model->op->vehicles.at[kind->vehicle].turnround_s;
        if (!in_model(model, o) || kind->means == AB_MEANS_ROAD || !(turnround_s > 0))
            continue;
        if (hub->parking >= 0) {
            double open_s = hub->closes_s > hub->opens_s && hub->opens_s >= 0 ? hub->closes_s - hub->opens_s : 86400;
            int32_t row = parking_row(model, at_hub, hub->parking, open_s, (ab_ref){AB_TABLE_hubs, kind->hub},
                                      offer->depart);
            ab__model_at(model, row, model->offer[o].vehicles, turnround_s / 3600);
        }
        if (stands >= 0 && kind->means != AB_MEANS_AIRDROP) {
            int32_t row = parking_row(model, at_place, stands, 86400, (ab_ref){AB_TABLE_places, kind->place},
                                      offer->arrive);
            ab__model_at(model, row, model->offer[o].vehicles, turnround_s / 3600);
        }
    }
}

static void add_canopies_of_system(ab_model *model, int32_t system, int32_t *rigged, double *most)
{
    const ab_dropsystem *drop = &model->op->dropsystems.at[system];
    ab_ref because = {AB_TABLE_dropsystems, system};
    int32_t stock = -1, first = ab_first_departure(model->op);
    double days = 0;
    for (int32_t b = 0, t = 0; b < model->blocks; b++) {
        for (; t < model->periods && model->block[t] == b; t++)
            days += t >= first ? model->days[t] : 0;
        most[b] = floor((double)drop->rigged_per_day * days + 1e-9);
    }
    if (drop->rigged_per_day >= 0)
        add_running_total(model, rigged, most, AB_REASON_CANOPIES, because);
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++) {
        int32_t col = model->offer[o].drops;
        if (col < 0 || ab__kind_of(model, o)->dropsystem != system)
            continue;
        if (drop->rigged_per_day >= 0)
            ab__model_at(model, rigged[model->block[model->trips->offer[o].depart]], col, -1);
        if (drop->canopies_in_stock >= 0)
            ab__model_at(model, ab__model_limit(model, &stock, (double)drop->canopies_in_stock, AB_REASON_CANOPIES,
                                                because, -1), col, 1);
    }
}

static void add_canopies(ab_model *model)
{
    int32_t *rigged = ab__model_slots(model, model->blocks);
    double *most = AB_NEW(model->arena, double, model->blocks);
    if (!rigged || !most) {
        model->failed = true;
        return;
    }
    for (int32_t s = 0; s < model->op->dropsystems.count && !model->failed; s++)
        add_canopies_of_system(model, s, rigged, most);
}

void ab__rows_vehicles(ab_model *model)
{
    add_hours(model);
    if (!model->failed)
        add_sorties(model);
    if (!model->failed)
        add_convoys(model);
    if (!model->failed)
        add_parking(model);
    if (!model->failed)
        add_canopies(model);
}
