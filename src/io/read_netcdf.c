/* Winds on pressure levels in NetCDF: ERA5 in the old and new dialect of the Copernicus store, ERA-Interim, and what is like them. */
#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "io/netcdf.h"
#include "io/weather.h"

enum { DAY_S = 86400, MONTH_S = 27 * DAY_S, CLIMATE_YEAR = 2000 };

/* A field's variable: its names, CF standard names and units in use, and what one unit is in ours. */
typedef struct dialect {
    ab_field field;
    const char *name, *standard_name;
    const char *units[5];
    double factor;
} dialect;

static const dialect dialects[] = {
    {AB_FIELD_U, "u", "eastward_wind", {"m s**-1", "m s-1", "m/s", "m s^-1"}, 1},
    {AB_FIELD_V, "v", "northward_wind", {"m s**-1", "m s-1", "m/s", "m s^-1"}, 1},
    {AB_FIELD_HEIGHT,
     "z",
     "geopotential",
     {"m**2 s**-2", "m2 s-2", "m^2/s^2", "m2/s2"},
     1 / AB_GRAVITY_MPS2},
    {AB_FIELD_HEIGHT, "gh", "geopotential_height", {"m", "gpm", "meters", "metres"}, 1},
    {AB_FIELD_TEMP, "t", "air_temperature", {"K", "kelvin", "Kelvin"}, 1},
};
enum { DIALECTS = sizeof dialects / sizeof dialects[0] };

typedef struct reading {
    ab_weather *from;
    ab_nc nc;
    ab_fields fields;
    bool has_grid;
    ab_nc_axis axis[AB_NC_ROLES]; /* of the first variable */
    ab_time *time;
    double *pressure_pa;
    bool north_first;
    double *values; /* of one time and member: [level][lat][lon] */
} reading;

static ab_status damaged(reading *r)
{
    return ab__weather_flaw(
        r->from, AB_ISSUE_WEATHER_CUT_OFF, 0, "a whole NetCDF file", "download the file again",
        "%s", r->nc.gdal.why[0] != '\0' ? r->nc.gdal.why : "values that cannot be read");
}

/* ---- Axes -------------------------------------------------------------------------------------- */

/* "hours since 1900-01-01 00:00:00.0". false: not so. */
static bool parse_since(const char *unit, double *step_s, ab_time *since)
{
    static const struct {
        const char *word;
        double seconds;
    } steps[] = {{"seconds", 1}, {"second", 1},   {"minutes", 60}, {"hours", 3600},
                 {"hour", 3600}, {"days", DAY_S}, {"day", DAY_S}};
    const char *at = strstr(unit, " since ");
    int year, month, day, hour = 0, minute = 0, second = 0;
    char text[AB_TIME_TEXT_CAP];

    *step_s = 0;
    for (size_t i = 0; at != NULL && i < sizeof steps / sizeof steps[0]; i++)
        if (strlen(steps[i].word) == (size_t)(at - unit) &&
            strncmp(unit, steps[i].word, (size_t)(at - unit)) == 0)
            *step_s = steps[i].seconds;
    if (*step_s == 0 || sscanf(at, " since %4d-%2d-%2d%*1[ T]%2d:%2d:%2d", &year, &month, &day,
                               &hour, &minute, &second) < 3)
        return false;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59 || second < 0 || second > 59)
        return false;
    (void)snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, hour,
                   minute, second);
    return ab_time_parse(text, since, NULL);
}

/* Others have days that are none, or lack some: climate models'. */
static bool is_our_calendar(const char *calendar)
{
    static const char *const ours[] = {"", "standard", "gregorian", "proleptic_gregorian"};

    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++)
        if (strcasecmp(calendar, ours[i]) == 0)
            return true;
    return false;
}

static ab_status no_times(reading *r, const char *unit)
{
    return ab__weather_flaw(r->from, AB_ISSUE_WEATHER_TIMES, 0,
                            "rising times such as `hours since 1900-01-01`, or months from 1 to 12",
                            "have the file made again", "times in \"%s\"", unit);
}

/* Months without a year: each stands in the middle of its month in the year 2000. */
static ab_status month_times(reading *r, const ab_nc_axis *axis)
{
    char text[AB_TIME_TEXT_CAP];

    r->fields.kind = AB_WIND_CLIMATOLOGY;
    for (size_t i = 0; i < axis->size; i++) {
        double month = axis->value[i];
        if (!(month >= 1 && month <= 12) || month != floor(month) ||
            (i > 0 && month <= axis->value[i - 1]))
            return no_times(r, "months that are none, or do not rise");
        (void)snprintf(text, sizeof text, "%d-%02d-15T00:00Z", CLIMATE_YEAR, (int)month);
        if (!ab_time_parse(text, &r->time[i], NULL))
            return no_times(r, text);
    }
    return AB_OK;
}

/* Times a month or more apart are means of months: nobody computes the wind of one hour a month. */
static ab_status take_times(reading *r, const ab_nc_axis *axis, const char *step_type)
{
    double step_s;
    ab_time since;

    r->time = AB_NEW(r->from->arena, ab_time, axis->size);
    if (r->time == NULL)
        return ab__weather_no_memory(r->from);
    if (axis->value == NULL)
        return no_times(r, "no axis");
    if (strcmp(axis->name, "month") == 0 && axis->unit[0] == '\0')
        return month_times(r, axis);
    if (!is_our_calendar(axis->calendar))
        return no_times(r, axis->calendar);
    if (!parse_since(axis->unit, &step_s, &since))
        return no_times(r, axis->unit);
    bool far = axis->size > 1;
    for (size_t i = 0; i < axis->size; i++) {
        double seconds = (double)since + axis->value[i] * step_s;
        if (!(seconds > -2208988800.0 && seconds < 7258118400.0)) /* 1900 to 2199 */
            return no_times(r, axis->unit);
        r->time[i] = (ab_time)llround(seconds);
        if (i > 0 && r->time[i] <= r->time[i - 1])
            return no_times(r, "no rising order");
        far = far && (i == 0 || r->time[i] - r->time[i - 1] >= MONTH_S);
    }
    if (far || strncmp(step_type, "avg", 3) == 0)
        r->fields.kind = AB_WIND_CLIMATOLOGY;
    return AB_OK;
}

static ab_status take_levels(reading *r, const ab_nc_axis *axis)
{
    static const char *const hpa[] = {"hPa", "millibars", "millibar", "mbar", "mb", "hectopascal"};
    double unit_pa = strcmp(axis->unit, "Pa") == 0 ? 1 : 0;
    int sign = 0;

    for (size_t i = 0; i < sizeof hpa / sizeof hpa[0]; i++)
        unit_pa = strcmp(axis->unit, hpa[i]) == 0 ? 100 : unit_pa;
    if (axis->value == NULL || unit_pa == 0)
        return ab__weather_flaw(r->from, AB_ISSUE_WEATHER_LEVELS, 0,
                                "pressure levels in hPa, millibars or Pa",
                                "ask the service for pressure levels", "levels \"%s\" in \"%s\"",
                                axis->name, axis->unit);
    r->pressure_pa = AB_NEW(r->from->arena, double, axis->size);
    if (r->pressure_pa == NULL)
        return ab__weather_no_memory(r->from);
    for (size_t i = 0; i < axis->size; i++) {
        double last = i > 0 ? axis->value[i - 1] : 0, here = axis->value[i];
        int way = (here > last) - (here < last);
        r->pressure_pa[i] = here * unit_pa;
        if (!(r->pressure_pa[i] > 0 && r->pressure_pa[i] < 120000) ||
            (i > 0 && (way == 0 || way * sign < 0)))
            return ab__weather_flaw(r->from, AB_ISSUE_WEATHER_LEVELS, 0,
                                    "levels that rise or fall all the way, up to 1200 hPa",
                                    "have the file made again, with its levels in order",
                                    "%g %s after %g", here, axis->unit, last);
        sign = i > 0 ? way : 0;
    }
    return AB_OK;
}

static ab_status no_grid(reading *r, const char *what)
{
    return ab__weather_flaw(
        r->from, AB_ISSUE_WEATHER_GRID, 0, "axes of longitude and latitude with even steps",
        "ask the service for such a grid, or make one: cdo remapbil,r360x180 IN OUT", "%s", what);
}

/* Even steps to a hundredth of one, as single precision leaves them. A single place has a step of 1 degree. */
static bool even_steps(const ab_nc_axis *axis, double most, double *step)
{
    *step = axis->size > 1
                ? (axis->value[axis->size - 1] - axis->value[0]) / (double)(axis->size - 1)
                : 1;
    for (size_t i = 0; i < axis->size; i++)
        if (!(fabs(axis->value[i]) <= most) ||
            !(fabs(axis->value[0] + (double)i * *step - axis->value[i]) < fabs(*step) / 100))
            return false;
    return *step != 0;
}

static ab_status take_lattice(reading *r, const ab_nc_axis *lat, const ab_nc_axis *lon)
{
    ab_lattice *whole = &r->fields.whole;
    double step_lat, step_lon;

    if (lat->value == NULL || lon->value == NULL)
        return no_grid(r, "no such axes");
    if (!even_steps(lat, 90.001, &step_lat) || !even_steps(lon, 720, &step_lon))
        return no_grid(r, "uneven steps");
    if (step_lon < 0)
        return no_grid(r, "longitudes that fall");
    r->north_first = step_lat < 0;
    *whole = (ab_lattice){(int32_t)lon->size,
                          (int32_t)lat->size,
                          lon->value[0],
                          r->north_first ? lat->value[lat->size - 1] : lat->value[0],
                          step_lon,
                          fabs(step_lat),
                          fabs((double)lon->size * step_lon - 360) < step_lon / 100};
    if (lon->size > 1 && fabs((double)(lon->size - 1) * step_lon - 360) <
                             step_lon / 100) { /* the last repeats the first */
        whole->lons--;
        whole->wraps = true;
    }
    return ab__lattice_cut(r->from, whole, &r->fields.cut);
}

static ab_status take_axes(reading *r, const ab_nc_var *var)
{
    for (int role = 0; role < AB_NC_ROLES; role++)
        if (!ab__nc_axis(&r->nc, var, (ab_nc_role)role, r->from->arena, &r->axis[role]))
            return damaged(r);
    ab_status status = take_times(r, &r->axis[AB_NC_TIME], var->step_type);
    if (status == AB_OK)
        status = take_levels(r, &r->axis[AB_NC_LEVEL]);
    if (status == AB_OK)
        status = take_lattice(r, &r->axis[AB_NC_LAT], &r->axis[AB_NC_LON]);
    size_t values =
        r->axis[AB_NC_LEVEL].size * (size_t)r->fields.cut.lattice.lats * r->axis[AB_NC_LON].size;
    if (status == AB_OK && values > AB_FIELD_VALUES_MAX)
        status =
            ab_fail(r->from->err, AB_IO,
                    "%s holds more than %d values of a field at one time: ask for a smaller area",
                    r->from->name, AB_FIELD_VALUES_MAX);
    r->values = status == AB_OK ? AB_NEW(r->from->arena, double, values) : NULL;
    return status == AB_OK && r->values == NULL ? ab__weather_no_memory(r->from) : status;
}

/* ---- Values ------------------------------------------------------------------------------------ */

static void fill_plane(const reading *r, size_t level, double factor, float *out)
{
    const ab_cut *cut = &r->fields.cut;
    size_t lons = r->axis[AB_NC_LON].size;
    const double *plane = r->values + level * (size_t)cut->lattice.lats * lons;

    for (int32_t j = 0; j < cut->lattice.lats; j++) {
        const double *row = plane + (size_t)(r->north_first ? cut->lattice.lats - 1 - j : j) * lons;
        for (int32_t i = 0; i < cut->lattice.lons; i++)
            *out++ = (float)(row[(cut->first_lon + i) % r->fields.whole.lons] * factor);
    }
}

static ab_status read_values(reading *r, const ab_nc_var *var, const dialect *as, size_t time,
                             size_t member)
{
    const ab_cut *cut = &r->fields.cut;
    size_t lats = (size_t)cut->lattice.lats, levels = r->axis[AB_NC_LEVEL].size;
    size_t first_lat = r->north_first ? (size_t)r->fields.whole.lats - (size_t)cut->first_lat - lats
                                      : (size_t)cut->first_lat;
    const size_t first[AB_NC_ROLES] = {time, member, 0, first_lat, 0};
    const size_t count[AB_NC_ROLES] = {1, 1, levels, lats, r->axis[AB_NC_LON].size};

    if (!ab__nc_read(&r->nc, var, first, count, r->values))
        return damaged(r);
    for (size_t level = 0; level < levels; level++) {
        ab_plane plane = {as->field, r->time[time], (int32_t)member, r->pressure_pa[level],
                          0,         NULL};
        float *out = ab__fields_add(r->from, &r->fields, plane);
        if (out == NULL)
            return r->from->err->status;
        fill_plane(r, level, as->factor, out);
    }
    return AB_OK;
}

static ab_status check_unit(reading *r, const ab_nc_var *var, const dialect *as)
{
    for (int i = 0; i < 5 && as->units[i] != NULL; i++)
        if (strcmp(var->unit, as->units[i]) == 0)
            return AB_OK;
    return ab__weather_flaw(r->from, AB_ISSUE_WEATHER_UNITS, 0, as->units[0],
                            "have the file made again in that unit", "%s in \"%s\"", as->name,
                            var->unit);
}

/* All variables have the axes of the first. */
static bool same_axes(const reading *r, const ab_nc_var *var)
{
    size_t size[AB_NC_ROLES] = {1, 1, 1, 1, 1};

    for (int d = 0; d < var->dims; d++)
        if (var->role[d] != AB_NC_OTHER)
            size[var->role[d]] = var->size[d];
    for (int role = 0; role < AB_NC_ROLES; role++)
        if (size[role] != r->axis[role].size)
            return false;
    return true;
}

static ab_status read_variable(reading *r, const ab_nc_var *var, const dialect *as)
{
    ab_status status = check_unit(r, var, as);

    /* Only files that the Climate Data Store makes of GRIB say so; of any other it is not known when it was computed. */
    r->fields.analysis = (!r->has_grid || r->fields.analysis) && strcmp(var->data_type, "an") == 0;
    if (status == AB_OK && !r->has_grid) {
        r->has_grid = true;
        status = take_axes(r, var);
    }
    if (status == AB_OK && !same_axes(r, var))
        status = no_grid(r, "variables with different axes");
    for (size_t t = 0; status == AB_OK && t < r->axis[AB_NC_TIME].size; t++)
        for (size_t m = 0; status == AB_OK && m < r->axis[AB_NC_MEMBER].size; m++)
            status = read_values(r, var, as, t, m);
    return status;
}

/* The variable of this name, or of this standard name. */
static bool find_variable(reading *r, char **names, const dialect *as, ab_nc_var *out)
{
    if (ab__nc_var(&r->nc, as->name, r->from->arena, out))
        return true;
    for (; names != NULL && *names != NULL; names++) {
        if (!ab__nc_var(&r->nc, *names, r->from->arena, out))
            continue;
        if (strcmp(out->standard_name, as->standard_name) == 0 && out->dims >= 3)
            return true;
        ab__nc_var_close(out);
    }
    return false;
}

static ab_status none_of_ours(reading *r, char **names)
{
    ab_buf found = AB_BUF_INIT;

    for (; names != NULL && *names != NULL && found.size < 200; names++)
        ab__buf_printf(&found, "%s%s", found.size > 0 ? ", " : "", *names);
    ab_status status = ab__weather_flaw(
        r->from, AB_ISSUE_WEATHER_FIELDS, 0,
        "variables u, v, z (or gh) and t over time, pressure level, latitude and longitude alone",
        "download them from the service", "%s", found.size > 0 ? found.text : "no variables");
    ab__buf_free(&found);
    return status;
}

static ab_status read_variables(reading *r)
{
    char **names = ab__nc_names(&r->nc);
    ab_status status = AB_OK;
    unsigned seen = 0;

    for (int i = 0; i < DIALECTS && status == AB_OK; i++) {
        ab_nc_var var;
        if ((seen >> dialects[i].field & 1u) || !find_variable(r, names, &dialects[i], &var))
            continue;
        seen |= 1u << dialects[i].field;
        status = read_variable(r, &var, &dialects[i]);
        ab__nc_var_close(&var);
    }
    if (status == AB_OK && seen == 0)
        status = none_of_ours(r, names);
    CSLDestroy(names);
    return status;
}

ab_status ab__netcdf_read(ab_weather *from)
{
    reading r = {.from = from, .fields = {.issued_at = AB_TIME_NONE, .kind = AB_WIND_FORECAST}};
    ab_status status;

    if (from->bytes->text[0] == 'C') {
        uint64_t end = ab__nc_classic_end(from->bytes);
        if (end == 0 || end > from->bytes->size)
            return ab__weather_flaw(from, AB_ISSUE_WEATHER_CUT_OFF, 0, "a whole NetCDF file",
                                    "download the file again",
                                    end == 0 ? "a damaged header" : "%zu of %llu bytes",
                                    from->bytes->size, (unsigned long long)end);
    }
    status = ab__nc_open(&r.nc, from->bytes) ? read_variables(&r) : damaged(&r);
    ab__nc_close(&r.nc);
    if (status == AB_OK)
        status = ab__fields_grid(from, &r.fields);
    AB_VEC_FREE(&r.fields.planes);
    return status;
}
