/* A result as one GeoPackage: made in memory, then written by ab_file_write as any other file. */
#include <cpl_vsi.h>
#include <ogr_srs_api.h>

#include "airbridge/io.h"
#include "io/book.h"
#include "io/gpkg.h"

/* One of the steps that every table of a result is taken through. */
typedef bool ab_gpkg_step(const ab_gpkg *to, const ab_gpkg_table *table);

static bool take_table(const ab_gpkg *to, const ab_data *data, int32_t number, bool input,
                       ab_gpkg_step *step)
{
    ab_gpkg_table table = ab__gpkg_table(data, number, input);
    bool taken = !table.name.failed && step(to, &table);

    ab__gpkg_table_free(&table);
    return taken;
}

/* All tables of the results, and those of the input that have rows. */
static bool take_tables(const ab_gpkg *to, const ab_data *input, const ab_data *results,
                        ab_gpkg_step *step)
{
    for (int32_t t = 0; t < results->schema->count; t++) {
        if (!take_table(to, results, t, false, step))
            return false;
    }
    for (int32_t t = 0; t < input->schema->count; t++) {
        if (input->rows[t].count > 0 && !take_table(to, input, t, true, step))
            return false;
    }
    return true;
}

static bool write_tables(const ab_gpkg *to, const ab_data *input, const ab_data *results)
{
    return GDALDatasetStartTransaction(to->data, FALSE) == OGRERR_NONE &&
           take_tables(to, input, results, ab__gpkg_write_layer) && ab__gpkg_start_notes(to) &&
           take_tables(to, input, results, ab__gpkg_write_notes) &&
           GDALDatasetCommitTransaction(to->data) == OGRERR_NONE;
}

static OGRSpatialReferenceH make_wgs84(void)
{
    OGRSpatialReferenceH wgs84 = OSRNewSpatialReference(NULL);

    if (wgs84 != NULL && OSRImportFromEPSG(wgs84, 4326) == OGRERR_NONE)
        OSRSetAxisMappingStrategy(wgs84, OAMS_TRADITIONAL_GIS_ORDER);
    return wgs84;
}

/* Makes the file in GDAL's memory. false: gdal->why, or if that is empty, out of memory. */
static bool make_file(ab_gdal *gdal, const ab_data *input, const ab_data *results)
{
    ab_gpkg to = {.gdal = gdal, .wgs84 = make_wgs84()};
    GDALDriverH driver = GDALGetDriverByName("GPKG");

    if (driver != NULL && to.wgs84 != NULL && gdal->why[0] == '\0')
        to.data = GDALCreate(driver, gdal->file, 0, 0, 0, GDT_Unknown, NULL);
    bool made = to.data != NULL && write_tables(&to, input, results);
    if (to.data != NULL)
        GDALClose(to.data);
    OSRDestroySpatialReference(to.wgs84);
    return made && gdal->why[0] == '\0';
}

ab_status ab_result_write(const char *path, const ab_data *input, const ab_data *results,
                          ab_error *err)
{
    ab_gdal gdal;
    vsi_l_offset size = 0;
    ab_status status = ab__gpkg_refuse_in_use(path, true, err);

    if (status != AB_OK)
        return status;
    ab__gdal_start(&gdal);
    if (make_file(&gdal, input, results)) {
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
