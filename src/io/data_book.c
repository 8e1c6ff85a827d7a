/* Typed rows as sheets of text. */
#include <string.h>

#include "io/export.h"
#include "model/redact.h"
#include "schema/book.h"

/* A sheet in the making; its arrays lie in the book's arena. */
typedef struct ab_making {
    ab_arena *arena;
    const char **cells; /* the next one */
    ab_buf text;
    bool failed;
} ab_making;

static void put(ab_making *to, const char *text)
{
    *to->cells = ab__arena_text(to->arena, text);
    to->failed = to->failed || *to->cells == NULL;
    to->cells++;
}

static void put_cell(ab_making *to, const ab_export_layer *layer, int32_t column, const void *row)
{
    ab__buf_clear(&to->text);
    if (ab__export_has(layer, column, row))
        ab__export_cell(layer, column, row, &to->text);
    to->failed = to->failed || to->text.failed;
    put(to, ab__buf_text(&to->text));
}

/* Takes room for a sheet; false: out of memory. */
static bool start(ab_making *to, ab_sheet *sheet, const char *prefix, const char *name,
                  int32_t columns, int64_t rows)
{
    int32_t *line = AB_NEW(to->arena, int32_t, rows);
    const char **header = AB_NEW(to->arena, const char *, columns);
    const char **cells = AB_NEW(to->arena, const char *, rows *columns);
    const char *called = ab__arena_printf(to->arena, "%s%s", prefix, name);

    if (line == NULL || header == NULL || cells == NULL || called == NULL)
        return false;
    for (int64_t r = 0; r < rows; r++)
        line[r] = (int32_t)r + 2;
    *sheet = (ab_sheet){.name = called,
                        .origin = called,
                        .column_count = columns,
                        .header = header,
                        .header_line = 1,
                        .row_count = rows,
                        .cells = cells,
                        .line = line};
    to->cells = header;
    return true;
}

/* Goes on from the header to the cells. */
static void start_cells(ab_making *to, const ab_sheet *sheet)
{
    to->cells = (const char **)sheet->cells;
}

static bool has_tags(const ab_table *table)
{
    for (int32_t c = 0; c < table->column_count; c++) {
        if (table->columns[c].hxl != NULL)
            return true;
    }
    return false;
}

/* false: out of memory */
static bool make_rows(ab_making *to, const ab_export_layer *layer, const char *prefix,
                      ab_sheet *sheet)
{
    const ab_table *table = layer->table;
    bool tagged = has_tags(table);

    if (!start(to, sheet, prefix, table->name, table->column_count,
               (int64_t)layer->rows->count + tagged))
        return false;
    for (int32_t c = 0; c < table->column_count; c++)
        put(to, table->columns[c].name);
    start_cells(to, sheet);
    for (int32_t c = 0; tagged && c < table->column_count; c++)
        put(to, table->columns[c].hxl != NULL ? table->columns[c].hxl : "");
    for (int32_t r = 0; r < layer->rows->count; r++) {
        for (int32_t c = 0; c < table->column_count; c++)
            put_cell(to, layer, c, ab__export_row(layer, r));
    }
    return !to->failed;
}

static int32_t count_given(const ab_export_layer *layer, const void *row)
{
    int32_t count = 0;

    for (int32_t c = 0; c < layer->table->column_count; c++)
        count += ab__export_has(layer, c, row);
    return count;
}

/* Settings lie on their side, a row each. false: out of memory. */
static bool make_settings(ab_making *to, const ab_export_layer *layer, const char *prefix,
                          ab_sheet *sheet)
{
    static const char *const header[] = {"key", "value", "source", "note"};
    const ab_row_head *row = ab__export_row(layer, 0);
    int32_t columns = row->remarks != NULL ? 4 : 2;

    if (!start(to, sheet, prefix, layer->table->name, columns, count_given(layer, row)))
        return false;
    for (int32_t i = 0; i < columns; i++)
        put(to, header[i]);
    start_cells(to, sheet);
    for (int32_t c = 0; c < layer->table->column_count; c++) {
        if (!ab__export_has(layer, c, row))
            continue;
        put(to, layer->table->columns[c].name);
        put_cell(to, layer, c, row);
        if (row->remarks != NULL) {
            put(to, row->remarks[c].source);
            put(to, row->remarks[c].note);
        }
    }
    return !to->failed;
}

bool ab__data_sheets(const ab_data *data, const char *prefix, ab_book *book)
{
    ab_making to = {.arena = ab__book_arena(book), .text = AB_BUF_INIT};
    bool made = true;

    for (int32_t t = 0; made && t < data->schema->count; t++) {
        ab_export_layer layer;
        ab_sheet sheet;
        if (!ab__export_open(data, t, &layer))
            continue;
        made = (layer.table->form == AB_SETTINGS ? make_settings : make_rows)(&to, &layer, prefix,
                                                                              &sheet) &&
               ab__book_add(book, &sheet);
    }
    ab__buf_free(&to.text);
    return made;
}

ab_status ab_data_book(const ab_data *data, ab_audience audience, ab_book **out, ab_error *err)
{
    ab_arena *arena = ab__arena_new();
    ab_book *book = ab__book_new();
    ab_data seen;
    ab_status status = AB_OK;

    *out = NULL;
    if (arena == NULL || book == NULL)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory");
    if (status == AB_OK)
        status = ab__data_redact(data, audience, arena, &seen, err);
    if (status == AB_OK && !ab__data_sheets(&seen, "", book))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory");
    ab__arena_free(arena);
    if (status == AB_OK)
        *out = book;
    else
        ab_book_free(book);
    return status;
}
