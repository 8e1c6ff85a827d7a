/* Texts as people compare them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/draw.h"
#include "base/fold.h"
#include "base/text.h"

static void assert_folds(const char *text, const char *folded)
{
    ab_buf buf = AB_BUF_INIT;
    ab__fold(text, &buf);
    assert_string_equal(ab__buf_text(&buf), folded);
    ab__buf_free(&buf);
}

static void case_and_accents_do_not_matter(void **state)
{
    (void)state;
    assert_folds("Nom du lieu", "nom du lieu");
    assert_folds("QUANTITÉ REÇUE", "quantite recue");
    assert_folds("Quantite\xCC\x81 rec\xCC\xA7ue", "quantite recue"); /* letters and marks apart */
    assert_folds("Œuvre, Straße, Łódź, Þing, ĳ", "oeuvre strasse lodz thing ij");
    assert_folds("Đường bộ — tỉnh Thừa Thiên Huế", "duong bo tinh thua thien hue");
    assert_folds("Sơn Trà, ƯU TIÊN", "son tra uu tien");
}

static void words_are_parted_by_anything_that_is_no_letter(void **state)
{
    (void)state;
    assert_folds("handling_t_per-day", "handling t per day");
    assert_folds("  Stock   (disponible) : ", "stock disponible");
    assert_folds("« Nom »\xC2\xA0!", "nom");
    assert_folds("l’état l'état", "l etat l etat");
    assert_folds("m² m³", "m2 m3");
    assert_folds("() – …", "");
    assert_folds("", "");
}

static void arabic_is_read_as_it_is_typed(void **state)
{
    (void)state;
    assert_folds("الموقع", "الموقع");
    assert_folds("المَوْقِع", "الموقع");    /* vowel signs */
    assert_folds("المـــوقع", "الموقع"); /* tatweel */
    assert_folds("الأماكن", "الاماكن");  /* hamza on alef */
    assert_folds("إسم، آخر", "اسم اخر");
    assert_folds("الكمية", "الكميه"); /* ta marbuta */
    assert_folds("مستشفى", "مستشفي"); /* alef maqsura */
    assert_folds("مستشفی", "مستشفي"); /* the yeh of a Persian keyboard */
    assert_folds("٢٠٣٠ ۱۲", "2030 12");
    assert_folds("\xE2\x80\x8Fعدد السكان؟", "عدد السكان"); /* a mark of direction */
}

static void other_scripts_stay(void **state)
{
    (void)state;
    assert_folds("Місто, 村", "Місто 村");
    assert_folds("a\xFFz", "a\xFFz"); /* not UTF-8: nothing is made of it */
}

/* What is folded stays as it is when folded again, is UTF-8 if the text was, and has no empty words. */
static void folding_twice_changes_nothing(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        char text[64];
        size_t size = 0;
        while (size < 40) {
            uint32_t code = (uint32_t)(draw_bits(&seed) % 0x2100) + 1;
            if (code < 0x80) {
                text[size++] = (char)code;
            } else if (code < 0x800) {
                text[size++] = (char)(0xC0 | code >> 6);
                text[size++] = (char)(0x80 | (code & 0x3F));
            } else {
                text[size++] = (char)(0xE0 | code >> 12);
                text[size++] = (char)(0x80 | (code >> 6 & 0x3F));
                text[size++] = (char)(0x80 | (code & 0x3F));
            }
        }
        text[size] = '\0';
        ab_buf once = AB_BUF_INIT;
        ab__fold(text, &once);
        const char *folded = ab__buf_text(&once);
        assert_folds(folded, folded);
        assert_int_equal(ab__utf8_bad(folded, once.size), once.size);
        assert_null(strstr(folded, "  "));
        assert_true(once.size == 0 || (folded[0] != ' ' && folded[once.size - 1] != ' '));
        ab__buf_free(&once);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(case_and_accents_do_not_matter),
        cmocka_unit_test(words_are_parted_by_anything_that_is_no_letter),
        cmocka_unit_test(arabic_is_read_as_it_is_typed),
        cmocka_unit_test(other_scripts_stay),
        cmocka_unit_test(folding_twice_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
