#include <string.h>

#include "airbridge/report.h"
#include "report/diff_words.h"
#include "report/members.h"
#include "report/text.h"

static void time_member(ab_json *json, const char *key, ab_time t)
{
    if (t == AB_TIME_NONE)
        ab__member_text(json, key, NULL);
    else
        ab__member_time(json, key, t);
}

static void trip(ab_json *json, const ab_trip_change *change)
{
    const ab_trip_row *row = change->before ? change->before : change->after;

    ab__json_object(json);
    ab__member_text(json, "kind", ab_trip_change_word(change->kind));
    ab__member_text(json, "trips_before", change->ids_before);
    ab__member_text(json, "trips_after", change->ids_after);
    time_member(json, "depart_before", change->before ? change->before->depart : AB_TIME_NONE);
    time_member(json, "depart_after", change->after ? change->after->depart : AB_TIME_NONE);
    ab__member_text(json, "means", row->means);
    ab__member_text(json, "vehicle", row->vehicle);
    ab__member_text(json, "hub", row->hub);
    ab__member_text(json, "place", row->place);
    ab__member_text(json, "to_hub", row->to_hub);
    ab__member_number(json, "vehicles_before", (double)change->vehicles_before);
    ab__member_number(json, "vehicles_after", (double)change->vehicles_after);
    ab__member_number(json, "mass_before_t", change->before_kg / 1000);
    ab__member_number(json, "mass_after_t", change->after_kg / 1000);
    ab__json_object_end(json);
}

static void trips(ab_json *json, const ab_trip_changes *changes)
{
    ab__json_key(json, "trips");
    ab__json_object(json);
    for (int k = 0; k < AB_TRIP_CHANGES; k++)
        ab__member_number(json, ab_trip_change_word((ab_trip_change_kind)k), changes->of_kind[k]);
    ab__member_number(json, "past", changes->past);
    ab__json_key(json, "changed");
    ab__json_array(json);
    for (int32_t i = 0; i < changes->count; i++)
        if (changes->at[i].kind != AB_TRIP_KEPT)
            trip(json, &changes->at[i]);
    ab__json_array_end(json);
    ab__json_object_end(json);
}

static void place(ab_json *json, const ab_diff *diff, const ab_place_change *change)
{
    ab__json_object(json);
    ab__member_text(json, "place", change->id);
    ab__member_number(json, "people", (double)change->people);
    ab__member_number(json, "days", change->days);
    ab__member_number(json, "days_fed_before", change->fed_before);
    ab__member_number(json, "days_fed_after", change->fed_after);
    ab__member_number(json, "debt_end_before_ration_days", change->debt_before);
    ab__member_number(json, "debt_end_after_ration_days", change->debt_after);
    ab__member_number(json, "worse_ration_days", change->worse_ration_days);
    ab__member_number(json, "food_expected_before_t", change->received_before_kg / 1000);
    ab__member_number(json, "food_expected_after_t", change->received_after_kg / 1000);
    ab__member_number(json, "trips_changed", change->trips);
    ab__json_key(json, "rows");
    ab__json_array(json);
    for (int32_t i = 0; i < change->tied_count; i++) {
        ab__json_object(json);
        ab__member_number(json, "row", change->tied[i].row);
        ab__member_text(json, "name", diff->row[change->tied[i].row].name);
        ab__member_text(json, "tie", ab__tie_words(change->tied[i].tie));
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
    ab__json_object_end(json);
}

static void rows(ab_json *json, const ab_diff *diff)
{
    ab__json_key(json, "rows");
    ab__json_array(json);
    for (int32_t i = 0; i < diff->row_count; i++) {
        const ab_row_change *row = &diff->row[i];
        ab__json_object(json);
        ab__member_text(json, "kind", row->column[0] ? "changed" : row->row_before < 0 ? "added" : "removed");
        ab__member_text(json, "table", ab_input_schema()->tables[row->table].name);
        ab__member_text(json, "name", row->name);
        ab__member_text(json, "column", row->column);
        ab__member_text(json, "before", row->before);
        ab__member_text(json, "after", row->after);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

static void means(ab_json *json, const ab_diff *diff)
{
    ab__json_key(json, "tonnes_by_mode");
    ab__json_object(json);
    for (int32_t m = 0; m < ab_codes_means.count; m++) {
        const ab_means_change *change = &diff->means[m];
        ab__json_key(json, ab_codes_means.codes[m].word);
        ab__json_object(json);
        ab__member_number(json, "vehicles_before", change->vehicles_before);
        ab__member_number(json, "vehicles_after", change->vehicles_after);
        ab__member_number(json, "sent_before_t", change->sent_before_kg / 1000);
        ab__member_number(json, "sent_after_t", change->sent_after_kg / 1000);
        ab__member_number(json, "expected_before_t", change->expected_before_kg / 1000);
        ab__member_number(json, "expected_after_t", change->expected_after_kg / 1000);
        ab__member_number(json, "cost_before_usd", change->usd_before);
        ab__member_number(json, "cost_after_usd", change->usd_after);
        ab__json_object_end(json);
    }
    ab__json_object_end(json);
}

ab_status ab_diff_json(FILE *out, const ab_diff *diff, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__json_key(&json, "same");
    ab__json_bool(&json, ab__diff_is_none(diff));
    ab__json_key(&json, "same_input");
    ab__json_bool(&json, diff->same_input);
    time_member(&json, "from", diff->from);
    trips(&json, diff->trips);
    ab__member_number(&json, "frozen_commitments_before", diff->frozen_before);
    ab__member_number(&json, "frozen_commitments_after", diff->frozen_after);
    ab__member_number(&json, "places_better", diff->better);
    ab__member_number(&json, "places_worse", diff->worse);
    ab__json_key(&json, "places");
    ab__json_array(&json);
    for (int32_t i = 0; i < diff->place_count; i++)
        place(&json, diff, &diff->place[i]);
    ab__json_array_end(&json);
    rows(&json, diff);
    means(&json, diff);
    ab__member_number(&json, "objective_before", diff->hunger_before);
    ab__member_number(&json, "objective_after", diff->hunger_after);
    ab__member_number(&json, "cost_before_usd", diff->cost_before_usd);
    ab__member_number(&json, "cost_after_usd", diff->cost_after_usd);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
