#include "score/cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* ---- What came of a request ---- */

static bool by_then(ab_time at, ab_time t)
{
    return at != AB_TIME_NONE && at <= t;
}

static ab_time day_begins(const ab_operation *op, const ab_movement *m)
{
    return m->date - (ab_time)llround(op->settings->utc_offset_s);
}

/* Did something arrive on it before its leave ended, as was known at `t`? `*moved`: something is told of it, good or bad. */
static bool has_arrived(const ab_operation *op, const ab__moves *moves, int32_t request, ab_time t, bool *moved)
{
    ab_time until = op->requests.at[request].valid_until;
    bool any = false;
    *moved = false;
    for (int32_t i = moves->first[request]; i >= 0; i = moves->next[i]) {
        const ab_movement *m = &op->movements.at[i];
        if (ab_record_is_by_request(op, i, request) && by_then(day_begins(op, m) + 86400, t)) {
            *moved = true;
            any = any || (ab_record_is_let_through(op, i) && (until == AB_TIME_NONE || day_begins(op, m) < until));
        }
    }
    return any;
}

static ab__fate arrival_fate(const ab_operation *op, const ab__moves *moves, int32_t request, ab_time t)
{
    const ab_request *q = &op->requests.at[request];
    if (q->reply < 0 || !by_then(q->reply_at, t)) {
        return by_then(q->reply_due, t) ? AB__NO : AB__OPEN;
    }
    if (q->reply == AB_REPLY_REFUSED) {
        return AB__NO;
    }
    bool moved, fine = has_arrived(op, moves, request, t, &moved);
    bool is_over = q->valid_until != AB_TIME_NONE ? q->valid_until <= t : moved;
    return !is_over ? AB__OPEN : fine ? AB__YES : AB__NO;
}

ab__fate ab__score_fate(const ab_operation *op, const ab__moves *moves, int32_t request, ab_score_of of, ab_time t)
{
    const ab_request *q = &op->requests.at[request];
    if (of == AB_SCORE_ARRIVAL || of == AB_SCORE_APPROVED) {
        return arrival_fate(op, moves, request, t);
    }
    if (!by_then(q->reply_due, t)) {
        return AB__OPEN;
    }
    bool in_time = q->reply >= 0 && by_then(q->reply_at, q->reply_due);
    return in_time && (of == AB_SCORE_ANSWER || q->reply != AB_REPLY_REFUSED) ? AB__YES : AB__NO;
}

ab_score_gap ab__score_outcome(const ab_operation *op, const ab__moves *moves, int32_t request, ab_score_of of, ab_time until,
                               bool *happened)
{
    const ab_request *q = &op->requests.at[request];
    ab__fate fate = ab__score_fate(op, moves, request, of, until);
    bool is_silent = q->reply < 0 || !by_then(q->reply_at, until);
    *happened = fate == AB__YES;
    if (q->reply >= 0 && q->reply_at == AB_TIME_NONE) {
        return AB_SCORE_UNDATED;
    }
    if (fate != AB__OPEN) {
        return AB_SCORE_COUNTED;
    }
    if (of <= AB_SCORE_YES || is_silent) {
        return q->reply_due == AB_TIME_NONE ? AB_SCORE_NO_DUE : AB_SCORE_NOT_DUE;
    }
    return AB_SCORE_OPEN;
}

/* ---- What was foretold ---- */

/* Long enough for any answer that ever comes. */
static const double ever_s = 1e9;

/* What would set out on leave at `t`, and be let through. */
static double arrival_prob(const ab_record *record, int32_t request, int32_t place, ab_mode mode, ab_time t)
{
    int32_t authority = ab_record_authorities(record)->asked_of[request];
    int32_t gate = authority >= 0 ? authority : ab_record_besieger(record, place);
    ab_leave leave = ab_record_leave(record, place, mode, t);
    ab_chance go = ab_record_stage(record, authority, AB_STAGE_GO, (int32_t)leave).chance;
    if (leave == AB_LEAVE_AIR) { /* nobody lets it through on the way: what becomes of drops is not the record's */
        return go.mean;
    }
    ab_chance pass = ab_record_stage(record, gate, AB_STAGE_PASS, 0).chance;
    return ab_record_remembered(record, go, AB_STAGE_GO, gate, place, t).mean *
           ab_record_remembered(record, pass, AB_STAGE_PASS, gate, place, t).mean;
}

static double foretell(const ab_operation *op, const ab_record *record, const ab_score_case *c)
{
    const ab_request *q = &op->requests.at[c->request];
    int32_t authority = ab_record_authorities(record)->asked_of[c->request];
    if (c->of == AB_SCORE_APPROVED) {
        ab_time from = q->valid_from != AB_TIME_NONE && q->valid_from > c->at ? q->valid_from : c->at;
        return arrival_prob(record, c->request, q->place, (ab_mode)q->mode, from);
    }
    bool has_due = q->reply_due != AB_TIME_NONE;
    double wait_s = c->of == AB_SCORE_ARRIVAL || !has_due ? ever_s : (double)(q->reply_due - q->asked_at);
    double answer = ab_record_answered(record, authority, 0, wait_s).mean;
    if (c->of == AB_SCORE_ANSWER) {
        return answer;
    }
    double yes = answer * ab_record_stage(record, authority, AB_STAGE_YES, 0).chance.mean;
    return c->of == AB_SCORE_YES ? yes : yes * arrival_prob(record, c->request, q->place, (ab_mode)q->mode, has_due ? q->reply_due : c->at);
}

/* Shares of 2015: three in four of 113 requests had no answer; a fifth was approved, and half of that arrived (O'Brien to the
 * Security Council, 27 January 2016). */
static const double base_2015_prob[AB_SCORES] = {0.25, 0.2, 0.1, 0.5};

/* Climatology at the moment of `c`. */
static double base_of(const ab_operation *op, const ab__moves *moves, const ab_score_case *c, ab_time now)
{
    double seen = 1, good = base_2015_prob[c->of];
    for (int32_t r = 0; r < op->requests.count; r++) {
        const ab_request *q = &op->requests.at[r];
        bool is_one = c->of != AB_SCORE_APPROVED || (q->reply >= 0 && q->reply != AB_REPLY_REFUSED && by_then(q->reply_at, now));
        ab__fate fate = by_then(q->asked_at, now) && is_one ? ab__score_fate(op, moves, r, c->of, now) : AB__OPEN;
        seen += fate != AB__OPEN;
        good += fate == AB__YES;
    }
    return good / seen;
}

/* ---- All cases ---- */

static int case_order(const void *a, const void *b)
{
    const ab_score_case *x = a, *y = b;
    int order = compare(x->of, y->of);
    order = order ? order : compare(x->at, y->at);
    return order ? order : compare(x->request, y->request);
}

static ab_score_case *list_cases(const ab_operation *op, const ab__moves *moves, ab_time until, ab_arena *arena, int32_t *count)
{
    ab_score_case *list = AB_NEW(arena, ab_score_case, (size_t)AB_SCORES * (size_t)op->requests.count);
    *count = 0;
    for (int32_t r = 0; list != NULL && r < op->requests.count; r++) {
        const ab_request *q = &op->requests.at[r];
        bool is_approved = q->reply >= 0 && q->reply != AB_REPLY_REFUSED && by_then(q->reply_at, until);
        for (int of = 0; of < AB_SCORES && by_then(q->asked_at, until); of++) {
            if (of == AB_SCORE_APPROVED && !is_approved) {
                continue;
            }
            ab_score_case *c = &list[(*count)++];
            *c = (ab_score_case){.request = r, .of = (ab_score_of)of, .at = of == AB_SCORE_APPROVED ? q->reply_at : q->asked_at};
            c->gap = ab__score_outcome(op, moves, r, c->of, until, &c->happened);
        }
    }
    if (list != NULL && *count > 0) {
        qsort(list, (size_t)*count, sizeof *list, case_order);
    }
    return list;
}

static int64_t local_day(const ab_operation *op, ab_time t)
{
    return (t + (ab_time)llround(op->settings->utc_offset_s)) / 86400;
}

/* Requests of one authority on one day are one decision. */
static void number_batches(const ab_operation *op, const ab_authorities *all, ab_score_case *list, int32_t count)
{
    for (int32_t i = 0, next = 0; i < count; i++) {
        ab_score_case *c = &list[i];
        next = i == 0 || list[i - 1].of != c->of ? 0 : next;
        c->batch = -1;
        for (int32_t k = i - 1; k >= 0 && list[k].of == c->of && local_day(op, list[k].at) == local_day(op, c->at); k--) {
            if (all->asked_of[list[k].request] == all->asked_of[c->request]) {
                c->batch = list[k].batch;
            }
        }
        if (c->batch < 0) {
            c->batch = next++;
        }
    }
}

/* From what was known before it was asked; an approval is known when it is given. */
static ab_time moment(const ab_score_case *c)
{
    return c->of == AB_SCORE_APPROVED ? c->at : c->at - 1;
}

static ab_status foretell_all(const ab_operation *op, const ab__moves *moves, ab_score_case *list, int32_t count, ab_error *err)
{
    ab_priors priors = ab_record_priors_of_2015();
    ab_record *record = NULL;
    ab_status status = AB_OK;
    ab_time made = AB_TIME_NONE;
    for (int32_t i = 0; status == AB_OK && i < count; i++) {
        if (record == NULL || moment(&list[i]) != made) {
            ab_record_free(record);
            record = NULL;
            made = moment(&list[i]);
            status = ab_record_make_from(op, made, &priors, &record, err);
        }
        if (status == AB_OK) {
            list[i].foretold_prob = foretell(op, record, &list[i]);
            list[i].base_prob = base_of(op, moves, &list[i], made);
        }
    }
    if (status == AB_OK && record != NULL) {
        number_batches(op, ab_record_authorities(record), list, count);
    }
    ab_record_free(record);
    return status;
}

ab_score_case *ab__score_cases(const ab_operation *op, ab_time until, ab_arena *arena, int32_t *count, ab_error *err)
{
    ab__moves moves;
    ab_score_case *list = ab__moves_make(op, arena, &moves) ? list_cases(op, &moves, until, arena, count) : NULL;
    if (list == NULL) {
        ab_fail(err, AB_NO_MEMORY, "out of memory while requests were scored");
        return NULL;
    }
    return foretell_all(op, &moves, list, *count, err) == AB_OK ? list : NULL;
}
