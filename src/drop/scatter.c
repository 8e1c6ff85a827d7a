#include "drop/scatter.h"

#include <math.h>

/* Crew: 0.3 to 1 s at the green light, 1 to 2 degrees of heading; satellite position better than 10 m. Assumed. */
static const double TIMING_S = 0.5, HEADING_DEG = 1.5, POSITION_M = 10;
/* Each load: mass as weighed, and what turbulence, glide and swing add (a Dryden turbulence moves loads by some 60 m, Magelinski; glide of
 * 0.1 to 0.3 of the speed of fall on a heading that turns). */
static const double MASS_FRAC = 0.02, EXIT_TIMING_S = 0.1, GUST_M = 30, FREE_GUST_M = 5;
/* One in twenty descents is an outlier, by three times the scatter of the rest: of eight balloons two were slow. */
static const double TAIL_PROB = 0.05, TAIL_TIMES = 3;
static const double DRAG_FRAC = 0.07, INTERVAL_S = 0.4;
/* Sacks leave in a stream as the floor is tilted, all of a pass within this. Assumed; a vehicle's interval is that of its containers. */
static const double FREE_STICK_S = 4;
/* Bags burst: 1 to 5 % with several inside one another, as one recalls it who has no published figure; a share that is given is believed as if so many bags
 * had been counted, which makes 90 % of it lie between 1.3 and 5.2 %. */
static const double BURST_FRAC = 0.03, BURST_COUNTED = 200;
/* Canopy failures before a system's own record: mean 3 % for trained riggers (1.5 to 6 %), weighing as much as thirty loads. From
 * reported drops over Deir ez-Zor in 2016 and Gaza in 2024. */
static const double PRIOR_FAILED = 0.9, PRIOR_OPENED = 29.1;

ab__interval ab__exit_interval(const ab_dropsystem *system, const ab_vehicle *vehicle, double loads)
{
    if (!isnan(system->exit_interval_s))
        return (ab__interval){system->exit_interval_s, false};
    if (system->kind == AB_DROP_FREE)
        return (ab__interval){loads > 1 ? FREE_STICK_S / (loads - 1) : FREE_STICK_S, true};
    return isnan(vehicle->exit_interval_s) ? (ab__interval){INTERVAL_S, true} : (ab__interval){vehicle->exit_interval_s, false};
}

ab__burst ab__burst_of(const ab_dropsystem *system)
{
    if (system->kind != AB_DROP_FREE)
        return (ab__burst){0};
    bool given = !isnan(system->free_loss_frac);
    double frac = given ? system->free_loss_frac : BURST_FRAC;
    bool sure = frac <= 0 || frac >= 1;
    return (ab__burst){frac, sure ? 0 : frac * BURST_COUNTED, sure ? 0 : (1 - frac) * BURST_COUNTED, !given};
}

static void set_failures(const ab_dropsystem *system, ab_scatter *s)
{
    double dropped = system->drops_observed > 0 ? (double)system->drops_observed : 0;
    double failed = fmin(dropped, system->failures_observed > 0 ? (double)system->failures_observed : 0);
    s->fail_alpha = PRIOR_FAILED + failed;
    s->fail_beta = PRIOR_OPENED + dropped - failed;
}

ab_scatter ab__drop_scatter(const ab_dropsystem *system, const ab_vehicle *vehicle, const ab_wind_column *wind, double loads)
{
    double drag = isnan(system->drag_area_sd_frac) ? DRAG_FRAC : system->drag_area_sd_frac;
    ab_scatter s = {.wind_rms_mps = wind->rms_mps,
                    .wind_correlation_m = wind->correlation_m,
                    .aim_timing_s = TIMING_S,
                    .aim_heading_deg = HEADING_DEG,
                    .aim_position_m = POSITION_M,
                    .drag_frac = drag,
                    .drag_tail_prob = TAIL_PROB,
                    .drag_tail_frac = TAIL_TIMES * drag,
                    .mass_frac = MASS_FRAC,
                    .exit_timing_s = EXIT_TIMING_S,
                    .gust_m = system->kind == AB_DROP_FREE ? FREE_GUST_M : GUST_M,
                    .exit_interval_s = ab__exit_interval(system, vehicle, loads).s};
    if (system->kind != AB_DROP_FREE)
        set_failures(system, &s);
    return s;
}
