#include <math.h>

#include "airbridge/report.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/rows_json.h"
#include "report/text.h"

static void figures(ab_json *json, const ab_data *results)
{
    const ab_figure *figure = AB_RESULT_ROWS(results, summary, ab_figure);

    for (int32_t i = 0; i < AB_RESULT_COUNT(results, summary); i++)
        ab__member_rounded(json, figure[i].key, figure[i].value);
    ab__member_rounded(json, "deficit_if_nothing",
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
        ab__member_rounded(json, "vehicles", totals[m].vehicles);
        ab__member_rounded(json, "sent_t", totals[m].sent_kg / 1000);
        ab__member_rounded(json, "expected_t", totals[m].expected_kg / 1000);
        ab__member_rounded(json, "cost_usd", totals[m].usd);
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
        ab__member_text(json, "place", gap[i].place);
        ab__member_text(json, "category", gap[i].category);
        ab__member_time(json, "from", gap[i].from);
        ab__member_time(json, "until", gap[i].until);
        ab__member_rounded(json, "people", (double)gap[i].people);
        ab__member_rounded(json, "met_frac", gap[i].eaten_frac);
        ab__member_rounded(json, "missing", gap[i].missing);
        ab__member_text(json, "unit", gap[i].unit);
        ab__member_text(json, "reason", gap[i].reason);
        ab__member_text(json, "standing", gap[i].standing);
        ab__member_text(json, "also", gap[i].also);
        ab__member_rounded(json, "gain_days", gap[i].gain_days);
        ab__member_text(json, "change", gap[i].change);
        ab__member_text(json, "held_by", gap[i].held_by);
        ab__member_text(json, "detail", gap[i].detail);
        ab__member_text(json, "because", gap[i].because);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

/* Nothing where the plan was not judged on worlds. */
static void worlds(ab_json *json, const ab_data *results)
{
    const ab_rows *totals = &results->rows[AB_TABLE_world_totals], *places = &results->rows[AB_TABLE_world_places];

    if (totals->count == 0)
        return;
    ab__json_rows(json, "world_totals", results, AB_TABLE_world_totals, totals->at, totals->count, NULL);
    ab__json_rows(json, "world_places", results, AB_TABLE_world_places, places->at, places->count, NULL);
}

static void provenance(ab_json *json, const ab_data *results)
{
    const ab_fact *fact = AB_RESULT_ROWS(results, provenance, ab_fact);

    ab__json_key(json, "provenance");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, provenance); i++) {
        ab__json_object(json);
        ab__member_text(json, "key", fact[i].key);
        ab__member_text(json, "value", fact[i].value);
        ab__member_text(json, "origin", fact[i].origin);
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
    ab__member_text(&json, "operation", settings->name);
    ab__member_time(&json, "start", settings->start);
    ab__member_time(&json, "end", settings->end);
    ab__member_text(&json, "answer", ab__fact(results, "answer"));
    figures(&json, results);
    if (!isnan(solve_s))
        ab__member_rounded(&json, "solve_s", solve_s);
    by_means(&json, results);
    gaps(&json, results);
    worlds(&json, results);
    provenance(&json, results);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
