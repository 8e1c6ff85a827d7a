/* What is true of any reading. */
#include <stdlib.h>

#include "schema/world.h"

static const char owners_text[] = "id|name\nann|Ann\nbob|Bob\ncleo|\n";

enum { LINES = 6 };
static const char header[] = "id|owner|length_km|subjects|scope|wkt\n";
static const char *const lines[LINES] = {
    "a|ann|1.5|thing:b; owner:bob|red|POINT(1 2)\n",
    "b|zoe|2,5|thing:f|bob|POINT(1)\n",
    "c||600||; ;|\n",
    "d|cleo|3||green; nobody|LINESTRING(1 2,3 4)\n",
    "e|bob||owner:x|ann; bob; cleo|\n",
    "f|ann|7|thing:a|dark blue|\n",
};

static reading read_in_order(const int *order)
{
    char text[1000] = "";
    (void)strcat(text, header);
    for (int i = 0; i < LINES; i++)
        (void)strcat(text, lines[order[i]]);
    return read_world(NULL, owners_text, text);
}

static void add_cells(const reading *of, int32_t row, ab_buf *out)
{
    for (int32_t c = 0; c < world_tables[THINGS].column_count; c++) {
        ab__cell_write(&of->data, &thing_columns[c], &things_of(of)[row], out);
        ab__buf_char(out, '|');
    }
}

static void assert_same_row(const reading *a, int32_t a_row, const reading *b, int32_t b_row)
{
    ab_buf a_text = AB_BUF_INIT, b_text = AB_BUF_INIT;
    add_cells(a, a_row, &a_text);
    add_cells(b, b_row, &b_text);
    assert_string_equal(ab__buf_text(&a_text), ab__buf_text(&b_text));
    assert_int_equal(things_of(a)[a_row].head.given, things_of(b)[b_row].head.given);
    ab__buf_free(&a_text);
    ab__buf_free(&b_text);
}

/* The flaws of a line, wherever it stands. */
static void add_flaws(ab_issues *issues, int64_t line, ab_buf *out)
{
    for (int32_t i = 0; i < ab_issues_count(issues); i++) {
        const ab_issue *issue = ab_issues_at(issues, i);
        if (issue->line == line)
            ab__buf_printf(out, "%d %s %s %s %s\n", (int)issue->code, issue->column,
                           issue->expected, issue->found, issue->hint);
    }
}

static void permuted_rows_give_permuted_rows_and_flaws(void **state)
{
    (void)state;
    int order[LINES] = {0, 1, 2, 3, 4, 5};
    reading straight = read_in_order(order);
    assert_int_equal(ab_issues_count(straight.issues), 6);
    srand(7);
    for (int round = 0; round < 50; round++) {
        for (int i = LINES - 1; i > 0; i--) {
            int j = rand() % (i + 1), kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        reading mixed = read_in_order(order);
        for (int i = 0; i < LINES; i++) {
            ab_buf before = AB_BUF_INIT, after = AB_BUF_INIT;
            assert_same_row(&straight, order[i], &mixed, i);
            add_flaws(straight.issues, order[i] + 2, &before);
            add_flaws(mixed.issues, i + 2, &after);
            assert_string_equal(ab__buf_text(&before), ab__buf_text(&after));
            ab__buf_free(&before);
            ab__buf_free(&after);
        }
        forget(&mixed);
    }
    forget(&straight);
}

static void any_allocation_may_fail(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    char text[1000] = "";
    (void)strcat(text, header);
    for (int i = 0; i < LINES; i++)
        (void)strcat(text, lines[i]);
    /* Names as long as a chunk of an arena, so that every copy needs memory of its own. */
    enum { LONG = 5000 };
    char *owners = malloc(3 * LONG + 100);
    assert_non_null(owners);
    (void)sprintf(owners, "id|name\nann|%0*d  \nbob|%0*d\ncleo|%0*d \n", LONG, 1, LONG, 2, LONG, 3);
    add_sheet(book, "owners", owners);
    free(owners);
    add_sheet(book, "things", text);
    add_sheet(book, "frame", "key|value\ntitle |\nstart|2030-03-01T00:00Z\nx|y\n");
    add_sheet(book, "onwers", "id\n");
    int refused = 0;
    for (int64_t n = 1; n < 300; n++) { /* more than a reading makes */
        reading of;
        ab__fail_allocation(n);
        ab_status status = read_book(&of, book);
        ab__fail_allocation(0);
        assert_true(status == AB_NO_MEMORY || status == AB_OK);
        refused += status == AB_NO_MEMORY;
        forget(&of);
    }
    assert_in_range(refused, 10, 250);
    reading of;
    assert_int_equal(read_book(&of, book), AB_OK);
    assert_int_equal(ab_issues_count(of.issues), 9);
    forget(&of);
    ab_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(permuted_rows_give_permuted_rows_and_flaws),
        cmocka_unit_test(any_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
