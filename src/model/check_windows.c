/* Spans of time: that they end after they start, and touch the operation. */
#include <math.h>

#include "model/check.h"

enum { NONE = -1, DAY_S = 86400 };

typedef struct window {
    int32_t table, from, until; /* columns; NONE: open at that end */
    bool must_touch;            /* outside the operation it has no effect */
    bool asks;                  /* it does have one: no plan can do what it asks */
} window;

static const window windows[] = {
    {AB_TABLE_access, AB_COL_report_from, AB_COL_report_until, false, false},
    {AB_TABLE_agreements, AB_COL_agreement_from, AB_COL_agreement_until, true, false},
    {AB_TABLE_requests, AB_COL_request_valid_from, AB_COL_request_valid_until, true, false},
    {AB_TABLE_stocks, AB_COL_stock_available_from, NONE, true, false},
    {AB_TABLE_links, NONE, AB_COL_link_mandate_until, true, false},
};

/* "a time after NAME, 2030-03-01T00:00Z" */
static void raise_time(ab_check *check, int32_t code, const window *of, int32_t row, int32_t column,
                       const char *than, ab_time time, const char *hint)
{
    char text[AB_TIME_TEXT_CAP];
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "a time %s, %s", than, ab_time_format(time, text));
    ab__check_raise(check, (ab_finding){.code = code,
                                        .table = of->table,
                                        .row = row,
                                        .column = column,
                                        .expected = ab__buf_text(&expected),
                                        .hint = hint,
                                        .only_warning = of->asks});
    ab__buf_free(&expected);
}

static void check_touch(ab_check *check, const window *of, int32_t row, ab_time from, ab_time until)
{
    const char *effect = of->asks ? "no plan can keep it; are day, month and year right?"
                                  : "it has no effect on the plan";
    const ab_settings *settings = check->op->settings;
    if (settings->start == AB_TIME_NONE || settings->end <= settings->start)
        return; /* said already; an end that is not known is AB_TIME_NONE, the least of all times */
    if (until != AB_TIME_NONE && until <= settings->start)
        raise_time(check, AB_ISSUE_OUTSIDE_OPERATION, of, row, of->until,
                   "after the start of the operation", settings->start, effect);
    else if (from != AB_TIME_NONE && from >= settings->end)
        raise_time(check, AB_ISSUE_OUTSIDE_OPERATION, of, row, of->from,
                   "before the end of the operation", settings->end, effect);
}

static void check_window(ab_check *check, const window *of, int32_t row)
{
    ab_time from = AB_TIME_NONE, until = AB_TIME_NONE;
    if (of->from != NONE)
        from = ab__check_time(check, of->table, row, of->from);
    if (of->until != NONE)
        until = ab__check_time(check, of->table, row, of->until);
    bool backward = from != AB_TIME_NONE && until != AB_TIME_NONE && until <= from;
    if (backward) {
        ab_buf than = AB_BUF_INIT;
        ab__buf_printf(&than, "after %s", ab__check_column(of->table, of->from)->name);
        raise_time(check, AB_ISSUE_ENDS_BEFORE_START, of, row, of->until, ab__buf_text(&than), from,
                   NULL);
        ab__buf_free(&than);
    } else if (of->must_touch) {
        check_touch(check, of, row, from, until);
    }
}

/* A commitment's date is a local day. */
static void check_commitments(ab_check *check)
{
    for (int32_t r = 0; r < check->op->commitments.count; r++) {
        const ab_commitment *c = &check->op->commitments.at[r];
        ab_time date = c->date;
        bool over = c->state == AB_PROGRESS_FAILED || c->state == AB_PROGRESS_DONE;
        const window day = {.table = AB_TABLE_commitments,
                            .from = AB_COL_commitment_date,
                            .until = AB_COL_commitment_date,
                            .must_touch = true,
                            .asks =
                                !over && (c->lock == AB_LOCK_FIXED || c->lock == AB_LOCK_AT_LEAST)};
        if (date == AB_TIME_NONE)
            continue;
        ab_time from = date - (ab_time)llround(check->op->settings->utc_offset_s);
        check_touch(check, &day, r, from, from + DAY_S);
    }
}

void ab__check_windows(ab_check *check)
{
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++)
        for (int32_t r = 0; r < check->data.rows[windows[i].table].count; r++)
            check_window(check, &windows[i], r);
    check_commitments(check);
}
