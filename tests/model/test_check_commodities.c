/* Commodities: that each meets a need, and that there are not too many. */
#include "base/buf.h"
#include "model/mini.h"

#define COMMODITY "id|category|need_kg_per_person_day|kcal_per_kg|group|serves_people|serves_days\n"
#define FLOUR     "flour|food|0.4|3500|||\n"
#define LENTILS   "lentils|food|0.06|3400|||\n"
#define OIL       "oil|food|0.03|8850|||\n"
#define KIT       "kit|medical||||1000|90\n"

static void assert_no_need(const char *text, const char *message)
{
    read_operation of = read_mini_with("commodities", text);
    assert_says(of.issues, AB_ISSUE_NO_NEED, message);
    assert_int_equal(ab_issues_count(of.issues), 1);
    assert_non_null(of.op); /* it is only a warning */
    forget_operation(&of);
}

static void food_has_energy(void **state)
{
    (void)state;
    assert_no_need(COMMODITY "flour|food|0.4||||\n" LENTILS OIL KIT,
                   "commodities.csv:2: kcal_per_kg: expected the energy of a food; found nothing; "
                   "as it is, it feeds nobody");
    assert_no_need(COMMODITY FLOUR LENTILS "oil|food|0.03|0|||\n" KIT,
                   "commodities.csv:4: kcal_per_kg: expected the energy of a food; found \"0\"; as "
                   "it is, it feeds nobody");
}

static void food_has_a_need_or_stands_in_for_another(void **state)
{
    (void)state;
    assert_no_need(COMMODITY "flour|food||3500|||\n" LENTILS OIL KIT,
                   "commodities.csv:2: need_kg_per_person_day: expected a need of a person a day, "
                   "or a group whose need it can meet; found nothing; as it is, it feeds nobody");
    assert_mini_sound("commodities", COMMODITY "flour|food||3500|pulse||\n"
                                               "lentils|food|0.06|3400|pulse||\n" OIL KIT);
}

static void where_no_food_states_a_need_all_food_is_one_group(void **state)
{
    (void)state;
    assert_mini_sound("commodities", COMMODITY "flour|food||3500|||\nlentils|food||3400|||\n"
                                               "oil|food||8850|||\n" KIT);
}

static void a_kit_serves_people_for_days(void **state)
{
    (void)state;
    assert_no_need(COMMODITY FLOUR LENTILS OIL "kit|medical|||||90\n",
                   "commodities.csv:5: serves_people: expected the people whom a package serves; "
                   "found nothing; as it is, it helps nobody");
    assert_no_need(COMMODITY FLOUR LENTILS OIL "kit|medical||||1000|\n",
                   "commodities.csv:5: serves_days: expected the days for which a package serves; "
                   "found nothing; as it is, it helps nobody");
}

static void water_is_drunk_or_filtered(void **state)
{
    (void)state;
    assert_no_need(COMMODITY FLOUR LENTILS OIL KIT "bottles|water|||||\n",
                   "commodities.csv:6: serves_people: expected the people whom a package serves; "
                   "found nothing; or the need of a person a day; as it is, it helps nobody");
    assert_mini_sound("commodities", COMMODITY FLOUR LENTILS OIL KIT "bottles|water|15||||\n"
                                                                     "filter|water||||5|1000\n"
                                                                     "tents|other|||||\n");
}

static void there_are_at_most_64_commodities(void **state)
{
    (void)state;
    ab_buf text = AB_BUF_INIT;
    ab__buf_add(&text, COMMODITY FLOUR LENTILS OIL KIT);
    for (int i = 5; i <= 64; i++)
        ab__buf_printf(&text, "other%d|other|||||\n", i);
    assert_mini_sound("commodities", ab__buf_text(&text));
    ab__buf_add(&text, "one-more|other|||||\none-more-still|other|||||\n");
    assert_mini_flaw("commodities", ab__buf_text(&text), AB_ISSUE_TOO_LONG,
                     "commodities.csv:66: id: expected at most 64 commodities, not 66; found "
                     "\"one-more\"; this row is the first one too many");
    ab__buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(food_has_energy),
        cmocka_unit_test(food_has_a_need_or_stands_in_for_another),
        cmocka_unit_test(where_no_food_states_a_need_all_food_is_one_group),
        cmocka_unit_test(a_kit_serves_people_for_days),
        cmocka_unit_test(water_is_drunk_or_filtered),
        cmocka_unit_test(there_are_at_most_64_commodities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
