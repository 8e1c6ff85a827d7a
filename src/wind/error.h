/* How wrong a wind may be, by how it is known. */
#ifndef WIND_ERROR_H
#define WIND_ERROR_H

#include "airbridge/operation.h"

/* What is known of nothing but the season, or assumed: root mean square of the error vector, m/s. */
#define AB_WIND_RMS_WORST_MPS 8.0

/* Root mean square of the error vector, m/s. `age_s`: from the forecast's issue, or the measurement, to the time
 * asked for, NAN: nobody says when it was issued; `gap_s`: from the nearest time for which the source speaks to the time asked for (a measurement's age is its
 * gap); `away_m`: from where it was measured. docs/models/release.md has the figures behind it. */
double ab__wind_rms_mps(ab_wind_kind kind, double age_s, double gap_s, double away_m);
/* The same of an ensemble, on top of its members: what no member knows. */
double ab__wind_rms_of_ensemble_mps(double gap_s);

/* Over this height the correlation of the error falls to 1/e. */
double ab__wind_correlation_m(ab_wind_kind kind);

#endif
