/* A plan once more, under the setting that does better on worlds. docs/models/worlds.md */
#include <stdio.h>
#include <string.h>

#include "flow/result.h"

const char *ab_result_better(const ab_result *result)
{
    return result->better_words;
}

/* The choice that led to `result` stands in it: the plan of the settings, the others, and which is best. */
static bool keep_choice(ab_result *result, const ab_result *first)
{
    const ab_rows *chosen = &first->rows[AB_TABLE_world_totals];
    ab_world_total *row = AB_NEW(result->arena, ab_world_total, chosen->count);
    for (int32_t i = 0; row && i < chosen->count; i++) {
        row[i] = ((const ab_world_total *)chosen->at)[i];
        row[i].plan = i == 0 ? "the plan of the settings" : ab__arena_text(result->arena, row[i].plan);
        if (!row[i].plan)
            return false;
    }
    result->rows[AB_TABLE_world_totals] = (ab_rows){row, chosen->count};
    memcpy(result->better_words, first->better_words, sizeof result->better_words);
    return row;
}

ab_status ab_flow_plan_better(const ab_operation *op, const ab_plan_options *options, ab_operation **better, ab_result **result,
                              ab_error *err)
{
    ab_plan_options once = *options;
    ab_result *other = NULL;
    char source[256];
    *better = NULL;
    once.improve = false;
    if ((*result)->better_column < 0)
        return AB_OK;
    snprintf(source, sizeof source, "chosen on worlds by `airbridge plan --improve`: %s", (*result)->better_words);
    ab_status status = ab_operation_with_number(op, (*result)->better_column, (*result)->better_value, source, better, err);
    if (status == AB_OK)
        status = ab_flow_plan(*better, &once, &other, err);
    if (status == AB_OK && !keep_choice(other, *result))
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while plans were compared on worlds");
    if (other) {
        ab_result_free(*result);
        *result = other;
    }
    return status;
}
