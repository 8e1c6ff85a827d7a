#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/draw.h"
#include "base/text.h"

static void good_utf8_has_no_bad_byte(void **state)
{
    (void)state;
    static const char *const good[] = {"",
                                       "Madaya",
                                       "\xD9\x85\xD8\xB6\xD8\xA7\xD9\x8A\xD8\xA7",
                                       "\xE2\x82\xAC",
                                       "\xF0\x9F\x9A\x9A",
                                       "\xED\x9F\xBF",
                                       "\xEE\x80\x80",
                                       "\xF4\x8F\xBF\xBF",
                                       "\xC2\x80",
                                       "\xE0\xA0\x80",
                                       "\xF0\x90\x80\x80"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(ab__utf8_bad(good[i], strlen(good[i])), strlen(good[i]));
    assert_int_equal(ab__utf8_bad("a\0b", 3), 3);
}

static void the_first_bad_byte_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t bad;
    } cases[] = {
        {"\x80", 0}, /* a continuation alone */
        {"ab\xFF", 2},
        {"a\xC0\x80", 1}, /* overlong */
        {"a\xC1\xBF", 1},
        {"\xE0\x9F\xBF", 0},
        {"\xF0\x8F\xBF\xBF", 0},
        {"ab\xED\xA0\x80", 2},   /* a surrogate */
        {"\xF4\x90\x80\x80", 0}, /* beyond U+10FFFF */
        {"\xF5\x80\x80\x80", 0},
        {"caf\xE9", 3},  /* Latin-1 */
        {"\xE2\x82", 0}, /* cut off */
        {"x\xF0\x9F\x9A", 1},
        {"\xC3(", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(ab__utf8_bad(cases[i].text, strlen(cases[i].text)), cases[i].bad);
}

static void a_cut_never_ends_inside_a_character(void **state)
{
    (void)state;
    const char *text = "a\xC3\xA9\xE0\xA4\xA6\xF0\x9F\x9A\x9Az";
    size_t size = strlen(text);
    for (size_t at = 0; at <= size; at++) {
        size_t cut = ab__utf8_cut(text, at);
        assert_true(cut <= at && at - cut < 4);
        assert_int_equal(ab__utf8_bad(text, cut), cut);
    }
    assert_int_equal(ab__utf8_cut(text, size), size);
    assert_int_equal(ab__utf8_cut(text, 3), 3);
    assert_int_equal(ab__utf8_cut(text, 9), 6);
}

static void columns_are_those_of_a_terminal(void **state)
{
    (void)state;
    assert_int_equal(ab__text_width(""), 0);
    assert_int_equal(ab__text_width("Foua"), 4);
    assert_int_equal(ab__text_width("caf\xC3\xA9"), 4);
    assert_int_equal(ab__text_width("cafe\xCC\x81"), 4);     /* a combining accent */
    assert_int_equal(ab__text_width("\xD9\x85\xD9\x8E"), 1); /* an Arabic letter with its vowel */
    assert_int_equal(ab__text_width("\xE6\x9D\xB1\xE4\xBA\xAC"), 4); /* two Han signs */
    assert_int_equal(ab__text_width("\xEA\xB0\x80"), 2);             /* a Hangul syllable */
    assert_int_equal(ab__text_width("\xFFok"), 3); /* a bad byte shows as one sign */
}

static void a_slip_of_the_pen_is_a_small_distance(void **state)
{
    (void)state;
    assert_int_equal(ab__text_distance("population", "population", 3), 0);
    assert_int_equal(ab__text_distance("population", "POPULATION", 3), 0);
    assert_int_equal(ab__text_distance("population", "popluation", 3), 1);
    assert_int_equal(ab__text_distance("population", "populaton", 3), 1);
    assert_int_equal(ab__text_distance("population", "populationn", 3), 1);
    assert_int_equal(ab__text_distance("lat_deg", "lon_deg", 3), 2);
    assert_int_equal(ab__text_distance("", "abc", 5), 3);
    assert_int_equal(ab__text_distance("abc", "", 5), 3);
    assert_int_equal(ab__text_distance("kitten", "sitting", 5), 3);
    assert_int_equal(ab__text_distance("ca", "abc", 5), 3); /* one edit for each letter */
}

static void a_distance_beyond_the_limit_is_not_measured(void **state)
{
    (void)state;
    assert_int_equal(ab__text_distance("kitten", "sitting", 2), 3);
    assert_int_equal(ab__text_distance("wheat flour", "surgical kit", 3), 4);
    assert_int_equal(ab__text_distance("a", "b", 0), 1);
    assert_int_equal(ab__text_distance("a", "a", 0), 0);
    char long_text[400];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    assert_int_equal(ab__text_distance(long_text, "x", 3), 4);
    assert_int_equal(ab__text_distance(long_text, long_text, 3), 0);
}

static void distance_is_symmetric_and_its_limit_only_cuts(void **state)
{
    (void)state;
    uint64_t draws = 1;
    for (int i = 0; i < 3000; i++) {
        char a[12] = "", b[12] = "";
        for (uint64_t j = draw_bits(&draws) % 10; j > 0; j--)
            a[j - 1] = (char)('a' + draw_bits(&draws) % 3);
        for (uint64_t j = draw_bits(&draws) % 10; j > 0; j--)
            b[j - 1] = (char)('a' + draw_bits(&draws) % 3);
        int whole = ab__text_distance(a, b, 100);
        assert_int_equal(whole, ab__text_distance(b, a, 100));
        assert_int_equal(whole == 0, strcmp(a, b) == 0);
        assert_true(whole >= abs((int)strlen(a) - (int)strlen(b)));
        for (int most = 0; most < 10; most++)
            assert_int_equal(ab__text_distance(a, b, most), whole <= most ? whole : most + 1);
    }
}

typedef struct joined {
    char text[200];
    int parts_left;
} joined;

static bool join(void *context, const char *part, size_t size)
{
    joined *all = context;
    if (all->parts_left == 0)
        return false;
    all->parts_left--;
    strcat(all->text, "[");
    strncat(all->text, part, size);
    strcat(all->text, "]");
    return true;
}

static void lists_are_split_trimmed_and_freed_of_empty_parts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *parts;
    } cases[] = {
        {"", ""},
        {" ", ""},
        {";; ;", ""},
        {"road", "[road]"},
        {"place:upper; place:ridge;hub:port", "[place:upper][place:ridge][hub:port]"},
        {"  a b ;\tc\t; ", "[a b][c]"},
        {";x", "[x]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        joined all = {"", 100};
        assert_false(ab__text_split(cases[i].text, join, &all));
        assert_string_equal(all.text, cases[i].parts);
    }
}

static void a_split_stops_where_it_is_told_to(void **state)
{
    (void)state;
    joined all = {"", 2};
    assert_true(ab__text_split("a;b;c;d", join, &all));
    assert_string_equal(all.text, "[a][b]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_utf8_has_no_bad_byte),
        cmocka_unit_test(the_first_bad_byte_is_found),
        cmocka_unit_test(a_cut_never_ends_inside_a_character),
        cmocka_unit_test(columns_are_those_of_a_terminal),
        cmocka_unit_test(a_slip_of_the_pen_is_a_small_distance),
        cmocka_unit_test(a_distance_beyond_the_limit_is_not_measured),
        cmocka_unit_test(distance_is_symmetric_and_its_limit_only_cuts),
        cmocka_unit_test(lists_are_split_trimmed_and_freed_of_empty_parts),
        cmocka_unit_test(a_split_stops_where_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
