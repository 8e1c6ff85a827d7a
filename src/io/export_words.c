/* What an export says of itself. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "io/export.h"
#include "model/redact.h"
#include "schema/convert.h"

const char *ab__export_time_text(ab_time t, char out[AB_TIME_TEXT_CAP])
{
    size_t size = strlen(ab_time_format(t, out));

    if (size == strlen("2030-03-01T00:00Z"))
        memcpy(out + size - 1, ":00Z", sizeof ":00Z");
    return out;
}

void ab__export_label(const ab_column *column, ab_buf *out)
{
    ab__buf_add(out, column->meaning);
    if (column->unit[0] != '\0')
        ab__buf_printf(out, " (%s)", column->unit);
}

/* ---- What was left out ------------------------------------------------------------------------ */

void ab__export_each_left_out(ab_audience audience, ab_export_left_out *each, void *context)
{
    const ab_schema *schemas[] = {ab_result_schema(), ab_input_schema()};

    for (int s = 0; s < 2; s++) {
        for (int32_t t = 0; t < schemas[s]->count; t++) {
            const ab_table *table = &schemas[s]->tables[t];
            for (int32_t c = 0; c < table->column_count; c++) {
                if (!ab__audience_sees(audience, table->columns[c].sensitivity))
                    each(context, table, &table->columns[c]);
            }
        }
    }
}

/* "hubs (all); places (opens, closes)" in the making. */
typedef struct listing {
    ab_buf *out;
    ab_audience audience;
    const ab_table *table;
} listing;

static bool sees_any(ab_audience audience, const ab_table *table)
{
    for (int32_t c = 0; c < table->column_count; c++) {
        if (ab__audience_sees(audience, table->columns[c].sensitivity))
            return true;
    }
    return false;
}

static void list_column(void *context, const ab_table *table, const ab_column *column)
{
    listing *to = context;
    bool first = to->table != table, all = !sees_any(to->audience, table);

    if (first)
        ab__buf_printf(to->out, "%s%s (", to->table != NULL ? "); " : "", table->name);
    to->table = table;
    if (all && !first)
        return;
    ab__buf_printf(to->out, "%s%s", first ? "" : ", ", all ? "all" : column->name);
}

/* ---- Title and note --------------------------------------------------------------------------- */

static void redacted_words(ab_export *to)
{
    ab_audience audience = to->options->audience;
    const char *whom = audience == AB_AUDIENCE_PUBLIC ? "the public" : "partners";
    listing columns = {&to->note, audience, NULL};

    ab__buf_printf(&to->title, "%s, redacted for %s",
                   to->infeasible ? "Airbridge" : "Airbridge plan", whom);
    ab__buf_printf(&to->note, "Redacted for %s. %s Columns left out: ", whom,
                   audience == AB_AUDIENCE_PUBLIC
                       ? "It names no place and holds no position, day, way or stock."
                       : "It says who needs what and where; it holds no day, way or stock.");
    ab__export_each_left_out(audience, list_column, &columns);
    ab__buf_add(
        &to->note,
        "). Rows of `summary`, `totals` and `provenance` that are not for this audience are "
        "left out too. Whoever needs more asks the team that plans, who can write it with "
        "--audience team.");
}

static void team_words(ab_export *to)
{
    const ab_settings *settings = to->input.rows[AB_TABLE_operation].at;

    ab__buf_add(&to->title, settings->name);
    ab__buf_add(
        &to->note,
        "For the team that plans, nothing left out: it says where people can be hit, starved "
        "or blackmailed. Without --audience team the export is redacted. Loads leave and "
        "arrive some time in the periods shown. No authority: a named person decides.");
}

/* The figures of the summary that may be seen, a line each. */
static void add_figures(const ab_export *from, ab_buf *out)
{
    ab_export_layer layer;

    if (!ab__export_find(from, "summary", &layer))
        return;
    for (int32_t r = 0; r < layer.rows->count; r++) {
        const ab_figure *figure = ab__export_row(&layer, r);
        char value[AB_NUMBER_CAP];
        if (isnan(figure->value))
            continue;
        ab__buf_printf(
            out, "%s: %s%s%s\n", figure->meaning,
            ab__number_people(
                figure->value,
                figure->value == round(figure->value) || fabs(figure->value) > 100 ? 0 : 2, value),
            figure->unit[0] != '\0' ? " " : "", figure->unit);
    }
}

/* Before all else, since empty tables and maps look like a plan in which nothing is needed. */
static void no_plan_words(ab_export *to)
{
    ab__buf_add(&to->title, "NO PLAN KEEPS WHAT WAS ASKED: ");
    ab__buf_add(&to->note, "No plan keeps what was asked: this is no plan, and nothing is sent. ");
    if (to->reason[0] != '\0')
        ab__buf_printf(&to->note, "Why: %s. ", to->reason);
}

void ab__export_words(ab_export *to)
{
    if (to->infeasible)
        no_plan_words(to);
    if (to->options->audience == AB_AUDIENCE_TEAM)
        team_words(to);
    else
        redacted_words(to);
    ab__buf_printf(&to->description, "%s\n\n", ab__buf_text(&to->note));
    add_figures(to, &to->description);
}
