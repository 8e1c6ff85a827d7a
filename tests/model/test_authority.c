#include "airbridge/authority.h"
#include "model/mini.h"

static ab_authorities *authorities_of(const read_operation *of)
{
    ab_error err = AB_ERROR_INIT;
    ab_authorities *made;
    if (of->op == NULL)
        print_issues(of->issues);
    assert_non_null(of->op);
    assert_int_equal(ab_authorities_make(of->op, &made, &err), AB_OK);
    return made;
}

static const char *name_of(const ab_authorities *authorities, int32_t number)
{
    assert_true(number >= 0 && number < authorities->count);
    return authorities->at[number].name;
}

/* That a set names these, with "; " between them. */
static void assert_set(const ab_authorities *authorities, ab_authority_set set, const char *names)
{
    char text[200] = "";
    for (int32_t i = 0; i < set.count; i++) {
        strcat(text, i == 0 ? "" : "; ");
        strcat(text, name_of(authorities, set.at[i]));
    }
    assert_string_equal(text, names);
}

#define PLACES   "id|name|lon_deg|lat_deg|population|besieged_by\n"
#define REQUESTS "id|asked_at|asked_of|place\n"

static void one_authority_goes_by_one_number_however_it_is_spelt(void **state)
{
    (void)state;
    const table_text tables[] = {
        {"requests", REQUESTS "q1|2030-02-01T00:00Z|Army of Conquest|upper\n"
                              "q2|2030-02-02T00:00Z|the army  of conquest|upper\n"
                              "q3|2030-02-03T00:00Z|Army of Conquest|ridge\n"
                              "q4|2030-02-04T00:00Z|ARMY OF CONQUEST|ridge\n"
                              "q5|2030-02-05T00:00Z|Conquest|plain\n"
                              "q6|2030-02-06T00:00Z||plain\n"
                              "q7|2030-02-07T00:00Z|?|plain\n"},
        {"agreements", NULL},
        {"movements", NULL},
        {"commitments", NULL},
        {"options", NULL},
    };
    read_operation of = read_mini(tables, 5);
    ab_authorities *all = authorities_of(&of);
    assert_int_equal(all->count, 2);
    assert_string_equal(name_of(all, all->asked_of[0]), "Army of Conquest");
    assert_int_equal(all->at[all->asked_of[0]].rows, 4);
    for (int q = 1; q < 4; q++)
        assert_int_equal(all->asked_of[q], all->asked_of[0]);
    assert_string_equal(name_of(all, all->asked_of[4]), "Conquest");
    assert_int_equal(all->asked_of[5], -1);
    assert_int_equal(all->asked_of[6], -1);
    ab_authorities_free(all);
    forget_operation(&of);
}

static void a_ring_held_by_several_names_each_and_guesses_no_more(void **state)
{
    (void)state;
    read_operation of =
        read_mini_with("places", PLACES
                       "upper|Upper town|36.7|34.3|42000|Army of Conquest; Nusra;army of conquest\n"
                       "ridge|Ridge villages|37.2|34.1|9000|Government of Syria and allies\n"
                       "plain|Plain city|38.4|34.2|110000|\n");
    ab_authorities *all = authorities_of(&of);
    assert_set(all, all->besieged_by[0], "Army of Conquest; Nusra");
    assert_set(all, all->besieged_by[1], "Government of Syria and allies");
    assert_int_equal(all->besieged_by[2].count, 0);
    int32_t number;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_authority_find(all, "The NUSRA", &number, &err), AB_OK);
    assert_int_equal(number, all->besieged_by[0].at[1]);
    assert_int_equal(ab_authority_find(all, "Government of Syria", &number, &err), AB_OK);
    assert_int_equal(number, -1);
    ab_authorities_free(all);
    forget_operation(&of);
}

static void who_signs_stops_and_speaks_is_known_by_the_same_number(void **state)
{
    (void)state;
    read_operation of =
        read_mini_with("access", "id|subject|state|reported_at|reported_by\n"
                                 "a|place:upper|open|2030-03-01T00:00Z|the a\n"
                                 "b|place:upper|open|2030-03-01T00:00Z|local council\n");
    ab_authorities *all = authorities_of(&of);
    assert_int_equal(all->count, 2); /* A and B: who only reports is none */
    assert_set(all, all->parties[0], "A; B");
    assert_set(all, all->parties[1], "A");
    assert_string_equal(name_of(all, all->asked_of[0]), "A");
    assert_int_equal(all->gatekeeper[0], -1);
    assert_int_equal(all->gatekeeper[1], all->asked_of[0]);
    assert_int_equal(all->reported_by[0], all->asked_of[0]);
    assert_int_equal(all->reported_by[1], -1);
    ab_authorities_free(all);
    forget_operation(&of);
}

static void what_is_held_names_its_holders(void **state)
{
    (void)state;
    const table_text tables[] = {
        {"hubs", "id|name|lon_deg|lat_deg|runway_m|held_by\n"
                 "port|Port|36.0|34.5||B\n"
                 "field|Airfield|36.9|33.9|2800|\n"},
        {"roads", "id|wkt|held_by\n"
                  "r1|LINESTRING(36.0 34.5,36.7 34.3)|a; Rebels\n"
                  "r2|LINESTRING(36.7 34.3,37.2 34.1)|the rebels\n"
                  "r3|LINESTRING(36.7 34.3,38.4 34.2)|\n"},
        {"exclusions",
         "id|kind|wkt|held_by\n"
         "line|held by others|POLYGON((38.5 34.1,38.7 34.1,38.7 34.3,38.5 34.1))|Rebels\n"},
    };
    read_operation of = read_mini(tables, 3);
    ab_authorities *all = authorities_of(&of);
    assert_set(all, all->hub_held_by[0], "B");
    assert_set(all, all->hub_held_by[1], "");
    assert_set(all, all->road_held_by[0], "A; Rebels");
    assert_set(all, all->road_held_by[1], "Rebels");
    assert_set(all, all->road_held_by[2], "");
    assert_set(all, all->exclusion_held_by[0], "Rebels");
    assert_int_equal(all->at[all->road_held_by[1].at[0]].rows, 3);
    ab_authorities_free(all);
    forget_operation(&of);
}

static void numbers_do_not_depend_on_the_order_of_rows(void **state)
{
    (void)state;
    static const char *const orders[] = {REQUESTS "q1|2030-02-01T00:00Z|North|upper\n"
                                                  "q2|2030-02-01T00:00Z|East|upper\n",
                                         REQUESTS "q2|2030-02-01T00:00Z|East|upper\n"
                                                  "q1|2030-02-01T00:00Z|North|upper\n"};
    for (int i = 0; i < 2; i++) {
        read_operation of = read_mini_with("requests", orders[i]);
        ab_authorities *all = authorities_of(&of);
        static const char *const names[] = {"A", "B", "East", "North"};
        assert_int_equal(all->count, 4);
        for (int a = 0; a < 4; a++)
            assert_string_equal(all->at[a].name, names[a]);
        ab_authorities_free(all);
        forget_operation(&of);
    }
}

static void want_of_memory_is_told_and_leaks_nothing(void **state)
{
    (void)state;
    read_operation of = read_mini(NULL, 0);
    ab_status status = AB_NO_MEMORY;
    for (int nth = 1; status != AB_OK; nth++) {
        ab_error err = AB_ERROR_INIT;
        ab_authorities *all;
        assert_true(nth < 1000);
        ab__fail_allocation(nth);
        status = ab_authorities_make(of.op, &all, &err);
        ab__fail_allocation(0);
        assert_int_equal(all == NULL, status != AB_OK);
        assert_true(status == AB_OK || status == AB_NO_MEMORY);
        ab_authorities_free(all);
    }
    forget_operation(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_authority_goes_by_one_number_however_it_is_spelt),
        cmocka_unit_test(a_ring_held_by_several_names_each_and_guesses_no_more),
        cmocka_unit_test(who_signs_stops_and_speaks_is_known_by_the_same_number),
        cmocka_unit_test(what_is_held_names_its_holders),
        cmocka_unit_test(numbers_do_not_depend_on_the_order_of_rows),
        cmocka_unit_test(want_of_memory_is_told_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
