#include "schema/fix.h"

#include <string.h>

#include "schema/book.h"
#include "schema/find.h"
#include "schema/named.h"

/* `text` without the spaces around it, those of spreadsheets included, in the copy; NULL: out of memory. */
static const char *trimmed(ab_fixing *fixing, const char *text)
{
    static const char nbsp[] = "\xC2\xA0";
    size_t size;
    for (;;) {
        if (strncmp(text, nbsp, 2) == 0)
            text += 2;
        else if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
            text++;
        else
            break;
    }
    for (size = strlen(text); size > 0;) {
        char last = text[size - 1];
        if (size > 1 && strncmp(text + size - 2, nbsp, 2) == 0)
            size -= 2;
        else if (last == ' ' || (last >= '\t' && last <= '\r'))
            size--;
        else
            break;
    }
    const char *copy = ab__arena_text_n(fixing->arena, text, size);
    fixing->no_memory |= copy == NULL;
    return copy;
}

void ab__fixing_put(ab_fixing *fixing, ab_fixing_sheet *in, int64_t row, int32_t column,
                    const char *text)
{
    const char **cell = &in->cells[row * in->sheet.column_count + column];
    char *copy = ab__arena_text(fixing->arena, text);
    ab_change *change = copy == NULL || strcmp(*cell, text) == 0 ? NULL : AB_PUSH(&fixing->changes);
    if (copy == NULL || (change == NULL && strcmp(*cell, text) != 0)) {
        fixing->no_memory = true;
        return;
    }
    if (change == NULL)
        return; /* two issues of one cell, or a name that is right already */
    *change =
        (ab_change){in->sheet.origin, in->sheet.line[row], in->sheet.header[column], *cell, copy};
    *cell = copy;
}

/* ---- The copy ---- */

static const char *copied(ab_fixing *fixing, const char *text)
{
    const char *copy = ab__arena_text(fixing->arena, text);
    fixing->no_memory |= copy == NULL;
    return copy;
}

/* The sheet of the named book that is this one; NULL: it is no table. */
static const ab_sheet *named_as(const ab_fixing *fixing, const ab_sheet *sheet)
{
    for (int32_t i = 0; i < ab_book_count(fixing->named); i++)
        if (strcmp(ab_book_at(fixing->named, i)->origin, sheet->origin) == 0 &&
            ab_book_at(fixing->named, i)->column_count == sheet->column_count)
            return ab_book_at(fixing->named, i);
    return NULL;
}

/* Which table and columns it is, by names, labels or hashtags. */
static void know_columns(ab_fixing *fixing, const ab_sheet *from, ab_fixing_sheet *to)
{
    const ab_sheet *named = named_as(fixing, from);
    int32_t t = named == NULL ? -1 : ab_schema_find(fixing->schema, named->name);
    to->table = t < 0 ? NULL : &fixing->schema->tables[t];
    to->value = -1;
    for (int32_t c = 0; c < from->column_count && !fixing->no_memory; c++) {
        const ab_sheet *of = named == NULL ? from : named;
        const char *name = trimmed(fixing, of->header[c]);
        to->called[c] = trimmed(fixing, ab__sheet_shown(of, c));
        to->declared[c] = -1;
        if (to->table == NULL || name == NULL || ab__sheet_passes(of, c))
            continue;
        if (to->table->form == AB_ROWS)
            to->declared[c] = ab_table_find(to->table, name);
        else if (strcmp(name, "value") == 0)
            to->value = c;
    }
}

static void copy_cells(ab_fixing *fixing, const ab_sheet *from, ab_fixing_sheet *to)
{
    int64_t cells = from->row_count * from->column_count;
    const char **header = AB_NEW(fixing->arena, const char *, from->column_count);
    int32_t *line = AB_NEW(fixing->arena, int32_t, from->row_count);
    to->cells = AB_NEW(fixing->arena, const char *, cells);
    if (header == NULL || line == NULL || to->cells == NULL) {
        fixing->no_memory = true;
        return;
    }
    for (int32_t c = 0; c < from->column_count && !fixing->no_memory; c++)
        header[c] = copied(fixing, from->header[c]);
    for (int64_t i = 0; i < cells && !fixing->no_memory; i++)
        to->cells[i] = copied(fixing, from->cells[i]);
    if (from->row_count > 0)
        memcpy(line, from->line, (size_t)from->row_count * sizeof *line);
    to->sheet = *from;
    to->sheet.name = copied(fixing, from->name);
    to->sheet.origin = copied(fixing, from->origin);
    to->sheet.header = header;
    to->sheet.cells = to->cells;
    to->sheet.line = line;
    to->sheet.shown = NULL;
}

static void copy_sheet(ab_fixing *fixing, const ab_sheet *from, ab_fixing_sheet *to)
{
    to->declared = AB_NEW(fixing->arena, int32_t, from->column_count);
    to->called = AB_NEW(fixing->arena, const char *, from->column_count);
    fixing->no_memory |= to->declared == NULL || to->called == NULL;
    if (!fixing->no_memory)
        know_columns(fixing, from, to);
    if (!fixing->no_memory)
        copy_cells(fixing, from, to);
}

/* ---- Finding the cell of an issue ---- */

/* Lines ascend, as every reader makes them; -1: there is no such line. */
static int64_t row_of(const ab_sheet *sheet, int64_t line)
{
    int64_t low = 0, high = sheet->row_count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (sheet->line[middle] < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sheet->row_count && sheet->line[low] == line ? low : -1;
}

/* The column that messages call so, or -1; a setting's value stands in the column of values. */
static int32_t column_of(const ab_fixing_sheet *in, const char *name)
{
    for (int32_t c = 0; c < in->sheet.column_count; c++)
        if (strcmp(in->called[c], name) == 0)
            return c;
    return in->value;
}

/* Where an issue's cell is; false: it has none, or no fix. */
static bool find_cell(ab_fixing *fixing, const ab_issue *issue, ab_fixing_sheet **in, int64_t *row,
                      int32_t *column)
{
    if (issue->fix == NULL || issue->line == 0)
        return false;
    for (int32_t s = 0; s < fixing->count; s++) {
        if (strcmp(fixing->sheets[s].sheet.origin, issue->origin) != 0)
            continue;
        *in = &fixing->sheets[s];
        *row = row_of(&(*in)->sheet, issue->line);
        *column = column_of(*in, issue->column);
        if (*row >= 0 && *column >= 0)
            return true;
    }
    return false;
}

/* ---- Fixing ---- */

static bool is_id(const ab_fixing_sheet *in, int32_t column)
{
    return in->declared[column] >= 0 && in->table->columns[in->declared[column]].type == AB_TYPE_ID;
}

static void swap_position(ab_fixing *fixing, ab_fixing_sheet *in, int64_t row)
{
    int32_t lon = -1, lat = -1;
    for (int32_t c = 0; in->table != NULL && c < in->sheet.column_count; c++) {
        const char *name = in->declared[c] < 0 ? "" : in->table->columns[in->declared[c]].name;
        lon = strcmp(name, "lon_deg") == 0 ? c : lon;
        lat = strcmp(name, "lat_deg") == 0 ? c : lat;
    }
    if (lon < 0 || lat < 0)
        return;
    const char *east = in->cells[row * in->sheet.column_count + lon];
    const char *north = in->cells[row * in->sheet.column_count + lat];
    ab__fixing_put(fixing, in, row, lon, north);
    ab__fixing_put(fixing, in, row, lat, east);
}

/* Ids come last, so that a cell which names one has it as it stands in its table before both change. */
static void fix_cells(ab_fixing *fixing, ab_issues *issues, bool ids)
{
    ab_fixing_sheet *in;
    int64_t row;
    int32_t column;
    for (int32_t i = 0; i < ab_issues_count(issues) && !fixing->no_memory; i++) {
        const ab_issue *issue = ab_issues_at(issues, i);
        if (!find_cell(fixing, issue, &in, &row, &column) || is_id(in, column) != ids)
            continue;
        if (issue->code == AB_ISSUE_SWAPPED_COORDS) {
            swap_position(fixing, in, row);
            continue;
        }
        const char *before = trimmed(fixing, in->cells[row * in->sheet.column_count + column]);
        ab__fixing_put(fixing, in, row, column, issue->fix);
        if (ids && before != NULL)
            ab__fixing_rename(fixing, in->table, before, issue->fix);
    }
}

static ab_status finish(ab_fixing *fixing, ab_book *book, ab_changes *changes)
{
    ab_change *kept = AB_NEW(fixing->arena, ab_change, fixing->changes.count);
    if (kept == NULL)
        return AB_NO_MEMORY;
    for (int32_t i = 0; i < fixing->changes.count; i++)
        kept[i] = fixing->changes.at[i];
    *changes = (ab_changes){fixing->changes.count, kept};
    for (int32_t s = 0; s < fixing->count; s++)
        if (!ab__book_add(book, &fixing->sheets[s].sheet))
            return AB_NO_MEMORY;
    return AB_OK;
}

/* A flaw of the container (AB01nn) for which some of it is not in the book; NULL: none. */
static const ab_issue *unread(ab_issues *issues)
{
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        const ab_issue *issue = ab_issues_at(issues, i);
        if (issue->severity == AB_ERROR_FLAW && issue->code < 200 &&
            issue->code != AB_ISSUE_MISSING_TABLE && issue->code != AB_ISSUE_EMPTY_TABLE)
            return issue;
    }
    return NULL;
}

static ab_status fix_book(ab_fixing *fixing, const ab_book *book, ab_issues *issues, ab_book *out,
                          ab_changes *changes)
{
    fixing->arena = ab__book_arena(out);
    fixing->sheets = AB_NEW(fixing->arena, ab_fixing_sheet, fixing->count);
    if (fixing->sheets == NULL)
        return AB_NO_MEMORY;
    for (int32_t s = 0; s < fixing->count && !fixing->no_memory; s++)
        copy_sheet(fixing, ab_book_at(book, s), &fixing->sheets[s]);
    if (!fixing->no_memory)
        fix_cells(fixing, issues, false);
    if (!fixing->no_memory)
        fix_cells(fixing, issues, true);
    return fixing->no_memory ? AB_NO_MEMORY : finish(fixing, out, changes);
}

static ab_status refuse_unread(ab_issues *issues, ab_error *err)
{
    const ab_issue *lost = unread(issues);
    return lost == NULL
               ? AB_OK
               : ab_fail(
                     err, AB_FLAWED,
                     "%s line %lld could not be read whole (AB%04d), and a copy would lose what is "
                     "in it: put that right by hand first",
                     lost->origin, (long long)lost->line, (int)lost->code);
}

ab_status ab_book_fix(const ab_book *book, const ab_schema *schema, ab_issues *issues,
                      ab_book **out, ab_changes *changes, ab_error *err)
{
    ab_book *named = NULL;
    ab_issues *said = ab_issues_new(1); /* again, what a check of the book has said */
    ab_fixing fixing = {.schema = schema, .count = ab_book_count(book)};
    *changes = (ab_changes){0, NULL};
    *out = NULL;
    ab_status status = refuse_unread(issues, err);
    if (status == AB_OK && said == NULL)
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while the tables were corrected");
    if (status == AB_OK)
        status = ab__book_named(schema, book, &named, said, err);
    if (status == AB_OK) {
        fixing.named = named;
        *out = ab__book_new();
        status = *out == NULL ? AB_NO_MEMORY : fix_book(&fixing, book, issues, *out, changes);
        if (status != AB_OK)
            (void)ab_fail(err, status, "out of memory while the tables were corrected");
    }
    AB_VEC_FREE(&fixing.changes);
    ab_book_free(named);
    ab_issues_free(said);
    if (status != AB_OK) {
        ab_book_free(*out);
        *out = NULL;
    }
    return status;
}
