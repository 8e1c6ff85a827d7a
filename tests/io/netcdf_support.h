/* Writes NetCDF for the tests, by GDAL's multidimensional interface. Include io/support.h before it. */
#ifndef TESTS_IO_NETCDF_SUPPORT_H
#define TESTS_IO_NETCDF_SUPPORT_H

#include <cpl_string.h>
#include <gdal.h>
#include <math.h>

enum { NC_SIDE = 4, NC_AXES = 5 };

/* A file of u, v, z and t over 2 hours, 1 or 3 members, 3 levels and 4 by 4 points. */
typedef struct nc_plan {
    bool version_4, new_names, south_first, packed, members;
    const char *wind_unit, *level_unit, *time_unit, *calendar; /* calendar NULL: not told */
    double levels[3];
    double lon_step_deg; /* between the last two; 1 elsewhere */
    const char *data_type; /* "an": an analysis; NULL: not told */
} nc_plan;

#define NC_PLAN_INIT                                                                               \
    {                                                                                              \
        .wind_unit = "m s**-1", .level_unit = "hPa",                                               \
        .time_unit = "hours since 1900-01-01 00:00:00.0", .levels = {500, 850, 1000},              \
        .lon_step_deg = 1                                                                          \
    }

/* u, v, z or t at a place: tells all apart. */
static inline double nc_value(char name, size_t t, size_t m, double hpa, double lat_deg,
                              double lon_deg)
{
    double wobble = 0.5 * (double)t + 0.25 * (double)m + (lon_deg - 36) - 2 * (lat_deg - 34);

    return name == 'u'   ? 20 + wobble
           : name == 'v' ? -10 + wobble
           : name == 't' ? 260 + wobble
                         : 9.80665 * (16000 * (1 - log10(hpa) / 3) + wobble);
}

/* A dimension with its axis. */
static inline GDALDimensionH nc_axis(GDALGroupH root, const char *name, const char *unit,
                                     const double *values, size_t size)
{
    GDALDimensionH dimension = GDALGroupCreateDimension(root, name, NULL, NULL, size, NULL);
    GDALExtendedDataTypeH reals = GDALExtendedDataTypeCreate(GDT_Float64);
    GUInt64 first = 0;
    assert_non_null(dimension);
    GDALMDArrayH axis = GDALGroupCreateMDArray(root, name, 1, &dimension, reals, NULL);
    assert_non_null(axis);
    if (unit != NULL)
        assert_true(GDALMDArraySetUnit(axis, unit));
    assert_true(GDALMDArrayWrite(axis, &first, &size, NULL, NULL, reals, values, values,
                                 size * sizeof *values));
    GDALMDArrayRelease(axis);
    GDALExtendedDataTypeRelease(reals);
    return dimension;
}

static inline void nc_lats_lons(const nc_plan *p, double *lats, double *lons)
{
    for (int i = 0; i < NC_SIDE; i++) {
        lats[p->south_first ? i : NC_SIDE - 1 - i] = 33 + i;
        lons[i] = 35 + i;
    }
    lons[NC_SIDE - 1] = lons[NC_SIDE - 2] + p->lon_step_deg;
}

static inline void nc_text(GDALMDArrayH array, const char *name, const char *value)
{
    GDALExtendedDataTypeH text = GDALExtendedDataTypeCreateString(0);
    GDALAttributeH attribute = GDALMDArrayCreateAttribute(array, name, 0, NULL, text, NULL);
    assert_non_null(attribute);
    assert_true(GDALAttributeWriteString(attribute, value));
    GDALAttributeRelease(attribute);
    GDALExtendedDataTypeRelease(text);
}

/* Packed: by steps of a sixteenth for wind and temperature, which holds them exactly, and of four for geopotential. */
static inline void nc_variable(GDALGroupH root, GDALDimensionH *dims, char name, const nc_plan *p)
{
    size_t members = p->members ? 3 : 1, count[NC_AXES] = {2, members, 3, NC_SIDE, NC_SIDE}, at = 0;
    GUInt64 first[NC_AXES] = {0, 0, 0, 0, 0};
    double values[2 * 3 * 3 * NC_SIDE * NC_SIDE], lats[NC_SIDE], lons[NC_SIDE];
    double step = name == 'z' ? 4 : 0.0625, start = name == 'z' ? 50000 : 100;
    GDALExtendedDataTypeH type = GDALExtendedDataTypeCreate(p->packed ? GDT_Int16 : GDT_Float32);
    GDALExtendedDataTypeH reals = GDALExtendedDataTypeCreate(GDT_Float64);
    const char called[2] = {name, '\0'};

    nc_lats_lons(p, lats, lons);
    for (size_t t = 0; t < 2; t++)
        for (size_t m = 0; m < members; m++)
            for (size_t l = 0; l < 3; l++)
                for (size_t j = 0; j < NC_SIDE; j++)
                    for (size_t i = 0; i < NC_SIDE; i++)
                        values[at++] = nc_value(name, t, m, p->levels[l], lats[j], lons[i]);
    for (size_t i = 0; p->packed && i < at; i++)
        values[i] = round((values[i] - start) / step);
    GDALMDArrayH array = GDALGroupCreateMDArray(root, called, p->members ? 5 : 4, dims, type, NULL);
    assert_non_null(array);
    assert_true(GDALMDArraySetUnit(array, name == 'z'   ? "m**2 s**-2"
                                          : name == 't' ? "K"
                                                        : p->wind_unit));
    if (p->data_type)
        nc_text(array, "GRIB_dataType", p->data_type);
    if (p->packed) {
        assert_true(GDALMDArraySetScale(array, step));
        assert_true(GDALMDArraySetOffset(array, start));
    }
    if (!p->members) /* (time, level, lat, lon) */
        for (int d = 1; d < NC_AXES - 1; d++)
            count[d] = count[d + 1];
    assert_true(
        GDALMDArrayWrite(array, first, count, NULL, NULL, reals, values, values, sizeof values));
    GDALMDArrayRelease(array);
    GDALExtendedDataTypeRelease(type);
    GDALExtendedDataTypeRelease(reals);
}

static inline void nc_calendar(GDALGroupH root, const char *axis, const char *calendar)
{
    if (calendar == NULL)
        return;
    GDALMDArrayH array = GDALGroupOpenMDArray(root, axis, NULL);
    nc_text(array, "calendar", calendar);
    GDALMDArrayRelease(array);
}

/* Writes `path`. */
static inline void nc_write(const char *path, const nc_plan *p)
{
    static const double times[] = {1016448, 1016454},
                        members[] = {0, 1, 2}; /* hours: 2015-12-16T00:00Z and six later */
    char **options = CSLSetNameValue(NULL, "FORMAT", p->version_4 ? "NC4" : "NC");
    double lats[NC_SIDE], lons[NC_SIDE];
    GDALDimensionH dims[NC_AXES];
    int count = 0;

    GDALAllRegister();
    nc_lats_lons(p, lats, lons);
    GDALDatasetH data =
        GDALCreateMultiDimensional(GDALGetDriverByName("netCDF"), path, NULL, options);
    assert_non_null(data);
    GDALGroupH root = GDALDatasetGetRootGroup(data);
    dims[count++] = nc_axis(root, p->new_names ? "valid_time" : "time", p->time_unit, times, 2);
    nc_calendar(root, p->new_names ? "valid_time" : "time", p->calendar);
    if (p->members)
        dims[count++] = nc_axis(root, "number", NULL, members, 3);
    dims[count++] =
        nc_axis(root, p->new_names ? "pressure_level" : "level", p->level_unit, p->levels, 3);
    dims[count++] = nc_axis(root, "latitude", "degrees_north", lats, NC_SIDE);
    dims[count++] = nc_axis(root, "longitude", "degrees_east", lons, NC_SIDE);
    for (const char *name = "uvzt"; *name != '\0'; name++)
        nc_variable(root, dims, *name, p);
    while (count > 0)
        GDALDimensionRelease(dims[--count]);
    GDALGroupRelease(root);
    (void)GDALClose(data);
    CSLDestroy(options);
}

#endif
