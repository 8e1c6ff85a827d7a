#include "io/outgoing.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "schema/find.h"
#include "schema/issues.h"
#include "schema/named.h"
#include "schema/sheet.h"
#include "schema/suggest.h"

static const char KEY[] = "key", VALUE[] = "value", VERSION[] = "schema_version";

/* ---- Columns ---------------------------------------------------------------------------------- */

/* The column that column `c` of a sheet is, by its name, label or hashtag; `as`: the sheet under the names of the
 * schema. NULL: none, or it is not what it seems, as when it has another unit. */
static const ab_column *declared_as(const ab_table *table, const ab_sheet *as, int32_t c)
{
    if (table == NULL || table->form == AB_SETTINGS || ab__sheet_passes(as, c))
        return NULL;
    int32_t column = ab_table_find(table, as->header[c]);
    return column >= 0 ? &table->columns[column] : NULL;
}

/* false: out of memory. */
static bool make_columns(const ab_outgoing *out, const ab_sheet *from, const ab_sheet *as,
                         ab_out_sheet *sheet)
{
    bool own_tags = ab_sheet_is_tagged(from);
    ab_out_column *columns = AB_NEW(out->arena, ab_out_column, from->column_count);

    if (columns == NULL)
        return false;
    for (int32_t c = 0; c < from->column_count; c++) {
        const ab_column *declared = declared_as(sheet->table, as, c);
        const char *tag = declared != NULL && declared->hxl != NULL ? declared->hxl : "";
        columns[c] = (ab_out_column){from->header[c], own_tags ? from->cells[c] : tag, declared};
        sheet->tagged = sheet->tagged || columns[c].tag[0] != '\0';
    }
    sheet->column_count = from->column_count;
    sheet->columns = columns;
    if (sheet->table != NULL && sheet->table->form == AB_SETTINGS) {
        sheet->key = ab__sheet_column(as, KEY);
        sheet->value = ab__sheet_column(as, VALUE);
    }
    return true;
}

/* ---- Rows ------------------------------------------------------------------------------------- */

/* `text` with LF for each line break: XML knows no other, and a line break is a line break. NULL: out of
 * memory. */
static const char *with_plain_breaks(ab_arena *arena, const char *text)
{
    if (strchr(text, '\r') == NULL)
        return text;
    char *copy = ab__arena_text(arena, text), *to = copy;
    for (const char *from = text; copy != NULL && *from != '\0'; from++) {
        if (from[0] == '\r' && from[1] == '\n')
            continue;
        *to++ = *from == '\r' ? '\n' : *from;
    }
    if (copy != NULL)
        *to = '\0';
    return copy;
}

/* Which setting each row is. false: out of memory. */
static bool find_settings(const ab_outgoing *out, const ab_sheet *as, ab_out_sheet *sheet)
{
    int64_t first = ab_sheet_is_tagged(as) ? 1 : 0;
    const ab_column **settings = AB_NEW(out->arena, const ab_column *, sheet->row_count + 1);

    for (int64_t r = 0; settings != NULL && r < sheet->row_count; r++) {
        const char *key = as->cells[(r + first) * as->column_count + sheet->key];
        for (int32_t c = 0; c < sheet->table->column_count; c++) {
            if (ab__cell_is(key, sheet->table->columns[c].name))
                settings[r] = &sheet->table->columns[c];
        }
    }
    sheet->settings = settings;
    return settings != NULL;
}

static bool says_version(const ab_out_sheet *sheet)
{
    for (int64_t r = 0; r < sheet->row_count; r++) {
        if (sheet->settings[r] != NULL && strcmp(sheet->settings[r]->name, VERSION) == 0)
            return true;
    }
    return false;
}

static const char *version_text(const ab_outgoing *out)
{
    return ab__arena_printf(out->arena, "%d", (int)out->schema->version);
}

/* Adds the last row, for which `cells` and the settings have room. */
static bool add_version(const ab_outgoing *out, ab_out_sheet *sheet, const char **cells)
{
    const char **row = cells + sheet->row_count * sheet->column_count;

    for (int32_t c = 0; c < sheet->column_count; c++)
        row[c] = "";
    row[sheet->key] = VERSION;
    row[sheet->value] = version_text(out);
    sheet->settings[sheet->row_count++] =
        &sheet->table->columns[ab_table_find(sheet->table, VERSION)];
    return row[sheet->value] != NULL;
}

static bool make_rows(const ab_outgoing *out, const ab_sheet *from, const ab_sheet *as,
                      ab_out_sheet *sheet)
{
    int64_t first = ab_sheet_is_tagged(from) ? 1 : 0, count = from->row_count - first;
    size_t width = (size_t)from->column_count;
    const char **cells = AB_NEW(out->arena, const char *, ((size_t)count + 1) * width);
    int32_t *line = AB_NEW(out->arena, int32_t, count + 1);

    if (cells == NULL || line == NULL)
        return false;
    for (size_t i = 0; i < (size_t)count * width; i++) {
        cells[i] = with_plain_breaks(out->arena, from->cells[(size_t)first * width + i]);
        if (cells[i] == NULL)
            return false;
    }
    if (count > 0)
        memcpy(line, from->line + first, (size_t)count * sizeof *line);
    sheet->row_count = count;
    sheet->cells = cells;
    sheet->line = line;
    if (sheet->key < 0 || sheet->value < 0)
        return true;
    if (!find_settings(out, as, sheet))
        return false;
    return ab_table_find(sheet->table, VERSION) < 0 || says_version(sheet) ||
           add_version(out, sheet, cells);
}

/* ---- Sheets ----------------------------------------------------------------------------------- */

/* The same sheet of the book `named`; NULL: it is a second one of its table, and none there. */
static const ab_sheet *named_as(const ab_book *named, const ab_sheet *sheet)
{
    for (int32_t i = 0; i < ab_book_count(named); i++) {
        const ab_sheet *as = ab_book_at(named, i);
        if (as->origin == sheet->origin && as->line == sheet->line)
            return as;
    }
    return NULL;
}

static bool make_sheet(const ab_outgoing *out, const ab_sheet *from, const ab_sheet *as,
                       ab_out_sheet *sheet)
{
    int32_t table = as != NULL ? ab_schema_find(out->schema, as->name) : -1;

    *sheet = (ab_out_sheet){.name = from->name,
                            .origin = from->origin,
                            .table = table >= 0 ? &out->schema->tables[table] : NULL,
                            .key = -1,
                            .value = -1};
    return make_columns(out, from, as, sheet) && make_rows(out, from, as, sheet);
}

/* The table of the schema that says its version; NULL: none does. */
static const ab_table *settings_of(const ab_schema *schema)
{
    for (int32_t t = 0; t < schema->count; t++) {
        const ab_table *table = &schema->tables[t];
        if (table->form == AB_SETTINGS && ab_table_find(table, VERSION) >= 0)
            return table;
    }
    return NULL;
}

/* A sheet that says nothing but the version. */
static bool make_settings(const ab_outgoing *out, const ab_table *table, ab_out_sheet *sheet)
{
    static const ab_out_column columns[] = {{KEY, "", NULL}, {VALUE, "", NULL}};
    const char **cells = AB_NEW(out->arena, const char *, 2);
    const int32_t *line = AB_NEW(out->arena, int32_t, 1);
    const ab_column **settings = AB_NEW(out->arena, const ab_column *, 1);

    *sheet = (ab_out_sheet){.name = table->name,
                            .origin = table->name,
                            .table = table,
                            .column_count = 2,
                            .columns = columns,
                            .key = 0,
                            .value = 1,
                            .cells = cells,
                            .line = line,
                            .settings = settings};
    return cells != NULL && line != NULL && settings != NULL && add_version(out, sheet, cells);
}

static bool make_sheets(ab_outgoing *out, const ab_book *book, const ab_book *named)
{
    const ab_table *settings = settings_of(out->schema);
    int32_t count = ab_book_count(book);
    bool there = settings == NULL;

    out->sheets = AB_NEW(out->arena, ab_out_sheet, count + 1);
    for (int32_t i = 0; out->sheets != NULL && i < count; i++) {
        const ab_sheet *from = ab_book_at(book, i);
        ab_out_sheet *sheet = &out->sheets[out->count++];
        if (!make_sheet(out, from, named_as(named, from), sheet))
            return false;
        there = there || sheet->table == settings;
    }
    return out->sheets != NULL &&
           (there || make_settings(out, settings, &out->sheets[out->count++]));
}

ab_status ab__outgoing_make(const ab_book *book, const ab_schema *schema, ab_arena *arena,
                            ab_issues *issues, ab_outgoing *out, ab_error *err)
{
    ab_issues *unused = ab_issues_new(1); /* what names mean is judged when the copy is read */
    ab_book *named = NULL;
    ab_status status = AB_NO_MEMORY;

    *out = (ab_outgoing){.schema = schema, .arena = arena, .issues = issues};
    if (unused != NULL)
        status = ab__book_named(schema, book, &named, unused, NULL);
    if (status == AB_OK && !make_sheets(out, book, named))
        status = AB_NO_MEMORY;
    ab_book_free(named);
    ab_issues_free(unused);
    return status == AB_OK ? AB_OK : ab_fail(err, status, "out of memory while tables were copied");
}

/* ---- Cells ------------------------------------------------------------------------------------ */

const ab_column *ab__out_declared(const ab_out_sheet *sheet, int64_t row, int32_t column)
{
    bool setting = sheet->settings != NULL && column == sheet->value;

    return setting ? sheet->settings[row] : sheet->columns[column].declared;
}

static bool has_outer_space(const char *text)
{
    size_t size = strlen(text);
    return size > 0 &&
           (strchr(" \t\n", text[0]) != NULL || strchr(" \t\n", text[size - 1]) != NULL);
}

bool ab__out_count(const ab_column *declared, const char *text, int64_t *out)
{
    /* With spaces around it, it is still a number to the check, and no less as a text. 12.000 may be meant as
     * twelve thousand: it stays what it is, for the check to ask. */
    return declared != NULL && declared->type == AB_TYPE_COUNT && !has_outer_space(text) &&
           !ab__number_is_grouped(text) && ab__count_parse(text, out);
}

bool ab__out_number(const ab_column *declared, const char *text, double *out)
{
    int64_t whole;

    if (declared != NULL && declared->type == AB_TYPE_NUMBER)
        return !has_outer_space(text) && ab__number_parse(text, out) &&
               (*out != 0 || !signbit(*out));
    if (!ab__out_count(declared, text, &whole))
        return false;
    *out = (double)whole;
    return *out < 0x1p63 && (int64_t)*out == whole;
}

void ab__out_refuse(const ab_outgoing *out, const ab_out_sheet *sheet, int64_t row, int32_t column,
                    ab_issue issue)
{
    issue.origin = sheet->origin;
    issue.line = row >= 0 ? sheet->line[row] : 0;
    issue.column = column >= 0 ? sheet->columns[column].name : "";
    ab__issue_raise(out->issues, issue);
}
