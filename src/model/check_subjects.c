/* Subjects of reports and agreements: things that can be open or closed. */
#include "model/check.h"

static void check_ref(ab_check *check, int32_t table, int32_t row, int32_t column, ab_ref ref)
{
    if (ref.row < 0 || ref.table == AB_TABLE_places || ref.table == AB_TABLE_roads ||
        ref.table == AB_TABLE_hubs || ref.table == AB_TABLE_links ||
        ref.table == AB_TABLE_exclusions)
        return;
    ab__check_raise(check,
                    (ab_finding){.code = AB_ISSUE_BAD_SUBJECT,
                                 .table = table,
                                 .row = row,
                                 .column = column,
                                 .expected = "place:ID, road:ID, hub:ID, link:ID or exclusion:ID"});
}

void ab__check_subjects(ab_check *check)
{
    for (int32_t r = 0; r < check->op->access.count; r++)
        check_ref(check, AB_TABLE_access, r, AB_COL_report_subject,
                  check->op->access.at[r].subject);
    for (int32_t r = 0; r < check->op->agreements.count; r++) {
        const ab_refs *subjects = &check->op->agreements.at[r].subjects;
        for (int32_t i = 0; i < subjects->count; i++)
            check_ref(check, AB_TABLE_agreements, r, AB_COL_agreement_subjects, subjects->at[i]);
    }
}
