#include "support/small.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "base/arena.h"
#include "schema/book.h"

enum { CELLS_MOST = 4000, TEXT_MOST = 1 << 16 };

static const char *const plain_tables[][2] = {
    {"operation", "key,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"},
    {"commodities", "id,category,kcal_per_kg\nflour,food,3500\n"},
    {"hubs", "id,lon_deg,lat_deg\nhub,36,34\n"},
    {"stocks", "hub,commodity,mass_t\nhub,flour,100\n"},
    {"places", "id,lon_deg,lat_deg,population\ntown,36.5,34,1000\n"},
    {"vehicles", "id,mode,count,base,payload_t,speed_km_h\ntruck,road,5,hub,10,50\n"},
};

/* The next cell of a line: plain up to a comma, or in quotes. Moves *at behind it. */
static char *next_cell(char **at)
{
    char *start = *at, *end;
    if (*start == '"') {
        end = strchr(++start, '"');
        assert_non_null(end);
        *end++ = '\0';
    } else {
        end = start + strcspn(start, ",");
    }
    *at = *end == ',' ? end + 1 : NULL;
    *end = '\0';
    return start;
}

static int32_t split_line(char *line, const char **cells, int32_t most)
{
    int32_t count = 0;
    for (char *at = line; at != NULL; count++) {
        assert_true(count < most);
        cells[count] = next_cell(&at);
    }
    return count;
}

/* Adds the sheet `name` with the CSV text up to `end`. */
static void add_sheet(ab_book *book, const char *name, const char *csv, size_t size)
{
    ab_arena *arena = ab__book_arena(book);
    char *text = ab__arena_text_n(arena, csv, size);
    const char **cells = AB_NEW(arena, const char *, CELLS_MOST);
    int32_t *line = AB_NEW(arena, int32_t, CELLS_MOST), columns = 0, used = 0, lines = 0;
    for (char *at = text; *at != '\0'; lines++) {
        size_t length = strcspn(at, "\r\n");
        char *next = at + length + strspn(at + length, "\r\n");
        at[length] = '\0';
        int32_t count = split_line(at, cells + used, CELLS_MOST - used);
        columns = lines == 0 ? count : columns;
        assert_int_equal(count, columns);
        line[lines] = lines + 1;
        used += count;
        at = next;
    }
    ab_sheet sheet = {.name = ab__arena_text(arena, name),
                      .origin = ab__arena_printf(arena, "%s.csv", name),
                      .column_count = columns,
                      .header = cells,
                      .header_line = 1,
                      .row_count = lines - 1,
                      .cells = cells + columns,
                      .line = line + 1};
    assert_true(ab__book_add(book, &sheet));
}

static ab_operation *read_book(ab_book *book)
{
    ab_operation *op = NULL;
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;
    ab_status status = ab_operation_read(book, &op, issues, &err);
    for (int32_t i = 0; status != AB_OK && i < ab_issues_count(issues); i++) {
        char text[500];
        ab_issue_format(ab_issues_at(issues, i), text, sizeof text);
        print_message("%s\n", text);
    }
    ab_issues_free(issues);
    ab_book_free(book);
    if (status != AB_OK) {
        fail_msg("%s", err.message);
    }
    return op;
}

ab_operation *small_operation(const char *tables)
{
    ab_book *book = ab__book_new();
    assert_non_null(book);
    for (const char *at = strchr(tables, '['); at != NULL;) {
        const char *close = strchr(at, ']'), *next = strstr(close, "\n[");
        char name[40];
        snprintf(name, sizeof name, "%.*s", (int)(close - at - 1), at + 1);
        const char *csv = close + 2, *end = next != NULL ? next + 1 : csv + strlen(csv);
        add_sheet(book, name, csv, (size_t)(end - csv));
        at = next != NULL ? next + 1 : NULL;
    }
    for (size_t i = 0; i < sizeof plain_tables / sizeof *plain_tables; i++) {
        if (ab_book_find(book, plain_tables[i][0]) == NULL) {
            add_sheet(book, plain_tables[i][0], plain_tables[i][1], strlen(plain_tables[i][1]));
        }
    }
    return read_book(book);
}

ab_operation *small_changed(const char *tables, const char *old, const char *new)
{
    char *text = malloc(TEXT_MOST);
    size_t used = 0;
    int changes = 0;
    assert_non_null(text);
    text[0] = '\0';
    for (const char *at = tables; *at != '\0';) {
        const char *found = strstr(at, old);
        size_t plain = found != NULL ? (size_t)(found - at) : strlen(at);
        assert_true(used + plain + strlen(new) + 1 < TEXT_MOST);
        memcpy(text + used, at, plain);
        used += plain;
        at += plain;
        if (found != NULL) {
            memcpy(text + used, new, strlen(new));
            used += strlen(new);
            at += strlen(old);
            changes++;
        }
    }
    text[used] = '\0';
    assert_true(changes > 0);
    ab_operation *op = small_operation(text);
    free(text);
    return op;
}

ab_operation *small_mini(void)
{
    const char *shared = getenv("SHARED_DIR");
    ab_book *book = ab__book_new();
    char *text = malloc(TEXT_MOST);
    int found = 0;
    assert_true(book != NULL && text != NULL);
    for (int32_t i = 0; i < ab_input_schema()->count; i++) {
        char path[1000];
        const char *name = ab_input_schema()->tables[i].name;
        snprintf(path, sizeof path, "%s/data/mini/%s.csv", shared != NULL ? shared : ".", name);
        FILE *file = fopen(path, "rb");
        if (file != NULL) {
            size_t size = fread(text, 1, TEXT_MOST, file);
            assert_true(size < TEXT_MOST);
            add_sheet(book, name, text, size);
            fclose(file);
            found++;
        }
    }
    free(text);
    if (found == 0) {
        print_message("data/mini is not in SHARED_DIR (%s): skipped\n", shared ? shared : "unset");
        ab_book_free(book);
        return NULL;
    }
    return read_book(book);
}

int32_t small_row(const ab_operation *op, ab_input_table table, const char *id)
{
    ab_data data = ab_operation_data(op);
    const ab_table *declared = &data.schema->tables[table];
    int32_t column = ab_table_find(declared, "id");
    for (int32_t row = 0; column >= 0 && row < data.rows[table].count; row++) {
        const char *at = data.rows[table].at;
        const char *const *cell = (const void *)(at + (size_t)row * declared->row_size +
                                                 declared->columns[column].offset);
        if (strcmp(*cell, id) == 0) {
            return row;
        }
    }
    fail_msg("no row `%s` in %s", id, declared->name);
    return -1;
}

void small_near(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-9 * fmax(1, fabs(expected)))) {
        fail_msg("found %.17g, expected %.17g", found, expected);
    }
}
