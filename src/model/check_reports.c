/* Reports: of a time that is planned, and with some weight. Reports and answers: of a time at which those who plan
 * can know them. */
#include "model/check.h"

static bool has_weight(const ab_report *report)
{
    return report->reliability != AB_RELIABILITY_F && report->credibility != AB_CREDIBILITY_6;
}

static void check_late(ab_check *check, int32_t row)
{
    const ab_report *report = &check->op->access.at[row];
    ab_time end = check->op->settings->end, since = report->from;
    bool by_from = since != AB_TIME_NONE;
    char text[AB_TIME_TEXT_CAP];
    if (!by_from)
        since = report->reported_at;
    if (!ab__check_spans(check) || since == AB_TIME_NONE || since < end)
        return;
    ab__check_expect(
        check,
        (ab_finding){.code = AB_ISSUE_REPORT_TOO_LATE,
                     .table = AB_TABLE_access,
                     .row = row,
                     .column = by_from ? AB_COL_report_from : AB_COL_report_reported_at,
                     .hint = "it says nothing of the days that are planned"},
        "a time before the end of the operation, %s", ab_time_format(end, text));
}

/* Before `check_late`: of what nobody can know it does not matter of when it speaks. */
static void check_known(ab_check *check, int32_t table, int32_t row, int32_t column)
{
    const ab_settings *settings = check->op->settings;
    ab_time said = ab__check_time(check, table, row, column);
    char text[AB_TIME_TEXT_CAP];
    if (!ab__check_spans(check) || said == AB_TIME_NONE || ab_known_at(check->op, said))
        return;
    bool after_end = said >= settings->end;
    ab__check_expect(
        check,
        (ab_finding){
            .code = after_end ? AB_ISSUE_SAID_AFTER_END : AB_ISSUE_SAID_LATER,
            .table = table,
            .row = row,
            .column = column,
            .hint = after_end
                        ? "nobody can know it yet, so the plan does not use it; is the year right?"
                        : "the plan does not know it yet"},
        after_end ? "a time before the end of the operation, %s" : "a time up to now (as_of), %s",
        ab_time_format(after_end ? settings->end : settings->as_of, text));
}

/* For each row of a table: how much is said of it. */
typedef enum said { NOTHING, WITHOUT_WEIGHT, WITH_WEIGHT } said;

static void check_weight(ab_check *check, int32_t table)
{
    int32_t count = check->data.rows[table].count;
    said *of = AB_NEW(check->work, said, count);
    if (of == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t r = 0; r < check->op->access.count; r++) {
        const ab_report *report = &check->op->access.at[r];
        if (report->subject.table == table && report->subject.row >= 0 && has_weight(report))
            of[report->subject.row] = WITH_WEIGHT;
    }
    for (int32_t r = 0; r < check->op->access.count; r++) {
        const ab_report *report = &check->op->access.at[r];
        bool judged = ab_given(&report->head, AB_COL_report_reliability) ||
                      ab_given(&report->head, AB_COL_report_credibility);
        if (report->subject.table != table || report->subject.row < 0 || !judged ||
            of[report->subject.row] != NOTHING)
            continue;
        of[report->subject.row] = WITHOUT_WEIGHT; /* told once */
        bool source = report->reliability == AB_RELIABILITY_F;
        ab__check_expect(
            check,
            (ab_finding){.code = AB_ISSUE_NO_WEIGHT,
                         .table = AB_TABLE_access,
                         .row = r,
                         .column = source ? AB_COL_report_reliability : AB_COL_report_credibility,
                         .hint = "nothing else is known of it, so the plan knows nothing"},
            "a report that can be judged, A to E and 1 to 5");
    }
}

void ab__check_reports(ab_check *check)
{
    for (int32_t r = 0; r < check->op->requests.count; r++)
        check_known(check, AB_TABLE_requests, r, AB_COL_request_reply_at);
    for (int32_t r = 0; r < check->op->access.count; r++) {
        check_known(check, AB_TABLE_access, r, AB_COL_report_reported_at);
        check_late(check, r);
    }
    check_weight(check, AB_TABLE_roads);
    check_weight(check, AB_TABLE_links);
}
