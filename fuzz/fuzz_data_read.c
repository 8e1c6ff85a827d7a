/* Tables of an operation, whatever their cells hold. The input is a crude book (crude.h). An operation that is
 * accepted must be the same after it was written and read back. */
#include "airbridge/operation.h"
#include "crude.h"
#include "schema/convert.h"
#include "schema/find.h"

static ab_sheet written_sheet(ab_arena *arena, const ab_data *data, const ab_table *table,
                              const ab_rows *rows)
{
    bool settings = table->form == AB_SETTINGS;
    int32_t columns = settings ? 2 : table->column_count;
    int32_t count = settings ? table->column_count : rows->count;
    const char **header = AB_NEW(arena, const char *, columns);
    const char **cells = AB_NEW(arena, const char *, columns *count);
    int32_t *line = AB_NEW(arena, int32_t, count);
    ab_buf cell = AB_BUF_INIT;
    for (int32_t c = 0; c < columns; c++)
        header[c] = settings ? (c == 0 ? "key" : "value") : table->columns[c].name;
    for (int32_t r = 0; r < rows->count; r++) {
        const void *row = ab__row_at(rows, table, r);
        for (int32_t c = 0; c < table->column_count; c++) {
            ab__buf_clear(&cell);
            if (ab_given(row, c))
                ab__cell_write(data, &table->columns[c], row, &cell);
            if (settings)
                cells[2 * c] = table->columns[c].name;
            cells[settings ? 2 * c + 1 : r * columns + c] =
                ab__arena_text(arena, ab__buf_text(&cell));
        }
    }
    for (int32_t r = 0; r < count; r++)
        line[r] = r + 2;
    ab__buf_free(&cell);
    return (ab_sheet){table->name, table->name, columns, header, 1, count, cells, line, NULL};
}

static void check_round_trip(const ab_operation *op)
{
    char before[65], after[65];
    ab_error err;
    ab_operation *again;
    ab_data data = ab_operation_data(op);
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = ab__book_new();
    for (int32_t t = 0; t < data.schema->count; t++) {
        ab_sheet sheet =
            written_sheet(ab__book_arena(book), &data, &data.schema->tables[t], &data.rows[t]);
        must(ab__book_add(book, &sheet), "out of memory");
    }
    must(ab_operation_read(book, &again, issues, &err) == AB_OK, "what was written is refused");
    must(ab_operation_digest(op, before, &err) == AB_OK, "no digest");
    must(ab_operation_digest(again, after, &err) == AB_OK, "no digest");
    must(strcmp(before, after) == 0, "what was written reads as something else");
    ab_operation_free(again);
    ab_book_free(book);
    ab_issues_free(issues);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char line[300];
    ab_error err;
    ab_operation *op = NULL;
    ab_issues *issues = ab_issues_new(100);
    ab_book *book = read_crude(data, size);
    ab_status status = ab_operation_read(book, &op, issues, &err);
    must((status == AB_OK) == (op != NULL), "neither an operation nor a flaw");
    for (int32_t i = 0; i < ab_issues_count(issues); i++)
        (void)ab_issue_format(ab_issues_at(issues, i), line, sizeof line);
    ab_book_free(book);
    if (op != NULL)
        check_round_trip(op);
    ab_operation_free(op);
    ab_issues_free(issues);
    return 0;
}
