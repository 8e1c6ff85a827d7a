/* The frame: the version, and the span that is planned. */
#include "model/check.h"

enum { PERIODS_MOST = 3660 }; /* ten years of days; no plan looks further */

static void check_version(ab_check *check)
{
    int64_t version = check->op->settings->schema_version;
    int32_t known = ab_input_schema()->version;
    if (version <= known)
        return;
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "version %d or lower, which this Airbridge reads", (int)known);
    ab__check_raise(check,
                    (ab_finding){.code = AB_ISSUE_NEWER_SCHEMA,
                                 .table = AB_TABLE_operation,
                                 .column = AB_COL_settings_schema_version,
                                 .expected = ab__buf_text(&expected),
                                 .hint = "the other messages may follow from this; use the "
                                         "Airbridge that wrote these tables, or a newer one"});
    ab__buf_free(&expected);
}

static void check_span(ab_check *check)
{
    const ab_settings *settings = check->op->settings;
    char start[AB_TIME_TEXT_CAP];
    if (settings->start == AB_TIME_NONE || settings->end == AB_TIME_NONE ||
        settings->end > settings->start)
        return;
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "a time after start, %s", ab_time_format(settings->start, start));
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_ENDS_BEFORE_START,
                                        .table = AB_TABLE_operation,
                                        .column = AB_COL_settings_end,
                                        .expected = ab__buf_text(&expected)});
    ab__buf_free(&expected);
}

static void check_periods(ab_check *check)
{
    if (check->op->period_count <= PERIODS_MOST)
        return;
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "a length that divides the operation into at most %d periods, not %d",
                   PERIODS_MOST, (int)check->op->period_count);
    ab__check_raise(check,
                    (ab_finding){.code = AB_ISSUE_TOO_MANY_PERIODS,
                                 .table = AB_TABLE_operation,
                                 .column = AB_COL_settings_period_s,
                                 .expected = ab__buf_text(&expected),
                                 .hint = "make the period longer, or the operation shorter"});
    ab__buf_free(&expected);
}

void ab__check_settings(ab_check *check)
{
    check_version(check);
    check_span(check);
    check_periods(check);
}
