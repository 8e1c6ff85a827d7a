/* Why places go short, for programs: the same rows of the result's tables as the words for people. */
#include "airbridge/report.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/text.h"
#include "report/why.h"
#include "schema/convert.h"

typedef struct rows_told {
    ab_json *json;
    const ab_data *input;
} rows_told;

/* {"row": "request:q1", "table": "requests", "cells": {…}} */
static void tell_row(void *context, const ab_table *table, const char *name, const void *row)
{
    rows_told *told = context;
    ab_json *json = told->json;

    ab__json_object(json);
    ab__member_text(json, "row", name);
    ab__member_text(json, "table", table->name);
    ab__json_key(json, "cells");
    ab__json_object(json);
    for (int32_t c = 0; c < table->column_count; c++) {
        ab_buf cell = AB_BUF_INIT;
        if (!ab__why_tells(table, row, c))
            continue;
        ab__cell_write(told->input, &table->columns[c], row, &cell);
        ab__member_text(json, table->columns[c].name, ab__buf_text(&cell));
        json->out->failed = json->out->failed || cell.failed;
        ab__buf_free(&cell);
    }
    ab__json_object_end(json);
    ab__json_object_end(json);
}

static void rows_member(ab_json *json, const ab_why_view *view, const char *because)
{
    rows_told told = {json, view->input};

    ab__json_key(json, "rows");
    ab__json_array(json);
    ab__why_rows(view->input, because, tell_row, &told);
    ab__json_array_end(json);
}

static void gap(ab_json *json, const ab_why_view *view, const ab_gap_row *row)
{
    ab__json_object(json);
    ab__member_text(json, "place", row->place);
    ab__member_text(json, "category", row->category);
    ab__member_time(json, "from", row->from);
    ab__member_time(json, "until", row->until);
    ab__member_number(json, "people", (double)row->people);
    ab__member_number(json, "met_frac", row->eaten_frac);
    ab__member_number(json, "missing", row->missing);
    ab__member_text(json, "unit", row->unit);
    ab__member_text(json, "reason", row->reason);
    ab__member_text(json, "also", row->also);
    ab__member_text(json, "standing", row->standing);
    ab__member_number(json, "gain_days", row->gain_days);
    ab__member_text(json, "detail", row->detail);
    ab__member_text(json, "change", row->change);
    ab__member_text(json, "held_by", row->held_by);
    ab__member_text(json, "because", row->because);
    rows_member(json, view, row->because);
    ab__json_object_end(json);
}

static void way(ab_json *json, const ab_reach_row *row)
{
    ab__json_object(json);
    ab__member_text(json, "place", row->place);
    ab__member_text(json, "means", row->means);
    ab__member_time(json, "from", row->from);
    ab__member_time(json, "until", row->until);
    ab__json_key(json, "offered");
    ab__json_bool(json, row->offered == 1);
    ab__member_text(json, "reason", row->reason);
    ab__member_text(json, "hub", row->hub);
    ab__member_number(json, "arrival_prob", row->arrival_prob);
    ab__member_text(json, "because", row->because);
    ab__json_object_end(json);
}

static void trip(ab_json *json, const ab_trip_row *row)
{
    ab__json_object(json);
    ab__member_text(json, "id", row->id);
    ab__member_text(json, "place", row->place);
    ab__member_text(json, "means", row->means);
    ab__member_text(json, "vehicle", row->vehicle);
    ab__json_key(json, "vehicles");
    ab__json_count(json, row->vehicles);
    ab__member_time(json, "depart", row->depart);
    ab__member_time(json, "arrive", row->arrive);
    ab__member_number(json, "sent_t", row->mass_kg / 1000);
    ab__member_number(json, "expected_t", row->expected_kg / 1000);
    ab__json_object_end(json);
}

static void stood(ab_json *json, const ab_stock_day *row)
{
    ab__json_object(json);
    ab__member_text(json, "place", row->place);
    ab__member_time(json, "from", row->from);
    ab__member_time(json, "until", row->until);
    ab__member_number(json, "received_t", row->received_kg / 1000);
    ab__member_number(json, "eaten_frac", row->eaten_frac);
    ab__member_number(json, "stock_days", row->stock_s / 86400);
    ab__member_number(json, "debt_ration_days", row->debt_ration_days);
    ab__member_number(json, "debt_if_nothing", row->debt_if_nothing);
    ab__json_object_end(json);
}

static void tables(ab_json *json, const ab_why_view *view)
{
    const ab_gap_row *gaps = AB_RESULT_ROWS(view->results, gaps, ab_gap_row);
    const ab_reach_row *reach = AB_RESULT_ROWS(view->results, reach, ab_reach_row);
    const ab_trip_row *trips = AB_RESULT_ROWS(view->results, trips, ab_trip_row);
    const ab_stock_day *days = AB_RESULT_ROWS(view->results, stock_days, ab_stock_day);

    ab__json_key(json, "gaps");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, gaps); i++)
        if (ab__why_is_of(view, gaps[i].place) && ab__why_sees(view, gaps[i].from, gaps[i].until))
            gap(json, view, &gaps[i]);
    ab__json_array_end(json);
    ab__json_key(json, "ways");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, reach); i++)
        if (ab__why_is_of(view, reach[i].place) && ab__why_sees(view, reach[i].from, reach[i].until))
            way(json, &reach[i]);
    ab__json_array_end(json);
    ab__json_key(json, "trips");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, trips); i++)
        if (ab__why_sees_trip(view, &trips[i]))
            trip(json, &trips[i]);
    ab__json_array_end(json);
    ab__json_key(json, "standing");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(view->results, stock_days); i++)
        if (ab__why_is_of(view, days[i].place) && ab__why_sees(view, days[i].from, days[i].until))
            stood(json, &days[i]);
    ab__json_array_end(json);
}

ab_status ab_why_json(FILE *out, const ab_data *input, const ab_data *results, const char *place, const char *day,
                      ab_error *err)
{
    ab_why_view view;
    ab_buf text = AB_BUF_INIT;
    ab_json json;
    ab_status status = ab__why_view(input, results, place, day, &view, err);

    if (status != AB_OK)
        return status;
    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__member_text(&json, "place", view.place ? view.place->id : NULL);
    ab__member_time(&json, "from", view.from);
    ab__member_time(&json, "until", view.until);
    tables(&json, &view);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    status = ab__text_flush(out, &text, err);
    ab__buf_free(&text);
    return status;
}
