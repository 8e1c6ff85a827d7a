/* Who gave leave, as docs/models/access.md has it, and what that makes of a trip's chance. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "schema/convert.h"
#include "verify/prover.h"
#include "verify/record.h"

/* Against a standing refusal (docs/models/access.md). */
static const double REFUSED_PROB = 0.02;
/* Canopies fail in 0.9 of 30 loads before a system has a record of its own (docs/models/trips.md). */
static const double FAILED_BEFORE = 0.9, DROPPED_BEFORE = 30;
enum { DAY_S = 86400 };

/* ---- Agreements ---- */

static bool names(const ab_agreement *a, int32_t place)
{
    for (int32_t i = 0; i < a->subjects.count; i++)
        if (a->subjects.at[i].table == AB_TABLE_places && a->subjects.at[i].row == place)
            return true;
    return false;
}

/* The mode that it states, else that of its kind: a halt to fighting is for trucks, a clearance for flights. */
static bool is_for(const ab_agreement *a, int32_t means)
{
    if (a->mode >= 0)
        return ab_mode_covers(a->mode, (ab_means)means);
    if (a->kind == AB_AGREED_CEASEFIRE || a->kind == AB_AGREED_PAUSE)
        return means == AB_MEANS_ROAD;
    return a->kind != AB_AGREED_CLEARANCE || means != AB_MEANS_ROAD;
}

static bool concerns(const ab_agreement *a, int32_t place, int32_t means)
{
    return (a->subjects.count == 0 || names(a, place)) && is_for(a, means);
}

/* Does [from, until) share a moment with period t? */
static bool falls_in(const ab_operation *op, ab_time from, ab_time until, int32_t t)
{
    bool over = until != AB_TIME_NONE && (until <= ab_period_start(op, t) || until <= from);
    return from < ab_period_start(op, t + 1) && !over;
}

bool ab__agreement_binds(const ab_operation *op, int32_t agreement, int32_t place, int32_t means, int32_t t)
{
    const ab_agreement *a = &op->agreements.at[agreement];
    return concerns(a, place, means) && falls_in(op, a->from, a->until, t);
}

ab_time ab__agreement_usable(const ab_operation *op, int32_t agreement)
{
    const ab_agreement *a = &op->agreements.at[agreement];
    ab_time known = a->known_at > a->from ? a->known_at : a->from;

    if (!(a->notice_s > 0))
        return known;
    /* The plan gives notice at the start, or when it is known. */
    ab_time told = a->known_at > op->settings->start ? a->known_at : op->settings->start;
    ab_time noticed = ab_working_from(op, a->weekend, told, a->notice_s);
    return noticed > a->from ? noticed : a->from;
}

/* ---- Words for and against, in the order in which they came ---- */

typedef enum word_kind { APPROVAL, PROMISE, CORRIDOR_OF_ALL, REFUSAL } word_kind;

/* Leave or refusal in force in the period. */
typedef struct word {
    word_kind kind;
    ab_ref row;
    ab_time since;
    uint64_t commodities, left;
    int32_t authority; /* whose; -1: nobody is named */
    double hold_prob;  /* chance that it still holds */
} word;

static uint64_t bits_of(const ab_operation *op, const ab_refs *scope)
{
    uint64_t bits = 0;
    for (int32_t c = 0; c < op->commodities.count && c < 64; c++)
        bits |= (uint64_t)ab_scope_has(op, scope, c) << c;
    return bits;
}

/* Chance that it still holds when the period begins, from the day on which it or the operation began. */
static double holds(const ab_operation *op, const ab_agreement *a, int32_t t)
{
    ab_time since = a->from > op->settings->start ? a->from : op->settings->start;
    double days = (double)(ab_period_start(op, t) - since) / DAY_S;
    return pow(a->hold_prob_per_day, 1 + fmax(0, days));
}

/* Of who agreed, who holds the ring, else who stands first. */
static int32_t party_of(const ab__recount *record, int32_t agreement, int32_t place)
{
    ab_authority_set parties = record->who->parties[agreement];

    for (int32_t i = 0; i < parties.count; i++)
        if (parties.at[i] == record->ring[place])
            return parties.at[i];
    return parties.count > 0 ? parties.at[0] : -1;
}

static int32_t words_of_agreements(const ab__recount *record, int32_t place, int32_t means, int32_t t, word *at)
{
    const ab_operation *op = record->op;
    int32_t count = 0;

    for (int32_t i = 0; i < op->agreements.count; i++) {
        const ab_agreement *a = &op->agreements.at[i];
        bool lets = a->kind == AB_AGREED_CORRIDOR || a->kind == AB_AGREED_CLEARANCE, named = names(a, place);
        if (!lets || !concerns(a, place, means) || !falls_in(op, ab__agreement_usable(op, i), a->until, t))
            continue;
        at[count++] = (word){named ? PROMISE : CORRIDOR_OF_ALL, {AB_TABLE_agreements, i}, a->from, bits_of(op, &a->commodities), 0,
                             party_of(record, i, place), holds(op, a, t)};
    }
    return count;
}

/* What came at or after the end, or after now, is no answer yet. */
static bool is_answered(const ab_operation *op, const ab_request *r)
{
    return r->reply >= 0 && r->reply_at < op->settings->end &&
           (op->settings->as_of == AB_TIME_NONE || r->reply_at <= op->settings->as_of);
}

static ab_time answered_at(const ab_request *r)
{
    return r->reply_at > r->asked_at ? r->reply_at : r->asked_at;
}

static ab_time valid_from(const ab_request *r)
{
    return r->valid_from > answered_at(r) ? r->valid_from : answered_at(r);
}

static bool is_about(const ab_request *r, int32_t place, int32_t means)
{
    return r->place == place && ab_mode_covers(r->mode, (ab_means)means);
}

static int32_t words_of_requests(const ab__recount *record, int32_t place, int32_t means, int32_t t, word *at)
{
    const ab_operation *op = record->op;
    int32_t count = 0;

    for (int32_t i = 0; i < op->requests.count; i++) {
        const ab_request *r = &op->requests.at[i];
        if (!is_about(r, place, means) || !is_answered(op, r) || !falls_in(op, valid_from(r), r->valid_until, t))
            continue;
        at[count++] = (word){r->reply == AB_REPLY_REFUSED ? REFUSAL : APPROVAL, {AB_TABLE_requests, i}, valid_from(r),
                             bits_of(op, &r->commodities), 0, record->who->asked_of[i], 1};
    }
    return count;
}

static int by_time(const void *a, const void *b)
{
    const word *x = a, *y = b;
    if (x->since != y->since)
        return x->since < y->since ? -1 : 1;
    if (x->row.table != y->row.table)
        return x->row.table == AB_TABLE_agreements ? -1 : 1;
    return (x->row.row > y->row.row) - (x->row.row < y->row.row);
}

/* Commodity by commodity, a refusal takes back the answers before it; and a corridor for all gives way to
 * a refusal that is the last answer. */
static void settle(word *at, int32_t count)
{
    uint64_t refused_later = 0, answered_later = 0, refused_at_last = 0;

    for (int32_t i = count - 1; i >= 0; i--) {
        if (at[i].kind == CORRIDOR_OF_ALL)
            continue;
        at[i].left = at[i].commodities & ~refused_later;
        if (at[i].kind == REFUSAL) {
            refused_at_last |= at[i].commodities & ~answered_later;
            refused_later |= at[i].commodities;
        }
        answered_later |= at[i].commodities;
    }
    for (int32_t i = 0; i < count; i++)
        if (at[i].kind == CORRIDOR_OF_ALL)
            at[i].left = at[i].commodities & ~refused_at_last;
}

/* ---- Leave ---- */

/* Needed where the place is cut off, and where somebody asked. */
static bool is_needed(const ab_operation *op, int32_t place, int32_t means, int32_t t)
{
    ab_time since = op->places.at[place].cut_off_since, end = ab_period_start(op, t + 1);
    bool needed = since != AB_TIME_NONE && since < end;

    for (int32_t i = 0; i < op->requests.count; i++)
        needed = needed || (is_about(&op->requests.at[i], place, means) && op->requests.at[i].asked_at < end);
    return needed;
}

/* What is asked for a place, by some means, in a period. */
typedef struct question {
    ab__recount *record;
    int32_t place, means, t;
} question;

/* After a yes of `authority`: the load sets out, and passes its gate and that of who holds the ring. A flight meets none. */
static void fill_after_yes(const question *q, int32_t authority, ab__footing footing, ab__leave *leave)
{
    const ab__recount *record = q->record;
    int32_t ring = record->ring[q->place];
    ab_time at = ab_period_start(record->op, q->t);

    leave->authority = authority;
    leave->gate_prob = 1;
    if (q->means != AB_MEANS_ROAD) {
        leave->go_prob = ab__recount_prob(record, AB__TRIAL_GO, (int32_t)footing, authority);
        return;
    }
    leave->go_prob = ab__recount_prob_at(record, AB__TRIAL_GO, (int32_t)footing, authority, q->place, at);
    leave->gate_prob = ab__recount_prob_at(record, AB__TRIAL_PASS, 0, authority, q->place, at);
    if (authority >= 0 && ring >= 0 && ring != authority)
        leave->gate_prob *= ab__recount_prob_at(record, AB__TRIAL_PASS, 0, ring, q->place, at);
}

/* On an approval what goes by road goes as the agreements of that moment have it. */
static ab__footing footing_on(const question *q, const word *by)
{
    if (q->means != AB_MEANS_ROAD)
        return AB__BY_AIR;
    if (by->kind == APPROVAL)
        return ab__recount_footing(q->record, q->place, AB_MODE_ROAD, ab_period_start(q->record->op, q->t));
    return by->kind == PROMISE ? AB__ON_A_PROMISE : AB__ON_A_YES;
}

static double chance_of(const ab__leave *leave)
{
    return leave->leave_prob * leave->go_prob * leave->gate_prob;
}

/* The surest of all who gave leave; of equals the first. false: nobody did. */
static bool fill_given(const question *q, const word *at, int32_t count, ab__leave *leave)
{
    uint64_t commodities = 0;

    for (int32_t i = 0; i < count; i++) {
        ab__leave by = *leave;
        if (at[i].kind == REFUSAL || !at[i].left)
            continue;
        by.state = AB__LEAVE_GIVEN;
        by.leave_prob = at[i].hold_prob;
        fill_after_yes(q, at[i].authority, footing_on(q, &at[i]), &by);
        by.by_request = by.by_request || at[i].row.table == AB_TABLE_requests;
        by.row[by.row_count++] = at[i].row;
        commodities |= at[i].left;
        if (leave->row_count > 0 && chance_of(&by) <= chance_of(leave)) {
            leave->by_request = by.by_request;
            leave->row_count = by.row_count;
        } else {
            *leave = by;
        }
    }
    leave->commodities = commodities;
    return leave->row_count > 0;
}

static bool fill_refused(const word *at, int32_t count, ab__leave *leave)
{
    const word *last = NULL;

    for (int32_t i = 0; i < count; i++)
        last = at[i].kind == REFUSAL && at[i].left ? &at[i] : last;
    if (!last)
        return false;
    leave->state = AB__LEAVE_REFUSED;
    leave->authority = last->authority;
    leave->leave_prob = REFUSED_PROB;
    leave->go_prob = leave->gate_prob = 1;
    return true;
}

/* The request that waits for its answer in the period, of several the one asked last; -1: none does. */
static int32_t find_waiting(const question *q)
{
    const ab_operation *op = q->record->op;
    int32_t last = -1;

    for (int32_t i = 0; i < op->requests.count; i++) {
        const ab_request *r = &op->requests.at[i];
        bool waits = falls_in(op, r->asked_at, is_answered(op, r) ? answered_at(r) : AB_TIME_NONE, q->t);
        if (waits && is_about(r, q->place, q->means) && bits_of(op, &r->commodities) &&
            (last < 0 || r->asked_at >= op->requests.at[last].asked_at))
            last = i;
    }
    return last;
}

/* Whoever is asked answers in time, and yes. What nobody asked for is asked now, of who holds the ring. */
static void fill_to_come(const question *q, ab__leave *leave)
{
    ab__recount *record = q->record;
    const ab_operation *op = record->op;
    int32_t waiting = find_waiting(q), authority = waiting >= 0 ? record->who->asked_of[waiting] : record->ring[q->place];
    ab_time at = ab_period_start(op, q->t), asked_at = waiting >= 0 ? op->requests.at[waiting].asked_at : record->now;
    ab_time from = asked_at > record->now ? asked_at : record->now;
    ab__footing footing =
        q->means == AB_MEANS_ROAD ? ab__recount_footing(record, q->place, AB_MODE_ROAD, at) : AB__ON_A_YES;

    leave->state = waiting >= 0 ? AB__LEAVE_ASKED : AB__LEAVE_NONE;
    fill_after_yes(q, authority, footing, leave);
    leave->leave_prob = ab__recount_answer_prob(record, authority, (double)(from - asked_at), (double)(at - from)) *
                        ab__recount_prob(record, AB__TRIAL_YES, 0, authority);
}

ab__leave ab__leave_of(ab_prover *prover, int32_t place, int32_t means, int32_t t)
{
    const ab_operation *op = prover->op;
    question q = {prover->record, place, means, t};
    ab__leave leave = {.state = AB__LEAVE_NOT_NEEDED, .commodities = ~(uint64_t)0, .prob = 1, .authority = -1};
    int32_t most = op->agreements.count + op->requests.count;
    word *at = AB_NEW(prover->arena, word, most);

    leave.leave_prob = leave.go_prob = leave.gate_prob = 1;
    leave.row = AB_NEW(prover->arena, ab_ref, most);
    if (!at || !leave.row) {
        prover->failed = true;
        return leave;
    }
    if (!is_needed(op, place, means, t))
        return leave;
    int32_t count = words_of_agreements(q.record, place, means, t, at);
    count += words_of_requests(q.record, place, means, t, at + count);
    if (count > 0)
        qsort(at, (size_t)count, sizeof *at, by_time);
    settle(at, count);
    if (!fill_given(&q, at, count, &leave)) {
        leave.commodities = ~(uint64_t)0;
        if (!fill_refused(at, count, &leave))
            fill_to_come(&q, &leave);
    }
    leave.prob = chance_of(&leave);
    return leave;
}

/* ---- The rows that a trip names ---- */

typedef struct named_rows {
    ab_prover *prover;
    const ab__leave *leave;
    int32_t count; /* of those that gave leave */
    ab_where where;
} named_rows;

static bool names_row(const ab_operation *op, ab_ref ref, const char *text)
{
    ab_data data = ab_operation_data(op);
    const char *singular = data.schema->tables[ref.table].singular;
    size_t size = strlen(singular);
    char spare[24];

    return strncmp(text, singular, size) == 0 && text[size] == ':' &&
           strcmp(text + size + 1, ab__row_id(&data, ref.table, ref.row, spare)) == 0;
}

static bool prove_named(void *context, const char *part, size_t size)
{
    named_rows *rows = context;
    ab_prover *prover = rows->prover;
    const char *text = ab__arena_text_n(prover->arena, part, size);
    bool gave = false;

    if (!text) {
        prover->failed = true;
        return true;
    }
    for (int32_t i = 0; i < rows->leave->row_count; i++)
        gave = gave || names_row(prover->op, rows->leave->row[i], text);
    ab__prove_fact(prover, AB_PROVE_PERMISSION, gave, &rows->where, text,
                   "an agreement or approval that gives leave for this place, means and time");
    rows->count += gave;
    return true;
}

static void prove_rows(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, const ab_where *where)
{
    named_rows rows = {prover, leave, 0, *where};

    ab__text_split(trip->row->permission, prove_named, &rows);
    ab__prove_fact(prover, AB_PROVE_PERMISSION, rows.count == leave->row_count, where, "some who gave leave are not named",
                   "each once");
}

/* What is let in: of goods as a whole, by those who gave leave. */
static void prove_goods(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave)
{
    for (int32_t i = trip->first_load; i < trip->first_load + trip->load_count; i++) {
        int32_t c = prover->load[i].commodity;
        const char *id = prover->op->commodities.at[c].id;
        ab_where where = ab__where_rows("trip", trip->row->id, "commodity", id, trip->row->depart);
        ab__prove_fact(prover, AB_PROVE_PERMISSION, c >= 64 || (leave->commodities >> c & 1), &where,
                       "goods for which nobody gave leave", "goods that may pass");
    }
}

/* ---- Chances ---- */

/* Was it seen how a movement went before now, so that its canopies count? */
static bool is_seen(const ab_operation *op, int32_t movement)
{
    ab_time day = op->movements.at[movement].date, begins = day - (ab_time)llround(op->settings->utc_offset_s);
    int32_t t;

    if (day == AB_TIME_NONE || !ab_known_at(op, begins))
        return false;
    return begins + 86400 <= op->settings->start || ab_movement_is_past(op, movement, &t);
}

/* The share of a system's canopies that opens, by its row and its movements. */
static double opened_frac(const ab_operation *op, int32_t system)
{
    const ab_dropsystem *row = &op->dropsystems.at[system];
    double dropped = fmax(0, (double)row->drops_observed), failed = fmin(dropped, fmax(0, (double)row->failures_observed));

    for (int32_t i = 0; i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        if (m->dropsystem != system || !is_seen(op, i))
            continue;
        double more = fmax(0, (double)m->canopies_dropped);
        dropped += more;
        failed += fmin(more, fmax(0, (double)m->canopies_failed));
    }
    return 1 - (FAILED_BEFORE + failed) / (DROPPED_BEFORE + dropped);
}

/* Of what passes every gate, the share received. */
static double received_frac(const ab_operation *op, const ab_told_trip *trip)
{
    double kept = 1 - ab__known_or(op->settings->loss_frac, 0);

    if (trip->means != AB_MEANS_AIRDROP)
        return kept;
    return kept * opened_frac(op, trip->dropsystem) * ab__known_or(op->dropzones.at[trip->dropzone].recovered_frac, 1);
}

static bool is_doubted(const ab_operation *op, ab_input_table table, int32_t row)
{
    for (int32_t i = 0; i < op->access.count; i++) {
        const ab_report *report = &op->access.at[i];
        if (report->subject.table == (int32_t)table && report->subject.row == row && report->state != AB_STATE_OPEN)
            return true;
    }
    return false;
}

/* Where the wind over a zone is told, a drop is worked out, and less of it may be received than canopies and recovery alone leave. */
static bool is_worked_out(const ab_operation *op, const ab_told_trip *trip)
{
    return trip->means == AB_MEANS_AIRDROP && (op->wind.count > 0 || op->settings->wind[0] != '\0');
}

/* Does any report speak against place, hub or road of the trip, or the wind against its drop? Else its chance is known to the
 * last bit. */
static bool way_is_doubted(const ab_operation *op, const ab_told_trip *trip)
{
    bool doubted = is_doubted(op, AB_TABLE_places, trip->place) || is_doubted(op, AB_TABLE_hubs, trip->hub) || is_worked_out(op, trip);

    for (int32_t r = 0; r < trip->road_count; r++)
        doubted = doubted || is_doubted(op, AB_TABLE_roads, trip->road[r]);
    return doubted;
}

static void prove_chance(ab_prover *prover, const ab_told_trip *trip, const ab__leave *leave, const ab_where *where)
{
    double most = leave->prob * received_frac(prover->op, trip), told = trip->row->arrival_prob;

    ab__prove_most(prover, AB_PROVE_CHANCE, told, most, -1e-6, "probability", where);
    if (!way_is_doubted(prover->op, trip))
        ab__prove_fact(prover, AB_PROVE_CHANCE, fabs(told - most) <= 1e-6, where, "a chance that no report explains",
                       "what permission, losses and drop make it");
}

static void prove_transfer_chance(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    const ab_operation *op = prover->op;
    double told = trip->row->arrival_prob;
    bool doubted = is_doubted(op, AB_TABLE_links, trip->link) || is_doubted(op, AB_TABLE_hubs, trip->hub) ||
                   is_doubted(op, AB_TABLE_hubs, trip->to_hub);

    ab__prove_most(prover, AB_PROVE_CHANCE, told, 1, -1e-6, "probability", where);
    if (!doubted)
        ab__prove_fact(prover, AB_PROVE_CHANCE, fabs(told - 1) <= 1e-6, where, "a chance that no report explains", "1");
}

static void prove_interval(ab_prover *prover, const ab_trip_row *row, const ab_where *where)
{
    bool ordered = row->arrival_prob_low >= 0 && row->arrival_prob_low <= row->arrival_prob + 1e-12 &&
                   row->arrival_prob <= row->arrival_prob_high + 1e-12 && row->arrival_prob_high <= 1;

    ab__prove_fact(prover, AB_PROVE_INTERVAL, ordered, where, "a chance out of order or outside 0 to 1",
                   "low end, mean, high end");
}

/* `least` and `told` change places, so that it reads as a limit. */
static void prove_least(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    double least = prover->op->settings->least_arrival_prob;

    if (trip->promised)
        return;
    ab__prove_most(prover, AB_PROVE_LEAST, 1 - trip->row->arrival_prob, 1 - least, -1e-6, "probability not to arrive", where);
}

/* ---- Reach ---- */

static void prove_reach(ab_prover *prover, const ab_told_trip *trip, const ab_where *where)
{
    bool offered = false;

    for (int32_t i = 0; i < AB_TOLD_COUNT(prover, reach) && !offered; i++) {
        const ab_reach_row *row = AB_TOLD(prover, reach, reach_row, i);
        offered = row->offered == 1 && trip->row->depart >= row->from && trip->row->depart < row->until &&
                  strcmp(row->place, trip->row->place) == 0 && strcmp(row->means, trip->row->means) == 0;
    }
    ab__prove_fact(prover, AB_PROVE_REACH, offered, where, "a trip by means that are not offered then", "one that is offered");
}

void ab__prove_leave(ab_prover *prover)
{
    for (int32_t i = 0; i < prover->trip_count && !prover->failed; i++) {
        const ab_told_trip *trip = &prover->trip[i];
        ab_where where = ab__where_trip(prover, &i);
        prove_interval(prover, trip->row, &where);
        if (ab__is_transfer(trip))
            prove_transfer_chance(prover, trip, &where);
        if (trip->whole)
            prove_least(prover, trip, &where);
        if (!ab__is_delivery(trip))
            continue;
        ab__leave leave = ab__leave_of(prover, trip->place, trip->means, trip->depart);
        prove_rows(prover, trip, &leave, &where);
        prove_goods(prover, trip, &leave);
        prove_chance(prover, trip, &leave, &where);
        prove_reach(prover, trip, &where);
    }
}
