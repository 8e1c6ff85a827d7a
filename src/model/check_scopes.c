/* Agreements that nothing can use, and linked ones that never hold at the same time. */
#include <string.h>

#include "model/check.h"

enum {
    PAIRS_MOST = 20000000
}; /* agreements times stocks, or two of a group; larger ones go without */

static bool travels(const ab_check *check, int32_t mode)
{
    const ab_operation *op = check->op;
    int32_t of = mode == AB_MODE_AIRLIFT || mode == AB_MODE_AIRDROP ? (int32_t)AB_MODE_AIR : mode;
    for (int32_t v = 0; v < op->vehicles.count; v++)
        if ((op->vehicles.at[v].mode == of || op->vehicles.at[v].mode < 0 ||
             ab__check_told(check, AB_TABLE_vehicles, v, AB_COL_vehicle_mode)) &&
            op->vehicles.at[v].count != 0)
            return true;
    return op->vehicles.count == 0; /* which is another flaw */
}

static bool is_stocked(const ab_operation *op, const ab_refs *scope)
{
    for (int32_t s = 0; s < op->stocks.count; s++)
        if (op->stocks.at[s].commodity < 0 || ab_scope_has(op, scope, op->stocks.at[s].commodity))
            return true;
    return op->stocks.count == 0;
}

/* Does it cover some place with people, or something that is no place? */
static bool has_people(const ab_operation *op, const ab_refs *subjects)
{
    for (int32_t i = 0; i < subjects->count; i++) {
        ab_ref subject = subjects->at[i];
        if (subject.table != AB_TABLE_places || subject.row < 0 ||
            op->places.at[subject.row].population != 0)
            return true;
    }
    return subjects->count == 0;
}

static void raise(ab_check *check, int32_t row, int32_t column, const char *expected,
                  const char *hint)
{
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_MATCHES_NOTHING,
                                  .table = AB_TABLE_agreements,
                                  .row = row,
                                  .column = column,
                                  .hint = hint},
                     "%s", expected);
}

static void check_use(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_agreement *a = &op->agreements.at[row];
    if (a->mode >= 0 && !travels(check, a->mode))
        raise(check, row, AB_COL_agreement_mode, "a mode for which there are vehicles",
              "as it is, nothing can use the agreement");
    if (!is_stocked(op, &a->commodities))
        raise(check, row, AB_COL_agreement_commodities, "commodities of which there is stock",
              "as it is, nothing in stock may pass");
    if (!has_people(op, &a->subjects))
        raise(check, row, AB_COL_agreement_subjects, "a place with people, or a way to one",
              "as it is, it covers nobody");
    if (a->quota_trips_per_day == 0 || a->quota_kg_per_day == 0)
        raise(check, row,
              a->quota_trips_per_day == 0 ? AB_COL_agreement_quota_trips_per_day
                                          : AB_COL_agreement_quota_kg_per_day,
              "more than 0, or empty where there is no limit", "as it is, nothing may pass");
}

static bool overlap(const ab_agreement *a, const ab_agreement *b)
{
    return (a->until == AB_TIME_NONE || b->from < a->until) &&
           (b->until == AB_TIME_NONE || a->from < b->until);
}

/* Are its days such as it says? */
static bool is_sound(const ab_check *check, int32_t row)
{
    const ab_agreement *a = &check->op->agreements.at[row];
    return a->from != AB_TIME_NONE && (a->until == AB_TIME_NONE || a->until > a->from) &&
           !ab__check_told(check, AB_TABLE_agreements, row, AB_COL_agreement_until);
}

/* Of a group: the first earlier member, in the order of the table, that never holds together with this one. */
static void check_together(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_agreement *a = &op->agreements.at[row];
    if (a->link_group[0] == '\0' || !is_sound(check, row))
        return;
    for (int32_t r = 0; r < row; r++) {
        const ab_agreement *b = &op->agreements.at[r];
        if (strcmp(a->link_group, b->link_group) != 0 || !is_sound(check, r) || overlap(a, b))
            continue;
        ab__check_expect(check,
                         (ab_finding){.code = AB_ISSUE_LINKED_APART,
                                      .table = AB_TABLE_agreements,
                                      .row = row,
                                      .column = AB_COL_agreement_from,
                                      .hint = "linked agreements are used only together"},
                         "days on which %s of the same group holds, too", b->id);
        return;
    }
}

void ab__check_scopes(ab_check *check)
{
    int64_t count = check->op->agreements.count;
    if (count * check->op->stocks.count > PAIRS_MOST || count * count > PAIRS_MOST)
        return;
    for (int32_t r = 0; r < check->op->agreements.count; r++) {
        check_use(check, r);
        check_together(check, r);
    }
}
