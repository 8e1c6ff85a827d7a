/* A plan lived through world by world. docs/models/worlds.md, "A plan judged" */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/worlds.h"
#include "base/arena.h"

/* A trip of the plan, or a transfer. */
typedef struct voyage {
    const ab_chosen *chosen;
    ab_passage passage;
    int32_t transfer;     /* -1: a trip */
    int32_t from, place;  /* hub, and place or hub to which it goes */
    int32_t depart, arrive, back; /* periods; `back`: from which on it can leave again with what it brings back */
    uint64_t commodities; /* bit c: may be carried */
    double received_frac; /* of what passes */
    double room_kg, room_m3; /* beside its load; 0 for a drop, whose canopies are counted */
} voyage;

/* Goods on their way to where they can be loaded again. */
typedef struct coming {
    int32_t hub, place, at; /* place: for which they wait; the number of places: for any */
    int32_t row;            /* of `carried_kg`; what is below 0 will be missing */
} coming;

typedef struct judge {
    ab_arena *arena;
    const ab_worlds *worlds;
    const ab_operation *op;
    const ab_plan *plan;
    const ab_trips *trips;
    const ab_judge_options *options;
    ab_living *living;
    int32_t leg_count, commodities, places;
    voyage *leg;
    double *waiting_kg;   /* [(hub * (places + 1) + place) * commodities + c] that can ride with a later vehicle */
    double *missing_kg;   /* [hub * commodities + c] that the plan counts on and that did not come over a link */
    double *carried_kg;   /* [leg * commodities + c] */
    coming *coming;       /* [legs] */
    int32_t coming_count;
    int64_t fates[3];
} judge;

/* ---- Preparing ---- */

static double m3_of(const ab_operation *op, int32_t commodity, double kg)
{
    const ab_commodity *c = &op->commodities.at[commodity];
    return c->package_kg > 0 ? kg * c->package_m3 / c->package_kg : 0;
}

static void fill_room(const judge *j, const ab_trip_kind *kind, voyage *leg)
{
    leg->room_kg = leg->chosen->vehicles * kind->payload_kg;
    leg->room_m3 = leg->chosen->vehicles * kind->payload_m3;
    for (int32_t i = 0; i < leg->chosen->load_count; i++) {
        const ab_load *load = &j->plan->load[leg->chosen->first_load + i];
        leg->room_kg -= load->mass_kg;
        leg->room_m3 -= m3_of(j->op, load->commodity, load->mass_kg);
    }
    if (kind->dropsystem >= 0) {
        leg->room_kg = 0;
    }
}

/* Back at its hub when the vehicle is, and no sooner after it was there than it took to get there. */
static int32_t back_in(const ab_operation *op, const ab_trip_kind *kind, const ab_offer *offer)
{
    int32_t by_cycle = ab_period_of(op, ab_period_start(op, offer->depart) + (ab_time)ceil(kind->cycle_s));
    int32_t by_way = 2 * offer->arrive - offer->depart;
    return (by_cycle > by_way ? by_cycle : by_way) + 1;
}

static voyage trip_leg(const judge *j, const ab_access *access, const ab_routes *routes, const ab_chosen *chosen)
{
    const ab_offer *offer = &j->trips->offer[chosen->offer];
    const ab_trip_kind *kind = &j->trips->kind[offer->kind];
    voyage leg = {.chosen = chosen, .transfer = -1, .from = kind->hub, .place = kind->place, .depart = offer->depart,
               .arrive = offer->arrive, .back = back_in(j->op, kind, offer), .commodities = offer->commodities};
    leg.passage = (ab_passage){.place = kind->place, .means = kind->means, .hub = kind->hub, .depart = offer->depart};
    if (kind->path >= 0) {
        leg.passage.road_count = routes->path[kind->path].road_count;
        leg.passage.road = routes->path[kind->path].road;
    }
    double pass = ab_access_place(access, kind->place, kind->means, offer->depart)->permit.mean *
                  ab_access_open(access, &leg.passage).mean;
    leg.received_frac = pass > 0 ? fmin(1, offer->arrival.mean / pass) : 0;
    fill_room(j, kind, &leg);
    return leg;
}

static voyage link_leg(const judge *j, const ab_chosen *chosen)
{
    const ab_transfer *transfer = &j->trips->transfer[chosen->transfer];
    const ab_link *link = &j->op->links.at[transfer->link];
    return (voyage){.chosen = chosen, .transfer = chosen->transfer, .from = link->from_hub, .place = link->to_hub,
                 .depart = transfer->depart, .arrive = transfer->arrive, .back = transfer->arrive, .received_frac = transfer->pass};
}

static int leg_order(const void *a, const void *b)
{
    const voyage *x = a, *y = b;
    if (x->depart != y->depart) {
        return x->depart < y->depart ? -1 : 1;
    }
    return (x->chosen > y->chosen) - (x->chosen < y->chosen);
}

static bool prepare(judge *j, const ab_access *access, const ab_routes *routes)
{
    j->commodities = j->op->commodities.count;
    j->places = j->op->places.count;
    j->leg_count = j->plan->chosen_count;
    size_t hubs = (size_t)j->op->hubs.count, goods = (size_t)j->commodities;
    j->leg = AB_NEW(j->arena, voyage, j->leg_count);
    j->coming = AB_NEW(j->arena, coming, j->leg_count);
    j->carried_kg = AB_NEW(j->arena, double, (size_t)j->leg_count * goods);
    j->waiting_kg = AB_NEW(j->arena, double, hubs * ((size_t)j->places + 1) * goods);
    j->missing_kg = AB_NEW(j->arena, double, hubs * goods);
    if (!j->leg || !j->coming || !j->carried_kg || !j->waiting_kg || !j->missing_kg) {
        return false;
    }
    for (int32_t i = 0; i < j->leg_count; i++) {
        const ab_chosen *chosen = &j->plan->chosen[i];
        j->leg[i] = chosen->offer >= 0 ? trip_leg(j, access, routes, chosen) : link_leg(j, chosen);
    }
    if (j->leg_count > 0) {
        qsort(j->leg, (size_t)j->leg_count, sizeof *j->leg, leg_order);
    }
    return true;
}

/* ---- One world ---- */

static double *waiting_at(const judge *j, int32_t hub, int32_t place)
{
    return &j->waiting_kg[((int64_t)hub * (j->places + 1) + place) * j->commodities];
}

/* What has come by period t can be loaded. */
static void unload_until(judge *j, int32_t t)
{
    int32_t kept = 0;
    for (int32_t i = 0; i < j->coming_count; i++) {
        coming c = j->coming[i];
        if (c.at > t) {
            j->coming[kept++] = c;
            continue;
        }
        double *waiting = waiting_at(j, c.hub, c.place), *missing = &j->missing_kg[(int64_t)c.hub * j->commodities];
        for (int32_t k = 0; k < j->commodities; k++) {
            double kg = j->carried_kg[(int64_t)c.row * j->commodities + k];
            waiting[k] += j->options->rides_again ? fmax(0, kg) : 0;
            missing[k] += fmax(0, -kg);
        }
    }
    j->coming_count = kept;
}

static void comes(judge *j, int32_t i, int32_t hub, int32_t place, int32_t at)
{
    j->coming[j->coming_count++] = (coming){hub, place, at, i};
}

/* What the plan loads, less what the hub lacks since a link was closed. */
static void load_planned(judge *j, const voyage *leg, double *carried)
{
    double *missing = &j->missing_kg[(int64_t)leg->from * j->commodities];
    memset(carried, 0, (size_t)j->commodities * sizeof *carried);
    for (int32_t i = 0; i < leg->chosen->load_count; i++) {
        const ab_load *load = &j->plan->load[leg->chosen->first_load + i];
        double lacking = fmin(missing[load->commodity], load->mass_kg);
        missing[load->commodity] -= lacking;
        carried[load->commodity] += load->mass_kg - lacking;
    }
}

/* Fills what room is left from what waits for the place, or for any. */
static void load_waiting(judge *j, const voyage *leg, int32_t place, double *carried)
{
    double *waiting = waiting_at(j, leg->from, place);
    double room_kg = leg->room_kg, room_m3 = leg->room_m3;
    for (int32_t c = 0; c < j->commodities; c++) {
        double m3_per_kg = m3_of(j->op, c, 1);
        double fits = m3_per_kg > 0 ? fmin(room_kg, room_m3 / m3_per_kg) : room_kg;
        double taken = (leg->commodities >> c & 1) != 0 ? fmax(0, fmin(waiting[c], fits)) : 0;
        waiting[c] -= taken;
        carried[c] += taken;
        room_kg -= taken;
        room_m3 -= taken * m3_per_kg;
    }
}

/* Either all of it comes or nothing, and the plan counts on a part: what is more can ride with any later vehicle, what is
 * less is missing. */
static void go_by_link(judge *j, uint64_t world, int32_t i)
{
    const voyage *leg = &j->leg[i];
    double *carried = &j->carried_kg[(int64_t)i * j->commodities];
    load_planned(j, leg, carried);
    bool passed = ab_worlds_moves(j->worlds, world, j->trips->transfer[leg->transfer].link, leg->depart);
    for (int32_t c = 0; c < j->commodities; c++) {
        carried[c] = passed ? carried[c] : 0;
    }
    for (int32_t k = 0; k < leg->chosen->load_count; k++) {
        const ab_load *load = &j->plan->load[leg->chosen->first_load + k];
        carried[load->commodity] -= load->mass_kg * leg->received_frac;
    }
    comes(j, i, leg->place, j->places, leg->arrive);
}

static void go_by_trip(judge *j, uint64_t world, int32_t i)
{
    const voyage *leg = &j->leg[i];
    double *carried = &j->carried_kg[(int64_t)i * j->commodities];
    ab_fate fate = ab_worlds_fate(j->worlds, world, &leg->passage);
    j->fates[fate]++;
    load_planned(j, leg, carried);
    if (fate != AB_FATE_STAYS && j->options->rides_again) {
        load_waiting(j, leg, leg->place, carried);
        load_waiting(j, leg, j->places, carried);
    }
    if (fate == AB_FATE_ARRIVES) {
        for (int32_t c = 0; c < j->commodities; c++) {
            if (carried[c] > 0) {
                ab_living_receive(j->living, leg->place, leg->arrive, c, carried[c] * leg->received_frac);
            }
        }
    } else if (j->options->rides_again) {
        comes(j, i, leg->from, leg->place, fate == AB_FATE_STAYS ? leg->depart : leg->back);
    }
}

static void live_world(judge *j, uint64_t world)
{
    size_t hubs = (size_t)j->op->hubs.count, goods = (size_t)j->commodities;
    memset(j->waiting_kg, 0, hubs * ((size_t)j->places + 1) * goods * sizeof *j->waiting_kg);
    memset(j->missing_kg, 0, hubs * goods * sizeof *j->missing_kg);
    j->coming_count = 0;
    ab_living_clear(j->living);
    for (int32_t i = 0; i < j->leg_count; i++) {
        unload_until(j, j->leg[i].depart);
        if (j->leg[i].transfer >= 0) {
            go_by_link(j, world, i);
        } else {
            go_by_trip(j, world, i);
        }
    }
    ab_living_live(j->living);
}

/* ---- All of them ---- */

static int number_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Sorts `value`. With few worlds the points are the nearest worlds outwards. */
static ab_spread spread_of(double *value, int32_t count)
{
    double sum = 0;
    for (int32_t i = 0; i < count; i++) {
        sum += value[i];
    }
    qsort(value, (size_t)count, sizeof *value, number_order);
    return (ab_spread){sum / count, value[(int32_t)floor(0.05 * (count - 1))], value[(int32_t)ceil(0.95 * (count - 1))]};
}

/* Days of the longest spell in which nothing of the ration is eaten. */
static double longest_empty_days(const judge *j, int32_t place)
{
    double longest = 0, now = 0;
    for (int32_t t = 0; t < j->op->period_count; t++) {
        now = ab_living_eaten_frac(j->living, place, t) > 1e-9 ? 0 : now + ab_period_days(j->op, t);
        longest = fmax(longest, now);
    }
    return longest;
}

/* What each place goes through if loads arrive by their chance, and if nothing is sent. */
static void foretell(judge *j, ab_judged *out, ab_place_judged *place)
{
    ab_living_clear(j->living);
    ab_living_live(j->living);
    out->hunger_if_nothing = ab_living_hunger(j->living, -1);
    for (int32_t i = 0; i < j->plan->chosen_count; i++) {
        const ab_chosen *chosen = &j->plan->chosen[i];
        const ab_offer *offer = chosen->offer >= 0 ? &j->trips->offer[chosen->offer] : NULL;
        for (int32_t k = 0; offer && k < chosen->load_count; k++) {
            const ab_load *load = &j->plan->load[chosen->first_load + k];
            ab_living_receive(j->living, j->trips->kind[offer->kind].place, offer->arrive, load->commodity,
                              load->mass_kg * offer->arrival.mean);
        }
    }
    ab_living_live(j->living);
    out->hunger_on_averages = ab_living_hunger(j->living, -1);
    for (int32_t p = 0; p < j->places; p++) {
        place[p].hunger_on_averages = ab_living_hunger(j->living, p);
    }
}

static void note_world(const judge *j, ab_judged *out, ab_place_judged *place, double *by_place, int32_t w, double *all)
{
    all[w] = ab_living_hunger(j->living, -1);
    out->objective_mean += ab_living_objective(j->living);
    for (int32_t p = 0; p < j->places; p++) {
        double empty = longest_empty_days(j, p);
        by_place[(int64_t)p * out->count + w] = ab_living_hunger(j->living, p);
        place[p].longest_empty_days += empty;
        place[p].empty_prob += empty >= j->options->empty_days - 1e-9;
    }
}

static void sum_up(const judge *j, const ab_need *need, ab_judged *out, ab_place_judged *place, double *by_place, const double *all)
{
    double worst = -1, square = 0;
    double *sorted = &by_place[(int64_t)j->places * out->count];
    memcpy(sorted, all, (size_t)out->count * sizeof *all);
    out->hunger = spread_of(sorted, out->count);
    for (int32_t w = 0; w < out->count; w++) {
        square += (all[w] - out->hunger.mean) * (all[w] - out->hunger.mean);
    }
    out->hunger_error = out->count > 1 ? sqrt(square / (out->count - 1) / out->count) : 0;
    out->objective_mean /= out->count;
    out->worst_place = -1;
    for (int32_t p = 0; p < j->places; p++) {
        place[p].hunger = spread_of(&by_place[(int64_t)p * out->count], out->count);
        place[p].longest_empty_days /= out->count;
        place[p].empty_prob /= out->count;
        if (need->people[p] > 0 && place[p].hunger.mean / need->people[p] > worst) {
            worst = place[p].hunger.mean / need->people[p];
            out->worst_place = p;
        }
    }
    double departures = (double)(j->fates[0] + j->fates[1] + j->fates[2]);
    if (departures > 0) {
        out->stayed_frac = (double)j->fates[AB_FATE_STAYS] / departures;
        out->turned_back_frac = (double)j->fates[AB_FATE_TURNED_BACK] / departures;
        out->arrived_frac = (double)j->fates[AB_FATE_ARRIVES] / departures;
    }
}

static bool run(judge *j, const ab_need *need, ab_judged *out)
{
    size_t worlds = (size_t)out->count;
    ab_place_judged *place = AB_NEW(out->arena, ab_place_judged, j->places);
    double *all = AB_NEW(out->arena, double, worlds), *by_place = AB_NEW(j->arena, double, ((size_t)j->places + 1) * worlds);
    if (!place || !all || !by_place) {
        return false;
    }
    foretell(j, out, place);
    for (int32_t w = 0; w < out->count; w++) {
        live_world(j, j->options->first_world + (uint64_t)w);
        note_world(j, out, place, by_place, w, all);
    }
    sum_up(j, need, out, place, by_place, all);
    out->place = place;
    out->place_count = j->places;
    out->world_hunger = all;
    return true;
}

ab_status ab_worlds_judge(const ab_worlds *worlds, const ab_operation *op, const ab_need *need, const ab_access *access,
                          const ab_routes *routes, const ab_trips *trips, const ab_plan *plan, const ab_previous *previous,
                          const ab_judge_options *options, ab_judged **out, ab_error *err)
{
    *out = NULL;
    judge j = {.arena = ab__arena_new(), .worlds = worlds, .op = op, .plan = plan, .trips = trips, .options = options};
    ab_arena *arena = ab__arena_new();
    ab_judged *judged = arena ? AB_NEW(arena, ab_judged, 1) : NULL;
    ab_status status = j.arena && judged ? ab_living_make(op, need, trips, previous, &j.living, err) : AB_NO_MEMORY;
    bool fine = status == AB_OK;
    if (fine) {
        judged->arena = arena;
        judged->count = options->count;
        fine = prepare(&j, access, routes) && run(&j, need, judged);
    }
    ab_living_free(j.living);
    ab__arena_free(j.arena);
    if (!fine) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the plan was judged by worlds");
    }
    *out = judged;
    return AB_OK;
}

void ab_judged_free(ab_judged *judged)
{
    if (judged) {
        ab__arena_free(judged->arena);
    }
}
