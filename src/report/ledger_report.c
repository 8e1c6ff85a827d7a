/* Each authority's record, for a terminal and for programs. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/rows_json.h"
#include "report/text.h"

static const char restricted[] = "Restricted: it says who lets convoys through and who does not.";
static const char survivorship[] =
    "* most of these convoys are by no request: convoys are told of when they move, so the chance is too high";

enum { NAME_COLUMNS = 26, RECORD_COLUMNS = 9, SHARE_COLUMNS = 6, SPAN_COLUMNS = 8, POOL_COLUMNS = 12 };

static void add_percent(ab_buf *out, double prob)
{
    char text[AB_NUMBER_CAP];
    ab__buf_add(out, ab__number_format_n(round(100 * prob), 9, text));
}

/* "62 % as 8"; "-" where it is not known. */
static void add_belief(ab_buf *out, double prob, double cases)
{
    ab_buf cell = AB_BUF_INIT;
    if (isnan(prob)) {
        ab__buf_add(&cell, "-");
    } else {
        add_percent(&cell, prob);
        ab__buf_printf(&cell, " %% as %.0f", cases);
    }
    ab__text_right(out, ab__buf_text(&cell), POOL_COLUMNS);
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

static void add_chance(ab_buf *out, const ab_ledger_stage *s)
{
    ab_buf cell = AB_BUF_INIT;
    add_percent(&cell, s->prob);
    ab__buf_add(&cell, s->survivors > 0 ? " %*" : " %");
    ab__text_right(out, ab__buf_text(&cell), SHARE_COLUMNS + (s->survivors > 0));
    ab__buf_clear(&cell);
    add_percent(&cell, s->prob_low);
    ab__buf_add(&cell, "-");
    add_percent(&cell, s->prob_high);
    ab__text_right(out, ab__buf_text(&cell), SPAN_COLUMNS - (s->survivors > 0));
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

static void add_record(ab_buf *out, const ab_ledger_stage *s)
{
    ab_buf cell = AB_BUF_INIT;
    if (s->cases > 0) {
        ab__buf_printf(&cell, "%d/%d", (int)s->good, (int)s->cases);
    } else {
        ab__buf_add(&cell, "-");
    }
    ab__text_right(out, ab__buf_text(&cell), RECORD_COLUMNS);
    ab__buf_clear(&cell);
    double weight = isnan(s->weight) ? (double)s->cases : s->weight, good = isnan(s->weight) ? (double)s->good : s->good_weight;
    if (weight > 0) {
        add_percent(&cell, good / weight);
        ab__buf_add(&cell, " %");
    } else {
        ab__buf_add(&cell, "-");
    }
    ab__text_right(out, ab__buf_text(&cell), SHARE_COLUMNS);
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

static void add_stage(ab_buf *out, const ab_ledger_stage *s)
{
    ab_buf name = AB_BUF_INIT;
    ab__buf_printf(&name, "  %s%s%s", s->stage, s->kind[0] != '\0' ? ", " : "", s->kind);
    ab__text_left(out, ab__buf_text(&name), NAME_COLUMNS);
    add_record(out, s);
    add_chance(out, s);
    add_belief(out, s->pooled_prob, s->pooled_cases);
    add_belief(out, s->prior_prob, s->prior_cases);
    ab__buf_char(out, '\n');
    out->failed = out->failed || name.failed;
    ab__buf_free(&name);
}

/* Every stage of `authority`, under a line of headings; true: some are of survivors. */
static bool add_stages(ab_buf *out, const ab_data *results, const char *authority)
{
    const ab_ledger_stage *stage = AB_RESULT_ROWS(results, ledger_stages, ab_ledger_stage);
    bool survivors = false;
    ab__text_left(out, "  CHANCE OF", NAME_COLUMNS);
    ab__text_right(out, "RECORD", RECORD_COLUMNS);
    ab__text_right(out, "SHARE", SHARE_COLUMNS);
    ab__text_right(out, "NEXT", SHARE_COLUMNS);
    ab__text_right(out, "90 %", SPAN_COLUMNS);
    ab__text_right(out, "OTHERS SAY", POOL_COLUMNS);
    ab__text_right(out, "BEFOREHAND", POOL_COLUMNS);
    ab__buf_char(out, '\n');
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, ledger_stages); i++) {
        if (strcmp(stage[i].authority, authority) == 0) {
            add_stage(out, &stage[i]);
            survivors = survivors || stage[i].survivors > 0;
        }
    }
    return survivors;
}

/* "asked 66, answered 57 (median 13 days), 20 of 66 by the due date; 51 yes" */
static void add_asked(ab_buf *out, const ab_ledger_line *row)
{
    char days[AB_NUMBER_CAP];
    ab_buf line = AB_BUF_INIT;
    ab__buf_printf(&line, "asked %d, answered %d", (int)row->asked, (int)row->answered);
    if (!isnan(row->median_s)) {
        ab__buf_printf(&line, " (median %s days)", ab__number_format_n(round(row->median_s / 8640) / 10, 9, days));
    }
    if (row->due > 0) {
        ab__buf_printf(&line, ", %d of %d by the due date", (int)row->by_due, (int)row->due);
    }
    ab__buf_printf(&line, "; %d yes; of %d leaves that are over %d were used; of %d convoys at its gate %d let through", (int)row->yes,
                   (int)row->leaves, (int)row->set_out, (int)row->convoys, (int)row->passed);
    ab__buf_add(out, "  ");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS - 2, 2, 4);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

static bool has_anybody(const ab_data *results)
{
    const ab_ledger_stage *stage = AB_RESULT_ROWS(results, ledger_stages, ab_ledger_stage);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, ledger_stages); i++) {
        if (stage[i].authority[0] == '\0') {
            return true;
        }
    }
    return false;
}

static void add_all(ab_buf *out, const ab_data *results)
{
    const ab_ledger_line *row = AB_RESULT_ROWS(results, ledger, ab_ledger_line);
    bool survivors = false;
    ab__buf_printf(out, "What became of what was asked, as far as it was known at %s\n", ab__fact(results, "known"));
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, ledger); i++) {
        ab__buf_char(out, '\n');
        ab__text_plain(out, row[i].authority);
        ab__buf_char(out, '\n');
        add_asked(out, &row[i]);
        survivors |= add_stages(out, results, row[i].authority);
    }
    if (has_anybody(results)) {
        ab__buf_add(out, "\nAnybody who has no record\n");
        survivors |= add_stages(out, results, "");
    }
    ab__buf_char(out, '\n');
    if (strcmp(ab__fact(results, "requests of nobody"), "0") != 0) {
        ab__buf_printf(out, "%s requests do not say who was asked: they are in no record above\n", ab__fact(results, "requests of nobody"));
    }
    if (survivors) {
        ab__text_wrap(out, survivorship, AB_SCREEN_COLUMNS, 2, 3);
        ab__buf_char(out, '\n');
    }
    ab__text_wrap(out,
                  "RECORD: requests or convoys that went so, of all that tell. SHARE: the same, those of one decision counted as little more than one. "
                  "NEXT: the chance that is believed, from them, from what all others and the prior say and as how many cases.",
                  AB_SCREEN_COLUMNS, 0, 5);
    ab__buf_printf(out, "\n%s\n", restricted);
}

ab_status ab_ledger_print(FILE *out, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    add_all(&text, results);
    return ab__text_end(out, &text, err);
}

ab_status ab_ledger_json(FILE *out, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__member_text(&json, "known", ab__fact(results, "known"));
    ab__member_text(&json, "names", ab__fact(results, "names"));
    ab__member_text(&json, "requests_of_nobody", ab__fact(results, "requests of nobody"));
    ab__json_rows(&json, "authorities", results, AB_TABLE_ledger, AB_RESULT_ROWS(results, ledger, ab_ledger_line),
                  AB_RESULT_COUNT(results, ledger), NULL);
    ab__json_rows(&json, "stages", results, AB_TABLE_ledger_stages, AB_RESULT_ROWS(results, ledger_stages, ab_ledger_stage),
                  AB_RESULT_COUNT(results, ledger_stages), NULL);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
