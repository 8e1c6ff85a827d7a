/* Every container gives back what was written to it, and to any other on the way: each ordered pair of them, on
 * a made-up operation of everything that is easily lost, and on real ones. Under pg_virtualenv, which
 * makes a database server for the length of the test. */
#include "io/book_support.h"

#include <locale.h>

#include "base/number.h"
#include "geo/wkt.h"

enum { NO_SERVER = 77 };

/* ---- Are two cells the same? ------------------------------------------------------------------ */

/* Without spaces around it, and with LF for every line break. Freed by the caller. */
static char *plain(const char *text)
{
    ab_buf buf = AB_BUF_INIT;

    ab__buf_add(&buf, "");
    text += strspn(text, " \t\r\n");
    for (; *text != '\0'; text++) {
        if (text[0] == '\r' && text[1] == '\n')
            continue;
        ab__buf_char(&buf, *text == '\r' ? '\n' : *text);
    }
    while (buf.size > 0 && strchr(" \t\n", buf.text[buf.size - 1]) != NULL)
        buf.text[--buf.size] = '\0';
    assert_non_null(buf.text);
    return buf.text;
}

static bool same_shape(const char *one, const char *other)
{
    ab_arena *arena = ab__arena_new();
    ab_wkt a, b;
    const char *why;
    int32_t at;
    bool same =
        ab__wkt_parse(one, arena, &a, &why, &at) && ab__wkt_parse(other, arena, &b, &why, &at) &&
        a.kind == b.kind && a.part_count == b.part_count &&
        memcmp(a.part_start, b.part_start, (size_t)(a.part_count + 1) * sizeof(int32_t)) == 0 &&
        memcmp(a.lon_lat_deg, b.lon_lat_deg,
               2 * (size_t)a.part_start[a.part_count] * sizeof(double)) == 0;

    ab__arena_free(arena);
    return same;
}

/* As values of their column, doubles to the last bit; what is no such value must be the same text. */
static bool same_value(const ab_column *column, const char *one, const char *other)
{
    double number[2];
    int64_t count[2];
    ab_time time[2];

    if (strcmp(one, other) == 0)
        return true;
    switch (column != NULL ? column->type : AB_TYPE_TEXT) {
    case AB_TYPE_NUMBER:
        return ab__number_parse(one, &number[0]) && ab__number_parse(other, &number[1]) &&
               memcmp(&number[0], &number[1], sizeof number[0]) == 0;
    case AB_TYPE_COUNT:
        return ab__count_parse(one, &count[0]) && ab__count_parse(other, &count[1]) &&
               count[0] == count[1];
    case AB_TYPE_TIME:
        return ab_time_parse(one, &time[0], NULL) && ab_time_parse(other, &time[1], NULL) &&
               time[0] == time[1];
    case AB_TYPE_WKT:
        return same_shape(one, other);
    default:
        return false;
    }
}

static const ab_column *declared(const ab_sheet *sheet, int64_t row, int32_t column)
{
    const ab_schema *schema = ab_input_schema();
    int32_t t = ab_schema_find(schema, sheet->name);
    const char *name = sheet->header[column];

    if (t < 0)
        return NULL;
    if (schema->tables[t].form == AB_SETTINGS) {
        if (strcmp(name, "value") != 0)
            return NULL;
        name = sheet->cells[row * sheet->column_count]; /* our books have the key first */
    }
    int32_t c = ab_table_find(&schema->tables[t], name);
    return c >= 0 ? &schema->tables[t].columns[c] : NULL;
}

/* ---- Are two sheets the same? ----------------------------------------------------------------- */

static int32_t column_called(const ab_sheet *sheet, const char *name)
{
    for (int32_t c = 0; c < sheet->column_count; c++)
        if (strcmp(sheet->header[c], name) == 0)
            return c;
    return -1;
}

static int64_t first_row(const ab_sheet *sheet)
{
    return ab_sheet_is_tagged(sheet) ? 1 : 0;
}

static void expect_same_column(const char *way, const ab_sheet *before, const ab_sheet *after,
                               int32_t column)
{
    int64_t rows = before->row_count - first_row(before);
    int32_t there = column_called(after, before->header[column]);

    if (there < 0)
        fail_msg("%s: %s has lost its column %s", way, before->name, before->header[column]);
    for (int64_t r = 0; r < rows; r++) {
        int64_t from = r + first_row(before), to = r + first_row(after);
        char *one = plain(before->cells[from * before->column_count + column]);
        char *other = plain(after->cells[to * after->column_count + there]);
        if (!same_value(declared(before, from, column), one, other))
            fail_msg("%s: %s, row %d, %s: %.60s became %.60s", way, before->name, (int)r + 1,
                     before->header[column], one, other);
        free(one);
        free(other);
    }
}

static void expect_same(const char *way, const ab_book *before, const ab_book *after)
{
    assert_true(ab_book_count(before) > 0);
    for (int32_t i = 0; i < ab_book_count(before); i++) {
        const ab_sheet *one = ab_book_at(before, i), *other = ab_book_find(after, one->name);
        if (other == NULL)
            fail_msg("%s: table %s is lost", way, one->name);
        int64_t rows = one->row_count - first_row(one);
        if (other->row_count - first_row(other) != rows)
            fail_msg("%s: %s has %d rows, not %d", way, one->name,
                     (int)(other->row_count - first_row(other)), (int)rows);
        for (int32_t c = 0; c < one->column_count; c++)
            expect_same_column(way, one, other, c);
    }
}

/* ---- Containers ------------------------------------------------------------------------------- */

static const char *const containers[] = {"ops", "ops.xlsx", "ops.ods", "ops.gpkg", "postgresql:"};
enum { CONTAINERS = sizeof containers / sizeof containers[0] };

/* The name of container `c`, of copy `copy`; freed by the caller. */
static char *name_in(const char *folder, int c, const char *copy)
{
    ab_buf name = AB_BUF_INIT;

    if (containers[c][strlen(containers[c]) - 1] == ':')
        ab__buf_printf(&name, "postgresql:///?schema=%s", copy);
    else
        ab__buf_printf(&name, "%s/%s-%s", folder, copy, containers[c]);
    assert_non_null(name.text);
    return name.text;
}

static void tell(ab_issues *issues, const ab_error *err)
{
    char text[512];

    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        (void)ab_issue_format(ab_issues_at(issues, i), text, sizeof text);
        print_error("%s\n", text);
    }
    fail_msg("%s", err->message);
}

static ab_book *read_from(const char *path)
{
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;
    ab_book *book = NULL;

    if (ab_book_read(path, NULL, &book, issues, &err) != AB_OK ||
        ab_issues_of(issues, AB_ERROR_FLAW) > 0)
        tell(issues, &err);
    ab_issues_free(issues);
    return book;
}

static void write_to(const char *path, const ab_book *book)
{
    ab_issues *issues = ab_issues_new(0);
    ab_error err = AB_ERROR_INIT;

    if (ab_book_write(path, book, ab_input_schema(), NULL, issues, &err) != AB_OK)
        tell(issues, &err);
    ab_issues_free(issues);
}

/* Writes `book` to A, A to B, and compares what B gives with what A was given. */
static void expect_pairs(const ab_book *book)
{
    char *folder = make_folder();

    for (int a = 0; a < CONTAINERS; a++) {
        char *from = name_in(folder, a, "from");
        write_to(from, book);
        ab_book *first = read_from(from);
        expect_same(containers[a], book, first);
        for (int b = 0; b < CONTAINERS; b++) {
            if (b == a)
                continue;
            ab_buf way = AB_BUF_INIT;
            char *to = name_in(folder, b, "to");
            write_to(to, first);
            ab_book *second = read_from(to);
            ab__buf_printf(&way, "%s to %s", containers[a], containers[b]);
            expect_same(way.text, book, second);
            ab__buf_free(&way);
            ab_book_free(second);
            free(to);
        }
        ab_book_free(first);
        free(from);
    }
    remove_folder(folder);
}

/* ---- Operations ------------------------------------------------------------------------------- */

static const char PLACES[] =
    "id,pcode,name,lon_deg,lat_deg,population,stock_days,cut_off_since,source\n"
    "007,00123,\"\xd8\xaf\xd9\x8a\xd8\xb1 \xd8\xa7\xd9\x84\xd8\xb2\xd9\x88\xd8\xb1\",0.30000000000000004,34.3,9007199254740993,5e-324,2029-10-01,=1+1\n"
    "1e5,1e5,\"Ph\xc6\xb0\xe1\xbb\x9d\x6eg \"\"N\xc4\x83m\"\"\",-0,-0,9007199254740992,1e308,soon,+49 30\n"
    "1.0,0x10,\"two\n\nlines\",-0.0000001,1e-7,042,1.7976931348623157e308,,-x\n"
    "true,TRUE,false,179.99999999999997,-89.99999999999999,12k,2.2250738585072014e-308,2029-12-15,@home\n"
    "upper,#N/A,2016-04-01,36.700,1e22,,123456789012345678901234567890,,\"a  b\tc\"\n"
    "inf,nan,12:30,9007199254740993,4.35,12.000,.5,,\"<&>;'`_x0041_ &amp; %41\"\n"
    "last,-0,1e999,,,-5,\"1,5\",,\xf0\x9f\x9a\x9a\n";

static const char EXCLUSIONS[] =
    "id,kind,wkt,cost\n"
    "hole,minefield,\"POLYGON((0 0,10 0,10 10.000000000000002,0 10,0 0),(1 1,2 1,0.30000000000000004 2,1 1))\",1\n"
    "thin,minefield,\"POLYGON((-0.1 1e-7,5e-324 0.1,0.1 0.1,-0.1 1e-7))\",0.1\n";

static const char ROADS[] = "id,wkt\n"
                            "a,\"LINESTRING(36.1 34.1,36.30000000000000004 34.2)\"\n"
                            "b,not drawn yet\n";

/* Rows with a time in another zone; one that is no time at all. */
static const char ACCESS[] = "id,subject,state,from,reported_at\n"
                             "a1,place:007,open,2030-03-01T06:00+03:00,2030-02-28T23:59:59Z\n"
                             "a2,place:007,closed,tomorrow,1900-01-01T00:00Z\n";

static ab_book *nasty_book(void)
{
    ab_book *book = book_of("places", PLACES);
    ab_buf diary = AB_BUF_INIT;

    add_csv(book, "exclusions", EXCLUSIONS);
    add_csv(book, "roads", ROADS);
    add_csv(book, "access", ACCESS);
    add_csv(book, "operation",
            "key,value,source,note\nschema_version,1,,\nname,007,=A1,\nstart,2030-03-01T00:00Z,,x\n"
            "period_h,0.1,,\nno such key,1e5,,\n");
    ab__buf_add(&diary, "day,Tag 2,text\n2030-03-01,1e5,");
    for (int i = 0; i < 32767; i++)
        ab__buf_char(&diary, (char)('a' + i % 26));
    ab__buf_add(&diary, "\n,,\"\xe2\x80\x8fright to left\"\n#x,2,#z\n");
    add_csv(book, "diary", diary.text);
    ab__buf_free(&diary);
    return book;
}

static void test_what_is_easily_lost(void **state)
{
    (void)state;
    ab_book *book = nasty_book();

    expect_pairs(book);
    ab_book_free(book);
}

static void test_a_large_operation(void **state)
{
    (void)state;
    char *path = path_in(getenv("SOURCE_DIR"), "examples/syria-2016");
    ab_book *book = read_from(path);

    expect_pairs(book);
    ab_book_free(book);
    free(path);
}

static void test_a_small_operation(void **state)
{
    (void)state;
    char *path = path_in(getenv("SOURCE_DIR"), "tests/cases/mini/operation");
    ab_book *book = read_from(path);

    expect_pairs(book);
    ab_book_free(book);
    free(path);
}

/* Random doubles, of all sizes, in one column. */
static void test_random_numbers(void **state)
{
    (void)state;
    enum { ROWS = 2000 };
    uint64_t seed = 20160410;
    ab_buf csv = AB_BUF_INIT;

    ab__buf_add(&csv, "id,stock_days\n");
    for (int i = 0; i < ROWS; i++) {
        char digits[AB_NUMBER_CAP];
        uint64_t bits = draw(&seed);
        double number;
        memcpy(&number, &bits, sizeof number);
        if (i % 2 == 0) /* half of them as people have them */
            number = (double)(bits % 1000000007) / 1000.0;
        ab__buf_printf(&csv, "p%d,%s\n", i, ab__number_format(number, digits));
    }
    ab_book *book = book_of("places", csv.text);
    expect_pairs(book);
    ab_book_free(book);
    ab__buf_free(&csv);
}

/* Runs the test once more where there is a server. */
static int run_with_server(char *program)
{
    if (system("command -v pg_virtualenv > /dev/null") != 0) {
        print_message("pg_virtualenv is not installed\n");
        return NO_SERVER;
    }
    /* In a folder of its own (-t), and one at a time: two would take the same port. */
    char *const words[] = {"flock", "/tmp/airbridge-test-server.lock", "pg_virtualenv", "-t", "-v",
                           "15",    program,                           NULL};

    (void)setenv("AB_TEST_SERVER", "yes", 1);
    /* The server starts in its own locale, whatever the test runs under: that one may not be installed. */
    if (getenv("LC_ALL") != NULL)
        (void)setenv("AB_TEST_LC_ALL", getenv("LC_ALL"), 1);
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    (void)execvp(words[0], words);
    return 1;
}

int main(int count, char *words[])
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_easily_lost),
        cmocka_unit_test(test_a_small_operation),
        cmocka_unit_test(test_a_large_operation),
        cmocka_unit_test(test_random_numbers),
    };

    (void)count;
    if (getenv("AB_TEST_SERVER") == NULL)
        return run_with_server(words[0]);
    if (getenv("AB_TEST_LC_ALL") != NULL)
        (void)setlocale(LC_ALL, getenv("AB_TEST_LC_ALL"));
    if (system("psql -q -c 'CREATE EXTENSION postgis'") != 0)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
