/* The checks of what a ration is chosen from. */
#include "model/mini.h"

static const table_text SOUND[] = {
    {"foods", "id|least_g_per_person_day|most_g_per_person_day\nbread||\nsalt|5|5\n"},
    {"nutrients", "id|unit|need_per_person_day|most_per_person_day|ratio_to|least_ratio|most_ratio\n"
                  "energy|kcal|2100||||\nfat|g|40|100|energy|0.02|0.03\nsodium|g||5|||\n"},
    {"contents", "food|nutrient|per_100g\nbread|energy|250\nbread|fat|2\nsalt|sodium|39\n"},
    {"prices", "food|hub|usd_per_t\nbread|port|400\nbread|field|450\nsalt|port|200\n"},
    {"tariffs", "hub|place|usd_per_t\nport|upper|100\nport|ridge|120\n"},
};
enum { TABLES = sizeof SOUND / sizeof SOUND[0] };

/* Mini with these tables, one of them replaced. */
static read_operation read_with(const char *name, const char *text)
{
    ab_book *book = mini_book(NULL, 0);
    for (int i = 0; i < TABLES; i++)
        add_sheet(book, SOUND[i].name, name && strcmp(name, SOUND[i].name) == 0 ? text : SOUND[i].text);
    read_operation of = read_sheets(book);
    ab_book_free(book);
    return of;
}

static void assert_flaw(const char *name, const char *text, int32_t code, const char *message)
{
    read_operation of = read_with(name, text);
    assert_says(of.issues, code, message);
    assert_int_equal(ab_issues_count(of.issues), 1);
    forget_operation(&of);
}

static void sound_tables_are_silent(void **state)
{
    (void)state;
    read_operation of = read_with(NULL, NULL);
    assert_silent(of.issues);
    forget_operation(&of);
}

static void least_is_not_above_most(void **state)
{
    (void)state;
    assert_flaw("foods", "id|least_g_per_person_day|most_g_per_person_day\nbread||\nsalt|50|5\n",
                AB_ISSUE_LEAST_ABOVE_MOST,
                "foods.csv:3: most_g_per_person_day: expected at least least_g_per_person_day, 50; found \"5\"");
    assert_flaw("nutrients",
                "id|unit|need_per_person_day|most_per_person_day|ratio_to|least_ratio|most_ratio\n"
                "energy|kcal|2100|2000|||\nfat|g|40||energy|0.02|0.03\nsodium|g||5|||\n",
                AB_ISSUE_LEAST_ABOVE_MOST,
                "nutrients.csv:2: most_per_person_day: expected at least need_per_person_day, 2100; found \"2000\"");
    assert_flaw("nutrients",
                "id|unit|need_per_person_day|most_per_person_day|ratio_to|least_ratio|most_ratio\n"
                "energy|kcal|2100||||\nfat|g|40||energy|0.03|0.02\nsodium|g||5|||\n",
                AB_ISSUE_LEAST_ABOVE_MOST,
                "nutrients.csv:3: most_ratio: expected at least least_ratio, 0.03; found \"0.02\"");
}

static void ratios_are_whole_and_to_others(void **state)
{
    (void)state;
    assert_flaw("nutrients",
                "id|unit|need_per_person_day|ratio_to|least_ratio\nenergy|kcal|2100||\nfat|g|40|fat|0.02\nsodium|g|||\n",
                AB_ISSUE_RATIO_TO_ITSELF, "nutrients.csv:3: ratio_to: expected another nutrient; found \"fat\"");
    assert_flaw("nutrients",
                "id|unit|need_per_person_day|ratio_to|least_ratio\nenergy|kcal|2100||\nfat|g|40||0.02\nsodium|g|||\n",
                AB_ISSUE_RANGE_NOT_USED,
                "nutrients.csv:3: least_ratio: expected the nutrient of ratio_to beside it; found \"0.02\"");
    assert_flaw("nutrients",
                "id|unit|need_per_person_day|ratio_to|least_ratio\nenergy|kcal|2100||\nfat|g|40|energy|\nsodium|g|||\n",
                AB_ISSUE_RANGE_NOT_USED,
                "nutrients.csv:3: ratio_to: expected least_ratio or most_ratio beside it; found \"energy\"");
}

static void one_thing_is_said_once(void **state)
{
    (void)state;
    assert_flaw("prices", "food|hub|usd_per_t\nbread|port|400\nsalt|port|200\nbread|port|450\n", AB_ISSUE_STATED_TWICE,
                "prices.csv:4: hub: expected one row for a food and a hub; found \"port\"; line 2 says it already");
    assert_flaw("contents", "food|nutrient|per_100g\nbread|energy|250\nbread|fat|2\nsalt|sodium|39\nbread|fat|3\n",
                AB_ISSUE_STATED_TWICE,
                "contents.csv:5: nutrient: expected one row for a food and a nutrient; found \"fat\"; line 3 says it already");
    assert_flaw("tariffs", "hub|place|usd_per_t\nport|upper|100\nport|upper|120\n", AB_ISSUE_STATED_TWICE,
                "tariffs.csv:3: place: expected one row for a hub and a place; found \"upper\"; line 2 says it already");
}

static void what_cannot_be_had_is_told(void **state)
{
    (void)state;
    assert_flaw("prices", "food|hub|usd_per_t\nbread|port|400\n", AB_ISSUE_FOOD_NOT_SOLD,
                "foods.csv:3: id: expected a row of it in the table prices; found \"salt\"");
    assert_flaw("contents", "food|nutrient|per_100g\nbread|energy|250\nbread|fat|2\n", AB_ISSUE_NOTHING_IN_FOOD,
                "foods.csv:3: id: expected what is in it, in the table contents; found \"salt\"");
    assert_flaw("contents", "food|nutrient|per_100g\nbread|energy|250\nbread|fat|0\nsalt|sodium|39\n",
                AB_ISSUE_NUTRIENT_NOWHERE,
                "nutrients.csv:3: need_per_person_day: expected a food that has it, in the table contents; found \"40\"; "
                "no ration can meet this need");
}

static void cells_are_checked_as_everywhere(void **state)
{
    (void)state;
    assert_flaw("prices", "food|hub|usd_per_t\nbread|port|-400\nsalt|port|200\n", AB_ISSUE_OUT_OF_RANGE,
                "prices.csv:2: usd_per_t: expected a number of USD/t, 0 to 10,000,000; found \"-400\"");
    assert_flaw("contents", "food|nutrient|per_100g\nbread|energy|250\nbread|fat|2\nsalt|sodium|39\nbred|fat|1\n",
                AB_ISSUE_DANGLING_REF,
                "contents.csv:5: food: expected the id of a row of foods; found \"bred\"; did you mean \"bread\"?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_tables_are_silent),   cmocka_unit_test(least_is_not_above_most),
        cmocka_unit_test(ratios_are_whole_and_to_others), cmocka_unit_test(one_thing_is_said_once),
        cmocka_unit_test(what_cannot_be_had_is_told), cmocka_unit_test(cells_are_checked_as_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
