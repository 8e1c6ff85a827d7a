/* Requests without a yes, and who relies on them. */
#include "model/check.h"

enum {
    PAIRS_MOST = 20000000
}; /* agreements times their places times requests; larger ones go without */

static void check_overdue(ab_check *check, int32_t row)
{
    const ab_request *q = &check->op->requests.at[row];
    ab_time start = check->op->settings->start;
    char text[AB_TIME_TEXT_CAP];
    if (q->reply >= 0 || q->reply_due == AB_TIME_NONE || !ab__check_spans(check) ||
        q->reply_due > start || ab_given(&q->head, AB_COL_request_reply))
        return;
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_REPLY_OVERDUE,
                                  .table = AB_TABLE_requests,
                                  .row = row,
                                  .column = AB_COL_request_reply_due,
                                  .hint = "chase the answer, or record it"},
                     "an answer before the start of the operation, %s",
                     ab_time_format(start, text));
}

/* What the requests for a place by a mode that the agreement is about came to: "refused", "no answer", or NULL
 * where nobody was asked or somebody once said yes. An answer that cannot be read is no no. */
static const char *denial(const ab_operation *op, int32_t place, int32_t mode)
{
    const char *no = NULL;
    for (int32_t r = 0; r < op->requests.count; r++) {
        const ab_request *q = &op->requests.at[r];
        if (q->place != place || (mode >= 0 && mode != q->mode))
            continue;
        if (q->reply == AB_REPLY_APPROVED || q->reply == AB_REPLY_CONDITIONAL ||
            (q->reply < 0 && ab_given(&q->head, AB_COL_request_reply)))
            return NULL;
        no = q->reply == AB_REPLY_REFUSED ? "refused" : "no answer";
    }
    return no;
}

/* Once for an agreement, with the places that were not granted by those who were asked. */
static void check_relies(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_agreement *a = &op->agreements.at[row];
    ab_buf denied = AB_BUF_INIT;
    for (int32_t i = 0; i < a->subjects.count; i++) {
        ab_ref subject = a->subjects.at[i];
        if (subject.table != AB_TABLE_places || subject.row < 0)
            continue;
        const char *no = denial(op, subject.row, a->mode);
        if (no != NULL)
            ab__buf_printf(&denied, "%s%s (%s)", denied.size > 0 ? ", " : "",
                           op->places.at[subject.row].id, no);
    }
    if (denied.size > 0)
        ab__check_expect(check,
                         (ab_finding){.code = AB_ISSUE_RELIES_ON_NO,
                                      .table = AB_TABLE_agreements,
                                      .row = row,
                                      .column = AB_COL_agreement_subjects,
                                      .found = ab__buf_text(&denied),
                                      .hint = "which of the two holds at the checkpoint?"},
                         "places for which a request was approved, or nobody had to be asked");
    ab__buf_free(&denied);
}

void ab__check_requests(ab_check *check)
{
    const ab_operation *op = check->op;
    int64_t subjects = 0;
    for (int32_t r = 0; r < op->requests.count; r++)
        check_overdue(check, r);
    for (int32_t r = 0; r < op->agreements.count; r++)
        subjects += op->agreements.at[r].subjects.count;
    if (subjects * op->requests.count > PAIRS_MOST)
        return;
    for (int32_t r = 0; r < op->agreements.count; r++)
        check_relies(check, r);
}
