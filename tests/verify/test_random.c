/* Operations drawn at random, planned, and proved: what the planner may do and what the proof allows are two
 * readings of one document, and must agree on every operation. */
#include "base/buf.h"
#include "verify/draft.h"
#include "verify/record.h"

/* Under a sanitizer each takes twice as long. */
/* By `make test`, by `make test-long`, and under sanitizers. */
enum { OPERATIONS = 48, LONG_OPERATIONS = 96, SANITIZED = 16 };

/* ---- An operation as tables ---- */

typedef struct drawing {
    draft random; /* for its draws alone */
    ab_buf text;
    int32_t places;
} drawing;

static double between(drawing *g, double least, double most)
{
    return least + (most - least) * (double)(next_random(&g->random) >> 11) / 9007199254740992.0;
}

static bool one_in(drawing *g, int32_t n)
{
    return any_of(&g->random, n) == 0;
}

/* Who holds, asks and answers; the fourth answers as the first, who is the first words of its name. */
static const char *authority(drawing *g)
{
    static const char *const names[] = {"", "The North", "Government", "the  north", "Government and allies", "Army; Government"};

    return names[any_of(&g->random, 6)];
}

/* One name alone. */
static const char *one_authority(drawing *g)
{
    static const char *const names[] = {"", "the north", "Government", "Army"};

    return names[any_of(&g->random, 4)];
}

/* A number, or an empty cell in one of two. */
static void cell(drawing *g, double least, double most)
{
    if (one_in(g, 2))
        ab__buf_printf(&g->text, ",");
    else
        ab__buf_printf(&g->text, ",%.2f", between(g, least, most));
}

static void whole(drawing *g, int32_t least, int32_t most)
{
    if (one_in(g, 2))
        ab__buf_printf(&g->text, ",");
    else
        ab__buf_printf(&g->text, ",%d", least + any_of(&g->random, most - least + 1));
}

static void add_settings(drawing *g)
{
    static const int32_t periods_h[] = {24, 24, 6, 12, 36, 48};

    ab__buf_printf(&g->text,
                   "[operation]\nkey,value\nname,drawn\nstart,2030-03-01T00:00Z\nend,2030-03-1%dT00:00Z\nperiod_h,%d\n"
                   "utc_offset_h,%d\ncover_days,%d\nretry_days,%d\nleast_arrival_prob,%.2f\ngreatest_attack_prob,%.2f\n"
                   "approved_arrival_prob,%.2f\nunanswered_arrival_prob,%.2f\n",
                   1 + any_of(&g->random, 4), periods_h[any_of(&g->random, 6)], any_of(&g->random, 4), 5 + any_of(&g->random, 30),
                   1 + any_of(&g->random, 7), one_in(g, 2) ? 0 : between(g, 0, 0.4), between(g, 0.05, 0.3), between(g, 0.2, 1),
                   between(g, 0, 0.6));
    if (one_in(g, 3))
        ab__buf_printf(&g->text, "as_of,2030-03-0%dT0%d:00Z\n", 1 + any_of(&g->random, 5), any_of(&g->random, 10));
}

static void add_goods(drawing *g)
{
    ab__buf_printf(&g->text, "[commodities]\nid,category,need_kg_per_person_day,kcal_per_kg,package_kg,package_m3,usd_per_t,drop,"
                             "serves_people,serves_days\n");
    ab__buf_printf(&g->text, "flour,food,0.4,3500,50,0.08,400,free; lv,,\noil,food,0.03,8850,20,0.03,1300,lv,,\n");
    ab__buf_printf(&g->text, "water,water,5,,20,0.02,10,lv,,\nkit,medical,,,45,0.2,12000,,1000,30\n");
}

static void add_hubs(drawing *g)
{
    ab__buf_printf(&g->text, "[hubs]\nid,lon_deg,lat_deg,opens,closes,throughput_t_per_day,parking,runway_m,held_by\n");
    for (int32_t h = 0; h < 2; h++) {
        ab__buf_printf(&g->text, "h%d,%.3f,34,0%d:00,%d:00", h, 36 + 0.8 * h, any_of(&g->random, 8), 16 + any_of(&g->random, 8));
        cell(g, 20, 200);
        whole(g, 1, 4);
        ab__buf_printf(&g->text, ",2500,%s\n", authority(g));
    }
    ab__buf_printf(&g->text, "[links]\nid,from_hub,to_hub,mode,duration_h,capacity_t_per_day,customs_h,mandate_until\n");
    ab__buf_printf(&g->text, "l0,h0,h1,road,%.1f", between(g, 1, 30));
    cell(g, 10, 60);
    ab__buf_printf(&g->text, ",%.1f,%s\n", between(g, 0, 12), one_in(g, 2) ? "2030-03-06T10:00Z" : "");
}

static void add_stocks(drawing *g)
{
    static const char *const goods[] = {"flour", "oil", "water", "kit"};

    ab__buf_printf(&g->text, "[stocks]\nhub,commodity,mass_t,available_from,certainty_prob\n");
    for (int32_t c = 0; c < 4; c++)
        for (int32_t h = 0; h < 2; h++)
            if (!one_in(g, 3))
                ab__buf_printf(&g->text, "h%d,%s,%.1f,%s,%.2f\n", h, goods[c], between(g, 1, 150),
                               one_in(g, 2) ? "2030-03-03T07:00Z" : "", between(g, 0.5, 1));
}

static void add_places(drawing *g)
{
    ab__buf_printf(&g->text, "[places]\nid,lon_deg,lat_deg,population,cut_off_since,stock_days,handling_t_per_day,runway_m,parking,besieged_by\n");
    for (int32_t p = 0; p < g->places; p++) {
        ab__buf_printf(&g->text, "p%d,%.3f,%.3f,%d,%s", p, between(g, 36, 38), between(g, 33.5, 34.5), any_of(&g->random, 30000),
                       one_in(g, 2) ? "2029-10-01" : "");
        cell(g, 0, 6);
        cell(g, 5, 80);
        whole(g, 1000, 2500);
        whole(g, 1, 3);
        ab__buf_printf(&g->text, ",%s\n", authority(g));
    }
    ab__buf_printf(&g->text, "[dropzones]\nid,place,wkt\nz0,p0,\"POLYGON((36.5 33.9,36.51 33.9,36.51 33.91,36.5 33.91,36.5 33.9))\"\n");
}

static void add_fleet(drawing *g)
{
    ab__buf_printf(&g->text, "[vehicles]\nid,mode,base,speed_km_h,count,payload_t,payload_m3,pallets,ferry_range_km,usd_per_h,"
                             "turnround_h,duty_h_per_day,sorties_per_day,convoy_max,runway_needed_m,drop_speed_km_h\n");
    for (int32_t h = 0; h < 2; h++) {
        ab__buf_printf(&g->text, "truck%d,road,h%d,%.0f,%d,%.1f", h, h, between(g, 15, 60), 1 + any_of(&g->random, 20), between(g, 3, 20));
        cell(g, 5, 40);
        ab__buf_printf(&g->text, ",,,%.0f,%.1f,%d", between(g, 0, 50), between(g, 0, 4), 6 + any_of(&g->random, 8));
        cell(g, 0.2, 2);
        whole(g, 1, 10);
        ab__buf_printf(&g->text, ",,\n");
    }
    ab__buf_printf(&g->text, "plane,air,h0,400,%d,15,60,4,%.0f,3000,2,12", 1 + any_of(&g->random, 2), between(g, 100, 900));
    cell(g, 0.2, 2);
    ab__buf_printf(&g->text, ",,1200,250\nheli,helicopter,h1,180,2,2,8,,600,900,1,8,,,,\n");
    ab__buf_printf(&g->text, "[dropsystems]\nid,kind,load_max_kg,canopies_in_stock,rigged_per_day,usd_each,airspeed_max_km_h\ncanopy,lv,900");
    whole(g, 1, 30);
    whole(g, 1, 6);
    ab__buf_printf(&g->text, ",2000,300\n");
}

static void add_pacts(drawing *g)
{
    static const char *const kinds[] = {"corridor", "corridor", "ceasefire", "clearance", "quota"};

    ab__buf_printf(&g->text, "[agreements]\nid,kind,subjects,from,until,daily_from,daily_until,notice_h,quota_trips_per_day,"
                             "quota_t_per_day,hold_prob_per_day,link_group,parties,known_at\n");
    for (int32_t i = 0; i < 4; i++) {
        ab__buf_printf(&g->text, "a%d,%s,%s,2030-03-0%dT06:00Z,%s", i, kinds[any_of(&g->random, 5)],
                       one_in(g, 4) ? "" : i % 2 ? "place:p1" : "place:p0", 1 + any_of(&g->random, 5),
                       one_in(g, 2) ? "2030-03-09T12:00Z" : "");
        ab__buf_printf(&g->text, ",%s,%s,%d", one_in(g, 2) ? "" : "07:00", one_in(g, 2) ? "" : "19:00", any_of(&g->random, 2) * 30);
        whole(g, 1, 8);
        cell(g, 5, 60);
        ab__buf_printf(&g->text, ",%.2f,%s,%s,%s\n", between(g, 0.9, 1), i < 2 && one_in(g, 2) ? "pair" : "", authority(g),
                       one_in(g, 4) ? "2030-03-02T00:00Z" : "");
    }
}

/* Requests for convoys and flights: of the last days before the start, as they decide on what goes; and of the month before
 * last, answered last month or now, or never, of which some leave is over. */
static void add_requests(drawing *g)
{
    static const char *const replies[] = {"", "approved", "approved", "conditional", "refused"};
    static const char *const ends[] = {"", "2030-02-20T00:00Z", "2030-02-26T00:00Z", "2030-03-08T00:00Z"};

    ab__buf_printf(&g->text, "[requests]\nid,asked_at,place,commodities,mode,asked_of,reply,reply_at,valid_from,valid_until\n");
    for (int32_t i = 0; i < 12; i++) {
        bool last_month = i >= 3 && !one_in(g, 3);
        const char *reply = replies[i < 3 ? 1 + any_of(&g->random, 4) : any_of(&g->random, 5)];
        ab__buf_printf(&g->text, "q%d,2030-0%d-2%dT00:00Z,p%d,%s,%s,%s,%s,", i, i < 3 ? 2 : 1, any_of(&g->random, 5),
                       any_of(&g->random, g->places), one_in(g, 3) ? "food" : "", one_in(g, 4) ? "air" : "road", one_authority(g), reply);
        if (reply[0])
            ab__buf_printf(&g->text, "2030-0%d-0%dT00:00Z", last_month ? 2 : 3, 1 + any_of(&g->random, 7));
        ab__buf_printf(&g->text, ",%s,%s\n", reply[0] && last_month && one_in(g, 3) ? "2030-02-09T00:00Z" : "",
                       !reply[0] ? "" : last_month ? ends[any_of(&g->random, 4)] : ends[3 * any_of(&g->random, 2)]);
    }
}

/* What went in the weeks before the start, by request or not, and what became of it; two goods may go in one convoy. */
static void add_movements(drawing *g)
{
    static const char *const ends[] = {"5,0,5,0,0,,0", "5,0,5,0,0,,0", "5,1,4,0,0,,1", "5,0,0,5,0,last checkpoint,0", "5,,,,,,", "5,0,3,0,2,,3",
                                       "5,0,0,0,0,Before loading,0", "5,5,0,0,0,,0"};

    ab__buf_printf(&g->text, "[movements]\nid,date,place,hub,vehicle,commodity,request,gatekeeper,loaded_t,removed_t,offloaded_t,returned_t,"
                             "lost_t,stopped_at,people_hurt\n");
    for (int32_t i = 0, count = any_of(&g->random, 25); i < count; i++) {
        int32_t place = any_of(&g->random, g->places), day = 1 + any_of(&g->random, 28);
        ab__buf_printf(&g->text, "m%d,2030-02-%02d,p%d,%s,%s,%s", i, day, place, one_in(g, 3) ? "h0" : "", one_in(g, 4) ? "plane" : "",
                       one_in(g, 3) ? "kit" : one_in(g, 2) ? "flour" : "");
        if (one_in(g, 2))
            ab__buf_printf(&g->text, ",q%d", 3 + any_of(&g->random, 9));
        else
            ab__buf_printf(&g->text, ",");
        ab__buf_printf(&g->text, ",%s,%s\n", one_in(g, 2) ? one_authority(g) : "", ends[any_of(&g->random, 8)]);
    }
}

static void add_reports(drawing *g)
{
    static const char *const states[] = {"open", "closed", "restricted"};

    ab__buf_printf(&g->text, "[access]\nid,subject,state,commodities,reported_at,reliability,credibility\n");
    for (int32_t i = 0; i < 4; i++)
        ab__buf_printf(&g->text, "r%d,%s%d,%s,%s,2030-03-0%dT00:00Z,%c,%d\n", i, one_in(g, 4) ? "hub:h" : "place:p",
                       any_of(&g->random, 2), states[any_of(&g->random, 3)], one_in(g, 3) ? "oil" : "", 1 + any_of(&g->random, 5),
                       'A' + any_of(&g->random, 5), 1 + any_of(&g->random, 5));
}

static void add_promises(drawing *g)
{
    static const char *const locks[] = {"fixed", "at least", "at most", "forbidden"};

    ab__buf_printf(&g->text, "[commitments]\nid,lock,date,vehicle,place,commodity,mass_t,trips\n");
    for (int32_t i = 0; i < 2; i++) {
        ab__buf_printf(&g->text, "c%d,%s,%s,%s,p%d,%s", i, locks[any_of(&g->random, 4)], one_in(g, 2) ? "2030-03-05" : "",
                       one_in(g, 2) ? "truck0" : "", any_of(&g->random, g->places), one_in(g, 3) ? "flour" : "");
        cell(g, 1, 12);
        whole(g, 0, 3);
        ab__buf_printf(&g->text, "\n");
    }
}

static const char *draw(drawing *g, uint64_t seed)
{
    *g = (drawing){.random = {.random = seed}, .places = 3};
    add_settings(g);
    add_goods(g);
    add_hubs(g);
    add_stocks(g);
    add_places(g);
    add_fleet(g);
    add_pacts(g);
    add_requests(g);
    add_movements(g);
    add_reports(g);
    if (one_in(g, 2))
        add_promises(g);
    return ab__buf_text(&g->text);
}

/* ---- Proof ---- */

static void every_plan_is_accepted(void **state)
{
    const char *sanitizers = getenv("AB_SANITIZED");
    int32_t trips = 0, operations = sanitizers && sanitizers[0] ? SANITIZED : getenv("AB_TEST_LONG") ? LONG_OPERATIONS : OPERATIONS;

    (void)state;
    for (int32_t seed = 1; seed <= operations; seed++) {
        drawing g;
        char name[32];
        draft d;
        planned p = {.name = name, .read = small_operation(draw(&g, (uint64_t)seed))};
        snprintf(name, sizeof name, "operation %d", (int)seed);
        plan_it(&p, NULL);
        make_draft(&d, &p, 1);
        trips += COUNT(&d, trips);
        accept_draft(&d, name);
        free_draft(&d);
        free_planned(&p);
        ab__buf_free(&g.text);
    }
    print_message("%d trips in %d operations\n", (int)trips, (int)operations);
    assert_true(trips > 10 * operations);
}

/* ---- The record ---- */

static void assert_near(double a, double b, double apart)
{
    if (!(fabs(a - b) <= apart))
        fail_msg("%.15g is not %.15g", a, b);
}

static void same_stages(const ab_record *record, const ab__recount *recount, int32_t authority)
{
    static const struct {
        ab_stage stage;
        ab__trial trial;
        int32_t kinds;
    } pair[] = {{AB_STAGE_YES, AB__TRIAL_YES, 1},   {AB_STAGE_GO, AB__TRIAL_GO, AB__FOOTINGS}, {AB_STAGE_PASS, AB__TRIAL_PASS, 1},
                {AB_STAGE_WHOLE, AB__TRIAL_WHOLE, ab_category_count}, {AB_STAGE_FULL, AB__TRIAL_FULL, 1},
                {AB_STAGE_KEPT, AB__TRIAL_KEPT, 1}, {AB_STAGE_SAFE, AB__TRIAL_SAFE, 1}};

    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        for (int32_t kind = 0; kind < pair[i].kinds; kind++)
            assert_near(ab_record_stage(record, authority, pair[i].stage, kind).chance.mean,
                                ab__recount_prob(recount, pair[i].trial, kind, authority), 1e-12);
}

static void same_memory(const ab_record *record, const ab__recount *recount, int32_t authority, int32_t place, ab_time at)
{
    ab_chance go = ab_record_stage(record, authority, AB_STAGE_GO, AB_LEAVE_ANSWER).chance;
    ab_chance pass = ab_record_stage(record, authority, AB_STAGE_PASS, 0).chance;

    assert_near(ab_record_remembered(record, go, AB_STAGE_GO, authority, place, at).mean,
                        ab__recount_prob_at(recount, AB__TRIAL_GO, AB__ON_A_YES, authority, place, at), 1e-12);
    assert_near(ab_record_remembered(record, pass, AB_STAGE_PASS, authority, place, at).mean,
                        ab__recount_prob_at(recount, AB__TRIAL_PASS, 0, authority, place, at), 1e-12);
    assert_int_equal(ab_record_leave(record, place, AB_MODE_ROAD, at), ab__recount_footing(recount, place, AB_MODE_ROAD, at));
}

/* Two readings of docs/models/record.md, by two programs that share nothing: of every authority, place and day the same. */
static void the_record_is_counted_alike(void **state)
{
    int32_t chosen = 0, remembered = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        drawing g;
        ab_error err = AB_ERROR_INIT;
        ab_record *record = NULL;
        ab_operation *op = small_operation(draw(&g, seed));
        ab_arena *arena = ab__arena_new();
        ab__recount *recount = ab__recount_make(op, arena);
        assert_int_equal(ab_record_make(op, ab_record_now(op), &record, &err), AB_OK);
        assert_non_null(recount);
        int32_t count = ab_record_authorities(record)->count;
        for (int32_t a = -1; a < count; a++) {
            same_stages(record, recount, a);
            for (int32_t days = 0; days < 40; days += 7)
                assert_near(ab_record_answered(record, a, 86400.0 * days, 86400.0 * (40 - days)).mean,
                                    ab__recount_answer_prob(recount, a, 86400.0 * days, 86400.0 * (40 - days)), 1e-8);
            for (int32_t p = 0; p < op->places.count; p++)
                for (int32_t t = 0; t < op->period_count; t++)
                    same_memory(record, recount, a, p, ab_period_start(op, t));
        }
        for (int32_t p = 0; p < op->places.count; p++)
            assert_int_equal(ab_record_besieger(record, p), recount->ring[p]);
        for (int32_t i = 0; i < AB__TRIALS * AB__TRIAL_KINDS; i++)
            chosen += recount->firm_cases[i] != 8;
        remembered += recount->memory_days != 14 || recount->memory_trust != 0.5;
        ab_record_free(record);
        ab__recount_end(recount);
        ab__arena_free(arena);
        ab_operation_free(op);
        ab__buf_free(&g.text);
    }
    print_message("another firmness in %d stages, another memory in %d operations\n", (int)chosen, (int)remembered);
    assert_true(chosen > 0 && remembered > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_record_is_counted_alike),
        cmocka_unit_test(every_plan_is_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
