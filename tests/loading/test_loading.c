/* Loading lists of plans made by hand: lots add up, what may be taken off lies by the door, and says why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "airbridge/loading.h"
#include "base/arena.h"
#include "base/draw.h"
#include "support/small.h"

#define GOODS                                                                                      \
    "[commodities]\nid,category,kcal_per_kg,package_kg,package_m3,packages_per_pallet,drop,serves_people," \
    "serves_days\n"                                                                                \
    "rice,food,3600,50,0.065,,hv,,\nflour,food,3500,15,0.025,40,,,\noil,food,8850,20,0.025,,hv,,\n" \
    "kit,medical,,100,0.48,,,1000,90\n"
#define LORRIES                                                                                    \
    "[vehicles]\nid,mode,count,base,payload_t,payload_m3,pallets,speed_km_h,runway_needed_m,drop_speed_km_h\n" \
    "lorry,road,100,hub,7.7,30,,50,,\nplane,air,5,hub,21,180,26,600,,300\n"                        \
    "boxed,road,100,hub,7.7,30,8,50,,\n"
#define SIEGE "[places]\nid,lon_deg,lat_deg,population,cut_off_since\ntown,36.5,34,1000,2029-10-01\n"
#define REQUESTS "[requests]\nid,asked_at,place,commodities,reply,reply_at,conditions\n"
#define MOVEMENTS "[movements]\nid,date,place,commodity,loaded_t,removed_t,offloaded_t\n"

enum { RICE, FLOUR, OIL, KIT, COMMODITIES };

/* An operation with a plan made by hand. */
typedef struct world {
    ab_operation *op;
    ab_access *access;
    ab_routes *routes;
    ab_trips *trips;
    ab_chosen chosen[8];
    ab_load load[32];
    ab_plan plan;
    ab_loading *loading;
} world;

static world *world_of(const char *tables)
{
    char text[6000];
    ab_error err = AB_ERROR_INIT;
    world *w = calloc(1, sizeof *w);
    snprintf(text, sizeof text, GOODS LORRIES "%s", tables);
    w->op = small_operation(text);
    assert_int_equal(ab_access_make(w->op, &w->access, &err), AB_OK);
    assert_int_equal(ab_routes_make(w->op, &w->routes, &err), AB_OK);
    assert_int_equal(ab_trips_make(w->op, w->access, w->routes, NULL, &w->trips, &err), AB_OK);
    w->plan.chosen = w->chosen;
    w->plan.load = w->load;
    return w;
}

static void world_free(world *w)
{
    ab_loading_free(w->loading);
    ab_trips_free(w->trips);
    ab_routes_free(w->routes);
    ab_access_free(w->access);
    ab_operation_free(w->op);
    free(w);
}

/* Chooses `vehicles` of a class on its first offer. */
static void choose(world *w, const char *vehicle, int32_t vehicles)
{
    int32_t row = small_row(w->op, AB_TABLE_vehicles, vehicle);
    int32_t o = 0;
    while (o < w->trips->offer_count && w->trips->kind[w->trips->offer[o].kind].vehicle != row)
        o++;
    assert_true(o < w->trips->offer_count);
    w->chosen[w->plan.chosen_count++] = (ab_chosen){.offer = o, .transfer = -1, .vehicles = vehicles,
                                                    .first_load = w->plan.load_count};
}

static void carry(world *w, const char *commodity, double mass_kg)
{
    w->load[w->plan.load_count++] = (ab_load){small_row(w->op, AB_TABLE_commodities, commodity), mass_kg};
    w->chosen[w->plan.chosen_count - 1].load_count++;
}

static const ab_loading *made(world *w)
{
    ab_error err = AB_ERROR_INIT;
    assert_int_equal(ab_loading_make(w->op, w->access, w->routes, w->trips, &w->plan, &w->loading, &err),
                     AB_OK);
    return w->loading;
}

static double times(const ab_manifest *m)
{
    return (m->vehicles > 0 ? m->vehicles : 1) * (double)(m->containers > 0 ? m->containers : 1);
}

/* Lots of a commodity on a chosen trip, in kilograms; `stays`: those that no vehicle has. */
static double lots_kg(const world *w, int32_t chosen, int32_t commodity, bool stays)
{
    double kg = 0;
    for (int32_t i = 0; i < w->loading->manifest_count; i++) {
        const ab_manifest *m = &w->loading->manifest[i];
        if (m->chosen != chosen || (m->vehicles == 0) != stays)
            continue;
        for (int32_t l = m->first_lot; l < m->first_lot + m->lot_count; l++)
            kg += w->loading->lot[l].commodity == commodity ? times(m) * w->loading->lot[l].mass_kg : 0;
    }
    return kg;
}

static const ab_lot_risk *risk_of(const world *w, const char *commodity)
{
    int32_t c = small_row(w->op, AB_TABLE_commodities, commodity);
    for (int32_t l = 0; l < w->loading->lot_count; l++)
        if (w->loading->lot[l].commodity == c)
            return &w->loading->risk[w->loading->lot[l].risk];
    fail_msg("no lot of %s", commodity);
    return NULL;
}

/* ---- What must be true of any loading ---- */

static void prove_sums(const world *w)
{
    for (int32_t i = 0; i < w->plan.chosen_count; i++)
        for (int32_t c = 0; c < w->op->commodities.count; c++) {
            double loaded_kg = 0;
            for (int32_t l = 0; l < w->chosen[i].load_count; l++) {
                const ab_load *load = &w->load[w->chosen[i].first_load + l];
                loaded_kg += load->commodity == c ? load->mass_kg : 0;
            }
            assert_true(fabs(lots_kg(w, i, c, false) + lots_kg(w, i, c, true) - loaded_kg) < 1e-6);
        }
}

static void prove_order(const world *w, const ab_manifest *m)
{
    for (int32_t l = m->first_lot + 1; l < m->first_lot + m->lot_count; l++) {
        const ab_lot *before = &w->loading->lot[l - 1], *after = &w->loading->lot[l];
        const ab_lot_risk *x = &w->loading->risk[before->risk], *y = &w->loading->risk[after->risk];
        assert_true(y->likely || !x->likely);
        if (x->likely && y->likely)
            assert_true(x->share.mean <= y->share.mean);
        if (!x->likely && !y->likely)
            assert_true(w->op->commodities.at[before->commodity].package_kg >=
                        w->op->commodities.at[after->commodity].package_kg);
    }
}

static void prove_rooms(const world *w, const ab_manifest *m)
{
    const ab_trip_kind *kind = &w->trips->kind[w->trips->offer[w->chosen[m->chosen].offer].kind];
    int64_t positions = w->op->vehicles.at[kind->vehicle].pallets;
    double kg = 0, m3 = 0, pallets = 0;
    for (int32_t l = m->first_lot; l < m->first_lot + m->lot_count; l++) {
        kg += w->loading->lot[l].mass_kg;
        m3 += w->loading->lot[l].volume_m3;
        pallets += w->loading->lot[l].pallets;
        assert_true(w->loading->lot[l].packages > 0);
    }
    assert_true(kg <= kind->payload_kg + 1e-5 && m3 <= kind->payload_m3 + 1e-5);
    assert_true(positions < 1 || pallets <= (double)positions + 1e-5);
}

/* Vehicles are numbered 1, 2, 3, … in a trip, none twice. */
static void prove_numbers(const world *w)
{
    int32_t next[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    for (int32_t i = 0; i < w->loading->manifest_count; i++) {
        const ab_manifest *m = &w->loading->manifest[i];
        if (m->vehicles == 0 || m->first_container > 1)
            continue;
        assert_true(m->first_vehicle >= next[m->chosen]);
        next[m->chosen] = m->first_vehicle + m->vehicles;
        assert_true(next[m->chosen] - 1 <= w->chosen[m->chosen].vehicles);
    }
}

static void prove(const world *w)
{
    prove_sums(w);
    prove_numbers(w);
    for (int32_t i = 0; i < w->loading->manifest_count; i++) {
        prove_order(w, &w->loading->manifest[i]);
        if (w->loading->manifest[i].vehicles > 0)
            prove_rooms(w, &w->loading->manifest[i]);
    }
}

static void random_loads(world *w, uint64_t *seed)
{
    static const char *const ids[] = {"rice", "flour", "oil", "kit"};
    for (int i = 0; i < 8; i++) {
        int32_t vehicles = 1 + (int32_t)(draw_bits(seed) % 30);
        choose(w, draw_bits(seed) % 2 ? "lorry" : "boxed", vehicles);
        double rest_kg = 7700.0 * vehicles, m3 = 30.0 * vehicles;
        for (int c = 0; c < COMMODITIES; c++) {
            const ab_commodity *goods = &w->op->commodities.at[c];
            double most = fmin(rest_kg / goods->package_kg, m3 / goods->package_m3);
            double packages = floor(most * draw_between(seed, 0, 1));
            if (packages < 1)
                continue;
            carry(w, ids[c], packages * goods->package_kg);
            rest_kg -= packages * goods->package_kg;
            m3 -= packages * goods->package_m3;
        }
    }
}

static void lots_add_up_and_fit(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        uint64_t s = seed;
        world *w = world_of("");
        random_loads(w, &s);
        made(w);
        prove(w);
        world_free(w);
    }
}

/* ---- The order of rows changes nothing ---- */

static void write_lists(const world *w, char *out, size_t cap)
{
    size_t used = 0;
    for (int32_t i = 0; i < w->loading->manifest_count; i++) {
        const ab_manifest *m = &w->loading->manifest[i];
        used += (size_t)snprintf(out + used, cap - used, "%d+%d:", m->first_vehicle, m->vehicles);
        for (int32_t l = m->first_lot; l < m->first_lot + m->lot_count; l++)
            used += (size_t)snprintf(out + used, cap - used, " %.6f %s",
                                     w->loading->lot[l].packages,
                                     w->op->commodities.at[w->loading->lot[l].commodity].id);
        assert_true(used < cap);
    }
}

static void the_order_of_rows_changes_nothing(void **state)
{
    (void)state;
    static const char *const orders[2][4] = {{"rice", "flour", "oil", "kit"}, {"kit", "oil", "flour", "rice"}};
    static const double kg[2][4] = {{60000, 7005, 9000, 1300}, {1300, 9000, 7005, 60000}};
    char text[2][8000];
    for (int k = 0; k < 2; k++) {
        world *w = world_of("");
        choose(w, "lorry", 11);
        for (int i = 0; i < 4; i++)
            carry(w, orders[k][i], kg[k][i]);
        made(w);
        prove(w);
        write_lists(w, text[k], sizeof text[k]);
        world_free(w);
    }
    assert_string_equal(text[0], text[1]);
}

/* ---- What stays, and parts of packages ---- */

/* A lorry of 7.7 t takes 513 sacks of 15 kg and no more: of 1,540 one stays. */
static void what_no_vehicle_has_room_for_is_told(void **state)
{
    (void)state;
    world *w = world_of("");
    choose(w, "lorry", 3);
    carry(w, "flour", 1540 * 15);
    made(w);
    prove(w);
    small_near(lots_kg(w, 0, FLOUR, true), 15);
    small_near(w->loading->left_kg, 15);
    world_free(w);
}

/* Three lorries are promised, for two kits: the third has no list, and the last number. */
static void vehicles_that_go_empty_have_the_last_numbers(void **state)
{
    (void)state;
    world *w = world_of(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,approved,2030-01-02T00:00Z,\n");
    choose(w, "lorry", 3);
    carry(w, "kit", 200);
    made(w);
    prove(w);
    assert_int_equal(w->loading->manifest_count, 1);
    assert_int_equal(w->loading->manifest[0].first_vehicle, 1);
    assert_int_equal(w->loading->manifest[0].vehicles, 2);
    world_free(w);
}

/* A commitment to the kilogram ends within a sack. */
static void a_part_of_a_package_is_in_a_lot_too(void **state)
{
    (void)state;
    world *w = world_of("");
    choose(w, "lorry", 2);
    carry(w, "rice", 1010);
    made(w);
    prove(w);
    double packages = 0;
    for (int32_t i = 0; i < w->loading->manifest_count; i++)
        for (int32_t l = 0; l < w->loading->manifest[i].lot_count; l++)
            packages += times(&w->loading->manifest[i]) *
                        w->loading->lot[w->loading->manifest[i].first_lot + l].packages;
    small_near(packages, 20.2);
    world_free(w);
}

/* Eight positions of forty sacks; the rest of the flour has no position. */
static void pallets_are_a_limit(void **state)
{
    (void)state;
    world *w = world_of("");
    choose(w, "boxed", 1);
    carry(w, "flour", 15 * 330);
    made(w);
    prove(w);
    small_near(lots_kg(w, 0, FLOUR, true), 15 * 10);
    world_free(w);
}

/* ---- Why it may be taken off ---- */

static const ab_lot_risk *ask(world **out, const char *tables, const char *commodity)
{
    world *w = *out = world_of(tables);
    choose(w, "lorry", 2);
    carry(w, "rice", 5000);
    carry(w, commodity, 400);
    made(w);
    prove(w);
    return risk_of(w, commodity);
}

static void check_risk(const char *tables, const char *commodity, ab_lot_basis basis, double mean, bool likely,
                       int32_t because)
{
    world *w;
    const ab_lot_risk *risk = ask(&w, tables, commodity);
    assert_int_equal(risk->basis, basis);
    assert_int_equal(risk->likely, likely);
    assert_int_equal(risk->because.count, because);
    if (isnan(mean)) {
        assert_true(isnan(risk->share.mean));
    } else {
        small_near(risk->share.mean, mean);
        assert_true(risk->share.low <= mean && mean <= risk->share.high);
        assert_true(risk->share.low >= 0 && risk->share.high <= 1);
    }
    world_free(w);
}

static void medical_goods_are_likely_by_default_and_food_is_not(void **state)
{
    (void)state;
    static const char leave[] = SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,approved,2030-01-02T00:00Z,\n";
    check_risk(leave, "kit", AB_LOT_DEFAULT, 0.34, true, 0);
    check_risk(leave, "oil", AB_LOT_DEFAULT, 1.0 / 38, false, 0);
}

static void nobody_opens_a_load_to_a_place_that_is_not_cut_off(void **state)
{
    (void)state;
    check_risk("", "kit", AB_LOT_NO_GATE, NAN, false, 0);
}

/* Beta(1.7 + 0.7, 3.3 + 0.3 + 1): 70 % of one convoy's kits taken off, none of another's. */
static void the_record_of_the_place_counts(void **state)
{
    (void)state;
    check_risk(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,approved,2030-01-02T00:00Z,\n" MOVEMENTS
                              "m1,2030-02-01,town,kit,10,7,3\nm2,2030-02-08,town,kit,5,,5\n"
                              "m3,2030-02-09,town,kit,5,,\nm4,2030-02-09,town,,5,5,\n",
               "kit", AB_LOT_RECORD, 2.4 / 7, true, 1);
}

/* Four convoys had nothing taken off: the default gives way. Beta(1.7, 7.3). */
static void what_passes_again_and_again_is_no_longer_likely_to_be_taken_off(void **state)
{
    (void)state;
    check_risk(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,approved,2030-01-02T00:00Z,\n" MOVEMENTS
                              "m1,2030-02-01,town,kit,10,0,10\nm2,2030-02-08,town,kit,5,0,5\n"
                              "m3,2030-02-09,town,kit,5,0,5\nm4,2030-02-10,town,kit,5,,5\n",
               "kit", AB_LOT_RECORD, 1.7 / 9, false, 0);
}

static void conditions_that_name_it_say_so(void **state)
{
    (void)state;
    check_risk(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,conditional,2030-01-02T00:00Z,no oil this time\n",
               "oil", AB_LOT_DEFAULT, 0.5, true, 1);
    check_risk(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,conditional,2030-01-02T00:00Z,sans médicaments\n",
               "kit", AB_LOT_DEFAULT, 0.5, true, 1);
    /* "oil" is not in "soiled". */
    check_risk(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,conditional,2030-01-02T00:00Z,no soiled sacks\n",
               "oil", AB_LOT_DEFAULT, 1.0 / 38, false, 0);
    /* On no condition that is told, what was asked for by name. */
    check_risk(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,rice; oil,conditional,2030-01-02T00:00Z,\n", "oil",
               AB_LOT_DEFAULT, 0.5, true, 1);
}

static void who_is_not_on_the_list_says_so(void **state)
{
    (void)state;
#define CORRIDOR "[agreements]\nid,kind,subjects,mode,commodities,from,until\nfood_only,corridor,place:town,road,rice,2029-01-01T00:00Z,\n"
    check_risk(SIEGE CORRIDOR REQUESTS "q,2030-01-01T00:00Z,town,,approved,2030-01-02T00:00Z,\n", "oil",
               AB_LOT_DEFAULT, 0.5, true, 1);
    /* Another leave has it on its list. */
    check_risk(SIEGE CORRIDOR REQUESTS "q,2030-01-01T00:00Z,town,oil,approved,2030-01-02T00:00Z,\n"
                                       "r,2030-01-01T00:00Z,town,,approved,2030-01-02T00:00Z,\n",
               "oil", AB_LOT_DEFAULT, 1.0 / 38, false, 0);
}

/* Too weak to bar it, strong enough to load it by the door. */
static void a_weak_report_of_a_restriction_says_so(void **state)
{
    (void)state;
    check_risk(SIEGE REQUESTS
               "q,2030-01-01T00:00Z,town,,approved,2030-01-02T00:00Z,\n"
               "[access]\nid,subject,commodities,state,reported_at,reliability,credibility\n"
               "a,place:town,oil,restricted,2030-02-28T00:00Z,C,5\n",
               "oil", AB_LOT_DEFAULT, 0.5, true, 1);
}

/* ---- Drops ---- */

#define ZONE "[dropzones]\nid,place,wkt\nzone,town,\"POLYGON((36.4 33.9,36.6 33.9,36.6 34.1,36.4 34.1,36.4 33.9))\"\n"
#define SYSTEM "[dropsystems]\nid,kind,load_min_kg,load_max_kg\nhv,hv,300,1000\n"

static void check_containers(const world *w, double most_kg)
{
    int32_t containers = 0;
    for (int32_t i = 0; i < w->loading->manifest_count; i++) {
        const ab_manifest *m = &w->loading->manifest[i];
        double kg = 0;
        if (m->vehicles == 0)
            continue;
        assert_int_equal(m->first_container, m->first_container == 1 ? 1 : containers + 1);
        containers = m->first_container + m->containers - 1;
        assert_true(containers <= 26);
        for (int32_t l = m->first_lot; l < m->first_lot + m->lot_count; l++) {
            kg += w->loading->lot[l].mass_kg;
            assert_int_equal(w->loading->risk[w->loading->lot[l].risk].basis, AB_LOT_NO_GATE);
        }
        assert_true(kg >= 300 && kg <= most_kg);
    }
}

/* 21 t are 26 containers of 807 kg: sixteen sacks each, and four sacks more for which some weigh 850. */
static void a_full_aircraft_is_packed_into_containers(void **state)
{
    (void)state;
    world *w = world_of(ZONE SYSTEM);
    choose(w, "plane", 3);
    carry(w, "rice", 3 * 21000);
    made(w);
    prove_sums(w);
    small_near(w->loading->left_kg, 0);
    check_containers(w, 1000);
    world_free(w);
}

/* 900 kg in a container each of 807: two, and not of 300 kg three. */
static void a_light_load_takes_no_more_containers_than_it_needs(void **state)
{
    (void)state;
    world *w = world_of(ZONE SYSTEM);
    choose(w, "plane", 1);
    carry(w, "rice", 600);
    carry(w, "oil", 300);
    made(w);
    prove_sums(w);
    check_containers(w, 808);
    int32_t containers = 0;
    for (int32_t i = 0; i < w->loading->manifest_count; i++)
        containers += w->loading->manifest[i].containers;
    assert_int_equal(containers, 2);
    world_free(w);
}

/* ---- Want of memory ---- */

static void want_of_memory_is_told(void **state)
{
    (void)state;
    world *w = world_of(SIEGE REQUESTS "q,2030-01-01T00:00Z,town,,conditional,2030-01-02T00:00Z,oil\n");
    ab_status status = AB_NO_MEMORY;
    choose(w, "lorry", 3);
    carry(w, "rice", 20000);
    carry(w, "kit", 300);
    for (int64_t n = 1; status == AB_NO_MEMORY; n++) {
        ab_error err = AB_ERROR_INIT;
        ab__fail_allocation(n);
        status = ab_loading_make(w->op, w->access, w->routes, w->trips, &w->plan, &w->loading, &err);
        ab__fail_allocation(0);
        assert_true((status == AB_OK) == (w->loading != NULL));
        assert_true(n < 1000);
    }
    assert_int_equal(status, AB_OK);
    world_free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lots_add_up_and_fit),
        cmocka_unit_test(the_order_of_rows_changes_nothing),
        cmocka_unit_test(what_no_vehicle_has_room_for_is_told),
        cmocka_unit_test(vehicles_that_go_empty_have_the_last_numbers),
        cmocka_unit_test(a_part_of_a_package_is_in_a_lot_too),
        cmocka_unit_test(pallets_are_a_limit),
        cmocka_unit_test(medical_goods_are_likely_by_default_and_food_is_not),
        cmocka_unit_test(nobody_opens_a_load_to_a_place_that_is_not_cut_off),
        cmocka_unit_test(the_record_of_the_place_counts),
        cmocka_unit_test(what_passes_again_and_again_is_no_longer_likely_to_be_taken_off),
        cmocka_unit_test(conditions_that_name_it_say_so),
        cmocka_unit_test(who_is_not_on_the_list_says_so),
        cmocka_unit_test(a_weak_report_of_a_restriction_says_so),
        cmocka_unit_test(a_full_aircraft_is_packed_into_containers),
        cmocka_unit_test(a_light_load_takes_no_more_containers_than_it_needs),
        cmocka_unit_test(want_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
