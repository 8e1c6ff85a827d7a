/* Tables of an operation, whatever their cells hold. The input is a crude book: "=NAME" begins a sheet,
 * the next line is its header, the others are rows; tabs part cells. An operation that is accepted must
 * be the same after it was written and read back. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/operation.h"
#include "schema/book.h"
#include "schema/convert.h"
#include "schema/find.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLUMNS_MOST = 64, ROWS_MOST = 500 };

static void must(bool held, const char *what)
{
    if (held)
        return;
    (void)fprintf(stderr, "fuzz_data_read: %s\n", what);
    abort();
}

/* Puts the cells of the line at *text into `cells` (`count` of them; others are left out, missing ones
 * empty) and moves to the next line. Returns how many the line has. */
static int32_t read_line(ab_arena *arena, const char **text, const char **cells, int32_t count)
{
    int32_t found = 0;
    const char *at = *text;
    for (;; at++) {
        size_t length = strcspn(at, "\t\n");
        if (found < count)
            cells[found] = ab__arena_text_n(arena, at, length);
        found++;
        at += length;
        if (*at != '\t')
            break;
    }
    for (int32_t c = found; c < count; c++)
        cells[c] = "";
    *text = *at == '\n' ? at + 1 : at;
    return found;
}

/* Reads one sheet, from the line after its name. */
static void read_sheet(ab_book *book, const char *name, const char **text)
{
    ab_arena *arena = ab__book_arena(book);
    ab_sheet sheet = {.name = name, .origin = name, .header_line = 1};
    const char **header = AB_NEW(arena, const char *, COLUMNS_MOST);
    int32_t found = read_line(arena, text, header, COLUMNS_MOST);
    sheet.header = header;
    sheet.column_count = found < COLUMNS_MOST ? found : COLUMNS_MOST;
    const char **cells = AB_NEW(arena, const char *, ROWS_MOST *sheet.column_count);
    int32_t *line = AB_NEW(arena, int32_t, ROWS_MOST);
    while (**text != '\0' && **text != '=' && sheet.row_count < ROWS_MOST) {
        (void)read_line(arena, text, cells + sheet.row_count * sheet.column_count,
                        sheet.column_count);
        line[sheet.row_count] = (int32_t)sheet.row_count + 2;
        sheet.row_count++;
    }
    sheet.cells = cells;
    sheet.line = line;
    must(ab__book_add(book, &sheet), "out of memory");
}

static ab_book *read_book(const uint8_t *data, size_t size)
{
    ab_book *book = ab__book_new();
    char *copy = ab__arena_text_n(ab__book_arena(book), (const char *)data, size);
    for (size_t i = 0; i < size; i++)
        if (copy[i] == '\0')
            copy[i] = ' '; /* no reader of containers lets one through */
    for (const char *text = copy; *text != '\0';) {
        const char *name = "";
        bool begins = *text == '=';
        (void)read_line(ab__book_arena(book), &text, &name, 1);
        if (begins)
            read_sheet(book, name + 1, &text);
    }
    return book;
}

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
    ab_book *book = read_book(data, size);
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
