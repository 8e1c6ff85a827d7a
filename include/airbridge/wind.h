/* wind: the column of air over a point at a time, and how wrong it may be. */
#ifndef AIRBRIDGE_WIND_H
#define AIRBRIDGE_WIND_H

#include "airbridge/forecast.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Heights rise. Members have the same heights. Density where temperature and pressure are known, else the standard
 * atmosphere's (`assumed_density`). */
typedef struct ab_wind_column {
    double lon_deg, lat_deg;
    ab_time at;
    ab_wind_kind kind;
    const char *source;               /* file or table rows, for people */
    ab_time issued_at;                /* AB_TIME_NONE: not told */
    double age_s;                     /* from what it rests on to `at`: since issued, or since measured */
    double away_m;                    /* from where it was measured; 0: a grid */
    int32_t levels, members;          /* members: 1 at least */
    const double *height_msl_m;       /* [levels] */
    const double *wind_e_mps, *wind_n_mps, *density_kg_m3; /* [member * levels + level] */
    double rms_mps;                   /* of the error vector, by source, age and distance; of an ensemble: on top of its members */
    double correlation_m;             /* of the error over height */
    double covers_from_msl_m, covers_until_msl_m; /* what the data holds; beyond it is assumed */
    bool assumed_density;
    struct ab_arena *arena;
} ab_wind_column;

/* Where nothing covers the point, the time (nothing within 12 h of it, but climatology) or heights from `from_msl_m` (500 m of
 * it) to `until_msl_m`: OK with `*out` NULL and `reason` (256 bytes) saying what is missing. Nothing is extrapolated. With an answer `reason` is
 * empty, or says why the forecast, where there is one, is not it. */
AB_API ab_status ab_wind_at(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                            double from_msl_m, double until_msl_m, ab_wind_column **out, char reason[256], ab_error *err);
AB_API void ab_wind_free(ab_wind_column *column);

#ifdef __cplusplus
}
#endif
#endif
