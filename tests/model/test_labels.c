/* The tables of relief under the names that agencies give them. */
#include "base/text.h"
#include "model/mini.h"
#include "schema/lexicon.h"
#include "schema/match.h"

static const char *const languages[AB_LANGUAGES] = {"English", "French", "Arabic"};

/* ---- The labels themselves -------------------------------------------------------------------- */

static void check_label(const char *table, const char *thing, const ab_label *label)
{
    int said = 0;
    for (int l = 0; label != NULL && l < AB_LANGUAGES; l++)
        said += label->in[l] != NULL;
    if (said == 0)
        print_message("    without labels: %s %s\n", table, thing);
    for (int l = 0; said > 0 && l < AB_LANGUAGES; l++)
        if (label->in[l] == NULL || label->in[l][0] == '\0')
            fail_msg("%s %s has no label in %s", table, thing, languages[l]);
}

static void a_table_that_is_labelled_is_so_in_each_language(void **state)
{
    (void)state;
    const ab_schema *schema = ab_input_schema();
    for (int32_t t = 0; t < schema->count; t++) {
        const ab_table *table = &schema->tables[t];
        check_label(table->name, "(the table)", table->label);
        for (int32_t c = 0; c < table->column_count; c++)
            check_label(table->name, table->columns[c].name, table->columns[c].label);
    }
}

typedef struct looking {
    const ab_lexicon *lexicon;
    const char *where;
    int32_t of;
    ab_buf spare;
} looking;

static bool look_up(void *context, const char *word, size_t size)
{
    looking *look = context;
    char copy[200];
    int32_t other;
    assert_true(size < sizeof copy);
    memcpy(copy, word, size);
    copy[size] = '\0';
    int32_t found = ab__lexicon_find(look->lexicon, copy, &look->spare, &other);
    if (found != look->of || other >= 0)
        fail_msg("%s: \"%s\" stands for %d and %d, not for %d alone", look->where, copy, (int)found,
                 (int)other, (int)look->of);
    return true;
}

static void check_unique(const char *where, int32_t count,
                         ab_called (*called)(const void *context, int32_t i), const void *context)
{
    ab_lexicon lexicon;
    ab_arena *arena = ab__arena_new();
    assert_true(ab__lexicon_make(&lexicon, arena, count, called, context));
    looking look = {.lexicon = &lexicon, .where = where};
    for (look.of = 0; look.of < count; look.of++) {
        ab_called thing = called(context, look.of);
        (void)look_up(&look, thing.name, strlen(thing.name));
        for (int l = 0; thing.label != NULL && l < AB_LANGUAGES; l++)
            if (thing.label->in[l] != NULL)
                (void)ab__text_split(thing.label->in[l], look_up, &look);
    }
    ab__buf_free(&look.spare);
    ab__arena_free(arena);
}

static void a_name_stands_for_one_thing(void **state)
{
    (void)state;
    const ab_schema *schema = ab_input_schema();
    check_unique("tables", schema->count, ab__table_called, schema);
    for (int32_t t = 0; t < schema->count; t++)
        check_unique(schema->tables[t].name, schema->tables[t].column_count, ab__column_called,
                     &schema->tables[t]);
#define AB_CODES(list)                                                                             \
    check_unique(#list, ab_codes_##list.count, ab__code_called, &ab_codes_##list);
#define AB_CODE(...)
#define AB_CODES_END(list)
#include "airbridge/codes.def"
}

/* ---- An operation in another language --------------------------------------------------------- */

/* The n-th name of a label in this language, or the last one. */
static void nth_name(const ab_label *label, int language, int n, char out[200])
{
    const char *at = label->in[language];
    for (; n > 0 && strchr(at, ';') != NULL; n--)
        at = strchr(at, ';') + 1;
    at += strspn(at, " ");
    (void)snprintf(out, 200, "%.*s", (int)strcspn(at, ";"), at);
}

static const char *header_in(ab_arena *arena, const ab_column *column, int language, int n)
{
    char name[200];
    nth_name(column->label, language, n, name);
    bool measured = column->type == AB_TYPE_NUMBER && column->unit[0] != '\0';
    return measured ? ab__arena_printf(arena, "%s (%s)", name, column->unit)
                    : ab__arena_text(arena, name);
}

/* The columns of a sheet by their n-th names; keys of settings too. */
static void translate(ab_arena *arena, const ab_table *table, ab_sheet *sheet, int language, int n)
{
    const char **header = AB_NEW(arena, const char *, sheet->column_count);
    int64_t count = sheet->row_count * sheet->column_count;
    const char **cells = AB_NEW(arena, const char *, count);
    memcpy(cells, sheet->cells, (size_t)count * sizeof *cells);
    for (int32_t c = 0; c < sheet->column_count; c++) {
        int32_t declared = ab_table_find(table, sheet->header[c]);
        header[c] = declared < 0 ? sheet->header[c]
                                 : header_in(arena, &table->columns[declared], language, n);
    }
    for (int32_t r = 0; table->form == AB_SETTINGS && r < sheet->row_count; r++) {
        const char **key = &cells[r * sheet->column_count];
        *key = header_in(arena, &table->columns[ab_table_find(table, *key)], language, n);
    }
    sheet->header = header;
    sheet->cells = cells;
    char name[200];
    nth_name(table->label, language, n, name);
    sheet->name = ab__arena_text(arena, name);
}

/* Mini with all its tables translated; its cells lie in `mini_of`. */
static ab_book *translated(const ab_book *mini_of, int language, int n)
{
    const ab_schema *schema = ab_input_schema();
    ab_book *book = ab__book_new();
    for (int32_t i = 0; i < ab_book_count(mini_of); i++) {
        ab_sheet sheet = *ab_book_at(mini_of, i);
        translate(ab__book_arena(book), &schema->tables[ab_schema_find(schema, sheet.name)], &sheet,
                  language, n);
        assert_true(ab__book_add(book, &sheet));
    }
    return book;
}

static void the_language_of_headers_does_not_change_the_operation(void **state)
{
    (void)state;
    char wanted[65], digest[65];
    ab_error err;
    ab_book *english = mini_book(NULL, 0);
    read_operation of = read_sheets(english);
    assert_int_equal(ab_operation_digest(of.op, wanted, &err), AB_OK);
    forget_operation(&of);
    for (int language = 0; language < AB_LANGUAGES; language++) {
        for (int n = 0; n < 8; n++) {
            ab_book *book = translated(english, language, n);
            of = read_sheets(book);
            if (of.op == NULL) {
                print_issues(of.issues);
                fail_msg("name %d in %s is not understood", n, languages[language]);
            }
            assert_int_equal(ab_operation_digest(of.op, digest, &err), AB_OK);
            assert_string_equal(digest, wanted);
            assert_int_equal(ab_issues_of(of.issues, AB_WARNING), 0);
            assert_true(ab_issues_of(of.issues, AB_NOTE) > 100); /* each is told */
            forget_operation(&of);
            ab_book_free(book);
        }
    }
    ab_book_free(english);
}

static void places_in_french_are_places(void **state)
{
    (void)state;
    ab_book *book = mini_book(&(table_text){"places", NULL}, 1);
    add_sheet(book, "Lieux",
              "Code du lieu|Nom du lieu|Longitude|Latitude|Nombre d’habitants|Coupé depuis\n"
              "upper|Ville haute|36.7|34.3|42000|2029-10-01\n"
              "ridge|Crête|37.2|34.1|9000|2029-12-15\n"
              "plain|Plaine|38.4|34.2|11 0000|2029-05-01\n");
    read_operation of = read_sheets(book);
    assert_says(of.issues, AB_ISSUE_TABLE_BY_LABEL,
                "Lieux.csv: a table known by its label; \"Lieux\" is read as places");
    assert_says(of.issues, AB_ISSUE_COLUMN_BY_LABEL,
                "Lieux.csv:1: Nombre d’habitants: a column known by its label or hashtag; read as "
                "population");
    /* a flaw is told by the column as it stands in the sheet */
    assert_says(of.issues, AB_ISSUE_DECIMAL_COMMA,
                "Lieux.csv:4: Nombre d’habitants: expected a whole number of people, 0 to "
                "50,000,000; found \"11 0000\"; write 110000 without separators");
    assert_int_equal(ab_issues_of(of.issues, AB_ERROR_FLAW), 1);
    forget_operation(&of);
    ab_book_free(book);
}

static void words_of_codes_and_flags_may_be_french_or_arabic(void **state)
{
    (void)state;
    read_operation of =
        read_mini_with("roads", "id|wkt|class|oneway\n"
                                "r1|LINESTRING(36 34.5,36.35 34.42,36.7 34.3)|Primaire|Non\n"
                                "r2|LINESTRING(36.7 34.3,36.95 34.22,37.2 34.1)|طريق ترابي|لا\n"
                                "r3|LINESTRING(36.7 34.3,37.6 34.25,38.4 34.2)|PRIMARY|faux\n"
                                "r4|LINESTRING(36 34.5,36.5 34.15,36.9 33.9)|principale|x\n");
    assert_silent(of.issues);
    static const int32_t classes[] = {AB_ROAD_PRIMARY, AB_ROAD_TRACK, AB_ROAD_PRIMARY,
                                      AB_ROAD_PRIMARY};
    for (int32_t r = 0; r < 4; r++) {
        assert_int_equal(of.op->roads.at[r].road_class, classes[r]);
        assert_int_equal(of.op->roads.at[r].oneway, r == 3);
    }
    forget_operation(&of);
    assert_mini_sound("access", "id|subject|mode|commodities|state|reported_at\n"
                                "a1|road:r3|route||Fermée|2030-02-20T10:00Z\n"
                                "a2|road:r3|طريق||مفتوح|2030-03-02T18:00Z\n"
                                "a3|place:upper|road|médical; flour|restreint|2030-02-25T09:00Z\n");
    assert_mini_flaw("access",
                     "id|subject|mode|commodities|state|reported_at\n"
                     "a1|road:r3|route||ouvret|2030-02-20T10:00Z\n",
                     AB_ISSUE_UNKNOWN_CODE,
                     "access.csv:2: state: expected open, closed or restricted; found \"ouvret\"; "
                     "did you mean \"ouvert\"?");
}

static void a_check_of_the_whole_names_the_column_as_it_stands(void **state)
{
    (void)state;
    read_operation of = read_mini_with("links", "id|De|Vers|mode|Distance (km)\n"
                                                "l1|port|port|road|120\n");
    assert_says(of.issues, AB_ISSUE_SAME_ENDS,
                "links.csv:2: Vers: expected another hub than from_hub; found \"port\"");
    assert_int_equal(ab_issues_of(of.issues, AB_ERROR_FLAW), 1);
    forget_operation(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_that_is_labelled_is_so_in_each_language),
        cmocka_unit_test(a_name_stands_for_one_thing),
        cmocka_unit_test(the_language_of_headers_does_not_change_the_operation),
        cmocka_unit_test(places_in_french_are_places),
        cmocka_unit_test(words_of_codes_and_flags_may_be_french_or_arabic),
        cmocka_unit_test(a_check_of_the_whole_names_the_column_as_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
