/* Rasters of heights by GDAL: GeoTIFF, SRTM tiles, ASCII grids, NetCDF. */
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <ctype.h>
#include <math.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/c_locale.h"
#include "io/air_wire.h"
#include "io/netcdf.h"
#include "io/terrain.h"
#include "schema/issues.h"

enum { MARGIN = 2, HGT_NAME = 11 };
/* No ground is lower or higher (Challenger Deep, Chomolungma); what is told beyond is no height. */
static const float LOWEST_M = -12000, HIGHEST_M = 9000;
static const float SRTM_VOID_M = -32768;

typedef struct raster {
    const char *name;
    const ab_buf *bytes;
    const double *box;
    ab_arena *arena;
    ab_terrain *out;
    ab_issues *issues;
    ab_error *err;
} raster;

static ab_status flaw(const raster *r, int32_t code, const char *expected, const char *found,
                      const char *hint)
{
    ab__issue_raise(
        r->issues,
        (ab_issue){
            .code = code, .origin = r->name, .expected = expected, .found = found, .hint = hint});
    return ab_fail(r->err, AB_FLAWED, "%s: %s; expected %s", r->name, found, expected);
}

static ab_status damaged(const raster *r, const char *why)
{
    return flaw(r, AB_ISSUE_WEATHER_CUT_OFF, "a whole raster",
                why[0] != '\0' ? why : "values that cannot be read", "download the file again");
}

/* ---- What part ---------------------------------------------------------------------------------- */

/* A raster's cells: centre of the first, rows from north to south. */
typedef struct cells {
    int32_t lons, lats;
    double lon_deg, lat_deg, step_lon_deg, step_lat_deg; /* the latter negative */
    int32_t first_lon, first_lat, kept_lons, kept_lats;
} cells;

static ab_status not_covered(const raster *r, const cells *c)
{
    char found[256];
    double half_lon = c->step_lon_deg / 2, half_lat = c->step_lat_deg / 2;

    (void)ab__c_snprintf(found, sizeof found,
                         "%.5g to %.5g E, %.5g to %.5g N for %.5g to %.5g E, %.5g to %.5g N",
                         c->lon_deg - half_lon, c->lon_deg + c->lons * c->step_lon_deg - half_lon,
                         c->lat_deg + c->lats * c->step_lat_deg - half_lat, c->lat_deg - half_lat,
                         r->box[0], r->box[2], r->box[1], r->box[3]);
    return flaw(
        r, AB_ISSUE_WEATHER_AREA, "terrain that covers all of the area", found,
        "name a raster that does, or join tiles: gdal_merge.py, gdalbuildvrt and gdal_translate");
}

/* The first and last of `count` cells for values from a to b, which are in cells from the first one's centre. */
static bool part_of(double a, double b, int32_t count, int32_t *first, int32_t *kept)
{
    double from = floor(a + 1e-6) - MARGIN, until = ceil(b - 1e-6) + MARGIN;

    if (a < -0.5 - 1e-6 || b > count - 0.5 + 1e-6)
        return false;
    from = from > 0 ? from : 0;
    until = until < count - 1 ? until : count - 1;
    *first = (int32_t)from;
    *kept = (int32_t)(until - from) + 1;
    return true;
}

static ab_status choose_part(const raster *r, cells *c)
{
    c->first_lon = c->first_lat = 0;
    c->kept_lons = c->lons;
    c->kept_lats = c->lats;
    if (r->box != NULL) {
        /* Rasters from 0 to 360 degrees meet boxes from -180. */
        double middle = c->lon_deg + (c->lons - 1) / 2.0 * c->step_lon_deg;
        c->lon_deg += 360 * round(((r->box[0] + r->box[2]) / 2 - middle) / 360);
        if (!part_of((r->box[0] - c->lon_deg) / c->step_lon_deg,
                     (r->box[2] - c->lon_deg) / c->step_lon_deg, c->lons, &c->first_lon,
                     &c->kept_lons) ||
            !part_of((r->box[3] - c->lat_deg) / c->step_lat_deg,
                     (r->box[1] - c->lat_deg) / c->step_lat_deg, c->lats, &c->first_lat,
                     &c->kept_lats))
            return not_covered(r, c);
    }
    if ((int64_t)c->kept_lons * c->kept_lats > AB_TERRAIN_CELLS_MAX)
        return ab_fail(
            r->err, AB_IO,
            "%s has %lld cells for this area, of at most %d: take a smaller area, or coarser terrain",
            r->name, (long long)c->kept_lons * c->kept_lats, AB_TERRAIN_CELLS_MAX);
    return AB_OK;
}

/* Room for the heights, whose grid is now told. NULL: out of memory. */
static float *start(const raster *r, const cells *c)
{
    float *heights = AB_NEW(r->arena, float, (size_t)c->kept_lons *(size_t)c->kept_lats);

    *r->out = (ab_terrain){.lons = c->kept_lons,
                           .lats = c->kept_lats,
                           .lon_deg = c->lon_deg + c->first_lon * c->step_lon_deg,
                           .lat_deg = c->lat_deg + c->first_lat * c->step_lat_deg,
                           .step_lon_deg = c->step_lon_deg,
                           .step_lat_deg = c->step_lat_deg,
                           .height_msl_m = heights};
    if (heights == NULL)
        (void)ab_fail(r->err, AB_NO_MEMORY, "out of memory while %s was read", r->name);
    return heights;
}

static void drop_voids(const raster *r, float *heights, float none)
{
    size_t count = (size_t)r->out->lons * (size_t)r->out->lats;

    for (size_t i = 0; i < count; i++)
        if (!(heights[i] >= LOWEST_M && heights[i] <= HIGHEST_M) || heights[i] == none ||
            heights[i] == SRTM_VOID_M)
            heights[i] = NAN;
}

/* ---- NetCDF ------------------------------------------------------------------------------------ */

/* The one variable over latitude and longitude alone. */
static bool find_heights(const raster *r, const ab_nc *nc, ab_nc_var *out)
{
    char **names = ab__nc_names(nc);
    bool found = false;

    for (char **name = names; name != NULL && *name != NULL && !found; name++) {
        unsigned roles = 0;
        if (!ab__nc_var(nc, *name, r->arena, out))
            continue;
        for (int d = 0; d < out->dims; d++)
            roles |= 1u << out->role[d];
        roles &= ~(1u << AB_NC_OTHER);
        found = roles == (1u << AB_NC_LAT | 1u << AB_NC_LON);
        if (!found)
            ab__nc_var_close(out);
    }
    CSLDestroy(names);
    return found;
}

static bool even(const ab_nc_axis *axis, double most)
{
    double step = axis->size > 1
                      ? (axis->value[axis->size - 1] - axis->value[0]) / (double)(axis->size - 1)
                      : 0;

    for (size_t i = 0; i < axis->size; i++)
        if (!(fabs(axis->value[i]) <= most) ||
            !(fabs(axis->value[0] + (double)i * step - axis->value[i]) < fabs(step) / 20))
            return false;
    return step != 0;
}

static ab_status read_nc_heights(const raster *r, ab_nc *nc, const ab_nc_var *var)
{
    ab_nc_axis lat, lon;
    bool metres = var->unit[0] == '\0' || strcmp(var->unit, "m") == 0 ||
                  strncasecmp(var->unit, "met", 3) == 0;

    if (!ab__nc_axis(nc, var, AB_NC_LAT, r->arena, &lat) ||
        !ab__nc_axis(nc, var, AB_NC_LON, r->arena, &lon))
        return damaged(r, nc->gdal.why);
    if (!metres)
        return flaw(r, AB_ISSUE_WEATHER_UNITS, "heights in metres", var->unit,
                    "convert it: gdal_calc.py");
    if (!even(&lat, 90.001) || !even(&lon, 720) || lon.value[1] < lon.value[0])
        return flaw(r, AB_ISSUE_WEATHER_GRID, "even steps of longitude and latitude", "uneven ones",
                    "gdalwarp -t_srs EPSG:4326");
    bool north_first = lat.value[1] < lat.value[0];
    double step = fabs(lat.value[lat.size - 1] - lat.value[0]) / (double)(lat.size - 1);
    cells c = {.lons = (int32_t)lon.size,
               .lats = (int32_t)lat.size,
               .lon_deg = lon.value[0],
               .lat_deg = north_first ? lat.value[0] : lat.value[lat.size - 1],
               .step_lon_deg = (lon.value[lon.size - 1] - lon.value[0]) / (double)(lon.size - 1),
               .step_lat_deg = -step};
    ab_status status = choose_part(r, &c);
    float *heights = status == AB_OK ? start(r, &c) : NULL;
    double *values =
        heights != NULL ? AB_NEW(r->arena, double, (size_t)c.kept_lons *(size_t)c.kept_lats) : NULL;
    if (values == NULL)
        return status != AB_OK
                   ? status
                   : ab_fail(r->err, AB_NO_MEMORY, "out of memory while %s was read", r->name);
    size_t first_lat = (size_t)(north_first ? c.first_lat : c.lats - c.first_lat - c.kept_lats);
    const size_t first[AB_NC_ROLES] = {0, 0, 0, first_lat, (size_t)c.first_lon};
    const size_t count[AB_NC_ROLES] = {1, 1, 1, (size_t)c.kept_lats, (size_t)c.kept_lons};
    if (!ab__nc_read(nc, var, first, count, values))
        return damaged(r, nc->gdal.why);
    for (int32_t j = 0; j < c.kept_lats; j++)
        for (int32_t i = 0; i < c.kept_lons; i++)
            *heights++ = (float)
                values[(size_t)(north_first ? j : c.kept_lats - 1 - j) * (size_t)c.kept_lons +
                       (size_t)i];
    drop_voids(r, heights - (size_t)c.kept_lons * (size_t)c.kept_lats, NAN);
    return AB_OK;
}

static ab_status read_netcdf(const raster *r)
{
    ab_nc nc;
    ab_nc_var var;
    ab_status status;

    if (r->bytes->text[0] == 'C') {
        uint64_t end = ab__nc_classic_end(r->bytes);
        if (end == 0 || end > r->bytes->size)
            return damaged(r, end == 0 ? "a damaged header" : "the file ends before its values do");
    }
    bool opened = ab__nc_open(&nc, r->bytes);
    if (!opened)
        status = damaged(r, nc.gdal.why);
    else if (!find_heights(r, &nc, &var))
        status =
            flaw(r, AB_ISSUE_WEATHER_FIELDS, "a variable of heights over latitude and longitude",
                 "none", "name another file");
    else {
        status = read_nc_heights(r, &nc, &var);
        ab__nc_var_close(&var);
    }
    ab__nc_close(&nc);
    return status;
}

/* ---- Other rasters ------------------------------------------------------------------------------ */

/* Is it N35E036.hgt, whose place no byte in it tells? */
static bool is_hgt(const raster *r)
{
    const char *n = r->name;
    size_t size = r->bytes->size;
    bool sized = size == 2u * 1201 * 1201 || size == 2u * 3601 * 3601 || size == 2u * 3601 * 1801 ||
                 size == 2u * 1801 * 3601;

    return strlen(n) == HGT_NAME && strchr("NSns", n[0]) != NULL && isdigit((unsigned char)n[1]) &&
           isdigit((unsigned char)n[2]) && strchr("EWew", n[3]) != NULL &&
           isdigit((unsigned char)n[4]) && isdigit((unsigned char)n[5]) &&
           isdigit((unsigned char)n[6]) && strcasecmp(n + 7, ".hgt") == 0 && sized;
}

static const char *driver_of(const raster *r)
{
    const char *text = r->bytes->text;

    if (r->bytes->size >= 8 && (memcmp(text, "II*", 4) == 0 || memcmp(text, "MM\0*", 4) == 0 ||
                                memcmp(text, "II+", 4) == 0 || memcmp(text, "MM\0+", 4) == 0))
        return "GTiff";
    if (r->bytes->size >= 8 &&
        (strncasecmp(text, "ncols", 5) == 0 || strncasecmp(text, "nrows", 5) == 0))
        return "AAIGrid";
    return is_hgt(r) ? "SRTMHGT" : NULL;
}

static ab_status check_coordinates(const raster *r, GDALDatasetH data, cells *c)
{
    OGRSpatialReferenceH srs = GDALGetSpatialRef(data);
    double to[6];

    if (srs != NULL && !OSRIsGeographic(srs))
        return flaw(r, AB_ISSUE_OTHER_COORDINATES, "longitude and latitude (EPSG:4326)",
                    OSRGetAttrValue(srs, "PROJCS", 0) != NULL ? OSRGetAttrValue(srs, "PROJCS", 0)
                                                              : "others",
                    "gdalwarp -t_srs EPSG:4326 IN OUT");
    if (GDALGetGeoTransform(data, to) != CE_None)
        return flaw(r, AB_ISSUE_OTHER_COORDINATES, "a raster that tells where it lies", "none",
                    "name another file");
    c->lons = GDALGetRasterXSize(data);
    c->lats = GDALGetRasterYSize(data);
    c->step_lon_deg = to[1];
    c->step_lat_deg = to[5];
    c->lon_deg = to[0] + to[1] / 2;
    c->lat_deg = to[3] + to[5] / 2;
    double south = to[3] + c->lats * to[5];
    if (to[2] != 0 || to[4] != 0 || !(to[1] > 1e-9) || !(to[5] < -1e-9) || !(to[3] <= 90.5) ||
        !(south >= -90.5) || !(fabs(to[0]) <= 361) || !(to[1] * c->lons <= 361))
        return flaw(r, AB_ISSUE_OTHER_COORDINATES,
                    "rows from north to south in degrees of longitude and latitude", "others",
                    "gdalwarp -t_srs EPSG:4326 IN OUT");
    return AB_OK;
}

static ab_status read_band(const raster *r, const ab_gdal *gdal, GDALDatasetH data)
{
    cells c = {.lons = 0};
    GDALRasterBandH band = GDALGetRasterBand(data, 1);
    int has_none = 0;

    if (band == NULL)
        return damaged(r, "no band");
    const char *unit = GDALGetRasterUnitType(band);
    if (unit[0] != '\0' && strcmp(unit, "m") != 0 && strncasecmp(unit, "met", 3) != 0)
        return flaw(r, AB_ISSUE_WEATHER_UNITS, "heights in metres", unit,
                    "convert it: gdal_calc.py");
    ab_status status = check_coordinates(r, data, &c);
    if (status == AB_OK)
        status = choose_part(r, &c);
    float *heights = status == AB_OK ? start(r, &c) : NULL;
    if (heights == NULL)
        return status != AB_OK ? status : AB_NO_MEMORY;
    if (GDALRasterIO(band, GF_Read, c.first_lon, c.first_lat, c.kept_lons, c.kept_lats, heights,
                     c.kept_lons, c.kept_lats, GDT_Float32, 0, 0) != CE_None ||
        gdal->why[0] != '\0')
        return damaged(r, gdal->why);
    double none = GDALGetRasterNoDataValue(band, &has_none);
    drop_voids(r, heights, has_none ? (float)none : NAN);
    return AB_OK;
}

/* The name in GDAL's memory is ours, but for the place that an .hgt has in its name. */
static ab_status read_raster(const raster *r, const char *driver)
{
    const char *const drivers[] = {driver, NULL};
    const char *const siblings[] = {NULL};
    ab_gdal gdal;
    char name[32] = "";

    ab__gdal_start(&gdal);
    for (int i = 0; i < HGT_NAME && strcmp(driver, "SRTMHGT") == 0; i++)
        name[i] = i < 7 ? (char)toupper((unsigned char)r->name[i]) : ".hgt"[i - 7];
    (void)snprintf(gdal.file, sizeof gdal.file, "/vsimem/airbridge/%s",
                   name[0] != '\0' ? name : "terrain");
    VSILFILE *file =
        VSIFileFromMemBuffer(gdal.file, (GByte *)r->bytes->text, r->bytes->size, FALSE);
    if (file != NULL)
        (void)VSIFCloseL(file);
    GDALDatasetH data =
        file != NULL ? GDALOpenEx(gdal.file, GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_INTERNAL,
                                  drivers, NULL, siblings)
                     : NULL;
    ab_status status = data != NULL ? read_band(r, &gdal, data) : damaged(r, gdal.why);
    if (data != NULL)
        (void)GDALClose(data);
    ab__gdal_end(&gdal);
    return status;
}

ab_status ab__terrain_read_bytes(const char *name, const ab_buf *bytes, const double *box_wsen_deg,
                                 ab_arena *arena, ab_terrain *out, ab_issues *issues, ab_error *err)
{
    const raster r = {name, bytes, box_wsen_deg, arena, out, issues, err};

    if (bytes->size >= 4 &&
        (memcmp(bytes->text, "CDF", 3) == 0 || memcmp(bytes->text, "\x89HDF", 4) == 0))
        return read_netcdf(&r);
    const char *driver = driver_of(&r);
    if (driver != NULL)
        return read_raster(&r, driver);
    return ab_fail(
        err, AB_IO,
        "%s is %s: expected a GeoTIFF, an SRTM tile named by its place (N35E036.hgt), an ASCII grid or NetCDF",
        name, bytes->size == 0 ? "empty" : "no terrain");
}
