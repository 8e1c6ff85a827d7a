/* OpenDocument spreadsheets, read as the texts that people meant. */
#include "io/zip_support.h"

static ab_buf workbook_of(const char *styles, const char *tables)
{
    ab_buf content = AB_BUF_INIT;

    ab__buf_printf(&content,
                   "<office:document-content><office:automatic-styles>%s</office:automatic-styles>"
                   "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body>"
                   "</office:document-content>",
                   styles, tables);
    zip_part parts[] = {text_part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                        text_part("content.xml", content.text)};
    ab_buf bytes = zip_of(parts, 2);
    ab__buf_free(&content);
    return bytes;
}

static workbook_world read_content(const char *styles, const char *tables)
{
    ab_buf bytes = workbook_of(styles, tables);
    workbook_world in = read_workbook(&bytes);

    ab__buf_free(&bytes);
    return in;
}

#define TEXT(text)                                                                                 \
    "<table:table-cell office:value-type=\"string\"><text:p>" text "</text:p></table:table-cell>"
#define ROW(cells)        "<table:table-row>" cells "</table:table-row>"
#define TABLE(name, rows) "<table:table table:name=\"" name "\">" rows "</table:table>"

static void expect_cell(const char *cell, const char *expected)
{
    ab_buf rows = AB_BUF_INIT, all = AB_BUF_INIT;

    ab__buf_printf(&rows,
                   TABLE("places", ROW(TEXT("id") TEXT("name")) "<table:table-row>" TEXT(
                                       "up") "%s"
                                             "</table:table-row>"),
                   cell);
    workbook_world in = read_content("", rows.text);
    if (in.status != AB_OK)
        fail_msg("%s: %s", cell, in.err.message);
    ab__buf_printf(&all, "1:id|name|\n2:up|%s|", expected);
    expect_sheet(&in, "places", all.text);
    end_workbook(&in);
    ab__buf_free(&rows);
    ab__buf_free(&all);
}

#define CELL(attributes, shown)                                                                    \
    "<table:table-cell " attributes "><text:p>" shown "</text:p></table:table-cell>"

static void a_cell_comes_out_as_the_text_that_was_meant(void **state)
{
    (void)state;
    expect_cell(TEXT("a <text:span>b</text:span><text:s text:c=\"2\"/>c<text:tab/>&amp;"),
                "a b  c\t&");
    expect_cell("<table:table-cell office:value-type=\"string\"><text:p>one</text:p><text:p>two"
                "</text:p></table:table-cell>",
                "one\ntwo");
    expect_cell("<table:table-cell office:value-type=\"string\"><office:annotation><text:p>remark"
                "</text:p></office:annotation><text:p>x</text:p></table:table-cell>",
                "x");
    expect_cell(CELL("office:value-type=\"float\" office:value=\"0.30000000000000004\"", "0.3"),
                "0.30000000000000004");
    expect_cell(CELL("office:value-type=\"percentage\" office:value=\"0.45\"", "45 %"), "0.45");
    expect_cell(CELL("office:value-type=\"date\" office:date-value=\"2016-02-10\"", "10.02.16"),
                "2016-02-10");
    expect_cell(
        CELL("office:value-type=\"date\" office:date-value=\"2016-02-10\"", "2016-02-10 00:00"),
        "2016-02-10T00:00:00");
    expect_cell(
        CELL("office:value-type=\"date\" office:date-value=\"2016-02-10T06:00:00.000000000\"",
             "10.2.16 6:00"),
        "2016-02-10T06:00:00");
    expect_cell(CELL("office:value-type=\"time\" office:time-value=\"PT06H00M00S\"", "6:00 AM"),
                "06:00");
    expect_cell(CELL("office:value-type=\"time\" office:time-value=\"PT24H00M00S\"", "24:00:00"),
                "24:00");
    expect_cell(CELL("office:value-type=\"boolean\" office:boolean-value=\"true\"", "WAHR"), "yes");
    expect_cell(CELL("office:value-type=\"boolean\" office:boolean-value=\"false\"", "FALSE"),
                "no");
    expect_cell(CELL("table:formula=\"of:=1/0\" office:value-type=\"string\" "
                     "office:string-value=\"\" calcext:value-type=\"error\"",
                     "#DIV/0!"),
                "#DIV/0!");
    expect_cell("<table:table-cell table:formula=\"of:=[.A1]*2\"/>", "=[.A1]*2");
    expect_cell(CELL("table:formula=\"of:=2\" office:value-type=\"float\" office:value=\"2\"", "2"),
                "2");
}

static void lines_are_the_rows_of_the_sheet(void **state)
{
    workbook_world in = read_content(
        "",
        TABLE(
            "PLACES",
            "<table:table-column table:number-columns-repeated=\"16384\"/>"
            "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
            "table:number-columns-repeated=\"16384\"/></table:table-row>"
            "<table:table-header-rows>" ROW(TEXT("id") TEXT(
                "note")) "</table:table-header-rows>"
                         "<table:table-row table:number-rows-repeated=\"2\" table:visibility=\"collapse\">"
                         "<table:table-cell table:number-columns-repeated=\"2\" "
                         "office:value-type=\"float\" office:value=\"7\"/></table:table-row>"
                         "<table:table-row-group>" ROW("<table:covered-table-cell/>" TEXT(
                             "last")) "</table:table-row-group>"
                                      "<table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell/>"
                                      "</table:table-row>"));

    (void)state;
    assert_int_equal(in.status, AB_OK);
    expect_sheet(&in, "places", "3:id|note|\n4:7|7|\n5:7|7|\n6:|last|");
    assert_string_equal(ab__buf_text(&in.told), "");
    end_workbook(&in);
}

static void merged_cells_are_told_where_they_hide_a_value(void **state)
{
    workbook_world in = read_content(
        "",
        TABLE(
            "places",
            ROW("<table:table-cell table:number-columns-spanned=\"2\" "
                "office:value-type=\"string\"><text:p>Title</text:p></table:table-cell>")
                ROW(TEXT("id") TEXT("name")) ROW(TEXT(
                    "a") "<table:table-cell table:number-rows-spanned=\"3\" "
                         "office:value-type=\"string\"><text:p>all</text:p></table:table-cell>")));

    (void)state;
    assert_string_equal(ab__buf_text(&in.told), "TITLE_ROWS 1 \nMERGED_CELLS 3 name");
    end_workbook(&in);
}

static void only_sheets_that_people_see_are_tables(void **state)
{
    static const char hidden[] =
        "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties "
        "table:display=\"false\"/></style:style>";
    static const char tables[] =
        "<table:tracked-changes><table:table-cell-change/></table:tracked-changes>"
        "<table:table table:name=\"scratch\" table:style-name=\"ta2\">" ROW(
            TEXT("x")) "</table:table>"
                       "<table:table table:name=\"stocks\" table:style-name=\"ta2\">" ROW(
                           TEXT("hub")) "</table:table>" TABLE("'file:///tmp/other.ods'#$Sheet1",
                                                               ROW(TEXT("x"))) TABLE("Sheet2", "")
                           TABLE("pivot", ROW(TEXT("x")));
    workbook_world in = read_content(hidden, tables);

    (void)state;
    assert_int_equal(ab_book_count(in.book), 2);
    expect_sheet(&in, "stocks", "1:hub|");
    expect_sheet(&in, "pivot", "1:x|");
    end_workbook(&in);
}

/* A few hundred bytes that stand for 17 thousand million cells. */
static void a_cell_repeated_without_end_is_read_up_to_the_limits(void **state)
{
    workbook_world in = read_content(
        "",
        TABLE("places",
              ROW(TEXT("id") TEXT(
                  "name")) "<table:table-row table:number-rows-repeated=\"1048575\">"
                           "<table:table-cell table:number-columns-repeated=\"16384\" "
                           "office:value-type=\"float\" office:value=\"7\"/></table:table-row>"));

    (void)state;
    assert_int_equal(in.status, AB_OK);
    assert_true(ab_issues_of(in.issues, AB_ERROR_FLAW) > 0);
    end_workbook(&in);
}

static void an_encrypted_one_is_told(void **state)
{
    zip_part parts[] = {text_part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
                        text_part("content.xml", "x"),
                        text_part("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")};
    ab_buf bytes = zip_of(parts, 3);
    workbook_world in = read_workbook(&bytes);

    (void)state;
    assert_int_equal(in.status, AB_IO);
    assert_non_null(strstr(in.err.message, "remove the password"));
    end_workbook(&in);
    ab__buf_free(&bytes);
}

static void want_of_memory_is_reported(void **state)
{
    ab_buf bytes = workbook_of(
        "<style:style style:name=\"ta2\"><style:table-properties table:display=\"false\"/></style:style>",
        TABLE(
            "places",
            ROW(TEXT("Title"))
                ROW(TEXT("id") TEXT("name")) "<table:table-row table:number-rows-repeated=\"3\">" TEXT(
                    "x") "<table:table-cell table:number-rows-spanned=\"3\" "
                         "office:value-type=\"float\" office:value=\"1\"/></table:table-row>"));

    (void)state;
    expect_to_bear_want_of_memory(&bytes);
    ab__buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_comes_out_as_the_text_that_was_meant),
        cmocka_unit_test(lines_are_the_rows_of_the_sheet),
        cmocka_unit_test(merged_cells_are_told_where_they_hide_a_value),
        cmocka_unit_test(only_sheets_that_people_see_are_tables),
        cmocka_unit_test(a_cell_repeated_without_end_is_read_up_to_the_limits),
        cmocka_unit_test(an_encrypted_one_is_told),
        cmocka_unit_test(want_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
