#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "airbridge/error.h"
#include "base/comma.h"
#include "base/text.h"

static void a_failure_keeps_its_status_and_message(void **state)
{
    (void)state;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(err.status, AB_OK);
    assert_string_equal(err.message, "");
    assert_int_equal(ab_fail(&err, AB_IO, "cannot read %s: %d", "places.csv", 5), AB_IO);
    assert_int_equal(err.status, AB_IO);
    assert_string_equal(err.message, "cannot read places.csv: 5");
}

static void nobody_needs_to_listen(void **state)
{
    (void)state;
    assert_int_equal(ab_fail(NULL, AB_NO_MEMORY, "lost"), AB_NO_MEMORY);
}

static void a_message_may_tell_itself_again_with_more(void **state)
{
    (void)state;
    ab_error err = AB_ERROR_INIT;
    ab_fail(&err, AB_IO, "no such file");
    ab_fail(&err, AB_IO, "reading the operation: %s", err.message);
    assert_string_equal(err.message, "reading the operation: no such file");
}

static void long_messages_end_at_a_whole_character(void **state)
{
    (void)state;
    static const char *const signs[] = {"a", "\xC3\xA9", "\xE0\xA4\xA6", "\xF0\x9F\x9A\x9A"};
    for (size_t s = 0; s < 4; s++) {
        for (size_t shift = 0; shift < 4; shift++) {
            char text[3000] = "";
            memset(text, '.', shift);
            for (size_t at = shift; at + 5 < sizeof text; at += strlen(signs[s]))
                memcpy(text + at, signs[s], strlen(signs[s]) + 1);
            ab_error err = AB_ERROR_INIT;
            ab_fail(&err, AB_FAULT, "%s", text);
            size_t size = strlen(err.message);
            assert_true(size >= AB_ERROR_CAP - 4 && size < AB_ERROR_CAP);
            assert_int_equal(ab__utf8_bad(err.message, size), size);
            assert_memory_equal(err.message, text, size);
        }
    }
}

static void numbers_in_messages_have_points(void **state)
{
    (void)state;
    if (!set_decimal_comma())
        skip();
    ab_error err = AB_ERROR_INIT;
    ab_fail(&err, AB_FLAWED, "%.1f", 2.5);
    assert_string_equal(err.message, "2.5");
    (void)setlocale(LC_ALL, "C");
}

static void each_status_has_a_text_and_an_exit_code(void **state)
{
    (void)state;
    static const int codes[] = {
#define AB_STATUS(name, exit_code, text) [AB_##name] = exit_code,
#include "airbridge/status.def"
#undef AB_STATUS
    };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_true(strlen(ab_status_text((ab_status)i)) > 0);
        assert_int_equal(ab_status_exit_code((ab_status)i), codes[i]);
    }
    assert_int_equal(ab_status_exit_code(AB_OK), 0);
    assert_int_equal(ab_status_exit_code(AB_FLAWED), 1);
    assert_int_equal(ab_status_exit_code(AB_USAGE), 2);
    assert_int_equal(ab_status_exit_code(AB_INFEASIBLE), 3);
    assert_int_equal(ab_status_exit_code(AB_NO_MEMORY), 4);
    assert_int_equal(ab_status_exit_code(AB_INTERRUPTED), 5);
    assert_string_equal(ab_status_text(AB_NO_MEMORY), "out of memory");
    /* What a newer library might return to an older caller. */
    assert_non_null(ab_status_text((ab_status)1000));
    assert_int_equal(ab_status_exit_code((ab_status)1000), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_keeps_its_status_and_message),
        cmocka_unit_test(nobody_needs_to_listen),
        cmocka_unit_test(a_message_may_tell_itself_again_with_more),
        cmocka_unit_test(long_messages_end_at_a_whole_character),
        cmocka_unit_test(numbers_in_messages_have_points),
        cmocka_unit_test(each_status_has_a_text_and_an_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
