/* The templates that a new user starts from. */
#include "io/support.h"

#include "airbridge/io.h"
#include "airbridge/operation.h"
#include "base/arena.h"

/* Every cell of the examples: its table and column, and what stands there. */
typedef struct written {
    const char *table;
    const char *const *cells;
} written;

static const written examples[] = {
#define AB_EXAMPLE(table, ...) {#table, (const char *const[]){__VA_ARGS__, NULL}},
#include "io/template_rows.def"
#undef AB_EXAMPLE
};
enum { EXAMPLES = sizeof examples / sizeof examples[0] };

static void the_examples_name_tables_and_columns_that_exist(void **state)
{
    const ab_schema *schema = ab_input_schema();

    (void)state;
    for (int i = 0; i < EXAMPLES; i++) {
        int32_t t = ab_schema_find(schema, examples[i].table);
        assert_true(t >= 0);
        for (const char *const *cell = examples[i].cells; *cell != NULL; cell += 2) {
            if (ab_table_find(&schema->tables[t], *cell) < 0 || cell[1] == NULL)
                fail_msg("%s has no column %s", examples[i].table, *cell);
        }
    }
}

static void every_table_has_an_example(void **state)
{
    const ab_schema *schema = ab_input_schema();

    (void)state;
    for (int32_t t = 0; t < schema->count; t++) {
        int found = 0;
        for (int i = 0; i < EXAMPLES; i++)
            found += strcmp(examples[i].table, schema->tables[t].name) == 0;
        if (found == 0)
            fail_msg("no example of %s", schema->tables[t].name);
    }
}

static void the_templates_are_an_operation_without_errors_or_warnings(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "new");
    ab_book *book;
    ab_operation *op;
    ab_issues *issues = ab_issues_new(0);

    (void)state;
    assert_int_equal(ab_template_write(path, ab_input_schema(), AB_LANGUAGES, NULL), AB_OK);
    assert_int_equal(ab_book_read(path, NULL, &book, issues, NULL), AB_OK);
    assert_int_equal(ab_book_count(book), ab_input_schema()->count);
    assert_int_equal(ab_operation_read(book, &op, issues, NULL), AB_OK);
    assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW) + ab_issues_of(issues, AB_WARNING), 0);
    assert_int_equal(op->places.count, 2);
    ab_operation_free(op);
    ab_book_free(book);
    ab_issues_free(issues);
    free(path);
    remove_folder(folder);
}

static void a_template_has_all_columns_their_hashtags_and_the_example(void **state)
{
    char *folder = make_folder(), *file = path_in(folder, "hubs.csv");
    const ab_table *hubs = &ab_input_schema()->tables[AB_TABLE_hubs];

    (void)state;
    assert_int_equal(ab_template_write(folder, ab_input_schema(), AB_LANGUAGES, NULL), AB_OK);
    ab_buf text = read_file(file);
    const char *at = text.text;
    for (int32_t c = 0; c < hubs->column_count; c++) {
        size_t size = strlen(hubs->columns[c].name);
        assert_memory_equal(at, hubs->columns[c].name, size);
        assert_true(at[size] == (c + 1 < hubs->column_count ? ',' : '\n'));
        at += size + 1;
    }
    assert_memory_equal(at, "#loc+code,#loc+name,", 20);
    assert_non_null(strstr(at, "\nbase,Base,warehouse,36.0,34.5,"));
    ab__buf_free(&text);
    free(file);
    remove_folder(folder);
}

/* In any language it is the same operation. */
static void a_template_may_have_its_headers_in_french_or_arabic(void **state)
{
    char digests[AB_LANGUAGES + 1][65];

    (void)state;
    for (int language = 0; language <= AB_LANGUAGES; language++) {
        char *folder = make_folder(), *path = path_in(folder, "new"), *file;
        ab_book *book;
        ab_operation *op;
        ab_issues *issues = ab_issues_new(0);
        assert_int_equal(
            ab_template_write(path, ab_input_schema(), (ab_language)language, NULL), AB_OK);
        assert_int_equal(ab_book_read(path, NULL, &book, issues, NULL), AB_OK);
        assert_int_equal(ab_operation_read(book, &op, issues, NULL), AB_OK);
        assert_int_equal(ab_issues_of(issues, AB_WARNING), 0);
        assert_int_equal(ab_operation_digest(op, digests[language], NULL), AB_OK);
        file = path_in(path, "vehicles.csv");
        ab_buf text = read_file(file);
        assert_int_equal(strstr(text.text, "Charge utile (t)") != NULL, language == AB_FRENCH);
        assert_string_equal(digests[language], digests[0]);
        ab__buf_free(&text);
        ab_operation_free(op);
        ab_book_free(book);
        ab_issues_free(issues);
        free(file);
        free(path);
        remove_folder(folder);
    }
}

static void settings_are_listed_with_meaning_and_default(void **state)
{
    char *folder = make_folder(), *file = path_in(folder, "operation.csv");

    (void)state;
    assert_int_equal(ab_template_write(folder, ab_input_schema(), AB_LANGUAGES, NULL), AB_OK);
    ab_buf text = read_file(file);
    assert_non_null(strstr(text.text, "\nstart,2030-03-01T00:00Z,first moment that is planned\n"));
    assert_non_null(strstr(text.text, "\nroad_factor,,"));
    assert_non_null(strstr(text.text, "; empty: 1.4\n"));
    ab__buf_free(&text);
    free(file);
    remove_folder(folder);
}

static void commas_and_quotes_in_a_meaning_are_quoted(void **state)
{
    static const ab_column columns[] = {
        {.name = "answer", .type = AB_TYPE_TEXT, .meaning = "say \"yes\", or \"no\""}};
    static const ab_table table = {
        .name = "talk", .form = AB_SETTINGS, .columns = columns, .column_count = 1};
    static const ab_schema schema = {&table, 1, 1};
    char *folder = make_folder(), *file = path_in(folder, "talk.csv");

    (void)state;
    assert_int_equal(ab_template_write(folder, &schema, AB_LANGUAGES, NULL), AB_OK);
    ab_buf text = read_file(file);
    assert_string_equal(text.text, "key,value,note\nanswer,,\"say \"\"yes\"\", or \"\"no\"\"\"\n");
    ab__buf_free(&text);
    free(file);
    remove_folder(folder);
}

static void expect_refused(const char *path, const char *words)
{
    ab_error err = AB_ERROR_INIT;

    assert_int_equal(ab_template_write(path, ab_input_schema(), AB_LANGUAGES, &err), AB_IO);
    if (strstr(err.message, words) == NULL)
        fail_msg("no \"%s\" in \"%s\"", words, err.message);
}

static void what_lies_in_a_folder_is_never_written_over(void **state)
{
    char *folder = make_folder(), *file = path_in(folder, "places.csv");
    char *nowhere = path_in(folder, "no/such");

    (void)state;
    expect_refused(nowhere, "cannot be made");
    write_text(folder, "places.csv", "mine");
    expect_refused(folder, "is not empty");
    expect_refused(file, "");
    ab_buf text = read_file(file);
    assert_string_equal(text.text, "mine");
    ab__buf_free(&text);
    free(file);
    free(nowhere);
    remove_folder(folder);
}

static void a_failure_takes_back_what_was_written(void **state)
{
    char *folder = make_folder(), *path = path_in(folder, "new");
    ab_status status = AB_NO_MEMORY;
    struct stat info;

    (void)state;
    for (int64_t n = 1; status != AB_OK; n += 1 + n / 10) {
        ab__fail_allocation(n);
        status = ab_template_write(path, ab_input_schema(), AB_LANGUAGES, NULL);
        ab__fail_allocation(0);
        assert_int_equal(stat(path, &info) == 0, status == AB_OK);
    }
    free(path);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_examples_name_tables_and_columns_that_exist),
        cmocka_unit_test(every_table_has_an_example),
        cmocka_unit_test(the_templates_are_an_operation_without_errors_or_warnings),
        cmocka_unit_test(a_template_has_all_columns_their_hashtags_and_the_example),
        cmocka_unit_test(a_template_may_have_its_headers_in_french_or_arabic),
        cmocka_unit_test(settings_are_listed_with_meaning_and_default),
        cmocka_unit_test(commas_and_quotes_in_a_meaning_are_quoted),
        cmocka_unit_test(what_lies_in_a_folder_is_never_written_over),
        cmocka_unit_test(a_failure_takes_back_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
