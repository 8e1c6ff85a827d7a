#include "drop/body.h"

#include <math.h>

#include "base/c_locale.h"

static const double PI = 3.14159265358979323846, FOOT_M = 0.3048;

/* By type of canopy (Knacke, Parachute Recovery Systems Design Manual, 1992): how its drag area grows, its drag coefficient over the nominal area,
 * fill time in diameters over speed, and what share of the air in it moves with it (Heinrich's factor for its porosity, as
 * in RocketPy). Of the flat circular one the fill time is 2.5 D / V^0.85, in feet and feet a second. That of a cross is assumed: Knacke's law for it, 8.7 times
 * the drag area over V^0.9, gives a canopy of 220 m2 minutes to fill, so its 8.7 is taken for diameters, as of the others. */
typedef struct canopy {
    double exponent, drag_coefficient, fill_diameters, moves_frac;
} canopy;

static canopy canopy_of(ab_canopy type)
{
    switch (type) {
    case AB_CANOPY_RINGSLOT:
        return (canopy){1, 0.56, 14, 0.75};
    case AB_CANOPY_RIBBON:
        return (canopy){1, 0.5, 8, 0.75};
    case AB_CANOPY_EXTENDED_SKIRT:
        return (canopy){2, 0.8, 12, 1};
    case AB_CANOPY_CROSS:
        return (canopy){3, 0.7, 8.7, 1};
    default:
        return (canopy){6, 0.735, 2.5, 1};
    }
}

static const double PROJECTED_FRAC = 2.0 / 3; /* of the nominal diameter, of a full canopy: Knacke 1992 */
/* Before it opens: a container with its packed canopy, 1.5 m2 at 1,000 kg; a sack of 50 kg 0.35 m2 (0.2 to 0.5). Assumed. */
static const double CONTAINER_M2 = 1.5, CONTAINER_KG = 1000, SACK_M2 = 0.35, SACK_KG = 50;
static const double DELAY_S = 1; /* from exit to line stretch; assumed */

static double nominal_diameter_m(const ab_dropsystem *system, double drag_area_m2)
{
    return sqrt(4 * drag_area_m2 / canopy_of((ab_canopy)system->canopy).drag_coefficient / PI);
}

static double fill_s(const ab_dropsystem *system, double drag_area_m2, double speed_mps)
{
    canopy c = canopy_of((ab_canopy)system->canopy);
    double diameter_ft = nominal_diameter_m(system, drag_area_m2) / FOOT_M, speed_ft_s = speed_mps / FOOT_M;
    double slowed = system->canopy == AB_CANOPY_FLAT_CIRCULAR ? pow(speed_ft_s, 0.85) : speed_ft_s;
    return c.fill_diameters * diameter_ft / slowed;
}

/* The air in the canopy, a half ellipsoid as deep as its radius: k (2/3) pi R^3. */
static double added_mass_m3(const ab_dropsystem *system, double drag_area_m2)
{
    double radius_m = PROJECTED_FRAC * nominal_diameter_m(system, drag_area_m2) / 2;
    return canopy_of((ab_canopy)system->canopy).moves_frac * 2 / 3 * PI * radius_m * radius_m * radius_m;
}

static double bare_m2(const ab_dropsystem *system, double load_kg)
{
    if (!isnan(system->bare_drag_area_m2))
        return system->bare_drag_area_m2;
    if (system->kind == AB_DROP_FREE)
        return isnan(system->drag_area_m2) ? SACK_M2 * pow(load_kg / SACK_KG, 2.0 / 3) : system->drag_area_m2;
    return CONTAINER_M2 * pow(load_kg / CONTAINER_KG, 2.0 / 3);
}

static void add_stage(ab_body *body, const ab_dropsystem *system, double begins_s, double begins_agl_m, double drag_area_m2,
                      double fill_time_s)
{
    body->stage[body->stage_count++] = (ab_stage){.begins_s = begins_s,
                                                  .begins_agl_m = begins_agl_m,
                                                  .drag_area_m2 = drag_area_m2,
                                                  .fill_time_s = fill_time_s,
                                                  .exponent = canopy_of((ab_canopy)system->canopy).exponent,
                                                  .added_mass_m3 = added_mass_m3(system, drag_area_m2)};
}

ab_body ab__drop_body(const ab_dropsystem *system, double load_kg, double airspeed_mps)
{
    ab_body body = {.mass_kg = load_kg, .bare_drag_area_m2 = bare_m2(system, load_kg)};
    if (system->kind == AB_DROP_FREE)
        return body;
    double begins_s = isnan(system->opening_delay_s) ? DELAY_S : system->opening_delay_s, begins_agl_m = NAN;
    double fill = isnan(system->fill_time_s) ? fill_s(system, system->drag_area_m2, airspeed_mps) : system->fill_time_s;
    if (system->reefed_drag_area_m2 > 0) {
        double first_s = fill_s(system, system->reefed_drag_area_m2, airspeed_mps);
        add_stage(&body, system, begins_s, NAN, system->reefed_drag_area_m2, first_s);
        begins_s = isnan(system->reefed_s) ? NAN : begins_s + system->reefed_s;
    }
    if (!isnan(system->open_agl_m) && (isnan(begins_s) || !(system->reefed_s > 0))) {
        begins_s = NAN;
        begins_agl_m = system->open_agl_m;
    }
    add_stage(&body, system, begins_s, begins_agl_m, system->drag_area_m2, fill);
    return body;
}

bool ab__drop_body_flaw(const ab_dropsystem *system, double load_kg, double airspeed_mps, ab__drop_flaw *flaw)
{
    if (system->kind == AB_DROP_FREE)
        return false;
    if (ab__drop_flaw_of(system, load_kg, flaw))
        return true;
    ab_body body = ab__drop_body(system, load_kg, airspeed_mps);
    const char *text = ab__body_flaw(&body);
    flaw->column = text ? AB_COL_dropsystem_drag_area_m2 : flaw->column;
    (void)ab__c_snprintf(flaw->expected, sizeof flaw->expected, "%s", text ? text : "");
    (void)ab__c_snprintf(flaw->found, sizeof flaw->found, "%.6g", system->drag_area_m2);
    return text != NULL;
}
