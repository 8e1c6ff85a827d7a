/* A map put to use: names in place of those found, and numbers in the columns' units. */
#include "airbridge/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "schema/book.h"
#include "schema/convert.h"
#include "schema/find.h"
#include "schema/issues.h"
#include "schema/map_table.h"
#include "schema/nearest.h"
#include "schema/sheet.h"
#include "schema/suggest.h"

enum { NAMED_MOST = 8 }; /* columns that a note lists */

typedef struct mapping {
    ab_reader reader; /* the book's arena as work */
    ab_book *book;
    const char *origin; /* of the map */
    const ab_map_line *lines;
    int32_t line_count;
} mapping;

/* One sheet on its way. */
typedef struct mapped {
    const ab_sheet *sheet;
    const ab_table *table;    /* NULL: left out */
    const ab_table *target;   /* whose columns are named */
    const ab_map_line **line; /* [column_count]: that of each column; NULL: none */
    const char **shown;       /* [column_count]: what the map calls it */
    int32_t *column;          /* [column_count]: of the target; -1: none */
    int32_t kept;             /* columns */
} mapped;

static bool no_memory(mapping *of)
{
    of->reader.no_memory = true;
    return false;
}

/* ---- Flaws of the map ------------------------------------------------------------------------- */

static void refuse_line(mapping *of, const ab_map_line *line, int32_t code, ab_map_column column,
                        const char *expected, const char *found, const char *hint)
{
    ab__issue_raise(of->reader.issues,
                    (ab_issue){.code = code,
                               .origin = of->origin,
                               .line = line->head.line,
                               .column = ab__map_schema()->tables[0].columns[column].name,
                               .expected = expected,
                               .found = found,
                               .hint = hint});
}

static void refuse_name(mapping *of, const ab_map_line *line, ab_map_column column,
                        const char *expected, const char *found, const ab_nearest *nearest)
{
    ab_buf hint = AB_BUF_INIT;
    ab__nearest_hint(nearest, &hint);
    refuse_line(of, line, AB_ISSUE_MAP_LINE, column, expected, found, ab__buf_text(&hint));
    ab__buf_free(&hint);
}

static void refuse_sheets(mapping *of)
{
    for (int32_t i = 0; i < of->line_count; i++) {
        const ab_map_line *line = &of->lines[i];
        ab_nearest nearest = ab__nearest_to(line->sheet);
        bool there = line->sheet[0] == '\0'; /* told by who read it */
        for (int32_t s = 0; s < ab_book_count(of->book) && !there; s++) {
            ab__nearest_try(&nearest, ab_book_at(of->book, s)->name);
            there = strcmp(ab_book_at(of->book, s)->name, line->sheet) == 0;
        }
        if (!there)
            refuse_name(of, line, AB_MAP_SHEET, "a sheet that is there", line->sheet, &nearest);
    }
}

/* ---- Which column is which -------------------------------------------------------------------- */

static bool is_left_out(const ab_map_line *line)
{
    return line->table[0] == '\0' || line->name[0] == '\0';
}

/* The table of all lines of the sheet; NULL: none, or none that is known. */
static const ab_table *table_of(mapping *of, const ab_sheet *sheet)
{
    const ab_table *table = NULL;
    for (int32_t i = 0; i < of->line_count; i++) {
        const ab_map_line *line = &of->lines[i];
        if (strcmp(line->sheet, sheet->name) != 0 || is_left_out(line))
            continue;
        int32_t t = ab_schema_find(of->reader.schema, line->table);
        if (t < 0) {
            ab_nearest nearest = ab__nearest_to(line->table);
            for (int32_t k = 0; k < of->reader.schema->count; k++)
                ab__nearest_try(&nearest, of->reader.schema->tables[k].name);
            refuse_name(of, line, AB_MAP_TABLE, "a table that is known, or none", line->table,
                        &nearest);
        } else if (table == NULL) {
            table = &of->reader.schema->tables[t];
        } else if (table != &of->reader.schema->tables[t]) {
            refuse_line(of, line, AB_ISSUE_MAP_LINE, AB_MAP_TABLE,
                        "one table for all columns of a sheet", line->table, NULL);
        }
    }
    return table;
}

/* The next column that the line can mean, or -1. */
static int32_t column_of(const mapped *to, const char *name)
{
    for (int32_t c = 0; c < to->sheet->column_count; c++)
        if (to->line[c] == NULL && strcmp(to->shown[c], name) == 0)
            return c;
    return -1;
}

static void find_columns(mapping *of, mapped *to)
{
    for (int32_t i = 0; i < of->line_count; i++) {
        const ab_map_line *line = &of->lines[i];
        if (strcmp(line->sheet, to->sheet->name) != 0)
            continue;
        int32_t c = column_of(to, line->column);
        if (c >= 0) {
            to->line[c] = line;
            continue;
        }
        ab_nearest nearest = ab__nearest_to(line->column);
        for (int32_t k = 0; k < to->sheet->column_count; k++)
            if (to->line[k] == NULL)
                ab__nearest_try(&nearest, to->shown[k]);
        refuse_name(of, line, AB_MAP_COLUMN, "a column that the sheet has, once for each line",
                    line->column, &nearest);
    }
}

static bool is_number(const ab_column *column)
{
    return column->type == AB_TYPE_NUMBER || column->type == AB_TYPE_COUNT;
}

/* The target's column of column `c`, or -1. */
static int32_t target_of(mapping *of, const mapped *to, int32_t c)
{
    const ab_map_line *line = to->line[c];
    if (line == NULL || is_left_out(line) || to->target == NULL)
        return -1;
    int32_t column = ab_table_find(to->target, line->name);
    if (column < 0) {
        ab_buf expected = AB_BUF_INIT;
        ab_nearest nearest = ab__nearest_to(line->name);
        for (int32_t k = 0; k < to->target->column_count; k++)
            ab__nearest_try(&nearest, to->target->columns[k].name);
        ab__buf_printf(&expected, "a column of %s, or none", to->table->name);
        refuse_name(of, line, AB_MAP_NAME, ab__buf_text(&expected), line->name, &nearest);
        ab__buf_free(&expected);
        return -1;
    }
    if (!isnan(line->factor) && line->factor != 1 && !is_number(&to->target->columns[column]))
        refuse_line(of, line, AB_ISSUE_MAP_LINE, AB_MAP_FACTOR,
                    "no factor: the column is no number", NULL, NULL);
    for (int32_t k = 0; k < c; k++) {
        if (to->column[k] != column)
            continue;
        ab_buf hint = AB_BUF_INIT;
        ab__buf_printf(&hint, "line %d leads there already", (int)to->line[k]->head.line);
        refuse_line(of, line, AB_ISSUE_DUPLICATE_COLUMN, AB_MAP_NAME, "each column once",
                    line->name, ab__buf_text(&hint));
        ab__buf_free(&hint);
        return -1;
    }
    return column;
}

/* ---- The sheet -------------------------------------------------------------------------------- */

/* `text` times `factor`; itself if it is no number, which the reader will tell. */
static const char *multiplied(mapping *of, const ab_column *column, double factor, const char *text)
{
    int places;
    double value;
    char digits[AB_NUMBER_CAP];
    ab_buf product = AB_BUF_INIT;
    bool grouped = column->type == AB_TYPE_COUNT && ab__number_is_grouped(text);
    if (grouped || !ab__number_parse(text, &value))
        return text;
    if (!ab__number_power_of_ten(factor, &places) || !ab__number_shift(text, places, &product))
        ab__buf_add(&product, ab__number_format_n(value * factor, 15, digits));
    const char *copy =
        product.failed ? NULL : ab__arena_text(of->reader.work, ab__buf_text(&product));
    ab__buf_free(&product);
    return copy;
}

static bool multiply(mapping *of, const mapped *to, int32_t c, const char **cells, int32_t at)
{
    const ab_sheet *sheet = to->sheet;
    const ab_column *column = to->column[c] < 0 ? NULL : &to->target->columns[to->column[c]];
    double factor = column == NULL || !is_number(column) ? NAN : to->line[c]->factor;
    int64_t first = ab_sheet_is_tagged(sheet) ? 1 : 0;
    for (int64_t r = 0; r < sheet->row_count; r++) {
        const char *text = sheet->cells[r * sheet->column_count + c];
        if (r < first && column != NULL)
            text = column->hxl != NULL ? column->hxl : "";
        else if (r >= first && !isnan(factor) && factor != 1)
            text = ab__trimmed(&of->reader, text);
        if (text != NULL && r >= first && !isnan(factor) && factor != 1 && *text != '\0')
            text = multiplied(of, column, factor, text);
        if (text == NULL)
            return no_memory(of);
        cells[r * to->kept + at] = text;
    }
    return true;
}

/* Is column `c` in the mapped sheet? What the map says nothing of is. */
static bool is_kept(const mapped *to, int32_t c)
{
    return to->line[c] == NULL || to->column[c] >= 0;
}

static bool make_sheet(mapping *of, mapped *to, ab_sheet *out)
{
    const ab_sheet *sheet = to->sheet;
    ab_arena *arena = of->reader.work;
    for (int32_t c = 0; c < sheet->column_count; c++)
        to->kept += is_kept(to, c);
    const char **header = AB_NEW(arena, const char *, to->kept);
    const char **shown = AB_NEW(arena, const char *, to->kept);
    const char **cells = AB_NEW(arena, const char *, sheet->row_count * to->kept);
    if (header == NULL || shown == NULL || cells == NULL)
        return no_memory(of);
    int32_t at = 0;
    for (int32_t c = 0; c < sheet->column_count; c++) {
        if (!is_kept(to, c))
            continue;
        header[at] = to->column[c] < 0 ? sheet->header[c] : to->target->columns[to->column[c]].name;
        shown[at] = to->shown[c];
        if (!multiply(of, to, c, cells, at++))
            return false;
    }
    *out = *sheet;
    out->name = to->table->name;
    out->column_count = to->kept;
    out->header = header;
    out->shown = shown;
    out->cells = cells;
    return true;
}

static void tell_left_out(mapping *of, const mapped *to)
{
    ab_buf hint = AB_BUF_INIT;
    int32_t count = 0, all = to->sheet->column_count;
    for (int32_t c = 0; c < all; c++)
        count += to->line[c] != NULL && is_left_out(to->line[c]);
    if (count == 0)
        return;
    ab__buf_printf(&hint, "%d of %d columns", (int)count, (int)all);
    int32_t said = 0;
    for (int32_t c = 0; c < all && said < NAMED_MOST; c++)
        if (to->line[c] != NULL && is_left_out(to->line[c]))
            ab__buf_printf(&hint, "%s%s", said++ == 0 ? ": " : ", ", to->shown[c]);
    if (count > said)
        ab__buf_add(&hint, ", …");
    ab__issue_raise(of->reader.issues, (ab_issue){.code = AB_ISSUE_LEFT_OUT,
                                                  .origin = to->sheet->origin,
                                                  .line = to->sheet->header_line,
                                                  .hint = ab__buf_text(&hint)});
    ab__buf_free(&hint);
}

/* Does the map speak of this sheet at all? */
static bool speaks_of(const mapping *of, const ab_sheet *sheet)
{
    for (int32_t i = 0; i < of->line_count; i++)
        if (strcmp(of->lines[i].sheet, sheet->name) == 0)
            return true;
    return false;
}

static bool start_sheet(mapping *of, mapped *to, const ab_sheet *sheet)
{
    ab_arena *arena = of->reader.work;
    *to = (mapped){.sheet = sheet, .table = table_of(of, sheet)};
    to->target = to->table == NULL ? NULL : ab__map_target(to->table);
    to->line = AB_NEW(arena, const ab_map_line *, sheet->column_count);
    to->shown = AB_NEW(arena, const char *, sheet->column_count);
    to->column = AB_NEW(arena, int32_t, sheet->column_count);
    if (to->line == NULL || to->shown == NULL || to->column == NULL)
        return no_memory(of);
    for (int32_t c = 0; c < sheet->column_count; c++)
        if ((to->shown[c] = ab__map_column(arena, sheet, c)) == NULL)
            return no_memory(of);
    return true;
}

/* Maps sheet `i`; `*gone`: it was left out. */
static bool map_sheet(mapping *of, int32_t i, bool *gone)
{
    mapped to;
    ab_sheet made;
    if (!start_sheet(of, &to, ab_book_at(of->book, i)))
        return false;
    find_columns(of, &to);
    for (int32_t c = 0; c < to.sheet->column_count; c++)
        to.column[c] = target_of(of, &to, c);
    tell_left_out(of, &to);
    *gone = to.table == NULL;
    if (*gone) {
        ab__book_remove(of->book, i);
        return true;
    }
    if (!make_sheet(of, &to, &made))
        return false;
    ab__book_replace(of->book, i, &made);
    return true;
}

/* Of two sheets of one name only the first would be read. */
static void refuse_seconds(mapping *of)
{
    for (int32_t i = 0; i < ab_book_count(of->book); i++) {
        const ab_sheet *sheet = ab_book_at(of->book, i);
        const ab_sheet *first = ab_book_find(of->book, sheet->name);
        if (first == sheet)
            continue;
        ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
        ab__buf_printf(&expected, "one sheet of the table %s", sheet->name);
        ab__buf_printf(&hint, "%s is that already: put all rows into one of them", first->origin);
        ab__issue_raise(of->reader.issues, (ab_issue){.code = AB_ISSUE_SECOND_SHEET,
                                                      .origin = sheet->origin,
                                                      .expected = ab__buf_text(&expected),
                                                      .hint = ab__buf_text(&hint)});
        ab__buf_free(&expected);
        ab__buf_free(&hint);
    }
}

static bool map_sheets(mapping *of)
{
    refuse_sheets(of);
    for (int32_t i = 0; i < ab_book_count(of->book);) {
        bool gone = false;
        if (speaks_of(of, ab_book_at(of->book, i)) && !map_sheet(of, i, &gone))
            return false;
        i += gone ? 0 : 1;
    }
    refuse_seconds(of);
    return !of->reader.no_memory;
}

ab_status ab_book_map(ab_book *book, const ab_schema *schema, const ab_book *map, ab_issues *issues,
                      ab_error *err)
{
    ab_rows rows;
    ab_arena *arena = ab__arena_new();
    if (arena == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while the map was read");
    ab_status status = ab__data_read(ab__map_schema(), map, arena, &rows, issues, err);
    if (status == AB_OK) {
        const ab_sheet *sheet = ab_book_find(map, ab__map_schema()->tables[0].name);
        mapping of = {.reader = {.schema = schema, .work = ab__book_arena(book), .issues = issues},
                      .book = book,
                      .origin = sheet == NULL ? "map" : sheet->origin,
                      .lines = rows.at,
                      .line_count = rows.count};
        if (!map_sheets(&of))
            status = ab_fail(err, AB_NO_MEMORY, "out of memory while columns were mapped");
    }
    ab__arena_free(arena);
    return status;
}
