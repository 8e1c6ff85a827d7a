/* A party's word about its own side. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "airbridge/access.h"
#include "support/small.h"

#define TABLES                                                                                     \
    "[places]\nid,lon_deg,lat_deg,population,besieged_by\n"                                        \
    "town,36.5,34,1000,Government of Syria and allied forces; Northern Brigade\n"                  \
    "[roads]\nid,wkt,held_by\n"                                                                    \
    "held,\"LINESTRING(36 34,36.5 34)\",The Army of Conquest\n"                                    \
    "free,\"LINESTRING(36 34,36.5 34.1)\",\n"                                                      \
    "[agreements]\nid,kind,parties,subjects,from\n"                                                \
    "g1,ceasefire,Government of Syria; Russia,place:town,2030-02-01T00:00Z\n"                      \
    "g2,corridor,Government of Syria; Red Crescent,place:town,2030-02-01T00:00Z\n"                 \
    "[access]\nid,subject,mode,state,reported_at,reliability,credibility,reported_by\n"

/* The share that the one report keeps: a1,SUBJECT,MODE,STATE,…,BY */
static double share(const char *subject_mode_state, const char *by)
{
    char tables[3000];
    snprintf(tables, sizeof tables, TABLES "a1,%s,2030-03-01T00:00Z,A,1,\"%s\"\n", subject_mode_state, by);
    ab_operation *op = small_operation(tables);
    ab_access *access = NULL;
    ab_weighing *weighing = NULL;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &access, &err), AB_OK);
    const ab_report *report = &op->access.at[0];
    ab_means means = report->mode == AB_MODE_AIRDROP ? AB_MEANS_AIRDROP : AB_MEANS_ROAD;
    assert_int_equal(ab_access_weights(access, report->subject, means, 0, &weighing, &err), AB_OK);
    assert_int_equal(weighing->count, 1);
    const ab_report_weight *w = &weighing->at[0];
    small_near(w->weight_log_odds, w->grade_log_odds * w->own_side_frac * w->window_frac * w->age_frac);
    double frac = w->own_side_frac;
    ab_weighing_free(weighing);
    ab_access_free(access);
    ab_operation_free(op);
    return frac;
}

static void who_holds_the_ring_is_half_believed_that_it_is_open_and_wholly_that_it_is_closed(void **state)
{
    (void)state;
    const char *const names[] = {"Northern Brigade", "northern  BRIGADE", "Spokesman of the Northern Brigade",
                                 "Government of Syria and allied forces", "Government of Syria, press office",
                                 "Government of Syria"};
    for (int i = 0; i < 6; i++) {
        small_near(share("place:town,road,open", names[i]), 0.5);
        small_near(share("place:town,,open", names[i]), 0.5);
        small_near(share("place:town,road,closed", names[i]), 1);
        small_near(share("place:town,road,restricted", names[i]), 1);
    }
}

static void another_party_is_half_believed_that_the_enemy_closed_it(void **state)
{
    (void)state;
    small_near(share("place:town,road,closed", "Army of Conquest"), 0.5);
    small_near(share("place:town,road,restricted", "Army of Conquest"), 0.5);
    small_near(share("place:town,road,open", "Army of Conquest"), 1);
    small_near(share("road:held,road,closed", "Russia"), 0.5);
    small_near(share("road:held,road,closed", "Army of Conquest"), 1);
    small_near(share("road:held,road,open", "Army of Conquest"), 0.5);
}

/* Whose interest it is cannot be told; who rings a place does not hold its air. */
static void where_nobody_is_known_to_hold_it_a_party_is_half_believed(void **state)
{
    (void)state;
    small_near(share("road:free,road,open", "Russia"), 0.5);
    small_near(share("road:free,road,closed", "Northern Brigade"), 0.5);
    small_near(share("place:town,airdrop,open", "Russia"), 0.5);
    small_near(share("place:town,airdrop,closed", "Northern Brigade"), 0.5);
}

/* Relief agencies sign corridors, and report on what they do themselves. */
static void who_does_not_fight_is_wholly_believed(void **state)
{
    (void)state;
    const char *const names[] = {"Red Crescent", "OCHA", "", "Northern Brigades Watch", "Syria Red Crescent"};
    for (int i = 0; i < 5; i++) {
        small_near(share("place:town,road,open", names[i]), 1);
        small_near(share("place:town,road,closed", names[i]), 1);
        small_near(share("road:free,road,open", names[i]), 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_holds_the_ring_is_half_believed_that_it_is_open_and_wholly_that_it_is_closed),
        cmocka_unit_test(another_party_is_half_believed_that_the_enemy_closed_it),
        cmocka_unit_test(where_nobody_is_known_to_hold_it_a_party_is_half_believed),
        cmocka_unit_test(who_does_not_fight_is_wholly_believed),
    };
    return cmocka_run_group_tests_name("access/voices", tests, NULL, NULL);
}
