/* The price of changes. People have been told of the plan before: a vehicle more or less than it had, on a departure, counts
 * change_person_days. The price guides the choice of trips; it is in no bound and no reported figure. Departures of
 * the frozen span cannot be more than they were, unless a person's commitment says so. */
#include <math.h>

#include "base/arena.h"
#include "plan/model.h"

/* A vehicle's load put back or taken off wholly counts this part of the vehicle: a kept trip keeps its load where nothing
 * speaks against it. Assumed. */
static const double LOAD_FRAC = 0.01;
/* What counts as a vehicle's load between hubs, where vehicles have no class. Assumed. */
static const double MOVE_T = 10;
/* Lengths of ways that differ by less are those of one way. */
static const double SAME_WAY_M = 1;

typedef struct changes {
    ab_model *model;
    double price;           /* of a vehicle, hunger per person */
    int32_t *first;         /* [periods + 1] previous trips of period t: [first[t], first[t + 1]) */
    int32_t *full_row;      /* [previous trips] what a kept vehicle must carry, at the first trip of its key; -1: none yet */
    int32_t *kept_row;      /* [previous trips] sum of vehicles kept, at the first trip of its key; -1: none yet */
    double *vehicles;       /* [previous trips] of all trips of the key, at its first */
} changes;

static bool is_same(const ab_previous_trip *a, const ab_previous_trip *b)
{
    return a->depart == b->depart && a->means == b->means && a->vehicle == b->vehicle && a->hub == b->hub &&
           a->place == b->place && a->dropzone == b->dropzone && a->dropsystem == b->dropsystem;
}

static ab_previous_trip as_trip(const ab_model *model, int32_t offer)
{
    const ab_trip_kind *kind = ab__kind_of(model, offer);
    return (ab_previous_trip){.means = kind->means, .vehicle = kind->vehicle, .hub = kind->hub, .place = kind->place,
                              .dropzone = kind->dropzone, .dropsystem = kind->dropsystem,
                              .depart = model->trips->offer[offer].depart};
}

/* The first trip of the plan before that is of this kind and period; -1: it had none. */
static int32_t find(const changes *c, const ab_previous_trip *of)
{
    for (int32_t i = c->first[of->depart]; i < c->first[of->depart + 1]; i++)
        if (is_same(&c->model->previous->trip[i], of))
            return i;
    return -1;
}

static void index_trips(changes *c)
{
    const ab_previous *before = c->model->previous;
    for (int32_t t = 0, i = 0; t <= c->model->periods; t++) {
        c->first[t] = i;
        while (i < before->trip_count && before->trip[i].depart <= t)
            i++;
    }
    for (int32_t i = 0; i < before->trip_count; i++)
        c->vehicles[find(c, &before->trip[i])] += before->trip[i].vehicles;
}

/* `col` and those that join its row keep up to `most` of what was: each unit of it saves `price`. */
static int32_t add_kept(ab_model *model, double most, double price)
{
    int32_t row = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    int32_t kept = ab__model_col(model, 0, most, 0, 0);
    ab__model_at(model, row, kept, 1);
    if (!model->failed) {
        model->change.at[kept] = -price;
        ab__lp_waits(model->lp, row); /* until changes have their price, nobody asks what is kept */
    }
    return row;
}

/* An empty vehicle keeps nothing: one that is kept has at least half of what its like had. */
static const double LEAST_KEPT_FRAC = 0.5;

static double mass_of_key_t(const changes *c, int32_t trip)
{
    const ab_previous *before = c->model->previous;
    double kg = 0;
    for (int32_t i = trip; i < before->trip_count && before->trip[i].depart == before->trip[trip].depart; i++)
        for (int32_t j = 0; is_same(&before->trip[i], &before->trip[trip]) && j < before->trip[i].load_count; j++)
            kg += before->load[before->trip[i].first_load + j].mass_kg;
    return kg / 1000;
}

/* least x vehicles kept - loads <= 0; the kept are the column that was made last. */
static void ask_for_loads(changes *c, int32_t trip)
{
    ab_model *model = c->model;
    double least_t = LEAST_KEPT_FRAC * mass_of_key_t(c, trip) / c->vehicles[trip];
    c->full_row[trip] = ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_NONE, (ab_ref){-1, -1}, -1);
    ab__model_at(model, c->full_row[trip], ab__lp_cols(model->lp) - 1, least_t);
    if (!model->failed)
        ab__lp_waits(model->lp, c->full_row[trip]);
}

/* |n - before| = n + before - 2 min(n, before): n pays, what is kept of `before` is paid back twice. */
static void price_vehicles(changes *c, int32_t offer, int32_t trip)
{
    ab_model *model = c->model;
    int32_t col = model->offer[offer].vehicles;
    model->change.at[col] += c->price;
    if (trip < 0)
        return;
    if (c->kept_row[trip] < 0) {
        c->kept_row[trip] = add_kept(model, c->vehicles[trip], 2 * c->price);
        ask_for_loads(c, trip);
    }
    ab__model_at(model, c->kept_row[trip], col, -1);
    for (int32_t i = 0; i < model->offer[offer].load_count && !model->failed; i++)
        ab__model_at(model, c->full_row[trip], model->load.at[model->offer[offer].first_load + i].col, -1);
}

static bool is_of_key(const changes *c, int32_t trip, int32_t of)
{
    return is_same(&c->model->previous->trip[trip], &c->model->previous->trip[of]);
}

/* Is trip i of the key of `trip` and of the way of this length? NaN: of any. */
static bool is_of_way(const changes *c, int32_t i, int32_t trip, double distance_m)
{
    return is_of_key(c, i, trip) && !(fabs(c->model->previous->trip[i].distance_m - distance_m) > SAME_WAY_M);
}

/* Tonnes of the commodity on all trips of the key and way. */
static double carried_t(const changes *c, int32_t trip, int32_t commodity, double distance_m)
{
    const ab_previous *before = c->model->previous;
    double kg = 0;
    for (int32_t i = trip; i < before->trip_count && before->trip[i].depart == before->trip[trip].depart; i++)
        for (int32_t j = 0; is_of_way(c, i, trip, distance_m) && j < before->trip[i].load_count; j++)
            if (before->load[before->trip[i].first_load + j].commodity == commodity)
                kg += before->load[before->trip[i].first_load + j].mass_kg;
    return kg / 1000;
}

/* Vehicles of the key that went by the way. */
static double went(const changes *c, int32_t trip, double distance_m)
{
    const ab_previous *before = c->model->previous;
    double vehicles = 0;
    for (int32_t i = trip; trip >= 0 && i < before->trip_count && before->trip[i].depart == before->trip[trip].depart; i++)
        if (is_of_way(c, i, trip, distance_m))
            vehicles += before->trip[i].vehicles;
    return vehicles;
}

/* `was_t` of a load or move: what is kept of it is free. */
static void price_goods(ab_model *model, int32_t col, double was_t, double price)
{
    ab__model_at(model, add_kept(model, was_t, price), col, -1);
    model->change_constant += price * was_t;
}

static void price_loads(changes *c, int32_t offer, int32_t trip)
{
    ab_model *model = c->model;
    const ab_offer_cols *cols = &model->offer[offer];
    double price = LOAD_FRAC * c->price / (ab__kind_of(model, offer)->payload_kg / 1000);
    for (int32_t i = 0; i < cols->load_count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        double was_t = carried_t(c, trip, load->commodity, ab__kind_of(model, offer)->distance_m);
        model->load_before_t[cols->first_load + i] = was_t;
        if (was_t > 0)
            price_goods(model, load->col, was_t, price);
    }
}

/* Does a commitment of a person name the place and the day of this departure? Then that decides on it. */
static bool is_decided(const ab_model *model, int32_t offer)
{
    for (int32_t k = 0; k < model->previous->own_commitments; k++)
        if (model->op->commitments.at[k].place >= 0 && model->op->commitments.at[k].date != AB_TIME_NONE &&
            ab__commitment_matches(model, k, offer))
            return true;
    return false;
}

static bool is_frozen(const ab_model *model, int32_t t)
{
    return model->op->frozen_until != 0 && ab_period_start(model->op, t) < model->op->frozen_until;
}

/* Nothing goes on the offer that was not on it. */
static void hold_goods(const changes *c, int32_t offer, int32_t trip)
{
    ab_model *model = c->model;
    const ab_offer_cols *cols = &model->offer[offer];
    int32_t row = -1;
    for (int32_t i = 0; i < cols->load_count && !model->failed; i++) {
        const ab_load_col *load = &model->load.at[cols->first_load + i];
        if (carried_t(c, trip, load->commodity, NAN) > 0)
            continue;
        row = row >= 0 ? row : ab__model_row(model, -AB_LP_INFINITY, 0, AB_REASON_FROZEN, (ab_ref){-1, -1}, -1);
        ab__model_at(model, row, load->col, 1);
    }
}

/* Commitments hold what a class carries on a day from a hub to a place; this holds each means, zone and hour of it. */
static void hold_frozen(const changes *c, int32_t offer, int32_t trip)
{
    ab_model *model = c->model;
    ab_offer_cols *cols = &model->offer[offer];
    if (!is_frozen(model, model->trips->offer[offer].depart) || is_decided(model, offer))
        return;
    cols->most = fmin(cols->most, trip < 0 ? 0 : c->vehicles[trip]);
    if (trip >= 0)
        hold_goods(c, offer, trip);
}

static void add_offer(changes *c, int32_t offer)
{
    ab_previous_trip of = as_trip(c->model, offer);
    int32_t trip = find(c, &of);
    c->model->before[offer] = went(c, trip, ab__kind_of(c->model, offer)->distance_m);
    hold_frozen(c, offer, trip);
    if (!(c->price > 0))
        return;
    price_vehicles(c, offer, trip);
    if (trip >= 0)
        price_loads(c, offer, trip);
}

/* Between hubs: no more of a good than before while it is frozen, and a little for what is not moved as before. */
static void add_move(changes *c, int32_t i_move)
{
    ab_model *model = c->model;
    const ab_move_col *move = &model->move.at[i_move];
    const ab_transfer *transfer = &model->trips->transfer[move->transfer];
    double was_t = 0;
    for (int32_t i = 0; i < model->previous->move_count; i++) {
        const ab_previous_move *m = &model->previous->move[i];
        if (m->link == transfer->link && m->depart == transfer->depart && m->commodity == move->commodity)
            was_t += m->mass_kg / 1000;
    }
    model->move_before_t[i_move] = was_t;
    if (is_frozen(model, transfer->depart))
        ab__lp_col_bounds(model->lp, move->col, 0, was_t);
    if (was_t > 0 && c->price > 0)
        price_goods(model, move->col, was_t, LOAD_FRAC * c->price / MOVE_T);
}

void ab__rows_change(ab_model *model)
{
    if (!model->previous)
        return;
    int32_t count = model->previous->trip_count;
    double person_days = model->op->settings->change_person_days;
    changes c = {model, model->people > 0 && person_days > 0 ? person_days / model->people : 0,
                 AB_NEW(model->arena, int32_t, model->periods + 1), ab__model_slots(model, count), ab__model_slots(model, count),
                 AB_NEW(model->arena, double, count)};
    model->before = AB_NEW(model->arena, double, model->trips->offer_count);
    model->load_before_t = AB_NEW(model->arena, double, model->load.count);
    model->move_before_t = AB_NEW(model->arena, double, model->move.count);
    bool fine = c.first && c.vehicles && model->before && model->load_before_t && model->move_before_t;
    if (!fine || model->failed) {
        model->failed = true;
        return;
    }
    model->change_price = c.price;
    index_trips(&c);
    for (int32_t i = 0; i < count; i++)
        model->change_constant += c.price * model->previous->trip[i].vehicles;
    for (int32_t o = 0; o < model->trips->offer_count && !model->failed; o++)
        if (model->offer[o].vehicles >= 0)
            add_offer(&c, o);
    for (int32_t i = 0; i < model->move.count && !model->failed; i++)
        add_move(&c, i);
}
