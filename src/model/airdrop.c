#include "model/airdrop.h"

#include <math.h>

#include "base/c_locale.h"

/* Faster than this at sea level a load is not carried: 8.5 m/s is usual for lv, 21 to 27 for hv. */
static const double FASTEST_LV_MPS = 13, FASTEST_HV_MPS = 35;
static const double DENSITY_0 = 1.225, GRAVITY_MPS2 = 9.80665;

/* As many containers as there are positions for, each as heavy as the payload and the system allow. Where the system's lightest load
 * forbids so many, fewer. Sacks in free fall need no position. */
bool ab__drop_loads(const ab_vehicle *vehicle, const ab_dropsystem *system, double payload_kg, double *loads, double *load_kg)
{
    if (vehicle->drop_speed_mps > system->airspeed_max_mps) /* false where it is not known */
        return false;
    bool positions = vehicle->pallets > 0 && system->kind != AB_DROP_FREE;
    double most = positions ? (double)vehicle->pallets : floor(payload_kg / system->load_max_kg);
    double lightest_kg = isnan(system->load_min_kg) ? 0 : system->load_min_kg;
    *loads = lightest_kg > 0 ? fmin(most, floor(payload_kg / lightest_kg)) : most;
    *load_kg = *loads >= 1 ? fmin(system->load_max_kg, payload_kg / *loads) : 0;
    return *loads >= 1;
}

/* ---- The record ---- */

/* What is believed of canopy failures before a system's own record: Beta with mean 3 % (trained riggers, range 1.5 to 6 %; first use 10 to
 * 19 %), weighing as much as thirty loads. From reported drops over Deir ez-Zor in 2016 and Gaza in 2024. */
static const double PRIOR_FAILED = 0.9, PRIOR_OPENED = 29.1;
static const ab_time DAY_S = 86400;

static double known(int64_t count)
{
    return count > 0 ? (double)count : 0;
}

/* Before the operation, or on a day of it that is past. */
static bool has_happened(const ab_operation *op, int32_t movement)
{
    ab_time day = op->movements.at[movement].date;
    int32_t t;
    if (day == AB_TIME_NONE)
        return false;
    ab_time begins = day - (ab_time)llround(op->settings->utc_offset_s);
    return ab_known_at(op, begins) && (begins + DAY_S <= op->settings->start || ab_movement_is_past(op, movement, &t));
}

ab__drop_record ab__drop_record_of(const ab_operation *op, const ab_dropsystem *system)
{
    ab__drop_record r = {.dropped = known(system->drops_observed)};
    r.failed = fmin(r.dropped, known(system->failures_observed));
    for (int32_t i = 0; op && i < op->movements.count; i++) {
        const ab_movement *m = &op->movements.at[i];
        if (m->dropsystem != (int32_t)(system - op->dropsystems.at) || !has_happened(op, i))
            continue;
        r.moved += known(m->canopies_dropped);
        r.failed += fmin(known(m->canopies_dropped), known(m->canopies_failed));
    }
    r.dropped += r.moved;
    r.alpha = PRIOR_FAILED + r.failed;
    r.beta = PRIOR_OPENED + r.dropped - r.failed;
    return r;
}

/* ---- The canopy ---- */

static bool flawed(ab__drop_flaw *flaw, int32_t column, double found, const char *expected)
{
    flaw->column = column;
    (void)ab__c_snprintf(flaw->expected, sizeof flaw->expected, "%s", expected);
    (void)ab__c_snprintf(flaw->found, sizeof flaw->found, "%.6g", found);
    if (isnan(found))
        flaw->found[0] = '\0';
    return true;
}

bool ab__drop_flaw_of(const ab_dropsystem *system, double load_kg, ab__drop_flaw *flaw)
{
    double area_m2 = system->drag_area_m2;
    char expected[sizeof flaw->expected];

    if (system->kind == AB_DROP_FREE)
        return false;
    if (isnan(area_m2) || area_m2 <= 0)
        return flawed(flaw, AB_COL_dropsystem_drag_area_m2, area_m2, "the drag area of the open canopy");
    if (system->reefed_drag_area_m2 > area_m2)
        return flawed(flaw, AB_COL_dropsystem_reefed_drag_area_m2, system->reefed_drag_area_m2, "less than drag_area_m2");
    if (system->reefed_drag_area_m2 > 0 && isnan(system->reefed_s) && isnan(system->open_agl_m))
        return flawed(flaw, AB_COL_dropsystem_reefed_s, NAN, "how long it stays reefed, or open_agl_m");
    double fastest_mps = system->kind == AB_DROP_LV ? FASTEST_LV_MPS : FASTEST_HV_MPS;
    double speed_mps = sqrt(2 * load_kg * GRAVITY_MPS2 / (DENSITY_0 * area_m2));
    if (!(speed_mps > fastest_mps))
        return false;
    (void)ab__c_snprintf(expected, sizeof expected, "%.4g m2 or more, for %.0f kg to fall by %.0f m/s or less at sea level",
                         2 * load_kg * GRAVITY_MPS2 / (DENSITY_0 * fastest_mps * fastest_mps), load_kg, fastest_mps);
    return flawed(flaw, AB_COL_dropsystem_drag_area_m2, area_m2, expected);
}
