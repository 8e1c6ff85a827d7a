/* Drops for another program: every column of their tables under its own name. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "report/drop_view.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/rows_json.h"
#include "report/text.h"

static void members(ab_json *json, const ab_data *data, int32_t table, const void *row)
{
    ab__json_row(json, data, table, row, "drop"); /* its id is that of the object around */
}

static void array(ab_json *json, const char *key, const ab_data *data, int32_t table, const void *rows, int32_t count)
{
    ab__json_rows(json, key, data, table, rows, count, "drop");
}

static void one_drop(ab_json *json, const ab_drop_view *view)
{
    const ab_data *results = view->results;

    members(json, results, AB_TABLE_drops, view->drop);
    array(json, "gates", results, AB_TABLE_gates, view->gate, view->gate_count);
    array(json, "footprints", results, AB_TABLE_footprints, view->footprint, view->footprint_count);
    array(json, "exclusions", results, AB_TABLE_drop_exclusions, view->exclusion, view->exclusion_count);
    array(json, "wind", results, AB_TABLE_drop_winds, view->wind, view->wind_count);
    if (view->stick)
        array(json, "stick", results, AB_TABLE_sticks, view->stick, 1);
    if (view->sighter)
        array(json, "sighter", results, AB_TABLE_sighters, view->sighter, 1);
}

/* Who could be served from the air at all. */
static void places(ab_json *json, const ab_data *results)
{
    if (AB_RESULT_COUNT(results, air_places) > 0)
        array(json, "places", results, AB_TABLE_air_places, AB_RESULT_ROWS(results, air_places, ab_air_place_row),
              AB_RESULT_COUNT(results, air_places));
}

/* Go or the gate that decides, an hour and height at a time. */
static void calendar(ab_json *json, const ab_data *results)
{
    static const char *const columns[] = {"zone", "vehicle", "dropsystem", "at", "release_agl_m", "go", "decides",
                                          "inside_prob", "recovered_prob"};
    const ab_table *table = &results->schema->tables[AB_TABLE_drops];
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);

    ab__json_key(json, "calendar");
    ab__json_array(json);
    for (int32_t i = 0; i < AB_RESULT_COUNT(results, drops); i++) {
        ab__json_object(json);
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
            for (int32_t c = 0; c < table->column_count; c++)
                if (strcmp(table->columns[c].name, columns[k]) == 0)
                    ab__json_cell(json, results, &table->columns[c], &drop[i]);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

static void all_drops(ab_json *json, const ab_data *input, const ab_data *results)
{
    const ab_drop_row *drop = AB_RESULT_ROWS(results, drops, ab_drop_row);
    int32_t count = AB_RESULT_COUNT(results, drops);
    ab_drop_view view;

    if (count == 1) { /* its figures at once, for scripts that asked for one */
        ab__drop_view(input, results, drop, &view);
        one_drop(json, &view);
    }
    ab__json_key(json, "drops");
    ab__json_array(json);
    for (int32_t i = 0; i < count; i++) {
        ab__drop_view(input, results, &drop[i], &view);
        ab__json_object(json);
        one_drop(json, &view);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
}

ab_status ab_drops_json(FILE *out, const ab_data *input, const ab_data *results, bool as_calendar, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    if (as_calendar)
        calendar(&json, results);
    else
        all_drops(&json, input, results);
    places(&json, results);
    ab__member_text(&json, "authority", "none: a named person decides");
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
