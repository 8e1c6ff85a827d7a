/* The rows behind a chance: reports with their weights, and the agreements and requests that decide. */
#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/vec.h"
#include "flow/access.h"

typedef struct words {
    const ab__shown *at;
    ab__lane lane;
    const char *subject;
    AB_VEC(ab_access_word) row;
    bool failed;
} words;

static ab_access_word *add(words *w, ab_input_table table, int32_t row)
{
    ab_access_word *word = AB_PUSH(&w->row);
    if (word == NULL) {
        w->failed = true;
        return NULL;
    }
    *word = (ab_access_word){.subject = w->subject,
                             .means = ab__lane_means(w->lane),
                             .row = ab__row_name(w->at, table, row),
                             .says = "",
                             .said_at = AB_TIME_NONE,
                             .said_by = "",
                             .grade = "",
                             .use = "",
                             .side = "",
                             .grade_log_odds = NAN,
                             .own_side_frac = NAN,
                             .window_frac = NAN,
                             .age_frac = NAN,
                             .weight_log_odds = NAN,
                             .shift_log_odds = NAN,
                             .merged_into = ""};
    w->failed = w->failed || word->row == NULL;
    return word;
}

/* " from 2016-02-17 until 2016-02-18" */
static void add_span(ab_buf *text, const ab_operation *op, ab_time from, ab_time until)
{
    char day[AB_TIME_TEXT_CAP];
    if (from != AB_TIME_NONE)
        ab__buf_printf(text, " from %s", ab__local_day(op, from, day));
    if (until != AB_TIME_NONE)
        ab__buf_printf(text, " until %s", ab__local_day(op, until, day));
}

/* What it says, kept; the buffer is freed. */
static const char *keep(words *w, ab_buf *text)
{
    const char *kept = text->failed ? NULL : ab__arena_text(w->at->arena, ab__buf_text(text));
    w->failed = w->failed || kept == NULL;
    ab__buf_free(text);
    return kept != NULL ? kept : "";
}

/* ---- Reports ---- */

static const char *say_report(words *w, const ab_report *report)
{
    const ab_operation *op = w->at->op;
    ab_buf text = AB_BUF_INIT;
    ab__buf_add(&text, ab_codes_state.codes[report->state].word);
    for (int32_t i = 0; i < report->commodities.count; i++) {
        ab_ref of = report->commodities.at[i];
        ab__buf_printf(&text, "%s%s", i == 0 ? " for " : ", ",
                       of.table == AB_TABLE_commodities ? op->commodities.at[of.row].id : ab_codes_category.codes[of.row].word);
    }
    add_span(&text, op, report->from, report->until);
    return keep(w, &text);
}

static void add_weights(ab_access_word *word, const ab_report_weight *weight)
{
    word->grade_log_odds = weight->grade_log_odds;
    word->own_side_frac = weight->own_side_frac;
    word->window_frac = weight->window_frac;
    word->age_frac = weight->age_frac;
    word->weight_log_odds = weight->weight_log_odds;
    word->shift_log_odds = weight->use == AB_REPORT_COUNTS ? weight->shift_log_odds : NAN;
}

static void add_report(words *w, const ab_report_weight *weight)
{
    const ab_report *report = &w->at->op->access.at[weight->row];
    ab_access_word *word = add(w, AB_TABLE_access, weight->row);
    if (word == NULL)
        return;
    bool worked_out = weight->use == AB_REPORT_COUNTS || weight->use == AB_REPORT_QUOTED;
    word->says = say_report(w, report);
    word->said_at = report->reported_at;
    word->said_by = report->reported_by;
    word->grade = ab__arena_printf(w->at->arena, "%s%s", ab_codes_reliability.codes[report->reliability].word,
                                   ab_codes_credibility.codes[report->credibility].word);
    word->use = ab_report_use_words(weight->use);
    word->merged_into = ab__row_name(w->at, AB_TABLE_access, weight->merged_into);
    w->failed = w->failed || word->grade == NULL || word->merged_into == NULL;
    if (weight->use == AB_REPORT_COUNTS)
        word->side = report->state == AB_STATE_OPEN ? "open" : "against";
    if (worked_out)
        add_weights(word, weight);
}

static ab_status add_reports(words *w, ab_error *err)
{
    ab_weighing *weighing;
    ab_status status = ab_access_weights(w->at->access, w->lane.subject, w->lane.means, w->at->t, &weighing, err);
    for (int32_t i = 0; status == AB_OK && i < weighing->count; i++)
        if (weighing->at[i].use != AB_REPORT_LATER)
            add_report(w, &weighing->at[i]);
    if (status == AB_OK)
        ab_weighing_free(weighing);
    return status;
}

/* ---- Agreements and requests ---- */

static const char *join(words *w, const ab_list *list)
{
    ab_buf text = AB_BUF_INIT;
    for (int32_t i = 0; i < list->count; i++)
        ab__buf_printf(&text, "%s%s", i > 0 ? "; " : "", list->at[i]);
    return keep(w, &text);
}

static bool permits_nothing(const ab_agreement *a)
{
    return a->kind != AB_AGREED_CORRIDOR && a->kind != AB_AGREED_CLEARANCE;
}

static void add_agreement(words *w, int32_t row, const char *use)
{
    const ab_agreement *a = &w->at->op->agreements.at[row];
    ab_access_word *word = add(w, AB_TABLE_agreements, row);
    ab_buf text = AB_BUF_INIT;
    ab__buf_add(&text, ab_codes_agreement_kind.codes[a->kind].word);
    add_span(&text, w->at->op, a->from, a->until);
    const char *says = keep(w, &text), *parties = join(w, &a->parties);
    if (word == NULL)
        return;
    word->says = says;
    word->said_at = a->from;
    word->said_by = parties;
    word->use = permits_nothing(a) ? "permits nothing by itself" : use;
}

static void add_request(words *w, int32_t row, const char *use)
{
    const ab_request *r = &w->at->op->requests.at[row];
    ab_access_word *word = add(w, AB_TABLE_requests, row);
    ab_buf text = AB_BUF_INIT;
    char day[AB_TIME_TEXT_CAP];
    bool answered = r->reply >= 0 && ab_known_at(w->at->op, r->reply_at);
    if (answered) {
        ab__buf_add(&text, ab_codes_reply.codes[r->reply].word);
        add_span(&text, w->at->op, r->valid_from, r->valid_until);
    } else {
        ab__buf_printf(&text, "asked on %s, no answer", ab__local_day(w->at->op, r->asked_at, day));
    }
    const char *says = keep(w, &text);
    if (word == NULL)
        return;
    word->says = says;
    word->said_at = answered && r->reply_at != AB_TIME_NONE ? r->reply_at : r->asked_at;
    word->said_by = r->asked_of;
    word->use = use;
}

/* Of what gives or withholds leave the first row decides. */
static void add_leave(words *w)
{
    const ab_access_cell *cell = ab__lane_cell(w->at, w->lane, w->at->t);
    ab_refs rows = ab_access_evidence(w->at->access, cell->evidence);
    bool first = true;
    for (int32_t i = 0; i < rows.count; i++) {
        const char *use = cell->permission == AB_PERMISSION_NONE ? "comes nearest to leave" : first ? "decides" : "says so too";
        if (rows.at[i].table == AB_TABLE_agreements)
            add_agreement(w, rows.at[i].row, use);
        else if (rows.at[i].table == AB_TABLE_requests)
            add_request(w, rows.at[i].row, use);
        else
            continue;
        first = false;
    }
}

bool ab__table_access_words(ab_result *result, const ab__shown *at, const ab__lane *lane, int32_t count)
{
    words w = {.at = at};
    ab_error ignored;
    for (int32_t i = 0; i < count && !w.failed; i++) {
        w.lane = lane[i];
        w.subject = ab__lane_subject(at, lane[i].subject);
        w.failed = w.subject == NULL;
        if (!w.failed)
            add_leave(&w);
        w.failed = w.failed || add_reports(&w, &ignored) != AB_OK;
    }
    bool fine = ab__table_keep(result, AB_TABLE_access_words, w.row.at, w.row.count, sizeof *w.row.at, w.failed);
    AB_VEC_FREE(&w.row);
    return fine;
}
