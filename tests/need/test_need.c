#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "airbridge/need.h"
#include "base/arena.h"
#include "support/small.h"

static ab_need *need_of(const ab_operation *op)
{
    ab_need *need = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_need_make(op, &need, &err), AB_OK);
    return need;
}

static const char ration[] = "[commodities]\n"
                             "id,category,need_kg_per_person_day,kcal_per_kg,group\n"
                             "flour,food,0.4,3500,cereal\n"
                             "oil,food,0.03,8850,\n"
                             "rice,food,,3600,cereal\n"
                             "salt,food,0.005,,\n"
                             "tent,other,,,\n";

static void foods_of_a_group_stand_in_for_one_another_by_energy(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ration);
    ab_need *need = need_of(op);
    assert_int_equal(need->group_count, 2);
    assert_string_equal(need->group[0].name, "cereal");
    assert_string_equal(need->group[0].unit, "kcal");
    small_near(need->group[0].per_person_day, 1400);
    assert_int_equal(need->commodity_group[0], 0);
    assert_int_equal(need->commodity_group[2], 0);
    small_near(need->commodity_per_kg[2], 3600);
    ab_need_free(need);
    ab_operation_free(op);
}

static void a_food_without_a_group_is_a_group_of_its_own(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ration);
    ab_need *need = need_of(op);
    assert_string_equal(need->group[1].name, "oil");
    small_near(need->group[1].per_person_day, 265.5);
    assert_int_equal(need->commodity_group[1], 1);
    ab_need_free(need);
    ab_operation_free(op);
}

static void food_without_energy_and_other_goods_feed_nobody(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ration);
    ab_need *need = need_of(op);
    assert_int_equal(need->commodity_group[3], -1);
    assert_int_equal(need->commodity_group[4], -1);
    small_near(need->commodity_per_kg[4], 0);
    ab_need_free(need);
    ab_operation_free(op);
}

static void the_declared_ration_is_not_scaled_to_the_standard_one(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ration);
    ab_need *need = need_of(op);
    small_near(need->food_kcal_per_person_day, 1665.5);
    ab_need_free(need);
    ab_operation_free(op);
}

static void without_a_declared_ration_all_food_is_energy(void **state)
{
    (void)state;
    ab_operation *op = small_operation("[commodities]\nid,category,kcal_per_kg,group\n"
                                       "flour,food,3500,cereal\noil,food,8850,fat\n");
    ab_need *need = need_of(op);
    assert_int_equal(need->group_count, 1);
    assert_string_equal(need->group[0].name, "energy");
    small_near(need->group[0].per_person_day, 2100);
    small_near(need->food_kcal_per_person_day, 2100);
    assert_int_equal(need->commodity_group[0], 0);
    assert_int_equal(need->commodity_group[1], 0);
    small_near(need->commodity_per_kg[1], 8850);
    ab_need_free(need);
    ab_operation_free(op);
}

static void a_filter_counts_as_the_litres_that_it_gives_over_its_life(void **state)
{
    (void)state;
    /* 5 people for 1,000 days at 3 litres: 15,000 litres in a package of 2 kg. */
    ab_operation *op = small_operation(
        "[commodities]\n"
        "id,category,need_kg_per_person_day,kcal_per_kg,package_kg,serves_people,serves_days\n"
        "flour,food,0.6,3500,50,,\n"
        "bottles,water,3,,12,,\n"
        "filter,water,,,2,5,1000\n");
    ab_need *need = need_of(op);
    assert_int_equal(need->group_count, 2);
    assert_int_equal(need->group[1].category, AB_CATEGORY_WATER);
    assert_string_equal(need->group[1].unit, "l");
    small_near(need->group[1].per_person_day, 3);
    small_near(need->commodity_per_kg[1], 1);
    small_near(need->commodity_per_kg[2], 7500);
    small_near(need->food_kcal_per_person_day, 2100);
    ab_need_free(need);
    ab_operation_free(op);
}

static void a_kit_counts_as_the_people_days_that_it_serves(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        "[commodities]\nid,category,kcal_per_kg,package_kg,serves_people,serves_days\n"
        "kit,medical,,45,1000,90\nloose,medical,,10,,\nflour,food,3500,50,,\n");
    ab_need *need = need_of(op);
    assert_int_equal(need->group_count, 2);
    assert_int_equal(need->group[1].category, AB_CATEGORY_MEDICAL);
    small_near(need->group[1].per_person_day, 1);
    assert_int_equal(need->commodity_group[0], 1);
    small_near(need->commodity_per_kg[0], 2000);
    assert_int_equal(need->commodity_group[1], -1);
    ab_need_free(need);
    ab_operation_free(op);
}

static void stock_in_a_place_is_food_and_unknown_ranges_are_the_best_estimate(void **state)
{
    (void)state;
    ab_operation *op = small_operation(
        "[commodities]\nid,category,need_kg_per_person_day,kcal_per_kg\n"
        "flour,food,0.5,3500\nbottles,water,3,\n"
        "[places]\n"
        "id,lon_deg,lat_deg,population,population_low,population_high,cut_off_since,stock_days\n"
        "upper,36.7,34.3,42000,38000,45000,2030-02-19,2\n"
        "lower,36.8,34.3,100,,,2030-03-05,\n");
    ab_need *need = need_of(op);
    assert_int_equal(need->place_count, 2);
    small_near(need->people[0], 42000);
    small_near(need->people_low[0], 38000);
    small_near(need->people_high[0], 45000);
    small_near(need->people_low[1], 100);
    small_near(need->people_high[1], 100);
    small_near(need->stock[0], 2 * 1750.0 * 42000);
    small_near(need->stock[1], 0);
    small_near(need->stock[2], 0);
    small_near(need->cut_off_s[0], 10 * 86400);
    small_near(need->cut_off_s[1], 0);
    ab_need_free(need);
    ab_operation_free(op);
}

static void whichever_allocation_fails_it_is_said_and_nothing_is_left(void **state)
{
    (void)state;
    ab_operation *op = small_operation(ration);
    ab_status status = AB_NO_MEMORY;
    for (int64_t nth = 1; status != AB_OK; nth++) {
        ab_need *need = NULL;
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(nth);
        status = ab_need_make(op, &need, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && need == NULL));
        assert_true(status == AB_OK || strlen(err.message) > 0);
        ab_need_free(need);
    }
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(foods_of_a_group_stand_in_for_one_another_by_energy),
        cmocka_unit_test(a_food_without_a_group_is_a_group_of_its_own),
        cmocka_unit_test(food_without_energy_and_other_goods_feed_nobody),
        cmocka_unit_test(the_declared_ration_is_not_scaled_to_the_standard_one),
        cmocka_unit_test(without_a_declared_ration_all_food_is_energy),
        cmocka_unit_test(a_filter_counts_as_the_litres_that_it_gives_over_its_life),
        cmocka_unit_test(a_kit_counts_as_the_people_days_that_it_serves),
        cmocka_unit_test(stock_in_a_place_is_food_and_unknown_ranges_are_the_best_estimate),
        cmocka_unit_test(whichever_allocation_fails_it_is_said_and_nothing_is_left),
    };
    return cmocka_run_group_tests_name("need/need", tests, NULL, NULL);
}
