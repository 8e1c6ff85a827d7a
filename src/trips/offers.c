#include <math.h>

#include "airbridge/record.h"
#include "trips/build.h"

/* A departure of a kind in a period, with all that decides on it. */
typedef struct departure {
    const ab_trip_kind *kind;
    int32_t t;
    const ab_access_cell *place;
    const ab_access_cell *worst_way; /* the least sure of hub and roads; NULL: all are open */
    ab_ref worst_row;
    const ab_access_cell *stripping; /* the first of hub and roads where goods of it are taken off; NULL: none */
    ab_chance arrival, hurt;
    uint64_t way_commodities;
} departure;

static void pass_way(departure *d, const ab_access_cell *cell, ab_input_table table, int32_t row)
{
    d->way_commodities &= cell->commodities;
    if (d->stripping == NULL && (d->kind->commodities & d->place->commodities & cell->barred) != 0) {
        d->stripping = cell;
    }
    double worst_prob = d->worst_way != NULL ? d->worst_way->pass.mean : 1;
    if (cell->pass.mean < worst_prob) {
        d->worst_way = cell;
        d->worst_row = (ab_ref){(int32_t)table, row};
    }
}

/* Of what passes every gate, the share received: losses under way and, from the air, canopies, where loads land, and recovery. */
static ab_chance received(const ab__trip_lists *lists, const ab_trip_kind *kind, int32_t t)
{
    const ab_operation *op = lists->op;
    double kept_frac = 1 - (isnan(op->settings->loss_frac) ? 0 : op->settings->loss_frac);
    ab_chance share = {1, 1, 1};
    if (kind->dropsystem >= 0) {
        ab__drop_record record = ab__drop_record_of(op, &op->dropsystems.at[kind->dropsystem]);
        share = ab__drop_received(&record, &op->dropzones.at[kind->dropzone]);
        const ab_airdrop *drop = ab__drop_of(lists, kind, t);
        if (drop != NULL) {
            share = (ab_chance){fmin(share.mean, drop->recovered.mean), fmin(share.low, drop->recovered.lo),
                                fmin(share.high, drop->recovered.hi)};
        }
    }
    return (ab_chance){share.mean * kept_frac, share.low * kept_frac, share.high * kept_frac};
}

static ab_chance both(ab_chance a, ab_chance b)
{
    return (ab_chance){a.mean * b.mean, a.low * b.low, a.high * b.high};
}

static ab_passage passage_of(const ab__trip_lists *lists, const ab_trip_kind *kind, int32_t t)
{
    ab_passage passage = {.place = kind->place, .means = kind->means, .hub = kind->hub, .depart = t};
    if (kind->path >= 0) {
        passage.road_count = lists->routes->path[kind->path].road_count;
        passage.road = lists->routes->path[kind->path].road;
    }
    return passage;
}

/* Leave, what reports say of place, hub and roads, and what is received of what passes them. */
static departure set_out(const ab__trip_lists *lists, const ab_trip_kind *kind, int32_t t)
{
    departure d = {.kind = kind, .t = t, .way_commodities = UINT64_MAX};
    d.place = lists->opened != NULL
                  ? lists->opened
                  : ab_access_place(lists->access, kind->place, kind->means, t);
    d.arrival = both(d.place->permit, received(lists, kind, t));
    if ((lists->doors & AB_DOOR_REPORTS) != 0) {
        return d;
    }
    ab_passage passage = passage_of(lists, kind, t);
    d.arrival = both(d.arrival, ab_access_open(lists->access, &passage));
    d.hurt = ab_access_hurt(lists->access, &passage);
    pass_way(&d, ab_access_hub(lists->access, kind->hub, kind->means, t), AB_TABLE_hubs, kind->hub);
    for (int32_t i = 0; i < passage.road_count; i++) {
        int32_t road = passage.road[i];
        pass_way(&d, ab_access_way(lists->access, AB_TABLE_roads, road, t), AB_TABLE_roads, road);
    }
    return d;
}

/* ---- Why not ---- */

/* The first row of the cell's evidence that is of one of two tables; {-1, -1}: none. */
static ab_ref first_row(const ab_access *access, const ab_access_cell *cell, ab_input_table a,
                        ab_input_table b)
{
    ab_refs rows = ab_access_evidence(access, cell->evidence);
    for (int32_t i = 0; i < rows.count; i++) {
        if (rows.at[i].table == (int32_t)a || rows.at[i].table == (int32_t)b) {
            return rows.at[i];
        }
    }
    return (ab_ref){-1, -1};
}

/* How much of the place's chance is due to a permission that is missing, and what to call it. */
static double permission_prob(const ab_access_cell *place, ab_reason *reason)
{
    *reason = place->permission == AB_PERMISSION_UNANSWERED ? AB_REASON_NO_ANSWER
                                                            : AB_REASON_NO_PERMISSION;
    switch (place->permission) {
    case AB_PERMISSION_REFUSED:
    case AB_PERMISSION_UNANSWERED:
    case AB_PERMISSION_NONE:
        return place->permit.mean;
    default:
        return 1;
    }
}

/* Names what lowers the chance most: a missing permission, a way or place that is reported closed, or no
 * one thing. */
static ab_reason name_low_chance(const ab__trip_lists *lists, const departure *d, ab_ref *because)
{
    const ab_access *access = lists->access;
    ab_reason reason;
    double permission = permission_prob(d->place, &reason);
    double state = d->place->closed && permission > 0 ? d->place->pass.mean / permission : 1;
    bool way_closed = d->worst_way != NULL && d->worst_way->closed;
    double way = way_closed ? d->worst_way->pass.mean : 1;
    if (permission < 1 && permission <= fmin(state, way)) {
        /* With nobody's leave: what came nearest to it, else a truce that lets no convoy through. */
        *because = first_row(access, d->place, AB_TABLE_requests, AB_TABLE_agreements);
        return reason;
    }
    if (way < 1 && way <= state) {
        *because = (ab_ref){AB_TABLE_access, d->worst_way->says_closed};
        return AB_REASON_CLOSED;
    }
    if (state < 1) {
        *because = (ab_ref){AB_TABLE_access, d->place->says_closed};
        return AB_REASON_CLOSED;
    }
    ab_refs rows = ab_access_evidence(access, d->place->evidence);
    *because = rows.count > 0 ? rows.at[0] : d->worst_way != NULL ? d->worst_row : (ab_ref){-1, -1};
    return AB_REASON_LOW_CHANCE;
}

static bool asks_for(const ab_operation *op, int32_t commitment, const ab_trip_kind *kind, int32_t t)
{
    const ab_commitment *c = &op->commitments.at[commitment];
    return (c->lock == AB_LOCK_FIXED || c->lock == AB_LOCK_AT_LEAST) && c->place >= 0 &&
           ab_commitment_binds(op, commitment, kind->vehicle, kind->hub, kind->place, t);
}

/* The strongest report that what `because` closes is open, where weighty ones contradict each other; {-1, -1}: none. */
static ab_ref row_that_denies(const departure *d, ab_reason reason, ab_ref because)
{
    const ab_access_cell *cells[] = {d->place, d->worst_way};
    for (int i = 0; i < 2 && reason == AB_REASON_CLOSED && because.table == AB_TABLE_access; i++) {
        if (cells[i] != NULL && cells[i]->contested && cells[i]->says_closed == because.row) {
            return (ab_ref){AB_TABLE_access, cells[i]->says_open};
        }
    }
    return (ab_ref){-1, -1};
}

/* A person has decided on this departure already: then its chance is theirs to judge. */
static bool is_committed(const ab_operation *op, const ab_trip_kind *kind, int32_t t)
{
    for (int32_t i = 0; i < op->commitments.count; i++) {
        if (asks_for(op, i, kind, t)) {
            return true;
        }
    }
    return false;
}

/* That people may be hurt is for a person to accept who is named. */
static bool is_signed_for(const ab_operation *op, const ab_trip_kind *kind, int32_t t)
{
    for (int32_t i = 0; i < op->commitments.count; i++) {
        if (op->commitments.at[i].decided_by[0] != '\0' && asks_for(op, i, kind, t)) {
            return true;
        }
    }
    return false;
}

/* Departures of a span may be frozen: those that a plan before had stand in the commitments, and no others go but
 * where a person's commitment names the place and the day. */
static bool is_frozen(const ab_operation *op, const ab_trip_kind *kind, int32_t t)
{
    if (op->frozen_until == 0 || ab_period_start(op, t) >= op->frozen_until) {
        return false;
    }
    for (int32_t i = 0; i < op->commitments.count; i++) {
        const ab_commitment *c = &op->commitments.at[i];
        if (c->place >= 0 && c->date != AB_TIME_NONE &&
            ab_commitment_binds(op, i, kind->vehicle, kind->hub, kind->place, t)) {
            return false;
        }
    }
    return true;
}

/* Does the permission rest on agreements alone, so that it lasts no longer than they do? */
static bool rests_on_agreements(const ab_access *access, const ab_access_cell *place)
{
    ab_ref request = first_row(access, place, AB_TABLE_requests, AB_TABLE_requests);
    return place->permission == AB_PERMISSION_GIVEN && request.row < 0;
}

/* ---- Offers and refusals ---- */

static bool refuse(ab__trip_lists *lists, const departure *d, int32_t kind, ab_reason reason,
                   ab_ref because)
{
    int32_t count = lists->refusals.count;
    ab_refusal *last = count > 0 ? &lists->refusals.at[count - 1] : NULL;
    if (last != NULL && last->kind == kind && last->until == d->t && last->reason == reason &&
        last->because.table == because.table && last->because.row == because.row) {
        last->until = d->t + 1;
        last->arrival = d->arrival.mean > last->arrival.mean ? d->arrival : last->arrival;
        return true;
    }
    ab_refusal *refusal = AB_PUSH(&lists->refusals);
    if (refusal != NULL) {
        *refusal = (ab_refusal){.kind = kind,
                                .place = d->kind->place,
                                .means = d->kind->means,
                                .from = d->t,
                                .until = d->t + 1,
                                .reason = reason,
                                .arrival = d->arrival,
                                .because = because,
                                .denied_by = row_that_denies(d, reason, because)};
    }
    return refusal != NULL;
}

static int32_t arrival_period(const ab_operation *op, const ab_trip_kind *kind, int32_t t)
{
    double duty_s = op->vehicles.at[kind->vehicle].duty_s_per_day;
    double elapsed_s = ab__elapsed_s(kind->out_s, duty_s);
    return ab_period_of(op, ab_period_start(op, t) + (ab_time)ceil(elapsed_s));
}

/* Flights are bound by the hour of departure. Trucks must be there, too, in agreed hours; those that rest
 * overnight find some on each day. */
static ab__hours hours_of(const ab__trip_lists *lists, const departure *d)
{
    const ab_trip_kind *kind = d->kind;
    const ab_vehicle *vehicle = &lists->op->vehicles.at[kind->vehicle];
    ab__hours hours = {.agreements =
                           ab_access_agreements(lists->access, kind->place, kind->means, d->t),
                       .within = rests_on_agreements(lists->access, d->place)};
    if (kind->means == AB_MEANS_ROAD) {
        hours.nights = ab__nights(kind->out_s, vehicle->duty_s_per_day);
        /* Loading, the first half of the turn-round, is done before departure. */
        double way_s = kind->out_s - vehicle->turnround_s / 2;
        hours.way_s = hours.nights == 0 ? (ab_time)ceil(way_s) : 0;
    }
    return hours;
}

/* The row to name for the hours: an agreement that states some, else one that the trip rests on, else the hub. */
static ab_ref row_of_hours(const ab_operation *op, const ab__hours *hours, int32_t hub)
{
    for (int32_t i = 0; i < hours->agreements.count; i++) {
        const ab_agreement *agreement = &op->agreements.at[hours->agreements.at[i].row];
        if (agreement->daily_from_s > 0 ||
            (agreement->daily_until_s >= 0 && agreement->daily_until_s < 86400)) {
            return hours->agreements.at[i];
        }
    }
    bool rests = hours->within && hours->agreements.count > 0;
    return rests ? hours->agreements.at[0] : (ab_ref){AB_TABLE_hubs, hub};
}

/* The hours in which the offer may depart; if none, whether they are too short or there are none. */
static ab_reason judge_hours(const ab__trip_lists *lists, const departure *d, ab_offer *offer,
                             ab_ref *because)
{
    int32_t hub = d->kind->hub;
    ab__hours hours = hours_of(lists, d);
    if ((lists->doors & AB_DOOR_HOURS) != 0) {
        hours = (ab__hours){.agreements = {0, NULL}};
    }
    offer->work_frac = ab__work_frac(lists->op, hub, &hours, d->t);
    if (offer->work_frac > 0) {
        return AB_REASON_NONE;
    }
    *because = row_of_hours(lists->op, &hours, hub);
    hours.way_s = 0;
    hours.nights = 0;
    return ab__work_frac(lists->op, hub, &hours, d->t) > 0 ? AB_REASON_HOURS : AB_REASON_CLOSED;
}

/* The trip would pass, and nothing that it carries: the row by which it is taken off, of the place's leave or
 * reports, or of a report on the way. */
static ab_ref row_that_strips(const ab__trip_lists *lists, const departure *d)
{
    const ab_access_cell *place = d->place;
    if ((d->kind->commodities & place->permitted) == 0) {
        return first_row(lists->access, place, AB_TABLE_requests, AB_TABLE_agreements);
    }
    bool here = (d->kind->commodities & place->commodities) == 0 || d->stripping == NULL;
    return first_row(lists->access, here ? place : d->stripping, AB_TABLE_access, AB_TABLE_access);
}

/* What stands in the way of the departure, or AB_REASON_NONE with the offer filled in. */
static ab_reason judge(const ab__trip_lists *lists, const departure *d, ab_offer *offer,
                       ab_ref *because)
{
    const ab_operation *op = lists->op;
    const ab_trip_kind *kind = d->kind;
    *because = (ab_ref){-1, -1};
    if (d->t < ab_first_departure(op)) {
        return AB_REASON_FROZEN;
    }
    /* Before the chance, which a drop that should not be flown lowers as well. */
    const ab_airdrop *drop = ab__drop_of(lists, kind, d->t);
    bool decided = is_committed(op, kind, d->t);
    ab_reason reason = drop == NULL || decided ? AB_REASON_NONE : ab__drop_refused(drop, because);
    if (reason != AB_REASON_NONE) {
        return reason;
    }
    bool unsure = d->arrival.mean < op->settings->least_arrival_prob &&
                  (lists->doors & AB_DOOR_LEAST) == 0;
    if (unsure && !decided) {
        return name_low_chance(lists, d, because);
    }
    if (d->hurt.mean > op->settings->greatest_attack_prob && !is_signed_for(op, kind, d->t)) {
        return AB_REASON_ATTACK;
    }
    uint64_t let = (lists->doors & AB_DOOR_GOODS) != 0 ? UINT64_MAX : d->way_commodities;
    offer->commodities = kind->commodities & d->place->commodities & let;
    if (offer->commodities == 0) {
        *because = row_that_strips(lists, d);
        return AB_REASON_STRIPPED;
    }
    reason = judge_hours(lists, d, offer, because);
    if (reason != AB_REASON_NONE) {
        return reason;
    }
    offer->arrive = arrival_period(op, kind, d->t);
    if (offer->arrive >= op->period_count) {
        return AB_REASON_TRAVEL;
    }
    return is_frozen(op, kind, d->t) ? AB_REASON_FROZEN : AB_REASON_NONE;
}

/* The place's cell, shut only by what is not opened. */
static ab_access_cell open_place(const ab_operation *op, const ab_access *access, const ab_trip_kind *kind, int32_t t,
                                 uint32_t doors)
{
    const ab_access_cell *place = ab_access_place(access, kind->place, kind->means, t);
    ab_access_cell cell = *place;
    bool agreed = (doors & AB_DOOR_PERMISSION) != 0, free_way = (doors & AB_DOOR_REPORTS) != 0;
    ab_chance yes = ab_access_if_agreed(access, op, kind->place, kind->means, t);
    if (agreed && yes.mean > cell.permit.mean) {
        cell.permit = yes;
    }
    if (agreed) {
        /* It rests on no agreement then, and lasts as long as this answer. */
        cell.permission = AB_PERMISSION_NOT_NEEDED;
        cell.permitted = UINT64_MAX;
    }
    if (free_way) {
        cell.state = (ab_chance){1, 1, 1};
        cell.closed = false;
        cell.barred = 0;
    }
    cell.commodities = (doors & AB_DOOR_GOODS) != 0 ? UINT64_MAX : cell.permitted & ~cell.barred;
    cell.pass = (ab_chance){cell.permit.mean * cell.state.mean, cell.permit.low * cell.state.low,
                            cell.permit.high * cell.state.high};
    return cell;
}

bool ab_trips_if_open(const ab_operation *op, const ab_access *access, const ab_routes *routes, const ab_airdrops *drops,
                      const ab_trip_kind *kind, int32_t t, uint32_t doors, ab_offer *offer,
                      ab_refusal *refusal)
{
    ab_access_cell opened = open_place(op, access, kind, t, doors);
    ab__trip_lists lists = {
        .op = op, .access = access, .routes = routes, .drops = drops, .doors = doors, .opened = &opened};
    ab_trip_kind any = *kind;
    if ((doors & AB_DOOR_FIT) != 0) {
        any.commodities = UINT64_MAX;
    }
    departure d = set_out(&lists, &any, t);
    *offer = (ab_offer){.depart = t, .arrival = d.arrival, .evidence = opened.evidence};
    *refusal = (ab_refusal){.place = kind->place,
                            .means = kind->means,
                            .from = t,
                            .until = t + 1,
                            .arrival = d.arrival};
    refusal->reason = judge(&lists, &d, offer, &refusal->because);
    refusal->denied_by = row_that_denies(&d, refusal->reason, refusal->because);
    return refusal->reason == AB_REASON_NONE;
}

bool ab__trips_add_offers(ab__trip_lists *lists)
{
    for (int32_t k = 0; k < lists->kinds.count; k++) {
        for (int32_t t = 0; t < lists->op->period_count; t++) {
            departure d = set_out(lists, &lists->kinds.at[k], t);
            ab_offer offer = {
                .kind = k, .depart = t, .arrival = d.arrival, .evidence = d.place->evidence};
            ab_ref because;
            ab_reason reason = judge(lists, &d, &offer, &because);
            if (reason != AB_REASON_NONE) {
                if (!refuse(lists, &d, k, reason, because)) {
                    return false;
                }
                continue;
            }
            ab_offer *added = AB_PUSH(&lists->offers);
            if (added == NULL) {
                return false;
            }
            *added = offer;
        }
    }
    return true;
}
