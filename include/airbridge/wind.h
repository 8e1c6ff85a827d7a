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
    bool of_grid;                     /* the forecast's, so that it can be asked for beside the point as well */
    bool analysis;                    /* of a grid that is known to be one, and so needs no time of issue */
    double age_s;                     /* from what it rests on to `at`: since issued, or since measured; NAN: nobody says when a forecast was issued */
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

/* Where nothing covers the point, the time (nothing within 12 h of it, but climatology) or heights from `from_msl_m` (above which a third
 * of the way may lack, 500 m at most; 500 m where both are the same) to `until_msl_m`, or leaves more than 2,000 m of them without a level (of a season 5,000 m): OK with `*out` NULL and `reason` (256 bytes) saying what is missing. Nothing is extrapolated.
 * With an answer `reason` is empty, or says why the forecast, where there is one, is not it. */
AB_API ab_status ab_wind_at(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                            double from_msl_m, double until_msl_m, ab_wind_column **out, char reason[256], ab_error *err);
/* The same of the forecast's grid alone. */
AB_API ab_status ab_wind_of_grid_at(const ab_operation *op, const ab_forecast *forecast, double lon_deg, double lat_deg, ab_time at,
                                    double from_msl_m, double until_msl_m, ab_wind_column **out, char reason[256], ab_error *err);
AB_API void ab_wind_free(ab_wind_column *column);

#ifdef __cplusplus
}
#endif
#endif
