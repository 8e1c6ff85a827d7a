#include "io/netcdf.h"

#include <cpl_string.h>
#include <cpl_vsi.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

bool ab__nc_open(ab_nc *nc, const ab_buf *bytes)
{
    static const char *const drivers[] = {"netCDF", NULL};
    unsigned flags = GDAL_OF_MULTIDIM_RASTER | GDAL_OF_READONLY | GDAL_OF_INTERNAL;

    *nc = (ab_nc){.data = NULL};
    ab__gdal_start(&nc->gdal);
    (void)snprintf(nc->gdal.file, sizeof nc->gdal.file, "/vsimem/airbridge-%p.nc", (void *)nc);
    VSILFILE *file = VSIFileFromMemBuffer(nc->gdal.file, (GByte *)bytes->text, bytes->size, FALSE);
    if (file == NULL)
        return false;
    (void)VSIFCloseL(file);
    nc->reals = GDALExtendedDataTypeCreate(GDT_Float64);
    nc->data = GDALOpenEx(nc->gdal.file, flags, drivers, NULL, NULL);
    nc->root = nc->data != NULL ? GDALDatasetGetRootGroup(nc->data) : NULL;
    return nc->root != NULL && nc->reals != NULL;
}

void ab__nc_close(ab_nc *nc)
{
    if (nc->root != NULL)
        GDALGroupRelease(nc->root);
    if (nc->data != NULL)
        (void)GDALClose(nc->data);
    if (nc->reals != NULL)
        GDALExtendedDataTypeRelease(nc->reals);
    ab__gdal_end(&nc->gdal);
}

char **ab__nc_names(const ab_nc *nc)
{
    return GDALGroupGetMDArrayNames(nc->root, NULL);
}

/* ---- Axes -------------------------------------------------------------------------------------- */

static bool is_among(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcasecmp(word, *words) == 0)
            return true;
    return false;
}

/* By the dimension's name, in the dialects that are about: ERA5's old and new, ERA-Interim's, CF's examples. */
static ab_nc_role role_by_name(const char *name)
{
    static const char *const times[] = {"time", "valid_time", "month", NULL};
    static const char *const members[] = {"number", "member", "realization", "ensemble", NULL};
    static const char *const levels[] = {
        "level", "pressure_level", "isobaricInhPa", "plev", "lev", "isobaric", NULL};
    static const char *const lats[] = {"latitude", "lat", "y", NULL};
    static const char *const lons[] = {"longitude", "lon", "x", NULL};
    static const struct {
        const char *const *names;
        ab_nc_role role;
    } roles[] = {{times, AB_NC_TIME},
                 {members, AB_NC_MEMBER},
                 {levels, AB_NC_LEVEL},
                 {lats, AB_NC_LAT},
                 {lons, AB_NC_LON}};

    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
        if (is_among(name, roles[i].names))
            return roles[i].role;
    return AB_NC_OTHER;
}

/* By the unit of the axis (CF conventions 1.11, sections 4.1 and 4.2). */
static ab_nc_role role_by_unit(const char *unit)
{
    if (strncmp(unit, "degrees_north", 13) == 0 || strncmp(unit, "degree_north", 12) == 0)
        return AB_NC_LAT;
    if (strncmp(unit, "degrees_east", 12) == 0 || strncmp(unit, "degree_east", 11) == 0)
        return AB_NC_LON;
    if (strstr(unit, " since ") != NULL)
        return AB_NC_TIME;
    return AB_NC_OTHER;
}

static ab_nc_role role_of(GDALDimensionH dimension)
{
    GDALMDArrayH axis = GDALDimensionGetIndexingVariable(dimension);
    ab_nc_role role = axis != NULL ? role_by_unit(GDALMDArrayGetUnit(axis)) : AB_NC_OTHER;

    if (axis != NULL)
        GDALMDArrayRelease(axis);
    return role != AB_NC_OTHER ? role : role_by_name(GDALDimensionGetName(dimension));
}

/* Reads an axis variable; false: it has another length, or is not of numbers. */
static bool read_axis(const ab_nc *nc, GDALMDArrayH axis, size_t size, double *out)
{
    GUInt64 first = 0;
    size_t dims = 0;
    GDALDimensionH *dimension = GDALMDArrayGetDimensions(axis, &dims);
    bool fits = dims == 1 && GDALDimensionGetSize(dimension[0]) == size;

    GDALReleaseDimensions(dimension, dims);
    if (!fits ||
        !GDALMDArrayRead(axis, &first, &size, NULL, NULL, nc->reals, out, out, size * sizeof *out))
        return false;
    int has = 0;
    double scale = GDALMDArrayGetScale(axis, &has), offset = GDALMDArrayGetOffset(axis, &has);
    for (size_t i = 0; i < size; i++)
        out[i] = out[i] * scale + offset;
    return true;
}

/* In the arena; "" there is none. NULL: out of memory. */
static const char *text_attribute(GDALMDArrayH array, const char *name, ab_arena *arena)
{
    GDALAttributeH attribute = GDALMDArrayGetAttribute(array, name);
    const char *text = attribute != NULL ? GDALAttributeReadAsString(attribute) : NULL;
    const char *kept = text != NULL ? ab__arena_text(arena, text) : "";

    if (attribute != NULL)
        GDALAttributeRelease(attribute);
    return kept;
}

static bool take_axis(const ab_nc *nc, GDALDimensionH dimension, ab_arena *arena, ab_nc_axis *out)
{
    GDALMDArrayH axis = GDALDimensionGetIndexingVariable(dimension);
    GUInt64 size = GDALDimensionGetSize(dimension);

    out->size = (size_t)size;
    out->name = ab__arena_text(arena, GDALDimensionGetName(dimension));
    out->unit = axis != NULL ? ab__arena_text(arena, GDALMDArrayGetUnit(axis)) : "";
    out->calendar = axis != NULL ? text_attribute(axis, "calendar", arena) : "";
    out->value = size > 0 && size <= AB_NC_AXIS_MAX ? AB_NEW(arena, double, size) : NULL;
    bool read = axis != NULL && out->value != NULL && out->name != NULL && out->unit != NULL &&
                out->calendar != NULL && read_axis(nc, axis, out->size, out->value);
    if (axis != NULL)
        GDALMDArrayRelease(axis);
    return read;
}

bool ab__nc_axis(const ab_nc *nc, const ab_nc_var *var, ab_nc_role role, ab_arena *arena,
                 ab_nc_axis *out)
{
    size_t dims = 0;
    GDALDimensionH *dimension = GDALMDArrayGetDimensions(var->array, &dims);
    bool read = true;

    *out = (ab_nc_axis){.size = 1, .name = "", .unit = "", .calendar = ""};
    for (size_t d = 0; d < dims && d < (size_t)var->dims; d++)
        if (var->role[d] == role)
            read = take_axis(nc, dimension[d], arena, out);
    GDALReleaseDimensions(dimension, dims);
    return read;
}

/* ---- Variables --------------------------------------------------------------------------------- */

/* GDAL turns a _FillValue of NAN on whole numbers into 0, which is a value: so they are asked for as they stand. */
static void read_attributes(ab_nc_var *var, ab_arena *arena)
{
    char **all = CSLSetNameValue(NULL, "SHOW_ALL", "YES");
    size_t count = 0;
    GDALAttributeH *attribute = GDALMDArrayGetAttributes(var->array, &count, all);

    for (size_t i = 0; i < count; i++) {
        const char *name = GDALAttributeGetName(attribute[i]), *text;
        if (strcmp(name, "_FillValue") == 0 &&
            GDALAttributeGetTotalElementsCount(attribute[i]) == 1)
            var->absent[0] = GDALAttributeReadAsDouble(attribute[i]);
        if (strcmp(name, "missing_value") == 0 &&
            GDALAttributeGetTotalElementsCount(attribute[i]) == 1)
            var->absent[1] = GDALAttributeReadAsDouble(attribute[i]);
        const char **into = strcmp(name, "standard_name") == 0   ? &var->standard_name
                            : strcmp(name, "GRIB_stepType") == 0 ? &var->step_type
                            : strcmp(name, "GRIB_dataType") == 0 ? &var->data_type
                                                                 : NULL;
        if (into != NULL && (text = GDALAttributeReadAsString(attribute[i])) != NULL &&
            (text = ab__arena_text(arena, text)) != NULL)
            *into = text;
    }
    GDALReleaseAttributes(attribute, count);
    CSLDestroy(all);
}

static bool read_dims(ab_nc_var *var)
{
    size_t count = 0;
    GDALDimensionH *dimension = GDALMDArrayGetDimensions(var->array, &count);
    bool good = count <= AB_NC_DIMS_MAX;
    unsigned seen = 0;

    for (size_t d = 0; good && d < count; d++) {
        var->role[d] = role_of(dimension[d]);
        var->size[d] = (size_t)GDALDimensionGetSize(dimension[d]);
        good = var->size[d] > 0 &&
               (var->role[d] == AB_NC_OTHER ? var->size[d] == 1 : !(seen >> var->role[d] & 1u));
        seen |= 1u << var->role[d];
    }
    var->dims = (int)count;
    GDALReleaseDimensions(dimension, count);
    return good;
}

bool ab__nc_var(const ab_nc *nc, const char *name, ab_arena *arena, ab_nc_var *out)
{
    int has = 0;

    *out = (ab_nc_var){.absent = {NAN, NAN}, .unit = "", .standard_name = "", .step_type = "", .data_type = ""};
    out->array = GDALGroupOpenMDArray(nc->root, name, NULL);
    if (out->array == NULL)
        return false;
    GDALExtendedDataTypeH type = GDALMDArrayGetDataType(out->array);
    bool numbers = GDALExtendedDataTypeGetClass(type) == GEDTC_NUMERIC &&
                   !GDALDataTypeIsComplex(GDALExtendedDataTypeGetNumericDataType(type));
    GDALExtendedDataTypeRelease(type);
    const char *unit = ab__arena_text(arena, GDALMDArrayGetUnit(out->array));
    if (!numbers || unit == NULL || !read_dims(out)) {
        ab__nc_var_close(out);
        return false;
    }
    out->unit = unit;
    out->scale = GDALMDArrayGetScale(out->array, &has);
    out->offset = GDALMDArrayGetOffset(out->array, &has);
    read_attributes(out, arena);
    return true;
}

void ab__nc_var_close(ab_nc_var *var)
{
    if (var->array != NULL)
        GDALMDArrayRelease(var->array);
    var->array = NULL;
}

bool ab__nc_read(const ab_nc *nc, const ab_nc_var *var, const size_t first[AB_NC_ROLES],
                 const size_t count[AB_NC_ROLES], double *out)
{
    GUInt64 start[AB_NC_DIMS_MAX];
    size_t counts[AB_NC_DIMS_MAX], total = 1;
    GPtrDiff_t stride[AB_NC_DIMS_MAX], of_role[AB_NC_ROLES];

    for (int r = AB_NC_ROLES - 1; r >= 0; r--) {
        of_role[r] = (GPtrDiff_t)total;
        total *= count[r];
    }
    for (int d = 0; d < var->dims; d++) {
        bool other = var->role[d] == AB_NC_OTHER;
        start[d] = other ? 0 : first[var->role[d]];
        counts[d] = other ? 1 : count[var->role[d]];
        stride[d] = other ? 1 : of_role[var->role[d]];
    }
    if (!GDALMDArrayRead(var->array, start, counts, NULL, stride, nc->reals, out, out,
                         total * sizeof *out))
        return false;
    for (size_t i = 0; i < total; i++)
        out[i] = out[i] == var->absent[0] || out[i] == var->absent[1]
                     ? NAN
                     : out[i] * var->scale + var->offset;
    return true;
}
