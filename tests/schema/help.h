/* Sheets written by hand, and what a reading said of them. */
#ifndef TESTS_SCHEMA_HELP_H
#define TESTS_SCHEMA_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "schema/book.h"

/* Cells of one line of `text`, parted by '|'; moves *text past the line. Returns how many. */
static inline int32_t cells_of(ab_arena *arena, const char **text, const char **out, int32_t cap)
{
    int32_t count = 0;
    const char *at = *text;
    for (;;) {
        size_t size = strcspn(at, "|\n");
        assert_true(count < cap);
        out[count] = ab__arena_text_n(arena, at, size);
        assert_non_null(out[count]);
        count++;
        at += size;
        if (*at != '|')
            break;
        at++;
    }
    *text = *at == '\n' ? at + 1 : at;
    return count;
}

/* "id|name\nup|Upper\n" as sheet `name` of NAME.csv; the header is line 1, and every line ends. */
static inline void add_sheet(ab_book *book, const char *name, const char *text)
{
    enum { COLUMNS = 100 };
    const char *line[COLUMNS];
    ab_arena *arena = ab__book_arena(book);
    ab_sheet sheet = {.name = ab__arena_text(arena, name),
                      .origin = ab__arena_printf(arena, "%s.csv", name),
                      .header_line = 1};
    sheet.column_count = *text == '\0' ? 0 : cells_of(arena, &text, line, COLUMNS);
    const char **header = AB_NEW(arena, const char *, sheet.column_count);
    memcpy(header, line, (size_t)sheet.column_count * sizeof *header);
    for (const char *c = text; *c != '\0'; c++)
        sheet.row_count += *c == '\n';
    const char **cells = AB_NEW(arena, const char *, sheet.row_count *sheet.column_count);
    int32_t *lines = AB_NEW(arena, int32_t, sheet.row_count);
    for (int32_t r = 0; r < sheet.row_count; r++) {
        int32_t count = cells_of(arena, &text, line, COLUMNS);
        if (count != sheet.column_count)
            fail_msg("%s: row %d has %d cells", name, (int)r, (int)count);
        memcpy(cells + (int64_t)r * count, line, (size_t)count * sizeof *cells);
        lines[r] = r + 2;
    }
    sheet.header = header;
    sheet.cells = cells;
    sheet.line = lines;
    assert_true(ab__book_add(book, &sheet));
}

static inline void print_issues(ab_issues *issues)
{
    char line[2000];
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        (void)ab_issue_format(ab_issues_at(issues, i), line, sizeof line);
        print_message("    %s\n", line);
    }
}

static inline int32_t count_of_code(ab_issues *issues, int32_t code)
{
    int32_t count = 0;
    for (int32_t i = 0; i < ab_issues_count(issues); i++)
        count += ab_issues_at(issues, i)->code == code;
    return count;
}

/* That one issue has this code and, as a line of text, reads like this. */
static inline void assert_says(ab_issues *issues, int32_t code, const char *text)
{
    char line[2000];
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        const ab_issue *issue = ab_issues_at(issues, i);
        (void)ab_issue_format(issue, line, sizeof line);
        if (issue->code == code && strcmp(line, text) == 0)
            return;
    }
    print_issues(issues);
    fail_msg("nothing says (%d) %s", (int)code, text);
}

/* That nothing is said at all. */
static inline void assert_silent(ab_issues *issues)
{
    if (ab_issues_count(issues) > 0) {
        print_issues(issues);
        fail_msg("%d issues where none was expected", (int)ab_issues_count(issues));
    }
}

#endif
