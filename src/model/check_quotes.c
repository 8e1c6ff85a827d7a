/* Reports that repeat one another: that somebody said it first. */
#include "model/check.h"

/* What each report quotes, and the circles that come of it. */
typedef struct quotes {
    int32_t *next; /* the report that it quotes; -1: none that exists */
    int32_t *walk; /* the walk on which it was first passed, from 1; 0: not yet */
    bool *in_circle;
} quotes;

static bool read_quotes(ab_check *check, quotes *q)
{
    const ab_operation *op = check->op;
    ab_index index;
    *q = (quotes){AB_NEW(check->work, int32_t, op->access.count),
                  AB_NEW(check->work, int32_t, op->access.count),
                  AB_NEW(check->work, bool, op->access.count)};
    check->no_memory |= q->next == NULL || q->walk == NULL || q->in_circle == NULL;
    if (check->no_memory || !ab__check_index(check, AB_TABLE_access, &index))
        return false;
    for (int32_t r = 0; r < op->access.count; r++) {
        const char *quoted = op->access.at[r].quotes;
        q->next[r] = *quoted == '\0' ? -1 : ab__index_find(&index, quoted);
    }
    return true;
}

/* ---- Circles ---- */

/* The report of the circle through `row` that was made before all others of it, or -1. */
static int32_t earliest(const ab_operation *op, const quotes *q, int32_t row)
{
    int32_t first = row;
    bool alone = true;
    for (int32_t r = q->next[row]; r != row; r = q->next[r]) {
        ab_time time = op->access.at[r].reported_at, least = op->access.at[first].reported_at;
        if (time == AB_TIME_NONE || least == AB_TIME_NONE)
            return -1;
        alone = time < least || (alone && time > least);
        first = time < least ? r : first;
    }
    return alone ? first : -1;
}

/* Once for a circle, on its first row, with all ids. */
static void tell_circle(ab_check *check, const quotes *q, int32_t row)
{
    const ab_report *reports = check->op->access.at;
    ab_buf expected = AB_BUF_INIT, hint = AB_BUF_INIT;
    int32_t first = earliest(check->op, q, row), r = row;
    ab__buf_printf(&expected, "a report that does not lead back to itself: %s", reports[row].id);
    do {
        r = q->next[r];
        ab__buf_printf(&expected, " quotes %s", reports[r].id);
    } while (r != row);
    if (first >= 0)
        ab__buf_printf(&hint, "somebody said it first: empty quotes of %s, which is the earliest",
                       reports[first].id);
    else
        ab__buf_add(&hint, "somebody said it first: empty quotes of that report");
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_QUOTES_CIRCLE,
                                        .table = AB_TABLE_access,
                                        .row = row,
                                        .column = AB_COL_report_quotes,
                                        .expected = ab__buf_text(&expected),
                                        .hint = ab__buf_text(&hint)});
    ab__buf_free(&expected);
    ab__buf_free(&hint);
}

/* Follows the quotes from `start`, until they end or meet a report that was passed before: on this walk, then the
 * circle is a new one. */
static void follow(ab_check *check, quotes *q, int32_t start)
{
    int32_t r = start, least;
    for (; r >= 0 && q->walk[r] == 0; r = q->next[r])
        q->walk[r] = start + 1;
    if (r < 0 || q->walk[r] != start + 1)
        return;
    least = r;
    for (; !q->in_circle[r]; r = q->next[r]) {
        q->in_circle[r] = true;
        least = r < least ? r : least;
    }
    tell_circle(check, q, least);
}

/* ---- Order ---- */

static void check_later(ab_check *check, const quotes *q, int32_t row)
{
    const ab_report *report = &check->op->access.at[row];
    char text[AB_TIME_TEXT_CAP];
    if (q->next[row] < 0 || q->in_circle[row])
        return;
    ab_time quoted = check->op->access.at[q->next[row]].reported_at;
    if (report->reported_at == AB_TIME_NONE || quoted == AB_TIME_NONE ||
        quoted <= report->reported_at)
        return;
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_QUOTES_LATER,
                                  .table = AB_TABLE_access,
                                  .row = row,
                                  .column = AB_COL_report_quotes,
                                  .hint = "which of the two repeats the other?"},
                     "a report made before this one, %s",
                     ab_time_format(report->reported_at, text));
}

void ab__check_quotes(ab_check *check)
{
    quotes q;
    if (!read_quotes(check, &q))
        return;
    for (int32_t r = 0; r < check->op->access.count; r++)
        follow(check, &q, r);
    for (int32_t r = 0; r < check->op->access.count; r++)
        check_later(check, &q, r);
}
