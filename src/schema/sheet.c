#include "schema/sheet.h"

#include <stdio.h>
#include <string.h>

#include "schema/find.h"
#include "schema/issues.h"

/* Bytes of the space at `text`, 0: none. Spreadsheets and web pages bring the one that does not break. */
static size_t space_at(const char *text)
{
    if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
        return 1;
    return text[0] == '\xC2' && text[1] == '\xA0' ? 2 : 0;
}

static size_t space_before(const char *start, const char *end)
{
    if (end > start && space_at(end - 1) == 1)
        return 1;
    return end - start >= 2 && space_at(end - 2) == 2 ? 2 : 0;
}

const char *ab__trimmed(ab_reader *reader, const char *text)
{
    for (size_t n; (n = space_at(text)) > 0;)
        text += n;
    const char *end = text + strlen(text);
    const char *all = end;
    for (size_t n; (n = space_before(text, end)) > 0;)
        end -= n;
    if (end == all)
        return text;
    const char *copy = ab__arena_text_n(reader->work, text, (size_t)(end - text));
    if (copy == NULL)
        reader->no_memory = true;
    return copy;
}

static bool is_blank(const char *text)
{
    for (size_t n; (n = space_at(text)) > 0;)
        text += n;
    return *text == '\0';
}

bool ab__cell_is(const char *text, const char *word)
{
    for (size_t n; (n = space_at(text)) > 0;)
        text += n;
    size_t size = strlen(word);
    return strncmp(text, word, size) == 0 && is_blank(text + size);
}

static bool row_is_blank(const ab_sheet *sheet, int32_t row)
{
    for (int32_t c = 0; c < sheet->column_count; c++)
        if (!is_blank(ab__sheet_cell(sheet, row, c)))
            return false;
    return true;
}

/* HXL 1.1: the row of hashtags stands directly before the data; its cells may be empty. */
static bool row_is_hashtags(const ab_sheet *sheet, int32_t row)
{
    int32_t tags = 0;
    for (int32_t c = 0; c < sheet->column_count; c++) {
        const char *text = ab__sheet_cell(sheet, row, c);
        if (is_blank(text))
            continue;
        if (text[strspn(text, " \t")] != '#')
            return false;
        tags++;
    }
    return tags > 0;
}

bool ab_sheet_is_tagged(const ab_sheet *sheet)
{
    return sheet->row_count > 0 && row_is_hashtags(sheet, 0);
}

bool ab__sheet_rows(ab_reader *reader, const ab_sheet *sheet, ab_sheet_rows *out)
{
    int32_t first = ab_sheet_is_tagged(sheet) ? 1 : 0;
    int64_t end = sheet->row_count;
    if (end - first > AB_ROWS_MOST) {
        char found[24];
        (void)snprintf(found, sizeof found, "%lld", (long long)(end - first));
        ab__issue_raise(reader->issues, (ab_issue){.code = AB_ISSUE_TOO_LONG,
                                                   .origin = sheet->origin,
                                                   .expected = "at most 2,000,000 rows",
                                                   .found = found});
        end = (int64_t)first + AB_ROWS_MOST;
    }
    out->count = 0;
    out->at = AB_NEW(reader->work, int32_t, end - first);
    if (out->at == NULL) {
        reader->no_memory = true;
        return false;
    }
    for (int32_t r = first; r < end; r++)
        if (!row_is_blank(sheet, r))
            out->at[out->count++] = r;
    return true;
}

bool ab__sheet_ragged(ab_reader *reader, const ab_sheet *sheet, ab_sheet_rows *out)
{
    int32_t count = ab_issues_count(reader->issues);
    out->count = 0;
    out->at = AB_NEW(reader->work, int32_t, count);
    if (out->at == NULL) {
        reader->no_memory = true;
        return false;
    }
    /* In order of their lines, as issues of one origin are. */
    for (int32_t i = 0; i < count; i++) {
        const ab_issue *issue = ab_issues_at(reader->issues, i);
        if (issue->code == AB_ISSUE_RAGGED && strcmp(issue->origin, sheet->origin) == 0)
            out->at[out->count++] = (int32_t)issue->line;
    }
    return true;
}

static bool column_is_blank(const ab_sheet *sheet, int32_t column)
{
    for (int32_t r = 0; r < sheet->row_count; r++)
        if (!is_blank(ab__sheet_cell(sheet, r, column)))
            return false;
    return true;
}

static void unknown_column(ab_reader *reader, const ab_sheet *sheet, const char *name,
                           const ab_table *table)
{
    ab_nearest nearest = ab__nearest_to(name);
    for (int32_t i = 0; i < table->column_count; i++)
        ab__nearest_try(&nearest, table->columns[i].name);
    for (int32_t i = 0; i < table->column_count; i++)
        ab__nearest_try_label(&nearest, table->columns[i].label, reader->work);
    ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
    ab__buf_printf(&expected, "a column of %s", sheet->name);
    ab__nearest_hint(&nearest, &hint);
    ab__issue_raise(reader->issues, (ab_issue){.code = AB_ISSUE_UNKNOWN_COLUMN,
                                               .origin = sheet->origin,
                                               .line = sheet->header_line,
                                               .expected = ab__buf_text(&expected),
                                               .found = name,
                                               .hint = ab__buf_text(&hint)});
    ab__buf_free(&expected);
    ab__buf_free(&hint);
}

static void double_column(ab_reader *reader, const ab_sheet *sheet, int32_t c, int32_t first)
{
    const char *shown = ab__sheet_shown(sheet, c), *before = ab__sheet_shown(sheet, first);
    ab_buf hint = AB_BUF_INIT;
    if (strcmp(shown, before) != 0)
        ab__buf_printf(&hint, "\"%s\" is read as %s already", before, sheet->header[first]);
    ab__issue_raise(reader->issues, (ab_issue){.code = AB_ISSUE_DUPLICATE_COLUMN,
                                               .origin = sheet->origin,
                                               .line = sheet->header_line,
                                               .column = shown,
                                               .expected = "each column once",
                                               .found = shown,
                                               .hint = ab__buf_text(&hint)});
    ab__buf_free(&hint);
}

int32_t *ab__header_match(ab_reader *reader, const ab_sheet *sheet, const ab_table *table)
{
    int32_t *place = AB_NEW(reader->work, int32_t, sheet->column_count);
    int32_t *seen = AB_NEW(reader->work, int32_t, table->column_count); /* from 1; 0: not */
    if (place == NULL || seen == NULL) {
        reader->no_memory = true;
        return NULL;
    }
    for (int32_t c = 0; c < sheet->column_count; c++) {
        const char *name = ab__trimmed(reader, sheet->header[c]);
        if (name == NULL)
            return NULL;
        place[c] = ab__sheet_passes(sheet, c) ? -1 : ab_table_find(table, name);
        if (ab__sheet_passes(sheet, c))
            continue;
        if (place[c] >= 0 && seen[place[c]] > 0) {
            double_column(reader, sheet, c, seen[place[c]] - 1);
            place[c] = -1;
        } else if (place[c] >= 0) {
            seen[place[c]] = c + 1;
        } else if (*name != '\0' || !column_is_blank(sheet, c)) {
            unknown_column(reader, sheet, name, table);
        }
    }
    return place;
}
