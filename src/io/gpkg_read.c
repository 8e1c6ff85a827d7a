/* A result, read back: its input as a book, its tables as typed rows. */
#include <cpl_vsi.h>
#include <string.h>

#include "airbridge/io.h"
#include "airbridge/operation.h"
#include "base/vec.h"
#include "io/book.h"
#include "io/gpkg.h"
#include "io/gpkg_sheet.h"
#include "schema/book.h"
#include "schema/convert.h"

static const char PROVENANCE[] = "provenance";

typedef AB_VEC(const char *) names;

static bool is_wanted(const ab_gpkg_reader *reader, const char *name)
{
    size_t prefix = strlen(reader->prefix);

    if (strncmp(name, reader->prefix, prefix) != 0 || name[prefix] == '\0')
        return false;
    return prefix > 0 || ab_schema_find(reader->schema, name) >= 0;
}

/* They are all plain: what computes was refused with the whole file. */
static ab_status list_tables(const ab_gpkg_reader *reader, names *found, ab_error *err)
{
    OGRLayerH rows = GDALDatasetExecuteSQL(
        reader->data, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", NULL,
        NULL);
    bool kept = rows != NULL;

    for (OGRFeatureH row; kept && (row = OGR_L_GetNextFeature(rows)) != NULL;) {
        const char *name = OGR_F_GetFieldAsString(row, 0);
        if (is_wanted(reader, name)) {
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

static ab_status read_tables(ab_gpkg_reader *reader, ab_error *err)
{
    names found = {0};
    ab_status status = list_tables(reader, &found, err);

    for (int32_t i = 0; status == AB_OK && i < found.count; i++)
        status = ab__gpkg_sheet(reader, found.at[i], err);
    AB_VEC_FREE(&found);
    return status;
}

/* Opens the bytes where GDAL finds them under a name of ours: no name of a user ever reaches it. */
static ab_status read_file(ab_gpkg_reader *reader, const ab_buf *bytes, ab_error *err)
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

/* Adds the sheets of all tables with `prefix`; fails when `needed` is not among them (NULL: any will do). */
static ab_status read_book(const char *path, const ab_buf *bytes, const ab_schema *schema,
                           const char *prefix, const char *needed, ab_book *book, ab_issues *issues,
                           ab_error *err)
{
    ab_gpkg_reader reader = {.path = strcmp(path, "-") == 0 ? "standard input" : path,
                             .schema = schema,
                             .prefix = prefix,
                             .book = book,
                             .work = ab__arena_new(),
                             .issues = issues};

    if (reader.work == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", reader.path);
    ab_status status = read_file(&reader, bytes, err);
    ab__arena_free(reader.work);
    bool ours = needed != NULL ? ab_book_find(book, needed) != NULL : ab_book_count(book) > 0;
    if (status == AB_OK && !ours)
        return ab_fail(
            err, AB_IO, "%s is a GeoPackage, but no result of airbridge: it has no table %s",
            reader.path, needed != NULL ? needed : "whose name begins with " AB_GPKG_INPUT);
    return status;
}

ab_status ab__gpkg_read_input(const char *path, const ab_buf *bytes, ab_book *book,
                              ab_issues *issues, ab_error *err)
{
    return read_book(path, bytes, ab_input_schema(), AB_GPKG_INPUT, NULL, book, issues, err);
}

/* Fails with the first error among the issues, if there is one. */
static ab_status refuse_flawed(const char *path, ab_issues *issues, ab_error *err)
{
    char words[AB_ERROR_CAP / 2]; /* cut at a character's border */

    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        if (ab_issues_at(issues, i)->severity != AB_ERROR_FLAW)
            continue;
        (void)ab_issue_format(ab_issues_at(issues, i), words, sizeof words);
        return ab_fail(err, AB_FLAWED, "%s was changed, or made by another version: %s", path,
                       words);
    }
    return AB_OK;
}

static ab_status read_result(const char *path, ab_book *book, ab_issues *issues,
                             ab_result_rows *out, ab_error *err)
{
    const ab_schema *schema = ab_result_schema();
    ab_rows *rows = AB_NEW(out->arena, ab_rows, schema->count);
    ab_buf bytes = AB_BUF_INIT;

    if (rows == NULL)
        return ab_fail(err, AB_NO_MEMORY, "out of memory while %s was read", path);
    ab_status status = ab__gpkg_load(path, &bytes, err);
    if (status == AB_OK)
        status = read_book(path, &bytes, schema, "", PROVENANCE, book, issues, err);
    ab__buf_free(&bytes);
    if (status == AB_OK)
        status = ab__data_read(schema, book, out->arena, rows, issues, err);
    if (status == AB_OK)
        status = refuse_flawed(path, issues, err);
    out->data = (ab_data){schema, rows};
    return status;
}

ab_status ab_result_read(const char *path, ab_result_rows *out, ab_error *err)
{
    ab_issues *issues = ab_issues_new(0);
    ab_book *book = ab__book_new();
    ab_status status = AB_NO_MEMORY;

    *out = (ab_result_rows){.arena = ab__arena_new()};
    if (issues == NULL || book == NULL || out->arena == NULL)
        (void)ab_fail(err, status, "out of memory while %s was read", path);
    else
        status = read_result(path, book, issues, out, err);
    ab_book_free(book);
    ab_issues_free(issues);
    if (status != AB_OK)
        ab_result_rows_free(out);
    return status;
}

void ab_result_rows_free(ab_result_rows *rows)
{
    ab__arena_free(rows->arena);
    *rows = (ab_result_rows){.arena = NULL};
}
