/* Headers and sheets by their labels and hashtags. */
#include "schema/named.h"
#include "schema/tag.h"
#include "schema/unit.h"
#include "schema/world.h"

/* ---- A schema of labelled things -------------------------------------------------------------- */

typedef struct site {
    ab_row_head head;
    const char *id, *name;
    double stock_kg, way_m, lon_deg, lat_deg;
    int64_t people, people_low;
    ab_time since;
} site;

static const ab_label id_label = {{"Code; Site code", "Code du lieu", "الرمز"}};
static const ab_label name_label = {{"Name", "Nom du lieu; Nom", "الموقع; اسم الموقع"}};
static const ab_label stock_label = {{"Stock", "Stock disponible; Quantité", "المخزون"}};
static const ab_label way_label = {{"Distance", "Distance; Trajet", "المسافة"}};
static const ab_label people_label = {{"Population", "Habitants", "عدد السكان"}};
static const ab_label low_label = {{"Low estimate", "Estimation basse", "التقدير الأدنى"}};
static const ab_label since_label = {{"Since", "Depuis", "منذ"}};
static const ab_label both_lon = {{"Position", NULL, NULL}}, both_lat = {{"Position", NULL, NULL}};
static const ab_label sites_label = {{"Sites; Places", "Lieux", "الأماكن"}};
static const ab_label limits_label = {{"Limits", "Limites", "الحدود"}};
static const ab_label most_label = {{"Most", "Poids maximal", "الحد الأقصى"}};

static const ab_column site_columns[] = {
    COLUMN(site, ID, "id", id, .unit = "", .required = true, .hxl = "#loc+code",
           .label = &id_label),
    COLUMN(site, TEXT, "name", name, .unit = "", .hxl = "#loc+name", .label = &name_label),
    COLUMN(site, NUMBER, "stock_t", stock_kg, .unit = "t", .si = 1000, .required = true,
           .hxl = "#value+tonnes", .label = &stock_label),
    COLUMN(site, NUMBER, "way_km", way_m, .unit = "km", .si = 1000, .label = &way_label),
    COLUMN(site, NUMBER, "lon_deg", lon_deg, .unit = "deg", .hxl = "#geo+lon", .label = &both_lon),
    COLUMN(site, NUMBER, "lat_deg", lat_deg, .unit = "deg", .hxl = "#geo+lat", .label = &both_lat),
    COLUMN(site, COUNT, "people", people, .unit = "people", .hxl = "#population",
           .label = &people_label),
    COLUMN(site, COUNT, "people_low", people_low, .unit = "people", .hxl = "#population+min",
           .label = &low_label),
    COLUMN(site, DAY, "since", since, .unit = "day", .label = &since_label),
};

typedef struct limits {
    ab_row_head head;
    double most_kg;
} limits;

static const ab_column limit_columns[] = {
    COLUMN(limits, NUMBER, "most_t", most_kg, .unit = "t", .si = 1000, .label = &most_label),
};

enum { LIMITS, SITES };
static const ab_table tables[] = {
    {.name = "limits",
     .singular = "limit",
     .form = AB_SETTINGS,
     .columns = limit_columns,
     .column_count = 1,
     .row_size = sizeof(limits),
     .meaning = "",
     .label = &limits_label},
    {.name = "sites",
     .singular = "site",
     .form = AB_ROWS,
     .columns = site_columns,
     .column_count = 9,
     .row_size = sizeof(site),
     .meaning = "",
     .label = &sites_label},
};
static const ab_schema schema = {tables, 2, 1};

typedef struct named {
    ab_arena *arena;
    ab_book *book, *under_names;
    ab_issues *issues;
    ab_rows rows[2];
} named;

static void read_into(named *of)
{
    ab_error err;
    of->arena = ab__arena_new();
    of->issues = ab_issues_new(0);
    assert_int_equal(ab__book_named(&schema, of->book, &of->under_names, of->issues, &err), AB_OK);
    assert_int_equal(ab__data_read(&schema, of->under_names, of->arena, of->rows, of->issues, &err),
                     AB_OK);
}

static named read_sites(const char *text)
{
    named of = {.book = ab__book_new()};
    add_sheet(of.book, "sites", text);
    read_into(&of);
    return of;
}

static const site *site_of(const named *of)
{
    assert_true(of->rows[SITES].count > 0);
    return of->rows[SITES].at;
}

static void end(named *of)
{
    ab_book_free(of->under_names);
    ab_book_free(of->book);
    ab_issues_free(of->issues);
    ab__arena_free(of->arena);
}

static void assert_errors(named *of, int64_t count)
{
    if (ab_issues_of(of->issues, AB_ERROR_FLAW) != count) {
        print_issues(of->issues);
        fail_msg("%d errors, not %d", (int)ab_issues_of(of->issues, AB_ERROR_FLAW), (int)count);
    }
}

/* ---- Labels ----------------------------------------------------------------------------------- */

static void a_column_is_known_by_its_label_in_each_language(void **state)
{
    (void)state;
    named of = read_sites("CODE DU LIEU|اسمُ المـوقع|stock|Nom\na|Homs|3|x\n");
    assert_says(of.issues, AB_ISSUE_COLUMN_BY_LABEL,
                "sites.csv:1: CODE DU LIEU: a column known by its label or hashtag; read as id");
    assert_string_equal(site_of(&of)->name, "Homs");
    assert_true(site_of(&of)->stock_kg == 3000);
    assert_says(of.issues, AB_ISSUE_DUPLICATE_COLUMN,
                "sites.csv:1: Nom: expected each column once; found \"Nom\"; \"اسمُ المـوقع\" is "
                "read as name already");
    assert_errors(&of, 1);
    end(&of);
}

static void an_exact_name_is_not_told(void **state)
{
    (void)state;
    named of = read_sites("id| name |stock_t\na|Homs|3\n");
    assert_silent(of.issues);
    end(&of);
    of = read_sites("ID|Name|Stock_T\na|Homs|3\n"); /* the same words in other dress are */
    assert_errors(&of, 0);
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_COLUMN_BY_LABEL), 3);
    end(&of);
}

static void a_label_of_two_columns_is_read_as_neither(void **state)
{
    (void)state;
    named of = read_sites("id|stock_t|Position\na|3|36\n");
    assert_says(of.issues, AB_ISSUE_AMBIGUOUS_COLUMN,
                "sites.csv:1: Position: expected one column, not lon_deg or lat_deg; found "
                "\"Position\"; write the name of the one that is meant");
    assert_errors(&of, 1);
    end(&of);
    of = read_sites("id|stock_t|Position\n#loc+code||#geo+lat\na|3|36\n"); /* its tag may tell */
    assert_errors(&of, 0);
    assert_true(site_of(&of)->lat_deg == 36);
    end(&of);
}

static void an_unknown_column_is_compared_with_labels_too(void **state)
{
    (void)state;
    named of = read_sites("id|stock_t|Nom du leiu\na|3|Homs\n");
    assert_says(of.issues, AB_ISSUE_UNKNOWN_COLUMN,
                "sites.csv:1: expected a column of sites; found \"Nom du leiu\"; did you mean "
                "\"Nom du lieu\"?");
    assert_errors(&of, 1);
    end(&of);
}

/* ---- Units ------------------------------------------------------------------------------------ */

static void assert_stock(const char *header, double stock_kg)
{
    char text[300];
    (void)snprintf(text, sizeof text, "id|%s\na|3\n", header);
    named of = read_sites(text);
    assert_errors(&of, 0);
    assert_true(site_of(&of)->stock_kg == stock_kg);
    end(&of);
}

static void the_unit_of_a_header_may_be_said_as_people_say_it(void **state)
{
    (void)state;
    static const char *const headers[] = {
        "Stock (t)",         "Stock (tonnes)",       "Stock [MT]",
        "Stock (en tonnes)", "Stock disponible (T)", "Stock t",
        "Stock en tonnes",   "المخزون (طن)",         "Stock (metric tons)",
        "Stock, t",          "Quantité (Tonnes) ",   "stock_t"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        assert_stock(headers[i], 3000);
}

static void assert_unit_refused(const char *header, const char *message)
{
    char text[300];
    (void)snprintf(text, sizeof text, "id|stock_t|%s\na|3|50000\n", header);
    named of = read_sites(text);
    assert_says(of.issues, AB_ISSUE_OTHER_UNIT, message);
    assert_errors(&of, 1);
    assert_true(site_of(&of)->way_m != site_of(&of)->way_m); /* not read */
    end(&of);
}

static void a_column_in_another_unit_is_refused_with_the_factor(void **state)
{
    (void)state;
    named of = read_sites("id|Stock (kg)\na|3000\n");
    assert_says(of.issues, AB_ISSUE_OTHER_UNIT,
                "sites.csv:1: Stock (kg): expected stock_t in t; found \"kg\"; multiply by 0.001, "
                "or let `airbridge map` do it");
    assert_errors(&of, 1); /* and is not missed besides, though it is required */
    end(&of);
    assert_unit_refused("Distance (miles)",
                        "sites.csv:1: Distance (miles): expected way_km in km; found \"miles\"; "
                        "multiply by 1.609344, or let `airbridge map` do it");
    assert_unit_refused("Distance m", "sites.csv:1: Distance m: expected way_km in km; found "
                                      "\"m\"; multiply by 0.001, or let `airbridge map` do it");
    assert_unit_refused("Distance (h)",
                        "sites.csv:1: Distance (h): expected way_km in km; found \"h\"; write the "
                        "numbers in km and the header without another unit");
    assert_unit_refused("Population (ménages)",
                        "sites.csv:1: Population (ménages): expected people in people; found "
                        "\"ménages\"; write the numbers in people and the header without another "
                        "unit");
}

static void brackets_after_a_time_or_a_text_are_no_units(void **state)
{
    (void)state;
    named of = read_sites("id|stock_t|Depuis (jj/mm/aaaa)\na|3|2029-10-01\n");
    assert_errors(&of, 0);
    end(&of);
    of = read_sites("id|stock_t|Nom (ancien)\na|3|x\n");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_UNKNOWN_COLUMN), 1);
    end(&of);
}

static void assert_unit(const char *text, const char *unit, ab_unit_relation wanted, double factor)
{
    ab_unit_relation relation;
    double found;
    assert_true(ab__unit_compare(text, unit, &relation, &found));
    if (relation != wanted || found != factor)
        fail_msg("%s to %s: %d, %.17g", text, unit, (int)relation, found);
}

static void units_convert_within_their_kind(void **state)
{
    (void)state;
    assert_unit("kg", "t", AB_UNIT_CONVERTS, 0.001);
    assert_unit("t", "kg", AB_UNIT_CONVERTS, 1000);
    assert_unit("lb", "kg", AB_UNIT_CONVERTS, 0.45359237);
    assert_unit("%", "probability", AB_UNIT_CONVERTS, 0.01);
    assert_unit("pour cent", "share of the ration", AB_UNIT_FOREIGN, 1);
    assert_unit("kg/jour", "t/day", AB_UNIT_CONVERTS, 0.001);
    assert_unit("tonnes par jour", "t/day", AB_UNIT_SAME, 1);
    assert_unit("t per week", "t/day", AB_UNIT_CONVERTS, 1.0 / 7);
    assert_unit("knots", "km/h", AB_UNIT_CONVERTS, 1.852);
    assert_unit("kmh", "km/h", AB_UNIT_SAME, 1);
    assert_unit("m/s", "km/h", AB_UNIT_CONVERTS, 3.6);
    assert_unit("$/t/km", "USD/t/km", AB_UNIT_SAME, 1);
    assert_unit("m³", "m3", AB_UNIT_SAME, 1);
    assert_unit("km", "t", AB_UNIT_FOREIGN, 1);
    assert_unit("t", "t/day", AB_UNIT_FOREIGN, 1);
    assert_unit("t/day/day/day/day", "t/day", AB_UNIT_UNKNOWN, 1);
    assert_unit("tons", "t", AB_UNIT_UNKNOWN, 1); /* short, long or metric? */
    assert_unit("households", "people", AB_UNIT_UNKNOWN, 1);
    assert_unit("", "t", AB_UNIT_UNKNOWN, 1);
    assert_unit("/", "t/day", AB_UNIT_UNKNOWN, 1);
}

/* ---- Hashtags --------------------------------------------------------------------------------- */

static void assert_tag(const char *tag, const char *column)
{
    int32_t one, other, found = ab__tag_find(&tables[SITES], tag, &one, &other);
    assert_true(found < 0 || (one < 0 && other < 0));
    assert_string_equal(found < 0 ? "" : site_columns[found].name, column);
}

static void a_hashtag_finds_its_column(void **state)
{
    (void)state;
    assert_tag("#loc+name", "name");
    assert_tag("#LOC +Name", "name");
    assert_tag("#loc +name +ar", "name"); /* more than was asked for */
    assert_tag("#value", "stock_t");      /* less, but it can be nothing else */
    assert_tag("#population", "people");  /* exact, though #population+min has more */
    assert_tag("#population+total", "people");
    assert_tag("#population+f", "");  /* women only: another number */
    assert_tag("#population+hh", ""); /* households */
    assert_tag("#geo", "");           /* lon or lat */
    assert_tag("#adm1+name", "");
    assert_tag("#", "");
    int32_t one, other;
    assert_int_equal(ab__tag_find(&tables[SITES], "#geo", &one, &other), -1);
    assert_string_equal(site_columns[one].name, "lon_deg");
    assert_string_equal(site_columns[other].name, "lat_deg");
}

static void a_column_of_another_name_is_known_by_the_hashtag_under_it(void **state)
{
    (void)state;
    named of = read_sites("Ref|Settlement as reported|Balance end of month|Where\n"
                          "#loc +code|#loc +en +name|#value +tonnes|#geo\n"
                          "a|Homs|3|36\n");
    assert_says(of.issues, AB_ISSUE_COLUMN_BY_LABEL,
                "sites.csv:1: Settlement as reported: a column known by its label or hashtag; "
                "read as name, after its hashtag #loc +en +name");
    assert_says(of.issues, AB_ISSUE_AMBIGUOUS_COLUMN,
                "sites.csv:1: Where: expected one column, not lon_deg or lat_deg; found "
                "\"Where\"; write the name of the one that is meant");
    assert_errors(&of, 1);
    assert_string_equal(site_of(&of)->name, "Homs");
    assert_int_equal(site_of(&of)->head.line, 3);
    end(&of);
}

static void hashtags_alone_are_a_header(void **state)
{
    (void)state;
    named of = read_sites("#loc+code|#loc+name|#value+tonnes|#population\na|Homs|3|x\n");
    assert_says(of.issues, AB_ISSUE_NOT_A_NUMBER,
                "sites.csv:2: #population: expected a whole number of people, 0 or more; found "
                "\"x\"");
    assert_errors(&of, 1);
    assert_string_equal(site_of(&of)->name, "Homs");
    end(&of);
}

/* ---- Sheets and settings ---------------------------------------------------------------------- */

static void a_sheet_is_known_by_its_label(void **state)
{
    (void)state;
    named of = {.book = ab__book_new()};
    add_sheet(of.book, "الاماكن", "id|stock_t\na|3\n");
    add_sheet(of.book, "LIEUX", "id|stock_t\nb|4\n");
    add_sheet(of.book, "Limites", "Paramètre|Valeur|Remarque\nPoids maximal (t)|5|why\n");
    read_into(&of);
    assert_int_equal(of.rows[SITES].count, 1);
    assert_says(of.issues, AB_ISSUE_TABLE_BY_LABEL,
                "الاماكن.csv: a table known by its label; \"الاماكن\" is read as sites");
    assert_says(of.issues, AB_ISSUE_SECOND_SHEET,
                "LIEUX.csv: expected one sheet of the table sites; found \"LIEUX\"; الاماكن.csv "
                "is that already: put all rows into one of them");
    assert_true(((const limits *)of.rows[LIMITS].at)->most_kg == 5000);
    assert_errors(&of, 1);
    end(&of);
}

static void the_name_itself_comes_before_a_label(void **state)
{
    (void)state;
    named of = {.book = ab__book_new()};
    add_sheet(of.book, "Lieux", "id|stock_t\nb|4\n");
    add_sheet(of.book, "sites", "id|stock_t\na|3\n");
    read_into(&of);
    assert_string_equal(site_of(&of)->id, "a");
    assert_int_equal(count_of_code(of.issues, AB_ISSUE_SECOND_SHEET), 1);
    end(&of);
}

static void a_setting_in_another_unit_is_refused(void **state)
{
    (void)state;
    named of = {.book = ab__book_new()};
    add_sheet(of.book, "limits", "clé|valeur\nPoids maximal (kg)|5000\n");
    read_into(&of);
    assert_says(of.issues, AB_ISSUE_OTHER_UNIT,
                "limits.csv:2: Poids maximal (kg): expected most_t in t; found \"kg\"; multiply "
                "by 0.001, or let `airbridge map` do it");
    end(&of);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    int refused = 0;
    ab_book *book = ab__book_new();
    add_sheet(book, "Lieux", "Code du lieu|Stock (kg)|Where\n#loc+code||#geo\na|3|x\n");
    add_sheet(book, "Limites", "Paramètre|Valeur\nPoids maximal (t)|5\n");
    for (int64_t n = 1; n < 400; n++) {
        ab_error err;
        ab_book *out;
        ab_issues *issues = ab_issues_new(0);
        ab__fail_allocation(n);
        ab_status status = ab__book_named(&schema, book, &out, issues, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || status == AB_NO_MEMORY);
        assert_int_equal(out == NULL, status == AB_NO_MEMORY);
        refused += status == AB_NO_MEMORY;
        ab_book_free(out);
        ab_issues_free(issues);
    }
    assert_in_range(refused, 5, 390);
    ab_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_is_known_by_its_label_in_each_language),
        cmocka_unit_test(an_exact_name_is_not_told),
        cmocka_unit_test(a_label_of_two_columns_is_read_as_neither),
        cmocka_unit_test(an_unknown_column_is_compared_with_labels_too),
        cmocka_unit_test(the_unit_of_a_header_may_be_said_as_people_say_it),
        cmocka_unit_test(a_column_in_another_unit_is_refused_with_the_factor),
        cmocka_unit_test(brackets_after_a_time_or_a_text_are_no_units),
        cmocka_unit_test(units_convert_within_their_kind),
        cmocka_unit_test(a_hashtag_finds_its_column),
        cmocka_unit_test(a_column_of_another_name_is_known_by_the_hashtag_under_it),
        cmocka_unit_test(hashtags_alone_are_a_header),
        cmocka_unit_test(a_sheet_is_known_by_its_label),
        cmocka_unit_test(the_name_itself_comes_before_a_label),
        cmocka_unit_test(a_setting_in_another_unit_is_refused),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
