#include "io/gdal.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_vsi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "geo/wkt.h"

/* For this thread only. What a user sets in the environment for other programs must not change our bytes. */
static const struct {
    const char *key, *value;
} options[AB_GDAL_OPTIONS] = {
    {"OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z"}, /* else the file tells when it was written */
    {"OGR_SQLITE_PRAGMA", ""},
    {"OGR_SQLITE_JOURNAL", "OFF"}, /* in memory, thrown away on failure */
    {"CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{none}"},
    {"GDAL_DRIVER_PATH", "disable"}, /* no plug-ins of unknown origin */
};

static void CPL_STDCALL keep_first(CPLErr kind, CPLErrorNum number, const char *message)
{
    ab_gdal *gdal = CPLGetErrorHandlerUserData();

    (void)number;
    if (kind < CE_Failure || gdal->why[0] != '\0')
        return;
    size_t size = strlen(message);
    if (size >= sizeof gdal->why)
        size = ab__utf8_cut(message, sizeof gdal->why - 1);
    (void)snprintf(gdal->why, sizeof gdal->why, "%.*s", (int)size, message);
}

void ab__gdal_start(ab_gdal *gdal)
{
    memset(gdal, 0, sizeof *gdal);
    (void)snprintf(gdal->file, sizeof gdal->file, "/vsimem/airbridge-%p.gpkg", (void *)gdal);
    for (int i = 0; i < AB_GDAL_OPTIONS; i++) {
        const char *before = CPLGetThreadLocalConfigOption(options[i].key, NULL);
        gdal->option_before[i] = before != NULL ? CPLStrdup(before) : NULL;
        CPLSetThreadLocalConfigOption(options[i].key, options[i].value);
    }
    CPLPushErrorHandlerEx(keep_first, gdal);
    GDALAllRegister(); /* 2 ms the first time, 0.1 ms after that */
}

void ab__gdal_end(ab_gdal *gdal)
{
    (void)VSIUnlink(gdal->file);
    CPLPopErrorHandler();
    for (int i = 0; i < AB_GDAL_OPTIONS; i++) {
        CPLSetThreadLocalConfigOption(options[i].key, gdal->option_before[i]);
        CPLFree(gdal->option_before[i]);
    }
}

bool ab__gdal_sql(GDALDatasetH data, const ab_gdal *gdal, const char *sql)
{
    OGRLayerH result = GDALDatasetExecuteSQL(data, sql, NULL, NULL);

    if (result != NULL)
        GDALDatasetReleaseResultSet(data, result);
    return gdal->why[0] == '\0';
}

static void add_doubled(ab_buf *sql, const char *text, char quote)
{
    ab__buf_char(sql, quote);
    for (; *text != '\0'; text++) {
        if (*text == quote)
            ab__buf_char(sql, quote);
        ab__buf_char(sql, *text);
    }
    ab__buf_char(sql, quote);
}

void ab__sql_name(ab_buf *sql, const char *name)
{
    add_doubled(sql, name, '"');
}

void ab__sql_text(ab_buf *sql, const char *text)
{
    add_doubled(sql, text, '\'');
}

/* ---- Geometry --------------------------------------------------------------------------------- */

static void add_part(OGRGeometryH curve, const ab_shape *shape, int32_t part)
{
    int32_t first = shape->part_start[part];
    int32_t count = shape->part_start[part + 1] - first;

    OGR_G_SetPointCount(curve, count);
    for (int32_t i = 0; i < count; i++) {
        const double *vertex = shape->lon_lat_deg + 2 * (size_t)(first + i);
        OGR_G_SetPoint_2D(curve, i, vertex[0], vertex[1]);
    }
}

OGRGeometryH ab__geometry_of(const ab_shape *shape)
{
    static const OGRwkbGeometryType types[] = {[AB_SHAPE_POINT] = wkbPoint,
                                               [AB_SHAPE_LINE] = wkbLineString,
                                               [AB_SHAPE_POLYGON] = wkbPolygon};
    OGRGeometryH geometry = OGR_G_CreateGeometry(types[shape->kind]);

    if (geometry == NULL)
        return NULL;
    if (shape->kind == AB_SHAPE_POINT)
        OGR_G_SetPoint_2D(geometry, 0, shape->lon_lat_deg[0], shape->lon_lat_deg[1]);
    if (shape->kind == AB_SHAPE_LINE)
        add_part(geometry, shape, 0);
    for (int32_t part = 0; shape->kind == AB_SHAPE_POLYGON && part < shape->part_count; part++) {
        OGRGeometryH ring = OGR_G_CreateGeometry(wkbLinearRing);
        if (ring == NULL) {
            OGR_G_DestroyGeometry(geometry);
            return NULL;
        }
        add_part(ring, shape, part);
        (void)OGR_G_AddGeometryDirectly(geometry, ring);
    }
    return geometry;
}

/* The vertices of a point, line or ring, after those that `wkt` has. */
static void take_part(OGRGeometryH curve, ab_wkt *wkt, double *vertices, int32_t *starts)
{
    int32_t first = starts[wkt->part_count];
    int32_t count = OGR_G_GetPointCount(curve);

    for (int32_t i = 0; i < count; i++) {
        vertices[2 * (size_t)(first + i)] = OGR_G_GetX(curve, i);
        vertices[2 * (size_t)(first + i) + 1] = OGR_G_GetY(curve, i);
    }
    starts[++wkt->part_count] = first + count;
}

/* A collection of one is that one: editors make MULTIPOLYGONs of polygons. */
static OGRGeometryH only_member(OGRGeometryH geometry)
{
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    bool multi = type == wkbMultiPoint || type == wkbMultiLineString || type == wkbMultiPolygon;

    return multi && OGR_G_GetGeometryCount(geometry) == 1 ? OGR_G_GetGeometryRef(geometry, 0)
                                                          : geometry;
}

static void add_any_wkt(OGRGeometryH geometry, ab_buf *out)
{
    char *text = NULL;

    if (OGR_G_ExportToWkt(geometry, &text) == OGRERR_NONE)
        ab__buf_add(out, text);
    CPLFree(text);
}

void ab__geometry_wkt(OGRGeometryH geometry, ab_arena *work, ab_buf *out)
{
    geometry = only_member(geometry);
    OGRwkbGeometryType type = wkbFlatten(OGR_G_GetGeometryType(geometry));
    bool known = type == wkbPoint || type == wkbLineString || type == wkbPolygon;

    if (!known || OGR_G_IsEmpty(geometry)) {
        add_any_wkt(geometry, out);
        return;
    }
    int32_t parts = type == wkbPolygon ? OGR_G_GetGeometryCount(geometry) : 1;
    size_t vertices = 0;
    for (int32_t i = 0; i < parts; i++)
        vertices += (size_t)OGR_G_GetPointCount(
            type == wkbPolygon ? OGR_G_GetGeometryRef(geometry, i) : geometry);
    double *lon_lat_deg = AB_NEW(work, double, 2 * vertices);
    int32_t *starts = AB_NEW(work, int32_t, parts + 1);
    if (lon_lat_deg == NULL || starts == NULL) {
        out->failed = true;
        return;
    }
    ab_wkt wkt = {type == wkbPoint        ? AB_WKT_POINT
                  : type == wkbLineString ? AB_WKT_LINE
                                          : AB_WKT_POLYGON,
                  0, starts, lon_lat_deg};
    for (int32_t i = 0; i < parts; i++)
        take_part(type == wkbPolygon ? OGR_G_GetGeometryRef(geometry, i) : geometry, &wkt,
                  lon_lat_deg, starts);
    ab__wkt_format(&wkt, out);
}
