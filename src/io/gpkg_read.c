/* A GeoPackage as a book: the input of a result, its tables, or the tables of any other. */
#include <cpl_vsi.h>
#include <string.h>

#include "base/vec.h"
#include "io/book.h"
#include "io/gpkg.h"
#include "io/layer_sheet.h"
#include "io/path.h"

typedef AB_VEC(const char *) names;

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Tables of the format and of those who write it: SQLite, OGC 12-128, GDAL, QGIS. */
static bool is_of_format(const char *name)
{
    return begins(name, "gpkg_") || begins(name, "sqlite_") || begins(name, "rtree_") ||
           begins(name, "ogr_") || strcmp(name, "layer_styles") == 0 ||
           strcmp(name, "qgis_projects") == 0;
}

/* The names of all tables; they are plain: what computes was refused with the whole file. */
static ab_status list_tables(const ab_layer_reader *reader, names *found, ab_error *err)
{
    OGRLayerH rows = GDALDatasetExecuteSQL(
        reader->data, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", NULL,
        NULL);
    bool kept = rows != NULL;

    for (OGRFeatureH row; kept && (row = OGR_L_GetNextFeature(rows)) != NULL;) {
        const char *name = OGR_F_GetFieldAsString(row, 0);
        if (!is_of_format(name)) {
            const char **one = AB_PUSH(found);
            kept = one != NULL && (*one = ab__arena_text(reader->work, name)) != NULL;
        }
        OGR_F_Destroy(row);
    }
    if (rows != NULL)
        GDALDatasetReleaseResultSet(reader->data, rows);
    if (reader->gdal->why[0] != '\0')
        return ab_fail(err, AB_IO, "%s is damaged: %s", reader->path, reader->gdal->why);
    return kept ? AB_OK
                : ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", reader->path);
}

/* All cells as text: SQLite takes a text in a column of numbers, and we want to see it. */
static void add_cell(ab_buf *sql, const char *column, OGRFieldDefnH field)
{
    bool flag = field != NULL && OGR_Fld_GetSubType(field) == OFSTBoolean;
    ab_buf quoted = AB_BUF_INIT;

    ab__sql_name(&quoted, column);
    const char *name = ab__buf_text(&quoted);
    /* CAST would write 15 digits; of 17 the last are right for numbers of a common size. */
    ab__buf_printf(sql, "CASE typeof(%s) WHEN 'real' THEN 'r' || printf('%%!.17g', %s) ", name,
                   name);
    if (flag)
        ab__buf_printf(sql, "WHEN 'integer' THEN CASE %s WHEN 0 THEN 'tno' ELSE 'tyes' END ", name);
    ab__buf_printf(sql, "ELSE 't' || CAST(%s AS TEXT) END", name);
    sql->failed = sql->failed || quoted.failed;
    ab__buf_free(&quoted);
}

static void add_real(ab_buf *sql, const char *column)
{
    ab_buf quoted = AB_BUF_INIT;

    ab__sql_name(&quoted, column);
    const char *name = ab__buf_text(&quoted);
    ab__buf_printf(sql, "CASE typeof(%s) WHEN 'real' THEN %s ELSE 0.0 END", name, name);
    sql->failed = sql->failed || quoted.failed;
    ab__buf_free(&quoted);
}

static ab_status read_table(ab_layer_reader *reader, const char *table, const char *name,
                            ab_error *err)
{
    OGRLayerH layer = GDALDatasetGetLayerByName(reader->data, table);
    ab_buf quoted = AB_BUF_INIT, origin = AB_BUF_INIT;

    ab__sql_name(&quoted, table);
    ab__buf_printf(&origin, "%s/%s", ab__path_name(reader->path), table);
    ab_status status =
        layer == NULL ? ab_fail(err, AB_IO, "%s is damaged: its table %s cannot be read (%s)",
                                reader->path, table, reader->gdal->why)
        : quoted.failed || origin.failed
            ? ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", reader->path)
            : ab__layer_sheet(reader, layer, quoted.text, name, origin.text, err);
    ab__buf_free(&quoted);
    ab__buf_free(&origin);
    return status;
}

/* The tables of a result, those of its input (without their prefix), or all where there is no input. */
static ab_status read_tables(ab_layer_reader *reader, ab_error *err)
{
    names found = {0};
    bool input = false;
    ab_status status = list_tables(reader, &found, err);

    for (int32_t i = 0; i < found.count && !reader->result; i++)
        input = input || begins(found.at[i], AB_GPKG_INPUT);
    /* Numbers of a result went through SI units and back. */
    reader->digits = input || reader->result ? 15 : 17;
    for (int32_t i = 0; status == AB_OK && i < found.count; i++) {
        const char *table = found.at[i];
        bool wanted = reader->result ? ab_schema_find(reader->schema, table) >= 0
                                     : !input || begins(table, AB_GPKG_INPUT);
        if (wanted)
            status = read_table(reader, table, table + (input ? sizeof AB_GPKG_INPUT - 1 : 0), err);
    }
    AB_VEC_FREE(&found);
    return status;
}

/* Opens the bytes where GDAL finds them under a name of ours: no name of a user ever reaches it. */
static ab_status read_file(ab_layer_reader *reader, const ab_buf *bytes, ab_error *err)
{
    static const char *const drivers[] = {"GPKG", NULL};
    ab_gdal gdal;
    ab_status status;

    ab__gdal_start(&gdal);
    reader->gdal = &gdal;
    VSILFILE *file = VSIFileFromMemBuffer(gdal.file, (GByte *)bytes->text, bytes->size, FALSE);
    if (file != NULL)
        (void)VSIFCloseL(file);
    reader->data = GDALOpenEx(gdal.file, GDAL_OF_VECTOR | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR,
                              drivers, NULL, NULL);
    if (reader->data != NULL) {
        status = read_tables(reader, err);
        GDALClose(reader->data);
    } else {
        status = ab_fail(err, AB_IO, "%s is no GeoPackage, or damaged: %s", reader->path, gdal.why);
    }
    ab__gdal_end(&gdal);
    return status;
}

ab_status ab__gpkg_read(const char *path, ab_buf *bytes, const ab_schema *schema, bool result,
                        ab_book *book, ab_issues *issues, ab_error *err)
{
    static const ab_layer_dialect dialect = {add_cell, add_real, "CAST(rowid AS TEXT)", "rowid"};
    ab_layer_reader reader = {.path = path,
                              .schema = schema,
                              .dialect = &dialect,
                              .result = result,
                              .book = book,
                              .work = ab__arena_new(),
                              .issues = issues};

    if (reader.work == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    ab_status status = ab__gpkg_prepare(path, bytes, err);
    if (status == AB_OK)
        status = read_file(&reader, bytes, err);
    ab__arena_free(reader.work);
    return status;
}
