/* Vehicles: that they are of a kind that exists, and can do what their row implies. */
#include "model/check.h"

static void raise_lift(ab_check *check, int32_t row, int32_t column, const char *expected,
                       const char *hint)
{
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_CANNOT_LIFT,
                                        .table = AB_TABLE_vehicles,
                                        .row = row,
                                        .column = column,
                                        .expected = expected,
                                        .hint = hint});
}

static void check_mode(ab_check *check, int32_t row)
{
    int32_t mode = check->op->vehicles.at[row].mode;
    if (mode != AB_MODE_AIRLIFT && mode != AB_MODE_AIRDROP)
        return;
    ab__check_raise(check, (ab_finding){.code = AB_ISSUE_UNKNOWN_CODE,
                                        .table = AB_TABLE_vehicles,
                                        .row = row,
                                        .column = AB_COL_vehicle_mode,
                                        .expected = "road, air or helicopter",
                                        .hint = "write air: runway_needed_m says that it lands, "
                                                "drop_speed_km_h that it drops"});
}

static void check_aeroplane(ab_check *check, int32_t row)
{
    const ab_vehicle *v = &check->op->vehicles.at[row];
    if (!ab_given(&v->head, AB_COL_vehicle_runway_needed_m) &&
        !ab_given(&v->head, AB_COL_vehicle_drop_speed_mps))
        raise_lift(check, row, AB_COL_vehicle_runway_needed_m,
                   "the runway that it needs, or drop_speed_km_h",
                   "as it is, it neither lands at a place nor drops");
    if (v->base < 0)
        return;
    const ab_hub *base = &check->op->hubs.at[v->base];
    /* Two comparisons that are both false where a length is not known. */
    if (!(base->runway_m > 0)) {
        raise_lift(check, row, AB_COL_vehicle_base, "a hub with a runway",
                   "runway_m of that hub says none");
    } else if (base->runway_m < v->runway_needed_m) {
        ab_buf expected = AB_BUF_INIT;
        ab__buf_printf(&expected, "a hub with a runway of %.0f m or more", v->runway_needed_m);
        raise_lift(check, row, AB_COL_vehicle_base, ab__buf_text(&expected), NULL);
        ab__buf_free(&expected);
    }
}

void ab__check_vehicles(ab_check *check)
{
    for (int32_t r = 0; r < check->op->vehicles.count; r++) {
        check_mode(check, r);
        if (check->op->vehicles.at[r].mode == AB_MODE_AIR)
            check_aeroplane(check, r);
    }
}
