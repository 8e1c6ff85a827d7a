#include "schema/named.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "schema/book.h"
#include "schema/find.h"
#include "schema/issues.h"
#include "schema/match.h"
#include "schema/settings.h"
#include "schema/sheet.h"
#include "schema/tag.h"

typedef struct naming {
    ab_reader reader; /* for its memory, schema and issues */
    ab_book *into;
    ab_lexicon tables;
    const ab_sheet **taken; /* [schema->count]: the sheet that is this table */
} naming;

/* ---- What is said ----------------------------------------------------------------------------- */

static void raise_column(naming *of, const ab_sheet *sheet, const char *shown, ab_issue issue)
{
    issue.origin = sheet->origin;
    issue.line = sheet->header_line;
    issue.column = shown;
    ab__issue_raise(of->reader.issues, issue);
}

static void tell_known(naming *of, const ab_sheet *sheet, const char *shown, const char *tag,
                       const ab_column *column)
{
    ab_buf hint = AB_BUF_INIT;
    ab__buf_printf(&hint, "read as %s", column->name);
    if (tag != NULL && strcmp(tag, shown) != 0)
        ab__buf_printf(&hint, ", after its hashtag %s", tag);
    raise_column(of, sheet, shown,
                 (ab_issue){.code = AB_ISSUE_COLUMN_BY_LABEL, .hint = ab__buf_text(&hint)});
    ab__buf_free(&hint);
}

static void tell_unit(naming *of, const ab_sheet *sheet, const char *shown, const ab_column *column,
                      const ab_match *match)
{
    ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
    char number[AB_NUMBER_CAP];
    ab__buf_printf(&expected, "%s in %s", column->name, column->unit);
    if (isnan(match->factor))
        ab__buf_printf(&hint, "write the numbers in %s and the header without another unit",
                       column->unit);
    else
        ab__buf_printf(&hint, "multiply by %s, or let `airbridge map` do it",
                       ab__number_format_n(match->factor, 15, number));
    raise_column(of, sheet, shown,
                 (ab_issue){.code = AB_ISSUE_OTHER_UNIT,
                            .expected = ab__buf_text(&expected),
                            .found = match->unit,
                            .hint = ab__buf_text(&hint)});
    ab__buf_free(&expected);
    ab__buf_free(&hint);
}

static void tell_several(naming *of, const ab_sheet *sheet, const char *shown,
                         const ab_table *table, const ab_match *match)
{
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "one column, not %s or %s", table->columns[match->column].name,
                   table->columns[match->other].name);
    raise_column(of, sheet, shown,
                 (ab_issue){.code = AB_ISSUE_AMBIGUOUS_COLUMN,
                            .expected = ab__buf_text(&expected),
                            .found = shown,
                            .hint = "write the name of the one that is meant"});
    ab__buf_free(&expected);
}

static void raise_table(naming *of, const ab_sheet *sheet, int32_t code, const char *expected,
                        const char *found, const char *hint)
{
    ab__issue_raise(of->reader.issues, (ab_issue){.code = code,
                                                  .origin = sheet->origin,
                                                  .expected = expected,
                                                  .found = found,
                                                  .hint = hint});
}

/* ---- Columns ---------------------------------------------------------------------------------- */

/* The header's column `c` of `sheet` under its name, and as it is shown; false: out of memory. */
static bool name_column(naming *of, const ab_columns *columns, const ab_sheet *sheet, int32_t c,
                        const char **name, const char **shown)
{
    ab_match match;
    const char *header = ab__trimmed(&of->reader, sheet->header[c]);
    const char *tag =
        ab_sheet_is_tagged(sheet) ? ab__trimmed(&of->reader, ab__sheet_cell(sheet, 0, c)) : "";
    if (header == NULL || tag == NULL || !ab__column_match(columns, header, tag, &match))
        return false;
    const char *seen = *header != '\0' ? header : tag;
    const ab_column *column = match.column < 0 ? NULL : &columns->table->columns[match.column];
    *name = column == NULL || match.how == AB_KNOWN_SEVERAL ? header : column->name;
    *shown = sheet->shown != NULL ? sheet->shown[c] : seen;
    if (*shown == NULL)
        return true;
    if (match.how == AB_KNOWN_LABEL)
        tell_known(of, sheet, seen, NULL, column);
    if (match.how == AB_KNOWN_TAG)
        tell_known(of, sheet, seen, ab__is_tag(tag) ? tag : header, column);
    if (match.how == AB_KNOWN_UNIT)
        tell_unit(of, sheet, seen, column, &match);
    if (match.how == AB_KNOWN_SEVERAL)
        tell_several(of, sheet, seen, columns->table, &match);
    if (match.how == AB_KNOWN_UNIT || match.how == AB_KNOWN_SEVERAL)
        *shown = NULL;
    return true;
}

static bool name_columns(naming *of, const ab_table *table, ab_sheet *sheet)
{
    ab_columns columns;
    ab_arena *arena = of->reader.work;
    const char **header = AB_NEW(arena, const char *, sheet->column_count);
    const char **shown = AB_NEW(arena, const char *, sheet->column_count);
    if (header == NULL || shown == NULL || !ab__columns_make(&columns, arena, table))
        return false;
    for (int32_t c = 0; c < sheet->column_count; c++)
        if (!name_column(of, &columns, sheet, c, &header[c], &shown[c]))
            return false;
    sheet->header = header;
    sheet->shown = shown;
    return true;
}

/* ---- Keys of settings ------------------------------------------------------------------------- */

static bool name_key(naming *of, const ab_columns *keys, const ab_sheet *sheet, int32_t row,
                     const char **cell)
{
    ab_match match;
    const char *key = ab__trimmed(&of->reader, *cell);
    if (key == NULL || !ab__column_match(keys, key, "", &match))
        return false;
    if (match.how != AB_KNOWN_LABEL && match.how != AB_KNOWN_UNIT)
        return true;
    const ab_column *column = &keys->table->columns[match.column];
    ab_sheet here = *sheet;
    here.header_line = sheet->line[row];
    if (match.how == AB_KNOWN_UNIT)
        tell_unit(of, &here, key, column, &match);
    else
        tell_known(of, &here, key, NULL, column);
    *cell = column->name;
    return true;
}

/* The keys are cells: the sheet gets cells of its own. */
static bool name_keys(naming *of, const ab_table *table, ab_sheet *sheet)
{
    ab_columns keys;
    ab_arena *arena = of->reader.work;
    int32_t column = ab__sheet_column(sheet, ab__settings_table()->columns[0].name);
    if (column < 0 || sheet->row_count > AB_ROWS_MOST)
        return true;
    int64_t count = sheet->row_count * sheet->column_count;
    const char **cells = AB_NEW(arena, const char *, count);
    if (cells == NULL || !ab__columns_make(&keys, arena, table))
        return false;
    memcpy(cells, sheet->cells, (size_t)count * sizeof *cells);
    for (int32_t r = ab_sheet_is_tagged(sheet) ? 1 : 0; r < sheet->row_count; r++)
        if (!name_key(of, &keys, sheet, r, &cells[(int64_t)r * sheet->column_count + column]))
            return false;
    sheet->cells = cells;
    return true;
}

/* ---- Sheets ----------------------------------------------------------------------------------- */

/* The table that `sheet` goes by, or -1; sheets with the name itself come first. */
static bool table_of(naming *of, const ab_sheet *sheet, int32_t *table)
{
    ab_buf spare = AB_BUF_INIT;
    int32_t other;
    *table = ab_schema_find(of->reader.schema, sheet->name);
    if (*table < 0)
        *table = ab__lexicon_find(&of->tables, sheet->name, &spare, &other);
    bool failed = spare.failed;
    ab__buf_free(&spare);
    return !failed;
}

static void tell_second(naming *of, const ab_sheet *sheet, const ab_table *table,
                        const ab_sheet *first)
{
    ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
    ab__buf_printf(&expected, "one sheet of the table %s", table->name);
    ab__buf_printf(&hint, "%s is that already: put all rows into one of them", first->origin);
    raise_table(of, sheet, AB_ISSUE_SECOND_SHEET, ab__buf_text(&expected), sheet->name,
                ab__buf_text(&hint));
    ab__buf_free(&expected);
    ab__buf_free(&hint);
}

/* Adds `sheet` as the table that it goes by. */
static bool name_sheet(naming *of, const ab_sheet *sheet)
{
    int32_t t;
    ab_sheet named = *sheet;
    if (!table_of(of, sheet, &t))
        return false;
    if (t < 0)
        return ab__book_add(of->into, sheet);
    const ab_table *table = &of->reader.schema->tables[t];
    bool by_label = strcmp(table->name, sheet->name) != 0;
    if (by_label && of->taken[t] != NULL) {
        tell_second(of, sheet, table, of->taken[t]);
        return true;
    }
    if (by_label) {
        ab_buf hint = AB_BUF_INIT;
        ab__buf_printf(&hint, "\"%s\" is read as %s", sheet->name, table->name);
        raise_table(of, sheet, AB_ISSUE_TABLE_BY_LABEL, NULL, NULL, ab__buf_text(&hint));
        ab__buf_free(&hint);
        of->taken[t] = sheet;
        named.name = table->name;
    }
    bool settings = table->form == AB_SETTINGS;
    if (!name_columns(of, settings ? ab__settings_table() : table, &named))
        return false;
    if (settings && !name_keys(of, table, &named))
        return false;
    return ab__book_add(of->into, &named);
}

static bool name_sheets(naming *of, const ab_book *book)
{
    const ab_schema *schema = of->reader.schema;
    of->taken = AB_NEW(of->reader.work, const ab_sheet *, schema->count);
    if (of->taken == NULL ||
        !ab__lexicon_make(&of->tables, of->reader.work, schema->count, ab__table_called, schema))
        return false;
    for (int32_t t = 0; t < schema->count; t++)
        of->taken[t] = ab_book_find(book, schema->tables[t].name);
    for (int32_t i = 0; i < ab_book_count(book); i++)
        if (!name_sheet(of, ab_book_at(book, i)) || of->reader.no_memory)
            return false;
    return true;
}

ab_status ab__book_named(const ab_schema *schema, const ab_book *book, ab_book **out,
                         ab_issues *issues, ab_error *err)
{
    naming of = {.reader = {.schema = schema, .issues = issues}, .into = ab__book_new()};
    *out = NULL;
    if (of.into != NULL) {
        of.reader.work = ab__book_arena(of.into);
        if (name_sheets(&of, book)) {
            *out = of.into;
            return AB_OK;
        }
    }
    ab_book_free(of.into);
    return ab_fail(err, AB_NO_MEMORY, "out of memory while columns were told apart");
}
