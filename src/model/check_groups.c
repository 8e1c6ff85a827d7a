/* Linked agreements: a group needs two. */
#include <stdlib.h>
#include <string.h>

#include "model/check.h"

static int by_group(const void *left, const void *right)
{
    const ab_index_entry *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    return order != 0 ? order : (a->row > b->row) - (a->row < b->row);
}

void ab__check_groups(ab_check *check)
{
    int32_t count = check->op->agreements.count;
    ab_index_entry *group = AB_NEW(check->work, ab_index_entry, count);
    if (group == NULL) {
        check->no_memory = true;
        return;
    }
    for (int32_t r = 0; r < count; r++)
        group[r] = (ab_index_entry){check->op->agreements.at[r].link_group, r};
    qsort(group, (size_t)count, sizeof *group, by_group);
    for (int32_t i = 0; i < count; i++) {
        bool as_before = i > 0 && strcmp(group[i].id, group[i - 1].id) == 0;
        bool as_after = i + 1 < count && strcmp(group[i].id, group[i + 1].id) == 0;
        if (group[i].id[0] == '\0' || as_before || as_after)
            continue;
        ab__check_raise(check, (ab_finding){.code = AB_ISSUE_LINK_GROUP_OF_ONE,
                                            .table = AB_TABLE_agreements,
                                            .row = group[i].row,
                                            .column = AB_COL_agreement_link_group,
                                            .expected = "a group of two agreements or more",
                                            .hint = "alone it binds nothing"});
    }
}
