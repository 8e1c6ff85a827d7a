/* Which places could take a drop at all: more height and worse wind need more ground, a zone is judged, held ground shuts a place in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "airbridge/drop.h"
#include "base/arena.h"
#include "base/c_locale.h"
#include "drop/open_ground.h"
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

enum { TEXT_MOST = 8192 };
static const double DEG = 3.14159265358979323846 / 180;

/* A rectangle so many metres from the place to its west, east, south and north. */
static void ring_of(char *text, size_t room, double west_m, double east_m, double south_m, double north_m)
{
    double lat_m = 110922, lon_m = 111320 * cos(34 * DEG) * 1.0011; /* a degree there */
    double w = 36.5 - west_m / lon_m, e = 36.5 + east_m / lon_m, s = 34 - south_m / lat_m, n = 34 + north_m / lat_m;
    (void)ab__c_snprintf(text, room, "(%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f,%.7f %.7f)", w, s, w, n, e, n, e, s, w, s);
}

/* Ground that others hold within 0.5 degrees of the place but for such a rectangle. */
static void add_pocket(char *text, double west_m, double east_m, double south_m, double north_m)
{
    char hole[512];
    size_t at = strlen(text);
    ring_of(hole, sizeof hole, west_m, east_m, south_m, north_m);
    (void)ab__c_snprintf(text + at, TEXT_MOST - at,
                         "[exclusions]\nid,kind,wkt\nring,held by others,\"POLYGON((36 33.5,37 33.5,37 34.5,36 34.5,36 33.5),%s)\"\n", hole);
}

static ab_drop_survey *survey(ab_operation *op)
{
    ab_drop_survey *made;
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_drop_survey_make(op, NULL, NULL, NULL, op->settings->start + 86400, &made, &err), AB_OK);
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
    assert_true(made->row[0].free_m > 290 && made->row[0].free_m <= 305);
    assert_non_null(strstr(made->row[0].text, "ground that can be reached without crossing what others hold catches"));
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

/* What a pocket of that size says of one system; *text lives in the survey, which is kept in *made. */
static const ab_drop_chance *of_pocket(const char *tables, double west_m, double east_m, double south_m, double north_m, ab_drop_survey **made)
{
    char text[TEXT_MOST];
    (void)ab__c_snprintf(text, sizeof text, "%s", tables);
    add_pocket(text, west_m, east_m, south_m, north_m);
    ab_operation *op = small_operation(text);
    *made = survey(op);
    assert_int_equal((*made)->count, 1);
    ab_operation_free(op);
    return (*made)->row;
}

static ab_drop_verdict verdict_of(const char *tables, double west_m, double east_m, double south_m, double north_m)
{
    ab_drop_survey *made;
    ab_drop_verdict verdict = of_pocket(tables, west_m, east_m, south_m, north_m, &made)->verdict;
    ab_drop_survey_free(made);
    return verdict;
}

static void a_pocket_that_grows_is_refused_no_more(void **state)
{
    (void)state;
    ab_drop_verdict last = AB_DROP_NOT_POSSIBLE;
    double turned_m = 0;
    for (double half_m = 200; half_m <= 2000; half_m += 100) {
        ab_drop_verdict now = verdict_of(GOODS SHUT_IN SEASON TABLES HIGH, half_m, half_m, half_m, half_m);
        assert_true(now == last || (last == AB_DROP_NOT_POSSIBLE && now == AB_DROP_NOT_KNOWN));
        turned_m = now != last ? half_m : turned_m;
        last = now;
    }
    /* Seven of ten in a square: of a circular normal spread of 0.34 km (nine of ten in 1.8 x 1.4 km) half a side of 0.47 km; less by what is allowed for. */
    assert_true(last == AB_DROP_NOT_KNOWN && turned_m > 300 && turned_m < 700);
}

static void what_lies_beyond_the_search_refuses_nothing(void **state)
{
    (void)state;
    ab_drop_survey *made;
    /* A pocket whose ground is too thin on each side, but goes on where nobody looked. */
    const ab_drop_chance *row = of_pocket(GOODS SHUT_IN SEASON TABLES HIGH, 9000, 9000, 100, 100, &made);
    assert_int_equal(row->verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(row->text, "the widest circle found of it is 0.2 km"));
    ab_drop_survey_free(made);
    assert_int_equal(verdict_of(GOODS SHUT_IN SEASON TABLES HIGH, 5000, 5000, 100, 100), AB_DROP_NOT_POSSIBLE);
}

/* Area does not help where it is not where loads fall: 10 km2 in a strip of 1 km are enough, and 2 km2 in one of 0.2 km are not, though the ellipse has as much. */
static void the_shape_of_the_ground_counts(void **state)
{
    (void)state;
    ab_drop_survey *made;
    const ab_drop_chance *row = of_pocket(GOODS SHUT_IN SEASON TABLES HIGH, 5500, 5500, 100, 100, &made);
    assert_true(row->area_m2 > 1e6 && row->area_m2 < 2.2e6 && row->verdict == AB_DROP_NOT_POSSIBLE);
    ab_drop_survey_free(made);
    assert_int_equal(verdict_of(GOODS SHUT_IN SEASON TABLES HIGH, 5500, 5500, 600, 600), AB_DROP_NOT_KNOWN);
}

/* A field behind a bend: the straight way to it crosses held ground. */
static void ground_is_walked_to_round_corners(void **state)
{
    (void)state;
    char text[TEXT_MOST] = GOODS SHUT_IN SEASON TABLES HIGH;
    ab_operation *op;
    for (int closed = 0; closed < 2; closed++) {
        text[0] = '\0';
        (void)ab__c_snprintf(text, sizeof text, "%s", GOODS SHUT_IN SEASON TABLES HIGH);
        add_pocket(text, 300, 5000, 300, 5000);
        /* From east of the place to near the northern edge of the pocket, or all the way. */
        size_t at = strlen(text);
        (void)ab__c_snprintf(text + at, sizeof text - at, "wall,held by others,\"POLYGON((36.501 33.9,36.506 33.9,36.506 %s,36.501 %s,36.501 33.9))\"\n",
                             closed ? "34.2" : "34.04", closed ? "34.2" : "34.04");
        op = small_operation(text);
        ab_drop_survey *made = survey(op);
        assert_int_equal(made->row[0].verdict, closed ? AB_DROP_NOT_POSSIBLE : AB_DROP_NOT_KNOWN);
        assert_true(closed ? made->row[0].free_m < 500 : made->row[0].free_m > 1800);
        ab_drop_survey_free(made);
        ab_operation_free(op);
    }
}

static void the_lowest_release_is_tried_before_a_no(void **state)
{
    (void)state;
    ab_drop_survey *made;
    const ab_drop_chance *row = of_pocket(GOODS SHUT_IN SEASON TABLES "both,hv,300,1000,ringslot,25,280,500,7000\n", 300, 300, 300, 300, &made);
    assert_int_equal(row->verdict, AB_DROP_NOT_KNOWN);
    assert_true(row->release_agl_m == 500);
    ab_drop_survey_free(made);
    row = of_pocket(GOODS SHUT_IN SEASON TABLES "both,hv,300,1000,ringslot,25,280,,7000\n", 60, 60, 60, 60, &made);
    assert_int_equal(row->verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(row->text, "release_min_agl_m"));
    ab_drop_survey_free(made);
    assert_int_equal(verdict_of(GOODS SHUT_IN SEASON TABLES "both,hv,300,1000,ringslot,25,280,1000,7000\n", 60, 60, 60, 60), AB_DROP_NOT_POSSIBLE);
}

static void a_height_that_nobody_knows_refuses_nothing(void **state)
{
    (void)state;
    ab_drop_survey *made;
    const ab_drop_chance *row =
        of_pocket(GOODS "[places]\nid,lon_deg,lat_deg,population,cut_off_since\ntown,36.5,34,1000,2029-10-01\n" SEASON TABLES HIGH, 300, 300, 300, 300, &made);
    assert_int_equal(row->verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(row->text, "nobody says how high the place lies"));
    ab_drop_survey_free(made);
}

static void systems_are_judged_as_drops_judge_them(void **state)
{
    (void)state;
    ab_operation *op = small_changed(GOODS SHUT_IN SEASON TABLES "weak,hv,300,1000,ringslot,5,280,500,1000\nheavy,hv,12000,15000,ringslot,900,280,500,1000\n"
                                     "slow,hv,300,1000,ringslot,25,200,500,1000\n", "hub,20,20,", "hub,10,20,");
    ab_drop_survey *made = survey(op);
    assert_int_equal(made->count, 2);
    assert_int_equal(made->row[0].verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(made->row[0].text, "cannot carry loads of 500 kg: drag_area_m2 is 5 where"));
    assert_int_equal(made->row[1].verdict, AB_DROP_NOT_POSSIBLE);
    assert_non_null(strstr(made->row[1].text, "lifts 10000 kg, and a load weighs 12000 kg at the least"));
    ab_drop_survey_free(made);
    ab_operation_free(op);
}

/* Canopies that are dragged: a measured gale at that hour, which another hour may not have. */
static void a_gale_is_told_and_refuses_only_its_hour(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS SHUT_IN TABLES "lv,lv,300,1000,flat circular,220,280,300,1000\n"
                                       "[wind]\nvalid_at,kind,lon_deg,lat_deg,height_msl_m,wind_e_mps,wind_n_mps\n"
                                       "2030-03-01T23:00Z,sounding,36.5,34,500,14,0\n2030-03-01T23:00Z,sounding,36.5,34,2000,15,0\n");
    ab_drop_survey *made = survey(op);
    assert_int_equal(made->row[0].verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(made->row[0].text, "not in the wind of that hour"));
    ab_drop_survey_free(made);
    ab_operation_free(op);
}

/* ---- With zones ---- */

#define ZONES "[dropzones]\nid,place,wkt,elev_msl_m,controller\n"
#define SMALL_ZONE "small,town,\"POLYGON((36.499 33.999,36.501 33.999,36.501 34.001,36.499 34.001,36.499 33.999))\",500,yes\n"
#define LARGE_ZONE "large,town,\"POLYGON((36.52 33.98,36.56 33.98,36.56 34.02,36.52 34.02,36.52 33.98))\",500,yes\n"
/* Within 3 km of both. */
#define HOUSES "[exclusions]\nid,kind,wkt\nhouses,built-up,\"POLYGON((36.505 34.021,36.506 34.021,36.506 34.022,36.505 34.022,36.505 34.021))\"\n"

typedef struct zoned {
    ab_operation *op;
    ab_access *access;
    ab_airdrops *drops;
    ab_drop_survey *made;
} zoned;

static zoned survey_zones(const char *tables)
{
    zoned z = {.op = small_operation(tables)};
    ab_error err = AB_ERROR_INIT;
    ab_issues *issues = ab_issues_new(0);
    ab_drop_options o = AB_DROP_OPTIONS_INIT;
    ab_time at = z.op->settings->start + 86400;
    o.at = at;
    o.on_the_day = true;
    assert_int_equal(ab_access_make(z.op, &z.access, &err), AB_OK);
    if (ab_airdrops_make(z.op, z.access, NULL, NULL, &o, &z.drops, issues, &err) != AB_OK)
        fail_msg("%s", err.message);
    assert_int_equal(ab_drop_survey_make(z.op, NULL, NULL, z.drops, at, &z.made, &err), AB_OK);
    ab_issues_free(issues);
    return z;
}

static void end(zoned *z)
{
    ab_drop_survey_free(z->made);
    ab_airdrops_free(z->drops);
    ab_access_free(z->access);
    ab_operation_free(z->op);
}

static void a_zone_is_judged_by_its_drops(void **state)
{
    (void)state;
    zoned z = survey_zones(GOODS SHUT_IN SEASON TABLES HIGH ZONES SMALL_ZONE LARGE_ZONE HOUSES);
    const ab_drop_chance *row = z.made->row;
    assert_int_equal(z.made->count, 1);
    assert_int_equal(row->verdict, AB_DROP_POSSIBLE);
    assert_int_equal(row->zone, 1);
    assert_true(row->inside_prob > 0.9 && isnan(row->free_m) && row->length_m == 0);
    assert_non_null(strstr(row->text, "zone large holds"));
    /* The row is that of the drop which is best by the one order of drops. */
    const ab_airdrop *best = ab_airdrops_best_of_place(z.op, z.drops, 0, 0, 0, INT64_MIN + 1, INT64_MAX);
    assert_true(best->zone == row->zone && best->release_agl_m == row->release_agl_m && best->inside.mean == row->inside_prob);
    end(&z);
}

/* A zone that fills the whole pocket is the best that could be drawn: where it takes the drop of one load, the pocket may not be refused; where
 * it holds a tenth less than is asked for, it must be. */
static void no_zone_contradicts_a_no(void **state)
{
    (void)state;
    static const double pockets_m[][4] = {{200, 250, 300, 350}, {400, 400, 400, 400}, {500, 300, 450, 450}, {450, 550, 500, 500}, {550, 550, 550, 550},
                                          {300, 300, 900, 900}, {350, 350, 2000, 2000}, {2500, 2500, 250, 250}, {1200, 1200, 400, 400}, {150, 150, 150, 150}, {1000, 1000, 1000, 1000}};
    static const char *const systems[] = {HIGH, LOW, "lv,lv,300,1000,flat circular,220,280,300,600\n"};
    int32_t refused = 0, taken = 0;
    for (size_t k = 0; k < 3 * sizeof pockets_m / sizeof *pockets_m; k++) {
        const double *p = pockets_m[k / 3];
        double by = k % 3 == 0 ? 1 : k % 3 == 1 ? 0.4 : 0.3, best = 0;
        char tables[TEXT_MOST], zone[512], text[TEXT_MOST];
        (void)ab__c_snprintf(tables, sizeof tables, GOODS SHUT_IN SEASON TABLES "%s", systems[k % 3]);
        memcpy(strstr(tables, "hub,20,20,"), "hub,20,01,", 10);
        bool no = verdict_of(tables, by * p[0], by * p[1], by * p[2], by * p[3]) == AB_DROP_NOT_POSSIBLE;
        ring_of(zone, sizeof zone, by * p[0], by * p[1], by * p[2], by * p[3]);
        (void)ab__c_snprintf(text, sizeof text, "%s" ZONES "all,town,\"POLYGON(%s)\",500,yes\n", tables, zone);
        add_pocket(text, by * p[0], by * p[1], by * p[2], by * p[3]);
        zoned z = survey_zones(text);
        for (int32_t i = 0; i < z.drops->count; i++)
            best = fmax(best, z.drops->drop[i].inside.mean);
        if (no && best >= 0.7)
            fail_msg("case %zu is refused, and a zone holds %.3f of the loads", k, best);
        if (!no && best < 0.6)
            fail_msg("case %zu is not refused, though a zone holds %.3f of the loads", k, best);
        refused += no;
        taken += best >= 0.7;
        end(&z);
    }
    assert_true(refused >= 3 && taken >= 3);
}

static void a_zone_too_small_leaves_the_ground_about_it(void **state)
{
    (void)state;
    zoned z = survey_zones(GOODS SHUT_IN SEASON TABLES HIGH ZONES SMALL_ZONE HOUSES);
    assert_int_equal(z.made->row->verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(z.made->row->text, "zone small: "));
    assert_non_null(strstr(z.made->row->text, "are asked for: a single load scatters wider than the 201 m of the zone along the track, and more passes do not help; whether another zone could be drawn"));
    end(&z);
    z = survey_zones(GOODS SHUT_IN SEASON TABLES HIGH ZONES SMALL_ZONE HELD);
    assert_int_equal(z.made->row->verdict, AB_DROP_NOT_POSSIBLE);
    assert_non_null(strstr(z.made->row->text, "nor could another zone be drawn"));
    assert_true(z.made->row->inside_prob < 0.5);
    end(&z);
}

static void zones_without_wind_are_not_taken_for_none(void **state)
{
    (void)state;
    zoned z = survey_zones(GOODS SHUT_IN TABLES HIGH ZONES SMALL_ZONE);
    assert_int_equal(z.made->row->verdict, AB_DROP_NOT_KNOWN);
    assert_non_null(strstr(z.made->row->text, "the wind is not known"));
    assert_null(strstr(z.made->row->text, "no zone is drawn"));
    end(&z);
}

/* ---- Ground ---- */

/* The widest circle of a pocket of a by b is that of its shorter side, wherever it lies; the share of a cloud is that which fits. */
static void open_ground_is_measured(void **state)
{
    (void)state;
    for (int32_t k = 0; k < 12; k++) {
        double west_m = 150 + 61 * k, east_m = 700 + 217 * k, south_m = 90 + 113 * k, north_m = 400;
        char text[TEXT_MOST] = SHUT_IN;
        ab__open_ground open;
        ab_arena *arena = ab__arena_new();
        add_pocket(text, west_m, east_m, south_m, north_m);
        ab_operation *op = small_operation(text);
        assert_true(ab__open_ground_of(op, &op->places.at[0], arena, &open));
        double short_m = fmin(west_m + east_m, south_m + north_m), area_m2 = (west_m + east_m) * (south_m + north_m);
        assert_true(open.reached && !open.beyond && open.circle_m <= short_m / 2 + 2 && open.circle_m > short_m / 2 - 6);
        assert_true(fabs((double)open.open_cells * 400 / area_m2 - 1) < 0.06);
        float e[400], n[400];
        for (int32_t i = 0; i < 400; i++) {
            e[i] = (float)((i % 20 - 9.5) / 20 * 2 * (west_m + east_m));
            n[i] = (float)((i / 20 - 9.5) / 20 * 0.5 * (south_m + north_m));
        }
        double share = ab__open_ground_share(&open, e, n, 400, 40);
        assert_true(share >= 0.5 && share <= 0.55);
        ab_operation_free(op);
        ab__arena_free(arena);
    }
}

static void ground_without_exclusions_is_open(void **state)
{
    (void)state;
    ab__open_ground open;
    ab_arena *arena = ab__arena_new();
    ab_operation *op = small_operation(SHUT_IN);
    assert_true(ab__open_ground_of(op, &op->places.at[0], arena, &open));
    assert_true(open.reached && open.beyond && open.circle_m == AB_OPEN_REACH_M);
    ab_operation_free(op);
    op = small_operation(SHUT_IN "[exclusions]\nid,kind,wkt\nall,held by others,\"POLYGON((36 33,37 33,37 35,36 35,36 33))\"\n");
    assert_true(ab__open_ground_of(op, &op->places.at[0], arena, &open));
    assert_true(!open.reached && open.open_cells == 0 && open.circle_m == 0);
    ab_operation_free(op);
    ab__arena_free(arena);
}

static void memory_that_runs_out_is_told(void **state)
{
    (void)state;
    ab_operation *op = small_operation(GOODS SHUT_IN SEASON TABLES HIGH HELD);
    ab_error err = AB_ERROR_INIT;
    int64_t nth = 1;
    for (ab_status status = AB_NO_MEMORY; status != AB_OK; nth++) {
        ab_drop_survey *made;
        ab__fail_allocation(nth);
        status = ab_drop_survey_make(op, NULL, NULL, NULL, op->settings->start + 86400, &made, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && !made));
        ab_drop_survey_free(made);
    }
    assert_true(nth > 5);
    ab_operation_free(op);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(height_needs_ground),
        cmocka_unit_test(a_pocket_smaller_than_the_scatter_takes_no_drop),
        cmocka_unit_test(a_pocket_that_grows_is_refused_no_more),
        cmocka_unit_test(what_lies_beyond_the_search_refuses_nothing),
        cmocka_unit_test(the_shape_of_the_ground_counts),
        cmocka_unit_test(ground_is_walked_to_round_corners),
        cmocka_unit_test(the_lowest_release_is_tried_before_a_no),
        cmocka_unit_test(a_height_that_nobody_knows_refuses_nothing),
        cmocka_unit_test(systems_are_judged_as_drops_judge_them),
        cmocka_unit_test(a_gale_is_told_and_refuses_only_its_hour),
        cmocka_unit_test(a_zone_is_judged_by_its_drops),
        cmocka_unit_test(no_zone_contradicts_a_no),
        cmocka_unit_test(a_zone_too_small_leaves_the_ground_about_it),
        cmocka_unit_test(zones_without_wind_are_not_taken_for_none),
        cmocka_unit_test(open_ground_is_measured),
        cmocka_unit_test(ground_without_exclusions_is_open),
        cmocka_unit_test(memory_that_runs_out_is_told),
        cmocka_unit_test(without_wind_nothing_is_claimed),
        cmocka_unit_test(a_place_that_is_open_is_not_asked_about),
    };
    return cmocka_run_group_tests_name("drop/survey", tests, NULL, NULL);
}
