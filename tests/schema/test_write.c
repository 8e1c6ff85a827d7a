/* Values written back to cells. */
#include <math.h>

#include "schema/world.h"

static void assert_cell(const reading *of, const char *column, const char *text)
{
    ab_buf buf = AB_BUF_INIT;
    int32_t c = ab_table_find(&world_tables[THINGS], column);
    ab__cell_write(&of->data, &thing_columns[c], of->rows[THINGS].at, &buf);
    assert_string_equal(ab__buf_text(&buf), text);
    ab__buf_free(&buf);
}

/* Read as `cell`, the column is written as `canonical`, and that reads as the same. */
static void assert_canonical(const char *column, const char *cell, const char *canonical)
{
    reading of = read_cell(column, cell);
    assert_silent(of.issues);
    assert_cell(&of, column, canonical);
    forget(&of);
    of = read_cell(column, canonical);
    assert_silent(of.issues);
    assert_cell(&of, column, canonical);
    forget(&of);
}

static void a_cell_is_written_as_it_would_be_read(void **state)
{
    (void)state;
    assert_canonical("text", "two  words", "two  words");
    assert_canonical("owner", "bob", "bob");
    assert_canonical("length_km", "+0012.50", "12.5");
    assert_canonical("people", "4.2e4", "42000");
    assert_canonical("flag", "yes", "yes");
    assert_canonical("colour", "dark blue", "dark blue");
    assert_canonical("paints", "green;red", "red; green");
    assert_canonical("time", "2030-03-01T06:00+03:00", "2030-03-01T03:00Z");
    assert_canonical("day", "2030-03-01", "2030-03-01");
    assert_canonical("clock", "07:30", "07:30");
    assert_canonical("list", " A;B ;; not C", "A; B; not C");
    assert_canonical("subject", "owner:bob", "owner:bob");
    assert_canonical("subjects", "thing:a;owner:ann", "thing:a; owner:ann");
    assert_canonical("scope", "red;ann", "red; ann");
    assert_canonical("wkt", "linestring ( 36.50 34.5 , 36.7 34.3)",
                     "LINESTRING (36.5 34.5, 36.7 34.3)");
    assert_canonical("wkt", "POLYGON((0 0,9 0,9 9,0 0),(6 3,7 3,7 4,6 3))",
                     "POLYGON ((0 0, 9 0, 9 9, 0 0), (6 3, 7 3, 7 4, 6 3))");
    assert_canonical("wkt", "POINT(36 34)", "POINT (36 34)");
}

static void a_value_that_is_not_known_is_written_as_nothing(void **state)
{
    (void)state;
    reading of = read_cell("text", "x");
    for (int32_t c = 0; c < world_tables[THINGS].column_count; c++) {
        const ab_column *column = &thing_columns[c];
        bool known = c == THING_ID || c == THING_TEXT || column->standard != NULL;
        assert_int_equal(ab__cell_empty(column, things_of(&of)), !known);
        if (!known)
            assert_cell(&of, column->name, "");
    }
    assert_true(isnan(ab__cell_number(&thing_columns[THING_LENGTH], things_of(&of))));
    assert_true(isnan(ab__cell_number(&thing_columns[THING_PEOPLE], things_of(&of))));
    forget(&of);
}

static void a_change_of_unit_leaves_no_trace(void **state)
{
    (void)state;
    char cell[32];
    for (int i = 1; i <= 5000;
         i++) { /* 0.1 to 500 km; a third of these differ after * 1000 / 1000 */
        (void)snprintf(cell, sizeof cell, i % 10 == 0 ? "%d" : "%d.%d", i / 10, i % 10);
        reading of = read_cell("length_km", cell);
        assert_cell(&of, "length_km", cell);
        assert_true(ab__cell_number(&thing_columns[THING_LENGTH], things_of(&of)) == i / 10.0);
        forget(&of);
    }
}

static void rows_are_named_by_id_or_line(void **state)
{
    (void)state;
    char spare[24];
    reading of =
        read_world("key|value\ntitle|x\nstart|2030-03-01T00:00Z\n", "id\nann\nbob\n", "id\na\n");
    assert_string_equal(ab__row_id(&of.data, OWNERS, 1, spare), "bob");
    assert_string_equal(ab__row_id(&of.data, FRAME, 0, spare), "#1");
    assert_int_equal(ab__row_find(&of.data, OWNERS, "bob"), 1);
    assert_int_equal(ab__row_find(&of.data, OWNERS, "zoe"), -1);
    assert_int_equal(ab__row_find(&of.data, FRAME, "x"), -1);
    forget(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_written_as_it_would_be_read),
        cmocka_unit_test(a_value_that_is_not_known_is_written_as_nothing),
        cmocka_unit_test(a_change_of_unit_leaves_no_trace),
        cmocka_unit_test(rows_are_named_by_id_or_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
