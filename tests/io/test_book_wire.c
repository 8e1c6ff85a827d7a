/* What a child sends is what its parent gets, and nothing that it could send does harm. */
#include "io/book_support.h"

#include "io/book_wire.h"
#include "schema/issues.h"

/* Bytes instead of a pipe. */
typedef struct tape {
    ab_buf bytes;
    size_t at;
} tape;

static bool record(void *context, void *bytes, size_t size)
{
    ab__buf_add_n(&((tape *)context)->bytes, bytes, size);
    return true;
}

static bool play(void *context, void *bytes, size_t size)
{
    tape *from = context;

    if (from->bytes.size - from->at < size)
        return false;
    memcpy(bytes, from->bytes.text + from->at, size);
    from->at += size;
    return true;
}

static tape sent(void)
{
    tape to = {AB_BUF_INIT, 0};
    ab_wire wire = {record, &to};
    ab_book *book = book_of("places", "id,name\nup,Upper town\nlow,\n");
    ab_issues *issues = ab_issues_new(2);
    ab_error ended = AB_ERROR_INIT;

    add_csv(book, "hubs", "id\n");
    for (int line = 1; line < 5; line++)
        ab__issue_raise(issues, (ab_issue){.code = AB_ISSUE_RAGGED,
                                           .origin = "x/places",
                                           .line = line,
                                           .expected = "2 cells",
                                           .fix = line == 1 ? "7" : NULL});
    (void)ab_fail(&ended, AB_IO, "its end is missing");
    assert_true(ab__wire_send(&wire, book, issues, &ended));
    ab_issues_free(issues);
    ab_book_free(book);
    return to;
}

static ab_wire_end receive(tape *from, ab_book *book, ab_issues *issues, ab_error *ended)
{
    ab_wire wire = {play, from};
    return ab__wire_receive(&wire, book, issues, ended);
}

static void sheets_issues_and_the_ending_arrive(void **state)
{
    tape from = sent();
    ab_book *book = ab__book_new();
    ab_issues *issues = ab_issues_new(0);
    ab_error ended = AB_ERROR_INIT;

    (void)state;
    assert_int_equal(receive(&from, book, issues, &ended), AB_WIRE_WHOLE);
    assert_int_equal(from.at, from.bytes.size);
    assert_int_equal(ended.status, AB_IO);
    assert_string_equal(ended.message, "its end is missing");
    assert_int_equal(ab_book_count(book), 2);
    const ab_sheet *sheet = ab_book_find(book, "places");
    assert_int_equal(sheet->row_count, 2);
    assert_int_equal(sheet->line[1], 3);
    assert_string_equal(sheet->header[1], "name");
    assert_string_equal(sheet->cells[1], "Upper town");
    assert_string_equal(sheet->cells[3], "");
    assert_int_equal(ab_issues_of(issues, AB_ERROR_FLAW), 4); /* two were only counted */
    assert_int_equal(ab_issues_count(issues), 2);
    assert_string_equal(ab_issues_at(issues, 0)->fix, "7");
    assert_null(ab_issues_at(issues, 1)->fix);
    assert_null(ab_issues_at(issues, 0)->found);
    ab_issues_free(issues);
    ab_book_free(book);
    ab__buf_free(&from.bytes);
}

static void whatever_is_cut_off_is_torn(void **state)
{
    tape from = sent();
    size_t whole = from.bytes.size;

    (void)state;
    for (size_t size = 0; size < whole; size++) {
        ab_book *book = ab__book_new();
        ab_issues *issues = ab_issues_new(0);
        ab_error ended = AB_ERROR_INIT;
        from.at = 0;
        from.bytes.size = size;
        assert_int_equal(receive(&from, book, issues, &ended), AB_WIRE_TORN);
        ab_issues_free(issues);
        ab_book_free(book);
    }
    ab__buf_free(&from.bytes);
}

/* A reader that was taken over may send anything: the parent lives, and every text that it takes is one. */
static void bytes_of_an_enemy_do_no_harm(void **state)
{
    tape from = sent();
    uint64_t random = 5;
    int whole = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        ab_book *book = ab__book_new();
        ab_issues *issues = ab_issues_new(0);
        ab_error ended = AB_ERROR_INIT;
        size_t at = draw(&random) % from.bytes.size;
        char before = from.bytes.text[at];
        from.bytes.text[at] = (char)draw(&random);
        from.at = 0;
        whole += receive(&from, book, issues, &ended) == AB_WIRE_WHOLE;
        for (int32_t s = 0; s < ab_book_count(book); s++)
            assert_non_null(ab_book_at(book, s)->name);
        from.bytes.text[at] = before;
        ab_issues_free(issues);
        ab_book_free(book);
    }
    assert_true(whole > 0 && whole < 20000);
    ab__buf_free(&from.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_issues_and_the_ending_arrive),
        cmocka_unit_test(whatever_is_cut_off_is_torn),
        cmocka_unit_test(bytes_of_an_enemy_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
