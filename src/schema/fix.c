#include "schema/fix.h"

#include <string.h>

#include "schema/book.h"
#include "schema/find.h"

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

static void copy_sheet(ab_fixing *fixing, const ab_sheet *from, ab_fixing_sheet *to)
{
    int64_t cells = from->row_count * from->column_count;
    const char **header = AB_NEW(fixing->arena, const char *, from->column_count);
    int32_t *line = AB_NEW(fixing->arena, int32_t, from->row_count);
    int32_t t = ab_schema_find(fixing->schema, from->name);
    *to = (ab_fixing_sheet){.sheet = *from, .table = t < 0 ? NULL : &fixing->schema->tables[t]};
    to->cells = AB_NEW(fixing->arena, const char *, cells);
    to->declared = AB_NEW(fixing->arena, int32_t, from->column_count);
    if (header == NULL || line == NULL || to->cells == NULL || to->declared == NULL) {
        fixing->no_memory = true;
        return;
    }
    for (int32_t c = 0; c < from->column_count && !fixing->no_memory; c++) {
        header[c] = copied(fixing, from->header[c]);
        const char *name = trimmed(fixing, from->header[c]);
        to->declared[c] = to->table == NULL || name == NULL ? -1 : ab_table_find(to->table, name);
    }
    for (int64_t i = 0; i < cells && !fixing->no_memory; i++)
        to->cells[i] = copied(fixing, from->cells[i]);
    if (from->row_count > 0)
        memcpy(line, from->line, (size_t)from->row_count * sizeof *line);
    to->sheet.name = copied(fixing, from->name);
    to->sheet.origin = copied(fixing, from->origin);
    to->sheet.header = header;
    to->sheet.cells = to->cells;
    to->sheet.line = line;
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

/* The column with this header; in settings the key is the message's column, and stands in another cell. */
static int32_t column_of(ab_fixing *fixing, const ab_fixing_sheet *in, const char *name)
{
    bool settings = in->table != NULL && in->table->form == AB_SETTINGS;
    const char *wanted = settings && ab_table_find(in->table, name) >= 0 ? "value" : name;
    for (int32_t c = 0; c < in->sheet.column_count; c++) {
        const char *header = trimmed(fixing, in->sheet.header[c]);
        if (header != NULL && strcmp(header, wanted) == 0)
            return c;
    }
    return -1;
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
        *column = column_of(fixing, *in, issue->column);
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
    int32_t lon = column_of(fixing, in, "lon_deg"), lat = column_of(fixing, in, "lat_deg");
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

ab_status ab_book_fix(const ab_book *book, const ab_schema *schema, ab_issues *issues,
                      ab_book **out, ab_changes *changes, ab_error *err)
{
    ab_status status = AB_NO_MEMORY;
    ab_fixing fixing = {.schema = schema, .count = ab_book_count(book)};
    const ab_issue *lost = unread(issues);
    *changes = (ab_changes){0, NULL};
    *out = NULL;
    if (lost != NULL)
        return ab_fail(
            err, AB_FLAWED,
            "%s line %lld could not be read whole (AB%04d), and a copy would lose what is in it: "
            "put that right by hand first",
            lost->origin, (long long)lost->line, (int)lost->code);
    *out = ab__book_new();
    if (*out == NULL)
        goto done;
    fixing.arena = ab__book_arena(*out);
    fixing.sheets = AB_NEW(fixing.arena, ab_fixing_sheet, fixing.count);
    if (fixing.sheets == NULL)
        goto done;
    for (int32_t s = 0; s < fixing.count && !fixing.no_memory; s++)
        copy_sheet(&fixing, ab_book_at(book, s), &fixing.sheets[s]);
    if (!fixing.no_memory)
        fix_cells(&fixing, issues, false);
    if (!fixing.no_memory)
        fix_cells(&fixing, issues, true);
    if (!fixing.no_memory)
        status = finish(&fixing, *out, changes);
done:
    AB_VEC_FREE(&fixing.changes);
    if (status == AB_OK)
        return AB_OK;
    ab_book_free(*out);
    *out = NULL;
    return ab_fail(err, status, "out of memory while the tables were corrected");
}
