/* Rules against figures worked by hand, and those of which the examples have too little: hunger, storage, convoys, fuel, and
 * what moved before now. */
#include "verify/draft.h"

/* Nobody can send anything: the truck goes for nothing less than certainty. */
#define NOTHING_SENT                                                                                                  \
    "[operation]\nkey,value\nname,hand\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nleast_arrival_prob,1\n"

static void plan_text(planned *p, draft *d, const char *text)
{
    *p = (planned){.name = "by hand", .read = small_operation(text)};
    plan_it(p, NULL);
    make_draft(d, p, 1);
}

static void end(planned *p, draft *d)
{
    free_draft(d);
    free_planned(p);
}

static void set_figure(draft *d, const char *key, double value)
{
    for (int32_t i = 0; i < COUNT(d, summary); i++) {
        if (strcmp(ROWS(d, summary, figure)[i].key, key) == 0) {
            ROWS(d, summary, figure)[i].value = value;
            return;
        }
    }
    ROWS(d, summary, figure)[COUNT(d, summary)++] = (ab_figure){.key = key, .value = value, .unit = "", .meaning = ""};
}

static int64_t broken(draft *d, const char *rule)
{
    ab_proof *proof = prove_draft(d);
    int64_t count = account_of(proof, rule)->broken;

    if (count)
        print_violations(proof);
    ab_proof_free(proof);
    return count;
}

static void set_hunger(draft *d, double hunger, double floor, double objective)
{
    set_figure(d, "hunger", hunger);
    set_figure(d, "floor_shortfall", floor);
    set_figure(d, "objective", objective);
    set_figure(d, "objective_if_nothing", objective);
}

/* A thousand people without food for ten days owe 1 to 10 ration-days at the ends of the days: at slope 1 up to 7 and 2
 * above that is 28 + 9 + 11 + 13 = 61 each. Of protein each misses 10 + 9 + ... + 1 = 55 days that are felt to the end, at
 * 0.1. They stay 2.5 rations under the floor, which weighs 10 x 4 x 10. */
static void hunger_by_hand(void **state)
{
    planned p;
    draft d;

    (void)state;
    plan_text(&p, &d, NOTHING_SENT "[commodities]\nid,category,kcal_per_kg,protein_g_per_kg\nflour,food,3500,100\n");
    set_hunger(&d, 61000 + 5500, 2500, 66500 + 400.0 * 2500);
    assert_int_equal(broken(&d, "objective"), 0);
    set_hunger(&d, 61000 + 5500, 2500, 66500);
    assert_int_equal(broken(&d, "objective"), 2);
    set_hunger(&d, 61000, 2500, 66500 + 400.0 * 2500);
    assert_int_equal(broken(&d, "objective"), 1);
    end(&p, &d);
}

/* Food and protein for five days lie there, then none: debts of 1 to 5, and protein is missed 5 + 4 + 3 + 2 + 1 days. */
static void stock_feeds_by_hand(void **state)
{
    planned p;
    draft d;

    (void)state;
    plan_text(&p, &d,
              NOTHING_SENT "[commodities]\nid,category,kcal_per_kg,protein_g_per_kg\nflour,food,3500,100\n"
                           "[places]\nid,lon_deg,lat_deg,population,stock_days\ntown,36.5,34,1000,5\n");
    set_hunger(&d, 15000 + 1500, 0, 16500);
    assert_int_equal(broken(&d, "objective"), 0);
    set_hunger(&d, 15000 + 1400, 0, 16400);
    assert_true(broken(&d, "objective") > 0);
    end(&p, &d);
}

/* A tenth of a debt is forgotten a day: 1, 1.9, 2.71, ... */
static void debt_is_forgotten_by_hand(void **state)
{
    planned p;
    draft d;
    double debt = 0, debts = 0;

    (void)state;
    plan_text(&p, &d, NOTHING_SENT "debt_kept_frac,0.9\n");
    for (int32_t t = 0; t < 10; t++) {
        debt = 0.9 * debt + 1;
        debts += debt;
        ROWS(&d, stock_days, stock_day)[t].debt_ration_days = ROWS(&d, stock_days, stock_day)[t].debt_if_nothing = debt;
    }
    assert_int_equal(broken(&d, "standing"), 0);
    set_figure(&d, "deficit_kcal_days_per_person", 2100 * debts);
    set_figure(&d, "deficit_if_nothing_kcal_days_per_person", 2100 * debts);
    set_figure(&d, "debt_end_ration_days", debt);
    set_figure(&d, "debt_end_if_nothing_ration_days", debt);
    set_figure(&d, "debt_end_worst_place_ration_days", debt);
    set_figure(&d, "person_days_fed_if_nothing", 0);
    assert_int_equal(broken(&d, "figures"), 0);
    ROWS(&d, stock_days, stock_day)[9].debt_ration_days = 10;
    assert_int_equal(broken(&d, "standing"), 1);
    end(&p, &d);
}

/* Nine tonnes left the hub on the second day and eight were received; now is the third. */
#define MOVED                                                                                                        \
    "[movements]\nid,date,hub,place,vehicle,commodity,loaded_t,offloaded_t,returned_t,lost_t\n"                      \
    "m1,2030-03-02,hub,town,truck,flour,10,8,1,1\n"

static void receive(draft *d, double kg)
{
    ROWS(d, stock_days, stock_day)[1].received_kg = kg;
}

static void what_moved_counts_before_now(void **state)
{
    planned p;
    draft d;

    (void)state;
    plan_text(&p, &d, NOTHING_SENT MOVED "[stocks]\nhub,commodity,mass_t\nhub,flour,9\n");
    d.whole.settings.as_of = d.whole.settings.start + 2 * 86400;
    receive(&d, 8000);
    ab_proof *proof = prove_draft(&d);
    assert_int_equal(account_of(proof, "hub stock")->broken, 0);
    for (int32_t i = 0; i < proof->violation_count; i++)
        assert_null(strstr(proof->violation[i].found, "received"));
    ab_proof_free(proof);
    receive(&d, 0);
    assert_true(broken(&d, "standing") > 0);
    ab_stock *stock = INPUT(&d, stocks, stock);
    stock[0].mass_kg = 8900;
    assert_int_equal(broken(&d, "hub stock"), 1);
    end(&p, &d);
}

static void what_moved_counts_for_nothing_else(void **state)
{
    planned p;
    draft d;

    (void)state;
    plan_text(&p, &d, NOTHING_SENT MOVED "[stocks]\nhub,commodity,mass_t\nhub,flour,1\n");
    receive(&d, 0);
    assert_int_equal(broken(&d, "hub stock"), 0);
    assert_int_equal(broken(&d, "standing"), 0);
    d.whole.settings.as_of = d.whole.settings.start + 86400; /* the day of the movement has not come */
    assert_int_equal(broken(&d, "hub stock"), 0);
    end(&p, &d);
}

#define TWO_HUBS                                                                                                     \
    "[operation]\nkey,value\nname,links\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nfloor_frac,0\n"            \
    "[hubs]\nid,lon_deg,lat_deg\nport,36,34\nhub,36.2,34\n[links]\nid,from_hub,to_hub,mode\nl1,port,hub,road\n"      \
    "[stocks]\nhub,commodity,mass_t\nport,flour,100\n"

/* What lies where nothing came as stock is measured by the storage. */
static void goods_wait_in_storage(void **state)
{
    planned p;
    draft d;

    (void)state;
    plan_text(&p, &d, TWO_HUBS);
    ab_hub *hub = INPUT(&d, hubs, hub);
    for (int32_t i = COUNT(&d, trips) - 1; i >= 0; i--)
        if (ROWS(&d, trips, trip_row)[i].place[0])
            remove_row(&d, AB_TABLE_trips, i);
    assert_true(COUNT(&d, trips) > 0);
    assert_int_equal(broken(&d, "hub storage"), 0);
    hub[1].storage_kg = 1;
    assert_true(broken(&d, "hub storage") > 0);
    hub[1].storage_kg = 1e6;
    assert_int_equal(broken(&d, "hub storage"), 0);
    /* What came as stock may lie at the port whatever its storage. */
    hub[0].storage_kg = 0;
    assert_int_equal(broken(&d, "hub storage"), 0);
    end(&p, &d);
}

#define TWO_TOWNS                                                                                                    \
    "[operation]\nkey,value\nname,towns\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nfloor_frac,0\n"            \
    "[places]\nid,lon_deg,lat_deg,population\nnorth,36.5,34,20000\nsouth,36.5,33.9,20000\n"

/* Convoys that set out: of a class to a place a day. */
static int32_t convoys_of(draft *d)
{
    int32_t convoys = 0;

    for (int32_t i = 0; i < COUNT(d, trips); i++) {
        bool first = true;
        for (int32_t k = 0; k < i; k++)
            first = first && (ROWS(d, trips, trip_row)[k].depart != ROWS(d, trips, trip_row)[i].depart ||
                              strcmp(ROWS(d, trips, trip_row)[k].place, ROWS(d, trips, trip_row)[i].place) != 0);
        convoys += first;
    }
    return convoys;
}

static void convoys_are_paid_whole(void **state)
{
    planned p;
    draft d;

    (void)state;
    plan_text(&p, &d, TWO_TOWNS);
    ab_vehicle *v = INPUT(&d, vehicles, vehicle);
    double cost = 0;
    for (int32_t i = 0; i < COUNT(&d, summary); i++)
        cost = strcmp(ROWS(&d, summary, figure)[i].key, "cost_usd") == 0 ? ROWS(&d, summary, figure)[i].value : cost;
    assert_true(convoys_of(&d) > 1);
    v[0].convoy_usd = 100;
    assert_true(broken(&d, "costs") > 0);
    set_figure(&d, "convoy_usd", 100 * convoys_of(&d));
    set_figure(&d, "cost_usd", cost + 100 * convoys_of(&d));
    assert_int_equal(broken(&d, "costs"), 0);
    v[0].convoys_per_day = 2;
    assert_int_equal(broken(&d, "convoys"), 0);
    end(&p, &d);
}

/* A flight of twice its range returns if there is fuel where it lands. */
static void fuel_at_the_place_halves_the_range(void **state)
{
    planned p;
    draft d;

    (void)state;
    plan_text(&p, &d,
              "[operation]\nkey,value\nname,fuel\nstart,2030-03-01T00:00Z\nend,2030-03-11T00:00Z\nfloor_frac,0\n"
              "[vehicles]\nid,mode,count,base,payload_t,speed_km_h,turnround_h\nheli,helicopter,2,hub,3,200,1\n");
    assert_true(COUNT(&d, trips) > 0);
    ab_vehicle *v = INPUT(&d, vehicles, vehicle);
    ab_place *place = INPUT(&d, places, place);
    v[0].ferry_range_m = v[0].payload_full_range_m = 1.5 * ROWS(&d, trips, trip_row)[0].distance_m;
    assert_true(broken(&d, "range and duty") > 0);
    place[0].fuel = 1;
    assert_int_equal(broken(&d, "range and duty"), 0);
    assert_int_equal(broken(&d, "payload"), 0);
    end(&p, &d);
}

/* An operation that cannot keep its promises has an answer and no plan; that is proved, too. */
static void no_plan_is_an_answer(void **state)
{
    planned p;
    draft d;

    (void)state;
    *(&p) = (planned){.name = "infeasible", .read = small_operation("[operation]\nkey,value\nname,none\nstart,2030-03-01T00:00Z\n"
                                                                    "end,2030-03-11T00:00Z\nfloor_frac,0\nnutrient_weight,0\n"
                                                                    "[commitments]\nid,lock,place,trips\nc1,at least,town,100000\n")};
    plan_it(&p, NULL);
    make_draft(&d, &p, 1);
    assert_int_equal(COUNT(&d, trips), 0);
    assert_int_equal(broken(&d, "commitments"), 0);
    assert_int_equal(broken(&d, "standing"), 0);
    end(&p, &d);
}

/* All that is broken is told at once, with rows, moment, amounts and units. */
static void all_is_told_at_once(void **state)
{
    planned p;
    draft d;
    int32_t seen = 0;

    (void)state;
    plan_text(&p, &d, TWO_TOWNS);
    ROWS(&d, trips, trip_row)[0].vehicles = 1000;
    ROWS(&d, trips, trip_row)[0].cost_usd += 1;
    ROWS(&d, stock_days, stock_day)[0].debt_ration_days += 1;
    ab_proof *proof = prove_draft(&d);
    for (int32_t i = 0; i < proof->violation_count; i++) {
        const ab_violation *v = &proof->violation[i];
        assert_true(v->found[0] && v->allowed[0]);
        bool hours = strcmp(proof->rule[v->rule].name, "vehicle hours") == 0 && v->at == d.whole.settings.start &&
                     strcmp(v->rows, "vehicle:truck; trip:t0001, t0002") == 0 && strstr(v->found, " h") != NULL;
        bool cost = strcmp(v->rows, "trip:t0001") == 0 && strstr(v->found, "cost of the trip") != NULL;
        bool debt = strstr(v->rows, "place:") == v->rows && strstr(v->found, "debt") == v->found;
        seen |= (hours ? 1 : 0) | (cost ? 2 : 0) | (debt ? 4 : 0);
    }
    if (seen != 7)
        print_violations(proof);
    assert_int_equal(seen, 7);
    ab_proof_free(proof);
    end(&p, &d);
}

/* Each allocation fails in turn: the proof is not made, and nothing is lost or read amiss. */
static void memory_runs_out(void **state)
{
    planned p;
    draft d;
    ab_proof *proof = NULL;
    ab_error err = AB_ERROR_INIT;
    ab_status status = AB_NO_MEMORY;
    int64_t nth = 0;

    (void)state;
    plan_text(&p, &d, TWO_TOWNS);
    ROWS(&d, trips, trip_row)[0].vehicles = 1000;
    ab_data data = {ab_result_schema(), d.rows};
    for (nth = 1; status == AB_NO_MEMORY && nth < 10000; nth++) {
        ab__fail_allocation(nth);
        status = ab_verify(&d.whole.op, &data, &proof, &err);
        ab__fail_allocation(0);
        assert_true(status == AB_OK || (status == AB_NO_MEMORY && proof == NULL));
    }
    assert_int_equal(status, AB_OK);
    assert_true(proof->broken > 0 && nth > 10);
    ab_proof_free(proof);
    end(&p, &d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hunger_by_hand),
        cmocka_unit_test(stock_feeds_by_hand),
        cmocka_unit_test(debt_is_forgotten_by_hand),
        cmocka_unit_test(what_moved_counts_before_now),
        cmocka_unit_test(what_moved_counts_for_nothing_else),
        cmocka_unit_test(goods_wait_in_storage),
        cmocka_unit_test(convoys_are_paid_whole),
        cmocka_unit_test(fuel_at_the_place_halves_the_range),
        cmocka_unit_test(no_plan_is_an_answer),
        cmocka_unit_test(all_is_told_at_once),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
