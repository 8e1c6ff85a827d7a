/* XLSX as Excel, LibreOffice and libraries write it, read as the texts that people meant. */
#include "io/zip_support.h"

#define STYLES                                                                                     \
    "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/>"     \
    "<numFmt numFmtId=\"165\" formatCode=\"[hh]:mm:ss\"/></numFmts><cellStyleXfs><xf "             \
    "numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "       \
    "numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"

static const char SHARED[] =
    "<sst><si><t>id</t></si><si><t xml:space=\"preserve\">up</t></si>"
    "<si><r><t>Ma</t></r><r><rPr/><t>daya</t></r><rPh><t>madaja</t></rPh></si>"
    "<si><t>_x0041__x005F_</t></si><si><t>\xD9\x85\xD8\xB6\xD8\xA7\xD9\x8A\xD8\xA7</t></si></sst>";

static const char RELATIONS[] =
    "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"worksheets/s1.xml\"/>"
    "<Relationship Id=\"r2\" Type=\"http://x/worksheet\" Target=\"/xl/worksheets/s2.xml\"/>"
    "<Relationship Id=\"r3\" Type=\"http://x/styles\" Target=\"styles.xml\"/>"
    "<Relationship Id=\"r4\" Type=\"http://x/sharedStrings\" Target=\"strings.xml\"/></Relationships>";

/* A workbook whose first sheet is called `name` and holds `data`; `more` is put into the list of sheets. */
static ab_buf workbook_of(const char *name, const char *data, const char *more)
{
    ab_buf list = AB_BUF_INIT, sheet = AB_BUF_INIT;

    ab__buf_printf(&list,
                   "<workbook><sheets><sheet name=\"%s\" sheetId=\"1\" r:id=\"r1\"/>%s</sheets>"
                   "</workbook>",
                   name, more);
    ab__buf_printf(&sheet, "<worksheet><sheetData>%s</worksheet>", data);
    zip_part parts[] = {text_part("xl/workbook.xml", list.text),
                        text_part("xl/_rels/workbook.xml.rels", RELATIONS),
                        text_part("xl/styles.xml", STYLES),
                        text_part("xl/strings.xml", SHARED),
                        text_part("xl/worksheets/s1.xml", sheet.text),
                        text_part("xl/worksheets/s2.xml",
                                  "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>"
                                  "</worksheet>")};
    ab_buf bytes = zip_of(parts, sizeof parts / sizeof parts[0]);
    ab__buf_free(&list);
    ab__buf_free(&sheet);
    return bytes;
}

static workbook_world read_sheet(const char *name, const char *data, const char *more)
{
    ab_buf bytes = workbook_of(name, data, more);
    workbook_world in = read_workbook(&bytes);

    ab__buf_free(&bytes);
    return in;
}

static void expect_cell(const char *cell, const char *expected)
{
    ab_buf data = AB_BUF_INIT, all = AB_BUF_INIT;

    ab__buf_printf(&data,
                   "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>name</v></c></row>"
                   "<row><c><v>1</v></c>%s</row></sheetData>",
                   cell);
    workbook_world in = read_sheet("places", data.text, "");
    if (in.status != AB_OK)
        fail_msg("%s: %s", cell, in.err.message);
    ab__buf_printf(&all, "1:id|name|\n2:1|%s|", expected);
    expect_sheet(&in, "places", all.text);
    assert_string_equal(ab__buf_text(&in.told), "");
    end_workbook(&in);
    ab__buf_free(&data);
    ab__buf_free(&all);
}

static void a_cell_comes_out_as_the_text_that_was_meant(void **state)
{
    (void)state;
    expect_cell("<c t=\"s\"><v>2</v></c>", "Madaya");
    expect_cell("<c t=\"s\"><v>3</v></c>", "A_");
    expect_cell("<c t=\"s\"><v>4</v></c>", "\xD9\x85\xD8\xB6\xD8\xA7\xD9\x8A\xD8\xA7");
    expect_cell("<c t=\"s\"><v>99</v></c>", "");
    expect_cell("<c t=\"inlineStr\"><is><t>a &amp; b</t></is></c>", "a & b");
    expect_cell("<c><v>0.30000000000000004</v></c>", "0.30000000000000004");
    expect_cell("<c><v>1E-007</v></c>", "1e-07");
    expect_cell("<c><v>42000</v></c>", "42000");
    expect_cell("<c t=\"b\"><v>1</v></c>", "yes");
    expect_cell("<c t=\"b\"><v>0</v></c>", "no");
    expect_cell("<c s=\"1\"><v>42410</v></c>", "2016-02-10");
    expect_cell("<c s=\"2\"><v>42410.25</v></c>", "2016-02-10T06:00:00");
    expect_cell("<c s=\"2\"><v>42410</v></c>", "2016-02-10T00:00:00");
    expect_cell("<c s=\"3\"><v>1</v></c>", "24:00");
    expect_cell("<c s=\"4\"><v>0.25</v></c>", "06:00");
    expect_cell("<c s=\"1\" t=\"d\"><v>2016-02-10T00:00:00</v></c>", "2016-02-10");
    expect_cell("<c s=\"2\" t=\"d\"><v>2016-02-10T06:00:00</v></c>", "2016-02-10T06:00:00");
    expect_cell("<c t=\"e\"><f>A9</f><v>#REF!</v></c>", "#REF!");
    expect_cell("<c><f>1+1</f><v>2</v></c>", "2");
    expect_cell("<c><f>A1*2</f></c>", "=A1*2");
    expect_cell("<c><f>A1*2</f><v></v></c>", "=A1*2");
    expect_cell("<c t=\"str\"><f>\"\"</f><v></v></c>", "");
    expect_cell("<c t=\"s\"/>", "");
}

static void lines_are_the_rows_of_the_sheet(void **state)
{
    workbook_world in = read_sheet(
        " Places ",
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"C3\" t=\"str\"><v>note</v></c></row>"
        "<row r=\"4\" hidden=\"1\"><c r=\"C4\"><v>1</v></c></row><row r=\"5\"/>"
        "<row r=\"7\"><c r=\"A7\" t=\"s\"><v>1</v></c><c r=\"B7\" t=\"str\"><v> </v></c>"
        "<c r=\"XFD7\"/></row></sheetData>",
        "");

    (void)state;
    assert_int_equal(in.status, AB_OK);
    expect_sheet(&in, "places", "3:id||note|\n4:||1|\n7:up|||");
    assert_string_equal(ab__buf_text(&in.told), "");
    end_workbook(&in);
}

static void titles_above_the_header_are_passed_over_with_a_note(void **state)
{
    workbook_world in =
        read_sheet("places",
                   "<row r=\"1\"><c t=\"str\"><v>Places as of March</v></c></row>"
                   "<row r=\"2\"><c t=\"str\"><v>by</v></c><c t=\"str\"><v>WFP</v></c></row>"
                   "<row r=\"4\"><c t=\"str\"><v>id</v></c><c t=\"str\"><v>nmae</v></c></row>"
                   "<row r=\"5\"><c t=\"str\"><v>up</v></c></row></sheetData>",
                   "");

    (void)state;
    expect_sheet(&in, "places", "4:id|nmae|\n5:up||");
    assert_string_equal(ab__buf_text(&in.told), "TITLE_ROWS 1 ");
    end_workbook(&in);
}

static void a_header_of_labels_is_found_below_words_of_a_title(void **state)
{
    workbook_world in = read_sheet(
        "Lieux",
        "<row><c t=\"str\"><v>Source</v></c><c t=\"str\"><v>PAM</v></c></row>"
        "<row><c t=\"str\"><v>Identifiant</v></c><c t=\"str\"><v>Population</v></c></row>"
        "<row><c t=\"str\"><v>up</v></c><c><v>1</v></c></row></sheetData>",
        "<sheet name=\"STOCKS \" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/>");

    (void)state;
    expect_sheet(&in, "Lieux", "2:Identifiant|Population|\n3:up|1|");
    assert_non_null(ab_book_find(in.book, "stocks"));
    end_workbook(&in);
}

/* The tags of HXL stand below whatever the agency calls its columns. */
static void the_row_above_the_hashtags_is_the_header(void **state)
{
    workbook_world in = read_sheet(
        "places",
        "<row><c t=\"str\"><v>Villages</v></c></row>"
        "<row><c t=\"str\"><v>Ort</v></c><c t=\"str\"><v>Menschen</v></c></row>"
        "<row><c t=\"str\"><v>#loc+id</v></c><c t=\"str\"><v>#population</v></c></row></sheetData>",
        "");

    (void)state;
    expect_sheet(&in, "places", "2:Ort|Menschen|\n3:#loc+id|#population|");
    end_workbook(&in);
}

static void a_cell_without_a_column_and_merged_cells_are_told(void **state)
{
    workbook_world in =
        read_sheet("places",
                   "<row><c t=\"str\"><v>id</v></c><c t=\"str\"><v>name</v></c></row>"
                   "<row><c t=\"str\"><v>up</v></c><c/><c><v>5</v></c></row></sheetData>"
                   "<mergeCells><mergeCell ref=\"A2:A4\"/><mergeCell ref=\"Z9\"/></mergeCells>",
                   "");

    (void)state;
    expect_sheet(&in, "places", "1:id|name|\n2:up||");
    assert_string_equal(ab__buf_text(&in.told), "RAGGED 2 \nMERGED_CELLS 2 id");
    end_workbook(&in);
}

static void a_header_of_two_rows_is_told_what_a_header_is(void **state)
{
    workbook_world in =
        read_sheet("places",
                   "<row><c t=\"str\"><v>id</v></c><c t=\"str\"><v>name</v></c></row>"
                   "<row><c t=\"str\"><v>up</v></c><c/></row></sheetData>"
                   "<mergeCells><mergeCell ref=\"A1:A2\"/></mergeCells>",
                   "");

    (void)state;
    const ab_issue *issue = ab_issues_at(in.issues, 0);
    assert_int_equal(issue->code, AB_ISSUE_MERGED_CELLS);
    assert_non_null(strstr(issue->hint, "the names of columns stand in one row"));
    end_workbook(&in);
}

static void sheets_that_are_hidden_or_empty_are_no_tables(void **state)
{
    static const char data[] = "</sheetData>";
    workbook_world in = read_sheet(
        "Sheet9", data, "<sheet name=\"scratch\" sheetId=\"2\" state=\"hidden\" r:id=\"r2\"/>");

    (void)state;
    assert_int_equal(ab_book_count(in.book), 0);
    end_workbook(&in);
    in = read_sheet("Sheet9", data,
                    "<sheet name=\"Stocks\" sheetId=\"2\" state=\"veryHidden\" r:id=\"r2\"/>");
    assert_int_equal(ab_book_count(in.book), 1);
    expect_sheet(&in, "stocks", "1:1|");
    end_workbook(&in);
    in = read_sheet("places", data, "");
    assert_string_equal(ab__buf_text(&in.told), "EMPTY_TABLE 0 ");
    end_workbook(&in);
}

static void rows_and_cells_out_of_order_are_damage(void **state)
{
    static const char *const damaged[] = {
        "<row r=\"2\"/><row r=\"2\"/></sheetData>",
        "<row r=\"1048577\"/></sheetData>",
        "<row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData>",
        "<row><c r=\"XFE1\"/></row></sheetData>",
        "<row><c r=\"A1\"><v>1</v></row></sheetData>",
        "<row><c>",
    };

    (void)state;
    for (size_t i = 0; i < sizeof damaged / sizeof damaged[0]; i++) {
        workbook_world in = read_sheet("places", damaged[i], "");
        if (i == 1 ||
            i == 4) /* a number that is none counts on; a tag that ends another is its end */
            assert_true(in.status == AB_OK || in.status == AB_IO);
        else
            assert_int_equal(in.status, AB_IO);
        end_workbook(&in);
    }
}

static void other_archives_are_told_apart(void **state)
{
    zip_part binary[] = {text_part("xl/workbook.bin", "x")}, other[] = {text_part("a.txt", "x")};
    ab_buf bytes = zip_of(binary, 1);
    workbook_world in = read_workbook(&bytes);

    (void)state;
    assert_int_equal(in.status, AB_IO);
    assert_non_null(strstr(in.err.message, ".xlsb"));
    end_workbook(&in);
    ab__buf_free(&bytes);
    bytes = zip_of(other, 1);
    in = read_workbook(&bytes);
    assert_int_equal(in.status, AB_IO);
    assert_non_null(strstr(in.err.message, "neither an .xlsx nor an .ods"));
    end_workbook(&in);
    ab__buf_free(&bytes);
}

static void want_of_memory_is_reported(void **state)
{
    ab_buf bytes = workbook_of("places",
                               "<row><c t=\"str\"><v>Title</v></c></row>"
                               "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>name</v></c></row>"
                               "<row><c><v>1</v></c><c><f>1+1</f></c><c><v>7</v></c></row>"
                               "</sheetData><mergeCells><mergeCell ref=\"A3:A4\"/></mergeCells>",
                               "<sheet name=\"stocks\" sheetId=\"2\" r:id=\"r2\"/>");

    (void)state;
    expect_to_bear_want_of_memory(&bytes);
    ab__buf_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_comes_out_as_the_text_that_was_meant),
        cmocka_unit_test(lines_are_the_rows_of_the_sheet),
        cmocka_unit_test(titles_above_the_header_are_passed_over_with_a_note),
        cmocka_unit_test(a_header_of_labels_is_found_below_words_of_a_title),
        cmocka_unit_test(the_row_above_the_hashtags_is_the_header),
        cmocka_unit_test(a_cell_without_a_column_and_merged_cells_are_told),
        cmocka_unit_test(a_header_of_two_rows_is_told_what_a_header_is),
        cmocka_unit_test(sheets_that_are_hidden_or_empty_are_no_tables),
        cmocka_unit_test(rows_and_cells_out_of_order_are_damage),
        cmocka_unit_test(other_archives_are_told_apart),
        cmocka_unit_test(want_of_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
