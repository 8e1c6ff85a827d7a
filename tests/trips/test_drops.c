#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "support/small.h"
#include "trips/build.h"

typedef struct loading {
    double payload_kg;
    int64_t pallets; /* -1: none */
    ab_drop kind;
    double load_min_kg, load_max_kg;
    double loads, load_kg; /* expected; 0 loads: refused */
    const char *because;
} loading;

static const loading loadings[] = {
    {36000, 26, AB_DROP_HV, 300, 1000, 26, 1000, "positions bind: 26 full containers"},
    {18000, 26, AB_DROP_HV, 300, 1000, 26, 18000.0 / 26, "payload binds: 26 lighter ones"},
    {5000, 26, AB_DROP_HV, 300, 1000, 16, 312.5, "26 would be too light: 16 of 300 kg or more"},
    {250, 26, AB_DROP_HV, 300, 1000, 0, 0, "not one container can be lifted"},
    {36000, -1, AB_DROP_HV, 300, 1000, 36, 1000, "no positions known: by weight"},
    {36000, 26, AB_DROP_FREE, 40, 55, 654, 55, "sacks need no position"},
    {800, 6, AB_DROP_LV, 0, 1000, 6, 800.0 / 6, "no lightest load"},
};

static void an_aircraft_takes_as_much_as_positions_payload_and_system_allow(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof loadings / sizeof *loadings; i++) {
        const loading *l = &loadings[i];
        ab_vehicle vehicle = {.pallets = l->pallets, .drop_speed_mps = 80};
        ab_dropsystem system = {.kind = (int32_t)l->kind,
                                .load_min_kg = l->load_min_kg,
                                .load_max_kg = l->load_max_kg,
                                .airspeed_max_mps = NAN};
        double loads, load_kg;
        bool fits = ab__drop_loads(&vehicle, &system, l->payload_kg, &loads, &load_kg);
        if (fits != (l->loads > 0) || (fits && (loads != l->loads || load_kg != l->load_kg))) {
            fail_msg("%s: found %g of %g kg", l->because, loads, load_kg);
        }
        assert_true(!fits || loads * load_kg <= l->payload_kg * (1 + 1e-12));
    }
}

static void a_system_is_not_dropped_faster_than_it_bears(void **state)
{
    (void)state;
    ab_vehicle vehicle = {.pallets = 26, .drop_speed_mps = 320 / 3.6};
    ab_dropsystem system = {.load_max_kg = 1000, .airspeed_max_mps = 280 / 3.6};
    double loads, load_kg;
    assert_false(ab__drop_loads(&vehicle, &system, 36000, &loads, &load_kg));
    system.airspeed_max_mps = 320 / 3.6;
    assert_true(ab__drop_loads(&vehicle, &system, 36000, &loads, &load_kg));
}

static ab_chance received(const ab_dropsystem *system, const ab_dropzone *zone)
{
    ab__drop_record record = ab__drop_record_of(NULL, system);
    return ab__drop_received(&record, zone);
}

static void canopies_fail_as_their_record_and_the_trades_say(void **state)
{
    (void)state;
    ab_dropzone zone = {.recovered_frac = 0.9};
    ab_dropsystem unknown = {.drops_observed = -1, .failures_observed = -1};
    ab_chance chance = received(&unknown, &zone);
    small_near(chance.mean, 0.97 * 0.9);
    assert_true(chance.low < 0.92 * 0.9 && chance.high > 0.995 * 0.9);
    /* 24 February 2016 over Deir ez-Zor: 4 of 21. */
    ab_dropsystem first_use = {.drops_observed = 21, .failures_observed = 4};
    chance = received(&first_use, &zone);
    small_near(chance.mean, (1 - 4.9 / 51) * 0.9);
    /* A long record speaks for itself. */
    ab_dropsystem proven = {.drops_observed = 100000, .failures_observed = 0};
    chance = received(&proven, &zone);
    assert_true(chance.low > 0.9999 * 0.9 && chance.mean <= chance.high);
}

#define MOVED(now)                                                                                                  \
    "[operation]\nkey,value\nname,small\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\n" now                       \
    "[dropsystems]\nid,kind,load_max_kg,drops_observed,failures_observed\nhv,hv,1000,26,2\nlv,lv,1000,,\n"             \
    "[movements]\nid,date,place,dropsystem,canopies_dropped,canopies_failed\n"                                          \
    "before,2030-02-20,town,hv,20,4\nunseen,2030-02-20,town,hv,,\nother,2030-02-20,town,lv,21,4\n"                       \
    "third,2030-03-03,town,hv,26,1\nsixth,2030-03-06,town,hv,10,10\n"

/* What is past when it is said to be now adds to the row; nobody counts what is still to come. */
static void movements_add_to_the_record(void **state)
{
    static const struct {
        const char *tables;
        double dropped, failed, moved;
    } cases[] = {{MOVED(""), 46, 6, 20},
                 {MOVED("as_of,2030-03-05T00:00Z\n"), 72, 7, 46},
                 {MOVED("as_of,2030-02-20T00:00Z\n"), 46, 6, 20},
                 {MOVED("as_of,2030-02-19T00:00Z\n"), 26, 2, 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ab_operation *op = small_operation(cases[i].tables);
        ab__drop_record r = ab__drop_record_of(op, &op->dropsystems.at[0]), lv = ab__drop_record_of(op, &op->dropsystems.at[1]);
        if (r.dropped != cases[i].dropped || r.failed != cases[i].failed || r.moved != cases[i].moved)
            fail_msg("case %zu: %g failed of %g, %g by movements", i, r.failed, r.dropped, r.moved);
        small_near(r.alpha, 0.9 + r.failed);
        small_near(r.alpha + r.beta, 30 + r.dropped);
        assert_true(lv.moved == (i < 3 ? 21 : 0));
        ab_operation_free(op);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_aircraft_takes_as_much_as_positions_payload_and_system_allow),
        cmocka_unit_test(a_system_is_not_dropped_faster_than_it_bears),
        cmocka_unit_test(canopies_fail_as_their_record_and_the_trades_say),
        cmocka_unit_test(movements_add_to_the_record),
    };
    return cmocka_run_group_tests_name("trips/drops", tests, NULL, NULL);
}
