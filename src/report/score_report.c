/* How good foretold chances are, for a terminal and for programs. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "base/number.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/rows_json.h"
#include "report/text.h"

static const char explanation[] =
    "BRIER: mean square of the chance less what came, 0 is perfect. SKILL: 1 - BRIER / that of a rival; over 0 is better than it. "
    "KNOWN RATE: the share known at each moment. FINAL SHARE: the share that came in the end, which nobody could know. In brackets "
    "the 90 % interval over resampled decisions; with few decisions it tells little.";
static const char priors[] = "Each chance is from what was known at its moment; priors are those of 2015.";

enum { NAME_COLUMNS = 23, COUNT_COLUMNS = 9, BRIER_COLUMNS = 6, SKILL_COLUMNS = 21 };

static void add_number(ab_buf *out, double value)
{
    char text[AB_NUMBER_CAP];
    if (isnan(value)) {
        ab__buf_char(out, '-');
    } else {
        double rounded = round(100 * value) / 100;
        ab__buf_add(out, ab__number_format_n(rounded == 0 ? 0 : rounded, 9, text)); /* no -0 */
    }
}

/* "0.31 (-0.2, 0.55)" */
static void add_skill(ab_buf *out, double value, double low, double high)
{
    ab_buf cell = AB_BUF_INIT;
    add_number(&cell, value);
    if (!isnan(low)) {
        ab__buf_add(&cell, " (");
        add_number(&cell, low);
        ab__buf_add(&cell, ", ");
        add_number(&cell, high);
        ab__buf_char(&cell, ')');
    }
    ab__text_right(out, ab__buf_text(&cell), SKILL_COLUMNS);
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

static void add_cell(ab_buf *out, double value, int width)
{
    ab_buf cell = AB_BUF_INIT;
    add_number(&cell, value);
    ab__text_right(out, ab__buf_text(&cell), width);
    out->failed = out->failed || cell.failed;
    ab__buf_free(&cell);
}

static void add_name(ab_buf *out, const char *foretold, const char *when)
{
    ab_buf name = AB_BUF_INIT;
    ab__buf_printf(&name, "%s, when %s", foretold, when);
    ab__text_left(out, ab__buf_text(&name), NAME_COLUMNS);
    out->failed = out->failed || name.failed;
    ab__buf_free(&name);
}

static void add_score(ab_buf *out, const ab_score_row *row)
{
    ab_buf count = AB_BUF_INIT;
    add_name(out, row->foretold, row->when);
    ab__buf_printf(&count, "%d/%d", (int)row->happened, (int)row->cases);
    ab__text_right(out, ab__buf_text(&count), COUNT_COLUMNS);
    add_cell(out, row->brier, BRIER_COLUMNS);
    add_skill(out, row->base_skill, row->base_skill_low, row->base_skill_high);
    add_skill(out, row->share_skill, row->share_skill_low, row->share_skill_high);
    ab__buf_char(out, '\n');
    out->failed = out->failed || count.failed;
    ab__buf_free(&count);
}

static void add_left_out(ab_buf *out, const ab_data *results)
{
    const ab_score_row *row = AB_RESULT_ROWS(results, scores, ab_score_row);
    ab_buf line = AB_BUF_INIT;
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, scores); i++) {
        ab__buf_printf(&line, "%s%s when %s: %d decisions, %d left out", i > 0 ? "; " : "", row[i].foretold, row[i].when,
                       (int)row[i].decisions, (int)row[i].left_out);
    }
    ab__buf_add(&line, ". Left out is whose fate is not on record.");
    ab__text_wrap(out, ab__buf_text(&line), AB_SCREEN_COLUMNS, 0, 5);
    ab__buf_char(out, '\n');
    out->failed = out->failed || line.failed;
    ab__buf_free(&line);
}

static void add_bins(ab_buf *out, const ab_data *results)
{
    const ab_score_bin_row *bin = AB_RESULT_ROWS(results, score_bins, ab_score_bin_row);
    ab__buf_printf(out, "%-23s%10s%10s%10s%11s%12s\n", "RELIABILITY", "CHANCE", "MEAN", "CAME", "REQUESTS", "DECISIONS");
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, score_bins); i++) {
        if (bin[i].cases == 0) {
            continue;
        }
        ab_buf span = AB_BUF_INIT;
        add_name(out, bin[i].foretold, bin[i].when);
        add_number(&span, bin[i].from_prob);
        ab__buf_add(&span, "-");
        add_number(&span, bin[i].until_prob);
        ab__text_right(out, ab__buf_text(&span), 10);
        add_cell(out, bin[i].mean_prob, 10);
        add_cell(out, bin[i].share, 10);
        ab__buf_printf(out, "%11d%12d\n", (int)bin[i].cases, (int)bin[i].decisions);
        out->failed = out->failed || span.failed;
        ab__buf_free(&span);
    }
}

ab_status ab_score_print(FILE *out, const ab_data *results, ab_error *err)
{
    const ab_score_row *row = AB_RESULT_ROWS(results, scores, ab_score_row);
    ab_buf text = AB_BUF_INIT;
    ab__buf_printf(&text, "What was foretold of requests, judged by what came until %s\n\n", ab__fact(results, "known"));
    ab__text_left(&text, "FORETOLD", NAME_COLUMNS);
    ab__text_right(&text, "CAME", COUNT_COLUMNS);
    ab__text_right(&text, "BRIER", BRIER_COLUMNS);
    ab__text_right(&text, "SKILL, KNOWN RATE", SKILL_COLUMNS);
    ab__text_right(&text, "SKILL, FINAL SHARE", SKILL_COLUMNS);
    ab__buf_char(&text, '\n');
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, scores); i++) {
        add_score(&text, &row[i]);
    }
    ab__buf_char(&text, '\n');
    add_left_out(&text, results);
    ab__buf_char(&text, '\n');
    add_bins(&text, results);
    ab__buf_char(&text, '\n');
    ab__text_wrap(&text, explanation, AB_SCREEN_COLUMNS, 0, 8);
    ab__buf_printf(&text, "\n%s\n", priors);
    return ab__text_end(out, &text, err);
}

ab_status ab_score_json(FILE *out, const ab_data *results, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__member_text(&json, "known", ab__fact(results, "known"));
    ab__member_text(&json, "priors", ab__fact(results, "priors"));
    ab__json_rows(&json, "scores", results, AB_TABLE_scores, AB_RESULT_ROWS(results, scores, ab_score_row),
                  AB_RESULT_COUNT(results, scores), NULL);
    ab__json_rows(&json, "bins", results, AB_TABLE_score_bins, AB_RESULT_ROWS(results, score_bins, ab_score_bin_row),
                  AB_RESULT_COUNT(results, score_bins), NULL);
    ab__json_rows(&json, "cases", results, AB_TABLE_score_cases, AB_RESULT_ROWS(results, score_cases, ab_score_case_row),
                  AB_RESULT_COUNT(results, score_cases), NULL);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
