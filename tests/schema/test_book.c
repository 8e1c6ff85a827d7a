#include "schema/help.h"

static void sheets_are_found_by_name_and_kept_in_order(void **state)
{
    (void)state;
    ab_book *book = ab__book_new();
    assert_int_equal(ab_book_count(book), 0);
    add_sheet(book, "roads", "id\nr1\nr2\n");
    add_sheet(book, "hubs", "id|name\nport|Port\n");
    assert_int_equal(ab_book_count(book), 2);
    assert_string_equal(ab_book_at(book, 0)->name, "roads");
    assert_int_equal(ab_book_at(book, 0)->row_count, 2);
    const ab_sheet *hubs = ab_book_find(book, "hubs");
    assert_ptr_equal(hubs, ab_book_at(book, 1));
    assert_string_equal(hubs->origin, "hubs.csv");
    assert_string_equal(hubs->cells[1], "Port");
    assert_null(ab_book_find(book, "hub"));
    ab_book_free(book);
    ab_book_free(NULL);
}

static void a_book_without_memory_is_none(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 2; n++) {
        ab__fail_allocation(n);
        assert_null(ab__book_new());
        ab__fail_allocation(0);
    }
    ab_book *book = ab__book_new();
    ab__fail_allocation(1);
    assert_false(ab__book_add(book, &(ab_sheet){.name = "hubs"}));
    ab__fail_allocation(0);
    assert_int_equal(ab_book_count(book), 0);
    ab_book_free(book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_are_found_by_name_and_kept_in_order),
        cmocka_unit_test(a_book_without_memory_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
