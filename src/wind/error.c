#include "wind/error.h"

#include <math.h>

/* A measurement decays with time and distance toward a season's mean. Fitted to three findings (root mean square of the
 * error vector): a dropsonde within 30 min and 20 km errs by 1.5 to 2 m/s, a sonde of 1 to 2 h and 50 to 100 km by 3.5 to 4
 * (balloon ascents against their own descents: 3.3 to 4.0 m/s at 72 to 114 min and 53 to 96 km); far away it is a season's. */
static const double AT_ONCE_MPS = 1.3, DECAY = 4.6, TIME_S = 3600, DISTANCE_M = 50e3;
/* A forecast against what blows, 24 h ahead: 3.5 to 4.5 m/s, and 0.5 to 0.8 m/s more for each further day; an analysis 3.4. */
static const double ANALYSIS_MPS = 3.4, DAY_AHEAD_MPS = 4.0, FURTHER_DAY_MPS = 0.65, DAY_S = 86400;
/* A grid knows nothing that is smaller than its cells: what observations differ from any member by. */
static const double OF_ENSEMBLE_MPS = 2.0;

static double decayed_mps(double at_once_mps, double age_s, double away_m)
{
    double gone = hypot(age_s / TIME_S, away_m / DISTANCE_M);
    return AB_WIND_RMS_WORST_MPS - (AB_WIND_RMS_WORST_MPS - at_once_mps) * exp(-gone / DECAY);
}

static double forecast_mps(double age_s)
{
    double days = fmax(age_s, 0) / DAY_S;
    return days <= 1 ? ANALYSIS_MPS + (DAY_AHEAD_MPS - ANALYSIS_MPS) * days
                     : DAY_AHEAD_MPS + FURTHER_DAY_MPS * (days - 1);
}

double ab__wind_rms_mps(ab_wind_kind kind, double age_s, double gap_s, double away_m)
{
    switch (kind) {
    case AB_WIND_SOUNDING:
    case AB_WIND_DROPSONDE:
        return decayed_mps(AT_ONCE_MPS, gap_s, away_m);
    case AB_WIND_FORECAST:
        return isnan(age_s) ? AB_WIND_RMS_WORST_MPS
                            : fmin(AB_WIND_RMS_WORST_MPS, hypot(forecast_mps(age_s), decayed_mps(0, gap_s, away_m)));
    default:
        return AB_WIND_RMS_WORST_MPS;
    }
}

double ab__wind_rms_of_ensemble_mps(double gap_s)
{
    return hypot(OF_ENSEMBLE_MPS, decayed_mps(0, gap_s, 0));
}

/* What differs between two measurements is small in height, too: over 458 m in eleven pairs of drops, and of ascents with their descents; 417 to 506 m
 * without any one day of them (docs/validation.md). A forecast's errors reach farther: 1 to 2 km. */
double ab__wind_correlation_m(ab_wind_kind kind)
{
    return kind == AB_WIND_SOUNDING || kind == AB_WIND_DROPSONDE ? 500 : 1500;
}
