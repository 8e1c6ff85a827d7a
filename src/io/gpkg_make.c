/* A GeoPackage as a file: made in memory, then written by ab_file_write as any other. */
#include <cpl_vsi.h>
#include <ogr_srs_api.h>

#include "airbridge/io.h"
#include "io/book.h"
#include "io/gpkg.h"

static OGRSpatialReferenceH make_wgs84(void)
{
    OGRSpatialReferenceH wgs84 = OSRNewSpatialReference(NULL);

    if (wgs84 != NULL && OSRImportFromEPSG(wgs84, 4326) == OGRERR_NONE)
        OSRSetAxisMappingStrategy(wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    return wgs84;
}

/* Makes the file in GDAL's memory. false: gdal->why, or if that is empty, out of memory. */
static bool make_file(ab_gdal *gdal, ab_gpkg_fill *fill, const void *what)
{
    ab_gpkg to = {.gdal = gdal, .wgs84 = make_wgs84()};
    GDALDriverH driver = GDALGetDriverByName("GPKG");

    if (driver != NULL && to.wgs84 != NULL && gdal->why[0] == '\0')
        to.data = GDALCreate(driver, gdal->file, 0, 0, 0, GDT_Unknown, NULL);
    bool made = to.data != NULL && GDALDatasetStartTransaction(to.data, FALSE) == OGRERR_NONE &&
                fill(&to, what) && GDALDatasetCommitTransaction(to.data) == OGRERR_NONE;
    if (to.data != NULL)
        GDALClose(to.data);
    OSRDestroySpatialReference(to.wgs84);
    return made && gdal->why[0] == '\0';
}

ab_status ab__gpkg_make(const char *path, ab_gpkg_fill *fill, const void *what, ab_error *err)
{
    ab_gdal gdal;
    vsi_l_offset size = 0;
    ab_status status = ab__gpkg_refuse_in_use(path, true, err);

    if (status != AB_OK)
        return status;
    ab__gdal_start(&gdal);
    if (make_file(&gdal, fill, what)) {
        const void *bytes = VSIGetMemFileBuffer(gdal.file, &size, FALSE);
        status = ab_file_write(path, bytes, (size_t)size, err);
    } else if (gdal.why[0] != '\0') {
        status = ab_fail(err, AB_IO, "%s cannot be made: %s", path, gdal.why);
    } else {
        status = ab_fail(err, AB_NO_MEMORY, "out of memory while %s was made", path);
    }
    ab__gdal_end(&gdal);
    return status;
}
