#include "drop/scatter.h"

#include <math.h>

#include "model/airdrop.h"

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
/* The loads of a pass are rigged together and share their faults, however long the record of the system is: the chance of a batch is a Beta of this weight
 * about that of the system. Assumed. */
static const double BATCH_WEIGHT = 30;
/* Bags burst: 1 to 5 % with several inside one another, as one recalls it who has no published figure; a share that is given is believed as if so many bags
 * had been counted, which makes 90 % of it lie between 1.3 and 5.2 %. */
static const double BURST_FRAC = 0.03, BURST_COUNTED = 200;

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

/* Two loads of a pass fail together because nobody knows the system's chance, and because of their batch. Of a Beta of weight n the correlation is
 * 1 / (n + 1); both together are drawn as one Beta with the system's mean. */
static double weight_of_pass(double weight_of_record)
{
    double record = 1 / (weight_of_record + 1), batch = 1 / (BATCH_WEIGHT + 1);
    return 1 / (record + (1 - record) * batch) - 1;
}

/* `alpha`, `beta`: what the record says of the system. */
static void set_failures(double alpha, double beta, ab_scatter *s)
{
    double weight = weight_of_pass(alpha + beta), mean = alpha / (alpha + beta);
    s->fail_alpha = mean * weight;
    s->fail_beta = (1 - mean) * weight;
}

ab_scatter ab__drop_scatter(const ab_operation *op, const ab_dropsystem *system, const ab_vehicle *vehicle, const ab_wind_column *wind, double loads)
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
    ab__drop_record record = ab__drop_record_of(op, system);
    if (system->kind != AB_DROP_FREE)
        set_failures(record.alpha, record.beta, &s);
    return s;
}
