/* Vehicles: that each lifts a package of what lies at its base, and reaches some place and returns. */
#include <math.h>

#include "geo/geodesic.h"
#include "model/check.h"

static bool is_too_large(const ab_vehicle *v, const ab_commodity *c)
{
    return c->package_kg > v->payload_kg ||
           c->package_m3 > v->payload_m3; /* false where not known */
}

/* Of each commodity at its base: the first that is too heavy or too large. */
static void check_packages(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_vehicle *v = &op->vehicles.at[row];
    for (int32_t s = 0; v->base >= 0 && s < op->stocks.count; s++) {
        const ab_stock *stock = &op->stocks.at[s];
        if (stock->hub != v->base || stock->commodity < 0)
            continue;
        const ab_commodity *c = &op->commodities.at[stock->commodity];
        if (!is_too_large(v, c))
            continue;
        bool heavy = c->package_kg > v->payload_kg;
        ab__check_expect(
            check,
            (ab_finding){.code = AB_ISSUE_PACKAGE_TOO_HEAVY,
                         .table = AB_TABLE_vehicles,
                         .row = row,
                         .column = heavy ? AB_COL_vehicle_payload_kg : AB_COL_vehicle_payload_m3,
                         .hint = "it can take none of it: compare the two tables"},
            heavy ? "a payload for a package of %s at its base, %.6g t"
                  : "room for a package of %s at its base, %.6g m3",
            c->id, heavy ? c->package_kg / 1000 : c->package_m3);
        return;
    }
}

static double longest_leg_m(const ab_vehicle *v)
{
    double range_m = fmax(v->payload_full_range_m, v->ferry_range_m); /* fmax leaves NaN out */
    return isnan(range_m) ? INFINITY : range_m / 2;
}

/* An aircraft comes home on the fuel that it left with. */
static void check_reach(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_vehicle *v = &op->vehicles.at[row];
    double nearest_m = INFINITY, leg_m = longest_leg_m(v), lon_deg, lat_deg, at_lon_deg, at_lat_deg;
    if (v->base < 0 || isinf(leg_m) ||
        !ab__check_position(check, AB_TABLE_hubs, v->base, &lon_deg, &lat_deg))
        return;
    for (int32_t p = 0; p < op->places.count && nearest_m > leg_m; p++)
        if (ab__check_position(check, AB_TABLE_places, p, &at_lon_deg, &at_lat_deg))
            nearest_m = fmin(nearest_m, ab__geodesic_m(lon_deg, lat_deg, at_lon_deg, at_lat_deg));
    if (nearest_m <= leg_m || isinf(nearest_m))
        return;
    int32_t column =
        v->ferry_range_m > 0 ? AB_COL_vehicle_ferry_range_m : AB_COL_vehicle_payload_full_range_m;
    ab__check_expect(check,
                     (ab_finding){.code = AB_ISSUE_OUT_OF_REACH,
                                  .table = AB_TABLE_vehicles,
                                  .row = row,
                                  .column = column,
                                  .hint = "as it is, it cannot fly to any place and back"},
                     "a range there and back to the nearest place, %.0f km or more",
                     2 * nearest_m / 1000);
}

void ab__check_lift(ab_check *check)
{
    enum {
        PAIRS_MOST = 20000000
    }; /* vehicles times stocks or places; larger operations go without */
    const ab_operation *op = check->op;
    int64_t other = op->stocks.count > op->places.count ? op->stocks.count : op->places.count;
    if (op->vehicles.count * other > PAIRS_MOST)
        return;
    for (int32_t r = 0; r < op->vehicles.count; r++) {
        check_packages(check, r);
        if (op->vehicles.at[r].mode == AB_MODE_AIR || op->vehicles.at[r].mode == AB_MODE_HELICOPTER)
            check_reach(check, r);
    }
}
