#include <math.h>

#include "airbridge/report.h"
#include "base/json.h"
#include "base/number.h"
#include "report/figures.h"
#include "report/text.h"

static void time_member(ab_json *json, const char *key, ab_time t)
{
    char text[AB_TIME_TEXT_CAP];

    ab__json_key(json, key);
    ab__json_text(json, ab_time_format(t, text));
}

/* Twelve digits: what a file keeps of a number is enough to print it again the same. */
static void number_member(ab_json *json, const char *key, double value)
{
    char digits[AB_NUMBER_CAP];
    double rounded;

    ab__json_key(json, key);
    ab__json_number(
        json, ab__number_parse(ab__number_format_n(value, 12, digits), &rounded) ? rounded : NAN);
}

static void text_member(ab_json *json, const char *key, const char *value)
{
    ab__json_key(json, key);
    ab__json_text(json, value);
}

static void figures(ab_json *json, const ab_data *results)
{
    const ab_figure *figure = AB_RESULT_ROWS(results, summary, ab_figure);

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, summary); i++)
        number_member(json, figure[i].key, figure[i].value);
    number_member(json, "deficit_if_nothing",
                  ab__figure(results, "deficit_if_nothing_kcal_days_per_person"));
}

static void by_means(ab_json *json, const ab_data *results)
{
    ab_means_total totals[ab_means_count];

    ab__means_totals(results, totals);
    ab__json_key(json, "tonnes_by_mode");
    ab__json_object(json);
    for (int32_t m = 0; m < ab_codes_means.count; m++) {
        ab__json_key(json, ab_codes_means.codes[m].word);
        ab__json_object(json);
        number_member(json, "vehicles", totals[m].vehicles);
        number_member(json, "sent_t", totals[m].sent_kg / 1000);
        number_member(json, "expected_t", totals[m].expected_kg / 1000);
        number_member(json, "cost_usd", totals[m].usd);
        ab__json_object_end(json);
    }
    ab__json_object_end(json);
}

static void gaps(ab_json *json, const ab_data *results)
{
    const ab_gap_row *gap = AB_RESULT_ROWS(results, gaps, ab_gap_row);

    ab__json_key(json, "gaps");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, gaps); i++) {
        ab__json_object(json);
        text_member(json, "place", gap[i].place);
        text_member(json, "category", gap[i].category);
        time_member(json, "from", gap[i].from);
        time_member(json, "until", gap[i].until);
        number_member(json, "people", (double)gap[i].people);
        number_member(json, "met_frac", gap[i].eaten_frac);
        number_member(json, "missing", gap[i].missing);
        text_member(json, "unit", gap[i].unit);
        text_member(json, "reason", gap[i].reason);
        text_member(json, "standing", gap[i].standing);
        text_member(json, "also", gap[i].also);
        number_member(json, "gain_days", gap[i].gain_days);
        text_member(json, "change", gap[i].change);
        text_member(json, "held_by", gap[i].held_by);
        text_member(json, "detail", gap[i].detail);
        text_member(json, "because", gap[i].because);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

static void provenance(ab_json *json, const ab_data *results)
{
    const ab_fact *fact = AB_RESULT_ROWS(results, provenance, ab_fact);

    ab__json_key(json, "provenance");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, provenance); i++) {
        ab__json_object(json);
        text_member(json, "key", fact[i].key);
        text_member(json, "value", fact[i].value);
        text_member(json, "origin", fact[i].origin);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

ab_status ab_summary_json(FILE *out, const ab_data *input, const ab_data *results, ab_error *err)
{
    return ab_plan_json(out, input, results, NAN, err);
}

ab_status ab_plan_json(FILE *out, const ab_data *input, const ab_data *results, double solve_s, ab_error *err)
{
    const ab_settings *settings = input->rows[AB_TABLE_operation].at;
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    text_member(&json, "operation", settings->name);
    time_member(&json, "start", settings->start);
    time_member(&json, "end", settings->end);
    text_member(&json, "answer", ab__fact(results, "answer"));
    figures(&json, results);
    if (!isnan(solve_s))
        number_member(&json, "solve_s", solve_s);
    by_means(&json, results);
    gaps(&json, results);
    provenance(&json, results);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    ab_status status = ab__text_flush(out, &text, err);
    ab__buf_free(&text);
    return status;
}
