/* One row in words, for those who click on it. */
#include <string.h>

#include "base/number.h"
#include "io/export.h"
#include "io/xml_write.h"
#include "schema/convert.h"

void ab__export_cell(const ab_export_layer *layer, int32_t column, const void *row, ab_buf *out)
{
    const ab_column *declared = &layer->table->columns[column];
    char time[AB_TIME_TEXT_CAP];

    if (declared->type == AB_TYPE_TIME)
        ab__buf_add(out, ab__export_time_text(ab__export_time(layer, row, declared->name), time));
    else
        ab__cell_write(layer->data, declared, row, out);
}

/* A text of the row; an id of a hub or place as people know it. */
static const char *word_of(const ab_export *from, const ab_export_layer *layer, const void *row,
                           const char *column)
{
    const char *text = ab__export_text(layer, row, column);

    if (strcmp(column, "place") == 0)
        return ab__export_name(from, AB_TABLE_places, text);
    if (strcmp(column, "hub") == 0 || strcmp(column, "to_hub") == 0)
        return ab__export_name(from, AB_TABLE_hubs, text);
    return text;
}

void ab__export_title(const ab_export *from, const ab_export_layer *layer, const void *row,
                      const char *const *columns, ab_buf *out)
{
    size_t start = out->size;

    for (int32_t i = 0; columns[i] != NULL; i++) {
        const char *word = word_of(from, layer, row, columns[i]);
        bool to = strcmp(columns[i], "hub") != 0 && i > 0 && strcmp(columns[i - 1], "hub") == 0;
        if (word[0] == '\0')
            continue;
        if (out->size > start)
            ab__buf_add(out, to || strcmp(columns[i], "to_hub") == 0 ? " to " : " ");
        ab__buf_add(out, word);
    }
    if (out->size == start)
        ab__buf_add(out, ab__export_text(layer, row, "id"));
}

void ab__export_loads(const ab_export *from, const char *trip, ab_buf *out)
{
    ab_export_layer loads;
    size_t start = out->size;

    if (!ab__export_find(from, "loads", &loads))
        return;
    for (int32_t r = 0; r < loads.rows->count; r++) {
        const void *row = ab__export_row(&loads, r);
        char mass[AB_NUMBER_CAP];
        if (strcmp(ab__export_text(&loads, row, "trip"), trip) != 0)
            continue;
        ab__buf_printf(out, "%s%s %s t", out->size > start ? ", " : "",
                       ab__export_text(&loads, row, "commodity"),
                       ab__number_people(ab__export_number(&loads, row, "mass_t"), 2, mass));
    }
}

/* The cell for people: six digits of a number are enough. */
static void add_rounded(const ab_export_layer *layer, int32_t column, const void *row, ab_buf *out)
{
    const ab_column *declared = &layer->table->columns[column];
    char number[AB_NUMBER_CAP];

    if (declared->type == AB_TYPE_NUMBER && strstr(declared->name, "_deg") == NULL)
        ab__buf_add(out, ab__number_format_n(ab__cell_number(declared, row), 6, number));
    else
        ab__export_cell(layer, column, row, out);
}

static void add_line(ab_buf *out, const char *label, const char *value)
{
    ab__buf_add(out, "<tr><td>");
    ab__xml_text(out, label);
    ab__buf_add(out, "</td><td>");
    ab__xml_text(out, value);
    ab__buf_add(out, "</td></tr>\n");
}

void ab__export_html(const ab_export *from, const ab_export_layer *layer, const void *row,
                     ab_buf *out)
{
    ab_buf label = AB_BUF_INIT, value = AB_BUF_INIT;

    ab__buf_add(out, "<table>\n");
    for (int32_t c = 0; c < layer->table->column_count; c++) {
        if (c == layer->wkt || !ab__export_has(layer, c, row))
            continue;
        ab__buf_clear(&label);
        ab__buf_clear(&value);
        ab__export_label(&layer->table->columns[c], &label);
        add_rounded(layer, c, row, &value);
        add_line(out, ab__buf_text(&label), ab__buf_text(&value));
    }
    ab__buf_clear(&value);
    if (strcmp(layer->name, "trips") == 0)
        ab__export_loads(from, ab__export_text(layer, row, "id"), &value);
    if (value.size > 0)
        add_line(out, "carries", ab__buf_text(&value));
    ab__buf_add(out, "</table>");
    out->failed = out->failed || label.failed || value.failed;
    ab__buf_free(&label);
    ab__buf_free(&value);
}

ab_time ab__export_period_end(const ab_export *from, ab_time t)
{
    const ab_settings *settings = from->input.rows[AB_TABLE_operation].at;
    ab_time end = t + (ab_time)settings->period_s;

    return settings->end != AB_TIME_NONE && end > settings->end ? settings->end : end;
}
