#include "schema/cell.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "schema/convert.h"
#include "schema/issues.h"
#include "schema/repair.h"

static bool (*const readers[])(ab_cell *cell, const char *text, void *out) = {
    [AB_TYPE_ID] = ab__read_id,           [AB_TYPE_TEXT] = ab__read_text,
    [AB_TYPE_REF] = ab__read_ref,         [AB_TYPE_NUMBER] = ab__read_number,
    [AB_TYPE_COUNT] = ab__read_count,     [AB_TYPE_FLAG] = ab__read_flag,
    [AB_TYPE_CODE] = ab__read_code,       [AB_TYPE_CODES] = ab__read_codes,
    [AB_TYPE_TIME] = ab__read_time,       [AB_TYPE_DAY] = ab__read_day,
    [AB_TYPE_CLOCK] = ab__read_clock,     [AB_TYPE_LIST] = ab__read_list,
    [AB_TYPE_SUBJECT] = ab__read_subject, [AB_TYPE_SUBJECTS] = ab__read_subjects,
    [AB_TYPE_SCOPE] = ab__read_scope,     [AB_TYPE_WKT] = ab__read_wkt,
};

/* #REF!, #N/A, #NAME? and their brothers, in whatever language the program spoke; Err:502 of LibreOffice. */
static bool is_error_of_spreadsheet(const char *text)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ/0123456789_\xC3\x84\x96\x9C\x89";
    size_t size = strlen(text);

    if (strncmp(text, "Err:", 4) == 0)
        return size == 7 && strspn(text + 4, "0123456789") == 3;
    if (strcmp(text, "#N/A") == 0 || strcmp(text, "#NV") == 0)
        return true;
    return text[0] == '#' && size >= 4 && (text[size - 1] == '!' || text[size - 1] == '?') &&
           strspn(text + 1, capitals) == size - 2;
}

bool ab__cell_read(ab_cell *cell, const char *text, void *out)
{
    if (is_error_of_spreadsheet(text))
        return ab__cell_flaw(cell, AB_ISSUE_CELL_ERROR, NULL, text,
                             "repair its formula in the spreadsheet, or type the value");
    /* A text may begin with the sign, but hardly with a formula. */
    if (text[0] == '=' && text[1] != ' ' && text[1] != '\0')
        return ab__cell_flaw(
            cell, AB_ISSUE_FORMULA, NULL, text,
            "open the table in a spreadsheet program and save it, or type the value");
    return readers[cell->column->type](cell, text, out);
}

bool ab__cell_no_memory(ab_cell *cell)
{
    cell->reader->no_memory = true;
    return false;
}

bool ab__cell_flaw(ab_cell *cell, int32_t code, const char *expected, const char *found,
                   const char *hint)
{
    assert(cell->sheet != NULL && "the standard value of a column must convert");
    ab_buf buf = AB_BUF_INIT, fix = AB_BUF_INIT;
    if (cell->quiet)
        return false;
    bool certain = ab__repair(cell, code, &fix);
    if (expected == NULL) {
        ab__column_expects(cell->column, &buf);
        expected = ab__buf_text(&buf);
    }
    ab__issue_raise(cell->reader->issues, (ab_issue){
                                              .code = code,
                                              .origin = cell->sheet->origin,
                                              .line = cell->line,
                                              .column = cell->shown != NULL ? cell->shown
                                                                             : cell->column->name,
                                              .expected = expected,
                                              .found = found,
                                              .hint = hint,
                                              .fix = certain ? ab__buf_text(&fix) : NULL,
                                          });
    ab__buf_free(&fix);
    ab__buf_free(&buf);
    return false;
}

bool ab__cell_refused(ab_cell *cell, int32_t code, const char *found, const char *why,
                      const char *hint)
{
    static const char expected[] = "expected ";
    if (hint[0] != '\0')
        return ab__cell_flaw(cell, code, NULL, found, hint);
    if (strncmp(why, expected, sizeof expected - 1) == 0)
        return ab__cell_flaw(cell, code, why + sizeof expected - 1, found, NULL);
    return ab__cell_flaw(cell, code, NULL, found, why);
}

typedef struct splitting {
    ab_arena *arena;
    ab_parts *parts; /* NULL: only counts */
    int32_t count;
    bool failed;
} splitting;

static bool take_part(void *context, const char *part, size_t size)
{
    splitting *split = context;
    if (split->parts != NULL) {
        char *copy = ab__arena_text_n(split->arena, part, size);
        split->parts->at[split->count] = copy;
        split->failed |= copy == NULL;
    }
    split->count++;
    return !split->failed;
}

bool ab__cell_split(ab_cell *cell, const char *text, ab_arena *arena, ab_parts *out)
{
    splitting count = {.arena = arena};
    (void)ab__text_split(text, take_part, &count);
    out->count = count.count;
    out->at = AB_NEW(arena, char *, count.count);
    if (out->at == NULL)
        return ab__cell_no_memory(cell);
    splitting copy = {.arena = arena, .parts = out};
    (void)ab__text_split(text, take_part, &copy);
    return copy.failed ? ab__cell_no_memory(cell) : true;
}
