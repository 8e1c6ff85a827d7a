#include "model/check.h"

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

/* A cell that is given and yet unknown could not be read, which was said. */
static bool is_told(const ab_check *check, const ab_finding *finding, const ab_column *column)
{
    const ab_row_head *row = ab__check_row(check, finding->table, finding->row);
    return ab_given(row, finding->column) && ab__cell_empty(column, row);
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
                                 });
    ab__buf_free(&cell);
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
        ab__check_settings,    ab__check_windows,   ab__check_hours,     ab__check_order,
        ab__check_commodities, ab__check_vehicles,  ab__check_links,     ab__check_groups,
        ab__check_replies,     ab__check_movements, ab__check_subjects,  ab__check_names,
        ab__check_unused,      ab__check_shapes,    ab__check_positions, ab__check_twins,
        ab__check_units,
    };
    ab_check check = {.op = op,
                      .data = ab_operation_data(op),
                      .book = book,
                      .issues = issues,
                      .work = ab__arena_new()};
    check.no_memory = check.work == NULL;
    for (size_t i = 0; i < sizeof checks / sizeof checks[0] && !check.no_memory; i++)
        checks[i](&check);
    ab__arena_free(check.work);
    return check.no_memory
               ? ab_fail(err, AB_NO_MEMORY, "out of memory while the operation was checked")
               : AB_OK;
}
