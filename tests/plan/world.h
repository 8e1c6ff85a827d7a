/* Small operations made by hand for the tests of the plan: what need, access and trips would hand over is
 * written here directly, so that a test says all that it depends on. */
#ifndef TESTS_PLAN_WORLD_H
#define TESTS_PLAN_WORLD_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "airbridge/plan.h"
#include "airbridge/record.h"

enum { WORLD_ROWS = 64, WORLD_OFFERS = 4096, WORLD_GROUPS = 4, WORLD_BINDINGS = 64, WORLD_SHUT = 2 };

/* A door that is shut before every departure that is not offered, and what refuses it then. */
typedef struct world_door {
    ab_door door;
    ab_reason reason; /* NONE: no door */
    ab_ref because;
} world_door;

/* Agreement `agreement` binds deliveries to `place` (-1: all) by any means, departing in [from, until). */
typedef struct world_binding {
    int32_t agreement, place, from, until;
} world_binding;

typedef struct world {
    ab_operation op;
    ab_need need;
    ab_routes routes;
    ab_trips trips;
    ab_settings settings;
    ab_commodity commodity[WORLD_ROWS];
    ab_hub hub[WORLD_ROWS];
    ab_link link[WORLD_ROWS];
    ab_stock stock[WORLD_ROWS];
    ab_place place[WORLD_ROWS];
    ab_vehicle vehicle[WORLD_ROWS];
    ab_dropsystem dropsystem[WORLD_ROWS];
    ab_road road[WORLD_ROWS];
    ab_agreement agreement[WORLD_ROWS];
    ab_request request[WORLD_ROWS];
    ab_report report[WORLD_ROWS];
    ab_commitment commitment[WORLD_ROWS];
    ab_need_group group[WORLD_GROUPS];
    int32_t commodity_group[WORLD_ROWS];
    double per_kg[WORLD_ROWS];
    double nutrient[AB_NUTRIENTS][WORLD_ROWS];
    double people[WORLD_ROWS];
    double in_place[WORLD_ROWS * WORLD_GROUPS];
    double cut_off_s[WORLD_ROWS];
    ab_trip_kind kind[WORLD_ROWS];
    ab_offer offer[WORLD_OFFERS];
    ab_refusal refusal[WORLD_ROWS];
    ab_transfer transfer[WORLD_OFFERS];
    ab_path path[WORLD_ROWS];
    world_binding binding[WORLD_BINDINGS];
    int32_t binding_count;
    world_door shut[WORLD_SHUT]; /* the first is named first */
    double sure;                 /* chance of what would be offered */
} world;

/* ---- What access would say: the world under test, since ab_access is opaque ------------------------- */

static const world *world_now;
static ab_ref world_found[WORLD_BINDINGS];

ab_refs ab_access_agreements(const ab_access *access, int32_t place, ab_means means, int32_t t)
{
    (void)access;
    (void)means;
    int32_t count = 0;
    for (int32_t i = 0; i < world_now->binding_count; i++) {
        const world_binding *b = &world_now->binding[i];
        if ((b->place < 0 || b->place == place) && t >= b->from && t < b->until)
            world_found[count++] = (ab_ref){AB_TABLE_agreements, b->agreement};
    }
    return (ab_refs){count, world_found};
}

const ab_record *ab_access_record(const ab_access *access)
{
    (void)access;
    return NULL; /* no cell names an authority */
}

const ab_access_cell *ab_access_place(const ab_access *access, int32_t place, ab_means means, int32_t t)
{
    static const ab_access_cell open = {.pass = {1, 1, 1}, .commodities = UINT64_MAX, .evidence = 7, .asked = -1};
    (void)access;
    (void)place;
    (void)means;
    (void)t;
    return &open;
}

/* Evidence 9 is agreement 0, 10 is request 0, 11 is report 0; of others nothing is known. */
ab_refs ab_access_evidence(const ab_access *access, int32_t evidence)
{
    static const ab_ref rows[] = {{AB_TABLE_agreements, 0}, {AB_TABLE_requests, 0}, {AB_TABLE_access, 0}};
    (void)access;
    if (evidence < 9 || evidence > 11)
        return (ab_refs){0, NULL};
    return (ab_refs){1, &rows[evidence - 9]};
}

/* ---- What trips would offer if doors were open ------------------------------------------------------- */

/* A departure that an offer has, with all its goods if these are let; else what refuses it, until the doors of
 * world_now->shut are open: then it takes a period and is as sure as world_now->sure. */
bool ab_trips_if_open(const ab_operation *op, const ab_access *access, const ab_routes *routes, const ab_airdrops *drops, const ab_trip_kind *kind,
                      int32_t t, uint32_t doors, ab_offer *offer, ab_refusal *refusal)
{
    const world *w = world_now;
    uint64_t goods = (doors & (AB_DOOR_GOODS | AB_DOOR_FIT)) != 0 ? UINT64_MAX : kind->commodities;
    (void)access;
    (void)routes;
    (void)drops;
    for (int32_t o = 0; o < w->trips.offer_count; o++)
        if (&w->kind[w->offer[o].kind] == kind && w->offer[o].depart == t) {
            *offer = w->offer[o];
            offer->commodities |= goods == UINT64_MAX ? goods : 0;
            return true;
        }
    *offer = (ab_offer){.depart = t, .arrive = t, .arrival = {w->sure, w->sure, w->sure}, .commodities = goods,
                        .evidence = -1, .work_frac = 1};
    *refusal = (ab_refusal){.place = kind->place, .means = kind->means, .from = t, .until = t + 1,
                            .reason = AB_REASON_TRAVEL, .because = {-1, -1}};
    for (int i = 0; i < WORLD_SHUT; i++) {
        if (w->shut[i].reason == AB_REASON_NONE || (doors & w->shut[i].door) != 0)
            continue;
        refusal->reason = w->shut[i].reason;
        refusal->because = w->shut[i].because;
        return false;
    }
    return w->shut[0].reason != AB_REASON_NONE && t < op->period_count;
}

/* ---- Rows ---------------------------------------------------------------------------------------------- */

/* The structs that the planner reads point to this world's rows. */
static inline void world_point(world *w)
{
    w->op.settings = &w->settings;
    w->op.commodities.at = w->commodity;
    w->op.hubs.at = w->hub;
    w->op.links.at = w->link;
    w->op.stocks.at = w->stock;
    w->op.places.at = w->place;
    w->op.vehicles.at = w->vehicle;
    w->op.dropsystems.at = w->dropsystem;
    w->op.roads.at = w->road;
    w->op.agreements.at = w->agreement;
    w->op.requests.at = w->request;
    w->op.access.at = w->report;
    w->op.commitments.at = w->commitment;
    w->need.group = w->group;
    w->need.commodity_group = w->commodity_group;
    w->need.commodity_per_kg = w->per_kg;
    w->need.people = w->need.people_low = w->need.people_high = w->people;
    w->need.stock = w->in_place;
    w->need.cut_off_s = w->cut_off_s;
    for (int n = 0; n < AB_NUTRIENTS; n++)
        w->need.commodity_nutrient_g_per_kg[n] = w->nutrient[n];
    w->routes.path = w->path;
    w->trips.kind = w->kind;
    w->trips.offer = w->offer;
    w->trips.refusal = w->refusal;
    w->trips.transfer = w->transfer;
}

/* `periods` of 24 hours from 2030-03-01T00:00Z, one food group of 2,100 kcal. */
static inline world *world_new(int32_t periods)
{
    world *w = calloc(1, sizeof *w);
    w->settings = (ab_settings){.name = "world", .start = 1898553600, .period_s = 86400, .catch_up_frac = 0.25, .cover_s = 366 * 86400.0, .retry_s = 7 * 86400.0,
                                .energy_kcal_per_person_day = 2100, .debt_kept_frac = 1, .debt_mild_days = 7, .debt_severe_days = 21,
                                .debt_middle_weight = 2, .debt_severe_weight = 4, .water_weight = 4,
                                .medical_weight = 0.2, .nutrient_weight = 0.1, .budget_usd = NAN};
    w->settings.end = w->settings.start + (ab_time)periods * 86400;
    w->op.period_count = periods;
    world_point(w);
    return w;
}

static inline int32_t world_group(world *w, ab_category category, const char *name, double per_person_day)
{
    static const char *const units[] = {"kcal", "l", "people-days", ""};
    w->group[w->need.group_count] = (ab_need_group){category, name, units[category], per_person_day};
    if (category == AB_CATEGORY_FOOD)
        w->need.food_kcal_per_person_day += per_person_day;
    return w->need.group_count++;
}

/* `group` -1: it meets no need. Packages of a gram, so that figures come out even; 2 m3 a tonne. */
static inline int32_t world_commodity(world *w, const char *id, int32_t group, double per_kg)
{
    int32_t c = w->op.commodities.count++;
    ab_category category = group < 0 ? AB_CATEGORY_OTHER : w->group[group].category;
    w->commodity[c] = (ab_commodity){.id = id, .name = id, .category = (int32_t)category, .package_kg = 0.001, .packages_per_pallet = NAN,
                                     .package_m3 = 2e-6, .usd_per_kg = 0.5, .group = ""};
    w->commodity_group[c] = group;
    w->per_kg[c] = per_kg;
    w->need.commodity_count = w->op.commodities.count;
    return c;
}

static inline int32_t world_hub(world *w, const char *id)
{
    w->hub[w->op.hubs.count] =
        (ab_hub){.id = id, .name = id, .throughput_kg_per_day = NAN, .storage_kg = NAN, .parking = -1, .closes_s = 86400};
    return w->op.hubs.count++;
}

static inline void world_stock(world *w, int32_t hub, int32_t commodity, double mass_t)
{
    w->stock[w->op.stocks.count++] = (ab_stock){.hub = hub, .commodity = commodity, .mass_kg = 1000 * mass_t,
                                                .available_from = AB_TIME_NONE, .certainty_prob = 1};
}

static inline int32_t world_place(world *w, const char *id, double people)
{
    int32_t p = w->op.places.count++;
    w->place[p] = (ab_place){.id = id, .name = id, .population = (int64_t)people, .handling_kg_per_day = NAN, .parking = -1};
    w->people[p] = people;
    w->need.place_count = w->op.places.count;
    return p;
}

/* What lies in the place at the start. Call when all groups are there. */
static inline void world_in_place(world *w, int32_t place, int32_t group, double days)
{
    w->in_place[place * w->need.group_count + group] = days * w->people[place] * w->group[group].per_person_day;
}

/* Works 12 hours a day. */
static inline int32_t world_vehicle(world *w, const char *id, int64_t count, double payload_t)
{
    w->vehicle[w->op.vehicles.count] =
        (ab_vehicle){.id = id, .name = id, .count = count, .convoys_per_day = -1, .payload_kg = 1000 * payload_t, .payload_m3 = NAN,
                     .duty_s_per_day = 43200, .sorties_per_day = NAN, .convoy_max = -1, .turnround_s = 7200};
    return w->op.vehicles.count++;
}

static inline int32_t world_kind(world *w, int32_t vehicle, int32_t hub, int32_t place, double cycle_h)
{
    w->kind[w->trips.kind_count] =
        (ab_trip_kind){.means = AB_MEANS_ROAD, .vehicle = vehicle, .hub = hub, .place = place, .path = -1,
                       .dropzone = -1, .dropsystem = -1, .payload_kg = w->vehicle[vehicle].payload_kg,
                       .payload_m3 = INFINITY, .cycle_s = 3600 * cycle_h, .out_s = 1800 * cycle_h, .usd = 100,
                       .commodities = UINT64_MAX};
    return w->trips.kind_count++;
}

/* Offers of kind `kind` that depart in each period of [from, until), `travel` periods under way, as far
 * as they arrive in time. Kinds must be offered in their order. */
static inline void world_offers(world *w, int32_t kind, int32_t from, int32_t until, int32_t travel, double arrival)
{
    for (int32_t t = from; t < until && t + travel < w->op.period_count; t++)
        w->offer[w->trips.offer_count++] =
            (ab_offer){.kind = kind, .depart = t, .arrive = t + travel, .arrival = {arrival, arrival, arrival},
                       .commodities = UINT64_MAX, .evidence = -1, .work_frac = 1};
}

static inline int32_t world_agreement(world *w, const char *id)
{
    w->agreement[w->op.agreements.count] =
        (ab_agreement){.id = id, .name = id, .link_group = "", .quota_trips_per_day = -1, .quota_kg_per_day = NAN,
                       .link_people_ratio = 1, .from = AB_TIME_NONE, .until = AB_TIME_NONE};
    return w->op.agreements.count++;
}

static inline void world_bind(world *w, int32_t agreement, int32_t place, int32_t from, int32_t until)
{
    w->binding[w->binding_count++] = (world_binding){agreement, place, from, until};
}

/* Binds nothing yet: set trips, mass_kg, place, … */
static inline ab_commitment *world_commitment(world *w, const char *id, ab_lock lock)
{
    ab_commitment *c = &w->commitment[w->op.commitments.count++];
    *c = (ab_commitment){.id = id, .lock = (int32_t)lock, .date = AB_TIME_NONE, .vehicle = -1, .hub = -1,
                         .place = -1, .commodity = -1, .mass_kg = NAN, .trips = -1};
    return c;
}

static inline ab_refusal *world_refusal(world *w, int32_t place, ab_reason reason, int32_t from, int32_t until)
{
    ab_refusal *r = &w->refusal[w->trips.refusal_count++];
    *r = (ab_refusal){.kind = -1, .place = place, .means = AB_MEANS_ROAD, .from = from, .until = until,
                      .reason = reason, .because = {-1, -1}};
    return r;
}

/* ---- Plans ------------------------------------------------------------------------------------------- */

static inline ab_plan *world_plan_with(const world *w, const ab_plan_options *options)
{
    ab_plan *plan = NULL;
    ab_error err = AB_ERROR_INIT;
    world_now = w;
    ab_status status = ab_plan_make(&w->op, &w->need, NULL, &w->routes, &w->trips, options, &plan, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, AB_OK);
    return plan;
}

static inline ab_plan *world_plan(const world *w)
{
    return world_plan_with(w, NULL);
}

/* Tonnes loaded on trips to `place` (-1: all) of `commodity` (-1: all) that depart in period t (-1: all). */
static inline double world_sent_t(const world *w, const ab_plan *plan, int32_t place, int32_t commodity, int32_t t)
{
    double kg = 0;
    for (int32_t i = 0; i < plan->chosen_count; i++) {
        const ab_chosen *chosen = &plan->chosen[i];
        if (chosen->offer < 0)
            continue;
        const ab_offer *o = &w->offer[chosen->offer];
        if ((place >= 0 && w->kind[o->kind].place != place) || (t >= 0 && o->depart != t))
            continue;
        for (int32_t j = 0; j < chosen->load_count; j++) {
            const ab_load *load = &plan->load[chosen->first_load + j];
            kg += commodity < 0 || load->commodity == commodity ? load->mass_kg : 0;
        }
    }
    return kg / 1000;
}

/* Vehicles of class `vehicle` (-1: all) sent to `place` (-1: all) in period t (-1: all). */
static inline int64_t world_vehicles(const world *w, const ab_plan *plan, int32_t vehicle, int32_t place, int32_t t)
{
    int64_t count = 0;
    for (int32_t i = 0; i < plan->chosen_count; i++) {
        if (plan->chosen[i].offer < 0)
            continue;
        const ab_offer *o = &w->offer[plan->chosen[i].offer];
        const ab_trip_kind *kind = &w->kind[o->kind];
        if ((vehicle < 0 || kind->vehicle == vehicle) && (place < 0 || kind->place == place) &&
            (t < 0 || o->depart == t))
            count += plan->chosen[i].vehicles;
    }
    return count;
}

#endif
