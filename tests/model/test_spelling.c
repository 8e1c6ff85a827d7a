/* Which names look like one authority, and which only share words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/fold.h"
#include "model/spelling.h"

static bool are_alike(const char *a, const char *b)
{
    ab_arena *arena = ab__arena_new();
    const char *text[2] = {a, b};
    ab_spelling spelling[2];
    for (int i = 0; i < 2; i++) {
        ab_buf key = AB_BUF_INIT;
        ab__fold(text[i], &key);
        const char *kept = ab__arena_text(arena, ab__buf_text(&key));
        ab__buf_free(&key);
        assert_true(ab__spelling_read(arena, text[i], kept, &spelling[i]));
    }
    bool alike = ab__spellings_alike(&spelling[0], &spelling[1]);
    assert_int_equal(ab__spellings_alike(&spelling[1], &spelling[0]), alike);
    ab__arena_free(arena);
    return alike;
}

static void one_authority_in_two_spellings_is_alike(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Govt of Syria", "Government of Syria"},
        {"Gov't. of Syria", "Government of Syria"},
        {"Syrian Government", "Government of Syria"},
        {"Iraqi Govt", "Government of Iraq"},
        {"Goverment of Syria", "Government of Syria"},
        {"Government of Syira", "Government of Syria"},
        {"Army of Conqest", "Army of Conquest"},
        {"Jaish al-Islam", "Jaysh al Islam"},
        {"Houthis", "Houthi"},
        {"Red Crescent", "RedCrescent"},
        {"Da'esh", "Daesh"},
        {"U.N.", "UN"},
        {"UN", "United Nations"},
        {"GoS", "Government of Syria"},
        {"SARC", "Syrian Arab Red Crescent"},
        {"الحكومة السورة", "الحكومة السورية"},
        {"Division 16 of Infantry", "Infantry Div. 16"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (!are_alike(pairs[i][0], pairs[i][1]))
            fail_msg("%s, %s are not alike", pairs[i][0], pairs[i][1]);
}

static void names_that_share_words_are_two(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"Free Syrian Army", "Syrian Army"},
        {"Government of Syria", "Government of Syria and allied forces"},
        {"Army of Conquest", "Army of Conquest incl. Nusra Front"},
        {"UN", "UN task force"},
        {"Government of Iran", "Government of Iraq"},
        {"Government of Gambia", "Government of Zambia"},
        {"Government of Niger", "Government of Nigeria"},
        {"Northern Front", "Southern Front"},
        {"East Ghouta council", "West Ghouta council"},
        {"Division 13", "Division 14"},
        {"1st Army", "2nd Army"},
        {"Brigade 1 3", "Brigade 13"},
        {"Group A", "Group B"},
        {"A", "B"},
        {"Army of Islam", "Islamic Army"},
        {"Jaysh al-Izza", "Jaysh al-Islam"},
        {"Islamic State", "ISIL"},
        {"Hama council", "Hamas council"},
        {"Government of Iraq", "United States"},
        {"Government of Syria", "Government of Iraq"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (are_alike(pairs[i][0], pairs[i][1]))
            fail_msg("%s, %s are taken for one", pairs[i][0], pairs[i][1]);
}

static void case_and_spaces_are_no_letters(void **state)
{
    (void)state;
    assert_true(ab__same_but_case("ARMY OF CONQUEST", "Army of  Conquest "));
    assert_true(ab__same_but_case("Army of\xC2\xA0"
                                  "Conquest",
                                  "army of conquest"));
    assert_false(ab__same_but_case("Red Crescent", "RedCrescent"));
    assert_false(ab__same_but_case("Army-of-Conquest", "Army of Conquest"));
    assert_false(ab__same_but_case("The Army", "Army"));
    assert_false(ab__same_but_case("Armée", "Armee"));
    assert_false(ab__same_but_case("Army", "Army of Conquest"));
}

static void a_name_of_very_many_words_is_read(void **state)
{
    (void)state;
    char longest[4000] = "", other[4000];
    for (int i = 0; i < 300; i++)
        strcat(longest, "committee ");
    strcpy(other, longest);
    strcat(other, "again");
    assert_true(are_alike(longest, longest));
    assert_false(are_alike(longest, other));
    assert_false(are_alike("", "of the"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_authority_in_two_spellings_is_alike),
        cmocka_unit_test(names_that_share_words_are_two),
        cmocka_unit_test(case_and_spaces_are_no_letters),
        cmocka_unit_test(a_name_of_very_many_words_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
