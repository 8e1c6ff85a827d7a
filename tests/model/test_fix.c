/* What is certain is repaired, in the cell and in those that name it; what could mean two things is not. */
#include "model/mini.h"

/* The fix of the one issue that mini with this cell has; NULL: it has none. */
static void assert_fix(const char *table, int line, const char *column, const char *text,
                       const char *fix)
{
    read_operation of = read_mini_cell(table, line, column, text);
    const char *found = NULL;
    for (int32_t i = 0; i < ab_issues_count(of.issues); i++) {
        const ab_issue *issue = ab_issues_at(of.issues, i);
        if (issue->line == line && strcmp(issue->column, column) == 0 && issue->fix != NULL)
            found = issue->fix;
    }
    if (ab_issues_count(of.issues) == 0)
        fail_msg("%s:%d %s \"%s\": no issue", table, line, column, text);
    if ((found == NULL) != (fix == NULL) || (fix != NULL && strcmp(found, fix) != 0))
        fail_msg("%s \"%s\": fixed as %s, not %s", column, text, found == NULL ? "nothing" : found,
                 fix == NULL ? "nothing" : fix);
    forget_operation(&of);
    if (fix == NULL)
        return;
    /* what it says then is read */
    of = read_mini_cell(table, line, column, fix);
    for (int32_t i = 0; i < ab_issues_count(of.issues); i++)
        if (ab_issues_at(of.issues, i)->code < 300 &&
            ab_issues_at(of.issues, i)->severity == AB_ERROR_FLAW)
            fail_msg("the fix %s of %s is not read", fix, column);
    forget_operation(&of);
}

typedef struct repaired {
    const char *text, *fix;
} repaired;

static void assert_fixes(const char *table, int line, const char *column, const repaired *of,
                         size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_fix(table, line, column, of[i].text, of[i].fix);
}
#define FIXES(table, line, column, of)                                                             \
    assert_fixes(table, line, column, of, sizeof of / sizeof of[0])

static void numbers_that_can_mean_one_thing(void **state)
{
    (void)state;
    static const repaired degrees[] = {
        {"36,7", "36.7"},
        {"36,70", "36.70"},
        {"36,7001", "36.7001"},
        {"\xD9\xA3\xD9\xA6\xD9\xAB\xD9\xA7", "36.7"}, /* Arabic digits and decimal sign */
        {"\xDB\xB3\xDB\xB6.7", "36.7"},               /* Persian digits */
        {"36.7 deg", "36.7"},
        {"36,700", "36.700"}, /* thirty-six thousand degrees there are not */
        {"36.7E", NULL},
        {"36 7", NULL}, /* no group of three */
        {"36,7,1", NULL},
        {"36.7.1", NULL},
        {"36.7 km", NULL},
        {"about 36.7", NULL},
    };
    FIXES("places", 2, "lon_deg", degrees);
    static const repaired people[] = {
        {"42 000", "42000"},
        {"42'000", "42000"},
        {"42\xE2\x80\x99"
         "000",
         "42000"},
        {"42\xC2\xA0"
         "000",
         "42000"},
        {"42\xE2\x80\xAF"
         "000",
         "42000"},
        {"1,042,000", "1042000"},
        {"1.042.000", "1042000"},
        {"42 000 people", "42000"},
        {"\xD9\xA4\xD9\xA2\xD9\xA0\xD9\xA0\xD9\xA0", "42000"},
        {"42\xD9\xAC\xD9\xA0\xD9\xA0\xD9\xA0", "42000"}, /* Arabic sign of thousands */
        {"42,000", NULL},                                /* or forty-two */
        {"42.000", NULL},
        {"4 2000", NULL},
        {"42k", NULL},
        {"12,34,567", NULL}, /* lakhs, or a typing error */
        {"42,5", NULL},      /* no half people */
    };
    FIXES("places", 2, "population", people);
    static const repaired tonnes[] = {
        {"13 t", "13"},    {"13t", "13"},     {"13,5 t", "13.5"},
        {"1 300,5", NULL}, /* beyond the range */
        {"13 kg", NULL},   {"13 tons", NULL}, {"t", NULL},
    };
    FIXES("vehicles", 2, "payload_t", tonnes);
    static const repaired shares[] = {
        {"80%", "0.8"},        {"80 %", "0.8"}, {"12,5%", "0.125"},
        {"8\xD9\xAA", "0.08"}, {"180%", NULL},  {"80", NULL},
    };
    FIXES("stocks", 4, "certainty_prob", shares);
    static const repaired mass[] = {
        {"1.300,5", "1300.5"}, {"1,300.5", "1300.5"}, {"1 300.5", "1300.5"},
        {"1300,5", "1300.5"},  {"0,300", "0.300"},    {"12345,678", "12345.678"},
        {"13%", NULL},
    };
    FIXES("stocks", 2, "mass_t", mass);
}

static void times_that_can_mean_one_moment(void **state)
{
    (void)state;
    static const repaired days[] = {
        {"2030/03/04", "2030-03-04"},
        {"2030.03.04", "2030-03-04"},
        {"2030-3-4", "2030-03-04"},
        {"20300304", "2030-03-04"},
        {"4 Mar 2030", "2030-03-04"},
        {"04-Mar-2030", "2030-03-04"},
        {"4 March 2030", "2030-03-04"},
        {"Mar 4, 2030", "2030-03-04"},
        {"25/03/2030", "2030-03-25"},
        {"3/25/2030", "2030-03-25"},
        {"2030-03-04T00:00:00", "2030-03-04"},
        {"04/03/2030", NULL}, /* 4 March or 3 April */
        {"3/4/30", NULL},
        {"2030-02-30", NULL},
        {"2030-03-04T06:00", NULL},
        {"4 Marz 2030", NULL},
        {"March 2030", NULL},
        {"42800", NULL},
    };
    FIXES("commitments", 2, "date", days);
    static const repaired times[] = {
        {"2030-03-01 06:00Z", "2030-03-01T06:00Z"},
        {"2030-03-01T06:00z", "2030-03-01T06:00Z"},
        {"2030-03-01 06:00 UTC", "2030-03-01T06:00Z"},
        {"2030/03/01 6:00Z", "2030-03-01T06:00Z"},
        {"1 Mar 2030 06:00:30 +0300", "2030-03-01T06:00:30+03:00"},
        {"2030-03-01T06:00", NULL}, /* no zone */
        {"2030-03-01", NULL},       /* no hour */
        {"01/03/2030 06:00Z", NULL},
    };
    FIXES("stocks", 2, "available_from", times);
    static const repaired hours[] = {
        {"6:00", "06:00"},  {"06:00:00", "06:00"}, {"6h30", "06:30"},   {"6 am", "06:00"},
        {"12 am", "00:00"}, {"6", NULL},           {"6 o'clock", NULL}, {"25:00", NULL},
    };
    FIXES("hubs", 2, "opens", hours);
}

static void words_in_another_case(void **state)
{
    (void)state;
    assert_fix("hubs", 2, "fuel", "maybe", NULL);
    assert_fix("vehicles", 3, "mode", "plane", NULL);
    assert_fix("stocks", 2, "hub", "Port", "port");
    assert_fix("stocks", 2, "hub", "por", NULL); /* near is not the same */
    assert_fix("access", 2, "subject", "Road:R3", "road:r3");
    assert_fix("access", 2, "subject", "roads:r3", "road:r3");
    assert_fix("access", 2, "subject", "r3", NULL);
    assert_fix("agreements", 2, "subjects", "Place:upper; places:Ridge",
               "place:upper; place:ridge");
    assert_fix("agreements", 2, "subjects", "Place:upper; place:rigde", NULL);
    assert_fix("requests", 2, "commodities", "food; Flour", "food; flour");
    assert_fix("places", 2, "pcode", "xx 0101", "XX0101");
    assert_fix("places", 2, "pcode", "0101", NULL);
}

static void shapes_that_miss_a_vertex_or_have_one_twice(void **state)
{
    (void)state;
    assert_fix("exclusions", 2, "wkt", "POLYGON((38.5 34.1, 38.7 34.1, 38.7 34.3, 38.5 34.3))",
               "POLYGON((38.5 34.1, 38.7 34.1, 38.7 34.3, 38.5 34.3,38.5 34.1))");
    assert_fix("exclusions", 2, "wkt",
               "SRID=4326;POLYGON((38.5 34.1,38.7 34.1,38.7 34.3,38.5 34.1))",
               "POLYGON((38.5 34.1,38.7 34.1,38.7 34.3,38.5 34.1))");
    assert_fix("exclusions", 2, "wkt",
               "SRID=32637;POLYGON((38.5 34.1,38.7 34.1,38.7 34.3,38.5 34.1))", NULL);
    assert_fix("exclusions", 2, "wkt", "POLYGON((38.5 34.1,38.7 34.1))", NULL);
    assert_fix("roads", 3, "wkt", "LINESTRING(36.7 34.3,36.95 34.22,36.95 34.22,37.2 34.1)",
               "LINESTRING(36.7 34.3, 36.95 34.22, 37.2 34.1)");
}

/* ---- Books ---- */

typedef struct corrected {
    ab_book *book;
    ab_changes changes;
    read_operation left;
} corrected;

static corrected correct(ab_book *book)
{
    ab_error err = AB_ERROR_INIT;
    corrected of;
    read_operation flawed = read_sheets(book);
    assert_int_equal(
        ab_book_fix(book, ab_input_schema(), flawed.issues, &of.book, &of.changes, &err), AB_OK);
    forget_operation(&flawed);
    of.left = read_sheets(of.book);
    return of;
}

static void forget_corrected(corrected *of)
{
    forget_operation(&of->left);
    ab_book_free(of->book);
}

static const char *cell_at(const ab_book *book, const char *table, int line, const char *column)
{
    const ab_sheet *sheet = ab_book_find(book, table);
    for (int32_t c = 0; c < sheet->column_count; c++)
        for (int64_t r = 0; r < sheet->row_count; r++)
            if (sheet->line[r] == line && strcmp(sheet->header[c], column) == 0)
                return sheet->cells[r * sheet->column_count + c];
    return NULL;
}

static void an_id_is_renamed_with_all_that_name_it(void **state)
{
    (void)state;
    ab_book *book = mini_book(NULL, 0);
    put_cell(book, "places", 2, "id", "Upper Town");
    put_cell(book, "dropzones", 3, "place", "Upper Town");
    put_cell(book, "access", 4, "subject", "place:Upper Town");
    put_cell(book, "agreements", 2, "subjects", "place:Upper Town; place:ridge");
    put_cell(book, "agreements", 4, "subjects", "place:Upper Town");
    put_cell(book, "requests", 2, "place", "Upper Town");
    put_cell(book, "commitments", 2, "place", "Upper Town");
    put_cell(book, "movements", 2, "place", "Upper Town");
    put_cell(book, "movements", 3, "place", "upper town"); /* written otherwise here */
    put_cell(book, "agreements", 3, "id", "G2");
    put_cell(book, "options", 4, "agreements", "not g1; not G2");
    corrected of = correct(book);
    assert_string_equal(cell_at(of.book, "places", 2, "id"), "upper_town");
    assert_string_equal(cell_at(of.book, "agreements", 2, "subjects"),
                        "place:upper_town; place:ridge");
    assert_string_equal(cell_at(of.book, "movements", 3, "place"), "upper_town");
    assert_string_equal(cell_at(of.book, "options", 4, "agreements"), "not g1; not g2");
    assert_int_equal(ab_issues_of(of.left.issues, AB_ERROR_FLAW), 0);
    forget_corrected(&of);
    ab_book_free(book);
}

static void an_id_that_would_meet_another_stays(void **state)
{
    (void)state;
    ab_book *book = mini_book(NULL, 0);
    put_cell(book, "vehicles", 4, "id", "IL76");
    corrected of = correct(book);
    assert_int_equal(of.changes.count, 0);
    assert_string_equal(cell_at(of.book, "vehicles", 4, "id"), "IL76");
    forget_corrected(&of);
    ab_book_free(book);
}

static void a_swapped_position_is_swapped_back(void **state)
{
    (void)state;
    ab_book *book = mini_book(NULL, 0);
    put_cell(book, "places", 3, "lon_deg", "85");
    put_cell(book, "places", 3, "lat_deg", "10");
    corrected of = correct(book);
    assert_int_equal(of.changes.count, 0); /* far away either way */
    forget_corrected(&of);
    ab_book_free(book);
    static const table_text nepal[] = {
        {"hubs", "id|lon_deg|lat_deg|runway_m\nport|85.3|27.7|\nfield|85.4|27.7|3000\n"},
        {"places",
         "id|lon_deg|lat_deg|population\nupper|85.9|27.9|1\nridge|27.8|85.7|1\nplain|86.1|27.6|1\n"},
        {"dropzones", NULL},
        {"exclusions", NULL},
        {"links", NULL},
        {"agreements", NULL},
        {"options", NULL},
        {"wind", NULL},
        {"roads", "id|wkt\nr3|LINESTRING(85.3 27.7,85.9 27.9)\n"},
        {"vehicles",
         "id|mode|count|base|payload_t|speed_km_h|runway_needed_m\ntruck|road|30|port|13|30|\n"
         "il76|air|1|field|36|750|2000\n"},
    };
    book = mini_book(nepal, 10);
    of = correct(book);
    assert_int_equal(of.changes.count, 2);
    assert_string_equal(of.changes.at[0].before, "27.8");
    assert_string_equal(of.changes.at[0].after, "85.7");
    assert_string_equal(cell_at(of.book, "places", 3, "lat_deg"), "27.8");
    assert_int_equal(ab_issues_of(of.left.issues, AB_ERROR_FLAW), 0);
    forget_corrected(&of);
    ab_book_free(book);
}

static void nothing_else_is_changed(void **state)
{
    (void)state;
    ab_book *book = mini_book(NULL, 0);
    put_cell(book, "places", 2, "lon_deg", " 36,7 ");
    put_cell(book, "places", 3, "population", "9,000");
    put_cell(book, "operation", 5, "value", "2030/03/11 00:00Z");
    corrected of = correct(book);
    int64_t different = 0;
    for (int32_t s = 0; s < ab_book_count(book); s++) {
        const ab_sheet *a = ab_book_at(book, s), *b = ab_book_at(of.book, s);
        assert_string_equal(a->name, b->name);
        assert_int_equal(a->row_count, b->row_count);
        for (int64_t i = 0; i < a->row_count * a->column_count; i++)
            different += strcmp(a->cells[i], b->cells[i]) != 0;
    }
    assert_int_equal(different, 2);
    assert_int_equal(of.changes.count, 2);
    assert_string_equal(cell_at(of.book, "operation", 5, "value"), "2030-03-11T00:00Z");
    assert_int_equal(ab_issues_of(of.left.issues, AB_ERROR_FLAW),
                     1); /* 9,000 is still to be decided */
    forget_corrected(&of);
    ab_book_free(book);
}

static void a_sheet_in_french_is_corrected_as_it_stands(void **state)
{
    (void)state;
    ab_book *book = mini_book(&(table_text){"places", NULL}, 1);
    add_sheet(book, "Lieux",
              "Code|Longitude|Latitude|Nombre d'habitants\nUpper Town|36,7|34.3|42 000\n"
              "ridge|37.2|34.1|9000\nplain|38.4|34.2|110000\n");
    put_cell(book, "dropzones", 3, "place", "Upper Town");
    corrected of = correct(book);
    assert_string_equal(cell_at(of.book, "Lieux", 2, "Code"), "upper_town");
    assert_string_equal(cell_at(of.book, "Lieux", 2, "Longitude"), "36.7");
    assert_string_equal(cell_at(of.book, "Lieux", 2, "Nombre d'habitants"), "42000");
    assert_string_equal(cell_at(of.book, "dropzones", 3, "place"), "upper_town");
    assert_string_equal(of.changes.at[0].column, "Longitude");
    forget_corrected(&of);
    ab_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_that_can_mean_one_thing),
        cmocka_unit_test(times_that_can_mean_one_moment),
        cmocka_unit_test(words_in_another_case),
        cmocka_unit_test(shapes_that_miss_a_vertex_or_have_one_twice),
        cmocka_unit_test(an_id_is_renamed_with_all_that_name_it),
        cmocka_unit_test(an_id_that_would_meet_another_stays),
        cmocka_unit_test(a_swapped_position_is_swapped_back),
        cmocka_unit_test(nothing_else_is_changed),
        cmocka_unit_test(a_sheet_in_french_is_corrected_as_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
