/* Files of the weather services, while they are read: what their readers share. All of it runs in a child (io/child.h). */
#ifndef IO_WEATHER_H
#define IO_WEATHER_H

#include "airbridge/forecast.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

/* Values of one field of a grid: 128 MiB. More is no forecast of an operation. */
enum { AB_FIELD_VALUES_MAX = 1 << 25 };
/* Standard gravity (ISO 80000): geopotential over it is geopotential height, by definition of the latter. */
#define AB_GRAVITY_MPS2 9.80665

typedef struct ab_weather {
    const char *name; /* of the file, for messages */
    const ab_buf *bytes;
    const double *box_wsen_deg; /* NULL: all */
    ab_arena *arena;            /* of the forecast, which its reader fills */
    ab_forecast *forecast;
    ab_issues *issues;
    ab_error *err;
} ab_weather;

/* Each fills the forecast. A flaw becomes an issue, and the return is then FLAWED. */
ab_status ab__grib_read(ab_weather *from);
ab_status ab__netcdf_read(ab_weather *from);
ab_status ab__bufr_read(ab_weather *from);

/* Raises a flaw of message number `message` (0: the whole file). FLAWED, with words in from->err. */
#if defined(__GNUC__)
__attribute__((format(printf, 6, 7)))
#endif
ab_status
ab__weather_flaw(ab_weather *from, int32_t code, int64_t message, const char *expected,
                 const char *hint, const char *found, ...);
ab_status ab__weather_no_memory(ab_weather *from);

/* ab_forecast_read for bytes that are at hand, by a child that has so many seconds. */
ab_status ab__forecast_read_bytes(const char *name, const ab_buf *bytes, const double *box_wsen_deg,
                                  int seconds, ab_forecast **out, ab_issues *issues, ab_error *err);

/* ---- Fields on pressure levels ------------------------------------------------------------------ */

typedef enum ab_field {
    AB_FIELD_U,
    AB_FIELD_V,
    AB_FIELD_HEIGHT,
    AB_FIELD_TEMP,
    AB_FIELDS
} ab_field;

/* A regular grid, from its south-western point to north and east. */
typedef struct ab_lattice {
    int32_t lons, lats;
    double lon_deg, lat_deg, step_lon_deg, step_lat_deg;
    bool wraps;
} ab_lattice;

/* What of a lattice is kept: points (first_lon + i) % lons of row first_lat + j. */
typedef struct ab_cut {
    ab_lattice lattice;
    int32_t first_lon, first_lat;
} ab_cut;

/* One field at one time and level of one member, cut: [lat * lons + lon]. */
typedef struct ab_plane {
    ab_field field;
    ab_time valid_at;
    int32_t member;
    double pressure_pa;
    int64_t message; /* it comes from; 0: not told */
    const float *values;
} ab_plane;

typedef struct ab_fields {
    ab_lattice whole;
    ab_cut cut;
    AB_VEC(ab_plane) planes;
    ab_time issued_at;
    bool analysis; /* the file says so */
    ab_wind_kind kind;
} ab_fields;

/* Cuts the lattice down to the box with a margin of two points. Where nothing of the box is covered, or not all of it:
 * an issue, a flaw in the first case. */
ab_status ab__lattice_cut(ab_weather *from, const ab_lattice *whole, ab_cut *out);

/* A new plane, for the caller to fill; NULL: out of memory, or more than AB_FIELD_VALUES_MAX values (then from->err says so). */
float *ab__fields_add(ab_weather *from, ab_fields *fields, ab_plane plane);

/* Lays the planes out as the forecast's grid. Levels at which u, v or height lack altogether are dropped, with a
 * warning; a plane that lacks otherwise, or stands twice with other values, and heights that do not rise are flaws. */
ab_status ab__fields_grid(ab_weather *from, ab_fields *fields);

/* ---- Soundings ---------------------------------------------------------------------------------- */

/* A level as reported; NAN: not told. */
typedef struct ab_ascent_level {
    double pressure_pa, height_msl_m, temp_k, wind_from_deg, wind_mps;
} ab_ascent_level;

/* Makes a sounding's levels from those reported, in any order: sorted, heights and temperatures that lack made from
 * their neighbours (docs/models/wind.md), those without wind or height left out. NO_MEMORY only; 0 levels: nothing usable. */
ab_status ab__ascent_levels(ab_weather *from, ab_ascent_level *level, int32_t count,
                            ab_sounding *out);

#endif
