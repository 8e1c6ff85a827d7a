/* Where the rows come from that drive a plan (for commitments somebody answers): said once for a table that has the column and leaves cells of it empty. A table
 * without the column has chosen not to say, which the summary of a plan shows. */
#include <string.h>

#include "base/c_locale.h"
#include "model/check.h"
#include "schema/find.h"

static bool has_column(const ab_check *check, const ab_table *table, const char *name)
{
    const ab_sheet *sheet = ab_book_find(check->book, table->name);
    for (int32_t c = 0; sheet != NULL && c < sheet->column_count; c++)
        if (strcmp(sheet->header[c], name) == 0)
            return true;
    return false;
}

static void check_table(ab_check *check, int32_t t, int32_t column)
{
    int32_t without = 0, first = -1, count = check->data.rows[t].count;
    for (int32_t r = 0; r < count; r++) {
        if (ab_given(ab__check_row(check, t, r), column))
            continue;
        first = first < 0 ? r : first;
        without++;
    }
    if (without == 0)
        return;
    char hint[64];
    (void)ab__c_snprintf(hint, sizeof hint, "%d of %d rows do not say it, this one first",
                         (int)without, (int)count);
    ab__check_expect(
        check,
        (ab_finding){
            .code = AB_ISSUE_NO_SOURCE, .table = t, .row = first, .column = column, .hint = hint},
        "where the row comes from, or \"assumed: …\"");
}

void ab__check_sources(ab_check *check)
{
    for (int32_t t = 0; t < check->data.schema->count; t++) {
        const ab_table *table = &check->data.schema->tables[t];
        int32_t column = ab_table_find(table, "source");
        bool drives = t != AB_TABLE_options && t != AB_TABLE_commitments && t != AB_TABLE_movements;
        if (drives && table->form == AB_ROWS && column >= 0 && has_column(check, table, "source"))
            check_table(check, t, column);
    }
}
