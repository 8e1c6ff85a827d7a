/* Maps: what is proposed, and what becomes of a book. */
#include <math.h>

#include "airbridge/map.h"
#include "airbridge/operation.h"
#include "schema/convert.h"
#include "schema/help.h"

static ab_book *proposed(const ab_book *book)
{
    ab_error err;
    ab_book *map;
    assert_int_equal(ab_map_propose(ab_input_schema(), book, &map, &err), AB_OK);
    assert_int_equal(ab_book_count(map), 1);
    return map;
}

/* The map's line on this column. */
static const char *const *line_on(const ab_book *map, const char *sheet, const char *column)
{
    const ab_sheet *lines = ab_book_at(map, 0);
    for (int64_t r = 0; r < lines->row_count; r++) {
        const char *const *line = lines->cells + r * AB_MAP_COLUMNS;
        if (strcmp(line[AB_MAP_SHEET], sheet) == 0 && strcmp(line[AB_MAP_COLUMN], column) == 0)
            return line;
    }
    fail_msg("no line on %s of %s", column, sheet);
    return NULL;
}

static void assert_line(const ab_book *map, const char *sheet, const char *column,
                        const char *table, const char *name, const char *factor, const char *how)
{
    const char *const *line = line_on(map, sheet, column);
    assert_string_equal(line[AB_MAP_TABLE], table);
    assert_string_equal(line[AB_MAP_NAME], name);
    assert_string_equal(line[AB_MAP_FACTOR], factor);
    assert_string_equal(line[AB_MAP_HOW], how);
}

static void each_column_is_proposed_with_how_it_is_known(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    add_sheet(book, "stocks",
              "hub|Marchandise|Stock disponible (kg)|Dispo|Foo|Certanty\n||||#date+start|\n"
              "port|flour|3000|x|2030-03-01T00:00Z|0.5\n");
    ab_book *map = proposed(book);
    assert_line(map, "stocks", "hub", "stocks", "hub", "", "name");
    assert_line(map, "stocks", "Marchandise", "stocks", "commodity", "", "label");
    assert_line(map, "stocks", "Stock disponible (kg)", "stocks", "mass_t", "0.001", "label");
    assert_line(map, "stocks", "Foo", "stocks", "available_from", "", "hashtag");
    assert_line(map, "stocks", "Certanty", "stocks", "certainty_prob", "", "similar");
    assert_line(map, "stocks", "Dispo", "stocks", "", "", "none");
    assert_string_equal(line_on(map, "stocks", "Marchandise")[AB_MAP_EXAMPLE], "flour");
    assert_string_equal(line_on(map, "stocks", "hub")[AB_MAP_SURE], "1");
    ab_book_free(map);
    ab_book_free(book);
}

static void a_sheet_of_an_unknown_name_is_known_by_its_columns(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    add_sheet(book, "Feuil1",
              "Code du lieu|Nom du lieu|Longitude|Latitude|Population\na|A|36|34|5\n");
    add_sheet(book, "Feuil2", "Code|Base|Charge utile|Nombre|Vitesse|Mode\nt|p|9|1|30|route\n");
    add_sheet(book, "Feuil3", "Nom|Téléphone|Courriel\nx|1|y\n");
    ab_book *map = proposed(book);
    assert_line(map, "Feuil1", "Nom du lieu", "places", "name", "", "label");
    assert_line(map, "Feuil2", "Charge utile", "vehicles", "payload_t", "", "label");
    assert_line(map, "Feuil3", "Nom", "", "", "", "none");
    ab_book_free(map);
    ab_book_free(book);
}

static void a_column_is_proposed_once(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    add_sheet(book, "places", "Nom|name|Nom du lieu|lon_deg|lat_deg\nx|y|z|1|2\n");
    ab_book *map = proposed(book);
    assert_line(map, "places", "name", "places", "name", "", "name");
    assert_line(map, "places", "Nom", "places", "", "", "none");
    assert_string_equal(line_on(map, "places", "Nom")[AB_MAP_ALSO], "name");
    ab_book_free(map);
    ab_book_free(book);
}

/* Households are not people, and nobody knows what #geo is. */
static void what_is_not_sure_is_left_to_a_person(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    add_sheet(book, "places", "id|Population (ménages)|Where\n||#geo\na|900|36\n");
    ab_book *map = proposed(book);
    assert_line(map, "places", "Population (ménages)", "places", "", "", "none");
    assert_string_equal(line_on(map, "places", "Population (ménages)")[AB_MAP_ALSO], "population");
    assert_line(map, "places", "Where", "places", "", "", "none");
    assert_string_equal(line_on(map, "places", "Where")[AB_MAP_ALSO], "lon_deg; lat_deg");
    ab_book_free(map);
    ab_book_free(book);
}

static void an_example_is_no_formula(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    add_sheet(book, "places", "id|name\n=1+1|-5\n");
    ab_book *map = proposed(book);
    assert_string_equal(line_on(map, "places", "id")[AB_MAP_EXAMPLE], " =1+1");
    assert_string_equal(line_on(map, "places", "name")[AB_MAP_EXAMPLE], "-5");
    ab_book_free(map);
    ab_book_free(book);
}

/* ---- Put to use ------------------------------------------------------------------------------- */

typedef struct used {
    ab_book *book, *map;
    ab_issues *issues;
} used;

static used use(const char *sheet, const char *text, const char *lines)
{
    ab_error err;
    char with_header[2000];
    used of = {ab__book_new(), ab__book_new(), ab_issues_new(0)};
    (void)snprintf(with_header, sizeof with_header, "sheet|column|table|name|factor\n%s", lines);
    add_sheet(of.book, sheet, text);
    add_sheet(of.map, "map", with_header);
    assert_int_equal(ab_book_map(of.book, ab_input_schema(), of.map, of.issues, &err), AB_OK);
    return of;
}

static void end(used *of)
{
    ab_book_free(of->book);
    ab_book_free(of->map);
    ab_issues_free(of->issues);
}

static void names_take_the_place_of_headers(void **state)
{
    (void)state;
    used of = use("Feuil1", "A|B|C|D\n#x|#y||\nport|flour|3125.50|1\n",
                  "Feuil1|A|stocks|hub|\nFeuil1|B|stocks|commodity|\nFeuil1|C|stocks|mass_t|0.001\n"
                  "Feuil1|D|stocks||\n");
    const ab_sheet *sheet = ab_book_find(of.book, "stocks");
    assert_non_null(sheet);
    assert_int_equal(sheet->column_count, 3);
    assert_string_equal(sheet->header[2], "mass_t");
    assert_string_equal(sheet->shown[2], "C");
    assert_string_equal(sheet->cells[2], "#value+tonnes"); /* the tags are those of the names */
    assert_string_equal(sheet->cells[5], "3.1255");
    assert_string_equal(sheet->origin, "Feuil1.csv");
    assert_int_equal(sheet->line[1], 3);
    assert_says(of.issues, AB_ISSUE_LEFT_OUT,
                "Feuil1.csv:1: columns that the map leaves out; 1 of 4 columns: D");
    assert_int_equal(ab_issues_count(of.issues), 1);
    end(&of);
}

static void a_factor_touches_numbers_only_and_makes_no_digits_up(void **state)
{
    (void)state;
    used of =
        use("s", "C\n0.1\n12,5\n\n x \n1e3\n123456789012345678\n", "s|C|stocks|mass_t|0.001\n");
    const ab_sheet *sheet = ab_book_find(of.book, "stocks");
    static const char *const wanted[] = {"0.0001", "12,5", "", "x", "1", "123456789012345.678"};
    for (int r = 0; r < 6; r++)
        assert_string_equal(sheet->cells[r], wanted[r]);
    end(&of);
    of = use("s", "C\n100\n", "s|C|places|elev_msl_m|0.3048\n");
    assert_string_equal(ab_book_find(of.book, "places")->cells[0], "30.48");
    end(&of);
    /* 12.000 people in thousands may be 12 or 12,000: the reader shall refuse it as it stands */
    of = use("s", "C\n12.000\n12\n", "s|C|places|population|1000\n");
    assert_string_equal(ab_book_find(of.book, "places")->cells[0], "12.000");
    assert_string_equal(ab_book_find(of.book, "places")->cells[1], "12000");
    end(&of);
}

static void a_sheet_without_any_name_is_left_out(void **state)
{
    (void)state;
    used of = use("Notes", "A|B\nx|y\n", "Notes|A|||\nNotes|B|||\n");
    assert_int_equal(ab_book_count(of.book), 0);
    assert_says(of.issues, AB_ISSUE_LEFT_OUT,
                "Notes.csv:1: columns that the map leaves out; 2 of 2 columns: A, B");
    end(&of);
}

static void of_what_the_map_is_silent_nothing_changes(void **state)
{
    (void)state;
    used of = use("s", "A|B\nx|y\n", "s|A|places|id|\n");
    const ab_sheet *sheet = ab_book_find(of.book, "places");
    assert_int_equal(sheet->column_count, 2);
    assert_string_equal(sheet->header[1], "B"); /* and will be told as unknown */
    end(&of);
}

static void equal_headers_are_taken_in_their_order(void **state)
{
    (void)state;
    used of =
        use("s", "Date|Date\n1|2\n", "s|Date|requests|asked_at|\ns|Date|requests|reply_at|\n");
    assert_string_equal(ab_book_find(of.book, "requests")->header[0], "asked_at");
    assert_string_equal(ab_book_find(of.book, "requests")->header[1], "reply_at");
    end(&of);
}

static void flaws_of_a_map_are_told_by_its_lines(void **state)
{
    (void)state;
    used of = use("s", "A|B|C|D\n1|2|3|4\n",
                  "s|A|places|id|\ns|B|place|name|\ns|C|places|nmae|\nt|A|places|id|\n"
                  "s|E|places|note|\ns|D|places|id|\n");
    assert_says(of.issues, AB_ISSUE_MAP_LINE,
                "map.csv:3: table: expected a table that is known, or none; found \"place\"; did "
                "you mean \"places\"?");
    assert_says(of.issues, AB_ISSUE_MAP_LINE,
                "map.csv:4: name: expected a column of places, or none; found \"nmae\"; did you "
                "mean \"name\"?");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_MAP_LINE), 4);
    assert_says(of.issues, AB_ISSUE_DUPLICATE_COLUMN,
                "map.csv:7: name: expected each column once; found \"id\"; line 2 leads there "
                "already");
    end(&of);
    of = use("s", "A|B\n1|2\n", "s|A|places|name|0.001\ns|B|stocks|hub|x\n");
    assert_says(of.issues, AB_ISSUE_MAP_LINE,
                "map.csv:2: factor: expected no factor: the column is no number");
    assert_says(of.issues, AB_ISSUE_MAP_LINE,
                "map.csv:3: table: expected one table for all columns of a sheet; found "
                "\"stocks\"");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_NOT_A_NUMBER), 1);
    end(&of);
}

static void two_sheets_of_one_table_are_refused(void **state)
{
    (void)state;
    ab_error err;
    used of = {ab__book_new(), ab__book_new(), ab_issues_new(0)};
    add_sheet(of.book, "a", "X\n1\n");
    add_sheet(of.book, "places", "id\n1\n");
    add_sheet(of.map, "map", "sheet|column|table|name\na|X|places|id\n");
    assert_int_equal(ab_book_map(of.book, ab_input_schema(), of.map, of.issues, &err), AB_OK);
    assert_says(of.issues, AB_ISSUE_SECOND_SHEET,
                "places.csv: expected one sheet of the table places; a.csv is that already: put "
                "all rows into one of them");
    end(&of);
}

/* What is proposed for sheets in our own names changes nothing, and any proposal can be read back. */
static void a_proposal_for_our_own_names_changes_nothing(void **state)
{
    (void)state;
    ab_error err;
    const ab_schema *schema = ab_input_schema();
    ab_issues *issues = ab_issues_new(0);
    for (int32_t t = 0; t < schema->count; t++) {
        ab_buf text = AB_BUF_INIT;
        const ab_table *table = &schema->tables[t];
        int32_t count = table->form == AB_SETTINGS ? 2 : table->column_count;
        for (int32_t c = 0; c < count; c++)
            ab__buf_printf(&text, "%s%s", c > 0 ? "|" : "",
                           table->form != AB_SETTINGS ? table->columns[c].name
                           : c == 0                   ? "key"
                                                      : "value");
        ab__buf_add(&text, "\n");
        ab_book *book = ab__book_new();
        add_sheet(book, table->name, ab__buf_text(&text));
        ab_book *map = proposed(book);
        assert_int_equal(ab_book_map(book, schema, map, issues, &err), AB_OK);
        assert_silent(issues);
        const ab_sheet *sheet = ab_book_find(book, table->name);
        assert_int_equal(sheet->column_count, count);
        for (int32_t c = 0; table->form != AB_SETTINGS && c < count; c++)
            assert_string_equal(sheet->header[c], table->columns[c].name);
        ab_book_free(map);
        ab_book_free(book);
        ab__buf_free(&text);
    }
    ab_issues_free(issues);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    int refused = 0;
    for (int64_t n = 1; n < 3000; n += n < 200 ? 1 : 37) {
        ab_error err;
        ab_book *book = ab__book_new(), *map = NULL;
        ab_issues *issues = ab_issues_new(0);
        add_sheet(book, "Lieux", "Code du lieu|Stock (h)|Populaton|X\na|3|4|5\n");
        ab__fail_allocation(n);
        ab_status status = ab_map_propose(ab_input_schema(), book, &map, &err);
        if (status == AB_OK)
            status = ab_book_map(book, ab_input_schema(), map, issues, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || status == AB_NO_MEMORY);
        refused += status == AB_NO_MEMORY;
        ab_book_free(map);
        ab_book_free(book);
        ab_issues_free(issues);
    }
    assert_true(refused > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_column_is_proposed_with_how_it_is_known),
        cmocka_unit_test(a_sheet_of_an_unknown_name_is_known_by_its_columns),
        cmocka_unit_test(a_column_is_proposed_once),
        cmocka_unit_test(what_is_not_sure_is_left_to_a_person),
        cmocka_unit_test(an_example_is_no_formula),
        cmocka_unit_test(names_take_the_place_of_headers),
        cmocka_unit_test(a_factor_touches_numbers_only_and_makes_no_digits_up),
        cmocka_unit_test(a_sheet_without_any_name_is_left_out),
        cmocka_unit_test(of_what_the_map_is_silent_nothing_changes),
        cmocka_unit_test(equal_headers_are_taken_in_their_order),
        cmocka_unit_test(flaws_of_a_map_are_told_by_its_lines),
        cmocka_unit_test(two_sheets_of_one_table_are_refused),
        cmocka_unit_test(a_proposal_for_our_own_names_changes_nothing),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
