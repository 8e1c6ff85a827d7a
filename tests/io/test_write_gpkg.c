/* A book as a GeoPackage: a column has its declared type where every cell is of it, and else is text. */
#include "io/book_support.h"

#include <gdal.h>
#include <ogr_api.h>

typedef struct opened {
    GDALDatasetH data;
    OGRLayerH layer;
    OGRFeatureDefnH fields;
} opened;

static opened open_table(const char *folder, const char *name, const char *table)
{
    char *path = path_in(folder, name);
    opened file;

    GDALAllRegister();
    file.data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(file.data);
    file.layer = GDALDatasetGetLayerByName(file.data, table);
    if (file.layer == NULL)
        fail_msg("no table %s", table);
    file.fields = OGR_L_GetLayerDefn(file.layer);
    free(path);
    return file;
}

static OGRFieldType type_of(const opened *file, const char *column)
{
    int field = OGR_FD_GetFieldIndex(file->fields, column);

    if (field < 0)
        fail_msg("no column %s", column);
    return OGR_Fld_GetType(OGR_FD_GetFieldDefn(file->fields, field));
}

/* The first value of an SQL query, freed by the caller. */
static char *value_of(const opened *file, const char *sql)
{
    OGRLayerH rows = GDALDatasetExecuteSQL(file->data, sql, NULL, NULL);
    assert_non_null(rows);
    OGRFeatureH row = OGR_L_GetNextFeature(rows);
    assert_non_null(row);
    char *value = strdup(OGR_F_GetFieldAsString(row, 0));
    OGR_F_Destroy(row);
    GDALDatasetReleaseResultSet(file->data, rows);
    return value;
}

static void expect_answer(const opened *file, const char *sql, const char *expected)
{
    char *value = value_of(file, sql);

    assert_string_equal(value, expected);
    free(value);
}

static void test_columns_have_their_types(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of("places", "id,lon_deg,lat_deg,population,cut_off_since,mood\n"
                                      "007,36.7,34.3,42000,2029-10-01,5\nupper,,,,,\n");

    write_expecting(AB_OK, book, folder, "ops.gpkg", NULL, &err);
    opened file = open_table(folder, "ops.gpkg", "places");
    assert_int_equal(type_of(&file, "id"), OFTString);
    assert_int_equal(type_of(&file, "lon_deg"), OFTReal);
    assert_int_equal(type_of(&file, "population"), OFTInteger64);
    assert_int_equal(type_of(&file, "cut_off_since"), OFTDate);
    assert_int_equal(type_of(&file, "mood"), OFTString);
    expect_answer(&file,
                  "SELECT description FROM gpkg_data_columns WHERE table_name = 'places' AND "
                  "column_name = 'population'",
                  "people; #population");
    expect_answer(&file, "SELECT value FROM operation WHERE key = 'schema_version'", "1");
    OGRFeatureH row = OGR_L_GetFeature(file.layer, 1);
    OGRGeometryH point = OGR_F_GetGeometryRef(row);
    assert_non_null(point);
    assert_float_equal(OGR_G_GetX(point, 0), 36.7, 0);
    OGR_F_Destroy(row);
    row = OGR_L_GetFeature(file.layer, 2);
    assert_null(OGR_F_GetGeometryRef(row));
    OGR_F_Destroy(row);
    GDALClose(file.data);
    ab_book_free(book);
    remove_folder(folder);
}

/* Else what is wrong with it could not be told any more. */
static void test_a_column_with_a_flaw_is_text(void **state)
{
    (void)state;
    static const struct {
        const char *table, *csv, *column;
    } flawed[] = {
        {"places", "id,population\na,42\nb,12k\n", "population"},
        {"places", "id,population\na,42\nb,12.000\n", "population"}, /* twelve thousand? */
        {"places", "id,stock_days\na,1\nb,-0\n", "stock_days"},      /* would come back as zero */
        {"places", "id,cut_off_since\na,2029-02-30\n", "cut_off_since"},
        {"access", "id,from\na,2030-03-01T06:00\n", "from"}, /* in whose time? */
        {"roads", "id,wkt\na,\"LINESTRING(0 0,1 1)\"\nb,later\n", "wkt"},
        {"exclusions", "id,wkt\na,\"POLYGON((0 0,1 1,1 0,0 1))\"\n", "wkt"}, /* not closed */
    };

    for (size_t i = 0; i < sizeof flawed / sizeof flawed[0]; i++) {
        char *folder = make_folder();
        ab_error err = AB_ERROR_INIT;
        ab_book *book = book_of(flawed[i].table, flawed[i].csv);
        write_expecting(AB_OK, book, folder, "ops.gpkg", NULL, &err);
        opened file = open_table(folder, "ops.gpkg", flawed[i].table);
        assert_int_equal(type_of(&file, flawed[i].column), OFTString);
        GDALClose(file.data);
        ab_book_free(book);
        remove_folder(folder);
    }
}

static void test_a_shape_is_the_geometry(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of(
        "exclusions",
        "id,wkt,geom,fid\na,\"POLYGON((0 0,4 0,4 4,0 0),(1 0.5,2 0.5,2 1,1 0.5))\",x,y\nb,,,\n");

    write_expecting(AB_OK, book, folder, "ops.gpkg", NULL, &err);
    opened file = open_table(folder, "ops.gpkg", "exclusions");
    assert_int_equal(OGR_L_GetGeomType(file.layer), wkbPolygon);
    assert_int_equal(OGR_FD_GetFieldIndex(file.fields, "wkt"), -1);
    /* columns of the same names stay what they are */
    assert_int_equal(type_of(&file, "geom"), OFTString);
    assert_int_equal(type_of(&file, "fid"), OFTString);
    OGRFeatureH row = OGR_L_GetFeature(file.layer, 1);
    assert_int_equal(OGR_G_GetGeometryCount(OGR_F_GetGeometryRef(row)), 2);
    OGR_F_Destroy(row);
    GDALClose(file.data);
    ab_book_free(book);
    remove_folder(folder);
}

/* A sheet in French, or one that only hashtags explain, has the types of the table that it is; the database calls
 * things by the names of the manual, for who asks it in SQL. */
static void test_labels_and_hashtags_lead_to_types(void **state)
{
    (void)state;
    static const struct {
        const char *table, *csv;
    } written[] = {
        {"Lieux", "Code,Nom,Longitude,Latitude,Population\nu,Ville,36.7,34.3,42000\n"},
        {"places",
         "A,B,C,D,E\n#loc+code,#loc+name,#geo+lon,#geo+lat,#population\nu,Ville,36.7,34.3,42000\n"},
    };

    for (size_t i = 0; i < sizeof written / sizeof written[0]; i++) {
        char *folder = make_folder();
        ab_error err = AB_ERROR_INIT;
        ab_book *book = book_of(written[i].table, written[i].csv);
        add_csv(book, "Paramètres", "key,value\nVersion du schéma,1\n");
        write_expecting(AB_OK, book, folder, "ops.gpkg", NULL, &err);
        opened file = open_table(folder, "ops.gpkg", "places");
        assert_int_equal(type_of(&file, "population"), OFTInteger64);
        assert_int_equal(type_of(&file, "lon_deg"), OFTReal);
        assert_int_equal(OGR_L_GetGeomType(file.layer), wkbPoint);
        /* the version is there once, under the name that it had */
        expect_answer(&file, "SELECT count(*) || max(key) FROM operation", "1Version du schéma");
        GDALClose(file.data);
        ab_book_free(book);
        remove_folder(folder);
    }
}

static void test_names_that_a_database_does_not_take(void **state)
{
    (void)state;
    static const struct {
        const char *table, *csv, *found;
    } refused[] = {
        {"places", "id,name,Name\na,b,c\n", "Name"},
        {"diary", "day,,what\n1,2,3\n", "a name of 1 to"},
        {"gpkg_contents", "id\na\n", "gpkg_contents"},
        {"in_places", "id\na\n", "does not begin with in_"},
        {"SQLite_x", "id\na\n", "SQLite_x"},
    };

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        char *folder = make_folder(), issue[512];
        ab_error err = AB_ERROR_INIT;
        ab_book *book = book_of(refused[i].table, refused[i].csv);
        write_expecting(AB_FLAWED, book, folder, "ops.gpkg", issue, &err);
        assert_non_null(strstr(issue, refused[i].found));
        ab_book_free(book);
        remove_folder(folder);
    }
}

/* Spreadsheets leave such columns behind. */
static void test_a_column_without_anything_is_left_out(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of("diary", "day,,what,\n1,,2,\n");

    write_expecting(AB_OK, book, folder, "ops.gpkg", NULL, &err);
    opened file = open_table(folder, "ops.gpkg", "diary");
    assert_int_equal(OGR_FD_GetFieldCount(file.fields), 2);
    GDALClose(file.data);
    ab_book_free(book);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_have_their_types),
        cmocka_unit_test(test_a_column_with_a_flaw_is_text),
        cmocka_unit_test(test_a_shape_is_the_geometry),
        cmocka_unit_test(test_labels_and_hashtags_lead_to_types),
        cmocka_unit_test(test_names_that_a_database_does_not_take),
        cmocka_unit_test(test_a_column_without_anything_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
