#include "model/check.h"

#include <math.h>
#include <stdarg.h>

#include "base/c_locale.h"
#include "base/text.h"
#include "schema/convert.h"
#include "schema/find.h"
#include "schema/issues.h"

const void *ab__check_row(const ab_check *check, int32_t table, int32_t row)
{
    return ab__row_at(&check->data.rows[table], &check->data.schema->tables[table], row);
}

const ab_column *ab__check_column(int32_t table, int32_t column)
{
    return &ab_input_schema()->tables[table].columns[column];
}

ab_time ab__check_time(const ab_check *check, int32_t table, int32_t row, int32_t column)
{
    return *(const ab_time *)ab__value_at(ab__check_column(table, column),
                                          ab__check_row(check, table, row));
}

double ab__check_number(const ab_check *check, int32_t table, int32_t row, int32_t column)
{
    return ab__cell_number(ab__check_column(table, column), ab__check_row(check, table, row));
}

double ab__check_si(const ab_check *check, int32_t table, int32_t row, int32_t column)
{
    return *(const ab_c_NUMBER *)ab__value_at(ab__check_column(table, column),
                                              ab__check_row(check, table, row));
}

static int32_t line_of(const ab_check *check, const ab_finding *finding, const ab_sheet *sheet)
{
    const ab_table *table = &check->data.schema->tables[finding->table];
    if (finding->row < 0)
        return 0;
    if (table->form == AB_SETTINGS)
        return sheet == NULL || finding->column < 0
                   ? 0
                   : ab__setting_line(sheet, table->columns[finding->column].name);
    return ((const ab_row_head *)ab__check_row(check, finding->table, finding->row))->line;
}

bool ab__check_told(const ab_check *check, int32_t table, int32_t row, int32_t column)
{
    return (check->told[table][row] >> column & 1u) != 0;
}

bool ab__check_position(const ab_check *check, int32_t table, int32_t row, double *lon_deg,
                        double *lat_deg)
{
    const ab_table *of = &check->data.schema->tables[table];
    int32_t lon = ab_table_find(of, "lon_deg"), lat = ab_table_find(of, "lat_deg");
    *lon_deg = ab__check_si(check, table, row, lon);
    *lat_deg = ab__check_si(check, table, row, lat);
    return !isnan(*lon_deg) && !isnan(*lat_deg) && !ab__check_told(check, table, row, lon) &&
           !ab__check_told(check, table, row, lat);
}

bool ab__check_spans(const ab_check *check)
{
    const ab_settings *settings = check->op->settings;
    return settings->start != AB_TIME_NONE && settings->end > settings->start;
}

/* A cell that is given and yet unknown could not be read, which was said. Of one that could, one check
 * speaks, as often as it wants: a cell may name several things. */
static bool is_told(ab_check *check, const ab_finding *finding, const ab_column *column)
{
    const ab_row_head *row = ab__check_row(check, finding->table, finding->row);
    if (ab_given(row, finding->column) && ab__cell_empty(column, row))
        return true;
    bool goes_on = check->last.code == finding->code && check->last.table == finding->table &&
                   check->last.row == finding->row && check->last.column == finding->column;
    if (!goes_on && ab__check_told(check, finding->table, finding->row, finding->column))
        return true;
    check->told[finding->table][finding->row] |= UINT64_C(1) << finding->column;
    check->last.code = finding->code;
    check->last.table = finding->table;
    check->last.row = finding->row;
    check->last.column = finding->column;
    return false;
}

void ab__check_raise(ab_check *check, ab_finding finding)
{
    const ab_table *table = &check->data.schema->tables[finding.table];
    const ab_sheet *sheet = ab_book_find(check->book, table->name);
    const ab_column *column = finding.column < 0 ? NULL : &table->columns[finding.column];
    if (column != NULL && finding.row >= 0 && is_told(check, &finding, column))
        return;
    const char *shown = column == NULL ? ""
                        : sheet == NULL ? column->name
                                        : ab__column_shown(sheet, column->name);
    ab_buf cell = AB_BUF_INIT;
    if (finding.found == NULL && finding.row >= 0 && column != NULL) {
        ab__cell_write(&check->data, column, ab__check_row(check, finding.table, finding.row),
                       &cell);
        finding.found = ab__buf_text(&cell);
    }
    ab_severity usual = ab__issue_severity(finding.code);
    ab_issues_add(check->issues, &(ab_issue){
                                     .severity = finding.only_warning ? AB_WARNING : usual,
                                     .code = finding.code,
                                     .origin = sheet == NULL ? table->name : sheet->origin,
                                     .line = line_of(check, &finding, sheet),
                                     .column = shown,
                                     .expected = finding.expected,
                                     .found = finding.found,
                                     .hint = finding.hint,
                                     .fix = finding.fix,
                                 });
    ab__buf_free(&cell);
}

void ab__check_expect(ab_check *check, ab_finding finding, const char *expected, ...)
{
    char text[600];
    va_list args;
    va_start(args, expected);
    int size = ab__c_vsnprintf(text, sizeof text, expected, args);
    va_end(args);
    if (size >= (int)sizeof text)
        text[ab__utf8_cut(text, sizeof text - 1)] = '\0';
    finding.expected = text;
    ab__check_raise(check, finding);
}

bool ab__check_index(ab_check *check, int32_t table, ab_index *out)
{
    char spare[24];
    int32_t count = check->data.rows[table].count;
    *out = (ab_index){.at = AB_NEW(check->work, ab_index_entry, count), .count = count};
    if (out->at == NULL) {
        check->no_memory = true;
        return false;
    }
    for (int32_t r = 0; r < count; r++)
        out->at[r] = (ab_index_entry){ab__row_id(&check->data, table, r, spare), r};
    ab__index_sort(out);
    return true;
}

ab_status ab__check_all(const ab_operation *op, const ab_book *book, ab_issues *issues,
                        ab_error *err)
{
    static void (*const checks[])(ab_check * check) = {
        ab__check_settings,    ab__check_windows,   ab__check_hours,    ab__check_order,
        ab__check_commodities, ab__check_vehicles,  ab__check_links,    ab__check_groups,
        ab__check_replies,     ab__check_movements, ab__check_subjects, ab__check_names,
        ab__check_unused,      ab__check_positions, ab__check_twins,    ab__check_roads,
        ab__check_units,       ab__check_ratios,    ab__check_rings,    ab__check_zones,
        ab__check_pcodes,      ab__check_areas,     ab__check_people,   ab__check_stranded,
        ab__check_lift,        ab__check_drops,     ab__check_scopes,   ab__check_commitments,
        ab__check_promised,    ab__check_kept,      ab__check_requests, ab__check_reports,
        ab__check_rations,     ab__check_now,       ab__check_quotes,   ab__check_asked,
        ab__check_pacts,       ab__check_spellings, ab__check_wind,
        ab__check_likeness,    ab__check_sources,   ab__check_totals,
    };
    ab_check check = {.op = op,
                      .data = ab_operation_data(op),
                      .book = book,
                      .issues = issues,
                      .work = ab__arena_new()};
    check.no_memory = check.work == NULL;
    for (int32_t t = 0; t < AB_INPUT_TABLES && !check.no_memory; t++) {
        check.told[t] = AB_NEW(check.work, uint64_t, check.data.rows[t].count);
        check.no_memory = check.told[t] == NULL;
    }
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && !check.no_memory; i++)
        checks[i](&check);
    ab__arena_free(check.work);
    return check.no_memory
               ? ab_fail(err, AB_NO_MEMORY, "out of memory while the operation was checked")
               : AB_OK;
}
