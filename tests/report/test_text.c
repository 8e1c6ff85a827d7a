#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "report/text.h"

static void names_in_any_script_fill_a_column_exactly(void **state)
{
    const char *const names[] = {"Duma",
                                 "Moadamiyet Elsham and its outskirts",
                                 "معضمية الشام ودوما وحرستا وعربين",
                                 "Đắk Lắk",
                                 "大馬士革郊區省的城鎮",
                                 ""};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ab_buf out = AB_BUF_INIT;
        ab__text_left(&out, names[i], 20);
        int width = ab__text_width(ab__buf_text(&out));
        assert_true(width == 20 || width == 19); /* a wide sign may leave one column empty */
        ab__buf_free(&out);
    }
}

static void long_reasons_break_at_words_and_end_in_a_mark(void **state)
{
    ab_buf out = AB_BUF_INIT;

    (void)state;
    ab__text_wrap(&out,
                  "the request to the authority stands unanswered since the middle of the month",
                  30, 4, 2);
    assert_string_equal(ab__buf_text(&out),
                        "the request to the authority\n    stands unanswered since the m…");
    ab__buf_free(&out);
}

static void a_short_reason_stays_as_it_is(void **state)
{
    ab_buf out = AB_BUF_INIT;

    (void)state;
    ab__text_wrap(&out, "closed", 30, 4, 2);
    assert_string_equal(ab__buf_text(&out), "closed");
    ab__buf_free(&out);
}

static void days_are_written_as_people_say_them(void **state)
{
    ab_buf out = AB_BUF_INIT;
    ab_time t;

    (void)state;
    assert_true(ab_time_parse("2016-02-17T23:59Z", &t, NULL));
    ab__text_day(&out, t, true);
    assert_string_equal(ab__buf_text(&out), "17 Feb 2016");
    ab__buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_in_any_script_fill_a_column_exactly),
        cmocka_unit_test(long_reasons_break_at_words_and_end_in_a_mark),
        cmocka_unit_test(a_short_reason_stays_as_it_is),
        cmocka_unit_test(days_are_written_as_people_say_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
