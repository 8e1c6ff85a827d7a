/* Drops: that systems, aircraft and packages fit one another, and that there are parachutes. */
#include <math.h>

#include "model/airdrop.h"
#include "model/check.h"

enum { PAIRS_MOST = 20000000 }; /* aircraft times drop systems; larger operations go without */

static ab_finding of_system(int32_t code, int32_t row, int32_t column, const char *hint)
{
    return (ab_finding){
        .code = code, .table = AB_TABLE_dropsystems, .row = row, .column = column, .hint = hint};
}

static bool drops(const ab_vehicle *v)
{
    return v->mode == AB_MODE_AIR && v->count != 0 && v->drop_speed_mps > 0;
}

/* The greatest payload of an aircraft that drops, kg; 0: none does; INFINITY: not known. */
static double greatest_drop_kg(const ab_check *check)
{
    double most_kg = 0;
    for (int32_t v = 0; v < check->op->vehicles.count; v++) {
        const ab_vehicle *vehicle = &check->op->vehicles.at[v];
        if (!drops(vehicle))
            continue;
        bool known = !isnan(vehicle->payload_kg) &&
                     !ab__check_told(check, AB_TABLE_vehicles, v, AB_COL_vehicle_payload_kg);
        most_kg = fmax(most_kg, known ? vehicle->payload_kg : INFINITY);
    }
    return most_kg;
}

/* Does some commodity survive this kind of drop, and is one of their packages light enough? Where no
 * commodity says how it may be dropped, nothing is known. */
static void check_loads(ab_check *check, int32_t row)
{
    const ab_dropsystem *system = &check->op->dropsystems.at[row];
    bool survives = false, fits = false, said = false;
    for (int32_t c = 0; c < check->op->commodities.count; c++) {
        const ab_commodity *commodity = &check->op->commodities.at[c];
        said |= commodity->drop != 0;
        if (system->kind < 0 || (commodity->drop >> system->kind & 1u) == 0)
            continue;
        survives = true;
        fits |= !(commodity->package_kg > system->load_max_kg);
    }
    if (said && !survives && system->kind >= 0)
        ab__check_expect(check,
                         of_system(AB_ISSUE_NOTHING_TO_DROP, row, AB_COL_dropsystem_kind,
                                   "see the column drop of commodities"),
                         "a kind of drop that some commodity survives");
    else if (survives && !fits)
        ab__check_expect(check,
                         of_system(AB_ISSUE_NOTHING_TO_DROP, row, AB_COL_dropsystem_load_max_kg,
                                   "every package that may be dropped so is heavier"),
                         "a load of a package or more");
}

static void check_canopies(ab_check *check, int32_t row)
{
    const ab_dropsystem *system = &check->op->dropsystems.at[row];
    if (system->kind != AB_DROP_FREE && system->canopies_in_stock == 0)
        ab__check_expect(check,
                         of_system(AB_ISSUE_NO_CANOPIES, row, AB_COL_dropsystem_canopies_in_stock,
                                   "without canopies nothing is dropped by it"),
                         "one canopy or more");
    else if (system->rigged_per_day == 0)
        ab__check_expect(check,
                         of_system(AB_ISSUE_NO_CANOPIES, row, AB_COL_dropsystem_rigged_per_day,
                                   "without rigging nothing is dropped by it"),
                         "one load a day or more");
}

/* An aircraft that drops, and no system that may be released at its speed or that it lifts. */
static void check_aircraft(ab_check *check, int32_t row)
{
    const ab_vehicle *v = &check->op->vehicles.at[row];
    bool slow = false, lifts = false;
    if (!drops(v) || check->op->dropsystems.count == 0)
        return;
    for (int32_t s = 0; s < check->op->dropsystems.count; s++) {
        const ab_dropsystem *system = &check->op->dropsystems.at[s];
        bool may = !(v->drop_speed_mps > system->airspeed_max_mps);
        slow |= may;
        lifts |= may && !(system->load_min_kg > v->payload_kg);
    }
    if (lifts)
        return;
    ab__check_expect(
        check,
        (ab_finding){.code = AB_ISSUE_NOTHING_TO_DROP,
                     .table = AB_TABLE_vehicles,
                     .row = row,
                     .column = slow ? AB_COL_vehicle_payload_kg : AB_COL_vehicle_drop_speed_mps,
                     .hint = slow ? "see load_min_kg of dropsystems"
                                  : "see airspeed_max_km_h of dropsystems"},
        slow ? "a payload for the lightest load of a drop system"
             : "a speed at which some drop system may be released");
}

/* Are drops worked out by a wind, so that the system must be whole? */
static bool works_out(const ab_operation *op)
{
    return op->dropzones.count > 0 && (op->wind.count > 0 || op->settings->wind[0]);
}

/* Does its canopy bear what some aircraft would hang under it? */
static void check_canopy(ab_check *check, int32_t row)
{
    const ab_operation *op = check->op;
    const ab_dropsystem *system = &op->dropsystems.at[row];
    double loads, load_kg;
    ab__drop_flaw flaw;
    for (int32_t v = 0; v < op->vehicles.count; v++) {
        const ab_vehicle *vehicle = &op->vehicles.at[v];
        if (system->kind < 0 || !drops(vehicle) || !ab__drop_loads(vehicle, system, vehicle->payload_kg, &loads, &load_kg) ||
            !ab__drop_flaw_of(system, load_kg, &flaw) || (!flaw.found[0] && !works_out(op)))
            continue;
        ab__check_raise(check, (ab_finding){.code = AB_ISSUE_CANOPY_OVERLOADED, .table = AB_TABLE_dropsystems, .row = row,
                                            .column = flaw.column, .expected = flaw.expected,
                                            .hint = "compare load_max_kg and drag_area_m2 with the maker's sheet, or see the kind",
                                            .only_warning = !works_out(op)});
        return;
    }
}

void ab__check_drops(ab_check *check)
{
    double most_kg = greatest_drop_kg(check);
    for (int32_t r = 0; r < check->op->dropsystems.count; r++) {
        const ab_dropsystem *system = &check->op->dropsystems.at[r];
        check_canopies(check, r);
        if (most_kg > 0 && system->load_min_kg > most_kg)
            ab__check_expect(check,
                             of_system(AB_ISSUE_NOTHING_TO_DROP, r, AB_COL_dropsystem_load_min_kg,
                                       "no aircraft lifts one load of it"),
                             "at most %.6g kg, the greatest payload of an aircraft that drops",
                             most_kg);
        else
            check_loads(check, r);
    }
    if ((int64_t)check->op->vehicles.count * check->op->dropsystems.count > PAIRS_MOST)
        return;
    for (int32_t r = 0; r < check->op->vehicles.count; r++)
        check_aircraft(check, r);
    for (int32_t r = 0; r < check->op->dropsystems.count; r++)
        check_canopy(check, r);
}
