#include <stdlib.h>
#include <string.h>

#include "airbridge/report.h"
#include "report/issues_report.h"
#include "report/severity.h"
#include "report/text.h"

static void count_of(ab_buf *out, int64_t count, const char *word)
{
    ab__buf_printf(out, "%lld %s%s", (long long)count, word, count == 1 ? "" : "s");
}

static int32_t repairable(ab_issues *issues)
{
    int32_t count = 0;

    for (int32_t i = 0; i < ab_issues_count(issues); i++)
        count += ab_issues_at(issues, i)->fix != NULL;
    return count;
}

/* ---- Many cells of a column with one flaw -------------------------------------------------------- */

/* From so many on, the first is told in full and of the others the lines. */
enum { ALIKE_LEAST = 4 };

/* A form that a whole column is written in: what one cell says, all say. */
static bool is_of_form(int32_t code)
{
    return code == AB_ISSUE_NOT_A_TIME || code == AB_ISSUE_TIME_WITHOUT_ZONE ||
           code == AB_ISSUE_DECIMAL_COMMA || code == AB_ISSUE_MISSING_VALUE ||
           code == AB_ISSUE_CELL_ERROR || code == AB_ISSUE_FORMULA;
}

static bool alike(const ab_issue *a, const ab_issue *b)
{
    return a->code == b->code && a->severity == b->severity && a->line > 0 && b->line > 0 &&
           a->column[0] != '\0' && strcmp(a->column, b->column) == 0 &&
           strcmp(a->origin, b->origin) == 0;
}

/* How many issues from number `i` on are like it, itself among them; the list is sorted by origin. */
static int32_t count_alike(ab_issues *issues, int32_t i)
{
    const ab_issue *first = ab_issues_at(issues, i);
    int32_t count = 0;

    for (int32_t k = i; k < ab_issues_count(issues); k++) {
        const ab_issue *other = ab_issues_at(issues, k);
        if (strcmp(other->origin, first->origin) != 0)
            break;
        count += alike(first, other);
    }
    return count;
}

/* "3, 5 to 9, 12": the lines of those after number `i` that are like it. */
static void add_lines(ab_buf *out, ab_issues *issues, int32_t i)
{
    const ab_issue *first = ab_issues_at(issues, i);
    int64_t from = 0, until = 0;
    const char *between = "";

    for (int32_t k = i + 1; k <= ab_issues_count(issues); k++) {
        const ab_issue *other = k < ab_issues_count(issues) ? ab_issues_at(issues, k) : NULL;
        bool end = other == NULL || strcmp(other->origin, first->origin) != 0;
        if (!end && !alike(first, other))
            continue;
        if (!end && from > 0 && other->line <= until + 1) {
            until = other->line;
            continue;
        }
        if (from > 0) {
            ab__buf_printf(out, "%s%lld", between, (long long)from);
            if (until > from)
                ab__buf_printf(out, "%s%lld", until > from + 1 ? " to " : ", ", (long long)until);
            between = ", ";
        }
        if (end)
            break;
        from = until = other->line;
    }
}

/* Marks those after number `i` that are like it in `told`. */
static void mark_alike(ab_issues *issues, int32_t i, bool *told)
{
    const ab_issue *first = ab_issues_at(issues, i);

    for (int32_t k = i + 1; k < ab_issues_count(issues); k++) {
        const ab_issue *other = ab_issues_at(issues, k);
        if (strcmp(other->origin, first->origin) != 0)
            break;
        told[k] = told[k] || alike(first, other);
    }
}

static void add_issue(ab_buf *out, ab_issues *issues, int32_t i, bool *told)
{
    const ab_issue *issue = ab_issues_at(issues, i);
    int32_t count = is_of_form(issue->code) ? count_alike(issues, i) : 1;
    char line[2048];

    ab_issue_format(issue, line, sizeof line);
    ab__buf_printf(out, "%s [%s AB%04d]\n", line, ab__severity_word(issue->severity),
                   (int)issue->code);
    if (count < ALIKE_LEAST)
        return;
    ab__buf_printf(out, "  and %d more cells of %s like it, in lines ", (int)count - 1,
                   issue->column);
    add_lines(out, issues, i);
    ab__buf_char(out, '\n');
    mark_alike(issues, i, told);
}

/* ---- All of them -------------------------------------------------------------------------------- */

/* Do sheets or columns go by names that nobody here knows, while others are missing? */
static bool wants_map(ab_issues *issues)
{
    bool unknown = false, missing = false;

    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        int32_t code = ab_issues_at(issues, i)->code;
        unknown = unknown || code == AB_ISSUE_UNKNOWN_TABLE || code == AB_ISSUE_UNKNOWN_COLUMN;
        missing = missing || code == AB_ISSUE_MISSING_TABLE || code == AB_ISSUE_MISSING_COLUMN;
    }
    return unknown && missing;
}

static bool add_issues(ab_buf *out, ab_issues *issues)
{
    bool *told = calloc((size_t)ab_issues_count(issues) + 1, sizeof *told);

    for (int32_t i = 0; told != NULL && i < ab_issues_count(issues); i++)
        if (!told[i])
            add_issue(out, issues, i, told);
    free(told);
    return told != NULL;
}

ab_status ab_issues_print(FILE *out, ab_issues *issues, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    int64_t all = 0;

    if (!add_issues(&text, issues))
        text.failed = true;
    for (int s = AB_NOTE; s <= AB_ERROR_FLAW; s++)
        all += ab_issues_of(issues, (ab_severity)s);
    if (all > ab_issues_count(issues))
        ab__buf_printf(&text, "… and %lld more that are not shown\n",
                       (long long)(all - ab_issues_count(issues)));
    count_of(&text, ab_issues_of(issues, AB_ERROR_FLAW), "error");
    ab__buf_add(&text, ", ");
    count_of(&text, ab_issues_of(issues, AB_WARNING), "warning");
    ab__buf_add(&text, ", ");
    count_of(&text, ab_issues_of(issues, AB_NOTE), "note");
    if (repairable(issues) > 0)
        ab__buf_printf(&text, "; %d can be repaired: `airbridge check OPERATION --fix COPY`",
                       (int)repairable(issues));
    ab__buf_char(&text, '\n');
    if (all > 0)
        ab__buf_add(&text, "`airbridge explain CODE` tells what a flaw means and what to do.\n");
    if (wants_map(issues))
        ab__buf_add(&text,
                    "Tables or columns are missing, and others have names that are not known: "
                    "`airbridge map`\nproposes what they are, in any of the languages that it "
                    "knows; correct its map, and\ncheck again with --map.\n");
    return ab__text_end(out, &text, err);
}

static void issue_object(ab_json *json, const ab_issue *issue)
{
    char line[2048];

    ab_issue_format(issue, line, sizeof line);
    ab__json_object(json);
    ab__json_key(json, "severity");
    ab__json_text(json, ab__severity_word(issue->severity));
    ab__json_key(json, "code");
    ab__json_count(json, issue->code);
    ab__json_key(json, "name");
    ab__json_text(json, ab_issue_name(issue->code));
    ab__json_key(json, "table");
    ab__json_text(json, issue->origin);
    ab__json_key(json, "line");
    ab__json_count(json, issue->line);
    ab__json_key(json, "byte_column");
    ab__json_count(json, issue->byte_column);
    ab__json_key(json, "column");
    ab__json_text(json, issue->column);
    ab__json_key(json, "expected");
    ab__json_text(json, issue->expected);
    ab__json_key(json, "found");
    ab__json_text(json, issue->found);
    ab__json_key(json, "hint");
    ab__json_text(json, issue->hint);
    ab__json_key(json, "fix");
    ab__json_text(json, issue->fix);
    ab__json_key(json, "message");
    ab__json_text(json, line);
    ab__json_object_end(json);
}

void ab__issues_object(ab_json *json, ab_issues *issues)
{
    ab__json_object(json);
    ab__json_key(json, "errors");
    ab__json_count(json, ab_issues_of(issues, AB_ERROR_FLAW));
    ab__json_key(json, "warnings");
    ab__json_count(json, ab_issues_of(issues, AB_WARNING));
    ab__json_key(json, "notes");
    ab__json_count(json, ab_issues_of(issues, AB_NOTE));
    ab__json_key(json, "repairable");
    ab__json_count(json, repairable(issues));
    ab__json_key(json, "issues");
    ab__json_array(json);
    for (int32_t i = 0; i < ab_issues_count(issues); i++)
        issue_object(json, ab_issues_at(issues, i));
    ab__json_array_end(json);
    ab__json_object_end(json);
}

ab_status ab_issues_json(FILE *out, ab_issues *issues, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__issues_object(&json, issues);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}

/* ---- Corrections ------------------------------------------------------------------------------ */

ab_status ab_changes_print(FILE *out, const ab_changes *changes, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;

    for (int32_t i = 0; i < changes->count; i++) {
        const ab_change *change = &changes->at[i];
        ab__buf_printf(&text, "%s:%lld: %s: \"", change->origin, (long long)change->line,
                       change->column);
        ab__text_plain(&text, change->before);
        ab__buf_add(&text, "\" is now \"");
        ab__text_plain(&text, change->after);
        ab__buf_add(&text, "\"\n");
    }
    count_of(&text, changes->count, "cell");
    ab__buf_add(&text, " changed\n");
    return ab__text_end(out, &text, err);
}

static void change_object(ab_json *json, const ab_change *change)
{
    ab__json_object(json);
    ab__json_key(json, "table");
    ab__json_text(json, change->origin);
    ab__json_key(json, "line");
    ab__json_count(json, change->line);
    ab__json_key(json, "column");
    ab__json_text(json, change->column);
    ab__json_key(json, "before");
    ab__json_text(json, change->before);
    ab__json_key(json, "after");
    ab__json_text(json, change->after);
    ab__json_object_end(json);
}

ab_status ab_changes_json(FILE *out, const ab_changes *changes, ab_issues *left, ab_error *err)
{
    ab_buf text = AB_BUF_INIT;
    ab_json json;

    ab__json_start(&json, &text);
    ab__json_object(&json);
    ab__json_key(&json, "changes");
    ab__json_array(&json);
    for (int32_t i = 0; i < changes->count; i++)
        change_object(&json, &changes->at[i]);
    ab__json_array_end(&json);
    ab__json_key(&json, "left");
    ab__issues_object(&json, left);
    ab__json_object_end(&json);
    ab__buf_char(&text, '\n');
    return ab__text_end(out, &text, err);
}
