/* From an export of events to rows that can be added to the table `access`. */
#include "airbridge/flow.h"
#include "schema/book.h"
#include "schema/convert.h"

static bool put_cells(const ab_data *data, const ab_table *table, const ab_report *row,
                      ab_arena *arena, const char **cells)
{
    ab_buf text = AB_BUF_INIT;
    bool kept = true;

    for (int32_t c = 0; kept && c < table->column_count; c++) {
        ab__buf_clear(&text);
        if (ab_given(&row->head, c))
            ab__cell_write(data, &table->columns[c], row, &text);
        cells[c] = ab__arena_text(arena, ab__buf_text(&text));
        kept = cells[c] != NULL && !text.failed;
    }
    ab__buf_free(&text);
    return kept;
}

/* false: out of memory */
static bool add_sheet(const ab_operation *op, const ab_report *rows, int32_t count, ab_book *book)
{
    const ab_table *table = &ab_input_schema()->tables[AB_TABLE_access];
    ab_data data = ab_operation_data(op);
    ab_arena *arena = ab__book_arena(book);
    const char **header = AB_NEW(arena, const char *, table->column_count);
    const char **cells = AB_NEW(arena, const char *, (size_t)count *(size_t)table->column_count);
    int32_t *line = AB_NEW(arena, int32_t, count);

    if (header == NULL || cells == NULL || line == NULL)
        return false;
    for (int32_t c = 0; c < table->column_count; c++)
        header[c] = table->columns[c].name;
    for (int32_t r = 0; r < count; r++) {
        line[r] = r + 2;
        if (!put_cells(&data, table, &rows[r], arena, &cells[(int64_t)r * table->column_count]))
            return false;
    }
    return ab__book_add(book, &(ab_sheet){.name = table->name,
                                          .origin = table->name,
                                          .column_count = table->column_count,
                                          .header = header,
                                          .header_line = 1,
                                          .row_count = count,
                                          .cells = cells,
                                          .line = line});
}

ab_status ab_flow_import_events(const ab_operation *op, const ab_sheet *events, ab_time now,
                                ab_book **out, ab_events_tally *tally, ab_issues *issues,
                                ab_error *err)
{
    ab_events *weighed = NULL;
    int32_t count = 0;

    *out = NULL;
    ab_status status = ab_events_make(op, events, now, &weighed, issues, err);
    if (status != AB_OK)
        return status;
    const ab_report *rows = ab_events_reports(weighed, &count);
    ab_book *book = ab__book_new();
    *tally = ab_events_tally_of(weighed);
    if (book == NULL || !add_sheet(op, rows, count, book)) {
        ab_book_free(book);
        book = NULL;
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while reports were laid out");
    }
    ab_events_free(weighed);
    *out = book;
    return status;
}
