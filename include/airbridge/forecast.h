/* forecast: wind as it comes from files: grids on pressure levels, or single columns. io reads it, wind uses it. */
#ifndef AIRBRIDGE_FORECAST_H
#define AIRBRIDGE_FORECAST_H

#include "airbridge/operation.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Fields on a regular grid of longitude and latitude. Value of field f at
 * [(((time * members + member) * levels + level) * lats + lat) * lons + lon]; NAN: not in the file. */
typedef struct ab_forecast_grid {
    int32_t times, members, levels, lats, lons;
    const ab_time *valid_at;          /* [times] rising */
    ab_time issued_at;                /* AB_TIME_NONE where the file does not say */
    bool analysis;                    /* the file says that all of it is one: of what was measured by valid_at, so not older than that */
    ab_wind_kind kind;                /* forecast, or climatology (monthly means: of months without a year the 15th in 2000) */
    const double *pressure_pa;        /* [levels] falling: from the ground up */
    double lon_deg, lat_deg;          /* of [0] */
    double step_lon_deg, step_lat_deg;/* both positive */
    bool wraps;                       /* the last longitude neighbours the first */
    const float *wind_e_mps, *wind_n_mps;
    const float *height_msl_m;        /* geopotential height */
    const float *temp_k;              /* NULL: not in the file */
} ab_forecast_grid;

/* One ascent or descent. Heights rise. */
typedef struct ab_sounding {
    ab_time valid_at;
    ab_wind_kind kind;
    double lon_deg, lat_deg;
    char station[16];
    int32_t levels;
    const double *height_msl_m, *wind_e_mps, *wind_n_mps;
    const double *temp_k, *pressure_pa; /* NAN where not told */
} ab_sounding;

typedef struct ab_forecast {
    const ab_forecast_grid *grid;     /* NULL: none */
    int32_t sounding_count;
    const ab_sounding *sounding;
    const char *source;               /* the file's name, for provenance */
    struct ab_arena *arena;
} ab_forecast;

/* GRIB 1 and 2 and BUFR TEMP by ecCodes, NetCDF (ERA5 in both dialects, ERA-Interim), told apart by their first bytes. Read in a child
 * with limits on memory and time; the box (degrees, west < east; NULL: all) cuts grids down to what is asked for, with a margin of two
 * points, and their longitudes are then those of the box. Soundings are all kept. Rows run north, levels up. A
 * message that is not on a regular grid or not on pressure levels, a file that stops in mid-message, levels out of order: FLAWED, with an issue that
 * names the message, what was found and what to do. */
AB_API ab_status ab_forecast_read(const char *path, const double box_wsen_deg[4], ab_forecast **out, ab_issues *issues,
                                  ab_error *err);
AB_API void ab_forecast_free(ab_forecast *forecast);

/* Heights of the ground over a box, from any raster that GDAL's allowed drivers read (GTiff, SRTMHGT, netCDF, AAIGrid; never
 * VRT) in longitude and latitude. A box (NULL: all) that is not covered whole is FLAWED; voids are a warning. */
typedef struct ab_terrain {
    int32_t lons, lats;
    double lon_deg, lat_deg;          /* centre of [0] */
    double step_lon_deg, step_lat_deg;/* lat step negative: rows run south */
    const float *height_msl_m;        /* [lat * lons + lon]; NAN: void that was not filled */
    int64_t voids, filled;            /* cells; filled from their neighbours, none farther than fill_m */
    struct ab_arena *arena;
} ab_terrain;

AB_API ab_status ab_terrain_read(const char *path, const double box_wsen_deg[4], double fill_m, ab_terrain **out,
                                 ab_issues *issues, ab_error *err);
AB_API void ab_terrain_free(ab_terrain *terrain);
/* Bilinear. NAN: outside, or beside a void. */
AB_API double ab_terrain_height_m(const ab_terrain *terrain, double lon_deg, double lat_deg);

#ifdef __cplusplus
}
#endif
#endif
