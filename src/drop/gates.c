#include "drop/gates.h"

#include <math.h>

#include "drop/sun.h"
#include "num/rice.h"
#include "phys/air.h"

/* Wind on the ground at which an lv load is dragged: 13 kt. Assumed; for personnel and G-12 containers 13 to 20 kt are in use. */
static const double SURFACE_LV_MPS = 6.69;
/* Measured wind older than this is stale, and so is a forecast that reaches farther ahead. Assumed. */
static const double MEASURED_FRESH_S = 3 * 3600, FORECAST_FRESH_S = 48 * 3600;
/* Wind higher than this above the zone does not tell what blows on it. Assumed. */
static const double SURFACE_LEVEL_M = 100;
/* Chance at most that the wind on the ground, foretold as wrongly as wind is, is more than the system bears. Assumed. */
static const double SURFACE_PROB = 0.1;
/* Of the landings, where the raster of people may have voids: of twenty loads, among ten thousand people a square kilometre, these hurt 0.0006. Assumed. */
static const double UNTOLD_FRAC = 0.001;
static const double CLEAR_M = 150; /* above the highest ground of the run-in: 500 ft; assumed */
/* From so high up no system is too low to open, whatever its lowest release is, and few zones have hills that reach the aircraft. Assumed. */
static const double HIGH_M = 2000;

/* The first of these that is not met decides, else the first that is not known: without wind nothing is known, then what kills, then what
 * wastes, then what can still be had. */
static const ab_gate_kind by_severity[AB_GATES] = {AB_GATE_WIND,      AB_GATE_HEIGHT,     AB_GATE_HARM,     AB_GATE_ZONE,
                                                   AB_GATE_CLEARANCE, AB_GATE_CONTROLLER, AB_GATE_CANOPIES, AB_GATE_DAYLIGHT};

static const ab_ref nobody = {-1, -1};

static ab_gate_state met_if(bool met)
{
    return met ? AB_GATE_MET : AB_GATE_NOT_MET;
}

/* Where the wind on the ground is read: 10 m above the zone, or at the lowest level where that is higher. */
static double surface_msl_m(const ab__gate_facts *f, const ab_wind_column *w)
{
    return fmax(f->ground_msl_m + 10, w->height_msl_m[0]);
}

/* Chance that the wind there is more than `limit_mps`, and its mean speed: over the column's members, each with the error on top. */
static double surface_above_prob(const ab_wind_column *w, double msl_m, double limit_mps, double *mean_mps)
{
    double prob = 0;
    *mean_mps = 0;
    for (int32_t m = 0; m < w->members; m++) {
        int64_t from = (int64_t)m * w->levels;
        ab_air air = {w->levels, w->height_msl_m, w->wind_e_mps + from, w->wind_n_mps + from, w->density_kg_m3 + from};
        ab_air_point point = ab__air_at(&air, msl_m);
        double speed_mps = hypot(point.wind_e_mps, point.wind_n_mps);
        *mean_mps += speed_mps / w->members;
        prob += ab__rice_above(speed_mps, w->rms_mps, limit_mps) / w->members;
    }
    return prob;
}

/* The speed that is exceeded there with the chance SURFACE_PROB. */
static double surface_reached_mps(const ab_wind_column *w, double msl_m)
{
    double low_mps = 0, high_mps = 200, mean_mps;
    while (high_mps - low_mps > 0.001) {
        double mps = (low_mps + high_mps) / 2;
        *(surface_above_prob(w, msl_m, mps, &mean_mps) > SURFACE_PROB ? &low_mps : &high_mps) = mps;
    }
    return high_mps;
}

static ab_gate stale_wind(const ab_wind_column *w, ab_arena *keep)
{
    bool measured = w->kind == AB_WIND_SOUNDING || w->kind == AB_WIND_DROPSONDE;
    double fresh_s = measured ? MEASURED_FRESH_S : FORECAST_FRESH_S;
    ab_gate gate = {AB_GATE_MET, w->age_s / 3600, fresh_s / 3600, NULL, nobody};
    if (w->kind != AB_WIND_FORECAST && !measured) {
        gate = (ab_gate){AB_GATE_NOT_KNOWN, w->rms_mps, NAN, NULL, nobody};
        gate.text = ab__arena_printf(keep, "only %s is known (%s), which errs by %.0f m/s: have it forecast or measured",
                                     w->kind == AB_WIND_CLIMATOLOGY ? "the mean wind of the season" : "an assumed wind", w->source, w->rms_mps);
    } else if (isnan(w->age_s)) {
        gate.state = AB_GATE_NOT_KNOWN;
        gate.text = ab__arena_printf(keep, "nobody says when the forecast of %s was issued, so it may be old: it is taken to err by %.0f m/s", w->source,
                                     w->rms_mps);
    } else if (w->age_s > fresh_s) {
        gate.state = AB_GATE_NOT_MET;
        gate.text = ab__arena_printf(keep, "the wind of %s is %.0f h old, and after %.0f h it is stale", w->source, gate.value, gate.limit);
    }
    return gate;
}

static double surface_limit_mps(const ab_dropsystem *system)
{
    if (!isnan(system->surface_wind_max_mps))
        return system->surface_wind_max_mps;
    return system->kind == AB_DROP_LV ? SURFACE_LV_MPS : INFINITY;
}

/* The wind on the ground against what the system bears. */
static ab_gate surface_gate(const ab__gate_facts *f, const ab_airdrop *d, double limit_mps, ab_arena *keep)
{
    const char *system = f->op->dropsystems.at[d->system].id;
    const ab_wind_column *w = d->wind;
    double msl_m = surface_msl_m(f, w), above_m = msl_m - f->ground_msl_m, mean_mps;
    ab_gate gate = {AB_GATE_NOT_KNOWN, NAN, limit_mps, NULL, {AB_TABLE_dropsystems, d->system}};
    if (w->height_msl_m[0] > f->ground_msl_m + SURFACE_LEVEL_M) {
        gate.text = ab__arena_printf(keep, "%s bears %.1f m/s on the ground, and the lowest wind that %s has is that %.0f m above the zone", system,
                                     limit_mps, w->source, above_m);
        return gate;
    }
    double prob = surface_above_prob(w, msl_m, limit_mps, &mean_mps);
    gate.state = met_if(prob <= SURFACE_PROB);
    gate.value = surface_reached_mps(w, msl_m);
    gate.text = ab__arena_printf(keep, "%.1f m/s near the ground (%.0f m above the zone) with an error of %.1f m/s: a chance of %.0f %% that it is more than the "
                                       "%.1f m/s that %s bears, %.0f %% at most are allowed",
                                 mean_mps, above_m, w->rms_mps, 100 * prob, limit_mps, system, 100 * SURFACE_PROB);
    return gate;
}

ab_gate ab__gate_of_wind(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep)
{
    const ab_dropsystem *system = &f->op->dropsystems.at[d->system];
    const ab_wind_column *w = d->wind;
    double mean_mps;
    if (!w)
        return (ab_gate){AB_GATE_NOT_KNOWN, NAN, NAN, ab__arena_printf(keep, "the wind is not known: %s", f->no_wind), nobody};
    ab_gate gate = stale_wind(w, keep);
    if (gate.state != AB_GATE_MET)
        return gate;
    if (isfinite(surface_limit_mps(system)))
        return surface_gate(f, d, surface_limit_mps(system), keep);
    (void)surface_above_prob(w, surface_msl_m(f, w), INFINITY, &mean_mps);
    gate = (ab_gate){AB_GATE_MET, surface_reached_mps(w, surface_msl_m(f, w)), NAN, NULL, {AB_TABLE_dropsystems, d->system}};
    gate.text = ab__arena_printf(keep, "%.1f m/s near the ground, and %s has no limit; error %.1f m/s aloft", mean_mps, system->id, w->rms_mps);
    return gate;
}

/* Of falls of which each landing has to be integrated fewer passes are drawn, and the share inside is known less well than the 0.01 that is promised; what is
 * nearer to the limit than two standard errors is not known. 0.015: what rounds to more than one per cent. */
static const double TOLD_ERROR = 0.015;

static void tell_error(const ab_airdrop *d, ab_arena *keep, ab_gate *gate)
{
    if (!(d->inside_error_prob > TOLD_ERROR) || !gate->text)
        return;
    gate->text = ab__arena_printf(keep, "%s; from so few passes that it errs by up to %.0f %%", gate->text, 100 * d->inside_error_prob);
    if (fabs(gate->value - gate->limit) < 2 * d->inside_error_prob)
        gate->state = AB_GATE_NOT_KNOWN;
}

static ab_gate zone_gate(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep)
{
    double limit = f->op->settings->least_in_zone_prob;
    ab_gate gate = {AB_GATE_NOT_KNOWN, NAN, limit, "without wind it is not known where loads land", {AB_TABLE_dropzones, d->zone}};
    if (!d->wind)
        return gate;
    gate.value = d->inside.mean;
    gate.state = met_if(gate.value >= limit);
    const ab_stick *stick = &d->stick;
    if (gate.state == AB_GATE_MET || stick->passes == 1)
        gate.text = ab__arena_printf(keep, "%.0f %% of loads land in the zone, %.0f %% or more are asked for (least_in_zone_prob)",
                                     100 * gate.value, 100 * limit);
    else if (stick->passes > 1)
        gate.text = ab__arena_printf(keep, "%.0f %% of loads land in the zone, %.0f %% or more are asked for: nine of ten need %.0f m along the track, "
                                     "where the zone has %.0f m; fly it in %d passes",
                                     100 * gate.value, 100 * limit, stick->length_90_m, stick->zone_length_m, stick->passes);
    else
        gate.text = ab__arena_printf(keep, "%.0f %% of loads land in the zone, %.0f %% or more are asked for: a single load scatters wider than the "
                                     "%.0f m of the zone along the track, and more passes do not help",
                                     100 * gate.value, 100 * limit, stick->zone_length_m);
    tell_error(d, keep, &gate);
    return gate;
}

static ab_gate harm_gate(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep)
{
    double limit = f->op->settings->greatest_harm_per_sortie;
    ab_gate gate = {AB_GATE_NOT_KNOWN, NAN, limit, "without wind it is not known whom loads hit", nobody};
    if (!d->wind)
        return gate;
    gate.value = d->harm.impact + d->harm.failed + d->harm.crowd;
    gate.state = met_if(gate.value <= limit);
    bool canopies = f->op->dropsystems.at[d->system].kind != AB_DROP_FREE;
    const char *failed = canopies ? ab__arena_printf(keep, "under failed canopies %.2g, ", d->harm.failed) : "";
    gate.text = !failed ? NULL : ab__arena_printf(keep, "%.2g people hurt are expected a sortie (hit %.2g, %sin the crowd %.2g), %.2g at most are allowed%s",
                                 gate.value, d->harm.impact, failed, d->harm.crowd, limit,
                                 d->harm.density_assumed ? "; how many people live where is assumed" : "");
    if (gate.state == AB_GATE_MET && !f->people_known) {
        gate.state = AB_GATE_NOT_KNOWN;
        gate.text = "nobody says where people live: no raster of people (density), and no built-up exclusion within 3 km of the zone";
    } else if (gate.state == AB_GATE_MET && d->harm.untold_frac > UNTOLD_FRAC) {
        gate.state = AB_GATE_NOT_KNOWN;
        gate.text = ab__arena_printf(keep, "the raster of people (density) does not tell how many live where %.2g %% of the loads may fall", 100 * d->harm.untold_frac);
    }
    return gate;
}

static ab_gate clearance_gate(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep)
{
    static const char *const said[] = {"no agreement is needed: the place is not cut off and nobody was asked", "given", "refused",
                                       "asked for and not answered", "needed, and nobody was asked"};
    static const ab_gate_state state[] = {AB_GATE_MET, AB_GATE_MET, AB_GATE_NOT_MET, AB_GATE_NOT_KNOWN, AB_GATE_NOT_MET};
    int32_t place = f->op->dropzones.at[d->zone].place, t = ab_period_of(f->op, d->at);
    ab_gate gate = {AB_GATE_NOT_KNOWN, NAN, NAN, "the time lies outside the operation, for which agreements are known", nobody};
    if (place < 0 || t < 0 || t >= f->op->period_count)
        return gate;
    const ab_access_cell *cell = ab_access_place(f->access, place, AB_MEANS_AIRDROP, t);
    ab_refs rows = ab_access_evidence(f->access, cell->evidence);
    gate.state = state[cell->permission];
    gate.because = rows.count > 0 ? rows.at[0] : nobody;
    gate.value = cell->permit.mean;
    gate.text = ab__arena_printf(keep, "clearance to drop at %s: %s", f->op->places.at[place].id, said[cell->permission]);
    return gate;
}

static ab_gate controller_gate(const ab__gate_facts *f, const ab_airdrop *d)
{
    int32_t controller = f->op->dropzones.at[d->zone].controller;
    ab_ref row = {AB_TABLE_dropzones, d->zone};
    if (controller < 0)
        return (ab_gate){AB_GATE_NOT_KNOWN, NAN, NAN, "nobody says whether a trained controller with a radio is on the zone", row};
    return (ab_gate){met_if(controller == 1), controller, 1,
                     controller == 1 ? "a trained controller with a radio is on the zone" : "no trained controller is on the zone: people may run under the loads", row};
}

static ab_gate canopies_gate(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep)
{
    const ab_dropsystem *system = &f->op->dropsystems.at[d->system];
    ab_gate gate = {AB_GATE_MET, NAN, NAN, "nothing is needed for a free drop", {AB_TABLE_dropsystems, d->system}};
    if (system->kind == AB_DROP_FREE)
        return gate;
    gate.limit = d->loads;
    if (system->canopies_in_stock < 0) {
        gate.state = AB_GATE_NOT_KNOWN;
        gate.text = "nobody says how many canopies are in stock";
        return gate;
    }
    gate.value = (double)system->canopies_in_stock;
    gate.state = met_if(gate.value >= gate.limit);
    gate.text = ab__arena_printf(keep, "%.0f canopies in stock for the %d loads of a sortie", gate.value, d->loads);
    return gate;
}

static ab_gate daylight_gate(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep)
{
    double lon_deg = f->op->dropzones.at[d->zone].shape.lon_lat_deg[0], lat_deg = f->op->dropzones.at[d->zone].shape.lon_lat_deg[1];
    double up_deg = ab__sun_elevation_deg(d->at, lon_deg, lat_deg);
    ab_gate gate = {met_if(up_deg >= AB_SUNRISE_DEG), up_deg, AB_SUNRISE_DEG, NULL, nobody};
    gate.text = ab__arena_printf(keep, "the sun stands %.0f degrees %s the horizon", fabs(up_deg), up_deg >= 0 ? "above" : "below");
    return gate;
}

/* What is not said of the heights that the system is for, and matters at this one; NULL: nothing. */
static const char *height_not_said(const ab_dropsystem *system, double agl_m)
{
    bool low = isnan(system->release_min_agl_m) && agl_m < HIGH_M;
    bool high = isnan(system->release_max_agl_m) && !(agl_m <= system->release_min_agl_m);
    return low && high ? "height" : low ? "height at the least" : high ? "height at the most" : NULL;
}

/* The height is within what the system is for: what lies under the run-in? */
static void clear_ground(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep, ab_gate *gate)
{
    const char *system = f->op->dropsystems.at[d->system].id;
    if (isnan(f->highest_msl_m) && gate->value < HIGH_M) {
        gate->state = AB_GATE_NOT_KNOWN;
        gate->text = ab__arena_printf(keep, "no terrain was given (terrain), and hills under the run-in may be higher than %.0f m above the zone", gate->value);
    } else if (d->release_msl_m - f->highest_msl_m < CLEAR_M) {
        gate->state = AB_GATE_NOT_MET;
        gate->limit = f->highest_msl_m + CLEAR_M - f->ground_msl_m;
        gate->because = (ab_ref){AB_TABLE_dropzones, d->zone};
        gate->text = ab__arena_printf(keep, "ground of %.0f m lies under the run-in: %.0f m above the zone are needed to clear it by %.0f m",
                                      f->highest_msl_m, gate->limit, CLEAR_M);
    } else {
        gate->text = ab__arena_printf(keep, "%.0f m above the zone, within what %s is for; %s", gate->value, system,
                                      isnan(f->highest_msl_m) ? "no terrain was given, so hills under the run-in are not known"
                                                              : "clear of the ground under the run-in");
    }
}

static ab_gate height_gate(const ab__gate_facts *f, const ab_airdrop *d, ab_arena *keep)
{
    const ab_dropsystem *system = &f->op->dropsystems.at[d->system];
    ab_gate gate = {AB_GATE_MET, d->release_agl_m, NAN, NULL, {AB_TABLE_dropsystems, d->system}};
    bool low = d->release_agl_m < system->release_min_agl_m, high = d->release_agl_m > system->release_max_agl_m;
    const char *not_said = height_not_said(system, d->release_agl_m);
    if (low || high) {
        gate.limit = low ? system->release_min_agl_m : system->release_max_agl_m;
        gate.state = AB_GATE_NOT_MET;
        gate.text = ab__arena_printf(keep, "%.0f m above the zone, where %s is for %.0f m at the %s", gate.value, system->id, gate.limit, low ? "least" : "most");
    } else if (!f->ground_known) {
        gate.state = AB_GATE_NOT_KNOWN;
        gate.text = "nobody says how high the zone lies: sea level was taken";
    } else if (not_said) {
        gate.state = AB_GATE_NOT_KNOWN;
        gate.text = ab__arena_printf(keep, "nobody says from what %s %s may be released, and %.0f m above the zone may be wrong", not_said, system->id, gate.value);
    } else {
        clear_ground(f, d, keep, &gate);
    }
    return gate;
}

static int32_t deciding(const ab_airdrop *d)
{
    static const ab_gate_state in_order[] = {AB_GATE_NOT_MET, AB_GATE_NOT_KNOWN};
    for (int32_t k = 0; k < 2; k++)
        for (int32_t i = 0; i < AB_GATES; i++)
            if (d->gate[by_severity[i]].state == in_order[k])
                return (int32_t)by_severity[i];
    return -1;
}

bool ab__gates_of(const ab__gate_facts *f, ab_arena *keep, ab_airdrop *d)
{
    d->gate[AB_GATE_WIND] = ab__gate_of_wind(f, d, keep);
    d->gate[AB_GATE_ZONE] = zone_gate(f, d, keep);
    d->gate[AB_GATE_HARM] = harm_gate(f, d, keep);
    d->gate[AB_GATE_CLEARANCE] = clearance_gate(f, d, keep);
    d->gate[AB_GATE_CONTROLLER] = controller_gate(f, d);
    d->gate[AB_GATE_CANOPIES] = canopies_gate(f, d, keep);
    d->gate[AB_GATE_DAYLIGHT] = daylight_gate(f, d, keep);
    d->gate[AB_GATE_HEIGHT] = height_gate(f, d, keep);
    for (int32_t i = 0; i < AB_GATES; i++)
        if (!d->gate[i].text)
            return false;
    d->decides = d->wind ? deciding(d) : (int32_t)AB_GATE_WIND;
    d->go = d->decides < 0;
    return true;
}
