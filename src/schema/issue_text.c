/* Issues as words. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "schema/issues.h"

/* Where a text is written and how much of it is wanted, as snprintf counts. */
typedef struct line {
    char *out;
    size_t cap, size;
} line;

static void add(line *to, const char *text)
{
    size_t n = strlen(text);
    if (to->size < to->cap) {
        size_t room = to->cap - to->size;
        memcpy(to->out + to->size, text, n < room ? n : room);
    }
    to->size += n;
}

static void add_place(line *to, int64_t number)
{
    char digits[24];
    (void)snprintf(digits, sizeof digits, ":%lld", (long long)number);
    add(to, digits);
}

size_t ab_issue_format(const ab_issue *issue, char *out, size_t cap)
{
    line to = {out, cap, 0};
    add(&to, issue->origin);
    if (issue->line > 0)
        add_place(&to, issue->line);
    if (issue->line > 0 && issue->byte_column > 0)
        add_place(&to, issue->byte_column);
    add(&to, ": ");
    if (issue->column[0] != '\0') {
        add(&to, issue->column);
        add(&to, ": ");
    }
    const char *meaning = ab_issue_meaning(issue->code);
    if (issue->expected[0] != '\0') {
        add(&to, "expected ");
        add(&to, issue->expected);
    } else if (meaning != NULL) {
        add(&to, meaning);
    }
    if (issue->found != NULL && issue->found[0] == '\0') {
        add(&to, "; found nothing");
    } else if (issue->found != NULL) {
        add(&to, "; found \"");
        add(&to, issue->found);
        add(&to, "\"");
    }
    if (issue->hint[0] != '\0') {
        add(&to, "; ");
        add(&to, issue->hint);
    }
    if (cap > 0)
        out[to.size < cap ? to.size : ab__utf8_cut(out, cap - 1)] = '\0';
    return to.size;
}
