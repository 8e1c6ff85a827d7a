/* Drops for another program: every column of their tables under its own name. */
#include <math.h>
#include <string.h>

#include "airbridge/report.h"
#include "report/drop_view.h"
#include "report/figures.h"
#include "report/members.h"
#include "report/text.h"
#include "schema/convert.h"

static void member(ab_json *json, const ab_data *data, const ab_column *column, const void *row)
{
    ab_buf cell = AB_BUF_INIT;

    if (column->type == AB_TYPE_NUMBER || column->type == AB_TYPE_COUNT) {
        ab__member_rounded(json, column->name, ab__cell_number(column, row));
        return;
    }
    ab__json_key(json, column->name);
    ab__cell_write(data, column, row, &cell);
    if (column->type == AB_TYPE_FLAG && !ab__cell_empty(column, row))
        ab__json_bool(json, strcmp(ab__buf_text(&cell), "yes") == 0);
    else
        ab__json_text(json, ab__cell_empty(column, row) ? NULL : ab__buf_text(&cell));
    json->out->failed = json->out->failed || cell.failed;
    ab__buf_free(&cell);
}

/* All columns but the drop's id, which is that of the object around. */
static void members(ab_json *json, const ab_data *data, int32_t table, const void *row)
{
    const ab_table *declared = &data->schema->tables[table];

    for (int32_t c = 0; c < declared->column_count; c++)
        if (strcmp(declared->columns[c].name, "drop") != 0)
            member(json, data, &declared->columns[c], row);
}

static void array(ab_json *json, const char *key, const ab_data *data, int32_t table, const void *rows, int32_t count)
{
    const char *row = rows;

    ab__json_key(json, key);
    ab__json_array(json);
    for (int32_t i = 0; i < count; i++, row += data->schema->tables[table].row_size) {
        ab__json_object(json);
        members(json, data, table, row);
        ab__json_object_end(json);
    }
    ab__json_array_end(json);
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
                    member(json, results, &table->columns[c], &drop[i]);
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
    ab_status status = ab__text_flush(out, &text, err);
    ab__buf_free(&text);
    return status;
}
