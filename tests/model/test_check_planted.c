/* A flaw planted anywhere in an operation without errors is told at its row and column, and no other error is. */
#include <stdlib.h>

#include "airbridge/io.h"
#include "model/mini.h"
#include "schema/find.h"

static uint64_t drawn(uint64_t *seed, uint64_t below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (*seed >> 33) % below;
}

/* What no column of this type can mean; NULL: it takes anything. `way` chooses among several. */
static const char *nonsense(const ab_column *column, uint64_t way)
{
    static const char *const numbers[] = {"12k", "1,234", "many", "--1", "0x10", "1e999"};
    static const char *const times[] = {"yesterday", "01/02/2030 06:00Z", "2030-02-30T00:00Z",
                                        "2030-03-01T06:00"};
    static const char *const days[] = {"03/04/2030", "2030-13-01", "soon"};
    static const char *const shapes[] = {"POLYGON((1 2", "POINT",
                                         "MULTIPOLYGON(((1 2,1 3,2 3,1 2)))", "LINESTRING(1 2)"};
    switch (column->type) {
    case AB_TYPE_NUMBER:
        return numbers[way % 6];
    case AB_TYPE_COUNT:
        return way % 7 == 6 ? "-3" : numbers[way % 6];
    case AB_TYPE_TIME:
        return times[way % 4];
    case AB_TYPE_DAY:
        return days[way % 3];
    case AB_TYPE_CLOCK:
        return way % 2 == 0 ? "25:00" : "noon";
    case AB_TYPE_WKT:
        return shapes[way % 4];
    case AB_TYPE_FLAG:
        return "perhaps";
    case AB_TYPE_CODE:
    case AB_TYPE_CODES:
    case AB_TYPE_REF:
    case AB_TYPE_SCOPE:
        return "nothing_of_the_kind";
    case AB_TYPE_SUBJECT:
    case AB_TYPE_SUBJECTS:
        return way % 2 == 0 ? "nothing" : "place:nothing_of_the_kind";
    case AB_TYPE_ID: /* what names the row would dangle, which is a flaw of its own */
    case AB_TYPE_TEXT:
    case AB_TYPE_LIST:
        return NULL;
    }
    return NULL;
}

/* Puts nonsense into a random cell, checks, and puts the cell back. false: the cell takes anything. */
static bool plant(ab_book *book, uint64_t *seed)
{
    const ab_sheet *sheet = ab_book_at(book, (int32_t)drawn(seed, (uint64_t)ab_book_count(book)));
    int32_t t = ab_schema_find(ab_input_schema(), sheet->name);
    assert_true(t >= 0);
    const ab_table *table = &ab_input_schema()->tables[t];
    int64_t r = (int64_t)drawn(seed, (uint64_t)sheet->row_count);
    int32_t c = (int32_t)drawn(seed, (uint64_t)sheet->column_count);
    bool settings = table->form == AB_SETTINGS;
    if (settings)
        c = 1; /* the value */
    const char *name = settings ? sheet->cells[r * sheet->column_count] : sheet->header[c];
    int32_t declared = ab_table_find(table, name);
    const char *text = declared < 0 ? NULL : nonsense(&table->columns[declared], drawn(seed, 1000));
    const char **cell = (const char **)sheet->cells + r * sheet->column_count + c;
    const char *before = *cell;
    if (text == NULL)
        return false;
    *cell = text;
    read_operation of = read_sheets(book);
    bool told = false;
    int32_t elsewhere = 0;
    for (int32_t i = 0; i < ab_issues_count(of.issues); i++) {
        const ab_issue *issue = ab_issues_at(of.issues, i);
        bool here = strcmp(issue->origin, sheet->origin) == 0 && issue->line == sheet->line[r] &&
                    strcmp(issue->column, name) == 0;
        bool error = issue->severity == AB_ERROR_FLAW;
        told |= here && error && issue->found != NULL && issue->expected[0] != '\0';
        elsewhere += !here && error;
    }
    if (!told || elsewhere > 0) {
        print_issues(of.issues);
        fail_msg("%s:%d %s \"%s\": %s", sheet->origin, (int)sheet->line[r], name, text,
                 told ? "other errors follow" : "not told");
    }
    forget_operation(&of);
    *cell = before;
    return true;
}

static void plant_many(ab_book *book, uint64_t seed, int wanted)
{
    read_operation of = read_sheets(book);
    assert_int_equal(of.status, AB_OK);
    forget_operation(&of);
    int planted = 0;
    for (int tries = 0; planted < wanted && tries < 100 * wanted; tries++)
        planted += plant(book, &seed);
    assert_int_equal(planted, wanted);
}

static void a_flaw_planted_in_mini_is_told_where_it_is(void **state)
{
    (void)state;
    ab_book *book = mini_book(NULL, 0);
    plant_many(book, 2030, 2000);
    ab_book_free(book);
}

static void a_flaw_planted_in_syria_is_told_where_it_is(void **state)
{
    (void)state;
    char path[4096];
    ab_error err = AB_ERROR_INIT;
    ab_book *book = NULL;
    ab_issues *issues = ab_issues_new(0);
    const char *root = getenv("SOURCE_DIR");
    if (root == NULL)
        skip();
    (void)snprintf(path, sizeof path, "%s/examples/syria-2016", root);
    assert_int_equal(ab_book_read(path, NULL, &book, issues, &err), AB_OK);
    plant_many(book, 2016, 300);
    ab_book_free(book);
    ab_issues_free(issues);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flaw_planted_in_mini_is_told_where_it_is),
        cmocka_unit_test(a_flaw_planted_in_syria_is_told_where_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
