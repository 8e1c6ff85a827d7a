/* Figures that say nothing without another one. */
#include "model/check.h"

typedef struct dependent {
    int32_t table, column, needs;
} dependent;

static const dependent dependents[] = {
    {AB_TABLE_hubs, AB_COL_hub_runway_surface, AB_COL_hub_runway_m},
    {AB_TABLE_vehicles, AB_COL_vehicle_ferry_range_m, AB_COL_vehicle_payload_full_range_m},
    {AB_TABLE_vehicles, AB_COL_vehicle_exit_interval_s, AB_COL_vehicle_drop_speed_mps},
    {AB_TABLE_agreements, AB_COL_agreement_link_people_ratio, AB_COL_agreement_link_group},
    {AB_TABLE_requests, AB_COL_request_reply_at, AB_COL_request_reply},
    {AB_TABLE_requests, AB_COL_request_valid_from, AB_COL_request_reply},
    {AB_TABLE_requests, AB_COL_request_valid_until, AB_COL_request_reply},
    {AB_TABLE_dropsystems, AB_COL_dropsystem_failures_observed, AB_COL_dropsystem_drops_observed},
    {AB_TABLE_movements, AB_COL_movement_canopies_dropped, AB_COL_movement_dropsystem},
    {AB_TABLE_movements, AB_COL_movement_canopies_failed, AB_COL_movement_canopies_dropped},
};

static void check_row(ab_check *check, const dependent *of, int32_t row)
{
    const ab_row_head *head = ab__check_row(check, of->table, row);
    if (!ab_given(head, of->column) || ab_given(head, of->needs))
        return;
    ab_buf expected = AB_BUF_INIT;
    ab__buf_printf(&expected, "%s beside it", ab__check_column(of->table, of->needs)->name);
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_RANGE_NOT_USED,
                                        .table = of->table,
                                        .row = row,
                                        .column = of->column,
                                        .expected = ab__buf_text(&expected),
                                        .hint = "without that it has no effect"});
    ab__buf_free(&expected);
}

void ab__check_unused(ab_check *check)
{
    for (size_t i = 0; i < sizeof dependents / sizeof dependents[0]; i++)
        for (int32_t r = 0; r < check->data.rows[dependents[i].table].count; r++)
            check_row(check, &dependents[i], r);
}
