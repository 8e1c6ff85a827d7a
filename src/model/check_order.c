/* Pairs of figures of which one bounds the other. */
#include <math.h>

#include "model/check.h"
#include "schema/convert.h"

typedef struct pair {
    int32_t code, table, lesser, greater;
    bool greater_is_wrong; /* which of the two the message names */
} pair;

static const pair pairs[] = {
    {AB_ISSUE_LOW_BEST_HIGH, AB_TABLE_places, AB_COL_place_population_low, AB_COL_place_population,
     false},
    {AB_ISSUE_LOW_BEST_HIGH, AB_TABLE_places, AB_COL_place_population, AB_COL_place_population_high,
     true},
    {AB_ISSUE_OUT_OF_RANGE, AB_TABLE_dropsystems, AB_COL_dropsystem_load_min_kg,
     AB_COL_dropsystem_load_max_kg, true},
    {AB_ISSUE_OUT_OF_RANGE, AB_TABLE_dropsystems, AB_COL_dropsystem_release_min_agl_m,
     AB_COL_dropsystem_release_max_agl_m, true},
    {AB_ISSUE_OUT_OF_RANGE, AB_TABLE_dropsystems, AB_COL_dropsystem_failures_observed,
     AB_COL_dropsystem_drops_observed, false},
    {AB_ISSUE_OUT_OF_RANGE, AB_TABLE_movements, AB_COL_movement_canopies_failed, AB_COL_movement_canopies_dropped, false},
    {AB_ISSUE_OUT_OF_RANGE, AB_TABLE_vehicles, AB_COL_vehicle_payload_full_range_m,
     AB_COL_vehicle_ferry_range_m, true},
};

static void check_row(ab_check *check, const pair *of, int32_t row)
{
    double lesser = ab__check_number(check, of->table, row, of->lesser);
    double greater = ab__check_number(check, of->table, row, of->greater);
    if (isnan(lesser) || isnan(greater) || lesser <= greater)
        return;
    int32_t wrong = of->greater_is_wrong ? of->greater : of->lesser;
    int32_t other = of->greater_is_wrong ? of->lesser : of->greater;
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "at %s %s, ", of->greater_is_wrong ? "least" : "most",
                   ab__check_column(of->table, other)->name);
    ab__cell_write(&check->data, ab__check_column(of->table, other),
                   ab__check_row(check, of->table, row), &expected);
    ab__check_raise(check, (ab_finding){.code = of->code,
                                        .table = of->table,
                                        .row = row,
                                        .column = wrong,
                                        .expected = ab__buf_text(&expected)});
    ab__buf_free(&expected);
}

void ab__check_order(ab_check *check)
{
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        for (int32_t r = 0; r < check->data.rows[pairs[i].table].count; r++)
            check_row(check, &pairs[i], r);
}
