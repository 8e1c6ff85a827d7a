#include "model/check.h"

void ab__check_links(ab_check *check)
{
    for (int32_t r = 0; r < check->op->links.count; r++) {
        const ab_link *link = &check->op->links.at[r];
        if (link->from_hub >= 0 && link->from_hub == link->to_hub)
            ab__check_raise(check, (ab_finding){.code = AB_ISSUE_SAME_ENDS,
                                                .table = AB_TABLE_links,
                                                .row = r,
                                                .column = AB_COL_link_to_hub,
                                                .expected = "another hub than from_hub"});
    }
}
