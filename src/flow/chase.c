/* From the requests of an operation to the list of whose yes to push for today. */
#include "flow/chase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/version.h"
#include "base/vec.h"

/* What is given is renewed in time for its first date that would be lost if that is as near as this. Assumed. */
static const ab_time RENEW_WITHIN_S = 14 * 86400;

/* A date that a yes can save, as found. */
typedef struct saved {
    int32_t t, kind;
    ab_offer offer;
    ab_time depart, yes_by, noticed_at;
    int32_t notice_by; /* agreement; -1: none */
} saved;

typedef struct work {
    ab__shown at;
    const ab_need *need;
    const ab_routes *routes;
    const ab_trips *trips;
    ab__misery misery;
    bool failed;
    saved *date; /* [periods], of the lane that is looked at */
    AB_VEC(ab_chase_row) row;
    AB_VEC(ab_chase_date) all;
} work;

/* ---- Dates ---- */

static bool is_missing(const ab_access_cell *cell)
{
    return cell->permission != AB_PERMISSION_GIVEN && cell->permission != AB_PERMISSION_NOT_NEEDED;
}

/* Works backwards from the departure. */
static saved save(const work *w, int32_t kind, int32_t t)
{
    const ab_trip_kind *k = &w->trips->kind[kind];
    const ab_operation *op = w->at.op;
    ab_refs agreements = ab_access_agreements(w->at.access, k->place, k->means, t);
    saved s = {.t = t, .kind = kind};
    s.depart = ab__chase_departure(op, k->hub, agreements, t);
    s.noticed_at = ab__chase_notice(op, agreements, s.depart, &s.notice_by);
    ab_time loaded_from = ab__chase_loading(op, k->hub, s.depart, op->vehicles.at[k->vehicle].turnround_s / 2);
    s.yes_by = s.noticed_at < loaded_from ? s.noticed_at : loaded_from;
    return s;
}

/* Of the kinds that could go in period t if somebody agreed, the one for which a yes may come last. `refusal`: what else stands
 * in the way where there is none. */
static bool find_date(const work *w, int32_t place, ab_means means, int32_t t, saved *best, ab_refusal *refusal)
{
    bool found = false;
    for (int32_t k = 0; k < w->trips->kind_count; k++) {
        const ab_trip_kind *kind = &w->trips->kind[k];
        ab_offer offer;
        ab_refusal other;
        if (kind->place != place || kind->means != means)
            continue;
        if (!ab_trips_if_open(w->at.op, w->at.access, w->routes, NULL, kind, t, AB_DOOR_PERMISSION, &offer, &other)) {
            if (refusal->reason == AB_REASON_NONE || other.arrival.mean > refusal->arrival.mean)
                *refusal = other;
            continue;
        }
        saved s = save(w, k, t);
        s.offer = offer;
        if (!found || s.yes_by > best->yes_by || (s.yes_by == best->yes_by && offer.arrival.mean > best->offer.arrival.mean))
            *best = s;
        found = true;
    }
    return found;
}

/* Fills w->date; returns how many can still be saved. `*late`: of how many the last hour is past. */
static int32_t find_dates(work *w, int32_t place, ab_means means, ab_refusal *refusal, int32_t *late)
{
    int32_t count = 0;
    *late = 0;
    *refusal = (ab_refusal){.reason = AB_REASON_NONE, .because = {-1, -1}};
    for (int32_t t = ab_first_departure(w->at.op); t < w->at.op->period_count; t++) {
        saved s;
        if (!is_missing(ab_access_place(w->at.access, place, means, t)) || !find_date(w, place, means, t, &s, refusal))
            continue;
        if (s.yes_by >= w->at.now)
            w->date[count++] = s;
        else
            (*late)++;
    }
    return count;
}

/* ---- Rows ---- */

/* What is asked for. */
typedef struct asking {
    int32_t place;
    ab_means means;
    const ab_access_cell *cell; /* of the first date */
    int32_t authority, request; /* -1: nobody is named, nobody asked */
    double waited_s;
} asking;

static asking ask_for(const work *w, int32_t place, ab_means means, int32_t t)
{
    const ab_record *record = ab_access_record(w->at.access);
    asking a = {.place = place, .means = means, .cell = ab_access_place(w->at.access, place, means, t), .request = -1};
    a.authority = a.cell->asked >= 0 ? a.cell->asked : ab_record_besieger(record, place);
    if (a.cell->permission == AB_PERMISSION_UNANSWERED || a.cell->permission == AB_PERMISSION_REFUSED)
        a.request = ab__evidence_row(w->at.access, a.cell, AB_TABLE_requests);
    if (a.request >= 0 && w->at.now > w->at.op->requests.at[a.request].asked_at)
        a.waited_s = (double)(w->at.now - w->at.op->requests.at[a.request].asked_at);
    return a;
}

/* After a refusal it is asked anew. */
static ab_chance answered_by(const work *w, const asking *a, ab_time time)
{
    double waited_s = a->cell->permission == AB_PERMISSION_UNANSWERED ? a->waited_s : 0;
    return ab_record_answered(ab_access_record(w->at.access), a->authority, waited_s, (double)(time - w->at.now));
}

static double stake_of(const work *w, int32_t place, const saved *date, int32_t count, int32_t i)
{
    int32_t until = i + 1 < count ? date[i + 1].offer.arrive : w->at.op->period_count;
    return ab__misery_stake(&w->misery, w->at.op, w->need, place, date[i].offer.arrive, until);
}

static void add_dates(work *w, const asking *a, int32_t count)
{
    const ab_operation *op = w->at.op;
    for (int32_t i = 0; i < count && !w->failed; i++) {
        const saved *s = &w->date[i];
        const ab_trip_kind *kind = &w->trips->kind[s->kind];
        ab_chance chance = answered_by(w, a, s->yes_by);
        ab_chase_date *row = AB_PUSH(&w->all);
        w->failed = row == NULL;
        if (w->failed)
            return;
        *row = (ab_chase_date){.place = op->places.at[a->place].id,
                               .means = ab_codes_means.codes[a->means].word,
                               .depart = s->depart,
                               .arrive = ab_period_start(op, s->offer.arrive),
                               .yes_by = s->yes_by,
                               .answer_prob = chance.mean,
                               .answer_prob_low = chance.low,
                               .answer_prob_high = chance.high,
                               .stake_ration_days = stake_of(w, a->place, w->date, count, i),
                               .hub = op->hubs.at[kind->hub].id,
                               .vehicle = op->vehicles.at[kind->vehicle].id,
                               .loading_s = op->vehicles.at[kind->vehicle].turnround_s / 2,
                               .notice_s = s->notice_by >= 0 ? op->agreements.at[s->notice_by].notice_s : 0,
                               .notice_by = ab__row_name(&w->at, AB_TABLE_agreements, s->notice_by)};
        w->failed = row->notice_by == NULL;
    }
}

/* When what is given now ends: at the first period without it. */
static ab_time leave_ends(const work *w, const asking *a)
{
    bool given = false;
    for (int32_t t = w->at.t; t < w->at.op->period_count; t++) {
        bool missing = is_missing(ab_access_place(w->at.access, a->place, a->means, t));
        if (given && missing)
            return ab_period_start(w->at.op, t);
        given = given || !missing;
    }
    return AB_TIME_NONE;
}

static const char *ask_word(const asking *a, ab_time ends_at)
{
    switch (a->cell->permission) {
    case AB_PERMISSION_UNANSWERED:
        return "push";
    case AB_PERMISSION_REFUSED:
        return "ask again";
    default:
        return ends_at != AB_TIME_NONE ? "renew" : "ask";
    }
}

static ab_chase_row row_of(work *w, const asking *a)
{
    const ab_operation *op = w->at.op;
    const ab_place *place = &op->places.at[a->place];
    const ab_request *request = a->request >= 0 ? &op->requests.at[a->request] : NULL;
    ab_chase_row row = {.place = place->id,
                        .name = place->name,
                        .people = place->population,
                        .means = ab_codes_means.codes[a->means].word,
                        .authority = ab__authority_name(&w->at, a->authority),
                        .request = request != NULL ? request->id : "",
                        .asked_at = request != NULL ? request->asked_at : AB_TIME_NONE,
                        .due_at = request != NULL ? request->reply_due : AB_TIME_NONE,
                        .ends_at = leave_ends(w, a),
                        .depart = AB_TIME_NONE,
                        .arrive = AB_TIME_NONE,
                        .yes_by = AB_TIME_NONE,
                        .answer_prob = NAN,
                        .answer_prob_low = NAN,
                        .answer_prob_high = NAN,
                        .latency_days = ab_record_answer_days(ab_access_record(w->at.access), a->authority),
                        .stake_ration_days = NAN,
                        .unmet_ration_days = NAN,
                        .because = ab__refs_text(w->at.arena, op, ab_access_evidence(w->at.access, a->cell->evidence), UINT32_MAX),
                        .words = ""};
    row.ask = ask_word(a, row.ends_at);
    w->failed = w->failed || row.authority == NULL || row.because == NULL;
    return row;
}

/* "notice of 48 h (agreement:four_towns_south), loading 3 h at damascus" */
static const char *say_backwards(work *w, const ab_chase_date *date)
{
    const char *loading = ab__arena_printf(w->at.arena, "loading %.1f h at %s", date->loading_s / 3600, date->hub);
    if (loading == NULL || date->notice_s <= 0)
        return loading;
    return ab__arena_printf(w->at.arena, "notice of %.0f h (%s), %s", date->notice_s / 3600, date->notice_by, loading);
}

static bool is_worth(const work *w, const ab_chase_row *row)
{
    if (strcmp(row->ask, "renew") == 0)
        return row->yes_by <= w->at.now + RENEW_WITHIN_S;
    return strcmp(row->ask, "ask") != 0 || row->unmet_ration_days > 0;
}

static void add_row(work *w, const asking *a, int32_t count)
{
    ab_chase_row row = row_of(w, a);
    int32_t first = w->all.count;
    add_dates(w, a, count);
    if (w->failed)
        return;
    const ab_chase_date *date = &w->all.at[first];
    row.depart = date->depart;
    row.arrive = date->arrive;
    row.yes_by = date->yes_by;
    row.answer_prob = date->answer_prob;
    row.answer_prob_low = date->answer_prob_low;
    row.answer_prob_high = date->answer_prob_high;
    row.stake_ration_days = date->stake_ration_days;
    row.words = say_backwards(w, date);
    row.unmet_ration_days = ab__misery_stake(&w->misery, w->at.op, w->need, a->place, w->date[0].offer.arrive, w->at.op->period_count);
    if (!is_worth(w, &row)) {
        w->all.count = first;
        return;
    }
    ab_chase_row *added = AB_PUSH(&w->row);
    w->failed = added == NULL || row.words == NULL;
    if (added != NULL)
        *added = row;
}

/* Leave is missing, and a yes alone helps no date. */
static void add_hopeless(work *w, const asking *a, const ab_refusal *refusal, bool late)
{
    ab_chase_row row = row_of(w, a);
    ab_chase_row *added = AB_PUSH(&w->row);
    const char *because = ab__row_name(&w->at, (ab_input_table)refusal->because.table, refusal->because.row);
    if (late)
        row.words = "no date is left that a yes could save";
    else
        row.words = ab__arena_printf(w->at.arena, "a yes alone does not help: %s%s%s", ab_codes_reason.codes[refusal->reason].word,
                                     because != NULL && because[0] ? ", " : "", because != NULL ? because : "");
    w->failed = w->failed || added == NULL || row.words == NULL || because == NULL;
    if (added != NULL)
        *added = row;
}

/* Is leave missing at some time from now on? -1: no; else the first period. */
static int32_t first_missing(const work *w, int32_t place, ab_means means)
{
    for (int32_t t = ab_first_departure(w->at.op); t < w->at.op->period_count; t++)
        if (is_missing(ab_access_place(w->at.access, place, means, t)))
            return t;
    return -1;
}

static void look_at(work *w, int32_t place, ab_means means)
{
    ab_refusal refusal;
    int32_t missing = first_missing(w, place, means), late;
    if (missing < 0)
        return;
    int32_t count = find_dates(w, place, means, &refusal, &late);
    asking a = ask_for(w, place, means, count > 0 ? w->date[0].t : missing);
    if (count > 0)
        add_row(w, &a, count);
    else if (a.request >= 0 && (late == 0 || is_missing(ab_access_place(w->at.access, place, means, w->at.op->period_count - 1))))
        add_hopeless(w, &a, &refusal, late > 0); /* nothing is to be asked where leave comes before a yes could */
}

static int greater_first(double a, double b)
{
    a = isnan(a) ? -1 : a;
    b = isnan(b) ? -1 : b;
    return (a < b) - (a > b);
}

/* By the hunger of the next date, then by that until the end, then by the hour. */
static int by_stake(const void *a, const void *b)
{
    const ab_chase_row *x = a, *y = b;
    int stake = greater_first(x->stake_ration_days, y->stake_ration_days);
    stake = stake != 0 ? stake : greater_first(x->unmet_ration_days, y->unmet_ration_days);
    if (stake != 0)
        return stake;
    if (x->yes_by != y->yes_by)
        return x->yes_by < y->yes_by ? -1 : 1;
    int order = strcmp(x->place, y->place);
    return order != 0 ? order : strcmp(x->means, y->means);
}

/* ---- The result ---- */

static bool add_provenance(const work *w, const ab_data *plan, ab_result *result)
{
    char now[AB_TIME_TEXT_CAP];
    const char *text = ab__arena_text(w->at.arena, ab_time_format(w->at.now, now));
    const char *offset = ab__arena_printf(w->at.arena, "%.0f", w->at.op->settings->utc_offset_s);
    const ab_fact facts[] = {
        {.key = "program", .value = "airbridge", .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "version", .value = ab_version(), .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "now", .value = text, .origin = "given", .audience = AB_AUDIENCE_TEAM},
        {.key = "utc_offset_s", .value = offset, .origin = "given", .audience = AB_AUDIENCE_TEAM},
        {.key = "hunger", .value = plan != NULL ? "plan" : "nothing sent", .origin = "given", .audience = AB_AUDIENCE_TEAM},
    };
    return ab__table_keep(result, AB_TABLE_provenance, facts, sizeof facts / sizeof *facts, sizeof *facts, text == NULL || offset == NULL);
}

static bool fill(work *w, const ab_data *plan, ab_result *result)
{
    const ab_operation *op = w->at.op;
    w->date = AB_NEW(w->at.arena, saved, op->period_count);
    bool fine = w->date != NULL && (plan != NULL ? ab__misery_of_plan(op, plan, w->at.arena, &w->misery)
                                                 : ab__misery_of_nothing(op, w->need, w->trips, w->at.arena, &w->misery));
    for (int32_t p = 0; fine && p < op->places.count; p++)
        for (int32_t means = 0; !w->failed && means < AB_MEANS_LINK; means++)
            look_at(w, p, (ab_means)means);
    if (w->row.count > 0)
        qsort(w->row.at, (size_t)w->row.count, sizeof *w->row.at, by_stake);
    return fine && ab__table_keep(result, AB_TABLE_chase, w->row.at, w->row.count, sizeof *w->row.at, w->failed) &&
           ab__table_keep(result, AB_TABLE_chase_dates, w->all.at, w->all.count, sizeof *w->all.at, w->failed) &&
           add_provenance(w, plan, result);
}

/* Runs the stages on the operation as it was known. */
static ab_status run_stages(const ab_operation *op, const ab_data *plan, ab_result *result, ab_error *err)
{
    ab_need *need = NULL;
    ab_access *access = NULL;
    ab_routes *routes = NULL;
    ab_trips *trips = NULL;
    ab_status status = ab_need_make(op, &need, err);
    if (status == AB_OK)
        status = ab_access_make(op, &access, err);
    if (status == AB_OK)
        status = ab_routes_make(op, &routes, err);
    if (status == AB_OK)
        status = ab_trips_make(op, access, routes, NULL, &trips, err);
    if (status == AB_OK) {
        ab_time now = ab_record_now(op);
        int32_t t = ab_period_of(op, now);
        work w = {.at = {op, access, result->arena, now, t < 0 ? 0 : t}, .need = need, .routes = routes, .trips = trips};
        if (!fill(&w, plan, result))
            status = ab_fail(err, AB_NO_MEMORY, "out of memory while the list was made");
        AB_VEC_FREE(&w.row);
        AB_VEC_FREE(&w.all);
    }
    ab_trips_free(trips);
    ab_routes_free(routes);
    ab_access_free(access);
    ab_need_free(need);
    return status;
}

ab_status ab_flow_chase(const ab_operation *op, const ab_chase_request *request, ab_result **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_result *result = arena != NULL ? AB_NEW(arena, ab_result, 1) : NULL;
    ab_operation *known = NULL;
    ab_time now = request->at != AB_TIME_NONE ? request->at : ab_record_now(op);
    *out = NULL;
    if (result == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the list was made");
    }
    result->arena = arena;
    ab_status status = now >= op->settings->end ? ab_fail(err, AB_USAGE, "the operation is over by then: it ends before that time")
                                                : ab_operation_as_known(op, now, &known, err);
    if (status == AB_OK)
        status = run_stages(known, request->plan, result, err);
    ab_operation_free(known);
    if (status == AB_OK)
        *out = result;
    else
        ab_result_free(result);
    return status;
}
