#include "access/permits.h"

#include <math.h>
#include <stdlib.h>

#include "access/chance.h"
#include "access/scope.h"

/* Nothing on record arrived against a standing refusal. One in fifty is assumed. */
static const double refused_mean_prob = 0.02, cases_refused = 50;

/* ---- Which rows speak of a place and means ---- */

static bool names_place(const ab_agreement *agreement, int32_t place)
{
    for (int32_t i = 0; i < agreement->subjects.count; i++) {
        const ab_ref *subject = &agreement->subjects.at[i];
        if (subject->table == AB_TABLE_places && subject->row == place) {
            return true;
        }
    }
    return false;
}

/* Where an agreement does not say the mode, its kind does: a halt to fighting lets trucks pass and clears
 * no flight into a place; a clearance is for flights. */
static bool permits_means(const ab_agreement *agreement, ab_means means)
{
    bool by_road = means == AB_MEANS_ROAD;
    if (agreement->mode >= 0) {
        return ab_mode_covers(agreement->mode, means);
    }
    if (agreement->kind == AB_AGREED_CEASEFIRE || agreement->kind == AB_AGREED_PAUSE) {
        return by_road;
    }
    return agreement->kind != AB_AGREED_CLEARANCE || !by_road;
}

static ab_time later(ab_time a, ab_time b)
{
    return a > b ? a : b; /* AB_TIME_NONE is earlier than any time */
}

/* A corridor or clearance lets something in. That fighting stops lets no convoy through, and a quota says
 * how much may pass of what is permitted otherwise. */
static ab__permit_kind kind_of(const ab_agreement *agreement, int32_t place)
{
    switch (agreement->kind) {
    case AB_AGREED_QUOTA:
        return AB__PERMIT_QUOTA;
    case AB_AGREED_CORRIDOR:
    case AB_AGREED_CLEARANCE:
        return names_place(agreement, place) ? AB__PERMIT_PROMISE : AB__PERMIT_GENERAL;
    default:
        return AB__PERMIT_TRUCE;
    }
}

ab_time ab_access_usable_from(const ab_operation *op, int32_t agreement)
{
    const ab_agreement *a = &op->agreements.at[agreement];
    if (!(a->notice_s > 0)) {
        return later(a->from, a->known_at);
    }
    /* The plan gives notice, so not before it starts; and nobody gives notice of what he does not know. */
    ab_time notified = later(op->settings->start, a->known_at);
    return later(a->from, ab_working_from(op, a->weekend, notified, a->notice_s));
}

/* Of those who agreed, who holds the ring; else the first. */
static int32_t who_agreed(const ab_record *record, int32_t row, int32_t place)
{
    ab_authority_set parties = ab_record_authorities(record)->parties[row];
    for (int32_t i = 0; i < parties.count; i++) {
        if (parties.at[i] == ab_record_besieger(record, place)) {
            return parties.at[i];
        }
    }
    return parties.count > 0 ? parties.at[0] : -1;
}

static ab__permit from_agreement(const ab_operation *op, const ab_record *record, int32_t row, int32_t place)
{
    const ab_agreement *agreement = &op->agreements.at[row];
    ab__permit_kind kind = kind_of(agreement, place);
    bool binds_only = kind == AB__PERMIT_TRUCE || kind == AB__PERMIT_QUOTA;
    return (ab__permit){.row = {AB_TABLE_agreements, row},
                        .kind = kind,
                        .since = agreement->from,
                        .from = binds_only ? agreement->from : ab_access_usable_from(op, row),
                        .until = agreement->until,
                        .commodities = ab__scope_bits(op, &agreement->commodities),
                        .hold_prob_per_day = agreement->hold_prob_per_day,
                        .authority = who_agreed(record, row, place)};
}

/* A request is first asked, then perhaps answered: up to two spans. */
static int32_t from_request(const ab_operation *op, const ab_record *record, int32_t row, ab__permit *at)
{
    const ab_request *request = &op->requests.at[row];
    bool answered = request->reply >= 0 && ab_known_at(op, request->reply_at);
    ab_time reply_at = later(request->asked_at, request->reply_at);
    ab__permit asked = {.row = {AB_TABLE_requests, row},
                        .kind = AB__PERMIT_ASKED,
                        .since = request->asked_at,
                        .from = request->asked_at,
                        .until = answered ? reply_at : AB_TIME_NONE,
                        .commodities = ab__scope_bits(op, &request->commodities),
                        .hold_prob_per_day = 1,
                        .authority = ab_record_authorities(record)->asked_of[row]};
    at[0] = asked;
    if (!answered) {
        return 1;
    }
    at[1] = asked;
    at[1].kind = request->reply == AB_REPLY_REFUSED ? AB__PERMIT_REFUSAL : AB__PERMIT_APPROVAL;
    at[1].from = later(reply_at, request->valid_from);
    at[1].since = at[1].from;
    at[1].until = request->valid_until;
    return 2;
}

static int permit_order(const void *a, const void *b)
{
    const ab__permit *x = a, *y = b;
    if (x->since != y->since) {
        return x->since < y->since ? -1 : 1;
    }
    if (x->row.table != y->row.table) {
        return x->row.table == AB_TABLE_agreements ? -1 : 1;
    }
    if (x->row.row != y->row.row) {
        return x->row.row < y->row.row ? -1 : 1;
    }
    return (x->kind < y->kind) - (x->kind > y->kind); /* asked before answered */
}

ab__permits ab__permits_find(const ab_operation *op, const ab_record *record, int32_t place, ab_means means,
                             ab__permit *at)
{
    int32_t count = 0;
    for (int32_t row = 0; row < op->agreements.count; row++) {
        const ab_agreement *agreement = &op->agreements.at[row];
        bool covers = agreement->subjects.count == 0 || names_place(agreement, place);
        if (covers && permits_means(agreement, means)) {
            at[count++] = from_agreement(op, record, row, place);
        }
    }
    for (int32_t row = 0; row < op->requests.count; row++) {
        const ab_request *request = &op->requests.at[row];
        if (request->place == place && ab_mode_covers(request->mode, means)) {
            count += from_request(op, record, row, &at[count]);
        }
    }
    if (count > 0) {
        qsort(at, (size_t)count, sizeof *at, permit_order);
    }
    return (ab__permits){op, record, place, means, count, at};
}

/* ---- What they add up to in a period ---- */

static bool spans(const ab_operation *op, ab_time from, ab_time until, int32_t t)
{
    ab_time start = ab_period_start(op, t), end = ab_period_start(op, t + 1);
    return from < end && (until == AB_TIME_NONE || (until > start && from < until));
}

static bool is_answer(const ab__permit *permit)
{
    return permit->kind == AB__PERMIT_APPROVAL || permit->kind == AB__PERMIT_PROMISE;
}

/* A refusal takes back what was approved or promised before it; an approval or promise takes back what was
 * refused before it. A corridor in general gives this place no answer, so a refusal holds against it
 * whichever came first. */
static void settle(ab__permits *permits, int32_t t)
{
    uint64_t refused = 0;
    for (int32_t i = 0; i < permits->count; i++) {
        ab__permit *permit = &permits->at[i];
        permit->left = spans(permits->op, permit->from, permit->until, t) ? permit->commodities : 0;
        bool refusal = permit->kind == AB__PERMIT_REFUSAL, answer = is_answer(permit);
        for (int32_t k = 0; k < i && (refusal || answer); k++) {
            ab__permit *earlier = &permits->at[k];
            bool against = refusal ? is_answer(earlier) : earlier->kind == AB__PERMIT_REFUSAL;
            earlier->left &= against ? ~permit->left : ~(uint64_t)0;
        }
        refused = refusal ? refused | permit->left : answer ? refused & ~permit->left : refused;
    }
    for (int32_t i = 0; i < permits->count; i++) {
        permits->at[i].left &= permits->at[i].kind == AB__PERMIT_GENERAL ? ~refused : ~(uint64_t)0;
    }
}

static bool is_leave(const ab__permit *permit)
{
    return is_answer(permit) || permit->kind == AB__PERMIT_GENERAL;
}

/* The chance that it still holds: hold_prob_per_day for each day since it began, or since the operation
 * did, and for the day of the trip. */
static double hold_prob(const ab_operation *op, const ab__permit *permit, int32_t t)
{
    ab_time since = later(permit->since, op->settings->start), now = ab_period_start(op, t);
    double days = 1 + (now > since ? (double)(now - since) / 86400 : 0);
    return pow(permit->hold_prob_per_day, days);
}

static ab_chance times(ab_chance chance, double factor)
{
    return (ab_chance){chance.mean * factor, chance.low * factor, chance.high * factor};
}

/* What comes after a yes of `authority`: the load sets out, and is let through, by whoever holds the ring too if that is
 * somebody else. A flight meets no gate. */
static void follow_yes(const ab_operation *op, const ab_record *record, int32_t place, ab_means means, ab_leave leave,
                       int32_t authority, int32_t t, ab__permission *out)
{
    ab_time when = ab_period_start(op, t);
    ab_chance go = ab_record_stage(record, authority, AB_STAGE_GO, (int32_t)leave).chance;
    out->asked = authority;
    out->go = go;
    out->gate = AB_CERTAIN;
    if (means != AB_MEANS_ROAD) {
        return;
    }
    out->go = ab_record_remembered(record, go, AB_STAGE_GO, authority, place, when);
    ab_chance gate = ab_record_stage(record, authority, AB_STAGE_PASS, 0).chance;
    out->gate = ab_record_remembered(record, gate, AB_STAGE_PASS, authority, place, when);
    int32_t ring = ab_record_besieger(record, place);
    if (ring >= 0 && authority >= 0 && ring != authority) {
        ab_chance other = ab_record_stage(record, ring, AB_STAGE_PASS, 0).chance;
        out->gate = ab__chance_both(out->gate, ab_record_remembered(record, other, AB_STAGE_PASS, ring, place, when));
    }
}

static ab_leave leave_by(const ab__permits *permits, const ab__permit *permit, int32_t t)
{
    if (permits->means != AB_MEANS_ROAD) {
        return AB_LEAVE_AIR;
    }
    if (permit->kind == AB__PERMIT_PROMISE) {
        return AB_LEAVE_PROMISE;
    }
    bool approved = permit->kind == AB__PERMIT_APPROVAL;
    return approved ? ab_record_leave(permits->record, permits->place, AB_MODE_ROAD, ab_period_start(permits->op, t)) : AB_LEAVE_ANSWER;
}

static ab__permission given_by(const ab__permits *permits, const ab__permit *permit, int32_t t)
{
    ab__permission out = {.permission = AB_PERMISSION_GIVEN};
    out.leave = times(AB_CERTAIN, hold_prob(permits->op, permit, t));
    follow_yes(permits->op, permits->record, permits->place, permits->means, leave_by(permits, permit, t),
               permit->authority, t, &out);
    return out;
}

static double mean_of(const ab__permission *permission)
{
    return permission->leave.mean * permission->go.mean * permission->gate.mean;
}

/* Moves the permit with the greatest mean to the front of the refs, keeping the order of the others. */
static void best_first(ab_ref *ref, int32_t count, int32_t best)
{
    ab_ref row = ref[best];
    for (int32_t i = best; i > 0 && i < count; i--) {
        ref[i] = ref[i - 1];
    }
    ref[0] = row;
}

/* All that is given, with the chance of the surest row. */
static bool given(ab__permits *permits, int32_t t, ab_ref *ref, ab__permission *out)
{
    int32_t best = 0, count = 0;
    uint64_t commodities = 0;
    for (int32_t i = 0; i < permits->count; i++) {
        const ab__permit *permit = &permits->at[i];
        if (!is_leave(permit) || permit->left == 0) {
            continue;
        }
        ab__permission by = given_by(permits, permit, t);
        if (count == 0 || mean_of(&by) > mean_of(out)) {
            *out = by;
            best = count;
        }
        commodities |= permit->left;
        ref[count++] = permit->row;
    }
    if (count == 0) {
        return false;
    }
    best_first(ref, count, best);
    out->commodities = commodities;
    out->ref_count = count;
    return true;
}

/* A request that waits is answered by then, and with yes; one that nobody made is made now. */
static void by_an_answer(const ab__permits *permits, const ab__permit *asked, int32_t t, ab__permission *out)
{
    const ab_operation *op = permits->op;
    const ab_record *record = permits->record;
    int32_t authority = asked != NULL ? asked->authority : ab_record_besieger(record, permits->place);
    ab_time now = ab_record_now(op), since = asked != NULL ? asked->since : now;
    double waited_s = now > since ? (double)(now - since) : 0;
    double more_s = (double)(ab_period_start(op, t) - later(now, since));
    ab_chance yes = ab_record_stage(record, authority, AB_STAGE_YES, 0).chance;
    /* A yes to come is no clearance in hand: it is followed by a flight as seldom as by a convoy. */
    ab_leave leave = permits->means != AB_MEANS_ROAD
                         ? AB_LEAVE_ANSWER
                         : ab_record_leave(record, permits->place, AB_MODE_ROAD, ab_period_start(op, t));
    follow_yes(op, record, permits->place, permits->means, leave, authority, t, out);
    out->leave = ab__chance_both(ab_record_answered(record, authority, waited_s, more_s), yes);
}

static const ab__permit *latest(const ab__permits *permits, ab__permit_kind kind)
{
    for (int32_t i = permits->count - 1; i >= 0; i--) {
        if (permits->at[i].kind == kind && permits->at[i].left != 0) {
            return &permits->at[i];
        }
    }
    return NULL;
}

/* Rows of one kind that are in force, the latest first. */
static bool rows_of(const ab__permits *permits, ab__permit_kind kind, ab_ref *ref, int32_t *count)
{
    for (int32_t i = permits->count - 1; i >= 0; i--) {
        if (permits->at[i].kind == kind && permits->at[i].left != 0) {
            ref[(*count)++] = permits->at[i].row;
        }
    }
    return *count > 0;
}

/* How long before period t it ended, or after it begins. */
static ab_time away_s(const ab__permits *permits, const ab__permit *permit, int32_t t)
{
    ab_time start = ab_period_start(permits->op, t), end = ab_period_start(permits->op, t + 1);
    if (permit->until != AB_TIME_NONE && permit->until <= start) {
        return start - permit->until;
    }
    return permit->from > end ? permit->from - end : 0;
}

/* Where nothing is given: the row that would give it, nearest in time. */
static int32_t nearest(const ab__permits *permits, int32_t t, ab_ref *ref)
{
    const ab__permit *best = NULL;
    for (int32_t i = 0; i < permits->count; i++) {
        const ab__permit *permit = &permits->at[i];
        if (is_leave(permit) &&
            (best == NULL || away_s(permits, permit, t) < away_s(permits, best, t))) {
            best = permit;
        }
    }
    if (best != NULL) {
        *ref = best->row;
    }
    return best != NULL;
}

/* Permission is needed where the place is cut off, and where somebody found it needful to ask. */
static bool is_needed(const ab__permits *permits, int32_t t)
{
    const ab_operation *op = permits->op;
    ab_time cut_off_since = op->places.at[permits->place].cut_off_since;
    ab_time end = ab_period_start(op, t + 1);
    bool needed = cut_off_since != AB_TIME_NONE && cut_off_since < end;
    for (int32_t i = 0; i < permits->count && !needed; i++) {
        needed = permits->at[i].kind == AB__PERMIT_ASKED && permits->at[i].from < end;
    }
    return needed;
}

ab__permission ab__permits_judge(ab__permits *permits, int32_t t, ab_ref *ref)
{
    static const ab_refs everything = {0};
    uint64_t all = ab__scope_bits(permits->op, &everything);
    ab__permission out = {AB_PERMISSION_NOT_NEEDED, AB_CERTAIN, AB_CERTAIN, AB_CERTAIN, -1, all, 0};
    if (!is_needed(permits, t)) {
        return out;
    }
    settle(permits, t);
    if (given(permits, t, ref, &out)) {
        return out;
    }
    const ab__permit *asked = latest(permits, AB__PERMIT_ASKED);
    if (rows_of(permits, AB__PERMIT_REFUSAL, ref, &out.ref_count)) {
        out.permission = AB_PERMISSION_REFUSED;
        out.asked = latest(permits, AB__PERMIT_REFUSAL)->authority;
        out.leave = ab__chance_seen(refused_mean_prob, cases_refused);
    } else if (rows_of(permits, AB__PERMIT_ASKED, ref, &out.ref_count)) {
        out.permission = AB_PERMISSION_UNANSWERED;
        by_an_answer(permits, asked, t, &out);
    } else {
        out.permission = AB_PERMISSION_NONE;
        out.ref_count = nearest(permits, t, ref);
        by_an_answer(permits, NULL, t, &out);
    }
    return out;
}

ab_chance ab_access_if_agreed(const ab_access *access, const ab_operation *op, int32_t place, ab_means means, int32_t t)
{
    const ab_record *record = ab_access_record(access);
    ab__permission out = {.leave = AB_CERTAIN};
    follow_yes(op, record, place, means, means == AB_MEANS_ROAD ? AB_LEAVE_ANSWER : AB_LEAVE_AIR,
               ab_record_besieger(record, place), t, &out);
    return ab__chance_both(out.go, out.gate);
}

int32_t ab__permits_truces(const ab__permits *permits, int32_t t, ab_ref *ref)
{
    int32_t count = 0;
    if (is_needed(permits, t)) {
        rows_of(permits, AB__PERMIT_TRUCE, ref, &count);
    }
    return count;
}

int32_t ab__permits_binding(const ab__permits *permits, int32_t t, ab_ref *ref)
{
    int32_t count = 0;
    for (int32_t i = 0; i < permits->count; i++) {
        const ab__permit *permit = &permits->at[i];
        /* It binds from when it begins, also who has leave from others before notice of it has passed. */
        if (permit->row.table == AB_TABLE_agreements &&
            spans(permits->op, permit->since, permit->until, t)) {
            int32_t at = count++;
            for (; at > 0 && ref[at - 1].row > permit->row.row; at--) {
                ref[at] = ref[at - 1];
            }
            ref[at] = permit->row;
        }
    }
    return count;
}
