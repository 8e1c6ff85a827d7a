/* Which places could take a drop at all: more height and worse wind need more ground, a zone is judged, held ground shuts a place in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "airbridge/drop.h"
#include "support/small.h"

#define TABLES                                                                                                       \
    "[vehicles]\nid,mode,count,base,payload_t,pallets,speed_km_h,usd_per_h,turnround_h,duty_h_per_day,drop_speed_km_h\n" \
    "plane,air,1,hub,20,20,500,100,2,12,260\n"                                                                       \
    "[dropsystems]\nid,kind,load_min_kg,load_max_kg,canopy,drag_area_m2,airspeed_max_km_h,release_min_agl_m,release_max_agl_m\n"
#define LOW "low,hv,300,1000,ringslot,25,280,500,1000\n"
#define HIGH "high,hv,300,1000,ringslot,25,280,4000,7000\n"
#define GOODS "[commodities]\nid,category,kcal_per_kg,package_kg,package_m3,drop\nflour,food,3500,50,0.08,hv\n"
#define SHUT_IN "[places]\nid,lon_deg,lat_deg,population,cut_off_since,elev_msl_m\ntown,36.5,34,1000,2029-10-01,500\n"
#define SEASON                                                                                            \
    "[wind]\nvalid_at,kind,lon_deg,lat_deg,height_msl_m,wind_e_mps,wind_n_mps\n"                          \
    "2030-03-05T00:00Z,climatology,36.5,34,400,2,0\n2030-03-05T00:00Z,climatology,36.5,34,4700,11,0\n" \
    "2030-03-05T00:00Z,climatology,36.5,34,9000,20,0\n"
/* Ground that others hold, all around and 300 m from the place. */
#define HELD                                                                                                                       \
    "[exclusions]\nid,kind,wkt\n"                                                                                                  \
    "ring,held by others,\"POLYGON((36.4 33.9,36.6 33.9,36.6 34.1,36.4 34.1,36.4 33.9),"                                           \
    "(36.49675 33.9973,36.49675 34.0027,36.50325 34.0027,36.50325 33.9973,36.49675 33.9973))\"\n"

static ab_drop_survey *survey(ab_operation *op)
{
    ab_drop_survey *made;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_drop_survey_make(op, NULL, NULL, op->settings->start + 86400, &made, &err), AB_OK);
    return made;
}

static void height_needs_ground(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS SHUT_IN SEASON TABLES LOW HIGH);
    ab_drop_survey *made = survey(op);
    assert_int_equal(made->count, 2);
    const ab_drop_chance *low = &made->row[0], *high = &made->row[1];
    assert_int_equal(low->verdict, AB_DROP_NOT_KNOWN);
    assert_true(low->release_agl_m == 1000 && high->release_agl_m == 5000);
    assert_true(high->area_m2 > 3 * low->area_m2);
    assert_true(high->length_m >= high->width_m && high->width_m > 0);
    /* A season's mean is aimed by with what is known on the day. */
    assert_true(high->wind_rms_mps == 3.5);
    assert_non_null(strstr(low->text, "no zone is drawn"));
    assert_non_null(strstr(low->text, "fire from the ground"));
    assert_null(strstr(high->text, "fire from the ground"));
    ab_drop_survey_free(made);
    ab_operation_free(op);
}

static void a_pocket_smaller_than_the_scatter_takes_no_drop(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS SHUT_IN SEASON TABLES HIGH HELD);
    ab_drop_survey *made = survey(op);
    assert_int_equal(made->count, 1);
    assert_int_equal(made->row[0].verdict, AB_DROP_NOT_POSSIBLE);
    /* The hole is 0.6 by 0.6 km. */
    assert_true(made->row[0].free_m > 250 && made->row[0].free_m <= 305);
    assert_non_null(strstr(made->row[0].text, "no circle wider than"));
    ab_drop_survey_free(made);
    ab_operation_free(op);
}

static void without_wind_nothing_is_claimed(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS SHUT_IN TABLES HIGH);
    ab_drop_survey *made = survey(op);
    assert_int_equal(made->row[0].verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(made->row[0].text, "the wind is not known"));
    ab_drop_survey_free(made);
    ab_operation_free(op);
}

static void a_place_that_is_open_is_not_asked_about(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS SEASON TABLES HIGH);
    ab_drop_survey *made = survey(op);
    assert_int_equal(made->count, 0);
    ab_drop_survey_free(made);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(height_needs_ground),
        cmocka_unit_test(a_pocket_smaller_than_the_scatter_takes_no_drop),
        cmocka_unit_test(without_wind_nothing_is_claimed),
        cmocka_unit_test(a_place_that_is_open_is_not_asked_about),
    };
    return cmocka_run_group_tests_name("drop/survey", tests, NULL, NULL);
}
