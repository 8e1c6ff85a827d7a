/* Requests: that they were answered after they were made. */
#include "model/check.h"

static void check_after_asked(ab_check *check, int32_t row, int32_t column)
{
    ab_time asked = check->op->requests.at[row].asked_at;
    ab_time time = ab__check_time(check, AB_TABLE_requests, row, column);
    if (asked == AB_TIME_NONE || time == AB_TIME_NONE || time >= asked)
        return;
    char text[AB_TIME_TEXT_CAP];
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "a time not before asked_at, %s", ab_time_format(asked, text));
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_REPLY_BEFORE_ASK,
                                        .table = AB_TABLE_requests,
                                        .row = row,
                                        .column = column,
                                        .expected = ab__buf_text(&expected)});
    ab__buf_free(&expected);
}

void ab__check_replies(ab_check *check)
{
    for (int32_t r = 0; r < check->op->requests.count; r++) {
        check_after_asked(check, r, AB_COL_request_reply_due);
        check_after_asked(check, r, AB_COL_request_reply_at);
    }
}
