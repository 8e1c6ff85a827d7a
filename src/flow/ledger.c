/* From the record of an operation to the tables that tell of each authority. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/authority.h"
#include "airbridge/record.h"
#include "airbridge/version.h"
#include "base/vec.h"
#include "flow/result.h"

/* What the asks alone tell of one authority. */
typedef struct tally {
    int32_t authority;
    int64_t asked, answered, due, by_due, yes;
    double median_s;     /* to answers that came; NaN: none came */
    double due_median_s; /* that it was given to answer; NaN: no due date was set */
} tally;

typedef struct work {
    const ab_operation *op;
    const ab_ledger_request *request;
    ab_record *record;
    ab_time now;
    ab_arena *arena; /* of the result */
    tally *tally;    /* [authorities], those of whom most was asked first */
    int32_t only;    /* authority; -1: all */
    AB_VEC(ab_ledger_line) row;
    AB_VEC(ab_ledger_stage) stage;
} work;

/* ---- What was asked ---- */

static int compare(double a, double b)
{
    return (a > b) - (a < b);
}

static int by_size(const void *a, const void *b)
{
    return compare(*(const double *)a, *(const double *)b);
}

static double median(double *values, int32_t count)
{
    if (count == 0) {
        return NAN;
    }
    qsort(values, (size_t)count, sizeof *values, by_size);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

/* `room` holds two numbers for each ask. */
static tally tally_of(const work *at, int32_t authority, double *room)
{
    int32_t count, answered = 0, due = 0;
    const ab_ask *ask = ab_record_asks(at->record, &count);
    double *took_s = room, *given_s = room + count;
    tally t = {.authority = authority};
    for (int32_t i = 0; i < count; i++) {
        ab_time due_at = at->op->requests.at[ask[i].request].reply_due;
        if (ask[i].authority != authority) {
            continue;
        }
        t.asked++;
        t.yes += ask[i].yes == 1;
        if (ask[i].answered_at != AB_TIME_NONE) {
            took_s[answered++] = (double)(ask[i].answered_at - ask[i].asked_at);
        }
        if (due_at != AB_TIME_NONE) {
            given_s[due++] = (double)(due_at - ask[i].asked_at);
        }
        if (due_at != AB_TIME_NONE && due_at <= at->now) { /* before that only those that were quick are known */
            t.due++;
            t.by_due += ask[i].answered_at != AB_TIME_NONE && ask[i].answered_at <= due_at;
        }
    }
    t.answered = answered;
    t.median_s = median(took_s, answered);
    t.due_median_s = median(given_s, due);
    return t;
}

/* Authorities are numbered by name. */
static int most_asked_first(const void *a, const void *b)
{
    const tally *x = a, *y = b;
    int order = compare((double)y->asked, (double)x->asked);
    return order != 0 ? order : compare(x->authority, y->authority);
}

static bool make_tallies(work *at)
{
    int32_t count = ab_record_authorities(at->record)->count, asks;
    (void)ab_record_asks(at->record, &asks);
    at->tally = AB_NEW(at->arena, tally, count);
    double *room = AB_NEW(at->arena, double, 2 * (size_t)asks);
    if (at->tally == NULL || room == NULL) {
        return false;
    }
    for (int32_t a = 0; a < count; a++) {
        at->tally[a] = tally_of(at, a, room);
    }
    if (count > 0) {
        qsort(at->tally, (size_t)count, sizeof *at->tally, most_asked_first);
    }
    return true;
}

/* ---- Rows ---- */

static ab_ledger_line row_of(const work *at, const tally *t, const char *name)
{
    ab_learnt pass = ab_record_stage(at->record, t->authority, AB_STAGE_PASS, 0);
    ab_ledger_line row = {.authority = name,
                         .asked = t->asked,
                         .answered = t->answered,
                         .median_s = t->median_s,
                         .due = t->due,
                         .by_due = t->by_due,
                         .yes = t->yes,
                         .convoys = pass.rows,
                         .passed = pass.good_rows,
                         .survivors = pass.survivors};
    for (int leave = 0; leave < AB_LEAVES; leave++) {
        ab_learnt go = ab_record_stage(at->record, t->authority, AB_STAGE_GO, leave);
        row.leaves += go.rows;
        row.set_out += go.good_rows;
    }
    return row;
}

static bool add_stage(work *at, int32_t authority, const char *name, ab_stage stage, int32_t kind, const char *words[2])
{
    ab_learnt learnt = ab_record_stage(at->record, authority, stage, kind);
    ab_ledger_stage *row = AB_PUSH(&at->stage);
    if (row != NULL) {
        *row = (ab_ledger_stage){.authority = name,
                                 .stage = words[0],
                                 .kind = words[1],
                                 .cases = learnt.rows,
                                 .good = learnt.good_rows,
                                 .weight = learnt.seen,
                                 .good_weight = learnt.good,
                                 .prob = learnt.chance.mean,
                                 .prob_low = learnt.chance.low,
                                 .prob_high = learnt.chance.high,
                                 .pooled_prob = learnt.pooled_mean,
                                 .pooled_cases = learnt.firm_cases,
                                 .prior_prob = learnt.prior_mean,
                                 .prior_cases = learnt.prior_cases,
                                 .survivors = learnt.survivors};
    }
    return row != NULL;
}

/* An answer within the time that it is usually given. */
static bool add_in_time(work *at, const tally *t, const char *name)
{
    if (isnan(t->due_median_s)) {
        return true;
    }
    ab_chance chance = ab_record_answered(at->record, t->authority, 0, t->due_median_s);
    const char *kind = ab__arena_printf(at->arena, "%.0f days", t->due_median_s / 86400);
    ab_ledger_stage *row = kind != NULL ? AB_PUSH(&at->stage) : NULL;
    if (row != NULL) {
        *row = (ab_ledger_stage){.authority = name,
                                 .stage = "answer in time",
                                 .kind = kind,
                                 .cases = t->due,
                                 .good = t->by_due,
                                 .weight = NAN,
                                 .good_weight = NAN,
                                 .prob = chance.mean,
                                 .prob_low = chance.low,
                                 .prob_high = chance.high,
                                 .pooled_prob = NAN,
                                 .pooled_cases = NAN,
                                 .prior_prob = NAN,
                                 .prior_cases = NAN,
                                 .survivors = 0};
    }
    return row != NULL;
}

typedef struct stage_words {
    ab_stage stage;
    int32_t kind;
    const char *word, *kind_word;
    bool always; /* told also where no case was seen */
} stage_words;

static const stage_words after_answers[] = {
    {AB_STAGE_YES, 0, "yes", "", true},
    {AB_STAGE_GO, AB_LEAVE_ANSWER, "set out", "on a yes", false},
    {AB_STAGE_GO, AB_LEAVE_PROMISE, "set out", "on a promise", false},
    {AB_STAGE_GO, AB_LEAVE_AIR, "set out", "by air", false},
    {AB_STAGE_PASS, 0, "let through", "", true},
    {AB_STAGE_WHOLE, AB_CATEGORY_FOOD, "kept whole", "food", false},
    {AB_STAGE_WHOLE, AB_CATEGORY_WATER, "kept whole", "water", false},
    {AB_STAGE_WHOLE, AB_CATEGORY_MEDICAL, "kept whole", "medical", false},
    {AB_STAGE_WHOLE, AB_CATEGORY_OTHER, "kept whole", "other", false},
    {AB_STAGE_FULL, 0, "offloaded in full", "", true},
    {AB_STAGE_KEPT, 0, "nothing lost", "", true},
    {AB_STAGE_SAFE, 0, "nobody hurt", "", true},
};

/* `t` NULL: of anybody who has no record. */
static bool add_stages(work *at, const tally *t, const char *name)
{
    int32_t authority = t != NULL ? t->authority : -1;
    const char *answer[2] = {"answer", ""};
    bool fine = add_stage(at, authority, name, AB_STAGE_ANSWER, 0, answer) && (t == NULL || add_in_time(at, t, name));
    for (size_t s = 0; fine && s < sizeof after_answers / sizeof *after_answers; s++) {
        const stage_words *w = &after_answers[s];
        const char *words[2] = {w->word, w->kind_word};
        if (t == NULL || w->always || ab_record_stage(at->record, authority, w->stage, w->kind).rows > 0) {
            fine = add_stage(at, authority, name, w->stage, w->kind, words);
        }
    }
    return fine;
}

/* Nothing was asked of it, and nothing came to its gate. */
static bool is_empty(const work *at, const tally *t)
{
    return t->asked == 0 && ab_record_stage(at->record, t->authority, AB_STAGE_PASS, 0).rows == 0;
}

static ab_status add_authorities(work *at, ab_error *err)
{
    const ab_authorities *all = ab_record_authorities(at->record);
    ab_status status = AB_OK;
    for (int32_t i = 0; status == AB_OK && i < all->count; i++) {
        const tally *t = &at->tally[i];
        const char *name = all->at[t->authority].name;
        if (is_empty(at, t) && at->only != t->authority) {
            continue;
        }
        if (at->request->key != NULL) { /* of all, so that who is looked at alone keeps its pseudonym */
            status = ab_pseudonym_give(at->request->key, name, &name, err);
        }
        if (status != AB_OK || (at->only >= 0 && at->only != t->authority)) {
            continue;
        }
        name = ab__arena_text(at->arena, name);
        ab_ledger_line *row = name != NULL ? AB_PUSH(&at->row) : NULL;
        if (row == NULL || !add_stages(at, t, name)) {
            return ab_fail(err, AB_NO_MEMORY, "out of memory while the ledger was made");
        }
        *row = row_of(at, t, name);
    }
    return status;
}

/* ---- The result ---- */

static ab_status find_only(work *at, ab_error *err)
{
    at->only = -1;
    if (at->request->authority == NULL) {
        return AB_OK;
    }
    ab_status status = ab_authority_find(ab_record_authorities(at->record), at->request->authority, &at->only, err);
    if (status == AB_OK && at->only < 0) {
        return ab_fail(err, AB_USAGE, "nobody is called \"%.100s\" in the operation: see who is in `airbridge ledger` without a name",
                       at->request->authority);
    }
    return status;
}

/* Requests that do not say who was asked. */
static int32_t count_unnamed(const work *at)
{
    int32_t count, unnamed = 0;
    const ab_ask *ask = ab_record_asks(at->record, &count);
    for (int32_t i = 0; i < count; i++) {
        unnamed += ask[i].authority < 0;
    }
    return unnamed;
}

/* No digest of the input, and nothing of its settings: who guesses an input could prove the guess by it. */
static bool add_provenance(const work *at, ab_result *result)
{
    char now[AB_TIME_TEXT_CAP];
    const char *known = ab__arena_text(at->arena, ab_time_format(at->now, now));
    const char *unnamed = ab__arena_printf(at->arena, "%d", (int)count_unnamed(at));
    const ab_fact facts[] = {
        {.key = "program", .value = "airbridge", .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "version", .value = ab_version(), .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "known", .value = known, .origin = "given", .audience = AB_AUDIENCE_TEAM},
        {.key = "requests of nobody", .value = unnamed, .origin = "computed", .audience = AB_AUDIENCE_TEAM},
        {.key = "names", .value = at->request->key != NULL ? "pseudonyms" : "names", .origin = "given", .audience = AB_AUDIENCE_TEAM},
    };
    return ab__table_keep(result, AB_TABLE_provenance, facts, sizeof facts / sizeof *facts, sizeof *facts, known == NULL || unnamed == NULL);
}

static ab_status fill(work *at, ab_result *result, ab_error *err)
{
    ab_status status = find_only(at, err);
    if (status == AB_OK && !make_tallies(at)) {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the ledger was made");
    }
    if (status == AB_OK) {
        status = add_authorities(at, err);
    }
    bool fine = at->only >= 0 || status != AB_OK || add_stages(at, NULL, "");
    if (status == AB_OK &&
        (!fine || !ab__table_keep(result, AB_TABLE_ledger, at->row.at, at->row.count, sizeof *at->row.at, false) ||
         !ab__table_keep(result, AB_TABLE_ledger_stages, at->stage.at, at->stage.count, sizeof *at->stage.at, false) ||
         !add_provenance(at, result))) {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the ledger was made");
    }
    return status;
}

ab_status ab_flow_ledger(const ab_operation *op, const ab_ledger_request *request, ab_result **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_result *result = arena != NULL ? AB_NEW(arena, ab_result, 1) : NULL;
    work at = {.op = op, .request = request, .arena = arena, .now = request->at};
    *out = NULL;
    if (result == NULL) {
        ab__arena_free(arena);
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the ledger was made");
    }
    result->arena = arena;
    if (at.now == AB_TIME_NONE) {
        at.now = op->settings->as_of != AB_TIME_NONE ? op->settings->as_of : op->settings->end;
    }
    ab_status status = ab_record_make(op, at.now, &at.record, err);
    if (status == AB_OK) {
        status = fill(&at, result, err);
    }
    ab_record_free(at.record);
    AB_VEC_FREE(&at.row);
    AB_VEC_FREE(&at.stage);
    if (status == AB_OK) {
        *out = result;
    } else {
        ab_result_free(result);
    }
    return status;
}
