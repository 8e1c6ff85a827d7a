/* The list of issues: what is kept, and in which order it is shown. */
#include "schema/issues.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "base/vec.h"

enum { DEFAULT_CAP = 10000, FOUND_CAP = 120, WORDS_CAP = 1000, SEVERITIES = 3 };

typedef struct kept {
    ab_issue issue;
    int32_t origin; /* number of its origin, as first seen */
    int32_t order;  /* of its arrival */
} kept;

struct ab_issues {
    ab_arena *arena;
    int32_t cap;
    int32_t arrived;
    bool sorted;
    int64_t of[SEVERITIES];
    int32_t above[SEVERITIES]; /* no kept issue of this severity stands at or above this place */
    AB_VEC(kept) kept;
    AB_VEC(const char *) origins;
};

ab_issues *ab_issues_new(int32_t cap)
{
    ab_issues *issues = ab__realloc(NULL, sizeof *issues);
    if (issues == NULL)
        return NULL;
    *issues = (ab_issues){.arena = ab__arena_new(), .cap = cap > 0 ? cap : DEFAULT_CAP};
    if (issues->arena == NULL) {
        free(issues);
        return NULL;
    }
    return issues;
}

void ab_issues_free(ab_issues *issues)
{
    if (issues == NULL)
        return;
    AB_VEC_FREE(&issues->kept);
    AB_VEC_FREE(&issues->origins);
    ab__arena_free(issues->arena);
    free(issues);
}

/* A copy of `text` that can be printed anywhere: at most `most` bytes of it, control characters and
 * bytes that are not UTF-8 shown as \xNN. */
static const char *printable(ab_arena *arena, const char *text, size_t most)
{
    if (text == NULL)
        return NULL;
    size_t size = strlen(text);
    size_t shown = size > most ? ab__utf8_cut(text, most) : size;
    ab_buf buf = AB_BUF_INIT;
    for (size_t i = 0; i < shown;) {
        size_t good = ab__utf8_bad(text + i, shown - i);
        for (size_t end = i + good; i < end; i++) {
            unsigned char c = (unsigned char)text[i];
            if (c < 0x20 || c == 0x7f)
                ab__buf_printf(&buf, "\\x%02X", c);
            else
                ab__buf_char(&buf, text[i]);
        }
        if (i < shown)
            ab__buf_printf(&buf, "\\x%02X", (unsigned char)text[i++]);
    }
    if (shown < size)
        ab__buf_add(&buf, "…");
    const char *copy = buf.failed ? NULL : ab__arena_text(arena, ab__buf_text(&buf));
    ab__buf_free(&buf);
    return copy;
}

/* The number of `origin`; -1 when out of memory. */
static int32_t origin_number(ab_issues *issues, const char *origin)
{
    for (int32_t i = issues->origins.count - 1; i >= 0; i--)
        if (strcmp(issues->origins.at[i], origin) == 0)
            return i;
    const char *copy = ab__arena_text(issues->arena, origin);
    const char **added = copy == NULL ? NULL : AB_PUSH(&issues->origins);
    if (added == NULL)
        return -1;
    *added = copy;
    return issues->origins.count - 1;
}

/* The last kept issue of this severity, or NULL. As kept issues only ever become more severe, the
 * search goes on where the last one stopped. */
static kept *last_of(ab_issues *issues, ab_severity severity)
{
    int32_t *above = &issues->above[severity];
    while (*above > 0)
        if (issues->kept.at[--*above].issue.severity == severity)
            return &issues->kept.at[*above];
    return NULL;
}

/* What a full list gives up for an issue of this severity: something less severe, so that no error is
 * hidden behind ten thousand notes. NULL: nothing. */
static kept *less_severe(ab_issues *issues, ab_severity severity)
{
    for (ab_severity less = AB_NOTE; less < severity; less++) {
        kept *victim = last_of(issues, less);
        if (victim != NULL)
            return victim;
    }
    return NULL;
}

/* `issue` with its texts in the list's arena; false when out of memory. */
static bool copied(ab_issues *issues, const ab_issue *issue, kept *out)
{
    ab_issue *copy = &out->issue;
    *copy = *issue;
    copy->origin = printable(issues->arena, issue->origin, WORDS_CAP);
    copy->column = printable(issues->arena, issue->column == NULL ? "" : issue->column, WORDS_CAP);
    copy->expected =
        printable(issues->arena, issue->expected == NULL ? "" : issue->expected, WORDS_CAP);
    copy->found = printable(issues->arena, issue->found, FOUND_CAP);
    copy->hint = printable(issues->arena, issue->hint == NULL ? "" : issue->hint, WORDS_CAP);
    copy->fix = issue->fix == NULL ? NULL : ab__arena_text(issues->arena, issue->fix);
    if (copy->origin == NULL || copy->column == NULL || copy->expected == NULL ||
        copy->hint == NULL || (issue->found != NULL && copy->found == NULL) ||
        (issue->fix != NULL && copy->fix == NULL))
        return false;
    out->origin = origin_number(issues, copy->origin);
    out->order = issues->arrived++;
    return out->origin >= 0;
}

void ab_issues_add(ab_issues *issues, const ab_issue *issue)
{
    issues->of[issue->severity]++;
    kept *place = NULL;
    if (issues->kept.count >= issues->cap) {
        place = less_severe(issues, issue->severity);
        if (place == NULL)
            return;
    }
    kept fresh;
    if (!copied(issues, issue, &fresh))
        return;
    if (place == NULL) {
        place = AB_PUSH(&issues->kept);
        if (place == NULL)
            return;
        for (int s = 0; s < SEVERITIES; s++)
            issues->above[s] = issues->kept.count;
    }
    *place = fresh;
    issues->sorted = false;
}

void ab__issues_count_more(ab_issues *issues, ab_severity severity, int64_t more)
{
    issues->of[severity] += more;
}

int32_t ab_issues_count(const ab_issues *issues)
{
    return issues->kept.count;
}

int64_t ab_issues_of(const ab_issues *issues, ab_severity severity)
{
    return issues->of[severity];
}

static int by_place(const void *left, const void *right)
{
    const kept *a = left, *b = right;
    if (a->origin != b->origin)
        return a->origin < b->origin ? -1 : 1;
    if (a->issue.line != b->issue.line)
        return a->issue.line < b->issue.line ? -1 : 1;
    if (a->issue.byte_column != b->issue.byte_column)
        return a->issue.byte_column < b->issue.byte_column ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

const ab_issue *ab_issues_at(ab_issues *issues, int32_t i)
{
    if (!issues->sorted) {
        qsort(issues->kept.at, (size_t)issues->kept.count, sizeof *issues->kept.at, by_place);
        for (int s = 0; s < SEVERITIES; s++)
            issues->above[s] = issues->kept.count;
        issues->sorted = true;
    }
    return &issues->kept.at[i].issue;
}

void ab__issue_raise(ab_issues *issues, ab_issue issue)
{
    issue.severity = ab__issue_severity(issue.code);
    ab_issues_add(issues, &issue);
}

bool ab__issues_has(const ab_issues *issues, int32_t code, const char *origin)
{
    for (int32_t i = 0; i < issues->kept.count; i++) {
        const ab_issue *issue = &issues->kept.at[i].issue;
        if (issue->code == code && strcmp(issue->origin, origin) == 0)
            return true;
    }
    return false;
}
