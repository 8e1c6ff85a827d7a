/* Commodities: how many, and that each meets a need. */
#include <math.h>

#include "model/check.h"

enum { COMMODITIES_MOST = 64 }; /* sets of them are 64 bits everywhere (access.h, trips.h) */

static void raise_no_need(ab_check *check, int32_t row, int32_t column, const char *expected,
                          const char *hint)
{
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_NO_NEED,
                                        .table = AB_TABLE_commodities,
                                        .row = row,
                                        .column = column,
                                        .expected = expected,
                                        .hint = hint});
}

/* Where no food states a need, all food is one group and no row has to (need.h). */
static bool food_states_needs(const ab_check *check)
{
    for (int32_t r = 0; r < check->op->commodities.count; r++) {
        const ab_commodity *c = &check->op->commodities.at[r];
        if (c->category == AB_CATEGORY_FOOD && c->need_kg_per_person_day > 0)
            return true;
    }
    return false;
}

static void check_food(ab_check *check, int32_t row, bool needs_stated)
{
    const ab_commodity *c = &check->op->commodities.at[row];
    if (!(c->kcal_per_kg > 0))
        raise_no_need(check, row, AB_COL_commodity_kcal_per_kg, "the energy of a food",
                      "as it is, it feeds nobody");
    if (needs_stated && !(c->need_kg_per_person_day > 0) && c->group[0] == '\0')
        raise_no_need(check, row, AB_COL_commodity_need_kg_per_person_day,
                      "a need of a person a day, or a group whose need it can meet",
                      "as it is, it feeds nobody");
}

static void check_served(ab_check *check, int32_t row, const char *hint)
{
    const ab_commodity *c = &check->op->commodities.at[row];
    bool people = c->serves_people > 0;
    if (people && c->serves_s > 0)
        return;
    raise_no_need(
        check, row, people ? AB_COL_commodity_serves_s : AB_COL_commodity_serves_people,
        people ? "the days for which a package serves" : "the people whom a package serves", hint);
}

void ab__check_commodities(ab_check *check)
{
    bool needs_stated = food_states_needs(check);
    int32_t count = check->op->commodities.count;
    for (int32_t r = 0; r < count; r++) {
        const ab_commodity *c = &check->op->commodities.at[r];
        if (c->category == AB_CATEGORY_FOOD)
            check_food(check, r, needs_stated);
        else if (c->category == AB_CATEGORY_MEDICAL)
            check_served(check, r, "as it is, it helps nobody");
        else if (c->category == AB_CATEGORY_WATER && !(c->need_kg_per_person_day > 0))
            check_served(check, r, "or the need of a person a day; as it is, it helps nobody");
    }
    if (count <= COMMODITIES_MOST)
        return;
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "at most %d commodities, not %d", COMMODITIES_MOST, (int)count);
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_TOO_LONG,
                                        .table = AB_TABLE_commodities,
                                        .row = COMMODITIES_MOST,
                                        .column = AB_COL_commodity_id,
                                        .expected = ab__buf_text(&expected),
                                        .hint = "this row is the first one too many"});
    ab__buf_free(&expected);
}
