/* Movements against the requests that they came from. */
#include <math.h>

#include "model/check.h"

enum { DAY_S = 86400 };

static void check_day(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_movement *m = &op->movements.at[row];
    const ab_request *q = &op->requests.at[m->request];
    char text[AB_TIME_TEXT_CAP];
    if (m->date == AB_TIME_NONE || q->asked_at == AB_TIME_NONE || isnan(op->settings->utc_offset_s))
        return;
    ab_time ends = m->date - (ab_time)llround(op->settings->utc_offset_s) + DAY_S;
    if (ends > q->asked_at)
        return;
    ab__check_expect(
        check,
        (ab_finding){.code = AB_ISSUE_MOVED_BEFORE_ASK,
                     .table = AB_TABLE_movements,
                     .row = row,
                     .column = AB_COL_movement_date,
                     .hint = "is the year right, or did it come from another request?"},
        "a day not before %s was asked for, %s", q->id, ab_time_format(q->asked_at, text));
}

/* Did something come through? What came back, was taken off or stopped, a refusal explains. */
static bool came_through(const ab_movement *m)
{
    bool stopped = m->removed_kg > 0 || m->returned_kg > 0 || m->lost_kg > 0 ||
                   m->stopped_at[0] != '\0' || m->gatekeeper[0] != '\0' || m->loaded_kg == 0;
    return isnan(m->offloaded_kg) ? !stopped : m->offloaded_kg > 0;
}

static void check_refused(ab_check *check, int32_t row)
{
    const ab_movement *m = &check->op->movements.at[row];
    const ab_request *q = &check->op->requests.at[m->request];
    char text[AB_TIME_TEXT_CAP] = "";
    if (q->reply != AB_REPLY_REFUSED || !came_through(m))
        return;
    bool dated = q->reply_at != AB_TIME_NONE;
    if (dated)
        ab_time_format(q->reply_at, text);
    ab_buf hint = AB_BUF_INIT;
    ab__buf_printf(&hint,
                   "%s was refused%s%s: if it went all the same, say in reply what let it through, "
                   "or name the request that was granted",
                   q->id, dated ? " on " : "", text);
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_MOVED_REFUSED,
                                  .table = AB_TABLE_movements,
                                  .row = row,
                                  .column = AB_COL_movement_request,
                                  .hint = ab__buf_text(&hint)},
                     "a request that was granted, of goods that came through");
    ab__buf_free(&hint);
}

void ab__check_asked(ab_check *check)
{
    for (int32_t r = 0; r < check->op->movements.count; r++)
        if (check->op->movements.at[r].request >= 0) {
            check_day(check, r);
            check_refused(check, r);
        }
}
