#include "access/permits.h"

#include <math.h>
#include <stdlib.h>

#include "access/chance.h"
#include "access/scope.h"

/* Requests of Syria 2015 on record; unanswered_arrival_prob is a share of them (Security Council
 * briefing of 27 January 2016). */
static const double cases_unanswered = 113;
/* Approved convoys behind approved_arrival_prob: Syria 2015 and July 2016, 14 of 41. */
static const double cases_approved = 41;
/* The Munich statement of 11 February 2016 promised land deliveries to six: Foah, Kefraya, Madaya,
 * Moadamiyeh, Kafr Batna and the rest of besieged Rural Damascus. By 23 February convoys had reached the
 * five towns and not the rest. Uniform prior: Beta(5 + 1, 1 + 1). */
static const double promised_mean_prob = 6.0 / 8, cases_promised = 8;
/* With clearance the flight itself nearly always comes; drop and recovery have chances of their own. Assumed. */
static const double cleared_mean_prob = 0.95, cases_cleared = 20;
/* Nothing on record arrived against a standing refusal. One in fifty is assumed. */
static const double refused_mean_prob = 0.02, cases_refused = 50;

ab__permit_chances ab__permit_chances_of(const ab_operation *op)
{
    const ab_settings *settings = op->settings;
    return (ab__permit_chances){
        .approved = ab__chance_seen(settings->approved_arrival_prob, cases_approved),
        .promised = ab__chance_seen(promised_mean_prob, cases_promised),
        .cleared = ab__chance_seen(cleared_mean_prob, cases_cleared),
        .refused = ab__chance_seen(refused_mean_prob, cases_refused),
        .unanswered = ab__chance_seen(settings->unanswered_arrival_prob, cases_unanswered),
    };
}

ab_chance ab_access_if_agreed(const ab_operation *op, ab_means means)
{
    ab__permit_chances chances = ab__permit_chances_of(op);
    return means == AB_MEANS_ROAD ? chances.approved : chances.cleared;
}

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
    return later(a->from, notified + (ab_time)ceil(a->notice_s));
}

static ab__permit from_agreement(const ab_operation *op, int32_t row, int32_t place)
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
                        .hold_prob_per_day = agreement->hold_prob_per_day};
}

/* A request is first asked, then perhaps answered: up to two spans. */
static int32_t from_request(const ab_operation *op, int32_t row, ab__permit *at)
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
                        .hold_prob_per_day = 1};
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

ab__permits ab__permits_find(const ab_operation *op, int32_t place, ab_means means, ab__permit *at)
{
    int32_t count = 0;
    for (int32_t row = 0; row < op->agreements.count; row++) {
        const ab_agreement *agreement = &op->agreements.at[row];
        bool covers = agreement->subjects.count == 0 || names_place(agreement, place);
        if (covers && permits_means(agreement, means)) {
            at[count++] = from_agreement(op, row, place);
        }
    }
    for (int32_t row = 0; row < op->requests.count; row++) {
        const ab_request *request = &op->requests.at[row];
        if (request->place == place && ab_mode_covers(request->mode, means)) {
            count += from_request(op, row, &at[count]);
        }
    }
    if (count > 0) {
        qsort(at, (size_t)count, sizeof *at, permit_order);
    }
    return (ab__permits){op, place, means, count, at};
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

static ab_chance given_chance(const ab__permits *permits, const ab__permit *permit,
                              const ab__permit_chances *chances, int32_t t)
{
    double hold = hold_prob(permits->op, permit, t);
    const ab_chance *base = permits->means != AB_MEANS_ROAD      ? &chances->cleared
                            : permit->kind == AB__PERMIT_PROMISE ? &chances->promised
                                                                 : &chances->approved;
    return (ab_chance){base->mean * hold, base->low * hold, base->high * hold};
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
static bool given(ab__permits *permits, const ab__permit_chances *chances, int32_t t, ab_ref *ref,
                  ab__permission *out)
{
    int32_t best = 0;
    for (int32_t i = 0; i < permits->count; i++) {
        const ab__permit *permit = &permits->at[i];
        if (!is_leave(permit) || permit->left == 0) {
            continue;
        }
        ab_chance chance = given_chance(permits, permit, chances, t);
        if (out->ref_count == 0 || chance.mean > out->pass.mean) {
            out->pass = chance;
            best = out->ref_count;
        }
        out->commodities |= permit->left;
        ref[out->ref_count++] = permit->row;
    }
    if (out->ref_count == 0) {
        return false;
    }
    best_first(ref, out->ref_count, best);
    out->permission = AB_PERMISSION_GIVEN;
    return true;
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

ab__permission ab__permits_judge(ab__permits *permits, const ab__permit_chances *chances, int32_t t,
                                 ab_ref *ref)
{
    static const ab_refs everything = {0};
    uint64_t all = ab__scope_bits(permits->op, &everything);
    if (!is_needed(permits, t)) {
        return (ab__permission){AB_PERMISSION_NOT_NEEDED, AB_CERTAIN, all, 0};
    }
    ab__permission out = {0};
    settle(permits, t);
    if (given(permits, chances, t, ref, &out)) {
        return out;
    }
    out.commodities = all;
    out.pass = chances->unanswered;
    if (rows_of(permits, AB__PERMIT_REFUSAL, ref, &out.ref_count)) {
        out.permission = AB_PERMISSION_REFUSED;
        out.pass = chances->refused;
    } else if (rows_of(permits, AB__PERMIT_ASKED, ref, &out.ref_count)) {
        out.permission = AB_PERMISSION_UNANSWERED;
    } else {
        out.permission = AB_PERMISSION_NONE;
        out.ref_count = nearest(permits, t, ref);
    }
    return out;
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
