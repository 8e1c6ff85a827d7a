/* Sheets to typed rows. First every table's ids are collected, so that a reference is judged where it
 * stands, whichever table comes first; then all cells are read, in the order of the sheet. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "schema/convert.h"
#include "schema/find.h"
#include "schema/issues.h"
#include "schema/sheet.h"

/* Hints are a kindness: a table full of wrong names may not cost minutes. */
enum { COMPARISONS_MOST = 1000000 };

/* A table of rows and the sheet that it comes from; `sheet` NULL: none, or none that can be read. */
typedef struct source {
    const ab_table *table;
    const ab_sheet *sheet;
    const int32_t *declared; /* for each column of the sheet its column of the table, or -1 */
    ab_sheet_rows rows;
    ab_sheet_rows ragged; /* lines whose cells may stand in wrong columns, in order */
} source;

static void raise_table(ab_reader *reader, int32_t code, const char *origin, int32_t line,
                        const char *expected)
{
    ab__issue_raise(reader->issues,
                    (ab_issue){.code = code, .origin = origin, .line = line, .expected = expected});
}

static void unknown_table(ab_reader *reader, const ab_sheet *sheet)
{
    ab_nearest nearest = ab__nearest_to(sheet->name);
    for (int32_t t = 0; t < reader->schema->count; t++)
        ab__nearest_try(&nearest, reader->schema->tables[t].name);
    ab_buf hint = AB_BUF_INIT;
    ab__nearest_hint(&nearest, &hint);
    if (hint.size == 0)
        ab__buf_add(&hint, "if it belongs to the operation, `airbridge map` proposes what it is");
    ab__issue_raise(reader->issues, (ab_issue){.code = AB_ISSUE_UNKNOWN_TABLE,
                                               .origin = sheet->origin,
                                               .expected = "a table that is known, or none",
                                               .found = sheet->name,
                                               .hint = ab__buf_text(&hint)});
    ab__buf_free(&hint);
}

static void check_names(ab_reader *reader, const ab_book *book)
{
    for (int32_t i = 0; i < ab_book_count(book); i++) {
        const ab_sheet *sheet = ab_book_at(book, i);
        if (ab_schema_find(reader->schema, sheet->name) < 0)
            unknown_table(reader, sheet);
        else if (ab_book_find(book, sheet->name) != sheet)
            raise_table(reader, AB_ISSUE_UNKNOWN_TABLE, sheet->origin, 0,
                        "one table of this name: the first was read, this one was not");
    }
}

/* The sheet of `table`, if it has a header. Reports that a table is missing or empty, unless whoever
 * read the container has said so. */
static const ab_sheet *sheet_of(ab_reader *reader, const ab_book *book, const ab_table *table)
{
    const ab_sheet *sheet = ab_book_find(book, table->name);
    if (sheet == NULL && table->required && !reader->alone) {
        ab_buf expected = AB_BUF_INIT;
        ab__buf_printf(&expected, "the table %s: %s", table->name, table->meaning);
        raise_table(reader, AB_ISSUE_MISSING_TABLE, table->name, 0, ab__buf_text(&expected));
        ab__buf_free(&expected);
    }
    if (sheet == NULL || sheet->column_count > 0)
        return sheet;
    if (!ab__issues_has(reader->issues, AB_ISSUE_EMPTY_TABLE, sheet->origin))
        raise_table(reader, AB_ISSUE_EMPTY_TABLE, sheet->origin, 0, "a header");
    return NULL;
}

static void check_columns(ab_reader *reader, const source *from)
{
    for (int32_t c = 0; c < from->table->column_count; c++) {
        const ab_column *column = &from->table->columns[c];
        bool there = !column->required;
        for (int32_t s = 0; s < from->sheet->column_count && !there; s++)
            there = from->declared[s] == c || (ab__sheet_passes(from->sheet, s) &&
                                               strcmp(from->sheet->header[s], column->name) == 0);
        if (there)
            continue;
        ab_buf expected = AB_BUF_INIT;
        ab__buf_add(&expected, "a column of this name: ");
        ab__column_expects(column, &expected);
        ab__issue_raise(reader->issues, (ab_issue){.code = AB_ISSUE_MISSING_COLUMN,
                                                   .origin = from->sheet->origin,
                                                   .line = from->sheet->header_line,
                                                   .column = column->name,
                                                   .expected = ab__buf_text(&expected)});
        ab__buf_free(&expected);
    }
}

/* Finds the rows and columns of a table; false: out of memory. */
static bool open_source(ab_reader *reader, const ab_book *book, source *from)
{
    const ab_table *table = from->table;
    from->sheet = sheet_of(reader, book, table);
    if (from->sheet == NULL || table->form == AB_SETTINGS)
        return true;
    from->declared = ab__header_match(reader, from->sheet, table);
    if (from->declared == NULL || !ab__sheet_rows(reader, from->sheet, &from->rows) ||
        !ab__sheet_ragged(reader, from->sheet, &from->ragged))
        return false;
    check_columns(reader, from);
    if (table->required && from->rows.count == 0 &&
        !ab__issues_has(reader->issues, AB_ISSUE_EMPTY_TABLE, from->sheet->origin))
        raise_table(reader, AB_ISSUE_EMPTY_TABLE, from->sheet->origin, from->sheet->header_line,
                    "a row or more under the header");
    return true;
}

/* The column of the sheet that holds the table's ids, or -1. */
static int32_t id_column_of(const source *from)
{
    int32_t id = ab__table_id_column(from->table);
    for (int32_t s = 0; id >= 0 && from->sheet != NULL && s < from->sheet->column_count; s++)
        if (from->declared[s] == id)
            return s;
    return -1;
}

static bool index_ids(ab_reader *reader, const source *from, ab_index *index)
{
    if (from->table->form == AB_SETTINGS || ab__table_id_column(from->table) < 0)
        return true;
    int32_t column = id_column_of(from);
    /* An optional table may be missing; then a name in it is wrong, and nothing else says so. */
    index->broken =
        (column < 0 && from->sheet != NULL) || (from->table->required && from->rows.count == 0);
    if (column < 0)
        return true;
    int32_t *line = AB_NEW(reader->work, int32_t, from->rows.count);
    index->at = AB_NEW(reader->work, ab_index_entry, from->rows.count);
    index->line = line;
    if (line == NULL || index->at == NULL) {
        reader->no_memory = true;
        return false;
    }
    for (int32_t r = 0; r < from->rows.count; r++) {
        int32_t sheet_row = from->rows.at[r];
        const char *id = ab__trimmed(reader, ab__sheet_cell(from->sheet, sheet_row, column));
        if (id == NULL)
            return false;
        line[r] = from->sheet->line[sheet_row];
        if (*id != '\0')
            index->at[index->count++] = (ab_index_entry){id, r};
    }
    ab__index_sort(index);
    return true;
}

static int by_number(const void *left, const void *right)
{
    int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
    return (a > b) - (a < b);
}

/* All its cells are taken as given and none as known: what they say stands perhaps in another column, and the
 * row's own flaw was told. */
static bool is_ragged(const source *from, int32_t line)
{
    return bsearch(&line, from->ragged.at, (size_t)from->ragged.count, sizeof line, by_number) !=
           NULL;
}

static void read_row(ab_reader *reader, const source *from, int32_t r, void *row)
{
    const ab_sheet *sheet = from->sheet;
    int32_t sheet_row = from->rows.at[r];
    ab_row_head *head = row;
    head->line = sheet->line[sheet_row];
    if (is_ragged(from, head->line)) {
        head->given = ~UINT64_C(0);
        return;
    }
    for (int32_t s = 0; s < sheet->column_count; s++) {
        if (from->declared[s] < 0)
            continue;
        const char *text = ab__trimmed(reader, ab__sheet_cell(sheet, sheet_row, s));
        if (text == NULL)
            return;
        ab_cell cell = {.reader = reader,
                        .table = from->table,
                        .column = &from->table->columns[from->declared[s]],
                        .sheet = sheet,
                        .shown = ab__sheet_shown(sheet, s),
                        .row = r,
                        .line = sheet->line[sheet_row]};
        ab__row_store(&cell, text, row);
    }
}

static bool read_rows(ab_reader *reader, const source *from, ab_rows *out)
{
    size_t size = from->table->row_size;
    bool settings = from->table->form == AB_SETTINGS;
    int32_t count = settings ? 1 : from->rows.count;
    char *blank = ab__arena_array(reader->work, 1, size);
    char *rows = ab__arena_array(reader->arena, (size_t)count, size);
    if (blank == NULL || rows == NULL) {
        reader->no_memory = true;
        return false;
    }
    ab__row_blank(reader, from->table, blank);
    for (int32_t r = 0; r < count && !reader->no_memory; r++) {
        memcpy(rows + (size_t)r * size, blank, size);
        if (!settings)
            read_row(reader, from, r, rows + (size_t)r * size);
    }
    if (settings && from->sheet != NULL)
        ab__settings_read(reader, from->table, from->sheet, rows);
    *out = (ab_rows){rows, count};
    return !reader->no_memory;
}

static bool read_tables(ab_reader *reader, const ab_book *book, ab_rows *rows)
{
    int32_t count = reader->schema->count;
    source *sources = AB_NEW(reader->work, source, count);
    reader->index = AB_NEW(reader->work, ab_index, count);
    if (sources == NULL || reader->index == NULL)
        return false;
    check_names(reader, book);
    for (int32_t t = 0; t < count; t++) {
        sources[t].table = &reader->schema->tables[t];
        if (!open_source(reader, book, &sources[t]) ||
            !index_ids(reader, &sources[t], &reader->index[t]))
            return false;
    }
    for (int32_t t = 0; t < count; t++)
        if (!read_rows(reader, &sources[t], &rows[t]))
            return false;
    return true;
}

static ab_status read_data(ab_reader reader, const ab_book *book, ab_rows *rows, ab_error *err)
{
    reader.work = ab__arena_new();
    reader.comparisons = COMPARISONS_MOST;
    bool read = reader.work != NULL && read_tables(&reader, book, rows);
    ab__arena_free(reader.work);
    return read ? AB_OK : ab_fail(err, AB_NO_MEMORY, "out of memory while reading the tables");
}

ab_status ab__data_read(const ab_schema *schema, const ab_book *book, ab_arena *arena,
                        ab_rows *rows, ab_issues *issues, ab_error *err)
{
    ab_reader reader = {.schema = schema, .arena = arena, .issues = issues};
    return read_data(reader, book, rows, err);
}

ab_status ab__data_read_alone(const ab_schema *schema, const ab_book *book, ab_arena *arena,
                              ab_rows *rows, ab_issues *issues, ab_error *err)
{
    ab_reader reader = {.schema = schema, .arena = arena, .issues = issues, .alone = true};
    return read_data(reader, book, rows, err);
}
