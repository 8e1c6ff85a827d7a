#include "flow/result.h"

bool ab__table_needs(ab_result *result, const ab_stages *stages)
{
    const ab_need *need = stages->need;
    int32_t count = need->place_count * need->group_count;
    ab_need_row *row = AB_NEW(result->arena, ab_need_row, count);

    if (!row)
        return false;
    for (int32_t p = 0; p < need->place_count; p++) {
        for (int32_t g = 0; g < need->group_count; g++) {
            const ab_need_group *group = &need->group[g];
            row[p * need->group_count + g] = (ab_need_row){
                .place = stages->op->places.at[p].id,
                .category = ab_codes_category.codes[group->category].word,
                .group = group->name,
                .people = stages->op->places.at[p].population,
                .per_day = need->people[p] * group->per_person_day,
                .per_day_low = need->people_low[p] * group->per_person_day,
                .per_day_high = need->people_high[p] * group->per_person_day,
                .unit = group->unit,
                .in_place = need->stock[p * need->group_count + g],
                .days_without_s = need->cut_off_s[p],
            };
        }
    }
    result->rows[AB_TABLE_needs] = (ab_rows){row, count};
    return true;
}
