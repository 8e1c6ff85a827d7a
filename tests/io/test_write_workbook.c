/* A book as a workbook for Excel and for LibreOffice: what lies in the file, and what is refused. */
#include "io/book_support.h"

#include <cpl_conv.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>

static const char PLACES[] = "id,name,population,stock_days,cut_off_since\n"
                             "007,=1+1,42000,0.1,2029-10-01\n"
                             "upper,+x,12k,0.30000000000000004,soon\n";
static const char ACCESS[] =
    "id,subject,state,reported_at\na1,place:upper,open,2030-02-28T06:00Z\n";
static const char DROPZONES[] = "id,place,controller\nz1,upper,yes\n";
static const char OPERATION[] = "key,value\nschema_version,1\nperiod_h,24\nname,24\n";

static ab_book *make_book(void)
{
    ab_book *book = book_of("places", PLACES);

    add_csv(book, "access", ACCESS);
    add_csv(book, "dropzones", DROPZONES);
    add_csv(book, "operation", OPERATION);
    return book;
}

/* A part of the archive FOLDER/NAME, freed by the caller. */
static char *part_of(const char *folder, const char *name, const char *part)
{
    ab_buf path = AB_BUF_INIT, text = AB_BUF_INIT;
    char chunk[4096];
    size_t size;

    ab__buf_printf(&path, "/vsizip/{%s/%s}/%s", folder, name, part);
    VSILFILE *file = VSIFOpenL(path.text, "rb");
    if (file == NULL)
        fail_msg("%s has no part %s", name, part);
    while ((size = VSIFReadL(chunk, 1, sizeof chunk, file)) > 0)
        ab__buf_add_n(&text, chunk, size);
    (void)VSIFCloseL(file);
    ab__buf_add(&text, "");
    ab__buf_free(&path);
    return text.text;
}

static void expect_in(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL)
        fail_msg("no %s in %.2000s", wanted, text);
}

static void expect_not_in(const char *text, const char *unwanted)
{
    if (strstr(text, unwanted) != NULL)
        fail_msg("%s in %.2000s", unwanted, text);
}

/* ---- What is in the file ---------------------------------------------------------------------- */

static void test_excel_gets_typed_cells(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = make_book();

    write_expecting(AB_OK, book, folder, "ops.xlsx", NULL, &err);
    char *sheet = part_of(folder, "ops.xlsx", "xl/worksheets/sheet1.xml");
    char *strings = part_of(folder, "ops.xlsx", "xl/sharedStrings.xml");
    expect_in(sheet, "<v>42000</v>");
    expect_in(sheet, "<v>0.1</v>");
    expect_in(sheet, "ySplit=\"2\""); /* header and hashtags stay in sight */
    expect_not_in(sheet, "<f>");      /* a text is no formula */
    expect_in(strings, "<t>=1+1</t>");
    expect_in(strings, "<t>007</t>");                 /* an id keeps its zeros */
    expect_in(strings, "<t>12k</t>");                 /* for the check to tell */
    expect_in(strings, "<t>0.30000000000000004</t>"); /* 17 digits: Excel's file would keep 16 */
    expect_in(strings, "<t>2029-10-01</t>");
    expect_in(strings, "<t>#population</t>");
    free(sheet);
    free(strings);
    ab_book_free(book);
    remove_folder(folder);
}

static void test_excel_offers_words_and_ids(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = make_book();

    write_expecting(AB_OK, book, folder, "ops.xlsx", NULL, &err);
    char *access = part_of(folder, "ops.xlsx", "xl/worksheets/sheet2.xml");
    char *zones = part_of(folder, "ops.xlsx", "xl/worksheets/sheet3.xml");
    char *notes = part_of(folder, "ops.xlsx", "xl/comments1.xml");
    expect_in(access, "<formula1>\"open,closed,restricted\"</formula1>");
    expect_in(zones, "<formula1>\"yes,no\"</formula1>");
    expect_in(zones, "<formula1>'places'!$A$3:$A$4</formula1>");
    expect_in(notes, "people there, best estimate");
    free(access);
    free(zones);
    free(notes);
    ab_book_free(book);
    remove_folder(folder);
}

static void test_a_sheet_with_an_apostrophe_has_lists_at_its_address(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of("Zones d'exclusion", "id,kind,wkt\nline,mined,\n");

    write_expecting(AB_OK, book, folder, "ops.ods", NULL, &err);
    char *content = part_of(folder, "ops.ods", "content.xml");
    expect_in(content, "table:base-cell-address=\"'Zones d''exclusion'.B");
    free(content);
    ab_book_free(book);
    remove_folder(folder);
}

static void test_calc_gets_typed_cells_and_lists(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = make_book();

    write_expecting(AB_OK, book, folder, "ops.ods", NULL, &err);
    char *content = part_of(folder, "ops.ods", "content.xml");
    char *settings = part_of(folder, "ops.ods", "settings.xml");
    expect_in(content, "office:value=\"42000\"");
    expect_in(content, "office:value=\"0.30000000000000004\"");
    expect_in(content, "<text:p>=1+1</text:p>");
    expect_in(content, "<text:p>007</text:p>");
    expect_in(content, "office:value-type=\"string\"><text:p>12k</text:p>");
    expect_in(content, "of:cell-content-is-in-list(&quot;open&quot;;&quot;closed&quot;");
    expect_in(content, "of:cell-content-is-in-list([$'places'.$A$3:.$A$4])");
    expect_not_in(content, "table:formula");
    expect_in(settings, "VerticalSplitPosition\" config:type=\"int\">2<");
    free(content);
    free(settings);
    ab_book_free(book);
    remove_folder(folder);
}

/* In a table of settings the key says of what type the value is: period_h is a number, a name never is. */
static void test_a_setting_has_the_type_of_its_key(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = book_of("operation", OPERATION);

    write_expecting(AB_OK, book, folder, "ops.ods", NULL, &err);
    char *content = part_of(folder, "ops.ods", "content.xml");
    expect_in(content, "office:value-type=\"float\" office:value=\"24\"><text:p>24</text:p>");
    expect_in(content, "office:value-type=\"string\"><text:p>24</text:p>");
    free(content);
    ab_book_free(book);
    remove_folder(folder);
}

/* ODF 1.3 part 2, 3.3: programs tell the format by the bytes at 30 and 38. */
static void test_calc_finds_the_format_first(void **state)
{
    (void)state;
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = make_book();

    write_expecting(AB_OK, book, folder, "ops.ods", NULL, &err);
    char *path = path_in(folder, "ops.ods"), head[100];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fread(head, 1, sizeof head, file), sizeof head);
    (void)fclose(file);
    assert_memory_equal(head + 30, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet", 54);
    free(path);
    ab_book_free(book);
    remove_folder(folder);
}

static void expect_field(OGRLayerH layer, int64_t row, const char *column, const char *expected)
{
    for (int64_t r = 0; r <= row; r++) {
        OGRFeatureH feature = r == 0 ? (OGR_L_ResetReading(layer), OGR_L_GetNextFeature(layer))
                                     : OGR_L_GetNextFeature(layer);
        assert_non_null(feature);
        if (r == row) {
            int field = OGR_F_GetFieldIndex(feature, column);
            assert_true(field >= 0);
            assert_string_equal(OGR_F_GetFieldAsString(feature, field), expected);
        }
        OGR_F_Destroy(feature);
    }
}

/* Another reader sees the same: GDAL's, whose columns become texts where hashtags stand over the numbers. */
static void test_others_read_the_same(void **state)
{
    (void)state;
    static const char *const names[] = {"ops.xlsx", "ops.ods"};
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = make_book();

    GDALAllRegister();
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", "FORCE");
    CPLSetThreadLocalConfigOption("OGR_ODS_HEADERS", "FORCE");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        write_expecting(AB_OK, book, folder, names[i], NULL, &err);
        char *path = path_in(folder, names[i]);
        GDALDatasetH data = GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
        assert_non_null(data);
        assert_int_equal(GDALDatasetGetLayerCount(data), 4);
        OGRLayerH layer = GDALDatasetGetLayerByName(data, "places");
        assert_non_null(layer);
        assert_int_equal(OGR_L_GetFeatureCount(layer, TRUE), 3);
        expect_field(layer, 0, "population", "#population");
        expect_field(layer, 1, "id", "007");
        expect_field(layer, 1, "name", "=1+1");
        expect_field(layer, 1, "population", "42000");
        expect_field(layer, 1, "stock_days", "0.1");
        expect_field(layer, 2, "stock_days", "0.30000000000000004");
        expect_field(layer, 2, "cut_off_since", "soon");
        GDALClose(data);
        free(path);
    }
    CPLSetThreadLocalConfigOption("OGR_XLSX_HEADERS", NULL);
    CPLSetThreadLocalConfigOption("OGR_ODS_HEADERS", NULL);
    ab_book_free(book);
    remove_folder(folder);
}

static void test_the_same_book_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char *const kinds[] = {".xlsx", ".ods", ".gpkg"};
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;
    ab_book *book = make_book();

    for (int i = 0; i < 2; i++) {
        for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
            char name[16];
            (void)snprintf(name, sizeof name, "%d%s", i, kinds[k]);
            write_expecting(AB_OK, book, folder, name, NULL, &err);
        }
        if (i == 0)
            (void)sleep(1); /* a clock would tell the two apart, zip's by steps of two seconds */
        if (i == 0)
            (void)sleep(1);
    }
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        ab_buf command = AB_BUF_INIT;
        ab__buf_printf(&command, "cmp '%s/0%s' '%s/1%s'", folder, kinds[k], folder, kinds[k]);
        assert_int_equal(system(command.text), 0);
        ab__buf_free(&command);
    }
    ab_book_free(book);
    remove_folder(folder);
}

/* Wherever memory runs out, the call says so, and a file that was there stays. */
static void test_without_memory_nothing_is_written(void **state)
{
    (void)state;
    static const char *const names[] = {"ops", "ops.xlsx", "ops.ods", "ops.gpkg"};
    ab_book *book = make_book();

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *folder = make_folder(), *path = path_in(folder, names[i]);
        ab_status status = AB_NO_MEMORY;
        int64_t failed = 0;
        for (int64_t nth = 1; status != AB_OK; nth += 1 + nth / 20) {
            ab_issues *issues = ab_issues_new(0);
            ab_error err = AB_ERROR_INIT;
            ab__fail_allocation(nth);
            status = ab_book_write(path, book, ab_input_schema(), NULL, issues, &err);
            ab__fail_allocation(0);
            if (status != AB_OK) {
                assert_int_equal(status, AB_NO_MEMORY);
                assert_int_equal(access(path, F_OK), -1);
                failed++;
            }
            ab_issues_free(issues);
        }
        assert_true(failed > 10);
        free(path);
        remove_folder(folder);
    }
    ab_book_free(book);
}

/* ---- What is refused -------------------------------------------------------------------------- */

static const char *const workbooks[] = {"ops.xlsx", "ops.ods"};
enum { WORKBOOKS = 2 };

/* Both refuse the book, say so of row and column, and leave no file. */
static void expect_refused(const ab_book *book, const char *where, const char *what)
{
    for (int i = 0; i < WORKBOOKS; i++) {
        char *folder = make_folder(), issue[512], *path = path_in(folder, workbooks[i]);
        ab_error err = AB_ERROR_INIT;
        write_expecting(AB_FLAWED, book, folder, workbooks[i], issue, &err);
        expect_in(issue, where);
        expect_in(issue, what);
        assert_int_equal(access(path, F_OK), -1);
        free(path);
        remove_folder(folder);
    }
}

static ab_book *book_with_note(const char *note, int64_t times)
{
    ab_buf csv = AB_BUF_INIT;

    ab__buf_add(&csv, "id,wkt\nx,y\nupper,");
    for (int64_t i = 0; i < times; i++)
        ab__buf_add(&csv, note);
    ab__buf_char(&csv, '\n');
    ab_book *book = book_of("exclusions", csv.text);
    ab__buf_free(&csv);
    return book;
}

/* The limit counts units of UTF-16: a truck is two. */
static void test_a_cell_has_32767_characters_at_most(void **state)
{
    (void)state;
    static const char truck[] = "\xf0\x9f\x9a\x9a";
    ab_book *fits = book_with_note("x", 32767), *long_one = book_with_note("x", 32768);
    ab_book *trucks = book_with_note(truck, 16384), *fewer = book_with_note(truck, 16383);
    char *folder = make_folder();
    ab_error err = AB_ERROR_INIT;

    expect_refused(long_one, "exclusions:3: wkt", "32767");
    expect_refused(trucks, "exclusions:3: wkt", "32767");
    for (int i = 0; i < WORKBOOKS; i++) {
        write_expecting(AB_OK, fits, folder, workbooks[i], NULL, &err);
        write_expecting(AB_OK, fewer, folder, workbooks[i], NULL, &err);
    }
    ab_book_free(fits);
    ab_book_free(long_one);
    ab_book_free(trucks);
    ab_book_free(fewer);
    remove_folder(folder);
}

/* The escapes that Excel needs for such a text would not fit its cell. */
static void test_a_text_like_an_escape_needs_room(void **state)
{
    (void)state;
    ab_book *book = book_with_note("_x0041_", 32767 / 7);
    char *folder = make_folder(), issue[512];
    ab_error err = AB_ERROR_INIT;

    write_expecting(AB_FLAWED, book, folder, "ops.xlsx", issue, &err);
    expect_in(issue, "exclusions:3: wkt");
    write_expecting(AB_OK, book, folder, "ops.ods", NULL, &err);
    ab_book_free(book);
    remove_folder(folder);
}

static void test_signs_that_xml_has_not_are_refused(void **state)
{
    (void)state;
    static const char *const signs[] = {"\x01", "\x0b", "\x1f", "\xef\xbf\xbe"};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        ab_book *book = book_with_note(signs[i], 1);
        expect_refused(book, "exclusions:3: wkt", "control characters");
        ab_book_free(book);
    }
}

static void test_names_of_sheets_are_limited(void **state)
{
    (void)state;
    static const char *const names[] = {"a table whose name is 32 letters", "a/b", "who?", "[1]",
                                        "'quoted'"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ab_book *book = book_of(names[i], "id\nx\n");
        expect_refused(book, names[i], "a name of 1 to 31 characters");
        ab_book_free(book);
    }
    ab_book *twice = book_of("Visits", "id\nx\n");
    add_csv(twice, "visits", "id\nx\n");
    expect_refused(twice, "visits", "that no other table has");
    ab_book_free(twice);
}

static ab_book *book_of_size(int32_t columns, int64_t rows)
{
    ab_book *book = ab__book_new();
    ab_arena *arena = ab__book_arena(book);
    const char **header = AB_NEW(arena, const char *, columns);
    const char **cells = AB_NEW(arena, const char *, columns *rows);
    ab_sheet sheet = {.name = "diary",
                      .origin = "diary.csv",
                      .column_count = columns,
                      .header = header,
                      .header_line = 1,
                      .row_count = rows,
                      .cells = cells,
                      .line = AB_NEW(arena, int32_t, rows)};

    for (int32_t c = 0; c < columns; c++)
        header[c] = "x";
    for (int64_t i = 0; i < columns * rows; i++)
        cells[i] = "";
    assert_true(ab__book_add(book, &sheet));
    return book;
}

static void test_a_sheet_has_a_last_row_and_column(void **state)
{
    (void)state;
    ab_book *tall = book_of_size(1, 1048576), *wide = book_of_size(16385, 1);

    expect_refused(tall, "diary.csv", "1048576 rows");
    expect_refused(wide, "diary.csv", "16384 columns");
    ab_book_free(tall);
    ab_book_free(wide);
}

/* All of it is told at once. */
static void test_every_cell_is_told(void **state)
{
    (void)state;
    ab_book *book = book_of("diary", "a,b\n\x01,x\ny,\x02\n\x03\x04,\x05\n");
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;
    char *folder = make_folder(), *path = path_in(folder, "ops.xlsx");

    assert_int_equal(ab_book_write(path, book, ab_input_schema(), NULL, issues, &err), AB_FLAWED);
    assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW), 4);
    expect_in(err.message, "nothing was written");
    free(path);
    ab_issues_free(issues);
    ab_book_free(book);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_excel_gets_typed_cells),
        cmocka_unit_test(test_excel_offers_words_and_ids),
        cmocka_unit_test(test_calc_gets_typed_cells_and_lists),
        cmocka_unit_test(test_a_sheet_with_an_apostrophe_has_lists_at_its_address),
        cmocka_unit_test(test_a_setting_has_the_type_of_its_key),
        cmocka_unit_test(test_calc_finds_the_format_first),
        cmocka_unit_test(test_others_read_the_same),
        cmocka_unit_test(test_the_same_book_gives_the_same_bytes),
        cmocka_unit_test(test_without_memory_nothing_is_written),
        cmocka_unit_test(test_a_cell_has_32767_characters_at_most),
        cmocka_unit_test(test_a_text_like_an_escape_needs_room),
        cmocka_unit_test(test_signs_that_xml_has_not_are_refused),
        cmocka_unit_test(test_names_of_sheets_are_limited),
        cmocka_unit_test(test_a_sheet_has_a_last_row_and_column),
        cmocka_unit_test(test_every_cell_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
