#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "airbridge/trips.h"
#include "base/arena.h"
#include "base/buf.h"
#include "geo/geodesic.h"
#include "support/small.h"

/* An operation with everything that trips are made from. */
typedef struct setting {
    ab_operation *op;
    ab_access *access;
    ab_routes *routes;
    ab_trips *trips;
} setting;

static setting set_up(ab_operation *op)
{
    setting s = {.op = op};
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_access_make(op, &s.access, &err), AB_OK);
    assert_int_equal(ab_routes_make(op, &s.routes, &err), AB_OK);
    assert_int_equal(ab_trips_make(op, s.access, s.routes, NULL, &s.trips, &err), AB_OK);
    return s;
}

static void tear_down(setting *s)
{
    ab_trips_free(s->trips);
    ab_routes_free(s->routes);
    ab_access_free(s->access);
    ab_operation_free(s->op);
}

static const ab_offer *offer_in(const ab_trips *trips, int32_t kind, int32_t t)
{
    for (int32_t i = 0; i < trips->offer_count; i++) {
        if (trips->offer[i].kind == kind && trips->offer[i].depart == t) {
            return &trips->offer[i];
        }
    }
    return NULL;
}

static const ab_refusal *refusal_in(const ab_trips *trips, int32_t kind, int32_t t)
{
    for (int32_t i = 0; i < trips->refusal_count; i++) {
        const ab_refusal *refusal = &trips->refusal[i];
        if (refusal->kind == kind && refusal->from <= t && t < refusal->until) {
            return refusal;
        }
    }
    return NULL;
}

#define SETTINGS                                                                                   \
    "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n"
#define ROAD "[roads]\nid,wkt,speed_km_h\nr1,\"LINESTRING(36 34,36.5 34)\",60\n"
#define TRUCK                                                                                      \
    "[vehicles]\nid,mode,count,base,payload_t,speed_km_h,usd_per_h,turnround_h,duty_h_per_day\n"   \
    "truck,road,5,hub,10,50,36,3,10\n"
#define AIRCRAFT                                                                                   \
    "[vehicles]\nid,mode,count,base,payload_t,payload_m3,pallets,payload_full_range_km,"           \
    "ferry_range_km,speed_km_h,usd_per_h,turnround_h,duty_h_per_day,runway_needed_m,"              \
    "drop_speed_km_h\n"
#define SYSTEMS                                                                                    \
    "[dropsystems]\nid,kind,load_min_kg,load_max_kg,usd_each,airspeed_max_km_h\n"                  \
    "hv,hv,300,1000,500,330\nbags,free,40,55,2,330\n"
#define ZONE                                                                                       \
    "[dropzones]\nid,place,wkt,recovered_frac\n"                                                   \
    "z,town,\"POLYGON((36.5 34,36.51 34,36.51 34.01,36.5 34))\",0.9\n"
#define DROPPED                                                                                    \
    "[commodities]\nid,category,kcal_per_kg,package_kg,package_m3,drop\n"                          \
    "flour,food,3500,50,0.08,free; hv\noil,food,8850,20,0.03,hv\ntin,food,2000,70,0.1,free; hv\n"
#define BESIEGED                                                                                   \
    "[places]\nid,lon_deg,lat_deg,population,cut_off_since\ntown,36.5,34,1000,2029-10-01\n"

/* ---- Kinds ---- */

static void a_truck_takes_as_long_as_it_or_the_road_is_slow(void **state)
{
    (void)state;
    setting s = set_up(small_operation(ROAD TRUCK));
    assert_int_equal(s.trips->kind_count, 1);
    const ab_trip_kind *kind = &s.trips->kind[0];
    double length_m = ab__geodesic_m(36, 34, 36.5, 34), one_way_s = length_m / (50 / 3.6);
    assert_int_equal(kind->means, AB_MEANS_ROAD);
    assert_int_equal(kind->path, 0);
    small_near(kind->distance_m, length_m);
    small_near(kind->out_s, 1.5 * 3600 + one_way_s);
    small_near(kind->cycle_s, 3 * 3600 + 2 * one_way_s);
    small_near(kind->usd, 36 * 2 * one_way_s / 3600);
    small_near(kind->payload_kg, 10000);
    assert_true(kind->payload_m3 == INFINITY);
    assert_true(kind->loads == 0 && kind->dropzone == -1 && kind->dropsystem == -1);
    tear_down(&s);
    s = set_up(small_changed(ROAD TRUCK, "hub,10,50,", "hub,10,80,"));
    small_near(s.trips->kind[0].out_s, 1.5 * 3600 + length_m / (60 / 3.6));
    tear_down(&s);
}

/* Hub and town are `km` apart along the equator. */
static setting fly(double km, const char *aircraft, const char *runway)
{
    ab_buf tables = AB_BUF_INIT;
    ab__buf_printf(&tables,
                   SETTINGS "[hubs]\nid,lon_deg,lat_deg,runway_m\nhub,0,0,2500\n[places]\n"
                            "id,lon_deg,lat_deg,population,runway_m\ntown,%.9f,0,1000,%s\n" AIRCRAFT
                            "%s",
                   km / 111.319490793, runway, aircraft);
    ab_operation *op = small_operation(ab__buf_text(&tables));
    ab__buf_free(&tables);
    return set_up(op);
}

static void payload_falls_with_the_way_out_and_back(void **state)
{
    (void)state;
    const char plane[] = "plane,air,1,hub,30,,,1000,2000,500,100,2,12,1800,\n";
    const double km[] = {400, 500, 750, 900, 1000};
    const double payload_t[] = {30, 30, 15, 6, 0};
    for (int i = 0; i < 5; i++) {
        setting s = fly(km[i], plane, "2000");
        if (payload_t[i] > 0) {
            assert_int_equal(s.trips->kind_count, 1);
            assert_true(fabs(s.trips->kind[0].payload_kg - 1000 * payload_t[i]) < 1);
            assert_true(fabs(s.trips->kind[0].cycle_s - (2 + 2 * km[i] / 500) * 3600) < 1);
            assert_int_equal(s.trips->kind[0].means, AB_MEANS_AIRLIFT);
        } else {
            assert_int_equal(s.trips->kind_count, 0);
        }
        tear_down(&s);
    }
}

static void nobody_lands_on_a_runway_too_short(void **state)
{
    (void)state;
    const char plane[] = "plane,air,1,hub,30,,,,,500,100,2,12,1800,\n";
    const char *const runway[] = {"1800", "1799", ""};
    for (int i = 0; i < 3; i++) {
        setting s = fly(300, plane, runway[i]);
        assert_int_equal(s.trips->kind_count, i == 0 ? 1 : 0);
        const ab_refusal *refusal = &s.trips->refusal[s.trips->refusal_count - 1];
        assert_int_equal(refusal->means, i == 0 ? AB_MEANS_ROAD : AB_MEANS_AIRLIFT);
        if (i > 0) {
            assert_int_equal(refusal->kind, -1);
            assert_int_equal(refusal->reason, AB_REASON_NO_PATH);
            assert_int_equal(refusal->because.table, AB_TABLE_places);
        }
        tear_down(&s);
    }
    /* From the hub, too, it must take off. */
    setting s = fly(300, "plane,air,1,hub,30,,,,,500,100,2,12,2600,\n", "3000");
    assert_int_equal(s.trips->kind_count, 0);
    assert_int_equal(s.trips->refusal[s.trips->refusal_count - 1].reason, AB_REASON_NO_VEHICLE);
    tear_down(&s);
}

static void a_flight_fits_in_a_days_duty_or_is_not_made(void **state)
{
    (void)state;
    const char plane[] = "plane,air,1,hub,30,,,,,500,100,2,6,1800,\n";
    setting s = fly(999, plane, "2000");
    assert_int_equal(s.trips->kind_count, 1);
    tear_down(&s);
    s = fly(1001, plane, "2000");
    assert_int_equal(s.trips->kind_count, 0);
    const ab_refusal *refusal = &s.trips->refusal[s.trips->refusal_count - 1];
    assert_int_equal(refusal->reason, AB_REASON_NO_VEHICLE);
    assert_int_equal(refusal->because.table, AB_TABLE_vehicles);
    tear_down(&s);
}

static void a_helicopter_lands_anywhere_within_its_range(void **state)
{
    (void)state;
    const char heli[] = "heli,helicopter,2,hub,2,15,,250,480,200,100,1,8,,\n";
    setting s = fly(120, heli, "");
    assert_int_equal(s.trips->kind_count, 1);
    assert_int_equal(s.trips->kind[0].means, AB_MEANS_HELICOPTER);
    small_near(s.trips->kind[0].payload_kg, 2000);
    small_near(s.trips->kind[0].payload_m3, 15);
    tear_down(&s);
    s = fly(240, heli, "");
    assert_int_equal(s.trips->kind_count, 0);
    tear_down(&s);
}

static void a_drop_takes_what_its_system_and_goods_allow(void **state)
{
    (void)state;
    setting s = set_up(small_operation(DROPPED SYSTEMS ZONE AIRCRAFT
                                       "plane,air,1,hub,36,180,26,,,500,100,2,12,,320\n"));
    assert_int_equal(s.trips->kind_count, 2);
    const ab_trip_kind *hv = &s.trips->kind[0], *bags = &s.trips->kind[1];
    assert_int_equal(hv->means, AB_MEANS_AIRDROP);
    small_near(hv->payload_kg, 26000);
    small_near(hv->loads, 26);
    small_near(hv->load_kg, 1000);
    small_near(hv->usd_per_load, 500);
    assert_int_equal(hv->commodities, 7);
    small_near(bags->loads, 654);
    /* Oil does not survive a free fall, a tin of 70 kg is no load of 55. */
    assert_int_equal(bags->commodities, 1);
    /* Default losses 2 %, canopies 3 %, recovered 90 %. */
    small_near(offer_in(s.trips, 0, 0)->arrival.mean, 0.98 * 0.97 * 0.9);
    tear_down(&s);
}

/* A drop of each of the ten days, at a height that is no go and at one of which a part is received. */
static void a_drop_that_was_worked_out_is_received_as_it_says_or_refused(void **state)
{
    (void)state;
    setting s = set_up(small_operation(DROPPED SYSTEMS ZONE AIRCRAFT
                                       "plane,air,1,hub,36,180,26,,,500,100,2,12,,320\n"));
    static const ab_wind_column wind = {.levels = 2};
    static const struct {
        ab_gate_kind gate;
        ab_reason reason;
    } refused[] = {{AB_GATE_WIND, AB_REASON_WIND},
                   {AB_GATE_ZONE, AB_REASON_ZONE},
                   {AB_GATE_HARM, AB_REASON_HARM},
                   {AB_GATE_HEIGHT, AB_REASON_ZONE}};
    ab_airdrop drop[11] = {{.wind = NULL}};
    for (int i = 0; i < 11; i++) {
        drop[i].at = ab_period_start(s.op, i < 10 ? i : 0) + 3600;
        drop[i].wind = i == 5 ? NULL : &wind;
        drop[i].go = i != 0;
        drop[i].value_loads = 1;
        drop[i].recovered = (ab_share){0.5, 0.4, 0.6};
    }
    for (int i = 0; i < 4; i++) {
        drop[1 + i].gate[refused[i].gate] =
            (ab_gate){.state = AB_GATE_NOT_MET, .because = {AB_TABLE_dropzones, 0}};
        drop[1 + i].recovered = (ab_share){0.01, 0, 0.02}; /* under the least chance, which is not the reason */
    }
    const ab_airdrops drops = {.count = 11, .drop = drop};
    ab_trips *trips;
    assert_int_equal(ab_trips_make(s.op, s.access, s.routes, &drops, &trips, NULL), AB_OK);
    /* On the first day the other height is a go, and half of it is received; of the sixth no wind is known. */
    small_near(offer_in(trips, 0, 0)->arrival.mean, 0.98 * 0.5);
    small_near(offer_in(trips, 0, 0)->arrival.low, 0.98 * 0.4);
    small_near(offer_in(trips, 0, 5)->arrival.mean, 0.98 * 0.97 * 0.9);
    for (int i = 0; i < 4; i++) {
        assert_null(offer_in(trips, 0, 1 + i));
        assert_int_equal(refusal_in(trips, 0, 1 + i)->reason, refused[i].reason);
        assert_int_equal(refusal_in(trips, 0, 1 + i)->because.table, AB_TABLE_dropzones);
    }
    /* Bags were not worked out. */
    assert_non_null(offer_in(trips, 1, 1));
    ab_trips_free(trips);
    tear_down(&s);
}

static void without_a_zone_nothing_is_dropped(void **state)
{
    (void)state;
    setting s = set_up(small_operation(DROPPED SYSTEMS AIRCRAFT
                                       "plane,air,1,hub,36,180,26,,,500,100,2,12,,320\n"));
    assert_int_equal(s.trips->kind_count, 0);
    const ab_refusal *refusal = &s.trips->refusal[s.trips->refusal_count - 1];
    assert_int_equal(refusal->means, AB_MEANS_AIRDROP);
    assert_int_equal(refusal->reason, AB_REASON_NO_PATH);
    assert_int_equal(refusal->from, 0);
    assert_int_equal(refusal->until, 10);
    tear_down(&s);
}

static void who_has_no_aircraft_hears_nothing_of_the_air(void **state)
{
    (void)state;
    setting s = set_up(small_operation(
        TRUCK "[places]\nid,lon_deg,lat_deg,population\ntown,36.5,34,10\nisland,37,34,10\n"
              "[roads]\nid,wkt,speed_km_h\nr1,\"LINESTRING(36 34,36.5 34)\",60\n"
              "r2,\"LINESTRING(36.9 34,37.1 34)\",60\n"));
    assert_int_equal(s.trips->kind_count, 1);
    const ab_refusal *refusal = refusal_in(s.trips, -1, 0);
    assert_non_null(refusal);
    assert_int_equal(refusal->place, 1);
    assert_int_equal(refusal->means, AB_MEANS_ROAD);
    assert_int_equal(refusal->reason, AB_REASON_NO_PATH);
    for (int32_t i = 0; i < s.trips->refusal_count; i++) {
        assert_int_equal(s.trips->refusal[i].means, AB_MEANS_ROAD);
    }
    tear_down(&s);
}

static void a_road_without_trucks_at_its_hub_lacks_a_vehicle_not_a_way(void **state)
{
    (void)state;
    setting s = set_up(small_changed(ROAD TRUCK, "road,5,hub", "road,0,hub"));
    assert_int_equal(s.trips->kind_count, 0);
    assert_int_equal(s.trips->refusal_count, 1);
    assert_int_equal(s.trips->refusal[0].reason, AB_REASON_NO_VEHICLE);
    assert_int_equal(s.trips->refusal[0].because.row, -1);
    tear_down(&s);
}

static void a_package_too_big_for_the_vehicle_is_not_carried(void **state)
{
    (void)state;
    setting s = set_up(
        small_operation(ROAD "[vehicles]\nid,mode,count,base,payload_t,payload_m3,speed_km_h\n"
                             "car,road,1,hub,0.4,2,50\n"
                             "[commodities]\nid,category,kcal_per_kg,package_kg,package_m3\n"
                             "flour,food,3500,50,0.08\npump,other,,500,1\ntank,water,,20,3\n"));
    assert_int_equal(s.trips->kind[0].commodities, 1);
    tear_down(&s);
}

/* ---- Offers ---- */

static void a_trip_arrives_in_the_period_that_its_duty_hours_reach(void **state)
{
    (void)state;
    /* 600 km at 30 km/h without a road: 28 h by road_factor, 10 h a day. */
    const char far[] = "[places]\nid,lon_deg,lat_deg,population\ntown,36,29,1000\n" TRUCK;
    setting s = set_up(small_operation(far));
    double out_s = 1.5 * 3600 + 1.4 * ab__geodesic_m(36, 34, 36, 29) / (30 / 3.6);
    small_near(s.trips->kind[0].out_s, out_s);
    assert_true(out_s > 20 * 3600 && out_s < 30 * 3600);
    assert_int_equal(offer_in(s.trips, 0, 0)->arrive, 2);
    assert_int_equal(offer_in(s.trips, 0, 7)->arrive, 9);
    assert_null(offer_in(s.trips, 0, 8));
    assert_int_equal(refusal_in(s.trips, 0, 8)->reason, AB_REASON_TRAVEL);
    tear_down(&s);
}

#define REPORTS "[access]\nid,subject,state,from,until,reported_at,reliability,credibility\n"

static void the_chance_is_the_product_of_all_gates_and_losses(void **state)
{
    (void)state;
    setting s = set_up(small_operation(
        BESIEGED ROAD TRUCK
        "[requests]\nid,asked_at,place,reply,reply_at\n"
        "q1,2030-02-20T08:00Z,town,approved,2030-02-21T08:00Z\n" REPORTS
        "a1,road:r1,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,D,2\n"
        "a2,hub:hub,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,D,1\n"));
    /* Log-odds against: 1 * 0.8 for the road, 1 for the hub; approved 0.35, losses 2 %. */
    double road = 1 / (1 + (exp(0.8) - 1) * 28 / 76), hub = 1 / (1 + (exp(1) - 1) * 10 / 20);
    const ab_refusal *refusal = refusal_in(s.trips, 0, 4);
    assert_null(offer_in(s.trips, 0, 4));
    small_near(refusal->arrival.mean, 0.35 * road * hub * 0.98);
    assert_true(refusal->arrival.low < refusal->arrival.mean);
    assert_true(refusal->arrival.high > refusal->arrival.mean);
    assert_int_equal(refusal->reason, AB_REASON_LOW_CHANCE);
    assert_int_equal(refusal->because.table, AB_TABLE_requests);
    tear_down(&s);
}

static void the_reason_names_what_lowers_the_chance_most(void **state)
{
    (void)state;
    const char tables[] = BESIEGED ROAD TRUCK
        "[requests]\nid,asked_at,place,reply,reply_at,valid_until\n"
        "q1,2030-02-20T08:00Z,town,refused,2030-02-21T08:00Z,2030-03-03T00:00Z\n"
        "q2,2030-03-04T00:00Z,town,approved,2030-03-05T00:00Z,\n" REPORTS
        "a1,road:r1,closed,2030-03-07T00:00Z,2030-03-08T00:00Z,"
        "2030-03-07T00:00Z,A,1\n"
        "a2,place:town,closed,2030-03-09T00:00Z,2030-03-10T00:00Z,"
        "2030-03-07T00:00Z,A,1\n";
    setting s = set_up(small_operation(tables));
    const ab_refusal *refused = refusal_in(s.trips, 0, 0), *nobody = refusal_in(s.trips, 0, 2);
    const ab_refusal *asked = refusal_in(s.trips, 0, 3), *road = refusal_in(s.trips, 0, 6);
    const ab_refusal *place = refusal_in(s.trips, 0, 8);
    assert_int_equal(refused->reason, AB_REASON_NO_PERMISSION);
    assert_int_equal(refused->because.table, AB_TABLE_requests);
    assert_int_equal(refused->because.row, 0);
    assert_true(refused->from == 0 && refused->until == 2);
    small_near(refused->arrival.mean, 0.02 * 0.98);
    assert_int_equal(nobody->reason, AB_REASON_NO_PERMISSION);
    /* Nobody's leave then, but soon: the answer of the 5th. */
    assert_int_equal(nobody->because.table, AB_TABLE_requests);
    assert_int_equal(nobody->because.row, 1);
    assert_int_equal(asked->reason, AB_REASON_NO_ANSWER);
    assert_int_equal(asked->because.row, 1);
    assert_non_null(offer_in(s.trips, 0, 4));
    assert_int_equal(road->reason, AB_REASON_CLOSED);
    assert_int_equal(road->because.table, AB_TABLE_access);
    assert_int_equal(road->because.row, 0);
    assert_true(road->from == 6 && road->until == 7);
    assert_int_equal(place->reason, AB_REASON_CLOSED);
    assert_int_equal(place->because.row, 1);
    tear_down(&s);
}

/* Also where the strongest word is that it is open: what closes the road is named, and who denies it. */
static void of_a_contested_road_both_sides_are_named(void **state)
{
    (void)state;
    setting s = set_up(small_operation(
        ROAD TRUCK REPORTS "a1,road:r1,open,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,B,1\n"
                           "a2,road:r1,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,B,3\n"
                           "a3,road:r1,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,B,2\n"
                           "a4,road:r1,closed,2030-03-01T00:00Z,2030-04-01T00:00Z,2030-03-01T00:00Z,C,1\n"));
    const ab_refusal *refusal = refusal_in(s.trips, 0, 4);
    assert_int_equal(refusal->reason, AB_REASON_CLOSED);
    assert_int_equal(refusal->because.table, AB_TABLE_access);
    assert_int_equal(refusal->because.row, 2);
    assert_int_equal(refusal->denied_by.table, AB_TABLE_access);
    assert_int_equal(refusal->denied_by.row, 0);
    tear_down(&s);
}

static void a_departure_that_somebody_decided_on_is_offered_whatever_its_chance(void **state)
{
    (void)state;
    const char tables[] =
        BESIEGED ROAD TRUCK "[commitments]\nid,lock,state,date,vehicle,hub,place,trips\n"
                            "c1,fixed,approved,2030-03-04,truck,,town,2\n"
                            "c2,fixed,done,2030-03-06,truck,,town,2\n"
                            "c3,forbidden,approved,2030-03-07,truck,,town,2\n"
                            "c4,at least,failed,2030-03-08,truck,,town,2\n";
    setting s = set_up(small_operation(tables));
    assert_int_equal(s.trips->offer_count, 2);
    double pass = ab_access_place(s.access, 0, AB_MEANS_ROAD, 3)->pass.mean;
    assert_true(pass < s.op->settings->least_arrival_prob);
    small_near(offer_in(s.trips, 0, 3)->arrival.mean, pass * 0.98);
    assert_non_null(offer_in(s.trips, 0, 5)); /* it ran: it stays in the plan */
    tear_down(&s);
    /* The day is local: most of 4 March is in the period of the 3rd. */
    s = set_up(small_changed(tables, "[commitments]", SETTINGS "utc_offset_h,14\n[commitments]"));
    assert_int_equal(s.trips->offer_count, 2);
    assert_non_null(offer_in(s.trips, 0, 2));
    tear_down(&s);
}

/* That people may be hurt is a limit, and to go past it takes a name. */
static void who_goes_where_people_are_likely_to_be_hurt_goes_by_somebodys_signature(void **state)
{
    (void)state;
    const char tables[] =
        BESIEGED ROAD TRUCK "[operation]\nkey,value\nname,x\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\ngreatest_attack_prob,LIMIT\n"
                            "[requests]\nid,asked_at,place,reply,reply_at\nq1,2030-02-20T08:00Z,town,approved,2030-02-21T08:00Z\n"
                            "[commitments]\nid,lock,state,date,vehicle,hub,place,trips,decided_by\n"
                            "c1,at least,approved,2030-03-04,truck,,town,2,NAME\n";
    setting free_way = set_up(small_changed(tables, "LIMIT", "0.05"));
    assert_int_equal(offer_in(free_way.trips, 0, 2)->depart, 2);
    tear_down(&free_way);
    setting signed_for = set_up(small_changed(tables, "LIMIT", "0.001"));
    assert_int_equal(refusal_in(signed_for.trips, 0, 2)->reason, AB_REASON_ATTACK);
    assert_int_equal(offer_in(signed_for.trips, 0, 3)->depart, 3);
    tear_down(&signed_for);
    char nobody[sizeof tables];
    strcpy(nobody, tables);
    strcpy(strstr(nobody, "NAME"), "\n");
    setting unsigned_for = set_up(small_changed(nobody, "LIMIT", "0.001"));
    assert_int_equal(refusal_in(unsigned_for.trips, 0, 3)->reason, AB_REASON_ATTACK);
    tear_down(&unsigned_for);
}

static void goods_are_those_that_every_gate_lets_in(void **state)
{
    (void)state;
    const char tables[] = BESIEGED ROAD TRUCK
        "[commodities]\nid,category,kcal_per_kg\nflour,food,3500\nkit,medical,\n"
        "rice,food,3600\n[requests]\nid,asked_at,place,commodities,reply,reply_at\n"
        "q1,2030-02-20T08:00Z,town,food,approved,2030-02-21T08:00Z\n"
        "[access]\nid,subject,commodities,state,until,reported_at,reliability,"
        "credibility\n"
        "a1,road:r1,rice,restricted,2030-04-01T00:00Z,2030-02-01T00:00Z,A,1\n";
    setting s = set_up(small_operation(tables));
    assert_int_equal(s.trips->kind[0].commodities, 7);
    assert_int_equal(offer_in(s.trips, 0, 0)->commodities, 1);
    tear_down(&s);
    s = set_up(small_changed(tables, "town,food,", "town,rice,"));
    assert_int_equal(refusal_in(s.trips, 0, 0)->reason, AB_REASON_STRIPPED);
    assert_int_equal(refusal_in(s.trips, 0, 0)->because.table, AB_TABLE_access);
    assert_int_equal(refusal_in(s.trips, 0, 0)->because.row, 0);
    tear_down(&s);
}

static void a_pause_at_night_does_not_help_a_hub_that_works_by_day(void **state)
{
    (void)state;
    setting s = set_up(
        small_operation(BESIEGED ROAD TRUCK
                        "[hubs]\nid,lon_deg,lat_deg,opens,closes\nhub,36,34,06:00,20:00\n"
                        "[agreements]\nid,kind,subjects,from,until,daily_from,daily_until\n"
                        "g1,corridor,place:town,2030-03-01T00:00Z,2030-03-04T00:00Z,20:00,24:00\n"
                        "g2,corridor,place:town,2030-03-05T10:00Z,2030-03-06T00:00Z,,\n"));
    assert_null(offer_in(s.trips, 0, 1));
    assert_int_equal(refusal_in(s.trips, 0, 1)->reason, AB_REASON_CLOSED);
    assert_int_equal(refusal_in(s.trips, 0, 1)->because.table, AB_TABLE_agreements);
    small_near(offer_in(s.trips, 0, 4)->work_frac, 10.0 / 24);
    tear_down(&s);
}

static void hours_too_short_for_the_way_are_a_reason_of_their_own(void **state)
{
    (void)state;
    /* 46 km at 50 km/h: 55 minutes. */
    const char tables[] =
        BESIEGED ROAD TRUCK "[agreements]\nid,kind,subjects,from,daily_from,daily_until\n"
                            "g1,quota,place:town,2030-03-01T00:00Z,,\n"
                            "g2,corridor,place:town,2030-03-01T00:00Z,09:00,10:00\n";
    setting s = set_up(small_operation(tables));
    double way_s = s.trips->kind[0].out_s - 1.5 * 3600;
    assert_true(fabs(offer_in(s.trips, 0, 1)->work_frac - (3600 - way_s) / 86400) < 2e-5);
    tear_down(&s);
    s = set_up(small_changed(tables, "10:00", "09:50"));
    const ab_refusal *refusal = refusal_in(s.trips, 0, 1);
    assert_null(offer_in(s.trips, 0, 1));
    assert_int_equal(refusal->reason, AB_REASON_HOURS);
    assert_int_equal(refusal->because.table, AB_TABLE_agreements);
    assert_int_equal(refusal->because.row, 1);
    assert_true(refusal->from == 0 && refusal->until == 10);
    tear_down(&s);
}

static void a_truce_without_leave_lets_no_convoy_through_and_is_named(void **state)
{
    (void)state;
    const char tables[] =
        BESIEGED ROAD TRUCK "[agreements]\nid,kind,subjects,from,until\n"
                            "g1,ceasefire,place:town,2030-03-01T00:00Z,\n"
                            "g2,corridor,place:town,2030-03-04T00:00Z,2030-03-09T00:00Z\n";
    setting s = set_up(small_operation(tables));
    const ab_refusal *before = refusal_in(s.trips, 0, 0), *after = refusal_in(s.trips, 0, 9);
    assert_int_equal(before->reason, AB_REASON_NO_PERMISSION);
    assert_int_equal(before->because.row, 1);
    assert_int_equal(after->because.row, 1);
    assert_non_null(offer_in(s.trips, 0, 7));
    tear_down(&s);
    s = set_up(small_changed(tables, "g2,corridor", "g2,quota"));
    assert_int_equal(s.trips->offer_count, 0);
    assert_int_equal(refusal_in(s.trips, 0, 5)->reason, AB_REASON_NO_PERMISSION);
    assert_int_equal(refusal_in(s.trips, 0, 5)->because.table, AB_TABLE_agreements);
    assert_int_equal(refusal_in(s.trips, 0, 5)->because.row, 0);
    tear_down(&s);
}

static void a_trip_already_decided_on_does_not_wait_for_notice(void **state)
{
    (void)state;
    const char tables[] =
        BESIEGED ROAD TRUCK "[agreements]\nid,kind,subjects,from,notice_h\n"
                            "g1,corridor,place:town,2030-02-01T00:00Z,96\n"
                            "[commitments]\nid,lock,state,date,vehicle,hub,place,trips\n"
                            "c1,fixed,notified,2030-03-03,truck,,town,2\n";
    setting s = set_up(small_operation(tables));
    assert_null(offer_in(s.trips, 0, 1));
    assert_non_null(offer_in(s.trips, 0, 2));
    assert_null(offer_in(s.trips, 0, 3));
    assert_non_null(offer_in(s.trips, 0, 4));
    tear_down(&s);
}

/* ---- Transfers ---- */

/* Two hubs; trucks stand at the second, `field`, so that what comes there can go on. */
#define ONWARD                                                                                     \
    "[vehicles]\nid,mode,count,base,payload_t,speed_km_h\ntruck,road,5,field,10,50\n"              \
    "[hubs]\nid,lon_deg,lat_deg,opens,closes\nhub,36,34,,\nfield,37,34,,\n"
#define LINKS "[links]\nid,from_hub,to_hub,mode,distance_km,duration_h,crossload_h,mandate_until\n"

static void stock_moves_along_links_that_are_open(void **state)
{
    (void)state;
    setting s = set_up(small_operation(
        ONWARD LINKS
        "short,hub,field,road,,10,2,\nlong,hub,field,road,300,,16,\n"
        "[access]\nid,subject,state,from,until,reported_at,reliability,credibility\n"
        "a1,link:short,closed,2030-03-02T00:00Z,2030-03-03T00:00Z,2030-03-02T00:00Z,A,1\n"
        "a2,hub:field,closed,2030-03-05T00:00Z,2030-03-06T00:00Z,2030-03-02T00:00Z,D,1\n"));
    const ab_trips *trips = s.trips;
    /* `short` on eight of nine days, `long` (10 h at 30 km/h, 16 h more) on eight: the last ones
     * would come after the end. */
    assert_int_equal(trips->transfer_count, 16);
    assert_int_equal(trips->transfer[0].arrive, 1);
    small_near(trips->transfer[0].pass, 1);
    assert_int_equal(trips->transfer[1].depart, 2);
    small_near(trips->transfer[3].pass, 1 / (1 + (exp(1) - 1) * 10 / 20));
    assert_int_equal(trips->transfer[8].link, 1);
    assert_int_equal(trips->transfer[8].arrive, 2);
    small_near(trips->transfer[8].usd_per_kg, 300 * 0.1 / 1000);
    assert_int_equal(trips->transfer[15].depart, 7);
    tear_down(&s);
}

static void a_link_costs_what_its_row_says(void **state)
{
    (void)state;
    setting s = set_up(small_operation(ONWARD "[links]\nid,from_hub,to_hub,mode,distance_km,duration_h,usd_per_t\n"
                                              "said,hub,field,road,300,10,45\nfree,hub,field,road,300,10,0\n"
                                              "far,hub,field,road,300,10,\n"));
    for (int32_t i = 0; i < s.trips->transfer_count; i++) {
        const ab_transfer *transfer = &s.trips->transfer[i];
        small_near(transfer->usd_per_kg, transfer->link == 0 ? 0.045 : transfer->link == 1 ? 0 : 0.03);
    }
    assert_true(s.trips->transfer_count > 0);
    tear_down(&s);
}

static void goods_are_used_in_the_first_period_that_begins_when_they_are_there(void **state)
{
    (void)state;
    static const struct {
        const char *duration_h, *opens;
        int32_t arrive;
    } list[] = {{"0", "", 1},    {"0.5", "", 1},       {"23.9", "", 1},    {"24", "", 1},
                {"24.1", "", 2}, {"23.9", "06:00", 2}, {"18", "06:00", 1}, {"18.1", "06:00", 2}};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        char tables[1000], hub[60];
        snprintf(tables, sizeof tables, ONWARD LINKS "l,hub,field,road,,%s,0,\n",
                 list[i].duration_h);
        snprintf(hub, sizeof hub, "hub,36,34,%s,%s", list[i].opens,
                 list[i].opens[0] != '\0' ? "20:00" : "");
        setting s = set_up(small_changed(tables, "hub,36,34,,", hub));
        assert_int_equal(s.trips->transfer[0].depart, 0);
        assert_int_equal(s.trips->transfer[0].arrive, list[i].arrive);
        tear_down(&s);
    }
}

static void a_chain_of_links_takes_a_period_for_each(void **state)
{
    (void)state;
    setting s = set_up(small_operation(
        "[vehicles]\nid,mode,count,base,payload_t,speed_km_h\ntruck,road,5,field,10,50\n"
        "[hubs]\nid,lon_deg,lat_deg\nport,35,34\nhub,36,34\ncity,36.5,34\nfield,37,34\n" LINKS
        "l1,port,hub,road,,23.9,0,\nl2,hub,city,road,,23.9,0,\nl3,city,field,road,,23.9,0,\n"));
    int32_t at = 0, link = 0;
    for (int32_t i = 0; i < s.trips->transfer_count; i++) {
        const ab_transfer *transfer = &s.trips->transfer[i];
        if (transfer->link == link && transfer->depart == at) {
            at = transfer->arrive;
            link++;
        }
    }
    assert_int_equal(link, 3);
    assert_int_equal(at, 3);
    tear_down(&s);
}

static void a_mandate_must_last_until_the_goods_are_across(void **state)
{
    (void)state;
    const char tables[] = ONWARD LINKS "l,hub,field,road,,10,0,2030-03-04T10:00Z\n";
    setting s = set_up(small_operation(tables));
    assert_int_equal(s.trips->transfer_count, 4);
    tear_down(&s);
    s = set_up(small_changed(tables, "T10:00Z", "T09:59Z"));
    assert_int_equal(s.trips->transfer_count, 3);
    tear_down(&s);
}

static void nothing_is_moved_into_a_hub_from_which_nothing_goes_on(void **state)
{
    (void)state;
    /* dump and pit lead to one another only; city leads on to the field, whence trucks go. */
    setting s = set_up(small_operation(
        "[vehicles]\nid,mode,count,base,payload_t,speed_km_h\ntruck,road,5,field,10,50\n"
        "[hubs]\nid,lon_deg,lat_deg\nhub,36,34\ncity,36.5,34\nfield,37,34\ndump,38,34\npit,39,34\n" LINKS
        "l1,hub,city,road,,5,0,\nl2,city,field,road,,5,0,\nl3,hub,dump,road,,5,0,\n"
        "l4,dump,pit,road,,5,0,\nl5,pit,dump,road,,5,0,\nl6,pit,hub,road,,5,0,\n"));
    int32_t moves[6] = {0};
    for (int32_t i = 0; i < s.trips->transfer_count; i++) {
        moves[s.trips->transfer[i].link]++;
    }
    assert_true(moves[0] > 0 && moves[1] > 0 && moves[5] > 0);
    /* The pit leads back to the hub, so by this rule the dump is no dead end. */
    assert_true(moves[2] > 0 && moves[3] > 0 && moves[4] > 0);
    tear_down(&s);
    s = set_up(small_operation(
        "[vehicles]\nid,mode,count,base,payload_t,speed_km_h\ntruck,road,5,field,10,50\n"
        "[hubs]\nid,lon_deg,lat_deg\nhub,36,34\ncity,36.5,34\nfield,37,34\ndump,38,34\npit,39,34\n" LINKS
        "l1,hub,city,road,,5,0,\nl2,city,field,road,,5,0,\nl3,hub,dump,road,,5,0,\n"
        "l4,dump,pit,road,,5,0,\nl5,pit,dump,road,,5,0,\n"));
    for (int32_t i = 0; i < s.trips->transfer_count; i++) {
        assert_true(s.trips->transfer[i].link < 2);
    }
    assert_int_equal(s.trips->transfer_count, 18);
    tear_down(&s);
}

/* ---- All together ---- */

/* Property: each kind is offered or refused in each period, never both. */
static void check_complete(const setting *s)
{
    for (int32_t k = 0; k < s->trips->kind_count; k++) {
        for (int32_t t = 0; t < s->op->period_count; t++) {
            bool offered = offer_in(s->trips, k, t) != NULL;
            bool refused = refusal_in(s->trips, k, t) != NULL;
            assert_true(offered != refused);
        }
    }
    for (int32_t i = 0; i < s->trips->offer_count; i++) {
        const ab_offer *offer = &s->trips->offer[i];
        assert_true(offer->arrive >= offer->depart && offer->arrive < s->op->period_count);
        assert_true(offer->work_frac > 0 && offer->work_frac <= 1 && offer->commodities != 0);
        assert_true(offer->arrival.low <= offer->arrival.mean);
        assert_true(offer->arrival.mean <= offer->arrival.high && offer->arrival.high <= 1);
        assert_true(i == 0 || offer->kind > offer[-1].kind || offer->depart > offer[-1].depart);
    }
}

static void the_made_up_valley_is_reached_as_its_tables_say(void **state)
{
    (void)state;
    ab_operation *op = small_mini();
    if (op == NULL) {
        skip();
    }
    setting s = set_up(op);
    check_complete(&s);
    int32_t upper = small_row(op, AB_TABLE_places, "upper");
    int32_t ridge = small_row(op, AB_TABLE_places, "ridge");
    int32_t plain = small_row(op, AB_TABLE_places, "plain");
    int by_road_to_plain = 0, drops_on_plain = 0, flights_to_ridge = 0;
    for (int32_t i = 0; i < s.trips->offer_count; i++) {
        const ab_offer *offer = &s.trips->offer[i];
        const ab_trip_kind *kind = &s.trips->kind[offer->kind];
        by_road_to_plain += kind->place == plain && kind->means == AB_MEANS_ROAD;
        drops_on_plain += kind->place == plain && kind->means == AB_MEANS_AIRDROP;
        flights_to_ridge += kind->place == ridge && kind->means != AB_MEANS_ROAD;
        if (kind->place == upper && kind->means == AB_MEANS_ROAD) {
            assert_true(offer->depart >= 2 && offer->depart < 8);
            /* Ten hours agreed, less the way. */
            double way_s = kind->out_s - op->vehicles.at[kind->vehicle].turnround_s / 2;
            assert_true(fabs(offer->work_frac * 24 - (10 - way_s / 3600)) < 1e-3);
        }
        /* The Il-76 drops at 320 km/h: only sacks bear that. */
        assert_true(kind->means != AB_MEANS_AIRDROP ||
                    op->dropsystems.at[kind->dropsystem].kind == AB_DROP_FREE);
    }
    assert_int_equal(by_road_to_plain, 0);
    assert_int_equal(flights_to_ridge, 0);
    assert_true(drops_on_plain > 0);
    /* The approved convoy of 4 March can be sent. */
    bool committed = false;
    for (int32_t i = 0; i < s.trips->offer_count; i++) {
        const ab_trip_kind *kind = &s.trips->kind[s.trips->offer[i].kind];
        committed |= kind->place == upper && s.trips->offer[i].depart == 3;
    }
    assert_true(committed);
    tear_down(&s);
}

/* Property: asking for surer trips offers fewer. */
static void a_stricter_least_chance_never_offers_more(void **state)
{
    (void)state;
    const char tables[] = BESIEGED ROAD TRUCK
        "[agreements]\nid,kind,from,hold_prob_per_day\ng1,corridor,2030-03-01T00:00Z,0.8\n" SETTINGS
        "least_arrival_prob,0.%d\n";
    int32_t before = INT32_MAX;
    for (int tenths = 0; tenths < 10; tenths++) {
        char text[2000];
        snprintf(text, sizeof text, tables, tenths);
        setting s = set_up(small_operation(text));
        check_complete(&s);
        assert_true(s.trips->offer_count <= before);
        before = s.trips->offer_count;
        tear_down(&s);
    }
    assert_int_equal(before, 0);
}

/* ---- The past, and what is frozen ---- */

#define NOW "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nas_of,2030-03-04T00:00Z\n"

static void nothing_departs_before_now(void **state)
{
    (void)state;
    setting s = set_up(small_operation(NOW ROAD TRUCK));
    for (int32_t t = 0; t < 10; t++) {
        const ab_refusal *refusal = refusal_in(s.trips, 0, t);
        assert_true((offer_in(s.trips, 0, t) != NULL) == (t >= 3));
        assert_true(t >= 3 || refusal->reason == AB_REASON_FROZEN);
    }
    tear_down(&s);
}

/* A commitment of that day and place opens what is frozen; one without a day does not, nor one of another place. */
static void what_is_frozen_goes_only_where_a_commitment_names_it(void **state)
{
    (void)state;
    const char commitments[] = "[commitments]\nid,lock,date,place,trips\nc1,at most,2030-03-05,town,1\nc2,at least,,town,1\n";
    ab_buf tables = AB_BUF_INIT;
    ab__buf_printf(&tables, NOW ROAD TRUCK "%s", commitments);
    ab_operation *op = small_operation(ab__buf_text(&tables)), *frozen;
    ab__buf_free(&tables);
    assert_int_equal(ab_operation_freeze(op, NULL, 0, op->settings->start + 6 * 86400, &frozen, NULL), AB_OK);
    setting s = set_up(frozen);
    for (int32_t t = 3; t < 10; t++) {
        bool open = t == 4 || t >= 6;
        assert_true((offer_in(s.trips, 0, t) != NULL) == open);
        assert_true(open || refusal_in(s.trips, 0, t)->reason == AB_REASON_FROZEN);
    }
    tear_down(&s);
    ab_operation_free(op);
}

static void whichever_allocation_fails_it_is_said_and_nothing_is_left(void **state)
{
    (void)state;
    setting s = set_up(small_operation(DROPPED SYSTEMS ZONE ROAD AIRCRAFT
                                       "plane,air,1,hub,36,180,26,,,500,100,2,12,,320\n"
                                       "truck,road,3,hub,10,,,,,50,1,2,12,,\n"));
    ab_status status = AB_NO_MEMORY;
    for (int64_t nth = 1; status != AB_OK; nth++) {
        ab_trips *trips = NULL;
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(nth);
        status = ab_trips_make(s.op, s.access, s.routes, NULL, &trips, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && trips == NULL));
        assert_true(status == AB_OK || strlen(err.message) > 0);
        ab_trips_free(trips);
    }
    tear_down(&s);
}

/* ---- Doors ---- */

static bool if_open(const setting *s, int32_t kind, int32_t t, uint32_t doors, ab_offer *offer,
                    ab_refusal *refusal)
{
    return ab_trips_if_open(s->op, s->access, s->routes, NULL, &s->trips->kind[kind], t, doors, offer,
                            refusal);
}

#define SHUT                                                                                       \
    BESIEGED ROAD TRUCK                                                                            \
        "[requests]\nid,asked_at,place,reply,reply_at,valid_until\n"                               \
        "q1,2030-02-20T08:00Z,town,,,\n" REPORTS                                                   \
        "a1,road:r1,closed,2030-03-01T00:00Z,2030-03-05T00:00Z,2030-03-01T00:00Z,A,1\n"

static void with_no_door_open_a_departure_is_judged_as_in_the_list(void **state)
{
    (void)state;
    setting s = set_up(small_changed(SHUT, "town,,,", "town,approved,2030-02-21T08:00Z,"));
    int32_t offered = 0;
    for (int32_t t = 0; t < s.op->period_count; t++) {
        ab_offer offer;
        ab_refusal refusal;
        const ab_offer *listed = offer_in(s.trips, 0, t);
        assert_true(if_open(&s, 0, t, 0, &offer, &refusal) == (listed != NULL));
        if (listed != NULL) {
            offered++;
            small_near(offer.arrival.mean, listed->arrival.mean);
            assert_int_equal(offer.arrive, listed->arrive);
            assert_true(offer.commodities == listed->commodities);
        } else {
            assert_int_equal(refusal.reason, refusal_in(s.trips, 0, t)->reason);
        }
    }
    assert_true(offered > 0 && offered < s.op->period_count);
    tear_down(&s);
}

/* What a door would bring is what the rows would bring if they said so. */
static void an_open_door_is_as_good_as_the_row_that_opens_it(void **state)
{
    (void)state;
    setting shut = set_up(small_operation(SHUT));
    setting agreed = set_up(small_changed(SHUT, "town,,,", "town,approved,2030-02-21T08:00Z,"));
    ab_offer offer;
    ab_refusal refusal;
    const uint32_t both = AB_DOOR_PERMISSION | AB_DOOR_REPORTS;
    /* On the 8th the road is open again, and leave is all that is wanting. */
    assert_true(if_open(&shut, 0, 7, AB_DOOR_PERMISSION, &offer, &refusal));
    small_near(offer.arrival.mean, offer_in(agreed.trips, 0, 7)->arrival.mean);
    /* On the 2nd leave alone is not enough, and the report is named next; nor is the open road alone. */
    assert_false(if_open(&shut, 0, 1, AB_DOOR_PERMISSION, &offer, &refusal));
    assert_int_equal(refusal.reason, AB_REASON_CLOSED);
    assert_int_equal(refusal.because.table, AB_TABLE_access);
    assert_false(if_open(&shut, 0, 1, AB_DOOR_REPORTS, &offer, &refusal));
    assert_int_equal(refusal.reason, AB_REASON_NO_ANSWER);
    assert_true(if_open(&shut, 0, 1, both, &offer, &refusal));
    small_near(offer.arrival.mean, offer_in(agreed.trips, 0, 7)->arrival.mean);
    assert_true(if_open(&shut, 0, 1, AB_DOOR_LEAST, &offer, &refusal));
    /* A span tells the best of its days, and an answer comes the likelier the later. */
    assert_true(offer.arrival.mean > 0 && offer.arrival.mean <= refusal_in(shut.trips, 0, 1)->arrival.mean);
    tear_down(&shut);
    tear_down(&agreed);
}

static void goods_taken_off_pass_by_a_door_of_their_own(void **state)
{
    (void)state;
    setting s = set_up(small_operation(
        BESIEGED ROAD TRUCK "[commodities]\nid,category,kcal_per_kg\nflour,food,3500\nkit,medical,\n"
                            "[requests]\nid,asked_at,place,commodities,reply,reply_at\n"
                            "q1,2030-02-20T08:00Z,town,medical,approved,2030-02-21T08:00Z\n"));
    ab_offer offer;
    ab_refusal refusal;
    assert_int_equal(offer_in(s.trips, 0, 0)->commodities, 2);
    assert_true(if_open(&s, 0, 0, AB_DOOR_GOODS, &offer, &refusal));
    assert_int_equal(offer.commodities, 3);
    small_near(offer.arrival.mean, offer_in(s.trips, 0, 0)->arrival.mean);
    tear_down(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_truck_takes_as_long_as_it_or_the_road_is_slow),
        cmocka_unit_test(payload_falls_with_the_way_out_and_back),
        cmocka_unit_test(nobody_lands_on_a_runway_too_short),
        cmocka_unit_test(a_flight_fits_in_a_days_duty_or_is_not_made),
        cmocka_unit_test(a_helicopter_lands_anywhere_within_its_range),
        cmocka_unit_test(a_drop_takes_what_its_system_and_goods_allow),
        cmocka_unit_test(a_drop_that_was_worked_out_is_received_as_it_says_or_refused),
        cmocka_unit_test(without_a_zone_nothing_is_dropped),
        cmocka_unit_test(who_has_no_aircraft_hears_nothing_of_the_air),
        cmocka_unit_test(a_road_without_trucks_at_its_hub_lacks_a_vehicle_not_a_way),
        cmocka_unit_test(a_package_too_big_for_the_vehicle_is_not_carried),
        cmocka_unit_test(a_trip_arrives_in_the_period_that_its_duty_hours_reach),
        cmocka_unit_test(the_chance_is_the_product_of_all_gates_and_losses),
        cmocka_unit_test(the_reason_names_what_lowers_the_chance_most),
        cmocka_unit_test(of_a_contested_road_both_sides_are_named),
        cmocka_unit_test(a_departure_that_somebody_decided_on_is_offered_whatever_its_chance),
        cmocka_unit_test(who_goes_where_people_are_likely_to_be_hurt_goes_by_somebodys_signature),
        cmocka_unit_test(goods_are_those_that_every_gate_lets_in),
        cmocka_unit_test(a_pause_at_night_does_not_help_a_hub_that_works_by_day),
        cmocka_unit_test(hours_too_short_for_the_way_are_a_reason_of_their_own),
        cmocka_unit_test(a_truce_without_leave_lets_no_convoy_through_and_is_named),
        cmocka_unit_test(a_trip_already_decided_on_does_not_wait_for_notice),
        cmocka_unit_test(stock_moves_along_links_that_are_open),
        cmocka_unit_test(a_link_costs_what_its_row_says),
        cmocka_unit_test(goods_are_used_in_the_first_period_that_begins_when_they_are_there),
        cmocka_unit_test(a_chain_of_links_takes_a_period_for_each),
        cmocka_unit_test(a_mandate_must_last_until_the_goods_are_across),
        cmocka_unit_test(nothing_is_moved_into_a_hub_from_which_nothing_goes_on),
        cmocka_unit_test(the_made_up_valley_is_reached_as_its_tables_say),
        cmocka_unit_test(a_stricter_least_chance_never_offers_more),
        cmocka_unit_test(nothing_departs_before_now),
        cmocka_unit_test(what_is_frozen_goes_only_where_a_commitment_names_it),
        cmocka_unit_test(whichever_allocation_fails_it_is_said_and_nothing_is_left),
        cmocka_unit_test(with_no_door_open_a_departure_is_judged_as_in_the_list),
        cmocka_unit_test(an_open_door_is_as_good_as_the_row_that_opens_it),
        cmocka_unit_test(goods_taken_off_pass_by_a_door_of_their_own),
    };
    return cmocka_run_group_tests_name("trips/trips", tests, NULL, NULL);
}
