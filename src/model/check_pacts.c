/* Agreements of one authority that contradict each other: for the same subject, mode and goods, at the same time,
 * with other figures. Which of the two decides stands in docs/models/access.md. */
#include <math.h>

#include "airbridge/authority.h"
#include "model/check.h"
#include "schema/convert.h"

enum { PAIRS_MOST = 4000000, DAY_S = 86400 }; /* of agreements; larger operations go without */

typedef struct pacts {
    const ab_authorities *authorities;
    int32_t earlier, later; /* the two, by their rows */
    int32_t authority;      /* that both are with */
    const ab_agreement *a, *b;
} pacts;

/* ---- Are they about the same? ---- */

static int32_t common_party(const ab_authorities *of, int32_t row, int32_t other)
{
    for (int32_t i = 0; i < of->parties[row].count; i++)
        for (int32_t j = 0; j < of->parties[other].count; j++)
            if (of->parties[row].at[i] == of->parties[other].at[j])
                return of->parties[row].at[i];
    return -1;
}

static bool has_subject(const ab_refs *subjects, ab_ref subject)
{
    for (int32_t i = 0; i < subjects->count; i++)
        if (subjects->at[i].table == subject.table && subjects->at[i].row == subject.row)
            return subject.row >= 0; /* not one that could not be read */
    return false;
}

static int32_t subjects_within(const ab_refs *these, const ab_refs *those)
{
    int32_t count = 0;
    for (int32_t i = 0; i < these->count; i++)
        count += has_subject(those, these->at[i]);
    return count;
}

/* One that names a subject is no contradiction of one that names none. */
static bool share_a_subject(const ab_agreement *a, const ab_agreement *b)
{
    return (a->subjects.count == 0 && b->subjects.count == 0) ||
           subjects_within(&a->subjects, &b->subjects) > 0;
}

static bool same_subjects(const ab_agreement *a, const ab_agreement *b)
{
    return subjects_within(&a->subjects, &b->subjects) == a->subjects.count &&
           subjects_within(&b->subjects, &a->subjects) == b->subjects.count;
}

static bool same_goods(const ab_operation *op, const ab_agreement *a, const ab_agreement *b)
{
    for (int32_t c = 0; c < op->commodities.count; c++)
        if (ab_scope_has(op, &a->commodities, c) != ab_scope_has(op, &b->commodities, c))
            return false;
    return true;
}

static bool overlap(const ab_agreement *a, const ab_agreement *b)
{
    bool a_first = b->from == AB_TIME_NONE || a->until == AB_TIME_NONE || b->from < a->until;
    bool b_first = a->from == AB_TIME_NONE || b->until == AB_TIME_NONE || a->from < b->until;
    return a_first && b_first;
}

/* ---- What contradicts ---- */

static void tell(ab_check *check, const pacts *of, int32_t column, const char *rule)
{
    const ab_data *data = &check->data;
    ab_buf value = AB_BUF_INIT, hint = AB_BUF_INIT;
    ab__cell_write(data, ab__check_column(AB_TABLE_agreements, column), of->a, &value);
    ab__buf_printf(&hint,
                   "%s (docs/models/access.md); if one replaces the other, end that one where the "
                   "other begins",
                   rule);
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_AGREED_OTHERWISE,
                                  .table = AB_TABLE_agreements,
                                  .row = of->later,
                                  .column = column,
                                  .hint = ab__buf_text(&hint)},
                     "%s, as agreement %s of line %d has it with %s for the same at the same time",
                     ab__buf_text(&value), of->a->id, (int)of->a->head.line,
                     of->authorities->at[of->authority].name);
    ab__buf_free(&value);
    ab__buf_free(&hint);
}

/* A quota is of all subjects together. */
static void check_quotas(ab_check *check, const pacts *of)
{
    static const char rule[] = "both bind, so the smaller quota decides";
    if (!same_subjects(of->a, of->b))
        return;
    if (of->a->quota_trips_per_day >= 0 && of->b->quota_trips_per_day >= 0 &&
        of->a->quota_trips_per_day != of->b->quota_trips_per_day)
        tell(check, of, AB_COL_agreement_quota_trips_per_day, rule);
    if (!isnan(of->a->quota_kg_per_day) && !isnan(of->b->quota_kg_per_day) &&
        fabs(of->a->quota_kg_per_day - of->b->quota_kg_per_day) > 1e-6)
        tell(check, of, AB_COL_agreement_quota_kg_per_day, rule);
}

static bool all_day(const ab_agreement *a)
{
    return a->daily_from_s <= 0 && a->daily_until_s >= DAY_S;
}

/* Hours that do not overlap complete each other: an evening and the small hours are one night. */
static void check_hours(ab_check *check, const pacts *of)
{
    static const char rule[] = "the hours of either may be used";
    const ab_agreement *a = of->a, *b = of->b;
    if (all_day(a) || all_day(b) || a->daily_from_s < 0 || b->daily_from_s < 0 ||
        a->daily_from_s >= b->daily_until_s || b->daily_from_s >= a->daily_until_s)
        return;
    if (a->daily_from_s != b->daily_from_s)
        tell(check, of, AB_COL_agreement_daily_from_s, rule);
    if (a->daily_until_s != b->daily_until_s)
        tell(check, of, AB_COL_agreement_daily_until_s, rule);
}

static void check_hold(ab_check *check, const pacts *of)
{
    const ab_agreement *a = of->a, *b = of->b;
    if (a->kind != b->kind) /* a truce may hold and its corridor not */
        return;
    bool permits = a->kind == AB_AGREED_CORRIDOR || a->kind == AB_AGREED_CLEARANCE;
    bool both = ab_given(&a->head, AB_COL_agreement_hold_prob_per_day) &&
                ab_given(&b->head, AB_COL_agreement_hold_prob_per_day);
    if (both && fabs(a->hold_prob_per_day - b->hold_prob_per_day) > 1e-9)
        tell(check, of, AB_COL_agreement_hold_prob_per_day,
             permits ? "the surer one decides" : "neither counts, as this kind permits nothing");
}

static void check_pair(ab_check *check, const ab_authorities *authorities, int32_t earlier,
                       int32_t later)
{
    const ab_agreement *a = &check->op->agreements.at[earlier];
    const ab_agreement *b = &check->op->agreements.at[later];
    /* A mere quota may say what can be run, which is no contradiction of what is let through. */
    bool comparable = (a->kind == AB_AGREED_QUOTA) == (b->kind == AB_AGREED_QUOTA);
    if (a->kind < 0 || b->kind < 0 || !comparable || a->mode != b->mode || !overlap(a, b) ||
        !share_a_subject(a, b))
        return;
    int32_t authority = common_party(authorities, earlier, later);
    if (authority < 0 || !same_goods(check->op, a, b))
        return;
    pacts of = {authorities, earlier, later, authority, a, b};
    check_quotas(check, &of);
    check_hours(check, &of);
    check_hold(check, &of);
}

void ab__check_pacts(ab_check *check)
{
    ab_error err = AB_ERROR_INIT;
    ab_authorities *authorities;
    int64_t count = check->op->agreements.count;
    if (count < 2 || count * count > PAIRS_MOST)
        return;
    if (ab_authorities_make(check->op, &authorities, &err) != AB_OK) {
        check->no_memory = true;
        return;
    }
    for (int32_t later = 1; later < count; later++)
        for (int32_t earlier = 0; earlier < later; earlier++)
            check_pair(check, authorities, earlier, later);
    ab_authorities_free(authorities);
}
