/* Plans by a forecast from a file, which the setting wind names. Here, as it writes the file by a library that io owns. */
#include "io/support.h"

#include "airbridge/flow.h"
#include "io/netcdf_support.h"
#include "report/figures.h"
#include "support/small.h"

/* The file tells of 00:00 and 06:00, and of some 20 m/s on the ground, which is too much for lv. */
#define TABLES                                                                                                       \
    "[operation]\nkey,value\nname,forecast\nstart,2015-12-15T15:00Z\nend,2015-12-18T15:00Z\nperiod_h,24\nwind,wind.nc\n"       \
    "[places]\nid,lon_deg,lat_deg,population,cut_off_since\ntown,36.5,34.5,50000,2015-01-01\n"                        \
    "[hubs]\nid,lon_deg,lat_deg\nhub,36,34\n"                                                                        \
    "[vehicles]\nid,mode,count,base,payload_t,speed_km_h,pallets,drop_speed_km_h\nplane,air,2,hub,16,500,16,252\n"   \
    "[commodities]\nid,category,kcal_per_kg,drop\nflour,food,3500,lv\n"                                              \
    "[dropsystems]\nid,kind,load_max_kg,canopy,drag_area_m2,release_min_agl_m,release_max_agl_m\nlv,lv,1000,flat circular,220,300,600\n" \
    "[dropzones]\nid,place,wkt,controller,elev_msl_m\nzone,town,\"POLYGON((36.5 34.5,36.53 34.5,36.53 34.53,36.5 34.53,36.5 34.5))\",yes,200\n" \
    "[agreements]\nid,kind,subjects,mode,from\nclear,clearance,place:town,air,2015-02-01T00:00Z\n"

typedef struct planned {
    ab_operation *op;
    ab_result *result;
    ab_status status;
    ab_error err;
} planned;

static planned plan_in(const char *tables, const char *folder)
{
    planned p = {.op = small_operation(tables)};
    ab_plan_options options = AB_PLAN_OPTIONS_INIT;

    options.folder = folder;
    p.status = ab_flow_plan(p.op, &options, &p.result, &p.err);
    return p;
}

static void forget_plan(planned *p)
{
    ab_result_free(p->result);
    ab_operation_free(p->op);
}

static char *folder_with_wind(void)
{
    char *folder = make_folder(), *path = path_in(folder, "wind.nc");
    nc_plan wind = NC_PLAN_INIT;

    wind.data_type = "an"; /* else nobody says how old it is */
    nc_write(path, &wind);
    free(path);
    return folder;
}

/* The reason for which drops are refused in the period of hour `hour`; "": they are offered; NULL: nobody says. */
static const char *refused_at(const planned *p, int hour)
{
    ab_data data = ab_result_data(p->result);
    ab_time at = p->op->settings->start + hour * 3600;
    const ab_reach_row *row = AB_RESULT_ROWS(&data, reach, ab_reach_row);

    for (int32_t i = 0; i < AB_RESULT_COUNT(&data, reach); i++)
        if (strcmp(row[i].means, "airdrop") == 0 && row[i].from <= at && at < row[i].until)
            return row[i].reason;
    return NULL;
}

static const char *fact_of(const planned *p, const char *key)
{
    ab_data data = ab_result_data(p->result);
    const ab_fact *row = AB_RESULT_ROWS(&data, provenance, ab_fact);

    for (int32_t i = 0; i < AB_RESULT_COUNT(&data, provenance); i++)
        if (strcmp(row[i].key, key) == 0)
            return row[i].value;
    return "";
}

static void drops_are_judged_by_the_forecast_as_far_as_it_goes(void **state)
{
    char *folder = folder_with_wind();
    planned p = plan_in(TABLES, folder);

    (void)state;
    if (p.status != AB_OK)
        fail_msg("%s", p.err.message);
    assert_string_equal(refused_at(&p, 0), "wind");
    assert_string_equal(refused_at(&p, 30), "");
    assert_non_null(strstr(fact_of(&p, "not checked"), "in 2 of 3 periods some drops were not judged, for want of wind"));
    forget_plan(&p);
    remove_folder(folder);
}

static void without_any_wind_the_plan_says_that_drops_were_not_judged(void **state)
{
    ab_operation *op = small_changed(TABLES, "wind,wind.nc\n", "");
    planned p = {.op = op};

    (void)state;
    p.status = ab_flow_plan(op, NULL, &p.result, &p.err);
    assert_int_equal(p.status, AB_OK);
    assert_string_equal(refused_at(&p, 0), "");
    assert_non_null(strstr(fact_of(&p, "not checked"), "drops were not judged, for want of wind"));
    forget_plan(&p);
}

static void a_forecast_that_cannot_be_read_is_no_calm(void **state)
{
    char *folder = make_folder();
    planned nowhere = plan_in(TABLES, NULL), missing = plan_in(TABLES, folder);

    (void)state;
    assert_int_equal(nowhere.status, AB_USAGE);
    assert_non_null(strstr(nowhere.err.message, "the setting wind names wind.nc"));
    assert_int_equal(missing.status, AB_IO);
    assert_non_null(strstr(missing.err.message, "which is not there"));
    assert_null(missing.result);
    forget_plan(&nowhere);
    forget_plan(&missing);
    write_file(folder, "wind.nc", "CDF\1torn", 8);
    planned torn = plan_in(TABLES, folder);
    assert_int_equal(torn.status, AB_FLAWED);
    forget_plan(&torn);
    remove_folder(folder);
}

/* Where no zone is drawn the air over the places is read, and ground that nobody asks about is not. */
static void places_without_zones_have_the_forecast(void **state)
{
    char *folder = folder_with_wind();
    ab_operation *op = small_changed(TABLES, "zone,town,\"POLYGON((36.5 34.5,36.53 34.5,36.53 34.53,36.5 34.53,36.5 34.5))\",yes,200\n", "");
    ab_drop_request request = AB_DROP_REQUEST_INIT;
    ab_issues *issues = ab_issues_new(0);
    ab_result *result = NULL;
    ab_error err = AB_ERROR_INIT;

    (void)state;
    request.folder = folder;
    request.places = true;
    request.drop.at = op->settings->start + 10 * 3600;
    if (ab_flow_drop(op, NULL, &request, &result, issues, &err) != AB_OK)
        fail_msg("%s", err.message);
    ab_data data = ab_result_data(result);
    const ab_air_place_row *row = AB_RESULT_ROWS(&data, air_places, ab_air_place_row);
    int32_t windy = 0;
    for (int32_t i = 0; i < AB_RESULT_COUNT(&data, air_places); i++)
        windy += strcmp(row[i].means, "airdrop") == 0 && row[i].length_m > 0 && row[i].wind_rms_mps > 0;
    assert_true(windy > 0);
    ab_result_free(result);
    ab_issues_free(issues);
    ab_operation_free(op);
    remove_folder(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_without_zones_have_the_forecast),
        cmocka_unit_test(drops_are_judged_by_the_forecast_as_far_as_it_goes),
        cmocka_unit_test(without_any_wind_the_plan_says_that_drops_were_not_judged),
        cmocka_unit_test(a_forecast_that_cannot_be_read_is_no_calm),
    };
    return cmocka_run_group_tests_name("io/plan_weather", tests, NULL, NULL);
}
