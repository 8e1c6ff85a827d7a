/* Plans of real operations are proved; then something is changed in them, drawn at random, and each change must be
 * refused by the rule that it breaks. A change is made so that it is surely illegal: where a result has nothing to
 * make one of, the kind says so, and some result must have. */
#include "verify/draft.h"

enum { DRAWS = 6 }; /* of each kind from each plan */

/* ---- Rows that a change is made of ---- */

static bool is_delivery(const ab_trip_row *trip)
{
    return trip->place[0] != '\0';
}

static bool is_flight(const ab_trip_row *trip)
{
    return is_delivery(trip) && strcmp(trip->means, "road") != 0;
}

static bool is_drive(const ab_trip_row *trip)
{
    return strcmp(trip->means, "road") == 0;
}

static bool is_drop(const ab_trip_row *trip)
{
    return strcmp(trip->means, "airdrop") == 0;
}

static bool is_transfer(const ab_trip_row *trip)
{
    return trip->link[0] != '\0';
}

/* A trip of the kind, drawn; NULL: there is none. */
static ab_trip_row *a_trip(draft *d, bool (*fits)(const ab_trip_row *))
{
    int32_t fitting = 0;

    for (int32_t i = 0; i < COUNT(d, trips); i++)
        fitting += fits(&ROWS(d, trips, trip_row)[i]);
    if (fitting == 0)
        return NULL;
    int32_t nth = any_of(d, fitting);
    for (int32_t i = 0;; i++)
        if (fits(&ROWS(d, trips, trip_row)[i]) && nth-- == 0)
            return &ROWS(d, trips, trip_row)[i];
}

static int32_t first_load(draft *d, const ab_trip_row *trip)
{
    for (int32_t i = 0; i < COUNT(d, loads); i++)
        if (strcmp(ROWS(d, loads, load_row)[i].trip, trip->id) == 0)
            return i;
    return -1;
}

static const ab_vehicle *vehicle_of(draft *d, const ab_trip_row *trip)
{
    return &d->whole.op.vehicles.at[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)];
}

static const ab_commodity *goods_of(draft *d, const ab_load_row *load)
{
    return &d->whole.op.commodities.at[small_row(&d->whole.op, AB_TABLE_commodities, load->commodity)];
}

/* The load and its trip say what its mass makes of them. */
static void weigh(draft *d, ab_load_row *load, ab_trip_row *trip, double mass_kg)
{
    const ab_commodity *goods = goods_of(d, load);

    trip->mass_kg += mass_kg - load->mass_kg;
    trip->expected_kg = trip->mass_kg * trip->arrival_prob;
    load->mass_kg = mass_kg;
    load->packages = mass_kg / goods->package_kg;
    load->volume_m3 = load->packages * goods->package_m3;
    load->expected_kg = mass_kg * trip->arrival_prob;
    load->cargo_usd = mass_kg * goods->usd_per_kg;
}

static void remove_loads(draft *d, const char *trip)
{
    for (int32_t i = COUNT(d, loads) - 1; i >= 0; i--)
        if (strcmp(ROWS(d, loads, load_row)[i].trip, trip) == 0)
            remove_row(d, AB_TABLE_loads, i);
}

static void remove_trip(draft *d, int32_t trip)
{
    remove_loads(d, ROWS(d, trips, trip_row)[trip].id);
    remove_row(d, AB_TABLE_trips, trip);
}

static double *figure_of(draft *d, const char *key)
{
    for (int32_t i = 0; i < COUNT(d, summary); i++)
        if (strcmp(ROWS(d, summary, figure)[i].key, key) == 0)
            return &ROWS(d, summary, figure)[i].value;
    fail_msg("no figure %s", key);
    return NULL;
}

/* ---- Kinds of change. Each returns the rule that is broken, or NULL where the result has nothing for it. ---- */

/* More than its class can send in its hours, were every one of them free all day. */
static const char *too_many_vehicles(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    const ab_vehicle *v = trip ? vehicle_of(d, trip) : NULL;

    if (!trip)
        return NULL;
    double turns = 1 + v->duty_s_per_day * d->whole.settings.period_s / 86400 / trip->cycle_s;
    trip->vehicles = (int64_t)ceil((double)v->count * turns) + 1;
    return "departures";
}

/* The same trip goes again, and again: no class has the hours. */
static const char *too_many_hours(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    const ab_vehicle *v = trip ? vehicle_of(d, trip) : NULL;

    if (!trip)
        return NULL;
    double days = fmax(1, d->whole.settings.period_s / 86400);
    trip->vehicles = (int64_t)ceil((double)v->count * v->duty_s_per_day * days / fmin(trip->cycle_s, v->duty_s_per_day * days)) + 1;
    return "vehicle hours";
}

static bool costs_by_the_hour(draft *d, const ab_trip_row *trip)
{
    return vehicle_of(d, trip)->usd_per_s > 0;
}

/* One vehicle more, which nobody pays. */
static const char *one_more_vehicle(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (!trip || !costs_by_the_hour(d, trip))
        return NULL;
    trip->vehicles++;
    return "costs";
}

static const char *no_vehicle(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->vehicles = 0;
    return trip ? "names" : NULL;
}

/* Received in another period than its stock_days say. */
static const char *another_day(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_time by = llround(d->whole.settings.period_s), least = d->whole.settings.start;
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0 || goods_of(d, &ROWS(d, loads, load_row)[load])->category != AB_CATEGORY_FOOD)
        return NULL;
    by = trip->depart - by >= least ? -by : by;
    trip->depart += by;
    trip->arrive += by;
    return trip->arrive < d->whole.settings.end ? "standing" : "times";
}

static const char *between_periods(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->depart += 60;
    return trip ? "times" : NULL;
}

static const char *in_the_past(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        d->whole.settings.as_of = trip->depart + llround(d->whole.settings.period_s);
    return trip && d->whole.settings.as_of < d->whole.settings.end ? "times" : NULL;
}

static const char *received_later(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->arrive += llround(d->whole.settings.period_s);
    return trip ? "times" : NULL;
}

static const char *another_place(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    const ab_place *other = &d->whole.op.places.at[any_of(d, d->whole.op.places.count)];

    if (!trip || strcmp(other->id, trip->place) == 0)
        return NULL;
    trip->place = other->id;
    /* By road the line leads elsewhere; by air the distance is another, or the zone. */
    return is_drive(trip) ? "means" : is_drop(trip) ? "means" : "ways";
}

static const char *another_hub(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    const ab_hub *other = &d->whole.op.hubs.at[any_of(d, d->whole.op.hubs.count)];

    if (!trip || strcmp(other->id, trip->hub) == 0)
        return NULL;
    trip->hub = other->id;
    return "means";
}

static const char *another_vehicle(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    const ab_vehicle *other = &d->whole.op.vehicles.at[any_of(d, d->whole.op.vehicles.count)];

    if (!trip || other->mode == vehicle_of(d, trip)->mode)
        return NULL;
    trip->vehicle = other->id;
    return "means";
}

static const char *nobodys_vehicle(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->vehicle = "zeppelin";
    return trip ? "names" : NULL;
}

/* Told with all that follows of it, but for what is sent in all. */
static const char *other_goods(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    int32_t load = trip ? first_load(d, trip) : -1;
    const ab_commodity *other = &d->whole.op.commodities.at[any_of(d, d->whole.op.commodities.count)];

    if (load < 0 || strcmp(ROWS(d, loads, load_row)[load].commodity, other->id) == 0)
        return NULL;
    ROWS(d, loads, load_row)[load].commodity = other->id;
    weigh(d, &ROWS(d, loads, load_row)[load], trip, ROWS(d, loads, load_row)[load].mass_kg);
    return "totals";
}

static const char *overloaded(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0)
        return NULL;
    weigh(d, &ROWS(d, loads, load_row)[load], trip, 1.01 * (double)trip->vehicles * vehicle_of(d, trip)->payload_kg);
    return "payload";
}

static const char *half_a_package(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0 || trip->commitment[0])
        return NULL;
    ab_load_row *row = &ROWS(d, loads, load_row)[load];
    weigh(d, row, trip, row->mass_kg - goods_of(d, row)->package_kg / 2);
    return "whole packages";
}

static const char *more_in_the_trip_than_its_loads(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->mass_kg = 1.001 * trip->mass_kg + 10;
    return trip ? "sums" : NULL;
}

static const char *carried_twice(draft *d)
{
    int32_t i = COUNT(d, loads) ? any_of(d, COUNT(d, loads)) : -1;

    if (i < 0)
        return NULL;
    ROWS(d, loads, load_row)[COUNT(d, loads)++] = ROWS(d, loads, load_row)[i];
    return "names";
}

/* The whole trip once more, under a name of its own. */
static const char *goes_twice(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    int32_t loads = COUNT(d, loads);

    if (!trip || first_load(d, trip) < 0)
        return NULL;
    ab_trip_row again = *trip;
    again.id = "again";
    ROWS(d, trips, trip_row)[COUNT(d, trips)++] = again;
    for (int32_t i = 0; i < loads; i++) {
        if (strcmp(ROWS(d, loads, load_row)[i].trip, trip->id) != 0)
            continue;
        assert_true(COUNT(d, loads) - loads < SPARE_ROWS);
        ROWS(d, loads, load_row)[COUNT(d, loads)] = ROWS(d, loads, load_row)[i];
        ROWS(d, loads, load_row)[COUNT(d, loads)++].trip = "again";
    }
    return "totals";
}

static const char *one_id_for_two(draft *d)
{
    if (COUNT(d, trips) < 2)
        return NULL;
    ROWS(d, trips, trip_row)[1 + any_of(d, COUNT(d, trips) - 1)].id = ROWS(d, trips, trip_row)[0].id;
    return "names";
}

static const char *trip_dropped_from_the_list(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (!trip || first_load(d, trip) < 0)
        return NULL;
    remove_row(d, AB_TABLE_trips, (int32_t)(trip - ROWS(d, trips, trip_row)));
    return "names";
}

static const char *trip_dropped_with_its_loads(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (!trip || first_load(d, trip) < 0)
        return NULL;
    remove_trip(d, (int32_t)(trip - ROWS(d, trips, trip_row)));
    return "totals";
}

static const char *shorter_cycle(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->cycle_s *= 0.99;
    return trip ? "ways" : NULL;
}

static const char *shorter_way(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->distance_m *= 0.98;
    return trip ? "ways" : NULL;
}

static bool has_roads(const ab_trip_row *trip)
{
    return is_drive(trip) && trip->roads[0];
}

static const char *beside_the_road(draft *d)
{
    ab_trip_row *trip = a_trip(d, has_roads);

    if (!trip)
        return NULL;
    trip->roads = "";
    /* A line of two points is then taken for a way where no road is drawn, which is longer. */
    return trip->shape.part_start[1] > 2 ? "means" : "ways";
}

/* Surer than anything that is lost on the way allows, with all that follows. */
static const char *surer(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0 || !(d->whole.settings.loss_frac > 0.001))
        return NULL;
    trip->arrival_prob = trip->arrival_prob_high = 1;
    for (int32_t i = 0; i < COUNT(d, loads); i++)
        if (strcmp(ROWS(d, loads, load_row)[i].trip, trip->id) == 0)
            weigh(d, &ROWS(d, loads, load_row)[i], trip, ROWS(d, loads, load_row)[i].mass_kg);
    return "chances";
}

static const char *mean_under_its_low_end(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (!trip || !(trip->arrival_prob_low > 0))
        return NULL;
    trip->arrival_prob_low = trip->arrival_prob * 1.01;
    return "intervals";
}

static const char *more_expected(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (!trip || !(trip->expected_kg > 1))
        return NULL;
    trip->expected_kg *= 1.01;
    return "sums";
}

static const char *more_expected_of_a_load(draft *d)
{
    int32_t i = COUNT(d, loads) ? any_of(d, COUNT(d, loads)) : -1;

    if (i < 0 || !(ROWS(d, loads, load_row)[i].expected_kg > 1))
        return NULL;
    ROWS(d, loads, load_row)[i].expected_kg *= 1.01;
    return "sums";
}

/* Names an agreement that is not in force in any hour of the period. */
static const char *expired_agreement(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    for (int32_t i = 0; trip && i < d->whole.op.agreements.count; i++) {
        const ab_agreement *a = &d->whole.op.agreements.at[i];
        bool over = a->until != AB_TIME_NONE && a->until <= trip->depart;
        if (!over && a->from < trip->depart + llround(d->whole.settings.period_s))
            continue;
        trip->permission = ab__arena_printf(d->arena, "agreement:%s", a->id);
        return "permission";
    }
    return NULL;
}

static const char *permission_of_nobody(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (!trip || !trip->permission[0])
        return NULL;
    trip->permission = "";
    return "permission";
}

/* All who gave leave for it refuse: then the chance is that of the refused. */
static const char *refused(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_request *request;

    if (!trip || !trip->permission[0] || !d->whole.op.requests.count)
        return NULL;
    int32_t place = small_row(&d->whole.op, AB_TABLE_places, trip->place), changed = 0;
    request = INPUT(d, requests, request);
    for (int32_t i = 0; i < d->whole.op.requests.count; i++) {
        changed += request[i].place == place && request[i].reply >= 0 && request[i].reply != AB_REPLY_REFUSED &&
                   strstr(trip->permission, request[i].id) != NULL;
        if (request[i].place == place && request[i].reply >= 0)
            request[i].reply = AB_REPLY_REFUSED;
    }
    return changed ? "permission" : NULL;
}

/* Hours of a minute a day: no lorry is there in them. */
static const char *outside_agreed_hours(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_drive);
    ab_agreement *a = d->whole.op.agreements.count ? INPUT(d, agreements, agreement) : NULL;
    bool binds = false;

    if (!trip || !a || trip->cycle_s < vehicle_of(d, trip)->turnround_s + 600 ||
        trip->cycle_s > vehicle_of(d, trip)->duty_s_per_day)
        return NULL;
    for (int32_t i = 0; i < d->whole.op.agreements.count; i++) {
        const char *id = ab__arena_printf(d->arena, "agreement:%s", a[i].id);
        binds = binds || (strstr(trip->permission, id) != NULL && a[i].from <= trip->depart);
        a[i].daily_from_s = 0;
        a[i].daily_until_s = 60;
    }
    return binds ? "agreed hours" : NULL;
}

/* Each vehicle can leave once in it, and one more goes than there are. */
static const char *hub_at_work_a_minute(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_hub *hub = INPUT(d, hubs, hub);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);

    if (!trip || trip->vehicles < 2)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].count = trip->vehicles - 1;
    for (int32_t i = 0; i < d->whole.op.hubs.count; i++) {
        hub[i].opens_s = 0;
        hub[i].closes_s = 60;
    }
    return "departures";
}

static const char *not_offered(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    for (int32_t i = 0; trip && i < COUNT(d, reach); i++)
        if (strcmp(ROWS(d, reach, reach_row)[i].place, trip->place) == 0)
            ROWS(d, reach, reach_row)[i].offered = 0;
    return trip ? "reach" : NULL;
}

/* A quota of one less than goes. */
static const char *over_the_quota(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_agreement *a = d->whole.op.agreements.count ? INPUT(d, agreements, agreement) : NULL;
    int32_t changed = 0;

    for (int32_t i = 0; trip && i < d->whole.op.agreements.count; i++) {
        if (!strstr(trip->permission, ab__arena_printf(d->arena, "agreement:%s", a[i].id)))
            continue;
        double days = fmax(1, d->whole.settings.period_s / 86400);
        a[i].quota_trips_per_day = (int64_t)floor(((double)trip->vehicles - 0.5) / days);
        changed += (double)a[i].quota_trips_per_day * days < (double)trip->vehicles;
    }
    return changed ? "quotas" : NULL;
}

static const char *over_the_quota_of_tonnes(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_agreement *a = d->whole.op.agreements.count ? INPUT(d, agreements, agreement) : NULL;
    bool changed = false;

    for (int32_t i = 0; trip && i < d->whole.op.agreements.count; i++) {
        if (!strstr(trip->permission, ab__arena_printf(d->arena, "agreement:%s", a[i].id)))
            continue;
        a[i].quota_kg_per_day = 0.99 * trip->mass_kg / fmax(1, d->whole.settings.period_s / 86400);
        changed = trip->mass_kg > 100;
    }
    return changed ? "quotas" : NULL;
}

static bool commits(const ab_operation *op, const char *place)
{
    for (int32_t k = 0; k < op->commitments.count; k++)
        if (op->commitments.at[k].place < 0 || strcmp(op->places.at[op->commitments.at[k].place].id, place) == 0)
            return true;
    return false;
}

static bool carries_food(draft *d, const ab_trip_row *trip)
{
    for (int32_t i = 0; i < COUNT(d, loads); i++)
        if (strcmp(ROWS(d, loads, load_row)[i].trip, trip->id) == 0 &&
            goods_of(d, &ROWS(d, loads, load_row)[i])->category == AB_CATEGORY_FOOD)
            return true;
    return false;
}

static bool names_place(const ab_operation *op, const ab_agreement *a, const char *place)
{
    for (int32_t i = 0; i < a->subjects.count; i++)
        if (a->subjects.at[i].table == AB_TABLE_places && strcmp(op->places.at[a->subjects.at[i].row].id, place) == 0)
            return true;
    return false;
}

/* All that goes to the other member of a linked pair on that day stays; what it was linked to goes. */
static const char *unlinked(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    const ab_agreement *mine = NULL, *other = NULL;

    if (!trip || commits(&d->whole.op, trip->place) || !carries_food(d, trip))
        return NULL;
    for (int32_t i = 0; i < d->whole.op.agreements.count; i++)
        if (d->whole.op.agreements.at[i].link_group[0] && names_place(&d->whole.op, &d->whole.op.agreements.at[i], trip->place) &&
            strstr(trip->permission, ab__arena_printf(d->arena, "agreement:%s", d->whole.op.agreements.at[i].id)))
            mine = &d->whole.op.agreements.at[i];
    for (int32_t i = 0; mine && i < d->whole.op.agreements.count; i++)
        if (&d->whole.op.agreements.at[i] != mine && strcmp(d->whole.op.agreements.at[i].link_group, mine->link_group) == 0)
            other = &d->whole.op.agreements.at[i];
    if (!other || names_place(&d->whole.op, other, trip->place))
        return NULL;
    ab_time depart = trip->depart;
    for (int32_t i = COUNT(d, trips) - 1; i >= 0; i--)
        if (ROWS(d, trips, trip_row)[i].depart == depart && names_place(&d->whole.op, other, ROWS(d, trips, trip_row)[i].place))
            remove_trip(d, i);
    return "linked groups";
}

static int32_t an_asking_commitment(draft *d)
{
    int32_t count = d->whole.op.commitments.count, k = count ? any_of(d, count) : -1;

    if (k < 0 || d->whole.op.commitments.at[k].state == AB_PROGRESS_FAILED ||
        (d->whole.op.commitments.at[k].lock != AB_LOCK_FIXED && d->whole.op.commitments.at[k].lock != AB_LOCK_AT_LEAST))
        return -1;
    return k;
}

/* Everything that goes to the place stays. */
static const char *promise_broken(draft *d)
{
    int32_t k = an_asking_commitment(d);

    if (k < 0 || d->whole.op.commitments.at[k].place < 0 || d->whole.op.commitments.at[k].trips == 0)
        return NULL;
    const char *place = d->whole.op.places.at[d->whole.op.commitments.at[k].place].id;
    for (int32_t i = COUNT(d, trips) - 1; i >= 0; i--)
        if (strcmp(ROWS(d, trips, trip_row)[i].place, place) == 0)
            remove_trip(d, i);
    return "commitments";
}

/* A row more in `commitments`, which speaks of a trip that goes. */
static const char *locked(draft *d, ab_lock lock, int64_t trips)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_commitment *c = INPUT(d, commitments, commitment);

    if (!trip)
        return NULL;
    c[d->whole.op.commitments.count++] = (ab_commitment){.id = "new",
                                                   .decided_by = "",
                                                   .lock = lock,
                                                   .date = AB_TIME_NONE,
                                                   .vehicle = small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle),
                                                   .hub = -1,
                                                   .place = small_row(&d->whole.op, AB_TABLE_places, trip->place),
                                                   .commodity = -1,
                                                   .mass_kg = NAN,
                                                   .trips = trips < 0 ? -1 : trips};
    return "commitments";
}

static const char *forbidden(draft *d)
{
    return locked(d, AB_LOCK_FORBIDDEN, -1);
}

static const char *more_than_at_most(draft *d)
{
    return locked(d, AB_LOCK_AT_MOST, 0);
}

static const char *fewer_than_fixed(draft *d)
{
    return locked(d, AB_LOCK_FIXED, 1000000);
}

static const char *commitment_not_named(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->commitment = trip->commitment[0] ? "" : "promise";
    return trip ? "commitments" : NULL;
}

/* An aircraft that cannot fly so far and return. */
static const char *out_of_range(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_flight);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);

    if (!trip)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].ferry_range_m = 0.9 * trip->distance_m;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].payload_full_range_m = 0.5 * trip->distance_m;
    return "range and duty";
}

/* At nine tenths of the way to its ferry range an aircraft lifts a tenth. */
static const char *too_heavy_for_the_range(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_flight);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);

    if (!trip)
        return NULL;
    int32_t row = small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle);
    double share = trip->mass_kg / (double)trip->vehicles / v[row].payload_kg, range_m = 2 * trip->distance_m;
    if (share < 0.2)
        return NULL;
    v[row].payload_full_range_m = 0;
    v[row].ferry_range_m = range_m / (1 - share / 2); /* half of what it carries */
    return "payload";
}

static const char *longer_than_a_duty(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_flight);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);

    if (!trip)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].duty_s_per_day = 0.9 * trip->cycle_s;
    return "range and duty";
}

static const char *too_bulky(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].payload_m3 =
        0.99 * ROWS(d, loads, load_row)[load].volume_m3 / (double)trip->vehicles;
    return "volume";
}

static bool not_drop(const ab_trip_row *trip)
{
    return is_delivery(trip) && !is_drop(trip);
}

static const char *too_many_pallets(draft *d)
{
    ab_trip_row *trip = a_trip(d, not_drop);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);
    ab_commodity *c = INPUT(d, commodities, commodity);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].pallets = 1;
    int32_t goods = small_row(&d->whole.op, AB_TABLE_commodities, ROWS(d, loads, load_row)[load].commodity);
    c[goods].packages_per_pallet = 0.9 * ROWS(d, loads, load_row)[load].packages / (double)trip->vehicles;
    return "pallets";
}

static const char *canopies_over_stock(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_drop);
    ab_dropsystem *s = d->whole.op.dropsystems.count ? INPUT(d, dropsystems, dropsystem) : NULL;

    if (!trip)
        return NULL;
    s[small_row(&d->whole.op, AB_TABLE_dropsystems, trip->dropsystem)].canopies_in_stock = 0;
    return "canopies";
}

static const char *not_rigged_yet(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_drop);
    ab_dropsystem *s = d->whole.op.dropsystems.count ? INPUT(d, dropsystems, dropsystem) : NULL;

    if (!trip)
        return NULL;
    s[small_row(&d->whole.op, AB_TABLE_dropsystems, trip->dropsystem)].rigged_per_day = 0;
    return "canopies";
}

static const char *too_heavy_for_the_system(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_drop);
    ab_dropsystem *s = d->whole.op.dropsystems.count ? INPUT(d, dropsystems, dropsystem) : NULL;

    if (!trip)
        return NULL;
    s[small_row(&d->whole.op, AB_TABLE_dropsystems, trip->dropsystem)].load_max_kg = 1;
    return "drop containers";
}

static const char *stock_that_is_not_there(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_stock *stock = INPUT(d, stocks, stock);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0)
        return NULL;
    int32_t goods = small_row(&d->whole.op, AB_TABLE_commodities, ROWS(d, loads, load_row)[load].commodity);
    for (int32_t i = 0; i < d->whole.op.stocks.count; i++)
        stock[i].mass_kg = stock[i].commodity == goods ? 0 : stock[i].mass_kg;
    return "hub stock";
}

static const char *stock_that_comes_later(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_stock *stock = INPUT(d, stocks, stock);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0)
        return NULL;
    for (int32_t i = 0; i < d->whole.op.stocks.count; i++)
        stock[i].available_from = trip->depart + llround(d->whole.settings.period_s);
    return "hub stock";
}

static const char *against_the_mandate(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_transfer);
    ab_link *link = d->whole.op.links.count ? INPUT(d, links, link) : NULL;

    if (!trip)
        return NULL;
    link[small_row(&d->whole.op, AB_TABLE_links, trip->link)].mandate_until = trip->depart;
    return "links";
}

static const char *more_than_the_link_bears(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_transfer);
    ab_link *link = d->whole.op.links.count ? INPUT(d, links, link) : NULL;

    if (!trip)
        return NULL;
    link[small_row(&d->whole.op, AB_TABLE_links, trip->link)].capacity_kg_per_day =
        0.99 * trip->mass_kg / fmax(1, d->whole.settings.period_s / 86400);
    return "links";
}

static const char *used_before_it_is_there(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_transfer);

    if (trip)
        trip->arrive = trip->depart;
    return trip ? "transfers" : NULL;
}

static const char *backwards_on_a_link(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_transfer);
    const char *from = trip ? trip->hub : "";

    if (!trip)
        return NULL;
    trip->hub = trip->to_hub;
    trip->to_hub = from;
    return "transfers";
}

static const char *nowhere_to_park(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_flight);
    ab_hub *hub = INPUT(d, hubs, hub);

    if (!trip || !(vehicle_of(d, trip)->turnround_s > 0))
        return NULL;
    hub[small_row(&d->whole.op, AB_TABLE_hubs, trip->hub)].parking = 0;
    return "parking";
}

static bool lands(const ab_trip_row *trip)
{
    return is_flight(trip) && !is_drop(trip);
}

static const char *nowhere_to_park_at_the_place(draft *d)
{
    ab_trip_row *trip = a_trip(d, lands);
    ab_place *place = INPUT(d, places, place);

    if (!trip || !(vehicle_of(d, trip)->turnround_s > 0))
        return NULL;
    place[small_row(&d->whole.op, AB_TABLE_places, trip->place)].parking = 0;
    return "parking";
}

static const char *runway_too_short(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_drop);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);
    ab_hub *hub = INPUT(d, hubs, hub);

    if (!trip)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].runway_needed_m = 2000;
    hub[small_row(&d->whole.op, AB_TABLE_hubs, trip->hub)].runway_m = 1990;
    return "means";
}

static const char *more_sorties_than_in_fact(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);

    if (!trip)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].sorties_per_day = 0;
    return "sorties in fact";
}

static const char *convoy_too_long(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);
    double days = fmax(1, floor(d->whole.settings.period_s / 86400));

    if (!trip || (double)trip->vehicles <= days)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].convoy_max = (int64_t)ceil((double)trip->vehicles / days) - 1;
    return "convoys";
}

static const char *more_convoys_than_teams(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_vehicle *v = INPUT(d, vehicles, vehicle);

    if (!trip)
        return NULL;
    v[small_row(&d->whole.op, AB_TABLE_vehicles, trip->vehicle)].convoys_per_day = 0;
    return "convoys";
}

static const char *more_than_the_hub_loads(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_hub *hub = INPUT(d, hubs, hub);

    if (!trip || trip->mass_kg < 100)
        return NULL;
    hub[small_row(&d->whole.op, AB_TABLE_hubs, trip->hub)].throughput_kg_per_day =
        0.99 * trip->mass_kg / fmax(1, d->whole.settings.period_s / 86400);
    return "hub throughput";
}

static const char *more_than_the_place_handles(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    ab_place *place = INPUT(d, places, place);

    if (!trip || trip->mass_kg < 100)
        return NULL;
    place[small_row(&d->whole.op, AB_TABLE_places, trip->place)].handling_kg_per_day =
        0.99 * trip->mass_kg / fmax(1, d->whole.settings.period_s / 86400);
    return "place handling";
}

static const char *more_than_the_road_bears(draft *d)
{
    ab_trip_row *trip = a_trip(d, has_roads);
    ab_road *road = d->whole.op.roads.count ? INPUT(d, roads, road) : NULL;

    if (!trip || trip->mass_kg < 100)
        return NULL;
    for (int32_t i = 0; i < d->whole.op.roads.count; i++)
        road[i].capacity_kg_per_day = 0.99 * trip->mass_kg / fmax(1, d->whole.settings.period_s / 86400);
    return "road capacity";
}

static const char *road_too_slow(draft *d)
{
    ab_trip_row *trip = a_trip(d, has_roads);
    ab_road *road = d->whole.op.roads.count ? INPUT(d, roads, road) : NULL;

    if (!trip)
        return NULL;
    for (int32_t i = 0; i < d->whole.op.roads.count; i++)
        road[i].speed_mps = 1;
    return "ways";
}

/* Less likely than asked, though nobody promised it. */
static const char *less_sure_than_asked(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (!trip || trip->commitment[0] || trip->arrival_prob > 0.99)
        return NULL;
    d->whole.settings.least_arrival_prob = trip->arrival_prob + 0.001;
    return "least chance";
}

static const char *over_budget(draft *d)
{
    double cost = *figure_of(d, "cost_usd");

    if (!(cost > 1))
        return NULL;
    d->whole.settings.budget_usd = 0.99 * cost;
    return "budget";
}

/* Food for months at once, and nobody promised it. */
static const char *buried_in_food(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    int32_t load = trip ? first_load(d, trip) : -1;

    d->whole.op.commitments.count = 0;
    if (load < 0 || goods_of(d, &ROWS(d, loads, load_row)[load])->category != AB_CATEGORY_FOOD)
        return NULL;
    const ab_place *place = &d->whole.op.places.at[small_row(&d->whole.op, AB_TABLE_places, trip->place)];
    if (place->population <= 0)
        return NULL;
    weigh(d, &ROWS(d, loads, load_row)[load], trip, 10 * (d->whole.settings.cover_s / 86400 + 100) * (double)place->population);
    return "cover";
}

/* ---- Tables that say what follows from the trips ---- */

static const char *forged_figure(draft *d)
{
    static const char *const figures[] = {"people", "person_days", "person_days_fed", "debt_end_ration_days",
                                          "deficit_kcal_days_per_person", "ration_kcal"};
    double *value = figure_of(d, figures[any_of(d, 6)]);

    *value = 1.0001 * *value + 0.001;
    return "figures";
}

static const char *forged_objective(draft *d)
{
    double *value = figure_of(d, any_of(d, 2) ? "objective" : "objective_if_nothing");

    *value = 0.9999 * *value - 1;
    return "objective";
}

static const char *forged_bound(draft *d)
{
    *figure_of(d, "bound") = *figure_of(d, "objective") * 1.0001 + 1;
    return "bound and gap";
}

static const char *forged_gap(draft *d)
{
    *figure_of(d, "gap_frac") += 0.0001;
    return "bound and gap";
}

static const char *forged_cost(draft *d)
{
    static const char *const parts[] = {"trip_usd", "canopy_usd", "cargo_usd", "fixed_usd", "cost_usd"};
    double *value = figure_of(d, parts[any_of(d, 5)]);

    *value = 0.9999 * *value - 1;
    return "costs";
}

static const char *forged_cost_of_a_trip(draft *d)
{
    ab_trip_row *trip = a_trip(d, any_of(d, 2) ? is_delivery : is_transfer);

    if (trip)
        trip->cost_usd = 0.9999 * trip->cost_usd - 1;
    return trip ? "costs" : NULL;
}

static const char *forged_price(draft *d)
{
    int32_t i = COUNT(d, loads) ? any_of(d, COUNT(d, loads)) : -1;

    if (i >= 0)
        ROWS(d, loads, load_row)[i].cargo_usd += 1;
    return i >= 0 ? "costs" : NULL;
}

static const char *forged_standing(draft *d)
{
    ab_stock_day *day = &ROWS(d, stock_days, stock_day)[any_of(d, COUNT(d, stock_days))];
    double *const cells[] = {&day->eaten_frac, &day->debt_ration_days, &day->debt_if_nothing};
    int32_t cell = any_of(d, 5);

    if (cell < 3)
        *cells[cell] += 0.0001 * (1 + *cells[cell]);
    else if (cell == 3)
        day->stock_s += 60;
    else
        day->received_kg += 10;
    return "standing";
}

static const char *day_left_out(draft *d)
{
    remove_row(d, AB_TABLE_stock_days, any_of(d, COUNT(d, stock_days)));
    return "names";
}

static const char *forged_need(draft *d)
{
    ab_need_row *need = &ROWS(d, needs, need_row)[any_of(d, COUNT(d, needs))];
    double *const cells[] = {&need->per_day, &need->per_day_low, &need->per_day_high, &need->in_place};
    int32_t cell = any_of(d, 4);

    *cells[cell] = 1.0001 * *cells[cell] + 1;
    return "needs";
}

static const char *need_left_out(draft *d)
{
    remove_row(d, AB_TABLE_needs, any_of(d, COUNT(d, needs)));
    return "names";
}

static const char *gap_left_out(draft *d)
{
    int32_t i = COUNT(d, gaps) ? any_of(d, COUNT(d, gaps)) : -1;

    /* One of a hair's breadth may be none. */
    if (i < 0 || ROWS(d, gaps, gap_row)[i].eaten_frac > 0.98)
        return NULL;
    remove_row(d, AB_TABLE_gaps, i);
    return "gaps";
}

static const char *forged_gap_row(draft *d)
{
    int32_t i = COUNT(d, gaps) ? any_of(d, COUNT(d, gaps)) : -1;

    if (i < 0)
        return NULL;
    if (any_of(d, 2))
        ROWS(d, gaps, gap_row)[i].missing = 0.9999 * ROWS(d, gaps, gap_row)[i].missing - 1;
    else
        ROWS(d, gaps, gap_row)[i].eaten_frac += 0.0001;
    return "gaps";
}

static const char *gap_without_a_reason(draft *d)
{
    int32_t i = COUNT(d, gaps) ? any_of(d, COUNT(d, gaps)) : -1;

    if (i >= 0)
        ROWS(d, gaps, gap_row)[i].reason = any_of(d, 2) ? "" : "none";
    return i >= 0 ? "gaps" : NULL;
}

static const char *forged_total(draft *d)
{
    ab_total *total = &ROWS(d, totals, total)[any_of(d, COUNT(d, totals))];

    if (total->expected > 0 && any_of(d, 2))
        total->expected = 1.0001 * total->expected + 0.001;
    else
        total->amount = 1.0001 * total->amount + 0.001;
    return "totals";
}

static const char *forged_audience(draft *d)
{
    ab_total *total = &ROWS(d, totals, total)[any_of(d, COUNT(d, totals))];

    total->audience = total->audience == AB_AUDIENCE_PUBLIC ? AB_AUDIENCE_TEAM : AB_AUDIENCE_PUBLIC;
    return "totals";
}

static const char *total_left_out(draft *d)
{
    remove_row(d, AB_TABLE_totals, any_of(d, COUNT(d, totals)));
    return "totals";
}

/* ---- Loading lists ---- */

/* A lot that is on a vehicle; NULL: there is none. */
static ab_lot_row *a_lot(draft *d)
{
    for (int32_t tries = 0; COUNT(d, lots) > 0 && tries < 100; tries++) {
        ab_lot_row *lot = &ROWS(d, lots, lot_row)[any_of(d, COUNT(d, lots))];
        if (lot->vehicle > 0)
            return lot;
    }
    return NULL;
}

static const ab_trip_row *trip_of_lot(draft *d, const ab_lot_row *lot)
{
    for (int32_t i = 0;; i++)
        if (strcmp(ROWS(d, trips, trip_row)[i].id, lot->trip) == 0)
            return &ROWS(d, trips, trip_row)[i];
}

static const ab_commodity *goods_of_lot(draft *d, const ab_lot_row *lot)
{
    return &d->whole.op.commodities.at[small_row(&d->whole.op, AB_TABLE_commodities, lot->commodity)];
}

/* The lot says what its packages make of it. */
static void pack_lot(draft *d, ab_lot_row *lot, double packages)
{
    double times = packages / lot->packages;

    lot->packages = packages;
    lot->mass_kg = packages * goods_of_lot(d, lot)->package_kg;
    lot->volume_m3 *= times;
    lot->pallets *= times;
    lot->person_days *= times;
}

static const char *lot_left_out(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    if (lot)
        remove_row(d, AB_TABLE_lots, (int32_t)(lot - ROWS(d, lots, lot_row)));
    return lot ? "lots" : NULL;
}

static const char *lot_packed_fuller(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    if (lot)
        pack_lot(d, lot, lot->packages + 1);
    return lot ? "lots" : NULL;
}

static const char *forged_lot(draft *d)
{
    ab_lot_row *lot = a_lot(d);
    double *const cells[] = {lot ? &lot->mass_kg : NULL, lot ? &lot->volume_m3 : NULL, lot ? &lot->pallets : NULL};

    if (lot)
        *cells[any_of(d, 3)] += 0.5;
    return lot ? "lots" : NULL;
}

static const char *half_a_package_in_a_lot(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    if (!lot || trip_of_lot(d, lot)->commitment[0])
        return NULL;
    pack_lot(d, lot, lot->packages - 0.5);
    return "loading lists";
}

static const char *lot_listed_twice(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    if (lot)
        ROWS(d, lots, lot_row)[d->rows[AB_TABLE_lots].count++] = *lot;
    return lot ? "loading lists" : NULL;
}

static const char *vehicle_that_does_not_go(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    if (lot)
        lot->vehicle = trip_of_lot(d, lot)->vehicles + 1;
    return lot ? "loading lists" : NULL;
}

static const char *vehicle_with_two_lists(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    for (int32_t i = 0; lot && i < COUNT(d, lots); i++) {
        ab_lot_row *other = &ROWS(d, lots, lot_row)[i];
        if (strcmp(other->trip, lot->trip) == 0 && other->vehicle > 0 && other->vehicle < lot->vehicle) {
            other->vehicles = lot->vehicle - other->vehicle + 1;
            return "loading lists";
        }
    }
    return NULL;
}

static const char *lot_of_what_is_not_loaded(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    if (lot)
        *(any_of(d, 2) ? &lot->commodity : &lot->trip) = "nothing";
    return lot ? "loading lists" : NULL;
}

/* Two lots of one list that may not change places. */
static const char *loaded_the_wrong_way_round(draft *d)
{
    ab_lot_row *a = a_lot(d);

    for (int32_t i = 0; a && i < COUNT(d, lots); i++) {
        ab_lot_row *b = &ROWS(d, lots, lot_row)[i];
        bool one_list = strcmp(a->trip, b->trip) == 0 && a->vehicle == b->vehicle && a->container == b->container;
        bool lighter = !a->likely_off && goods_of_lot(d, a)->package_kg != goods_of_lot(d, b)->package_kg;
        if (!one_list || (a->likely_off == b->likely_off && !lighter))
            continue;
        int64_t lot = a->lot;
        a->lot = b->lot;
        b->lot = lot;
        return "loading lists";
    }
    return NULL;
}

static const char *all_on_one_vehicle(draft *d)
{
    ab_lot_row *lot = a_lot(d);

    if (!lot)
        return NULL;
    pack_lot(d, lot, ceil(1.01 * vehicle_of(d, trip_of_lot(d, lot))->payload_kg / goods_of_lot(d, lot)->package_kg));
    return "room";
}

static const char *forged_gini(draft *d)
{
    *figure_of(d, "debt_end_gini") += 0.0001;
    return "figures";
}

static const char *other_input(draft *d)
{
    ab_place *place = INPUT(d, places, place);

    place[any_of(d, d->whole.op.places.count)].name = "Elsewhere";
    return "input";
}

static const char *infinite(draft *d)
{
    ab_stock_day *day = &ROWS(d, stock_days, stock_day)[any_of(d, COUNT(d, stock_days))];

    day->stock_s = INFINITY;
    return "numbers";
}

static const char *not_known(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);

    if (trip)
        trip->mass_kg = NAN;
    return trip ? "sums" : NULL;
}

static const char *less_than_nothing(draft *d)
{
    ab_trip_row *trip = a_trip(d, is_delivery);
    int32_t load = trip ? first_load(d, trip) : -1;

    if (load < 0)
        return NULL;
    weigh(d, &ROWS(d, loads, load_row)[load], trip, -1000);
    return "numbers";
}

/* ---- The record, and what may become of a trip ---- */

/* A trip by road, its chance by leave and gates as the tables have it, and the record behind it. */
typedef struct judged {
    ab_trip_row *trip;
    int32_t place;
    ab_time depart;
    ab_access *access;
    const ab_access_cell *cell;
    bool open; /* no report makes it less sure: a chance that is greater than this is surely forged */
} judged;

static void judge(draft *d, judged *j)
{
    ab_error err = AB_ERROR_INIT;
    const ab_operation *op = &d->whole.op;
    double kept = 1 - (isnan(op->settings->loss_frac) ? 0 : op->settings->loss_frac);

    settle_rows(&d->whole);
    if (ab_access_make(op, &j->access, &err) != AB_OK)
        fail_msg("%s", err.message);
    j->cell = ab_access_place(j->access, j->place, AB_MEANS_ROAD, ab_period_of(op, j->depart));
    j->open = j->trip->arrival_prob > 0 && j->trip->arrival_prob >= j->cell->permit.mean * kept * (1 - 1e-9);
}

static bool is_drive_on_hope(const ab_trip_row *trip)
{
    return is_drive(trip) && !trip->permission[0];
}

/* A drive into a place that is cut off, over ways of which nothing bad is told. false: none is drawn. */
static bool judge_a_drive(draft *d, judged *j, bool (*fits)(const ab_trip_row *))
{
    *j = (judged){.trip = a_trip(d, fits)};
    if (!j->trip)
        return false;
    j->place = small_row(&d->whole.op, AB_TABLE_places, j->trip->place);
    j->depart = j->trip->depart;
    judge(d, j);
    if (j->open && j->cell->permission != AB_PERMISSION_NOT_NEEDED)
        return true;
    ab_access_free(j->access);
    return false;
}

/* With all that follows of it for the trip and its loads. */
static const char *raise(draft *d, ab_trip_row *trip, double times)
{
    if (!(times > 1.0001) || trip->arrival_prob * times > 1)
        return NULL;
    trip->arrival_prob *= times;
    trip->arrival_prob_high = fmax(trip->arrival_prob_high, trip->arrival_prob);
    for (int32_t i = 0; i < COUNT(d, loads); i++)
        if (strcmp(ROWS(d, loads, load_row)[i].trip, trip->id) == 0)
            weigh(d, &ROWS(d, loads, load_row)[i], trip, ROWS(d, loads, load_row)[i].mass_kg);
    return "chances";
}

/* As if one more convoy had been let through, the day before yesterday. */
static const char *record_better_than_the_tables(draft *d)
{
    judged is, were;

    if (!judge_a_drive(d, &is, is_drive))
        return NULL;
    const ab_authorities *who = ab_record_authorities(ab_access_record(is.access));
    ab_movement *more = INPUT(d, movements, movement);
    more += d->whole.op.movements.count++;
    *more = (ab_movement){.id = "more", .place = is.place, .hub = -1, .vehicle = -1, .commodity = -1, .request = -1, .commitment = -1,
                           .dropsystem = -1};
    more->date = (ab_record_now(&d->whole.op) / 86400 - 2) * 86400;
    more->loaded_kg = more->offloaded_kg = 1000;
    more->removed_kg = more->returned_kg = more->lost_kg = 0;
    more->stopped_at = more->source = more->note = "";
    more->gatekeeper = is.cell->asked >= 0 ? who->at[is.cell->asked].name : "";
    were = is;
    judge(d, &were);
    double times = were.cell->permit.mean / is.cell->permit.mean;
    ab_access_free(were.access);
    ab_access_free(is.access);
    d->whole.op.movements.count--;
    return raise(d, is.trip, times);
}

/* As if nobody knew what was seen last at the gate. */
static const char *memory_forgotten(draft *d)
{
    judged j;

    if (!judge_a_drive(d, &j, is_drive))
        return NULL;
    const ab_record *record = ab_access_record(j.access);
    int32_t ring = ab_record_besieger(record, j.place);
    ab_chance pass = ab_record_stage(record, j.cell->asked, AB_STAGE_PASS, 0).chance, here;
    double times = pass.mean / j.cell->gate.mean;
    if (ring >= 0 && j.cell->asked >= 0 && ring != j.cell->asked)
        times *= ab_record_stage(record, ring, AB_STAGE_PASS, 0).chance.mean;
    for (int32_t leave = 0; leave < AB_LEAVES; leave++) {
        ab_chance go = ab_record_stage(record, j.cell->asked, AB_STAGE_GO, leave).chance;
        here = ab_record_remembered(record, go, AB_STAGE_GO, j.cell->asked, j.place, j.depart);
        if (here.mean == j.cell->go.mean) {
            times *= go.mean / here.mean;
            break;
        }
    }
    ab_access_free(j.access);
    return raise(d, j.trip, times);
}

/* Nobody has said yes, and it counts as said. */
static const char *yes_taken_for_granted(draft *d)
{
    judged j;

    if (!judge_a_drive(d, &j, is_drive_on_hope))
        return NULL;
    bool waits = j.cell->permission == AB_PERMISSION_UNANSWERED || j.cell->permission == AB_PERMISSION_NONE;
    double times = waits ? 1 / j.cell->leave.mean : 1;
    ab_access_free(j.access);
    return raise(d, j.trip, times);
}

/* A row of outcomes, drawn; NULL: there is none. */
static ab_outcome_row *an_outcome(draft *d)
{
    return COUNT(d, outcomes) ? &ROWS(d, outcomes, outcome_row)[any_of(d, COUNT(d, outcomes))] : NULL;
}

static const char *outcome_left_out(draft *d)
{
    if (!COUNT(d, outcomes))
        return NULL;
    remove_row(d, AB_TABLE_outcomes, any_of(d, COUNT(d, outcomes)));
    return "outcomes";
}

static const char *outcome_told_twice(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    if (row)
        ROWS(d, outcomes, outcome_row)[COUNT(d, outcomes)++] = *row;
    return row ? "outcomes" : NULL;
}

static const char *outcome_of_no_trip(draft *d)
{
    ab_outcome_row *row = an_outcome(d);
    ab_trip_row *transfer = a_trip(d, is_transfer);

    if (row)
        row->trip = transfer && any_of(d, 2) ? transfer->id : "t-nobody";
    return row ? "outcomes" : NULL;
}

static const char *outcomes_above_one(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    if (row)
        row->delivered_prob += 0.001;
    return row ? "outcomes" : NULL;
}

static const char *outcome_below_nothing(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    if (!row)
        return NULL;
    row->delivered_prob += row->lost_prob + 0.001;
    row->lost_prob = -0.001;
    return "outcomes";
}

/* Moves a chance to that of full delivery: they still sum to 1. */
static const char *hide(ab_outcome_row *row, double *prob)
{
    if (!(*prob > 1e-4))
        return NULL;
    row->delivered_prob += *prob;
    *prob = 0;
    return "outcomes";
}

static const char *refusal_hidden(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    return row ? hide(row, &row->refused_prob) : NULL;
}

static const char *harm_hidden(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    return row ? hide(row, &row->hurt_prob) : NULL;
}

static const char *return_hidden(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    /* Of a drop the row alone says how open the way is. */
    for (int32_t i = 0; row && i < COUNT(d, trips); i++)
        if (strcmp(ROWS(d, trips, trip_row)[i].id, row->trip) == 0 && is_drop(&ROWS(d, trips, trip_row)[i]))
            return NULL;
    return row ? hide(row, &row->turned_back_prob) : NULL;
}

static const char *search_hidden(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    return row ? hide(row, any_of(d, 2) ? &row->stripped_prob : &row->part_prob) : NULL;
}

static const char *leave_of_another(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    if (row)
        row->asked_of = "Nobody's Army";
    return row ? "outcomes" : NULL;
}

/* More dangerous than is accepted, and no name stands under it. */
static const char *attack_that_nobody_signed(draft *d)
{
    ab_outcome_row *row = an_outcome(d);

    if (!row || !(row->hurt_prob > 0.001))
        return NULL;
    /* Of those who set out more are hurt than of all. */
    d->whole.settings.greatest_attack_prob = 0.9 * row->hurt_prob;
    ab_commitment *commitment = INPUT(d, commitments, commitment);
    for (int32_t i = 0; i < d->whole.op.commitments.count; i++)
        commitment[i].decided_by = "";
    return "attack";
}

/* ---- Draws ---- */

typedef struct change {
    const char *name;
    const char *(*make)(draft *);
} change;

#define CHANGE(make) {#make, make}
static const change CHANGES[] = {
    CHANGE(too_many_vehicles), CHANGE(too_many_hours), CHANGE(one_more_vehicle), CHANGE(no_vehicle), CHANGE(another_day),
    CHANGE(between_periods), CHANGE(in_the_past), CHANGE(received_later), CHANGE(another_place), CHANGE(another_hub),
    CHANGE(another_vehicle), CHANGE(nobodys_vehicle), CHANGE(other_goods), CHANGE(overloaded), CHANGE(half_a_package),
    CHANGE(more_in_the_trip_than_its_loads), CHANGE(carried_twice), CHANGE(goes_twice), CHANGE(one_id_for_two),
    CHANGE(trip_dropped_from_the_list), CHANGE(trip_dropped_with_its_loads), CHANGE(shorter_cycle), CHANGE(shorter_way),
    CHANGE(beside_the_road), CHANGE(surer), CHANGE(mean_under_its_low_end), CHANGE(more_expected),
    CHANGE(more_expected_of_a_load), CHANGE(expired_agreement), CHANGE(permission_of_nobody), CHANGE(refused),
    CHANGE(outside_agreed_hours), CHANGE(hub_at_work_a_minute), CHANGE(not_offered), CHANGE(over_the_quota),
    CHANGE(over_the_quota_of_tonnes), CHANGE(unlinked), CHANGE(promise_broken), CHANGE(forbidden), CHANGE(more_than_at_most),
    CHANGE(fewer_than_fixed), CHANGE(commitment_not_named), CHANGE(out_of_range), CHANGE(too_heavy_for_the_range),
    CHANGE(longer_than_a_duty), CHANGE(too_bulky), CHANGE(too_many_pallets), CHANGE(canopies_over_stock),
    CHANGE(not_rigged_yet), CHANGE(too_heavy_for_the_system), CHANGE(stock_that_is_not_there), CHANGE(stock_that_comes_later),
    CHANGE(against_the_mandate), CHANGE(more_than_the_link_bears), CHANGE(used_before_it_is_there), CHANGE(backwards_on_a_link),
    CHANGE(nowhere_to_park), CHANGE(nowhere_to_park_at_the_place), CHANGE(runway_too_short), CHANGE(more_sorties_than_in_fact),
    CHANGE(convoy_too_long), CHANGE(more_convoys_than_teams), CHANGE(more_than_the_hub_loads),
    CHANGE(more_than_the_place_handles), CHANGE(more_than_the_road_bears), CHANGE(road_too_slow), CHANGE(less_sure_than_asked),
    CHANGE(over_budget), CHANGE(buried_in_food), CHANGE(forged_figure), CHANGE(forged_objective), CHANGE(forged_bound),
    CHANGE(forged_gap), CHANGE(forged_cost), CHANGE(forged_cost_of_a_trip), CHANGE(forged_price), CHANGE(forged_standing),
    CHANGE(day_left_out), CHANGE(forged_need), CHANGE(need_left_out), CHANGE(gap_left_out), CHANGE(forged_gap_row),
    CHANGE(gap_without_a_reason), CHANGE(forged_total), CHANGE(forged_audience), CHANGE(total_left_out), CHANGE(other_input), CHANGE(infinite),
    CHANGE(not_known), CHANGE(less_than_nothing), CHANGE(lot_left_out), CHANGE(lot_packed_fuller), CHANGE(forged_lot),
    CHANGE(half_a_package_in_a_lot), CHANGE(lot_listed_twice), CHANGE(vehicle_that_does_not_go), CHANGE(vehicle_with_two_lists),
    CHANGE(lot_of_what_is_not_loaded), CHANGE(loaded_the_wrong_way_round), CHANGE(all_on_one_vehicle), CHANGE(forged_gini),
    CHANGE(record_better_than_the_tables), CHANGE(memory_forgotten), CHANGE(yes_taken_for_granted), CHANGE(outcome_left_out),
    CHANGE(outcome_told_twice), CHANGE(outcome_of_no_trip), CHANGE(outcomes_above_one), CHANGE(outcome_below_nothing),
    CHANGE(refusal_hidden), CHANGE(harm_hidden), CHANGE(return_hidden), CHANGE(search_hidden), CHANGE(leave_of_another),
    CHANGE(attack_that_nobody_signed),
};
enum { CHANGE_COUNT = sizeof CHANGES / sizeof *CHANGES, PLANS = 5 };

static planned plans[PLANS];
static int32_t plan_count;

/* When requests were answered and convoys had gone, and with trips for which nobody has said yes yet. */
static void in_the_midst(ab_settings *settings)
{
    settings->as_of = INT64_C(1467331200); /* 1 July 2016 */
    settings->least_arrival_prob = 0.01;
}

static int make_plans(void **state)
{
    static const char *const examples[] = {"kobani-2014", "sinjar-2014", "syria-2016"};

    (void)state;
    plans[0] = (planned){.name = "mini", .read = small_mini()};
    plan_count = plans[0].read ? 1 : 0;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
        read_example(&plans[plan_count++], examples[i]);
    for (int32_t i = 0; i < plan_count; i++)
        plan_it(&plans[i], NULL);
    read_example(&plans[plan_count], "deir-ez-zor-2016");
    plan_it(&plans[plan_count++], in_the_midst);
    return 0;
}

static int free_plans(void **state)
{
    (void)state;
    for (int32_t i = 0; i < plan_count; i++)
        free_planned(&plans[i]);
    return 0;
}

static void what_was_planned_is_accepted(void **state)
{
    (void)state;
    for (int32_t i = 0; i < plan_count; i++) {
        draft d;
        make_draft(&d, &plans[i], 1);
        accept_draft(&d, plans[i].name);
        free_draft(&d);
    }
}

static void what_was_changed_is_refused(void **state)
{
    int32_t passed = 0;

    (void)state;
    for (int32_t c = 0; c < CHANGE_COUNT; c++) {
        int32_t made = 0;
        for (int32_t i = 0; i < plan_count; i++) {
            for (uint64_t seed = 0; seed < DRAWS; seed++) {
                draft d;
                make_draft(&d, &plans[i], 1000 * (uint64_t)c + seed);
                const char *rule = CHANGES[c].make(&d);
                made += rule != NULL;
                passed += rule && !refuses_draft(&d, rule, CHANGES[c].name);
                free_draft(&d);
            }
        }
        print_message("%-32s %d\n", CHANGES[c].name, made);
        passed += made == 0;
    }
    if (passed > 0)
        fail_msg("%d changes pass, or are made of nothing", passed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_planned_is_accepted),
        cmocka_unit_test(what_was_changed_is_refused),
    };
    return cmocka_run_group_tests(tests, make_plans, free_plans);
}
