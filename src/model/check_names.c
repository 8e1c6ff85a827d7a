/* Names in cells that the declaration takes as texts: those of options, and of repeated reports. */
#include <string.h>

#include "model/check.h"
#include "schema/find.h"

enum { COMPARISONS_MOST = 100000 }; /* with known names, for the sake of hints */

typedef enum form { ONE_ID, MODES, IDS } form;

typedef struct named {
    int32_t table, column; /* where the name stands */
    int32_t names;         /* table of the ids */
    form form;
    const char *expected;
} named;

static const named all_named[] = {
    {AB_TABLE_options, AB_COL_option_modes, -1, MODES,
     "all, or of road, air, helicopter, airlift and airdrop those that may be used"},
    {AB_TABLE_options, AB_COL_option_agreements, AB_TABLE_agreements, IDS,
     "all, ids of agreements, or `not` and an id"},
    {AB_TABLE_options, AB_COL_option_vehicles, AB_TABLE_vehicles, IDS,
     "all, ids of vehicles, or `not` and an id"},
    {AB_TABLE_access, AB_COL_report_quotes, AB_TABLE_access, ONE_ID, "the id of a row of access"},
};

/* What the known names of a column are found in. */
typedef struct known {
    ab_index index;
    int64_t comparisons;
} known;

static bool is_known(const named *of, const known *names, const char *name)
{
    return of->form == MODES ? ab__code_find(&ab_codes_mode, name) >= 0
                             : ab__index_find(&names->index, name) >= 0;
}

static void suggest(const named *of, known *names, const char *name, ab_buf *hint)
{
    ab_nearest nearest = ab__nearest_to(name);
    for (int32_t i = 0; of->form == MODES && i < ab_codes_mode.count; i++)
        ab__nearest_try(&nearest, ab_codes_mode.codes[i].word);
    ab__index_nearest(&names->index, &nearest, &names->comparisons);
    ab__nearest_hint(&nearest, hint);
}

static void check_name(ab_check *check, const named *of, known *names, int32_t row,
                       const char *name)
{
    const char *bare = name;
    if (of->form == IDS && strncmp(name, "not ", 4) == 0)
        bare += 4 + strspn(name + 4, " ");
    if ((of->form != ONE_ID && strcmp(name, "all") == 0) || is_known(of, names, bare))
        return;
    ab_buf hint = AB_BUF_INIT;
    suggest(of, names, bare, &hint);
    ab__check_raise(check, (ab_finding){.code = of->form == MODES ? AB_ISSUE_UNKNOWN_CODE
                                                                  : AB_ISSUE_DANGLING_REF,
                                        .table = of->table,
                                        .row = row,
                                        .column = of->column,
                                        .expected = of->expected,
                                        .found = name,
                                        .hint = ab__buf_text(&hint)});
    ab__buf_free(&hint);
}

static void check_column(ab_check *check, const named *of)
{
    known names = {.comparisons = COMPARISONS_MOST};
    if (of->form != MODES && !ab__check_index(check, of->names, &names.index))
        return;
    const ab_column *column = ab__check_column(of->table, of->column);
    for (int32_t r = 0; r < check->data.rows[of->table].count; r++) {
        const void *value = ab__value_at(column, ab__check_row(check, of->table, r));
        if (of->form == ONE_ID) {
            const char *name = *(const ab_c_TEXT *)value;
            if (*name != '\0')
                check_name(check, of, &names, r, name);
            continue;
        }
        const ab_list *list = value;
        for (int32_t i = 0; i < list->count; i++)
            check_name(check, of, &names, r, list->at[i]);
    }
}

void ab__check_names(ab_check *check)
{
    for (size_t i = 0; i < sizeof all_named / sizeof all_named[0] && !check->no_memory; i++)
        check_column(check, &all_named[i]);
}
