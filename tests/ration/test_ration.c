/* The choice of a ration: by hand, by what a planner expects when something changes, and where there is none. */
#include "model/mini.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "airbridge/ration.h"
#include "base/arena.h"
#include "base/c_locale.h"
#include "base/draw.h"

static const char FOODS[] = "id|commodity|least_g_per_person_day|most_g_per_person_day\n"
                            "bread|flour||\n"
                            "beans|lentils||\n";
static const char NUTRIENTS[] = "id|unit|need_per_person_day|most_per_person_day|ratio_to|least_ratio|most_ratio\n"
                                "energy|kcal|2000||||\n"
                                "protein|g|80||||\n";
static const char CONTENTS[] = "food|nutrient|per_100g\n"
                               "bread|energy|250\nbread|protein|8\nbeans|energy|340\nbeans|protein|22\n";
static const char PRICES[] = "food|hub|usd_per_t|most_t\n"
                             "bread|port|400|\nbeans|port|900|\n";
static const char TARIFFS[] = "hub|place|usd_per_t|most_t_per_day\n"
                              "port|upper|100|\nport|ridge|100|\nport|plain|100|\n";

/* In mini nothing is lost here, the hubs and places take whatever comes, and its 161,000 people eat for ten days. */
static const table_text HUBS = {"hubs", "id|lon_deg|lat_deg\nport|36|34.5\nfield|36.9|33.9\n"};
static const table_text PLACES = {"places", "id|lon_deg|lat_deg|population\nupper|36.7|34.3|42000\n"
                                            "ridge|37.2|34.1|9000\nplain|38.4|34.2|110000\n"};

typedef struct kitchen {
    const char *foods, *nutrients, *contents, *prices, *tariffs;
    const char *settings; /* more of them */
} kitchen;
static const kitchen PLAIN = {FOODS, NUTRIENTS, CONTENTS, PRICES, TARIFFS, "loss_frac|0\n"};

static read_operation read_kitchen(const kitchen *k)
{
    char settings[600];
    ab__c_snprintf(settings, sizeof settings, "%s%s", mini[0].text, k->settings);
    const table_text others[] = {{"operation", settings}, HUBS, PLACES};
    ab_book *book = mini_book(others, 3);
    add_sheet(book, "foods", k->foods);
    add_sheet(book, "nutrients", k->nutrients);
    add_sheet(book, "contents", k->contents);
    add_sheet(book, "prices", k->prices);
    if (k->tariffs)
        add_sheet(book, "tariffs", k->tariffs);
    read_operation of = read_sheets(book);
    if (!of.op)
        print_issues(of.issues);
    assert_non_null(of.op);
    ab_book_free(book);
    return of;
}

static ab_ration *choose(const ab_operation *op)
{
    ab_ration *ration = NULL;
    ab_error err = AB_ERROR_INIT;
    if (ab_ration_make(op, NULL, &ration, &err) != AB_OK)
        fail_msg("%s", err.message);
    assert_non_null(ration);
    return ration;
}

/* For 10,000 people and days. */
static double usd_of(const ab_ration *ration)
{
    return (ration->goods_usd + ration->transport_usd) / (ration->people * ration->days) * 1e4;
}

static double cost_of(const kitchen *k)
{
    read_operation of = read_kitchen(k);
    ab_ration *ration = choose(of.op);
    assert_false(ration->infeasible);
    double usd = usd_of(ration);
    ab_ration_free(ration);
    forget_operation(&of);
    return usd;
}

static void assert_near(double found, double expected)
{
    if (!(fabs(found - expected) <= 1e-7 * (1 + fabs(expected))))
        fail_msg("%.12g is not %.12g", found, expected);
}

/* ---- By hand ------------------------------------------------------------------------------------------- */

/* 250 x + 340 y = 2000 kcal, 8 x + 22 y = 80 g: x = 16800/2780, y = 4000/2780 portions of 100 g, at 500 and 1,000 USD
 * a tonne with transport. The prices: 250 e + 8 p = 500, 340 e + 22 p = 1000: e = 3000/2780, p = 80000/2780. */
static void two_foods_and_two_needs(void **state)
{
    (void)state;
    read_operation of = read_kitchen(&PLAIN);
    ab_ration *r = choose(of.op);
    double x = 16800 / 2780.0, y = 4000 / 2780.0;
    assert_false(r->infeasible);
    assert_string_equal(r->reason, "");
    assert_near(r->people, 161000);
    assert_near(r->days, 10);
    assert_near(10 * r->food[0].kg_per_person_day, x);
    assert_near(10 * r->food[1].kg_per_person_day, y);
    assert_near(usd_of(r), 500 * x + 1000 * y);
    assert_near(r->transport_usd, (x + y) * 1e-4 * 161000 * 10 * 100);
    assert_true(r->nutrient[0].need_binds && r->nutrient[1].need_binds);
    assert_near(r->nutrient[0].amount, 2000);
    assert_near(r->nutrient[1].amount, 80);
    assert_near(1e4 * r->nutrient[0].usd_per_unit, 3000 / 2780.0);
    assert_near(1e4 * r->nutrient[1].usd_per_unit, 80000 / 2780.0);
    assert_int_equal(r->purchase_count, 2);
    assert_near(r->purchase[0].mass_kg, x / 10 * 161000 * 10);
    assert_int_equal(r->carriage_count, 6);
    ab_ration_free(r);
    forget_operation(&of);
}

static void what_is_lost_on_the_way_is_bought_too(void **state)
{
    (void)state;
    kitchen lossy = PLAIN;
    lossy.settings = "loss_frac|0.2\n";
    assert_near(cost_of(&lossy), cost_of(&PLAIN) / 0.8);
}

static void fixed_amounts_stay_fixed(void **state)
{
    (void)state;
    kitchen k = PLAIN;
    k.foods = "id|commodity|least_g_per_person_day|most_g_per_person_day\nbread|flour|700|700\nbeans|lentils||\n";
    read_operation of = read_kitchen(&k);
    ab_ration *r = choose(of.op);
    assert_near(r->food[0].kg_per_person_day, 0.7);
    assert_near(r->food[1].kg_per_person_day, 24 / 22.0 / 10); /* 80 g of protein, 56 of them in the bread */
    ab_ration_free(r);
    forget_operation(&of);
}

/* Protein at least 0.045 g a kcal: y/x as (22 - 0.045 × 340) y = (0.045 × 250 - 8) x. */
static void ratios_hold(void **state)
{
    (void)state;
    kitchen k = PLAIN;
    k.nutrients = "id|unit|need_per_person_day|most_per_person_day|ratio_to|least_ratio|most_ratio\n"
                  "energy|kcal|2000||||\nprotein|g|||energy|0.045|\n";
    read_operation of = read_kitchen(&k);
    ab_ration *r = choose(of.op);
    assert_near(r->nutrient[1].amount / r->nutrient[0].amount, 0.045);
    assert_true(r->nutrient[1].ratio_binds);
    assert_false(r->nutrient[1].need_binds);
    ab_ration_free(r);
    forget_operation(&of);

    k.nutrients = "id|unit|need_per_person_day|most_per_person_day|ratio_to|least_ratio|most_ratio\n"
                  "energy|kcal|2000|2100|||\nprotein|g|100||||\n";
    of = read_kitchen(&k);
    r = choose(of.op);
    assert_true(r->nutrient[0].amount <= 2100 * (1 + 1e-7));
    assert_true(r->nutrient[1].amount >= 100 * (1 - 1e-7));
    ab_ration_free(r);
    forget_operation(&of);
}

/* Without tariffs a place is reached from every hub by its distance; a link moves food on for what it costs. */
static void food_goes_over_links_and_by_distance(void **state)
{
    (void)state;
    kitchen k = PLAIN;
    k.tariffs = NULL;
    read_operation of = read_kitchen(&k);
    ab_ration *r = choose(of.op);
    for (int32_t i = 0; i < r->carriage_count; i++)
        if (r->way[r->carriage[i].way].place >= 0)
            assert_int_equal(r->way[r->carriage[i].way].because.table, -1);
    ab_ration_free(r);
    forget_operation(&of);
    /* 120 km at 0.1 USD a tonne and kilometre, then 100 more */
    k.tariffs = "hub|place|usd_per_t|most_t_per_day\nfield|upper|100|\nfield|ridge|100|\nfield|plain|100|\n";
    assert_near(cost_of(&k), cost_of(&PLAIN) + 12 * (16800 + 4000) / 2780.0);
}

/* ---- By what must follow from a change ------------------------------------------------------------------- */

static void a_need_costs_what_its_price_says(void **state)
{
    (void)state;
    char more[300];
    kitchen k = PLAIN;
    read_operation of = read_kitchen(&k);
    ab_ration *r = choose(of.op);
    double energy = 1e4 * r->nutrient[0].usd_per_unit, protein = 1e4 * r->nutrient[1].usd_per_unit, usd = usd_of(r);
    ab_ration_free(r);
    forget_operation(&of);
    k.nutrients = more;
    ab__c_snprintf(more, sizeof more, "id|unit|need_per_person_day\nenergy|kcal|2001\nprotein|g|80\n");
    assert_near(cost_of(&k), usd + energy);
    ab__c_snprintf(more, sizeof more, "id|unit|need_per_person_day\nenergy|kcal|2000\nprotein|g|81\n");
    assert_near(cost_of(&k), usd + protein);
}

/* Random kitchens: the ration meets the needs and its price that of its parts; it costs no more if more is for sale,
 * and the rows' order does not matter. */
static void random_rations_keep_what_is_asked(void **state)
{
    (void)state;
    uint64_t draw = 41;
    size_t header = strlen("food|hub|usd_per_t|most_t\n");
    int found = 0;
    for (int n = 0; n < 40; n++) {
        char contents[2000] = "food|nutrient|per_100g\n", prices[1000] = "food|hub|usd_per_t|most_t\n",
             backwards[1000] = "food|hub|usd_per_t|most_t\n", plenty[1000] = "food|hub|usd_per_t|most_t\n", row[100];
        static const char *const foods[] = {"a", "b", "c", "d", "e"}, *const nutrients[] = {"energy", "protein", "iron"};
        for (int f = 0; f < 5; f++)
            for (int i = 0; i < 3; i++) {
                ab__c_snprintf(row, sizeof row, "%s|%s|%.4f\n", foods[f], nutrients[i],
                         draw_between(&draw, 0.1, 1) * (i == 0 ? 400 : i == 1 ? 20 : 5));
                strcat(contents, row);
            }
        for (int f = 0; f < 5; f++)
            for (int h = 0; h < 2; h++) {
                double usd = draw_between(&draw, 200, 2000), most = draw_between(&draw, 20, 300);
                ab__c_snprintf(row, sizeof row, "%s|%s|%.2f|%.1f\n", foods[f], h ? "field" : "port", usd, most);
                strcat(prices, row);
                memmove(backwards + header + strlen(row), backwards + header, strlen(backwards + header) + 1);
                memcpy(backwards + header, row, strlen(row));
                ab__c_snprintf(row, sizeof row, "%s|%s|%.2f|%.1f\n", foods[f], h ? "field" : "port", usd, 2 * most);
                strcat(plenty, row);
            }
        kitchen k = {"id\na\nb\nc\nd\ne\n", "id|unit|need_per_person_day\nenergy|kcal|2000\nprotein|g|60\niron|mg|20\n",
                     contents, prices, NULL, "loss_frac|0\n"};
        read_operation of = read_kitchen(&k);
        ab_ration *r = choose(of.op);
        if (!r->infeasible) {
            found++;
            for (int i = 0; i < 3; i++)
                assert_true(r->nutrient[i].amount >= of.op->nutrients.at[i].need_per_person_day * (1 - 1e-7));
            double bought = 0, eaten = 0;
            for (int32_t i = 0; i < r->purchase_count; i++) {
                bought += r->purchase[i].mass_kg;
                assert_true(r->purchase[i].mass_kg <= of.op->prices.at[r->purchase[i].price].most_kg * (1 + 1e-7));
            }
            for (int32_t f = 0; f < 5; f++)
                eaten += r->food[f].kg_per_person_day * r->people * r->days;
            assert_near(bought, eaten);
            double usd = usd_of(r);
            kitchen other = k;
            other.prices = backwards;
            assert_near(cost_of(&other), usd);
            other.prices = plenty;
            assert_true(cost_of(&other) <= usd * (1 + 1e-7));
        }
        ab_ration_free(r);
        forget_operation(&of);
    }
    assert_true(found >= 10 && found <= 39); /* of both kinds */
}

/* What a tonne more for sale saves is what it saves. */
static void scarce_food_has_a_price(void **state)
{
    (void)state;
    kitchen k = PLAIN;
    k.prices = "food|hub|usd_per_t|most_t\nbread|port|400|500\nbread|field|700|\nbeans|port|900|\nbeans|field|950|\n";
    read_operation of = read_kitchen(&k);
    ab_ration *r = choose(of.op);
    double usd = r->goods_usd + r->transport_usd, saved = 0;
    for (int32_t i = 0; i < r->purchase_count; i++)
        if (r->purchase[i].price == 0)
            saved = 1000 * r->purchase[i].saved_usd_per_kg;
    assert_true(saved > 0);
    double per_usd = r->people * r->days / 1e4;
    ab_ration_free(r);
    forget_operation(&of);
    k.prices = "food|hub|usd_per_t|most_t\nbread|port|400|501\nbread|field|700|\nbeans|port|900|\nbeans|field|950|\n";
    assert_near(cost_of(&k) * per_usd, usd - saved);
}

/* ---- Where there is none --------------------------------------------------------------------------------- */

/* Chooses, expects no ration, and that each of `words` (ends with NULL) is said. */
static ab_ration *expect_none(const kitchen *k, read_operation *of, const char *const *words)
{
    *of = read_kitchen(k);
    ab_ration *r = choose(of->op);
    assert_true(r->infeasible);
    for (; *words; words++)
        if (!strstr(r->reason, *words))
            fail_msg("\"%s\" does not say \"%s\"", r->reason, *words);
    return r;
}

static void a_nutrient_that_no_food_has_is_named(void **state)
{
    (void)state;
    static const char *const words[] = {"vitamin_c 0 of 28 mg (28 short)", "no food on sale has enough", NULL};
    kitchen k = PLAIN;
    read_operation of;
    k.nutrients = "id|unit|need_per_person_day\nenergy|kcal|2000\nprotein|g|80\nvitamin_c|mg|28\n";
    ab_ration *r = expect_none(&k, &of, words);
    assert_near(r->nutrient[2].short_by, 28);
    assert_near(r->nutrient[0].short_by, 0);
    /* the rest is the cheapest that meets the other needs */
    assert_near(usd_of(r), cost_of(&PLAIN));
    ab_ration_free(r);
    forget_operation(&of);
}

/* Half of the bread is for sale and no beans: 1,000 of 2,000 kcal, whatever the protein. */
static void a_shortage_of_goods_is_named_with_its_limit(void **state)
{
    (void)state;
    static const char *const words[] = {"energy 1000 of 2000 kcal (1000 short)", "in the way: most_t of bread at port", NULL};
    kitchen k = PLAIN;
    read_operation of;
    k.foods = "id|commodity\nbread|flour\n";
    k.contents = "food|nutrient|per_100g\nbread|energy|250\n";
    k.nutrients = "id|unit|need_per_person_day\nenergy|kcal|2000\n";
    k.prices = "food|hub|usd_per_t|most_t\nbread|port|400|644\n"; /* 400 g for each of 161,000 people on ten days */
    ab_ration *r = expect_none(&k, &of, words);
    assert_near(r->food[0].kg_per_person_day, 0.4);
    ab_ration_free(r);
    forget_operation(&of);
}

static void a_place_that_nothing_reaches_is_named(void **state)
{
    (void)state;
    static const char *const words[] = {"no tariff or link leads to ridge", NULL};
    kitchen k = PLAIN;
    read_operation of;
    k.prices = "food|hub|usd_per_t|most_t\nbread|field|400|\nbeans|field|900|\n";
    k.tariffs = "hub|place|usd_per_t|most_t_per_day\nfield|upper|100|\nport|ridge|100|\nfield|plain|100|\n";
    ab_ration_free(expect_none(&k, &of, words)); /* the link goes from port to field */
    forget_operation(&of);
}

static void if_all_is_lost_that_is_the_reason(void **state)
{
    (void)state;
    static const char *const words[] = {"energy 0 of 2000 kcal", "in the way: loss_frac", NULL};
    kitchen k = PLAIN;
    read_operation of;
    k.settings = "loss_frac|1\n";
    ab_ration_free(expect_none(&k, &of, words));
    forget_operation(&of);
}

/* Needs of nothing, food for nothing, a place without people: nothing is bought, and that is a ration. */
static void nothing_asked_is_nothing_bought(void **state)
{
    (void)state;
    kitchen k = PLAIN;
    k.nutrients = "id|unit|need_per_person_day|most_per_person_day\nenergy|kcal|0|\nprotein|g||50\n";
    k.prices = "food|hub|usd_per_t|most_t\nbread|port|0|\nbeans|port|900|0\n";
    read_operation of = read_kitchen(&k);
    ab_ration *r = choose(of.op);
    assert_false(r->infeasible);
    assert_near(usd_of(r), 0);
    assert_true(r->nutrient[1].amount <= 50 * (1 + 1e-7));
    ab_ration_free(r);
    forget_operation(&of);
}

static void a_budget_that_is_too_small_is_named(void **state)
{
    (void)state;
    static const char *const words[] = {"short)", "in the way: budget_usd", NULL};
    kitchen k = PLAIN;
    read_operation of;
    k.settings = "loss_frac|0\nbudget_usd|100000\n";
    ab_ration *r = expect_none(&k, &of, words);
    assert_true(r->goods_usd + r->transport_usd <= 100000 * (1 + 1e-6));
    ab_ration_free(r);
    forget_operation(&of);
}

static void fixed_food_that_is_not_sold_is_named(void **state)
{
    (void)state;
    static const char *const words[] = {"salt 0 of at least 5 g", NULL};
    kitchen k = PLAIN;
    read_operation of;
    k.foods = "id|commodity|least_g_per_person_day|most_g_per_person_day\nbread|flour||\nbeans|lentils||\nsalt||5|5\n";
    ab_ration *r = expect_none(&k, &of, words);
    assert_near(r->food[2].short_kg, 0.005);
    ab_ration_free(r);
    forget_operation(&of);
}

static void without_tables_there_is_nothing_to_choose(void **state)
{
    (void)state;
    read_operation of = read_mini(NULL, 0);
    ab_ration *ration = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_ration_make(of.op, NULL, &ration, &err), AB_USAGE);
    assert_non_null(strstr(err.message, "foods"));
    assert_null(ration);
    forget_operation(&of);
}

static void want_of_memory_is_told(void **state)
{
    (void)state;
    kitchen k = PLAIN;
    k.nutrients = "id|unit|need_per_person_day\nenergy|kcal|2000\nprotein|g|80\nvitamin_c|mg|28\n";
    read_operation of = read_kitchen(&k);
    bool done = false;
    for (int64_t nth = 1; !done; nth++) {
        ab_ration *ration = NULL;
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(nth);
        ab_status status = ab_ration_make(of.op, NULL, &ration, &err);
        ab__fail_allocation(0);
        done = status == AB_OK;
        if (!done)
            assert_int_equal(status, AB_NO_MEMORY);
        assert_int_equal(ration != NULL, done);
        assert_true(nth < 2000);
        ab_ration_free(ration);
    }
    forget_operation(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_foods_and_two_needs),
        cmocka_unit_test(what_is_lost_on_the_way_is_bought_too),
        cmocka_unit_test(fixed_amounts_stay_fixed),
        cmocka_unit_test(ratios_hold),
        cmocka_unit_test(food_goes_over_links_and_by_distance),
        cmocka_unit_test(a_need_costs_what_its_price_says),
        cmocka_unit_test(random_rations_keep_what_is_asked),
        cmocka_unit_test(scarce_food_has_a_price),
        cmocka_unit_test(a_nutrient_that_no_food_has_is_named),
        cmocka_unit_test(a_shortage_of_goods_is_named_with_its_limit),
        cmocka_unit_test(a_place_that_nothing_reaches_is_named),
        cmocka_unit_test(if_all_is_lost_that_is_the_reason),
        cmocka_unit_test(nothing_asked_is_nothing_bought),
        cmocka_unit_test(a_budget_that_is_too_small_is_named),
        cmocka_unit_test(fixed_food_that_is_not_sold_is_named),
        cmocka_unit_test(without_tables_there_is_nothing_to_choose),
        cmocka_unit_test(want_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
