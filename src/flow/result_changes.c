/* What differs from the plan before. */
#include <string.h>

#include "flow/result.h"

/* Why the first trip of a departure cannot go as it did; "": it could. */
static const char *why(const ab_before *before, const ab_trip_row *trip)
{
    const ab_trip_row *rows = before->results->rows[AB_TABLE_trips].at;

    return trip ? before->held[trip - rows].why : "";
}

static void fill_row(ab_change_row *row, const ab_before *before, const ab_trip_change *change)
{
    const ab_trip_row *trip = change->after ? change->after : change->before;

    *row = (ab_change_row){
        .kind = ab_trip_change_word(change->kind),
        .trip_before = change->ids_before,
        .trip = change->ids_after,
        .means = trip->means,
        .vehicle = trip->vehicle,
        .hub = trip->hub,
        .place = trip->place,
        .to_hub = trip->to_hub,
        .depart_before = change->before ? change->before->depart : AB_TIME_NONE,
        .depart = change->after ? change->after->depart : AB_TIME_NONE,
        .vehicles_before = change->vehicles_before,
        .vehicles = change->vehicles_after,
        .mass_before_kg = change->before_kg,
        .mass_kg = change->after_kg,
        .because = why(before, change->before),
    };
}

bool ab__table_changes(ab_result *result, const ab_stages *stages)
{
    ab_data after = {ab_result_schema(), result->rows};
    int32_t count = 0;

    if (!stages->before)
        return true;
    if (ab_trip_changes_make(stages->before->results, &after, stages->before->from, &result->changes, NULL) != AB_OK)
        return false;
    ab_change_row *row = AB_NEW(result->arena, ab_change_row, result->changes->count);
    for (int32_t i = 0; row && i < result->changes->count; i++)
        if (result->changes->at[i].kind != AB_TRIP_KEPT)
            fill_row(&row[count++], stages->before, &result->changes->at[i]);
    result->rows[AB_TABLE_changes] = (ab_rows){row, count};
    return row != NULL;
}
